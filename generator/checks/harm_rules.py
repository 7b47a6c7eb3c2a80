"""H: does the record harm somebody, or carry the claimant's channels further."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from generator.archive import Entry
from generator.checks.rule import Fault, Known, Rule, rule, texts_of, whole_text
from generator.problems import shown
from generator.records.claim import Claim, Sensitivity
from generator.records.vocabulary import MediaPublished, PlacePrecision, UrlPolicy

#: Hosts of channels, posts, groups and invitations. A page about such a channel is fine; the channel is not.
CHANNEL_HOSTS = frozenset(
    "t.me telegram.me telegram.dog telegram.org tgstat.com x.com twitter.com mobile.twitter.com nitter.net facebook.com "
    "m.facebook.com fb.com fb.watch instagram.com threads.net tiktok.com vk.com ok.ru chat.whatsapp.com wa.me "
    "whatsapp.com discord.gg discord.com gab.com rumble.com".split()
)
_ADDRESS = re.compile(
    r"(?:(?:https?|tg|whatsapp|signal|sgnl)://|(?<![\w./-])(?:t\.me|telegram\.me)/)[^\s)>\]\"']+", re.IGNORECASE
)
_APP_SCHEMES = ("tg", "whatsapp", "signal", "sgnl")
#: What most addresses have between their scheme and their path, and what others of channels hold.
_HOST = re.compile(r"://([^/\s]*)")
_OTHER_SIGNS = ("t.me/", "telegram.me/", *(f"{scheme}://" for scheme in _APP_SCHEMES))
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z][A-Za-z0-9_]{3,31}\b(?!\.\w)")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp|tiff?|mp4|webm|mov)(?:[?#]|$)", re.IGNORECASE | re.MULTILINE)


def _all_texts(entry: Entry[Any]) -> Iterator[tuple[Any, str]]:
    yield from texts_of(entry.document.value)
    for number, line in enumerate(entry.document.prose.split("\n")):
        place = entry.place()
        yield type(place)(place.path, entry.document.prose_line + number), line


def _is_channel(address: str) -> bool:
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return parts.scheme in _APP_SCHEMES or host in CHANNEL_HOSTS or host.endswith((".t.me", ".vk.com", ".nitter.net"))


@rule("H01")
def live_link_to_a_channel(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """The record links to a channel, a post or an invitation of one. The site sends nobody there.

    Name the facade by its record id, keep the capture by its hash, and use `url_policy: withhold` for a source that can
    only be described. Videos and threads on platforms are cited through a page that reports on them.
    """
    whole = whole_text(entry.document).lower()
    hosts = "\n".join(_HOST.findall(whole))  # most files are known at a glance to have none of a channel
    if not any(host in hosts for host in CHANNEL_HOSTS) and not any(sign in whole for sign in _OTHER_SIGNS):
        return
    for where, text in _all_texts(entry):
        for match in _ADDRESS.finditer(text):
            if _is_channel(match[0]):
                yield where, f"live link to a channel: {shown(match[0])}"


@rule("H02")
def live_handle(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """The record prints a handle that leads to an account. Use the id of the facade's record instead."""
    if "@" not in whole_text(entry.document):
        return
    for where, text in _all_texts(entry):
        if "@" in text and not re.match(r"https?://", text):
            for match in _HANDLE.finditer(text):
                yield where, f"live handle {shown(match[0])}: use the record id"


def _cleared(sensitivity: Sensitivity | None) -> bool:
    return bool(sensitivity and sensitivity.cleared_by)


@rule("H03")
def graphic_media(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A graphic picture or film is marked for publication. Describe it in words: `published: text-description`."""
    for at, medium in enumerate(entry.record.media):
        if medium.graphic and medium.published is MediaPublished.REDACTED_STILL:
            yield ("media", at, "published"), "graphic media are not published; describe them in words"
    sensitivity = entry.record.sensitivity
    if sensitivity and sensitivity.graphic and not _cleared(sensitivity):
        yield ("sensitivity", "graphic"), "graphic content needs a sign-off in cleared_by"


@rule("H04")
def private_firm_named(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A transport firm, driver or number plate is named without a sign-off. These are the people who get hurt."""
    sensitivity = entry.record.sensitivity
    if sensitivity and sensitivity.names_private_firms and not _cleared(sensitivity):
        yield ("sensitivity", "names_private_firms"), "a private firm, driver or plate is named without a sign-off"
    for at, medium in enumerate(entry.record.media):
        if medium.plates and medium.published is MediaPublished.REDACTED_STILL and not _cleared(sensitivity):
            yield ("media", at, "plates"), "number plates are to be seen; needs a sign-off in cleared_by"


@rule("H05")
def picture(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """The record shows or links an emblem, a flag, a still or another picture. Describe it in words.

    Besides carrying propaganda further, showing the emblem of a proscribed organisation can be an offence.
    """
    for number, line in enumerate(entry.document.prose.split("\n")):
        if re.search(r"!\[[^\]]*\]\s*[(\[]", line):
            place = entry.place()
            yield (
                type(place)(place.path, entry.document.prose_line + number),
                "pictures are not shown; describe it in words",
            )
    if not _IMAGE.search(whole_text(entry.document)):
        return
    for path, text in texts_of(entry.document.value):
        policy = "url" in path and "sources" in path
        if text.startswith(("http://", "https://")) and _IMAGE.search(text) and not policy:
            yield path, "a link to a picture or film; describe it in words"


@rule("H06")
def place_too_exact(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """Coordinates finer than a settlement need a reason and a sign-off: somebody may live or drive there.

    Without a sign-off, give at most two decimals (about a kilometre) and `precision: settlement` or coarser.
    """
    if _cleared(entry.record.sensitivity):
        return
    for at, assertion in enumerate(entry.record.asserts):
        place = assertion.place
        if place is None or (place.lat is None and place.lon is None):
            continue
        exact = place.precision in (PlacePrecision.POINT, PlacePrecision.SITE)
        value = entry.document.value
        typed = [text for path, text in texts_of(value) if path[:2] == ("asserts", at) and path[-1] in ("lat", "lon")]
        if exact or any(len(text.partition(".")[2]) > 2 for text in typed):
            yield (
                ("asserts", at, "place"),
                "coordinates finer than a settlement need a sign-off in sensitivity.cleared_by",
            )


@rule("H07")
def personal_data(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """The record says that it holds personal data of a private person. Leave the person out."""
    sensitivity = entry.record.sensitivity
    if sensitivity and sensitivity.personal_data == "private-person":
        yield ("sensitivity", "personal_data"), "personal data of a private person: leave the person out"


@rule("H08")
def address_that_must_not_be_a_link(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """A source on a platform is marked `url_policy: link`, or its address hides where it leads.

    Addresses of platforms are shown defanged or withheld, never as links.
    """
    for at, source in enumerate(entry.record.sources):
        if source.url_policy is UrlPolicy.LINK and urlsplit(source.url).hostname in ("youtube.com", "youtu.be"):
            yield ("sources", at, "url"), "a video page: use url_policy: archive-only and describe it"


CLAIM_RULES: tuple[Rule[Claim], ...] = (graphic_media, private_firm_named, place_too_exact, personal_data)
COMMON_RULES: tuple[Rule[Any], ...] = (live_link_to_a_channel, live_handle, picture)
SOURCE_RULES: tuple[Rule[Any], ...] = (address_that_must_not_be_a_link,)
