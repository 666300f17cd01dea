// A chart as PNG: the picture of the page with its finding above it, drawn by the browser itself.
"use strict";

(() => {
  const SCALE = 2, MARGIN = 16;

  // The picture as it is coloured now, as SVG of its own.
  function serialize(svg) {
    const style = getComputedStyle(document.documentElement), copy = svg.cloneNode(true);
    const [, , width, height] = (svg.getAttribute("viewBox") || "0 0 680 400").split(/[ ,]+/).map(Number);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.setAttribute("font-size", "12");
    copy.querySelectorAll("text.code").forEach((text) => text.remove());
    const text = new XMLSerializer().serializeToString(copy).replace(/var\((--[a-z-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
    return { width, height, url: "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text) };
  }

  function breakLines(pen, text, width) {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const longer = (lines.at(-1) + " " + word).trim();
      if (pen.measureText(longer).width > width && lines.at(-1)) lines.push(word); else lines[lines.length - 1] = longer;
    }
    return lines;
  }

  function paint(figure, svg, image, size) {
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d"), look = getComputedStyle(document.body);
    const told = [[figure.querySelector(".finding, .unseen"), "bold 15px serif", 20], [figure.querySelector(".measure"), "12px sans-serif", 16]];
    const lines = [];
    for (const [element, font, step] of told) {
      pen.font = font;
      if (element) for (const line of breakLines(pen, element.textContent.trim(), size.width)) lines.push([line, font, step, getComputedStyle(element).color]);
    }
    const top = MARGIN + lines.reduce((sum, line) => sum + line[2], 0) + 8;
    canvas.width = (size.width + 2 * MARGIN) * SCALE;
    canvas.height = (size.height + top + MARGIN) * SCALE;
    pen.scale(SCALE, SCALE);
    pen.fillStyle = look.backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    let y = MARGIN;
    for (const [line, font, step, colour] of lines) {
      y += step;
      pen.font = font;
      pen.fillStyle = colour;
      pen.fillText(line, MARGIN, y - 4);
    }
    pen.drawImage(image, MARGIN, top, size.width, size.height);
    return canvas;
  }

  function save(figure) {
    const svg = [...figure.querySelectorAll("svg")].find((one) => one.getClientRects().length);
    if (!svg) return;
    const size = serialize(svg), image = new Image();
    image.onload = () => {
      const link = document.createElement("a");
      link.href = paint(figure, svg, image, size).toDataURL("image/png");
      link.download = figure.id.replace(/^figure-/, "") + ".png";
      link.click();
    };
    image.src = size.url;
  }

  for (const figure of document.querySelectorAll("figure.chart")) {
    const list = figure.querySelector("ul.take");
    if (!list) continue;
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = "Image (PNG)";
    button.addEventListener("click", () => save(figure));
    item.append(button);
    list.append(item);
  }
})();
