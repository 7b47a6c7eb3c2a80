"""The page of a claim, its card, and its quote as an exhibit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from markupsafe import Markup

from generator.analysis.events import events_of
from generator.analysis.notice import notice_of
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.pages import sharing, words
from generator.pages.counting import DrawGraph, counting
from generator.pages.environment import EMPTY, printed
from generator.pages.links import Links
from generator.pages.taking import Taken
from generator.records.claim import Claim
from generator.records.vocabulary import Dimension, Notice

#: Makes the first mention of each glossary term in a text a link with a tooltip; gives back HTML.
Terms = Callable[[str], Markup]


@dataclasses.dataclass(frozen=True, slots=True)
class DrawnPropagation:
    """A propagation line as a page shows it.

    Attributes:
        svg: the drawing; empty where fewer than two things have a time.
        how: how it is read.
        spec_address: of the chart specification that all lines of its kind share, from the top of the site.
        rows_address: of its rows, from the claim's page.
        taken: how it is cited and taken away.
    """

    svg: Markup = EMPTY
    how: str = ""
    spec_address: str = ""
    rows_address: str = ""
    taken: Taken | None = None


def claim_body(
    entry: Entry[Claim],
    archive: Archive,
    analysis: Analysis,
    links: Links,
    terms: Terms,
    draw_graph: DrawGraph,
    take_graphs: Callable[[], Taken | None] = lambda: None,
    drawn: DrawnPropagation | None = None,
    band: Markup = EMPTY,
    version: str = "",
    lasting: Markup = EMPTY,
    cite: Markup = EMPTY,
    same_wording: Markup = EMPTY,
) -> Markup:
    """The whole article of a claim.

    Args:
        draw_graph: draws what the items of a count come from.
        take_graphs: how all that it drew is cited and taken away.
        drawn: the propagation line; None for an earlier version, whose charts would be those of today.
        band: what stands above an earlier version.
        version: the name of the earlier version that is shown; empty for the record of today.
        lasting: the list of earlier versions, below the history.
        cite: how the record of today is cited.
        same_wording: the section on other claims with the same words; empty where there are none.
    """
    claim, own = entry.record, analysis.claims[entry.id]
    order = list(Dimension)
    before, after = archive.before(entry.id), archive.after(entry.id)
    source_ids = {source.id for source in claim.sources if source.id}
    counts = {
        dimension: counting(dimension, count, archive, draw_graph) for dimension, count in own.independence.items()
    }
    notice = None if version else notice_of(claim)
    name = version or entry.version
    gone = claim.tombstone is not None and claim.tombstone.reason.takes_content
    return printed(
        "withdrawn.html.j2" if gone else "claim.html.j2",
        counts=counts,
        entry=entry,
        analysis=own,
        archive=archive,
        links=links,
        terms=terms,
        supersedes=[(id, analysis.claims[id].title) for id in claim.supersedes if id in analysis.claims],
        superseded_by=(claim.superseded_by, analysis.claims[claim.superseded_by].title)
        if claim.superseded_by and claim.superseded_by in analysis.claims
        else None,
        same_statement=[(id, analysis.claims[id].title) for id in claim.same_statement if id in analysis.claims],
        same_event=_same_event(entry, archive, analysis),
        sentences=words.propagation_sentences(claim, own.propagation, archive),
        findings=sorted(claim.findings, key=lambda finding: order.index(finding.dimension)),
        source_ids=source_ids,
        post_ids={post.id for post in claim.propagation},
        before=analysis.brief(before.id) if before else None,
        after=analysis.brief(after.id) if after else None,
        poster_name=words.poster_name,
        when_posted=words.when_posted,
        lag_to_claim=words.lag_to_claim,
        drawn=drawn or DrawnPropagation(),
        origins=take_graphs(),
        band=band,
        version=version,
        lasting=lasting,
        cite=cite,
        same_wording=same_wording,
        notice=notice,
        notice_word=_NOTICES.get(notice.notice, "Changed") if notice else "",
        embed_code=sharing.iframe(entry.id, own.headline, links, version),
        frozen_at="" if version else name,
    )


_NOTICES = {Notice.CORRECTION: "Correction", Notice.RETRACTION: "Retraction"}


def _same_event(entry: Entry[Claim], archive: Archive, analysis: Analysis) -> dict[str, list[tuple[str, str]]]:
    """For every event that the claim asserts, the other claims of it with their titles."""
    return {
        assertion.event: [
            (other.id, analysis.brief(other.id).title)
            for other in archive.claims_about(assertion.event)
            if other.id != entry.id
        ]
        for assertion in entry.record.asserts
        if assertion.event
    }


def claim_card(entry: Entry[Claim], archive: Archive, analysis: Analysis, links: Links) -> str:
    """A claim as a card inside an article: status first, then the claim in one line."""
    own, events = analysis.claims[entry.id], events_of(entry.record, archive)
    return printed("card.html.j2", entry=entry, analysis=own, events=events, archive=archive, links=links)


def claim_quote(entry: Entry[Claim], archive: Archive, analysis: Analysis, links: Links) -> str:
    """A claim's words as an exhibit inside an article."""
    names = " and ".join(archive.name_of(id) for id in entry.record.facade)
    own = analysis.claims[entry.id]
    return printed("quote.html.j2", entry=entry, analysis=own, archive=archive, links=links, names=names)
