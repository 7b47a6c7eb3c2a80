"""Stock phrases: what everyone says, and what therefore says nothing about who copied whom.

Two unrelated statements with the same pious opening and closing verse would pass for copies. These phrases are left out
before texts are compared and before shared phrases are counted; they are never left out of what readers are shown.
A change of the list changes figures on the site: raise `VERSION`, and say why in the pull request.
"""

from __future__ import annotations

import dataclasses
from typing import Final

from generator.analysis.wording import Phrases, by_first_word

#: Version of the list; printed beside every figure that depends on it.
VERSION: Final = 1


@dataclasses.dataclass(frozen=True, slots=True)
class StockPhrase:
    """A formula, and where anyone can read that it is one.

    Attributes:
        source: a verse of the Quran, by sura and verse, or the address of a page that prints the words.
        why: what kind of formula it is.
    """

    lang: str
    text: str
    source: str
    why: str


_PARTISAN_REPORT: Final = "https://thepartisanreport.com/2023/04/19/facade-groups-and-hybrid-warfare-in-iraq"
_ATLAS_NEWS_AL_ASAD: Final = "https://theatlasnews.co/brief/2023/10/30/islamic-resistance-targets-al-asad-airbase-iraq/"
_ATLAS_NEWS_SYRIA: Final = (
    "https://theatlasnews.co/brief/2023/11/05/islamic-resistance-releases-footage-of-strike-against-us-base-syria/"
)
_SOUTHFRONT: Final = "https://southfront.org/international-resistance-targets-another-u-s-supply-convoy-in-iraq/"
_SYRIAN_OBSERVER: Final = (
    "https://syrianobserver.com/foreign-actors/"
    "ghaliboun-brigade-claims-responsibility-of-attack-on-u-s-forces-in-syria.html"
)
_AL_MAYAR: Final = "https://al-mayar.com/بيان-جديد-من-سرايا-اولياء-الدم-عقب-ت"

#: The list. A phrase that stands inside a longer one is listed too, for texts that quote only that much.
STOCK: Final = (
    StockPhrase("ar", "بسم الله الرحمن الرحيم", "Quran 1:1", "opening: the basmala"),
    StockPhrase("ar", "الحمد لله رب العالمين", "Quran 1:2", "opening or closing: the hamdala"),
    StockPhrase(
        "ar", "صلى الله عليه وسلم", "Unicode character U+FDFA", "salutation; the character spells it in one sign"
    ),
    StockPhrase("ar", "أذن للذين يقاتلون بأنهم ظلموا وإن الله على نصرهم لقدير", "Quran 22:39", "opening verse"),
    StockPhrase(
        "ar",
        "أذن للذين يقتلون بأنهم ظلموا وإن الله على نصرهم لقدير",
        "Quran 22:39",
        "the same in the spelling of the Quran",
    ),
    StockPhrase("ar", "أذن للذين يقاتلون بأنهم ظلموا", "Quran 22:39", "its first half"),
    StockPhrase("ar", "وإن الله على نصرهم لقدير", "Quran 22:39", "its second half"),
    StockPhrase("ar", "وما النصر إلا من عند الله العزيز الحكيم", "Quran 3:126", "closing verse"),
    StockPhrase("ar", "وما النصر إلا من عند الله إن الله عزيز حكيم", "Quran 8:10", "closing verse"),
    StockPhrase("ar", "وما النصر إلا من عند الله", "Quran 3:126", "its first half"),
    StockPhrase("ar", "نصر من الله وفتح قريب", "Quran 61:13", "closing verse"),
    StockPhrase("ar", "وسيعلم الذين ظلموا أي منقلب ينقلبون", "Quran 26:227", "closing verse"),
    StockPhrase("ar", "وما رميت إذ رميت ولكن الله رمى", "Quran 8:17", "verse"),
    StockPhrase("ar", "ولكم في القصاص حياة يا أولي الألباب", "Quran 2:179", "verse"),
    StockPhrase("ar", "بعثنا عليكم عبادا لنا أولي بأس شديد", "Quran 17:5", "verse"),
    StockPhrase("ar", "بتوفيق الله", _AL_MAYAR, "thanks to God"),
    StockPhrase(
        "en", "In the name of God, the most Gracious, the most Merciful", _ATLAS_NEWS_AL_ASAD, "opening: the basmala"
    ),
    StockPhrase(
        "en",
        "permission is given to those who fight on the grounds that they have been wronged, "
        "and indeed, God is powerful to grant them victory",
        _ATLAS_NEWS_AL_ASAD,
        "Quran 22:39 as printed there",
    ),
    StockPhrase(
        "en",
        "permission has been given to those who fight because they have been wronged, "
        "and indeed, God is able to grant them victory",
        _ATLAS_NEWS_SYRIA,
        "Quran 22:39 as printed there",
    ),
    StockPhrase(
        "en",
        "Victory is only from God. Indeed, God is Mighty, All-Wise",
        _ATLAS_NEWS_SYRIA,
        "Quran 8:10 as printed there",
    ),
    StockPhrase("en", "Thanks to Allah Almighty", _PARTISAN_REPORT, "thanks to God"),
    StockPhrase("en", "By the grace of God Almighty", _SOUTHFRONT, "thanks to God"),
    StockPhrase("en", "with God’s will", _SYRIAN_OBSERVER, "if God wills"),
)

#: The same, folded, for `hidden`.
PHRASES: Final[Phrases] = by_first_word(phrase.text for phrase in STOCK)
