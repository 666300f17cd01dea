// Sets the colours a reader chose earlier before anything is drawn; without a choice the system's preference holds.
"use strict";
document.documentElement.classList.add("js-on");
try {
  const chosen = localStorage.getItem("pactwatch-theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch (error) {
  // Storage may be closed for pages opened from disk; the preference of the system is good enough.
}
