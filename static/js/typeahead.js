// Suggestions under a search field: the "editable combobox with list autocomplete" of the ARIA Authoring Practices.
// The focus stays in the field. Without this file, or when an answer fails, the field is a plain search.
(() => {
  const WAIT = 150; // ms after the last letter
  const SHORTEST = 2; // letters
  const input = document.querySelector("[data-suggest]");
  if (!input) return;
  const { form, dataset: words } = input;
  const list = document.getElementById("suggestions");
  const said = document.getElementById("suggested");
  let answers = []; // in the order of the options
  let answered = ""; // the text that they answer
  let current = -1;
  let timer;
  let asking = new AbortController();

  const made = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const text = () => input.value.trim();
  const options = () => list.querySelectorAll("[role=option]");
  const isOpen = () => !list.hidden;

  function mark(index) {
    options()[current]?.setAttribute("aria-selected", "false");
    current = index;
    const option = options()[index];
    if (!option) return void input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function unfold(isWanted) {
    mark(-1);
    list.hidden = !isWanted;
    input.setAttribute("aria-expanded", isWanted);
  }

  function close() {
    clearTimeout(timer);
    asking.abort();
    unfold(false);
    said.textContent = "";
  }

  function show(results) {
    const kinds = [...new Set(results.map((one) => one.kind))]; // the best answer's kind comes first
    answers = kinds.flatMap((kind) => results.filter((one) => one.kind === kind));
    answered = text();
    list.replaceChildren(...kinds.map((kind) => made(
      "div", { role: "group", "aria-labelledby": `suggested-${kind}` },
      made("p", { id: `suggested-${kind}`, role: "presentation" }, words[kind]),
      ...answers.flatMap((one, index) => (one.kind === kind ? [option(one, index)] : [])),
    )));
    unfold(answers.length > 0);
    said.textContent = answers.length === 1 ? words.one : answers.length ? words.many.replace("#", answers.length) : words.none;
  }

  function option({ label, found_by: other }, index) {
    const more = other ? [" ", made("span", {}, other)] : [];
    return made("p", { role: "option", id: `suggestion-${index}`, "aria-selected": "false" }, label, ...more);
  }

  async function ask() {
    asking.abort(); // an answer that comes late answers what is no longer asked
    if (text().length < SHORTEST) return close();
    const { signal } = (asking = new AbortController());
    try {
      const answer = await fetch(`${words.suggest}&${new URLSearchParams({ q: text() })}`, { signal });
      const { results } = await answer.json();
      if (!signal.aborted) show(results);
    } catch {
      if (!signal.aborted) close();
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  }

  // What has a page of its own is opened; all else is a filter, in place of the letters that found it and beside the filters in use.
  function choose({ kind, value, url }) {
    close();
    if (kind === "actor" || kind === "contribution") return location.assign(url);
    const name = kind === "place" ? "city" : kind;
    const box = [...form.elements].find((one) => one.type === "checkbox" && one.name === name && one.value === value);
    if (box) box.checked = true;
    else (document.getElementById("kept") ?? form).append(made("input", { type: "hidden", name, value }));
    input.value = "";
    form.requestSubmit();
  }

  async function move(step) {
    if (!isOpen() && answered === text()) unfold(answers.length > 0);
    else if (!isOpen()) await ask();
    const count = answers.length;
    if (isOpen() && step) mark((current + step + (current < 0 && step < 0 ? count + 1 : count)) % count);
  }

  function erase() {
    if (isOpen()) return close();
    input.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true })); // for what else listens
  }

  const KEYS = {
    ArrowDown: ({ altKey }) => move(altKey ? 0 : 1),
    ArrowUp: ({ altKey }) => (altKey ? close() : move(-1)),
    Escape: erase,
    Enter: () => choose(answers[current]),
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // keys of an input method
    if (event.key in KEYS && (event.key !== "Enter" || current >= 0)) {
      event.preventDefault();
      KEYS[event.key](event);
    } else if (["Enter", "Tab"].includes(event.key)) close();
    else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) mark(-1); // back to the letters
  });
  input.addEventListener("input", (event) => event.isComposing || later());
  input.addEventListener("compositionend", later);
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", ({ target }) => {
    const index = [...options()].indexOf(target.closest("[role=option]"));
    if (index >= 0) choose(answers[index]);
  });
  form.addEventListener("formdata", ({ formData }) => formData.get("q") || formData.delete("q"));

  input.type = "text"; // HTML allows no combobox in a search field
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  const habits = { autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "search" };
  for (const [name, value] of Object.entries({ ...roles, ...habits })) input.setAttribute(name, value);
})();
