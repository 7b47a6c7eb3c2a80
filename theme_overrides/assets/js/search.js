/*
  The site's search, on a static index of small files: a question loads the stretches of words that it needs, one file
  of facets, and the blocks of the documents shown. Nothing is sent, and nothing is loaded before somebody searches.

  The index is made by generator/pages/search.py; words are made of texts as in generator/analysis/searching.py, and
  tests/vectors/search.json holds both to the same answers.

  1 Words   2 The index   3 Ranking   4 The panel   5 Keys
*/
(() => {
  "use strict";

  /* 1 Words --------------------------------------------------------------------------------------------------------- */

  const { fold } = globalThis.facadeWatchFolding;
  const LIGHT = new Set("a al an and at by el for from il in is it of on or ul the to was with".split(" "));
  const STOPS = /(?<=[\p{L}\p{N}_])['`\u2018\u2019\u02bb-\u02bf\u02c8\u02ca\u02cb](?=[\p{L}\p{N}_])|[\u02bb-\u02bf]/gu;
  const ARTICLE = /^(?:[وفبك]?ال|لل)(?=[\p{L}\p{N}_]{3})/u;
  const ASCII = /^[\0-\x7f]*$/;

  const keyOf = (word) => {
    if (ASCII.test(word)) return word.replaceAll("e", "i").replaceAll("o", "u").replace(/([a-z])\1+/g, "$1");
    const bare = word.normalize("NFD").replace(/\p{Mn}/gu, "");
    return ASCII.test(bare) ? keyOf(bare) : bare.replace(ARTICLE, "");
  };

  const wordsOf = (text) => {
    const words = fold(text.replace(STOPS, "")).split(" ").filter(Boolean);
    const heavy = words.filter((word) => !LIGHT.has(word));
    return (heavy.length ? heavy : words).map(keyOf);
  };

  /* 2 The index ----------------------------------------------------------------------------------------------------- */

  /* The most stretches of words that one unfinished word may ask for. */
  const MOST_SHELVES = 3;

  const opened = (folder) => {
    const files = new Map();
    const load = (name) => {
      if (!files.has(name)) {
        const answer = fetch(new URL(`${name}.json`, folder)).then((found) => {
          if (!found.ok) throw new Error(`${name}: ${found.status}`);
          return found.json();
        });
        answer.catch(() => files.delete(name));
        files.set(name, answer);
      }
      return files.get(name);
    };

    const numbersOf = (steps) => {
      let number = 0;
      return steps.map((step) => (number += step));
    };

    /* Every document that has this word, or one that begins so, with how well it fits. */
    const holding = async (word, unfinished) => {
      const { shelves } = await load("index");
      const first = shelves.findLastIndex((start) => start <= word);
      const wanted = [];
      for (let at = Math.max(first, 0); at < shelves.length && wanted.length < MOST_SHELVES; at += 1) {
        if (at > first && !(unfinished && shelves[at].startsWith(word))) break;
        wanted.push(load(`words-${at}`));
      }
      const fits = new Map();
      for (const shelf of await Promise.all(wanted)) {
        for (const [other, [titled, elsewhere]] of Object.entries(shelf)) {
          if (other !== word && !(unfinished && other.startsWith(word))) continue;
          const whole = other === word ? 1 : 0.6;
          for (const number of numbersOf(titled)) fits.set(number, Math.max(fits.get(number) || 0, 4 * whole));
          for (const number of numbersOf(elsewhere)) fits.set(number, Math.max(fits.get(number) || 0, whole));
        }
      }
      return fits;
    };

    return {
      settings: () => load("index"),
      facets: () => load("facets"),
      holding,
      async document(number) {
        const { block } = await load("index");
        return (await load(`documents-${Math.floor(number / block)}`))[number % block];
      },
    };
  };

  /* 3 Ranking ------------------------------------------------------------------------------------------------------- */

  /* The numbers of the documents that hold all words, or as many as any holds; the best first, then in their order. */
  const ranked = async (question, index) => {
    const words = [...new Set(wordsOf(question))];
    const finished = /\s$/.test(question);
    const found = await Promise.all(
      words.map((word, at) => index.holding(word, !finished && at === words.length - 1 && word.length > 1)),
    );
    const scores = new Map();
    for (const fits of found) {
      for (const [number, fit] of fits) {
        const [held, sum] = scores.get(number) || [0, 0];
        scores.set(number, [held + 1, sum + fit]);
      }
    }
    const most = Math.max(0, ...Array.from(scores.values(), ([held]) => held));
    return Array.from(scores)
      .filter(([, [held]]) => held === most)
      .sort(([a, [, first]], [b, [, second]]) => second - first || a - b)
      .map(([number]) => number);
  };

  globalThis.facadeWatchSearch = { wordsOf, opened, ranked };

  /* 4 The panel ----------------------------------------------------------------------------------------------------- */

  const panel = document.querySelector("[data-search]");
  if (!panel) return;
  const toggle = document.getElementById("__search");
  const field = panel.querySelector("input");
  const form = panel.querySelector("form");
  const told = panel.querySelector("[data-search-told]");
  const folder = new URL(panel.dataset.search, location.href);
  const root = new URL("../", folder);
  const index = opened(folder);
  const FACETS = { status: "Any status", facade: "Any facade", year: "Any year" };
  const SHOWN = 8;
  const nothing = told.textContent;

  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    return element;
  };

  /* What answers are shown in: choices, rows and a button. Without scripts there are no answers, so it stands in no page. */
  const facets = make("div", "", "fw-search__facets");
  facets.dataset.searchFacets = "";
  const selects = Object.entries(FACETS).map(([name, all]) => {
    const select = make("select");
    select.name = name;
    select.dataset.all = all;
    select.setAttribute("aria-label", name[0].toUpperCase() + name.slice(1));
    return select;
  });
  facets.append(...selects);
  const list = make("ol", "", "md-search-result__list");
  const more = make("button", "Show more", "fw-button fw-search__more");
  more.type = "button";
  facets.hidden = more.hidden = true;
  told.parentElement.append(facets, list, more);

  const rowOf = ([address, title, note, kind]) => {
    const row = make("li", "", "md-search-result__item");
    const link = make("a", "", "md-search-result__link");
    link.href = new URL(address, root).href;
    const article = make("article", "", `md-search-result__article md-typeset fw-found fw-found--${kind}`);
    const heading = make("h1");
    const name = make("bdi", title);
    heading.append(name);
    article.append(heading);
    if (note) {
      const said = make("p");
      said.append(make("bdi", note));
      article.append(said);
    }
    link.append(article);
    row.append(link);
    return row;
  };

  let numbers = [];
  let shown = 0;
  let asked = 0;

  const showMore = async () => {
    const turn = asked;
    const next = numbers.slice(shown, shown + SHOWN);
    const rows = await Promise.all(next.map(index.document));
    if (turn !== asked) return;
    list.append(...rows.map(rowOf));
    shown += next.length;
    more.hidden = shown >= numbers.length;
  };

  const valuesOf = (held) => (Array.isArray(held) ? held : held < 0 ? [] : [held]);

  /* The choices of a facet with how many of the documents found have each; what was chosen stays. */
  const fillFacet = (select, name, labels, held, found) => {
    const counts = new Map();
    for (const number of found) for (const value of valuesOf(held[number])) counts.set(value, (counts.get(value) || 0) + 1);
    const chosen = select.value;
    const options = [new Option(select.dataset.all, "")];
    labels.forEach((label, value) => {
      if (counts.has(value) || chosen === String(value)) options.push(new Option(`${label} (${counts.get(value) || 0})`, value));
    });
    select.replaceChildren(...options);
    select.value = chosen;
  };

  const answer = async () => {
    asked += 1;
    const turn = asked;
    const question = field.value;
    if (!question.trim()) {
      list.replaceChildren();
      told.textContent = nothing;
      facets.hidden = more.hidden = true;
      return;
    }
    try {
      const [all, settings, held] = await Promise.all([ranked(question, index), index.settings(), index.facets()]);
      if (turn !== asked) return;
      const labels = { status: settings.statuses, facade: settings.facades, year: settings.years };
      const fits = (number, but) =>
        selects.every((select) => select === but || !select.value || valuesOf(held[select.name][number]).includes(Number(select.value)));
      for (const select of selects) {
        fillFacet(select, select.name, labels[select.name], held[select.name], all.filter((number) => fits(number, select)));
      }
      numbers = all.filter((number) => fits(number));
      facets.hidden = !all.length;
      told.textContent = numbers.length === 1 ? "1 found" : numbers.length ? `${numbers.length} found` : "Nothing found";
      list.replaceChildren();
      shown = 0;
      await showMore();
    } catch {
      if (turn === asked) told.textContent = "The index could not be loaded. Please try again, or use the lists.";
    }
  };

  /* 5 Keys ---------------------------------------------------------------------------------------------------------- */

  const open = () => {
    if (!toggle.checked) toggle.click();
    field.focus();
  };
  const close = () => {
    if (toggle.checked) toggle.click();
    field.blur();
  };

  /* A letter typed on a phone comes without a key; a short wait spares questions of half a word. */
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(answer, 120);
  });
  field.addEventListener("focus", () => {
    if (!toggle.checked) toggle.click();
    index.settings().catch(() => {});
  });
  facets.addEventListener("change", answer);
  more.addEventListener("click", showMore);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    setTimeout(() => {
      answer();
      field.focus();
    });
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) close();
  });
  toggle.addEventListener("change", () => {
    if (toggle.checked) field.focus();
  });

  const typing = (element) => element instanceof HTMLElement && (element.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (!toggle.checked) {
      if (["/", "s", "f"].includes(event.key) && !typing(document.activeElement)) {
        event.preventDefault();
        open();
      }
      return;
    }
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && document.activeElement === field) {
      event.preventDefault();
      list.querySelector("a")?.click();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && document.activeElement?.tagName !== "SELECT") {
      const stops = [field, ...list.querySelectorAll("a")];
      const step = event.key === "ArrowDown" ? 1 : -1;
      const at = (stops.indexOf(document.activeElement) + step + stops.length) % stops.length;
      event.preventDefault();
      stops[at].focus();
    }
  });

  /* A question in the address, as a link to a search has it. */
  const given = new URLSearchParams(location.search).get("q");
  if (given) {
    field.value = given;
    open();
    answer();
  }
})();
