"""What only a browser can show: charts, direction of writing, tooltips, silence towards other hosts, no scripts needed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.conftest import VECTORS

pytestmark = pytest.mark.browser

CLAIM = "claims/2023-01-26-international-resistance/"
ARABIC = "claims/2023-02-01-test-faction/"
FORMS = ("cite.bib", "cite.ris", "cite.csl.json")


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page on a telephone that fails on any script error and on any request to another host."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=request.param)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda sent: faults.append(sent.url) if not sent.url.startswith(("http://127.0.0.1", "data:")) else None,
    )
    yield page
    assert [] == faults
    assert [] == context.cookies()
    context.close()


PAGES = ["", "claims/", CLAIM, ARABIC, "facades/test-faction/", "glossary/", "glossary/claim-brand/", "reports/test-report/",
         "about/method/", "404.html"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_or_asks_another_host(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.wait_for_load_state("networkidle")

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_first_visit_to_a_claim_in_arabic_transfers_less_than_a_quarter_of_a_megabyte(
    page: Page, address: str
) -> None:
    sizes: dict[str, int] = {}

    def received(response: Response) -> None:
        # Servers compress text; fonts are compressed already.
        body = response.body()
        sizes[response.url] = len(body) if response.url.endswith(".woff2") else len(gzip.compress(body, 6))

    page.on("response", received)
    page.goto(address + ARABIC)
    page.wait_for_load_state("networkidle")

    assert any(url.endswith("arabic-400-normal.woff2") for url in sizes)
    assert not any("vega" in url for url in sizes)
    assert sum(sizes.values()) < 250_000, sizes


def test_a_visit_fetches_no_list_of_all_pages_and_leaves_the_feeds_named(page: Page, address: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda sent: fetched.append(sent.url))
    page.goto(address + CLAIM)
    page.wait_for_load_state("networkidle")

    assert [] == [url for url in fetched if url.endswith((".xml", ".json"))]
    assert 5 == page.locator("link[rel=alternate]").count()


def test_arabic_runs_right_to_left_in_an_arabic_font_and_is_not_small(page: Page, address: str) -> None:
    page.goto(address + ARABIC)
    page.evaluate("document.fonts.ready")
    words = page.locator("#quote .fw-quote__words[lang=ar]").first

    assert "rtl" == words.evaluate("element => getComputedStyle(element).direction")
    assert "normal" == words.evaluate("element => getComputedStyle(element).letterSpacing")
    assert 16 <= words.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert page.evaluate("document.fonts.check('16px \"IBM Plex Sans Arabic\"', 'نص')")
    # The first letter of an Arabic line stands right of its last one.
    first, last = words.evaluate(
        """element => {
          const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
          const at = (index) => { const range = document.createRange(); range.setStart(text, index);
            range.setEnd(text, index + 1); return range.getBoundingClientRect().x; };
          return [at(0), at(8)];
        }"""
    )
    assert first > last


def test_the_propagation_line_is_drawn_and_its_words_are_readable_on_a_telephone(page: Page, address: str) -> None:
    page.goto(address + CLAIM)
    line = page.locator("svg.fw-line")

    assert line.bounding_box()["width"] > 300
    assert line.locator("rect").count() >= 4
    size = line.locator("text").first.evaluate("element => element.getBoundingClientRect().height")
    assert size >= 11


def test_the_interactive_chart_loads_only_when_asked_for_and_under_the_policy(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto(address + CLAIM)
    page.wait_for_load_state("networkidle")

    assert not [url for url in asked if "vega" in url]

    page.get_by_role("button", name="Interactive view").first.click()
    page.locator(".fw-chart__live svg").first.wait_for()

    assert [url for url in asked if "vega.min.js" in url]
    assert page.locator(".fw-chart__live svg path").count() > 3
    page.get_by_role("button", name="Still picture").first.click()
    assert page.locator("svg.fw-line").is_visible()


def test_a_tooltip_opens_by_keyboard_and_closes_with_escape(page: Page, address: str) -> None:
    page.goto(address + "reports/test-report/")
    term = page.locator("a.term").first
    term.focus()
    tip = page.get_by_role("tooltip")
    tip.wait_for()

    assert "A facade whose product is claims." in tip.inner_text()

    page.keyboard.press("Escape")
    tip.wait_for(state="hidden")


def test_a_copied_quote_carries_its_label(page: Page, address: str) -> None:
    page.goto(address + ARABIC)
    copied = page.evaluate(
        """() => {
          const words = document.querySelector('#quote .fw-quote__words');
          getSelection().selectAllChildren(words);
          let text = '';
          const event = new ClipboardEvent('copy', {bubbles: true, cancelable: true, clipboardData: new DataTransfer()});
          words.dispatchEvent(event);
          return event.clipboardData.getData('text/plain');
        }"""
    )

    assert "Unverified claim by" in copied
    assert "<script>alert(1)</script>" in copied
    assert ARABIC in copied


def test_on_a_telephone_each_value_of_a_table_has_the_name_of_its_column(page: Page, address: str) -> None:
    page.goto(address + CLAIM)
    named = page.evaluate(
        """() => [...document.querySelectorAll('.fw-claim .fw-stack table')].flatMap((table) => {
          const heads = [...table.querySelectorAll('thead th')].map((head) => head.textContent);
          return [...table.querySelectorAll('tbody td')].map((cell) => [
            heads[cell.cellIndex], getComputedStyle(cell, '::before').content.replaceAll('"', ''),
          ]);
        })"""
    )

    assert "Comes from" in {head for head, _ in named}
    assert [] == [[head, label] for head, label in named if not label or label not in head]


def test_the_forms_of_a_citation_are_fetched_to_be_seen_and_copied(page: Page, address: str, built: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address + ARABIC)

    assert 0 == page.locator("pre.fw-cite__form").count()

    page.get_by_text("For reference managers").click()
    page.locator("pre.fw-cite__form").nth(2).wait_for()
    page.get_by_role("button", name="Copy BibTeX").click()
    page.get_by_role("button", name="Copied").wait_for()
    kept = {(built / ARABIC / file).read_bytes().decode().replace("\r", "") for file in FORMS}

    assert kept == set(page.locator("pre.fw-cite__form").evaluate_all("all => all.map(one => one.textContent)"))
    assert (built / ARABIC / "cite.bib").read_text(encoding="utf-8") == page.evaluate("navigator.clipboard.readText()")


def test_the_code_of_a_frame_is_copied_live_and_frozen_at_the_version_of_today(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address + ARABIC)
    page.get_by_text("Embed this claim").click()
    version = page.locator("#embed-version").inner_text()
    copied = []
    for name in ("Copy the code", "Copy the frozen code"):
        page.get_by_role("button", name=name).click()
        page.get_by_role("button", name="Copied").wait_for()
        copied.append(page.evaluate("navigator.clipboard.readText()"))
        page.get_by_role("button", name=name).wait_for()
    live, frozen = copied
    folder = f"/embed/{ARABIC.split('/')[-2]}/"

    assert page.locator("#embed-code").inner_text() == live
    assert live.replace(folder, folder + version) == frozen != live


@pytest.mark.parametrize("words", ["Test Faction", "فصيل", "الفصيل", "tést-factïon", "test fac"])
def test_search_finds_a_claim_by_its_facade_however_it_is_spelled(page: Page, address: str, words: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.insert_text(words)
    claim = page.locator(f".md-search-result__item a[href$='{ARABIC}']")
    claim.wait_for()

    assert "Unverified: " in claim.locator("h1").inner_text()


def test_search_shows_a_hostile_title_as_typed_and_is_used_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("test range")
    results = page.locator(".md-search-result__item a")
    results.first.wait_for()

    assert any("test range <b>" in title for title in results.locator("h1").all_inner_texts())

    page.keyboard.press("ArrowDown")
    assert results.first.evaluate("element => element === document.activeElement")
    page.keyboard.press("ArrowUp")
    assert page.locator("input.md-search__input").evaluate("element => element === document.activeElement")
    page.keyboard.press("Escape")
    assert not page.locator("#__search").is_checked()


def test_search_narrows_by_facets_and_says_how_many(page: Page, address: str) -> None:
    page.goto(f"{address}?q=international+resistance")
    page.locator(".md-search-result__item").first.wait_for()
    year = page.locator("[data-search-facets] select[name=year]")

    assert any(option.startswith("2023 (") for option in year.locator("option").all_inner_texts())

    before = page.locator("[data-search-told]").inner_text()
    year.select_option(index=1)
    page.wait_for_function("before => document.querySelector('[data-search-told]').innerText !== before", arg=before)

    titles = page.locator(".md-search-result__item h1").all_inner_texts()
    assert titles
    assert all("2023" in title for title in titles)


def test_the_search_makes_the_same_words_as_the_index(page: Page, address: str) -> None:
    vectors = json.loads(VECTORS.with_name("search.json").read_text(encoding="utf-8"))
    page.goto(address)
    made = page.evaluate("texts => texts.map(facadeWatchSearch.wordsOf)", list(vectors))

    assert list(vectors.values()) == made


def test_nothing_of_the_index_is_loaded_before_somebody_searches(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")

    assert not [url for url in asked if "/search/" in url]


def test_everything_essential_is_there_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + CLAIM)
    text = page.locator("#main").inner_text()

    for words in ("Uncorroborated", "Thanks to Allah Almighty", "7 min 1 s to 8 min 59 s", "The Partisan Report"):
        assert words in text
    assert page.locator("svg.fw-line").is_visible()
    assert page.locator("#propagation table").is_visible()
    assert page.locator("nav[aria-label=Main] a", has_text="Glossary").is_visible()
    assert not page.locator("button[data-chart]").first.is_visible()
    context.close()


def test_a_hostile_text_runs_nothing(page: Page, address: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(address + ARABIC)
    page.wait_for_load_state("networkidle")

    assert [] == dialogs
    assert "{{ 7*7 }}" in page.locator("#quote").inner_text()
