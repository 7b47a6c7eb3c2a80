"""What is wrong in a contributed file, as a value: where, which rule, one sentence.

A `Problem` is never raised. The functions that find problems yield them, and only the shell prints them, all at once.
"""

from __future__ import annotations

import dataclasses
import difflib
import enum
from collections.abc import Iterable


class Stopped(Exception):
    """Something keeps the work from going on, and it is no fault of the program; the text is all there is to say."""


class Severity(enum.StrEnum):
    """How much a problem weighs: an error stops the build, the other two never do."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place in a contributed file. Lines and columns count from 1, as editors do."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Something wrong (or worth knowing) in a contributed file."""

    place: Place
    rule: str
    sentence: str
    severity: Severity = Severity.ERROR


def stops_the_build(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


#: Longest value that a sentence repeats; more of it would hide the sentence.
SHOWN_LENGTH = 60


def shown(value: object) -> str:
    """A contributed value as a sentence may repeat it: one line, no control characters, not long, in quotes."""
    text = " ".join(str(value).split())
    text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    if len(text) > SHOWN_LENGTH:
        text = text[: SHOWN_LENGTH - 1] + "…"
    return f"‘{text}’"


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """`; did you mean ‘x’?` for the closest of the right words, or nothing when none is close.

    Closeness is difflib's ratio, which finds swapped, missing and doubled letters in words of this length.
    """
    close = difflib.get_close_matches(wrong.casefold(), sorted(right), n=1, cutoff=0.6)
    return f"; did you mean {shown(close[0])}?" if close else ""
