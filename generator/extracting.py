"""What files of the whole archive take from each claim, worked out for some claims at a time.

A list of ten thousand claims is made of ten thousand lines, and one changed claim changes one of them. Whoever makes
such a file asks for its lines here; the shell may know most of them from the build before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
E = TypeVar("E")


class Extracting(Protocol):
    """Works out one thing for every group of claims."""

    def __call__(self, name: str, groups: Sequence[Sequence[E]], make: Callable[[Sequence[E]], T]) -> list[T]:
        """What is made of each group, in their order.

        Args:
            name: what is worked out; another name for another thing.
            make: makes it of plain values; looks at nothing that changes without its notes saying so.
        """

    def whole(self, name: str, key: str, make: Callable[[], T]) -> T:
        """One thing that is made of all groups.

        Args:
            key: a print of what it is made of; records that are no claims need not be in it.
        """


class Plainly:
    """Works out all of it, now."""

    def __call__(self, name: str, groups: Sequence[Sequence[E]], make: Callable[[Sequence[E]], T]) -> list[T]:
        """What is made of each group, in their order."""
        return [make(group) for group in groups]

    def whole(self, name: str, key: str, make: Callable[[], T]) -> T:
        """One thing that is made of all groups."""
        return make()
