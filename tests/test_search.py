"""The search finds what everybody may know, by every spelling, and what it loads stays small."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.analysis.searching import search_words
from generator.analysis.whole import analyse
from generator.pages.search import BLOCK, search_files
from generator.records.vocabulary import Status
from tests.conftest import VECTORS

CLAIM = "claims/2023-01-26-international-resistance/"


def titles_in_search(site: Path) -> dict[str, str]:
    """Every document of a built index: its title by its address."""
    return {address: title for address, title, _, _ in _rows(site)}


def searched(site: Path, words: str) -> dict[str, str]:
    """What a search for whole words finds in a built index: titles by address, in no order."""
    rows = list(_rows(site))
    shelves = [_read(site, f"words-{number}") for number in range(len(_read(site, "index")["shelves"]))]
    holding = []
    for word in search_words(words):
        titled, elsewhere = next((shelf[word] for shelf in shelves if word in shelf), ([], []))
        holding.append({*itertools.accumulate(titled), *itertools.accumulate(elsewhere)})
    return {rows[number][0]: rows[number][1] for number in set.intersection(*holding)}


def _rows(site: Path) -> Iterator[list[str]]:
    for number in range(-(-_read(site, "index")["documents"] // BLOCK)):
        yield from _read(site, f"documents-{number}")


def _read(site: Path, name: str):
    return json.loads((site / "search" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أصحاب الكهف", "اصحاب كهف"),
        ("أَصْحَابُ الكَهْفِ", "اصحاب الكهف"),
        ("بالمقاومة", "مقاومه"),
        ("Aṣḥāb al-Kahf", "Ashab Kahf"),
        ("al-Tha'ireen", "Thairin"),
        ("Saraya Awliya al-Dam", "saraya awliya dam"),
        ("Hezbollah", "Hizbolah"),
        ("٢٠٢٣", "2023"),
    ],
)
def test_spellings_of_one_name_are_looked_up_alike(one, other):
    assert search_words(one) == search_words(other)


def test_words_are_those_of_the_vectors_that_the_browser_is_held_to():
    vectors = json.loads(VECTORS.with_name("search.json").read_text(encoding="utf-8"))

    assert vectors == {text: search_words(text) for text in vectors}


def test_a_claim_is_found_by_its_facade_its_place_and_its_words(built):
    for words in ("International Resistance", "المقاومة الدولية", "Yusufiyah", "logistical support", "2023-01-26"):
        assert CLAIM in searched(built, words), words


def test_a_profile_a_term_a_report_and_a_rule_are_found(built):
    for words, address in (
        ("Test Faction", "facades/test-faction/"),
        ("Test Militia", "organisations/test-militia/"),
        ("claim brand", "glossary/claim-brand/"),
        ("test report", "reports/test-report/"),
        ("P05", "about/rules/p05/"),
        ("method", "about/method/"),
    ):
        assert address in searched(built, words), words


def test_every_document_is_a_page_of_the_site(built):
    for address in titles_in_search(built):
        assert (built / address / "index.html").is_file(), address


def test_facets_belong_to_the_documents(built, small_analysis):
    index, facets = _read(built, "index"), _read(built, "facets")
    rows = list(_rows(built))
    at = next(number for number, row in enumerate(rows) if row[0] == CLAIM)

    assert index["documents"] == len(rows) == len(facets["status"]) == len(facets["facade"]) == len(facets["year"])
    assert [status.label for status in Status] == index["statuses"]
    assert small_analysis.claims[CLAIM.split("/")[1]].status.label == index["statuses"][facets["status"][at]]
    assert ["International Resistance Faction"] == [index["facades"][number] for number in facets["facade"][at]]
    assert "2023" == index["years"][facets["year"][at]]


def test_the_index_is_cut_so_that_no_file_is_large(small):
    files = dict(search_files(small, analyse(small, "")))

    assert all(len(content) < 60_000 for content in files.values())
