import { ClusterElement } from "./element.js";
import { chain, link, make } from "./drawing.js";

const PAUSE = 350; // milliseconds after the last key before the portal is asked
const NAMED = ["kind", "layer", "area", "cluster", "size", "topic"]; // filters whose values the API can name
const FIELDS = "slug,name,short_name,kind,summary,url,address,layers";

// <cluster-directory>: a list of actors under the filters, with a search field.
export class ClusterDirectory extends ClusterElement {
  tools() {
    if (this.getAttribute("search") === "no") return [];
    this.field = make("input", {
      type: "search", id: "q", placeholder: this.words.placeholder, maxlength: 200, value: this.getAttribute("q") ?? "",
      oninput: () => this.soon(),
      onkeydown: (event) => event.key === "Enter" && this.load(),
    });
    const label = make("label", { class: "vh", for: "q" }, this.words.search);
    const button = make("button", { type: "button", onclick: () => this.load() }, this.words.go);
    // Not a landmark: a page may have several of these, beside a search of its own.
    return [make("div", { class: "search" }, label, this.field, button)];
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.isConnected && this.load(), PAUSE);
  }

  // The filters in force: those of the attributes, and what stands in the search field.
  question() {
    const params = this.filters(this.field ? ["q"] : []);
    const typed = this.field?.value.trim();
    if (typed) params.set("q", typed);
    return params;
  }

  fetched(page = 1) {
    clearTimeout(this.waiting);
    const params = this.question();
    const limit = Number(this.getAttribute("limit"));
    params.set("page_size", limit >= 1 && limit <= 200 ? Math.floor(limit) : 10);
    if (page > 1) params.set("page", page);
    params.set("fields", FIELDS);
    params.set("facets", ["kind", ...NAMED.filter((name) => name !== "kind" && params.has(name))]);
    return this.ask("actors/", params);
  }

  show(answer) {
    const question = this.question();
    const text = this.words.actors(answer.count);
    this.labels = this.named(answer.facets);
    const chosen = NAMED.flatMap((name) => question.getAll(name).map((value) => this.labels.get(`${name} ${value}`) ?? value));
    const head = make("div", { class: "head" }, make("b", {}, text), make("span", { class: "m" }, chosen.join(", ")));
    this.list = make("ul", { role: "list" });
    const all = link(this.page("actors", question), this.words.all(answer.count));
    const rest = answer.count ? [this.list, this.foot(this.more(answer, 2), all)] : [this.nothing(), this.foot()];
    this.body.replaceChildren(head, ...rest);
    this.add(answer.results);
    this.say(text);
  }

  // Labels by filter and value: "layer basic-research" is “Grundlagenforschung”.
  named(facets) {
    return new Map(
      Object.entries(facets).flatMap(([name, values]) => values.map((one) => [`${name} ${one.value}`, one.label])),
    );
  }

  nothing() {
    const reset = () => {
      this.field.value = "";
      this.field.focus();
      this.load();
    };
    const button = this.field?.value ? make("button", { type: "button", onclick: reset }, this.words.reset) : null;
    return make("div", { class: "void" }, make("p", {}, this.words.none), button, make("slot"));
  }

  // The button for the next page; the focus goes to the first actor that it brings.
  more(answer, page) {
    if (!answer.next) return "";
    const button = make("button", { type: "button" }, this.words.more);
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        const next = await this.fetched(page);
        if (!button.isConnected) return;
        this.add(next.results).querySelector("a")?.focus();
        button.replaceWith(this.more(next, page + 1));
        this.say(this.words.actors(next.results.length));
      } catch (error) {
        button.disabled = false;
        if (button.isConnected) this.say(error.message);
      }
    });
    return button;
  }

  // Appends rows; the first of them.
  add(actors) {
    const rows = actors.map((one) => this.row(one));
    this.list?.append(...rows);
    return rows[0];
  }

  row(actor) {
    const positions = actor.layers.map((layer) => layer.position);
    const text = make(
      "div", {},
      this.heading(link(actor.url, actor.short_name || actor.name)),
      actor.short_name && actor.short_name !== actor.name ? make("p", { class: "m" }, actor.name) : null,
      actor.summary ? make("p", {}, actor.summary) : null,
    );
    const where = [this.labels.get(`kind ${actor.kind}`) ?? "", actor.address.city].filter(Boolean).join(", ");
    const glyph = chain(positions, positions.length ? this.words.layers(positions) : this.words.noLayer);
    return make("li", {}, glyph, text, make("p", { class: "m" }, where));
  }
}
