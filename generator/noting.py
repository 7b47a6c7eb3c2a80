"""What a piece of work looked at, noted while it is done: so that it need not be done again while all of that stands.

There are few doors. What a claim's file says is only had through its entry, and so is noted by the claim's id. What is
asked of many claims at once (those of a facade, the one before another) is noted as a question with a print of its
answer. What is worked out once for several (`once`) hands its own notes on to everybody who uses it. These are the
*verifying traces* of Mokhov, Mitchell and Peyton Jones (Build Systems à la Carte, ICFP 2018).

What is no claim (profiles, prose, templates, settings, the program) is not noted: when any of it changes, nothing that
was noted is used.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import operator
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
K = TypeVar("K")

#: The way from what is asked to a door, and what is asked there: `("archive.claims_of", "saraya-awliya-al-dam")`.
Question = tuple[str, ...]


@dataclasses.dataclass(slots=True)
class Notes:
    """What was looked at.

    Attributes:
        claims: the ids of claims whose file was looked into, or sought.
        answers: a print of the answer to each question that was asked.
    """

    claims: set[str] = dataclasses.field(default_factory=set)
    answers: dict[Question, str] = dataclasses.field(default_factory=dict)


_open: list[Notes] = []


@contextlib.contextmanager
def noting() -> Iterator[Notes]:
    """Notes of all that is looked at in here, and not in what stands around it."""
    notes = Notes()
    _open.append(notes)
    try:
        yield notes
    finally:
        _open.pop()


def looked_at(claim: str) -> None:
    """Note that a claim's file was looked into, or sought."""
    if _open:
        _open[-1].claims.add(claim)


def asked(question: Question, answer: Callable[[], str]) -> None:
    """Note a question.

    Args:
        answer: makes the print of what was answered; only asked where somebody takes notes and has none of it.
    """
    if _open and question not in _open[-1].answers:
        _open[-1].answers[question] = answer()


def hand_on(notes: Notes) -> None:
    """Note all that is noted there."""
    if _open:
        _open[-1].claims |= notes.claims
        _open[-1].answers |= notes.answers


def print_of(value: object) -> str:
    """A print of an answer made of plain values, tuples and the like, or of bytes: two that differ have two."""
    return hashlib.blake2b(value if isinstance(value, bytes) else repr(value).encode(), digest_size=12).hexdigest()


def answer_to(question: Question, root: object) -> str:
    """The print of what is answered now; empty where nothing is known that could answer.

    Args:
        root: where the way to the door begins.
    """
    with noting() as notes:
        found = operator.attrgetter(question[0])(root)
        if callable(found):
            found(*question[1:])
    return notes.answers.get(question, "")


class Memo(Generic[K, T]):
    """What is worked out once for each key, whose notes everybody has who uses it.

    Args:
        most: how many are remembered; all where it is None.
    """

    def __init__(self, most: int | None = None) -> None:
        self._found: OrderedDict[K, tuple[T, Notes]] = OrderedDict()
        self._most = most

    def __call__(self, key: K, make: Callable[[], T]) -> T:
        """What was worked out before, or what is worked out now."""
        if key not in self._found:
            with noting() as notes:
                made = make()
            self._found[key] = made, notes
            if self._most is not None and len(self._found) > self._most:
                self._found.popitem(last=False)
        found, notes = self._found[key]
        hand_on(notes)
        return found


class once(Generic[T]):  # noqa: N801 (it stands where `property` would)
    """A property that is worked out once, as `functools.cached_property`, whose notes everybody has who uses it."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f" {name}"  # no attribute has such a name

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> once[T] | T:
        if instance is None:
            return self
        memo: Memo[None, T] = instance.__dict__.setdefault(self._name, Memo())
        return memo(None, lambda: self._make(instance))
