// Merge and split: judgements of pairs of events, which hold from the next time that stories are made.
import { ask, say, words } from "./page.js";

async function judge(verb, subject, value, done) {
  try {
    await ask("/api/v1/judgements", { method: "POST", body: { verb, kind: "story", subject, value } });
    say(words[`said_${verb}`]);
    done();
  } catch (error) {
    say(error.message, true);
  }
}

for (const button of document.querySelectorAll("[data-split]")) {
  button.addEventListener("click", () => judge("split", button.dataset.split, button.dataset.other, () => (button.disabled = true)));
}
const form = document.getElementById("merge");
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  judge("merge", form.dataset.event, form.elements.other.value.trim(), () => form.reset());
});
