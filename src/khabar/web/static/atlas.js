// A map that needs no network: a world of our own, places as dots or areas, movements as arrows.
import * as L from "./leaflet/leaflet-src.esm.js";

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const LEAST = 6; // pixels: a small area is still seen, and can be clicked

// An area has its own radius on the ground, and is never smaller than what a finger finds.
const Area = L.Circle.extend({
  _project() {
    L.Circle.prototype._project.call(this);
    this._radius = Math.max(this._radius, LEAST);
    this._radiusY = Math.max(this._radiusY || 0, LEAST);
    this._updateBounds();
  },
});

export function openMap(element) {
  const map = L.map(element, { attributionControl: true, maxZoom: 12, worldCopyJump: true, fadeAnimation: false, zoomAnimation: false }).setView([25, 42], 4);
  map.attributionControl.setPrefix("");
  map.createPane("world").style.zIndex = 150; // beneath the tiles, where there are any
  const { tiles, attribution } = element.dataset;
  if (tiles) L.tileLayer(tiles, { maxZoom: 18, attribution: plain(attribution) }).addTo(map);
  return map;
}

// Leaflet takes HTML; a setting is text.
function plain(text) {
  const span = document.createElement("span");
  span.textContent = text || "";
  return span.innerHTML;
}

function ring(world, arcs) {
  const line = [];
  for (const index of arcs) {
    const points = world.decoded[index < 0 ? ~index : index];
    line.push(...(index < 0 ? [...points].reverse() : points));
  }
  return line;
}

// Steps from point to point, in units of `scale` from `start`, as latitudes and longitudes.
function walked(steps, scale, start) {
  let [x, y] = [0, 0];
  return steps.map(([dx, dy]) => {
    [x, y] = [x + dx, y + dy];
    return [y * scale[1] + start[1], x * scale[0] + start[0]];
  });
}

const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, n) => [flat[2 * n], flat[2 * n + 1]]);
const file = async (name) => (await fetch(new URL(name, import.meta.url))).json();

export async function drawWorld(map) {
  const [world, provinces] = await Promise.all([file("world.json"), file("provinces.json")]);
  world.decoded = world.arcs.map((arc) => walked(arc, world.scale, world.translate));
  const options = { renderer: L.canvas({ pane: "world" }), pane: "world", interactive: false };
  const countries = world.shapes.map((shape) => L.polygon(shape.map((arcs) => [ring(world, arcs)]), { ...options, weight: 1, fillOpacity: 1 }).addTo(map));
  const scale = [provinces.scale, provinces.scale];
  const inner = L.polyline(provinces.lines.map((line) => walked(pairs(line), scale, [0, 0])), { ...options, weight: 0.6, opacity: 0.75 }).addTo(map);
  const paint = () => {
    for (const one of countries) one.setStyle({ color: css("--border"), fillColor: css("--land") });
    inner.setStyle({ color: css("--border") });
  };
  paint();
  addEventListener("theme", paint);
  map.attributionControl.addAttribution("Natural Earth");
  document.documentElement.dataset.world = "true";
}

// A point that is known is a dot; what is only known to lie somewhere within is an area.
export function placeMark(one) {
  const colour = { color: css("--trigger"), weight: one.km ? 1.2 : 2, fillOpacity: one.km ? (one.km > 200 ? 0.05 : 0.12) : 0.6 };
  return one.km
    ? new Area([one.lat, one.lon], { ...colour, radius: one.km * 1000, dashArray: "3 4" })
    : L.circleMarker([one.lat, one.lon], { ...colour, radius: LEAST });
}

export function wayMark(one) {
  const line = L.polyline(one.way, { color: css("--time"), weight: 2.5, dashArray: one.sure ? null : "7 6" });
  return L.layerGroup([line, ...one.way.slice(1).map((_, n) => head(one.way[n], one.way[n + 1]))]);
}

function head([lat1, lon1], [lat2, lon2]) {
  const narrow = Math.cos((lat2 * Math.PI) / 180);
  const [up, right] = [lat2 - lat1, (lon2 - lon1) * narrow];
  const angle = Math.atan2(up, right);
  const size = Math.max(Math.hypot(up, right) * 0.1, 0.02);
  const corner = (turn) => [lat2 - size * Math.sin(angle + turn), lon2 - (size * Math.cos(angle + turn)) / narrow];
  return L.polygon([[lat2, lon2], corner(0.4), corner(-0.4)], { color: css("--time"), weight: 1, fillOpacity: 1 });
}

export const parts = (layer) => (layer.eachLayer ? layer.getLayers() : [layer]);

// The whole of what is marked, a place's area with it.
export function fit(map, points) {
  const bounds = L.latLngBounds([]);
  for (const one of points) {
    if (one.kind === "way") one.way.forEach((at) => bounds.extend(at));
    else bounds.extend(L.latLng(one.lat, one.lon).toBounds(Math.max((one.km || 0) * 2000, 20_000)));
  }
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.15), { maxZoom: 7 } /* nearer, the coast is a few straight lines */);
}

export function nameOf(one, arabic) {
  return (arabic ? one.name_ar || one.name_en : one.name_en || one.name_ar) || "";
}
