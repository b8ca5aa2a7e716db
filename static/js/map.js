// A map of OpenStreetMap, only after the visitor asked for it; the choice lasts as long as the tab.
(() => {
  const CHOICE = "map-loaded";
  const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
  const CREDIT = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>';
  const MOST_PAGES = 10;
  const MOST_NAMES = 8;
  const APART = 30; // px
  let script = null;

  function loadLeaflet(box) {
    script ??= new Promise((resolve, reject) => {
      const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: box.dataset.style });
      const code = Object.assign(document.createElement("script"), { src: box.dataset.script });
      code.onload = resolve;
      code.onerror = reject;
      document.head.prepend(style);
      document.head.append(code);
    });
    return script;
  }

  // All places of the list: [{latitude, longitude, actors: [{name, url}]}], actors at one point together.
  async function places(box) {
    if (box.dataset.latitude) {
      const { latitude, longitude, name } = box.dataset;
      return [{ latitude: +latitude, longitude: +longitude, actors: [{ name }] }];
    }
    const found = new Map();
    let address = box.dataset.source;
    for (let page = 0; address && page < MOST_PAGES; page++) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.status);
      const data = await answer.json();
      for (const feature of data.features ?? []) {
        if (!feature.geometry) continue;
        const [longitude, latitude] = feature.geometry.coordinates;
        const key = `${latitude} ${longitude}`;
        if (!found.has(key)) found.set(key, { latitude, longitude, actors: [] });
        found.get(key).actors.push({ name: feature.properties.short_name || feature.properties.name, url: feature.properties.url });
      }
      const next = data.next && new URL(data.next, location.href);
      address = next && next.origin === location.origin ? next.href : null;
    }
    return [...found.values()];
  }

  function words(place, more) {
    const list = document.createElement("ul");
    for (const actor of place.actors.slice(0, MOST_NAMES)) {
      const text = document.createElement(actor.url ? "a" : "span");
      if (actor.url) text.href = actor.url;
      text.textContent = actor.name;
      list.appendChild(document.createElement("li")).append(text);
    }
    const rest = place.actors.length - MOST_NAMES;
    if (rest > 0) list.appendChild(document.createElement("li")).textContent = more.replace("%(number)s", rest);
    return list;
  }

  // Places that would touch each other at this zoom become one.
  function together(map, spots) {
    const groups = [];
    for (const spot of spots) {
      const point = map.project([spot.latitude, spot.longitude]);
      const near = groups.find((group) => group.point.distanceTo(point) < APART);
      if (near) near.actors.push(...spot.actors);
      else groups.push({ ...spot, point, actors: [...spot.actors] });
    }
    return groups;
  }

  function marker(box, spot) {
    const number = spot.actors.length;
    const icon = L.divIcon({ className: "spot", iconSize: [28, 28], html: number > 1 ? String(number) : "" });
    const names = spot.actors.slice(0, 3).map((actor) => actor.name).join(", ");
    return L.marker([spot.latitude, spot.longitude], { icon, title: names, alt: names }).bindPopup(words(spot, box.dataset.more));
  }

  function draw(box, spots) {
    const canvas = document.createElement("div");
    canvas.className = "atlas__map";
    canvas.setAttribute("role", "region");
    canvas.setAttribute("aria-label", box.dataset.label);
    box.prepend(canvas);
    const map = L.map(canvas, { scrollWheelZoom: false, zoomControl: false, fadeAnimation: false });
    L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
    map.attributionControl.setPrefix(false);
    L.tileLayer(TILES, { maxZoom: 19, attribution: CREDIT }).addTo(map);
    const layer = L.layerGroup().addTo(map);
    map.on("zoomend", () => {
      layer.clearLayers();
      for (const spot of together(map, spots)) marker(box, spot).addTo(layer);
    });
    map.fitBounds(spots.map((spot) => [spot.latitude, spot.longitude]), { padding: [40, 40], maxZoom: 14, animate: false });
  }

  async function load(box) {
    const say = box.querySelector("[data-map-status]");
    const button = box.querySelector("[data-map-load]");
    button.disabled = true;
    say.textContent = box.dataset.loading;
    try {
      const [spots] = await Promise.all([places(box), loadLeaflet(box)]);
      if (!box.isConnected) return;
      const count = spots.reduce((sum, spot) => sum + spot.actors.length, 0);
      if (count) draw(box, spots);
      say.textContent = count ? (box.dataset.latitude ? "" : box.dataset.shown.replace("%(number)s", count)) : box.dataset.nothing;
      box.classList.toggle("has-map", count > 0);
      for (const gone of box.querySelectorAll("[data-before-map]")) gone.hidden = count > 0;
      button.hidden = true;
      sessionStorage.setItem(CHOICE, "yes");
    } catch {
      button.disabled = false;
      say.textContent = box.dataset.failed;
    }
  }

  function prepare() {
    for (const box of document.querySelectorAll("[data-map]:not([data-ready])")) {
      box.dataset.ready = "";
      const button = box.querySelector("[data-map-load]");
      button.hidden = false;
      button.addEventListener("click", () => load(box));
      if (sessionStorage.getItem(CHOICE)) load(box);
    }
  }

  prepare();
  document.addEventListener("htmx:afterSettle", prepare);
})();
