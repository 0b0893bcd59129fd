// The map of one place: itself, what lies in it, and the movements there.
import { drawWorld, fit, nameOf, openMap, placeMark, wayMark } from "./atlas.js";

const { points } = JSON.parse(document.getElementById("data").textContent);
const element = document.getElementById("map");
const map = openMap(element);
for (const one of points) {
  if (one.kind === "way") {
    wayMark(one).addTo(map);
    continue;
  }
  const mark = placeMark(one).bindTooltip(nameOf(one, element.dataset.lang === "ar")).addTo(map);
  mark.on("click", () => location.assign(`/places/${encodeURIComponent(one.id).replaceAll("%3A", ":").replaceAll("%2F", "/")}`));
}
fit(map, points);
await drawWorld(map);
document.documentElement.dataset.ready = "true";
