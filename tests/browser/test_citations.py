"""Citation.js, which many reference tools are made of, reads every citation that stands for download."""

from __future__ import annotations

import datetime
import hashlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator import disk
from generator.analysis.whole import Analysis
from generator.archive import Archive
from generator.exports.citations import Citation, files_of
from generator.exports.marking import citation_of
from generator.exports.whole import Exports
from generator.pages.links import Links
from tests.conftest import PROJECT
from tests.test_exports import SETTINGS, exports_of

pytestmark = pytest.mark.browser

VENDOR = Path(__file__).parent / "vendor"
#: What a parsed citation says: title, authors, address, date as far as the form tells it, number, note.
READ = """texts => texts.map(text => {
  const [item, ...others] = new citationJs.Cite(text).data;
  return {
    more: others.length, id: item.id, type: item.type, title: item.title, url: item.URL,
    authors: item.author.map(author => author.literal ?? author.family), issued: item.issued["date-parts"][0],
    number: item.number ?? "", note: item.note,
  };
})"""


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """A blank page without a network that has read Citation.js."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.add_script_tag(content=(VENDOR / "citation.min.js").read_text(encoding="utf-8"))
    yield page
    assert [] == asked
    context.close()


def test_the_parser_is_the_one_that_its_readme_names() -> None:
    named = re.findall(r"^\| `(.+?)` \| `(.+?)` \|$", (VENDOR / "README.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert [("citation.min.js", hashlib.sha256((VENDOR / "citation.min.js").read_bytes()).hexdigest())] == named


def _cited(exports: Exports) -> Iterator[tuple[str, Citation]]:
    archive = exports.archive
    shelves = {
        "claims": archive.claims,
        "facades": archive.facades,
        "organisations": archive.organisations,
        "glossary": archive.terms,
        "reports": archive.reports,
        "events": archive.events,
    }
    for folder, shelf in shelves.items():
        for entry in shelf.values():
            citation = citation_of(exports, entry)
            assert citation is not None
            for id in (entry.id, *(entry.record.formerly if folder == "claims" else ())):
                yield f"{folder}/{id}", citation


#: BibTeX knows no page of the web: it is `misc` there, which Citation.js calls a document.
_TYPES = {"report": {"report"}, "webpage": {"webpage", "document"}}


def _read_alike(reader: Page, cited: list[tuple[str, Citation]], texts: list[str]) -> None:
    """Every text is of one citation and says the same: three texts a citation, BibTeX, RIS and CSL-JSON."""
    for (folder, citation), read in zip(
        itertools.chain.from_iterable(itertools.repeat(each, 3) for each in cited),
        reader.evaluate(READ, texts),
        strict=True,
    ):
        expected = (0, citation.id, citation.title, list(citation.authors), citation.url, citation.note)

        assert expected == tuple(read[name] for name in ("more", "id", "title", "authors", "url", "note")), folder
        assert read["type"] in _TYPES[citation.kind], folder
        assert len(read["issued"]) >= 2, folder  # BibTeX tells no day
        assert read["issued"] == [citation.day.year, citation.day.month, citation.day.day][: len(read["issued"])], (
            folder
        )
        assert read["number"] == (citation.number if citation.kind == "report" else ""), folder


def test_every_citation_of_the_built_site_is_read_as_its_record_says(
    reader: Page, built: Path, small: Archive, small_analysis: Analysis
) -> None:
    cited = list(_cited(Exports(small, small_analysis, Links(small, SETTINGS, ""))))
    names = ("cite.bib", "cite.ris", "cite.csl.json")

    assert {folder for folder, _ in cited} == {
        path.parent.relative_to(built).as_posix() for path in built.rglob("cite.*")
    }
    _read_alike(reader, cited, [(built / folder / name).read_bytes().decode() for folder, _ in cited for name in names])


def test_every_citation_of_the_real_archive_is_read_as_its_record_says(reader: Page) -> None:
    cited = list(_cited(exports_of(disk.read_contributed(PROJECT)[0])))
    texts = [content.decode() for _, citation in cited for content in files_of(citation).values()]

    _read_alike(reader, cited, texts)


def test_signs_of_every_form_come_through_as_typed(reader: Page) -> None:
    title = r"Unverified: 100% of $5 & #1_a {b} ~^ \end “quoted” – قناة, of 2026"
    citation = Citation(
        "report",
        "x",
        title,
        ("A & B", "C and D"),
        "Site",
        "0123456789",
        datetime.date(2026, 1, 2),
        "https://e.example/",
    )

    _read_alike(reader, [("x", citation)], [content.decode() for content in files_of(citation).values()])
