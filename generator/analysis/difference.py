"""What is different between two versions of a record, field by field, in a form that people can read."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from generator.records.versioning import NO_CONTENT

#: A value of a file as it was typed.
Typed = Any


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One field that is different.

    Attributes:
        field: where, such as `sources, s1, archive`.
        before: what stood there; None where nothing did.
        after: what stands there now; None where nothing does.
    """

    field: str
    before: str | None
    after: str | None

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The two texts as one: pieces that are `kept`, `gone` or `new`, in the order of reading."""
        old, new = _words(self.before or ""), _words(self.after or "")
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        if matcher.ratio() < _ALIKE:
            return [(kind, text) for kind, text in (("gone", self.before), ("new", self.after)) if text]
        pieces: list[tuple[str, str]] = []
        for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
            if kind == "equal":
                pieces.append(("kept", "".join(old[old_from:old_to])))
                continue
            pieces += [("gone", "".join(old[old_from:old_to]))] if old_to > old_from else []
            pieces += [("new", "".join(new[new_from:new_to]))] if new_to > new_from else []
        return pieces


#: Share of common words below which two texts are shown whole, one after the other.
_ALIKE: Final = 0.4


def _words(text: str) -> list[str]:
    return re.findall(r"\s*\S+|\s+$", text)


#: What a reader looks for first.
_FIRST: Final = ("status", "status_reason", "tombstone", "findings", "quote", "quote_lang", "title")


def changes(before: Mapping[str, Typed], after: Mapping[str, Typed]) -> list[Change]:
    """What is different between two versions, the status first."""
    order = {name: at for at, name in enumerate(dict.fromkeys((*_FIRST, *after, *before)))}
    names = sorted({*before, *after} - NO_CONTENT, key=lambda name: order[name])
    return [change for name in names for change in _different(name, before.get(name), after.get(name))]


def _different(field: str, before: Typed, after: Typed) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys((*before, *after)):
            yield from _different(f"{field}, {name}", before.get(name), after.get(name))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _different_lists(field, before, after)
    else:
        yield Change(field, _said(before), _said(after))


def _different_lists(field: str, before: Sequence[Typed], after: Sequence[Typed]) -> Iterator[Change]:
    """Entries with ids are compared by id; of others, those that stand in both lists are no change."""
    old, new = _by_name(before), _by_name(after)
    for name in dict.fromkeys((*old, *new)):
        label = f"{field}, {name[0]}" if name[1] else field
        yield from _different(label, old.get(name), new.get(name))


def _by_name(entries: Sequence[Typed]) -> dict[tuple[str, bool], Typed]:
    """Entries by what tells them apart: their id, else all that they say; and whether it is an id."""
    return {
        (str(entry["id"]), True) if isinstance(entry, Mapping) and "id" in entry else (_said(entry) or "", False): entry
        for entry in entries
    }


def _said(value: Typed) -> str | None:
    """A value as a line of text."""
    match value:
        case None:
            return None
        case Mapping():
            return "; ".join(f"{name}: {_said(inner)}" for name, inner in value.items())
        case list():
            return ", ".join(_said(inner) or "" for inner in value)
        case _:
            return str(value)
