"""Preview pictures: whole PNG files of the right size, the same every time, that say what the page says."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image

from generator.cards import FONTS, Band, Cards, png
from generator.records.vocabulary import Status
from tests.conftest import PROJECT

CLAIM = "2023-01-26-international-resistance"
ARABIC = "2023-02-01-test-faction"


class Memory(dict[str, str]):
    """Remembers, and counts what had to be made."""

    made = 0

    def __call__(self, key, make):
        if key not in self:
            self.made += 1
            self[key] = make()
        return self[key]


@pytest.fixture(scope="session")
def fonts() -> dict[str, bytes]:
    """The fonts of the site."""
    return {name: (PROJECT / "theme_overrides" / path).read_bytes() for name, path in FONTS.items()}


def _picture(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()  # reads every byte and checks every sum
    return picture.convert("RGB")


@pytest.mark.parametrize("status", Status)
def test_a_card_is_a_whole_picture_with_the_status_in_its_colour(small, fonts, status):
    content = Cards(fonts, "Facade Watch", Memory()).of_claim(small.claims[CLAIM], status, False, small)
    picture = _picture(content)
    colours = {"undetermined": "595959", "conflicting": "8e4585", "established": "0072b2", "contradicted": "b84a00"}

    assert (1200, 630) == picture.size
    assert tuple(bytes.fromhex(colours[status.group])) == picture.getpixel((1190, 5))
    assert (250, 248, 243) == picture.getpixel((1190, 620))
    assert len(content) < 40_000


def test_cards_of_different_statuses_differ_and_a_withdrawn_one_too(small, fonts):
    cards = Cards(fonts, "Facade Watch", Memory())
    made = {cards.of_claim(small.claims[CLAIM], status, False, small) for status in Status}

    assert len(Status) == len(made)
    assert cards.of_claim(small.claims[CLAIM], Status.UNVERIFIED, True, small) not in made


def test_the_same_card_has_the_same_bytes_whether_drawn_or_remembered(small, fonts):
    memory = Memory()
    drawn = Cards(fonts, "Facade Watch", memory).of_claim(small.claims[CLAIM], Status.REFUTED, False, small)
    made = memory.made
    remembered = Cards(fonts, "Facade Watch", memory).of_claim(small.claims[CLAIM], Status.REFUTED, False, small)
    again = Cards(fonts, "Facade Watch", Memory()).of_claim(small.claims[CLAIM], Status.REFUTED, False, small)

    assert drawn == remembered == again
    assert 4 == made == memory.made


def test_a_second_card_draws_only_what_is_new(small, fonts):
    memory = Memory()
    cards = Cards(fonts, "Facade Watch", memory)
    cards.of_claim(small.claims[CLAIM], Status.UNVERIFIED, False, small)
    cards.of_claim(small.claims["2023-01-19-international-resistance"], Status.UNVERIFIED, False, small)

    assert 5 == memory.made  # the day


def test_arabic_is_joined_and_runs_right_to_left(small, fonts):
    from PIL import ImageFont

    font = ImageFont.truetype(io.BytesIO(fonts["arabic"]), 60)

    # Four letters that join are narrower than the same four kept apart by a zero-width non-joiner.
    assert font.getlength("سسسس") < 0.9 * font.getlength("س\u200cس\u200cس\u200cس")
    name = small.facades["test-faction"].record.name.ar
    with_arabic = Cards(fonts, "Facade Watch", Memory()).of_claim(small.claims[ARABIC], Status.UNVERIFIED, False, small)

    assert name
    assert _holds_ink(_picture(with_arabic), (72, 262 + 140, 600, 262 + 196))


def _holds_ink(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    darkest, _ = picture.convert("L").crop(box).getextrema()
    return darkest < 100


def test_a_name_too_long_for_the_card_is_cut_and_marked(small, fonts):
    cards = Cards(fonts, "Facade Watch", Memory())

    picture = _picture(cards.of_site("word " * 60))

    assert _holds_ink(picture, (72, 262, 1128, 460))
    assert not _holds_ink(picture, (1130, 262, 1200, 460))


def test_a_band_is_kept_as_text_and_read_back():
    band = Band(b"\x00\xff", 4_294_967_295, 7)

    assert band == Band.from_text(band.as_text())


def test_the_checksum_of_a_picture_is_that_of_all_its_rows():
    parts = [bytes([value]) * 601 * rows for value, rows in ((0x01, 262), (0x9A, 196), (0xFF, 172))]
    bands = []
    for part in parts:
        packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        bands.append(Band(packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH), zlib.adler32(part), len(part)))
    content = png(bands, "0072b2")
    begin = content.index(b"IDAT")
    length = int.from_bytes(content[begin - 4 : begin])

    assert b"".join(parts) == zlib.decompress(content[begin + 4 : begin + 4 + length])
