"""The rows of each chart: plain values, the same for the drawing, its table, and the published data."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from generator.analysis.brief import Brief
from generator.analysis.propagation import Certainty, Interval, Propagation
from generator.analysis.sentences import spoken_date, spoken_moment, spoken_month
from generator.archive import UNNAMED, Archive
from generator.records.claim import Claim, Post
from generator.records.vocabulary import PostKind, Status

#: How much of a date with an open end is drawn.
_OPEN_END = datetime.timedelta(days=3650)
#: A chart shows single claims up to this many, and periods with the number of their claims beyond.
MOST_MARKS = 120
#: So many periods are drawn; at about 400 bytes each, and drawn twice, they make an eighth of a megabyte.
MOST_PERIODS = 160


@dataclasses.dataclass(frozen=True, slots=True)
class ClaimRow:
    """A mark of a timeline: one claim, or all claims of a facade, a status and a period.

    Attributes:
        first: first day that the mark stands for.
        last: last day that it stands for.
        exact: whether the date of a single claim is one day without doubt; otherwise a bar shows how wide it is.
        claims: how many claims it stands for.
    """

    facade: str
    status: Status
    first: datetime.date
    last: datetime.date
    when: str
    exact: bool
    claims: int
    title: str

    def as_values(self) -> dict[str, object]:
        """The row as the specification's data: days as ISO 8601 in UTC, and the middle on which the mark stands."""
        middle = self.first + (self.last - self.first) / 2
        return {
            "facade": self.facade,
            "status": self.status.label,
            "group": self.status.group.label,
            "from": f"{self.first.isoformat()}T00:00:00Z",
            "to": f"{self.last.isoformat()}T23:59:59Z",
            "middle": f"{middle.isoformat()}T12:00:00Z",
            "when": self.when,
            "exact": self.exact,
            "claims": self.claims,
            "title": self.title,
        }


def claim_rows(claims: Sequence[Brief], archive: Archive) -> list[ClaimRow]:
    """A row a claim, or rows of months, quarters or years where single claims would be too many to tell apart."""
    if len(claims) <= MOST_MARKS:
        return [_single(claim, facade) for claim in claims for facade in _names(claim, archive)]
    return binned_rows(marks_of(claims, archive))


#: Of a claim in one name: the name, its first possible day, its status.
Mark = tuple[str, datetime.date, Status]


def marks_of(claims: Iterable[Brief], archive: Archive) -> list[Mark]:
    """A mark for every claim and name."""
    return [(name, claim.date.earliest, claim.status) for claim in claims for name in _names(claim, archive)]


def binned_rows(marks: Sequence[Mark]) -> list[ClaimRow]:
    """Rows of the shortest periods (months, quarters, years) that keep the marks few enough.

    Where even years are too many, the names with the fewest claims share a line.
    """
    rows: list[ClaimRow] = []
    for months in (1, 3, 12):
        rows = _period_rows(marks, months)
        if len(rows) <= MOST_PERIODS:
            return rows
    totals = Counter(name for name, _, _ in marks)
    names = sorted(totals, key=lambda name: (-totals[name], name))
    while len(rows) > MOST_PERIODS and len(names) > 1:
        names = names[: len(names) * 9 // 10]
        others = f"{len(totals) - len(names)} other names"
        kept = set(names)
        rows = _period_rows([(name if name in kept else others, day, status) for name, day, status in marks], 12)
    return rows


def _period_rows(marks: Iterable[Mark], months: int) -> list[ClaimRow]:
    counts: dict[tuple[str, datetime.date, Status], int] = defaultdict(int)
    for name, day, status in marks:
        counts[name, _period(day, months), status] += 1
    order = list(Status)
    return [
        _period_row(facade, first, months, status, count)
        for (facade, first, status), count in sorted(
            counts.items(), key=lambda item: (item[0][1], item[0][0], order.index(item[0][2]))
        )
    ]


def _names(claim: Brief, archive: Archive) -> list[str]:
    return [archive.name_of(id) for id in claim.facades]


def _single(claim: Brief, facade: str) -> ClaimRow:
    date = claim.date
    last = date.latest if date.latest != datetime.date.max else date.earliest
    return ClaimRow(facade, claim.status, date.earliest, last, spoken_date(date), date.exact, 1, claim.title)


def _period(day: datetime.date, months: int) -> datetime.date:
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _period_row(facade: str, first: datetime.date, months: int, status: Status, count: int) -> ClaimRow:
    after = first.year * 12 + first.month - 1 + months
    last = datetime.date(after // 12, after % 12 + 1, 1) - datetime.timedelta(days=1)
    spoken = {1: spoken_month(first), 3: f"{spoken_month(first)} to {spoken_month(last)}"}.get(months, str(first.year))
    title = f"{count} {'claim' if count == 1 else 'claims'}"
    return ClaimRow(facade, status, first, last, spoken, True, count, title)


@dataclasses.dataclass(frozen=True, slots=True)
class PropagationRow:
    """A bar of a propagation line: the event as claimed, the claim, or a post, as wide as its time is uncertain.

    Attributes:
        role: `event`, `claim`, `before` (a report certainly before the claim), or `post`.
        first, last: the interval, local and aware of its zone.
        from_claim: least and most minutes from the claim; negative before it.
    """

    id: str
    label: str
    role: str
    first: datetime.datetime
    last: datetime.datetime
    when: str
    from_claim: tuple[float, float]

    def as_values(self) -> dict[str, object]:
        """The row as the specification's data."""
        return {
            "id": self.id,
            "label": self.label,
            "role": self.role,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "when": self.when,
            "least": round(self.from_claim[0], 3),
            "most": round(self.from_claim[1], 3),
        }


def propagation_rows(claim: Claim, propagation: Propagation, archive: Archive) -> list[PropagationRow]:
    """The rows of a claim's propagation line in order of time; empty where no post, or nothing but one, has a time."""
    if not any(placed.interval for placed in propagation.posts):
        return []
    rows = []
    for event in propagation.events:
        if event.interval:
            label = "Event, as claimed" if len(propagation.events) == 1 else f"Event {event.assertion.id}, as claimed"
            rows.append(_row(event.assertion.id, label, "event", event.interval, propagation.claim))
    own = [placed for placed in propagation.posts if placed.post.kind is PostKind.CLAIM and placed.interval]
    if not own:
        names = " and ".join(archive.name_of(id) for id in claim.facade)
        rows.append(_row("claim", f"The claim, {names}", "claim", propagation.claim, propagation.claim))
    for placed in propagation.posts:
        if placed.interval is None:
            continue
        role = "claim" if placed.post.kind is PostKind.CLAIM else "post"
        if role == "post" and placed.to_claim and placed.to_claim.follows is Certainty.CERTAIN:
            role = "before"
        rows.append(_row(placed.post.id, _label(placed.post, archive), role, placed.interval, propagation.claim))
    return sorted(rows, key=lambda row: (row.first, row.last)) if len(rows) > 1 else []


def lead_row(id: str, label: str, propagation: Propagation) -> PropagationRow:
    """The first known report of a claim, for the lags of many claims side by side."""
    first, claim = propagation.first, propagation.claim
    assert first is not None
    assert first.interval is not None
    role = "before" if first.to_claim and first.to_claim.follows is Certainty.CERTAIN else "post"
    return _row(id, label, role, first.interval, claim)


def wording_rows(claims: Sequence[Brief], archive: Archive) -> list[PropagationRow]:
    """The claims that share words as bars of a line: the first stands out, the others are as wide as their dates."""
    rows = []
    for position, claim in enumerate(claims):
        first, last = (
            datetime.datetime.combine(day, time, datetime.UTC)
            for day, time in (
                (claim.date.earliest, datetime.time.min),
                (min(claim.date.latest, claim.date.earliest + _OPEN_END), datetime.time.max),
            )
        )
        names = " and ".join(_names(claim, archive))
        role = "post" if position else "claim"
        when = spoken_date(claim.date)
        rows.append(PropagationRow(claim.id, f"{when}: {names}", role, first, last, when, (0.0, 0.0)))
    return rows


def _label(post: Post, archive: Archive) -> str:
    name = _short_name(post) if post.by == UNNAMED else archive.name_of(post.by)
    return f"{name}: the claim" if post.kind is PostKind.CLAIM else f"{name}: {post.kind.label}"


def _short_name(post: Post) -> str:
    """Who posted where nobody has a record: the beginning of the note that names them."""
    name = re.split(r"[,;:.(]", post.note or "", maxsplit=1)[0].strip()
    return name[:1].upper() + name[1:] if 0 < len(name) <= 40 else "Not named"


def _row(id: str, label: str, role: str, interval: Interval, claim: Interval) -> PropagationRow:
    minute = datetime.timedelta(minutes=1)
    first, last = interval.earliest, interval.latest
    # Measured from the middle of the claim's own interval, so that the claim's bar stands around nought.
    middle = claim.earliest + (claim.latest - claim.earliest) / 2
    return PropagationRow(
        id, label, role, first, last, spoken_moment(interval), ((first - middle) / minute, (last - middle) / minute)
    )
