// Judgements: sent with the state of the document that was judged; after each the card is drawn anew by the server.
import { choose, chosen, cards, holder, textOf, twins } from "./cards.js";
import { ask, say, words, Refused } from "./page.js";

const done = []; // judgements of this visit, for undo
const redrawn = []; // what is to be done with a card that was drawn anew
export const whenRedrawn = (run) => redrawn.push(run);

async function send(card, judgement) {
  const place = holder(card);
  const { kind, subject, reader } = card.dataset;
  const body = { kind, subject, document: place.dataset.document, ...(reader ? { reader } : {}), ...judgement };
  try {
    const answer = await ask("/api/v1/judgements", { method: "POST", body, headers: { "If-Match": place.dataset.etag } });
    remember(place.dataset.document, answer.etag);
    card.querySelector(".conflict")?.remove();
    return answer;
  } catch (error) {
    if (error instanceof Refused && (error.status === 412 || error.status === 409)) await conflict(card, judgement);
    else {
      say(error.message, true);
      await redraw(card); // what was chosen is not what stands
    }
    return null;
  }
}

export function remember(key, etag) {
  for (const place of document.querySelectorAll(`[data-etag][data-document="${key}"]`)) place.dataset.etag = etag;
}

// What has the focus, in words that find it again in a card that was drawn anew.
function focused(card) {
  const node = document.activeElement;
  if (!card.contains(node) || node === card) return null;
  const names = ["act", "field", "part", "role", "mention", "fix", "drop", "index", "new", "add", "quick", "search"];
  const parts = names.filter((name) => node.dataset[name] !== undefined).map((name) => `[data-${name}="${node.dataset[name]}"]`);
  return parts.length ? node.tagName.toLowerCase() + parts.join("") : null;
}

// Draw every card of an item anew, and the text that it stands in.
export async function redraw(card) {
  if (card.dataset.reader) return;
  for (const one of twins(card)) {
    const outer = one.parentElement.closest(".card[data-subject]") || one;
    const { document: key, kind, subject } = outer.dataset;
    const queued = outer.dataset.queued !== undefined;
    const fragment = await ask(`/documents/${key}/items/${kind}/${subject}${queued ? "?queued=true" : ""}`);
    remember(key, fragment.etag);
    if (fragment.text !== null && outer.closest("article")) textOf(outer).innerHTML = fragment.text;
    replace(outer, fragment.card);
  }
}

function replace(old, html) {
  const made = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  if (!old.id) made.removeAttribute("id");
  const inner = chosen();
  const kept = inner && old.contains(inner) ? { ...inner.dataset } : null;
  const focus = focused(old);
  const within = document.activeElement !== document.body && old.contains(document.activeElement);
  for (const fold of old.querySelectorAll("details")) if (fold.open) made.querySelector("details").open = true;
  old.replaceWith(made);
  for (const run of redrawn) run(old, made);
  if (!kept) return;
  const again = [made, ...made.querySelectorAll(".card")].find((one) => one.dataset.kind === kept.kind && one.dataset.subject === kept.subject);
  choose(again || made, { focus: within && !focus });
  if (focus) (again || made).querySelector(focus)?.focus();
}

export async function act(card, judgement) {
  const answer = await send(card, judgement);
  if (!answer) return false;
  const { document: key, kind, subject, reader } = card.dataset;
  done.push({ id: answer.judgement.id, key, kind, subject, reader });
  await redraw(card);
  if (reader) showStatus(card, { accept: "accepted", reject: "rejected" }[judgement.verb] || "");
  say(words[`said_${judgement.verb}`]);
  return true;
}

function showStatus(card, status) {
  const badge = card.querySelector(".status");
  badge.className = `badge status ${status ? `is-${status}` : "hidden"}`;
  badge.textContent = status ? words[status] : "";
}

export async function undo() {
  const last = done.pop();
  if (!last) return say(words.nothing_to_undo, true);
  const card = cards().find((one) => one.dataset.document === last.key && one.dataset.kind === last.kind && one.dataset.subject === last.subject && one.dataset.reader === last.reader);
  const answer = card && (await send(card, { verb: "withdraw", kind: "judgement", subject: last.id }));
  if (!answer) return done.push(last);
  await redraw(card);
  if (last.reader) showStatus(card, "");
  choose(twins(card)[0] || null);
  return say(words.said_undo);
}

export async function note(card) {
  const dialog = document.getElementById("noting");
  const field = dialog.querySelector("textarea");
  field.value = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  if (dialog.returnValue === "save" && field.value.trim()) await act(card, { verb: "note", value: field.value.trim() });
  (twins(card)[0] || card).focus();
}

async function conflict(card, judgement) {
  const place = holder(card);
  const now = await ask(`/api/v1/documents/${place.dataset.document}`);
  remember(place.dataset.document, now.etag);
  const { document: key, kind, subject } = card.dataset;
  await redraw(card);
  const here = cards().find((one) => one.dataset.document === key && one.dataset.kind === kind && one.dataset.subject === subject) || card;
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
    await act(here, judgement);
  });
  const leave = button(words.conflict_leave, () => {
    box.remove();
    here.focus();
  });
  box.append(text, list, mine, " ", leave);
  here.append(box);
  mine.focus();
}

export function button(text, run) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", run);
  return made;
}
