"use strict";
(() => {
  const page = document.body;
  let pinned = null;

  const textOf = (card) => card.closest(".document").querySelector(".text");
  const spansOf = (card) => [...textOf(card).querySelectorAll(`[data-of~="${card.id}"]`)];

  // Parts of one claim can cover the same characters; the narrower part is the one to show.
  const PARTS = ["trigger", "cue", "carrier", "source", "role", "content"];

  function clear() {
    for (const node of document.querySelectorAll(".lit")) {
      node.classList.remove("lit", ...PARTS.map((part) => `as-${part}`));
    }
    for (const node of document.querySelectorAll(".lighting")) node.classList.remove("lighting");
  }

  function light(card) {
    clear();
    const spans = spansOf(card);
    card.classList.add("lit");
    if (spans.length) card.closest(".document").classList.add("lighting");
    for (const span of spans) {
      const here = span.dataset.as.split(" ").filter((entry) => entry.startsWith(`${card.id}:`)).map((entry) => entry.split(":")[1]);
      const part = PARTS.find((name) => here.includes(name));
      span.classList.add("lit");
      if (part) span.classList.add(`as-${part}`);
    }
  }

  function pin(card) {
    document.querySelectorAll(".pinned").forEach((node) => node.classList.remove("pinned"));
    pinned = pinned === card ? null : card;
    if (!pinned) return clear();
    card.classList.add("pinned");
    light(card);
  }

  const show = (node) => node && node.scrollIntoView({ block: "nearest", behavior: "smooth" });

  // The innermost claim or event at a place of the text: the one with the fewest characters around it.
  function cardAt(span) {
    const cards = span.dataset.of.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
    const size = (card) => spansOf(card).reduce((sum, node) => sum + node.textContent.length, 0);
    return cards.sort((a, b) => size(a) - size(b))[0] || null;
  }

  const target = (event) => {
    const card = event.target.closest(".card");
    if (card) return { card, fromText: false };
    const span = event.target.closest(".text [data-of]");
    return span ? { card: cardAt(span), fromText: true } : { card: null, fromText: false };
  };

  document.addEventListener("mouseover", (event) => {
    if (pinned) return;
    const { card } = target(event);
    if (card) light(card);
    else clear();
  });
  document.addEventListener("focusin", (event) => {
    if (!pinned && event.target.classList.contains("card")) light(event.target);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, button, summary")) return;
    const { card, fromText } = target(event);
    if (!card) {
      if (pinned) pin(pinned);
      return;
    }
    pin(card);
    if (pinned) show(fromText ? card : spansOf(card)[0]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pinned) pin(pinned);
    if (event.target.classList.contains("card") && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      pin(event.target);
      if (pinned) show(spansOf(event.target)[0]);
    }
  });

  for (const key of document.querySelectorAll(".key")) {
    key.addEventListener("click", () => {
      const on = key.getAttribute("aria-pressed") === "true";
      key.setAttribute("aria-pressed", String(!on));
      page.classList.toggle(`hide-${key.dataset.hides}`, on);
    });
  }
  const language = document.getElementById("language");
  language.addEventListener("click", () => {
    const english = page.dataset.ui === "ar";
    page.dataset.ui = english ? "en" : "ar";
    language.textContent = english ? "العربية" : "English";
    language.lang = english ? "ar" : "en";
  });
  document.getElementById("theme").addEventListener("click", () => {
    const dark = page.dataset.theme ? page.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    page.dataset.theme = dark ? "light" : "dark";
  });
  page.dataset.ready = "true";
})();
