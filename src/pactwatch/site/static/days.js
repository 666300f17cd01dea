// A case over time: the slider picks a day, the strip and the list show which answer held on it and why.
"use strict";

(() => {
  const form = document.getElementById("day-form"), list = document.getElementById("periods");
  if (!form || !list) return;
  const slider = document.getElementById("day"), out = document.getElementById("day-out");
  const line = document.getElementById("strip-at"), answer = document.getElementById("day-answer"), why = document.getElementById("day-why");
  const first = Date.parse(form.dataset.first + "T00:00:00Z"), width = 720 / (Number(slider.max) + 1);
  const periods = [...list.children];
  const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

  function show() {
    const day = new Date(first + Number(slider.value) * 86400000), text = day.toISOString().slice(0, 10);
    const told = day.getUTCDate() + " " + months[day.getUTCMonth()] + " " + day.getUTCFullYear();
    out.textContent = told;
    slider.setAttribute("aria-valuetext", told);
    const x = (Number(slider.value) * width).toFixed(1);
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
    for (const period of periods) {
      const isNow = period.dataset.first <= text && text <= period.dataset.last;
      period.classList.toggle("now", isNow);
      if (!isNow) { period.removeAttribute("aria-current"); continue; }
      period.setAttribute("aria-current", "true");
      answer.className = "answer o-" + period.dataset.outcome;
      answer.querySelector(".big").replaceChildren(...period.querySelector("strong").cloneNode(true).childNodes);
      why.textContent = "On " + told + ": " + period.lastElementChild.textContent + ".";
    }
  }
  form.hidden = false;
  slider.addEventListener("input", () => {
    show();
    const query = new URLSearchParams(location.search);
    query.set("day", new Date(first + Number(slider.value) * 86400000).toISOString().slice(0, 10));
    try { history.replaceState(null, "", location.pathname + "?" + query); } catch (error) { /* an odd place */ }
  });
  const given = new URLSearchParams(location.search).get("day");
  if (given && !Number.isNaN(Date.parse(given))) { slider.value = Math.round((Date.parse(given) - first) / 86400000); show(); }
})();
