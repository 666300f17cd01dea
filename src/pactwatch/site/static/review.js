// Keys of the review, the same as in the terminal. Everything works without them: each presses a button of the page.
"use strict";

(() => {
  const answers = document.getElementById("answers"), undo = document.getElementById("undo");
  const faults = document.getElementById("faults");
  if (faults) faults.focus();
  const shown = performance.now();
  const SETTLE = 350; // a key pressed twice, or held, must not decide what has only just appeared
  let isSent = false, waiting = -Infinity;

  function areKeysOn() {
    try { return localStorage.getItem("pactwatch-keys") !== "off"; } catch (error) { return true; }
  }
  const showHints = () => document.body.classList.toggle("no-keys", !areKeysOn());
  showHints();
  const button = document.getElementById("keys-switch");
  if (button) button.addEventListener("click", showHints);
  for (const form of document.querySelectorAll("main form")) {
    form.addEventListener("submit", (event) => {
      if (isSent) event.preventDefault();
      isSent = true;
    });
  }
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  function press(form, value) {
    const found = form && [...form.elements].find((one) => one.type === "submit" && one.value === value);
    if (found) form.requestSubmit(found);
  }
  function toggle(id) {
    const found = document.getElementById(id);
    if (!found) return;
    found.open = !found.open;
    found.querySelector("summary").focus(); // not a field: the same key again would be typed into it
    if (found.open) found.scrollIntoView({ block: "nearest" });
  }
  function choose(digit) {
    const found = document.getElementById("c-" + digit);
    if (found) { found.checked = true; found.focus(); }
  }
  const decisions = {
    a: () => press(answers, "accept"), x: () => press(answers, "reject"),
    s: () => press(answers, "same"), d: () => press(answers, "different"),
    " ": () => press(answers, "skip"), Backspace: () => press(undo, "undo"),
  };
  const views = {
    e: () => toggle("edit"), v: () => toggle("whole"),
    1: () => choose(1), 2: () => choose(2), 3: () => choose(3), 4: () => choose(4),
  };

  document.addEventListener("keydown", (event) => {
    if (!areKeysOn() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    const target = event.target;
    if (target.closest("select, textarea, [contenteditable], input:not([type=radio])")) {
      if (event.key === "Escape" && target.closest("#edit")) toggle("edit");
      return;
    }
    if (event.key === " " && target.closest("a, button, summary, input")) return;
    if (event.key === "g") { waiting = performance.now(); return; } // g and a letter goes to a section
    if (performance.now() - waiting < 1500) { waiting = -Infinity; return; }
    const decide = decisions[event.key], view = views[event.key];
    if (!decide && !view) return;
    event.preventDefault();
    if (view) view();
    else if (!isSent && performance.now() - shown > SETTLE) decide();
  });
})();
