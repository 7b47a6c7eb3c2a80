"""All rules in plain sight, and the function that asks them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from generator.analysis.whole import Analysis
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
    for claim in archive.claims.values():
        yield from _asked((*CLAIM_RULES, *SOURCED_RULES), claim, known)
    for event in archive.events.values():
        yield from _asked((*PROFILE_RULES, *SOURCED_RULES), event, known)
    for shelf in (archive.facades, archive.organisations, archive.terms):
        for profile in shelf.values():
            yield from _asked((*PROFILE_RULES, *SOURCED_RULES, *WRITTEN_RULES), profile, known)
    for report in archive.reports.values():
        yield from _asked((record_rules.profile_name_is_not_an_id, *SOURCED_RULES, *WRITTEN_RULES), report, known)
    for page in archive.pages.values():
        yield from _asked((*PAGE_RULES, *WRITTEN_RULES), page, known)


def _asked(rules: tuple[Rule[Any], ...], entry: Entry[Any], known: Known) -> Iterator[Problem]:
    for rule in rules:
        yield from rule.problems(entry, known)
