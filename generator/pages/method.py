"""Tables of the manual, made from the code that they describe."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence

from generator.analysis.status import derive_status, every_combination
from generator.pages.environment import printed
from generator.pages.links import Links
from generator.records.vocabulary import Status, Verdict
from generator.schema import FieldRow


def statuses_table() -> str:
    """The eight statuses, and how many combinations of verdicts earn each."""
    counts = Counter(derive_status(verdicts, searched) for verdicts, searched in every_combination())
    table = [(status, counts[status]) for status in Status]
    return printed("method.html.j2", what="statuses", table=table, total=f"{sum(counts.values()):,}")


def dimensions_table() -> str:
    """The five dimensions and their questions."""
    return printed("method.html.j2", what="dimensions")


def verdicts_table() -> str:
    """The six verdicts."""
    return printed("method.html.j2", what="verdicts", verdicts=tuple(Verdict))


@dataclasses.dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as the manual lists it; its weight is error, warning or information."""

    id: str
    title: str
    weight: str


def rules_table(rules: Sequence[RuleRow], links: Links) -> str:
    """All rules, each with the link to its page."""
    return printed("method.html.j2", what="rules", rules=rules, links=links)


def fields_tables(record: str, tables: Sequence[tuple[str, str, Sequence[FieldRow]]]) -> str:
    """The fields of a record and of all its parts.

    Args:
        record: the kind of record, for ids that are unique on the page.
    """
    return printed("method.html.j2", what="fields", record=record, tables=tables)
