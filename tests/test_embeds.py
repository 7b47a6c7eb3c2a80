"""A claim on other people's pages: previews, the embedded card, its discovery."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from generator.analysis.events import events_of
from generator.pages.environment import environment
from generator.records.vocabulary import Status
from tests.conftest import PROJECT

SITE = "https://facade-watch.example/"
HOSTILE = "2023-02-01-test-faction"


def _page(built: Path, path: str) -> html.HtmlElement:
    return html.document_fromstring((built / path / "index.html").read_text(encoding="utf-8"))


def _file(built: Path, address: str) -> Path:
    assert address.startswith(SITE)

    return built / urlsplit(address).path.lstrip("/")


def test_every_claim_has_a_card_of_its_own_and_every_other_page_the_one_of_the_site(built, small, small_analysis):
    for id, own in small_analysis.claims.items():
        page = _page(built, f"claims/{id}")
        image, alt = (page.xpath(f"//meta[@property='{name}']/@content")[0] for name in ("og:image", "og:image:alt"))

        assert f"{SITE}claims/{id}/card.png?v={small.claims[id].version}" == image
        assert _file(built, image).read_bytes().startswith(b"\x89PNG")
        assert alt.startswith(f"{own.status.label}. Claim in the name of ")
        assert ["summary_large_image"] == page.xpath("//meta[@name='twitter:card']/@content")
    page = _page(built, "about/method")
    assert [f"{SITE}card.png"] == page.xpath("//meta[@property='og:image']/@content")
    assert (built / "card.png").is_file()


def test_the_embedded_card_says_what_the_page_says_and_asks_nobody_for_anything(built, small, small_analysis):
    for id, own in small_analysis.claims.items():
        events = [built / "events" / event for event, _ in events_of(small.claims[id].record, small)]
        for path in (f"embed/{id}", f"embed/{id}/{small.claims[id].version}"):
            page = _page(built, path)

            assert own.status.value == page.xpath("//@data-status")[0]
            assert own.sentence in page.text_content()
            assert page.findtext(".//title").startswith(own.headline)
            assert [] == page.xpath("//script | //img | //iframe | //@style | //style")
            assert ["noindex"] == page.xpath("//meta[@name='robots']/@content")
            assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
            for link in page.xpath("//a"):
                assert ("_top", "noopener") == (link.get("target"), link.get("rel"))
                assert (built / path / link.get("href")).resolve() in {built / "claims" / id, *events}
            (style,) = page.xpath("//link[@rel='stylesheet']/@href")
            assert (built / path / style).resolve().is_file()


def test_a_hostile_title_is_shown_in_the_card_as_typed(built, small):
    title = _page(built, f"embed/{HOSTILE}").find(".//h1")

    assert small.claims[HOSTILE].record.title == title.text_content()
    assert [] == title.xpath(".//b")


def test_the_card_is_discovered_by_oembed_in_the_top_folder(built, small_analysis):
    for id, own in small_analysis.claims.items():
        (link,) = _page(built, f"claims/{id}").xpath("//link[@type='application/json+oembed']/@href")
        document = json.loads((built / "claims" / id / link).resolve().read_text(encoding="utf-8"))

        assert f"../../oembed-{id}.json" == link
        assert ("1.0", "rich", own.headline) == (document["version"], document["type"], document["title"])
        frame = html.fromstring(document["html"])
        assert "iframe" == frame.tag
        assert own.headline in frame.get("title")
        assert "allow-scripts" not in frame.get("sandbox")
        assert (_file(built, frame.get("src")) / "index.html").is_file()
        assert _file(built, document["thumbnail_url"]).is_file()
        assert (document["width"], document["height"]) == (int(frame.get("width")), int(frame.get("height")))


def test_the_page_gives_the_code_of_a_live_card_and_what_ends_the_address_of_a_frozen_one(built, small):
    page = _page(built, f"claims/{HOSTILE}")
    frame = html.fromstring(page.get_element_by_id("embed-code").text_content())
    frozen = frame.get("src") + page.get_element_by_id("embed-version").text_content()

    assert f"{SITE}embed/{HOSTILE}/" == frame.get("src")
    assert f"{SITE}embed/{HOSTILE}/{small.claims[HOSTILE].version}/" == frozen
    assert all((_file(built, address) / "index.html").is_file() for address in (frame.get("src"), frozen))
    assert "<b>" in frame.get("title")  # as typed, and inside an attribute
    assert [] == page.xpath("//button/@data-frozen[not(. = //@id)]")


def test_a_mark_looks_the_same_in_a_card_and_in_the_style_sheet_of_pages():
    sheet = (PROJECT / "theme_overrides" / "assets" / "css" / "facade-watch.css").read_text(encoding="utf-8")
    pictures = dict(
        re.findall(
            r'^\[data-status="([a-z-]+)"\] \{ --fw-shape: url\("data:image/svg\+xml,(.*)"\); \}$', sheet, re.MULTILINE
        )
    )
    macros = environment().get_template("macros.html.j2").module

    assert {status.value for status in Status} == set(pictures)
    for status in Status:
        drawn, cut = (html.fromstring(text) for text in (macros.drawn_mark(status), pictures[status.value]))

        assert drawn.get("viewbox") == cut.get("viewbox")
        assert [(part.tag, dict(part.attrib)) for part in drawn] == [
            (part.tag, {name: value.replace("black", "currentColor") for name, value in part.attrib.items()})
            for part in cut
        ]


def test_a_former_id_has_its_card_its_picture_and_its_oembed_too(built):
    former = "2023-02-02-test-faction-old"

    assert f"../{former.removesuffix('-old')}/" in (built / "embed" / former / "index.html").read_text(encoding="utf-8")
    assert (built / "claims" / former / "card.png").is_file()
    assert (built / f"oembed-{former}.json").is_file()
