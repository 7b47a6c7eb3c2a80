"""The control corpus: what others wrote about the same kind of event, so that a trade term is not taken for propaganda.

It is made of what the archive holds. Whole reports are few, because copyright lets us keep little of them; most of it
are headlines. Pages therefore print how large it is beside every figure.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping
from typing import Final

from generator.analysis.affiliation import Affiliations
from generator.analysis.wording import fold
from generator.archive import Archive
from generator.records.vocabulary import PostKind, SourceKind, Stake

_NEUTRAL: Final = frozenset({Stake.NONE, Stake.TARGET})
_KINDS: Final = frozenset({SourceKind.ARTICLE, SourceKind.OFFICIAL_STATEMENT})


@dataclasses.dataclass(frozen=True)
class Control:
    """The control texts of one language.

    Attributes:
        reports: folded texts of posts by organisations that report and take no claimant's side.
        headlines: folded titles of articles and official statements, those of the claimants' side left out.
    """

    reports: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many texts there are."""
        return len(self.reports) + len(self.headlines)

    @functools.cached_property
    def _lines(self) -> str:
        return "".join(f" {text} \n" for text in (*self.reports, *self.headlines))

    def holding(self, words: str) -> int:
        """How many of the texts hold these folded words."""
        sought = f" {words} "
        return sum(sought in line for line in self._lines.split("\n")) if sought in self._lines else 0


def controls_of(archive: Archive, affiliations: Affiliations) -> dict[str, Control]:
    """The control texts by language, each once."""
    reports, headlines = dict.fromkeys(_reports(archive)), dict.fromkeys(_headlines(archive, affiliations))
    return {
        language: Control(
            tuple(text for of, text in reports if of == language and text),
            tuple(text for of, text in headlines if of == language and text),
        )
        for language in sorted({language for language, _ in (*reports, *headlines)})
    }


def _reports(archive: Archive) -> Iterator[tuple[str, str]]:
    stakes: Mapping[str, Stake] = {id: entry.record.stake for id, entry in archive.organisations.items()}
    for entry in archive.listed_claims:
        for post in entry.record.propagation:
            if post.kind is PostKind.REPORT and post.text and post.text_lang and stakes.get(post.by) in _NEUTRAL:
                yield post.text_lang, fold(post.text)


def _headlines(archive: Archive, affiliations: Affiliations) -> Iterator[tuple[str, str]]:
    for entry in archive.listed_claims:
        for source in entry.record.sources:
            publisher = affiliations.publisher(source.publisher)
            claimants = publisher in archive.facades or affiliations.stakes.get(publisher) is Stake.CLAIMANT
            # A title in parentheses is a description of ours.
            if source.kind in _KINDS and not claimants and not source.title.startswith("("):
                yield source.lang, fold(source.title)
