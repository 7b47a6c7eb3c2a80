"""A facade: a name behind which others act. Facts as front matter, prose below."""

from __future__ import annotations

from pydantic import Field

from generator.records.dates import EdtfDate
from generator.records.quote import Original, Quote
from generator.records.source import Source
from generator.records.text import Id, Ids, Language, Record, Text, Verbatim, YesNo
from generator.records.vocabulary import Confidence, FacadeKind, FacadeState, Likelihood, Relation


class Name(Record):
    """A name in up to three writings; other spellings are aliases."""

    en: Text = Field(description="The one English form that the site uses")
    ar: Text | None = Field(None, description="In Arabic script")
    ar_latn: Text | None = Field(None, alias="ar-Latn", description="The one transliteration that the site uses")


class Channel(Record):
    """A channel that a facade uses; never linked."""

    id: Id = Field(description="Id in this file")
    platform: Text = Field(description="Platform, such as Telegram")
    handle: Text | None = Field(None, description="`withheld`, or defanged")
    platform_id: Text | None = Field(None, description="The platform's own number for it")
    first_seen: EdtfDate | None = Field(None, description="First seen")
    last_seen: EdtfDate | None = Field(None, description="Last seen")
    state: FacadeState | None = Field(None, description="Whether it is in use")
    note: Text | None = Field(None, description="What a reader must know about it")


class Emblem(Record):
    """An emblem, in words. Images of it are never shown."""

    description: Text = Field(description="What it shows, in words")
    from_: Id | None = Field(None, alias="from", description="Source of this file that describes it")


class CarriedTranslation(Record):
    """A verse or slogan in another language."""

    lang: Language = Field(description="Language of the translation")
    text: Verbatim = Field(description="The translation, letter for letter")
    by: Text = Field(description="Who translated")
    from_: Id | None = Field(None, alias="from", description="Source of this file that prints it")


class Carried(Record):
    """A verse, slogan or motto that a facade carries in its emblem or statements."""

    kind: Text = Field(description="verse, slogan or motto")
    reference: Text | None = Field(None, description="Where the words are from, such as Quran 17:5")
    original: Original | None = Field(None, description="The words")
    translation: CarriedTranslation | None = Field(None, description="A translation")
    as_read_by: Text | None = Field(None, description="How a source reads it, in our words")
    from_: Id | None = Field(None, alias="from", description="Source of this file that says the facade carries it")


class Attribution(Record):
    """A statement that a facade belongs to an organisation: held by somebody, dated, and not the only one."""

    to: Id = Field(description="Organisation it is attributed to")
    relation: Relation = Field(description="What it is said to be to that organisation")
    likelihood: Likelihood = Field(description="How probable, in a word of the yardstick")
    confidence: Confidence = Field(description="How solid the basis is")
    held_by: Ids = Field((), description="Sources of this file that say so")
    basis: Text | None = Field(None, description="On what it rests, in our words")
    since: EdtfDate | None = Field(None, description="From when it is said to hold")
    until: EdtfDate | None = Field(None, description="Until when")


class ProfileChange(Record):
    """A change of a profile that a reader should know of."""

    date: EdtfDate = Field(description="When")
    why: Text = Field(description="What changed and why")
    by: Text = Field(description="Who changed it")


class Facade(Record):
    """A name behind which others act."""

    name: Name = Field(description="The name that the site uses, in up to three writings")
    ar_note: Text | None = Field(None, description="What is doubtful about the Arabic spelling")
    aliases: tuple[Text, ...] = Field((), description="Other spellings and translations, misspellings included")
    kind: FacadeKind = Field(description="What the facade produces")
    kind_note: Text | None = Field(None, description="Why this kind, where it is not obvious")
    first_seen: EdtfDate | None = Field(None, description="Earliest trace found")
    first_seen_note: Text | None = Field(None, description="What the earliest trace is")
    last_seen: EdtfDate | None = Field(None, description="Latest trace found; `..` when still in use")
    last_seen_note: Text | None = Field(None, description="What the latest trace is")
    state: FacadeState | None = Field(None, description="Whether the name is in use")
    languages: tuple[Language, ...] = Field((), description="Languages it publishes in; other quotes are translations")
    channels: tuple[Channel, ...] = Field((), description="Channels, without links")
    says_of_itself: Quote | None = Field(None, description="How it presents itself, as a quote")
    emblem: Emblem | None = Field(None, description="Its emblem, in words")
    carries: tuple[Carried, ...] = Field((), description="Verse, slogan or motto that it carries")
    attributions: tuple[Attribution, ...] = Field((), description="Who says it belongs to whom; may compete")
    possibly_same_as: Ids = Field((), description="Facades that may be the same under another name")
    sources: tuple[Source, ...] = Field((), description="What a reader can open to check us")
    watched: YesNo = Field(True, description="false for a media facade whose posts we do not record")
    formerly: Ids = Field((), description="Earlier ids of this record; they redirect")
    history: tuple[ProfileChange, ...] = Field((), description="Changes of the profile, oldest first")
