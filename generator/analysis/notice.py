"""Which change of a claim its readers must see first: one by which we took something back."""

from __future__ import annotations

from typing import Final

from generator.records.claim import Claim, StatusChange
from generator.records.vocabulary import Group, Notice, Status

#: How much of the claim a status says is so; what was printed on the strength of the higher one needs the lower one.
_GRANTS: Final = {
    Status.CONFIRMED: 3,
    Status.PARTLY_CONFIRMED: 2,
    Status.UNVERIFIED: 1,
    Status.UNCORROBORATED: 1,
    Status.CONTESTED: 1,
    Status.MISDESCRIBED: 0,
    Status.REFUTED: 0,
    Status.NOT_AUTHENTIC: 0,
}


def takes_back(change: StatusChange) -> bool:
    """Whether a change says that we were wrong, or grants the claim less than we had established."""
    if change.notice in (Notice.CORRECTION, Notice.RETRACTION):
        return True
    before = change.from_
    return before is not None and before.group is Group.ESTABLISHED and _GRANTS[change.to] < _GRANTS[before]


def notice_of(claim: Claim) -> StatusChange | None:
    """The change that stands at the top of the page: the last one, if it takes something back.

    Pages know no clock, so it stays until the next change.
    """
    last = claim.history[-1] if claim.history else None
    return last if last and takes_back(last) else None
