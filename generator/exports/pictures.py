"""Charts for use elsewhere: a drawing that carries its title, its key and where it is from, and its rows."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from generator.charts.palette import COLOURS, INK, MUTED, OUTLINES, PAPER, VARIABLES
from generator.charts.rows import ClaimRow
from generator.exports.spreadsheets import as_csv
from generator.exports.tables import Column, Table
from generator.records.vocabulary import Status

_ROOT: Final = re.compile(r'<svg viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"[^>]*>')
_MARGIN: Final = 16
_LINE: Final = 17
#: About how many letters of the small text stand on a pixel.
_LETTERS: Final = 0.165
_FONTS: Final = "IBM Plex Sans, Liberation Sans, Arial, sans-serif"
#: Room for a mark, and between one word of the key and the next mark.
_BESIDE_MARK: Final = 32

_COLUMNS: Final = (
    Column("id", "integer", "Number of the mark"),
    Column("published", "string", "When the claims were published, in words"),
    Column("from", "date", "First day that the mark stands for"),
    Column("to", "date", "Last day that the mark stands for"),
    Column("facade", "string", "In whose name"),
    Column("status", "string", "Status of the claims"),
    Column("claims", "integer", "How many claims the mark stands for"),
    Column("title", "string", "Title of a single claim"),
)


def chart_files(
    id: str, drawing: str, caption: tuple[str, str, str], rows: Sequence[ClaimRow]
) -> Iterator[tuple[str, bytes]]:
    """The downloads of a chart, by path.

    Args:
        drawing: its SVG as it stands on the page.
        caption: its title, how it is read, and how it is cited.
    """
    shown = {row.status for row in rows}
    key = [status for status in Status if status in shown]
    yield f"charts/{id}.svg", _standalone(drawing, key, *caption).encode()
    found = tuple(
        (
            number,
            row.when,
            row.first.isoformat(),
            row.last.isoformat(),
            row.facade,
            row.status.label,
            row.claims,
            row.title,
        )
        for number, row in enumerate(rows, 1)
    )
    yield f"charts/{id}.csv", as_csv(Table(id, caption[0], _COLUMNS, found))


def _standalone(drawing: str, key: Sequence[Status], title: str, how: str, citation: str) -> str:
    root = _ROOT.match(drawing)
    if root is None:
        raise ValueError("the drawing has no size")
    width, height = float(root["width"]), float(root["height"])
    small = [
        *textwrap.wrap(how, int(width * _LETTERS)),
        *textwrap.wrap(f"{citation} (CC BY 4.0)", int(width * _LETTERS)),
    ]
    inside = drawing[root.end() :].removesuffix("</svg>")
    for colour, variable in VARIABLES.items():
        inside = inside.replace(variable, colour)
    top = _MARGIN + 30
    marks, lines_of_key = _key(key, width, top + height + _LINE)
    below = top + height + _LINE * (1.4 + lines_of_key)
    lines = "".join(
        f'<text x="{_MARGIN}" y="{below + number * _LINE:g}" font-size="12" fill="{MUTED}">{escape(text)}</text>'
        for number, text in enumerate(small)
    )
    wide, high = width + 2 * _MARGIN, below + len(small) * _LINE
    size = f'viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" height="{high:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_FONTS}">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        f'<text x="{_MARGIN}" y="{_MARGIN + 14}" font-size="17" font-weight="600" fill="{INK}">{escape(title)}</text>'
        f'<g transform="translate({_MARGIN},{top})">{inside}</g>{marks}{lines}</svg>\n'
    )


def _key(key: Sequence[Status], width: float, top: float) -> tuple[str, int]:
    """The marks of the statuses with their words, and how many lines they take."""
    parts: list[str] = []
    x, line = float(_MARGIN), 0
    for status in key:
        needed = _BESIDE_MARK + len(status.label) / _LETTERS
        if x + needed > width and parts:
            x, line = float(_MARGIN), line + 1
        y = top + line * _LINE
        parts.append(
            f'<path transform="translate({x + 6:g},{y - 4:g}) scale(5.5)" d="{OUTLINES[status]}" '
            f'fill="{COLOURS[status.group]}"/>'
            f'<text x="{x + 17:g}" y="{y:g}" font-size="12" fill="{MUTED}">{escape(status.label)}</text>'
        )
        x += needed
    return "".join(parts), line + 1
