// Correcting a span: by selecting text, or a word at a time.
import { textOf, whenLeaving } from "./cards.js";
import { act, button } from "./judging.js";
import { ask, say, words } from "./page.js";

const FIELDS = { claim: ["content", "source", "cue"], event: ["trigger"], mention: ["span"] };
const length = (text) => [...text].length; // code points, as the records count
let fixing = null;

export const isFixing = () => fixing !== null;
whenLeaving((card) => {
  if (fixing && fixing.card !== card) stopFixing();
});

// Begin with a field, or with the one after the field that is being corrected. `index` is that of a carrier or a role.
export function startFixing(card, field = null, index = null) {
  const all = FIELDS[card.dataset.kind];
  const which = field || all[(all.indexOf(fixing?.card === card ? fixing.field : all.at(-1)) + 1) % all.length];
  stopFixing();
  const spans = JSON.parse(card.dataset.spans);
  const known = index === null ? spans[which] : spans[which][index];
  const [start, end] = known || [null, null];
  const box = document.createElement("div");
  box.className = "fixing";
  const title = `${words.fix_which}: ${words[`mark_${which}`]}`;
  box.append(Object.assign(document.createElement("strong"), { textContent: title }));
  box.append(Object.assign(document.createElement("p"), { textContent: words.fix_help, className: "soft" }));
  const shown = document.createElement("q");
  shown.dir = "auto";
  box.append(shown, button(words.save, saveFix), " ", button(words.cancel, stopFixing));
  card.append(box);
  fixing = { card, field: which, index, start, end, box, shown };
  if (start === null) fixing.start = fixing.end = Number(paragraphs()[0].dataset.start);
  draw();
  card.focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
  say(title);
}

export function stopFixing() {
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
  // A span that is still empty has its first word yet to come: both its ends move.
  const empty = fixing.start === fixing.end;
  if (next === undefined || (!empty && (which === "start" ? next >= fixing.end : next <= fixing.start))) return;
  if (empty && which === "end") fixing.start = edges("start").findLast((one) => one < next) ?? fixing.start;
  fixing[which] = next;
  draw();
}

async function saveFix() {
  const { card, field, index, start, end } = fixing;
  const text = textBetween(start, end);
  if (!text.trim()) return;
  const span = { start, end, text };
  let value = span;
  if (["source", "via", "roles"].includes(field)) {
    const now = await ask(`/api/v1/documents/${card.dataset.document}`);
    const items = { claim: now.reading.claims, event: now.reading.events }[card.dataset.kind];
    const item = items.find((one) => one.id === card.dataset.subject);
    if (field === "source") value = { kind: "named_person", entity: null, ...item?.source, ...span };
    if (field === "via") value = item.via.toSpliced(index, 1, span);
    if (field === "roles") {
      const role = { role: newRole(card), ...item.roles[index], ...span, mention: within(now.reading.mentions, span) };
      value = item.roles.toSpliced(index, 1, role);
    }
  }
  stopFixing();
  await act(card, { verb: "correct", field, value });
}

// The longest name or number that lies in a span: what an argument there stands for.
function within(mentions, span) {
  const inside = mentions.filter((one) => one.start >= span.start && one.end <= span.end);
  return inside.sort((a, b) => b.end - b.start - (a.end - a.start))[0]?.id || null;
}

const newRole = (card) => card.querySelector('[data-new="role"]')?.value || "agent";

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

export function fixKey(event) {
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
