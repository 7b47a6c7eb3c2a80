"""A record without the parts that are wrong, so that the rules can still look at the rest in the same run.

Never published: it exists only so that a contributor hears of all problems at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from pydantic import ValidationError

from generator.documents import Document, Path, Value
from generator.records.claim import Claim
from generator.records.text import Record
from generator.records.validation import path_in

T = TypeVar("T", bound=Record)

#: What stands in for a needed field of a claim that is missing or wrong. The facade's is an id that no rule looks up.
UNREADABLE: Final = "unreadable"
_STAND_INS: Final[Mapping[str, str]] = {"facade": UNREADABLE, "date": "2000-01-01", "status": "unverified"}

#: Rules that count origins, and count wrong when a part of the record is left out.
_COUNTING: Final = "F02 F03 F04 F05 F06"
#: Rules that would only repeat that a field is wrong, by the field that was left out.
_ECHOES: Final[Mapping[str, str]] = {
    "facade": f"R02 Q03 P05 S02 S04 {_COUNTING}",
    "date": "R04 R07 T02 T03",
    "time": "T01 T03",
    "zone": "T01 T03 T04",
    "time_basis": "T01",
    "quote": "Q01 Q02 Q03 Q04 Q05 Q06 Q07 R07",
    "quote_lang": "Q02 Q03 Q06 R07",
    "quote_missing": "Q01",
    "asserts": "T03",
    "propagation": f"P02 P04 P05 F10 {_COUNTING}",
    "media": f"F10 P05 {_COUNTING}",
    "searches": "S01 S02 S03",
    "findings": f"S01 S03 S04 P05 F07 F08 F10 F11 {_COUNTING}",
    "status": "S01 S02 S03 C01 C03",
    "status_reason": "S01",
    "history": "C01 C02 C03 C04 S03",
    "sources": f"R05 P02 P04 P05 F10 {_COUNTING}",
    "attributions": "A01 A02 A04",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Mended:
    """What is left of a record.

    Attributes:
        document: the document without the wrong parts; its places are those of the file.
        echoes: ids of rules that must not speak, because they would repeat what is said already.
        dropped_ids: ids of things in the file that were left out; references to them are no problem of their own.
    """

    record: Record
    document: Document
    echoes: frozenset[str]
    dropped_ids: frozenset[str]


def mended(model: type[T], document: Document) -> Mended | None:
    """The record without its wrong parts, or None when too little is left."""
    wrong: set[Path] = set()
    stand_ins: set[str] = set()
    for _ in range(8):  # leaving one part out can make another wrong, never many times
        value, origins = _without(document.value, wrong)
        if model is Claim:
            stand_ins |= {field for field in _STAND_INS if field not in value}
            value |= {field: _STAND_INS[field] for field in stand_ins}
        left = _placed(document, value, origins)
        try:
            record = model.model_validate(value)
        except ValidationError as error:
            found = set()
            for details in error.errors(include_url=False, include_context=False):
                path = path_in(left, details["loc"])
                if path:
                    found.add(origins.get(path, path))
            if not found or found <= wrong:
                return None
            wrong |= found
            continue
        fields = {str(path[0]) for path in wrong} | stand_ins
        echoes = frozenset(rule for field in fields for rule in _ECHOES.get(field, "").split())
        ids = frozenset(id for path in wrong for id in _ids_below(_at(document.value, path)))
        return Mended(record, left, echoes, ids | {UNREADABLE})
    return None


def _without(value: Mapping[str, Value], wrong: set[Path]) -> tuple[dict[str, Value], dict[Path, Path]]:
    """The value without the wrong parts, and for every path in what is left the path that it had."""
    origins: dict[Path, Path] = {(): ()}

    def copied(part: Value, old: Path, new: Path) -> Value:
        origins[new] = old
        if isinstance(part, dict):
            return {
                key: copied(inner, (*old, key), (*new, key)) for key, inner in part.items() if (*old, key) not in wrong
            }
        if isinstance(part, list):
            kept = [at for at in range(len(part)) if (*old, at) not in wrong]
            return [copied(part[at], (*old, at), (*new, position)) for position, at in enumerate(kept)]
        return part

    copy = copied(dict(value), (), ())
    assert isinstance(copy, dict)
    return copy, origins


def _placed(document: Document, value: Mapping[str, Value], origins: Mapping[Path, Path]) -> Document:
    places = {new: document.places[old] for new, old in origins.items() if old in document.places}
    return dataclasses.replace(document, value=value, places=places)


def _at(value: object, path: Path) -> object:
    for part in path:
        try:
            value = value[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _ids_below(value: object) -> Iterator[str]:
    match value:
        case dict():
            if isinstance(value.get("id"), str):
                yield value["id"]
            for inner in value.values():
                yield from _ids_below(inner)
        case list():
            for inner in value:
                yield from _ids_below(inner)
