// Judgements across documents: what they would change is shown first, and sent back with them.
import { ask, say, words } from "./page.js";

export function line(tag, text, name = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
}

// `{count} reports|{count} report`: what stands after the bar is said of one.
export function filled(text, values) {
  const [many, one] = text.split("|");
  return (one && values.count === 1 ? one : many).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Show what `path` foretells, drawn by `draw`; the preview if it is confirmed, else null.
export async function confirmed(path, draw) {
  const preview = await ask(path).catch((error) => (say(error.message, true), null));
  if (!preview) return null;
  const dialog = document.getElementById("preview");
  const drawn = draw(preview);
  dialog.querySelector("[data-body]").replaceChildren(...(drawn.changes ? drawn.parts : [line("p", words.preview_same)]));
  dialog.querySelector('[value="confirm"]').disabled = !drawn.changes;
  dialog.returnValue = "cancel";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue === "confirm" ? preview : null;
}

// Send a judgement with the state that it was made of; whether it was kept.
export async function judge(body, etag, said) {
  try {
    const answer = await ask("/api/v1/judgements", { method: "POST", body, headers: etag ? { "If-Match": etag } : {} });
    say(words[said]);
    return answer;
  } catch (error) {
    say(error.status === 412 || error.status === 409 ? words.stale_preview : error.message, true);
    return null;
  }
}
