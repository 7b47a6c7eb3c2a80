"""A claim as its machine copy: the status first, then what is established, then who claims what and in which words.

What was written stands below `record`, with the names of the claim file, and what the file leaves out is left out
there; everything beside it was worked out by us.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from generator.analysis.independence import Independence
from generator.analysis.propagation import Interval, Lag, Propagation
from generator.analysis.sentences import spoken_date
from generator.analysis.whole import Analysis, ClaimAnalysis
from generator.archive import Archive, Entry
from generator.exports.licence import LICENCE, LICENCE_URL, NOT_OURS
from generator.pages.links import Links
from generator.pages.words import address_shown
from generator.records.claim import Claim, NamedPlace
from generator.records.dating import changed_on, recorded_on
from generator.records.source import Source
from generator.records.vocabulary import PlacePrecision, UrlPolicy, Visibility

#: Fields of a claim file that are for the desk alone.
UNPUBLISHED: Final[Mapping[str, Any]] = {"sensitivity": True, "media": {"__all__": {"stored"}}}

#: A place is given with coordinates only where they are no finer than this.
_COARSE: Final = frozenset(
    {PlacePrecision.SETTLEMENT, PlacePrecision.DISTRICT, PlacePrecision.GOVERNORATE, PlacePrecision.COUNTRY}
)


def published_claim(
    entry: Entry[Claim], archive: Archive, analysis: Analysis, links: Links, version: str
) -> dict[str, Any]:
    """The copy of one claim; of a record that we withdrew only that and why."""
    claim, own = entry.record, analysis.claims[entry.id]
    if claim.tombstone:
        return withdrawn_claim(entry, own, links, version)
    return {
        "status": own.status,
        "status_label": own.status.label,
        "status_meaning": own.status.meaning,
        "status_group": own.status.group,
        "sentence": own.sentence,
        "verdicts": dict(own.verdicts),
        "independence": {
            dimension: {"supports": _counted(count.supports), "contradicts": _counted(count.contradicts)}
            for dimension, count in own.independence.items()
        },
        "id": entry.id,
        "version": version,
        "url": links.full("claim", entry.id),
        "title": own.title,
        "headline": own.headline,
        "recorded": recorded_on(claim).isoformat(),
        "changed": changed_on(claim).isoformat(),
        "listed": claim.visibility is Visibility.LISTED,
        "facades": [
            {"id": id, "name": archive.name_of(id), "url": agent_address(id, archive, links)} for id in claim.facade
        ],
        "times": _times(own.propagation),
        "propagation": _propagation(own.propagation),
        "quote_label": quote_label(entry, own, archive),
        "record": _record(claim),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "licence_note": NOT_OURS,
    }


def withdrawn_claim(entry: Entry[Claim], own: ClaimAnalysis, links: Links, version: str) -> dict[str, Any]:
    """What is left of a record that we withdrew."""
    tombstone = entry.record.tombstone
    assert tombstone is not None
    return {
        "status": "withdrawn",
        "status_label": "Withdrawn",
        "sentence": own.sentence,
        "id": entry.id,
        "version": version,
        "url": links.full("claim", entry.id),
        "headline": own.headline,
        "changed": changed_on(entry.record).isoformat(),
        "listed": False,
        "withdrawn": tombstone.model_dump(mode="json", exclude_none=True),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
    }


def agent_address(id: str, archive: Archive, links: Links) -> str | None:
    """The whole address of a facade's or organisation's page."""
    if id in archive.facades:
        return links.full("facade", id)
    return links.full("organisation", id) if id in archive.organisations else None


def quote_label(entry: Entry[Claim], own: ClaimAnalysis, archive: Archive) -> str:
    """The label without which a quote is not to be shown: `Uncorroborated claim by F, 26 January 2023`."""
    names = " and ".join(archive.name_of(id) for id in entry.record.facade)
    return f"{own.status.label} claim by {names}, {spoken_date(entry.record.date)}"


def _counted(count: Independence) -> dict[str, Any]:
    return {
        "minimum": count.minimum,
        "maximum": count.maximum,
        "items": [
            {
                "item": item.item,
                "kind": item.kind,
                "publisher": item.publisher,
                "basis": item.basis,
                "leads_to": list(item.leads_to),
                "counted": item.kept,
                "why": item.reason.label,
            }
            for item in count.items
        ],
    }


def _times(propagation: Propagation) -> dict[str, Any]:
    """The first and last second that each time can mean, by the id it has in the record; `claim` is the claim's own."""
    times = {"claim": _interval(propagation.claim)}
    for event in propagation.events:
        if event.interval:
            times[event.assertion.id] = _interval(event.interval)
    for placed in propagation.posts:
        if placed.interval:
            times[placed.post.id] = _interval(placed.interval)
    return times


def _interval(interval: Interval) -> dict[str, str]:
    return {"earliest": interval.earliest.isoformat(), "latest": interval.latest.isoformat()}


def _propagation(propagation: Propagation) -> dict[str, Any]:
    return {
        "reported_before_claimed": propagation.reported_before_claimed,
        "first": propagation.first.post.id if propagation.first else None,
        "lead_seconds": lag_seconds(propagation.lead),
        "event_to_claim_seconds": lag_seconds(propagation.event_to_claim),
        "claimants_clock": propagation.claimants_clock,
    }


def lag_seconds(lag: Lag | None) -> list[int] | None:
    """A lag as its least and most seconds."""
    return [int(lag.least.total_seconds()), int(lag.most.total_seconds())] if lag else None


def _record(claim: Claim) -> dict[str, Any]:
    values = claim.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=dict(UNPUBLISHED))
    with_addresses(values.get("sources", ()), claim.sources)
    for written, assertion in zip(values.get("asserts", ()), claim.asserts, strict=True):
        if assertion.place and point_of(assertion.place) is None:
            written["place"].pop("lat", None)
            written["place"].pop("lon", None)
    return values


def with_addresses(written: Sequence[dict[str, Any]], sources: Sequence[Source]) -> None:
    """Take from written sources the addresses that may not be followed, and give what pages print of them instead."""
    for values, source in zip(written, sources, strict=True):
        if source.url_policy is not UrlPolicy.LINK:
            del values["url"]
            values["address"] = address_shown(source)


def point_of(place: NamedPlace) -> tuple[float, float] | None:
    """Longitude and latitude of a place, where we show them: never finer than a settlement."""
    if place.lat is None or place.lon is None or place.precision not in _COARSE:
        return None
    return place.lon, place.lat
