"""Wording: folding keeps the way back, copies are found however spelled, nothing is compared that may not be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.control import Control, controls_of
from generator.analysis.copies import COPY, judged, matches
from generator.analysis.held import Hand, HandKind, Held, bare, in_letters, shared_words
from generator.analysis.masking import masked
from generator.analysis.phrases import shared_runs
from generator.analysis.reuse import Reuse, templates_of
from generator.analysis.stock import PHRASES, STOCK
from generator.analysis.whole import Analysis, analyse
from generator.analysis.wording import by_first_word, containment, fold, folded, hidden
from generator.archive import Archive, read_archive
from generator.documents import SourceFile
from generator.pages.environment import quoted
from generator.pages.links import Links
from generator.pages.wording import (
    WordingPages,
    cluster_page,
    counted,
    phrase_page,
    same_wording,
    share_in_words,
)
from generator.settings import Settings
from tests.conftest import PROJECT, VECTORS

repeatable = settings(derandomize=True, deadline=None, max_examples=300)
#: Letters that folding treats in every way it knows, and a few that nobody expects.
LETTERS = st.text(alphabet="اأإآٱىيیكکةهؤئءـَّْ٠۳7 aÉé\u0301ß\u200d\u200f\ufdfaﾊﾞ한\u1112\u1161.,_-@#\n[]ς", max_size=60)


@repeatable
@given(st.one_of(LETTERS, st.text(max_size=60)))
def test_every_folded_letter_leads_back_to_original_letters_in_order(text):
    found = folded(text)

    assert fold(text) == found.text
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert sorted(found.starts) == list(found.starts)
    assert all(0 <= start <= end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))


@repeatable
@given(st.one_of(LETTERS, st.text(max_size=60)))
def test_folding_twice_is_folding_once(text):
    assert fold(text) == fold(fold(text))


@repeatable
@given(
    st.lists(
        st.text(alphabet="اأإىيكةَّـ٣xyZé", min_size=1, max_size=6).filter(fold),
        min_size=1,
        max_size=8,
    )
)
def test_the_letters_of_a_folded_word_fold_to_that_word(words):
    found = folded(" ،".join(words))
    at = 0
    for word in found.text.split(" "):
        assert word == fold(found.letters(at, at + len(word)))
        at += len(word) + 1


def test_the_letters_that_are_marked_are_the_original_ones():
    found = folded("قال ﷺ: «أَهْلـــــاً» ١٢٣")

    assert "قال صلي الله عليه وسلم اهلا 123" == found.text
    assert "أَهْلـــــاً" == found.letters(found.text.index("اهلا"), found.text.index("اهلا") + 4)
    assert "ﷺ" == found.letters(found.text.index("صلي"), found.text.index("وسلم") + 4)
    assert "١٢٣" == found.letters(len(found.text) - 3, len(found.text))


@pytest.mark.parametrize(
    "case", json.loads(VECTORS.read_text(encoding="utf-8"))["folding"], ids=lambda case: case["folded"][:20]
)
def test_folding_gives_what_the_vectors_say(case):
    assert case["folded"] == fold(case["text"])


STATEMENT = (
    "تعلن سرايا التجربة مسؤوليتها عن استهداف هدف ورقي في ميدان الاختبار صباح يوم الخميس 12 من الشهر بعبوة من ورق، "
    "وقد أصيب الهدف إصابة مباشرة وعاد المجربون إلى قواعدهم سالمين"
)  # fmt: skip
DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("يك", "یک")
SWAPPED = str.maketrans("أإةىؤئ", "ااهيوي")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("ا", "اـــ"), id="tatweel"),
        pytest.param(
            lambda text: "".join(f"{letter}َ" if letter.isalpha() else letter for letter in text), id="diacritics"
        ),
        pytest.param(lambda text: text.translate(SWAPPED), id="hamza, teh marbuta, yeh"),
        pytest.param(lambda text: text.translate(PERSIAN), id="Persian letters"),
        pytest.param(lambda text: text.translate(DIGITS), id="Arabic digits"),
        pytest.param(lambda text: text.replace(" ", "\u200f \u200c"), id="zero-width signs"),
        pytest.param(
            lambda text: "#" + text.replace("سرايا التجربة", "#سرايا_التجربة") + " @test https://t.me/test",
            id="hashtags",
        ),
        pytest.param(lambda text: text[: len(text) * 2 // 3], id="truncated"),
        pytest.param(
            lambda text: f"وقالت وكالة الاختبار في خبر لها مساء أمس إن بيانا جاء فيه: «{text}»، ولم يصدر تعليق",
            id="embedded",
        ),
        pytest.param(lambda text: "بسم الله الرحمن الرحيم " + text + " وما النصر إلا من عند الله", id="formulae"),
    ],
)
def test_a_copy_is_found_whatever_was_done_to_its_spelling(change: Callable[[str], str]):
    assert COPY <= containment(bare(STATEMENT), bare(change(STATEMENT)))
    assert [(1, 0)] == [
        (match.text, match.centre) for match in matches([bare(STATEMENT), bare(change(STATEMENT))], COPY)
    ]


def test_statements_that_share_only_formulae_share_almost_nothing():
    opening, closing = STOCK[3].text, "وما النصر إلا من عند الله العزيز الحكيم"
    first = f"بسم الله الرحمن الرحيم {opening} هاجمنا الليلة هدفا ورقيا قرب المختبر الشمالي {closing}"
    second = f"بسم الله الرحمن الرحيم {opening} ندعو جميع الباحثين إلى حضور اجتماع صباحي في القاعة {closing}"

    assert containment(fold(first), fold(second)) > 0.6
    assert containment(bare(first), bare(second)) < 0.25


def test_stock_phrases_leave_holes_of_their_length_and_each_has_a_source():
    text = fold("قبل بسم الله الرحمن الرحيم بعد")

    assert len(text) == len(hidden(text, PHRASES))
    assert "قبل بعد" == bare("قبل بسم الله الرحمن الرحيم بعد")
    assert all(phrase.source.startswith(("Quran ", "https://", "Unicode ")) and phrase.why for phrase in STOCK)


def test_a_short_text_is_not_judged():
    assert not judged(fold("استهدفنا قاعدة الاحتلال"))
    assert not judged("a b c d e f g h i j")
    assert judged(bare(STATEMENT))


def _numbered(number: int) -> str:
    return " ".join(f"كلمة{chr(0x627 + number)}{chr(0x628 + at)}{chr(0x62A + at)}" for at in range(12))


def test_a_star_has_the_earliest_text_as_its_centre_and_no_chain():
    first = _numbered(0)
    second = first.replace(" ", " س ", 2)
    other = _numbered(7)
    third = " ".join([*first.split()[6:], *other.split()[:6]])
    fourth = " ".join([*first.split()[9:], *other.split()[:9]])
    texts = [fold(text) for text in (first, second, third, fourth)]

    assert containment(texts[0], texts[3]) < containment(texts[0], texts[2]) < COPY
    # The third shares half with the first, the fourth most with the third: two stars, not one chain.
    assert {1: 0, 3: 2} == {match.text: match.centre for match in matches(texts, COPY)}


def test_a_long_text_that_holds_a_short_one_can_be_repeated_itself():
    short, long_ = _numbered(0), f"{_numbered(0)} {_numbered(3)} {_numbered(5)}"
    again = f"{_numbered(3)} {_numbered(5)}"
    found = {match.text: match.centre for match in matches([fold(text) for text in (short, long_, again)], COPY)}

    assert {1: 0, 2: 1} == found


@pytest.mark.parametrize("letters", [0, 300])
def test_the_share_that_a_copy_is_found_with_is_its_containment(letters):
    # With 300 letters beside the usual ones the texts do not fit in the letters of one byte.
    others = " ".join(chr(0x4E00 + at) * 3 for at in range(letters))
    texts = [others, *(fold(_numbered(at).replace(" ", " س ", at)) for at in (0, 0, 1, 1))]
    texts = [*texts, texts[1][: len(texts[1]) * 3 // 4], f"{texts[3]} {texts[1]}"]
    found = list(matches(texts))

    assert found
    assert [containment(texts[match.text], texts[match.centre]) for match in found] == [
        match.containment for match in found
    ]


def test_masking_leaves_one_sign_for_numbers_days_and_places():
    slots = by_first_word(["Ain al-Asad", "Anbar", "Friday", "الجمعة"])

    assert "base of 0 on 0 with 0 drones" == masked(
        fold("base of Ain al-Asad, Anbar on Friday 12/10/2023 with 2 drones"), slots
    )


@repeatable
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.lists(st.lists(st.sampled_from("abcd"), max_size=8), min_size=1, max_size=2)),
        max_size=6,
    ),
    st.integers(0, 3),
)
def test_shared_runs_are_those_of_the_definition(texts, most):
    holders: dict[tuple[str, ...], set[int]] = {}
    for owner, runs in texts:
        for run in runs:
            for first in range(len(run)):
                for last in range(first + 3, len(run) + 1):
                    holders.setdefault(tuple(run[first:last]), set()).add(owner)
    shared = {words: owners for words, owners in holders.items() if len(owners) > 1}
    expected = {
        words: tuple(sorted(owners))
        for words, owners in shared.items()
        if not any(
            len(longer) == len(words) + 1 and words in (longer[1:], longer[:-1]) and len(others) == len(owners)
            for longer, others in shared.items()
        )
    }

    found = {run.words: run.owners for run in shared_runs(texts)}
    assert expected == found

    wanted = {run.words: run.owners for run in shared_runs(texts, most)}
    last = sorted(map(len, found.values()), reverse=True)[:most][-1:] or [0]
    assert wanted.items() <= found.items()
    assert found == wanted or len(wanted) > most
    assert found == wanted or {words for words, owners in found.items() if len(owners) >= last[0] > 0} <= wanted.keys()


def _claim(day: int, quote: str, publisher: str = "Test Paper", title: str = "A title", more: str = "") -> SourceFile:
    source = (
        f"id: s1, title: {title}, publisher: {publisher}, published: 2024, url: 'https://example.org/{day}', lang: ar"
    )
    text = (
        f"facade: test-faction\ndate: 2024-03-{day:02}\ntitle: Claimed test {day}\n"
        f"quote:\n{quote}\nstatus: unverified\n{more}sources: [{{{source}}}]\n"
    )
    return SourceFile(f"claims/2024/2024-03-{day:02}-test-faction.yml", text.encode())


def _original(text: str) -> str:
    return f"  original: {{lang: ar, from: s1, text: {json.dumps(text, ensure_ascii=False)}}}"


def _translation(text: str, by: str) -> str:
    fields = f"id: en-1, lang: en, from: s1, by: {by}, preferred: true, text: {json.dumps(text)}"
    return f"  missing: not-obtained\n  translations: [{{{fields}}}]"


@pytest.fixture
def read(small_files: list[SourceFile]) -> Callable[..., Analysis]:
    """Reads the small archive with more claims."""

    def make(*claims: SourceFile) -> Analysis:
        archive, problems = read_archive([*small_files, *claims])

        assert [] == problems

        return analyse(archive, "Facade Watch")

    return make


ENGLISH = "The test group says that it hit a paper target on the test range on Thursday morning with great precision"


def test_two_originals_with_the_same_words_are_a_cluster_with_the_earliest_at_its_centre(read):
    wording = read(
        _claim(2, _original(STATEMENT + " مرة أخرى")), _claim(1, _original(STATEMENT.translate(SWAPPED)))
    ).wording
    (cluster,) = wording.clusters

    assert "2024-03-01-test-faction" == cluster.id == cluster.centre.claim
    assert ["2024-03-02-test-faction"] == [copy.second.claim for copy in cluster.copies]
    assert (cluster,) == wording.clusters_of("2024-03-02-test-faction")


def test_two_translators_are_never_compared(read):
    wording = read(
        _claim(1, _translation(ENGLISH, "First Translator")), _claim(2, _translation(ENGLISH, "Second Translator"))
    ).wording

    assert () == wording.clusters
    assert () == wording.phrases


def test_a_translation_is_never_compared_with_an_original(read):
    wording = read(
        _claim(1, _translation(STATEMENT, "First Translator").replace("lang: en", "lang: ar")),
        _claim(2, _original(STATEMENT)),
    ).wording

    assert () == wording.clusters


def test_translations_by_one_translator_are_compared(read):
    wording = read(
        _claim(1, _translation(ENGLISH, "First Translator"), "Paper One"),
        _claim(2, _translation(ENGLISH, "first  translator"), "Paper Two"),
    ).wording

    assert [HandKind.TRANSLATOR] == [cluster.centre.hand.kind for cluster in wording.clusters]


def test_unnamed_translators_are_compared_only_within_one_publisher_and_the_page_says_so(read):
    analysis = read(_claim(1, _translation(ENGLISH, "not stated")), _claim(2, _translation(ENGLISH, "Not stated")))
    (cluster,) = analysis.wording.clusters
    page = cluster_page(cluster, analysis.archive, analysis, _links(analysis), quoted(""))

    assert HandKind.PRINTER is cluster.centre.hand.kind
    assert "Test Paper printed without naming the translator" in page.body
    apart = read(
        _claim(1, _translation(ENGLISH, "not stated"), "Paper One"),
        _claim(2, _translation(ENGLISH, "not stated"), "Paper Two"),
    )
    assert () == apart.wording.clusters


def test_records_of_one_statement_are_no_reuse(read):
    same = "same_statement: 2024-03-01-test-faction\n"
    back = "same_statement: 2024-03-02-test-faction\n"
    wording = read(_claim(1, _original(STATEMENT), more=back), _claim(2, _original(STATEMENT), more=same)).wording

    assert () == wording.clusters
    assert () == wording.phrases


def test_of_the_records_of_one_statement_those_that_hold_a_phrase_are_named(read):
    phrase = "دعما لوجستيا للاحتلال"
    wording = read(
        _claim(1, _original("نص أول لا يشبه غيره أبدا"), more="same_statement: 2024-03-02-test-faction\n"),
        _claim(2, _original(f"استهدفنا {phrase} في الشمال"), more="same_statement: 2024-03-01-test-faction\n"),
        _claim(3, _original(f"ضربنا {phrase} صباحا")),
    ).wording
    (found,) = [found for found in wording.phrases if found.words == fold(phrase)]

    assert ("2024-03-02-test-faction", "2024-03-03-test-faction") == found.claims
    assert "2024-03-02-test-faction" == found.first.claim


def test_unlisted_claims_stand_in_no_cluster(read):
    wording = read(
        _claim(1, _original(STATEMENT)), _claim(2, _original(STATEMENT), more="visibility: unlisted\n")
    ).wording

    assert () == wording.clusters


def test_a_form_filled_in_twice_is_kept_for_editors(read):
    places = "asserts: [{{id: a1, what: a test, place: {{name: X, name_ar: {0}}}}}]\n"
    form = "استهدف رجالنا مساء يوم {} في منطقة {} رتلا من ورق بعدد {} من العبوات وكانت الإصابة دقيقة بعون الجميع"
    first, second = (
        form.format("الخميس", "الميدان الشمالي البعيد جدا", "12"),
        form.format("الجمعة", "الوادي الغربي القريب منا", "7"),
    )
    analysis = read(
        _claim(1, _original(first), more=places.format("الميدان الشمالي البعيد جدا")),
        _claim(2, _original(second), more=places.format("الوادي الغربي القريب منا")),
    )
    (template,) = templates_of(analysis.archive, analysis.wording)

    assert () == analysis.wording.clusters
    assert template.containment < COPY <= template.masked
    assert (
        ""
        == same_wording(
            analysis.archive.claims["2024-03-01-test-faction"], analysis.archive, analysis, _links(analysis)
        ).partition("Another claim has")[1]
    )


def test_a_phrase_comes_with_its_denominators_and_its_control(read):
    phrase = "دعما لوجستيا للاحتلال"
    analysis = read(
        _claim(1, _original(f"استهدفنا {phrase} في الشمال"), title="خبر عن دعم قافلة"),
        _claim(2, _original("ضربنا دَعماً لوجستياً للإحتلال صباحا"), title="خبر آخر"),
        _claim(3, _original("نص ثالث لا يشبه غيره أبدا"), title=f"شهود عيان رأوا {phrase} يمر"),
    )
    (found,) = [found for found in analysis.wording.phrases if found.words == fold(phrase)]

    assert (2, 4, 2) == (found.statements, found.of, found.without)
    assert ("2024-03-01-test-faction", "2024-03-02-test-faction") == found.claims
    assert phrase == found.shown
    assert found.slug.startswith("ar-")
    assert 13 == len(found.slug)
    told = counted(found, analysis)
    assert "in 2 of 4 statements whose original in Arabic we hold" == told.statements
    assert f"in 1 of {analysis.wording.controls['ar'].size} control texts" in told.control


def test_the_address_of_a_phrase_does_not_follow_its_count(read):
    texts = [_claim(day, _original(f"كلام {day} عن دعم لوجستي كبير {day}")) for day in (1, 2, 3)]
    few, more = read(*texts[:2]).wording.phrases, read(*texts).wording.phrases

    assert [phrase.slug for phrase in few] == [phrase.slug for phrase in more]


def test_no_run_goes_across_what_was_left_out(read):
    wording = read(
        _claim(1, _original("أول الكلام […] آخر الكلام كله")), _claim(2, _original("أول الكلام [...] آخر الكلام كله"))
    ).wording

    assert ["اخر الكلام كله"] == [phrase.words for phrase in wording.phrases]


def test_a_name_that_recurs_is_no_wording(read):
    wording = read(_claim(1, _original("قال فصيل الاختبار")), _claim(2, _original("رد فصيل الاختبار"))).wording

    assert () == wording.phrases


def test_without_control_texts_the_page_says_so(read):
    analysis = read()
    controls = controls_of([], Archive(), analysis.affiliations)

    assert {} == controls
    assert 0 == Control().holding("x y z")


def _links(analysis: Analysis) -> Links:
    return Links(
        analysis.archive, Settings("Facade Watch", "https://facade-watch.example/", "https://example.org/r"), "../../"
    )


HOSTILE = "<script>alert(1)</script> {{ 7*7 }} <img src=x onerror=alert(1)>"


def test_the_section_of_a_claim_marks_the_shared_words_in_their_own_letters_and_escapes_the_rest(read):
    analysis = read(
        _claim(1, _original(f"{STATEMENT}\n\n{HOSTILE}")), _claim(2, _original(STATEMENT.replace("تعلن", "تُعْلِن")))
    )
    section = same_wording(
        analysis.archive.claims["2024-03-02-test-faction"], analysis.archive, analysis, _links(analysis)
    )

    assert "<mark>تُعْلِن سرايا" in section
    assert "<script>" not in section
    assert "&lt;script&gt;" in section
    assert 'href="../../claims/2024-03-01-test-faction/"' in section
    assert "does not say who wrote them" in section
    assert "coordinat" not in section.lower()


def test_a_claim_with_words_of_its_own_has_no_such_section(read):
    analysis = read(_claim(1, _original(STATEMENT)))

    assert "" == same_wording(
        analysis.archive.claims["2024-03-01-test-faction"], analysis.archive, analysis, _links(analysis)
    )


def test_the_title_of_a_phrase_does_not_repeat_it(read):
    analysis = read(_claim(1, _original(STATEMENT)), _claim(2, _original(STATEMENT)))
    (phrase,) = analysis.wording.phrases
    page = phrase_page(phrase, analysis.archive, analysis, _links(analysis), quoted(""))

    assert phrase.shown not in page.title + page.description
    assert phrase.shown in page.body
    assert "control text" in page.body


def test_the_index_is_cut_into_pages_and_names_the_set_phrases_with_their_sources(read):
    analysis = read(_claim(1, _original(STATEMENT)), _claim(2, _original(STATEMENT)))
    pages = WordingPages(analysis.archive, analysis)

    assert [("wording/index.md", 1)] == list(pages.index_paths())
    index = pages.index(1, _links(analysis))
    assert "Quran 22:39" in index
    assert "thepartisanreport.com" in index
    assert analysis.wording.phrases[0].slug in index


def test_a_mark_never_spans_two_lines():
    assert "<p><mark>one</mark><br>\n<mark>two</mark> &amp;</p><p>three</p>" == quoted("one\ntwo &\n\nthree", [(0, 7)])
    assert "<p>a \N{REPLACEMENT CHARACTER} b</p>" == quoted("a \ufdd0 b", [(9, 9)])


def test_a_share_is_said_in_words_and_never_rounded_up():
    assert "76 stand in the longer one too" in share_in_words(0.7699)
    assert share_in_words(1.0).startswith("All of the shorter text")


def test_marked_words_are_those_that_were_counted():
    texts = ("They HIT the old bridge, at dawn today", "they hit the old bridge at dusk today")
    first, second = (Held("c", "c", "original", Hand("en", HandKind.ORIGINAL), text) for text in texts)

    assert ["They HIT the old bridge, at", "today"] == [
        first.text[slice(*span)] for span in shared_words(first, second)
    ]


def test_in_letters_finds_the_words_as_they_are_written():
    assert "أهْـل البيت" == in_letters("[…] قال أهْـل البيت كلاما", "اهل البيت")


_PROGRAM = """
from benchmarks.wording import quotes
from generator.analysis.copies import matches
from generator.analysis.phrases import shared_runs
from generator.analysis.held import bare
texts = [bare(quote.text) for quote in quotes(200)]
print(list(matches(texts)), shared_runs((at, [text.split(" ")]) for at, text in enumerate(texts)))
"""


def test_the_same_texts_give_the_same_answer_whatever_the_hash_seed():
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            cwd=PROJECT,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)},
        ).stdout
        for seed in ("1", "2")
    }

    assert 1 == len(outputs)


def test_planted_copies_are_found_and_no_two_families_mixed():
    from benchmarks.wording import quotes

    made = list(quotes(600))
    texts = [bare(quote.text) for quote in made]
    star = {match.text: match.centre for match in matches(texts, COPY)}
    first: dict[int, int] = {}
    planted = [
        at
        for at, quote in enumerate(made)
        if first.setdefault(quote.family, at) != at and containment(texts[at], texts[first[quote.family]]) >= COPY
    ]

    assert len(planted) > 200
    assert 0.97 <= sum(at in star for at in planted) / len(planted)
    assert [] == [at for at, centre in star.items() if made[at].family != made[centre].family]


def test_an_empty_archive_has_no_wording():
    assert Reuse() == analyse(Archive(), "Facade Watch").wording


def test_checking_looks_for_no_wording(small: Archive, monkeypatch: Any):
    import datetime

    from generator import checks
    from generator.analysis import whole

    def refuse(*arguments: object) -> None:
        raise AssertionError("asked for")

    monkeypatch.setattr(whole, "reuse_of", refuse)
    checks.check(small, analyse(small, ""), datetime.date(2026, 11, 24))
