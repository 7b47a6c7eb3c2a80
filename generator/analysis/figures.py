"""Figures: every number that an article prints, worked out from the records. Pure: embed, archive, analysis → text.

Here is said which embeds there are, what each may be given, and what is wrong with one that was typed.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from generator.analysis.propagation import Interval, PlacedAssertion, PlacedPost, Propagation
from generator.analysis.selection import (
    CLAIM_FILTERS,
    FACADE_FILTERS,
    Values,
    chosen_claims,
    chosen_facades,
    wrong_value,
)
from generator.analysis.sentences import spoken_date, spoken_day, spoken_lag, spoken_moment
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.problems import did_you_mean, shown
from generator.prose import AMONG, Argument, Embed
from generator.records.claim import Claim
from generator.records.facade import Attribution
from generator.records.vocabulary import Basis, Dimension, Relation, Status


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """What an embed may be given.

    Attributes:
        needs: keys that must be there.
        allows: keys that may be there.
        block: whether it is a paragraph of its own (a table, a chart, a card), and not a figure in running text.
        id: whether a bare word follows, the id of a claim.
        among: whether it takes filters after `among`.
    """

    description: str
    needs: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()
    block: bool = False
    id: bool = False
    among: bool = False


_CLAIMS: Final = tuple(CLAIM_FILTERS)
_FACADES: Final = (*CLAIM_FILTERS, *FACADE_FILTERS)
_AS: Final = ("number", "words", "phrase")
_DATES: Final = ("full", "day", "weekday")

#: Every embed, by its name and the word after it (nothing where it takes none).
FORMS: Final[dict[tuple[str, str], Form]] = {
    ("count", "claims"): Form("how many claims", allows=(*_CLAIMS, "as")),
    ("count", "facades"): Form("how many facades", allows=(*_FACADES, "as")),
    ("count", "sources"): Form("how many sources of a claim", ("claim",), ("basis", "as")),
    ("count", "posts"): Form("how many posts around a claim", ("claim",), ("as",)),
    ("count", "translations"): Form("how many translations of a claim", ("claim",), ("as",)),
    ("count", "assertions"): Form("how many things a claim asserts", ("claim",), ("as",)),
    ("count", "searches"): Form("how many searches are logged", ("claim",), ("as",)),
    ("count", "origins"): Form("independent origins", ("claim", "dimension"), ("direction", "as")),
    ("count", "attributions"): Form("how many attributions a facade has", ("facade",), ("as",)),
    ("count", "holders"): Form("how many sources hold an attribution", ("facade", "to"), ("as",)),
    ("share", "claims"): Form("k of n claims", allows=(*_CLAIMS, "as"), among=True),
    ("share", "facades"): Form("k of n facades", allows=(*_FACADES, "as"), among=True),
    ("lag", "lead"): Form("from the first report to the claim", ("claim",)),
    ("lag", "second"): Form("from the first report to the next", ("claim",)),
    ("lag", "event-to-first"): Form("from the stated event to the first report", ("claim",)),
    ("lag", "event-to-claim"): Form("from the stated event to the claim", ("claim",)),
    ("lag", "post"): Form("from a post to the claim", ("claim", "post")),
    ("time", ""): Form("a time of day", ("claim",), ("post", "assertion", "zone")),
    ("date", ""): Form("a date", (), ("claim", "post", "assertion", "source", "event", "zone", "as")),
    ("status", ""): Form("the status of a claim", ("claim",)),
    ("state", ""): Form("what became of a claim", ("claim",)),
    ("verdict", ""): Form("the verdict on one dimension", ("claim", "dimension")),
    ("likelihood", ""): Form("how likely an attribution is held to be", ("facade", "to")),
    ("confidence", ""): Form("how solid its basis is", ("facade", "to")),
    ("claim", ""): Form("a claim as a card", block=True, id=True),
    ("quote", ""): Form("the words of a claim as an exhibit", block=True, id=True),
    ("table", "claims"): Form("a ledger of claims", allows=_CLAIMS, block=True),
    ("table", "facades"): Form("a table of facades", allows=_FACADES, block=True),
    ("timeline", ""): Form("the claims of a facade in time", ("facade",), block=True),
    ("propagation", ""): Form("who posted what, when", ("claim",), block=True),
    ("attributions", ""): Form("who says a facade belongs to whom", ("facade",), block=True),
    ("overview", ""): Form("all claims by facade and status", block=True),
    ("coverage", ""): Form("what is on record, counted", block=True),
    ("statuses", ""): Form("the eight statuses", block=True),
    ("dimensions", ""): Form("the five dimensions", block=True),
    ("verdicts", ""): Form("the six verdicts", block=True),
    ("rules", ""): Form("the rules of the check", block=True),
    ("claim-fields", ""): Form("the fields of a claim", block=True),
    ("facade-fields", ""): Form("the fields of a facade", block=True),
    ("data-fields", ""): Form("the columns of the download", block=True),
    ("downloads", ""): Form("the files of the download and of the API", block=True),
    ("latest-changes", ""): Form("the latest changes of status", block=True),
    ("corrections", ""): Form("what was corrected", block=True),
}
NAMES: Final = tuple(dict.fromkeys(name for name, _ in FORMS))


def subjects_of(name: str) -> list[str]:
    """The words that may follow a name; empty where it takes none."""
    return [subject for other, subject in FORMS if other == name and subject]


def form_needs(embed: Embed) -> tuple[str, ...]:
    """The keys that an embed needs."""
    form = form_of(embed)
    return form.needs if form else ()


def form_of(embed: Embed) -> Form | None:
    """The form of an embed, or None when there is none of that name and subject."""
    return FORMS.get((embed.name, embed.subject if subjects_of(embed.name) else ""))


# What is wrong with an embed --------------------------------------------------------------------------------------

#: A fault: the column at which it stands, from the opening bracket, and the sentence.
Fault = tuple[int, str]


def faults(embed: Embed, archive: Archive, analysis: Analysis) -> Iterator[Fault]:
    """What is wrong with an embed: its name, its words, its pairs, or what they name."""
    if embed.name not in NAMES:
        yield 1, f"unknown embed {shown(embed.name)}{did_you_mean(embed.name, NAMES)}"
        return
    form = form_of(embed)
    if form is None:
        choice = subjects_of(embed.name)
        column = embed.words[0].column if embed.words else 1
        meant = did_you_mean(embed.subject, choice) if embed.words else ""
        yield column, f"{embed.name} is followed by one of {', '.join(choice)}{meant}"
        return
    wrong = list(_form_faults(embed, form, archive))
    yield from wrong
    # Where a file that it names could not be read, that is said of the file, and here nothing can be known.
    named = {embed.subject, *embed.pairs.values()}
    if wrong or form.block or _always_known(embed) or named & archive.broken:
        return
    if figure(embed, archive, analysis) is None:
        yield 1, "the record does not hold this"


def _always_known(embed: Embed) -> bool:
    """Whether there is an answer whatever the records say: checking need not look into all of them for it."""
    return embed.name == "count" and embed.subject in ("claims", "facades")


def _form_faults(embed: Embed, form: Form, archive: Archive) -> Iterator[Fault]:
    words = embed.words[1:] if subjects_of(embed.name) else embed.words
    if form.id:
        id = embed.subject
        if len(words) != 1:
            yield 1, f"{embed.name} is followed by the id of one claim"
        elif id not in archive.claims and id not in archive.broken:
            yield words[0].column, f"unknown claim {shown(id)}{did_you_mean(id, archive.claims)}"
        words = ()
    for word in words:
        yield word.column, f"{shown(word.value)} is no filter: write key=value, with hyphens in place of spaces"
    if embed.among is not None and not form.among:
        yield 1, f"only share takes {shown(AMONG)}"
    for pairs in (embed.given, embed.among or ()):
        keys = [pair.key for pair in pairs]
        for at, pair in enumerate(pairs):
            if not pair.key:
                yield pair.column, f"{shown(pair.value)} is no filter: write key=value"
            elif pair.key not in (*form.needs, *form.allows):
                meant = did_you_mean(pair.key, (*form.needs, *form.allows))
                yield pair.column, f"{_spoken(embed)} takes no {shown(pair.key)}{meant}"
            elif pair.key in keys[:at]:
                yield pair.column, f"{shown(pair.key)} stands twice; several values are written a,b"
            else:
                yield from _value_faults(embed, pair, archive)
    for key in form.needs:
        if key not in embed.pairs:
            yield 1, f"{_spoken(embed)} needs {key}=…"
    if embed.name == "date" and not {"claim", "event"} & set(embed.pairs):
        yield 1, "date needs claim=… or event=…"
    yield from _part_faults(embed, archive)


def _spoken(embed: Embed) -> str:
    return f"{embed.name} {embed.subject}" if subjects_of(embed.name) else embed.name


_SEVERAL: Final = 2

_VALUES: Final[dict[str, Values]] = {
    "claim": lambda archive: tuple(archive.claims),
    "dimension": lambda archive: tuple(Dimension),
    "direction": lambda archive: ("supports", "contradicts"),
    "basis": lambda archive: tuple(Basis),
    "to": lambda archive: tuple(archive.organisations),
    "zone": lambda archive: ("local", "utc"),
    "as": lambda archive: _AS,
    "as-date": lambda archive: _DATES,
}
#: Keys that name a part of a claim's file; what parts there are depends on the claim.
_PARTS: Final[dict[str, Callable[[Claim], Sequence[str]]]] = {
    "post": lambda claim: [post.id for post in claim.propagation],
    "assertion": lambda claim: [assertion.id for assertion in claim.asserts],
    "source": lambda claim: [source.id for source in claim.sources if source.id],
}


def _value_faults(embed: Embed, pair: Argument, archive: Archive) -> Iterator[Fault]:
    if pair.key in _PARTS:
        return
    key = "as-date" if (embed.name, pair.key) == ("date", "as") else pair.key
    filter_ = CLAIM_FILTERS.get(key) or FACADE_FILTERS.get(key)
    # A filter may have several values; what names one record or one part of it has one.
    for value in pair.values if filter_ and key not in form_needs(embed) else (pair.value,):
        values = _VALUES[key] if filter_ is None else filter_.values
        wrong = wrong_value(values, value, archive)
        if wrong is None or value in archive.broken:
            continue
        right, known = wrong
        meant = f"; write {right}" if right else did_you_mean(value, known) or _choice(list(known))
        yield pair.column, f"unknown {pair.key} {shown(value)}{meant}"


#: A choice of no more words than this is listed.
_LISTED: Final = 8


def _choice(known: Sequence[str]) -> str:
    return f"; one of {', '.join(known)}" if len(known) <= _LISTED else ""


def _part_faults(embed: Embed, archive: Archive) -> Iterator[Fault]:
    entry = archive.claims.get(embed.get("claim"))
    for pair in embed.given:
        if pair.key in _PARTS and entry is not None:
            known = _PARTS[pair.key](entry.record)
            if pair.value not in known:
                yield pair.column, f"{entry.id} has no {pair.key} {shown(pair.value)}{did_you_mean(pair.value, known)}"
    facade = archive.facades.get(embed.get("facade"))
    if facade is not None and "to" in embed.pairs and _attribution(embed, archive) is None:
        known = [held.to for held in facade.record.attributions]
        yield 1, f"{facade.id} is not attributed to {shown(embed.get('to'))}{did_you_mean(embed.get('to'), known)}"
    if embed.name == "timeline" and facade is not None and len(archive.claims_of(facade.id)) < _SEVERAL:
        yield 1, "a timeline needs at least two claims"


# What an embed says -----------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """What a figure says in running text; `status` where it is one, so that it is printed with its mark."""

    text: str
    status: Status | None = None


def figure(embed: Embed, archive: Archive, analysis: Analysis) -> Figure | None:
    """What an embed in running text says; None when the records do not hold it."""
    match embed.name:
        case "count":
            return _counted(embed, archive, analysis)
        case "share":
            return _share(embed, archive, analysis)
        case "likelihood" | "confidence":
            held = _attribution(embed, archive)
            word = held and (held.likelihood if embed.name == "likelihood" else held.confidence)
            return Figure(word.label) if word else None
        case "date" if "event" in embed.pairs:
            event = archive.events.get(embed.get("event"))
            return Figure(_said(spoken_date(event.record.date), event.record.date.earliest, embed)) if event else None
    entry = archive.claims.get(embed.get("claim"))
    return _of_claim(embed, entry, analysis) if entry else None


def _of_claim(embed: Embed, entry: Entry[Claim], analysis: Analysis) -> Figure | None:
    own = analysis.claims[entry.id]
    match embed.name:
        case "status":
            return Figure(own.status.label, own.status)
        case "state":
            return Figure(_lowered(entry.record.state.label))
        case "verdict":
            return Figure(_lowered(own.verdicts[Dimension(embed.get("dimension"))].label))
        case "lag":
            return _lag(embed, own.propagation)
        case "time":
            interval = _interval(embed, entry, analysis)
            return Figure(_time(interval)) if interval and interval.within_a_day else None
        case "date":
            return _date(embed, entry, analysis)
    return None


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


#: What each thing that can be counted is called, one and several.
_NOUNS: Final = {
    "claims": ("claim", "claims"),
    "facades": ("facade", "facades"),
    "sources": ("source", "sources"),
    "posts": ("post", "posts"),
    "translations": ("translation", "translations"),
    "assertions": ("event", "events"),
    "searches": ("search", "searches"),
    "origins": ("independent origin", "independent origins"),
    "attributions": ("attribution", "attributions"),
    "holders": ("source", "sources"),
}
_SPELT: Final = "no one two three four five six seven eight nine ten eleven twelve".split()


def _spelt(number: int) -> str:
    return _SPELT[number] if number < len(_SPELT) else f"{number:,}"


def _number(least: int, most: int, embed: Embed) -> Figure:
    """A number or a range of numbers as `as` asks: `3`, `three`, `three claims`."""
    how = embed.get("as") or "number"
    if how == "number":
        return Figure(f"{least:,}" if least == most else f"{least:,} to {most:,}")
    one, several = _NOUNS[embed.subject]
    text = _spelt(most)
    if least != most:
        text = f"at most {text}" if least == 0 else f"{_spelt(least)} to {text}"
    return Figure(f"{text} {one if most == 1 else several}" if how == "phrase" else text)


def _counted(embed: Embed, archive: Archive, analysis: Analysis) -> Figure | None:
    match embed.subject:
        case "claims":
            count = len(chosen_claims(embed.given, archive, analysis))
        case "facades":
            count = len(chosen_facades(embed.given, archive, analysis))
        case "attributions" | "holders":
            facade = archive.facades.get(embed.get("facade"))
            if facade is None:
                return None
            held = [one for one in facade.record.attributions if one.relation is not Relation.AMPLIFIED_BY]
            if embed.subject == "holders":
                count = len({source for one in held if one.to == embed.get("to") for source in one.held_by})
            else:
                count = len({one.to for one in held})
        case _:
            entry = archive.claims.get(embed.get("claim"))
            return _counted_of_claim(embed, entry, analysis) if entry else None
    return _number(count, count, embed)


def _counted_of_claim(embed: Embed, entry: Entry[Claim], analysis: Analysis) -> Figure | None:
    claim, own = entry.record, analysis.claims[entry.id]
    match embed.subject:
        case "origins":
            found = own.independence.get(Dimension(embed.get("dimension")))
            if found is None:
                return None
            counted = found.contradicts if embed.get("direction") == "contradicts" else found.supports
            return _number(counted.minimum, counted.maximum, embed)
        case "sources":
            wanted = embed.get("basis")
            count = sum(1 for source in claim.sources if not wanted or source.basis == wanted)
        case "posts":
            count = len(claim.propagation)
        case "translations":
            count = len(own.quote.translations)
        case "assertions":
            count = len(claim.asserts)
        case _:
            count = len(claim.searches)
    return _number(count, count, embed)


def _share(embed: Embed, archive: Archive, analysis: Analysis) -> Figure:
    """`k of n`; never a percentage, because the records are no sample of anything."""
    among = embed.among or ()
    choose = chosen_claims if embed.subject == "claims" else chosen_facades
    whole = {entry.id for entry in choose(among, archive, analysis)}
    part = {entry.id for entry in choose(embed.given, archive, analysis)} & whole
    how = embed.get("as") or next((pair.value for pair in among if pair.key == "as"), "number")
    k, n = f"{len(part):,}", f"{len(whole):,}"
    if how != "number" and 0 < len(whole) < len(_SPELT):  # both spelt, or neither
        k, n = _spelt(len(part)) if part else "none", _spelt(len(whole))
    one, several = _NOUNS[embed.subject]
    return Figure(f"{k} of {n}" + (f" {one if len(whole) == 1 else several}" if how == "phrase" else ""))


def _attribution(embed: Embed, archive: Archive) -> Attribution | None:
    facade = archive.facades.get(embed.get("facade"))
    held = facade.record.attributions if facade else ()
    return next((one for one in held if one.to == embed.get("to")), None)


def _lag(embed: Embed, propagation: Propagation) -> Figure | None:
    match embed.subject:
        case "lead":
            lag = propagation.lead
        case "second":
            lag = propagation.second_lag
        case "event-to-first":
            lag = propagation.event_to_first
        case "event-to-claim":
            lag = propagation.event_to_claim
        case _:
            placed = next((one for one in propagation.posts if one.post.id == embed.get("post")), None)
            precise = placed and placed.interval and placed.interval.within_a_day and propagation.claim.within_a_day
            lag = placed.to_claim if placed and precise else None
    return Figure(spoken_lag(lag)) if lag else None


def _interval(embed: Embed, entry: Entry[Claim], analysis: Analysis) -> Interval | None:
    """The interval of the post, assertion or claim that is asked for, in the zone that is asked for."""
    propagation = analysis.claims[entry.id].propagation
    found: PlacedPost | PlacedAssertion | None
    if post := embed.get("post"):
        found = next((one for one in propagation.posts if one.post.id == post), None)
        interval = found.interval if found else None
    elif assertion := embed.get("assertion"):
        found = next((one for one in propagation.events if one.assertion.id == assertion), None)
        interval = found.interval if found else None
    else:
        interval = propagation.claim
    if interval is None or embed.get("zone") != "utc":
        return interval
    return Interval(interval.earliest.astimezone(datetime.UTC), interval.latest.astimezone(datetime.UTC))


def _time(interval: Interval) -> str:
    """A time of day without its day."""
    day = spoken_day(interval.earliest.date())
    return spoken_moment(interval).replace(f"{day}, ", "")


def _date(embed: Embed, entry: Entry[Claim], analysis: Analysis) -> Figure | None:
    if id := embed.get("source"):
        date = next((source.published for source in entry.record.sources if source.id == id), None)
        return Figure(_said(spoken_date(date), date.earliest, embed)) if date else None
    if not {"post", "assertion", "zone"} & set(embed.pairs):
        date = entry.record.date
        return Figure(_said(spoken_date(date), date.earliest, embed))
    interval = _interval(embed, entry, analysis)
    if interval is None or interval.earliest.date() != interval.latest.date():
        return None
    day = interval.earliest.date()
    return Figure(_said(spoken_day(day), day, embed))


# Not `strftime`: that follows the locale of whoever builds, and pages must not.
_WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def _said(full: str, day: datetime.date, embed: Embed) -> str:
    """A date in words as `as` asks: `26 January 2023`, `26 January`, `Thursday`."""
    match embed.get("as"):
        case "day":
            return full.replace(f" {day.year}", "", 1)
        case "weekday":
            return _WEEKDAYS[day.weekday()]
    return full
