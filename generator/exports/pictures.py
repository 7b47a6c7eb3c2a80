"""Charts for use elsewhere: a drawing that carries its title, its key and where it is from, and its rows.

A drawing is the one of the page, its style sheet written into it and its widths in pixels, so that a picture opens
alone, in a browser and in a program for drawings. Nothing is drawn a second time.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from typing import Final

from markupsafe import Markup

from generator.analysis.sentences import spoken_date
from generator.archive import Archive, Entry
from generator.charts.palette import COLOURS, INK, LINE, MUTED, OUTLINES, PAPER, VARIABLES
from generator.charts.rows import ClaimRow
from generator.exports.citations import Citation
from generator.exports.spreadsheets import as_csv
from generator.exports.tables import Column, Table
from generator.pages.claim import DrawnPropagation
from generator.pages.taking import ORIGINS, PROPAGATION, Taken, claim_picture
from generator.records.claim import Claim
from generator.records.vocabulary import Status

#: The beginning of a drawing on a page: its size, its name, and what is drawn.
_ROOT: Final = re.compile(
    r'<svg [^>]*?(?:viewBox="0 0 (?P<width>[\d.]+) [\d.]+" )?width="[\d.]+%?" height="(?P<height>[\d.]+)"[^>]*>'
    r"\s*<title[^>]*>(?P<title>[^<]*)</title><desc[^>]*>(?P<text>[^<]*)</desc>"
)
#: What only a page can say, at the end of what is drawn.
_ON_A_PAGE: Final = re.compile(r"\s*The (?:table|list) holds the same\.$")
#: What only a page can look up: its style sheet, and how wide it is.
_FLUID: Final = re.compile(r'class="([^"]*)"|"([\d.]+)%"')
_WORDS: Final = re.compile(r">([^<>\n]+)</text>")

_MARGIN: Final = 16
#: Heights of lines, in pixels: of the heading, of the drawing's name, of small text; and the sizes of their letters.
_HEADING, _NAME, _LINE = 23, 20, 17
_LARGE, _MEDIUM, _SMALL = 17, 14, 12
#: Width in pixels of a drawing that is as wide as its page, where its words need no more, and room before its words.
_COLUMN: Final = 720
_BEFORE_WORDS: Final = 110
#: Room before a drawing of Vega, whose words were measured in one font and can be wider in another.
_FOR_OTHER_FONTS: Final = 26
#: Sections of a claim's page that its charts stand in.
_SECTIONS: Final = {PROPAGATION: "propagation", ORIGINS: "findings"}
_LICENCE: Final = "Licence: CC BY 4.0"
_FONTS: Final = "IBM Plex Sans, Liberation Sans, Arial, sans-serif"
#: Width of a letter as a share of its size, and letters that are wider.
_EM: Final = 0.6
#: How much wider bold letters are.
_BOLD: Final = 1.1
_BROAD: Final = re.compile("[A-ZMWmw@%—…\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U0001f000-\U0001faff]")
#: Room for a mark before the heading, in the key, and between one word of the key and the next mark.
_MARK, _MARK_OF_KEY, _BESIDE_MARK = 24, 17, 32

#: `charts.css` as attributes, in the light scheme; a test holds the two together.
STYLES: Final[Mapping[str, str]] = {
    "fw-line__tick": f'stroke="{LINE}" stroke-width="1"',
    "fw-line__tick fw-line__tick--claim": f'stroke="{MUTED}" stroke-width="1" stroke-dasharray="3 3"',
    "fw-line__axis": f'fill="{MUTED}" font-size="12"',
    "fw-line__name": f'fill="{INK}" font-size="13"',
    "fw-line__bar fw-line__bar--claim": f'fill="{INK}"',
    "fw-line__bar fw-line__bar--before": f'fill="{INK}"',
    "fw-line__bar fw-line__bar--event": f'fill="none" stroke="{MUTED}" stroke-width="1.5"',
    "fw-line__bar fw-line__bar--post": f'fill="{MUTED}" fill-opacity="0.6"',
    "fw-arcs__link": f'fill="none" stroke="{MUTED}" stroke-width="1.5"',
    "fw-arcs__link fw-arcs__link--suspected": f'fill="none" stroke="{MUTED}" stroke-width="1.5" stroke-dasharray="3 3"',
    "fw-arcs__arrow": f'fill="{MUTED}"',
    "fw-arcs__node": f'fill="none" stroke="{MUTED}" stroke-width="1.5"',
    "fw-arcs__node fw-arcs__node--kept": f'fill="{INK}" stroke="{INK}" stroke-width="1.5"',
    "fw-arcs__name": f'fill="{INK}" font-size="13"',
    "fw-arcs__note": f'fill="{MUTED}" font-size="12"',
    "fw-held__rail": f'fill="{LINE}"',
    "fw-held__bar fw-held__bar--low": f'stroke="{INK}" stroke-width="1.5" fill="{PAPER}"',
    "fw-held__bar fw-held__bar--moderate": f'stroke="{INK}" stroke-width="1.5" fill="{MUTED}"',
    "fw-held__bar fw-held__bar--high": f'stroke="{INK}" stroke-width="1.5" fill="{INK}"',
}

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


@dataclasses.dataclass(frozen=True, slots=True)
class Caption:
    """What is said around a drawing.

    Attributes:
        heading: of a claim its status first.
        how: how the drawing is read.
        citation: how it is cited.
        status: whose mark stands before the heading.
        below: what stands below the heading, in small.
    """

    heading: str
    how: str
    citation: str
    status: Status | None = None
    below: str = ""


class ClaimCharts:
    """The drawings of a claim as they are cited and taken away; collected while its page is made.

    Args:
        status: the status that the page shows; None for a record that we withdrew.
        root: the way from the claim's page to the top of the site.
    """

    def __init__(
        self, entry: Entry[Claim], archive: Archive, citation: Citation, status: Status | None, copy: str, root: str
    ) -> None:
        names = " and ".join(archive.name_of(id) for id in entry.record.facade)
        self._below = f"Issued in the name of {names}, published {spoken_date(entry.record.date)}"
        self._citation = citation
        self._status = status
        self._root = root
        self._copy = (copy, "The claim as data (JSON)")
        self._files: list[tuple[str, bytes]] = []

    def line(self, drawn: DrawnPropagation) -> Taken:
        """How the propagation line is cited and taken away."""
        title = unescape(_root_of(drawn.svg)["title"])
        rows = (drawn.rows_address, "Rows (JSON)")
        return self._taken(PROPAGATION, [drawn.svg], f"chart “{title.removesuffix('.')}”", drawn.how, rows)

    def origins(self, graphs: Sequence[Markup], how: str) -> Taken | None:
        """How the drawings of what comes from what are cited and taken away, all in one picture; None where none is.

        Args:
            how: how they are read.
        """
        return self._taken(ORIGINS, graphs, "drawings of how reports were counted", how) if graphs else None

    def _taken(self, name: str, drawings: Sequence[str], what: str, how: str, *data: tuple[str, str]) -> Taken:
        citation = self._citation.of_part(what, _SECTIONS[name])
        path = claim_picture(self._citation.id, name)
        caption = Caption(self._citation.title, how, citation, self._status, self._below)
        self._files.append((path, picture(drawings, caption)))
        return Taken(f"chart-{name}", how, citation, f"{self._root}{path}", (*data, self._copy))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The pictures, by path."""
        yield from self._files


def chart_files(id: str, drawing: str, caption: Caption, rows: Sequence[ClaimRow]) -> Iterator[tuple[str, bytes]]:
    """The downloads of a timeline, by path.

    Args:
        drawing: its SVG as it stands on the page.
    """
    shown = {row.status for row in rows}
    yield f"charts/{id}.svg", picture([drawing], caption, [status for status in Status if status in shown])
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
    yield f"charts/{id}.csv", as_csv(Table(id, caption.heading, _COLUMNS, found))


def picture(drawings: Sequence[str], caption: Caption, key: Sequence[Status] = ()) -> bytes:
    """Drawings as an SVG file of their own, one below the other.

    Args:
        drawings: the SVG of each as it stands on the page.
        key: the statuses that their marks stand for.
    """
    roots = [_root_of(drawing) for drawing in drawings]
    insides = [
        drawing[root.end() : drawing.rindex("</svg>")].strip() for drawing, root in zip(drawings, roots, strict=True)
    ]
    width = max(_width_of(root, inside) for root, inside in zip(roots, insides, strict=True))
    width = max(width, math.ceil(_wide(caption.citation.rpartition(" ")[2], _SMALL)))
    sheet = _Sheet(width)
    before = _MARK if caption.status else 0
    if caption.status:
        sheet.mark(caption.status, _MARGIN + 8, sheet.y + 15, 8)
    sheet.write(caption.heading, _LARGE, _HEADING, INK, before, bold=True)
    sheet.write(caption.below, _SMALL, _LINE, MUTED, before)
    said = []
    for root, inside in zip(roots, insides, strict=True):
        name = unescape(root["title"])
        if name != caption.heading:
            sheet.y += 8
            sheet.write(name, _MEDIUM, _NAME, INK, bold=True)
            said.append(root["title"].removesuffix(".") + ".")
        said.append(_ON_A_PAGE.sub("", root["text"]).strip())
        sheet.y += 8
        sheet.draw(_alone(inside, width, root["width"] is not None), float(root["height"]))
    sheet.key(key)
    for text in (caption.how, caption.citation, _LICENCE):
        sheet.y += 5
        sheet.write(text, _SMALL, _LINE, MUTED)
    return sheet.finished(caption.heading, " ".join([*said, escape(caption.how)])).encode()


class _Sheet:
    """A picture as it is filled from top to bottom.

    Args:
        width: of the drawing, in pixels.
    """

    def __init__(self, width: float) -> None:
        self._width = width
        self._parts: list[str] = []
        self.y: float = _MARGIN

    def write(self, text: str, size: int, step: int, colour: str, before: int = 0, bold: bool = False) -> None:
        """Add a text in as many lines as it takes; nothing for no text."""
        lines = _lines(text, size * (_BOLD if bold else 1), self._width - before)
        first = self.y + size
        written = "".join(
            f'<text x="{_MARGIN + before}" y="{first + number * step:g}">{escape(line)}</text>'
            for number, line in enumerate(lines)
        )
        weight = ' font-weight="600"' if bold else ""
        self._parts.append(f'<g font-size="{size}"{weight} fill="{colour}">{written}</g>' if lines else "")
        self.y += len(lines) * step

    def mark(self, status: Status, x: float, y: float, size: float) -> None:
        """Add the mark of a status around a point."""
        self._parts.append(
            f'<path transform="translate({x:g},{y:g}) scale({size:g})" d="{OUTLINES[status]}" '
            f'fill="{COLOURS[status.group]}"/>'
        )

    def draw(self, inside: str, height: float) -> None:
        """Add the drawing."""
        self._parts.append(f'<g transform="translate({_MARGIN},{self.y:g})">{inside}</g>')
        self.y += height + 8

    def key(self, statuses: Sequence[Status]) -> None:
        """Add the marks of the statuses with their words."""
        x = float(_MARGIN)
        for status in statuses:
            needed = _BESIDE_MARK + _wide(status.label, _SMALL)
            if x + needed > self._width and x > _MARGIN:
                x, self.y = float(_MARGIN), self.y + _LINE
            self.mark(status, x + 6, self.y + 8, 5.5)
            self._parts.append(
                f'<text x="{x + _MARK_OF_KEY:g}" y="{self.y + _SMALL:g}" font-size="{_SMALL}" fill="{MUTED}">'
                f"{escape(status.label)}</text>"
            )
            x += needed
        self.y += _LINE if statuses else 0

    def finished(self, title: str, text: str) -> str:
        """The whole file.

        Args:
            text: what is drawn, escaped.
        """
        wide, high = self._width + 2 * _MARGIN, self.y + _MARGIN
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" '
            f'height="{high:g}" font-family="{_FONTS}" role="img" xml:lang="en"><title>{escape(title)}</title>'
            f'<desc>{text}</desc><rect width="100%" height="100%" fill="{PAPER}"/>{"".join(self._parts)}</svg>\n'
        )


def _root_of(drawing: str) -> re.Match[str]:
    root = _ROOT.match(drawing)
    if root is None:
        raise ValueError("the drawing has no size, no name or no description")
    return root


def _width_of(root: re.Match[str], inside: str) -> int:
    """How wide a drawing is, in pixels: that of Vega has its width, any other is as wide as its words need."""
    if root["width"]:
        return math.ceil(float(root["width"])) + _FOR_OTHER_FONTS
    longest = max((_wide(text, 13) for text in _WORDS.findall(inside)), default=0.0)
    return max(_COLUMN, math.ceil(_BEFORE_WORDS + longest))


def _alone(inside: str, width: float, vega: bool) -> str:
    """What is drawn, for a picture of this width, with what the style sheet says of it written into it."""
    if vega:
        for colour, variable in VARIABLES.items():
            inside = inside.replace(variable, colour)
        return f'<g transform="translate({_FOR_OTHER_FONTS})">{inside}</g>'

    def fixed(found: re.Match[str]) -> str:
        style, share = found.groups()
        return STYLES[style] if share is None else f'"{float(share) * width / 100:g}"'

    return _FLUID.sub(fixed, inside)


def _wide(text: str, size: float) -> float:
    """How wide a text is at most, about, in pixels, in any of the fonts that may stand in for ours."""
    return size * _ems(text)


@functools.lru_cache(maxsize=4_096)  # the words below all drawings are much the same
def _ems(text: str) -> float:
    return _EM * len(text) + 0.3 * len(_BROAD.findall(text))


@functools.lru_cache(maxsize=1_024)  # how a drawing is read is said below each of them
def _lines(text: str, size: float, width: float) -> tuple[str, ...]:
    """A text in lines of this width; only a word that is wider than a line is cut."""
    lines: list[str] = []
    words: list[str] = []
    most, room = width / size, 0.0
    for word in text.split():
        needed = _ems(word)
        if _EM + needed <= room:
            words.append(word)
            room -= _EM + needed
            continue
        lines.append(" ".join(words))
        letters = len(word) if needed <= most else max(1, int(most / needed * len(word)))
        *cut, last = (word[at : at + letters] for at in range(0, len(word), letters))
        lines += cut
        words = [last]
        room = most - _ems(last)
    return tuple(filter(None, [*lines, " ".join(words)]))
