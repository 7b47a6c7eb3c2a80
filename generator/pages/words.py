"""How times, lags, addresses and names are said on pages."""

from __future__ import annotations

import datetime
import re
from urllib.parse import quote, urlsplit

from generator.analysis.brief import Brief
from generator.analysis.independence import Independence
from generator.analysis.posting import Lead
from generator.analysis.propagation import Certainty, Interval, Lag, PlacedPost, Propagation
from generator.analysis.sentences import spoken_date, spoken_lag, spoken_moment
from generator.archive import UNNAMED, Archive
from generator.records.claim import Claim, Post
from generator.records.dates import EdtfDate
from generator.records.source import Source
from generator.records.vocabulary import UrlPolicy


def machine_moment(interval: Interval) -> str:
    """The start of an interval for a `datetime` attribute; only the day where no time of day is known."""
    if not interval.within_a_day:
        return interval.earliest.date().isoformat()
    return interval.earliest.isoformat(timespec="minutes")


def poster_name(post: Post | Lead, archive: Archive) -> str:
    """Who posted, by name; the note names those that have no record."""
    if post.by == UNNAMED:
        return post.note[:1].upper() + post.note[1:] if post.note else "Not named"
    return archive.name_of(post.by)


def when_posted(placed: PlacedPost) -> str:
    """When a post was made, in words."""
    post = placed.post
    if post.after and post.within and not post.at:
        return f"within {post.within} after {post.after}"
    if post.before and post.within and not post.at:
        return f"within {post.within} before {post.before}"
    return spoken_moment(placed.interval) if placed.interval else "time not stated"


def lag_to_claim(placed: PlacedPost, claim: Interval) -> str:
    """How long before or after the claim a post was made; empty where either time of day is unknown."""
    if placed.to_claim is None or placed.interval is None or not claim.within_a_day or not placed.interval.within_a_day:
        return ""
    return lag_in_words(placed.to_claim)


def lag_in_words(to_claim: Lag) -> str:
    """A lag to the claim: so long before, so long after, or a range that spans it."""
    text = spoken_lag(to_claim)
    match to_claim.follows:
        case Certainty.CERTAIN:
            return f"{text} before"
        case Certainty.NO if to_claim.most < datetime.timedelta():
            return f"{text} after"
        case _:
            return text


def propagation_sentences(claim: Claim, propagation: Propagation, archive: Archive) -> list[str]:
    """What the times say, in words; what only the claimant's clock says is marked."""
    sentences: list[str] = []
    first = propagation.first
    if first and propagation.lead:
        name = poster_name(first.post, archive)
        match propagation.reported_before_claimed:
            case Certainty.CERTAIN:
                sentences.append(f"{name} posted {spoken_lag(propagation.lead)} before the claim.")
            case Certainty.POSSIBLE:
                sentences.append(f"{name} may have posted before the claim: {spoken_lag(propagation.lead)}.")
            case Certainty.NO:
                sentences.append(
                    f"The first known report, by {name}, came {spoken_lag(propagation.lead)} after the claim."
                )
            case Certainty.UNKNOWN:
                pass
    if first and propagation.second and propagation.second_lag:
        name = poster_name(propagation.second.post, archive)
        sentences.append(f"{name} followed the first report by {spoken_lag(propagation.second_lag)}.")
    clock = ", on the claimant’s clock" if propagation.claimants_clock else ""
    if first and propagation.event_to_first and first.interval:
        sentences.append(
            f"From the stated time of the event to the first report: {spoken_lag(propagation.event_to_first)}{clock}."
        )
    if propagation.event_to_claim:
        sentences.append(
            f"From the stated time of the event to the claim: {spoken_lag(propagation.event_to_claim)}{clock}."
        )
    return sentences


def origin_words(count: Independence) -> str:
    """How many independent origins: `0 independent origins`, `1 to 2 independent origins`."""
    return _origins(count.minimum, count.maximum)


def _origins(low: int, high: int) -> str:
    number = str(low) if low == high else f"{low} to {high}"
    return f"{number} independent {'origin' if number == '1' else 'origins'}"


def event_origins(brief: Brief) -> str:
    """The independent origins of the reports that the event took place; nothing where nobody has counted."""
    return _origins(*brief.origins) if brief.origins else ""


def followed(source: Source) -> str | None:
    """The address of a source as a link, or None when it may not be one."""
    return source.url if source.url_policy is UrlPolicy.LINK else None


def address_shown(source: Source) -> str:
    """What is printed of the address of a source that is no link."""
    match source.url_policy:
        case UrlPolicy.DEFANG:
            return source.url.replace("http", "hxxp", 1).replace(".", "[.]")
        case UrlPolicy.WITHHOLD:
            return "address withheld"
        case _:
            return host(source)


def host(source: Source) -> str:
    """The host of a source's address."""
    return (urlsplit(source.url).hostname or "").removeprefix("www.")


def title_language(source: Source) -> str:
    """The language that a source's title is in: a title that we describe in English keeps no other script's language."""
    scripts = _NOT_LATIN.get(source.lang.split("-")[0])
    return source.lang if scripts is None or scripts.search(source.title) else "en"


_ARABIC_LETTERS = re.compile("[\u0600-\u06ff]")
_NOT_LATIN = {
    **dict.fromkeys(("ar", "fa", "ur", "ckb", "ps"), _ARABIC_LETTERS),
    "he": re.compile("[\u0590-\u05ff]"),
    "ja": re.compile("[\u3040-\u30ff\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}


def archive_lookup(source: Source) -> str:
    """Where copies of a page can be looked for when none is recorded."""
    return f"https://web.archive.org/web/*/{quote(source.url, safe='/:?=&%~.-_+,;@!$()*')}"


def date_or_note(date: EdtfDate | None, note: str | None = None) -> str:
    """A date in words, or why there is none."""
    return spoken_date(date) if date else note or "date not stated"
