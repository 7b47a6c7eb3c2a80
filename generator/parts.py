"""The bytes of a large file in parts, which are never put together in memory."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Iterable, Iterator


@dataclasses.dataclass(frozen=True, slots=True)
class Size:
    """How many bytes a file has, and their SHA-256 in hexadecimal digits."""

    bytes: int
    sha256: str


class Parts:
    """The bytes of a file.

    Args:
        parts: what stands one behind the other.
    """

    def __init__(self, parts: Iterable[bytes | memoryview]) -> None:
        self._parts = tuple(parts)

    def __iter__(self) -> Iterator[bytes | memoryview]:
        return iter(self._parts)

    def __len__(self) -> int:
        """How many bytes they are."""
        return sum(map(len, self._parts))

    def __bytes__(self) -> bytes:
        return b"".join(self._parts)

    @property
    def size(self) -> Size:
        """What stays to be said of them when they are gone."""
        return Size(len(self), self.sha256)

    @functools.cached_property
    def sha256(self) -> str:
        """The SHA-256 of all of them, in hexadecimal digits; worked out once."""
        digest = hashlib.sha256()
        for part in self._parts:
            digest.update(part)
        return digest.hexdigest()


#: What is written to a file.
Content = bytes | Parts


def in_parts(content: Content) -> Parts:
    """Bytes as one part; parts as they are."""
    return content if isinstance(content, Parts) else Parts((content,))
