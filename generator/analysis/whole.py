"""The analysis of a whole archive: for every claim what all surfaces show, computed once."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from generator.analysis.propagation import Propagation, propagation_of
from generator.analysis.quoting import ShownQuote, quote_of
from generator.analysis.sentences import claim_title, finding_sentence, headline
from generator.analysis.status import more_cautious, status_of, verdicts_of
from generator.archive import Archive, Entry
from generator.records.claim import Claim
from generator.records.vocabulary import Dimension, Status, Verdict


@dataclasses.dataclass(frozen=True, slots=True)
class ClaimAnalysis:
    """What we worked out about one claim.

    Attributes:
        status: the status every surface shows.
        derived: what the findings earn; differs only where a more cautious status is published with a reason.
        verdicts: one for each dimension, in the order of presentation.
        title: neutral title, without the status.
        headline: the status first; for titles, previews, feeds.
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


@dataclasses.dataclass(frozen=True)
class Analysis:
    """Everything derived from an archive."""

    claims: Mapping[str, ClaimAnalysis]


def analyse(archive: Archive, site_name: str) -> Analysis:
    """The analysis of all claims of an archive.

    Args:
        site_name: the name under which we speak in ready sentences.
    """
    return Analysis({id: analyse_claim(entry, archive, site_name) for id, entry in archive.claims.items()})


def analyse_claim(entry: Entry[Claim], archive: Archive, site_name: str) -> ClaimAnalysis:
    """The analysis of one claim."""
    claim = entry.record
    derived = status_of(claim)
    status = claim.status if claim.status_reason and more_cautious(claim.status, derived) else derived
    names = [archive.name_of(facade) for facade in claim.facade]
    verdicts = verdicts_of(claim)
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
        headline=headline(status, title, claim.date),
        sentence=finding_sentence(claim, status, verdicts, names, site_name),
        quote=quote_of(claim, languages),
        propagation=propagation_of(claim),
    )
