"""An event and those who claim it: which listed claims assert it, and whether a finding establishes that it took place."""

from __future__ import annotations

import dataclasses

from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.records.claim import Assertion, Claim
from generator.records.vocabulary import Dimension, Direction, Verdict


@dataclasses.dataclass(frozen=True, slots=True)
class ClaimOfEvent:
    """What one claim says of an event; a claim that says two things of it stands here twice."""

    entry: Entry[Claim]
    assertion: Assertion


def events_of(claim: Claim, archive: Archive) -> list[tuple[str, str]]:
    """The events that a claim asserts, with their titles, each once and in the order of the file."""
    named = dict.fromkeys(assertion.event for assertion in claim.asserts if assertion.event)
    return [(id, archive.events[id].record.title) for id in named if id in archive.events]


def claims_of_event(event: str, archive: Archive) -> tuple[ClaimOfEvent, ...]:
    """The listed claims of an event, oldest first."""
    listed = {entry.id for entry in archive.listed_claims}
    return tuple(
        ClaimOfEvent(entry, assertion)
        for entry in archive.claims_about(event)
        if entry.id in listed
        for assertion in entry.record.asserts
        if assertion.event == event
    )


def claims_that_find(event: str, verdict: Verdict, archive: Archive, analysis: Analysis) -> tuple[Entry[Claim], ...]:
    """The listed claims in whose record the question whether this event took place has this answer, oldest first.

    A claim of several events has one answer for all of them. It is the answer for this one only where everything
    that speaks for it is said to speak of this one.
    """
    found = dict.fromkeys(claim.entry.id for claim in claims_of_event(event, archive))
    return tuple(
        archive.claims[id]
        for id in found
        if analysis.claims[id].verdicts[Dimension.OCCURRED] is verdict
        and _is_about(event, verdict, archive.claims[id].record)
    )


def _is_about(event: str, verdict: Verdict, claim: Claim) -> bool:
    if all(assertion.event == event for assertion in claim.asserts):
        return True
    own = {assertion.id for assertion in claim.asserts if assertion.event == event}
    direction = Direction.CONTRADICTS if verdict is Verdict.CONTRADICTED else Direction.SUPPORTS
    decisive = [
        item
        for finding in claim.findings
        if finding.dimension is Dimension.OCCURRED
        for item in finding.evidence
        if item.direction is direction
    ]
    return bool(decisive) and all(own.intersection(item.assertion) for item in decisive)
