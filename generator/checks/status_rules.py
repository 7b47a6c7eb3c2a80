"""S: is the status the one that the findings earn, and has somebody looked."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.status import SEARCHES_NEEDED, more_cautious
from generator.archive import Entry
from generator.checks.rule import Fault, Known, Rule, rule
from generator.problems import Severity, shown
from generator.records.claim import Claim, Finding, Search, StatusChange
from generator.records.vocabulary import Dimension, SearchScope, Status, Verdict


@rule("S01")
def status_not_earned(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """The written status is not the one that the findings give. Nobody raises a status by typing it.

    A more cautious status is allowed with a reason in `status_reason`.
    """
    written, derived = entry.record.status, known.analysis.claims[entry.id].derived
    if written is derived:
        return
    if not more_cautious(written, derived):
        yield ("status",), f"status {shown(written)} but the findings give {shown(derived)}"
    elif not entry.record.status_reason:
        yield ("status",), f"more cautious than the findings ({shown(derived)}): say why in status_reason"


@rule("S02")
def search_log_too_thin(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A claim is `uncorroborated` only when somebody has looked where a report would be.

    The log needs three searches. One of them is in a language that the facade publishes in (`lang: ar`), because local
    reports are; one looks for official statements (`scope: official-statements`).
    """
    claim = entry.record
    if claim.status is not Status.UNCORROBORATED:
        return
    if len(claim.searches) < SEARCHES_NEEDED:
        yield ("status",), f"needs a search log: {SEARCHES_NEEDED} searches, has {len(claim.searches)}"
    if not claim.searches:
        return
    languages = sorted(
        {
            language
            for facade in claim.facade
            if facade in known.archive.facades
            for language in known.archive.facades[facade].record.languages
        }
    )
    if languages and not any(search.lang in languages for search in claim.searches):
        yield ("searches",), f"needs a search in the original language: lang: {' or '.join(languages)}"
    if not any(search.scope is SearchScope.OFFICIAL_STATEMENTS for search in claim.searches):
        yield ("searches",), "needs a search for official statements: scope: official-statements"


#: After this many days without a look an unverified claim is mentioned.
_DAYS_UNCHECKED = 90


@rule("S03", Severity.INFORMATION)
def still_unchecked(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """The claim has been `unverified` for more than 90 days.

    The days are counted from the last time that the record says somebody looked: the last entry of its history, a
    finding, a search. A record that names no such day is not mentioned.
    """
    claim = entry.record
    if claim.status is not Status.UNVERIFIED or claim.tombstone:
        return
    parts: tuple[StatusChange | Finding | Search, ...] = (*claim.history, *claim.findings, *claim.searches)
    looked = [part.date.latest for part in parts]
    if looked and (known.today - max(looked)).days > _DAYS_UNCHECKED:
        yield ("status",), f"still unchecked: nobody has looked since {max(looked).isoformat()}"


@rule("S04")
def two_claimants_of_one_deed(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """Two claims assert one event, `actor` is supported in both, and the claimants are not in one camp.

    They cannot both have done it alone. Compare the evidence of the two findings.
    """
    at = _supported_actor(entry.record)
    if at is None:
        return
    camps = known.analysis.affiliations.camps_of(entry.record.facade)
    for event in sorted({assertion.event for assertion in entry.record.asserts if assertion.event}):
        for other in known.archive.claims_about(event):
            if other.id == entry.id or _supported_actor(other.record) is None:
                continue
            if not camps & known.analysis.affiliations.camps_of(other.record.facade):
                sentence = f"they cannot both have done it alone: {other.id} has a supported actor too"
                yield ("findings", at, "verdict"), sentence


def _supported_actor(claim: Claim) -> int | None:
    """The position of the finding that supports the actor, or None."""
    found = (
        at
        for at, finding in enumerate(claim.findings)
        if finding.dimension is Dimension.ACTOR and finding.verdict is Verdict.SUPPORTED
    )
    return next(found, None)


RULES: tuple[Rule[Claim], ...] = (status_not_earned, search_log_too_thin, still_unchecked, two_claimants_of_one_deed)
