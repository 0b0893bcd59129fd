// Cards and text: click one to see the other. Used by the page of a document and by the queues.

export const cards = () => [...document.querySelectorAll(".card[data-subject]")];
export const holder = (card) => card.closest("[data-etag]");
// In a queue the text is beside the card, in a document's page it is the article.
export const textOf = (card) => holder(card).querySelector(".text");
const visible = (card) => card.checkVisibility();
const PARTS = ["trigger", "cue", "carrier", "source", "role", "content", "actor", "place", "time", "number"];

let current = null;
const leaving = []; // what is to be done before another card is chosen

export const chosen = () => current;
export const whenLeaving = (run) => leaving.push(run);
export const twins = (card) =>
  cards().filter((one) => one.dataset.document === card.dataset.document && one.dataset.kind === card.dataset.kind && one.dataset.subject === card.dataset.subject && one.dataset.reader === card.dataset.reader);

export const spansOf = (card) => [...textOf(card).querySelectorAll(`[data-of~="d-${card.dataset.subject}"]`)];

function clear() {
  for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit", ...PARTS.map((part) => `as-${part}`));
  for (const node of document.querySelectorAll(".lighting")) node.classList.remove("lighting");
}

function light(card) {
  clear();
  if (card.dataset.reader) return; // the text is marked as the current reading has it
  const spans = spansOf(card);
  if (spans.length) textOf(card).parentElement.classList.add("lighting");
  for (const span of spans) {
    const own = span.dataset.as.split(" ").filter((one) => one.startsWith(`d-${card.dataset.subject}:`)).map((one) => one.split(":")[1]);
    const part = PARTS.find((name) => own.includes(name));
    span.classList.add("lit", ...(part ? [`as-${part}`] : []));
  }
}

export function choose(card, { focus = true, reveal = false } = {}) {
  for (const run of leaving) run(card);
  current?.classList.remove("current");
  current = card;
  if (!card) return clear();
  const fold = card.closest("details:not([open])");
  if (fold && !fold.classList.contains("card")) fold.open = true;
  card.classList.add("current");
  light(card);
  if (focus) card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  if (reveal) spansOf(card)[0]?.scrollIntoView({ block: "nearest" });
}

export function step(by) {
  const all = cards().filter(visible);
  const at = all.indexOf(current);
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  if (next) choose(next, { reveal: true });
}

document.addEventListener("click", (event) => {
  const card = event.target.closest(".card[data-subject]");
  if (event.target.closest("button, select, input, a, summary, dialog, label, .editing")) {
    if (card && card !== current) choose(card, { focus: false });
    return;
  }
  const span = event.target.closest(".text [data-of]");
  if (!span) {
    if (card) choose(card, { reveal: true });
    return;
  }
  if (String(getSelection())) return;
  const place = span.closest("[data-etag]");
  const near = cards().filter((one) => holder(one) === place && !one.dataset.reader);
  const found = span.dataset.of.split(" ").map((id) => near.find((one) => `d-${one.dataset.subject}` === id)).filter(Boolean);
  const size = (one) => spansOf(one).reduce((sum, node) => sum + node.textContent.length, 0);
  // A name or a number lies in the claim that tells it: the smallest of the cards that are on show is what was meant.
  const shown = found.filter(visible);
  const best = (shown.length ? shown : found).sort((a, b) => size(a) - size(b))[0];
  if (best) choose(best, { focus: false });
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".card[data-subject]") && event.target !== current) choose(event.target, { focus: false });
});
