// The shortlist: actors that this browser remembers, in its own store and nowhere else. Their addresses are all it holds.
(() => {
  const KEY = "shortlist";
  const MOST = 100; // also in named_actors.py
  const LONGEST = 7500; // of an address, in characters: servers on the way refuse longer ones
  const words = document.getElementById("shortlist-words").dataset;
  const said = document.createElement("p");
  let isLeaving = false;

  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
    } catch {
      return []; // refused, or not written by us
    }
  }

  function write(slugs) {
    try {
      if (slugs.length) localStorage.setItem(KEY, JSON.stringify(slugs));
      else localStorage.removeItem(KEY);
      return true;
    } catch {
      return false;
    }
  }

  // Under a name of its own: the list, written back as read, would undo what another tab writes in the same moment.
  function canWrite() {
    try {
      localStorage.setItem(`${KEY}-trial`, "");
      localStorage.removeItem(`${KEY}-trial`);
      return true;
    } catch {
      return false;
    }
  }

  // The list may change while its page is on the way: the new page is told that it shows this browser's own list.
  function go(slugs) {
    if (isLeaving) return; // what has changed meanwhile, the page that is on the way sees
    isLeaving = true;
    try {
      sessionStorage.setItem(KEY, address(slugs));
    } catch {
      // the new page compares what it shows with the store, which is right unless both happen in one moment
    }
    location.replace(address(slugs));
  }

  function isArriving() {
    try {
      const address = sessionStorage.getItem(KEY);
      sessionStorage.removeItem(KEY);
      return address === location.pathname + location.search;
    } catch {
      return false;
    }
  }

  const query = (slugs) => slugs.map((one) => `actor=${encodeURIComponent(one)}`).join("&");
  const address = (slugs) => (slugs.length ? `${words.page}?${query(slugs)}` : words.page);
  const named = (url) => new URL(url, location.href).searchParams.getAll("actor");
  const isSame = (some, others) => some.length === others.length && some.every((one) => others.includes(one));
  const isFull = (slugs) => slugs.length > MOST || address(slugs).length > LONGEST;

  function show() {
    const slugs = read();
    for (const button of document.querySelectorAll("[data-remember]")) {
      button.setAttribute("aria-pressed", slugs.includes(button.dataset.remember));
    }
    for (const link of document.querySelectorAll("[data-shortlist]")) {
      link.hidden = slugs.length === 0;
      link.href = address(slugs);
      link.querySelector("[data-shortlist-count]").textContent = slugs.length;
    }
  }

  // For the ear; `beside` a control also for the eye.
  function say(text, beside) {
    said.textContent = text;
    document.querySelector(".shortlist-trouble")?.remove();
    if (!beside) return;
    const seen = document.createElement("span");
    seen.className = "shortlist-trouble";
    seen.textContent = text;
    beside.after(seen);
  }

  function toggle(button) {
    const slug = button.dataset.remember;
    const before = read();
    const after = before.includes(slug) ? before.filter((one) => one !== slug) : [...before, slug];
    if (after.length > before.length && isFull(after)) return say(words.full, button);
    if (!write(after)) return say(words.refused, button);
    show();
    say(`${words.said} ${after.length}`);
  }

  // The page of a list shows what its address names: this browser's own list, or one that came with a link.
  function page(list) {
    const given = named(location.href);
    const today = named(list.dataset.named);
    const isOwn = isArriving() || isSame(given, read()) || !given.length;
    const isBehind = () => isOwn && !isSame(given, read());
    if (isBehind()) return go(read());
    if (isOwn && !isSame(given, today) && write(today)) return go(today);
    for (const one of list.querySelectorAll("[data-own]")) one.hidden = !isOwn;
    for (const one of list.querySelectorAll("[data-shared]")) one.hidden = isOwn;
    list.querySelector("[data-refused]").hidden = canWrite();

    list.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (event.target.closest("[data-remember-all]")) {
        const all = [...new Set([...read(), ...today])];
        if (isFull(all)) return say(words.full, event.target);
        if (!write(all)) return say(words.refused, event.target);
        location.assign(address(all));
      } else if (isOwn && link?.pathname === words.page) {
        write(named(link.href)); // whoever the next page leaves out
      }
    });
    for (const moved of ["storage", "pageshow"]) addEventListener(moved, () => isBehind() && go(read()));
  }

  said.className = "vh";
  said.setAttribute("role", "status");
  document.body.append(said);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remember]");
    if (button) toggle(button);
  });
  addEventListener("pageshow", () => { isLeaving = false; });
  for (const moved of ["storage", "pageshow"]) addEventListener(moved, show);
  document.addEventListener("htmx:afterSettle", show);
  show();
  const list = document.querySelector("[data-named]");
  if (list) page(list);
})();
