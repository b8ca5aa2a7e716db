// What was typed into a form of the admin stays in this tab until a page answers it. Where a save got no answer (signed
// out meanwhile, line broken, request refused), the form offers to show it again: the server fills it in, unsaved.
const KEY = "draft";
const address = location.pathname + location.search;

const formOfPage = () => document.querySelector("#content-main form[id$=_form][method=post]");

function keep(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ address, fields }));
  } catch {
    sessionStorage.removeItem(KEY); // more than a tab may hold
  }
}

function showAgain(form, fields) {
  const again = document.createElement("form");
  again.method = "post";
  again.action = address;
  again.hidden = true;
  const token = ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value];
  for (const [name, value] of [...fields, ["_show_again", "1"], token]) {
    const field = document.createElement("textarea"); // keeps line ends, which an input would lose
    field.name = name;
    field.value = value;
    again.append(field);
  }
  document.body.append(again);
  again.submit();
}

document.addEventListener("DOMContentLoaded", () => {
  if (!document.querySelector("#page")) return; // signed out: the draft waits
  const form = formOfPage();
  const isSecret = form?.querySelector("input[type=password]");
  if (form && !isSecret) form.addEventListener("submit", () => keep(form));
  const draft = JSON.parse(sessionStorage.getItem(KEY) || "null");
  const notice = document.querySelector("#draft");
  if (!draft) return;
  if (!notice || notice.dataset.answered || draft.address !== address) {
    sessionStorage.removeItem(KEY);
    return;
  }
  notice.hidden = false;
  notice.querySelector("[data-again]").addEventListener("click", () => showAgain(form, draft.fields));
  notice.querySelector("[data-drop]").addEventListener("click", () => {
    sessionStorage.removeItem(KEY);
    notice.hidden = true;
  });
});
