"""The texts of claims that we hold, whose wording each is, and what of it can be compared.

Two translators of one sentence share less than a third of it, and two newsrooms have their own ways of putting things.
So originals are compared with originals, and translations only where they are by the same hand: a named translator's,
or, where none is named, those that the same publisher printed.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from generator.analysis.affiliation import Affiliations
from generator.analysis.quoting import ShownQuote
from generator.analysis.stock import PHRASES
from generator.analysis.wording import HOLE, SHINGLE, fold, folded, hidden, without_holes
from generator.archive import Entry, source_of
from generator.records.claim import Claim
from generator.records.vocabulary import PostKind

#: The part that an original is.
ORIGINAL: Final = "original"
#: What a source says instead of a translator's name.
_NOBODY: Final = frozenset({"", "not stated", "not named", "unknown"})
#: Ends a run of words: a mark of something left out, something put in, or a new paragraph.
_BREAK: Final = re.compile(r"\[[^\]]*\]|…|\.{2,}|\n\s*\n")


class HandKind(enum.StrEnum):
    """Why the words of two texts may be compared."""

    ORIGINAL = "original"
    TRANSLATOR = "translator"
    PRINTER = "printer"
    #: Neither translator nor printer is known: compared with nothing.
    UNKNOWN = "unknown"


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class Hand:
    """Whose wording a text is; only texts of one hand are compared.

    Attributes:
        name: the translator, or the publisher (an id, or a plain name folded); empty for originals.
    """

    language: str
    kind: HandKind
    name: str = ""


@dataclasses.dataclass(frozen=True)
class Held:
    """A text of a claim that we hold.

    Attributes:
        statement: the smallest id among the records of the same statement: to record its events apart is no reuse.
        part: `original`, or the id of a translation or post in the claim's file.
        by: the translator as the record writes it, or the id or name of who printed the translation.
    """

    claim: str
    statement: str
    part: str
    hand: Hand
    text: str
    by: str = ""

    @property
    def id(self) -> str:
        """The claim's id, with the part where it is not the original."""
        return self.claim if self.part == ORIGINAL else f"{self.claim}-{self.part}"

    @property
    def told(self) -> tuple[str, ...]:
        """All that it says."""
        hand = self.hand
        return self.claim, self.statement, self.part, hand.language, hand.kind.value, hand.name, self.text, self.by

    @functools.cached_property
    def bare(self) -> str:
        """The text as copies are sought in it."""
        return bare(self.text)

    @functools.cached_property
    def _lines(self) -> str:
        return "".join(f" {line} \n" for line in _folded_lines(self.text))

    def forget_lines(self) -> None:
        """Forget what is only needed while texts are compared: a third of what a text takes in memory."""
        vars(self).pop("_lines", None)

    def holds(self, words: str) -> bool:
        """Whether these folded words stand in the text, nothing left out between them."""
        return f" {words} " in self._lines

    @property
    def runs(self) -> list[list[str]]:
        """The runs of words in which phrases are sought."""
        return runs_of_words(self.text)


def _pieces(text: str) -> list[str]:
    return [piece for piece in _BREAK.split(text) if piece.strip()]


def _folded_lines(text: str) -> list[str]:
    return [fold(piece) for piece in _pieces(text)]


def bare(text: str) -> str:
    """A text as copies are sought in it: folded, and without stock phrases."""
    return without_holes(hidden(fold(text), PHRASES))


def runs_of_words(text: str) -> list[list[str]]:
    """The folded words of a text, broken where something is left out or put in, and where a stock phrase stands."""
    parts = (part for line in _folded_lines(text) for part in hidden(line, PHRASES).split(HOLE))
    return [words for part in parts if (words := part.split())]


def in_letters(text: str, words: str) -> str:
    """Folded words in the letters that a text writes them with."""
    for piece in _pieces(text):
        found = folded(piece)
        at = f" {found.text} ".find(f" {words} ")
        if at >= 0:
            return found.letters(at, at + len(words))
    raise ValueError(f"the words do not stand in the text: {words}")


def shared_words(held: Held, other: Held) -> list[tuple[int, int]]:
    """Where a text has the words that it shares with another, as parts of the original, stock phrases left out.

    A word counts as shared when all of its letters lie in five-letter runs that the other text has too: what is marked
    is what `containment` counted.
    """
    own = folded(held.text)
    letters = hidden(own.text, PHRASES)
    words: list[tuple[int, int]] = []
    for first, last in (_whole_words(letters, *part) for part in _shared_parts(letters, other.bare)):
        if words and first < last and letters[words[-1][1] : first] == " ":
            words[-1] = words[-1][0], last
        elif first < last:
            words.append((first, last))
    # A run of fewer letters than a shingle was covered from both sides, by runs that do not hold it.
    return [own.span(first, last) for first, last in words if last - first >= SHINGLE]


def _shared_parts(text: str, other: str) -> list[tuple[int, int]]:
    """The parts of a text that shingles cover which the other holds too.

    Texts that are compared have long runs in common: each is measured by trying, in fewer steps than it has letters.
    """
    parts: list[tuple[int, int]] = []
    at, most = 0, len(text)
    while at + SHINGLE <= most:
        last = at + SHINGLE
        if text[at:last] not in other:
            at += 1
            continue
        step = SHINGLE
        while step:
            if last + step <= most and text[at : last + step] in other:
                last += step
                step *= 2
            else:
                step //= 2
        if parts and at <= parts[-1][1]:
            parts[-1] = parts[-1][0], last
        else:
            parts.append((at, last))
        at = last - SHINGLE + 1
    return parts


def _whole_words(text: str, first: int, last: int) -> tuple[int, int]:
    """The part of a text from its first whole word to its last; `first` is not below `last` where it has none."""
    if first and text[first - 1] != " ":
        first = (text.find(" ", first, last) + 1) or last
    elif text[first] == " ":
        first += 1
    if last < len(text) and text[last] != " ":
        last = max(text.rfind(" ", first, last), first)
    elif text[last - 1] == " ":
        last -= 1
    return first, last


def statement_of(entry: Entry[Claim]) -> str:
    """The smallest id among a claim and the other records of the same statement."""
    return min([entry.id, *entry.record.same_statement])


def texts_of(entry: Entry[Claim], quote: ShownQuote, affiliations: Affiliations) -> Iterator[Held]:
    """The texts of a claim that we hold: the original, the translations, and its own posts where they are printed."""
    claim, statement = entry.record, statement_of(entry)
    if quote.original:
        yield Held(entry.id, statement, ORIGINAL, Hand(quote.original.lang, HandKind.ORIGINAL), quote.original.text)
    for translation in quote.translations:
        source = source_of(claim.sources, translation.from_)
        translator = " ".join((translation.by or "").casefold().split())
        by = ""
        if translator not in _NOBODY:
            hand, by = Hand(translation.lang, HandKind.TRANSLATOR, translator), translation.by or ""
        elif source:
            hand = Hand(translation.lang, HandKind.PRINTER, affiliations.publisher(source.publisher))
            by = source.publisher
        else:
            hand = Hand(translation.lang, HandKind.UNKNOWN)
        yield Held(entry.id, statement, translation.id, hand, translation.text, by)
    for post in claim.propagation:
        if post.kind is PostKind.CLAIM and post.text and post.text_lang:
            yield Held(entry.id, statement, post.id, Hand(post.text_lang, HandKind.ORIGINAL), post.text)


def pools_of(held: Iterable[Held]) -> list[tuple[Hand, list[Held]]]:
    """The texts of each hand, where it is known and wrote down more than one statement."""
    pools: defaultdict[Hand, list[Held]] = defaultdict(list)
    for text in held:
        if text.hand.kind is not HandKind.UNKNOWN:
            pools[text.hand].append(text)
    return sorted((hand, texts) for hand, texts in pools.items() if len({text.statement for text in texts}) > 1)
