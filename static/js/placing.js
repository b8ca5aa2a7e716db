// The placing desk by the keyboard: every button names its key in `data-key`, here it is pressed. Single keys can be
// switched off (WCAG 2.1.4), are never taken from a field that is typed into, and are announced while they work.
const OFF = "placing-keys-off";
const TYPED_INTO = "input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable], .select2-container";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#placing");
  if (!form) return;
  const status = document.querySelector("#placing-status");
  const onOff = document.querySelector("#single-keys");
  const pressable = document.querySelectorAll("[data-key]");
  const layers = [...form.querySelectorAll("input[name=layers]")];
  const mains = [...form.querySelectorAll("input[name=main]")];
  const topics = form.querySelector("[name=found_topics]");
  let lastLayer = layers.find((box) => box.checked);
  let isSent = false;

  // ---------- keys on and off ----------
  const announce = () => {
    for (const one of pressable) {
      if (onOff.checked) one.setAttribute("aria-keyshortcuts", one.dataset.key);
      else one.removeAttribute("aria-keyshortcuts");
    }
    document.querySelector(".ap-desk").classList.toggle("ap-keyless", !onOff.checked);
  };
  onOff.checked = localStorage.getItem(OFF) === null;
  onOff.closest("[hidden]").hidden = false;
  onOff.addEventListener("change", () => {
    if (onOff.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    announce();
  });
  announce();

  // ---------- the main layer follows what is chosen ----------
  const main = () => mains.find((one) => one.checked);
  const makeMain = (layer) => {
    for (const one of mains) one.checked = one.value === layer?.value;
  };
  for (const box of layers) {
    box.addEventListener("change", () => {
      if (box.checked) lastLayer = box;
      const isStanding = layers.some((one) => one.checked && one.value === main()?.value);
      if (!isStanding) makeMain(layers.find((one) => one.checked));
    });
  }
  for (const one of mains) {
    one.addEventListener("change", () => {
      const box = layers.find((layer) => layer.value === one.value);
      if (!box.checked) box.click();
    });
  }

  // ---------- what a key does ----------
  const say = (box) => {
    const name = box.closest("label").querySelector(".ap-pick-name").textContent;
    status.textContent = `${name}: ${box.checked ? status.dataset.on : status.dataset.off}`;
  };
  const press = (one) => {
    one.click();
    if (one.type === "checkbox") say(one);
  };
  const pressMain = (digit) => {
    const box = layers.find((one) => one.dataset.key === digit);
    if (!box) return;
    if (!box.checked) box.click();
    makeMain(box);
    status.textContent = `${status.dataset.main}: ${box.closest("label").querySelector(".ap-pick-name").textContent}`;
  };
  const findTopic = () => window.django.jQuery(topics).select2("open");
  const writeReason = () => {
    const layer = lastLayer?.checked ? lastLayer : layers.find((one) => one.checked);
    if (layer) form.querySelector(`[name=note_${layer.value}]`).focus(); // only a chosen layer shows its ground
  };
  const others = {
    g: writeReason,
    t: findTopic,
    "?": () => document.querySelector(".ap-keys summary").click(),
  };

  document.addEventListener("keydown", (event) => {
    const typed = event.target.closest(TYPED_INTO);
    if (typed) {
      if (event.key === "Escape") setTimeout(() => document.activeElement.blur());
      return;
    }
    if (!onOff.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Enter" && event.target !== document.body) return; // the browser presses what has the focus
    if (event.key.startsWith("Arrow") && event.target.type === "radio") return; // they choose among radio buttons
    const digit = /^Digit([1-5])$/.exec(event.code);
    if (event.shiftKey && digit) {
      event.preventDefault();
      pressMain(digit[1]);
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const one = [...pressable].find((element) => element.dataset.key === key);
    if (!one && !others[key]) return;
    event.preventDefault();
    if (one) press(one);
    else others[key]();
  });

  // ---------- once only ----------
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault(); // a second Enter, while the next actor is on its way
    isSent = true;
  });
  window.addEventListener("pageshow", () => {
    isSent = false; // back by the browser's button
  });
  // A topic that was found is chosen: the next key is for the page again.
  const $ = window.django.jQuery;
  $(topics).on("select2:select", () => setTimeout(() => document.activeElement.blur()));
  $(() => {
    const label = form.querySelector(".ap-find-topic label").firstChild.textContent.trim();
    form.querySelector(".select2-search__field").setAttribute("aria-label", label); // select2 leaves it without a name
  });
});
