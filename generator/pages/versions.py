"""Earlier versions of a claim: the list on its page, and the page of one of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape
from pydantic import ValidationError

from generator.analysis.difference import Change, changes
from generator.analysis.sentences import spoken_date
from generator.analysis.whole import Analysis, ClaimAnalysis, analyse_claim
from generator.archive import Archive, Entry
from generator.documents import Document
from generator.pages.claim import claim_body
from generator.pages.environment import EMPTY, printed
from generator.pages.links import Links
from generator.records.claim import Claim, StatusChange
from generator.records.version import Version
from generator.records.vocabulary import Status


@dataclasses.dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier version as a list shows it.

    Attributes:
        status: the status that it published.
        changes: what the version after it says differently.
        after: the name of that version; empty for the one of today.
    """

    name: str
    version: Version
    status: Status | None
    changes: Sequence[Change]
    after: str


def earlier_versions(entry: Entry[Claim], archive: Archive) -> list[Earlier]:
    """The earlier versions of a claim, newest first."""
    kept = archive.versions_of(entry.id)
    if not kept:
        return []
    following: list[tuple[str, Mapping[str, Any] | None]] = [
        *((_name(version), version.record.record) for version in kept[1:]),
        ("", entry.document.value),
    ]
    found = [
        Earlier(
            _name(version),
            version.record,
            published_status(version.record),
            changes(version.record.record or {}, after) if version.record.record and after else (),
            name,
        )
        for version, (name, after) in zip(kept, following, strict=True)
    ]
    return found[::-1]


def version_list(entry: Entry[Claim], archive: Archive, links: Links) -> Markup:
    """The earlier versions of a claim with what changed, below its history."""
    earlier = earlier_versions(entry, archive)
    return printed("versions.html.j2", entry=entry, earlier=earlier, current=entry.version, links=links)


def _name(version: Entry[Version]) -> str:
    return version.id.rpartition("/")[2]


def published_status(version: Version) -> Status | None:
    """The status that a version published: what is written is what the findings gave, or no check would have passed."""
    written = (version.record or {}).get("status")
    return next((status for status in Status if status.value == written), None)


@dataclasses.dataclass(frozen=True, slots=True)
class OldClaim:
    """An earlier version read with the format of today, with what we work out from it."""

    entry: Entry[Claim]
    analysis: ClaimAnalysis


def old_claim(
    entry: Entry[Claim], version: Entry[Version], archive: Archive, analysis: Analysis, site_name: str
) -> OldClaim | None:
    """A version as a claim; None where its content is gone, or has a form that the program no longer reads."""
    if version.record.record is None:
        return None
    try:
        claim = Claim.model_validate(version.record.record)
    except ValidationError:
        return None
    old = Entry(entry.id, claim, Document(version.path, version.record.record, {}))
    return OldClaim(old, analyse_claim(old, archive, analysis.affiliations, site_name))


@dataclasses.dataclass(frozen=True, slots=True)
class VersionPage:
    """The page of an earlier version: its title, what previews say of it, and the article."""

    title: str
    description: str
    body: Markup


def version_page(
    entry: Entry[Claim], version: Entry[Version], archive: Archive, analysis: Analysis, links: Links
) -> VersionPage:
    """The record as it was, under a band that says so and what has changed since."""
    now = analysis.claims[entry.id]
    old = old_claim(entry, version, archive, analysis, links.settings.site_name)
    since = _since(version.record, entry.record)
    day = spoken_date(version.record.published)
    band = printed(
        "as-of.html.j2",
        entry=entry,
        now=now,
        version_name=_name(version),
        version=version.record,
        since=since,
        changes=changes(version.record.record, entry.document.value) if version.record.record else [],
        links=links,
        archive=archive,
    )
    if old is None:
        body = printed(
            "version-fields.html.j2", entry=entry, version=version.record, band=band, fields=_fields(version.record)
        )
        status = published_status(version.record)
        word = f"{status.label}: record" if status else "Record"
        return VersionPage(f"{word} as of {day}, {entry.id}", f"An earlier version of the record {entry.id}.", body)
    with_old = analysis.with_claim(entry.id, old.analysis)
    body = claim_body(
        old.entry,
        archive,
        with_old,
        links,
        escape,
        lambda count, id, title: EMPTY,
        band=band,
        version=_name(version),
    )
    title = f"{old.analysis.headline} (record as of {day})"
    return VersionPage(title, f"As of {day}: {old.analysis.sentence}", body)


def _since(version: Version, now: Claim) -> list[StatusChange]:
    """The changes of status that the version does not know of."""
    known = (version.record or {}).get("history")
    return list(now.history[len(known) if isinstance(known, list) else 0 :])


def _fields(version: Version) -> list[Change]:
    return changes({}, version.record or {})
