// Two keys of the admin: Ctrl-S saves the page and stays on it, Ctrl-K opens the search, also out of a field.
// The pages say so themselves (templates/admin/parts/keys.html); on a Mac, the command key does the same.
const isTyping = () => document.activeElement?.matches("input, textarea, select");

function save() {
  const named = (name) => document.querySelector(`#submit-row [name=${name}]`);
  const button = named("_continue") || named("_save");
  button?.click();
  return Boolean(button);
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  if (event.key === "s" && save()) event.preventDefault();
  if (event.key === "k" && isTyping()) {
    event.preventDefault();
    window.dispatchEvent(new CustomEvent("opencommand"));
  }
});

// The window of the search is unfold's: here it gets a name, and its first answer is chosen from the start.
document.addEventListener("DOMContentLoaded", () => {
  const input = document.querySelector("#search-input-command");
  const dialog = input?.closest("[x-data]");
  if (!dialog) return;
  const name = input.placeholder;
  input.setAttribute("aria-label", name);
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-modal", "true");
  dialog.setAttribute("aria-label", name);
  const results = dialog.querySelector("#command-results");
  results.setAttribute("aria-live", "polite");
  results.addEventListener("htmx:afterSettle", () => {
    window.Alpine.$data(dialog).currentIndex = results.querySelector("li") ? 1 : 0;
  });
  input.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && !results.querySelector("li.ap-current")) event.stopImmediatePropagation();
    },
    true,
  );
});
