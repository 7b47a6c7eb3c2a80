"""Every other path that we publish, as values: record pages in their shells, exports, search, pictures, the sitemap.

Pure: takes a site, gives back bytes. The plugin has them written.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import gzip
import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from markupsafe import Markup

from generator import checks
from generator.analysis import coverage
from generator.analysis.independence import Independence
from generator.archive import Entry
from generator.cards import Cards
from generator.drawings import HOW_COUNTED
from generator.exports.marking import cite_of, head_of_page
from generator.exports.pictures import Caption, ClaimCharts, chart_files, picture
from generator.exports.whole import API
from generator.extracting import Taking
from generator.lasting import files_of, moved_files, pictured
from generator.pages import claim as claim_pages
from generator.pages import find, ledger, search, sharing, versions, wording
from generator.pages.environment import isolated, made_here
from generator.pages.links import Links
from generator.parts import Content, Size
from generator.records.claim import Claim
from generator.records.facade import Facade
from generator.records.vocabulary import Visibility
from generator.shells import SHELL_ID, Frame, Shell
from generator.site import Site
from generator.written import page_in_frame

#: What MkDocs' sitemap says of a shell, which is no page.
_SHELL_IN_SITEMAP: Final = re.compile(rf"\s*<url>\s*<loc>[^<]*{SHELL_ID}[^<]*</loc>.*?</url>", re.DOTALL)


#: The exports that take much time or memory.
_LARGE: Final = frozenset({"database", "copies", "changes", "feeds"})


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """Some files of the site. No two pieces hold the same path, so that several can be made at once.

    Attributes:
        name: what it is; no two have the same.
        files: makes them, path and content.
        large: whether it takes so much time and memory that it is work of its own.
    """

    name: str
    files: Callable[[], Iterator[tuple[str, bytes]] | Iterator[tuple[str, Content]]]
    large: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Frames:
    """What MkDocs made.

    Attributes:
        pages: the frames of written pages, by the path of their Markdown.
        shells: the shells, by the kind of record.
        sitemap: its sitemap.
    """

    pages: Mapping[str, Frame]
    shells: Mapping[str, Shell]
    sitemap: str


def all_pieces(site: Site, frames: Frames, cards: Cards) -> Iterator[Piece]:
    """Every piece of the site."""
    yield from pieces_of_all(site)
    yield from pieces_of_texts(site)
    yield from pieces_with_charts(site, cards)
    yield from pieces_of_claims(site, frames, cards)
    yield from pieces_of_pages(site, frames)


def pieces_of_all(site: Site) -> Iterator[Piece]:
    """The files of the whole archive, which need neither MkDocs nor what is known of wording."""
    # The search first: when wording, which is looked for beside all this, takes its most, the largest of this is done.
    found = functools.partial(search.search_files, site.archive, site.analysis, list(_found_rules()))
    yield Piece("search", found, large=True)
    for name, make in site.exports.whole_files().items():
        yield Piece(f"exports, {name}", make, large=name in _LARGE)


def pieces_at_last(site: Site, size_of: Callable[[str], Size]) -> Iterator[Piece]:
    """What says something of other files, and is made when they are.

    Args:
        size_of: gives what is to be said of a file by its path.
    """
    yield Piece("exports, package", functools.partial(site.exports.package_files, size_of))


def pieces_of_texts(site: Site) -> Iterator[Piece]:
    """The files of the look-up, which need what is known of wording."""
    yield Piece("look-up", functools.partial(find.find_files, site.archive, site.analysis), large=True)


def pieces_with_charts(site: Site, cards: Cards) -> Iterator[Piece]:
    """Charts of many claims, as files, and the preview picture."""
    yield Piece("charts of all", functools.partial(_charts_of_all, site))
    for facade in site.archive.facades.values():
        yield Piece(f"charts of {facade.id}", functools.partial(_charts_of_facade, site, facade))
    yield Piece("preview picture", functools.partial(_preview_picture, cards))


def pieces_of_claims(site: Site, frames: Frames, cards: Cards) -> Iterator[Piece]:
    """The pages of claims, all else that is made of single claims, and the pages of their wording."""
    for subject in site.wording.subjects:
        make = functools.partial(_wording_page, site, frames.shells["wording"], subject.slug)
        yield Piece(f"wording {subject.slug}", make)
    for entry in site.archive.claims_in_order:
        yield Piece(f"claim {entry.id}", functools.partial(_claim_files, site, frames.shells, entry))
        yield Piece(f"copies of {entry.id}", functools.partial(_copies, site, cards, entry))


def pieces_of_pages(site: Site, frames: Frames) -> Iterator[Piece]:
    """The other pages, whose charts should be drawn by then."""
    for path, frame in frames.pages.items():
        yield Piece(f"page {path}", functools.partial(_written_page, site, path, frame))
    yield Piece("moved", functools.partial(moved_files, site.archive, site.analysis, site.settings))
    yield Piece("sitemap", functools.partial(_sitemap, site, frames.sitemap))


def _written_page(site: Site, path: str, frame: Frame) -> Iterator[tuple[str, bytes]]:
    folder = path.removesuffix(".md").removesuffix("index").rstrip("/")
    yield f"{folder}/index.html".lstrip("/"), page_in_frame(site, path, frame).encode()


def _claim_files(site: Site, shells: Mapping[str, Shell], entry: Entry[Claim]) -> Iterator[tuple[str, bytes]]:
    links = site.links("../../")
    charts = _charts_of(site, entry, links)
    yield f"claims/{entry.id}/index.html", _claim_page(site, shells["claim"], entry, links, charts).encode()
    yield from charts.files()
    for name, content in site.drawings.propagation_files(entry):
        yield f"claims/{entry.id}/{name}", content
    yield from files_of(entry, site.archive, site.analysis, site.settings, shells["version"])


def _wording_page(site: Site, shell: Shell, slug: str) -> Iterator[tuple[str, bytes]]:
    page = site.wording.page(slug, site.links("../../"), site.drawings.wording)
    texts = {"id": page.slug, "title": page.title, "description": page.description}
    # A phrase has a page only while two statements share it: nothing to be found by, or to be kept, elsewhere.
    parts = {"body": page.body, "head": '<meta name="robots" content="noindex">'}
    yield f"wording/{page.slug}/index.html", shell.filled(texts, parts).encode()


def _charts_of_all(site: Site) -> Iterator[tuple[str, bytes]]:
    yield from site.drawings.shared_files()
    yield from _timeline_files(site, None)


def _charts_of_facade(site: Site, facade: Entry[Facade]) -> Iterator[tuple[str, bytes]]:
    yield from _timeline_files(site, facade)
    for still in site.drawings.stills(facade):
        caption = Caption(still.title, still.how, still.citation(site.links(""), site.exports.day))
        yield f"charts/{still.id}.svg", picture([still.svg], caption)


def _timeline_files(site: Site, facade: Entry[Facade] | None) -> Iterator[tuple[str, bytes]]:
    timeline = site.drawings.timeline(facade)
    if timeline is None:
        return
    site.drawings.narrow_picture(timeline)  # for the page, which finds it remembered
    yield f"charts/{timeline.id}.vl.json", site.drawings.specification(timeline)
    yield from chart_files(
        timeline.id,
        str(site.drawings.picture(timeline)),
        Caption(timeline.title, timeline.how, timeline.citation(site.links(""), site.exports.day)),
        timeline.rows,
    )


def _preview_picture(cards: Cards) -> Iterator[tuple[str, bytes]]:
    yield "card.png", cards.of_site("Claims of facade groups, word for word, with what is known about them")


def _copies(site: Site, cards: Cards, entry: Entry[Claim]) -> Iterator[tuple[str, bytes]]:
    """What links to a claim show elsewhere, and what machines are given of it."""
    yield from site.exports.files_of(entry)
    for path, shown, status in pictured(entry, site.archive, site.analysis, site.settings):
        yield path, cards.of_claim(shown, status, shown.record.tombstone is not None, site.archive)


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
    head = sharing.head(entry, own, names, links, entry.version, no_index=not findable)
    head += head_of_page(site.exports, f"claims/{entry.id}.md", entry, links.root)
    texts = {
        "id": entry.id,
        "title": own.headline,
        "description": own.sentence,
        "edit": site.settings.edit_url(entry.path),
    }
    return shell.filled(texts, {"body": body, "head": head})


def takings(site: Site) -> Iterator[Taking[Any]]:
    """All that pieces take from groups of claims, but what embeds choose in prose."""
    archive, analysis = site.archive, site.analysis
    yield from analysis.takings()
    yield from ledger.takings(analysis)
    yield from site.postings.takings()
    yield coverage.taking(archive, analysis)
    yield find.taking(archive, analysis)
    yield search.taking(archive, analysis)
    yield from site.exports.extracts.takings()
    yield _taking_of_sitemap(site)


def _taking_of_sitemap(site: Site) -> Taking[str]:
    links = site.links("")
    return Taking(
        "sitemap",
        lambda entries: "".join(
            f"    <url>\n         <loc>{html.escape(links.full('claim', entry.id))}</loc>\n"
            f"         <lastmod>{_last_change(entry)}</lastmod>\n    </url>\n"
            for entry in entries
            if entry.listed
        ),
    )


def _sitemap(site: Site, sitemap: str) -> Iterator[tuple[str, bytes]]:
    """MkDocs' sitemap without the shells and with every claim that may be found, and its twin for those who want less."""
    entries = "".join(site.analysis.extracted(_taking_of_sitemap(site)))
    whole = _SHELL_IN_SITEMAP.sub("", sitemap).replace("</urlset>", entries + "</urlset>").encode()
    yield "sitemap.xml", whole
    yield "sitemap.xml.gz", gzip.compress(whole, mtime=0)


def _last_change(entry: Entry[Claim]) -> str:
    dates = [change.date.latest for change in entry.record.history] or [entry.record.date.latest]
    latest = max(date for date in dates if date != datetime.date.max)
    return latest.isoformat()


def _found_rules() -> Iterator[search.Found]:
    for id, rules in checks.rules_by_id().items():
        said = rules[0].manual.split("\n")[0]
        title = f"{id}: {rules[0].title}"
        yield search.Found(f"about/rules/{id.lower()}/", title, said, "page", (), tuple(rule.manual for rule in rules))
