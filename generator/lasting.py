"""What must answer at every address that was ever given out: earlier versions, moved records, embedded cards.

Pure, like the site itself. A version of a claim has an address from the day it is published: while it is today's, a
card stands there that says so and leads to the record; afterwards it is the record as it was.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from generator.analysis.addresses import FOLDERS, as_of, moved, version_names
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.pages import sharing, versions
from generator.pages.environment import printed
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.records.version import Version
from generator.records.vocabulary import Status
from generator.settings import Settings
from generator.shells import Shell

#: A path below the site with the bytes that stand there.
File = tuple[str, bytes]


def lasting_files(archive: Archive, analysis: Analysis, settings: Settings, shell: Shell) -> Iterator[File]:
    """All of them.

    Args:
        shell: the frame of an earlier version.
    """
    for entry in archive.claims_in_order:
        yield from files_of(entry, archive, analysis, settings, shell)
    yield from moved_files(archive, analysis, settings)


def files_of(
    entry: Entry[Claim], archive: Archive, analysis: Analysis, settings: Settings, shell: Shell
) -> Iterator[File]:
    """The versions and the embedded cards of a claim."""
    yield from _versions(entry, archive, analysis, settings, shell)
    yield from _cards(entry, archive, analysis, settings)


def moved_files(archive: Archive, analysis: Analysis, settings: Settings) -> Iterator[File]:
    """What stands at the former addresses of records."""
    for kind, former, entry in moved(archive):
        folder = FOLDERS[kind]
        document = sharing.oembed_file(entry.id) if kind == "claim" else ""
        yield from _moved(f"{folder}/{former}/", f"{folder}/{entry.id}/", settings, document)
        if kind == "claim":
            yield from _moved_claim(former, entry, archive, analysis, settings)


def _versions(
    entry: Entry[Claim], archive: Archive, analysis: Analysis, settings: Settings, shell: Shell
) -> Iterator[File]:
    current = entry.version
    links = Links(archive, settings, "../../../../")
    today = sharing.embed_page(entry, analysis.claims[entry.id], archive, links, name=current, standing=True)
    yield f"{as_of(entry.id, current)}index.html", today.encode()
    for version in archive.versions_of(entry.id):
        name = version_name(version)
        if name == current:
            continue
        page = versions.version_page(entry, version, archive, analysis, links)
        texts = {
            "id": entry.id,
            "version": name,
            "title": page.title,
            "description": page.description,
            "edit": settings.edit_url(entry.path),
        }
        old = versions.old_claim(entry, version, archive, analysis, settings.site_name)
        shown = old.analysis if old else analysis.claims[entry.id]
        head = sharing.head(old.entry if old else entry, shown, _names(entry, archive), links, name, earlier=True)
        yield sharing.oembed_file(entry.id, name), sharing.oembed(entry, shown, links, name).encode()
        yield f"{as_of(entry.id, name)}index.html", shell.filled(texts, {"body": page.body, "head": head}).encode()


def version_name(version: Entry[Version]) -> str:
    """The name of a version: ten digits."""
    return version.id.rpartition("/")[2]


def _names(entry: Entry[Claim], archive: Archive) -> str:
    return " and ".join(archive.name_of(id) for id in entry.record.facade)


def _cards(entry: Entry[Claim], archive: Archive, analysis: Analysis, settings: Settings) -> Iterator[File]:
    own = analysis.claims[entry.id]
    live = Links(archive, settings, "../../")
    yield f"{sharing.embed_path(entry.id)}index.html", sharing.embed_page(entry, own, archive, live).encode()
    yield sharing.oembed_file(entry.id), sharing.oembed(entry, own, live).encode()
    frozen = Links(archive, settings, "../../../")
    current = entry.version
    page = sharing.embed_page(entry, own, archive, frozen, name=current)
    yield f"{sharing.embed_path(entry.id, current)}index.html", page.encode()
    for version in archive.versions_of(entry.id):
        name = version_name(version)
        if name == current:
            continue
        path = f"{sharing.embed_path(entry.id, name)}index.html"
        old = versions.old_claim(entry, version, archive, analysis, settings.site_name)
        if old is None:
            yield path, sharing.embed_page(entry, own, archive, frozen, name=current).encode()
        else:
            yield path, sharing.embed_page(old.entry, old.analysis, archive, frozen, version.record, name).encode()


def _moved_claim(
    former: str, entry: Entry[Claim], archive: Archive, analysis: Analysis, settings: Settings
) -> Iterator[File]:
    links = Links(archive, settings, "../../")
    for name in version_names(archive, entry.id):
        old = name if f"{entry.id}/{name}" in archive.versions and name != entry.version else ""
        document = sharing.oembed_file(entry.id, old)
        yield from _moved(as_of(former, name), as_of(entry.id, name), settings, document)
        if old:
            yield (
                sharing.oembed_file(former, old),
                sharing.oembed(entry, analysis.claims[entry.id], links, old).encode(),
            )
        yield from _moved(sharing.embed_path(former, name), sharing.embed_path(entry.id, name), settings)
    yield from _moved(sharing.embed_path(former), sharing.embed_path(entry.id), settings)
    yield sharing.oembed_file(former), sharing.oembed(entry, analysis.claims[entry.id], links).encode()


def _moved(address: str, target: str, settings: Settings, oembed: str = "") -> Iterator[File]:
    """A page that leads on, for people and for machines.

    Args:
        oembed: the oEmbed document of what it leads to, from the top of the site.
    """
    top = "../" * address.count("/")
    way = posixpath.relpath(target, address) + "/"
    page = printed("moved.html.j2", way=way, full=f"{settings.site_url}{target}", oembed=top + oembed if oembed else "")
    yield f"{address}index.html", page.encode()


def pictured(
    entry: Entry[Claim], archive: Archive, analysis: Analysis, settings: Settings
) -> Iterator[tuple[str, Entry[Claim], Status]]:
    """Where preview pictures of a claim stand, each with the version of it that it shows, and its status."""
    for id in (entry.id, *entry.formerly):
        yield f"{FOLDERS['claim']}/{id}/card.png", entry, analysis.claims[entry.id].status
    for version in archive.versions_of(entry.id):
        old = versions.old_claim(entry, version, archive, analysis, settings.site_name)
        path = f"{as_of(entry.id, version_name(version))}card.png"
        yield (path, old.entry, old.analysis.status) if old else (path, entry, analysis.claims[entry.id].status)
