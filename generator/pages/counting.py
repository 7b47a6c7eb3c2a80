"""How the origins behind a finding were counted: one sentence, a list, and a drawing of what comes from what."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from generator.analysis.independence import CountedItem, DimensionCount, Independence
from generator.analysis.provenance import Node, Reason
from generator.archive import UNNAMED, Archive
from generator.pages.environment import EMPTY, printed
from generator.pages.words import origin_words
from generator.records.vocabulary import Dimension, Direction

#: Draws the graph of a count: the count, an id that is unique on the page, and the drawing's name.
DrawGraph = Callable[[Independence, str, str], Markup]


@dataclasses.dataclass(frozen=True, slots=True)
class ItemRow:
    """An entry of the list of a count.

    Attributes:
        leads_to: empty where it leads back to itself alone.
        reason: why it is counted or is not; empty where nothing but its own knowledge is counted.
    """

    item: str
    basis: str
    leads_to: str
    publisher: str
    kept: bool
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class CountPart:
    """The count of one direction of one finding."""

    sentence: str
    steps: str
    drawing: Markup
    items: tuple[ItemRow, ...]


def count_sentence(count: Independence) -> str:
    """`5 reports → 0 independent origins`; patterns and amplification are no reports."""
    if not count.cited:
        return "No report that could count"
    return f"{count.cited} {'report' if count.cited == 1 else 'reports'} → {origin_words(count)}"


def counting(dimension: Dimension, count: DimensionCount, archive: Archive, draw: DrawGraph) -> Markup:
    """The panels of one finding, one for each direction that evidence points in."""
    parts = tuple(_parts(dimension, count, archive, draw))
    return printed("counting.html.j2", parts=parts)


def _parts(dimension: Dimension, count: DimensionCount, archive: Archive, draw: DrawGraph) -> Iterator[CountPart]:
    directions: Mapping[Direction, Independence] = {
        Direction.SUPPORTS: count.supports,
        Direction.CONTRADICTS: count.contradicts,
    }
    both = all(found.items for found in directions.values())
    for direction, found in directions.items():
        if not found.items:
            continue
        sentence = count_sentence(found)
        if both or direction is Direction.CONTRADICTS:
            sentence = f"{'For' if direction is Direction.SUPPORTS else 'Against'}: {sentence}"
        steps = (
            f"Cited: {found.cited}. Publishers: {found.publishers}. Origins by what comes from what alone: "
            f"{found.by_derivation}. Outside the claimant’s camp, with a stated basis: {found.minimum}"
            + (f", at most {found.maximum}." if found.maximum != found.minimum else ".")
        )
        id = f"count-{dimension.value}-{direction.value}"
        drawing = draw(found, id, f"{dimension.label}: {sentence}") if found.graph.edges else EMPTY
        yield CountPart(sentence, steps, drawing, tuple(_row(item, archive) for item in found.items))


def _row(item: CountedItem, archive: Archive) -> ItemRow:
    reason = item.reason.label + (f" ({archive.name_of(item.shares)})" if item.shares else "")
    return ItemRow(
        item.item,
        item.basis.label,
        "" if item.leads_to == (item.item,) else ", ".join(item.leads_to) or "not asked",
        "not named" if item.publisher == UNNAMED else archive.name_of(item.publisher),
        item.kept,
        "" if item.reason is Reason.KEPT else reason,
    )


def node_label(node: Node, archive: Archive) -> str:
    """A node of the graph in words: its id in the file, and who stands behind it."""
    return f"{node.id} · {'not named' if node.by == UNNAMED else archive.name_of(node.by)}"
