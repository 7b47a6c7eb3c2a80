"""Tables as CSV: UTF-8, with or without a byte order mark, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from generator.exports.tables import Cell, Table

#: What a cell may not begin with: spreadsheets run it. The wide forms are those of Chinese and Japanese keyboards.
_ACTS: Final = frozenset("=+-@\t\r\n＝＋－＠")
#: Excel reads UTF-8 only where a file begins with this.
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def as_csv(table: Table) -> bytes:
    """A table as CSV without a byte order mark."""
    return head_as_csv(table) + rows_as_csv(table)


def head_as_csv(table: Table) -> bytes:
    """The line of the names of columns."""
    return _lines([[column.name for column in table.columns]])


def rows_as_csv(table: Table) -> bytes:
    """The lines of the rows."""
    return _lines([_cell(value) for value in row] for row in table.rows)


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return guarded(value)
        case _:
            return str(value)


def guarded(text: str) -> str:
    """A text with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if text[:1] in _ACTS else str(text)
