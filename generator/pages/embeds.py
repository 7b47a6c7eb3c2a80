"""What articles embed: figures in running text, and tables of claims, facades and attributions."""

from __future__ import annotations

from markupsafe import Markup

from generator.analysis.figures import figure
from generator.analysis.selection import chosen_claims, chosen_facades
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.pages.claim import DrawnPropagation
from generator.pages.environment import printed
from generator.pages.ledger import rows_of
from generator.pages.links import Links
from generator.pages.taking import PROPAGATION, claim_picture
from generator.prose import Embed
from generator.records.claim import Claim
from generator.records.facade import Facade
from generator.records.vocabulary import Relation


def figure_in_text(embed: Embed, archive: Archive, analysis: Analysis) -> str | None:
    """A figure as it stands in running text, or None when the embed is none."""
    made = figure(embed, archive, analysis)
    return printed("embeds.html.j2", what="figure", figure=made) if made else None


def claims_table(embed: Embed, archive: Archive, analysis: Analysis, links: Links) -> str:
    """A ledger of the claims that the filters choose, newest first."""
    rows = rows_of(chosen_claims(embed.given, archive, analysis), analysis)
    return printed("embeds.html.j2", what="claims", rows=rows, archive=archive, links=links)


def facades_table(embed: Embed, archive: Archive, analysis: Analysis, links: Links) -> str:
    """The facades that the filters choose, by name, with their claims on record and who they are attributed to."""
    rows = [
        (
            entry,
            len(archive.claims_of(entry.id)),
            [held for held in entry.record.attributions if held.relation is not Relation.AMPLIFIED_BY],
        )
        for entry in chosen_facades(embed.given, archive, analysis)
    ]
    return printed("embeds.html.j2", what="facades", rows=rows, archive=archive, links=links)


def propagation_figure(entry: Entry[Claim], drawn: DrawnPropagation, analysis: Analysis, links: Links) -> str:
    """The propagation line of a claim inside an article, with its status and the way to the record."""
    return printed(
        "embeds.html.j2",
        what="propagation",
        entry=entry,
        analysis=analysis.claims[entry.id],
        svg=drawn.svg,
        spec=f"{links.root}{drawn.spec_address}",
        rows=f"{links.to('claim', entry.id)}{drawn.rows_address}",
        picture=f"{links.root}{claim_picture(entry.id, PROPAGATION)}",
        links=links,
    )


def attributions_table(facade: Entry[Facade], drawing: Markup, archive: Archive, links: Links) -> str:
    """Who says that a facade belongs to whom, on what basis, and how sure.

    Args:
        drawing: the same, drawn on the yardstick of likelihood.
    """
    record = facade.record
    publishers = {source.id: source.publisher for source in record.sources if source.id}
    rows = [
        (held, list(dict.fromkeys(archive.name_of(publishers.get(id, id)) for id in held.held_by)))
        for held in record.attributions
    ]
    return printed("embeds.html.j2", what="attributions", rows=rows, drawing=drawing, archive=archive, links=links)
