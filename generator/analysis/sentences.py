"""Ready sentences about a claim, generated from the record, worded once and used on every surface."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence

from generator.analysis.propagation import Interval, Lag
from generator.records.claim import Claim, Tombstone
from generator.records.dates import EdtfDate
from generator.records.vocabulary import ClaimKind, Dimension, Status, Verdict


@functools.lru_cache(maxsize=4_096)  # a page says the date of its claim a dozen times
def spoken_date(date: EdtfDate) -> str:
    """A date in words: `26 January 2023`, `June 2021 (approximate)`, `11 to 14 March 2020`."""
    first, _, last = str(date).partition("/")
    text = _spoken_day(first)
    if last == "..":
        text = f"since {text}"
    elif last:
        text = f"{text} to {_spoken_day(last)}"
    marks = [word for word, set_ in (("approximate", date.approximate), ("uncertain", date.uncertain)) if set_]
    return f"{text} ({', '.join(marks)})" if marks else text


def _spoken_day(text: str) -> str:
    parts = text.rstrip("~?%").removesuffix("-XX").split("-")
    if len(parts) == 3:
        return spoken_day(datetime.date(int(parts[0]), int(parts[1]), int(parts[2])))
    if len(parts) == 2:
        return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return parts[0]


def spoken_day(day: datetime.date) -> str:
    """A day in words: `26 January 2023`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def spoken_month(day: datetime.date) -> str:
    """The month of a day in words: `January 2023`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def spoken_moment(interval: Interval) -> str:
    """A time as an interval in words: `26 January 2023, 00:56`, `… 00:56 to 00:57:59`, `26 January 2023`."""
    first, last = interval.earliest, interval.latest
    day = spoken_day(first.date())
    if not interval.within_a_day:
        return day if first.date() == last.date() else f"{day} to {spoken_day(last.date())}"
    length = last - first
    begin, end = _clock(first), _clock(last)
    if length < _MINUTE:
        return f"{day}, {begin}" if length else f"{day}, {begin}:{first.second:02}"
    if first.date() == last.date():
        return f"{day}, between {begin} and {end}"
    return f"between {day}, {begin}, and {spoken_day(last.date())}, {end}"


def _clock(moment: datetime.datetime) -> str:
    """The time of day to the minute; formatting by a pattern takes five times as long."""
    return f"{moment.hour:02}:{moment.minute:02}"


_MINUTE = datetime.timedelta(minutes=1)
# Not `calendar.month_name`: that follows the locale of whoever builds, and pages must not.
_MONTHS = "January February March April May June July August September October November December".split()


def spoken_length(length: datetime.timedelta) -> str:
    """A length of time: `45 s`, `7 min 1 s`, `2 h 5 min`, `3 days`."""
    seconds = abs(int(length.total_seconds()))
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    if days:
        return f"{days} {'day' if days == 1 else 'days'}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    if minutes:
        return f"{minutes} min" + (f" {seconds} s" if seconds else "")
    return f"{seconds} s"


def spoken_lag(lag: Lag) -> str:
    """A lag as a range: `7 min 1 s to 8 min 59 s`; a range that spans zero says so."""
    zero = datetime.timedelta()
    if lag.least < zero < lag.most:
        return f"between {spoken_length(lag.least)} before and {spoken_length(lag.most)} after"
    low, high = sorted((abs(lag.least), abs(lag.most)))
    return spoken_length(low) if low == high else f"{spoken_length(low)} to {spoken_length(high)}"


def claim_title(claim: Claim, facade_names: Sequence[str]) -> str:
    """The neutral title of a claim; where the file gives none, one made from its kind and facade."""
    if claim.title:
        return claim.title
    verb = {ClaimKind.DENIAL: "Denied", ClaimKind.THREAT: "Threatened"}.get(claim.kind, "Claimed")
    if claim.asserts:
        return f"{verb}: {claim.asserts[0].what}"
    return f"{verb} by {' and '.join(facade_names)}"


def headline(status: Status, title: str, date: EdtfDate) -> str:
    """What titles, previews and feeds say: the status first."""
    return f"{status.label}: {title[:1].lower()}{title[1:]}, {spoken_date(date)}"


def withdrawn_headline(title: str, date: EdtfDate) -> str:
    """What titles, previews and feeds say of a record that we withdrew."""
    return f"Withdrawn: {title[:1].lower()}{title[1:]}, {spoken_date(date)}"


def withdrawn_sentence(tombstone: Tombstone, site_name: str) -> str:
    """What can be quoted of a record that we withdrew."""
    why = tombstone.why.rstrip(".")
    return f"{site_name} withdrew this record on {spoken_date(tombstone.date)} ({tombstone.reason.label}): {why}."


def finding_sentence(
    claim: Claim, status: Status, verdicts: Mapping[Dimension, Verdict], facade_names: Sequence[str], site_name: str
) -> str:
    """One sentence or two that can be quoted as they stand: who claimed what, and what is known about it."""
    word = _UTTERANCES.get(claim.kind, "claim")
    matter = claim_title(claim, facade_names).rstrip(".")
    matter = matter.removeprefix("Claimed").removeprefix("Denied").removeprefix("Threatened").lstrip(": ")
    said = f"{_on(claim.date)} {_groups(facade_names)} issued a {word} ({matter})."
    if claim.kind is ClaimKind.REPORT_ONLY:  # no statement of the facade is known
        said = f"{_on(claim.date)} media named {' and '.join(facade_names)} as the author of an attack ({matter})."
    return f"{said} {_known(claim, status, verdicts, site_name)}"


def _on(date: EdtfDate) -> str:
    if date.exact:
        return f"On {spoken_date(date)}"
    if "/" in date:
        return f"In {spoken_date(date)}"
    text = spoken_date(date)
    return f"On {text}" if date.earliest == date.latest else f"In {text}"


def _groups(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"a group calling itself {names[0]}"
    return f"groups calling themselves {', '.join(names[:-1])} and {names[-1]}"


_UTTERANCES = {
    ClaimKind.DENIAL: "denial",
    ClaimKind.THREAT: "threat",
    ClaimKind.WITHDRAWAL: "withdrawal",
    ClaimKind.ANNOUNCEMENT: "statement",
}
_QUESTIONS = {
    Dimension.AUTHENTIC: "the group issued the claim",
    Dimension.OCCURRED: "it took place",
    Dimension.TARGET: "the target was what the claim says",
    Dimension.EFFECT: "the effect was what the claim says",
    Dimension.ACTOR: "the claimant did it",
}
_MATTERS = {
    Dimension.AUTHENTIC: "the authorship of the claim",
    Dimension.OCCURRED: "the event",
    Dimension.TARGET: "the target",
    Dimension.EFFECT: "the effect",
    Dimension.ACTOR: "the actor",
}


def _known(claim: Claim, status: Status, verdicts: Mapping[Dimension, Verdict], site_name: str) -> str:
    match status:
        case Status.UNVERIFIED:
            if any(verdict.settled for verdict in verdicts.values()):
                return f"{site_name} has not established the claim as a whole: {_settled(verdicts)}."
            if any(verdict is Verdict.NOT_ESTABLISHED for verdict in verdicts.values()):
                return f"{site_name} has looked at it in part and has not established any of it."
            return f"{site_name} has not checked the claim."
        case Status.UNCORROBORATED:
            date = max((search.date for search in claim.searches), key=lambda date: date.latest)
            return (
                f"As of {spoken_date(date)}, {site_name} found no report of it that did not lead back to the group "
                "or to channels associated with it."
            )
        case Status.CONTESTED:
            questions = [_QUESTIONS[dimension] for dimension, verdict in verdicts.items() if verdict is Verdict.MIXED]
            return f"Independent accounts conflict on whether {_joined(questions)}."
        case Status.PARTLY_CONFIRMED:
            open_ = [
                _MATTERS[dimension]
                for dimension, verdict in verdicts.items()
                if verdict in (Verdict.NOT_ESTABLISHED, Verdict.NOT_ASSESSED)
            ]
            return f"Independent sources establish that an incident took place; {_joined(open_)} not established."
        case Status.CONFIRMED:
            return f"{site_name} confirmed what it claims from independent sources."
        case Status.MISDESCRIBED:
            wrong = [_MATTERS[d] for d, verdict in verdicts.items() if verdict is Verdict.CONTRADICTED]
            return f"An incident took place, but {_joined(wrong)} not as claimed."
        case Status.REFUTED:
            return "Independent evidence shows that it did not take place."
        case Status.NOT_AUTHENTIC:
            return "The statement circulated in that name; the group did not issue it."


def _settled(verdicts: Mapping[Dimension, Verdict]) -> str:
    parts = [
        f"{_MATTERS[dimension]} is {verdict.label.lower()}"
        for dimension, verdict in verdicts.items()
        if verdict.settled
    ]
    return ", ".join(parts)


def _joined(words: Sequence[str]) -> str:
    """`target and effect were`, `target was`; questions are joined with or."""
    if any(" " in word and word in _QUESTIONS.values() for word in words):
        return " and whether ".join(words)
    verb = "were" if len(words) > 1 else "was"
    text = " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
    return f"{text} {verb}" if words else "the rest was"
