"""The bytes of a large file in parts, which are never put together in memory."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator


@dataclasses.dataclass(frozen=True, slots=True)
class Size:
    """How many bytes a file has, and their SHA-256 in hexadecimal digits."""

    bytes: int
    sha256: str


class Parts:
    """The bytes of a file.

    Args:
        parts: gives what stands one behind the other, the same each time, so that it need not be in memory in between.
    """

    __slots__ = ("_parts", "_size")

    def __init__(self, parts: Callable[[], Iterable[bytes]]) -> None:
        self._parts = parts
        self._size: Size | None = None

    def __iter__(self) -> Iterator[bytes]:
        """Each part; whoever goes through all of them need not do so again for the size."""
        if self._size is not None:
            yield from self._parts()
            return
        digest, bytes = hashlib.sha256(), 0
        for part in self._parts():
            digest.update(part)
            bytes += len(part)
            yield part
        self._size = Size(bytes, digest.hexdigest())

    def __bytes__(self) -> bytes:
        return b"".join(self)

    @property
    def size(self) -> Size:
        """What stays to be said of them when they are gone."""
        if self._size is None:
            for _ in self:
                pass
        assert self._size is not None
        return self._size

    @property
    def sha256(self) -> str:
        """The SHA-256 of all of them, in hexadecimal digits."""
        return self.size.sha256


class _Whole(Parts):
    """Bytes as one part; most files are of this kind."""

    __slots__ = ("_content",)

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        return iter((self._content,))

    @property
    def size(self) -> Size:
        return Size(len(self._content), self.sha256)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self._content).hexdigest()


#: What is written to a file.
Content = bytes | Parts


def in_parts(content: Content) -> Parts:
    """Bytes as one part; parts as they are."""
    return content if isinstance(content, Parts) else _Whole(content)
