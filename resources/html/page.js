// The page itself: pins and clusters, search and filter, sorting, and the cards. The list in the
// page is the one copy of the places: the map reads it, and every text goes in by textContent or
// as a copy of nodes that the list already holds.
"use strict";
const LacPage = (function () {
  const SVG = "http://www.w3.org/2000/svg";
  const SHAPES = {
    G: ["M-10 0a10 10 0 1 0 20 0a10 10 0 1 0 -20 0z", "#FFD24D", "#1B1F1D", 0],
    A: ["M-6 -10.4h12l6 10.4l-6 10.4h-12l-6 -10.4z", "#2A78C8", "#FFFFFF", 0],
    I: ["M-9.5 -9.5h19v19h-19z", "#33246B", "#FFFFFF", 0],
    P: ["M0 -12.5l10.5 9v13h-21v-13z", "#17553F", "#FFFFFF", 1.2],
    E: ["M0 -13l13 13l-13 13l-13 -13z", "#B5440E", "#FFFFFF", 0],
    C: ["M-11 -10h22v16h-12l-5 6v-6h-5z", "#CF7FB5", "#1B1F1D", -2],
    S: ["M-6.2 -11.5h12.4v5.3h5.3v12.4h-5.3v5.3h-12.4v-5.3h-5.3v-12.4h5.3z", "#FFFFFF", "#1B1F1D", 0],
  };
  const MANY = 60, NEAR = 44, ON_TOP = 16;
  const state = { places: [], shown: [], map: null, pins: null, drawn: new Map(), back: null };
  const byId = (id) => document.getElementById(id);

  function make(tag, text, name) {
    const el = document.createElement(tag);
    if (text) el.textContent = text;
    if (name) el.className = name;
    return el;
  }

  function symbol(category) {
    const [path, fill, ink, dy] = SHAPES[category] || SHAPES.S;
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "-15 -15 30 30");
    svg.setAttribute("aria-hidden", "true");
    for (const name of ["halo", "shape"]) {
      const el = document.createElementNS(SVG, "path");
      el.setAttribute("class", name);
      el.setAttribute("d", path);
      if (name === "shape") el.setAttribute("fill", fill);
      svg.append(el);
    }
    const letter = document.createElementNS(SVG, "text");
    letter.setAttribute("class", "letter");
    letter.setAttribute("fill", ink);
    letter.setAttribute("y", String(4 + dy));
    letter.textContent = category;
    svg.append(letter);
    return svg;
  }

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  function readRows() {
    const areas = JSON.parse(byId("lac-areas").textContent);
    return Array.from(byId("rows").rows, (row, number) => {
      const at = row.dataset.at ? row.dataset.at.split(",").map(Number) : null;
      return { number, row, category: row.dataset.c, name: row.querySelector("bdi").textContent,
        at: at && L.latLng(at[0], at[1]), area: areas[number] || null, words: null };
    });
  }

  // ---- what folium's GeoJson layer asks for -------------------------------------------------
  function pin(feature, latlng) {
    const place = state.places[feature.properties.row];
    const icon = L.divIcon({ className: "pin", html: symbol(place.category), iconSize: [30, 30] });
    return L.marker(latlng, { icon, riseOnHover: true });
  }

  function each(feature, layer) {
    const place = state.places[feature.properties.row];
    layer.lacRow = place.number;
    layer.on("add", () => name(layer, place.name + ", " + kindOf(place)));
    chosen(layer, () => openCard(place, layer.getElement && layer.getElement()));
    state.made = layer;
  }

  function name(layer, text) {
    const el = layer.getElement && layer.getElement();
    if (!el) return;
    el.setAttribute("aria-label", text);
    el.setAttribute("title", text.slice(0, 200));
  }

  // By mouse and finger, and by Enter or Space where it has the focus.
  function chosen(layer, open) {
    layer.on("click", open);
    layer.on("keypress", (event) => {
      const key = event.originalEvent;
      if (key.key === "Enter" || key.key === " ") { key.preventDefault(); open(); }
    });
  }

  const kindOf = (place) => place.row.cells[1].textContent;

  // ---- clusters ----------------------------------------------------------------------------
  function group(places, zoom, reach) {
    const cells = new Map(), groups = [];
    for (const place of places) {
      const p = state.map.project(place.at, zoom);
      const cx = Math.floor(p.x / reach), cy = Math.floor(p.y / reach);
      let home = null;
      for (let i = -1; i <= 1 && !home; i++) {
        for (let j = -1; j <= 1 && !home; j++) {
          for (const g of cells.get((cx + i) + " " + (cy + j)) || []) {
            if (Math.hypot(g.x - p.x, g.y - p.y) < reach) { home = g; break; }
          }
        }
      }
      if (home) { home.places.push(place); continue; }
      home = { x: p.x, y: p.y, places: [place] };
      groups.push(home);
      const key = cx + " " + cy;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(home);
    }
    return groups;
  }

  function draw() {
    const map = state.map, view = map.getBounds().pad(0.15), zoom = map.getZoom();
    const placed = state.shown.filter((p) => p.at);
    const inside = placed.filter((p) => view.contains(p.at));
    const reach = inside.length > MANY ? NEAR : ON_TOP;
    const wide = map.getBounds().pad(1);
    const wanted = new Map();
    for (const g of group(placed.filter((p) => wide.contains(p.at)), zoom, reach)) {
      const one = g.places[0];
      if (!g.places.some((p) => view.contains(p.at))) continue;
      if (g.places.length === 1) wanted.set("p" + one.number, () => addPin(one));
      else wanted.set("c" + one.number + "x" + g.places.length + "z" + zoom, () => addCluster(g));
    }
    for (const place of state.shown) {
      if (place.area) wanted.set("a" + place.number, () => addArea(place));
    }
    for (const [key, layer] of state.drawn) {
      if (!wanted.has(key)) { state.pins.removeLayer(layer); state.drawn.delete(key); }
    }
    for (const [key, build] of wanted) if (!state.drawn.has(key)) state.drawn.set(key, build());
  }

  function add(place, geometry) {
    state.pins.addData({ type: "Feature", properties: { row: place.number }, geometry });
    return state.made;
  }

  function addPin(place) {
    return add(place, { type: "Point", coordinates: [place.at.lng, place.at.lat] });
  }

  function addArea(place) {
    const layer = add(place, place.area), fill = (SHAPES[place.category] || SHAPES.S)[1];
    layer.setStyle({ color: fill === "#FFFFFF" ? "#7C837E" : fill, weight: 2, fillOpacity: 0.12 });
    layer.bringToBack();
    return layer;
  }

  function addCluster(g) {
    const count = g.places.length, size = Math.round(30 + 14 * Math.min(1, Math.log10(count) / 3));
    const icon = L.divIcon({ className: "cluster", html: make("span", String(count)), iconSize: [size, size] });
    const at = g.places[0].at, marker = L.marker(at, { icon });
    marker.on("add", () => name(marker, count + " places here. Press Enter to list them."));
    chosen(marker, () => openList(g.places, at, marker.getElement()));
    marker.addTo(state.pins);
    return marker;
  }

  // ---- cards -------------------------------------------------------------------------------
  function show(content, at, back) {
    const box = make("div", "", "card");
    box.tabIndex = -1;
    box.append(content);
    if (back) state.back = back;
    const popup = L.popup({ maxWidth: Math.min(360, window.innerWidth - 60), autoPanPadding: [20, 20] });
    popup.setLatLng(at).setContent(box).openOn(state.map);
    box.focus({ preventScroll: true });
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    if (close) close.setAttribute("aria-label", "Close");
  }

  function openCard(place, back) {
    const card = document.createDocumentFragment();
    const title = make("h3", place.name);
    title.dir = "auto";
    card.append(title, make("p", kindOf(place), "muted"));
    Array.from(place.row.cells).slice(2).forEach((cell) => {
      for (const node of cell.childNodes) card.append(node.cloneNode(true));
    });
    const jump = make("a", "Show it in the list");
    jump.href = "#p" + place.number;
    card.append(jump);
    const at = place.at || L.geoJSON(place.area).getBounds().getCenter();
    show(card, at, back);
  }

  function openList(places, at, back) {
    const part = document.createDocumentFragment(), list = make("ul"), map = state.map;
    part.append(make("h3", places.length + " places here"));
    if (map.getZoom() < map.getMaxZoom()) {
      const closer = make("button", "Zoom in to them");
      closer.type = "button";
      closer.addEventListener("click", () => {
        const box = L.latLngBounds(places.map((p) => p.at));
        map.closePopup();
        map.setView(box.getCenter(), Math.min(map.getMaxZoom(), Math.max(map.getZoom() + 1, map.getBoundsZoom(box.pad(0.1)))));
        map.getContainer().focus({ preventScroll: true });
      });
      const item = make("li");
      item.append(closer);
      list.append(item);
    }
    for (const place of places.slice(0, 200)) {
      const button = make("button", place.name), item = make("li");
      button.type = "button";
      button.dir = "auto";
      button.addEventListener("click", () => openCard(place, back));
      item.append(button);
      list.append(item);
    }
    if (places.length > 200) part.append(make("p", "The first 200 are listed. The list below has all."));
    part.append(list);
    show(part, at, back);
  }

  // ---- search, filter, sort ----------------------------------------------------------------
  function filter() {
    const words = plain(byId("words").value).split(/\s+/).filter(Boolean);
    const boxes = Array.from(document.querySelectorAll("#categories input"));
    const on = new Set(boxes.filter((b) => b.checked).map((b) => b.value));
    state.shown = state.places.filter((place) => {
      if (on.size && !on.has(place.category)) return false;
      if (!words.length) return true;
      if (place.words === null) place.words = plain(place.row.textContent);
      return words.every((word) => place.words.includes(word));
    });
    const kept = new Set(state.shown);
    for (const place of state.places) {
      const gone = !kept.has(place);
      if (place.row.hidden !== gone) place.row.hidden = gone;
    }
    tell();
    if (state.map) draw();
  }

  function tell() {
    const all = state.places.length, shown = state.shown.length;
    const off = state.shown.filter((p) => !p.at && !p.area).length;
    let text = shown === all ? all + (all === 1 ? " place" : " places") : shown + " of " + all + " places";
    if (!shown) text = "No place matches. Choose fewer words or “Show everything”.";
    else if (off) text += ", " + off + " of them in the list only";
    byId("count").textContent = text + ".";
  }

  function sort(heading, column) {
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const one of heading.parentNode.children) one.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    const key = (place) => place.row.cells[column].dataset.s || place.row.cells[column].textContent.trim();
    const keyed = state.places.map((place) => [key(place), place]);
    keyed.sort((a, b) => (a[0] === "") - (b[0] === "") || (down ? -1 : 1) * compare(a[0], b[0]));
    byId("rows").append(...keyed.map((pair) => pair[1].row));
  }

  function wireTools() {
    const counts = {};
    for (const place of state.places) counts[place.category] = (counts[place.category] || 0) + 1;
    const names = JSON.parse(byId("lac-categories").textContent);
    for (const letter of Object.keys(SHAPES)) {
      if (!counts[letter]) continue;
      const label = make("label", "", "chip"), box = make("input");
      box.type = "checkbox";
      box.value = letter;
      label.append(box, symbol(letter), make("span", names[letter] + " (" + counts[letter] + ")"));
      byId("categories").append(label);
    }
    const tools = byId("tools");
    let wait = 0;
    tools.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(filter, 80); });
    tools.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
    tools.addEventListener("reset", () => setTimeout(filter, 0));
    document.querySelectorAll("thead th").forEach((heading, column) => {
      const button = make("button", heading.textContent);
      button.type = "button";
      heading.textContent = "";
      heading.append(button);
      button.addEventListener("click", () => sort(heading, column));
    });
  }

  // Narrow screens lay the table out as blocks, and browsers then forget that it is a table.
  function keepRoles() {
    const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
    for (const el of document.querySelectorAll("table, thead, tbody, tr, td, th")) {
      const heading = el.closest("thead") ? "columnheader" : "rowheader";
      el.setAttribute("role", el.tagName === "TH" ? heading : roles[el.tagName]);
    }
  }

  function wireRows() {
    const words = "Show on the map";
    for (const place of state.places) {
      if (!place.at && !place.area) continue;
      const button = make("button", words, "to-map");
      button.type = "button";
      button.setAttribute("aria-label", words + ": " + place.name.slice(0, 200));
      place.row.cells[0].append(button);
    }
    byId("rows").addEventListener("click", (event) => {
      const button = event.target.closest(".to-map");
      if (!button) return;
      const place = state.places.find((p) => p.row === button.closest("tr"));
      state.map.getContainer().scrollIntoView({ block: "nearest" });
      if (place.at) state.map.setView(place.at, Math.max(16, state.map.getZoom()));
      else state.map.fitBounds(L.geoJSON(place.area).getBounds());
      openCard(place, button);
    });
  }

  function wireMap(map, backdrop) {
    const box = map.getContainer();
    box.setAttribute("aria-label", "Map of the places. The list below it holds the same places.");
    if (backdrop) LacBackdrop.add(map, backdrop);
    L.control.scale({ imperial: false }).addTo(map);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
      else if (event.key === "0" && event.target === box) fit();
    });
    map.on("popupclose", () => {
      const back = state.back;
      state.back = null;
      const inside = box.contains(document.activeElement) || document.activeElement === document.body;
      if (inside) (back && back.isConnected ? back : box).focus({ preventScroll: true });
    });
    map.on("moveend", draw);
  }

  function fit() {
    const all = L.latLngBounds([]);
    for (const place of state.shown) {
      if (place.at) all.extend(place.at);
      else if (place.area) all.extend(L.geoJSON(place.area).getBounds());
    }
    if (all.isValid()) state.map.fitBounds(all.pad(0.03), { maxZoom: 16 });
  }

  function start(map, pins) {
    document.body.classList.add("scripted");
    map.invalidateSize();
    state.map = map;
    state.pins = pins;
    state.places = readRows();
    state.shown = state.places.slice();
    keepRoles();
    wireTools();
    wireRows();
    wireMap(map, JSON.parse(byId("lac-backdrop").textContent));
    tell();
    fit();
    draw();
  }
  return { start, pin, each };
})();
