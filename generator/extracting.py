"""What files of the whole archive take from each claim, worked out for some claims at a time.

A list of ten thousand claims is made of ten thousand lines, and one changed claim changes one of them. Whoever makes
such a file asks for its lines here; the shell may know most of them from the build before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class Taking(Generic[T]):
    """One thing that is taken from every group of claims.

    Attributes:
        name: what it is; another name for another thing.
        make: makes it of some claims, of plain values; looks at nothing that changes without its notes saying so.
    """

    name: str
    make: Callable[[Sequence[Any]], T]


class Extracting(Protocol):
    """Takes things from groups of claims."""

    def __call__(self, taking: Taking[T], groups: Sequence[Sequence[Any]]) -> Sequence[T]:
        """What is taken from each group, in their order; need not be in memory before it is its turn."""

    def taken(self, name: str) -> str:
        """A print of what is taken from all groups under this name; empty where it is not known yet."""

    def whole(self, name: str, key: str, make: Callable[[], T]) -> T:
        """One thing that is made of all groups.

        Args:
            key: a print of what it is made of; records that are no claims need not be in it.
        """


class Plainly:
    """Works out all of it, now."""

    def __call__(self, taking: Taking[T], groups: Sequence[Sequence[Any]]) -> list[T]:
        """What is taken from each group, in their order."""
        return [taking.make(group) for group in groups]

    def taken(self, name: str) -> str:
        """Nothing is known before somebody asks."""
        return ""

    def whole(self, name: str, key: str, make: Callable[[], T]) -> T:
        """One thing that is made of all groups."""
        return make()
