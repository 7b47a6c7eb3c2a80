/*
  Folding: what a copyist or another keyboard changes without changing a word is evened out.

  The same as generator/analysis/wording.py (tests/vectors/folding.json holds both to the same answers). Used by the
  look-up (find.js) and by the search (search.js).
*/
globalThis.facadeWatchFolding ??= (() => {
  "use strict";

  const LETTERS = new Map([
    ["أ", "ا"], ["إ", "ا"], ["آ", "ا"], ["ٱ", "ا"], ["ى", "ي"], ["ی", "ي"], ["ک", "ك"],
    ["ة", "ه"], ["ؤ", "و"], ["ئ", "ي"], ["ء", ""], ["ـ", ""],
  ]);
  const LINK = /(?:h(?:tt|xx)ps?:\/\/|www\.|t\.me\/|telegram\.me\/)\S+|@[\p{L}\p{N}_]+/giu;
  const DIGIT = /^\p{Nd}$/u;
  const DROPPED = /^[\p{M}\p{Cf}]$/u;
  const KEPT = /^[\p{L}\p{N}]$/u;
  const TRAILING = /^[\p{M}\uff9e\uff9f]$/u;
  /* Case folding that upper and lower case do not give. */
  const CASES = new Map([["ı", "ı"]]);

  const caseless = (letter) => CASES.get(letter) ?? letter.toUpperCase().toLowerCase();

  /* Digits stand in runs of ten, whatever the script. */
  const decimal = (letter) => {
    const code = letter.codePointAt(0);
    let first = code;
    while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((code - first) % 10);
  };

  const table = new Map();
  const foldedLetter = (letter) => {
    let made = table.get(letter);
    if (made === undefined) {
      if (LETTERS.has(letter)) made = LETTERS.get(letter);
      else if (DIGIT.test(letter)) made = decimal(letter);
      else if (DROPPED.test(letter)) made = "";
      else made = KEPT.test(letter) ? letter : " ";
      table.set(letter, made);
    }
    return made;
  };

  const letters = (text) => {
    const normal = Array.from(text.normalize("NFKC"), caseless).join("").normalize("NFKC");
    return Array.from(normal, foldedLetter).join("").normalize("NFKC");
  };

  const tidy = (text) => text.split(" ").filter(Boolean).join(" ");
  const fold = (text) => tidy(letters(text.replace(LINK, " ")));

  return { LINK, TRAILING, letters, tidy, fold };
})();
