"""All rules in plain sight, and the function that asks them."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from typing import Any

from generator.analysis.whole import Analysis, analyse_claim
from generator.archive import Archive, Entry
from generator.checks import (
    harm_rules,
    prose_rules,
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
from generator.records.page import WrittenPage
from generator.records.report import Report
from generator.records.text import Record

CLAIM_RULES: tuple[Rule[Any], ...] = (
    *record_rules.CLAIM_RULES,
    *quote_rules.RULES,
    *time_rules.RULES,
    *status_rules.RULES,
    *harm_rules.CLAIM_RULES,
)
PROFILE_RULES: tuple[Rule[Any], ...] = record_rules.PROFILE_RULES
SOURCED_RULES: tuple[Rule[Any], ...] = (
    *record_rules.COMMON_RULES,
    *harm_rules.COMMON_RULES,
    *harm_rules.SOURCE_RULES,
)
WRITTEN_RULES: tuple[Rule[Any], ...] = prose_rules.RULES
#: Rules for written pages that are no records: they have prose and no sources.
PAGE_RULES: tuple[Rule[Any], ...] = (*harm_rules.COMMON_RULES, record_rules.machine_path)

RULES: tuple[Rule[Any], ...] = tuple(
    sorted(
        (*reading_rules.RULES, *CLAIM_RULES, *PROFILE_RULES, *SOURCED_RULES, *WRITTEN_RULES),
        key=lambda rule: rule.id,
    )
)


def check(archive: Archive, analysis: Analysis, today: datetime.date) -> list[Problem]:
    """Everything that the rules find in the records of an archive, in the order of files and lines."""
    known = Known(archive, analysis, today)
    return sorted(_problems(known))


def _problems(known: Known) -> Iterator[Problem]:
    archive = known.archive
    shelves = (archive.claims, archive.events, archive.facades, archive.organisations)
    for shelf in (*shelves, archive.terms, archive.reports, archive.pages):
        for entry in shelf.values():
            yield from _asked(entry, known)
    for entry in archive.partial:
        assert entry.mended is not None
        yield from (
            problem
            for problem in _asked(entry, _knowing_what_is_left(entry, known))
            if problem.rule not in entry.mended.echoes
        )


def _knowing_what_is_left(entry: Entry[Any], known: Known) -> Known:
    """What a rule may look at when it looks at a broken file: that file's claim is known, its lost ids are no fault."""
    assert entry.mended is not None
    archive = dataclasses.replace(known.archive, broken=known.archive.broken | entry.mended.dropped_ids)
    analysis = known.analysis
    if isinstance(entry.record, Claim):
        analysis = Analysis({**analysis.claims, entry.id: analyse_claim(entry, archive, "")})
    return dataclasses.replace(known, archive=archive, analysis=analysis)


def _rules_for(record: Record) -> tuple[Rule[Any], ...]:
    match record:
        case Claim():
            return (*CLAIM_RULES, *SOURCED_RULES)
        case Event():
            return (*PROFILE_RULES, *SOURCED_RULES)
        case Report():
            return (record_rules.profile_name_is_not_an_id, *SOURCED_RULES, *WRITTEN_RULES)
        case WrittenPage():
            return (*PAGE_RULES, *WRITTEN_RULES)
        case _:
            return (*PROFILE_RULES, *SOURCED_RULES, *WRITTEN_RULES)


def _asked(entry: Entry[Any], known: Known) -> Iterator[Problem]:
    for rule in _rules_for(entry.record):
        yield from rule.problems(entry, known)
