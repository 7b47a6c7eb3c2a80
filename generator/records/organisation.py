"""An organisation: militia, state body, publisher, company. Facts as front matter, prose below."""

from __future__ import annotations

from pydantic import Field

from generator.records.dates import EdtfDate
from generator.records.facade import Name, ProfileChange
from generator.records.source import Source
from generator.records.text import Id, Ids, Record, Text
from generator.records.vocabulary import OrganisationKind, Stake


class Parent(Record):
    """An organisation that this one is part of."""

    id: Id = Field(description="Id of the organisation above")
    relation: Text = Field(description="What it is to it, in our words")
    source: Id | None = Field(None, description="Source of this file that says so")


class Designation(Record):
    """A listing by a state or body."""

    by: Text = Field(description="Who lists it")
    list: Text = Field(description="Which list")
    date: EdtfDate = Field(description="Since when")
    source: Id | None = Field(None, description="Source of this file that says so")


class Organisation(Record):
    """A militia, state body, publisher or company."""

    name: Name = Field(description="The name that the site uses, in up to three writings")
    ar_note: Text | None = Field(None, description="What is doubtful about the Arabic spelling")
    aliases: tuple[Text, ...] = Field((), description="Other spellings and names")
    kind: OrganisationKind = Field(description="What kind of organisation it is")
    kind_note: Text | None = Field(None, description="Why this kind, where it is not obvious")
    country: Text | None = Field(None, description="Where it is based, as a two-letter code")
    first_seen: EdtfDate | None = Field(None, description="Founded, or earliest trace found")
    first_seen_note: Text | None = Field(None, description="What the earliest trace is")
    parents: tuple[Parent, ...] = Field((), description="Organisations that it is part of")
    stake: Stake = Field(description="Which side of a claim it has an interest in")
    stake_note: Text | None = Field(None, description="Why, where it is not obvious")
    designations: tuple[Designation, ...] = Field((), description="Listings by states and bodies")
    reply_contact: Text | None = Field(None, description="Whom we ask for a reply; empty for designated organisations")
    sources: tuple[Source, ...] = Field((), description="What a reader can open to check us")
    formerly: Ids = Field((), description="Earlier ids of this record; they redirect")
    history: tuple[ProfileChange, ...] = Field((), description="Changes of the profile, oldest first")
