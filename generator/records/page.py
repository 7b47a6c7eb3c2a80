"""The front matter of any other written page: a short allow-list, so that nothing reaches MkDocs unlooked at."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.records.text import Record, Text

PageKind = Literal[
    "home",
    "about",
    "decision",
    "claims-index",
    "facades-index",
    "organisations-index",
    "glossary-index",
    "reports-index",
    "events-index",
]


class WrittenPage(Record):
    """A written page that is no record."""

    title: Text = Field(description="Title of the page")
    description: Text | None = Field(None, description="One or two sentences for previews and search")
    kind: PageKind = Field("about", description="What kind of page it is")
