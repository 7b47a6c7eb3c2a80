/*
  Small comforts; every page works without them. No dependency, no inline style attribute, nothing fetched but the forms
  of a citation when a reader opens them.

  1 Announcements   2 Tips of glossary terms   3 Copying a quote takes its label along   4 Copy buttons
*/
(() => {
  "use strict";

  /* Material takes every alternate version of a page for one in another language and fetches a sitemap for each; ours are
     feeds. It looks once, when the page has been read: until all has loaded they are named so that it does not see them. */
  const feeds = [...document.querySelectorAll("link[rel=alternate]")];
  for (const feed of feeds) feed.rel = "alternate feed";
  window.addEventListener("load", () => {
    for (const feed of feeds) feed.rel = "alternate";
  });

  /* 1 Announcements: one polite live region ------------------------------------------------------------------------ */

  const status = document.createElement("div");
  status.className = "fw-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  const announce = (text) => {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50);
  };

  /* 2 Tips: on hover, focus and first touch; Escape closes; the tip can be hovered itself (WCAG 1.4.13) --------------- */

  const tip = document.createElement("div");
  tip.className = "fw-tip";
  tip.id = "fw-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);

  let owner = null;
  let timer = 0;

  const hide = () => {
    clearTimeout(timer);
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
    tip.hidden = true;
  };

  const show = (term) => {
    clearTimeout(timer);
    if (owner === term) return;
    hide();
    owner = term;
    tip.textContent = term.dataset.tip;
    tip.hidden = false;
    term.setAttribute("aria-describedby", tip.id);
    const box = term.getClientRects()[0] || term.getBoundingClientRect();
    const margin = 16;
    const room = document.documentElement.clientWidth - tip.offsetWidth - margin;
    const left = Math.max(margin, Math.min(box.left, room));
    const below = box.bottom + 6 + tip.offsetHeight <= window.innerHeight || box.top < tip.offsetHeight + 6;
    const top = below ? box.bottom + 6 : box.top - tip.offsetHeight - 6;
    tip.style.left = `${left + window.scrollX}px`;
    tip.style.top = `${top + window.scrollY}px`;
  };

  const later = (action, delay) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };

  const termOf = (event) => (event.target instanceof Element ? event.target.closest("a.term[data-tip]") : null);

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const term = termOf(event);
    if (term) later(() => show(term), 120);
    else if (event.target === tip) clearTimeout(timer);
    else if (owner && document.activeElement !== owner) later(hide, 200);
    else if (!owner) clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const term = termOf(event);
    if (term && term.matches(":focus-visible")) show(term);
  });
  document.addEventListener("focusout", (event) => { if (termOf(event) === owner) hide(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  /* A first touch explains, a second follows the link. */
  let touched = false;
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (touched && !termOf(event) && event.target !== tip) hide();
  });
  document.addEventListener("click", (event) => {
    const term = termOf(event);
    if (!term || !touched || owner === term) return;
    event.preventDefault();
    show(term);
  });

  /* 3 Quotes: whoever copies the words copies whose they are and what is known ----------------------------------------- */

  const address = () => {
    const canonical = document.querySelector('link[rel="canonical"]');
    return (canonical ? canonical.href : location.href.split("#")[0]) + location.hash.replace(/^#(?!quote$).*/, "");
  };
  const tidy = (text) => text.replace(/\s+/g, " ").trim();
  const labelOf = (quote) => quote.querySelector(".fw-exhibit__label");

  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !event.clipboardData) return;
    const words = [...document.querySelectorAll(".fw-quote__words")].filter((part) => selection.containsNode(part, true));
    if (!words.length) return;
    const missing = words
      .map((part) => labelOf(part.closest(".fw-quote")))
      .filter((label) => label && !selection.containsNode(label, true))
      .map((label) => tidy(label.textContent));
    const before = missing.length ? `${missing.join("\n")}:\n` : "";
    event.clipboardData.setData("text/plain", `${before}${selection.toString().trim()}\n${address()}`);
    event.preventDefault();
  });

  /* 4 Copy buttons ------------------------------------------------------------------------------------------------------ */

  const textOf = (element) => {
    const quotes = [...element.querySelectorAll(".fw-quote")];
    if (element.tagName === "PRE") return element.textContent;
    if (!quotes.length) return tidy(element.innerText);
    const parts = quotes.map((quote) => {
      const label = labelOf(quote);
      const words = quote.querySelector(".fw-quote__words");
      return `${label ? `${tidy(label.textContent)}:\n` : ""}${words ? words.innerText.trim() : ""}`;
    });
    return `${parts.join("\n\n")}\n\n${address()}`;
  };

  /* Where the clipboard may not be written, an off-screen field is selected and copied. */
  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea");
      field.className = "fw-hidden";
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (!done) throw new Error("not copied");
    }
  };

  /* The code of a frame, frozen at a version: that ends its address, which comes first. */
  const frozen = (code, version) => code.replace(/ src="[^"]*/, (address) => address + version);

  const copies = (button, element) => {
    button.hidden = false;
    const label = button.textContent;
    let back = 0;
    button.addEventListener("click", async () => {
      let said = "Copied";
      try {
        const text = textOf(element);
        const version = document.getElementById(button.dataset.frozen);
        await copyText(version ? frozen(text, version.textContent) : text);
      } catch {
        said = "Could not copy; please select the text";
      }
      button.textContent = said;
      announce(said);
      button.focus();
      clearTimeout(back);
      back = setTimeout(() => { button.textContent = label; }, 2500);
    });
  };
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const element = document.getElementById(button.dataset.copy);
    if (element) copies(button, element);
  }

  /* Forms for reference managers stand in files; they are fetched when a reader opens the fold, to be seen and copied. */
  const showForm = async (link) => {
    const answer = await fetch(link.href);
    if (!answer.ok) return;
    const form = document.createElement("pre");
    form.className = "fw-cite__form";
    form.tabIndex = 0;
    form.textContent = (await answer.text()).replaceAll("\r", "");
    const button = document.createElement("button");
    button.className = "fw-button";
    button.type = "button";
    button.textContent = `Copy ${link.dataset.form}`;
    link.parentElement.before(form);
    link.before(button, " ");
    copies(button, form);
  };
  for (const fold of document.querySelectorAll("details[data-forms]")) {
    fold.addEventListener("toggle", () => {
      for (const link of fold.querySelectorAll("[data-form]")) showForm(link).catch(() => {}); // the links remain
    }, { once: true });
  }
})();
