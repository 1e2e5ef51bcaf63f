"use strict";
// On a narrow screen a picture is wider than its frame: begin where the first box is.
for (const crop of document.querySelectorAll(".crop")) {
  const box = crop.querySelector(".box");
  if (!box) continue;
  const beside = box.getBoundingClientRect().right - crop.getBoundingClientRect().left - crop.clientWidth + 24;
  const band = crop.previousElementSibling;
  if (band?.classList.contains("band")) crop.addEventListener("scroll", () => { band.scrollLeft = crop.scrollLeft; });
  if (beside > 0) crop.scrollLeft = beside;
}

// Switches a page picture between the crop around its evidence and the whole page.
for (const button of document.querySelectorAll("button.whole")) {
  const svg = button.closest("figure").querySelector("svg");
  button.addEventListener("click", () => {
    const whole = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(whole));
    button.textContent = whole ? "只看证据" : "看整页";
    svg.setAttribute("viewBox", whole ? svg.dataset.whole : svg.dataset.crop);
  });
}
