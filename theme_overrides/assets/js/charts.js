/* The interactive view of a chart, fetched only when a reader asks for it.

   Everything comes from this site: the specification, the rows, and Vega. Expressions are interpreted, never compiled,
   so the page's policy needs no exception. Without JavaScript the drawing and its table say the same. */
(() => {
  "use strict";
  const assets = new URL("../vega/", document.currentScript.src);
  let loaded;

  const script = (name) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(name, assets).href;
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${name} could not be loaded`));
      document.head.append(element);
    });

  const vega = () =>
    (loaded ||= script("vega.min.js")
      .then(() => Promise.all([script("vega-lite.min.js"), script("vega-interpreter.min.js")])));

  const fetched = async (address) => {
    const answer = await fetch(address, { credentials: "omit" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  };

  // The specification names the colours of the light scheme; the page's style sheet knows those of the scheme in use.
  const variables = {
    "#595959": "--fw-undetermined", "#8E4585": "--fw-conflicting", "#0072B2": "--fw-established",
    "#B84A00": "--fw-contradicted", "#1F1D1A": "--fw-ink", "#5F5A52": "--fw-muted", "#D8D2C6": "--fw-line",
    "#FAF8F3": "--fw-paper",
  };
  const inScheme = (specification) => {
    const style = getComputedStyle(document.body);
    const text = JSON.stringify(specification).replace(/#[0-9A-F]{6}/g, (colour) => {
      const value = variables[colour] && style.getPropertyValue(variables[colour]).trim();
      return value || colour;
    });
    return JSON.parse(text.replaceAll("Liberation Sans", "IBM Plex Sans, sans-serif"));
  };

  const show = async (button) => {
    const figure = button.closest("figure");
    const [specification, rows] = await Promise.all([
      fetched(button.dataset.chart),
      button.dataset.rows ? fetched(button.dataset.rows) : null,
      vega(),
    ]);
    if (rows) specification.datasets = { rows };
    const { spec } = window.vegaLite.compile(inScheme(specification));
    const runtime = window.vega.parse(spec, null, { ast: true });
    // Nothing that a chart names is ever fetched.
    const loader = window.vega.loader();
    loader.load = loader.sanitize = () => Promise.reject(new Error("charts load nothing"));
    const place = document.createElement("div");
    place.className = "fw-chart__live";
    place.tabIndex = 0;
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", "Interactive chart; the table holds the same rows");
    figure.insertBefore(place, figure.querySelector("figcaption.fw-chart__title")?.nextSibling ?? figure.firstChild);
    const view = new window.vega.View(runtime, {
      expr: window.vegaInterpreter.expressionInterpreter,
      renderer: "svg", container: place, hover: true, loader,
    });
    await view.runAsync();
    figure.classList.add("fw-chart--live");
  };

  // A picture of dots is made here, from the picture of lines: nothing of it is stored or sent.
  const saveAsPng = async (address) => {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = picture.naturalWidth * 2;
    canvas.height = picture.naturalHeight * 2;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const link = document.createElement("a");
    link.href = canvas.toDataURL("image/png");
    link.download = address.split("/").pop().replace(/svg$/, "png");
    link.click();
  };

  for (const button of document.querySelectorAll("button[data-png]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await saveAsPng(button.dataset.png);
      } catch (error) {
        button.textContent = "The picture could not be made; take the SVG";
        console.error(error);
      }
    });
  }

  for (const button of document.querySelectorAll("button[data-chart]")) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const figure = button.closest("figure");
      const live = figure.querySelector(".fw-chart__live");
      if (live) {
        live.remove();
        figure.classList.remove("fw-chart--live");
        button.textContent = words;
        return;
      }
      button.disabled = true;
      button.textContent = "Loading …";
      try {
        await show(button);
        button.textContent = "Still picture";
      } catch (error) {
        button.textContent = "The interactive view could not be loaded";
        console.error(error);
      } finally {
        button.disabled = false;
      }
    });
  }
})();
