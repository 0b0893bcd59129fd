// Cards and text: click one to see the other, and judge by keyboard. Used by the page of a document and by the queue.
import { ask, say, words, Refused } from "./page.js";

const cards = () => [...document.querySelectorAll(".card[data-subject]")];
const holder = (card) => card.closest("[data-etag]");
const textOf = (card) => card.querySelector(".text") || document.querySelector(`.text[data-text="${card.dataset.document}"]`);
const done = []; // judgements of this visit, for undo
let current = null;
let fixing = null;

// --- card and text ----------------------------------------------------------------------------------------------------
const PARTS = ["trigger", "cue", "carrier", "source", "role", "content"];
const spansOf = (card) => [...textOf(card).querySelectorAll(`[data-of~="d-${card.dataset.subject}"]`)];

function clear() {
  for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit", ...PARTS.map((part) => `as-${part}`));
  for (const node of document.querySelectorAll(".lighting")) node.classList.remove("lighting");
}

function light(card) {
  clear();
  const text = textOf(card);
  if (!text || !text.parentElement || card.contains(text)) return;
  const spans = spansOf(card);
  if (spans.length) text.parentElement.classList.add("lighting");
  for (const span of spans) {
    const own = span.dataset.as.split(" ").filter((one) => one.startsWith(`d-${card.dataset.subject}:`)).map((one) => one.split(":")[1]);
    const part = PARTS.find((name) => own.includes(name));
    span.classList.add("lit", ...(part ? [`as-${part}`] : []));
  }
}

function choose(card, { focus = true, reveal = false } = {}) {
  if (fixing && fixing.card !== card) stopFixing();
  current?.classList.remove("current");
  current = card;
  if (!card) return clear();
  card.classList.add("current");
  light(card);
  if (focus) card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  if (reveal) spansOf(card)[0]?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const card = event.target.closest(".card[data-subject]");
  if (event.target.closest("button, select, a, summary, dialog, label")) {
    if (card && card !== current) choose(card, { focus: false });
    return;
  }
  if (card) {
    if (!event.target.closest(".text")) choose(card, { reveal: true });
    return;
  }
  const span = event.target.closest(".text [data-of]");
  if (!span || String(getSelection())) return;
  const found = span.dataset.of.split(" ").map((id) => cards().find((one) => `d-${one.dataset.subject}` === id)).filter(Boolean);
  const size = (one) => spansOf(one).reduce((sum, node) => sum + node.textContent.length, 0);
  if (found.length) choose(found.sort((a, b) => size(a) - size(b))[0], { focus: false });
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".card[data-subject]") && event.target !== current) choose(event.target, { focus: false });
});

// --- judging ----------------------------------------------------------------------------------------------------------
const STATUS = { accept: "accepted", reject: "rejected", correct: "corrected" };

function show(card, status) {
  const badge = card.querySelector(".status");
  badge.className = `badge status ${status ? `is-${status}` : "hidden"}`;
  badge.textContent = status ? words[status] : "";
  card.classList.toggle("is-rejected-card", status === "rejected");
}

async function send(card, judgement, { quiet = false } = {}) {
  const place = holder(card);
  const body = { kind: card.dataset.kind, subject: card.dataset.subject, document: place.dataset.document, ...judgement };
  try {
    const answer = await ask("/api/v1/judgements", { method: "POST", body, headers: { "If-Match": place.dataset.etag } });
    remember(place.dataset.document, answer.etag);
    if (!quiet) done.push({ id: answer.judgement.id, card, before: card.dataset.status || "" });
    card.querySelector(".conflict")?.remove();
    return answer;
  } catch (error) {
    if (error instanceof Refused && (error.status === 412 || error.status === 409)) await conflict(card, judgement);
    else say(error.message, true);
    return null;
  }
}

function remember(key, etag) {
  for (const place of document.querySelectorAll(`[data-etag][data-document="${key}"]`)) place.dataset.etag = etag;
}

async function conflict(card, judgement) {
  const place = holder(card);
  const now = await ask(`/api/v1/documents/${place.dataset.document}`);
  remember(place.dataset.document, now.etag);
  for (const one of cards()) {
    if (one.dataset.document === place.dataset.document) settle(one, now.status[one.dataset.subject] || "");
  }
  card.querySelector(".conflict")?.remove();
  const box = document.createElement("div");
  box.className = "conflict";
  box.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = words.conflict;
  const list = document.createElement("ul");
  for (const one of now.judgements.slice(-5)) {
    const line = document.createElement("li");
    line.textContent = `${one.who}: ${words[one.verb]} ${one.kind === "document" ? "" : one.subject} ${one.field || ""}`;
    list.append(line);
  }
  const mine = button(words.conflict_mine, async () => {
    box.remove();
    await act(card, judgement);
  });
  const leave = button(words.conflict_leave, () => {
    box.remove();
    card.focus();
  });
  box.append(text, list, mine, " ", leave);
  card.append(box);
  mine.focus();
}

function button(text, run) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", run);
  return made;
}

function settle(card, status) {
  card.dataset.status = status;
  show(card, status);
}

async function act(card, judgement) {
  const answer = await send(card, judgement);
  if (!answer) return false;
  if (STATUS[judgement.verb]) settle(card, STATUS[judgement.verb]);
  say(words[`said_${judgement.verb}`]);
  return true;
}

function step(by) {
  const all = cards();
  const at = all.indexOf(current);
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  if (next) choose(next, { reveal: true });
}

async function undo() {
  const last = done.pop();
  if (!last) return say(words.nothing_to_undo, true);
  const answer = await send(last.card, { verb: "withdraw", kind: "judgement", subject: last.id }, { quiet: true });
  if (!answer) return done.push(last);
  settle(last.card, last.before);
  choose(last.card);
  return say(words.said_undo);
}

async function note(card) {
  const dialog = document.getElementById("noting");
  const field = dialog.querySelector("textarea");
  field.value = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  if (dialog.returnValue === "save" && field.value.trim()) await act(card, { verb: "note", value: field.value.trim() });
  card.focus();
}

// --- correcting a span: by selecting text, or a word at a time ----------------------------------------------------------
const length = (text) => [...text].length; // code points, as the records count
const FIELDS = ["content", "source", "cue"];

function startFixing(card) {
  const field = FIELDS[(FIELDS.indexOf(fixing?.card === card ? fixing.field : "cue") + 1) % FIELDS.length];
  stopFixing();
  const span = spansOf(card).filter((node) => node.dataset.as.includes(`d-${card.dataset.subject}:${field}`));
  const paragraph = textOf(card).querySelector("p");
  const start = span.length ? offsetOf(span[0], 0) : Number(paragraph.dataset.start);
  const end = span.length ? offsetOf(span.at(-1), span.at(-1).textContent.length) : start;
  const box = document.createElement("div");
  box.className = "fixing";
  box.append(Object.assign(document.createElement("strong"), { textContent: `${words.fix_which}: ${words[`mark_${field}`]}` }));
  box.append(Object.assign(document.createElement("p"), { textContent: words.fix_help, className: "soft" }));
  const shown = document.createElement("q");
  shown.dir = "auto";
  box.append(shown, button(words.save, saveFix), " ", button(words.cancel, stopFixing));
  card.append(box);
  fixing = { card, field, start, end, box, shown };
  draw();
  say(`${words.fix_which}: ${words[`mark_${field}`]}`);
}

function stopFixing() {
  fixing?.box.remove();
  fixing = null;
  if (CSS.highlights) CSS.highlights.delete("fix");
}

// The offset in the document of a place in the drawn text.
function offsetOf(node, inside) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("p[data-start]");
  const range = document.createRange();
  range.setStart(paragraph, 0);
  if (node.nodeType === Node.TEXT_NODE) range.setEnd(node, inside);
  else if (inside === 0) range.setEndBefore(node);
  else range.setEndAfter(node);
  return Number(paragraph.dataset.start) + length(range.toString());
}

const paragraphs = () => [...textOf(fixing.card).querySelectorAll("p[data-start]")];

function placeOf(offset) {
  for (const paragraph of paragraphs()) {
    let left = offset - Number(paragraph.dataset.start);
    if (left < 0 || left > length(paragraph.textContent)) continue;
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const size = length(node.data);
      if (left <= size) return [node, [...node.data].slice(0, left).join("").length];
      left -= size;
    }
  }
  return null;
}

function rangeOf(start, end) {
  const [from, to] = [placeOf(start), placeOf(end)];
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

function draw() {
  const range = rangeOf(fixing.start, fixing.end);
  fixing.shown.textContent = range ? textBetween(fixing.start, fixing.end) : "";
  if (CSS.highlights && range) CSS.highlights.set("fix", new Highlight(range));
}

function textBetween(start, end) {
  let out = "";
  let last = null;
  for (const paragraph of paragraphs()) {
    const from = Number(paragraph.dataset.start);
    const points = [...paragraph.textContent];
    if (from + points.length <= start || from >= end) continue;
    if (last !== null) out += "\n".repeat(from - last);
    out += points.slice(Math.max(start - from, 0), end - from).join("");
    last = from + points.length;
  }
  return out;
}

// Where words begin or end, as offsets in the document.
function edges(which) {
  const found = [];
  for (const paragraph of paragraphs()) {
    for (const match of paragraph.textContent.matchAll(/\S+/gu)) {
      const at = which === "start" ? match.index : match.index + match[0].length;
      found.push(Number(paragraph.dataset.start) + length(paragraph.textContent.slice(0, at)));
    }
  }
  return found;
}

function move(which, by) {
  const all = edges(which);
  const here = fixing[which];
  const next = by > 0 ? all.find((one) => one > here) : all.findLast((one) => one < here);
  if (next === undefined || (which === "start" ? next >= fixing.end : next <= fixing.start)) return;
  fixing[which] = next;
  draw();
}

async function saveFix() {
  const { card, field, start, end } = fixing;
  const text = textBetween(start, end);
  if (!text.trim()) return;
  let value = { start, end, text };
  if (field === "source") {
    const now = await ask(`/api/v1/documents/${card.dataset.document}`);
    const old = now.reading.claims.find((one) => one.id === card.dataset.subject)?.source;
    value = { ...value, kind: old?.kind || "named_person", entity: null };
  }
  stopFixing();
  const saved = await act(card, { verb: "correct", field, value });
  const place = { content: "blockquote", source: ".who", cue: ".swatch.cue" }[field];
  if (saved && card.querySelector(place)) card.querySelector(place).textContent = text;
}

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!fixing || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const text = textOf(fixing.card);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  const at = (node, inside) => {
    if (node.nodeType === Node.TEXT_NODE) return offsetOf(node, inside);
    const child = node.childNodes[Math.min(inside, node.childNodes.length - 1)] || node;
    const text = document.createTreeWalker(child, NodeFilter.SHOW_TEXT).nextNode() || child;
    return text.nodeType === Node.TEXT_NODE ? offsetOf(text, inside < node.childNodes.length ? 0 : text.data.length) : fixing.start;
  };
  const [start, end] = [at(range.startContainer, range.startOffset), at(range.endContainer, range.endOffset)];
  if (start < end) {
    Object.assign(fixing, { start, end });
    draw();
  }
});

// --- buttons and keys ---------------------------------------------------------------------------------------------------
const ACTS = {
  accept: (card) => act(card, { verb: "accept" }),
  reject: (card) => act(card, { verb: "reject" }),
  note,
  fix: startFixing,
};

for (const card of cards()) {
  card.dataset.status = Object.values(STATUS).find((one) => card.querySelector(".status").classList.contains(`is-${one}`)) || "";
  for (const one of card.querySelectorAll("[data-act]")) one.addEventListener("click", () => ACTS[one.dataset.act](card));
  for (const list of card.querySelectorAll("select[data-field]")) {
    list.dataset.before = list.value;
    list.addEventListener("change", async () => {
      const field = list.dataset.field;
      if (await act(card, { verb: "correct", field, value: list.value })) {
        list.dataset.before = list.value;
        const badge = card.querySelector(`[data-${field}]`);
        badge.textContent = list.selectedOptions[0].textContent;
        badge.className = `badge is-${list.value}`;
      } else list.value = list.dataset.before;
    });
  }
}
for (const whole of document.querySelectorAll("[data-whole]")) {
  whole.addEventListener("click", async () => {
    const place = whole.closest("[data-etag]");
    try {
      const body = { verb: whole.dataset.whole, kind: "document", subject: place.dataset.document, document: place.dataset.document };
      const answer = await ask("/api/v1/judgements", { method: "POST", body, headers: { "If-Match": place.dataset.etag } });
      remember(place.dataset.document, answer.etag);
      say(words.said_accept);
    } catch (error) {
      say(error.status === 412 ? words.conflict : error.message, true);
    }
  });
}

const canJudge = Boolean(document.getElementById("noting"));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog[open]")) return;
  if (fixing) return fixKey(event);
  if (event.target.closest("button, a") && (event.key === "Enter" || event.key === " ")) return undefined;
  const moves = { j: () => step(1), k: () => step(-1), Escape: () => choose(null) };
  const acts = canJudge ? { u: undo, ...(current ? { a: () => ACTS.accept(current), r: () => ACTS.reject(current), n: () => note(current) } : {}) } : {};
  if (canJudge && current?.dataset.kind === "claim") acts.c = () => startFixing(current);
  if (canJudge && current) acts.s = () => current.querySelector("select")?.focus();
  const run = moves[event.key] || acts[event.key];
  if (!run) return undefined;
  event.preventDefault();
  return run();
});

function fixKey(event) {
  const rtl = getComputedStyle(textOf(fixing.card).querySelector("p")).direction === "rtl";
  const forward = rtl ? "ArrowLeft" : "ArrowRight";
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    move(event.shiftKey ? "start" : "end", event.key === forward ? 1 : -1);
  } else if (event.key === "Escape") stopFixing();
  else if (event.key === "c") startFixing(fixing.card);
  else if (event.key === "Enter" && !event.target.closest("button")) saveFix();
  else return;
  event.preventDefault();
}

const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (named?.matches(".card")) choose(named, { reveal: true });
document.documentElement.dataset.ready = "true";
