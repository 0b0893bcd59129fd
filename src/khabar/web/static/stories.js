// The list, the map and the timeline of stories: what is chosen in one is shown in the others.
import { drawWorld, fit, nameOf, openMap, parts, placeMark, wayMark } from "./atlas.js";

const data = JSON.parse(document.getElementById("data").textContent);
const place = document.getElementById("map");
const rows = [...document.querySelectorAll("[data-story]")];
let chosen = null; // null: all; else a set of ids

// --- the map --------------------------------------------------------------------------------------------------------------
const map = openMap(place);
const layers = []; // { stories, layer }

function drawPoints() {
  for (const one of data.points) {
    const layer = one.kind === "place" ? placeMark(one) : wayMark(one);
    if (one.kind === "place") layer.bindTooltip(`${nameOf(one, place.dataset.lang === "ar")} · ${one.stories.length}`);
    for (const part of parts(layer)) part.on("click", () => choose(one.stories));
    layer.addTo(map);
    layers.push({ stories: one.stories, layer });
  }
  fit(map, data.points.filter((one) => !one.km || one.km < 500));
}

// --- the timeline ---------------------------------------------------------------------------------------------------------
const SVG = "http://www.w3.org/2000/svg";
function svg(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

// As wide as there is room, so that its letters are as large as the page's on a phone too.
const WIDTH = Math.min(640, Math.max(document.getElementById("timeline").clientWidth, 280));
const times = data.moments.map((one) => Date.parse(one.at)).filter(Number.isFinite);
const [first, last] = [Math.min(...times), Math.max(...times)];
const scale = (time) => 20 + ((time - first) / Math.max(last - first, 1)) * (WIDTH - 40);
const marks = [];

function drawTimeline() {
  if (!times.length) return;
  const used = new Map();
  const height = 110;
  const box = svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "group" }, document.getElementById("timeline"));
  svg("line", { x1: 10, x2: WIDTH - 10, y1: height - 24, y2: height - 24, class: "axis" }, box);
  const labels = first === last ? [first] : [first, (first + last) / 2, last];
  labels.forEach((time, n) => {
    svg("text", { x: scale(time), y: height - 8, "text-anchor": ["start", "middle", "end"][labels.length === 1 ? 1 : n] }, box).textContent = new Date(time).toISOString().slice(0, 10);
  });
  for (const one of data.moments) {
    const time = Date.parse(one.at);
    if (!Number.isFinite(time)) continue;
    const x = scale(time);
    const stack = used.get(Math.round(x / 9)) || 0;
    used.set(Math.round(x / 9), stack + 1);
    const y = height - 34 - Math.min(stack, 6) * 10;
    const shape = one.what === "report" ? svg("circle", { cx: x, cy: y, r: 4 }, box)
      : one.what === "denial" ? svg("path", { d: `M${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}L${x - 5} ${y}Z` }, box)
        : svg("rect", { x: x - 4, y: y - 4, width: 8, height: 8 }, box);
    shape.setAttribute("class", `tl-${one.what}`);
    svg("title", {}, shape).textContent = one.at.slice(0, 16).replace("T", " ");
    shape.addEventListener("click", () => choose([one.story]));
    marks.push({ story: one.story, shape, time });
  }
  brush(box, height);
}

// Drag over the timeline to keep the stories that were reported then.
function brush(box, height) {
  let from = null;
  const shade = svg("rect", { y: 0, height: height - 24, width: 0, x: 0, class: "shade" }, box);
  const at = (event) => ((event.clientX - box.getBoundingClientRect().left) / box.getBoundingClientRect().width) * WIDTH;
  box.addEventListener("pointerdown", (event) => {
    if (event.target.closest("circle, path, .tl-correction")) return;
    from = at(event);
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    if (from === null) return;
    shade.setAttribute("x", Math.min(from, at(event)));
    shade.setAttribute("width", Math.abs(at(event) - from));
  });
  box.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [left, right] = [Math.min(from, at(event)), Math.max(from, at(event))];
    from = null;
    shade.setAttribute("width", 0);
    if (right - left < 4) return;
    choose(marks.filter((one) => scale(one.time) >= left && scale(one.time) <= right).map((one) => one.story));
  });
}

// --- what is chosen -------------------------------------------------------------------------------------------------------
function choose(ids) {
  chosen = ids && ids.length ? new Set(ids) : null;
  const on = (id) => !chosen || chosen.has(id);
  for (const row of rows) {
    row.hidden = !on(row.dataset.story);
    row.querySelector("[data-alone]").setAttribute("aria-pressed", String(chosen !== null));
  }
  for (const { stories, layer } of layers) stories.some(on) ? layer.addTo(map) : layer.remove();
  for (const { story, shape } of marks) shape.classList.toggle("off", !on(story));
  document.getElementById("chosen").hidden = !chosen;
}

document.getElementById("show-all").addEventListener("click", () => choose(null));
for (const row of rows) {
  const alone = () => choose(chosen?.has(row.dataset.story) && chosen.size === 1 ? null : [row.dataset.story]);
  row.addEventListener("click", (event) => event.target.closest("a") || alone());
}

drawPoints();
drawTimeline();
await drawWorld(map);
document.documentElement.dataset.ready = "true";
