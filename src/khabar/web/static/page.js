// What every page does: the theme, and one way to talk to the API.

export const csrf = document.querySelector('meta[name="csrf"]').content;

const saved = localStorage.getItem("theme");
if (saved) document.documentElement.dataset.theme = saved;

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
    dispatchEvent(new Event("theme")); // a map is painted, not styled
  });
}

// An empty field of a filter asks for nothing: leave it out of the address.
for (const form of document.querySelectorAll("form[data-filter]")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  });
  addEventListener("pageshow", () => {
    for (const field of form.elements) field.disabled = false;
  });
}

let fading = 0;

export function say(text, wrong = false) {
  clearTimeout(fading);
  fading = setTimeout(() => document.getElementById("said").replaceChildren(), wrong ? 15_000 : 6000);
  const place = document.getElementById("said");
  place.textContent = text;
  place.classList.toggle("wrong", wrong);
}

export class Refused extends Error {
  constructor(status, fault) {
    super(`${fault.code}: ${fault.detail}`);
    this.status = status;
    this.fault = fault;
  }
}

export async function ask(path, { method = "GET", body = null, headers = {} } = {}) {
  const form = body instanceof FormData;
  const answer = await fetch(path, {
    method,
    body: body === null || form ? body : JSON.stringify(body),
    headers: { ...(method === "GET" ? {} : { "X-CSRF-Token": csrf }), ...(body && !form ? { "Content-Type": "application/json" } : {}), ...headers },
  });
  if (answer.status === 204) return null;
  const content = await answer.json().catch(() => ({ code: "error", detail: answer.statusText }));
  if (!answer.ok) throw new Refused(answer.status, content);
  return content;
}

export const words = JSON.parse(document.getElementById("words")?.textContent || "{}");
