"""All rules in plain sight, and the function that asks them."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from typing import Any

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


def check(
    archive: Archive,
    analysis: Analysis,
    today: datetime.date,
    base: Archive | None = None,
    author: str | None = None,
    share: tuple[int, int] = (0, 1),
) -> list[Problem]:
    """Everything that the rules find in the records of an archive, in the order of files and lines.

    Args:
        base: the records before the change that is checked; without it nothing is said about what was lost.
        author: who proposes the change.
        share: which part of how many equal parts of the records, in their order, is asked about, so that several can
            ask at once.
    """
    return sorted(_problems(Known(archive, analysis, today, base, author), *share))


def _problems(known: Known, part: int, parts: int) -> Iterator[Problem]:
    archive = known.archive
    shelves = (archive.claims, archive.events, archive.facades, archive.organisations)
    more = (archive.terms, archive.reports, archive.pages, archive.versions)
    records = [entry for shelf in (*shelves, *more) for entry in shelf.values()]
    for entry in records[len(records) * part // parts : len(records) * (part + 1) // parts]:
        yield from _asked(entry, known)
    if part:
        return
    yield from _asked(archive.permalinks, known)
    for entry in archive.partial:
        assert entry.mended is not None
        yield from (
            problem
            for problem in _asked(entry, _knowing_what_is_left(entry, known))
            if problem.rule not in entry.mended.echoes
        )
    if known.base is not None:
        for shelf in history_rules.shelves(known.base):
            for entry in shelf.values():
                yield from (problem for rule in BASE_RULES for problem in rule.problems(entry, known))
        for version in known.base.versions.values():
            yield from (problem for rule in permanence_rules.BASE_RULES for problem in rule.problems(version, known))


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
