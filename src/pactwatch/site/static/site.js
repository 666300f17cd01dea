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

// On static pages the script answers what a server would: the same names after the question mark, the same form.
const FACETS = ["type", "stage", "partner", "instrument", "place", "reviewed", "grade"];

function readRows() {
  return [...document.querySelectorAll("#records tbody tr")].map((row, number) => ({
    row, number, text: row.textContent.toLowerCase(), title: row.cells[1].textContent.trim().toLowerCase(), sources: Number(row.cells[5].textContent),
    values: Object.fromEntries(FACETS.map((name) => [name, (row.dataset[name] || "").split("\n")])),
  }));
}

function fits(one, asked) {
  const words = (asked.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
  const since = asked.get("from"), until = asked.get("to");
  return words.every((word) => one.text.includes(word)) &&
    FACETS.every((name) => { const chosen = asked.getAll(name).filter(Boolean); return !chosen.length || chosen.some((value) => one.values[name].includes(value)); }) &&
    (!since || one.row.dataset.to >= since) && (!until || one.row.dataset.from.slice(0, until.length) <= until);
}

const ORDERS = {
  latest: (one, other) => one.number - other.number,
  earliest: (one, other) => other.number - one.number,
  title: (one, other) => one.title.localeCompare(other.title) || one.number - other.number,
  type: (one, other) => one.values.type[0].localeCompare(other.values.type[0]) || one.number - other.number,
  sources: (one, other) => other.sources - one.sources || one.number - other.number,
};

function offerFilters() {
  const form = document.getElementById("filters");
  if (!form || !form.hidden) return;
  const rows = readRows(), status = document.getElementById("f-status");
  const fields = [...form.querySelectorAll("[name]")];
  function apply(asked) {
    const found = [];
    for (const one of rows) {
      one.row.hidden = !fits(one, asked);
      if (!one.row.hidden) found.push(one);
    }
    const sorted = [...rows].sort(ORDERS[asked.get("sort")] || ORDERS.latest);
    document.querySelector("#records tbody").append(...sorted.map((one) => one.row));
    status.textContent = found.length + " of " + rows.length + " records" + (found.length ? "" : ": no record fits all of this; take out a choice or use fewer words");
    const unbound = new URLSearchParams([...asked].filter(([name]) => name !== "from" && name !== "to"));
    window.pactwatchFound = { found, asked, within: rows.filter((one) => fits(one, unbound)) };
    document.dispatchEvent(new CustomEvent("pactwatch-found"));
  }
  function ask() {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", location.pathname + (asked.toString() ? "?" + asked : ""));
    apply(asked);
  }
  const given = new URLSearchParams(location.search);
  for (const field of fields) if (given.has(field.name)) field.value = given.get(field.name);
  form.addEventListener("input", ask);
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  form.hidden = false;
  apply(given);
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
