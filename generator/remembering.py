"""What files of the whole archive take from claims (`generator.extracting`), remembered from build to build."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from generator import disk
from generator.account import Account, account_of
from generator.archive import Entry
from generator.noting import Notes, hand_on, noting, print_of
from generator.packing import packed, unpacked

T = TypeVar("T")

#: What the names of all that is kept here begin with.
TAKEN: Final = "taken-"


class Remembering:
    """Knows what was taken from groups of claims that have not changed since.

    Args:
        rest: a print of all that is no claim.
        claims: a print of every claim's file, by id.

    Attributes:
        root: where questions are asked (`noting.answer_to`).
    """

    def __init__(self, kept: disk.Kept, rest: str, claims: Mapping[str, str]) -> None:
        self._kept = kept
        self._rest = rest
        self._claims = claims
        self.root: object = None

    def __call__(self, name: str, groups: Sequence[Sequence[Any]], make: Callable[[Sequence[Any]], T]) -> list[T]:
        """What is made of each group, in their order."""
        key = f"{TAKEN}account-{name}"
        before: Account[str] = unpacked(self._kept.found(key)) or Account()
        standing = before.standing(self._rest, self._claims, self.root)
        found: list[T] = []
        stood: dict[str, Any] = {}
        done: dict[str, tuple[str, Notes]] = {}
        for group in groups:
            called = print_of([entry.id for entry in group])
            part = standing.get(called)
            value: Any = unpacked(self._kept.found(part.result)) if part else None
            if part is None or value is None:
                value, done[called] = self._made(name, group, make)
            else:
                stood[called] = part
                hand_on(Notes(set(part.claims), {question: before.answers[question] for question in part.questions}))
            found.append(value)
        if done or len(stood) < len(before.parts):
            self._kept.keep(key, packed(account_of(self._rest, self._claims, stood, before.answers, done)))
        return found

    def whole(self, name: str, key: str, make: Callable[[], T]) -> T:
        """What is made of all claims, under a print of what it is made of."""
        key = f"{TAKEN}whole-{name}-{print_of((self._rest, key))}"
        found: T | None = unpacked(self._kept.found(key))
        if found is None:
            found = make()
            self._kept.keep(key, packed(found))
        return found

    def _made(
        self, name: str, group: Sequence[Entry[Any]], make: Callable[[Sequence[Any]], T]
    ) -> tuple[T, tuple[str, Notes]]:
        with noting() as notes:
            value = make(group)
        hand_on(notes)
        blob = packed(value)
        key = f"{TAKEN}group-{name}-{print_of(blob)}"
        self._kept.keep(key, blob)
        return value, (key, notes)
