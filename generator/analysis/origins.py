"""Origins: how many independent ones stand behind evidence, at least and at most.

Every cited item is followed along `derives_from` to where it starts. What starts with the claimant, with a channel of
its camp or with somebody who shares its stake is dropped; what shares a publisher or an unnamed informant is merged;
what is left is counted. A suspected link is read both ways, so the answer is a least and a most.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from generator.analysis.loops import components
from generator.analysis.provenance import Node, Provenance, Reason
from generator.records.claim import EvidenceItem
from generator.records.vocabulary import Basis, Dimension, Direction, EvidenceKind, Stake

#: Up to this many suspected links every way of reading them is tried; beyond it only all of them and none of them.
READINGS_OF: Final = 8

#: Evidence that never enters a count: it says what is usual, not what happened.
NEVER_COUNTED: Final = frozenset({EvidenceKind.PATTERN, EvidenceKind.AMPLIFICATION})


@dataclasses.dataclass(frozen=True, slots=True)
class Origin:
    """A place where items lead back to: one item, or the items of a loop that nobody feeds."""

    id: str
    members: tuple[Node, ...]
    loop: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Trace:
    """Where cited items lead back to in one reading of the suspected links.

    Attributes:
        leads: for every item on the way the origins that it leads back to, as bits in the order of `origins`.
    """

    origins: tuple[Origin, ...]
    leads: Mapping[str, int]

    def named(self, id: str) -> tuple[str, ...]:
        """The ids of the origins that an item leads back to."""
        left, ids = self.leads[id], []
        while left:
            bit = left & -left
            ids.append(self.origins[bit.bit_length() - 1].id)
            left ^= bit
        return tuple(ids)


def trace(provenance: Provenance, cited: Iterable[str], doubted: frozenset[str] = frozenset()) -> Trace:
    """Follow the cited items to their origins.

    Args:
        doubted: items whose suspected links are read as false.
    """
    nodes, parents = provenance.nodes, provenance.parents
    if doubted:
        parents = {**parents, **dict.fromkeys(doubted, ())}
    origins: list[Origin] = []
    leads: dict[str, int] = {}
    for group in components(cited, parents):
        inside = set(group)
        above = {parent for id in group for parent in parents[id]} - inside
        starting = [id for id in group if nodes[id].adds_observation or not parents[id]]
        mask = 0
        for parent in above:
            mask |= leads[parent]
        for id in starting:
            mask |= 1 << len(origins)
            origins.append(Origin(id, (nodes[id],)))
        if not above and not starting:
            mask = 1 << len(origins)
            origins.append(Origin(min(group), tuple(nodes[id] for id in sorted(group)), loop=True))
        for id in group:
            leads[id] = mask
    return Trace(tuple(origins), leads)


#: The question that a count answers: one direction of one dimension.
Question: TypeAlias = tuple[Dimension, Direction]


def fate(origin: Origin, question: Question, placed: bool) -> Reason:
    """Whether an origin counts, and if not, why.

    Args:
        placed: whether footage that we placed and timed leads back to it.
    """
    dimension, direction = question
    node = origin.members[0]
    if all(member.side for member in origin.members):
        footage = placed and direction is Direction.SUPPORTS
        return Reason.FOOTAGE if footage else node.side or Reason.CAMP
    if origin.loop:
        return Reason.LOOP
    if not placed:
        if node.basis_unknown:
            return Reason.UNKNOWN_BASIS
        watched = node.basis is Basis.OBSERVED_CHANNELS and not node.adds_observation
        if watched and dimension is not Dimension.AUTHENTIC:
            return Reason.CHANNELS_ONLY
    if node.stake in (Stake.TARGET, Stake.MIXED) and (node.denial or direction is Direction.CONTRADICTS):
        return Reason.TARGETS_DENIAL
    return Reason.KEPT


_IN_MINIMUM: Final = frozenset({Reason.KEPT, Reason.FOOTAGE})
_WITH_DENIALS: Final = _IN_MINIMUM | {Reason.TARGETS_DENIAL}
_IN_MAXIMUM: Final = _WITH_DENIALS | {Reason.UNKNOWN_BASIS, Reason.LOOP}

#: What all footage of the claimant's side merges into.
_FOOTAGE: Final = "footage:"


def merged(origins: Iterable[tuple[Origin, Reason]], by_informant: bool) -> dict[str, str]:
    """For every origin the smallest id among those that it is merged with, by publisher and perhaps by informant."""
    groups: dict[str, str] = {}
    same: dict[str, str] = {}

    def group(id: str) -> str:
        while groups[id] != id:
            groups[id] = id = groups[groups[id]]
        return id

    for origin, reason in origins:
        groups[origin.id] = origin.id
        node = origin.members[0]
        keys = [f"loop:{origin.id}" if origin.loop else f"publisher:{node.publisher}"]
        if reason is Reason.FOOTAGE:
            keys = [_FOOTAGE]
        elif by_informant and node.informant and not origin.loop:
            keys.append(f"informant:{node.informant}")
        for key in keys:
            low, high = sorted((group(origin.id), group(same.setdefault(key, origin.id))))
            groups[high] = low
    return {id: group(id) for id in groups}


@dataclasses.dataclass(frozen=True, slots=True)
class Bounds:
    """How many independent origins there are, at least and at most.

    Attributes:
        minimum: what rules use: no unknown basis, no denial by the side that was hit, one for a shared informant.
        maximum: with the unknown bases and with those denials.
        with_denials: the minimum with those denials; they refute nothing alone, but may stand beside others.
        doubted: the items whose suspected links are false in the reading that gives the minimum.
    """

    minimum: int = 0
    maximum: int = 0
    with_denials: int = 0
    doubted: frozenset[str] = frozenset()


def countable(provenance: Provenance, evidence: Iterable[EvidenceItem], direction: Direction) -> dict[str, bool]:
    """The cited items that may count, each with whether it is footage that we placed and timed."""
    cited: dict[str, bool] = {}
    for entry in evidence:
        if entry.direction is direction and entry.kind not in NEVER_COUNTED and entry.item in provenance.nodes:
            placed = entry.kind is EvidenceKind.VISUAL_VERIFIED and provenance.nodes[entry.item].placed
            cited[entry.item] = cited.get(entry.item, False) or placed
    return cited


def bounds_of(provenance: Provenance, cited: Mapping[str, bool], question: Question) -> Bounds:
    """The bounds over all readings of the suspected links.

    Args:
        cited: the items that may count, and whether each is footage that we placed and timed.
    """
    if not cited:
        return Bounds()
    best: Bounds | None = None
    for doubted in _readings(provenance, cited):
        fates = fates_of(trace(provenance, cited, doubted), cited, question)
        low, denials = (
            len(set(merged(_chosen(fates, reasons), by_informant=True).values()))
            for reasons in (_IN_MINIMUM, _WITH_DENIALS)
        )
        high = len(set(merged(_chosen(fates, _IN_MAXIMUM), by_informant=False).values()))
        if best is None:
            best = Bounds(low, high, denials, doubted)
        else:
            best = Bounds(
                min(low, best.minimum),
                max(high, best.maximum),
                min(denials, best.with_denials),
                doubted if low < best.minimum else best.doubted,
            )
    return best or Bounds()


def fates_of(traced: Trace, cited: Mapping[str, bool], question: Question) -> list[tuple[Origin, Reason]]:
    """Every origin of the cited items with its fate."""
    placed = 0
    for id, is_placed in cited.items():
        if is_placed:
            placed |= traced.leads[id]
    return [(origin, fate(origin, question, bool(placed >> bit & 1))) for bit, origin in enumerate(traced.origins)]


def in_minimum(fates: Iterable[tuple[Origin, Reason]]) -> dict[str, str]:
    """The origins that the minimum counts, each with the smallest id among those that it is merged with."""
    return merged(_chosen(fates, _IN_MINIMUM), by_informant=True)


def _chosen(fates: Iterable[tuple[Origin, Reason]], reasons: frozenset[Reason]) -> Iterator[tuple[Origin, Reason]]:
    return ((origin, reason) for origin, reason in fates if reason in reasons)


def _readings(provenance: Provenance, cited: Iterable[str]) -> Iterator[frozenset[str]]:
    """Every set of suspected links that may be read as false; the first believes them all."""
    suspected: Sequence[str] = ()
    if provenance.suspected:
        reached = itertools.chain.from_iterable(components(cited, provenance.parents))
        suspected = sorted(provenance.suspected.intersection(reached))
    sizes = range(len(suspected) + 1) if len(suspected) <= READINGS_OF else (0, len(suspected))
    for size in sizes:
        yield from map(frozenset, itertools.combinations(suspected, size))
