"""An earlier version of a claim: its content as it was published, kept when the record changed."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from generator.records.dates import EdtfDate
from generator.records.text import Record, Text, WholeNumber


def _values(value: Any) -> Any:
    if not isinstance(value, dict) or not value:
        raise PydanticCustomError("wrong_form", "this must be the fields of the record as it was published")
    return value


class Version(Record):
    """What a claim said between two days. The program writes it; nobody edits it."""

    number: WholeNumber = Field(description="The first version kept of this claim is 1; orders versions of one day")
    published: EdtfDate = Field(description="Day of the change that made this version")
    replaced: EdtfDate = Field(description="Day on which another version took its place")
    # Not read as a claim here: the format may change later, and what was published must not become a fault by that.
    record: Annotated[dict[str, Any], BeforeValidator(_values)] | None = Field(
        None, description="The fields as they were typed"
    )
    removed: Text | None = Field(None, description="Instead of `record`: why the content had to go")


class Permalinks(Record):
    """Every address of a record that was ever published."""

    addresses: tuple[str, ...] = Field((), description="Addresses below the site, in alphabetical order")
