// The form of an item's values: the server draws it; each control sets one field, which is sent at once.
import { searching } from "./choosing.js";
import { startFixing } from "./fixing.js";
import { act, whenRedrawn } from "./judging.js";
import { csrf, say } from "./page.js";

export async function openValues(card) {
  const open = card.querySelector(":scope > .editing");
  if (open) return closeValues(open);
  const { document: key, kind, subject } = card.dataset;
  const answer = await fetch(`/documents/${key}/items/${kind}/${subject}/values`, { headers: { "X-CSRF-Token": csrf } });
  if (!answer.ok) return say(answer.statusText, true);
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
  const acts = card.querySelector(":scope > .acts");
  acts.after(made);
  wire(card, made);
  made.querySelector("select, input, button").focus();
  return made;
}

function closeValues(form) {
  const card = form.closest(".card");
  form.remove();
  card.focus({ preventScroll: true });
}

// A card that is drawn anew has its form again, with the values as they are now.
whenRedrawn(async (old, made) => {
  for (const form of old.querySelectorAll(".editing")) {
    const { kind, subject } = form.closest(".card").dataset;
    const card = [made, ...made.querySelectorAll(".card")].find((one) => one.dataset.kind === kind && one.dataset.subject === subject);
    const before = form.dataset.focus;
    if (!card) continue;
    const again = await openValues(card);
    if (before) again?.querySelector(before)?.focus();
  }
});

function wire(card, form) {
  const item = JSON.parse(form.dataset.item);
  const correct = (field, value) => act(card, { verb: "correct", field, value });
  const remembering = (node) => (form.dataset.focus = selectorOf(node));

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    closeValues(form);
  });
  form.addEventListener("focusin", (event) => remembering(event.target));
  form.addEventListener("change", (event) => {
    const list = event.target;
    if (list.dataset.field) {
      const { field, part } = list.dataset;
      const value = list.value === "" ? null : list.value;
      correct(field, part ? { ...item[field], [part]: value } : value);
    } else if (list.dataset.role !== undefined) setRole(list.dataset.role, { role: list.value });
    else if (list.dataset.mention !== undefined) setRole(list.dataset.mention, { mention: list.value || null });
  });
  const setRole = (index, change) =>
    correct("roles", item.roles.map((role, n) => (n === Number(index) ? { ...role, ...change } : role)));

  form.addEventListener("click", (event) => {
    const one = event.target.closest("button");
    if (!one) return;
    const { fix, drop, index, add, value, close } = one.dataset;
    if (close !== undefined) closeValues(form);
    else if (fix) startFixing(card, fix, index === undefined ? null : Number(index));
    else if (drop) correct(drop, index === undefined ? null : item[drop].toSpliced(Number(index), 1));
    else if (add) addRole();
    else if (value !== undefined) {
      const { field, part } = one.closest(".chooser").dataset;
      const chosen = JSON.parse(value);
      correct(field, part ? { ...item[field], [part]: chosen } : chosen);
    }
  });
  const addRole = () => {
    const role = form.querySelector('[data-new="role"]').value;
    const option = form.querySelector('[data-new="mention"]').selectedOptions[0];
    if (!option) return;
    const { start, end, text } = option.dataset;
    correct("roles", [...item.roles, { role, start: Number(start), end: Number(end), text, mention: option.value }]);
  };

  for (const chooser of form.querySelectorAll(".chooser")) searching(chooser);
  for (const one of form.querySelectorAll("form[data-form]")) {
    one.addEventListener("submit", (event) => {
      event.preventDefault();
      const fields = Object.fromEntries(new FormData(one));
      const number = (text) => (text === "" ? null : Number(text));
      const value =
        one.dataset.form === "time"
          ? { value: fields.value.trim(), type: fields.type, earliest: fields.earliest.trim() || null, latest: fields.latest.trim() || null }
          : { min: number(fields.min), max: number(fields.max), unit: fields.unit.trim() || null, unit_ar: fields.unit_ar.trim() || null, approximate: fields.approximate === "on" };
      correct(one.dataset.form, value);
    });
  }
}

function selectorOf(node) {
  const names = ["field", "part", "role", "mention", "fix", "drop", "index", "new", "add", "search", "close"];
  const parts = names.filter((name) => node.dataset[name] !== undefined).map((name) => `[data-${name}="${node.dataset[name]}"]`);
  if (node.name) parts.push(`[name="${node.name}"]`);
  return parts.length ? node.tagName.toLowerCase() + parts.join("") : "";
}
