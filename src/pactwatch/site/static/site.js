// Comforts on top of pages that work without them: light or dark, filters, tables sorted by a column.
"use strict";

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function offerTheme() {
  const button = document.getElementById("theme");
  const name = () => { button.textContent = isDark() ? "Light" : "Dark"; };
  button.setAttribute("aria-label", "Switch between light and dark");
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try { localStorage.setItem("pactwatch-theme", theme); } catch (error) { /* chosen for this page only */ }
    name();
  });
}

function offerFilters() {
  const form = document.getElementById("filters");
  if (!form) return;
  const field = (name) => document.getElementById("f-" + name);
  const rows = [...document.querySelectorAll("#records tbody tr")].map((row) => ({
    row, text: row.textContent.toLowerCase(), type: row.cells[2].textContent, partners: row.dataset.p.split(" "), year: row.dataset.y,
  }));
  function apply() {
    const words = field("text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const type = field("type").value, partner = field("partner").value, year = field("year").value;
    let shown = 0;
    for (const one of rows) {
      const fits = words.every((word) => one.text.includes(word)) && (!type || one.type === type) &&
        (!partner || one.partners.includes(partner)) && (!year || one.year === year);
      one.row.hidden = !fits;
      if (fits) shown += 1;
    }
    field("status").textContent = shown + " of " + rows.length + " records";
    const chosen = new URLSearchParams();
    for (const name of ["text", "type", "partner", "year"]) if (field(name).value) chosen.set(name, field(name).value);
    history.replaceState(null, "", chosen.toString() ? "#" + chosen : location.pathname);
  }
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of ["text", "type", "partner", "year"]) if (given.has(name)) field(name).value = given.get(name);
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.hidden = false;
  apply();
}

function sortValue(cell) {
  const text = cell.textContent.trim();
  const number = Number(text.replace(/[\u2009\u202f,%+]/g, ""));
  return text !== "" && !Number.isNaN(number) ? number : text === "–" ? -Infinity : text.toLowerCase();
}

function compare(one, other) {
  if (typeof one === typeof other) return one < other ? -1 : one > other ? 1 : 0;
  return typeof one === "number" ? -1 : 1;
}

function offerSorting(table) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
      const rows = [...body.rows].sort((one, other) => direction * compare(sortValue(one.cells[column]), sortValue(other.cells[column])));
      body.append(...rows);
    });
  });
}

offerTheme();
offerFilters();
document.querySelectorAll("table.sortable").forEach(offerSorting);
