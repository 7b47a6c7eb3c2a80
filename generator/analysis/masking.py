"""Masking: what a template leaves open. Numbers, dates, weekdays and places become one sign; the rest is compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.analysis.wording import HOLE, Phrases, by_first_word, hidden
from generator.archive import Archive
from generator.records.claim import NamedPlace

#: Stands for a run of masked words; a digit, so that it can be no word of a text.
SLOT: Final = "0"

_DAYS_AND_MONTHS: Final = """
    monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
    يناير فبراير مارس أبريل نيسان مايو أيار يونيو حزيران يوليو تموز أغسطس آب سبتمبر أيلول أكتوبر نوفمبر ديسمبر شباط آذار
""".split()
_TWO_WORD_MONTHS: Final = ("كانون الثاني", "كانون الأول", "تشرين الأول", "تشرين الثاني")
#: A place of fewer letters than this could be any word.
_SHORTEST_PLACE: Final = 3
_NUMBER: Final = re.compile(r"[0-9]+")
_SLOTS: Final = re.compile(rf"(?:{HOLE}+|{SLOT})(?: (?:{HOLE}+|{SLOT})(?![^ ]))*(?![^ ])")


def slots_of(archive: Archive) -> Phrases:
    """Weekdays, months, and every place that our records name, for `masked`."""
    places = [name for place in _places(archive) for name in (place.name, place.name_ar, place.admin) if name]
    return by_first_word(
        [*_DAYS_AND_MONTHS, *_TWO_WORD_MONTHS, *(name for name in places if len(name) >= _SHORTEST_PLACE)]
    )


def _places(archive: Archive) -> Iterator[NamedPlace]:
    for claim in archive.claims.values():
        yield from (assertion.place for assertion in claim.record.asserts if assertion.place)
    yield from (event.record.place for event in archive.events.values() if event.record.place)


def masked(text: str, slots: Phrases) -> str:
    """A folded text with one sign for every run of numbers, days, months and places."""
    return _SLOTS.sub(SLOT, hidden(_NUMBER.sub(SLOT, text), slots))
