"""S and C: the status is the one that the findings earn, and its history is whole."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.status import more_cautious
from generator.archive import Entry
from generator.checks.rule import Fault, Known, Rule, rule
from generator.problems import shown
from generator.records.claim import Claim
from generator.records.vocabulary import Status


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


@rule("C01")
def history_missing(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A claim whose status is not `unverified` needs a history: every status it had, with date and reason."""
    if not entry.record.history and entry.record.status is not Status.UNVERIFIED:
        yield ("status",), "history missing: when did the status change, and why?"


@rule("C02")
def history_broken(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """An entry of the history does not follow from the one before it: another status, or an earlier date."""
    before = None
    for at, change in enumerate(entry.record.history):
        if before is None:
            if change.from_ is not None:
                yield ("history", at, "from"), "the first entry of the history has no from"
        elif change.from_ is not before.to:
            wanted = shown(before.to)
            yield ("history", at), f"history broken: from must be {wanted}, the status of the entry before"
        if before is not None and change.date.latest < before.date.earliest:
            yield ("history", at, "date"), "history broken: earlier than the entry before"
        before = change


@rule("C03")
def history_ends_elsewhere(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """The last entry of the history must lead to the status of the claim."""
    history = entry.record.history
    if history and history[-1].to is not entry.record.status:
        yield ("history", len(history) - 1, "to"), f"the history ends at {shown(history[-1].to)}, not at the status"


RULES: tuple[Rule[Claim], ...] = (status_not_earned, history_missing, history_broken, history_ends_elsewhere)
