"""Wording: folding of spelling, and how much of one text is found in another.

Folding removes what a copyist changes without changing a word: diacritics, tatweel, variants of alef, yeh and teh
marbuta, Persian letter forms, digits of other scripts, direction marks, links, punctuation, case.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LETTERS: Final = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىی", "ي"),
    "ک": "ك",
    "ة": "ه",
    "ؤ": "و",
    "ئ": "ي",
    "ء": "",
    "ـ": "",
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u061c\ufeff", ""),
}
_LINK: Final = re.compile(r"https?://\S+|@\w+")

#: Length of the character shingles that containment counts, spaces included.
SHINGLE: Final = 5


def fold(text: str) -> str:
    """The text as it is compared: words of folded letters and digits, one space between them."""
    letters: list[str] = []
    for letter in unicodedata.normalize("NFKC", _LINK.sub(" ", text)):
        replaced = _LETTERS.get(letter)
        if replaced is not None:
            letters.append(replaced)
        elif unicodedata.combining(letter):
            continue
        elif letter.isdecimal():
            letters.append(str(unicodedata.decimal(letter)))
        else:
            letters.append(letter.casefold() if letter.isalnum() else " ")
    return " ".join("".join(letters).split())


def containment(first: str, second: str) -> float:
    """The share of the shorter folded text's character 5-grams that the other holds, from 0 to 1."""
    shingles = [{text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)} for text in (first, second)]
    smaller, larger = sorted(shingles, key=len)
    return len(smaller & larger) / len(smaller) if smaller else 0.0
