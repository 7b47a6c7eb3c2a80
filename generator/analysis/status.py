"""The one place where a status is computed. Every surface reads what this gives."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Final

from generator.records.claim import Claim
from generator.records.vocabulary import ClaimKind, Dimension, Status, Verdict

#: A claim counts as searched for when this many searches are logged.
SEARCHES_NEEDED: Final = 3

#: How much each status ventures beyond "we do not know"; a status may be published in place of one that ventures more.
_VENTURES: Final[Mapping[Status, int]] = {
    Status.UNVERIFIED: 0,
    Status.UNCORROBORATED: 1,
    Status.CONTESTED: 2,
    Status.PARTLY_CONFIRMED: 3,
    Status.CONFIRMED: 4,
    Status.MISDESCRIBED: 3,
    Status.REFUTED: 4,
    Status.NOT_AUTHENTIC: 4,
}


def derive_status(verdicts: Mapping[Dimension, Verdict], searched: bool) -> Status:
    """The status that five verdicts earn; total: every combination has exactly one. The first row that fits wins.

    Args:
        verdicts: one verdict for every dimension.
        searched: whether enough searches are logged (`SEARCHES_NEEDED`).
    """
    authentic, occurred = verdicts[Dimension.AUTHENTIC], verdicts[Dimension.OCCURRED]
    described = [verdicts[dimension] for dimension in (Dimension.TARGET, Dimension.EFFECT, Dimension.ACTOR)]
    established = authentic is Verdict.SUPPORTED and occurred is Verdict.SUPPORTED
    if authentic is Verdict.CONTRADICTED:
        return Status.NOT_AUTHENTIC
    if occurred is Verdict.CONTRADICTED:
        return Status.REFUTED
    if occurred is Verdict.MIXED or (
        established and Verdict.MIXED in described and Verdict.CONTRADICTED not in described
    ):
        return Status.CONTESTED
    if established and Verdict.CONTRADICTED in described:
        return Status.MISDESCRIBED
    if established and all(verdict in (Verdict.SUPPORTED, Verdict.NOT_CLAIMED) for verdict in described):
        return Status.CONFIRMED
    if established:
        return Status.PARTLY_CONFIRMED
    if occurred is Verdict.NOT_ESTABLISHED and searched:
        return Status.UNCORROBORATED
    return Status.UNVERIFIED


def every_combination() -> Iterator[tuple[dict[Dimension, Verdict], bool]]:
    """All combinations of verdicts and searched-or-not, 15,552 of them, for the table in the manual and the tests."""
    for verdicts in itertools.product(Verdict, repeat=len(Dimension)):
        for searched in (False, True):
            yield dict(zip(Dimension, verdicts, strict=True)), searched


def verdicts_of(claim: Claim) -> dict[Dimension, Verdict]:
    """The verdict on every dimension; without a finding nobody has looked.

    A denial, threat, withdrawal or announcement claims no target, effect or actor of its own.
    """
    silent = claim.kind in (ClaimKind.DENIAL, ClaimKind.THREAT, ClaimKind.WITHDRAWAL, ClaimKind.ANNOUNCEMENT)
    verdicts = {
        dimension: Verdict.NOT_CLAIMED
        if silent and dimension not in (Dimension.AUTHENTIC, Dimension.OCCURRED)
        else Verdict.NOT_ASSESSED
        for dimension in Dimension
    }
    verdicts.update({finding.dimension: finding.verdict for finding in claim.findings})
    return verdicts


def status_of(claim: Claim) -> Status:
    """The status that a claim's findings and searches earn."""
    return derive_status(verdicts_of(claim), len(claim.searches) >= SEARCHES_NEEDED)


def more_cautious(written: Status, derived: Status) -> bool:
    """Whether the written status ventures less than the derived one, and in no other direction."""
    if _VENTURES[written] >= _VENTURES[derived]:
        return False
    return written in (Status.UNVERIFIED, Status.UNCORROBORATED, Status.CONTESTED) or written.group is derived.group
