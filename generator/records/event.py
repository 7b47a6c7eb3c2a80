"""An event: what may have happened in the world. A file where claims and reports meet on it, or nobody claims it."""

from __future__ import annotations

from pydantic import Field

from generator.records.claim import NamedPlace, Zone
from generator.records.dates import ClockTime, EdtfDate
from generator.records.source import Source
from generator.records.text import Ids, Record, Text
from generator.records.vocabulary import TimeBasis


class Event(Record):
    """Something that may have happened, on which several claims or reports meet."""

    title: Text = Field(description="Neutral title, in our words")
    date: EdtfDate = Field(description="When, as a day or an interval")
    time: ClockTime | None = Field(None, description="Time of day, where reports give one")
    zone: Zone | None = Field(None, description="Time zone of the time")
    time_basis: TimeBasis | None = Field(None, description="Where the time comes from")
    place: NamedPlace | None = Field(None, description="Where")
    kind: Text = Field(description="What kind of event, in our words")
    reports: Ids = Field((), description="Sources of this file that report it")
    sources: tuple[Source, ...] = Field((), description="What a reader can open to check us")
    notes: tuple[Text, ...] = Field((), description="What no field holds, in our words")
    formerly: Ids = Field((), description="Earlier ids of this record; they redirect")
