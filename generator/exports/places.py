"""The places that claims name, as GeoJSON: those we may show, and as rough as we know them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from generator.analysis.whole import Analysis
from generator.archive import Entry
from generator.exports.claims import point_of
from generator.pages.links import Links
from generator.records.claim import Claim

#: The collection, without its features (RFC 7946).
COLLECTION: Final[dict[str, Any]] = {"type": "FeatureCollection", "features": []}


def features_of(entry: Entry[Claim], analysis: Analysis, links: Links) -> Iterator[dict[str, Any]]:
    """A feature for every assertion with a place that has coordinates no finer than a settlement."""
    own = analysis.claims[entry.id]
    for assertion in entry.record.asserts:
        point = point_of(assertion.place) if assertion.place else None
        if assertion.place is None or point is None:
            continue
        yield {
            "type": "Feature",
            "id": f"{entry.id}/{assertion.id}",
            "geometry": {"type": "Point", "coordinates": list(point)},
            "properties": {
                "status": own.status.value,
                "headline": own.headline,
                "claim": entry.id,
                "url": links.full("claim", entry.id),
                "claimed": assertion.what,
                "place": assertion.place.name,
                "precision": assertion.place.precision.value,
                "basis": assertion.place.basis,
            },
        }
