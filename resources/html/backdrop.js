// Draws the streets, water and names that are embedded in the page, tile by tile, on canvases.
"use strict";
const LacBackdrop = (function () {
  const PALETTES = {
    light: {
      land: "#F3F1EB", green: "#DCE6D2", wood: "#D2E0C8", water: "#C9DAE2", building: "#E4E0D6",
      stream: "#C9DAE2", path: "#C4BEB0", rail: "#B4AFA3", street: "#FFFFFF", streetEdge: "#DAD5C8",
      main: "#FFFFFF", mainEdge: "#CBC5B5", label: "#5B5A52", waterLabel: "#3F6478",
      parkLabel: "#456240", halo: "#F8F6F1",
    },
    dark: {
      land: "#1D2226", green: "#223027", wood: "#1E2E24", water: "#15303D", building: "#272D32",
      stream: "#15303D", path: "#3A4147", rail: "#4A5259", street: "#373F46", streetEdge: "#15191C",
      main: "#434C54", mainEdge: "#15191C", label: "#A7B0B5", waterLabel: "#7FAABF",
      parkLabel: "#93B291", halo: "#1D2226",
    },
  };
  const AREAS = ["green", "wood", "water", "building"];
  const LINES = ["stream", "path", "rail", "street", "main"];
  const LABELS = ["place", "street", "water", "park"];
  const scheme = window.matchMedia("(prefers-color-scheme: dark)");

  // Longitude and latitude to Web Mercator with the world from 0 to 1.
  function world(lon, lat) {
    const s = Math.sin((lat * Math.PI) / 180);
    return [(lon + 180) / 360, 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)];
  }

  // Whole hundred-thousandths of a degree, each from the one before, to world positions.
  function unpack(deltas, origin) {
    const out = new Float64Array(deltas.length);
    let x = origin[0], y = origin[1];
    for (let i = 0; i < deltas.length; i += 2) {
      x += deltas[i]; y += deltas[i + 1];
      const at = world(x / 1e5, y / 1e5);
      out[i] = at[0]; out[i + 1] = at[1];
    }
    return out;
  }

  function boxOf(rings) {
    let w = 2, n = 2, e = -1, s = -1;
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        w = Math.min(w, ring[i]); e = Math.max(e, ring[i]);
        n = Math.min(n, ring[i + 1]); s = Math.max(s, ring[i + 1]);
      }
    }
    return [w, n, e, s];
  }

  function decode(data) {
    const shape = (rings) => ({ rings: rings, box: boxOf(rings) });
    const areas = AREAS.map(() => []), lines = LINES.map(() => []);
    for (const one of data.a) areas[one[0]].push(shape(one.slice(1).map((r) => unpack(r, data.o))));
    for (const one of data.l) lines[one[0]].push(shape([unpack(one[1], data.o)]));
    const labels = data.t.map((one) => {
      const at = world((data.o[0] + one[2]) / 1e5, (data.o[1] + one[3]) / 1e5);
      return { kind: LABELS[one[0]], text: one[1], x: at[0], y: at[1], angle: one[4] || 0,
        metres: one[5] || 0, rank: one[6] === undefined ? 5 : one[6] };
    });
    labels.sort((a, b) => a.rank - b.rank || b.metres - a.metres);
    return { areas, lines, labels };
  }

  function widths(zoom) {
    const street = [0.5, 0.8, 1.2, 2, 3.5, 6, 10, 16, 22][Math.max(0, Math.min(8, zoom - 10))];
    return { stream: Math.max(1, street * 0.4), path: zoom >= 15 ? 1.2 : 0.5, rail: zoom >= 14 ? 1.6 : 1,
      street: zoom >= 13 ? street : 0.5, main: street * 1.4 };
  }

  const pen = document.createElement("canvas").getContext("2d");
  function font(label) {
    const size = { place: label.rank <= 1 ? 14 : 12.5, street: 11, water: 11, park: 11 }[label.kind];
    return (label.kind === "place" ? "600 " : "") + size + "px 'Segoe UI', system-ui, sans-serif";
  }

  // Which names fit at a zoom, the most important first; positions are in pixels of that zoom.
  function place(labels, zoom) {
    const size = 256 * Math.pow(2, zoom), cells = new Map(), last = new Map(), kept = [];
    for (const label of labels) {
      if (label.kind === "street" && zoom < 15) continue;
      if (label.kind !== "place" && label.kind !== "street" && zoom < 14) continue;
      if (label.kind === "place" && label.rank > zoom - 9) continue;
      pen.font = font(label);
      const w = pen.measureText(label.text).width, h = 14;
      if (label.kind === "street") {
        const metresPerPixel = (40075016.7 * Math.sqrt(1 - Math.pow(Math.tanh(Math.PI * (1 - 2 * label.y)), 2))) / size;
        if (label.metres / metresPerPixel < w) continue;
      }
      const a = (Math.abs(label.angle) * Math.PI) / 180, x = label.x * size, y = label.y * size;
      const dx = (w * Math.cos(a) + h * Math.sin(a)) / 2 + 2, dy = (w * Math.sin(a) + h * Math.cos(a)) / 2 + 2;
      const box = [x - dx, y - dy, x + dx, y + dy];
      const before = last.get(label.text) || [];
      if (before.some((p) => Math.hypot(p[0] - x, p[1] - y) < 400)) continue;
      if (!claim(cells, box)) continue;
      before.push([x, y]); last.set(label.text, before);
      kept.push({ label, x, y, box });
    }
    return kept;
  }

  // Take a box in a grid of 128 px cells, unless something stands in it already.
  function claim(cells, box) {
    const keys = [];
    for (let i = Math.floor(box[0] / 128); i <= Math.floor(box[2] / 128); i++) {
      for (let j = Math.floor(box[1] / 128); j <= Math.floor(box[3] / 128); j++) keys.push(i + " " + j);
    }
    for (const key of keys) {
      for (const b of cells.get(key) || []) {
        if (b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]) return false;
      }
    }
    for (const key of keys) cells.set(key, (cells.get(key) || []).concat([box]));
    return true;
  }

  const Layer = L.GridLayer.extend({
    initialize(data, options) {
      L.setOptions(this, options);
      this._data = decode(data);
      this._placed = new Map();
    },
    createTile(coords) {
      const tile = document.createElement("canvas"), ratio = Math.min(2, window.devicePixelRatio || 1);
      tile.width = tile.height = 256 * ratio;
      const pic = tile.getContext("2d");
      pic.scale(ratio, ratio);
      pic.translate(-coords.x * 256, -coords.y * 256);
      this._paint(pic, coords, PALETTES[scheme.matches ? "dark" : "light"]);
      return tile;
    },
    _near(shapes, view) {
      return shapes.filter((s) => s.box[0] < view[2] && s.box[2] > view[0] && s.box[1] < view[3] && s.box[3] > view[1]);
    },
    _paint(pic, coords, colour) {
      const n = Math.pow(2, coords.z), size = 256 * n, pad = 0.15;
      const view = [(coords.x - pad) / n, (coords.y - pad) / n, (coords.x + 1 + pad) / n, (coords.y + 1 + pad) / n];
      pic.fillStyle = colour.land;
      pic.fillRect(coords.x * 256, coords.y * 256, 256, 256);
      pic.lineJoin = pic.lineCap = "round";
      this._data.areas.forEach((shapes, kind) => {
        if (AREAS[kind] === "building" && coords.z < 15) return;
        pic.fillStyle = colour[AREAS[kind]];
        for (const shape of this._near(shapes, view)) {
          this._trace(pic, shape.rings, size, true);
          pic.fill("evenodd");
        }
      });
      const wide = widths(coords.z), near = this._data.lines.map((shapes) => this._near(shapes, view));
      near.forEach((shapes, kind) => {
        const name = LINES[kind];
        if (!colour[name + "Edge"] || coords.z < 13) return;
        this._stroke(pic, shapes, size, colour[name + "Edge"], wide[name] + 1.6);
      });
      near.forEach((shapes, kind) => {
        const name = LINES[kind];
        if (name === "path" && coords.z < 14) return;
        const thin = coords.z < 13 && !scheme.matches && colour[name + "Edge"];
        pic.setLineDash(name === "path" ? [4, 3] : name === "rail" ? [7, 3] : []);
        this._stroke(pic, shapes, size, thin ? colour[name + "Edge"] : colour[name], wide[name]);
      });
      pic.setLineDash([]);
      this._write(pic, coords, colour);
    },
    _trace(pic, rings, size, close) {
      pic.beginPath();
      for (const ring of rings) {
        pic.moveTo(ring[0] * size, ring[1] * size);
        for (let i = 2; i < ring.length; i += 2) pic.lineTo(ring[i] * size, ring[i + 1] * size);
        if (close) pic.closePath();
      }
    },
    _stroke(pic, shapes, size, colour, width) {
      pic.strokeStyle = colour;
      pic.lineWidth = width;
      for (const shape of shapes) {
        this._trace(pic, shape.rings, size, false);
        pic.stroke();
      }
    },
    _write(pic, coords, colour) {
      if (!this._placed.has(coords.z)) this._placed.set(coords.z, place(this._data.labels, coords.z));
      const x = coords.x * 256, y = coords.y * 256;
      pic.textAlign = "center"; pic.textBaseline = "middle";
      pic.lineWidth = 2.6; pic.strokeStyle = colour.halo;
      for (const one of this._placed.get(coords.z)) {
        const b = one.box;
        if (b[2] < x || b[0] > x + 256 || b[3] < y || b[1] > y + 256) continue;
        pic.save();
        pic.translate(one.x, one.y);
        pic.rotate((one.label.angle * Math.PI) / 180);
        pic.font = font(one.label);
        pic.fillStyle = colour[one.label.kind + "Label"] || colour.label;
        pic.strokeText(one.label.text, 0, 0);
        pic.fillText(one.label.text, 0, 0);
        pic.restore();
      }
    },
  });

  function add(map, data) {
    const layer = new Layer(data, { maxZoom: map.options.maxZoom, keepBuffer: 1, updateWhenZooming: false });
    layer.addTo(map);
    scheme.addEventListener("change", () => layer.redraw());
  }
  return { add };
})();
