// Copies the address of a profile, or hands it to another app where the browser can.
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        document.querySelector("[data-copied]").textContent = button.textContent = button.dataset.done;
      } catch {
        field.focus(); // selected, to be copied by hand
      }
    });
  }
  for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ title: document.title, url: document.getElementById(button.dataset.share).value }).catch(() => {});
    });
  }
})();
