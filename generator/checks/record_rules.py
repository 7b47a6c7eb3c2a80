"""R: is the record complete, does it name things that exist, does it speak neutrally."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.analysis.wording import containment, fold
from generator.archive import UNNAMED, Archive, Entry
from generator.checks.rule import Fault, Known, Rule, rule, texts_of, whole_text
from generator.documents import Path
from generator.problems import Severity, did_you_mean, shown
from generator.records.claim import Claim
from generator.records.event import Event
from generator.records.facade import Facade
from generator.records.organisation import Organisation
from generator.records.quote import Quote
from generator.records.term import Term


def _unknown(kind: str, id: str, known: Mapping[str, object] | set[str], archive: Archive) -> str:
    """The sentence about an id that resolves to nothing, or nothing when it does (or its file is broken, which is said)."""
    if id in known or id in archive.broken:
        return ""
    return f"unknown {kind} {shown(id)}{did_you_mean(id, known)}"


@rule("R02")
def unknown_id_in_a_claim(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A claim names a facade, organisation, event, claim, source, post or assertion that does not exist.

    Facades stand in `content/facades/`, organisations in `content/organisations/`, events in `claims/events/`; sources,
    posts, media and assertions are named by the `id` that they have in the same file. A post whose author is not known
    is `by: unnamed`.
    """
    claim, archive = entry.record, known.archive
    speakers = {**archive.facades, **archive.organisations}
    sources = {source.id for source in claim.sources if source.id}
    posts = {post.id for post in claim.propagation}
    media = {medium.id for medium in claim.media}
    assertions = {assertion.id for assertion in claim.asserts}
    for facade in claim.facade:
        # A statement can be issued in the name of a real organisation; the page then says so.
        if sentence := _unknown("facade", facade, speakers, archive):
            yield ("facade",), sentence
    for field in ("supersedes", "superseded_by", "same_statement"):
        named = getattr(claim, field)
        for other in [named] if isinstance(named, str) else named or ():
            if sentence := _unknown("claim", other, archive.claims, archive):
                yield (field,), sentence
    successor = claim.tombstone.successor if claim.tombstone else None
    if successor and (sentence := _unknown("claim", successor, archive.claims, archive)):
        yield ("tombstone", "successor"), sentence
    for at, response in enumerate(claim.responses):
        if response.source and (sentence := _unknown("source", response.source, sources, archive)):
            yield ("responses", at, "source"), sentence
    for at, assertion in enumerate(claim.asserts):
        if assertion.event and (sentence := _unknown("event", assertion.event, archive.events, archive)):
            yield ("asserts", at, "event"), sentence
        for number_at, number in enumerate(assertion.numbers):
            if number.per and (sentence := _unknown("source", number.per, sources, archive)):
                yield ("asserts", at, "numbers", number_at, "per"), sentence
    for at, post in enumerate(claim.propagation):
        if post.by != UNNAMED and (sentence := _unknown("facade or organisation", post.by, speakers, archive)):
            yield ("propagation", at, "by"), sentence
        for field, others in (("per", sources), ("after", posts), ("before", posts), ("capture", media | {"none"})):
            id = getattr(post, field)
            if id and (sentence := _unknown("source" if field == "per" else "post or medium", id, others, archive)):
                yield ("propagation", at, field), sentence
        for other_at, other in enumerate(post.conflicting):
            if sentence := _unknown("source", other.per, sources, archive):
                yield ("propagation", at, "conflicting", other_at, "per"), sentence
    for at, medium in enumerate(claim.media):
        if medium.by and (sentence := _unknown("facade or organisation", medium.by, speakers, archive)):
            yield ("media", at, "by"), sentence
    for at, finding in enumerate(claim.findings):
        for item_at, item in enumerate(finding.evidence):
            if sentence := _unknown("source, post or medium", item.item, sources | posts | media, archive):
                yield ("findings", at, "evidence", item_at, "item"), sentence
            for assertion_id in item.assertion:
                if sentence := _unknown("assertion", assertion_id, assertions, archive):
                    yield ("findings", at, "evidence", item_at, "assertion"), sentence
    if isinstance(claim.quote, Quote):
        held = sources | posts | media
        original = claim.quote.original.from_ if claim.quote.original else None
        if original and (sentence := _unknown("source, post or medium", original, held, archive)):
            yield ("quote", "original", "from"), sentence
        for at, translation in enumerate(claim.quote.translations):
            if translation.from_ and (sentence := _unknown("source", translation.from_, held, archive)):
                yield ("quote", "translations", at, "from"), sentence


@rule("R02")
def unknown_id_in_a_profile(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """A facade, organisation, event or term names a record, or a source of its own file, that does not exist."""
    record, archive = entry.record, known.archive
    sources = {source.id for source in record.sources if source.id}
    agents = {**archive.facades, **archive.organisations}
    named: list[tuple[tuple[str | int, ...], str, str | None, Mapping[str, object] | set[str]]] = []
    match record:
        case Facade():
            for at, attribution in enumerate(record.attributions):
                named.append((("attributions", at, "to"), "organisation", attribution.to, archive.organisations))
                named += [(("attributions", at, "held_by"), "source", id, sources) for id in attribution.held_by]
            named += [(("possibly_same_as",), "facade", id, archive.facades) for id in record.possibly_same_as]
            if record.emblem:
                named.append((("emblem", "from"), "source", record.emblem.from_, sources))
            for at, carried in enumerate(record.carries):
                named.append((("carries", at, "from"), "source", carried.from_, sources))
                if carried.original:
                    named.append((("carries", at, "original", "from"), "source", carried.original.from_, sources))
                if carried.translation:
                    named.append((("carries", at, "translation", "from"), "source", carried.translation.from_, sources))
            if record.says_of_itself:
                named += [
                    (("says_of_itself", "translations", at, "from"), "source", translation.from_, sources)
                    for at, translation in enumerate(record.says_of_itself.translations)
                ]
                if record.says_of_itself.original:
                    named.append(
                        (
                            ("says_of_itself", "original", "from"),
                            "source",
                            record.says_of_itself.original.from_,
                            sources,
                        )
                    )
        case Organisation():
            for at, parent in enumerate(record.parents):
                named.append((("parents", at, "id"), "organisation", parent.id, agents))
                named.append((("parents", at, "source"), "source", parent.source, sources))
            named += [
                (("designations", at, "source"), "source", designation.source, sources)
                for at, designation in enumerate(record.designations)
            ]
        case Event():
            named += [(("reports",), "source", id, sources) for id in record.reports]
        case Term():
            named += [(("see",), "term", id, archive.terms) for id in record.see]
            named += [(("facades",), "facade", id, archive.facades) for id in record.facades]
            named += [(("organisations",), "organisation", id, archive.organisations) for id in record.organisations]
            named += [(("claims",), "claim", id, archive.claims) for id in record.claims]
    for path, kind, id, others in named:
        if id and (sentence := _unknown(kind, id, others, archive)):
            yield path, sentence


_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@rule("R04")
def file_name_is_not_the_id(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """The name of a claim file is its id and its address for ever: small letters, digits, hyphens, the date first.

    Wrong: `claims/2023/Yusufiyah.yml`. Right: `claims/2023/2023-01-26-international-resistance.yml`. The file stands in
    the folder of its year. A second claim of that facade on that day ends in `-2` or in a place word. When the day is
    not known, the name begins with the month: `2021-06-…`.
    """
    wanted = entry.record.date.digits
    if not _NAME.fullmatch(entry.id):
        yield (), f"the file name is the id: small letters a-z, digits and single hyphens, not {shown(entry.id)}"
    elif not entry.id.startswith(wanted + "-"):
        yield ("date",), f"the file name is the id: it must begin with the date, {wanted}-…, not {shown(entry.id)}"
    elif entry.path != f"claims/{wanted[:4]}/{entry.id}.yml":
        yield (), f"the file belongs in the folder of its year: claims/{wanted[:4]}/{entry.id}.yml"


@rule("R04")
def profile_name_is_not_an_id(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """The file name of a facade, organisation, event, term or report is its id: small letters, digits, hyphens.

    A facade and an organisation cannot share one, because posts and sources name either.
    """
    if not _NAME.fullmatch(entry.id):
        yield (), f"the file name is the id: small letters a-z, digits and single hyphens, not {shown(entry.id)}"
    if isinstance(entry.record, Organisation) and entry.id in known.archive.facades:
        yield (), f"the file name is the id: {entry.id} is taken by {known.archive.facades[entry.id].path}"


@rule("R05")
def no_source(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """Every record needs at least one source: something that a reader can open to check us."""
    if not entry.record.sources:
        yield (), f"a {type(entry.record).__name__.lower()} needs a source"


@rule("R06")
def id_given_twice(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """Two things in one file have the same id, so that a reference to it could mean either."""
    seen: dict[str, Path] = {}
    for field in ("asserts", "propagation", "media", "findings", "sources"):
        for position, part in enumerate(getattr(entry.record, field, ())):
            if part.id is None:
                continue
            if part.id in seen:
                line = entry.place(*seen[part.id]).line
                yield (field, position, "id"), f"the id {shown(part.id)} stands twice; the first is on line {line}"
            seen.setdefault(part.id, (field, position, "id"))


#: Share of the shorter quote found in the other from which two claims of one facade and day look like one.
_DUPLICATE = 0.9


@rule("R07", Severity.WARNING)
def looks_like_a_duplicate(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """Another record has the same facade, the same date and nearly the same words.

    If it is the same claim, add to the other record instead. If one statement claims several events that are recorded
    apart, each record names the others in `same_statement`. If the facade really said it twice, say so in `notes`.
    """
    for facade in entry.record.facade:
        for other in known.archive.claims_on(facade, entry.record.date):
            if other.id >= entry.id or other.id in entry.record.same_statement:
                continue
            mine, theirs = _folded_quote(entry, known), _folded_quote(other, known)
            if mine and theirs and containment(mine, theirs) >= _DUPLICATE:
                yield ("quote",), f"looks like a duplicate of {other.id}"


def _folded_quote(entry: Entry[Claim], known: Known) -> str:
    quote = known.analysis.claims[entry.id].quote
    text = quote.original or quote.preferred
    return fold(text.text) if text else ""


_LOADED = re.compile(
    r"\b(terrorists?|terrorism|martyr(?:s|ed|dom)?|heroic|heroes?|glorious|mujahid(?:een|in)?|puppets?|regime|thugs?|"
    r"infidels?|zionist entity|occupiers?)\b",
    re.IGNORECASE,
)
_BEGINNINGS = ("Claimed", "Denied", "Threatened")


@rule("R08", Severity.WARNING)
def title_not_neutral(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """The title takes a side, or reads as if the claim were a fact.

    A title begins with Claimed, Denied or Threatened and uses no word of praise or condemnation.
    """
    title = entry.record.title
    if not title:
        return
    if not title.startswith(_BEGINNINGS):
        yield ("title",), "neutral title, please: it begins with Claimed, Denied or Threatened"
    if match := _LOADED.search(title):
        yield ("title",), f"neutral title, please: without {shown(match[0])}"


_MACHINE_PATH = re.compile(
    r"(?:^|[\s\"'(=])(/(?:home|Users|root|tmp|var|mnt|media|etc|opt|srv|private|Volumes)/\S+|[A-Za-z]:\\\S+|~/\S+|file://\S+)"
)


#: What every such path holds, so that most files are known at a glance to have none: a sign that is seldom, and then
#: what stands around it.
_PATH_SIGN = re.compile(
    r"[/:~](?:(?<=/)(?:(?:home|Users|root|tmp|var|mnt|media|etc|opt|srv|private|Volumes)/)|(?<=:)\\|(?<=~)/|(?<=file:)//)"
)


@rule("R09")
def machine_path(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """The record holds a path of somebody's machine, which helps no reader and can give a contributor away."""
    if not _PATH_SIGN.search(whole_text(entry.document)):
        return
    for path, text in texts_of(entry.document.value):
        if match := _MACHINE_PATH.search(text):
            yield path, f"a path of somebody's machine: {shown(match[1])}"


CLAIM_RULES: tuple[Rule[Claim], ...] = (
    unknown_id_in_a_claim,
    file_name_is_not_the_id,
    looks_like_a_duplicate,
    title_not_neutral,
)
PROFILE_RULES: tuple[Rule[Any], ...] = (unknown_id_in_a_profile, profile_name_is_not_an_id)
COMMON_RULES: tuple[Rule[Any], ...] = (no_source, id_given_twice, machine_path)
