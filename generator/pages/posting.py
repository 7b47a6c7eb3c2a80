"""Who posts first about a facade's claims, in words and tables."""

from __future__ import annotations

import dataclasses

from markupsafe import Markup

from generator.analysis.posting import COORDINATION_NEEDS, SHUFFLES, Pair, Posting
from generator.analysis.sentences import spoken_date
from generator.archive import Archive
from generator.pages.environment import printed
from generator.pages.links import Links
from generator.pages.words import lag_in_words, poster_name

#: So many of the latest claims are listed with their first report; the table of posts has all.
MOST_LEADS = 100


@dataclasses.dataclass(frozen=True, slots=True)
class LeadRow:
    """A claim, its first known report, and how long before or after the claim that stood."""

    href: str
    when: str
    by: str
    lag: str


@dataclasses.dataclass(frozen=True, slots=True)
class FirstRow:
    """A watched channel: how often it was first, with the interval and the rate for all other facades."""

    channel: str
    count: str
    interval: str
    others: str
    chance: str


def posting_section(posting: Posting, archive: Archive, links: Links, drawing: Markup) -> str:
    """The section of a facade's page; empty where no lag and no first poster is known.

    Args:
        drawing: the drawn lags; empty for one alone.
    """
    if not posting.leads and not posting.firsts:
        return ""
    leads = [
        LeadRow(
            links.to("claim", lead.claim),
            spoken_date(lead.date),
            poster_name(lead, archive),
            lag_in_words(lead.lead),
        )
        for lead in posting.leads[-MOST_LEADS:]
    ]
    firsts = [
        FirstRow(
            first.channel,
            f"{first.k} of {first.n}" + (f" ({first.share:.0%})" if first.share is not None else ""),
            f"{first.interval[0]:.2f} to {first.interval[1]:.2f}",
            f"{first.other_k} of {first.other_n}",
            "none to compare with" if first.chance is None else f"p = {first.chance:.4f}",
        )
        for first in posting.firsts
    ]
    return printed(
        "posting.html.j2",
        watched=posting.watched,
        leads=leads,
        leads_left=len(posting.leads) - len(leads),
        firsts=firsts,
        pairs=[pair_sentence(pair, archive) for pair in posting.pairs],
        drawing=drawing,
        archive=archive,
        links=links,
    )


def pair_sentence(pair: Pair, archive: Archive) -> str:
    """What may be said of two channels that post about the same claims."""
    names = f"{archive.name_of(pair.first)} and {archive.name_of(pair.second)}"
    said = f"{names} posted within a minute of each other in {pair.within_a_minute} of {pair.claims} claims"
    if pair.chance is None:
        return f"{said}. That is too few to say more: a comparison with chance needs {COORDINATION_NEEDS}."
    shuffled = f"in {pair.chance:.1%} of {SHUFFLES:,} shuffles of the times chance does as well"
    if pair.coordinated:
        return f"{said}; {shuffled}. Posting of this kind is called coordinated here."
    return f"{said}; {shuffled}, so it may be chance."
