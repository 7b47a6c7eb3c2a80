"""How our JSON is written: the same values, the same bytes."""

from __future__ import annotations

import json


def as_json(value: object) -> bytes:
    """A value as one line of JSON, in the order in which it was made, in UTF-8."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def as_document(value: object) -> bytes:
    """A value as JSON that people read too, such as a schema."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()
