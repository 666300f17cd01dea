// Timeline and map of what the filters of static pages find: the same sums and places as those a server draws
// (search/periods.py, search/timeline.py, charts/record_timeline.py, charts/record_map.py), so that a link shows the same in both.
"use strict";

(() => {
  const form = document.getElementById("filters"), figures = [...document.querySelectorAll("figure.view")];
  if (!form || !figures.length || form.dataset.live) return;
  const DAY = 86400000, MOST_BINS = 80, MOST_DAYS = 124, FIRST = Date.UTC(1850, 0, 1) / DAY, LAST = Date.UTC(2150, 11, 31) / DAY;
  const UNITS = { 0: "day", 1: "month", 3: "quarter", 12: "year", 120: "decade" };
  const TICKS = { 1: [1, 3, 6, 12, 24, 60, 120], 3: [1, 2, 4, 8, 20, 40], 12: [1, 2, 5, 10, 20, 50] };
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const TOP = 20, AXIS = 26, STRIP = 34, ROW = 9, MOST_ROWS = 5;
  const types = [...form.elements.type.options].map((one) => one.value).filter(Boolean);
  const words = Object.fromEntries(figures.map((one) => [one.dataset.view, one.querySelector(".measure").textContent]));
  const mapped = document.querySelectorAll("[data-view=map] tbody tr");
  const capitals = new Map([...mapped].map((row) => [row.cells[0].textContent, row.cells[2].textContent]));

  const utc = (year, month, day) => Math.round(Date.UTC(year, month, day) / DAY);
  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const parse = (text) => { const [year, month, day] = text.split("-").map(Number); return utc(year, (month || 1) - 1, day || 1); };
  const countMonths = (day) => { const date = new Date(day * DAY); return date.getUTCFullYear() * 12 + date.getUTCMonth(); };
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, "\u2009");
  const count = (value, one, many) => `${number(value)} ${value === 1 ? one : many || one + "s"}`;
  const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[sign]));

  const start = (months) => utc(Math.floor(months / 12), months % 12, 1);

  function writeDays(first, last) {
    const [since, until] = [iso(first), iso(last)];
    if (!since.endsWith("-01") || !iso(last + 1).endsWith("-01")) return [since, until];
    if (!since.endsWith("-01-01") || !until.includes("-12-")) return [since.slice(0, 7), until.slice(0, 7)];
    return [since.slice(0, 4), until.slice(0, 4)];
  }

  function makeBin(first, last) {
    const [since, until] = writeDays(first, last);
    return { first, last, since, until };
  }

  function cut(first, last) {
    if (last - first < MOST_DAYS) return { months: 0, number: first, bins: Array.from({ length: last - first + 1 }, (_, place) => makeBin(first + place, first + place)) };
    const fits = (months) => Math.floor(countMonths(last) / months) - Math.floor(countMonths(first) / months) < MOST_BINS;
    const months = [1, 3, 12].find(fits) || 120;
    const [low, high] = [first, last].map((day) => Math.floor(countMonths(day) / months)), bins = [];
    for (let one = low; one <= high; one++) bins.push(makeBin(start(one * months), Math.min(LAST, start((one + 1) * months) - 1)));
    return { months, number: low, bins };
  }

  function sayDate(text) {
    const [year, month, day] = text.split("-").map(Number);
    return day ? `${day} ${MONTHS[month - 1]} ${year}` : month ? `${MONTHS[month - 1]} ${year}` : String(year);
  }
  const sayPart = (first, last = first) => first.since === last.until ? sayDate(first.since) : `${sayDate(first.since)} to ${sayDate(last.until)}`;

  function readEnd(text, isLast) {
    if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text || "")) return null;
    const [year, month, day] = text.split("-").map(Number);
    if (!isLast) return parse(text);
    return day ? parse(text) : month ? utc(year, month, 1) - 1 : utc(year, 11, 31);
  }

  const read = (rows) => rows.map((one) => ({ first: parse(one.row.dataset.from), last: parse(one.row.dataset.to), type: one.values.type[0], isFirm: Boolean(one.row.dataset.firm) }));

  function findBin(bins, day) {
    let low = 0, high = bins.length;
    while (low < high) { const middle = (low + high) >> 1; if (bins[middle].first <= day) low = middle + 1; else high = middle; }
    return low - 1;
  }

  function sum(found, asked, whole) {
    const looks = read(found), ends = (list) => [Math.min(...list.map((one) => one.first)), Math.max(...list.map((one) => one.last))];
    let [first, last] = ends(looks);
    first = readEnd(asked.get("from"), false) ?? first;
    last = readEnd(asked.get("to"), true) ?? last;
    const made = cut(Math.min(first, last), Math.max(first, last)), lanes = new Map(), wide = new Map();
    for (const type of types) if (looks.some((one) => one.type === type)) lanes.set(type, made.bins.map(() => [0, 0]));
    let wideCount = 0;
    for (const one of looks) {
      const [low, high] = [one.first, one.last].map((day) => findBin(made.bins, day));
      if (low === high && low >= 0 && one.last <= made.bins.at(-1).last) lanes.get(one.type)[low][Number(one.isFirm)] += 1;
      else { const key = one.first * 1e7 + one.last; wide.set(key, { first: one.first, last: one.last, count: (wide.get(key)?.count || 0) + 1 }); wideCount += 1; }
    }
    const every = read(whole), strip = cut(...ends(every)), stripCounts = strip.bins.map(() => 0);
    for (const one of every) { const low = findBin(strip.bins, one.first); if (low === findBin(strip.bins, one.last)) stripCounts[low] += 1; }
    return { made, lanes, wide: [...wide.values()], wideCount, total: looks.length, strip, stripCounts };
  }

  const totalsOf = (summed) => summed.made.bins.map((_, place) => [...summed.lanes.values()].reduce((total, lane) => total + lane[place][0] + lane[place][1], 0));

  function sayFinding(summed) {
    const totals = totalsOf(summed), most = Math.max(...totals), records = count(summed.total, "record"), unit = UNITS[summed.made.months];
    if (!most) return `${records}, ${summed.total > 1 ? "none" : "not"} known to the ${unit}`;
    const top = sayPart(summed.made.bins[totals.indexOf(most)]);
    if (summed.total === 1) return `1 record, of ${top}`;
    if (most === 1) return `${records}, no two of them in one ${unit}`;
    const ties = totals.filter((one) => one === most).length;
    return `${top} has ${number(most)} of the ${records}, ${ties === 1 ? "more than any other" : "as many as " + count(ties - 1, "other")}`;
  }

  function sayMeasure(summed) {
    const bins = summed.made.bins, unit = UNITS[summed.made.months], edition = words.timeline.slice(words.timeline.indexOf("; edition"));
    const wide = summed.wideCount ? `, ${number(summed.wideCount)} of them known to no single ${unit} and drawn as lines` : "";
    return `Records by the date of the milestone that dates them, ${sayPart(bins[0], bins.at(-1))}; one bar: a ${unit}; filled: done and verified, hollow: intended, or no page read; n = ${number(summed.total)}${wide}${edition}`;
  }

  function shareOf(day, made) {
    const bins = made.bins;
    if (day <= bins[0].first) return 0;
    if (day > bins.at(-1).last) return 1;
    const place = bins.findIndex((one) => day <= one.last), one = bins[place];
    return (place + (day - one.first) / (one.last - one.first + 1)) / bins.length;
  }

  function listTicks(made) {
    const size = made.bins.length, places = [...made.bins.keys()];
    if (!made.months) { const step = Math.max(1, Math.ceil(size / 6)); return places.filter((place) => place % step === 0).map((place) => [place / size, sayDate(made.bins[place].since)]); }
    const steps = TICKS[made.months] || [1, 2, 5, 10], step = steps.find((one) => size / one <= 8) || steps.at(-1);
    return places.filter((place) => (made.number + place) % step === 0)
      .map((place) => [place / size, countMonths(made.bins[place].first) % 12 === 0 ? made.bins[place].since.slice(0, 4) : sayDate(made.bins[place].since.slice(0, 7))]);
  }

  function pack(lines) {
    const ends = [], packed = [];
    for (const line of lines.map((one) => ({ ...one })).sort((one, other) => one.start - other.start || one.end - other.end)) {
      let row = ends.findIndex((end) => end + 0.004 <= line.start);
      if (row < 0) row = ends.length;
      if (row >= MOST_ROWS) continue;
      ends[row] = line.end;
      packed.push([row, line]);
    }
    return packed;
  }

  function drawBars(lane, base, unit, frame) {
    const step = frame.across / lane.length, wide = Math.min(28, Math.max(1, step - Math.min(2, step * 0.25)));
    let filled = "", hollow = "";
    lane.forEach(([other, firm], place) => {
      const x = frame.left + place * step + (step - wide) / 2;
      if (firm) filled += `M${x.toFixed(1)},${base}v${(-firm * unit).toFixed(1)}h${wide.toFixed(1)}v${(firm * unit).toFixed(1)}z`;
      if (other) hollow += `M${(x + 0.5).toFixed(1)},${(base - firm * unit).toFixed(1)}v${(-other * unit).toFixed(1)}h${Math.max(0.5, wide - 1).toFixed(1)}v${(other * unit).toFixed(1)}z`;
    });
    return (filled ? `<path d="${filled}" fill="var(--accent)"/>` : "") + (hollow ? `<path d="${hollow}" fill="var(--paper)" stroke="var(--accent)" stroke-width="1"/>` : "");
  }

  function link(asked, changed) {
    const query = new URLSearchParams([...asked].filter(([name, value]) => value && name !== "page" && !(name in changed)));
    for (const [name, value] of Object.entries(changed)) if (value) query.set(name, value);
    return location.pathname.split("/").at(-1) + (query.size ? "?" + query : "");
  }

  function drawParts(bins, told, frame, asked, y, height) {
    const step = frame.across / bins.length;
    return bins.map((one, place) => {
      const view = one.first === one.last ? "" : "timeline", href = link(asked, { from: one.since, to: one.until, view });
      return `<a class="bin" href="${escape(href)}" tabindex="-1" data-since="${one.since}" data-until="${one.until}"><title>${escape(told[place])}</title><rect x="${(frame.left + place * step).toFixed(1)}" y="${y}" width="${step.toFixed(1)}" height="${height}" fill="transparent"/></a>`;
    }).join("");
  }

  const label = (x, y, end, name, value) => `<text x="${x}" y="${y}" text-anchor="${end}" fill="var(--ink)">${escape(name)} <tspan fill="var(--muted)">${value}</tspan></text>`;

  function drawTimeline(svg, summed, asked, title) {
    const width = svg.viewBox.baseVal.width, isWide = width > 500, left = isWide ? 104 : 0, lanes = [...summed.lanes], bins = summed.made.bins;
    const frame = { left, across: width - left - 8 }, lane = lanes.length > 3 ? 52 : 84, tallest = lane - (isWide ? 12 : 24), axis = TOP + lanes.length * lane;
    const at = (share) => left + frame.across * share, end = isWide ? "end" : "start", before = isWide ? left - 10 : 0;
    const packed = pack(summed.wide.map((one) => ({ ...one, start: shareOf(one.first, summed.made), end: shareOf(one.last + 1, summed.made) })));
    const rows = Math.max(0, ...packed.map(([row]) => row + 1)), linesTop = axis + AXIS + (isWide ? 0 : 16);
    const strip = (rows ? linesTop + rows * ROW + 8 : axis + AXIS) + (isWide ? 4 : 18), hasStrip = Boolean(asked.get("from") || asked.get("to"));
    let text = `<title id="${svg.getAttribute("aria-labelledby")}">${escape(title)}</title>`, room = -99;
    for (const [share, told] of listTicks(summed.made)) {
      const x = at(share);
      text += `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${TOP}" y2="${axis + 5}" stroke="var(--line)"/>`;
      if (x >= room && x + 6.2 * told.length <= width) { room = x + 6.2 * told.length + 10; text += `<text x="${x.toFixed(1)}" y="${axis + 18}" fill="var(--muted)">${told}</text>`; }
    }
    const most = Math.max(0, ...lanes.flatMap(([, cells]) => cells.map(([other, firm]) => other + firm))) || 1;
    let isTold = false;
    lanes.forEach(([name, cells], place) => {
      const base = TOP + (place + 1) * lane, total = cells.reduce((sum, cell) => sum + cell[0] + cell[1], 0), top = cells.findIndex((cell) => cell[0] + cell[1] === most);
      text += label(before, isWide ? base - 3 : base - lane + 14, end, name, total) + drawBars(cells, base, tallest / most, frame);
      text += `<line x1="${left}" x2="${width - 8}" y1="${base}.5" y2="${base}.5" stroke="var(--line)"/>`;
      if (top >= 0 && !isTold) { isTold = true; text += `<text x="${at((top + 0.5) / bins.length).toFixed(1)}" y="${base - tallest - 4}" text-anchor="middle" fill="var(--ink)">${most}</text>`; }
    });
    const told = bins.map((one, place) => {
      const own = lanes.map(([name, cells]) => [name, cells[place][0] + cells[place][1]]).filter(([, value]) => value);
      return `${sayPart(one)}: ${count(own.reduce((total, [, value]) => total + value, 0), "record")}${own.length ? ": " + own.map(([name, value]) => `${value} ${name}`).join(", ") : ""}`;
    });
    text += drawParts(bins, told, frame, asked, TOP, axis - TOP);
    if (packed.length) text += label(before, isWide ? linesTop + 8 : linesTop - 6, end, "less exact", summed.wideCount);
    for (const [row, one] of packed) {
      const [x, far] = [at(Math.max(0, one.start)), at(Math.min(1, one.end))];
      text += `<rect x="${x.toFixed(1)}" y="${linesTop + row * ROW + 1}" width="${Math.max(2, far - x - 1).toFixed(1)}" height="5" fill="var(--accent-soft)" stroke="var(--accent)" stroke-width=".7"><title>${escape(sayPart(makeBin(one.first, one.last)))}, no more is told: ${count(one.count, "record")}</title></rect>`;
    }
    if (hasStrip) text += drawStrip(summed, frame, asked, { strip, isWide, width, before, end, at });
    svg.setAttribute("viewBox", `0 0 ${width} ${hasStrip ? strip + STRIP + 20 : strip}`);
    svg.innerHTML = text;
    window.pactwatchPrepare(svg);
  }

  function drawStrip(summed, frame, asked, { strip, isWide, width, before, end, at }) {
    const base = strip + STRIP, bins = summed.strip.bins, counts = summed.stripCounts, most = Math.max(1, ...counts);
    const [x, far] = [summed.made.bins[0].first, summed.made.bins.at(-1).last + 1].map((day) => at(Math.min(1, Math.max(0, shareOf(day, summed.strip)))));
    return `<rect x="${x.toFixed(1)}" y="${strip}" width="${Math.max(3, far - x).toFixed(1)}" height="${STRIP}" fill="var(--accent-soft)"/>` +
      label(before, isWide ? base - 3 : strip - 4, end, "whole time", counts.reduce((one, other) => one + other, 0)) +
      drawBars(counts.map((one) => [0, one]), base, (STRIP - 4) / most, frame) +
      `<text x="${frame.left}" y="${base + 14}" fill="var(--muted)">${sayDate(bins[0].since)}</text><text x="${width - 8}" y="${base + 14}" text-anchor="end" fill="var(--muted)">${sayDate(bins.at(-1).until)}</text>` +
      drawParts(bins, bins.map((one, place) => `${sayPart(one)}: ${count(counts[place], "record")}`), frame, asked, strip, STRIP);
  }

  function listMoves(summed, asked) {
    const bins = summed.made.bins, first = bins[0].first, last = bins.at(-1).last, span = last - first + 1, half = Math.floor(span / 2), quarter = Math.floor(span / 4);
    const frame = (from, to) => {
      const low = Math.min(LAST, Math.max(FIRST, from)), made = cut(low, Math.max(low, Math.min(LAST, to))).bins;
      const [since, until] = writeDays(made[0].first, made.at(-1).last);
      return link(asked, { from: since, to: until });
    };
    const moves = span > 2 ? [["Zoom in", frame(first + quarter, last - quarter)]] : [];
    if (asked.get("from") || asked.get("to")) {
      moves.push(["Zoom out", frame(first - half, last + half)]);
      moves.push(["Earlier", frame(first - Math.max(1, half), last - Math.max(1, half))], ["Later", frame(first + Math.max(1, half), last + Math.max(1, half))]);
      moves.push(["Whole time", link(asked, { from: "", to: "" })]);
    }
    return moves;
  }

  function fillTable(figure, rows, head) {
    figure.querySelector(".rows").textContent = count(rows.length, "row");
    figure.querySelector("caption").textContent = figure.querySelector(".finding").textContent;
    figure.querySelector("tbody").replaceChildren(...rows.map(([name, href, ...cells]) => {
      const row = document.createElement("tr"), first = document.createElement("th"), anchor = document.createElement("a");
      first.scope = "row";
      anchor.href = href;
      anchor.textContent = name;
      first.append(anchor);
      row.append(first, ...cells.map((cell) => { const made = document.createElement("td"); made.textContent = typeof cell === "number" ? number(cell) : cell; if (typeof cell === "number") made.className = "num"; return made; }));
      return row;
    }));
    const quote = (value) => /[",\n]/.test(value) ? `"${String(value).replace(/"/g, '""')}"` : value;
    const file = [head, ...rows.map(([name, , ...cells]) => [name, ...cells])].map((line) => line.map(quote).join(",")).join("\n") + "\n";
    figure.querySelector("[data-file=csv]").href = "data:text/csv;charset=utf-8," + encodeURIComponent(file);
  }

  function showTimeline(figure, found, asked, whole) {
    const summed = sum(found, asked, whole), title = sayFinding(summed), lanes = [...summed.lanes.values()], totals = totalsOf(summed);
    figure.querySelector(".finding").textContent = title;
    figure.querySelector(".measure").textContent = sayMeasure(summed);
    for (const svg of figure.querySelectorAll("svg.timeline")) drawTimeline(svg, summed, asked, title);
    figure.querySelector(".zoom").hidden = false;
    figure.querySelector(".zoom ul").replaceChildren(...listMoves(summed, asked).map(([name, href]) => {
      const item = document.createElement("li"), anchor = document.createElement("a");
      anchor.href = href;
      anchor.textContent = name;
      item.append(anchor);
      return item;
    }));
    const rows = summed.made.bins.map((one, place) => [sayPart(one), link(asked, { from: one.since, to: one.until }), totals[place], lanes.reduce((total, lane) => total + lane[place][1], 0)]).filter((row) => row[2]);
    for (const one of summed.wide) { const bin = makeBin(one.first, one.last); rows.push([sayPart(bin), link(asked, { from: bin.since, to: bin.until }), one.count, "less exact"]); }
    fillTable(figure, rows, ["time", "records", "done and verified"]);
  }

  function showMap(figure, found, asked) {
    const counts = new Map(), names = new Map([...form.elements.partner.options].map((one) => [one.value, one.textContent]));
    for (const one of found) for (const code of one.values.partner.filter(Boolean)) counts.set(code, (counts.get(code) || 0) + 1);
    const ordered = [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)), most = ordered.length ? ordered[0][1] : 0;
    const ties = ordered.filter(([, value]) => value === most).length, records = count(found.length, "record"), article = ["Philippines", "United States", "United Kingdom", "Netherlands", "United Arab Emirates", "Maldives", "Bahamas", "Comoros", "Seychelles", "United Nations", "European Union", "UN", "EU"];
    const name = ordered.length ? names.get(ordered[0][0]) || ordered[0][0] : "";
    figure.querySelector(".finding").textContent = ordered.length ? `${article.includes(name) ? "The " : ""}${name} is party to ${number(most)} of the ${records}, ${ties === 1 ? "more than any other" : "as many as " + count(ties - 1, "other")}` : "No party beside the one that is watched";
    const spots = [...figure.querySelectorAll("svg.map a.spot")], placed = new Set(spots.map((one) => one.dataset.code)), drawn = Math.max(0, ...ordered.filter(([code]) => placed.has(code)).map(([, value]) => value));
    const placeless = ordered.filter(([code]) => !placed.has(code)).map(([code, value]) => `${names.get(code) || code} ${value}`);
    const parts = words.map.split("; ").filter((part) => !part.startsWith("without a capital: ") && !part.startsWith("n = "));
    parts.splice(-1, 0, `n = ${number(found.length)}, each counted for every party`, ...(placeless.length ? ["without a capital: " + placeless.join(", ")] : []));
    figure.querySelector(".measure").textContent = parts.join("; ");
    for (const spot of spots) drawSpot(spot, counts.get(spot.dataset.code) || 0, drawn, link(asked, { partner: spot.dataset.code }));
    fillTable(figure, ordered.map(([code, value]) => [names.get(code) || code, link(asked, { partner: code }), value, capitals.get(names.get(code)) || ""]), ["party", "records", "capital"]);
  }

  function drawSpot(spot, value, most, href) {
    const svg = spot.closest("svg"), [x, y] = [Number(spot.dataset.x), Number(spot.dataset.y)], side = spot.dataset.side;
    const radius = value ? Math.round(10 * Math.max(Number(svg.dataset.smallest), Number(svg.dataset.largest) * Math.sqrt(value / most))) / 10 : 0;
    const text = spot.querySelector("text"), gap = radius + 4;
    spot.setAttribute("href", href);
    if (value) spot.removeAttribute("visibility"); else spot.setAttribute("visibility", "hidden");
    spot.querySelector("circle").setAttribute("r", radius);
    spot.querySelector("title").textContent = spot.querySelector("title").textContent.replace(/: .*$/, `: ${count(value, "record")}`);
    text.textContent = `${spot.dataset.label} ${value}`;
    text.setAttribute("x", side === "right" ? x + gap : side === "left" ? x - gap : x);
    text.setAttribute("y", side === "below" ? y + gap + 9 : side === "above" ? y - gap : y + 4);
  }

  function show() {
    if (!window.pactwatchFound) return;
    const { found, asked, within } = window.pactwatchFound, view = asked.get("view") || "table";
    for (const one of document.querySelectorAll(".views a")) {
      if (one.dataset.view === view) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current");
      one.href = link(asked, { view: one.dataset.view === "table" ? "" : one.dataset.view });
    }
    for (const figure of figures) {
      const isShown = figure.dataset.view === view && found.length > 0;
      figure.classList.toggle("shown", isShown);
      if (isShown && view === "timeline") showTimeline(figure, found, asked, within);
      if (isShown && view === "map") showMap(figure, found, asked);
    }
  }

  document.addEventListener("pactwatch-found", show);
  show();
})();
