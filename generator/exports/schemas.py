"""The JSON Schema of each file of the API. What stands below `record` comes from the models of the records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from generator.exports.claims import UNPUBLISHED
from generator.exports.profiles import UNPUBLISHED_OF_FACADES, UNPUBLISHED_OF_ORGANISATIONS
from generator.records.claim import Claim
from generator.records.event import Event
from generator.records.facade import Facade
from generator.records.organisation import Organisation
from generator.records.term import Term
from generator.records.text import Record
from generator.records.vocabulary import Dimension, Group, Notice, Status, Verdict

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_DAY: Final[Schema] = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_URL: Final[Schema] = {"type": "string", "format": "uri"}
_HASH: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_VERSION: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{10}$"}
_SECONDS: Final[Schema] = {"type": ["array", "null"], "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}


def _one_of(words: type[Status | Verdict | Group | Notice], *more: str | None) -> Schema:
    return {"enum": [*(word.value for word in words), *more]}


def _object(description: str, properties: Mapping[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


def _named(description: str, schema: Schema) -> Schema:
    return {**schema, "description": description}


_SIDE = _object(
    "Independent origins in one direction",
    {
        "minimum": _named("What the rules use", _COUNT),
        "maximum": _named("With unknown bases and denials by the side that was hit", _COUNT),
        "items": _list(
            _object(
                "A cited item, and what became of it in the count",
                {
                    "item": _TEXT,
                    "kind": _TEXT,
                    "publisher": _TEXT,
                    "basis": _TEXT,
                    "leads_to": _list(_TEXT),
                    "counted": {"type": "boolean"},
                    "why": _TEXT,
                },
            )
        ),
    },
)
_LICENCE: Final[Mapping[str, Schema]] = {"licence": _TEXT, "licence_url": _URL}
_INTERVAL = _object("First and last second that a time can mean", {"earliest": _TEXT, "latest": _TEXT})

CLAIM_PROPERTIES: Final[Mapping[str, Schema]] = {
    "status": _named("What the findings add up to", _one_of(Status)),
    "status_label": _named("The status as pages print it", _TEXT),
    "status_meaning": _named("What the status says, in one sentence", _TEXT),
    "status_group": _named("Which of four kinds of status it is", _one_of(Group)),
    "sentence": _named("What is known, in sentences that can be quoted as they stand", _TEXT),
    "verdicts": _object("The answer to each of the five questions", {d.value: _one_of(Verdict) for d in Dimension}),
    "independence": _named(
        "For each question with evidence: how many independent origins stand for and against",
        _map(_object("Both directions", {"supports": _SIDE, "contradicts": _SIDE})),
    ),
    "id": _named("Name of the claim's file, and last part of its address; never changes its meaning", _TEXT),
    "version": _named("Short hash of the record's content; citations carry it", _VERSION),
    "url": _named("Address of the page", _URL),
    "title": _named("Neutral title, without the status", _TEXT),
    "headline": _named("Title with the status first", _TEXT),
    "recorded": _named("Day on which the record was made", _DAY),
    "changed": _named("Day on which what is said of the claim last changed", _DAY),
    "listed": _named("false for a claim that stands in no list", {"type": "boolean"}),
    "facades": _named(
        "In whose name it is issued",
        _list(_object("A name", {"id": _TEXT, "name": _TEXT, "url": {"type": ["string", "null"]}})),
    ),
    "times": _named("The times of the record as intervals, by id; `claim` is the claim's own", _map(_INTERVAL)),
    "propagation": _object(
        "What the times say",
        {
            "reported_before_claimed": {"enum": ["certain", "possible", "no", "unknown"]},
            "first": _named("Id of the first known post that is not the claim", {"type": ["string", "null"]}),
            "lead_seconds": _named("From that post to the claim, least and most", _SECONDS),
            "event_to_claim_seconds": _named("From the stated event to the claim, least and most", _SECONDS),
            "claimants_clock": _named("Whether only the claimant states the time of the event", {"type": "boolean"}),
        },
    ),
    "quote_label": _named("Label without which no words of the record are to be shown", _TEXT),
    "record": {"$ref": "#/$defs/record"},
    **_LICENCE,
    "licence_note": _TEXT,
}

_WITHDRAWN = _object(
    "What is left of a record that we withdrew",
    {
        "status": {"const": "withdrawn"},
        "status_label": _TEXT,
        "sentence": _TEXT,
        "id": _TEXT,
        "version": _VERSION,
        "url": _URL,
        "headline": _TEXT,
        "changed": _DAY,
        "listed": {"const": False},
        "withdrawn": {"$ref": "#/$defs/Tombstone"},
        **_LICENCE,
    },
)

_HEAD: Final[Mapping[str, Schema]] = {
    "id": _named("Name of the record's file, and last part of its address", _TEXT),
    "name": _named("Name that the site uses", _TEXT),
    "version": _named("Short hash of the record's content", _VERSION),
    "url": _named("Address of the page", _URL),
    "changed": _named("Day of the last change", _DAY),
}


def _record(model: type[Record], unpublished: Mapping[str, Any]) -> tuple[Schema, Schema]:
    """The schema of a record as we publish it, and of its parts."""
    whole = model.model_json_schema(by_alias=True)
    parts: Schema = whole.pop("$defs", {})
    for name, inner in unpublished.items():
        if inner is True:
            del whole["properties"][name]
        else:
            _without(parts, whole["properties"][name], inner["__all__"])
    if "Source" in parts:
        source = parts["Source"]
        source["required"].remove("url")
        source["properties"]["address"] = _named("What may be shown of an address that is no link", _TEXT)
    return whole, parts


def _without(parts: Schema, field: Schema, names: set[str]) -> None:
    part = parts[field["items"]["$ref"].rpartition("/")[2]]
    for name in names:
        part["properties"].pop(name)


def _document(title: str, schema: Schema, parts: Mapping[str, Schema] | None = None) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **schema,
        **({"$defs": dict(sorted(parts.items()))} if parts else {}),
    }


def _shelf(
    title: str, name: str, model: type[Record], unpublished: Mapping[str, Any], more: Mapping[str, Schema]
) -> Schema:
    record, parts = _record(model, unpublished)
    entry = _object("One record", {**_HEAD, **more, "record": record})
    return _document(title, _object(title, {"updated": _DAY, **_LICENCE, name: _list(entry)}), parts)


def schemas() -> Mapping[str, Schema]:
    """Every schema, by the name of the file that it describes."""
    record, parts = _record(Claim, UNPUBLISHED)
    claim = _object("A claim as a machine copy", CLAIM_PROPERTIES)
    ids = {"claims": _named("Ids of the listed claims in its name, oldest first", _list(_TEXT))}
    row = {name: CLAIM_PROPERTIES[name] for name in ("status", "sentence", "id", "version", "url", "title", "changed")}
    listed = {**row, "date": _TEXT, "facades": _list(_TEXT), "copy": _URL, "sha256": _HASH}
    change = {
        "date": _DAY,
        "id": _TEXT,
        "url": _URL,
        "kind": {"enum": ["new", "status", "withdrawn"]},
        "from": _one_of(Status, None),
        "to": _one_of(Status, None),
        "taken_back": _named("Whether we now say less where we had said more", {"type": "boolean"}),
        "notice": _one_of(Notice),
        "why": _TEXT,
        "title": _TEXT,
    }
    return {
        "index": _document(
            "Index of the API",
            _object(
                "What there is",
                {
                    "name": _TEXT,
                    "api": {"const": "v1"},
                    "documentation": _URL,
                    "updated": _DAY,
                    **_LICENCE,
                    "licence_note": _TEXT,
                    "claims": _named("Listed claims by status", _map(_COUNT)),
                    "files": _list(_object("A file", {"url": _URL, "what": _TEXT, "schema": _URL}, ("schema",))),
                },
            ),
        ),
        "claim": _document("Claim of the API", {"anyOf": [claim, _WITHDRAWN]}, {**parts, "record": record}),
        "claims": _document(
            "All listed claims",
            _object(
                "Oldest first", {"updated": _DAY, **_LICENCE, "claims": _list(_object("A claim in short", listed))}
            ),
        ),
        "facades": _shelf("All facades", "facades", Facade, UNPUBLISHED_OF_FACADES, ids),
        "organisations": _shelf(
            "All organisations",
            "organisations",
            Organisation,
            UNPUBLISHED_OF_ORGANISATIONS,
            ids | {"facades_attributed_to_it": _list(_TEXT)},
        ),
        "terms": _shelf("All terms", "terms", Term, {}, {}),
        "events": _shelf(
            "All events",
            "events",
            Event,
            {},
            {"claims": _named("Ids of the listed claims of it, oldest first; empty where none is known", _list(_TEXT))},
        ),
        "changes": _document(
            "What changed",
            _object(
                "The log of changes, and what a copy needs to be brought up to date",
                {
                    "updated": _DAY,
                    "how": _TEXT,
                    "claims": _named("SHA-256 of every listed claim's copy, in the order of claims.jsonl", _map(_HASH)),
                    "withdrawn": _map({"$ref": "#/$defs/Tombstone"}),
                    "renamed": _named("Former id to id", _map(_TEXT)),
                    "changes": _list(_object("A change", change, ("title",))),
                },
            ),
            {name: parts[name] for name in ("Tombstone", "WithdrawalReason") if name in parts},
        ),
    }
