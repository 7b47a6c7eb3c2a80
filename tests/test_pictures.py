"""Charts for use elsewhere: each opens alone, says what its page says, and nothing that others wrote is markup in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import etree, html

from generator.analysis.posting import Postings
from generator.analysis.whole import Analysis, analyse
from generator.archive import Archive, Entry, read_archive
from generator.charts.palette import COLOURS, OUTLINES, VARIABLES
from generator.documents import SourceFile
from generator.drawings import Drawings
from generator.exports.citations import claim_citation
from generator.exports.pictures import STYLES, ClaimCharts
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.records.vocabulary import Status
from tests.conftest import GONE, KEPT, PROJECT
from tests.test_exports import SETTINGS

CLAIM = "2023-01-26-international-resistance"
ADDRESS = f"https://facade-watch.example/claims/{CLAIM}/"
SVG = "{http://www.w3.org/2000/svg}"


def texts(root: etree._Element) -> list[str]:
    """The lines of a picture from top to bottom, as they are read."""
    return ["".join(line.itertext()) for line in root.iter(f"{SVG}text")]


def _picture(site: Path, name: str) -> etree._Element:
    return etree.parse(str(site / "charts" / f"{name}.svg")).getroot()


def _pictures(site: Path) -> Iterator[tuple[str, etree._Element]]:
    for path in sorted((site / "charts").glob("*.svg")):
        yield path.stem, _picture(site, path.stem)


def _page(site: Path, path: str) -> html.HtmlElement:
    return html.document_fromstring((site / path / "index.html").read_text(encoding="utf-8"))


# The built site


def test_a_picture_opens_alone(built):
    names = [name for name, _ in _pictures(built)]

    assert {"overview", "facade-international-resistance", "attributions-international-resistance"} <= set(names)
    assert {f"claim-{CLAIM}-propagation", f"claim-{CLAIM}-origins"} <= set(names)
    for name, root in _pictures(built):
        size = root.get("viewBox").split()[2:]
        values = [value for element in root.iter() for value in element.values()]

        assert f"{SVG}svg" == root.tag
        assert size == [root.get("width"), root.get("height")], name
        assert [f"{SVG}title", f"{SVG}desc"] == [root[0].tag, root[1].tag], name
        assert "sans-serif" in root.get("font-family"), name
        assert not [value for value in values if "var(" in value or "url(" in value or "http" in value], name
        assert ["100%", "100%"] == [value for value in values if "%" in value], name
        assert not root.xpath("//@class | //@style | //@href | //@*[starts-with(name(), 'on')]"), name
        assert not {element.tag for element in root.iter()} - {
            f"{SVG}{tag}" for tag in ("svg", "title", "desc", "g", "path", "rect", "line", "circle", "text")
        }, name


def test_a_picture_says_what_it_is_where_it_is_from_and_its_licence(built):
    for name, root in _pictures(built):
        lines = texts(root)
        said = " ".join(lines)

        assert "Licence: CC BY 4.0" == lines[-1], name
        assert re.search(r"https://facade-watch\.example/\S*#\S+$", lines[-2]), name
        assert re.search(r"(as of|version [0-9a-f]{10} of) \d+ [A-Z][a-z]+ \d{4}", said), name
        assert "holds the same" not in root[1].text, name
        if name.startswith(("overview", "facade-")):
            assert "Shape shows the status" in said, name
            assert any(status.label in said for status in Status), name


def test_the_picture_of_a_claim_begins_with_its_status_and_says_in_whose_name_when_and_which_version(
    built, small, small_analysis
):
    own = small_analysis.claims[CLAIM]
    root = _picture(built, f"claim-{CLAIM}-propagation")
    said = " ".join(texts(root))
    cited = claim_citation(small.claims[CLAIM], small_analysis, Links(small, SETTINGS, ""), "0000000000").title

    assert said.startswith(f"{own.headline} Issued in the name of International Resistance Faction, ")
    assert "published 26 January 2023 Jihad Brothers Team posted 7 min 1 s to 8 min 59 s before the claim." in said
    assert f"“{cited}”, Facade Watch, record {CLAIM}, version " in said
    assert f"{ADDRESS}#propagation" in said
    assert own.headline == root[0].text
    assert root[1].text.startswith("Jihad Brothers Team posted 7 min 1 s to 8 min 59 s before the claim. Event, as ")
    assert "Unit10000: report: 26 January 2023, between 00:56 and 00:57." in root[1].text
    assert [OUTLINES[own.status], COLOURS[own.status.group]] == [
        root.findall(f"{SVG}path")[0].get(name) for name in ("d", "fill")
    ]


def test_every_drawing_of_a_page_can_be_cited_and_taken_away_with_its_data(built, small):
    for folder in (*(f"claims/{id}" for id in small.claims), *(f"facades/{id}" for id in small.facades), ""):
        page = _page(built, folder)
        names = page.xpath("//svg[@role='img'][not(ancestor::*[contains(@class, 'fw-chart__narrow')])]/title/text()")
        taken = []
        for form in page.xpath("//details[starts-with(summary, 'Cite or download')]"):
            citation = form.find_class("fw-cite")[0].text_content()
            address, _, anchor = citation.rpartition(" ")[2].partition("#")
            files = [(built / folder / href).resolve() for href in form.xpath(".//a/@href")]
            said = " ".join(texts(etree.parse(str(files[0])).getroot()))
            taken += [name for name in names if name in said]

            assert urljoin("https://facade-watch.example/", f"{folder}/" if folder else "") == address
            assert page.xpath("//*[@id=$id]", id=anchor), citation
            assert f"{citation} Licence: CC BY 4.0" in said
            assert form.xpath(".//a/@href")[0] == form.xpath(".//button/@data-png")[0]
            assert len(files) > 1
            assert all(file.is_file() for file in files), files

        assert sorted(names) == sorted(taken), folder


def test_what_stands_behind_several_findings_is_one_picture_with_each_count_as_its_page_says_it(built):
    page = _page(built, f"claims/{CLAIM}")
    names = page.xpath("//svg[@class='fw-arcs']/title/text()")
    said = " ".join(texts(_picture(built, f"claim-{CLAIM}-origins")))
    (form,) = page.xpath("//section[@id='findings']//details[starts-with(summary, 'Cite or download')]")

    assert names
    assert all(name in said for name in names)
    assert page.xpath("//svg[@class='fw-arcs']/g[@class='fw-arcs__name']/text/text()") == [
        line for line in texts(_picture(built, f"claim-{CLAIM}-origins")) if " · " in line
    ]
    assert "../../api/v1/claims/" in form.xpath(".//a/@href")[-1]


def test_a_drawing_in_an_article_leads_to_its_picture(built):
    links = _page(built, "reports/test-report").xpath("//figcaption/a[.='Picture (SVG)']/@href")

    assert [f"../../charts/claim-{CLAIM}-propagation.svg"] == links


def test_the_picture_of_a_withdrawn_claim_says_so_and_none_is_left_where_its_content_is_gone(withdrawn, small_analysis):
    name = f"claim-{KEPT}-propagation"
    root = _picture(withdrawn, name)
    said = " ".join(texts(root))
    status = small_analysis.claims[KEPT].status.label

    assert said.startswith("Withdrawn: claimed attack on a supply convoy near Yusufiyah, Baghdad, 26 January 2023 ")
    assert root[0].text.startswith("Withdrawn: ")
    assert status not in said
    assert [] == root.findall(f"{SVG}path")
    assert said.count("Withdrawn: ") == 2  # and in its citation
    assert name in {path.stem for path in (withdrawn / "charts").iterdir()}
    assert not list((withdrawn / "charts").glob(f"claim-{GONE}*"))


# What others wrote


HOSTILE = "</text><script>alert(1)</script>"
ARABIC = 'قناة صابرين "نيوز" & <b>العراق</b> 100%'


def hostile(files: list[SourceFile]) -> Archive:
    """The small archive with a facade and a channel whose names are made to break a picture."""
    path, facade = f"claims/2023/{CLAIM}.yml", "content/facades/international-resistance.md"
    text = {file.path: file.content.decode() for file in files}
    claim = text[path].replace("by: jihad-brothers-team, at", f"by: unnamed, note: '{ARABIC}', at", 1)
    profile = re.sub(r"name: \{en: [^,}]+", f"name: {{en: \"{HOSTILE} class='fw-x'\"", text[facade])
    changed = {path: claim, facade: profile}

    assert text[path] != claim
    assert text[facade] != profile

    return read_archive([SourceFile(file.path, changed.get(file.path, text[file.path]).encode()) for file in files])[0]


def pictures_of(archive: Archive, entry: Entry[Claim], analysis: Analysis) -> Mapping[str, bytes]:
    """The pictures of a claim's charts, made as a page makes them."""
    own = analysis.claims[entry.id]
    drawings = Drawings(archive, analysis, Postings(archive, {}.__getitem__))
    citation = claim_citation(entry, analysis, Links(archive, SETTINGS, ""), "0123456789")
    charts = ClaimCharts(entry, archive, citation, own.status, "copy.json", "../../")
    charts.line(drawings.propagation(entry))
    counts = [count.supports for count in own.independence.values() if count.supports.graph.edges]
    charts.origins([drawings.counted(count, "x", f"{HOSTILE} & more") for count in counts], "How.")
    return dict(charts.files())


def test_nothing_that_others_wrote_is_markup_in_a_picture(small_files):
    archive = hostile(small_files)
    made = pictures_of(archive, archive.claims[CLAIM], analyse(archive, "Facade Watch"))

    assert [f"charts/claim-{CLAIM}-{name}.svg" for name in ("propagation", "origins")] == list(made)
    for path, content in made.items():
        root = etree.fromstring(content)  # refuses what is not well-formed
        assert [] == root.xpath("//*[local-name()='script' or local-name()='b'] | //@class"), path
        assert f"{HOSTILE} class='fw-x'" in " ".join(texts(root)), path
    line = texts(etree.fromstring(made[f"charts/claim-{CLAIM}-propagation.svg"]))
    assert f"{ARABIC}: report" in line


def long_winded(files: list[SourceFile]) -> Archive:
    """The small archive with a title of broad letters and words without an end, and a publisher with a long name."""
    path = f"claims/2023/{CLAIM}.yml"
    text = next(file.content.decode() for file in files if file.path == path)
    title = f"title: Claimed {'MWALIMU ' * 60}{'x' * 400}"
    text = text.replace("title: Claimed attack on a supply convoy", title)
    text = text.replace("by: unit-10000", f"by: unnamed, note: {'M' * 40}", 1)
    return read_archive([*(file for file in files if file.path != path), SourceFile(path, text.encode())])[0]


def test_a_long_text_takes_more_lines_and_no_word_is_lost(small_files):
    archive = long_winded(small_files)
    made = pictures_of(archive, archive.claims[CLAIM], analyse(archive, "Facade Watch"))
    root = etree.fromstring(made[f"charts/claim-{CLAIM}-propagation.svg"])
    heading = [line for line in texts(root) if "MWALIMU" in line or "xxx" in line]

    assert 752 == float(root.get("width"))
    assert all(len(line) <= 100 for line in heading)
    assert "".join("".join(texts(root)).split()).count("x" * 400) == 2


# The styles


def _rules(name: str) -> dict[str, dict[str, str]]:
    sheet = (PROJECT / "theme_overrides" / "assets" / "css" / name).read_text(encoding="utf-8")
    rules: dict[str, dict[str, str]] = {}
    for selectors, declarations in re.findall(r"^(\.fw-(?:line|arcs|held)__[^{]+)\{([^}]*)\}", sheet, re.MULTILINE):
        for selector in selectors.split(","):
            pairs = (pair.split(":", 1) for pair in declarations.split(";") if pair.strip())
            rules.setdefault(selector.strip()[1:], {}).update({key.strip(): value.strip() for key, value in pairs})
    return rules


@pytest.mark.parametrize("classes", sorted(STYLES))
def test_a_picture_looks_as_its_page_in_the_light_scheme(classes):
    rules = _rules("charts.css")
    expected: dict[str, str] = {}
    for name in classes.split():
        expected |= rules.get(name, {})
    colours = {variable: colour for colour, variable in VARIABLES.items()}
    named = dict(re.findall(r'([a-z-]+)="([^"]*)"', STYLES[classes]))

    assert {
        key: re.sub(r"^\.", "0.", colours.get(value, value)).removesuffix("px")
        for key, value in expected.items()
        if key != "font-family"
    } == named


def test_every_class_of_the_style_sheet_has_its_style_in_pictures():
    modified = {name for classes in STYLES for name in classes.split()}

    assert set(_rules("charts.css")) <= modified
