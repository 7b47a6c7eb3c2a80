"""A claim in brief: what lists, charts and the pages of other claims show of it, so that nobody looks into its file for it."""

from __future__ import annotations

from typing import NamedTuple

from generator.records.dates import EdtfDate
from generator.records.vocabulary import ClaimState, Status


class Brief(NamedTuple):
    """A claim in brief; a tuple, because thousands of them are unpacked for one page.

    Attributes:
        facades: in whose name it was issued.
        title: neutral, without the status.
        origins: the least and the most independent origins of the reports that the event took place; None where nobody
            has counted.
    """

    id: str
    facades: tuple[str, ...]
    date: EdtfDate
    state: ClaimState
    status: Status
    title: str
    origins: tuple[int, int] | None
