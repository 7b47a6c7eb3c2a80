"""The page of an event: what may have happened, who claims it and how the claims differ, and who reports it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from generator.analysis.events import ClaimOfEvent, claims_of_event, claims_that_find
from generator.analysis.sentences import spoken_date
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.pages.environment import capitalised, printed
from generator.pages.links import Links
from generator.pages.profiles import IndexRow, Parts
from generator.records.claim import Assertion, Claim
from generator.records.event import Event
from generator.records.vocabulary import Dimension, Verdict

#: Ids of claims with their titles.
Titled: TypeAlias = list[tuple[str, str]]

#: What a claim of an event that says nothing on a point has in its cell.
_SILENT = "not stated"


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """What one claim says on one point.

    Attributes:
        text: as pages print it.
        basis: what stands beside it in small letters.
        compared: what decides whether two claims say the same; empty where the claim is silent.
        theirs: whether the text is in the claimant's words.
    """

    text: str = _SILENT
    basis: str = ""
    compared: str = ""
    theirs: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Compared:
    """One point, on which the claims of an event stand side by side."""

    label: str
    cells: tuple[Cell, ...]

    @property
    def stated(self) -> bool:
        """Whether any claim speaks on it."""
        return any(cell.text != _SILENT for cell in self.cells)

    @property
    def differs(self) -> bool:
        """Whether two claims that speak on it say different things."""
        return len({cell.compared for cell in self.cells} - {""}) > 1


def event_title(entry: Entry[Event], archive: Archive, analysis: Analysis) -> str:
    """The title of an event's page. It says `as reported` until a finding establishes that the event took place."""
    title = f"{entry.record.title}, {spoken_date(entry.record.date)}"
    supported, contradicted = _answers(entry.id, archive, analysis)
    return title if supported and not contradicted else f"As reported: {title}"


def _answers(event: str, archive: Archive, analysis: Analysis) -> tuple[Titled, Titled]:
    """The claims whose records find that the event took place, and those whose records find that it did not."""
    supported = claims_that_find(event, Verdict.SUPPORTED, archive, analysis)
    contradicted = claims_that_find(event, Verdict.CONTRADICTED, archive, analysis)
    return _titled(supported, analysis), _titled(contradicted, analysis)


def event_description(entry: Entry[Event], archive: Archive) -> str:
    """One sentence or two for previews and lists: when, and who claimed it."""
    return f"{spoken_date(entry.record.date)}, as reported: {entry.record.kind}. {_claimed_by(entry.id, archive)}."


def _claimed_by(event: str, archive: Archive) -> str:
    claims = {claim.entry.id: claim.entry for claim in claims_of_event(event, archive)}
    names = dict.fromkeys(archive.name_of(facade) for entry in claims.values() for facade in entry.record.facade)
    if not claims:
        return "No claim of it is listed" if archive.claims_about(event) else "No claim of it is on record here"
    how_often = {1: "once", 2: "twice"}.get(len(claims), f"{len(claims)} times")
    return f"Claimed {how_often}, in the name of {' and '.join(names)}"


def event_parts(entry: Entry[Event], archive: Archive, analysis: Analysis, links: Links) -> Parts:
    """What stands on the page of an event; it has no prose of its own."""
    claims = claims_of_event(entry.id, archive)
    event = entry.record
    supported, contradicted = _answers(entry.id, archive, analysis)
    unlisted = len(archive.claims_about(entry.id)) - len({claim.entry.id for claim in claims})
    return {
        "lede": printed(
            "event-lede.html.j2",
            entry=entry,
            links=links,
            supported=supported,
            contradicted=contradicted,
        ),
        "derived": printed(
            "event.html.j2",
            entry=entry,
            archive=archive,
            links=links,
            claims=[(claim, analysis.claims[claim.entry.id]) for claim in claims],
            columns=[f"Claim {number}" for number in range(1, len(claims) + 1)] if len(claims) > 1 else ["Claim"],
            occurred=Dimension.OCCURRED,
            rows=[row for row in _rows(claims) if row.stated],
            unlisted=unlisted,
            reports=[source for source in event.sources if source.id in event.reports],
            others=[source for source in event.sources if source.id not in event.reports],
        ),
    }


def _titled(entries: Sequence[Entry[Claim]], analysis: Analysis) -> Titled:
    return [(entry.id, analysis.claims[entry.id].title) for entry in entries]


def _rows(claims: Sequence[ClaimOfEvent]) -> Iterator[Compared]:
    """The points of comparison; each has a cell for every claim, in their order."""
    asserted = [claim.assertion for claim in claims]
    timed = all(assertion.time for assertion in asserted if assertion.date)
    yield Compared("What, in our words", tuple(Cell(assertion.what) for assertion in asserted))
    yield Compared("When", tuple(_when(assertion, timed) for assertion in asserted))
    yield Compared("Where", tuple(map(_where, asserted)))
    yield Compared("Means", tuple(_their_words(assertion.means) for assertion in asserted))
    yield Compared("Target", tuple(map(_target, asserted)))
    yield Compared("Effect", tuple(map(_effect, asserted)))
    for what in dict.fromkeys(number.what for assertion in asserted for number in assertion.numbers):
        yield Compared(f"Number: {what}", tuple(_number(assertion, what) for assertion in asserted))


def _when(assertion: Assertion, timed: bool) -> Cell:
    """When it is said to have happened; where only some claims give a time of day, it is no difference."""
    if not assertion.date:
        return Cell()
    text = spoken_date(assertion.date) + (f", {assertion.time}" if assertion.time else "")
    basis = assertion.time_basis.label if assertion.time_basis else ""
    return Cell(text, basis, text if timed else assertion.date)


def _where(assertion: Assertion) -> Cell:
    place = assertion.place
    return Cell(place.name, place.admin or "", place.name.casefold()) if place else Cell()


def _their_words(words: str | None, word: str = "") -> Cell:
    return Cell(words, word, word, theirs=True) if words else Cell(word or _SILENT, "", word)


def _target(assertion: Assertion) -> Cell:
    target = assertion.target
    return _their_words(target.as_claimed, target.class_.label) if target else Cell()


def _effect(assertion: Assertion) -> Cell:
    effect = assertion.effect
    return _their_words(effect.as_claimed, effect.class_.label) if effect else Cell()


def _number(assertion: Assertion, what: str) -> Cell:
    numbers = [number for number in assertion.numbers if number.what == what]
    claimed = "; ".join(number.claimed for number in numbers if number.claimed)
    reported = "; ".join(number.reported for number in numbers if number.reported)
    basis = f"as reported: {reported}" if reported else ""
    return Cell(claimed or "none claimed", basis, claimed, theirs=bool(claimed)) if numbers else Cell()


def events_index(archive: Archive, analysis: Analysis, links: Links) -> str:
    """All events, newest first: those that somebody claims, then those that nobody is known to have claimed."""
    newest = sorted(archive.events.values(), key=lambda entry: (entry.record.date.earliest, entry.id), reverse=True)
    claimed = [entry for entry in newest if archive.claims_about(entry.id)]
    unclaimed = [entry for entry in newest if not archive.claims_about(entry.id)]
    groups = [("Claimed", claimed), ("Not known to be claimed", unclaimed)]
    return printed(
        "index.html.j2",
        groups=[
            (name, [_index_row(entry, archive, analysis, links) for entry in group]) for name, group in groups if group
        ],
    )


def _index_row(entry: Entry[Event], archive: Archive, analysis: Analysis, links: Links) -> IndexRow:
    note = f"{capitalised(entry.record.kind)} (as reported). {_claimed_by(entry.id, archive)}."
    return IndexRow(links.to("event", entry.id), event_title(entry, archive, analysis), note)
