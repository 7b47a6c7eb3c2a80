"""Preview pictures: what a link to a claim shows elsewhere. Status first, in whose name, when; no emblem, no quote.

A picture is four bands, one above the other, and most bands are the same on many pictures: a status, a facade, a day,
the site. So each band is drawn and compressed once, and a picture is bands put one behind the other (a deflate stream
may be cut at a full flush, RFC 1951; its checksums can be combined). Sixteen colours: eight steps from the status
colour to white for the first band, eight from paper to ink for the others.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
import hashlib
import io
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from generator.analysis.sentences import spoken_date
from generator.archive import Archive, Entry
from generator.drawings import Remembered
from generator.pages.sharing import CARD_HEIGHT, CARD_WIDTH
from generator.records.claim import Claim
from generator.records.vocabulary import Group, Status

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

#: The site's own fonts, below the theme's folder; FreeType reads them as they are.
FONTS: Final[Mapping[str, str]] = {
    "latin": "assets/fonts/ibm-plex-sans-latin-600-normal.woff2",
    "latin-ext": "assets/fonts/ibm-plex-sans-latin-ext-600-normal.woff2",
    "arabic": "assets/fonts/ibm-plex-sans-arabic-arabic-600-normal.woff2",
}
_COLOURS: Final = {
    Group.UNDETERMINED: "595959",
    Group.CONFLICTING: "8e4585",
    Group.ESTABLISHED: "0072b2",
    Group.CONTRADICTED: "b84a00",
}
_WHITE, _PAPER, _INK = "ffffff", "faf8f3", "1c1b19"
_STEPS: Final = 8
_MARGIN: Final = 72
#: Heights of the bands in pixels: status, name, day, site.
_STATUS, _NAME, _DAY, _SITE = 262, 196, 92, 80

#: Draws a band on a picture of coverage, 0 to 255.
_Draw = Callable[["ImageDraw"], None]


@dataclasses.dataclass(frozen=True, slots=True)
class Band:
    """A compressed band: deflate blocks that end at a byte, the Adler-32 of what they hold, and its length."""

    blocks: bytes
    adler: int
    length: int

    def as_text(self) -> str:
        """As a text that can be kept."""
        return f"{self.adler} {self.length} {base64.b64encode(self.blocks).decode()}"

    @classmethod
    def from_text(cls, text: str) -> Band:
        """From a text that was kept."""
        adler, length, blocks = text.split(" ")
        return cls(base64.b64decode(blocks), int(adler), int(length))


class Cards:
    """Draws preview pictures.

    Args:
        fonts: the bytes of each of `FONTS`.
        remembered: keeps bands from build to build.
    """

    def __init__(self, fonts: Mapping[str, bytes], site_name: str, remembered: Remembered) -> None:
        self._fonts = fonts
        self._site_name = site_name
        self._remembered = remembered
        self._key = hashlib.blake2b(b"".join(fonts[name] for name in sorted(fonts)), digest_size=6).hexdigest()
        self._bands: dict[tuple[object, ...], Band] = {}
        self._letters: dict[tuple[str, int], FreeTypeFont] = {}

    def of_claim(self, entry: Entry[Claim], status: Status, withdrawn: bool, archive: Archive) -> bytes:
        """The picture of a claim as PNG."""
        names = [archive.name_of(id) for id in entry.record.facade]
        agent = archive.agent(entry.record.facade[0])
        arabic = agent.record.name.ar if agent and len(names) == 1 else None
        word = "Withdrawn" if withdrawn else status.label
        mark = None if withdrawn else status
        bands = [
            self._band(("status", word, mark), _STATUS, 0, lambda draw: self._draw_status(draw, word, mark)),
            self._band(("name", *names, arabic), _NAME, _STEPS, lambda draw: self._draw_name(draw, names, arabic)),
            self._day(spoken_date(entry.record.date)),
            self._site(),
        ]
        return png(bands, _COLOURS[Group.UNDETERMINED if withdrawn else status.group])

    def of_site(self, line: str) -> bytes:
        """The picture of every other page: the site's name and one line of what it is."""
        bands = [
            self._band(
                ("site-name", self._site_name), _STATUS, 0, lambda draw: self._draw_status(draw, self._site_name, None)
            ),
            self._band(("line", line), _NAME, _STEPS, lambda draw: self._draw_name(draw, [line], None, "")),
            self._day(""),
            self._site(),
        ]
        return png(bands, _COLOURS[Group.UNDETERMINED])

    def _day(self, text: str) -> Band:
        return self._band(("day", text), _DAY, _STEPS, lambda draw: self._write(draw, text, (_MARGIN, 14), 46))

    def _site(self) -> Band:
        def drawn(draw: ImageDraw) -> None:
            draw.line((_MARGIN, 2, CARD_WIDTH - _MARGIN, 2), fill=110, width=2)
            self._write(draw, f"{self._site_name} · what is claimed, and what is known", (_MARGIN, 18), 28, fill=190)

        return self._band(("site", self._site_name), _SITE, _STEPS, drawn)

    def _band(self, name: tuple[object, ...], height: int, first: int, draw: _Draw) -> Band:
        """A band, drawn only if neither this build nor an earlier one has drawn it."""
        if name not in self._bands:
            key = hashlib.blake2b(repr((self._key, name, height, first)).encode(), digest_size=16).hexdigest()
            self._bands[name] = Band.from_text(
                self._remembered(key, lambda: _compressed(height, first, draw).as_text())
            )
        return self._bands[name]

    def _draw_status(self, draw: ImageDraw, word: str, mark: Status | None) -> None:
        left = _MARGIN
        if mark is not None:
            _draw_mark(draw, mark, left, 68, 126)
            left += 162
        size = self._fitting(word, 122, CARD_WIDTH - _MARGIN - left)
        self._write(draw, word, (left, 131), size, anchor="lm")

    def _draw_name(
        self, draw: ImageDraw, names: Sequence[str], arabic: str | None, label: str = "Claim in the name of"
    ) -> None:
        width = CARD_WIDTH - 2 * _MARGIN
        self._write(draw, label, (_MARGIN, 26), 30, fill=190)
        text = " and ".join(names)
        lines = self._lines(text, 62, width) if arabic else self._lines(text, 62, width, most=2)
        size = 62 if len(lines) == 1 else 46
        for at, line in enumerate(lines):
            self._write(draw, line, (_MARGIN, 68 + at * 56), self._fitting(line, size, width))
        if arabic:
            self._write(draw, arabic, (_MARGIN, 140), self._fitting(arabic, 42, width))

    def _lines(self, text: str, size: int, width: int, most: int = 1) -> list[str]:
        """A text on as many lines as are allowed; what does not fit is cut and marked."""
        if self._width(text, size) <= width:
            return [text]
        small = 46 if most > 1 else 40
        lines: list[str] = []
        rest = text.split()
        while rest and len(lines) < most:
            count = len(rest)
            while count > 1 and self._width(" ".join(rest[:count]), small) > width:
                count -= 1
            lines.append(" ".join(rest[:count]))
            rest = rest[count:]
        if rest:
            words = lines[-1].split()
            while len(words) > 1 and self._width(" ".join(words) + " …", small) > width:
                words.pop()
            lines[-1] = " ".join(words) + " …"
        return lines

    def _fitting(self, text: str, size: int, width: int) -> int:
        """The size, or the largest smaller one at which the text fits."""
        while size > 24 and self._width(text, size) > width:
            size -= 2
        return size

    def _width(self, text: str, size: int) -> float:
        return sum(self._font(name, size).getlength(run) for name, run in _runs(text))

    def _write(
        self, draw: ImageDraw, text: str, at: tuple[int, int], size: int, fill: int = 255, anchor: str = "la"
    ) -> None:
        """Write a text, each script in its own font; Arabic is shaped and runs right to left within its run."""
        left: float = at[0]
        for name, run in _runs(text):
            font = self._font(name, size)
            draw.text((left, at[1]), run, fill=fill, font=font, anchor=anchor)
            left += font.getlength(run)

    def _font(self, name: str, size: int) -> FreeTypeFont:
        if (name, size) not in self._letters:
            from PIL import ImageFont

            self._letters[name, size] = ImageFont.truetype(io.BytesIO(self._fonts[name]), size)
        return self._letters[name, size]


_ARABIC: Final = re.compile(r"[\u0600-\u08ff\u200c-\u200f\ufb50-\ufdff\ufe70-\ufefc]")
_EXTENDED: Final = re.compile(r"[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u02bd-\u02c5\u02c7-\u02d9\u1e00-\u1eff]")


def _runs(text: str) -> list[tuple[str, str]]:
    """A text cut where another font begins: names of `FONTS` with what is written in them."""
    runs: list[tuple[str, str]] = []
    for letter in text:
        name = "arabic" if _ARABIC.match(letter) else "latin-ext" if _EXTENDED.match(letter) else "latin"
        if runs and (runs[-1][0] == name or (letter == " " and runs[-1][0] == "arabic")):
            runs[-1] = (runs[-1][0], runs[-1][1] + letter)
        else:
            runs.append((name, letter))
    return runs


def _draw_mark(draw: ImageDraw, status: Status, left: int, top: int, size: int) -> None:
    """The mark of a status as the pages draw it, in units of a sixteenth."""
    unit = size / 16

    def box(x: float, y: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return left + x * unit, top + y * unit, left + right * unit, top + bottom * unit

    def points(*places: tuple[float, float]) -> list[tuple[float, float]]:
        return [(left + x * unit, top + y * unit) for x, y in places]

    stroke = round(2 * unit)
    match status:
        case Status.UNVERIFIED:
            draw.ellipse(box(1.5, 1.5, 14.5, 14.5), outline=255, width=stroke)
        case Status.UNCORROBORATED:
            for start in range(0, 360, 45):
                draw.arc(box(1.5, 1.5, 14.5, 14.5), start, start + 25, fill=255, width=stroke)
        case Status.CONTESTED:
            draw.polygon(points((8, 0.6), (15.4, 8), (8, 15.4), (0.6, 8)), fill=255)
            draw.polygon(points((8, 3.4), (12.6, 8), (8, 12.6), (3.4, 8)), fill=0)
        case Status.PARTLY_CONFIRMED:
            draw.ellipse(box(1.5, 1.5, 14.5, 14.5), outline=255, width=stroke)
            draw.pieslice(box(1.5, 1.5, 14.5, 14.5), 90, 270, fill=255)
        case Status.CONFIRMED:
            draw.ellipse(box(1.5, 1.5, 14.5, 14.5), fill=255)
        case Status.MISDESCRIBED:
            draw.rectangle(box(1.5, 1.5, 14.5, 14.5), outline=255, width=stroke)
            draw.polygon(points((1.5, 1.5), (14.5, 1.5), (1.5, 14.5)), fill=255)
        case Status.REFUTED:
            draw.rectangle(box(2, 2, 14, 14), fill=255)
        case Status.NOT_AUTHENTIC:
            draw.line(points((2.4, 2.4), (13.6, 13.6)), fill=255, width=round(2.6 * unit))
            draw.line(points((13.6, 2.4), (2.4, 13.6)), fill=255, width=round(2.6 * unit))


_UPPER_HALF: Final = bytes((value << 4) % 256 for value in range(256))


def _compressed(height: int, first: int, draw: _Draw) -> Band:
    """A band drawn, brought to eight steps, and compressed.

    Args:
        first: palette index of its background.
    """
    from PIL import Image, ImageDraw

    picture = Image.new("L", (CARD_WIDTH, height), 0)
    draw(ImageDraw.Draw(picture))
    steps = picture.point([first + round(value * (_STEPS - 1) / 255) for value in range(256)]).tobytes()
    # Four bits a pixel: two pixels a byte. Each row begins with its filter, which is none.
    left, right = steps[::2].translate(_UPPER_HALF), steps[1::2]
    pairs = (int.from_bytes(left) | int.from_bytes(right)).to_bytes(len(left))
    row = CARD_WIDTH // 2
    raw = b"".join(b"\0" + pairs[at : at + row] for at in range(0, len(pairs), row))
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    blocks = packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH)
    return Band(blocks, zlib.adler32(raw), len(raw))


_ADLER: Final = 65_521


def _together(first: int, second: int, length: int) -> int:
    """The Adler-32 of two texts one behind the other, from theirs and the second's length (zlib: adler32_combine)."""
    low = (first % 65_536 + second % 65_536 - 1) % _ADLER
    high = (first // 65_536 + second // 65_536 + length * (first % 65_536 - 1)) % _ADLER
    return high * 65_536 + low


def png(bands: Iterable[Band], colour: str) -> bytes:
    """A picture of these bands as PNG, 1200 by 630 pixels.

    Args:
        colour: of the first band, six hexadecimal digits.
    """
    bands = list(bands)
    adler = functools.reduce(lambda sum_, band: _together(sum_, band.adler, band.length), bands, 1)
    # A zlib head, the bands, an empty last block, the checksum.
    data = b"".join((b"\x78\x9c", *(band.blocks for band in bands), b"\x03\x00", struct.pack(">I", adler)))
    head = struct.pack(">IIBBBBB", CARD_WIDTH, CARD_HEIGHT, 4, 3, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"PLTE", _palette(colour)), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


@functools.cache
def _palette(colour: str) -> bytes:
    return b"".join((*_ramp(colour, _WHITE), *_ramp(_PAPER, _INK)))


def _ramp(begin: str, end: str) -> Iterator[bytes]:
    first, last = bytes.fromhex(begin), bytes.fromhex(end)
    for step in range(_STEPS):
        share = step / (_STEPS - 1)
        yield bytes(round(low + (high - low) * share) for low, high in zip(first, last, strict=True))
