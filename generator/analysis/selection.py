"""Filters: which claims and which facades a number or a table of an article is about.

Each filter has a key, the values that it may have, and a question that it asks of a record. A filter with several
values (`status=refuted,misdescribed`) asks for any of them; several filters ask for all.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from generator import noting
from generator.analysis.propagation import Certainty
from generator.analysis.quoting import ShownQuote
from generator.analysis.whole import Analysis, ClaimAnalysis
from generator.analysis.wording import fold
from generator.archive import Archive, Entry
from generator.extracting import Taking
from generator.prose import Argument
from generator.records.claim import Claim
from generator.records.facade import Attribution, Facade
from generator.records.vocabulary import (
    ClaimKind,
    ClaimState,
    Dimension,
    EffectClass,
    FacadeKind,
    Group,
    Likelihood,
    Relation,
    Status,
    TargetClass,
    Verdict,
    Word,
)

#: The values that a filter may have: ids and words known to the archive, or a form with what to write instead.
Values = Callable[[Archive], Iterable[str]] | tuple[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class ClaimFilter:
    """A filter of claims."""

    values: Values
    asks: Callable[[Entry[Claim], ClaimAnalysis, str], bool]
    description: str


@dataclasses.dataclass(frozen=True, slots=True)
class FacadeFilter:
    """A filter of facades."""

    values: Values
    asks: Callable[[Entry[Facade], Archive, str], bool]
    description: str


#: What of a claim's words is held, in falling order.
WORDS_HELD: Final = ("original", "translation", "phrase", "none")


def words_held(quote: ShownQuote) -> str:
    """What is held of a claim's words: one of `WORDS_HELD`. `phrase` is where nothing but a phrase is held."""
    parts = [part for part in (quote.original, *quote.translations) if part]
    if not parts:
        return "none"
    if all(part.partial for part in parts):
        return "phrase"
    return "original" if quote.original and not quote.original.partial else "translation"


def languages_held(quote: ShownQuote) -> tuple[str, ...]:
    """The languages in which words of a claim are held, each once."""
    return tuple(dict.fromkeys(part.lang for part in (quote.original, *quote.translations) if part))


def _says(own: ClaimAnalysis, phrase: str) -> bool:
    wanted = f" {fold(phrase.replace('-', ' '))} "
    parts = [part for part in (own.quote.original, *own.quote.translations) if part]
    return any(wanted in f" {fold(part.text)} " for part in parts)


def _words(vocabulary: type[Word]) -> Values:
    return lambda archive: [word.value for word in vocabulary]


def _verdict_of(dimension: Dimension) -> ClaimFilter:
    return ClaimFilter(
        _words(Verdict), lambda entry, own, value: own.verdicts[dimension] == value, f"verdict on {dimension.value}"
    )


def _agents(archive: Archive) -> Iterable[str]:
    return (*archive.facades, *archive.organisations)


def _places(entry: Entry[Claim]) -> Iterator[str]:
    return (code for assertion in entry.record.asserts if assertion.place for code in assertion.place.country)


CLAIM_FILTERS: Final[dict[str, ClaimFilter]] = {
    "facade": ClaimFilter(_agents, lambda entry, own, value: value in entry.record.facade, "in whose name"),
    "year": ClaimFilter(
        (r"\d{4}", "a year, such as 2023"),
        lambda entry, own, value: entry.record.date.digits.startswith(value),
        "year of publication",
    ),
    "month": ClaimFilter(
        (r"\d{4}-\d{2}", "a month, such as 2023-10"),
        lambda entry, own, value: entry.record.date.digits.startswith(value),
        "month of publication",
    ),
    "status": ClaimFilter(_words(Status), lambda entry, own, value: own.status == value, "status"),
    "group": ClaimFilter(_words(Group), lambda entry, own, value: own.status.group == value, "group of the status"),
    **{dimension.value: _verdict_of(dimension) for dimension in Dimension},
    "kind": ClaimFilter(_words(ClaimKind), lambda entry, own, value: entry.record.kind == value, "kind of utterance"),
    "state": ClaimFilter(
        _words(ClaimState), lambda entry, own, value: entry.record.state == value, "what became of the claim"
    ),
    "event": ClaimFilter(
        lambda archive: archive.events,
        lambda entry, own, value: any(assertion.event == value for assertion in entry.record.asserts),
        "event that it asserts",
    ),
    "target-class": ClaimFilter(
        _words(TargetClass),
        lambda entry, own, value: any(a.target and a.target.class_ == value for a in entry.record.asserts),
        "class of a target that it names",
    ),
    "effect-class": ClaimFilter(
        _words(EffectClass),
        lambda entry, own, value: any(a.effect and a.effect.class_ == value for a in entry.record.asserts),
        "class of an effect that it names",
    ),
    "country": ClaimFilter(
        (r"[A-Z]{2}", "a two-letter country code, such as IQ"),
        lambda entry, own, value: value in _places(entry),
        "country of a place that it names",
    ),
    "words": ClaimFilter(
        lambda archive: (*WORDS_HELD, "held"),
        lambda entry, own, value: own.quote.held if value == "held" else words_held(own.quote) == value,
        "what is held of its words: an original, a translation, a phrase only, none; or held at all",
    ),
    "lang": ClaimFilter(
        (r"[a-z]{2,3}(-[A-Za-z]+)?", "a language, such as ar"),
        lambda entry, own, value: value in languages_held(own.quote),
        "language of words that are held",
    ),
    "says": ClaimFilter(
        (r"[^\W_]+(-[^\W_]+)*", "words joined by hyphens, such as logistical-support"),
        lambda entry, own, value: _says(own, value),
        "words that stand in the text held, spelling folded",
    ),
    "posted-by": ClaimFilter(
        _agents,
        lambda entry, own, value: any(post.by == value for post in entry.record.propagation),
        "who posted about it",
    ),
    "publisher": ClaimFilter(
        _agents,
        lambda entry, own, value: any(source.publisher == value for source in entry.record.sources),
        "publisher of one of its sources",
    ),
    "timed": ClaimFilter(
        lambda archive: ("yes", "no"),
        lambda entry, own, value: own.propagation.claim.within_a_day == (value == "yes"),
        "whether the time of day of the claim is known",
    ),
    "reported-before": ClaimFilter(
        lambda archive: [word.value for word in Certainty],
        lambda entry, own, value: own.propagation.reported_before_claimed == value,
        "whether a report stood before the claim",
    ),
}


def _attributions(entry: Entry[Facade]) -> list[Attribution]:
    """What is held of a facade; that somebody amplifies it is an observation and no attribution."""
    return [held for held in entry.record.attributions if held.relation is not Relation.AMPLIFIED_BY]


def _attributed_to(entry: Entry[Facade]) -> set[str]:
    return {held.to for held in _attributions(entry)}


_SEVERAL: Final = 2

FACADE_FILTERS: Final[dict[str, FacadeFilter]] = {
    "facade-kind": FacadeFilter(_words(FacadeKind), lambda entry, archive, value: entry.record.kind == value, "kind"),
    "attributed": FacadeFilter(
        lambda archive: ("no", "once", "several"),
        lambda entry, archive, value: ("no", "once", "several")[min(len(_attributed_to(entry)), _SEVERAL)] == value,
        "whether it is attributed to no organisation, to one, or to several",
    ),
    "attributed-to": FacadeFilter(
        lambda archive: archive.organisations, lambda entry, archive, value: value in _attributed_to(entry), "to whom"
    ),
    "likelihood": FacadeFilter(
        _words(Likelihood),
        lambda entry, archive, value: any(held.likelihood == value for held in _attributions(entry)),
        "how likely one of its attributions is held to be",
    ),
    "on-record": FacadeFilter(
        lambda archive: ("yes", "no"),
        lambda entry, archive, value: bool(archive.claims_of(entry.id)) == (value == "yes"),
        "whether a claim in its name is on record",
    ),
}


def chosen_claims(filters: Sequence[Argument], archive: Archive, analysis: Analysis) -> list[Entry[Claim]]:
    """The listed claims that every filter lets through, oldest first."""
    asked = [(CLAIM_FILTERS[one.key], one.values) for one in filters if one.key in CLAIM_FILTERS]
    if not asked:
        return list(archive.listed_claims)
    groups = analysis.extracted(
        Taking(
            f"chosen-{noting.print_of([(one.key, one.values) for one in filters])}",
            lambda entries: [
                entry.id
                for entry in entries
                if entry.listed
                and all(
                    any(asks.asks(entry, analysis.claims[entry.id], value) for value in values)
                    for asks, values in asked
                )
            ],
        )
    )
    return [archive.claims[id] for group in groups for id in group]


def chosen_facades(filters: Sequence[Argument], archive: Archive, analysis: Analysis) -> list[Entry[Facade]]:
    """The facades that every filter lets through, by name; filters of claims ask for a claim in the facade's name."""
    asked = [(FACADE_FILTERS[one.key], one.values) for one in filters if one.key in FACADE_FILTERS]
    naming = {id for entry in chosen_claims(filters, archive, analysis) for id in entry.facades}
    any_claim = all(one.key not in CLAIM_FILTERS for one in filters)
    return [
        entry
        for entry in sorted(archive.facades.values(), key=lambda entry: entry.record.name.en.casefold())
        if (any_claim or entry.id in naming)
        and all(any(asks.asks(entry, archive, value) for value in values) for asks, values in asked)
    ]


def wrong_value(values: Values, value: str, archive: Archive) -> tuple[str, Iterable[str]] | None:
    """What would be right in place of a value that a filter may not have, and what it may have been meant to be."""
    if isinstance(values, tuple):
        form, right = values
        return None if re.fullmatch(form, value) else (right, ())
    known = list(values(archive))
    return None if value in known else ("", known)
