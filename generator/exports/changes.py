"""What changed, newest first: the log behind the feeds, and what brings a copy of the archive up to date."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from generator.analysis.notice import takes_back
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.records.dating import day_of, recorded_on
from generator.records.vocabulary import Notice, Status, Visibility


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One change of one claim that readers are told of.

    Attributes:
        number: which entry of the history it is, from 1; 0 where the record has no history, or was withdrawn.
        before: the status before; None for a new record.
        after: the status after; None for a record that we withdrew.
        why: the reason as written; empty for a record without a history.
        taken_back: whether we now say less, or nothing, where we had said more.
    """

    claim: Entry[Claim]
    day: datetime.date
    number: int
    before: Status | None
    after: Status | None
    why: str
    notice: Notice = Notice.NONE
    taken_back: bool = False

    @property
    def kind(self) -> str:
        """`new`, `status` or `withdrawn`."""
        if self.after is None:
            return "withdrawn"
        return "new" if self.before is None else "status"

    @property
    def anchor(self) -> str:
        """Where on the page of the claim it stands."""
        return f"change-{self.number}" if self.number else "status"


def changes_of(entry: Entry[Claim], analysis: Analysis) -> Iterable[Change]:
    """The changes of a claim that readers are told of."""
    claim = entry.record
    if claim.visibility is not Visibility.LISTED:
        return
    if claim.tombstone:
        before = claim.history[-1].to if claim.history else claim.status
        yield Change(entry, day_of(claim.tombstone.date), 0, before, None, claim.tombstone.why, Notice.RETRACTION, True)
    elif not claim.history:
        yield Change(entry, recorded_on(claim), 0, None, analysis.claims[entry.id].status, "")
    else:
        for number, change in enumerate(claim.history, 1):
            taken_back = takes_back(change)
            yield Change(
                entry, day_of(change.date), number, change.from_, change.to, change.why, change.notice, taken_back
            )


def delta(archive: Archive, digests: Mapping[str, str], updated: str) -> dict[str, Any]:
    """The published list of changes, without the changes.

    Args:
        digests: the SHA-256 of every listed claim's copy, in the order of the whole archive.
        updated: the day as of which the archive stands.
    """
    return {
        "updated": updated,
        "how": "Keep from your copy every line whose SHA-256 stands in `claims`; fetch the others from "
        "api/v1/claims/ID.json; order by `claims`; drop the rest. The result is claims.jsonl of today.",
        "claims": dict(digests),
        "withdrawn": {
            entry.id: entry.record.tombstone.model_dump(mode="json", exclude_none=True)
            for entry in archive.claims_in_order
            if not entry.listed and entry.record.tombstone and entry.record.visibility is Visibility.LISTED
        },
        "renamed": {former: entry.id for entry in archive.claims_in_order for former in entry.formerly},
        "changes": [],
    }


def written(change: Change, analysis: Analysis, links: Links) -> dict[str, Any]:
    """A change as it is published."""
    id = change.claim.id
    said = {
        "date": change.day.isoformat(),
        "id": id,
        "url": links.full("claim", id),
        "kind": change.kind,
        "from": change.before.value if change.before else None,
        "to": change.after.value if change.after else None,
        "taken_back": change.taken_back,
        "notice": change.notice.value,
        "why": change.why,
    }
    return said if change.after is None else said | {"title": analysis.claims[id].title}
