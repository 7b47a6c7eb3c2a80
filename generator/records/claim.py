"""A claim: one published utterance that a facade did something. One file each."""

from __future__ import annotations

import zoneinfo
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.records.dates import ClockTime, EdtfDate, Moment, TimeSpan
from generator.records.quote import Quote
from generator.records.source import Source
from generator.records.text import (
    Address,
    Id,
    Ids,
    Language,
    Number,
    Record,
    Sha256,
    Text,
    Verbatim,
    WholeNumber,
    YesNo,
    one_or_more,
)
from generator.records.vocabulary import (
    Basis,
    ClaimKind,
    ClaimState,
    Confidence,
    Dimension,
    Direction,
    EffectClass,
    EvidenceKind,
    Likelihood,
    Link,
    MediaKind,
    MediaPublished,
    Notice,
    PlacePrecision,
    PostKind,
    QuoteMissing,
    SearchScope,
    Stake,
    Status,
    TargetClass,
    TimeBasis,
    TimePrecision,
    Verdict,
    Visibility,
    WithdrawalReason,
)


def _is_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return "/" in name


def _zone(value: Any) -> Any:
    if not isinstance(value, str) or not _is_zone(value):
        raise PydanticCustomError("wrong_form", "not a time zone; write its name, such as Asia/Baghdad")
    return str(value)


Zone = Annotated[str, BeforeValidator(_zone), WithJsonSchema({"type": "string", "examples": ["Asia/Baghdad"]})]


_COUNTRY_SCHEMA = {"type": "string", "pattern": "^[A-Z]{2}$"}


def _country(value: Any) -> Any:
    if not isinstance(value, str) or len(value) != 2 or not value.isascii() or not value.isupper():
        raise PydanticCustomError("wrong_form", "a country is its two-letter ISO code, such as IQ")
    return str(value)


Countries = Annotated[
    tuple[Annotated[str, BeforeValidator(_country)], ...],
    BeforeValidator(one_or_more),
    WithJsonSchema({"anyOf": [_COUNTRY_SCHEMA, {"type": "array", "items": _COUNTRY_SCHEMA}]}),
]


class NamedPlace(Record):
    """A place, and how we know it."""

    name: Text = Field(description="Name of the place")
    name_ar: Text | None = Field(None, description="Name in Arabic")
    admin: Text | None = Field(None, description="Governorate or province")
    country: Countries = Field((), description="Two-letter country code, or a list of them")
    disputed: YesNo = Field(False, description="true when the territory is disputed")
    lat: Number | None = Field(None, description="Latitude in degrees north")
    lon: Number | None = Field(None, description="Longitude in degrees east")
    precision: PlacePrecision = Field(PlacePrecision.UNKNOWN, description="How exactly the place is known")
    basis: Text | None = Field(None, description="Where the place comes from, such as stated-by-claimant")


class Target(Record):
    """What the claim says was hit."""

    as_claimed: Text | None = Field(None, description="In the claimant's words, shown as claimed")
    class_: TargetClass = Field(TargetClass.UNKNOWN, alias="class", description="What kind of target that is")


class Effect(Record):
    """What the claim says it did."""

    as_claimed: Text | None = Field(None, description="In the claimant's words, shown as claimed")
    class_: EffectClass = Field(EffectClass.UNKNOWN, alias="class", description="What kind of effect that is")


class GivenNumber(Record):
    """A number that somebody gives: claimed and reported numbers are kept apart."""

    what: Text = Field(description="What is counted, such as ‘rockets’")
    claimed: Text | None = Field(None, description="The number in the claim")
    reported: Text | None = Field(None, description="The number in a report")
    per: Id | None = Field(None, description="Source of this file that gives it")
    note: Text | None = Field(None, description="Whose number it is, if the source passes it on")


class Assertion(Record):
    """One thing the claim says happened, in our words."""

    id: Id = Field(description="Id in this file, such as a1")
    event: Id | None = Field(None, description="Id of the event file, where one exists")
    what: Text = Field(description="Means and kind, in our words")
    date: EdtfDate | None = Field(None, description="When it is said to have happened")
    time: ClockTime | None = Field(None, description="Time of day it is said to have happened")
    time_basis: TimeBasis | None = Field(None, description="Where that time comes from")
    zone: Zone | None = Field(None, description="Time zone of the time, if not the claim's")
    place: NamedPlace | None = Field(None, description="Where it is said to have happened")
    target: Target | None = Field(None, description="What is said to have been hit")
    effect: Effect | None = Field(None, description="What it is said to have done")
    means: Text | None = Field(None, description="Weapon or method as claimed")
    numbers: tuple[GivenNumber, ...] = Field((), description="Numbers that the claim or reports give")
    note: Text | None = Field(None, description="What a reader must know about this assertion")


class ConflictingTime(Record):
    """Another source that gives another time."""

    per: Id = Field(description="Source of this file")
    says: Text = Field(description="What it says, in our words")


class Views(Record):
    """How often a post was seen."""

    n: WholeNumber = Field(description="Views shown by the platform")
    at: Moment | EdtfDate = Field(description="When that was read")


class Post(Record):
    """One dated message, or a group of them, that carried the claim or reported on it."""

    id: Id = Field(description="Id in this file, such as p1")
    by: Id = Field(description="Id of a facade or organisation, or `unnamed`")
    at: Moment | None = Field(None, description="Local day and time, 2023-01-26T00:56")
    date: EdtfDate | None = Field(None, description="Only the day, where no time is known")
    zone: Zone | None = Field(None, description="Time zone, if not the claim's")
    zone_note: Text | None = Field(None, description="What is doubtful about the zone")
    precision: TimePrecision | None = Field(None, description="How fine the time is")
    time_basis: TimeBasis | None = Field(None, description="Where the time comes from")
    after: Id | None = Field(None, description="Post of this file that it followed")
    before: Id | None = Field(None, description="Post of this file that it preceded")
    within: TimeSpan | None = Field(None, description="How soon after, or how shortly before, at most: 60s, 5min")
    kind: PostKind = Field(description="What the post did")
    derives_from: Ids = Field((), description="Posts or sources of this file that it copies or cites")
    link: Link | None = Field(None, description="How we know what it derives from")
    basis: Basis = Field(Basis.NOT_STATED, description="How the post says it knows")
    adds_observation: YesNo = Field(False, description="true when it also saw or asked something itself")
    informant: Id | None = Field(None, description="A shared unnamed informant; posts with the same one count once")
    text: Verbatim | None = Field(None, description="Its words, letter for letter")
    text_lang: Language | None = Field(None, description="Language of its words")
    text_sha256: Sha256 | None = Field(None, description="SHA-256 of its words, where we do not print them")
    edited: YesNo = Field(False, description="true when the post was edited; its time then does not date its words")
    deleted: YesNo = Field(False, description="true when the post is no longer there")
    capture: Id | None = Field(None, description="Id of the medium of this file that captures it, or `none`")
    views: Views | None = Field(None, description="How often it was seen, and when that was read")
    per: Id | None = Field(None, description="Source of this file that tells us of the post")
    conflicting: tuple[ConflictingTime, ...] = Field((), description="Sources that give another time")
    note: Text | None = Field(None, description="What a reader must know about this post")


class Captured(Record):
    """When and how a medium was captured."""

    at: Moment | EdtfDate = Field(description="When it was captured")
    by: Text = Field(description="Who captured it")
    tool: Text | None = Field(None, description="With what")


class MediaVerification(Record):
    """How a picture or film was placed and timed."""

    placed_by: Text | None = Field(None, description="Who found the place, and how")
    timed_by: Text | None = Field(None, description="Who found the time, and how")
    method: Text | None = Field(None, description="Method in words")
    reverse_search_on: EdtfDate | None = Field(None, description="When earlier copies were looked for")


class Medium(Record):
    """A capture, picture or film, by hash; the file itself is not in the repository."""

    id: Id = Field(description="Id in this file, such as m1")
    kind: MediaKind = Field(description="What it is")
    sha256: Sha256 | None = Field(None, description="SHA-256 of the file as captured")
    phash: Text | None = Field(None, description="Perceptual hash")
    bytes: WholeNumber | None = Field(None, description="Size in bytes")
    captured: Captured | None = Field(None, description="When and by whom it was captured")
    stored: Text | None = Field(None, description="Reference into the private vault; never a path")
    published: MediaPublished = Field(MediaPublished.NONE, description="What of it is published")
    description: Text | None = Field(None, description="What it shows, in words")
    by: Id | None = Field(None, description="Facade or organisation that published it")
    first_seen: EdtfDate | None = Field(None, description="Earliest copy known")
    verification: MediaVerification | None = Field(None, description="How it was placed and timed")
    graphic: YesNo = Field(False, description="true when it shows injury or death")
    faces: YesNo = Field(False, description="true when faces can be seen")
    plates: YesNo = Field(False, description="true when number plates can be seen")


class Search(Record):
    """Where we looked and found nothing."""

    date: EdtfDate = Field(description="When we looked")
    by: Text = Field(description="Who looked")
    where: Text = Field(description="Where: archive, search engine, publisher")
    scope: SearchScope | None = Field(None, description="What kind of place that is")
    terms: Text = Field(description="What was searched for")
    lang: Language | None = Field(None, description="Language of the terms")
    result: Text = Field(description="What was found, or that nothing was")


class EvidenceItem(Record):
    """One thing a finding rests on."""

    item: Id = Field(description="Id of a source, post or medium of this file")
    direction: Direction = Field(description="Which way it points")
    kind: EvidenceKind = Field(description="What kind of evidence it is")
    assertion: Ids = Field(
        (), description="Assertion of this file that it speaks of, or a list, where the claim asserts several events"
    )
    note: Text | None = Field(None, description="What exactly in it, in our words")


class Finding(Record):
    """Our verdict on one dimension, with evidence and reviewers."""

    id: Id = Field(description="Id in this file, such as f-occurred")
    dimension: Dimension = Field(description="The question")
    verdict: Verdict = Field(description="The answer")
    statement: Text = Field(description="One or two plain sentences; no likelihood and confidence in the same one")
    evidence: tuple[EvidenceItem, ...] = Field((), description="What it rests on")
    method: Text | None = Field(None, description="How: geolocation, reverse search, counting")
    likelihood: Likelihood | None = Field(None, description="How probable, in a word of the yardstick")
    confidence: Confidence | None = Field(None, description="How solid the basis is")
    by: Text = Field(description="Who made the finding")
    reviewed_by: tuple[Text, ...] = Field((), description="Who reviewed it; not the same person")
    date: EdtfDate = Field(description="When")
    would_change: Text | None = Field(None, description="What evidence would change it")


class StatusChange(Record):
    """One entry of the history: a status and why it was given. Appended, never changed."""

    date: EdtfDate = Field(description="When the status changed")
    from_: Status | None = Field(None, alias="from", description="The status before; left out in the first entry")
    to: Status = Field(description="The status after")
    why: Text = Field(description="Why, in one sentence")
    by: Text = Field(description="Who changed it")
    reviewed_by: tuple[Text, ...] = Field((), description="Who reviewed the change")
    notice: Notice = Field(Notice.NONE, description="How readers are told")


class Sensitivity(Record):
    """What was looked at before publication, so that nobody is harmed by it."""

    graphic: YesNo = Field(False, description="true when the record shows or describes gore; must be cleared")
    personal_data: Literal["none", "public-role", "private-person"] = Field(
        "none", description="Whose personal data the record holds"
    )
    names_private_firms: YesNo = Field(False, description="true when a firm, driver or plate is named; must be cleared")
    exact_place: YesNo = Field(False, description="true when a place finer than a settlement is given; must be cleared")
    cleared_by: Text | None = Field(None, description="Who signed it off, with the reason")


class Tombstone(Record):
    """Why a record was withdrawn by us. The page stays, and says this."""

    reason: WithdrawalReason = Field(description="Why, as a code")
    date: EdtfDate = Field(description="When it was withdrawn")
    why: Text = Field(description="Why, in a sentence")
    by: Text = Field(description="Who decided")
    successor: Id | None = Field(None, description="Claim that stands in its place")


class Citation(Record):
    """A work of others that cites this record."""

    title: Text = Field(description="Title as printed")
    publisher: Text = Field(description="Id of an organisation, or a plain name")
    published: EdtfDate | None = Field(None, description="When it was published")
    url: Address | None = Field(None, description="Its address; never a link to a channel or a post")
    version: Text | None = Field(None, description="Version of this record that it cites, where it names one")


class Response(Record):
    """What somebody whom the record concerns says to it: their right of reply. A statement of a party."""

    by: Text = Field(description="Id of an organisation or facade, or a plain name")
    date: EdtfDate = Field(description="When they said it")
    text: Verbatim = Field(description="Their words, letter for letter")
    lang: Language = Field("en", description="Language of their words")
    source: Id | None = Field(None, description="Source of this file that holds it, where it did not come to us")
    stake: Stake = Field(Stake.NONE, description="Which side of the claim they have an interest in")
    answer: Text | None = Field(None, description="What we changed because of it, or why nothing")


def _quote_form(value: Any) -> str:
    return "plain" if isinstance(value, str) else "full"


class Claim(Record):
    """One published utterance that a facade did something."""

    facade: Ids = Field(description="In whose name it is issued; a list for a joint statement")
    date: EdtfDate = Field(description="Local date on which the claim was published")
    time: ClockTime | None = Field(None, description="Local time of publication")
    zone: Zone | None = Field(None, description="Time zone of all times of the file; needed with `time`")
    time_basis: TimeBasis | None = Field(None, description="Where the time comes from; needed with `time`")
    title: Text | None = Field(None, description="Neutral; begins with Claimed, Denied or Threatened")
    kind: ClaimKind = Field(ClaimKind.ATTACK, description="What kind of utterance it is")
    speaker: Text | None = Field(None, description="Who announced it, when not the facade itself")
    quote: (
        Annotated[
            Annotated[Verbatim, Tag("plain")] | Annotated[Quote, Tag("full")],
            Discriminator(_quote_form),
        ]
        | None
    ) = Field(None, description="Their words: one text, or `original` and `translations`")
    quote_lang: Language | None = Field(None, description="Language of a plain quote")
    quote_missing: QuoteMissing | None = Field(None, description="Why there is no quote")
    asserts: tuple[Assertion, ...] = Field((), description="What the claim says happened, in our words")
    propagation: tuple[Post, ...] = Field((), description="Posts and reports that carried it, its own included")
    media: tuple[Medium, ...] = Field((), description="Captures and media, by hash")
    searches: tuple[Search, ...] = Field((), description="Where we looked and found nothing")
    findings: tuple[Finding, ...] = Field((), description="Our verdicts, one per dimension")
    status: Status = Field(description="What the findings add up to; must equal what they earn")
    status_reason: Text | None = Field(None, description="Needed for a more cautious status than the findings earn")
    state: ClaimState = Field(ClaimState.STANDING, description="What became of the claim itself; not its truth")
    supersedes: Ids = Field((), description="Claims that this one replaces")
    superseded_by: Id | None = Field(None, description="Claim that replaces this one")
    same_statement: Ids = Field(
        (), description="Other records of the very same statement, where the events that it claims are recorded apart"
    )
    sources: tuple[Source, ...] = Field((), description="What a reader can open to check us")
    techniques: tuple[Text, ...] = Field((), description="DISARM technique ids")
    sensitivity: Sensitivity | None = Field(None, description="What was looked at before publication")
    visibility: Visibility = Field(Visibility.LISTED, description="Where the claim may appear")
    notes: tuple[Text, ...] = Field((), description="What no field holds, in our words")
    responses: tuple[Response, ...] = Field((), description="What those whom the record concerns say to it")
    cited_by: tuple[Citation, ...] = Field((), description="Works that cite this record; tell us, and we list yours")
    formerly: Ids = Field((), description="Earlier ids of this record; they redirect")
    tombstone: Tombstone | None = Field(None, description="Set when we withdraw the record itself")
    history: tuple[StatusChange, ...] = Field((), description="Every status it had, oldest first; only ever appended")
