"""The look-up: nearest claims, claims that cite an address, the page, and the index that its script reads."""

from __future__ import annotations

import json
import math

import pytest

from generator.analysis.held import bare
from generator.analysis.lookup import Nearness, address_key, citing, nearest, shared_phrases
from generator.analysis.whole import Analysis, analyse
from generator.analysis.wording import containment
from generator.archive import Archive, read_archive
from generator.documents import SourceFile
from generator.pages.find import BLOCK, _base36, crc, find_files, find_page
from generator.pages.links import Links
from generator.settings import Settings
from tests.conftest import VECTORS, copy_project, run_claims

CLAIM = "2023-01-26-international-resistance"
ARTICLE = "https://thepartisanreport.com/2023/04/19/facade-groups-and-hybrid-warfare-in-iraq"
SAID = (
    "By the grace of God your children in the international resistance faction were able to target the logistical "
    "support for the American occupation in Baghdad province at 0050 hours"
)
_VECTORS = json.loads(VECTORS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", _VECTORS["addresses"], ids=lambda case: case["address"][:40])
def test_an_address_is_compared_without_what_tells_no_pages_apart(case):
    assert case["key"] == address_key(case["address"])


def test_shares_and_hashes_are_those_of_the_vectors():
    for case in _VECTORS["shares"]:
        assert math.isclose(case["share"], containment(case["first"], case["second"]), abs_tol=1e-9)
    for case in _VECTORS["crc32"]:
        assert case["crc32"] == crc(case["text"])


def test_what_follows_the_question_mark_tells_pages_apart():
    assert address_key("https://example.org/?id=1") != address_key("https://example.org/?id=2")


def test_the_nearest_claim_comes_first_with_its_share_and_the_words_in_both(small: Archive, small_analysis: Analysis):
    found = nearest(SAID, small_analysis.wording.held)

    assert CLAIM == found[0].held.claim
    assert Nearness.COPY is found[0].nearness
    assert any(
        "logistical support for the American occupation in Baghdad province" in phrase for phrase in found[0].phrases
    )


def test_a_few_words_are_found_but_not_judged(small_analysis: Analysis):
    (found,) = nearest("logistical support for the American occupation", small_analysis.wording.held)

    assert Nearness.SHORT is found.nearness


def test_nothing_near_finds_nothing(small_analysis: Analysis):
    assert [] == nearest(
        "The weather in the valley was fine and every child had an apple to eat that day", small_analysis.wording.held
    )
    assert [] == nearest("", small_analysis.wording.held)


def test_shared_phrases_are_shown_as_the_record_writes_them():
    assert ("The OLD bridge, at dawn",) == shared_phrases("the old bridge at dawn!", "They hit The OLD bridge, at dawn")


def test_an_address_is_found_however_it_is_written(small: Archive):
    ids = [
        entry.id
        for entry, _ in citing(
            "http://www.thepartisanreport.com/2023/04/19/facade-groups-and-hybrid-warfare-in-iraq/?utm_source=x#a",
            small,
        )
    ]

    assert ["2023-01-19-international-resistance", CLAIM] == ids
    assert [] == citing("https://example.org/nowhere", small)
    assert [] == citing("no address", small)


@pytest.fixture(scope="module")
def index(small: Archive, small_analysis: Analysis) -> dict[str, object]:
    """The files of the index of the small archive."""
    return {path: json.loads(content) for path, content in find_files(small, small_analysis)}


def test_the_index_leads_from_every_text_to_its_claim(index, small, small_analysis):
    listed = [entry.id for entry in small.listed_claims]
    texts, claims = index["find/texts-0.json"], index["find/claims-0.json"]

    assert listed == [row[0] for row in claims]
    for held in small_analysis.wording.held:
        assert [listed.index(held.claim), bare(held.text)] in [row[:2] for row in texts]
    assert BLOCK == index["find/index.json"]["block"]
    assert len(listed) == index["find/index.json"]["claims"]


def test_the_index_says_of_a_claim_what_its_page_says(index, small, small_analysis):
    for id, title, status, group, _, _ in index["find/claims-0.json"]:
        own = small_analysis.claims[id]
        assert (own.title, own.status.label, own.status.group.value) == (title, status, group)


def test_an_address_stands_in_the_bucket_that_its_hash_names(index, small):
    buckets = index["find/index.json"]["buckets"]["urls"]
    key = address_key(ARTICLE)
    listed = [entry.id for entry in small.listed_claims]

    assert [CLAIM] == [listed[number] for number in index[f"find/urls-{crc(key) % buckets}.json"][key]][-1:]


def _claim(
    day: int, quote: str, more: str = "", address: str = "https://example.org/t", policy: str = "link"
) -> SourceFile:
    text = (
        f"facade: test-faction\ndate: 2024-03-{day:02}\ntitle: Claimed a test\nquote: '{quote}'\nquote_lang: ar\n"
        f"status: unverified\n{more}"
        f"sources: [{{title: T, publisher: P, published: 2024, url: '{address}', url_policy: {policy}}}]\n"
    )
    return SourceFile(f"claims/2024/2024-03-{day:02}-test-faction.yml", text.encode())


def test_unlisted_claims_and_withheld_addresses_are_not_in_the_index(small_files):
    for more, policy in (("visibility: unlisted\n", "link"), ("", "withhold")):
        claim = _claim(1, "كلمات لا توجد في غير هذا النص", more, "https://secret.example/x", policy)
        archive, problems = read_archive([*small_files, claim])
        files = b"".join(content for _, content in find_files(archive, analyse(archive, "")))

        assert [] == problems
        assert b"secret.example" not in files
        assert (not more) == (b"2024-03-01-test-faction" in files)


def test_texts_that_repeat_an_earlier_one_stand_behind_it_and_only_it_is_in_the_index_of_words(small_files):
    text = "كلمات كثيرة من هذا النص لا توجد في غيره من النصوص التي كتبت للاختبار في هذا المكان"
    claims = [_claim(day, f"{text} {day}") for day in (1, 2, 3)]
    archive, _ = read_archive([*small_files, *claims])
    files = {path: json.loads(content) for path, content in find_files(archive, analyse(archive, ""))}
    rows = files["find/texts-0.json"]
    (first,) = [number for number, row in enumerate(rows) if row[2]]

    assert 2 == rows[first][2]
    assert [rows[first][0] + 1, rows[first][0] + 2] == [rows[first + 1][0], rows[first + 2][0]]
    assert 3 == len({row[1] for row in rows[first : first + 3]})
    leads = files["find/words-0.json"]
    grams = {number for key, numbers in leads.items() for number in numbers if key not in _wholes(rows)}
    assert first in grams
    assert not {first + 1, first + 2} & grams
    assert all(number in leads[key] for key, number in _wholes(rows).items())


def _wholes(rows: list) -> dict[str, int]:
    """The key under which each whole text stands."""
    return {_base36(crc(row[1])): number for number, row in enumerate(rows)}


def test_the_page_says_what_to_do_without_scripts_and_submits_nothing(small):
    page = find_page(3, Links(small, Settings("S", "https://s.example/", ""), "../"))

    assert "<form" not in page
    assert "needs JavaScript" in page
    assert 'href="../claims/"' in page
    assert 'type="button"' in page


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project with the small archive, which these tests only read."""
    return copy_project(tmp_path_factory.mktemp("find") / "project")


def test_the_command_finds_a_claim_by_its_words(project):
    done = run_claims("find", SAID, folder=project)

    assert 0 == done.returncode, done.stderr
    first = done.stdout.splitlines()[0]
    assert "copy" in first
    assert f"{CLAIM}-en-1" in first
    assert "Uncorroborated: Claimed attack on a supply convoy" in done.stdout
    assert "in both: " in done.stdout


def test_the_command_finds_claims_by_an_address(project):
    done = run_claims("find", "--url", f"{ARTICLE}/?utm_campaign=x", folder=project)

    assert 0 == done.returncode
    assert CLAIM in done.stdout
    assert (
        "No recorded claim cites example.org/x" in run_claims("find", "--url", "example.org/x", folder=project).stdout
    )


@pytest.mark.parametrize(
    "arguments", [("find",), ("find", "a text", "--url", "https://example.org/"), ("find", "--url", "no address")]
)
def test_wrong_use_of_the_look_up_exits_with_2(project, arguments):
    done = run_claims(*arguments, folder=project)

    assert 2 == done.returncode
    assert "Traceback" not in done.stderr


def test_the_look_up_prints_nothing_that_a_terminal_obeys(project):
    file = _claim(9, "seven \u200flittle test words and seven more of them")
    path = project / file.path
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(file.content)
    done = run_claims("find", "seven little test words and seven more of them", folder=project)
    path.unlink()

    assert "in both: seven \N{REPLACEMENT CHARACTER}little test words" in done.stdout
