"""A claim on other people's pages: the embedded card, how it is discovered, and what previews show."""

from __future__ import annotations

import json
from html import escape

from markupsafe import Markup

from generator.analysis.addresses import as_of
from generator.analysis.events import events_of
from generator.analysis.sentences import spoken_date
from generator.analysis.whole import ClaimAnalysis
from generator.archive import Archive, Entry
from generator.pages.environment import printed
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.records.version import Version

#: Size of the frame in pixels; the longest sentences scroll inside it on a phone.
WIDTH, HEIGHT = 600, 440
#: Size of a preview picture in pixels, as the networks ask for it.
CARD_WIDTH, CARD_HEIGHT = 1200, 630


def embed_path(claim: str, version: str = "") -> str:
    """The address of an embedded card from the top of the site: live, or of one version."""
    return f"embed/{claim}/{version}/" if version else f"embed/{claim}/"


def iframe(claim: str, headline: str, links: Links, version: str = "") -> str:
    """The HTML that puts a claim's card on another page."""
    address = f"{links.settings.site_url}{embed_path(claim, version)}"
    title = f"{headline} – {links.settings.site_name}"
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{WIDTH}" height="{HEIGHT}" '
        'loading="lazy" sandbox="allow-top-navigation-by-user-activation allow-popups" referrerpolicy="no-referrer" '
        'style="border:0;max-width:100%"></iframe>'
    )


def embed_page(
    entry: Entry[Claim],
    analysis: ClaimAnalysis,
    archive: Archive,
    links: Links,
    version: Version | None = None,
    name: str = "",
    standing: bool = False,
) -> Markup:
    """The card as a page of its own, for a frame on another page: no script, nothing from elsewhere.

    Args:
        version: the earlier version that the card is frozen at; None for one that changes with the record.
        name: the version that is shown, for a frozen card of today's record too.
        standing: whether it is what stands at the address of today's version, until that is an earlier one.
    """
    address = links.full("claim", entry.id) if version is None else links.full_version(entry.id, name)
    way = links.to("claim", entry.id) if version is None else links.version(entry.id, name)
    return printed(
        "embed.html.j2",
        entry=entry,
        analysis=analysis,
        events=events_of(entry.record, archive),
        archive=archive,
        links=links,
        version=version,
        version_name=name,
        way=way,
        canonical=links.full_version(entry.id, name) if standing else address,
        oembed=links.root + oembed_file(entry.id) if standing else "",
        standing=standing,
        dated=f"as of {spoken_date(version.published)}" if version else "",
    )


def oembed(entry: Entry[Claim], analysis: ClaimAnalysis, links: Links, version: str = "") -> str:
    """The oEmbed document of a claim's card, live or frozen (oembed.com, version 1.0)."""
    site = links.settings
    document = {
        "version": "1.0",
        "type": "rich",
        "title": analysis.headline,
        "provider_name": site.site_name,
        "provider_url": site.site_url,
        "cache_age": 86400,
        "html": iframe(entry.id, analysis.headline, links, version),
        "width": WIDTH,
        "height": HEIGHT,
        "thumbnail_url": f"{site.site_url}{as_of(entry.id, version) if version else f'claims/{entry.id}/'}card.png",
        "thumbnail_width": CARD_WIDTH,
        "thumbnail_height": CARD_HEIGHT,
    }
    # Not indented: what indents leaves cycles, which nobody looks for during a build.
    return json.dumps(document, sort_keys=True, ensure_ascii=True, allow_nan=False) + "\n"


def oembed_file(claim: str, version: str = "") -> str:
    """Where the oEmbed document stands: in the top folder, because the theme's script asks for a sitemap beside it."""
    return f"oembed-{claim}--{version}.json" if version else f"oembed-{claim}.json"


def head(
    entry: Entry[Claim],
    analysis: ClaimAnalysis,
    names: str,
    links: Links,
    version: str,
    earlier: bool = False,
    no_index: bool = False,
) -> Markup:
    """What previews read in the head of a claim's page.

    Args:
        names: in whose name the claim was issued.
        version: the version that the page shows; in the picture's address, so that no network shows an old one.
        earlier: whether it is not the record of today.
        no_index: whether search engines should leave the page out, as they should an earlier version.
    """
    folder = as_of(entry.id, version) if earlier else f"claims/{entry.id}/"
    word = "Withdrawn by us" if entry.record.tombstone else analysis.status.label
    return printed(
        "sharing-head.html.j2",
        image=f"{links.settings.site_url}{folder}card.png?v={version}",
        alt=f"{word}. Claim in the name of {names}, {spoken_date(entry.record.date)}. {links.settings.site_name}",
        width=CARD_WIDTH,
        height=CARD_HEIGHT,
        oembed=links.root + oembed_file(entry.id, version if earlier else ""),
        title=analysis.headline,
        no_index=no_index or earlier,
    )
