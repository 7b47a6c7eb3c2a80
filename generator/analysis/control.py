"""The control corpus: what others wrote about the same kind of event, so that a trade term is not taken for propaganda.

It is made of what the archive holds. Whole reports are few, because copyright lets us keep little of them; most of it
are headlines. Pages therefore print how large it is beside every figure.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator.analysis.affiliation import Affiliations
from generator.analysis.wording import fold
from generator.archive import Archive
from generator.records.claim import Claim
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


@dataclasses.dataclass(frozen=True, slots=True)
class Printed:
    """What others wrote, as far as it stands in a claim's file.

    Attributes:
        reports: who posted it, its language, the text.
        headlines: who published it, its language, the title.
    """

    reports: tuple[tuple[str, str, str], ...]
    headlines: tuple[tuple[str, str, str], ...]


def printed_in(claim: Claim) -> Printed:
    """What others wrote, as far as it stands in a claim's file."""
    return Printed(
        tuple(
            (post.by, post.text_lang, post.text)
            for post in claim.propagation
            if post.kind is PostKind.REPORT and post.text and post.text_lang
        ),
        # A title in parentheses is a description of ours.
        tuple(
            (source.publisher, source.lang, source.title)
            for source in claim.sources
            if source.kind in _KINDS and not source.title.startswith("(")
        ),
    )


def controls_of(printed: Sequence[Printed], archive: Archive, affiliations: Affiliations) -> dict[str, Control]:
    """The control texts by language, each once.

    Args:
        printed: what others wrote, claim by claim.
        archive: for those who wrote it.
    """
    reports = dict.fromkeys(_reports(printed, archive))
    headlines = dict.fromkeys(_headlines(printed, archive, affiliations))
    return {
        language: Control(
            tuple(text for of, text in reports if of == language and text),
            tuple(text for of, text in headlines if of == language and text),
        )
        for language in sorted({language for language, _ in (*reports, *headlines)})
    }


def _reports(printed: Sequence[Printed], archive: Archive) -> Iterator[tuple[str, str]]:
    stakes: Mapping[str, Stake] = {id: entry.record.stake for id, entry in archive.organisations.items()}
    for claim in printed:
        for by, language, text in claim.reports:
            if stakes.get(by) in _NEUTRAL:
                yield language, fold(text)


def _headlines(printed: Sequence[Printed], archive: Archive, affiliations: Affiliations) -> Iterator[tuple[str, str]]:
    for claim in printed:
        for by, language, title in claim.headlines:
            publisher = affiliations.publisher(by)
            if publisher not in archive.facades and affiliations.stakes.get(publisher) is not Stake.CLAIMANT:
                yield language, fold(title)
