"""What pages say to machines in the words of schema.org, as JSON-LD.

A claim is a `Claim`, whoever made it. Only a status that rests on a review has a `ClaimReview`, and its rating is a
word: a verification status is no score. That a facade belongs to an organisation is an assessment and never said here.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Final

from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.exports.claims import agent_address
from generator.exports.licence import LICENCE_URL
from generator.exports.writing import as_json
from generator.pages.links import Links
from generator.pages.words import followed
from generator.records.claim import Claim
from generator.records.dates import EdtfDate
from generator.records.dating import changed_on
from generator.records.report import Report
from generator.records.term import Term
from generator.records.vocabulary import Status

#: Statuses that rest on a review of the claim.
REVIEWED: Final = frozenset(Status) - {Status.UNVERIFIED, Status.UNCORROBORATED}
_CONTEXT: Final = "https://schema.org"
#: Longer claims are cut by those who show them.
_SHOWN: Final = 75

Node = dict[str, Any]


def as_script(node: Node) -> str:
    """A node as it may stand inside a script element: no text of it can end the element."""
    text = as_json({"@context": _CONTEXT, **node}).decode().rstrip("\n")
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


def claim_node(entry: Entry[Claim], archive: Archive, analysis: Analysis, links: Links) -> Node:
    """A claim, or the review of it. Of a record that we withdrew nothing but the page."""
    own = analysis.claims[entry.id]
    if entry.record.tombstone:
        return {
            "@type": "WebPage",
            "name": own.headline,
            "description": own.sentence,
            "url": links.full("claim", entry.id),
        }
    claim = _claim(entry, archive, links)
    url = links.full("claim", entry.id)
    if own.status not in REVIEWED:
        return {**claim, "url": url, "name": own.headline, "description": own.sentence}
    reviewed = [change for change in entry.record.history if change.to in REVIEWED]
    return {
        "@type": "ClaimReview",
        "@id": f"{url}#review",
        "url": url,
        "name": own.headline,
        "claimReviewed": textwrap.shorten(own.title, _SHOWN, placeholder=" …"),
        "reviewRating": {"@type": "Rating", "alternateName": own.status.label, "ratingExplanation": own.sentence},
        "author": _us(links),
        "datePublished": _day(reviewed[0].date) if reviewed else changed_on(entry.record).isoformat(),
        "dateModified": changed_on(entry.record).isoformat(),
        "license": LICENCE_URL,
        "inLanguage": "en",
        "itemReviewed": claim,
    }


def _claim(entry: Entry[Claim], archive: Archive, links: Links) -> Node:
    """What was claimed, by whom, and where it is printed; what we call it and say of it stands in the node around it."""
    claim = entry.record
    speakers = [_organisation(archive.name_of(id), agent_address(id, archive, links)) for id in claim.facade]
    carried = [
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            **({"datePublished": _day(source.published)} if source.published else {}),
            "publisher": _organisation(
                archive.name_of(source.publisher), agent_address(source.publisher, archive, links)
            ),
        }
        for source in claim.sources
        if followed(source)
    ]
    return {
        "@type": "Claim",
        "@id": f"{links.full('claim', entry.id)}#claim",
        "author": speakers if len(speakers) > 1 else speakers[0],
        "datePublished": _day(claim.date),
        **({"appearance": carried} if carried else {}),
    }


def report_node(entry: Entry[Report], links: Links) -> Node:
    """An article of ours."""
    report = entry.record
    site = links.settings
    authors = [
        _us(links) if author == site.site_name else {"@type": "Person", "name": author} for author in report.authors
    ]
    return {
        "@type": "AnalysisNewsArticle",
        "url": links.full("report", entry.id),
        "headline": report.title,
        "description": report.description,
        "datePublished": _day(report.published),
        "dateModified": _day(report.updated or report.published),
        "author": authors or [_us(links)],
        "image": f"{site.site_url}card.png",
        "publisher": _us(links),
        "license": LICENCE_URL,
        "inLanguage": "en",
    }


def term_node(entry: Entry[Term], links: Links) -> Node:
    """An entry of the glossary."""
    home = links.settings.site_url
    return {
        "@type": "DefinedTerm",
        "name": entry.record.name,
        **({"alternateName": list(entry.record.aliases)} if entry.record.aliases else {}),
        "description": entry.record.short,
        "url": links.full("term", entry.id),
        "inDefinedTermSet": {"@type": "DefinedTermSet", "name": "Glossary", "url": f"{home}glossary/"},
    }


def dataset_node(description: str, files: Sequence[tuple[str, str]], years: str, links: Links, updated: str) -> Node:
    """The whole archive as a data set.

    Args:
        files: address from the top of the site and media type of each download.
        years: first and last day of the claims, `2020-03-11/2024-11-02`.
        updated: the day as of which the archive stands.
    """
    home = links.settings.site_url
    return {
        "@type": "Dataset",
        "name": f"{links.settings.site_name}: claims of facade groups in Iraq, documented and checked",
        "description": description,
        "url": f"{home}about/data/",
        "license": LICENCE_URL,
        "creator": _us(links),
        "dateModified": updated,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        **({"temporalCoverage": years} if years else {}),
        "spatialCoverage": {"@type": "Place", "name": "Iraq"},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{home}{path}", "encodingFormat": mediatype}
            for path, mediatype in files
        ],
    }


def _us(links: Links) -> Node:
    return {"@type": "Organization", "name": links.settings.site_name, "url": links.settings.site_url}


def _organisation(name: str, url: str | None) -> Node:
    return {"@type": "Organization", "name": name, **({"url": url} if url else {})}


def _day(date: EdtfDate) -> str:
    return date.digits
