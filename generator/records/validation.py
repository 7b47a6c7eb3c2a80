"""From what was read to a record: the model decides, and its complaints become sentences of ours at the right place."""

from __future__ import annotations

import enum
import functools
import typing
from collections.abc import Iterator
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.documents import Document, Path
from generator.problems import Problem, did_you_mean, shown
from generator.records.text import Record

T = TypeVar("T", bound=Record)

#: Words of other systems for our fields, so that "did you mean" finds what no likeness of letters would.
_OTHER_WORDS = {
    "group": "facade",
    "actor": "facade",
    "text": "quote",
    "statement": "quote",
    "references": "sources",
    "verification": "status",
    "language": "quote_lang",
    "link": "url",
    "id": "",
}


def as_record(model: type[T], document: Document) -> tuple[T | None, list[Problem]]:
    """The record that the document holds, or None and everything that is wrong with it."""
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        return None, [
            _problem(model, document, details)
            for details in error.errors(include_url=False, include_context=True)
            if not (details["type"] == "guessed" and not details["input"])  # empty: the reader has said so
        ]


def _problem(model: type[Record], document: Document, details: ErrorDetails) -> Problem:
    path = path_in(document, details["loc"])
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    value = details["input"]
    match details["type"]:
        case "missing":
            missing = str(details["loc"][-1])
            where = f" in {shown(name)}" if name else ""
            return Problem(document.place(path), "R01", f"the field {shown(missing)} is missing{where}")
        case "extra_forbidden":
            unknown = str(details["loc"][-1])
            return Problem(document.key_place(path), "R10", _unknown_field(model, details["loc"], unknown))
        case "enum" | "literal_error":
            rule = "F01" if name in ("dimension", "verdict") else "R03"
            words = _words_of(model, details["loc"])
            sentence = f"unknown {name or 'word'} {shown(value)}{did_you_mean(str(value), words)}"
            if "did you mean" not in sentence:
                sentence += "; one of " + ", ".join(words)
            return Problem(document.place(path), rule, sentence)
        case "guessed":
            sentence = f'quote this value: other programs read {value} as a number or a yes/no; write {name}: "{value}"'
            return Problem(document.place(path), "R06", sentence)
        case _:
            return Problem(document.place(path), "R11", f"{shown(name)}: {_wrong_form(details)}")


def _wrong_form(details: ErrorDetails) -> str:
    match details["type"]:
        case "wrong_form":
            given = details["input"]
            return details["msg"] + (f" (given: {shown(given)})" if isinstance(given, str) else "")
        case "tuple_type" | "list_type":
            return "this must be a list; begin each entry on a new line with a hyphen"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "this must hold fields, one `name: value` a line"
        case "string_too_long":
            return f"longer than {details['ctx']['max_length']} letters"
        case "string_too_short":
            return "this is empty"
        case _:
            return details["msg"][:1].lower() + details["msg"][1:]


def path_in(document: Document, loc: tuple[int | str, ...]) -> Path:
    """Pydantic's location without the parts that name a branch of a union instead of something in the file."""
    path: Path = ()
    for part in loc:
        if (*path, part) in document.places:
            path = (*path, part)
    return path


def _unknown_field(model: type[Record], loc: tuple[int | str, ...], unknown: str) -> str:
    fields = [*_fields_at(model, loc[:-1])]
    sentence = f"unknown field {shown(unknown)}"
    if unknown in _OTHER_WORDS:
        other = _OTHER_WORDS[unknown]
        if not other:
            return f"{sentence}: the file's name is the id; leave the field out"
        if other in fields:
            return f"{sentence}; did you mean {shown(other)}?"
    return sentence + did_you_mean(unknown, fields)


def _fields_at(model: type[Record], loc: tuple[int | str, ...]) -> Iterator[str]:
    for found in _models_at(model, loc):
        for name, field in found.model_fields.items():
            yield field.alias or name


def _models_at(model: type[Record], loc: tuple[int | str, ...]) -> list[type[BaseModel]]:
    models: list[type[BaseModel]] = [model]
    for part in loc:
        if isinstance(part, int):
            continue
        inner = [found for outer in models for found in _models_in(_annotation(outer, part))]
        models = inner or models
    return models


def _words_of(model: type[Record], loc: tuple[int | str, ...]) -> list[str]:
    names = [part for part in loc if isinstance(part, str)]
    for outer in _models_at(model, loc[: _last_name(loc)]):
        words = _words_in(_annotation(outer, names[-1]))
        if words:
            return words
    return []


def _last_name(loc: tuple[int | str, ...]) -> int:
    return max((position for position, part in enumerate(loc) if isinstance(part, str)), default=0)


def _annotation(model: type[BaseModel], name: str) -> Any:
    for field_name, field in model.model_fields.items():
        if name in (field_name, field.alias):
            return field.annotation
    return None


@functools.cache
def _models_in(annotation: Any) -> tuple[type[BaseModel], ...]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(found for part in typing.get_args(annotation) for found in _models_in(part))


def _words_in(annotation: Any) -> list[str]:
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return [str(member.value) for member in annotation]
    if typing.get_origin(annotation) is Literal:
        return [str(word) for word in typing.get_args(annotation)]
    return [word for part in typing.get_args(annotation) for word in _words_in(part)]
