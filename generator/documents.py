"""Contributed files as they are read: their bytes, and documents in which every value knows its place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from generator.problems import Place

Path: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = "str | list[Value] | dict[str, Value]"


class Guessed(str):
    """Text that was typed without quotes and that other YAML programs would read as a number, a boolean or null."""

    __slots__ = ()


@dataclasses.dataclass(frozen=True, slots=True)
class SourceFile:
    """A contributed file: its path below the project folder, with forward slashes, and its bytes."""

    path: str
    content: bytes


#: A mark is a line and a column in one number.
COLUMN_BITS: Final = 20


def line_and_column(mark: int) -> tuple[int, int]:
    """The line and the column of a mark."""
    return mark >> COLUMN_BITS, mark & ((1 << COLUMN_BITS) - 1)


class Places(Mapping[Path, tuple[int, int]]):
    """Where every value (or every key) of a document stands: line and column by path.

    The reader leaves one number for each mark, in the order of the file; the paths are only worked out when somebody
    asks, which for most files nobody does. A key and its value have a mark each, a list or mapping has that of its
    key, an entry of a list has its own.
    """

    __slots__ = ("_found", "_keys", "_marks", "_root")

    def __init__(self, root: Value, marks: bytes, keys: bool = False) -> None:
        self._root = root
        self._marks = marks
        self._keys = keys
        self._found: dict[Path, tuple[int, int]] | None = None

    def _all(self) -> dict[Path, tuple[int, int]]:
        if self._found is None:
            self._found = {}
            self._fill((), self._root, iter(memoryview(self._marks).cast("Q")))
        return self._found

    def _fill(self, path: Path, value: Value, marks: Iterator[int]) -> None:
        assert self._found is not None
        if not path:
            self._put(path, next(marks), not self._keys)
        if isinstance(value, dict):
            for key, inner in value.items():
                here = (*path, key)
                self._put(here, next(marks), True)
                if isinstance(inner, str):
                    self._put(here, next(marks), not self._keys)
                else:
                    self._fill(here, inner, marks)
        elif isinstance(value, list):
            for at, inner in enumerate(value):
                here = (*path, at)
                self._put(here, next(marks), not self._keys)
                self._fill(here, inner, marks)

    def _put(self, path: Path, mark: int, wanted: bool) -> None:
        if wanted:
            assert self._found is not None
            self._found[path] = line_and_column(mark)

    def __getitem__(self, path: Path) -> tuple[int, int]:
        """The line and the column, both from 1; one place alone is found by counting the marks before it."""
        if self._found is not None:
            return self._found[path]
        at, value, own = 0, self._root, 0
        for part in path:
            own = at + 1
            if isinstance(value, dict) and part in value:
                for key, inner in value.items():
                    if key == part:
                        break
                    own += 1 + _marks_of(inner, 1)
            elif isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value):
                own += sum(1 + _marks_of(inner, 0) for inner in value[:part])
            else:
                raise KeyError(path)
            at = own
            inside = value[part]  # type: ignore[index]  # a key of a mapping, a number of a list
            if isinstance(inside, str) and isinstance(value, dict) and not self._keys:
                own += 1
            elif self._keys and not isinstance(value, dict) and part == path[-1]:
                raise KeyError(path)
            value = inside
        if not path and self._keys:
            raise KeyError(path)
        return line_and_column(memoryview(self._marks).cast("Q")[own])

    def __iter__(self) -> Iterator[Path]:
        """All paths."""
        return iter(self._all())

    def __len__(self) -> int:
        """How many places there are."""
        return len(self._all())


def _marks_of(value: Value, of_text: int) -> int:
    """How many marks there are inside of a value; a text has one under a key, and none of its own in a list."""
    if isinstance(value, str):
        return of_text
    if isinstance(value, dict):
        return sum(1 + _marks_of(inner, 1) for inner in value.values())
    return sum(1 + _marks_of(inner, 0) for inner in value)


def containers(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Every list and mapping inside of a value, with its path."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        if not isinstance(inner, str):
            yield (*path, key), inner
            yield from containers(inner, (*path, key))


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Document:
    """What was read: the value, the place of every value and key, and the prose below the front matter, if any."""

    path: str
    value: Mapping[str, Value]
    places: Mapping[Path, tuple[int, int]]
    keys: Mapping[Path, tuple[int, int]] = dataclasses.field(default_factory=dict)
    prose: str = ""
    prose_line: int = 1

    def place(self, path: Path = ()) -> Place:
        """Where the value at this path stands, or its nearest parent that stands anywhere."""
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (1, 1))
        return Place(self.path, line, column)

    def key_place(self, path: Path) -> Place:
        """Where the key of the value at this path stands."""
        line, column = self.keys[path] if path in self.keys else self.places.get(path, (1, 1))
        return Place(self.path, line, column)
