// Maps of OpenStreetMap, only after the visitor asked for one; the choice lasts as long as the tab, or until it is
// taken back.
// A profile shows its own place. The directory shows clusters that the server made for the section in view.
(() => {
  const CHOICE = "map-loaded";
  const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
  const CREDIT = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>';
  const CLOSEST = 19; // zoom
  const MOST_NAMES = 8;
  const AROUND = 3000; // metres that an approximate place may mean
  const PLACES = ["region", "near", "city", "postcode", "state", "country"]; // filters that say where
  const WORLD = [[-85, -180], [85, 180]];
  // Asked for when a map is drawn, not while the page loads.
  const written = (count) => count.toLocaleString(document.documentElement.lang);
  const short = (count) => count.toLocaleString(document.documentElement.lang, { notation: "compact" });
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

  async function ask(address, signal) {
    const answer = await fetch(address, { signal });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  function emptyMap(box) {
    const canvas = document.createElement("div");
    canvas.className = "atlas__map";
    canvas.setAttribute("role", "region");
    canvas.setAttribute("aria-label", box.dataset.label);
    box.prepend(canvas);
    const map = L.map(canvas, { scrollWheelZoom: false, zoomControl: false, fadeAnimation: false, maxBounds: WORLD });
    L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
    map.attributionControl.setPrefix(false);
    const tiles = L.tileLayer(TILES, { maxZoom: CLOSEST, minZoom: 1, attribution: CREDIT }).addTo(map);
    let isPainted = false;
    tiles.once("tileload", () => { isPainted = true; });
    tiles.once("tileerror", () => isPainted || outline(map, box));
    return map;
  }

  // Without pictures the region at least has its outline, where the portal knows it.
  async function outline(map, box) {
    box.querySelector("[data-map-bare]").hidden = false;
    const { results } = await ask(box.dataset.regions);
    for (const { api_url } of results) {
      const region = await ask(new URL(api_url).pathname);
      if (!region.outline) continue;
      L.geoJSON(region.outline, { className: "outline", interactive: false }).addTo(map).bringToBack();
      const source = document.createElement("span");
      source.textContent = region.outline_source ?? "";
      map.attributionControl.addAttribution(source.innerHTML);
    }
  }

  // "middle of the town", where an actor's point is not its building.
  const accuracy = (box, { location_accuracy: code }) => JSON.parse(box.dataset.accuracy)[code ?? ""];
  const isExact = ({ location_accuracy: code }) => code === "exact" || code === "street";

  // A mark that mouse, finger and keyboard can press; its label says what it is. A ring means an area, a disc a point.
  function mark(layer, point, { text, label, isPoint, press }) {
    const size = 22 + 6 * Math.max(text.length, 1);
    const icon = L.divIcon({ className: isPoint ? "spot" : "spot spot--area", iconSize: [size, size], html: text });
    const marker = L.marker(point, { icon, title: label, keyboard: true }).addTo(layer);
    marker.getElement().setAttribute("aria-label", label);
    marker.getElement().addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press(marker);
    });
    marker.on("click", () => press(marker));
  }

  // Names under a mark; actors: [{name, url, location_accuracy}], more: how many are not named, and where they are.
  function popUp(map, marker, box, actors, more) {
    const [said, list, others] = ["div", "ul", "a"].map((name) => document.createElement(name));
    said.append(list);
    for (const actor of actors) {
      const text = document.createElement(actor.url ? "a" : "span");
      if (actor.url) text.href = actor.url;
      text.textContent = actor.name;
      const about = accuracy(box, actor);
      list.appendChild(document.createElement("li")).append(text, about ? ` (${about})` : "");
    }
    if (more?.count > 0) {
      others.href = more.url;
      others.textContent = box.dataset.more.replace("%(number)s", written(more.count));
      said.append(others);
    }
    const popup = L.popup().setLatLng(marker.getLatLng()).setContent(said).openOn(map);
    popup.getElement().querySelector("a")?.focus();
    popup.on("remove", () => marker.getElement()?.focus());
  }

  // ---------- a profile: one place ----------
  function showPlace(box) {
    const { latitude, longitude, name } = box.dataset;
    const isAround = "around" in box.dataset;
    const map = emptyMap(box).setView([+latitude, +longitude], isAround ? 11 : 15, { animate: false });
    // The town's middle is no address: an area without a pin.
    if (isAround) L.circle([+latitude, +longitude], { radius: AROUND, className: "around", interactive: false }).addTo(map);
    else {
      const press = (marker) => popUp(map, marker, box, [{ name, location_accuracy: "exact" }]);
      mark(map, [+latitude, +longitude], { text: "", label: name, isPoint: true, press });
    }
    return "";
  }

  // ---------- the directory: clusters of the section in view ----------
  async function showAtlas(box) {
    const found = () => document.getElementById("found").dataset;
    const form = document.getElementById("f");
    const follow = box.querySelector("[data-map-follow]");
    const here = box.querySelector("[data-map-here]");
    const status = box.querySelector("[data-map-status]");
    let source = found().mapSource;
    const whole = await extent();
    if (!whole.bbox && !chosenBox()) return box.dataset.nothing;

    const map = emptyMap(box);
    const layer = L.layerGroup().addTo(map);
    let latest = new AbortController();
    let isNarrow = chosenBox() !== null;
    let isOwnMove = false; // not the visitor's
    let isStep = false; // of a move to and fro, which leaves one step to go back, not fifty
    map.on("resize autopanstart", () => { isOwnMove = true; }); // autopan: what was opened comes into view
    map.on("moveend", () => {
      if (!isOwnMove) follow.checked ? narrow() : (here.hidden = false);
      isOwnMove = false;
      draw();
    });
    here.addEventListener("click", narrow);
    follow.addEventListener("change", () => { if (follow.checked && !here.hidden) narrow(); });
    document.addEventListener("htmx:afterSettle", changed);
    document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
      if (isStep) detail.history.type = "replace";
      isStep = false;
    });
    box.querySelector("[data-map-tools]").hidden = false;
    here.hidden = !whole.isPart || chosenBox() !== null;
    show(chosenBox() ?? whole.bbox);

    // Where the actors are; those of the region alone, unless the filters name a place.
    async function extent() {
      const asked = new URL(source, location).searchParams;
      const all = await ask(source);
      if (!all.bbox || PLACES.some((name) => asked.has(name))) return { bbox: all.bbox };
      const region = await ask(`${source}&region=inside`);
      return { bbox: region.bbox ?? all.bbox, isPart: region.count > 0 && region.count < all.count };
    }

    // The section that the list is narrowed to, or null.
    function chosenBox() {
      return form.querySelector("[name=bbox]")?.value.split(",").map(Number) ?? null;
    }

    function show([west, south, east, north]) {
      isOwnMove = true;
      map.fitBounds([[south, west], [north, east]], { padding: [24, 24], maxZoom: 14, animate: false });
      if (isOwnMove) draw(); // it stood there already
      isOwnMove = false;
    }

    // The list shows what the map shows: through the form, as with every filter.
    function narrow() {
      let field = form.querySelector("[name=bbox]");
      if (!field) {
        field = Object.assign(document.createElement("input"), { type: "hidden", name: "bbox" });
        document.getElementById("kept").append(field);
      }
      isStep = isNarrow;
      field.value = sides(map).map((degrees) => degrees.toFixed(4)).join(",");
      here.hidden = true;
      form.requestSubmit();
    }

    // Other filters, other actors; a list that is no longer narrowed shows all of them, and so does the map.
    async function changed() {
      const isOther = found().mapSource !== source;
      const wasNarrow = isNarrow;
      source = found().mapSource;
      isNarrow = chosenBox() !== null;
      if (isNarrow ? !isOther : !isOther && !wasNarrow) return;
      const all = isNarrow ? {} : await extent();
      here.hidden = !all.isPart;
      all.bbox ? show(all.bbox) : draw();
    }

    async function draw() {
      latest.abort();
      latest = new AbortController();
      try {
        const data = await ask(`${source}&zoom=${map.getZoom()}&bbox=${section(map)}`, latest.signal);
        const hadFocus = layer.getLayers().some((one) => one.getElement() === document.activeElement);
        layer.clearLayers();
        for (const feature of data.features) feature.properties.count ? cluster(feature) : single(feature);
        if (hadFocus) map.getContainer().focus();
        status.textContent = box.dataset.shown.replace("%(number)s", written(data.count));
      } catch (error) {
        if (error.name !== "AbortError") status.textContent = box.dataset.failed;
      }
    }

    function single({ geometry: { coordinates: [longitude, latitude] }, properties: actor }) {
      const label = [actor.name, accuracy(box, actor)].filter(Boolean).join(", ");
      const press = (marker) => popUp(map, marker, box, [actor]);
      mark(layer, [latitude, longitude], { text: "", label, isPoint: isExact(actor), press });
    }

    function cluster({ bbox: [west, south, east, north], geometry: { coordinates: [longitude, latitude] }, properties }) {
      const { count, exact_count: exactCount } = properties;
      const bounds = L.latLngBounds([south, west], [north, east]);
      const label = box.dataset.cluster.replace("%(number)s", written(count));
      const press = async (marker) => {
        const zoom = Math.max(map.getBoundsZoom(bounds), map.getZoom() + 1);
        if (zoom <= CLOSEST && !bounds.getSouthWest().equals(bounds.getNorthEast())) return map.setView(bounds.getCenter(), zoom);
        const asked = new URL(source, location).searchParams;
        asked.set("bbox", [west, south, east, north]);
        const { results } = await ask(`${box.dataset.list}?${asked}&page_size=${MOST_NAMES}&fields=name,url,location_accuracy`);
        asked.delete("lang"); // the page has its own
        popUp(map, marker, box, results, { count: count - results.length, url: `${form.action}?${asked}` });
      };
      mark(layer, [latitude, longitude], { text: short(count), label, isPoint: exactCount > 0, press });
    }
    return "";
  }

  // West, south, east, north of the view; `round` gets each side and whether it is a lower one.
  function sides(map, round = (degrees) => degrees) {
    const bounds = map.getBounds();
    return [
      Math.max(round(bounds.getWest(), true), -180), Math.max(round(bounds.getSouth(), true), -85),
      Math.min(round(bounds.getEast(), false), 180), Math.min(round(bounds.getNorth(), false), 85),
    ];
  }

  // The view, rounded outwards to a grid: a small move asks the same address again.
  function section(map) {
    const step = 180 / 2 ** map.getZoom();
    const round = (degrees, isLower) => (isLower ? Math.floor(degrees / step) : Math.ceil(degrees / step)) * step;
    return sides(map, round).map((degrees) => +degrees.toFixed(6)).join(",");
  }

  // Asked for by hand, the map takes the focus from the button that goes.
  async function load(box, isAsked) {
    const say = box.querySelector("[data-map-status]");
    const button = box.querySelector("[data-map-load]");
    button.disabled = true;
    say.textContent = box.dataset.loading;
    try {
      await loadLeaflet(box);
      say.textContent = await (box.dataset.latitude ? showPlace(box) : showAtlas(box));
      for (const gone of box.querySelectorAll("[data-before-map]")) gone.hidden = true;
      const hasMap = box.querySelector(".atlas__map");
      button.hidden = true;
      box.querySelector("[data-map-forget]").hidden = false;
      if (isAsked) (hasMap ?? box.querySelector("[data-map-forget]")).focus();
      sessionStorage.setItem(CHOICE, "yes");
    } catch {
      button.disabled = false;
      say.textContent = box.dataset.failed;
    }
  }

  for (const box of document.querySelectorAll("[data-map]")) {
    const button = box.querySelector("[data-map-load]");
    button.addEventListener("click", () => load(box, true));
    box.querySelector("[data-map-forget]").addEventListener("click", () => {
      sessionStorage.removeItem(CHOICE);
      location.reload();
    });
    if (sessionStorage.getItem(CHOICE)) load(box);
  }
})();
