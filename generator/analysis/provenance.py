"""Provenance: what the posts, sources and media of a claim's file come from, and who stands behind each."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping

from generator.analysis.affiliation import Affiliations
from generator.archive import UNNAMED
from generator.records.claim import Claim, Medium, Post
from generator.records.source import Source
from generator.records.vocabulary import Basis, Link, PostKind, Stake, Word


class Reason(Word):
    """What became of an item in the count, and why."""

    KEPT = "kept", "counted"
    FOOTAGE = "footage", "claimant’s footage, placed and timed by us", "All of it together counts as one origin."
    CAMP = "camp", "claimant’s camp", "Tied to the claimant by an attribution of at least realistic possibility."
    CLAIMANTS_STAKE = "claimants-stake", "claimant’s side", "Has an interest on the claimant’s side."
    DERIVED = "derived", "derived", "Adds no origin to those that it leads back to."
    LOOP = (
        "loop",
        "cites in a circle",
        "Items that cite each other are one origin of unknown basis: in the maximum only.",
    )
    UNKNOWN_BASIS = "unknown-basis", "does not say how it knows", "Counts in the maximum only."
    CHANNELS_ONLY = "channels-only", "watched channels, not the event", "Knows what was posted, not what happened."
    TARGETS_DENIAL = "targets-denial", "denial by the side that was hit", "Does not refute: in the maximum only."
    SAME_PUBLISHER = "same-publisher", "merged: same publisher"
    SAME_INFORMANT = "same-informant", "merged: same unnamed informant"
    PATTERN = "pattern", "pattern", "What usually happens never settles one event."
    AMPLIFICATION = "amplification", "amplification", "Who posts first or most never settles one event."


@dataclasses.dataclass(frozen=True, slots=True)
class Node:
    """A post, source or medium of a claim's file, with what the count asks of it.

    Attributes:
        publisher: who stands behind it, so that equal publishers are equal; one of its own for a post by nobody named.
        by: the same as typed.
        side: why it counts with the claimant, if it does.
        placed: whether it is a medium that we placed and timed.
    """

    id: str
    publisher: str
    by: str = UNNAMED
    side: Reason | None = None
    stake: Stake = Stake.NONE
    basis: Basis = Basis.NOT_STATED
    parents: tuple[str, ...] = ()
    link: Link | None = None
    adds_observation: bool = False
    informant: str | None = None
    denial: bool = False
    placed: bool = False

    @property
    def basis_unknown(self) -> bool:
        """Whether it does not say how it knows; to cite without a word about whom says nothing either."""
        return self.basis is Basis.NOT_STATED or (self.basis is Basis.CITES and not self.adds_observation)


@dataclasses.dataclass(frozen=True)
class Provenance:
    """What the items of one claim's file come from."""

    nodes: Mapping[str, Node]

    @functools.cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """For every item the items that it copies or cites."""
        return {id: node.parents for id, node in self.nodes.items()}

    @functools.cached_property
    def suspected(self) -> frozenset[str]:
        """The items whose links are only suspected."""
        return frozenset(id for id, node in self.nodes.items() if node.link is Link.SUSPECTED and node.parents)


def items_of(claim: Claim) -> Iterator[tuple[str, Post | Source | Medium]]:
    """Everything in a claim's file that evidence can cite, by id."""
    yield from ((post.id, post) for post in claim.propagation)
    yield from ((source.id, source) for source in claim.sources if source.id)
    yield from ((medium.id, medium) for medium in claim.media)


def provenance_of(claim: Claim, affiliations: Affiliations) -> Provenance:
    """The provenance of everything in a claim's file that evidence can cite."""
    camps = affiliations.camps_of(claim.facade)
    known = {id for id, _ in items_of(claim)}

    def node(part: Post | Source, publisher: str, by: str, denial: bool) -> Node:
        return Node(
            id=part.id or "",
            publisher=publisher,
            by=by,
            side=_side(publisher, camps, affiliations),
            stake=affiliations.stakes.get(publisher, Stake.NONE),
            basis=part.basis,
            parents=tuple(dict.fromkeys(id for id in part.derives_from if id in known)),
            link=part.link,
            adds_observation=part.adds_observation,
            informant=part.informant,
            denial=denial,
        )

    nodes: dict[str, Node] = {}
    for id, part in items_of(claim):
        match part:
            case Post():
                publisher = f"{UNNAMED}:{id}" if part.by == UNNAMED else part.by
                nodes[id] = node(part, publisher, part.by, part.kind is PostKind.DENIAL)
            case Source():
                nodes[id] = node(part, affiliations.publisher(part.publisher), part.publisher, False)
            case Medium():
                nodes[id] = _medium(part, claim, camps, affiliations)
    return Provenance(nodes)


def _medium(medium: Medium, claim: Claim, camps: frozenset[str], affiliations: Affiliations) -> Node:
    """A medium comes from the posts that it captures; one that names nobody counts as the claimant's, as most are."""
    posts = tuple(post.id for post in claim.propagation if post.capture == medium.id and medium.by in (None, post.by))
    by = medium.by or claim.facade[0]
    shown = medium.verification
    return Node(
        id=medium.id,
        publisher=by,
        by=by,
        side=_side(by, camps, affiliations),
        stake=affiliations.stakes.get(by, Stake.NONE),
        parents=posts,
        placed=bool(shown and shown.placed_by and shown.timed_by),
    )


def _side(publisher: str, camps: frozenset[str], affiliations: Affiliations) -> Reason | None:
    if affiliations.camp(publisher) in camps:
        return Reason.CAMP
    return Reason.CLAIMANTS_STAKE if affiliations.stakes.get(publisher) is Stake.CLAIMANT else None
