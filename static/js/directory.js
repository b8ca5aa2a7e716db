// The directory in place: short addresses, open facets stay open, focus and language link follow.
(() => {
  const form = document.getElementById("f");
  const field = document.getElementById("q");
  let open = null;

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target !== form) return;
    const data = event.detail.formData;
    for (const name of new Set(data.keys())) {
      const values = data.getAll(name).filter((value) => value.trim() !== "");
      data.delete(name);
      for (const value of values) data.append(name, value);
    }
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "found") return;
    open = new Map([...document.querySelectorAll("#facets details")].map((one) => [one.id, one.open]));
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (open === null) return;
    for (const [id, isOpen] of open) {
      const facet = document.getElementById(id);
      if (facet) facet.open = isOpen;
    }
    open = null;
    // The control that was used may be gone: a removed chip, the order in use.
    if (document.activeElement === document.body) document.getElementById("h-found")?.focus();
  });

  for (const moved of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
    document.addEventListener(moved, () => {
      const asked = new URLSearchParams(location.search);
      if (document.activeElement !== field) field.value = asked.get("q") ?? "";
      document.querySelector("[data-address]").textContent = location.href;
      for (const link of document.querySelectorAll(".nav .lang a")) link.search = location.search;
      const feed = document.querySelector("#found [data-feed]");
      if (feed) document.querySelector('link[type="application/atom+xml"]').href = feed.href;
    });
  }

  // Whatever goes wrong on the way: the plain page answers.
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      const path = event.detail.pathInfo?.finalRequestPath ?? event.detail.pathInfo?.requestPath;
      if (path) location.assign(path);
    });
  }
})();
