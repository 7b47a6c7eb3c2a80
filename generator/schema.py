"""The JSON Schema of a claim file, for editors, and the field tables of the manual. Both come from the models."""

from __future__ import annotations

import dataclasses
import enum
import json
import types
import typing
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.records.claim import Claim
from generator.records.dates import EdtfDate
from generator.records.text import Record


def claim_schema() -> str:
    """The JSON Schema of a claim file as text, stable from run to run."""
    schema = Claim.model_json_schema(by_alias=True)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Claim file of Facade Watch",
        **{key: value for key, value in schema.items() if key != "title"},
    }
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n"


@dataclasses.dataclass(frozen=True, slots=True)
class FieldRow:
    """One field in the manual: its name, whether the model demands it, what it holds, what it is for."""

    name: str
    required: bool
    holds: str
    description: str


def field_tables(model: type[Record]) -> list[tuple[str, str, list[FieldRow]]]:
    """Title, description and rows of a record and of every part of it, the record first."""
    tables: list[tuple[str, str, list[FieldRow]]] = []
    seen: set[type[BaseModel]] = set()
    queue: list[type[BaseModel]] = [model]
    while queue:
        part = queue.pop(0)
        if part in seen:
            continue
        seen.add(part)
        rows = []
        for name, field in part.model_fields.items():
            rows.append(FieldRow(field.alias or name, field.is_required(), _holds(field), field.description or ""))
            queue += [inner for inner in _parts(field.annotation) if inner not in seen]
        tables.append((_words(part.__name__), (part.__doc__ or "").strip().split("\n")[0], rows))
    return tables


def _words(name: str) -> str:
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced.strip().capitalize()


def _parts(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [part for inner in typing.get_args(annotation) for part in _parts(inner)]


def _holds(field: FieldInfo) -> str:
    return _described(field.annotation)


def _described(annotation: Any) -> str:
    if annotation is type(None):
        return ""
    if isinstance(annotation, type):
        if issubclass(annotation, enum.Enum):
            return ", ".join(str(member.value) for member in annotation)
        if issubclass(annotation, BaseModel):
            return _words(annotation.__name__).lower()
        if issubclass(annotation, EdtfDate):
            return "date"
        return {bool: "true or false", float: "number", int: "whole number"}.get(annotation, "text")
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is tuple:
        return f"list of {_described(inner[0])}"
    if origin is typing.Literal:
        return ", ".join(str(word) for word in inner)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(filter(None, map(_described, inner))))
    return _described(inner[0]) if inner else "text"
