/*
  Is this claim recorded? A text or an address is looked up in a static index, wholly in this browser: nothing is sent.

  Folding, shares and address keys are those of generator/analysis/wording.py and lookup.py; tests/vectors/folding.json
  holds both to the same answers.

  1 Folding   2 Shares   3 Addresses   4 The index   5 Looking up   6 The page
*/
(() => {
  "use strict";

  /* 1 Folding ------------------------------------------------------------------------------------------------------- */

  const SHINGLE = 5;
  const HOLE = "\0";
  const { LINK, TRAILING, letters, tidy, fold } = globalThis.facadeWatchFolding;

  /* The folded text, and for each of its letters where the original ones begin and end. */
  const mapped = (plain, pieces) => {
    const out = [];
    const starts = [];
    const ends = [];
    let gap = -1;
    for (const [first, last] of pieces) {
      const made = letters(plain.slice(first, last));
      if (!made && out.length && gap < 0) ends[ends.length - 1] = last;
      for (const letter of made.match(/[^]/g) || []) {
        if (letter === " ") {
          if (gap < 0) gap = first;
          continue;
        }
        if (gap >= 0 && out.length) { out.push(" "); starts.push(gap); ends.push(first); }
        gap = -1;
        out.push(letter);
        starts.push(first);
        ends.push(last);
      }
    }
    return { text: out.join(""), starts, ends };
  };

  const clusters = (text) => {
    const pieces = [];
    let at = 0;
    for (const letter of text) {
      if (pieces.length && TRAILING.test(letter)) pieces[pieces.length - 1][1] = at + letter.length;
      else pieces.push([at, at + letter.length]);
      at += letter.length;
    }
    return pieces;
  };

  const folded = (text) => {
    const plain = text.replace(LINK, (link) => " ".repeat(link.length));
    const found = mapped(plain, clusters(plain));
    if (found.text === fold(text)) return found;
    return mapped(plain, Array.from(plain.matchAll(/\S+|\s+/g), (match) => [match.index, match.index + match[0].length]));
  };

  /* A folded text with holes of equal length where it holds one of the phrases; the longest are sought first. */
  const hidden = (text, phrases) => {
    let padded = ` ${text} `;
    for (const phrase of phrases) {
      while (padded.includes(` ${phrase} `)) padded = padded.replace(` ${phrase} `, ` ${HOLE.repeat(phrase.length)} `);
    }
    return padded.slice(1, -1);
  };
  const withoutHoles = (text) => tidy(text.replaceAll(HOLE, " "));

  /* 2 Shares -------------------------------------------------------------------------------------------------------- */

  const shingles = (text) => {
    const found = new Set();
    if (/[\ud800-\udfff]/.test(text)) {
      const signs = Array.from(text);
      for (let at = 0; at + SHINGLE <= signs.length; at += 1) found.add(signs.slice(at, at + SHINGLE).join(""));
    } else {
      for (let at = 0; at + SHINGLE <= text.length; at += 1) found.add(text.slice(at, at + SHINGLE));
    }
    return found;
  };

  const share = (first, second) => {
    const [smaller, larger] = first.size <= second.size ? [first, second] : [second, first];
    let both = 0;
    for (const shingle of smaller) if (larger.has(shingle)) both += 1;
    return smaller.size ? both / smaller.size : 0;
  };

  const judged = (text, settings) => {
    const words = text.split(" ").length;
    return words >= settings.words && Array.from(text).length - words + 1 >= settings.letters;
  };

  /* The longest runs of words, three at least, that stand in both; as first and last position in the first. */
  const sharedRuns = (first, second, most) => {
    const runs = [];
    let before = new Array(second.length + 1).fill(0);
    for (let i = 1; i <= first.length; i += 1) {
      const now = new Array(second.length + 1).fill(0);
      for (let j = 1; j <= second.length; j += 1) {
        if (first[i - 1] !== second[j - 1]) continue;
        now[j] = before[j - 1] + 1;
        if (now[j] >= 3 && first[i] !== second[j]) runs.push([i - now[j], i]);
        else if (now[j] >= 3 && (i === first.length || j === second.length)) runs.push([i - now[j], i]);
      }
      before = now;
    }
    runs.sort((a, b) => b[1] - b[0] - (a[1] - a[0]) || a[0] - b[0]);
    const kept = [];
    for (const run of runs) {
      if (kept.length < most && !kept.some((other) => run[0] < other[1] && other[0] < run[1])) kept.push(run);
    }
    return kept;
  };

  const CRC = Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  const crc32 = (text) => {
    let value = -1;
    for (const byte of new TextEncoder().encode(text)) value = (value >>> 8) ^ CRC[(value ^ byte) & 255];
    return (value ^ -1) >>> 0;
  };

  /* 3 Addresses ------------------------------------------------------------------------------------------------------ */

  const TRACKING = /^(?:utm_[a-z_]+|fbclid|gclid|igsh|igshid|mc_cid|mc_eid)(?:=.*)?$/i;
  const ARCHIVED = /^(?:web\.)?archive\.org\/web\/(?:\d{4,14}(?:[a-z]{2}_)?|\*)\//i;
  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  const cut = (text, sign) => {
    const at = text.indexOf(sign);
    return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + sign.length)];
  };

  const addressKey = (address) => {
    let rest = address.trim().replaceAll("[.]", ".").normalize("NFC").replace(/^(?:h(?:tt|xx)ps?:)?\/\//i, "");
    const archived = ARCHIVED.exec(rest);
    if (archived) return addressKey(rest.slice(archived[0].length));
    let query;
    let host;
    let path;
    [rest] = cut(rest, "#");
    [rest, query] = cut(rest, "?");
    [host, path] = cut(rest, "/");
    host = host.toLowerCase().replace(/^www\./, "").replace(/:443$/, "").replace(/:80$/, "");
    if (!/^[^\s/?#]+\.[^\s/?#.]+$/.test(host)) return "";
    const kept = query.split("&").filter((part) => part && !TRACKING.test(part)).join("&");
    path = decoded(path).normalize("NFC").replace(/\/+$/, "");
    return host + (path ? `/${path}` : "") + (kept ? `?${decoded(kept)}` : "");
  };

  /* 4 The index: parts are fetched when first needed ------------------------------------------------------------------ */

  const opened = (base) => {
    const parts = new Map();
    const part = (name) => {
      if (!parts.has(name)) {
        parts.set(name, fetch(new URL(name, base)).then((answer) => {
          if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
          return answer.json();
        }).catch((error) => {
          parts.delete(name); // so that the next question asks again
          throw error;
        }));
      }
      return parts.get(name);
    };
    const settings = () => part("index.json");
    const from = async (kind, number) => {
      const { block } = await settings();
      return (await part(`${kind}-${Math.floor(number / block)}.json`))[number % block];
    };
    return { part, settings, claim: (number) => from("claims", number), text: (number) => from("texts", number) };
  };

  /* 5 Looking up ------------------------------------------------------------------------------------------------------ */

  const MOST_STARS = 12;
  const FEWER = 4;
  const MOST_OPENED = 3;
  const MOST_COPIES = 400;
  const MOST_FOUND = 5;

  const grams = (words) => {
    const found = new Set();
    for (let at = 0; at + 3 <= words.length; at += 1) found.add(`${words[at]} ${words[at + 1]} ${words[at + 2]}`);
    return [...found];
  };

  /* The text itself, and texts that share word 3-grams with it, those that share most first. Texts that share far fewer
     than the first are not fetched: they could not be nearly the same. */
  const candidates = async (bare, words, index) => {
    const { buckets, probes } = await index.settings();
    const shared = new Map();
    const hashes = grams(words).map(crc32).sort((a, b) => a - b).slice(0, probes);
    const whole = crc32(bare);
    const probe = (asked) => Promise.all(asked.map(async (hash) => {
      const bucket = await index.part(`words-${hash % buckets.words}.json`);
      const weight = hash === whole ? probes : 1;
      for (const number of bucket[hash.toString(36)] || []) shared.set(number, (shared.get(number) || 0) + weight);
    }));
    /* Half of the 3-grams will do where a text shares most of them, as every copy does. */
    const half = Math.ceil(hashes.length / 2);
    await probe([whole, ...hashes.slice(0, half)]);
    if (Math.max(0, ...shared.values()) * FEWER < half * (FEWER - 1)) await probe(hashes.slice(half));
    const stars = [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_STARS);
    const least = stars.length ? Math.min(stars[0][1], probes) / FEWER : 0;
    return stars.filter(([, count]) => count >= least).map(([number]) => number);
  };

  const byText = async (text, index) => {
    const settings = await index.settings();
    const own = folded(text);
    const masked = hidden(own.text, settings.stock);
    const bare = withoutHoles(masked);
    const places = [...masked.matchAll(/[^ \0]+/g)].map((match) => [match.index, match.index + match[0].length]);
    const words = places.map(([first, last]) => masked.slice(first, last));
    const mine = shingles(bare);
    const enough = judged(bare, settings);
    const best = new Map();
    const weigh = (claim, other) => {
      const found = share(mine, shingles(other));
      const short = !(enough && judged(other, settings));
      if (found < (short ? settings.copy : settings.near)) return found;
      const known = best.get(claim);
      if (!known || found - short > known.share - known.short) best.set(claim, { claim, share: found, short, other });
      return found;
    };
    const stars = await Promise.all((await candidates(bare, words, index)).map(async (star) => {
      const [claim, other, copies] = await index.text(star);
      return { star, copies, near: weigh(claim, other) };
    }));
    /* Copies stand behind the text that they repeat; those of the nearest are weighed too. */
    stars.sort((a, b) => b.near - a.near || a.star - b.star);
    await Promise.all(stars.slice(0, MOST_OPENED).flatMap(({ star, copies }) => (
      Array.from({ length: Math.min(copies, MOST_COPIES) }, async (_, next) => weigh(...(await index.text(star + next + 1))))
    )));
    const ranked = [...best.values()].sort((a, b) => a.short - b.short || b.share - a.share || a.claim - b.claim);
    return Promise.all(ranked.slice(0, MOST_FOUND).map(async (found) => ({
      ...found,
      record: await index.claim(found.claim),
      phrases: sharedRuns(words, found.other.split(" "), 3).map(([first, last]) => {
        const [start, end] = [own.starts[places[first][0]], own.ends[places[last - 1][1] - 1]];
        return text.slice(start, end);
      }),
    })));
  };

  const byAddress = async (key, index) => {
    const { buckets } = await index.settings();
    const bucket = await index.part(`urls-${crc32(key) % buckets.urls}.json`);
    return Promise.all((bucket[key] || []).map(async (claim) => ({ record: await index.claim(claim), phrases: [] })));
  };

  /* An address alone is looked up as one; everything else is a text. */
  const lookUp = async (text, index) => {
    const key = /\s/.test(text.trim()) ? "" : addressKey(text);
    return key ? { key, found: await byAddress(key, index) } : { key, found: await byText(text, index) };
  };

  window.facadeWatchFind = { fold, folded, hidden, shingles, share, crc32, addressKey, opened, lookUp };

  /* 6 The page -------------------------------------------------------------------------------------------------------- */

  const form = document.querySelector("[data-find]");
  if (!form) return;

  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  const sentenceOf = ({ share: part, short }) => {
    const hundredths = Math.floor(part * 100 + 1e-9);
    const said = hundredths === 100
      ? "All of the shorter text stands in the longer one."
      : `Of 100 runs of five letters in the shorter text, ${hundredths} stand in the longer one too.`;
    if (short) return `${said} Too few words to judge.`;
    return part >= 0.75 ? `${said} That is nearly the same wording.` : `${said} Some of the words are the same.`;
  };

  const rowOf = (found, root) => {
    const [id, title, status, group, date, facades] = found.record;
    const row = make("li", "", "fw-find__row");
    const head = make("p");
    const link = make("a");
    link.href = new URL(`claims/${id}/`, root).href;
    link.append(make("bdi", title));
    const mark = make("span", "", `fw-status fw-${group}`);
    mark.append(make("span", status, "fw-status__word"));
    head.append(mark, " ", link);
    const about = make("p", "", "fw-meta");
    about.append(`${date} · `, make("bdi", facades));
    row.append(head, about);
    if (found.share !== undefined) row.append(make("p", sentenceOf(found)));
    if (found.phrases.length) {
      const phrases = make("p", "Words in both: ", "fw-meta");
      found.phrases.forEach((phrase, at) => {
        const words = make("bdi", phrase, "fw-phrase");
        words.dir = "auto";
        phrases.append(at ? "; " : "", words);
      });
      row.append(phrases);
    }
    return row;
  };

  const field = form.querySelector("textarea");
  const button = form.querySelector("button");
  const results = document.querySelector("[data-find-results]");
  const root = new URL(form.dataset.root, location.href);
  const index = opened(new URL("find/", root));
  index.settings().catch(() => {}); // while the reader pastes; a failure is told when they ask

  const show = ({ key, found }, claims) => {
    results.replaceChildren();
    if (!found.length) {
      const said = key ? "No claim on record cites this address." : "No claim on record is near to this text.";
      results.append(make("p", `${said} That says nothing about whether it is true: ${claims} claims are on record, and most are not.`));
      return;
    }
    const many = found.length > 1;
    const cited = many ? `${found.length} claims on record cite this address:` : "One claim on record cites this address:";
    const near = many ? `The ${found.length} nearest of ${claims} claims on record:` : "One claim on record is near:";
    results.append(make("p", key ? cited : near));
    const list = make("ol", "", "fw-ledger");
    list.append(...found.map((each) => rowOf(each, root)));
    results.append(list);
  };

  const run = async () => {
    const text = field.value;
    if (!text.trim()) {
      results.replaceChildren(make("p", "Paste a text or an address first."));
      field.focus();
      return;
    }
    button.disabled = true;
    results.replaceChildren();
    try {
      const answer = await lookUp(text, index);
      show(answer, (await index.settings()).claims);
    } catch {
      results.replaceChildren(make("p", "The index could not be loaded. Please try again, or search the lists."));
    }
    button.disabled = false;
  };

  form.hidden = false;
  results.replaceChildren();
  button.addEventListener("click", run);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
})();
