"""Embeds: one grammar for check and page, figures from the records, and nothing made where it may not be."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from generator.analysis.coverage import coverage_of
from generator.analysis.figures import FORMS, NAMES, faults, figure, form_of
from generator.analysis.selection import CLAIM_FILTERS, FACADE_FILTERS, words_held
from generator.documents import SourceFile
from generator.html import safe_prose, with_embeds
from generator.prose import EMBED, embeds, parsed
from tests.conftest import PROJECT, problems_with

CLAIM = "2023-01-26-international-resistance"
PATH = "content/reports/embeds.md"
FRONT = (
    "---\ntitle: T\ndescription: D\npublished: 2023\n"
    "sources: [{title: A, publisher: B, published: 2023, url: 'https://example.org/'}]\n---\n"
)


def _said(words, archive, analysis):
    embed = parsed(words)

    assert embed is not None
    assert [] == list(faults(embed, archive, analysis))

    made = figure(embed, archive, analysis)
    return made and made.text


def _problems(prose, small_files):
    file = SourceFile(PATH, (FRONT + prose).encode())
    return [
        (problem.place.line - FRONT.count("\n"), problem.place.column, problem.sentence)
        for problem in problems_with(small_files, file)
        if problem.place.path == PATH and problem.rule == "W03"
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("count claims", "3"),
        ("count claims facade=international-resistance", "2"),
        ("count claims facade=international-resistance,test-faction year=2023 as=words", "three"),
        ("count claims status=uncorroborated as=phrase", "one claim"),
        ("count claims status=refuted as=phrase", "no claims"),
        ("count claims month=2023-02", "1"),
        ("count facades facade-kind=media-outlet as=phrase", "three facades"),
        ("count facades facade-kind=claim-brand on-record=yes", "2"),
        ("share claims words=held among facade=international-resistance", "1 of 2"),
        ("share claims status=unverified", "2 of 3"),
        ("share claims status=unverified among status=refuted", "0 of 0"),
        ("share claims status=refuted among year=2023 as=phrase", "none of three claims"),
        ("share claims as=words status=unverified", "two of three"),
        (f"count origins claim={CLAIM} dimension=occurred", "0"),
        (f"count origins claim={CLAIM} dimension=occurred as=phrase", "no independent origins"),
        (f"count sources claim={CLAIM} as=phrase", "one source"),
        (f"lag lead claim={CLAIM}", "7 min 1 s to 8 min 59 s"),
        (f"lag event-to-first claim={CLAIM}", "5 min 1 s to 6 min 59 s"),
        (f"lag event-to-claim claim={CLAIM}", "13 min 1 s to 14 min 59 s"),
        (f"lag post claim={CLAIM} post=p1", "7 min 1 s to 8 min 59 s"),
        (f"time claim={CLAIM}", "01:04"),
        (f"time claim={CLAIM} post=p1", "00:56"),
        (f"time claim={CLAIM} assertion=a1 zone=utc", "21:50"),
        (f"date claim={CLAIM}", "26 January 2023"),
        (f"date claim={CLAIM} as=day", "26 January"),
        (f"date claim={CLAIM} as=weekday", "Thursday"),
        (f"date claim={CLAIM} assertion=a1 zone=utc as=weekday", "Wednesday"),
        (f"status claim={CLAIM}", "Uncorroborated"),
        (f"state claim={CLAIM}", "standing"),
        (f"verdict claim={CLAIM} dimension=occurred", "not established"),
    ],
)
def test_a_figure_says_what_the_records_hold(words, said, small, small_analysis):
    assert said == _said(words, small, small_analysis)


def test_an_attribution_is_said_as_it_is_held(small, small_analysis):
    held = small.facades["international-resistance"].record.attributions[0]
    pairs = f"facade=international-resistance to={held.to}"

    assert held.likelihood.label == _said(f"likelihood {pairs}", small, small_analysis)
    assert held.confidence.label == _said(f"confidence {pairs}", small, small_analysis)
    assert str(len(held.held_by)) == _said(f"count holders {pairs}", small, small_analysis)


@pytest.mark.parametrize(
    ("line", "column", "sentence"),
    [
        ("A [[cout claims]].", 3, "unknown embed ‘cout’; did you mean ‘count’?"),
        ("[[count clams]] here", 9, "count is followed by one of"),
        ("[[count claims]] [[count claims stats=unverified]]", 33, "takes no ‘stats’; did you mean ‘status’?"),
        ("x [[count claims status=unverifed]]", 18, "unknown status ‘unverifed’; did you mean ‘unverified’?"),
        ("x [[count claims status=refuted,unverifed]]", 18, "unknown status ‘unverifed’"),
        ("x [[count claims year=23]]", 18, "unknown year ‘23’; write a year, such as 2023"),
        ("x [[count claims facade=test-facton]]", 18, "unknown facade ‘test-facton’; did you mean ‘test-faction’?"),
        ("x [[count claims year=2023 year=2022]]", 28, "‘year’ stands twice; several values are written a,b"),
        ("x [[count claims test-faction]]", 18, "‘test-faction’ is no filter"),
        ("x [[lag lead]]", 3, "lag lead needs claim=…"),
        ("x [[date as=day]]", 3, "date needs claim=… or event=…"),
        ("x [[count claims as=weekday]]", 18, "unknown as ‘weekday’; one of number, words, phrase"),
        (f"x [[time claim={CLAIM} post=p11]]", 52, f"{CLAIM} has no post ‘p11’; did you mean ‘p1’?"),
        (f"x [[verdict claim={CLAIM} dimension=occured]]", 55, "did you mean ‘occurred’?"),
        ("x [[lag lead claim=2023-01-19-international-resistance]]", 3, "the record does not hold this"),
        ("x [[count claims among year=2023]]", 3, "only share takes ‘among’"),
        ("[[claim]]", 1, "claim is followed by the id of one claim"),
        ("[[timeline facade=test-faction]]", 1, "a timeline needs at least two claims"),
        ("In text [[statuses]].", 9, "‘statuses’ is no figure for running text"),
        ("- [[statuses]]", 3, "‘statuses’ is no figure for running text"),
        ("# How [[count claims]]", 7, "an embed cannot stand in a heading"),
        ("How [[count claims]]\n---", 5, "an embed cannot stand in a heading"),
        ("> He said [[count claims]].", 11, "an embed cannot stand in a quotation"),
        ("> He said\nlazily [[count claims]].", 8, "an embed cannot stand in a quotation"),
        ("An [[open one", 4, "not an embed"),
        ("A [[count claims]](https://example.org/)", 3, "not an embed"),
        ('A [[count claims facade="x"]]', 3, "not an embed"),
        ("A [[count <b>claims</b>]]", 3, "not an embed"),
    ],
)
def test_an_embed_of_nothing_is_named_with_its_column_and_what_was_meant(line, column, sentence, small_files):
    found = _problems(f"\n{line}\n", small_files)

    assert len(found) == 1, found
    at, where, said = found[0]
    assert (2 if "\nlazily" not in line else 3) == at
    assert column == where
    assert sentence in said


def test_a_chart_stands_on_a_page_once(small_files):
    chart = f"[[propagation claim={CLAIM}]]"

    assert [(4, 1)] == [(line, column) for line, column, _ in _problems(f"\n{chart}\n\n{chart}\n", small_files)]


def test_a_figure_of_a_claim_that_cannot_be_read_is_no_fault_of_the_article(small_files):
    prose = f"\nIt is [[status claim={CLAIM}]], of [[date claim={CLAIM}]].\n"
    path = f"claims/2023/{CLAIM}.yml"
    broken = [file for file in small_files if file.path != path]
    damaged = SourceFile(path, b"facade: [")

    assert [] == _problems(prose, [*broken, damaged])
    assert [] == _problems(prose, small_files)
    assert 2 == len(_problems(prose, broken))


def test_what_stands_in_code_is_no_embed(small_files):
    assert [] == _problems("\nWrite `[[count clams]]`.\n\n```\n[[nothing]]\n```\n", small_files)


def test_the_check_and_the_page_know_the_same_embeds(small, small_analysis):
    """Every form of the table makes something, and `_block` of the site and the figures share no name."""
    from generator import written
    from generator.settings import Settings
    from generator.site import Site

    made = Site.of(
        small, small_analysis, Settings("Facade Watch", "https://example.org/", ""), lambda key, make: make()
    )
    links = made.links("../../")
    for (name, subject), form in FORMS.items():
        if not form.block:
            continue
        given = {"facade": "international-resistance", "claim": CLAIM}
        words = [name, subject or (CLAIM if form.id else ""), *(f"{key}={given[key]}" for key in form.needs)]
        embed = parsed(" ".join(word for word in words if word))

        assert embed is not None
        assert written._block(made, links, embed) is not None, words
    for name in NAMES:
        forms = [form for (other, _), form in FORMS.items() if other == name]
        assert 1 == len({form.block for form in forms}), name


def _made(prose):
    return with_embeds(
        prose,
        lambda embed: "<span>3</span>" if not (form_of(embed) or FORMS["statuses", ""]).block else None,
        lambda embed: "<table></table>" if (form_of(embed) or FORMS["count", "claims"]).block else None,
        lambda text: text.upper(),
    )


def test_figures_are_made_in_text_and_blocks_in_place_of_their_paragraph():
    prose = "<p>a [[count claims]] b</p>\n<p>[[statuses]]</p>\n<ul><li>[[count claims]]</li></ul>"

    assert "<P>A <SPAN>3</SPAN> B</P>\n<table></table>\n<UL><LI><SPAN>3</SPAN></LI></UL>" == _made(prose)


@pytest.mark.parametrize("tag", ["code", "pre", "blockquote", "h2", "q"])
def test_nothing_is_made_inside_code_a_heading_or_a_quotation(tag):
    prose = f"<{tag}><p>[[count claims]] and <em>[[statuses]]</em></p><p>[[statuses]]</p></{tag}>"

    assert prose.upper() == _made(prose)


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="[]count claims<>/pbq\"'&= \n-", max_size=80))
def test_no_text_makes_an_embed_of_what_is_none(text):
    prose = safe_prose(f"<p>{text}</p>")
    made = with_embeds(prose, lambda embed: "<i>x</i>" if embed.name == "count" else None, lambda embed: None, str)

    assert prose.count("[[count") >= made.count("<i>x</i>")
    assert EMBED.sub("", prose) == re.sub(r"<i>x</i>", "", made) or "[[" in made


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=60))
def test_reading_prose_never_fails(text):
    for placed in embeds(text):
        assert placed.column >= 1
        assert text.split("\n")[placed.line][placed.column - 1 :].startswith("[[")


@pytest.mark.parametrize(
    "text", ["[[" + " " * 50_000, "[[" * 25_000, "[[a" + "=b" * 20_000 + "]]", "[[" + "a " * 20_000 + "]]"]
)
def test_no_embed_takes_long_to_read(text):
    assert list(embeds(text))
    assert text == with_embeds(text, lambda embed: None, lambda embed: None, str)


def test_every_embed_and_every_filter_is_written_down():
    manual = (PROJECT / "content" / "about" / "contribute.md").read_text(encoding="utf-8")
    for name, subject in FORMS:
        assert f"[[{name}" in manual, name
        assert not subject or subject in manual, subject
    for key in (*CLAIM_FILTERS, *FACADE_FILTERS):
        assert f"`{key}`" in manual or f"`{key}=" in manual or f"{key}=" in manual, key


def test_what_is_held_of_the_words_of_each_claim_is_one_of_four(small, small_analysis):
    held = {id: words_held(own.quote) for id, own in small_analysis.claims.items()}

    assert "translation" == held[CLAIM]
    assert "original" == held["2023-02-01-test-faction"]
    assert "none" == held["2023-01-19-international-resistance"]


def test_figures_tables_and_charts_stand_on_the_built_page(built):
    page = html.document_fromstring((built / "reports" / "test-report" / "index.html").read_text(encoding="utf-8"))
    text = " ".join(page.find(".//article").text_content().split())

    assert "On record are three claims, of which 2 of 3 are Unverified." in text
    assert "The first report stood 7 min 1 s to 8 min 59 s before; in code: [[count claims]]." in text
    assert ["Thursday", "3"] == [_folded(cell) for cell in page.xpath("//table[not(@class)]//td")]
    assert ["unverified"] == page.xpath("//p[contains(., 'On record')]//span/@data-status")
    assert page.xpath("//div[@class='fw-embed']//a[contains(@href, '2023-01-19-international-resistance')]")
    assert page.get_element_by_id("chart-facade-international-resistance") is not None
    assert page.get_element_by_id(f"propagation-{CLAIM}-title") is not None
    coverage = html.document_fromstring((built / "about" / "coverage" / "index.html").read_text(encoding="utf-8"))
    assert ["All", "3", "3"] == [
        _folded(cell)
        for cell in coverage.xpath("//h3[@id='coverage-status']/following-sibling::div[1]//tbody/tr[last()]/*")
    ]
    assert [] == page.xpath("//article//text()[contains(., '[[') and not(ancestor::code or ancestor::pre)]")


def _folded(element):
    return " ".join(element.text_content().split())


def test_every_table_of_coverage_adds_up_to_the_listed_claims(small, small_analysis):
    coverage = coverage_of(small, small_analysis)
    listed = len(small.listed_claims)

    assert listed == coverage.whole.total == sum(row.total for row in coverage.years)
    assert listed == sum(coverage.whole.statuses.values()) == sum(coverage.whole.words)
    assert listed == sum(count for _, count in coverage.origins)
    assert {"international-resistance", "test-faction"} == {row.key for row in coverage.facades}
    assert not {row.key for row in coverage.facades} & set(coverage.without)
