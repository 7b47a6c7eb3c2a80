"""The look-up in a real browser: it answers as Python does, asks nobody else, and says what to do without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import VECTORS

pytestmark = pytest.mark.browser

CLAIM = "2023-01-26-international-resistance"
SAID = (
    "children in the international resistance faction were able to target the logistical support for the American "
    "occupation"
)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The look-up on a telephone; fails on any script error, on any other host, and on anything that is sent."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda sent: faults.append(sent.url) if not sent.url.startswith(address) or sent.method != "GET" else None,
    )
    page.on("request", lambda sent: faults.append(sent.url) if "resistance" in sent.url or "?" in sent.url else None)
    page.goto(f"{address}find/")
    yield page
    assert [] == faults
    context.close()


def _looked_up(page: Page, text: str) -> str:
    page.locator("#find-text").fill(text)
    page.get_by_role("button", name="Look it up").click()
    page.locator("[data-find-results] p").first.wait_for()
    return page.locator("[data-find-results]").inner_text()


def test_the_browser_folds_and_compares_as_python_does(page: Page) -> None:
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    wrong = page.evaluate(
        """vectors => {
          const find = window.facadeWatchFind;
          const wrong = [];
          for (const {text, folded} of vectors.folding) {
            if (find.fold(text) !== folded) wrong.push([text, folded, find.fold(text)]);
            const map = find.folded(text);
            if (map.text !== folded || map.starts.length !== folded.length) wrong.push(['mapped', text]);
            if (map.starts.some((start, at) => at && start < map.starts[at - 1])) wrong.push(['order', text]);
          }
          for (const {address, key} of vectors.addresses)
            if (find.addressKey(address) !== key) wrong.push([address, key, find.addressKey(address)]);
          for (const {first, second, share} of vectors.shares) {
            const found = find.share(find.shingles(first), find.shingles(second));
            if (Math.abs(found - share) > 1e-9) wrong.push([first, second]);
          }
          for (const {text, crc32} of vectors.crc32) if (find.crc32(text) !== crc32) wrong.push([text, crc32]);
          return wrong;
        }""",
        vectors,
    )

    assert [] == wrong


def test_a_pasted_text_finds_its_claim_with_status_share_and_words(page: Page) -> None:
    said = _looked_up(page, f"In the news: «{SAID.upper()}»!")

    assert "Uncorroborated" in said
    assert "Claimed attack on a supply convoy near Yusufiyah" in said
    assert "Of 100 runs of five letters in the shorter text" in said
    assert "LOGISTICAL SUPPORT FOR THE AMERICAN OCCUPATION" in said
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("[data-find-results] a").first.get_attribute("href").endswith(f"/claims/{CLAIM}/")


def test_an_arabic_text_is_found_without_its_diacritics(page: Page) -> None:
    said = _looked_up(page, "هذا نص تجريبي كتب للاختبار فقط وليس له اي صله باي جهه حقيقيه")

    assert "Claimed drone attack on a test range" in said


def test_an_address_finds_the_claims_that_cite_it(page: Page) -> None:
    said = _looked_up(
        page, "http://www.thepartisanreport.com/2023/04/19/facade-groups-and-hybrid-warfare-in-iraq/?fbclid=1#x"
    )

    assert "claims on record cite this address" in said
    assert 2 == page.locator("[data-find-results] a").count()


def test_nothing_found_says_that_this_says_nothing(page: Page) -> None:
    assert "says nothing about whether it is true" in _looked_up(
        page, "An apple fell from the tree and nobody in the valley saw it"
    )
    assert "No claim on record cites this address" in _looked_up(page, "https://example.org/nowhere")
    assert "Paste a text" in _looked_up(page, "   ")


def test_a_hostile_text_runs_nothing(page: Page) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    _looked_up(page, f"<img src=x onerror=alert(1)> {SAID} <script>alert(2)</script>")

    assert [] == dialogs
    assert 0 == page.locator("[data-find-results] img, [data-find-results] script").count()


def test_the_look_up_works_by_keyboard(page: Page) -> None:
    page.locator("#find-text").fill(SAID)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[data-find-results] li").first.wait_for()


def test_after_a_failure_the_same_question_can_be_asked_again(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}find/")
    page.route("**/find/words-*.json", lambda route: route.abort())
    failed = _looked_up(page, SAID)
    page.unroute("**/find/words-*.json")
    page.get_by_role("button", name="Look it up").click()
    page.locator("[data-find-results] li").first.wait_for()
    context.close()

    assert "The index could not be loaded" in failed


def test_without_scripts_the_page_leads_to_the_lists(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}find/")

    assert page.get_by_text("This look-up needs JavaScript").is_visible()
    assert not page.locator("#find-text").is_visible()
    assert page.locator("[data-find-results] a").first.is_visible()
    context.close()
