// What the browser is asked about a page. One object, laid into the page once: `probes`.
window.probes ??= (() => {
  const INTERACTIVE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const LOOKS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderColor", "backgroundColor", "textDecorationLine", "color"];
  const SPACING = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}";

  const named = (element) => {
    const own = element.id ? `#${element.id}` : [element.localName, ...element.classList].slice(0, 3).join(".");
    return `${own} “${(element.innerText || element.value || element.ariaLabel || "").trim().slice(0, 40)}”`;
  };
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const style = (text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
    return sheet;
  };
  const isForEars = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const { clipPath, clip, width, height, position } = getComputedStyle(one);
      if (clipPath.startsWith("inset(50%") || clip === "rect(0px, 0px, 0px, 0px)" || (parseFloat(width) <= 1 && parseFloat(height) <= 1 && position === "absolute")) return true;
    }
    return false;
  };
  // Every line of text that somebody sees: its node, and where it stands in the window.
  const lines = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (parent.closest("script, style, option, textarea, select, svg, .material-symbols-outlined") || isForEars(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1 && box.bottom + scrollY > 0) found.push({ node, parent, box });
    }
    return found;
  };
  // Where an ancestor cuts off what does not fit; what can be scrolled to is not lost.
  const cutBy = ({ parent, box }) => {
    for (let one = parent; one && one !== document.body; one = one.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(one);
      const frame = one.getBoundingClientRect();
      if (getComputedStyle(one).textOverflow === "ellipsis" && one === parent) return null; // shortened on purpose
      const x = overflowX === "hidden" || overflowX === "clip";
      const y = overflowY === "hidden" || overflowY === "clip";
      if (x && (box.right > frame.right + 2 || box.left < frame.left - 2)) return one;
      if (y && (box.bottom > frame.bottom + box.height / 3 || box.top < frame.top - box.height / 3)) return one;
      if (/auto|scroll/.test(overflowX + overflowY) || position === "fixed" || one.matches(".simplebar-content-wrapper")) return null;
    }
    return null;
  };
  const isStuck = (element) => {
    for (let one = element; one; one = one.parentElement) if (/fixed|sticky/.test(getComputedStyle(one).position)) return true;
    return false;
  };
  const numbers = new WeakMap();
  let last = 0;
  const number = (node) => numbers.get(node) ?? (numbers.set(node, ++last), last);
  // Texts that are cut off, and pairs of texts of which one stands on the other; by numbers that stay with their nodes.
  const losses = () => {
    document.activeElement?.blur(); // a link that shows itself with the focus lies over others
    const found = new Map();
    const whole = [];
    for (const line of lines()) {
      const cutter = cutBy(line);
      if (cutter) found.set(`cut ${number(line.node)}`, `cut off: ${named(line.parent)} by ${named(cutter)}`);
      else if (!isStuck(line.parent)) whole.push(line);
    }
    whole.sort((a, b) => a.box.top - b.box.top);
    whole.forEach((a, index) => {
      for (let other = index + 1; other < whole.length && whole[other].box.top < a.box.bottom - 3; other++) {
        const b = whole[other];
        const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        if (a.node !== b.node && width > 3 && height > Math.min(a.box.height, b.box.height) / 2)
          found.set(`on ${number(a.node)} ${number(b.node)}`, `on each other: ${named(a.parent)}, ${named(b.parent)}`);
      }
    });
    return found;
  };
  // The elements that Tab must reach: of a group of radio buttons the chosen one, or the first.
  const stops = () => {
    const groups = new Set();
    return [...document.querySelectorAll(INTERACTIVE)].filter((element) => {
      if (element.tabIndex < 0 || element.disabled || element.closest("[inert]") || !isShown(element)) return false;
      if (element.localName === "summary" && element !== element.parentElement.querySelector(":scope > summary")) return false;
      if (element.type !== "radio") return true;
      const group = `${element.form?.id} ${element.name}`;
      const chosen = document.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]:checked`);
      if (groups.has(group) || (chosen && chosen !== element)) return false;
      return groups.add(group);
    });
  };
  const looks = (element) => {
    // A field drawn by its label, or a mark beside it, may show the focus in its place.
    const parts = [element, element.parentElement, element.nextElementSibling, element.labels?.[0]].filter(Boolean);
    return parts.map((part) => ["", "::before", "::after"].map((pseudo) => {
      const computed = getComputedStyle(part, pseudo || null);
      return LOOKS.map((look) => computed[look]).join();
    }).join("|"));
  };
  const isCovered = (element) => {
    const box = element.getBoundingClientRect();
    const points = [[.5, .5], [.05, .5], [.95, .5], [.5, .1], [.5, .9]];
    return !points.some(([x, y]) => {
      const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return hit && (element.contains(hit) || hit.contains(element) || hit.closest("label")?.control === element);
    });
  };
  return {
    isTooWide: () => document.scrollingElement.scrollWidth > innerWidth,
    losses: () => [...losses().values()],
    lossesBySpacing: async () => {
      const before = losses();
      const sheet = style(SPACING);
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame); // scripts that measure follow
      const after = losses();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      return [...after].filter(([key]) => !before.has(key)).map(([, text]) => text);
    },
    still: () => void style("*,*::before,*::after{transition:none!important;animation:none!important;scroll-behavior:auto!important}"),
    // What answers to a click and to nothing else; shades that Escape takes away too are for the mouse alone.
    mouseOnly: () =>
      [...document.querySelectorAll("[x-on\\:click], [onclick]")]
        .filter((element) => isShown(element) && element.tabIndex < 0 && !element.closest("a[href], button, label, summary"))
        .filter((element) => !element.matches("#changelist-filter-close, tr, tbody"))
        .map(named),
    startWalk: () => {
      document.body.tabIndex = -1; // from the top, wherever the page put the focus
      document.body.focus();
      document.body.removeAttribute("tabindex");
      const expected = stops();
      const before = new Map(expected.map((element) => [element, looks(element)]));
      const walk = (window.walk = { expected: expected.map(named), reached: [], unseen: [], covered: [], order: [], ended: false });
      const seen = new Set();
      let place = -1;
      document.addEventListener("focusin", ({ target }) => {
        if (seen.has(target)) return void (walk.ended = true);
        seen.add(target);
        const index = expected.indexOf(target);
        walk.reached.push(index);
        const name = named(target);
        if (index >= 0) {
          const was = before.get(target);
          if (looks(target).every((look, part) => look === was[part])) walk.unseen.push(name);
          if (isCovered(target)) walk.covered.push(name);
          if (index < place) walk.order.push(name);
          place = index;
        }
      });
      return expected.length;
    },
    hasWalked: () => window.walk.ended || document.activeElement === document.body,
    walked: () => {
      const { expected, reached, unseen, covered, order } = window.walk;
      const missed = expected.filter((_name, index) => !reached.includes(index));
      return { stops: reached.length, missed, unseen, covered, order };
    },
  };
})();
