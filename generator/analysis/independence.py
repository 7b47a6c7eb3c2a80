"""Independence: the count of origins with its explanation, item by item, as the page shows it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.analysis.origins import (
    NEVER_COUNTED,
    Question,
    Trace,
    bounds_of,
    countable,
    fates_of,
    in_minimum,
    trace,
)
from generator.analysis.provenance import Node, Provenance, Reason
from generator.records.claim import EvidenceItem, Finding
from generator.records.vocabulary import Basis, Direction, EvidenceKind, Link


@dataclasses.dataclass(frozen=True, slots=True)
class CountedItem:
    """One cited item, and what became of it in the reading that gives the minimum.

    Attributes:
        publisher: an id or a name as typed; `unnamed` for nobody named.
        leads_to: ids of the origins that it leads back to; a loop that nobody feeds has the smallest id in it.
        adds: how many origins it adds to the minimum; together the items add up to it.
        shares: the publisher or informant that it shares with an item counted before it.
    """

    item: str
    kind: EvidenceKind
    publisher: str
    basis: Basis
    leads_to: tuple[str, ...]
    reason: Reason
    adds: int = 0
    shares: str = ""

    @property
    def kept(self) -> bool:
        """Whether it counts."""
        return self.adds > 0


@dataclasses.dataclass(frozen=True, slots=True)
class Edge:
    """That one item copies or cites another, and how we know."""

    item: str
    derives_from: str
    link: Link | None


@dataclasses.dataclass(frozen=True, slots=True)
class Graph:
    """What the cited items reach: the nodes in the order of the file, and what derives from what."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Independence:
    """How many independent origins stand behind one direction of one dimension, and how they were counted.

    Attributes:
        minimum: what the rules use.
        maximum: with unknown bases and with denials by the side that was hit.
        with_denials: the minimum with those denials.
        items: every cited item once, in the order of the finding.
        publishers: how many publishers the items that may count have.
        by_derivation: how many origins there are by `derives_from` alone, before anything is dropped or merged.
    """

    minimum: int = 0
    maximum: int = 0
    with_denials: int = 0
    items: tuple[CountedItem, ...] = ()
    publishers: int = 0
    by_derivation: int = 0
    graph: Graph = Graph()

    @property
    def cited(self) -> int:
        """How many items are cited that may count at all."""
        return sum(item.kind not in NEVER_COUNTED for item in self.items)


#: What nothing cited adds up to.
NOTHING = Independence()


@dataclasses.dataclass(frozen=True, slots=True)
class DimensionCount:
    """The origins behind a finding, for and against."""

    supports: Independence = NOTHING
    contradicts: Independence = NOTHING


def dimension_count(provenance: Provenance, finding: Finding) -> DimensionCount:
    """The count behind one finding."""
    return DimensionCount(
        independence_of(provenance, finding.evidence, (finding.dimension, Direction.SUPPORTS)),
        independence_of(provenance, finding.evidence, (finding.dimension, Direction.CONTRADICTS)),
    )


def independence_of(provenance: Provenance, evidence: Sequence[EvidenceItem], question: Question) -> Independence:
    """The count of the evidence that points in the direction of the question."""
    kinds = _kinds(provenance, evidence, question[1])
    if not kinds:
        return NOTHING
    cited = countable(provenance, evidence, question[1])
    bounds = bounds_of(provenance, cited, question)
    traced = trace(provenance, cited, bounds.doubted)
    return Independence(
        bounds.minimum,
        bounds.maximum,
        bounds.with_denials,
        _explained(provenance, kinds, cited, traced, question),
        len({provenance.nodes[id].publisher for id in cited}),
        len(traced.origins),
        graph_of(provenance, kinds),
    )


def _kinds(provenance: Provenance, evidence: Iterable[EvidenceItem], direction: Direction) -> dict[str, EvidenceKind]:
    """The cited items with their kind; an item cited twice has the kind that may count."""
    kinds: dict[str, EvidenceKind] = {}
    for entry in evidence:
        if entry.direction is not direction or entry.item not in provenance.nodes:
            continue
        if kinds.get(entry.item) in (None, *NEVER_COUNTED):
            kinds[entry.item] = entry.kind
    return kinds


def _explained(
    provenance: Provenance,
    kinds: Mapping[str, EvidenceKind],
    cited: Mapping[str, bool],
    traced: Trace,
    question: Question,
) -> tuple[CountedItem, ...]:
    fates = fates_of(traced, cited, question)
    reasons = {origin.id: reason for origin, reason in fates}
    groups = in_minimum(fates)
    own = {node.id: origin.id for origin in traced.origins for node in origin.members}
    alike = {traced.leads[id]: id for id in cited}
    names = {leads: traced.named(id) for leads, id in alike.items()}
    leads_to = {id: names[traced.leads[id]] for id in cited}
    # Items that are origins themselves go first, so that a copy never takes the place of what it copies.
    owners: dict[str, str] = {}
    for id in cited:
        if own.get(id) in groups:
            owners.setdefault(groups[own[id]], id)
    for id in cited:
        for origin in leads_to[id]:
            if origin in groups:
                owners.setdefault(groups[origin], id)
    adds = Counter(owners.values())
    footage = {groups[id] for id, reason in reasons.items() if reason is Reason.FOOTAGE}
    kept = {id for group, id in owners.items() if group not in footage}

    def explained(id: str, kind: EvidenceKind) -> CountedItem:
        node = provenance.nodes[id]
        if id not in cited:
            return CountedItem(id, kind, node.by, node.basis, (), Reason(kind.value))
        basis = Basis.OWN_OBSERVATION if cited[id] else node.basis
        reason, shares = reasons[own[id]] if id in own else Reason.DERIVED, ""
        if adds[id]:
            reason = Reason.KEPT if id in kept else Reason.FOOTAGE
        elif reason is Reason.KEPT:
            reason, shares = _merged_with(node, provenance.nodes[owners[groups[own[id]]]])
        return CountedItem(id, kind, node.by, basis, leads_to[id], reason, adds[id], shares)

    return tuple(explained(id, kind) for id, kind in kinds.items())


def _merged_with(node: Node, before: Node) -> tuple[Reason, str]:
    """Why an origin is merged with the one counted before it. Through a third one, the informant is what they share."""
    if node.informant and node.publisher != before.publisher:
        return Reason.SAME_INFORMANT, node.informant
    return Reason.SAME_PUBLISHER, node.by


def graph_of(provenance: Provenance, cited: Iterable[str]) -> Graph:
    """What the cited items reach along every link, suspected ones included."""
    reached: set[str] = set()
    waiting = list(cited)
    while waiting:
        id = waiting.pop()
        if id not in reached:
            reached.add(id)
            waiting += provenance.parents[id]
    nodes = tuple(node for id, node in provenance.nodes.items() if id in reached)
    return Graph(nodes, tuple(Edge(node.id, parent, node.link) for node in nodes for parent in node.parents))
