"""A report: a long article that cites and embeds records. Front matter, prose below."""

from __future__ import annotations

from pydantic import Field

from generator.records.dates import EdtfDate
from generator.records.source import Source
from generator.records.text import Ids, Record, Text


class Report(Record):
    """A long article of ours."""

    title: Text = Field(description="Headline")
    description: Text = Field(description="One or two sentences for previews and lists")
    published: EdtfDate = Field(description="When it was first published")
    updated: EdtfDate | None = Field(None, description="When it was last changed in substance")
    authors: tuple[Text, ...] = Field((), description="Who wrote it; pseudonyms are fine")
    sources: tuple[Source, ...] = Field((), description="What a reader can open to check us")
    formerly: Ids = Field((), description="Earlier ids of this record; they redirect")
