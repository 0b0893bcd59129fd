// The list, the map and the timeline of stories: what is chosen in one is shown in the others.
import * as L from "./leaflet/leaflet-src.esm.js";

const data = JSON.parse(document.getElementById("data").textContent);
const place = document.getElementById("map");
const rows = [...document.querySelectorAll("[data-story]")];
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
let chosen = null; // null: all; else a set of ids

// --- the map: a world of our own, so that it works without a network -----------------------------------------------------
const map = L.map(place, { attributionControl: true, zoomControl: true, maxZoom: 12, worldCopyJump: true, fadeAnimation: false, zoomAnimation: false }).setView([25, 42], 4);
map.attributionControl.setPrefix("");
map.createPane("world").style.zIndex = 200;

function ring(world, arcs) {
  const line = [];
  for (const index of arcs) {
    const points = world.decoded[index < 0 ? ~index : index];
    line.push(...(index < 0 ? [...points].reverse() : points));
  }
  return line;
}

async function drawWorld() {
  const world = await (await fetch("/static/world.json")).json();
  world.decoded = world.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]) => {
      [x, y] = [x + dx, y + dy];
      return [y * world.scale[1] + world.translate[1], x * world.scale[0] + world.translate[0]];
    });
  });
  const renderer = L.canvas({ pane: "world" });
  for (const shape of world.shapes) {
    L.polygon(shape.map((arcs) => [ring(world, arcs)]), { renderer, pane: "world", interactive: false, color: css("--border"), weight: 1, fillColor: css("--land"), fillOpacity: 1 }).addTo(map);
  }
  map.attributionControl.addAttribution("Natural Earth");
  document.documentElement.dataset.world = "true";
}

const layers = []; // { story, layer }
function drawPoints() {
  const arabic = place.dataset.lang === "ar";
  for (const one of data.points) {
    let layer;
    if (one.kind === "place") {
      const colour = { color: css("--trigger"), weight: one.km > 50 ? 1 : 2, fillOpacity: one.km > 50 ? 0.07 : 0.25 };
      // A region is an area, not a pin.
      layer = one.km ? L.circle([one.lat, one.lon], { ...colour, radius: one.km * 1000 }) : L.circleMarker([one.lat, one.lon], { ...colour, radius: 7 });
      layer.bindTooltip((arabic ? one.name_ar || one.name_en : one.name_en || one.name_ar) || "");
    } else {
      layer = L.layerGroup([L.polyline(one.way, { color: css("--time"), weight: 2.5, dashArray: one.sure ? null : "6 6" }), head(one.way)]);
    }
    (layer.eachLayer ? layer.getLayers() : [layer]).forEach((part) => part.on("click", () => choose([one.story])));
    layer.addTo(map);
    layers.push({ story: one.story, layer });
  }
  const places = data.points.filter((one) => one.kind === "place").map((one) => [one.lat, one.lon]);
  if (places.length) map.fitBounds(L.latLngBounds(places).pad(0.4), { maxZoom: 7 });
}

function head(way) {
  const [[lat1, lon1], [lat2, lon2]] = way.slice(-2);
  const angle = Math.atan2(lat2 - lat1, (lon2 - lon1) * Math.cos((lat2 * Math.PI) / 180));
  const size = Math.max(Math.hypot(lat2 - lat1, lon2 - lon1) * 0.12, 0.02);
  const corner = (turn) => [lat2 - size * Math.sin(angle + turn), lon2 - (size * Math.cos(angle + turn)) / Math.cos((lat2 * Math.PI) / 180)];
  return L.polygon([[lat2, lon2], corner(0.45), corner(-0.45)], { color: css("--time"), weight: 1, fillOpacity: 1 });
}

// --- the timeline ---------------------------------------------------------------------------------------------------------
const SVG = "http://www.w3.org/2000/svg";
function svg(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

const WIDTH = 640;
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
  for (const row of rows) row.hidden = !on(row.dataset.story);
  for (const { story, layer } of layers) on(story) ? layer.addTo(map) : layer.remove();
  for (const { story, shape } of marks) shape.classList.toggle("off", !on(story));
  document.getElementById("chosen").hidden = !chosen;
}

document.getElementById("show-all").addEventListener("click", () => choose(null));
for (const row of rows) {
  row.addEventListener("click", (event) => {
    if (!event.target.closest("a")) choose(chosen?.has(row.dataset.story) && chosen.size === 1 ? null : [row.dataset.story]);
  });
}

if (place.dataset.tiles) L.tileLayer(place.dataset.tiles, { maxZoom: 18 }).addTo(map);
drawPoints();
drawTimeline();
await drawWorld();
document.documentElement.dataset.ready = "true";
