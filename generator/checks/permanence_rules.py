"""L: does every published address still answer, and is every version of a claim kept that somebody can have cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from generator.analysis.addresses import addresses_of, shelves
from generator.archive import Entry
from generator.checks.rule import Fault, Known, Rule, found_while_reading, rule
from generator.problems import Severity, shown
from generator.records.claim import Claim
from generator.records.text import ID_PATTERN
from generator.records.version import Permalinks, Version
from generator.records.versioning import version_of_values
from generator.records.vocabulary import Visibility

_ADDRESS: Final = re.compile(rf"(?:{ID_PATTERN}/)+")
#: How many addresses a sentence names.
_NAMED: Final = 3


@rule("L01", Severity.WARNING)
def address_not_listed(entry: Entry[Permalinks], known: Known) -> Iterator[Fault]:
    """A record has an address that `claims/permalinks.txt` does not list.

    Whoever adds a record need not care. A maintainer runs `claims record` before or after the merge: it adds what is
    missing. From then on the address has to answer for ever.
    """
    missing = sorted(addresses_of(known.archive).keys() - set(entry.record.addresses))
    if missing:
        named = ", ".join(missing[:_NAMED]) + (", …" if len(missing) > _NAMED else "")
        yield (), f"addresses not listed: {len(missing)} ({named}); a maintainer runs: claims record"


@rule("L02")
def address_without_page(entry: Entry[Permalinks], known: Known) -> Iterator[Fault]:
    """A line of `claims/permalinks.txt` names an address at which nothing stands any longer.

    Somebody has printed it. Put the record back: if it was renamed, its old id goes under `formerly` of the new record;
    if a claim must go, it stays and says why in `tombstone`. A claim that was published cannot be `withheld`.
    """
    here, broken = addresses_of(known.archive), known.archive.broken
    for at, address in enumerate(entry.record.addresses):
        if _ADDRESS.fullmatch(address) and address not in here and not broken & set(address.split("/")):
            yield (
                ("addresses", at),
                f"nothing answers at {address} any longer; put the record back, or name its id under formerly:",
            )


@rule("L03")
def address_list_out_of_order(entry: Entry[Permalinks], known: Known) -> Iterator[Fault]:
    """`claims/permalinks.txt` has a line that is no address, stands twice, or stands in the wrong place.

    One address a line, in alphabetical order, so that two branches can both add lines. `claims record` puts them in
    order.
    """
    before = ""
    for at, address in enumerate(entry.record.addresses):
        if not _ADDRESS.fullmatch(address):
            yield ("addresses", at), f"{shown(address)} is no address of a record; a line looks like claims/<id>/"
            continue
        if address <= before:
            yield ("addresses", at), f"{address} stands twice or in the wrong place; run: claims record"
        before = max(before, address)


@rule("L04")
def address_taken_from_the_list(entry: Entry[Permalinks], known: Known) -> Iterator[Fault]:
    """A line that `claims/permalinks.txt` had before this change is gone. Lines are only ever added.

    The check compares with a base revision (`claims check --base main`).
    """
    if known.base is not None:
        for address in sorted(set(known.base.permalinks.record.addresses) - set(entry.record.addresses)):
            yield (), f"the address {address} is gone from the list; lines are only ever added"


@rule("L05")
def earlier_version_not_kept(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """What a published claim says has changed, and what it said before is not kept.

    Somebody may have cited it. `claims record --base main` writes the earlier version to `claims/versions/`, where it
    keeps its own address. Whoever proposes a change in the browser leaves this to the maintainer who merges it.
    """
    before = _before(entry, known)
    if before is None or before.record.visibility is Visibility.WITHHELD:
        return
    was = before.version
    if was != entry.version and f"{entry.id}/{was}" not in known.archive.versions:
        yield (), f"the record has changed and its earlier version {was} is not kept; a maintainer runs: claims record"


def _before(entry: Entry[Claim], known: Known) -> Entry[Claim] | None:
    """The same claim in the base, under its id or a former one."""
    if known.base is None:
        return None
    ids = (entry.id, *entry.formerly)
    return next((known.base.claims[id] for id in ids if id in known.base.claims), None)


@rule("L06")
def version_is_not_what_its_name_says(entry: Entry[Version], known: Known) -> Iterator[Fault]:
    """A file in `claims/versions/` is not what its name says: of another content, or of a claim that does not exist.

    The folder is the id of the claim, the name is the version, which is made of the content. Such files are written by
    `claims record` and never edited; content that must not be published any more gives way to `removed` with a reason.
    """
    claim, _, name = entry.id.rpartition("/")
    version = entry.record
    if claim not in known.archive.claims and claim not in known.archive.broken:
        yield (), f"there is no claim {shown(claim)}; move the file to the folder of the claim's id"
    if (version.record is None) == (version.removed is None):
        yield (), "either the content in record, or the reason in removed"
    elif version.record is not None and version_of_values(version.record) != name:
        yield (
            ("record",),
            f"this content is version {version_of_values(version.record)}, not {name}; put it back as it was",
        )


@rule("L07")
def version_changed_or_gone(entry: Entry[Version], known: Known) -> Iterator[Fault]:
    """A version that was kept in the base revision is gone or says something else.

    The only change allowed is to take its content out: `removed` with a reason in the place of `record`.
    """
    claim, _, name = entry.id.rpartition("/")
    archive = known.archive
    ids = [claim, *(other.id for other in archive.claims.values() if claim in other.formerly)]
    here = next((archive.versions[f"{id}/{name}"] for id in ids if f"{id}/{name}" in archive.versions), None)
    if here is None:
        if not archive.broken & {claim, name}:
            yield (), "a version that was published is gone; put the file back"
    elif here.record != entry.record and here.record.removed is None:
        yield here.place(), "a version that was published says something else now; put it back as it was"


@rule("L08", Severity.WARNING)
def version_never_published(entry: Entry[Version], known: Known) -> Iterator[Fault]:
    """A version is new, and is not what its claim said in the base revision: was it ever published?

    It can be: from before the base revision. Look it up in the history of the claim's file before you merge.
    """
    if known.base is None or entry.id in known.base.versions:
        return
    claim, _, name = entry.id.rpartition("/")
    now = known.archive.claims.get(claim)
    before = _before(now, known) if now else None
    moved = any(id.rpartition("/")[2] == name for id in known.base.versions)
    if not moved and (before is None or before.version != name):
        yield (), f"{name} is not what the claim said in the base revision; was it ever published?"


@rule("L09")
def withdrawn_content_still_held(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A claim is withdrawn for safety or by law, and its file, or an earlier version, still holds the content.

    The repository is public too. Only `facade`, `date`, `status`, `state`, `visibility`, `formerly`, `tombstone` and
    `history` stay; of earlier versions stays when they were published, with the reason in `removed` (`claims record`
    does that).
    """
    tombstone = entry.record.tombstone
    if tombstone is None or not tombstone.reason.takes_content:
        return
    for field in entry.document.value:
        if field not in _REMAINING:
            yield (field,), f"withdrawn ({tombstone.reason.label}): take {shown(field)} out of the file"
    for version in known.archive.versions_of(entry.id):
        if version.record.record is not None:
            yield (
                version.place(),
                f"withdrawn ({tombstone.reason.label}): take the content out of this version; run: claims record",
            )


_REMAINING: Final = frozenset("facade date status state visibility formerly tombstone history".split())


@rule("L10")
def former_id_taken(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """An id under `formerly` is the id of another record, or a former id of it: an address leads to one place."""
    if not entry.formerly:
        return
    for kind in shelves(known.archive).values():
        if kind.get(entry.id) is not entry:
            continue
        for other in kind.values():
            ids = {other.id} if other is entry else {other.id, *other.formerly}
            for id in ids.intersection(entry.formerly):
                yield ("formerly",), f"the address of {id} leads to {other.path} already"


@found_while_reading("L11")
def published_address_lost() -> None:
    """An address of the last publication is missing from this one.

    The site publishes `SHA256SUMS`: every file with its hash. `claims check --published FILE` compares the records with
    the list of the last publication, `claims build --published FILE` every file, and neither lets an address go. What
    pages are drawn with (`assets/`, `search/`, `charts/`) may change its name.
    """


CLAIM_RULES: tuple[Rule[Claim], ...] = (earlier_version_not_kept, withdrawn_content_still_held)
RECORD_RULES: tuple[Rule[Any], ...] = (former_id_taken,)
LIST_RULES: tuple[Rule[Permalinks], ...] = (
    address_not_listed,
    address_without_page,
    address_list_out_of_order,
    address_taken_from_the_list,
)
VERSION_RULES: tuple[Rule[Version], ...] = (version_is_not_what_its_name_says, version_never_published)
#: Asked about every version of the base revision.
BASE_RULES: tuple[Rule[Version], ...] = (version_changed_or_gone,)
READING_RULES: tuple[Rule[Any], ...] = (published_address_lost,)
