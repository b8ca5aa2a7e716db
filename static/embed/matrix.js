import { ClusterElement } from "./element.js";
import { link, make } from "./drawing.js";

const FIXED_STEPS = [2, 4, 7]; // where the second, third and fourth step of heat begin in a small registry
const FIXED_UP_TO = 24; // actors: with a larger cell, quartiles take their place
const AXES = ["layer", "area", "ordering"]; // as filters they would make the numbers differ from where they lead

// <cluster-matrix>: how many actors stand on each layer in each application area; every number leads to them.
export class ClusterMatrix extends ClusterElement {
  fetched() {
    return this.ask("matrix/", this.filters(AXES));
  }

  show({ layers, areas, cells, total }) {
    const counts = new Map(cells.map((one) => [`${one.layer} ${one.area}`, one.count]));
    const steps = heat(cells.map((one) => one.count));
    const step = (count) => 1 + steps.filter((begin) => count >= begin).length;
    const top = layers.map((layer) =>
      make(
        "th", { scope: "col", class: `top l${layer.position}` },
        make("span", { class: "vh" }, `${this.words.layer} `), `${layer.position} `, make("span", { class: "long" }, layer.name),
      ),
    );
    const corner = make("th", { scope: "col", class: "row" }, make("span", { class: "vh" }, this.words.area));
    const rows = areas.map((area) =>
      make(
        "tr", {}, make("th", { scope: "row", class: "row" }, area.name),
        ...layers.map((layer) => this.cell(layer, area, counts.get(`${layer.slug} ${area.slug}`) ?? 0, step)),
      ),
    );
    const caption = make("caption", { class: "vh" }, this.words.caption);
    const table = make("table", {}, caption, make("thead", {}, make("tr", {}, corner, ...top)), make("tbody", {}, ...rows));
    const all = link(this.page("actors", this.filters(AXES)), this.words.all(total));
    this.body.replaceChildren(table, this.foot(make("span", {}, this.words.legend), all));
    this.say(this.words.actors(total));
  }

  cell(layer, area, count, step) {
    const look = `l${layer.position}`;
    if (!count) return make("td", { class: `${look} gap` }, make("span", { class: "vh" }, this.words.gap));
    const params = this.filters(AXES);
    params.set("layer", layer.slug);
    params.set("area", area.slug);
    const door = link(this.page("actors", params), count.toLocaleString(this.language));
    door.className = `heat${step(count)}`;
    door.setAttribute("aria-label", this.words.cell(count, layer.position, area.name));
    return make("td", { class: look }, door);
  }
}

// Where the upper three of four steps begin: as on the portal's own matrix.
function heat(counts) {
  const filled = counts.filter(Boolean).sort((a, b) => a - b);
  if (!filled.length || filled.at(-1) <= FIXED_UP_TO) return FIXED_STEPS;
  const at = (share) => filled[Math.floor(filled.length * share)];
  const second = Math.max(at(1 / 4), 2);
  const third = Math.max(at(1 / 2), second + 1);
  return [second, third, Math.max(at(3 / 4), third + 1)];
}
