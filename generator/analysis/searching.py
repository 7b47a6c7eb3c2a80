"""The words by which the search of the site finds something, however a name is spelled.

What `wording.fold` evens out, and what differs between transliterations: Arabic words lose their article and what is
joined to it, Latin ones their accents, the signs for ayn and hamza, doubled letters, and the difference of e and i, o
and u. So *al-Thaʾirīn*, *Al Thairin* and *Thaereen* begin alike. `search.js` does the same; tests/vectors/search.json
holds both to the same answers.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from generator.analysis.wording import fold

#: Words that nobody seeks: articles, and the commonest English ones. A question of nothing else is looked up as it is.
LIGHT: Final = frozenset("a al an and at by el for from il in is it of on or ul the to was with".split())
# Signs for ayn, hamza and other stops inside of a word, as many hands write them.
# The sign stands first: what begins with a lookbehind is tried at every letter.
_STOPS: Final = re.compile("['`\u2018\u2019\u02bb-\u02bf\u02c8\u02ca\u02cb](?:(?<=\\w.)(?=\\w)|(?<=[\u02bb-\u02bf]))")
_ARTICLE: Final = re.compile("(?:[وفبك]?ال|لل)(?=\\w{3})")
_TWICE: Final = re.compile(r"([a-z])\1+")
#: So many words are remembered with what they are looked up as.
_MOST_KEYS: Final = 50_000
_VOWELS: Final = str.maketrans("eo", "iu")


def search_words(text: str) -> list[str]:
    """The words of a text as they are looked up, in their order."""
    words = fold(_STOPS.sub("", text)).split()
    return [*filter(None, map(_KEYS.__getitem__, words))] or [_key(word) for word in words]


class _Keys(dict[str, str]):
    """What words are looked up as, worked out when first met; nothing for those that nobody seeks."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_KEYS:
            self.clear()
        self[word] = made = "" if word in LIGHT else _key(word)
        return made


_KEYS: Final = _Keys()


def _key(word: str) -> str:
    if word.isascii():
        return _TWICE.sub(r"\1", word.translate(_VOWELS))
    bare = "".join(sign for sign in unicodedata.normalize("NFD", word) if unicodedata.category(sign) != "Mn")
    if bare.isascii():
        return _key(bare)
    return _ARTICLE.sub("", bare, count=1) if _ARTICLE.match(bare) else bare
