// What the pages of the admin's library lack for those who use no mouse or no eyes: what answers to a click only becomes
// a button with a name, says whether it is open and closes with Escape; icons are not read as words; parts are landmarks.
// Names stand in the language of the page on the link past the navigation (templates/admin/base.html).
const CLICKED = "[x-on\\:click]:not(a[href], button, input, select, textarea, summary, label)";
const FOR_THE_MOUSE = ["#changelist-filter-close"]; // a shade to click away: Escape does the same
const ICON_ALONE = "#searchbar-submit, #command-submit"; // buttons whose icon is all that they say
const words = () => document.querySelector(".ap-skip")?.dataset ?? {};

function nameOf(expression) {
  const { navigation, close, actions, tabs, details } = words();
  if (/^sidebar/.test(expression)) return navigation;
  if (/= false$/.test(expression)) return close;
  if (/^(openActions|openRelated|actionDropdown)/.test(expression)) return actions;
  return /^openTabs/.test(expression) ? tabs : /^(rowOpen|openRow|open) /.test(expression) ? details : "";
}

const said = (element) => {
  const copy = element.cloneNode(true);
  if (copy.matches(".material-symbols-outlined")) return "";
  for (const icon of copy.querySelectorAll(".material-symbols-outlined")) icon.remove();
  return copy.textContent.trim();
};

function press(event) {
  if (event.target !== event.currentTarget || !["Enter", " "].includes(event.key)) return;
  event.preventDefault();
  event.currentTarget.click();
}

// Alpine keeps what is open in a variable: the button says so, and a press takes those who open the navigation into it.
function follow(element, expression) {
  const [, variable] = expression.match(/^(\w+) = !\1/) ?? [];
  const [, theme] = expression.match(/^switchTheme\('(\w+)'\)/) ?? [];
  if (!variable && !theme) return;
  const data = window.Alpine.$data(element);
  const attribute = variable ? "aria-expanded" : "aria-pressed";
  window.Alpine.effect(() => element.setAttribute(attribute, variable ? Boolean(data[variable]) : data.adminTheme === theme));
  if (variable) element.dataset.opens = variable;
  if (variable === "sidebarMobileOpen" && !element.closest("#nav-sidebar"))
    element.addEventListener("click", () => setTimeout(() => document.querySelector("#nav-sidebar [data-opens]")?.focus()));
}

function makeButtons(root) {
  for (const element of root.querySelectorAll(CLICKED)) {
    if (element.dataset.reached || element.matches(FOR_THE_MOUSE)) continue;
    element.dataset.reached = "";
    const expression = element.getAttribute("x-on:click").trim();
    // A heading stays one: the button stands for it only where nothing else in it is pressed.
    if (!element.matches("h2, h3") || !element.querySelector("a, button, input")) element.setAttribute("role", "button");
    element.tabIndex = 0;
    element.addEventListener("keydown", press);
    if (!said(element) && !element.title) element.setAttribute("aria-label", nameOf(expression) || expression);
    else if (element.title && !said(element)) element.setAttribute("aria-label", element.title);
    follow(element, expression);
  }
}

function hideIcons(root) {
  for (const icon of root.querySelectorAll(".material-symbols-outlined:not([role])")) icon.setAttribute("aria-hidden", "true");
}

// A head of a column that says nothing (beside the box that takes a row away) is a cell.
function plainCells(root) {
  for (const head of root.querySelectorAll("th:not([role])"))
    if (!head.textContent.trim() && !head.querySelector("[aria-label], img, input")) head.setAttribute("role", "cell");
}

function mark(selector, role, name) {
  const element = document.querySelector(selector);
  if (!element || element.querySelector("main") || element.closest("main")) return;
  element.setAttribute("role", role);
  if (name) element.setAttribute("aria-label", name);
}

document.addEventListener("DOMContentLoaded", () => {
  const { navigation, bar, messages } = words();
  mark("#content", "main");
  mark("#main > div:has(#header-inner)", "banner");
  mark("#main > div:has(.messagelist, [role=alert])", "region", messages);
  for (const last of document.querySelectorAll("#main > div:last-child:not(:has(#content))")) {
    last.setAttribute("role", "region");
    last.setAttribute("aria-label", bar);
  }
  mark("#nav-sidebar", "navigation", navigation);
});

document.addEventListener("alpine:initialized", () => {
  makeButtons(document);
  hideIcons(document);
  plainCells(document);
  for (const button of document.querySelectorAll(ICON_ALONE)) button.setAttribute("aria-label", words().search);
});
for (const more of ["htmx:afterSettle", "formset:added"])
  document.addEventListener(more, ({ target }) => {
    makeButtons(target);
    hideIcons(target);
  });

// Areas that scroll all get one and the same English name from their library.
window.addEventListener("load", () => {
  for (const area of document.querySelectorAll(".simplebar-content-wrapper")) {
    const isNavigation = area.closest("#nav-sidebar");
    const part = document.getElementById(area.closest("[aria-labelledby]")?.getAttribute("aria-labelledby"));
    area.setAttribute("aria-label", isNavigation ? words().entries : part?.textContent.trim() || words().table);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const opener of document.querySelectorAll("[data-opens][aria-expanded=true]")) {
    if (/^(sidebarDesktopOpen|open|rowOpen|openRow|navigationOpen)$/.test(opener.dataset.opens)) continue;
    window.Alpine.$data(opener)[opener.dataset.opens] = false;
    (opener.checkVisibility() ? opener : document.querySelector("#main [data-opens]"))?.focus();
  }
});
