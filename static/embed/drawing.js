// Nodes are made one by one and never parsed from text, so that a page with Trusted Types may use the elements.
const IN_SVG = new Set(["svg", "path", "rect"]);

// An element with attributes (null: left out), listeners (onclick) and children (null: left out).
export function make(name, given = {}, ...children) {
  const node = IN_SVG.has(name)
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== null) node.setAttribute(key, value);
  }
  node.append(...children.filter((one) => one !== null));
  return node;
}

// A link; only its text where the address is none of the web.
export function link(address, ...children) {
  return /^https?:\/\//.test(address) ? make("a", { href: address }, ...children) : make("span", {}, ...children);
}

// The glyph: a stair of five treads, a block on each layer where the actor stands.
export function chain(positions, label) {
  const blocks = positions.map((n) =>
    make("rect", { class: `l${n}`, x: 14 * (n - 1), y: 25 - 5 * n, width: 13, height: 11 }),
  );
  const stair = make("path", { d: "M0 33h14v-5h14v-5h14v-5h14v-5h14" });
  return make("svg", { class: "chain", viewBox: "0 0 70 34", role: "img", "aria-label": label }, stair, ...blocks);
}
