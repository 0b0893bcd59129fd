// Names as they are typed: what is found takes the place of what was offered.
import { ask } from "./page.js";

export function searching(chooser) {
  const field = chooser.querySelector("[data-search]");
  const list = chooser.querySelector("[data-found]");
  const offered = [...list.children];
  let asked = 0;
  let waiting = 0;
  const find = async () => {
    const text = field.value.trim();
    const mine = ++asked;
    if (!text) return list.replaceChildren(...offered);
    const found = await ask(`/api/v1/lookup/${chooser.dataset.look}?words=${encodeURIComponent(text)}`).catch(() => []);
    if (mine !== asked) return undefined;
    return list.replaceChildren(...found.map((one) => line(one, chooser.dataset.part)));
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 200);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      list.querySelector("button")?.focus();
    }
  });
}

function line(one, part) {
  const arabic = document.documentElement.lang === "ar";
  const made = document.createElement("button");
  made.type = "button";
  made.dataset.value = JSON.stringify(part ? one.id : one);
  const name = document.createElement("bdi");
  name.textContent = (arabic ? one.name_ar || one.name_en : one.name_en || one.name_ar) || one.id;
  const id = document.createElement("small");
  id.dir = "ltr";
  const point = typeof one.lat === "number" ? `${one.lat.toFixed(2)}, ${one.lon.toFixed(2)}` : "";
  id.textContent = [one.country, point, one.id].filter(Boolean).join(" ");
  made.append(name, " ", id);
  const row = document.createElement("li");
  row.append(made);
  return row;
}
