"""A: does each attribution say who holds it, and go no further than its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.analysis.affiliation import at_least
from generator.archive import Entry
from generator.checks.rule import Fault, Known, Rule, rule, sentences_of
from generator.documents import Path
from generator.problems import Place, shown
from generator.prose import lines_outside_code
from generator.records.facade import Attribution, Facade
from generator.records.vocabulary import Confidence, Likelihood, Relation


@rule("A01")
def attribution_without_holder(entry: Entry[Facade], known: Known) -> Iterator[Fault]:
    """An attribution does not say who holds it: `held_by` names the sources of the file that say so.

    `amplified-by` is an observation of ours; it needs a holder or, in `basis`, what was counted.
    """
    for at, attribution in enumerate(entry.record.attributions):
        observed = attribution.relation is Relation.AMPLIFIED_BY and attribution.basis
        if not attribution.held_by and not observed:
            yield ("attributions", at), f"who says so? Add held_by: the sources that attribute it to {attribution.to}"


_AMPLIFICATION = re.compile(
    r"\bamplif\w+|\b(?:posts?|posted|posting|reports?|reported)\b[^.]*\bfirst\b|\bfirst to (?:post|report)\b"
    r"|\btiming\b|\bwho posts\b",
    re.IGNORECASE,
)


@rule("A02")
def amplification_carries_no_further(entry: Entry[Facade], known: Known) -> Iterator[Fault]:
    """An attribution goes beyond `realistic-possibility` or low confidence, and shows no more than amplification.

    From `likely` on, `basis` has to say what it rests on. Where every sentence of it is about who posts first or who
    amplifies, and wherever the relation is `amplified-by`, the ceiling holds: some channel is always first.
    """
    for at, attribution in enumerate(entry.record.attributions):
        likely = at_least(attribution.likelihood, Likelihood.LIKELY)
        if likely and not attribution.basis:
            sentence = f"{attribution.likelihood.label}: say in basis on what it rests besides amplification"
            yield ("attributions", at), sentence
        elif _amplification_only(attribution):
            field = "likelihood" if likely else "confidence"
            if likely or attribution.confidence is not Confidence.LOW:
                sentence = "amplification alone stops at realistic possibility, low confidence"
                yield ("attributions", at, field), sentence


def _amplification_only(attribution: Attribution) -> bool:
    if attribution.relation is Relation.AMPLIFIED_BY:
        return True
    sentences = [sentence for _, sentence in sentences_of(attribution.basis or "") if sentence.strip()]
    return bool(sentences) and all(_AMPLIFICATION.search(sentence) for sentence in sentences)


_SHARE = re.compile(r"\d+(?:[.,]\d+)?(?:\s?%(?![0-9A-Fa-f]{2})| per ?cent\b)", re.IGNORECASE)
_COUNT = re.compile(r"\b(?:of (?:the )?|n ?= ?)(\d{1,6})\b(?!\s?%| per ?cent)", re.IGNORECASE)
#: A share of fewer cases than this is shown as a count.
LEAST_CASES: Final = 10


@rule("A03")
def share_of_few(entry: Entry[Facade], known: Known) -> Iterator[Fault]:
    """A percentage stands in the prose of a facade or in the basis of an attribution without a count of at least 10.

    Wrong: `first in 100 % of its claims`. Right: `first in 3 of 3 claims`. A percentage may stand where its count
    stands in the same sentence: `70 % (14 of 20)`.
    """
    for where, share, sentence in _in_own_words(entry, _SHARE):
        if not any(int(count) >= LEAST_CASES for count in _COUNT.findall(sentence)):
            yield where, f"{shown(share[0])} without a count: show k of n, no percentage under n = {LEAST_CASES}"


_IRAN = r"(?:iran(?:ian)?|irgc|tehran|quds force|islamic revolutionary guard)"
_DIRECTED = re.compile(
    rf"\b(?:state|{_IRAN})-(?:directed|ordered|commanded|controlled)\b|\b{_IRAN}-run\b"
    rf"|\b(?:directed|ordered|commanded|controlled) by (?:the )?\[?(?:{_IRAN}|state)\b"
    rf"|\b(?:on|under) (?:the )?(?:orders?|command) (?:of|from) (?:the )?\[?{_IRAN}\b",
    re.IGNORECASE,
)


@rule("A04")
def state_directed_without_attribution(entry: Entry[Facade], known: Known) -> Iterator[Fault]:
    """The words say that a state directs the facade, and no attribution with `relation: directed-by` stands behind it.

    Such a sentence accuses. The attribution names who holds it, how likely it is and on what it rests.
    """
    if any(attribution.relation is Relation.DIRECTED_BY for attribution in entry.record.attributions):
        return
    for where, match, _ in _in_own_words(entry, _DIRECTED):
        yield where, f"{shown(match[0])} without an attribution: add one with relation: directed-by"


_ADDRESS = re.compile(r"(?<=\])\([^)\s]*\)|https?://\S+")


def _in_own_words(entry: Entry[Facade], pattern: re.Pattern[str]) -> Iterator[tuple[Path | Place, re.Match[str], str]]:
    """The first place in every sentence of ours about a facade where a pattern is found: notes, bases and prose."""
    facade = entry.record
    notes = ("kind_note", "first_seen_note", "last_seen_note")
    fields: list[tuple[Path, str | None]] = [((field,), getattr(facade, field)) for field in notes]
    fields += [(("attributions", at, "basis"), part.basis) for at, part in enumerate(facade.attributions)]
    for path, text in fields:
        for _, sentence in sentences_of(text or ""):
            if match := pattern.search(sentence):
                yield path, match, sentence
    lines = dict(lines_outside_code(entry.document.prose))
    prose = "\n".join(lines.get(number, "") for number in range(entry.document.prose.count("\n") + 1))
    prose = _ADDRESS.sub(lambda address: " " * len(address[0]), prose)
    for offset, sentence in sentences_of(prose):
        if match := pattern.search(sentence):
            before = prose[: offset + match.start()]
            line = entry.document.prose_line + before.count("\n")
            yield Place(entry.path, line, len(before) - before.rfind("\n")), match, sentence


RULES: tuple[Rule[Facade], ...] = (
    attribution_without_holder,
    amplification_carries_no_further,
    share_of_few,
    state_directed_without_attribution,
)
