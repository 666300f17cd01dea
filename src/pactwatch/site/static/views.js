// Choosing a period on a timeline: by dragging, by clicking a bar, or with keys. It goes into the form and the address.
"use strict";

(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const hint = document.querySelector(".hint");
  if (hint) hint.hidden = false;

  const groupOf = (bin) => [...bin.closest("svg").querySelectorAll("a.bin")].filter((one) => one.dataset.group === bin.dataset.group);

  // The strip below and the bars above are two rows of bins: told apart by where they stand.
  function prepare(svg) {
    for (const bin of svg.querySelectorAll("a.bin")) bin.dataset.group = bin.querySelector("rect").getAttribute("y");
    const first = svg.querySelector("a.bin");
    if (first) first.setAttribute("tabindex", "0");
  }

  function mark(bins, from, to) {
    const [low, high] = from < to ? [from, to] : [to, from];
    bins.forEach((bin, place) => bin.classList.toggle("chosen", place >= low && place <= high));
  }

  function choose(bins, from, to) {
    const [low, high] = from < to ? [from, to] : [to, from];
    form.elements.from.value = bins[low].dataset.since;
    form.elements.to.value = bins[high].dataset.until;
    if (!form.dataset.live) { form.dispatchEvent(new Event("input")); return; }
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    location.assign(form.getAttribute("action") + "?" + asked);
  }

  function placeAt(bins, x) {
    const found = bins.findIndex((bin) => x <= bin.getBoundingClientRect().right);
    return found < 0 ? bins.length - 1 : found;
  }

  let drag = null;
  document.addEventListener("pointerdown", (event) => {
    const bin = event.target.closest("svg.timeline a.bin");
    if (!bin || event.button) return;
    const bins = groupOf(bin), place = bins.indexOf(bin);
    drag = { bins, from: place, to: place, x: event.clientX, isFar: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    drag.isFar = drag.isFar || Math.abs(event.clientX - drag.x) > 5;
    if (!drag.isFar) return;
    drag.to = placeAt(drag.bins, event.clientX);
    mark(drag.bins, drag.from, drag.to);
  });
  document.addEventListener("pointerup", () => {
    const done = drag;
    drag = null;
    if (!done || !done.isFar) return;
    // the click that follows a drag is no click on a bar
    const stop = (event) => { event.preventDefault(); event.stopPropagation(); };
    document.addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", stop, { capture: true }), 0);
    choose(done.bins, done.from, done.to);
  });
  document.addEventListener("pointercancel", () => { if (drag) mark(drag.bins, 1, 0); drag = null; });
  document.addEventListener("dragstart", (event) => { if (event.target.closest && event.target.closest("svg.timeline")) event.preventDefault(); });

  let anchor = -1;
  document.addEventListener("keydown", (event) => {
    const bin = event.target.closest && event.target.closest("svg.timeline a.bin");
    if (!bin || event.ctrlKey || event.metaKey || event.altKey) return;
    const bins = groupOf(bin), place = bins.indexOf(bin);
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -place, End: bins.length - 1 - place }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = bins[Math.min(bins.length - 1, Math.max(0, place + step))];
      if (event.shiftKey && anchor < 0) anchor = place;
      if (!event.shiftKey) anchor = -1;
      bin.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
      if (anchor >= 0) mark(bins, anchor, bins.indexOf(next)); else bins.forEach((one) => one.classList.remove("chosen"));
    } else if (event.key === "Enter" && anchor >= 0) {
      event.preventDefault();
      const from = anchor;
      anchor = -1;
      choose(bins, from, place);
    } else if (event.key === "Escape") {
      anchor = -1;
      bins.forEach((one) => one.classList.remove("chosen"));
    }
  });

  document.querySelectorAll("svg.timeline").forEach(prepare);
  window.pactwatchPrepare = prepare;
})();
