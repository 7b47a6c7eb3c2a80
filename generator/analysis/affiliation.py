"""Affiliation: who is tied to whom by attributions, and on which side a publisher stands.

Only attributions tie. `amplified-by` is an observation and does not; nor do the parents of an organisation: they carry
no likelihood, and half of the Iraqi state would end in one camp through the Popular Mobilization Forces.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Final

from generator.archive import Archive
from generator.records.vocabulary import Likelihood, Relation, Stake

#: An attribution of at least this likelihood ties. Suspicion is enough to exclude, and never enough to accuse.
TIES_FROM: Final = Likelihood.REALISTIC_POSSIBILITY
_RANK: Final[Mapping[Likelihood, int]] = {likelihood: rank for rank, likelihood in enumerate(Likelihood)}


def at_least(likelihood: Likelihood, least: Likelihood) -> bool:
    """Whether a likelihood reaches another one on the yardstick."""
    return _RANK[likelihood] >= _RANK[least]


@dataclasses.dataclass(frozen=True)
class Affiliations:
    """What all profiles together say about sides.

    Attributes:
        camps: for every facade and organisation that an attribution ties, the smallest id of its camp.
        stakes: the stake of every organisation.
        ids: the ids of facades and organisations by each of their names, folded.
    """

    camps: Mapping[str, str] = dataclasses.field(default_factory=dict)
    stakes: Mapping[str, Stake] = dataclasses.field(default_factory=dict)
    ids: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def publisher(self, name: str) -> str:
        """The id of the publisher that a source names, or its plain name, folded so that equal names are equal."""
        if name in self.stakes:
            return name
        folded = folded_name(name)
        return self.ids.get(folded, folded)

    def camp(self, id: str) -> str:
        """The camp of a facade or organisation; its own id when nothing ties it to anybody."""
        return self.camps.get(id, id)

    def camps_of(self, ids: Iterable[str]) -> frozenset[str]:
        """The camps of several facades or organisations."""
        return frozenset(self.camp(id) for id in ids)


def folded_name(name: str) -> str:
    """A name without regard to case and white space."""
    return " ".join(name.casefold().split())


def affiliations_of(archive: Archive) -> Affiliations:
    """The affiliations in all profiles of an archive."""
    camps: dict[str, str] = {}

    def camp(id: str) -> str:
        while camps.setdefault(id, id) != id:
            camps[id] = id = camps[camps[id]]
        return id

    for facade, entry in archive.facades.items():
        for attribution in entry.record.attributions:
            if attribution.relation is not Relation.AMPLIFIED_BY and at_least(attribution.likelihood, TIES_FROM):
                low, high = sorted((camp(facade), camp(attribution.to)))
                camps[high] = low
    ids: dict[str, str] = {}
    for shelf in (archive.facades, archive.organisations):
        for id in sorted(shelf):
            name = shelf[id].record.name
            for word in (id, name.en, name.ar, name.ar_latn, *shelf[id].record.aliases):
                if word:
                    ids.setdefault(folded_name(word), id)
    stakes = {id: entry.record.stake for id, entry in archive.organisations.items()}
    return Affiliations({id: camp(id) for id in list(camps)}, stakes, ids)
