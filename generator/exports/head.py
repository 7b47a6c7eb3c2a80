"""What stands in the head of a page for reference managers, Signposting, feed readers, and JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from generator.exports.citations import Citation
from generator.exports.feeds import facade_feed
from generator.exports.licence import LICENCE_URL
from generator.exports.linked import Node, as_script
from generator.pages.environment import EMPTY, made_here, printed

#: Media types of the forms of a citation, by file name.
_FORMS: Mapping[str, str] = {
    "cite.csl.json": "application/vnd.citationstyles.csl+json",
    "cite.bib": "application/x-bibtex",
    "cite.ris": "application/x-research-info-systems",
}


def head_of(
    citation: Citation, node: Node | None = None, copy: str = "", feeds: Sequence[tuple[str, str]] = ()
) -> Markup:
    """The head of a page that can be cited.

    Args:
        copy: address of the record's machine copy, from the page.
        feeds: name and address without ending, from the page, of feeds that the page alone has.
    """
    day = citation.day
    authors = [("citation_author", author) for author in citation.authors]
    creators = [("DC.creator", author) for author in citation.authors]
    metas = [
        ("citation_title", citation.title),
        *authors,
        ("citation_publication_date", f"{day.year}/{day.month:02}/{day.day:02}"),
        ("citation_public_url", citation.url),
        ("citation_language", "en"),
        *_report(citation),
        ("DC.title", citation.title),
        *creators,
        ("DC.publisher", citation.site),
        ("DC.date", day.isoformat()),
        ("DC.identifier", citation.url),
        ("DC.language", "en"),
        ("DC.rights", LICENCE_URL),
    ]
    described = [("application/json", copy)] if copy else []
    described += [(mediatype, file) for file, mediatype in _FORMS.items()]
    relations = [
        {"rel": "cite-as", "href": citation.url},
        {"rel": "license", "href": LICENCE_URL},
        *({"rel": "describedby", "type": mediatype, "href": href} for mediatype, href in described),
        *(link for name, address in feeds for link in _feed(name, address)),
    ]
    return printed("head.html.j2", metas=metas, relations=relations, linked=_linked(node))


def head_with(node: Node) -> Markup:
    """The head of a page that has nothing but JSON-LD."""
    return printed("head.html.j2", metas=(), relations=(), linked=_linked(node))


def _report(citation: Citation) -> list[tuple[str, str]]:
    # Without an institution Zotero files a page as an article of a journal.
    if citation.kind != "report":
        return []
    return [
        ("citation_technical_report_institution", citation.site),
        ("citation_technical_report_number", citation.number),
    ]


def _linked(node: Node | None) -> Markup:
    return made_here(as_script(node)) if node else EMPTY


def _feed(name: str, address: str) -> list[dict[str, str]]:
    return [
        {"rel": "alternate", "type": "application/atom+xml", "title": name, "href": f"{address}.xml"},
        {"rel": "alternate", "type": "application/feed+json", "title": name, "href": f"{address}.json"},
    ]


def feeds_of_facade(id: str, name: str, root: str) -> list[tuple[str, str]]:
    """The feed that a facade's page advertises.

    Args:
        root: the way from the page to the top of the site.
    """
    return [(f"Claims of {name}", f"{root}{facade_feed(id)}")]
