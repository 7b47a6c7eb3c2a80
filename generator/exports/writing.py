"""How our JSON is written: the same values, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping


def as_json(value: object) -> bytes:
    """A value as one line of JSON, in the order in which it was made, in UTF-8."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def as_json_around(value: Mapping[str, object], name: str, lines: Iterable[str]) -> bytes:
    """The same, with more entries at the end of one of its lists that are JSON already.

    Args:
        name: of the list, which stands last in the value.
        lines: the entries.
    """
    written = as_json(value).decode()
    assert [*value][-1] == name
    head = written.removesuffix("]}\n")
    between = "" if head.endswith("[") else ","
    more = ",".join(lines)
    return f"{head}{between if more else ''}{more}]}}\n".encode()


def as_document(value: object) -> bytes:
    """A value as JSON that people read too, such as a schema."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()
