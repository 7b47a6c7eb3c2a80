"""Facades, organisations, terms and events as their machine copies."""

from __future__ import annotations

import datetime
from typing import Any

from generator.analysis.dating import profile_changed_on
from generator.analysis.events import claims_of_event
from generator.archive import Archive, Entry
from generator.exports.claims import point_of, with_addresses
from generator.pages.links import Links
from generator.records.event import Event
from generator.records.facade import Facade
from generator.records.organisation import Organisation
from generator.records.term import Term

#: Fields of a facade's file that are for the desk alone: nothing here leads to a channel.
UNPUBLISHED_OF_FACADES: dict[str, Any] = {"channels": {"__all__": {"handle", "platform_id"}}}
#: Fields of an organisation's file that are for the desk alone.
UNPUBLISHED_OF_ORGANISATIONS: dict[str, Any] = {"reply_contact": True}


def published_facade(entry: Entry[Facade], archive: Archive, links: Links, whole: datetime.date) -> dict[str, Any]:
    """The copy of a facade's profile, without its prose.

    Args:
        whole: the day as of which the archive stands.
    """
    record = entry.record
    copy = _head(entry, record.name.en, "facade", links, whole)
    copy["claims"] = [claim.id for claim in archive.claims_of(entry.id)]
    return copy | {"record": _record(record, UNPUBLISHED_OF_FACADES)}


def published_organisation(
    entry: Entry[Organisation], archive: Archive, links: Links, whole: datetime.date
) -> dict[str, Any]:
    """The copy of an organisation's profile, without its prose."""
    record = entry.record
    copy = _head(entry, record.name.en, "organisation", links, whole)
    copy["claims"] = [claim.id for claim in archive.claims_of(entry.id)]
    copy["facades_attributed_to_it"] = [facade.id for facade in archive.facades_attributed_to(entry.id)]
    return copy | {"record": _record(record, UNPUBLISHED_OF_ORGANISATIONS)}


def published_term(entry: Entry[Term], links: Links, whole: datetime.date) -> dict[str, Any]:
    """The copy of a glossary entry, without its prose."""
    return _head(entry, entry.record.name, "term", links, whole) | {"record": _record(entry.record, {})}


def published_event(entry: Entry[Event], archive: Archive, links: Links, whole: datetime.date) -> dict[str, Any]:
    """The copy of an event; its name says `as reported`, because a copy cannot say what is established."""
    record = entry.record
    copy = _head(entry, f"As reported: {record.title}", "event", links, whole)
    copy["claims"] = list(dict.fromkeys(claim.entry.id for claim in claims_of_event(entry.id, archive)))
    values = _record(record, {})
    if record.place and point_of(record.place) is None:
        values["place"].pop("lat", None)
        values["place"].pop("lon", None)
    return copy | {"record": values}


def _head(
    entry: Entry[Facade] | Entry[Organisation] | Entry[Term] | Entry[Event],
    name: str,
    kind: str,
    links: Links,
    whole: datetime.date,
) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": name,
        "version": entry.version,
        "url": links.full(kind, entry.id),
        "changed": profile_changed_on(entry, whole).isoformat(),
    }


def _record(record: Facade | Organisation | Term | Event, unpublished: dict[str, Any]) -> dict[str, Any]:
    values = record.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=unpublished)
    with_addresses(values.get("sources", ()), record.sources)
    return values
