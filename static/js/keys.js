// Two keys of the admin: Ctrl-S saves the page and stays on it, Ctrl-K opens the search, also out of a field.
// The pages say so themselves (templates/admin/parts/keys.html); on a Mac, the command key does the same.
const isTyping = () => document.activeElement?.matches("input, textarea, select");

function save() {
  const button = document.querySelector("#submit-row [name=_continue], #submit-row [name=_save]");
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

document.addEventListener("DOMContentLoaded", () => {
  const input = document.querySelector("#search-input-command");
  const dialog = input?.closest("[x-data]");
  if (!dialog) return;
  input.setAttribute("aria-label", input.placeholder);
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-modal", "true");
  dialog.setAttribute("aria-label", input.placeholder);
  document.querySelector("#command-results").setAttribute("aria-live", "polite");
});
