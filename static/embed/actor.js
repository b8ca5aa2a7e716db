import { ClusterDirectory } from "./directory.js";
import { ClusterElement } from "./element.js";
import { ClusterMatrix } from "./matrix.js";
import { chain, link, make } from "./drawing.js";

// <cluster-actor slug="…">: one actor, by its slug or permanent id; a former slug leads to it too.
class ClusterActor extends ClusterElement {
  fetched() {
    return this.ask(`actors/${encodeURIComponent(this.getAttribute("slug") ?? "")}/`, new URLSearchParams());
  }

  show(actor) {
    const positions = actor.layers.map((layer) => layer.position);
    const label = positions.length ? this.words.layers(positions) : this.words.noLayer;
    const layers = actor.layers.map((layer) => layer.name).join(", ");
    const card = make(
      "div", { class: "card" },
      chain(positions, label),
      this.heading(link(actor.url, actor.short_name || actor.name)),
      actor.short_name && actor.short_name !== actor.name ? make("p", { class: "m" }, actor.name) : null,
      actor.summary ? make("p", {}, actor.summary) : null,
      layers ? make("p", { class: "m" }, layers) : null,
      actor.address.city ? make("p", { class: "m" }, actor.address.city) : null,
      actor.website ? make("p", {}, link(actor.website, this.words.website)) : null,
    );
    this.body.replaceChildren(card, this.foot());
    this.say(actor.short_name || actor.name);
  }
}

const ELEMENTS = { "cluster-directory": ClusterDirectory, "cluster-matrix": ClusterMatrix, "cluster-actor": ClusterActor };
for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element); // the script may stand on a page twice
}
