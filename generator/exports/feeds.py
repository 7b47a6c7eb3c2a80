"""Feeds, as Atom (RFC 4287) and JSON Feed 1.1: new claims, changes of status, and both for one facade.

The status stands first in every title. No quote is in a feed: its reader would show it without its label. Entries are
ordered by change, so that a withdrawal or a status taken back comes to everybody who follows.
"""

from __future__ import annotations

import dataclasses
import datetime
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from generator.analysis.sentences import spoken_date
from generator.analysis.whole import Analysis
from generator.archive import Archive
from generator.exports.changes import Change
from generator.exports.licence import LICENCE_URL, NOT_OURS
from generator.pages.environment import stopped
from generator.pages.links import Links
from generator.records.vocabulary import Notice

#: A feed holds the latest entries, this many; everything stands in api/v1/changes.json.
MOST: Final = 100
CLAIMS: Final = "feed-claims"
CHANGES: Final = "feed-changes"


def facade_feed(id: str) -> str:
    """The name of a facade's feed, without its ending."""
    return f"feed-{id}"


class FeedEntry(NamedTuple):
    """One entry: the status first in its title.

    Attributes:
        new: whether it tells of a claim newly on record, and not of one that changed.
        facades: in whose name the claim was issued.
    """

    id: str
    url: str
    title: str
    summary: str
    updated: datetime.date
    new: bool
    facades: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Feed:
    """A feed; its files stand at the top of the site."""

    name: str
    title: str
    page: str
    entries: tuple[FeedEntry, ...]
    day: datetime.date

    @property
    def updated(self) -> str:
        """When its latest entry was made; without one, the day as of which the archive stands."""
        return _stamp(max((entry.updated for entry in self.entries), default=self.day))


def feeds_of(
    archive: Archive, entries: Sequence[FeedEntry], published: Iterable[str], links: Links, day: datetime.date
) -> Iterator[Feed]:
    """All feeds. That of a facade stays when its last claim is taken from the lists: somebody follows it.

    Args:
        entries: every change, newest first.
        published: in whose names claims were issued that have a page.
        day: the day as of which the archive stands.
    """
    site, home = links.settings.site_name, links.settings.site_url
    new = [entry for entry in entries if entry.new][:MOST]
    yield Feed(CLAIMS, f"{site}: claims newly on record", f"{home}claims/", tuple(new), day)
    told = [entry for entry in entries if not entry.new][:MOST]
    if not told:  # a feed must have an entry: until something changes, the newest record is the last change
        told = new[:1]
    yield Feed(CHANGES, f"{site}: changes and corrections", f"{home}about/corrections/", tuple(told), day)
    of_facades: defaultdict[str, list[FeedEntry]] = defaultdict(list)
    for entry in entries:
        for id in entry.facades:
            of_facades[id].append(entry)
    for id in sorted(archive.facades.keys() & published):
        title, latest = f"{site}: claims of {archive.name_of(id)}", of_facades[id][:MOST]
        for name in (id, *archive.facades[id].record.formerly):
            yield Feed(facade_feed(name), title, links.full("facade", id), tuple(latest), day)


def entry_of(change: Change, analysis: Analysis, links: Links) -> FeedEntry:
    """A change as an entry of a feed."""
    return _new(change, analysis, links) if change.kind == "new" else _changed(change, analysis, links)


def _new(change: Change, analysis: Analysis, links: Links) -> FeedEntry:
    own = analysis.claims[change.claim.id]
    url = links.full("claim", change.claim.id)
    return FeedEntry(f"{url}#record", url, own.headline, own.sentence, change.day, True, change.claim.facades)


def _changed(change: Change, analysis: Analysis, links: Links) -> FeedEntry:
    own = analysis.claims[change.claim.id]
    url = links.full("claim", change.claim.id)
    if change.after is None:
        return FeedEntry(f"{url}#withdrawn", url, own.headline, own.sentence, change.day, False, change.claim.facades)
    was = f"was {change.before.label.lower()}" if change.before else "new"
    notice = f"{change.notice.label}; " if change.notice is not Notice.NONE else ""
    matter = f"{own.title[:1].lower()}{own.title[1:]}, {spoken_date(change.claim.record.date)}"
    title = f"{change.after.label} ({notice}{was}): {matter}"
    parts = ["We take something back." if change.taken_back else "", stopped(f"Why: {change.why}")]
    if change.after is own.status:
        parts.append(own.sentence)
    else:
        parts.append(f"Today the status is {own.status.label.lower()}.")
    url = f"{url}#{change.anchor}"
    return FeedEntry(url, url, title, " ".join(filter(None, parts)), change.day, False, change.claim.facades)


def as_atom(feed: Feed, links: Links) -> bytes:
    """A feed as Atom."""
    settings = links.settings
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _text(root, "title", feed.title)
    _text(root, "id", f"{settings.site_url}{feed.name}.xml")
    _text(root, "updated", feed.updated)
    _text(ET.SubElement(root, "author"), "name", settings.site_name)
    _text(root, "rights", f"CC BY 4.0, {LICENCE_URL}. {NOT_OURS}")
    own = {"rel": "self", "type": "application/atom+xml", "href": f"{settings.site_url}{feed.name}.xml"}
    ET.SubElement(root, "link", own)
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    for entry in feed.entries:
        element = ET.SubElement(root, "entry")
        _text(element, "title", entry.title)
        _text(element, "id", entry.id)
        ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
        _text(element, "updated", _stamp(entry.updated))
        _text(element, "summary", entry.summary)
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def as_json_feed(feed: Feed, links: Links) -> dict[str, Any]:
    """A feed as JSON Feed."""
    settings = links.settings
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": f"{settings.site_url}{feed.name}.json",
        "language": "en",
        "authors": [{"name": settings.site_name, "url": settings.site_url}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_text": entry.summary,
                "date_published": _stamp(entry.updated),
                "date_modified": _stamp(entry.updated),
            }
            for entry in feed.entries
        ],
    }


def _stamp(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
