"""Pictures of charts, opened alone in a browser: all that they say stands inside them, in any script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.analysis.whole import analyse
from generator.archive import Archive
from generator.documents import SourceFile
from tests.test_pictures import ARABIC, CLAIM, hostile, long_winded, pictures_of

pytestmark = pytest.mark.browser

#: The size of a picture, and every text of it with its box.
BOXES = """() => {
  const root = document.documentElement;
  const boxes = [...document.querySelectorAll("text")].map(text => {
    const box = text.getBoundingClientRect();
    return [text.textContent, box.left, box.top, box.right, box.bottom];
  });
  return [root.width.baseVal.value, root.height.baseVal.value, boxes];
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without a network."""
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def _all_inside(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    width, height, boxes = page.evaluate(BOXES)

    assert "svg" == page.evaluate("document.documentElement.localName"), file.name
    assert boxes, file.name
    for text, left, top, right, bottom in boxes:
        assert left >= 0, f"{file.name}: {text}"
        assert top >= 0, f"{file.name}: {text}"
        assert right <= width, f"{file.name}: {text}"
        assert bottom <= height, f"{file.name}: {text}"


def test_every_picture_of_the_site_opens_alone_with_all_words_inside(page: Page, built: Path) -> None:
    files = sorted((built / "charts").glob("*.svg"))

    assert len(files) > 5
    for file in files:
        _all_inside(page, file)


def _made(archive: Archive, folder: Path) -> list[Path]:
    made = pictures_of(archive, archive.claims[CLAIM], analyse(archive, "Facade Watch"))
    for path, content in made.items():
        (folder / Path(path).name).write_bytes(content)
    return [folder / Path(path).name for path in made]


def test_words_of_any_length_and_script_stay_inside_and_run_nothing(
    page: Page, small_files: list[SourceFile], tmp_path: Path
) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for archive in (hostile(small_files), long_winded(small_files)):
        for file in _made(archive, tmp_path):
            _all_inside(page, file)

    assert [] == dialogs


def test_an_arabic_name_runs_right_to_left_and_what_follows_it_stands_right_of_it(
    page: Page, small_files: list[SourceFile], tmp_path: Path
) -> None:
    line, *_ = _made(hostile(small_files), tmp_path)
    page.goto(line.as_uri())
    first, second, last = page.locator("text", has_text=ARABIC).last.evaluate(
        """element => [0, 3, element.getNumberOfChars() - 1].map(at => element.getExtentOfChar(at).x)"""
    )

    assert second < first < last


def test_a_picture_is_saved_as_dots_with_the_name_of_its_claim(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}claims/{CLAIM}/")
    figure = page.locator("#propagation figure")
    figure.locator("summary").click()
    with page.expect_download() as download:
        figure.get_by_role("button", name="Picture (PNG)").click()
    saved = download.value

    assert f"claim-{CLAIM}-propagation.png" == saved.suggested_filename
    assert saved.path().read_bytes().startswith(b"\x89PNG")
    context.close()
