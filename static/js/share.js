// Copies an address or lines, from a field, from a text or from the button itself, or hands it to another app where the browser can.
(() => {
  async function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    field?.select?.();
    try {
      await navigator.clipboard.writeText(field?.value ?? field?.textContent ?? button.dataset.copyAddress);
      document.querySelector("[data-copied]").textContent = button.textContent = button.dataset.done;
    } catch {
      if (field) field.focus(); // selected, to be copied by hand
      else location.assign(button.dataset.copyAddress); // from where the browser's own bar copies it
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-copy-address]");
    if (button) copy(button);
  });
  for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ title: document.title, url: document.getElementById(button.dataset.share).value }).catch(() => {});
    });
  }
})();
