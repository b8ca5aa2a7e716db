import { SHEET } from "./style.js";
import { WORDS } from "./words.js";
import { coloursOf } from "./colours.js";
import { make } from "./drawing.js";

// The filters of the portal's API, as attributes. Those that take several values take them separated by commas.
const SEVERAL = [
  "kind", "layer", "area", "cluster", "topic", "city", "postcode", "state", "country", "size", "identifier", "uid",
  "region", "relation", "has",
];
const SINGLE = ["q", "near", "radius", "bbox", "founded_min", "founded_max", "updated_since", "ordering"];
const PATIENCE = 20_000; // milliseconds
const SCHEME = matchMedia("(prefers-color-scheme: dark)");

// What the three elements share: address, language, colours, asking the portal, and what is said meanwhile or instead.
// Until the portal has answered, and whenever it does not, the host's own content (a link) is shown.
export class ClusterElement extends HTMLElement {
  static observedAttributes = ["portal", "source", "lang", "accent", "heading", "limit", "slug", ...SEVERAL, ...SINGLE];

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    this.own = new CSSStyleSheet();
    this.shadowRoot.adoptedStyleSheets = [SHEET, this.own];
    this.paint = this.paint.bind(this);
  }

  connectedCallback() {
    SCHEME.addEventListener("change", this.paint);
    this.begin();
  }

  disconnectedCallback() {
    SCHEME.removeEventListener("change", this.paint);
    this.running?.abort();
  }

  attributeChangedCallback() {
    if (!this.frame || this.isDue) return;
    this.isDue = true; // several attributes that change together are one change
    queueMicrotask(() => {
      this.isDue = false;
      if (this.isConnected) this.begin();
    });
  }

  begin() {
    const spoken = this.closest("[lang]")?.lang || document.documentElement.lang;
    this.language = /^de\b/i.test(spoken) ? "de" : "en";
    this.words = WORDS[this.language];
    this.portal = (this.getAttribute("portal") || new URL(import.meta.url).origin).replace(/\/+$/, "");
    this.body = make("div");
    this.said = make("p", { class: "vh", role: "status" }); // there from the start, or nothing is read out
    this.frame = make("div", { class: "frame", lang: this.language }, ...this.tools(), this.body, this.said);
    this.paint();
    this.shadowRoot.replaceChildren(this.frame);
    this.load();
  }

  paint() {
    const { isDark, rule } = coloursOf(this);
    this.frame.classList.toggle("dark", isDark);
    this.own.replaceSync(rule);
  }

  // What stands above the answer and stays: nothing but in the directory.
  tools() {
    return [];
  }

  // The filters as query parameters; `without` leaves some out.
  filters(without = []) {
    const params = new URLSearchParams();
    for (const name of [...SEVERAL, ...SINGLE]) {
      const given = without.includes(name) ? "" : (this.getAttribute(name) ?? "");
      const values = SEVERAL.includes(name) ? given.split(",") : [given];
      for (const value of values) if (value.trim()) params.append(name, value.trim());
    }
    return params;
  }

  // The address of a page of the portal under these filters.
  page(name, params) {
    return `${this.portal}${this.words.paths[name]}${`?${params}`.replace(/\?$/, "")}`;
  }

  // An answer of the API as an object; throws the words that say what is wrong.
  async ask(path, params) {
    params.set("lang", this.language);
    const response = await fetch(`${this.portal}/api/v1/${path}?${params}`, {
      credentials: "omit",
      headers: { Accept: "application/json" },
      signal: this.running.signal,
    });
    if (response.ok) return response.json();
    if (response.status === 404 || response.status === 410) throw new Answered(this.words.gone);
    if (response.status === 400) throw new Answered(this.words.refused);
    throw new Error(response.status === 429 ? this.words.busy : this.words.unreachable);
  }

  // Asks and shows; a later question makes an earlier one void.
  async load() {
    this.running?.abort();
    const running = (this.running = new AbortController());
    const patience = setTimeout(() => running.abort(), PATIENCE);
    this.frame.setAttribute("aria-busy", "true");
    if (!this.body.firstChild) this.body.replaceChildren(make("slot"));
    try {
      const answer = await this.fetched();
      if (running === this.running) this.show(answer);
    } catch (error) {
      if (running === this.running && this.isConnected) this.fail(error);
    } finally {
      clearTimeout(patience);
      if (running === this.running) this.frame.removeAttribute("aria-busy");
    }
  }

  fail(error) {
    const text = error instanceof Answered || error.constructor === Error ? error.message : this.words.unreachable;
    const again = make("button", { type: "button", onclick: () => this.load() }, this.words.again);
    const parts = [make("p", {}, text), error instanceof Answered ? null : again, make("slot")];
    this.body.replaceChildren(make("div", { class: "void" }, ...parts.filter(Boolean)));
    this.say(text);
  }

  say(text) {
    this.said.textContent = text;
  }

  heading(...children) {
    const level = /^[2-6]$/.test(this.getAttribute("heading")) ? this.getAttribute("heading") : "3";
    return make(`h${level}`, { class: "name" }, ...children);
  }

  // Source and day under every element; the data are read at this moment.
  foot(...children) {
    const day = new Intl.DateTimeFormat(this.language === "en" ? "en-GB" : "de", { dateStyle: "long" }).format(new Date());
    const name = this.getAttribute("source") || new URL(this.portal).hostname;
    return make("p", { class: "foot" }, ...children, make("span", {}, this.words.source(name, day)));
  }
}

// The portal has answered, and asking again would not change it.
class Answered extends Error {}
