"""What a rule is: a function named after the fault it finds, whose docstring is its page in the manual."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.documents import Document, Path
from generator.problems import Place, Problem, Severity
from generator.records.text import Record

T = TypeVar("T", bound=Record)


@dataclasses.dataclass(frozen=True)
class Known:
    """What a rule may look at besides the record itself.

    Attributes:
        today: the day on which the check is made; the core asks no clock.
        base: the records as they stood before the change that is checked, where somebody says what that was.
        author: who proposes the change, where somebody says so.
    """

    archive: Archive
    analysis: Analysis
    today: datetime.date
    base: Archive | None = None
    author: str | None = None


#: What a rule yields: where in the record (or where in its file), and the sentence.
Fault = tuple[Path | Place, str]


@dataclasses.dataclass(frozen=True)
class Rule(Generic[T]):
    """A rule: its id, its weight, and the function that finds the fault (None when reading the file finds it)."""

    id: str
    name: str
    severity: Severity
    manual: str
    find: Callable[[Entry[T], Known], Iterator[Fault]] | None = None

    @property
    def title(self) -> str:
        """The fault in words: the function's name."""
        return self.name.replace("_", " ")

    def problems(self, entry: Entry[T], known: Known) -> Iterator[Problem]:
        """The problems that the rule finds in a record."""
        if self.find is None:
            return
        for where, sentence in self.find(entry, known):
            place = where if isinstance(where, Place) else entry.place(*where)
            yield Problem(place, self.id, sentence, self.severity)


def rule(
    id: str, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[Entry[T], Known], Iterator[Fault]]], Rule[T]]:
    """Make a rule of the function below."""

    def make(find: Callable[[Entry[T], Known], Iterator[Fault]]) -> Rule[T]:
        return Rule(id, find.__name__, severity, inspect.getdoc(find) or "", find)

    return make


def found_while_reading(id: str) -> Callable[[Callable[[], None]], Rule[Any]]:
    """Make a rule's manual page of the function below; the reader and the models find this fault themselves."""

    def make(described: Callable[[], None]) -> Rule[Any]:
        return Rule(id, described.__name__, Severity.ERROR, inspect.getdoc(described) or "")

    return make


_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s)|\n(?!\s*\n))+[.!?]?")


def sentences_of(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with the offsets at which they begin; an empty line ends one, a decimal point does not."""
    for match in _SENTENCE.finditer(text):
        yield match.start(), match[0]


def texts_of(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text that was typed in a file, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(inner, str):
                yield (*path, key), inner
            else:
                yield from texts_of(inner, (*path, key))


@functools.lru_cache(maxsize=1)
def whole_text(document: Document) -> str:
    """All texts of a file and its prose, a line end between them.

    A rule that seeks something rare looks here first: read without paths, and once for all rules, a file costs a tenth,
    and most files do not hold what is sought.
    """
    found = [document.prose]
    waiting: list[object] = [document.value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, str):
            found.append(inner)
        elif isinstance(inner, dict):
            waiting.extend(inner.values())
        elif isinstance(inner, list):
            waiting.extend(inner)
    return "\n".join(found)
