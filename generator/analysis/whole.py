"""The analysis of a whole archive: for every claim what all surfaces show, computed once."""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections import ChainMap, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from generator import noting
from generator.analysis.affiliation import Affiliations, affiliations_of
from generator.analysis.brief import Brief
from generator.analysis.control import Control
from generator.analysis.dating import archive_day
from generator.analysis.independence import DimensionCount, dimension_count
from generator.analysis.posting import POSTED
from generator.analysis.propagation import Propagation, propagation_of
from generator.analysis.provenance import Provenance, provenance_of
from generator.analysis.quoting import ShownQuote, quote_of
from generator.analysis.reuse import Cluster, Compared, Phrase, Reuse, compared_of, reuse_of
from generator.analysis.sentences import (
    claim_title,
    finding_sentence,
    headline,
    withdrawn_headline,
    withdrawn_sentence,
)
from generator.analysis.status import more_cautious, status_of, verdicts_of
from generator.archive import DOORS, OUTLINES, Archive, Entry
from generator.extracting import Extracting, Plainly, Taking
from generator.records.claim import Claim
from generator.records.vocabulary import Dimension, Status, Verdict

T = TypeVar("T")

#: An archive of no more claims than these is all in memory: a build goes through it several times.
SMALL: Final = 1_024
#: How many claims' analyses are in memory at most of a larger one.
_MOST_REMEMBERED: Final = 256

#: What is asked of the texts of all claims; all questions about wording follow from it.
WORDING: Final = ("analysis.texts",)
#: What is asked of all claims in brief.
BRIEFS: Final = ("analysis.print_of_briefs",)
#: By door, the question from whose answer those at the door follow.
WIDER: Final[Mapping[str, noting.Question]] = {
    **{f"archive.{door}": OUTLINES for door in DOORS},
    **{f"analysis.{door}": WORDING for door in ("clusters_of", "phrases_of", "subject_of_wording", "sizes_of_control")},
    "analysis.sought": BRIEFS,
    "postings.of": POSTED,
}


@dataclasses.dataclass(frozen=True)
class ClaimAnalysis:
    """What we worked out about one claim.

    Attributes:
        status: the status every surface shows.
        derived: what the findings earn; differs only where a more cautious status is published with a reason.
        verdicts: one for each dimension, in the order of presentation.
        title: neutral title, without the status.
        headline: the status first, or that the record is withdrawn; for titles, previews, feeds.
        sentence: what is known, in one or two sentences that can be quoted as they stand.
    """

    status: Status
    derived: Status
    verdicts: Mapping[Dimension, Verdict]
    title: str
    headline: str
    sentence: str
    quote: ShownQuote
    propagation: Propagation
    claim: Claim = dataclasses.field(repr=False)
    affiliations: Affiliations = dataclasses.field(repr=False)

    # The counts are made when first asked for: most claims have no finding that a rule or a page counts.
    @functools.cached_property
    def provenance(self) -> Provenance:
        """What everything in the claim's file comes from."""
        return provenance_of(self.claim, self.affiliations)

    @functools.cached_property
    def independence(self) -> Mapping[Dimension, DimensionCount]:
        """The independent origins behind every finding that names evidence, in the order of presentation."""
        found = {finding.dimension: finding for finding in self.claim.findings}
        counted = [dimension for dimension in Dimension if dimension in found and found[dimension].evidence]
        return {dimension: dimension_count(self.provenance, found[dimension]) for dimension in counted}

    def brief(self, id: str) -> Brief:
        """The claim in brief.

        Args:
            id: of the claim, which its record does not hold.
        """
        claim, count = self.claim, self.independence.get(Dimension.OCCURRED)
        origins = (count.supports.minimum, count.supports.maximum) if count and count.supports.items else None
        return Brief(id, tuple(claim.facade), claim.date, claim.state, self.status, self.title, origins)


class _WhenAsked(Mapping[str, ClaimAnalysis]):
    """The analysis of every claim of an archive by id, each worked out when it is asked for.

    Rules are asked on two cores, each about its own half of the claims: so each works out its half. Those asked for last
    are remembered; work is done in the order of time, so that more would only be more memory.
    """

    def __init__(self, archive: Archive, affiliations: Affiliations, site_name: str) -> None:
        self._archive = archive
        self._affiliations = affiliations
        self._site_name = site_name
        # Not a plain one: what was deleted at its beginning is stepped over until it grows.
        self._found: OrderedDict[str, ClaimAnalysis] = OrderedDict()
        self._most = _MOST_REMEMBERED if len(archive.claims) > SMALL else SMALL

    def __getitem__(self, id: str) -> ClaimAnalysis:
        noting.looked_at(id)
        if id not in self._found:
            entry = self._archive.claims[id]
            self._found[id] = analyse_claim(entry, self._archive, self._affiliations, self._site_name)
            if len(self._found) > self._most:
                self._found.popitem(last=False)
        return self._found[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._archive.claims)

    def __len__(self) -> int:
        return len(self._archive.claims)


@dataclasses.dataclass(frozen=True)
class Analysis:
    """Everything derived from an archive.

    Attributes:
        extracting: works out what files of the whole archive take from each claim.
    """

    claims: Mapping[str, ClaimAnalysis]
    affiliations: Affiliations = dataclasses.field(default_factory=Affiliations)
    archive: Archive = dataclasses.field(default_factory=Archive, repr=False)
    extracting: Extracting = dataclasses.field(default_factory=Plainly, repr=False)

    def extracted(self, taking: Taking[T]) -> Sequence[T]:
        """What is taken from the published claims, some at a time and in their order (`extracting.Extracting`)."""
        return self.extracting(taking, self.archive.groups)

    def takings(self) -> Iterator[Taking[Any]]:
        """All that is taken here."""
        yield self._taking_of_texts
        yield self._taking_of_compared
        yield self._taking_of_briefs
        yield self._taking_of_prints

    def with_claim(self, id: str, own: ClaimAnalysis) -> Analysis:
        """The same, but for one claim."""
        claims = ChainMap({id: own}, self.claims)  # type: ignore[arg-type]  # which is only read
        return dataclasses.replace(self, claims=claims)

    # Looked for when first asked for: checking records needs none of it.
    @functools.cached_property
    def _wording(self) -> Reuse:
        with noting.noting():
            return self.extracting.whole("wording", self._texts, self._reuse)

    def _reuse(self) -> Reuse:
        compared = [one for group in self.extracted(self._taking_of_compared) for one in group]
        return reuse_of(compared, self.archive, self.affiliations)

    @functools.cached_property
    def _texts(self) -> str:
        """A print of all that wording is worked out of."""
        with noting.noting():
            return noting.print_of([*self.extracted(self._taking_of_texts)])

    def _compared(self, entries: Sequence[Entry[Claim]]) -> list[Compared]:
        return [compared_of(entry, self.claims[entry.id].quote, self.affiliations) for entry in entries if entry.listed]

    @property
    def _taking_of_compared(self) -> Taking[list[Compared]]:
        return Taking("compared", self._compared)

    @property
    def _taking_of_texts(self) -> Taking[str]:
        return Taking("texts", lambda entries: noting.print_of([one.told for one in self._compared(entries)]))

    @property
    def texts(self) -> str:
        """A print of all that wording is worked out of: where it is the same, so is all that is known of wording."""
        noting.asked(WORDING, lambda: self._texts)
        return self._texts

    @property
    def wording(self) -> Reuse:
        """Which texts copy which, and which phrases they share. Whoever needs less asks for less."""
        noting.asked(WORDING, lambda: self._texts)
        return self._wording

    def clusters_of(self, claim: str) -> tuple[Cluster, ...]:
        """The clusters that a text of the claim belongs to."""
        found = self._wording.clusters_of(claim)
        noting.asked(("analysis.clusters_of", claim), lambda: " ".join(map(self._wording.print_of, found)))
        return found

    def phrases_of(self, claim: str) -> tuple[Phrase, ...]:
        """The shared phrases in the claim's texts."""
        found = self._wording.phrases_of(claim)
        noting.asked(("analysis.phrases_of", claim), lambda: " ".join(map(self._wording.print_of, found)))
        return found

    def subject_of_wording(self, slug: str) -> Cluster | Phrase | None:
        """The cluster or phrase of this address; None where there is none."""
        found = self._wording.subject(slug)
        noting.asked(("analysis.subject_of_wording", slug), lambda: self._wording.print_of(found))
        return found

    def sizes_of_control(self, language: str) -> tuple[int, int]:
        """How many headlines and how many reports the control texts of a language are."""
        control = self._wording.controls.get(language, Control())
        found = len(control.headlines), len(control.reports)
        noting.asked(("analysis.sizes_of_control", language), lambda: str(found))
        return found

    def _in_brief(self, entries: Sequence[Entry[Claim]]) -> list[Brief]:
        return [self.claims[entry.id].brief(entry.id) for entry in entries]

    @property
    def _taking_of_briefs(self) -> Taking[list[Brief]]:
        return Taking("briefs", self._in_brief)

    @property
    def _taking_of_prints(self) -> Taking[str]:
        return Taking("prints of briefs", lambda entries: noting.print_of(self._in_brief(entries)))

    @functools.cached_property
    def _briefs(self) -> Mapping[str, Brief]:
        with noting.noting():
            return {brief.id: brief for some in self.extracted(self._taking_of_briefs) for brief in some}

    @functools.cached_property
    def _print_of_briefs(self) -> str:
        with noting.noting():
            return noting.print_of([*self.extracted(self._taking_of_prints)])

    @property
    def print_of_briefs(self) -> str:
        """A print of all published claims in brief."""
        noting.asked(BRIEFS, lambda: self._print_of_briefs)
        return self._print_of_briefs

    @property
    def briefs(self) -> Mapping[str, Brief]:
        """All published claims in brief, oldest first."""
        noting.asked(BRIEFS, lambda: self._print_of_briefs)
        return self._briefs

    def sought(self, claim: str) -> Brief | None:
        """A published claim in brief; None where there is no such claim."""
        found = self._briefs.get(claim)
        noting.asked(("analysis.sought", claim), lambda: self._print_of_brief(claim))
        return found

    def _print_of_brief(self, claim: str) -> str:
        if claim not in self._prints:  # a claim is sought for many pages
            self._prints[claim] = noting.print_of(self._briefs.get(claim))
        return self._prints[claim]

    @functools.cached_property
    def _prints(self) -> dict[str, str]:
        return {}

    def brief(self, claim: str) -> Brief:
        """A published claim in brief."""
        found = self.sought(claim)
        assert found is not None
        return found

    @functools.cached_property
    def _day(self) -> datetime.date:
        with noting.noting():
            return archive_day(self.archive)

    @property
    def day(self) -> datetime.date:
        """The day as of which the archive stands."""
        noting.asked(("analysis.day",), lambda: str(self._day))
        return self._day


def analyse(archive: Archive, site_name: str, extracting: Extracting | None = None) -> Analysis:
    """The analysis of all claims of an archive.

    Args:
        site_name: the name under which we speak in ready sentences.
        extracting: works out what files of the whole archive take from each claim.
    """
    affiliations = affiliations_of(archive)
    return Analysis(_WhenAsked(archive, affiliations, site_name), affiliations, archive, extracting or Plainly())


def analyse_claim(entry: Entry[Claim], archive: Archive, affiliations: Affiliations, site_name: str) -> ClaimAnalysis:
    """The analysis of one claim."""
    claim = entry.record
    derived = status_of(claim)
    status = claim.status if claim.status_reason and more_cautious(claim.status, derived) else derived
    names = [archive.name_of(facade) for facade in claim.facade]
    verdicts = verdicts_of(claim)
    withdrawn = claim.tombstone
    title = claim_title(claim, names)
    languages = {
        language
        for facade in claim.facade
        if facade in archive.facades
        for language in archive.facades[facade].record.languages
    }
    return ClaimAnalysis(
        status=status,
        derived=derived,
        verdicts=verdicts,
        title=title,
        headline=withdrawn_headline(title, claim.date) if withdrawn else headline(status, title, claim.date),
        sentence=withdrawn_sentence(withdrawn, site_name)
        if withdrawn
        else finding_sentence(claim, status, verdicts, names, site_name),
        quote=quote_of(claim, languages),
        propagation=propagation_of(claim),
        claim=claim,
        affiliations=affiliations,
    )
