"""The built site for those who cite: what each page says to machines is there, and says what the page says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator.exports.linked import REVIEWED
from generator.exports.whole import Exports
from generator.pages.links import Links
from generator.settings import Settings
from tests.conftest import GONE, KEPT

SITE_URL = "https://facade-watch.example/"
CLAIM = "2023-01-26-international-resistance"
CITED = (
    f"claims/{CLAIM}",
    "claims/2023-02-02-test-faction",
    "facades/test-faction",
    "organisations/test-militia",
    "glossary/claim-brand",
    "reports/test-report",
)


def _page(built: Path, path: str) -> html.HtmlElement:
    return html.document_fromstring((built / path / "index.html").read_text(encoding="utf-8"))


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _linked(page: html.HtmlElement) -> list[dict[str, object]]:
    return [json.loads(script) for script in page.xpath("//script[@type='application/ld+json']/text()")]


def _said(node: dict[str, Any]) -> str:
    """The sentence on a claim: of a review it explains the rating."""
    return node["reviewRating"]["ratingExplanation"] if "reviewRating" in node else node["description"]


@pytest.fixture(scope="module")
def exports(small, small_analysis) -> Exports:
    settings = Settings("Facade Watch", SITE_URL, "https://github.com/facade-watch/facade-watch")
    return Exports(small, small_analysis, Links(small, settings, ""))


def test_all_exported_files_are_on_the_site_as_they_were_made(built, exports):
    for path, content in exports.files():
        assert content == (built / path).read_bytes(), path


def test_the_page_of_every_claim_says_what_its_copy_says(built, exports):
    for entry in exports.archive.claims_in_order:
        page = _page(built, f"claims/{entry.id}")
        copy = json.loads((built / f"api/v1/claims/{entry.id}.json").read_text(encoding="utf-8"))
        (node,) = _linked(page)
        verdicts = [_text(cell) for cell in page.xpath("//dl[@class='fw-strip']//dd")]

        assert copy["status_label"] == _text(page.get_element_by_id("status").find_class("fw-status__word")[0])
        assert copy["sentence"] == _text(page.find_class("fw-band__finding")[0])
        assert [verdict.replace("-", " ").capitalize() for verdict in copy["verdicts"].values()] == verdicts
        assert copy["headline"] == node["name"] == page.xpath("//meta[@name='citation_title']/@content")[0]
        assert copy["sentence"] == _said(node)
        assert len(copy["record"].get("sources", ())) == len(page.get_element_by_id("sources").xpath(".//ol/li"))
        assert len(copy["record"].get("history", ())) == len(
            page.find_class("fw-history")[0] if page.find_class("fw-history") else ()
        )
        assert exports.citation(entry).text == _text(page.get_element_by_id("citation"))
        assert copy["version"] in _text(page.get_element_by_id("citation"))


def test_every_citable_page_shows_its_citation_and_leads_to_the_three_forms(built):
    for path in CITED:
        page = _page(built, path)

        for name in ("cite.bib", "cite.ris", "cite.csl.json"):
            assert (built / path / name).is_file(), f"{path}: {name}"
            assert [name] == page.xpath("//section[@id='cite']//a[@href=$name]/@href", name=name)
        assert f"{SITE_URL}{path}/" in _text(page.get_element_by_id("citation"))


def test_every_citable_page_tells_reference_managers_and_link_followers(built):
    for path in CITED:
        page = _page(built, path)

        def meta(name, page=page):
            return page.xpath("//meta[@name=$name]/@content", name=name)

        assert meta("citation_title") == meta("DC.title") == page.xpath("//meta[@property='og:title']/@content")
        assert [f"{SITE_URL}{path}/"] == meta("citation_public_url") == page.xpath("//link[@rel='cite-as']/@href")
        assert re.fullmatch(r"\d{4}/\d\d/\d\d", meta("citation_publication_date")[0])
        assert ["https://creativecommons.org/licenses/by/4.0/"] == page.xpath("//link[@rel='license']/@href")
        for described in page.xpath("//link[@rel='describedby']/@href"):
            assert (built / path / described).resolve().is_file(), f"{path}: {described}"
    assert ["Facade Watch"] == _page(built, CITED[0]).xpath(
        "//meta[@name='citation_technical_report_institution']/@content"
    )


def test_feeds_are_advertised_and_stand_at_the_top(built):
    home = _page(built, "")
    for kind, ending in (("application/atom+xml", "xml"), ("application/feed+json", "json")):
        hrefs = home.xpath("//link[@rel='alternate'][@type=$kind]/@href", kind=kind)

        assert [f"feed-claims.{ending}", f"feed-changes.{ending}"] == [href.removeprefix("./") for href in hrefs]
    facade = _page(built, "facades/test-faction").xpath("//link[@rel='alternate']/@href")
    assert "../../feed-test-faction.xml" in facade
    for page in (home, _page(built, "facades/test-faction")):
        for href in page.xpath("//link[@rel='alternate'][contains(@type, 'atom') or contains(@type, 'feed')]/@href"):
            assert "/" not in href.removeprefix("./").replace("../", "")


def test_entries_of_feeds_lead_to_an_element_of_the_page(built):
    for path in built.glob("feed-*.json"):
        for item in json.loads(path.read_text(encoding="utf-8"))["items"]:
            address, _, fragment = item["url"].removeprefix(SITE_URL).partition("#")
            page = _page(built, address)

            assert not fragment or page.xpath("//*[@id=$id]", id=fragment), item["url"]


def test_the_page_about_the_data_names_every_file_and_every_column(built, exports):
    page = _page(built, "about/data")
    text = _text(page)
    (node,) = _linked(page)

    assert "Dataset" == node["@type"]
    for name in exports.downloads():
        assert f"data/{name}" in text
    for path, _, schema in exports.api_files():
        assert path in text
        assert (built / schema).is_file()


def test_a_chart_can_be_cited_and_taken_away(built):
    figure = _page(built, "facades/international-resistance").get_element_by_id("chart-facade-international-resistance")
    files = [href for href in figure.xpath(".//details//a/@href") if "charts/" in href]
    citation = _text(figure.get_element_by_id("chart-facade-international-resistance-citation"))

    assert 3 == len(files)
    for href in files:
        assert (built / "facades" / "international-resistance" / href).resolve().is_file()
    assert citation.endswith(f"{SITE_URL}facades/international-resistance/#chart-facade-international-resistance")


def test_articles_and_terms_say_what_they_are(built):
    (report,) = _linked(_page(built, "reports/test-report"))
    (term,) = _linked(_page(built, "glossary/claim-brand"))

    assert ("AnalysisNewsArticle", "DefinedTerm") == (report["@type"], term["@type"])
    assert {"headline", "datePublished", "author"} <= set(report)
    assert "A facade whose product is claims." == term["description"]


# As extruct reads it, a tool that is not ours


#: Where each type of schema.org stands.
TYPES = {
    "": (),
    f"claims/{CLAIM}": ("Claim",),
    "claims/2023-02-02-test-faction": ("ClaimReview",),
    "facades/test-faction": (),
    "organisations/test-militia": (),
    "glossary/claim-brand": ("DefinedTerm",),
    "reports/test-report": ("AnalysisNewsArticle",),
    "about/data": ("Dataset",),
}


def _extracted(site: Path, path: str) -> dict[str, list]:
    import extruct

    text = (site / path / "index.html").read_text(encoding="utf-8")
    syntaxes = ["json-ld", "opengraph", "dublincore", "microdata"]
    found = extruct.extract(text, base_url=f"{SITE_URL}{path}/", syntaxes=syntaxes, errors="strict")

    assert [] == found["microdata"], path

    (graph,) = found["opengraph"]
    return {
        "linked": found["json-ld"],
        "preview": dict(graph["properties"]),
        "core": [
            (element["URI"].rpartition("/")[2], element["content"]) for element in found["dublincore"][0]["elements"]
        ],
    }


def test_extruct_finds_the_type_that_each_page_is_of(built):
    for path, types in TYPES.items():
        nodes = _extracted(built, path)["linked"]

        assert types == tuple(node["@type"] for node in nodes), path
        for node in nodes:
            assert "https://schema.org" == node["@context"], path
            assert node["url"] == f"{SITE_URL}{path}/", path


def test_extruct_reads_on_every_claim_what_its_page_shows(built, exports):
    for entry in exports.archive.claims_in_order:
        own = exports.analysis.claims[entry.id]
        found = _extracted(built, f"claims/{entry.id}")
        (node,) = found["linked"]
        claim = node.get("itemReviewed", node)
        reviewed = own.status in REVIEWED

        assert ("ClaimReview" if reviewed else "Claim", "Claim") == (node["@type"], claim["@type"])
        assert (own.status.label if reviewed else None) == node.get("reviewRating", {}).get("alternateName")
        assert own.headline.startswith(f"{own.status.label}: ")
        assert own.headline == node["name"] == found["preview"]["og:title"] == dict(found["core"])["title"]
        assert own.sentence == _said(node) == found["preview"]["og:description"]
        assert f"{SITE_URL}claims/{entry.id}/" == node["url"] == found["preview"]["og:url"]
        assert found["preview"]["og:url"] == dict(found["core"])["identifier"]
        assert exports.citation(entry).day.isoformat() == dict(found["core"])["date"]


def test_extruct_reads_on_every_page_that_can_be_cited_who_made_it_when_and_under_which_licence(built):
    for path in CITED:
        core = dict(_extracted(built, path)["core"])

        assert {"title", "creator", "publisher", "date", "identifier", "language", "rights"} <= set(core), path
        assert f"{SITE_URL}{path}/" == core["identifier"]
        assert "https://creativecommons.org/licenses/by/4.0/" == core["rights"]


def test_extruct_finds_no_claim_where_a_record_is_withdrawn(withdrawn):
    for id in (KEPT, GONE):
        found = _extracted(withdrawn, f"claims/{id}")
        (node,) = found["linked"]

        assert "WebPage" == node["@type"]
        assert node["name"].startswith("Withdrawn: ")
        assert node["name"] == found["preview"]["og:title"] == dict(found["core"])["title"]
        assert node["description"] == found["preview"]["og:description"]
        assert "Claim" not in json.dumps(found["linked"])
