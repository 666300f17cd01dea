// The network by year and weights: the same sums as the measure of ties, done here so that a slider can move them.
"use strict";

(() => {
  const data = window.pactwatchNetwork, form = document.getElementById("weights");
  const picture = document.querySelector("svg.network");
  if (!data || !form || !picture) return;
  const $ = (id) => document.getElementById(id);
  const types = Object.keys(data.weights);
  const thickest = Number(picture.dataset.thickest), thinnest = Number(picture.dataset.thinnest);
  const paths = new Map([...picture.querySelectorAll("path[data-pair]")].map((path) => [path.dataset.pair, path]));
  const cells = new Map([...document.querySelectorAll("#matrix-table td[data-pair]")].map((cell) => [cell.dataset.pair, cell]));
  const links = new Map([...document.querySelectorAll("#ranks tr[data-code] a")].map((link) => [link.closest("tr").dataset.code, link.getAttribute("href")]));
  const own = data.rows.filter((row) => row[0] === data.focus);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let timer = 0;

  // A record of weight w and share s, completed in year y, adds w * s * 0.5 ** ((year - y) / half-life).
  function sum(rows, year, weights, half) {
    const found = new Map();
    for (const [first, second, type, since, share, count] of rows) {
      const weight = weights[type] || 0;
      if (since > year || weight <= 0) continue;
      const key = first + "-" + second, before = found.get(key) || { strength: 0, records: 0, code: second };
      before.strength += weight * share * 2 ** ((since - year) / half);
      before.records += count;
      found.set(key, before);
    }
    for (const one of found.values()) one.strength = Math.round(one.strength * 1e6) / 1e6;
    return found;
  }

  function rank(found) {
    const all = [...found.values()].map((one) => one.strength);
    return new Map([...found].map(([key, one]) => [key, 1 + all.filter((other) => other > one.strength).length]));
  }

  // The weightings over which ranks are compared: all types equal, each type and the half-life halved and doubled.
  function vary(weights, half) {
    const kept = Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight > 0));
    const varied = [[kept, half], [Object.fromEntries(Object.keys(kept).map((type) => [type, 1])), half]];
    for (const factor of [0.5, 2]) {
      for (const type of Object.keys(kept)) varied.push([{ ...kept, [type]: kept[type] * factor }, half]);
      varied.push([kept, half * factor]);
    }
    return varied;
  }

  function sayFirmness(low, high) {
    if (low === high) return "firm";
    return high - low <= 1 ? `nearly firm: ${low} to ${high}` : `open: ${low} to ${high}`;
  }

  function read() {
    const number = (name, low, high) => {
      const field = form.elements[name], value = Number(field.value);
      return field.value !== "" && value >= low && value <= high ? value : Number(field.dataset.own);
    };
    let weights = Object.fromEntries(types.map((type) => [type, number(type, 0, 100)]));
    if (!Object.values(weights).some((weight) => weight > 0)) weights = data.weights;
    return { year: number("year", data.years[0], data.years.at(-1)), weights, half: number("half_life", 0.1, 100) };
  }

  function compute({ year, weights, half }) {
    const all = sum(data.rows, year, weights, half), ties = sum(own, year, weights, half), ranks = rank(ties);
    const spans = new Map([...ranks].map(([key, place]) => [key, [place, place]]));
    const varied = vary(weights, half);
    for (const [others, life] of varied) {
      for (const [key, place] of rank(sum(own, year, others, life))) {
        const span = spans.get(key);
        if (span) { span[0] = Math.min(span[0], place); span[1] = Math.max(span[1], place); }
      }
    }
    const rows = [...ties].filter(([, one]) => one.strength > 0)
      .map(([key, one]) => ({ ...one, key, rank: ranks.get(key), low: spans.get(key)[0], high: spans.get(key)[1] }))
      .sort((one, other) => one.rank - other.rank || (one.code < other.code ? -1 : 1));
    return { all, rows, tried: varied.length };
  }

  function drawLines(all, rows) {
    const most = rows.length ? rows[0].strength : 0;
    for (const [pair, path] of paths) {
      const one = all.get(pair), strength = one ? one.strength : 0;
      const width = strength > 0 && most > 0 ? Math.max(thinnest, thickest * strength / most) : 0;
      path.setAttribute("stroke-width", path.classList.contains("other") ? Math.min(width, 3) : width);
      const names = pair.split("-").map((code) => data.names[code] || code);
      path.querySelector("title").textContent = `${names[0]} and ${names[1]}: ${strength.toFixed(2)}`;
    }
  }

  function drawTable(rows) {
    $("ranks").tBodies[0].replaceChildren(...rows.map((one) => {
      const row = document.createElement("tr"), name = document.createElement("th"), link = document.createElement("a");
      row.dataset.code = one.code;
      name.scope = "row";
      link.textContent = data.names[one.code] || one.code;
      link.href = links.get(one.code) || `partners/${encodeURIComponent(one.code)}.html`;
      name.append(link);
      const [place, strength, firm] = [one.rank, one.strength.toFixed(2), sayFirmness(one.low, one.high)].map((text) => {
        const cell = document.createElement("td");
        cell.textContent = text;
        return cell;
      });
      place.className = strength.className = "num";
      row.append(place, name, strength, firm);
      return row;
    }));
  }

  function drawMatrix(all) {
    const most = Math.max(0, ...[...all.values()].map((one) => one.strength)) || 1;
    for (const [pair, cell] of cells) {
      const one = all.get(pair), strength = one ? one.strength : 0, link = cell.firstElementChild;
      cell.className = "m" + (strength > 0.005 ? Math.min(5, Math.max(1, Math.round(5 * Math.sqrt(strength / most)))) : 0);
      link.textContent = strength >= 0.05 ? strength.toFixed(1) : "·";
      if (strength < 0.005) link.setAttribute("aria-label", "none yet"); else link.removeAttribute("aria-label");
    }
  }

  function sayFinding(rows, year) {
    const focus = data.said[data.focus];
    if (!rows.length) return `No tie of ${focus} in ${year}`;
    const firm = rows.filter((one) => one.low === one.high).length;
    const top = data.said[rows[0].code] || rows[0].code;
    return `${top[0].toUpperCase() + top.slice(1)} has the strongest tie with ${focus} in ${year}; ${firm} of ${rows.length} ranks hold whatever the weights`;
  }

  function write(asked) {
    const query = new URLSearchParams();
    for (const field of form.querySelectorAll("[name]")) if (Number(field.value) !== Number(field.dataset.own)) query.set(field.name, field.value);
    const text = query.toString();
    try { history.replaceState(null, "", location.pathname + (text ? "?" + text : "")); } catch (error) { /* an odd place */ }
    query.set("year", asked.year);
    if (form.dataset.live) for (const id of ["n-csv", "n-svg"]) $(id).setAttribute("href", $(id).getAttribute("href").split("?")[0] + "?" + query);
  }

  function draw(isWritten = true) {
    const asked = read(), { all, rows, tried } = compute(asked);
    $("w-year-out").textContent = asked.year;
    drawLines(all, rows);
    drawTable(rows);
    drawMatrix(all);
    $("n-finding").textContent = sayFinding(rows, asked.year);
    $("n-subtitle").textContent = "Tie strength in " + asked.year;
    $("n-count").textContent = rows.reduce((total, one) => total + one.records, 0).toLocaleString("en").replace(/,/g, "\u2009");
    $("n-tried").textContent = tried;
    $("m-year").textContent = asked.year;
    if (isWritten) write(asked);
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    $("w-play").textContent = "Play";
  }

  function step() {
    const slider = $("w-year");
    if (Number(slider.value) >= Number(slider.max)) { stop(); return; }
    slider.value = Number(slider.value) + 1;
    draw();
  }

  function play() {
    if (timer) { stop(); return; }
    const slider = $("w-year");
    if (Number(slider.value) >= Number(slider.max)) slider.value = slider.min;
    $("w-play").textContent = "Stop";
    timer = setInterval(step, still.matches ? 1600 : 700);
  }

  function point(code) {
    for (const [pair, path] of paths) path.classList.toggle("dim", Boolean(code) && !pair.split("-").includes(code));
    document.querySelectorAll("#ranks tr").forEach((row) => row.classList.toggle("near", row.dataset.code === code));
    picture.querySelectorAll("a[data-code]").forEach((actor) => actor.classList.toggle("near", actor.dataset.code === code));
  }

  form.hidden = false;
  $("w-play").hidden = false;
  const given = new URLSearchParams(location.search);
  for (const field of form.querySelectorAll("[name]")) if (given.has(field.name)) field.value = given.get(field.name);
  form.addEventListener("input", () => draw());
  form.addEventListener("submit", (event) => { event.preventDefault(); draw(); });
  $("w-play").addEventListener("click", play);
  $("w-year").addEventListener("input", stop);
  $("w-reset").addEventListener("click", (event) => {
    event.preventDefault();
    for (const field of form.querySelectorAll(".fields [name]")) field.value = field.dataset.own;
    draw();
  });
  $("n-others").addEventListener("change", (event) => picture.classList.toggle("plain-others", !event.target.checked));
  picture.addEventListener("pointerover", (event) => { const actor = event.target.closest("a[data-code]"); point(actor ? actor.dataset.code : ""); });
  $("ranks").addEventListener("pointerover", (event) => { const row = event.target.closest("tr[data-code]"); point(row ? row.dataset.code : ""); });
  $("ranks").addEventListener("focusin", (event) => { const row = event.target.closest("tr[data-code]"); point(row ? row.dataset.code : ""); });
  document.querySelector(".side").addEventListener("pointerleave", () => point(""));
  draw(given.size > 0);
})();
