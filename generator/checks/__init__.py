"""All rules in plain sight, and the function that asks them."""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from generator import noting
from generator.analysis.whole import Analysis, analyse_claim
from generator.archive import Archive, Entry
from generator.checks import (
    attribution_rules,
    finding_rules,
    harm_rules,
    history_rules,
    permanence_rules,
    prose_rules,
    provenance_rules,
    quote_rules,
    reading_rules,
    record_rules,
    status_rules,
    time_rules,
)
from generator.checks.rule import Known, Rule
from generator.problems import Problem
from generator.records.claim import Claim
from generator.records.event import Event
from generator.records.facade import Facade
from generator.records.organisation import Organisation
from generator.records.page import WrittenPage
from generator.records.report import Report
from generator.records.text import Record
from generator.records.version import Permalinks, Version

CLAIM_RULES: tuple[Rule[Any], ...] = (
    *record_rules.CLAIM_RULES,
    *quote_rules.RULES,
    *time_rules.RULES,
    *provenance_rules.CLAIM_RULES,
    *finding_rules.RULES,
    *status_rules.RULES,
    *history_rules.CLAIM_RULES,
    *harm_rules.CLAIM_RULES,
    *permanence_rules.CLAIM_RULES,
)
#: Rules for a claim whose content had to go: nothing is left that could be complete or well founded.
WITHDRAWN_RULES: tuple[Rule[Any], ...] = (
    record_rules.unknown_id_in_a_claim,
    record_rules.file_name_is_not_the_id,
    record_rules.machine_path,
    *history_rules.CLAIM_RULES,
    *history_rules.HISTORY_RULES,
    *permanence_rules.CLAIM_RULES,
    *permanence_rules.RECORD_RULES,
    *harm_rules.COMMON_RULES,
)
PROFILE_RULES: tuple[Rule[Any], ...] = record_rules.PROFILE_RULES
FACADE_RULES: tuple[Rule[Any], ...] = attribution_rules.RULES
HISTORY_RULES: tuple[Rule[Any], ...] = history_rules.HISTORY_RULES
SOURCED_RULES: tuple[Rule[Any], ...] = (
    *record_rules.COMMON_RULES,
    *provenance_rules.SOURCED_RULES,
    *harm_rules.COMMON_RULES,
    *harm_rules.SOURCE_RULES,
    *permanence_rules.RECORD_RULES,
)
WRITTEN_RULES: tuple[Rule[Any], ...] = prose_rules.RULES
#: Rules for written pages that are no records: they have prose and no sources.
PAGE_RULES: tuple[Rule[Any], ...] = (*harm_rules.COMMON_RULES, record_rules.machine_path)
#: Rules for the records of the base revision: is everything that stood there still here.
BASE_RULES: tuple[Rule[Any], ...] = history_rules.BASE_RULES

RULES: tuple[Rule[Any], ...] = tuple(
    sorted(
        (
            *reading_rules.RULES,
            *permanence_rules.READING_RULES,
            *permanence_rules.LIST_RULES,
            *permanence_rules.VERSION_RULES,
            *permanence_rules.BASE_RULES,
            *CLAIM_RULES,
            *PROFILE_RULES,
            *FACADE_RULES,
            *HISTORY_RULES,
            *SOURCED_RULES,
            *WRITTEN_RULES,
            *BASE_RULES,
        ),
        key=lambda rule: rule.id,
    )
)


def rules_by_id() -> dict[str, list[Rule[Any]]]:
    """All rules, those of one id together."""
    found: dict[str, list[Rule[Any]]] = {}
    for rule in RULES:
        found.setdefault(rule.id, []).append(rule)
    return found


#: Asks about some records.
Part = Callable[[], list[Problem]]
#: How many claims are asked about together.
SIZE: Final = 16
#: Letters of a month: `2023-01`.
_MONTH: Final = 7


def check(
    archive: Archive,
    analysis: Analysis,
    today: datetime.date,
    base: Archive | None = None,
    author: str | None = None,
) -> list[Problem]:
    """Everything that the rules find in the records of an archive, in the order of files and lines.

    Args:
        base: the records before the change that is checked; without it nothing is said about what was lost.
        author: who proposes the change.
    """
    known = Known(archive, analysis, today, base, author)
    return sorted(problem for ask in parts_of(known).values() for problem in ask())


def parts_of(known: Known) -> dict[str, Part]:
    """The same in parts that need nothing of each other, by names that say which records they ask about."""
    archive = known.archive
    months: defaultdict[str, list[Entry[Claim]]] = defaultdict(list)
    for id in archive.claims:
        entry = archive.claims[id]
        months[entry.outline.when[0][:_MONTH]].append(entry)
    shelves = (archive.events, archive.facades, archive.organisations, archive.terms, archive.reports, archive.pages)
    parts: dict[str, Part] = {}
    # By months, so that a claim that is added or gone changes the parts of one.
    for claims in months.values():
        for at in range(0, len(claims), SIZE):
            some = claims[at : at + SIZE]
            parts[" ".join(entry.id for entry in some)] = functools.partial(_problems, some, known)
    for shelf in (*shelves, archive.versions):
        for other in shelf.values():
            parts[other.path] = functools.partial(_problems, [other], known)
    parts["the list of addresses"] = functools.partial(_problems, [archive.permalinks], known)
    for entry in archive.partial:
        parts[f"what is left of {entry.path}"] = functools.partial(_problems_left, entry, known)
    if known.base is not None:
        parts["what stood before"] = functools.partial(_problems_before, known.base, known)
    return parts


def _problems(entries: Iterable[Entry[Any]], known: Known) -> list[Problem]:
    return [problem for entry in entries for problem in _asked(entry, known)]


def _problems_left(entry: Entry[Any], known: Known) -> list[Problem]:
    assert entry.mended is not None
    noting.looked_at(entry.id)
    left = _problems([entry], _knowing_what_is_left(entry, known))
    return [problem for problem in left if problem.rule not in entry.mended.echoes]


def _problems_before(base: Archive, known: Known) -> list[Problem]:
    entries = [(entry, BASE_RULES) for shelf in history_rules.shelves(base) for entry in shelf.values()]
    entries += [(version, permanence_rules.BASE_RULES) for version in base.versions.values()]
    return [problem for entry, rules in entries for rule in rules for problem in rule.problems(entry, known)]


def _knowing_what_is_left(entry: Entry[Any], known: Known) -> Known:
    """What a rule may look at when it looks at a broken file: that file's claim is known, its lost ids are no fault."""
    assert entry.mended is not None
    archive = dataclasses.replace(known.archive, broken=known.archive.broken | entry.mended.dropped_ids)
    analysis = known.analysis
    if isinstance(entry.record, Claim):
        analysis = analysis.with_claim(entry.id, analyse_claim(entry, archive, analysis.affiliations, ""))
    return dataclasses.replace(known, archive=archive, analysis=analysis)


def _rules_for(record: Record) -> tuple[Rule[Any], ...]:
    match record:
        case Claim(tombstone=tombstone) if tombstone and tombstone.reason.takes_content:
            return WITHDRAWN_RULES
        case Version():
            return permanence_rules.VERSION_RULES
        case Permalinks():
            return permanence_rules.LIST_RULES
        case Claim():
            return (*CLAIM_RULES, *HISTORY_RULES, *SOURCED_RULES)
        case Event():
            return (*PROFILE_RULES, *SOURCED_RULES)
        case Facade():
            return (*PROFILE_RULES, *FACADE_RULES, *HISTORY_RULES, *SOURCED_RULES, *WRITTEN_RULES)
        case Organisation():
            return (*PROFILE_RULES, *HISTORY_RULES, *SOURCED_RULES, *WRITTEN_RULES)
        case Report():
            return (record_rules.profile_name_is_not_an_id, *SOURCED_RULES, *WRITTEN_RULES)
        case WrittenPage():
            return (*PAGE_RULES, *WRITTEN_RULES)
        case _:
            return (*PROFILE_RULES, *SOURCED_RULES, *WRITTEN_RULES)


def _asked(entry: Entry[Any], known: Known) -> Iterator[Problem]:
    for rule in _rules_for(entry.record):
        yield from rule.problems(entry, known)
