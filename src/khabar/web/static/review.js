// Judging by buttons and by keys. Used by the page of a document and by the queues.
import { choose, chosen, step, twins } from "./cards.js";
import { fixKey, isFixing, startFixing } from "./fixing.js";
import { act, note, redraw, remember, undo } from "./judging.js";
import { ask, say, words } from "./page.js";
import { openValues } from "./values.js";

const ACTS = {
  accept: (card) => act(card, { verb: "accept" }),
  reject: (card) => act(card, { verb: "reject" }),
  values: openValues,
  note,
  fix: (card) => startFixing(card),
};

document.addEventListener("click", (event) => {
  const one = event.target.closest("[data-act]");
  if (one) ACTS[one.dataset.act](one.closest(".card"));
});
document.addEventListener("change", (event) => {
  const list = event.target;
  if (!list.matches("select[data-quick]")) return;
  act(list.closest(".card"), { verb: "correct", field: list.dataset.field, value: list.value });
});

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

// What stands in a card of a queue is asked for when it is opened.
async function unfold(card) {
  const fold = card.querySelector(":scope > details") || card.closest("details");
  if (!fold) return;
  const opens = !fold.open;
  if (opens && fold.dataset.lazy !== undefined) card = await fill(fold);
  else fold.open = opens;
  if (opens) choose(card.querySelector(":scope > details .card"));
  else choose(fold.closest(".card") || card);
}

async function fill(fold) {
  delete fold.dataset.lazy;
  fold.open = true;
  const card = fold.closest(".card");
  await redraw(card);
  return twins(card)[0];
}

document.addEventListener("toggle", (event) => {
  if (event.target.open && event.target.dataset.lazy !== undefined) fill(event.target);
}, true);

const canJudge = Boolean(document.getElementById("noting"));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog[open]")) return;
  if (isFixing()) return fixKey(event);
  if (event.target.closest("button, a, summary") && (event.key === "Enter" || event.key === " ")) return undefined;
  const card = chosen();
  const moves = { j: () => step(1), k: () => step(-1), Escape: () => choose(null) };
  if (card) moves.o = () => unfold(card);
  const acts = {};
  if (canJudge) acts.u = undo;
  if (canJudge && card && card.querySelector(":scope > .acts")) Object.assign(acts, { a: () => ACTS.accept(card), r: () => ACTS.reject(card) });
  if (canJudge && card && card.querySelector(':scope > .acts [data-act="values"]')) {
    Object.assign(acts, { n: () => note(card), c: () => startFixing(card), e: () => openValues(card) });
    acts.s = () => card.querySelector("select")?.focus();
  }
  const run = moves[event.key] || acts[event.key];
  if (!run) return undefined;
  event.preventDefault();
  return run();
});

const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (named?.matches(".card")) choose(named, { reveal: true });
document.documentElement.dataset.ready = "true";
