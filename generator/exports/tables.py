"""The archive as flat tables: what CSV, SQLite and the data package hold, each column with its description.

A column that a record's field fills takes its description from the model; there is no second dictionary.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from generator.analysis.dating import profile_changed_on
from generator.analysis.events import claims_of_event
from generator.analysis.independence import NOTHING, DimensionCount
from generator.analysis.propagation import Interval
from generator.analysis.whole import Analysis, ClaimAnalysis
from generator.archive import Archive, Entry
from generator.exports.claims import agent_address, lag_seconds, point_of, quote_label
from generator.pages.links import Links
from generator.pages.words import address_shown, followed
from generator.records.claim import Assertion, Claim, Effect, Finding, NamedPlace, Post, StatusChange, Target
from generator.records.dating import changed_on, recorded_on
from generator.records.event import Event
from generator.records.facade import Attribution, Facade, Name
from generator.records.organisation import Organisation
from generator.records.source import Source
from generator.records.term import Term
from generator.records.text import Record
from generator.records.vocabulary import Dimension
from generator.settings import Settings

Kind: TypeAlias = Literal["string", "integer", "number", "boolean", "date"]
Cell: TypeAlias = str | int | float | bool | None


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its cells hold, what it means, and the table whose ids it holds."""

    name: str
    kind: Kind
    description: str
    points_to: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column is `id`."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def _written(
    model: type[Record], *fields: str, prefix: str = "", kind: Kind = "string", **points_to: str
) -> list[Column]:
    """Columns that hold fields of a record as they were written."""
    by_name = {field.alias or name: field for name, field in model.model_fields.items()}
    return [
        Column(
            f"{prefix}{name.replace('-', '_').lower()}", kind, by_name[name].description or "", points_to.get(name, "")
        )
        for name in fields
    ]


_CLAIM = Column("claim", "string", "Id of the claim", "claims")
_ORIGINS = "Independent origins that {} that an event of this kind took place, at {}"

CLAIM_COLUMNS: tuple[Column, ...] = (
    Column("id", "string", "Id of the claim: the name of its file and the last part of its address"),
    Column("status", "string", "What the findings add up to; one of eight words"),
    Column("sentence", "string", "What is known, in sentences that can be quoted as they stand"),
    Column("title", "string", "Neutral title, without the status"),
    *(Column(d.value, "string", f"Verdict on: {d.meaning}") for d in Dimension),
    Column("origins_for_min", "integer", _ORIGINS.format("support", "least")),
    Column("origins_for_max", "integer", _ORIGINS.format("support", "most")),
    Column("origins_against_min", "integer", _ORIGINS.format("contradict", "least")),
    Column("origins_against_max", "integer", _ORIGINS.format("contradict", "most")),
    Column("facades", "string", "Ids of those in whose name it is issued, with a space between them"),
    Column("facade_names", "string", "Their names"),
    *_written(Claim, "kind", "state", "date"),
    Column("date_from", "date", "First day that the date can mean"),
    Column("date_to", "date", "Last day that the date can mean; empty for an open end"),
    *_written(Claim, "time", "zone", "time_basis"),
    Column(
        "reported_before_claimed",
        "string",
        "Whether the first known report came before the claim: certain, possible, no, unknown",
    ),
    Column("lead_seconds_min", "integer", "Seconds from the first known report to the claim, at least"),
    Column("lead_seconds_max", "integer", "Seconds from the first known report to the claim, at most"),
    Column("posts", "integer", "How many posts and reports are recorded"),
    Column("sources", "integer", "How many sources are recorded; not how many are independent"),
    Column("recorded", "date", "When the record was made"),
    Column("changed", "date", "When what is said of the claim last changed"),
    Column("version", "string", "Version of the record: a short hash of its content"),
    Column("url", "string", "Address of the claim's page"),
    Column("quote_label", "string", "Label without which the quote is not to be shown"),
    Column("quote_kind", "string", "original or translation; empty where no words are held"),
    Column("quote_lang", "string", "Language of the quote"),
    Column("quote_translator", "string", "Who translated the quote"),
    *_written(Claim, "quote_missing"),
    Column(
        "quote",
        "string",
        "Their words, letter for letter: the original where it is held, else the preferred translation",
    ),
)


def _claims(
    entries: Sequence[Entry[Claim]], archive: Archive, analysis: Analysis, links: Links
) -> Iterator[tuple[Cell, ...]]:
    for entry in entries:
        claim, own = entry.record, analysis.claims[entry.id]
        occurred = own.independence.get(Dimension.OCCURRED, DimensionCount(NOTHING, NOTHING))
        lead = lag_seconds(own.propagation.lead) or (None, None)
        yield (
            entry.id,
            own.status,
            own.sentence,
            own.title,
            *(own.verdicts[dimension] for dimension in Dimension),
            occurred.supports.minimum,
            occurred.supports.maximum,
            occurred.contradicts.minimum,
            occurred.contradicts.maximum,
            " ".join(claim.facade),
            " and ".join(archive.name_of(id) for id in claim.facade),
            claim.kind,
            claim.state,
            claim.date,
            claim.date.earliest.isoformat(),
            _end(claim.date.latest),
            claim.time,
            claim.zone,
            claim.time_basis,
            own.propagation.reported_before_claimed,
            *lead,
            len(claim.propagation),
            len(claim.sources),
            recorded_on(claim).isoformat(),
            changed_on(claim).isoformat(),
            entry.version,
            links.full("claim", entry.id),
            quote_label(entry, own, archive),
            *_quote(own),
        )


def _end(day: datetime.date) -> str | None:
    return None if day == datetime.date.max else day.isoformat()


def _quote(own: ClaimAnalysis) -> tuple[Cell, ...]:
    shown = own.quote
    missing = shown.missing.value if shown.missing else None
    if shown.original:
        return "original", shown.original.lang, None, missing, shown.original.text
    if shown.preferred:
        by = shown.preferred.by or "not stated"
        return "translation", shown.preferred.lang, by, missing, shown.preferred.text
    return None, None, None, missing, None


def tables(
    entries: Sequence[Entry[Claim]], archive: Archive, analysis: Analysis, links: Links, whole: datetime.date | None
) -> tuple[Table, ...]:
    """All tables, with the rows of these claims.

    Args:
        whole: the day as of which the archive stands; None where the rows of profiles, events and terms are left out.
    """
    claims = [(entry.id, entry.record, analysis.claims[entry.id]) for entry in entries]
    return (
        Table(
            "claims",
            "Claims: one published utterance each",
            CLAIM_COLUMNS,
            tuple(_claims(entries, archive, analysis, links)),
        ),
        _table(
            "profiles",
            "Facades and organisations",
            [
                Column("id", "string", "Id of the facade or organisation"),
                Column("profile", "string", "facade or organisation"),
                *_written(Name, "en", "ar", "ar-Latn", prefix="name_"),
                *_written(Facade, "kind", "first_seen", "last_seen", "state"),
                *_written(Organisation, "stake", "country"),
                Column("changed", "date", "When the profile last changed"),
                Column("version", "string", "Version of the profile: a short hash of its content"),
                Column("url", "string", "Address of its page"),
            ],
            _profiles(archive, links, whole) if whole else (),
        ),
        _table(
            "claim_profiles",
            "Who issued which claim",
            [
                Column("id", "string", "Claim and facade"),
                _CLAIM,
                Column("profile", "string", "Facade or organisation in whose name the claim is issued", "profiles"),
            ],
            ((f"{id}/{facade}", id, facade) for id, claim, _ in claims for facade in claim.facade),
        ),
        _table(
            "assertions",
            "What the claims say happened, in our words; `as_claimed` is theirs",
            [
                Column("id", "string", "Claim and assertion"),
                _CLAIM,
                *_written(Assertion, "what", "date", "time", "time_basis", "event", event="events"),
                *_written(NamedPlace, "name", "name_ar", "admin", "country", "precision", prefix="place_"),
                *_written(NamedPlace, "lat", "lon", kind="number"),
                *_written(Target, "as_claimed", "class", prefix="target_"),
                *_written(Effect, "as_claimed", "class", prefix="effect_"),
                *_written(Assertion, "means"),
            ],
            (_assertion(id, assertion) for id, claim, _ in claims for assertion in claim.asserts),
        ),
        _table(
            "events",
            "Events that claims or reports meet on: what may have happened, as reported",
            [
                Column("id", "string", "Id of the event"),
                *_written(Event, "title", "date", "time", "zone", "time_basis", "kind"),
                *_written(NamedPlace, "name", "name_ar", "admin", "country", "precision", prefix="place_"),
                Column("claims", "integer", "How many listed claims assert it"),
                Column("url", "string", "Address of its page"),
            ],
            (_event(archive.events[id], archive, links) for id in sorted(archive.events)) if whole else (),
        ),
        _table(
            "posts",
            "Posts and reports that carried a claim, its own included; without their words",
            [
                Column("id", "string", "Claim and post"),
                _CLAIM,
                *_written(Post, "by", "kind"),
                Column(
                    "earliest", "string", "First second that its time can mean, ISO 8601 with the offset of its zone"
                ),
                Column("latest", "string", "Last second that its time can mean"),
                *_written(Post, "precision", "time_basis", "derives_from", "link", "basis"),
                *_written(Post, "edited", "deleted", kind="boolean"),
                *_written(Post, "per", "note"),
            ],
            (_post(id, placed.post, placed.interval) for id, _, own in claims for placed in own.propagation.posts),
        ),
        _table(
            "findings",
            "Our verdicts, one for each dimension that somebody looked at",
            [
                Column("id", "string", "Claim and finding"),
                _CLAIM,
                *_written(Finding, "dimension", "verdict", "statement", "likelihood", "confidence"),
                Column("origins_for_min", "integer", "Independent origins that support it, at least"),
                Column("origins_for_max", "integer", "Independent origins that support it, at most"),
                Column("origins_against_min", "integer", "Independent origins that contradict it, at least"),
                Column("origins_against_max", "integer", "Independent origins that contradict it, at most"),
                *_written(Finding, "by", "reviewed_by", "date", "would_change"),
            ],
            (_finding(id, finding, own) for id, claim, own in claims for finding in claim.findings),
        ),
        _table(
            "sources",
            "Sources of the claims; one that several claims cite stands in each",
            [
                Column("id", "string", "Claim and number of the source"),
                _CLAIM,
                Column("source", "string", "Id of the source in the record of the claim"),
                *_written(Source, "title", "publisher", "published"),
                Column("address", "string", "Its address, or what may be shown of it"),
                *_written(Source, "kind", "lang", "basis", "derives_from", "link"),
                Column("archived", "string", "Address of the first archived copy"),
            ],
            (_source(id, number, source) for id, claim, _ in claims for number, source in enumerate(claim.sources, 1)),
        ),
        _table(
            "history",
            "Every status that a claim has had; only ever appended",
            [
                Column("id", "string", "Claim and number of the change"),
                _CLAIM,
                *_written(StatusChange, "date", "from", "to", "why", "by", "reviewed_by", "notice"),
            ],
            (
                (
                    f"{id}/{number}",
                    id,
                    change.date,
                    change.from_,
                    change.to,
                    change.why,
                    change.by,
                    _listed(change.reviewed_by, "; "),
                    change.notice,
                )
                for id, claim, _ in claims
                for number, change in enumerate(claim.history, 1)
            ),
        ),
        _table(
            "attributions",
            "Who says that a facade belongs to an organisation: assessments of those who hold them, and some compete",
            [
                Column("id", "string", "Facade and number of the attribution"),
                Column("facade", "string", "The facade", "profiles"),
                *_written(Attribution, "to", to="profiles"),
                *_written(Attribution, "relation", "likelihood", "confidence"),
                Column("held_by", "string", "Publishers of the sources that hold it"),
                *_written(Attribution, "basis", "since", "until"),
            ],
            _attributions(archive) if whole else (),
        ),
        _table(
            "terms",
            "Entries of the glossary",
            [
                Column("id", "string", "Id of the term"),
                *_written(Term, "name", "name_ar", "short", "part"),
                Column("url", "string", "Address of its page"),
            ],
            (
                (id, term.record.name, term.record.name_ar, term.record.short, term.record.part, links.full("term", id))
                for id, term in sorted(archive.terms.items())
            )
            if whole
            else (),
        ),
    )


def _table(name: str, description: str, columns: Sequence[Column], rows: Iterable[tuple[Cell, ...]]) -> Table:
    return Table(name, description, tuple(columns), tuple(rows))


def _listed(words: Iterable[str], between: str = " ") -> str | None:
    return between.join(words) or None


def _profiles(archive: Archive, links: Links, whole: datetime.date) -> Iterator[tuple[Cell, ...]]:
    facades: list[Entry[Facade]] = [archive.facades[id] for id in sorted(archive.facades)]
    for facade in facades:
        record = facade.record
        named = record.name.en, record.name.ar, record.name.ar_latn
        seen = record.kind, record.first_seen, record.last_seen, record.state
        yield (facade.id, "facade", *named, *seen, None, None, *_foot(facade, archive, links, whole))
    organisations: list[Entry[Organisation]] = [archive.organisations[id] for id in sorted(archive.organisations)]
    for organisation in organisations:
        own = organisation.record
        named = own.name.en, own.name.ar, own.name.ar_latn
        rest = own.kind, own.first_seen, None, None, own.stake, own.country
        yield (organisation.id, "organisation", *named, *rest, *_foot(organisation, archive, links, whole))


def _foot(
    entry: Entry[Facade] | Entry[Organisation], archive: Archive, links: Links, whole: datetime.date
) -> tuple[Cell, ...]:
    return profile_changed_on(entry, whole).isoformat(), entry.version, agent_address(entry.id, archive, links)


def _assertion(claim: str, assertion: Assertion) -> tuple[Cell, ...]:
    place = assertion.place or _NOWHERE
    lon, lat = point_of(place) or (None, None)
    target, effect = assertion.target, assertion.effect
    return (
        f"{claim}/{assertion.id}",
        claim,
        assertion.what,
        assertion.date,
        assertion.time,
        assertion.time_basis,
        assertion.event,
        place.name or None,
        place.name_ar,
        place.admin,
        _listed(place.country),
        place.precision if assertion.place else None,
        lat,
        lon,
        target.as_claimed if target else None,
        target.class_ if target else None,
        effect.as_claimed if effect else None,
        effect.class_ if effect else None,
        assertion.means,
    )


def _event(entry: Entry[Event], archive: Archive, links: Links) -> tuple[Cell, ...]:
    event, place = entry.record, entry.record.place or _NOWHERE
    return (
        entry.id,
        event.title,
        event.date,
        event.time,
        event.zone,
        event.time_basis,
        event.kind,
        place.name or None,
        place.name_ar,
        place.admin,
        _listed(place.country),
        place.precision if event.place else None,
        len({claim.entry.id for claim in claims_of_event(entry.id, archive)}),
        links.full("event", entry.id),
    )


_NOWHERE = NamedPlace.model_construct(name="")


def _post(claim: str, post: Post, interval: Interval | None) -> tuple[Cell, ...]:
    return (
        f"{claim}/{post.id}",
        claim,
        post.by,
        post.kind,
        interval.earliest.isoformat() if interval else None,
        interval.latest.isoformat() if interval else None,
        post.precision,
        post.time_basis,
        _listed(post.derives_from),
        post.link,
        post.basis,
        post.edited,
        post.deleted,
        post.per,
        post.note,
    )


def _finding(claim: str, finding: Finding, own: ClaimAnalysis) -> tuple[Cell, ...]:
    count = own.independence.get(finding.dimension, DimensionCount(NOTHING, NOTHING))
    return (
        f"{claim}/{finding.id}",
        claim,
        finding.dimension,
        finding.verdict,
        finding.statement,
        finding.likelihood,
        finding.confidence,
        count.supports.minimum,
        count.supports.maximum,
        count.contradicts.minimum,
        count.contradicts.maximum,
        finding.by,
        _listed(finding.reviewed_by, "; "),
        finding.date,
        finding.would_change,
    )


def _source(claim: str, number: int, source: Source) -> tuple[Cell, ...]:
    return (
        f"{claim}/{number}",
        claim,
        source.id,
        source.title,
        source.publisher,
        source.published,
        followed(source) or address_shown(source),
        source.kind,
        source.lang,
        source.basis,
        _listed(source.derives_from),
        source.link,
        source.archive[0].url if source.archive else None,
    )


def _attributions(archive: Archive) -> Iterator[tuple[Cell, ...]]:
    for id in sorted(archive.facades):
        record = archive.facades[id].record
        publishers = {source.id: archive.name_of(source.publisher) for source in record.sources}
        for number, attribution in enumerate(record.attributions, 1):
            yield (
                f"{id}/{number}",
                id,
                attribution.to,
                attribution.relation,
                attribution.likelihood,
                attribution.confidence,
                _listed((publishers.get(source, source) for source in attribution.held_by), "; "),
                attribution.basis,
                attribution.since,
                attribution.until,
            )


def dictionary() -> tuple[Table, ...]:
    """All tables without rows: the data dictionary."""
    nothing = Archive()
    return tables((), nothing, Analysis({}), Links(nothing, Settings("", "", ""), ""), None)
