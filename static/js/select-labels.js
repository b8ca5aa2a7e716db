// Search boxes of the admin are made by select2, which gives them no name: each is called as the field it stands for.
function callByName(root) {
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
    const name = select.getAttribute("aria-label") || select.labels?.[0]?.textContent.replace("*", "").trim();
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    const shown = box?.querySelector(".select2-selection__rendered");
    if (!name || !shown) continue;
    box.removeAttribute("aria-labelledby");
    box.setAttribute("aria-label", name);
    box.setAttribute("aria-describedby", shown.id);
    for (const typed of box.querySelectorAll(".select2-search__field")) typed.setAttribute("aria-label", name);
    shown.setAttribute("aria-label", name);
  }
}

// What select2 makes when the page is ready is made before this, in jQuery's own order.
window.addEventListener("load", () => window.django?.jQuery?.(() => callByName(document)));
document.addEventListener("formset:added", (event) => setTimeout(() => callByName(event.target)));
