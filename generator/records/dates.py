"""Dates as sources give them: a subset of EDTF level 1 (ISO 8601-2), and times of day.

`2023-01-26`, `2023-01`, `2023`, `2023-01-XX`, each with an optional `~` (approximate), `?` (uncertain) or `%` (both),
and intervals `a/b` and `a/..`. EDTF has no approximate time of day, so times are fields of their own.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from typing import Annotated, Any, Final, Self, TypeVar

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.documents import Guessed

_DAY: Final = r"\d{4}(?:-\d{2}(?:-(?:\d{2}|XX))?)?[~?%]?"
_PATTERN: Final = re.compile(rf"(?P<first>{_DAY})(?:/(?P<last>{_DAY}|\.\.))?")


class EdtfDate(str):
    """A date as typed, with the first and the last day that it can mean.

    Attributes:
        earliest: the first day it can mean.
        latest: the last day it can mean; `datetime.date.max` for an open end.
        approximate: whether it is marked `~` or `%`.
        uncertain: whether it is marked `?` or `%`.
    """

    __slots__ = ("approximate", "earliest", "latest", "uncertain")
    earliest: datetime.date
    latest: datetime.date
    approximate: bool
    uncertain: bool

    def __new__(cls, text: str) -> Self:
        """The date; raises `ValueError` with a sentence when the text is not one."""
        date: Self = _dated(cls, str(text))
        return date

    @property
    def exact(self) -> bool:
        """Whether it names one day without a mark of doubt."""
        return self.earliest == self.latest and not (self.approximate or self.uncertain)

    @property
    def digits(self) -> str:
        """The date without marks and unknown parts, as a file name begins with it: `2021-06` for `2021-06-XX~`."""
        return str(self).split("/")[0].rstrip("~?%").removesuffix("-XX")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_validated_date)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_DAY}(/({_DAY}|\\.\\.))?$", "examples": ["2023-01-26", "2021-06~"]}


def _validated_date(value: Any) -> EdtfDate:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong_form", "a date is one value, like 2023-01-26")
    try:
        return EdtfDate(value)
    except ValueError as error:
        raise PydanticCustomError("wrong_form", "{sentence}", {"sentence": str(error)}) from None


_Date = TypeVar("_Date", bound=EdtfDate)


@functools.lru_cache(maxsize=4096)  # most dates stand in a file several times, and in its neighbours
def _dated(cls: type[_Date], text: str) -> _Date:
    date = str.__new__(cls, text)
    date.earliest, date.latest = _span(text)
    date.approximate = "~" in text or "%" in text
    date.uncertain = "?" in text or "%" in text
    return date


def _span(text: str) -> tuple[datetime.date, datetime.date]:
    match = _PATTERN.fullmatch(text)
    if not match:
        raise ValueError(
            "not a date; write 2023-01-26, 2023-01 or 2023, with ~ after it when approximate and ? when uncertain"
        )
    earliest, latest = _days(match["first"])
    if match["last"] == "..":
        latest = datetime.date.max
    elif match["last"]:
        latest = _days(match["last"])[1]
    if latest < earliest:
        raise ValueError("the interval ends before it begins")
    return earliest, latest


def _days(text: str) -> tuple[datetime.date, datetime.date]:
    parts = text.rstrip("~?%").removesuffix("-XX").split("-")
    year, month, day = int(parts[0]), 0, 0
    if len(parts) > 1:
        month = int(parts[1])
    if len(parts) > 2:
        day = int(parts[2])
    try:
        first = datetime.date(year, month or 1, day or 1)
        last_month = month or 12
        last_day = day or calendar.monthrange(year, last_month)[1]
        return first, datetime.date(year, last_month, last_day)
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError("there is no such day") from None


_TIME: Final = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
_MOMENT: Final = rf"\d{{4}}-\d{{2}}-\d{{2}}T{_TIME}(Z|[+-]\d{{2}}:?\d{{2}})?"
_SPAN: Final = re.compile(r"(?P<count>\d{1,4})(?P<unit>s|min|h|d)")
_UNITS: Final = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days"}


def _checked(pattern: str, sentence: str) -> BeforeValidator:
    compiled = re.compile(pattern)

    def check(value: Any) -> Any:
        if isinstance(value, Guessed):  # 10:04 is 604 to other programs
            raise PydanticCustomError("guessed", "quote this value")
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise PydanticCustomError("wrong_form", "{sentence}", {"sentence": sentence})
        return str(value)

    return BeforeValidator(check)


#: A time of day, `"01:04"` or `"01:04:30"`, in the zone of the field beside it.
ClockTime = Annotated[
    str,
    _checked(_TIME, 'not a time of day; write "01:04", in quotes, on the 24-hour clock'),
    WithJsonSchema({"type": "string", "pattern": f"^{_TIME}$"}),
]
#: A day and a time, `"2023-01-26T00:56"`, local in the claim's zone; rule T04 asks about an offset that is added.
Moment = Annotated[
    str,
    _checked(_MOMENT, 'not a day with a time; write "2023-01-26T00:56", local time'),
    WithJsonSchema({"type": "string", "pattern": f"^{_MOMENT}$"}),
]
#: A length of time: `60s`, `5min`, `2h`, `1d`.
TimeSpan = Annotated[
    str,
    _checked(
        _SPAN.pattern.replace("?P<count>", "").replace("?P<unit>", ""), "not a length of time; write 60s, 5min, 2h"
    ),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,4}(s|min|h|d)$"}),
]


def length_of(span: str) -> datetime.timedelta:
    """The length of a `TimeSpan`."""
    match = _SPAN.fullmatch(span)
    if match is None:
        raise ValueError(f"not a length of time: {span}")
    return datetime.timedelta(**{_UNITS[match["unit"]]: int(match["count"])})
