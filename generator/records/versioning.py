"""The version of a record: a short hash of its content, which citations carry and as-of pages have in their address."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

#: Fields that say nothing of the matter itself: where the record stood before, and who cites it.
NO_CONTENT: Final = frozenset({"formerly", "cited_by"})


def version_of_values(values: Mapping[str, Any], prose: str = "") -> str:
    """The version of values as they were read, and of the prose below them, as ten hexadecimal digits.

    It is made of the values as they were typed, not of the model, so that a new field changes no old version; comments,
    the order of keys and the way values are quoted do not count.
    """
    content = {key: value for key, value in values.items() if key not in NO_CONTENT}
    text = json.dumps([content, prose] if prose else content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()
