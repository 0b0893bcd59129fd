// Merge, split and wrong origin: judgements that hold from the next time that stories are made.
import { confirmed, filled, judge, line } from "./preview.js";
import { ask, say, words } from "./page.js";

// --- merge and split ----------------------------------------------------------------------------------------------------
function group(title, stories) {
  const part = document.createElement("div");
  const list = document.createElement("ul");
  for (const one of stories) {
    const counts = ["reports", "named", "unnamed", "denials", "conflicts"];
    const values = { reports: one.documents, named: one.named, unnamed: one.unnamed, denials: one.denials, conflicts: one.conflicts };
    const row = document.createElement("li");
    const name = document.createElement("bdi");
    name.textContent = one.label;
    row.append(name);
    for (const key of counts) if (values[key]) row.append(" ", line("span", filled(words[`${key}_n`], { count: values[key] }), "badge"));
    list.append(row);
  }
  part.append(line("h3", title), list);
  return part;
}

async function decide(verb, subject, other) {
  const query = new URLSearchParams({ verb, subject, other });
  const preview = await confirmed(`/api/v1/stories/preview?${query}`, (found) => ({
    changes: JSON.stringify(found.before) !== JSON.stringify(found.after),
    parts: [group(words.preview_before, found.before), group(words.preview_after, found.after), line("p", words.preview_story_help, "soft")],
  }));
  return preview && judge({ verb, kind: "story", subject, value: other }, preview.etag, `said_${verb}`);
}

for (const one of document.querySelectorAll("[data-split]")) {
  one.addEventListener("click", async () => {
    if (await decide("split", one.dataset.split, one.dataset.other)) one.disabled = true;
  });
}

const form = document.getElementById("merge");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const list = document.getElementById("found");
  const answer = await ask(`/api/v1/stories?limit=12&words=${encodeURIComponent(form.elements.words.value)}`).catch((error) => (say(error.message, true), { rows: [] }));
  const rows = answer.rows.filter((one) => one.id !== form.dataset.story).map((one) => {
    const made = line("button", "");
    made.type = "button";
    const name = document.createElement("bdi");
    name.textContent = one.label;
    made.append(name, " ", line("small", filled(words.reports_n, { count: new Set(one.reports.map((report) => report.document)).size })));
    const report = one.reports.find((report) => report.main) || one.reports[0];
    made.addEventListener("click", () => decide("merge", form.dataset.event, `${report.document}/${report.event}`));
    const row = document.createElement("li");
    row.append(made);
    return row;
  });
  list.replaceChildren(...(rows.length ? rows : [line("li", words.nothing_found_short)]));
  list.querySelector("button")?.focus();
});

// --- origins ------------------------------------------------------------------------------------------------------------
const origins = document.getElementById("origins");

async function judgeOrigin(document_, subject, judgement) {
  const rows = [...origins.querySelectorAll(`[data-report][data-document="${document_}"]`)];
  const body = { kind: "origin", document: document_, subject, ...judgement };
  const answer = await judge(body, rows[0].dataset.etag, "said_origin");
  for (const row of answer ? rows : []) row.dataset.etag = answer.etag;
}

origins?.addEventListener("click", (event) => {
  const one = event.target.closest("button");
  if (one?.matches("[data-merge-origin]")) {
    const list = one.parentElement.querySelector("[data-same]");
    judgeOrigin(list.dataset.document, list.dataset.same, { verb: "merge", value: list.value });
  } else if (one?.matches("[data-give-origin]")) give(one.closest("[data-report]"));
});
origins?.addEventListener("change", (event) => {
  if (!event.target.matches("[data-whose]")) return;
  event.target.closest("[data-report]").querySelector("[data-another]").hidden = event.target.value !== "another";
});

function give(row) {
  const list = row.querySelector("[data-whose]");
  const { document: key, report } = row.dataset;
  if (list.value === "own") return judgeOrigin(key, report, { verb: "split", value: list.selectedOptions[0].dataset.other });
  const typed = { label: row.querySelector("[data-label]").value.trim(), kind: row.querySelector("[data-kind]").value, entity: null };
  const value = list.value === "another" ? typed : list.value && JSON.parse(list.value);
  if (!value || !value.label) return (list.value === "another" ? row.querySelector("[data-label]") : list).focus();
  return judgeOrigin(key, report, { verb: "correct", field: "origin", value });
}

// --- taking back --------------------------------------------------------------------------------------------------------
for (const one of document.querySelectorAll("[data-withdraw]")) {
  one.addEventListener("click", async () => {
    const body = { verb: "withdraw", kind: "judgement", subject: one.dataset.withdraw };
    const key = one.dataset.document;
    const etag = key ? (await ask(`/api/v1/documents/${key}`)).etag : null;
    if (await judge(key ? { ...body, document: key } : body, etag, "withdrawn")) one.closest("li").remove();
  });
}
document.documentElement.dataset.ready = "true";
