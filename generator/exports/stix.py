"""The archive as a STIX 2.1 bundle, with ids that stay the same from build to build.

A facade is an intrusion set, an organisation a threat actor (militias, and state bodies on the claimant's side) or an
identity, an attribution a relationship, a claim a report, its status an opinion on that report. Quotes and posts are
left out: a quote may not travel without its label, and a post of which we hold no capture is no observed data.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Any, Final

from generator.analysis.dating import profile_changed_on
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.exports.licence import LICENCE, NOT_OURS
from generator.pages.links import Links
from generator.pages.words import followed
from generator.records.claim import Claim
from generator.records.dating import changed_on, day_of, recorded_on
from generator.records.facade import Attribution, Facade, Name
from generator.records.organisation import Organisation
from generator.records.vocabulary import Likelihood, OrganisationKind, Relation, Stake, Status

#: The namespace of our ids: made once, never changed.
_NAMESPACE: Final = uuid.UUID("6f2d3f0a-9f54-5d0e-8f0c-5b1c1b7a2d10")
#: Middle of each band of the yardstick, in per cent. For machines only: people get the words.
CONFIDENCE: Final = {
    Likelihood.REMOTE_CHANCE: 3,
    Likelihood.HIGHLY_UNLIKELY: 15,
    Likelihood.UNLIKELY: 30,
    Likelihood.REALISTIC_POSSIBILITY: 45,
    Likelihood.LIKELY: 65,
    Likelihood.HIGHLY_LIKELY: 85,
    Likelihood.ALMOST_CERTAIN: 98,
}
#: The opinion that each status comes nearest to; a claim that nobody has checked has none.
OPINIONS: Final = {
    Status.UNCORROBORATED: "neutral",
    Status.CONTESTED: "neutral",
    Status.PARTLY_CONFIRMED: "agree",
    Status.CONFIRMED: "strongly-agree",
    Status.MISDESCRIBED: "disagree",
    Status.REFUTED: "strongly-disagree",
    Status.NOT_AUTHENTIC: "strongly-disagree",
}
_FIRST: Final = "2026-11-24T00:00:00.000Z"


class Bundle:
    """Makes the objects of one archive's bundle."""

    def __init__(self, archive: Archive, analysis: Analysis, links: Links, whole: datetime.date) -> None:
        self._archive = archive
        self._analysis = analysis
        self._links = links
        self._whole = whole

    def made(self) -> dict[str, Any]:
        """The bundle, without the objects of claims."""
        organisations = [self._archive.organisations[id] for id in sorted(self._archive.organisations)]
        objects = [self._us(), self._marking(), *map(self._organisation, organisations)]
        for id in sorted(self._archive.facades):
            objects.append(self._facade(self._archive.facades[id]))
            objects += self._attributions(self._archive.facades[id])
        return {"type": "bundle", "id": _id("bundle", self._links.settings.site_url), "objects": objects}

    def _us(self) -> dict[str, Any]:
        settings = self._links.settings
        return {
            "type": "identity",
            "spec_version": "2.1",
            "id": _id("identity", "us"),
            "created": _FIRST,
            "modified": _FIRST,
            "name": settings.site_name,
            "identity_class": "organization",
            "external_references": [{"source_name": settings.site_name, "url": settings.site_url}],
        }

    def _marking(self) -> dict[str, Any]:
        return {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": _id("marking-definition", "licence"),
            "created": _FIRST,
            "definition_type": "statement",
            "definition": {"statement": f"{self._links.settings.site_name}, {LICENCE}. {NOT_OURS}"},
        }

    def _object(self, kind: str, key: str, created: str, modified: str) -> dict[str, Any]:
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": _id(kind, key),
            "created_by_ref": _id("identity", "us"),
            "created": _stamp(created),
            "modified": _stamp(max(created, modified)),
            "object_marking_refs": [_id("marking-definition", "licence")],
        }

    def _facade(self, entry: Entry[Facade]) -> dict[str, Any]:
        record = entry.record
        made = self._object("intrusion-set", entry.id, *self._days(entry))
        made["name"] = record.name.en
        made["description"] = f"{record.kind.label}: a name behind which others act."
        return made | _aliases(record.name, record.aliases) | self._page("facade", entry.id)

    def _organisation(self, entry: Entry[Organisation]) -> dict[str, Any]:
        record = entry.record
        kind = _kind_of(record)
        made = self._object(kind, entry.id, *self._days(entry))
        made["name"] = record.name.en
        made["description"] = f"{record.kind.label}; stake: {record.stake.label}."
        if kind == "identity":
            return made | {"identity_class": "organization"} | self._page("organisation", entry.id)
        return made | _aliases(record.name, record.aliases) | self._page("organisation", entry.id)

    def _days(self, entry: Entry[Facade] | Entry[Organisation]) -> tuple[str, str]:
        days = sorted(day_of(change.date).isoformat() for change in entry.record.history)
        return (days[0], days[-1]) if days else (_FIRST[:10], profile_changed_on(entry, self._whole).isoformat())

    def _page(self, kind: str, id: str) -> dict[str, Any]:
        name = self._links.settings.site_name
        return {"external_references": [{"source_name": name, "url": self._links.full(kind, id), "external_id": id}]}

    def _attributions(self, entry: Entry[Facade]) -> Iterator[dict[str, Any]]:
        for attribution in entry.record.attributions:
            organisation = self._archive.organisations[attribution.to]
            observed = attribution.relation is Relation.AMPLIFIED_BY
            target = _kind_of(organisation.record)
            key = f"{entry.id}/{attribution.to}/{attribution.relation.value}/{' '.join(attribution.held_by)}"
            made = self._object("relationship", key, *self._days(entry))
            made["relationship_type"] = "attributed-to" if target == "threat-actor" and not observed else "related-to"
            made["description"] = _said(attribution, entry.record, self._archive)
            made["source_ref"] = _id("intrusion-set", entry.id)
            made["target_ref"] = _id(target, attribution.to)
            yield made if observed else made | {"confidence": CONFIDENCE[attribution.likelihood]}

    def of_claim(self, entry: Entry[Claim]) -> Iterator[dict[str, Any]]:
        """The objects of a claim."""
        claim, own = entry.record, self._analysis.claims[entry.id]
        days = recorded_on(claim).isoformat(), changed_on(claim).isoformat()
        report = self._object("report", entry.id, *days)
        report["name"] = own.headline
        report["description"] = own.sentence
        report["report_types"] = ["claim-of-responsibility"]
        report["published"] = _stamp(claim.date.earliest.isoformat())
        report["labels"] = [f"status:{own.status.value}"]
        report["object_refs"] = [self._agent(id) for id in claim.facade]
        cited = [
            {"source_name": self._archive.name_of(source.publisher), "url": source.url, "description": source.title}
            for source in claim.sources
            if followed(source)
        ]
        report |= self._page("claim", entry.id)
        report["external_references"] += cited
        yield report
        if own.status in OPINIONS:
            opinion = self._object("opinion", entry.id, *days)
            opinion["opinion"] = OPINIONS[own.status]
            opinion["explanation"] = f"{own.status.label}: {own.sentence}"
            opinion["object_refs"] = [report["id"]]
            yield opinion

    def _agent(self, id: str) -> str:
        if id in self._archive.facades:
            return _id("intrusion-set", id)
        return _id(_kind_of(self._archive.organisations[id].record), id)


def _kind_of(organisation: Organisation) -> str:
    armed = organisation.kind is OrganisationKind.MILITIA
    claimants = organisation.kind is OrganisationKind.STATE_BODY and organisation.stake is Stake.CLAIMANT
    return "threat-actor" if armed or claimants else "identity"


def _said(attribution: Attribution, facade: Facade, archive: Archive) -> str:
    publishers = {source.id: archive.name_of(source.publisher) for source in facade.sources}
    holders = ", ".join(dict.fromkeys(publishers.get(id, id) for id in attribution.held_by)) or "holder not named"
    if attribution.relation is Relation.AMPLIFIED_BY:
        return f"An observation, not an attribution: {attribution.relation.label}. Held by: {holders}."
    return (
        f"An assessment, not a fact: {attribution.relation.label}. Likelihood: {attribution.likelihood.label}. "
        f"Confidence in its basis: {attribution.confidence.label}. Held by: {holders}."
    )


def _aliases(name: Name, aliases: tuple[str, ...]) -> dict[str, Any]:
    named = [word for word in (name.ar, name.ar_latn, *aliases) if word]
    return {"aliases": list(dict.fromkeys(named))} if named else {}


def _id(kind: str, key: str) -> str:
    return f"{kind}--{uuid.uuid5(_NAMESPACE, f'{kind}/{key}')}"


def _stamp(day: str) -> str:
    return f"{day}T00:00:00.000Z"
