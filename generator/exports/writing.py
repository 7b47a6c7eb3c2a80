"""How our JSON is written: the same values, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.parts import Parts


def as_json(value: object) -> bytes:
    """A value as one line of JSON, in the order in which it was made, in UTF-8."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def as_entries(values: Iterable[object]) -> bytes:
    """Values as JSON, as they stand in a list."""
    return b",".join(as_json(value)[:-1] for value in values)


def as_json_around(value: Mapping[str, object], name: str, entries: Callable[[], Iterable[bytes]]) -> Parts:
    """The same, with more entries at the end of one of its lists that are JSON already.

    Args:
        name: of the list, which stands last in the value.
        entries: gives some of them at a time (`as_entries`), empty where there are none; the same each time.
    """
    written = as_json(value)
    assert [*value][-1] == name
    head = written.removesuffix(b"]}\n")
    between = b"" if head.endswith(b"[") else b","

    def parts() -> Iterator[bytes]:
        before = head
        for some in filter(None, entries()):
            yield before + between if before is head else b","
            yield some
            before = b""
        yield before + b"]}\n"

    return Parts(parts)


def as_document(value: object) -> bytes:
    """A value as JSON that people read too, such as a schema."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()
