// Uploads and addresses, and the jobs they become, watched by asking again.
import { ask, say, words } from "./page.js";

const place = document.getElementById("jobs");

function element(name, content, className = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (content !== null) made.append(...[content].flat());
  return made;
}

function isolated(text) {
  return element("bdi", text);
}

function card(job) {
  const counts = job.counts;
  const seen = counts.sighting + counts.known + counts.reread;
  const numbers = [[counts.new + counts.version, "job_new"], [seen, "job_seen"], [counts.rejected, "job_rejected"]]
    .map(([count, key]) => `${count} ${words[key]}`).join(" · ");
  const state = element("span", words[`job_${job.state}`], `badge is-${{ done: "accepted", failed: "rejected" }[job.state] || "possible"}`);
  const made = element("section", [element("p", [state, " ", isolated(job.sources.slice(0, 3).join(" · ") + (job.sources.length > 3 ? " …" : "")), element("span", numbers, "end soft number")], "first")], "card");
  made.dataset.job = job.id;
  made.dataset.state = job.state;
  if (job.state === "running" || job.state === "waiting") made.append(Object.assign(element("progress", null), { ariaLabel: words[`job_${job.state}`] }));
  if (job.detail) made.append(element("p", isolated(job.detail), "wrong"));
  if (job.documents.length) {
    const links = job.documents.slice(0, 20).map((id) => {
      const link = element("a", element("code", `${id.slice(7, 19)}…`));
      link.href = `/documents/${id}`;
      return element("li", link);
    });
    made.append(element("ul", links, "row"));
  }
  if (job.rejections.length) {
    const rows = job.rejections.slice(0, 50).map((one) => element("li", [isolated(one.document), " ", element("code", one.code), " ", isolated(one.detail)]));
    made.append(element("ul", rows, "wrong"));
  }
  return made;
}

async function refresh() {
  let jobs = [];
  try {
    jobs = await ask("/api/v1/jobs");
  } catch (error) {
    say(error.message, true);
  }
  if (jobs.length) place.replaceChildren(...jobs.map(card));
  place.dataset.ready = "true";
  setTimeout(refresh, jobs.some((job) => job.state === "running" || job.state === "waiting") ? 700 : 5000);
}

async function start(form, path, body) {
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    await ask(path, { method: "POST", body });
    form.reset();
    say(words.job_waiting);
    const jobs = await ask("/api/v1/jobs");
    place.replaceChildren(...jobs.map(card));
  } catch (error) {
    say(error.message, true);
  }
  button.disabled = false;
}

document.getElementById("files")?.addEventListener("submit", (event) => {
  event.preventDefault();
  start(event.target, "/api/v1/jobs/files", new FormData(event.target));
});
document.getElementById("addresses")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const addresses = event.target.elements.addresses.value.split(/\s+/).filter(Boolean);
  if (addresses.length) start(event.target, "/api/v1/jobs/addresses", { addresses });
});
refresh();
