"""A term: an entry of the glossary. Facts as front matter, prose below."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from generator.records.source import Source
from generator.records.text import Ids, Record, Text
from generator.records.vocabulary import TermPart


class Term(Record):
    """An entry of the glossary."""

    name: Text = Field(description="The term")
    name_ar: Text | None = Field(None, description="The term in Arabic")
    aliases: tuple[Text, ...] = Field((), description="Other words that get the tooltip in running text")
    short: Annotated[Text, StringConstraints(max_length=200)] = Field(description="One sentence; the tooltip")
    part: TermPart = Field(description="The part of the glossary it stands in")
    see: Ids = Field((), description="Related terms")
    facades: Ids = Field((), description="Facades that illustrate it")
    organisations: Ids = Field((), description="Organisations that illustrate it")
    claims: Ids = Field((), description="Claims that illustrate it")
    sources: tuple[Source, ...] = Field((), description="What a reader can open to check us")
    formerly: Ids = Field((), description="Earlier ids of this record; they redirect")
