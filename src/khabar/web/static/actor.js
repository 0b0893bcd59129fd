// Actors that are one, and those that are not after all.
import { searching } from "./choosing.js";
import { confirmed, filled, judge, line } from "./preview.js";
import { words } from "./page.js";

const place = document.getElementById("actor");

async function decide(verb, actor, name, other, otherName) {
  const path = `/api/v1/actors/${encodeURIComponent(actor)}/preview?verb=${verb}&other=${encodeURIComponent(other)}`;
  const preview = await confirmed(path, (found) => {
    const list = document.createElement("dl");
    list.className = "counts";
    for (const [key, count] of [["documents", found.moves.documents], ["by", found.moves.by], ["about", found.moves.about], ["stories", found.moves.stories]]) {
      list.append(line("dt", words[`preview_${key}`]), line("dd", String(count), "number"));
    }
    const title = line("p", filled(words[`preview_${verb}_actor`], { actor: name, other: otherName }));
    return { changes: found.changes, parts: [title, list, line("p", words.preview_story_help, "soft")] };
  });
  if (!preview) return;
  const kept = await judge({ verb, kind: "actor", subject: actor, value: other }, preview.etag, `said_${verb}`);
  if (kept) location.assign(`/actors/${encodeURIComponent(verb === "merge" ? other : actor)}`);
}

for (const one of place?.querySelectorAll("[data-split]") || []) {
  one.addEventListener("click", () => decide("split", one.dataset.split, one.dataset.name, one.dataset.other, place.dataset.name));
}
for (const chooser of place?.querySelectorAll(".chooser") || []) {
  searching(chooser);
  chooser.addEventListener("click", (event) => {
    const one = event.target.closest("[data-value]");
    if (one) decide("merge", place.dataset.actor, place.dataset.name, JSON.parse(one.dataset.value), one.querySelector("bdi").textContent);
  });
}
document.documentElement.dataset.ready = "true";
