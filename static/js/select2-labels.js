// select2 gives the box in which one types no name of its own: it takes that of its field, whenever it appears.
function nameBoxes() {
  for (const box of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
    const label = box.closest(".select2-container")?.previousElementSibling?.labels?.[0];
    if (label) box.setAttribute("aria-label", label.textContent.trim());
  }
}

new MutationObserver(nameBoxes).observe(document.documentElement, { childList: true, subtree: true });
