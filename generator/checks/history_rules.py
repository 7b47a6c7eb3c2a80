"""C: is the history whole, and is nothing lost from it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from generator.archive import Archive, Entry
from generator.checks.rule import Fault, Known, Rule, rule
from generator.problems import Place, shown
from generator.records.claim import Claim
from generator.records.vocabulary import Status


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


@rule("C04")
def history_rewritten(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """An entry that the history had before this change is changed or gone. A history is only ever appended to.

    The check compares with a base revision (`claims check --base main`); without one it cannot see this. To correct an
    entry, add another that says what was wrong.
    """
    before = _entry_before(entry, known)
    if before is None or before.record.history == entry.record.history[: len(before.record.history)]:
        return
    history = entry.record.history
    for at, change in enumerate(before.record.history):
        if at >= len(history):
            yield ("history",), f"history is append-only: the entry of {change.date} is gone"
        elif history[at] != change:
            yield ("history", at), f"history is append-only: this entry was another before ({change.date})"


def _entry_before(entry: Entry[Any], known: Known) -> Entry[Any] | None:
    """The same record in the base, under its id or a former one."""
    if known.base is None:
        return None
    for shelf in shelves(known.base):
        for id in (entry.id, *entry.record.formerly):
            if id in shelf and type(shelf[id].record) is type(entry.record):
                return shelf[id]
    return None


@rule("C05")
def record_deleted(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """A record that stood in the base revision is gone, and no other record names its id under `formerly`.

    Addresses are for ever. A renamed record lists its old id under `formerly`; a claim that should not exist stays and
    says why in `tombstone`.
    """
    archive, kind = known.archive, type(entry.record)
    here = [shelf[entry.id] for shelf in shelves(archive) if entry.id in shelf]
    if entry.id in archive.broken or any(type(other.record) is kind for other in here):
        return
    others = itertools.chain(archive.partial, *(shelf.values() for shelf in shelves(archive)))
    if any(type(other.record) is kind and entry.id in other.record.formerly for other in others):
        return
    back = "put it back with a tombstone" if isinstance(entry.record, Claim) else "put it back"
    sentence = f"the record is deleted: {back}, or name {entry.id} under formerly: of the record in its place"
    yield Place(entry.path), sentence


def shelves(archive: Archive) -> tuple[Mapping[str, Entry[Any]], ...]:
    """All records of an archive, kind by kind; written pages are none."""
    records = (archive.claims, archive.events, archive.facades, archive.organisations)
    return (*records, archive.terms, archive.reports)


CLAIM_RULES: tuple[Rule[Claim], ...] = (history_missing, history_broken, history_ends_elsewhere)
HISTORY_RULES: tuple[Rule[Any], ...] = (history_rewritten,)
#: Asked about every record of the base revision, not of the archive that is checked.
BASE_RULES: tuple[Rule[Any], ...] = (record_deleted,)
