"""The built site of the small archive, read back as HTML: what must hold on every page, and what a claim page shows."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import etree, html

from tests.conftest import PROJECT, copy_project, run_claims
from tests.test_search import titles_in_search

SITE_URL = "https://facade-watch.example/"
CLAIM = "2023-01-26-international-resistance"
HOSTILE = "2023-02-01-test-faction"
UNLISTED = "2023-02-02-test-faction"


@pytest.fixture(scope="session")
def pages(built: Path) -> dict[str, html.HtmlElement]:
    """Every page by its path below the site; redirects are no pages."""
    found = {}
    for path in sorted(built.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' not in text:
            found[path.relative_to(built).as_posix()] = html.document_fromstring(text)
    assert len(found) > 30
    return found


#: What the page of a claim has less of than this: what is larger belongs into a file of its own.
MOST_BYTES = 60_000


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real archive."""
    project = tmp_path_factory.mktemp("real")
    for folder in ("claims", "content", "theme_overrides"):
        shutil.copytree(PROJECT / folder, project / folder)
    shutil.copy(PROJECT / "mkdocs.yml", project)
    done = run_claims("build", folder=project)

    assert 0 == done.returncode, done.stderr

    return project / "site"


def test_every_claim_page_has_less_than_sixty_thousand_bytes(published, built):
    sizes = {path: path.stat().st_size for site in (published, built) for path in site.glob("claims/*/index.html")}
    large = {path.parent.name: size for path, size in sizes.items() if size >= MOST_BYTES}

    assert len(sizes) > 150
    assert {} == large


def test_every_icon_of_a_page_is_drawn_in_its_style_sheet(pages, built):
    sheet = (built / "assets" / "css" / "facade-watch.css").read_text(encoding="utf-8")
    shown = {name for page in pages.values() for icon in page.find_class("fw-icon") for name in icon.classes}

    assert shown > {"fw-icon"}
    for name in shown - {"fw-icon"}:
        assert f".{name} {{ --fw-shape: url(" in sheet


def _claim_page(pages: dict[str, html.HtmlElement], id: str) -> html.HtmlElement:
    return pages[f"claims/{id}/index.html"]


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_page_has_one_h1_a_language_and_a_title(pages):
    for path, page in pages.items():
        assert 1 == len(page.xpath("//h1")), path
        assert "en" == page.get("lang"), path
        assert page.findtext(".//title").strip(), path


def test_no_id_stands_twice_on_a_page(pages):
    for path, page in pages.items():
        twice = [id for id, count in Counter(page.xpath("//@id")).items() if count > 1]

        assert [] == twice, path


def test_every_link_within_the_site_leads_to_a_page_and_every_fragment_to_an_element(pages, built):
    broken = []
    for path, page in pages.items():
        base = urljoin(SITE_URL, path.removesuffix("index.html"))
        for href in page.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            target, fragment = urldefrag(urljoin(base, href))
            if not target.startswith(SITE_URL) or path == "404.html":
                continue
            file = built / unquote(urlsplit(target).path.lstrip("/"))
            file = file / "index.html" if target.endswith("/") else file
            if not file.is_file():
                broken.append(f"{path}: {href}")
            elif fragment and file.suffix == ".html":
                other = pages.get(file.relative_to(built).as_posix())
                if other is not None and not other.xpath("//*[@id=$id]", id=unquote(fragment)):
                    broken.append(f"{path}: {href}")

    assert [] == broken


def test_nothing_is_fetched_from_another_host(pages):
    for path, page in pages.items():
        named = "@rel='canonical' or @rel='cite-as' or @rel='license'"
        fetched = page.xpath(f"//script/@src | //link[not({named})]/@href | //img/@src | //iframe/@src | //source/@src")

        assert [] == [address for address in fetched if urlsplit(address).netloc], path


def test_every_page_has_a_strict_policy_first_in_its_head_and_no_inline_style_or_handler(pages):
    for path, page in pages.items():
        first = page.find("head")[0]

        assert "Content-Security-Policy" == first.get("http-equiv"), path
        assert "unsafe" not in first.get("content"), path
        assert "no-referrer" == page.find("head")[1].get("content"), path
        assert [] == page.xpath("//*/@*[starts-with(name(), 'on')]"), path
        assert [] == page.xpath("//*[@style] | //style"), path


def test_inline_scripts_are_those_that_the_policy_names(pages):
    import base64
    import hashlib

    for path, page in pages.items():
        policy = page.find("head")[0].get("content")
        for script in page.xpath("//script[not(@src) and not(contains(@type, 'json'))]"):
            digest = base64.b64encode(hashlib.sha256(script.text_content().encode()).digest()).decode()

            assert f"'sha256-{digest}'" in policy, path


def test_all_arabic_is_marked_as_such_and_runs_right_to_left(pages):
    arabic = re.compile("[\u0600-\u06ff]{3,}")
    for path, page in pages.items():
        for element in page.find("body").iter(etree.Element):
            if element.tag in ("script", "title"):
                continue
            if arabic.search(element.text or ""):
                marked = element.xpath("ancestor-or-self::*[@lang='ar' and @dir='rtl']")
                isolated = element.xpath("ancestor-or-self::bdi")

                assert marked or isolated, f"{path}: {element.text}"


def test_the_claim_page_stands_in_the_order_of_the_evidence_model(pages):
    page = _claim_page(pages, CLAIM)
    order = [id for id in page.xpath("//article//*/@id") if id in _ORDER]

    assert _ORDER == order


_ORDER = ["status", "established", "who", "quote", "propagation", "findings", "sources", "history", "cite"]


def test_the_status_is_the_same_on_every_surface(pages, built, small_analysis):
    titles = titles_in_search(built)
    ledger = pages["claims/index.html"]
    for id, own in small_analysis.claims.items():
        page = _claim_page(pages, id)
        label = own.status.label

        assert label == _text(page.get_element_by_id("status").find_class("fw-status__word")[0])
        assert page.findtext(".//title").startswith(f"{label}: ")
        assert page.xpath("//meta[@property='og:title']/@content")[0].startswith(f"{label}: ")
        assert own.sentence == page.xpath("//meta[@name='description']/@content")[0]
        assert own.sentence == page.xpath("//meta[@property='og:description']/@content")[0]
        assert own.sentence == _text(page.find_class("fw-band__finding")[0])
        for picture in (built / "charts").glob(f"claim-{id}-*.svg"):
            root = etree.parse(str(picture)).getroot()
            assert root[0].text.startswith(f"{label}: "), picture
            assert root.findtext(".//{*}text").startswith(f"{label}: "), picture
        if id != UNLISTED:
            assert titles[f"claims/{id}/"].startswith(f"{label}: ")
            row = ledger.xpath("//li[.//a[contains(@href, $id)]]", id=f"/{id}/")[0]
            assert label == _text(row.find_class("fw-status__word")[0])


def test_the_claim_of_the_article_says_what_the_evidence_model_says(pages):
    page = _claim_page(pages, CLAIM)
    text = _text(page.find(".//article"))

    assert "Jihad Brothers Team posted 7 min 1 s to 8 min 59 s before the claim." in text
    assert "on the claimant’s clock" in text
    assert "26 January 2023, 01:04" in text
    assert "Asia/Baghdad" in text


def test_a_hostile_quote_is_shown_as_typed_and_does_nothing(pages, small):
    typed = small.claims[HOSTILE].record.quote.original.text
    for path in (f"claims/{HOSTILE}/index.html", "reports/test-report/index.html"):
        words = pages[path].xpath("//div[@class='fw-quote__words' and @lang='ar']")[0]
        shown = "\n".join(part.strip("\n") for part in words.xpath(".//p//text()"))

        assert typed == shown
        assert "rtl" == words.get("dir")
        assert [] == words.xpath(".//script | .//a | .//strong | .//code")


def test_a_hostile_title_and_prose_are_shown_as_typed(pages, small):
    page = _claim_page(pages, HOSTILE)

    assert small.claims[HOSTILE].record.title == _text(page.find(".//h1"))
    assert [] == page.find(".//h1").xpath(".//b")
    report = _text(pages["reports/test-report/index.html"].find(".//article"))
    assert "Typed: 1 < 2 & <b>not bold</b> {{ 7*7 }}." in report
    assert "[[claim nothing]] <script>" in report


def test_the_quote_carries_its_label_inside_the_block(pages):
    for block in _claim_page(pages, HOSTILE).xpath("//section[@id='quote']//blockquote"):
        label = _text(block.find_class("fw-exhibit__label")[0])

        assert label.startswith("Unverified claim by Test Faction, 1 February 2023")
        assert "original" in label or "translation" in label


def test_every_time_carries_its_basis(pages):
    text = _text(_claim_page(pages, CLAIM).get_element_by_id("who"))

    assert "reported by a source" in text
    assert "stated by the claimant" in text


def test_terms_are_linked_once_a_page_with_their_tooltip(pages):
    for path, page in pages.items():
        linked = Counter(urlsplit(href).path for href in page.xpath("//a[@class='term']/@href"))

        assert all(count == 1 for count in linked.values()), path
    report = pages["reports/test-report/index.html"]
    assert ["A facade whose product is claims."] == report.xpath("//a[@class='term']/@data-tip")
    assert [] == pages["glossary/claim-brand/index.html"].xpath("//a[@class='term' and contains(@href, 'claim-brand')]")
    assert _claim_page(pages, HOSTILE).xpath("//a[@class='term']")


def test_an_unlisted_claim_has_a_page_and_stands_in_no_list(pages, built):
    page = _claim_page(pages, UNLISTED)

    assert ["noindex"] == page.xpath("//meta[@name='robots']/@content")
    assert UNLISTED not in (built / "sitemap.xml").read_text(encoding="utf-8")
    assert not [path for path in (built / "search").iterdir() if UNLISTED in path.read_text(encoding="utf-8")]
    assert [] == pages["claims/index.html"].xpath("//a[contains(@href, $id)]", id=UNLISTED)


def test_a_former_id_leads_to_the_record(built):
    moved = (built / "claims" / f"{UNLISTED}-old" / "index.html").read_text(encoding="utf-8")

    assert f'content="0; url=../{UNLISTED}/"' in moved
    assert f'rel="canonical" href="{SITE_URL}claims/{UNLISTED}/"' in moved


def test_the_sitemap_names_every_page_that_may_be_found_and_no_shell(pages, built):
    listed = etree.parse(str(built / "sitemap.xml")).xpath("//*[local-name()='loc']/text()")
    expected = {
        urljoin(SITE_URL, path.removesuffix("index.html"))
        for path, page in pages.items()
        if path != "404.html" and not page.xpath("//meta[@name='robots']")
    }

    assert expected == set(listed)


def test_canonical_addresses_are_those_of_the_pages(pages):
    for path, page in pages.items():
        if path != "404.html" and not path.startswith(
            "embed/"
        ):  # a card in a frame is the record's, not a page to find
            assert [urljoin(SITE_URL, path.removesuffix("index.html"))] == page.xpath("//link[@rel='canonical']/@href")


def test_a_claim_page_leads_to_its_yaml_to_its_facade_and_to_its_neighbours(pages):
    page = _claim_page(pages, CLAIM)
    hrefs = page.xpath("//a/@href")

    assert f"https://github.com/facade-watch/facade-watch/edit/main/claims/2023/{CLAIM}.yml" in hrefs
    assert any("issues/new" in href and CLAIM in href for href in hrefs)
    assert "../../facades/international-resistance/" in hrefs
    assert ["../../claims/2023-01-19-international-resistance/"] == page.xpath("//a[@rel='prev']/@href")
    assert [f"../../claims/{HOSTILE}/"] == page.xpath("//a[@rel='next']/@href")


def test_links_off_the_site_give_nothing_away(pages):
    for path, page in pages.items():
        for link in page.xpath("//a[starts-with(@href, 'http')]"):
            assert "noopener" in (link.get("rel") or ""), f"{path}: {link.get('href')}"


def test_every_chart_has_a_name_a_description_and_a_table(pages):
    charts = 0
    for path, page in pages.items():
        for figure in page.find_class("fw-chart"):
            drawings = figure.xpath("./descendant::svg[@role='img']")

            assert drawings, path
            for drawing in drawings:
                charts += 1
                assert page.get_element_by_id(drawing.get("aria-labelledby")).text.strip()
                assert page.get_element_by_id(drawing.get("aria-describedby")).text.strip()
            assert figure.xpath(".//table") or figure.getparent().xpath(".//table"), path

    assert charts >= 5


def test_charts_are_drawn_in_colours_of_the_style_sheet(pages):
    overview = pages["index.html"].get_element_by_id("chart-overview")

    assert "var(--fw-undetermined)" in html.tostring(overview).decode()
    assert not re.search(r"#[0-9A-Fa-f]{6}", html.tostring(overview).decode())


def test_the_interactive_chart_has_its_specification_and_its_rows(pages, built):
    for path, page in pages.items():
        for button in page.xpath("//button[@data-chart]"):
            folder = (built / path).parent
            specification = json.loads((folder / button.get("data-chart")).resolve().read_text(encoding="utf-8"))

            assert specification["description"]
            assert "rows" in specification["datasets"]
            if button.get("data-rows"):
                assert len(json.loads((folder / button.get("data-rows")).read_text(encoding="utf-8"))) > 1


def test_every_rule_has_a_page_of_its_own(pages):
    from generator.checks import RULES

    for rule in RULES:
        page = pages[f"about/rules/{rule.id.lower()}/index.html"]

        assert _text(page.find(".//h1")).startswith(f"{rule.id}: ")
        assert re.sub(r"[`*]", "", rule.manual.split(". ")[0].split("\n")[0]) in _text(page.find(".//article"))


def test_two_builds_of_the_same_input_give_the_same_bytes(built, tmp_path):
    again = copy_project(tmp_path / "elsewhere")
    done = run_claims("build", folder=again, TZ="Pacific/Auckland", LC_ALL="C")

    assert 0 == done.returncode, done.stderr
    assert _bytes_below(built) == _bytes_below(again / "site")


def _bytes_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_mkdocs_itself_builds_the_same_site_without_a_warning(built, tmp_path):
    import os
    import subprocess
    import sys

    project = copy_project(tmp_path / "by-mkdocs")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1"},
    )

    assert 0 == done.returncode, done.stderr
    assert "WARNING" not in done.stderr
    assert _bytes_below(built) == _bytes_below(project / "site")


def test_paragraphs_of_a_report_can_be_linked_to(pages):
    report = pages["reports/test-report/index.html"]
    anchors = report.xpath("//div[contains(@class, 'fw-prose')]/p/@id")

    assert anchors
    assert all(re.fullmatch("p-[0-9a-f]{8}", anchor) for anchor in anchors)
