/* select2 gives the box in which one types no name of its own: it takes that of its field. */
addEventListener("load", () => {
  for (const box of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
    const field = box.closest(".select2-container")?.previousElementSibling;
    const label = field?.labels?.[0];
    if (label) box.setAttribute("aria-label", label.textContent.trim());
  }
});
