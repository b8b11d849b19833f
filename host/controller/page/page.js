// Draws figures one by one, those near the window first, and again at another width. Colours are variables of the
// page's style, so that a change between light and dark needs no drawing.
"use strict";
(() => {
  const figures = [...document.querySelectorAll("figure")];
  const state = { figures: figures.length, drawn: 0, failed: [] };
  window.pebench = state;
  if (typeof vega === "undefined" || !vega.View) {
    for (const figure of figures) figure.querySelector("details").open = true;
    state.failed.push("no Vega");
    return;
  }
  const font = "system-ui, DejaVu Sans, sans-serif";
  const config = {
    background: null,
    axis: {
      labelColor: "var(--ink)", titleColor: "var(--ink)", domainColor: "var(--quiet)", tickColor: "var(--quiet)",
      gridColor: "var(--line)", labelFont: font, titleFont: font, labelFontSize: 12, titleFontSize: 12,
      titleFontWeight: "normal", labelLimit: 220, labelOverlap: true,
    },
    legend: { labelColor: "var(--ink)", labelFont: font, labelFontSize: 12, symbolSize: 80 },
    text: { font },
  };
  const views = new Map();
  const width = box => Math.max(240, box.clientWidth - 12);
  const draw = figure => {
    if (views.has(figure)) return;
    const box = figure.querySelector(".chart");
    try {
      const specification = JSON.parse(figure.querySelector("script").textContent);
      const view = new vega.View(vega.parse(specification, config, { ast: true }), {
        renderer: "svg", container: box, hover: true, expr: vega.expressionInterpreter,
      });
      views.set(figure, view);
      view.width(width(box)).run();
      const svg = box.querySelector("svg");
      svg.setAttribute("aria-hidden", "true");
      svg.setAttribute("focusable", "false");
      state.drawn += 1;
    } catch (error) {
      views.set(figure, null);
      state.failed.push(`${figure.querySelector("figcaption").textContent}: ${error.message}`);
      box.textContent = "This chart could not be drawn; its numbers are below.";
      box.classList.add("failed-to-draw");
      figure.querySelector("details").open = true;
    }
  };
  const drawAll = () => figures.forEach(draw);
  state.drawAll = drawAll;
  const near = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) draw(entry.target);
  }, { rootMargin: "600px" });
  figures.forEach(figure => near.observe(figure));
  const later = window.requestIdleCallback || (next => setTimeout(next, 30));
  const drawNext = () => {
    const figure = figures.find(one => !views.has(one));
    if (!figure) return;
    draw(figure);
    later(drawNext);
  };
  drawNext();
  let waiting;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      for (const [figure, view] of views) if (view) view.width(width(figure.querySelector(".chart"))).run();
    }, 150);
  });
  window.addEventListener("beforeprint", drawAll);
})();
