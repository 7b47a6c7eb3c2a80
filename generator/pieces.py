"""Every other path that we publish, as values: record pages in their shells, exports, search, pictures, the sitemap.

Pure: takes a site, gives back bytes. The plugin has them written.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from markupsafe import Markup

from generator import checks
from generator.analysis.independence import Independence
from generator.analysis.reuse import Cluster, Phrase
from generator.analysis.version import version_of
from generator.archive import Entry
from generator.cards import Cards
from generator.drawings import HOW_COUNTED
from generator.exports.marking import cite_of, head_of_page
from generator.exports.pictures import Caption, ClaimCharts, chart_files, picture
from generator.exports.whole import API
from generator.lasting import files_of, moved_files, pictured
from generator.pages import claim as claim_pages
from generator.pages import find, search, sharing, versions, wording
from generator.pages.environment import isolated, made_here
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.records.vocabulary import Visibility
from generator.shells import SHELL_ID, Shell
from generator.site import Site

T = TypeVar("T")

#: Some files of the site, made when asked for; no two pieces hold the same path, so that several can be made at once.
Piece = Callable[[], Iterator[tuple[str, bytes]]]
#: How many claims, or subjects of wording, make a piece at least, and how many pieces all of them make at most.
_IN_A_PIECE = 50
_MOST_PIECES = 800


def pieces_in_shells(site: Site, shells: Mapping[str, Shell]) -> Iterator[Piece]:
    """The record pages that MkDocs does not make, all that stands in the folders of claims for good, and the look-up.

    What is made of the wording of all claims stands here: it is worked out while other pieces are made aside.
    """
    claims, subjects = site.archive.claims_in_order, site.wording.subjects
    yield functools.partial(find.find_files, site.archive, site.analysis)
    yield from (functools.partial(_wording_files, site, shells["wording"], some) for some in _groups(subjects))
    yield from (functools.partial(_claim_files, site, shells, some) for some in _groups(claims))
    yield functools.partial(moved_files, site.archive, site.analysis, site.settings)
    yield functools.partial(_timeline_files, site)


def _groups(records: Sequence[T]) -> Iterator[Sequence[T]]:
    size = max(_IN_A_PIECE, -(-len(records) // _MOST_PIECES))
    for at in range(0, len(records), size):
        yield records[at : at + size]


def _claim_files(
    site: Site, shells: Mapping[str, Shell], entries: Sequence[Entry[Claim]]
) -> Iterator[tuple[str, bytes]]:
    links = site.links("../../")
    for entry in entries:
        charts = _charts_of(site, entry, links)
        yield f"claims/{entry.id}/index.html", _claim_page(site, shells["claim"], entry, links, charts).encode()
        yield from charts.files()
        for name, content in site.drawings.propagation_files(entry):
            yield f"claims/{entry.id}/{name}", content
        yield from files_of(entry, site.archive, site.analysis, site.settings, shells["version"])


def _wording_files(site: Site, shell: Shell, subjects: Sequence[Cluster | Phrase]) -> Iterator[tuple[str, bytes]]:
    for page in site.wording.pages(subjects, site.links("../../"), site.drawings.wording):
        texts = {"id": page.slug, "title": page.title, "description": page.description}
        # A phrase has a page only while two statements share it: nothing to be found by, or to be kept, elsewhere.
        parts = {"body": page.body, "head": '<meta name="robots" content="noindex">'}
        yield f"wording/{page.slug}/index.html", shell.filled(texts, parts).encode()


def _timeline_files(site: Site) -> Iterator[tuple[str, bytes]]:
    for timeline in site.drawings.timelines():
        yield from chart_files(
            timeline.id,
            str(site.drawings.picture(timeline)),
            Caption(timeline.title, timeline.how, timeline.citation(site.links(""), site.exports.day)),
            timeline.rows,
        )
    for still in site.drawings.stills():
        caption = Caption(still.title, still.how, still.citation(site.links(""), site.exports.day))
        yield f"charts/{still.id}.svg", picture([still.svg], caption)


def pieces_of_their_own(site: Site, cards: Cards) -> Iterator[Piece]:
    """The files that no frame surrounds, the largest pieces first."""
    yield site.exports.files
    yield functools.partial(search.search_files, site.archive, site.analysis, list(_found_rules()))
    yield functools.partial(_preview_pictures, site, cards)
    yield site.drawings.shared_files


def _preview_pictures(site: Site, cards: Cards) -> Iterator[tuple[str, bytes]]:
    """The pictures that links to our pages show elsewhere."""
    yield "card.png", cards.of_site("Claims of facade groups, word for word, with what is known about them")
    for path, entry, status in pictured(site.archive, site.analysis, site.settings):
        yield path, cards.of_claim(entry, status, entry.record.tombstone is not None, site.archive)


def _charts_of(site: Site, entry: Entry[Claim], links: Links) -> ClaimCharts:
    status = None if entry.record.tombstone else site.analysis.claims[entry.id].status
    copy = f"{links.root}{API}/claims/{entry.id}.json"
    return ClaimCharts(entry, site.archive, site.exports.citation(entry), status, copy, links.root)


def _claim_page(site: Site, shell: Shell, entry: Entry[Claim], links: Links, charts: ClaimCharts) -> str:
    own = site.analysis.claims[entry.id]
    seen: set[str] = set()

    def terms(text: str) -> Markup:
        return made_here(site.glossary.linked(str(isolated(text)), links.root, seen))

    graphs: list[Markup] = []

    def draw_graph(count: Independence, id: str, title: str) -> Markup:
        graphs.append(site.drawings.counted(count, id, title))
        return graphs[-1]

    drawn = site.drawings.propagation(entry)
    if drawn.svg:
        drawn = dataclasses.replace(drawn, taken=charts.line(drawn))
    body = claim_pages.claim_body(
        entry,
        site.archive,
        site.analysis,
        links,
        terms,
        draw_graph,
        lambda: charts.origins(graphs, HOW_COUNTED),
        drawn,
        lasting=versions.version_list(entry, site.archive, links),
        cite=cite_of(site.exports, entry, links.root),
        same_wording=wording.same_wording(entry, site.archive, site.analysis, links),
    )
    names = " and ".join(site.archive.name_of(id) for id in entry.record.facade)
    findable = entry.record.visibility is Visibility.LISTED and entry.record.tombstone is None
    head = sharing.head(entry, own, names, links, version_of(entry), no_index=not findable)
    head += head_of_page(site.exports, f"claims/{entry.id}.md", entry, links.root)
    texts = {
        "id": entry.id,
        "title": own.headline,
        "description": own.sentence,
        "edit": site.settings.edit_url(entry.path),
    }
    return shell.filled(texts, {"body": body, "head": head})


def whole_sitemap(site: Site, sitemap: str) -> str:
    """MkDocs' sitemap without the shells and with every claim that may be found."""
    sitemap = re.sub(rf"\s*<url>\s*<loc>[^<]*{SHELL_ID}[^<]*</loc>.*?</url>", "", sitemap, flags=re.DOTALL)
    entries = "".join(
        f"    <url>\n         <loc>{html.escape(site.links('').full('claim', entry.id))}</loc>\n"
        f"         <lastmod>{_last_change(entry)}</lastmod>\n    </url>\n"
        for entry in site.archive.listed_claims
    )
    return sitemap.replace("</urlset>", entries + "</urlset>")


def _last_change(entry: Entry[Claim]) -> str:
    dates = [change.date.latest for change in entry.record.history] or [entry.record.date.latest]
    latest = max(date for date in dates if date != datetime.date.max)
    return latest.isoformat()


def _found_rules() -> Iterator[search.Found]:
    for id, rules in checks.rules_by_id().items():
        said = rules[0].manual.split("\n")[0]
        title = f"{id}: {rules[0].title}"
        yield search.Found(f"about/rules/{id.lower()}/", title, said, "page", (), tuple(rule.manual for rule in rules))
