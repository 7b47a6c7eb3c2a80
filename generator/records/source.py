"""A source: anything a reader can open to check us, with how it says it knows and what it comes from."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.records.dates import EdtfDate
from generator.records.text import Address, Id, Ids, Language, Record, Sha256, Text, YesNo
from generator.records.vocabulary import Basis, Link, SourceKind, UrlPolicy


class ArchivedCopy(Record):
    """A copy of a page that somebody keeps."""

    service: Text = Field(description="Who keeps the copy, such as Wayback Machine")
    url: Address = Field(description="Address of the copy")
    at: EdtfDate | None = Field(None, description="When the copy was made")
    sha256: Sha256 | None = Field(None, description="SHA-256 of the copy as we hold it")
    format: Text | None = Field(None, description="File format of the copy we hold, such as WACZ or HTML")
    opened: YesNo = Field(False, description="true once somebody has opened the copy and seen the content in it")


class Reliability(Record):
    """How reliable the publisher is, on the Admiralty scale; never averaged, never a number."""

    grade: Literal["A", "B", "C", "D", "E", "F"] = Field(description="A (reliable) to E; F: cannot be judged")
    why: Text = Field(description="On what the grade rests")


class Source(Record):
    """Anything a reader can open to check us."""

    id: Id | None = Field(None, description="Needed when a finding, post or translation of this file refers to it")
    title: Text = Field(description="Title as printed; a description of ours stands in parentheses")
    publisher: Text = Field(description="Id of an organisation or facade, or a plain name")
    published: EdtfDate | None = Field(None, description="When it was published")
    published_note: Text | None = Field(
        None, description="Instead of `published`, or beside it: why it is not known better"
    )
    url: Address = Field(description="Its address; never a link to a channel or a post")
    kind: SourceKind = Field(SourceKind.ARTICLE, description="What kind of thing it is")
    lang: Language = Field("en", description="Its language")
    author: Text | None = Field(None, description="Who wrote it, when a public role makes the name relevant")
    accessed: EdtfDate | None = Field(None, description="When it was opened")
    url_policy: UrlPolicy = Field(UrlPolicy.LINK, description="How the address may be shown")
    archive: tuple[ArchivedCopy, ...] = Field((), description="Archived copies")
    basis: Basis = Field(Basis.NOT_STATED, description="How the source says it knows")
    derives_from: Ids = Field((), description="Sources or posts of this file that it copies or cites")
    link: Link | None = Field(None, description="How we know what it derives from")
    adds_observation: YesNo = Field(False, description="true when it also saw or asked something itself")
    informant: Id | None = Field(None, description="A shared unnamed informant; sources with the same one count once")
    reliability: Reliability | None = Field(None, description="Admiralty grade with a reason; F where it is left out")
    note: Text | None = Field(None, description="What a reader must know about this copy or title")
