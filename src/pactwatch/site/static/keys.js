// Keys for those who like them: / searches, g and a letter goes somewhere. They can be switched off (WCAG 2.1.4).
"use strict";

(() => {
  const hints = document.getElementById("keys"), button = document.getElementById("keys-switch");
  if (!hints || !button) return;
  const root = document.body.dataset.root || "";
  const places = { h: "index.html", c: "claims/index.html", n: "network.html", p: "partners/index.html", r: "records/index.html", d: "data.html" };
  let isOn = true, waiting = 0;
  try { isOn = localStorage.getItem("pactwatch-keys") !== "off"; } catch (error) { /* on for this page */ }

  function show() {
    button.textContent = isOn ? "Keys on" : "Keys off";
    button.setAttribute("aria-pressed", String(isOn));
    document.querySelectorAll(".find kbd").forEach((hint) => { hint.hidden = !isOn; });
  }
  button.addEventListener("click", () => {
    isOn = !isOn;
    try { localStorage.setItem("pactwatch-keys", isOn ? "on" : "off"); } catch (error) { /* for this page only */ }
    show();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, select, textarea, [contenteditable]");
    if (!isOn || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("find").focus();
    } else if (event.key === "g") {
      waiting = Date.now();
    } else if (Date.now() - waiting < 1500 && places[event.key]) {
      location.href = root + places[event.key];
    }
  });
  hints.hidden = false;
  show();
})();
