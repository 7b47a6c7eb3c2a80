"""Terms in running text: each a link once a page, never inside what is a link, a heading or a quote already."""

from __future__ import annotations

import pytest

from generator.archive import Archive
from generator.glossary import Glossary


@pytest.fixture
def glossary(small: Archive) -> Glossary:
    """The terms of the small archive."""
    return Glossary(small.terms, ["Claim Brand Watch"])


def _linked(glossary: Glossary, html: str, seen: set[str] | None = None) -> str:
    return glossary.linked(html, "../", set() if seen is None else seen)


def test_the_first_mention_is_a_link_with_a_tooltip_and_the_second_is_not(glossary):
    html = _linked(glossary, "<p>A claim brand and a claim brand.</p>")

    assert 1 == html.count('<a class="term" href="../glossary/claim-brand/"')
    assert 'data-tip="A facade whose product is claims."' in html


def test_a_term_linked_before_on_the_page_is_not_linked_again(glossary):
    assert "<a" not in _linked(glossary, "<p>claim brand</p>", {"claim-brand"})


@pytest.mark.parametrize(
    "html",
    [
        '<a href="x">claim brand</a>',
        "<h2>claim brand</h2>",
        "<blockquote><p>claim brand</p></blockquote>",
        "<code>claim brand</code>",
        '<p title="claim brand">x</p>',
        "<p>claim branding</p>",
        "<p>Claim Brand Watch</p>",
    ],
)
def test_links_headings_quotes_code_attributes_parts_of_words_and_names_stay_as_they_are(glossary, html):
    assert html == _linked(glossary, html)


def test_plurals_and_line_ends_inside_a_term_are_found(glossary):
    assert ">Claim\nbrands</a>" in _linked(glossary, "<p>Claim\nbrands</p>")


def test_an_archive_without_terms_links_nothing():
    assert "<p>claim brand</p>" == _linked(Glossary({}), "<p>claim brand</p>")
