// Asks before a page is left on which something was said and not yet kept (forms with data-unsaved).
(() => {
  let isUnsaved = false;
  const inside = (event) => event.target.closest?.("form[data-unsaved]");
  document.addEventListener("input", (event) => { if (inside(event)) isUnsaved = true; });
  document.addEventListener("submit", (event) => { if (inside(event)) isUnsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (isUnsaved) event.preventDefault(); });
})();
