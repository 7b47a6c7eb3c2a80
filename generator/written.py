"""The pages that MkDocs renders: what it is handed, and what they are filled with afterwards.

Pure: takes a site, gives back texts. The plugin hands them to MkDocs.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator import checks
from generator.analysis.addresses import FOLDERS
from generator.archive import Entry
from generator.checks.rule import Rule
from generator.exports.marking import cite_of, data_tables, downloads_table, head_of_page
from generator.html import with_anchors, with_embeds, with_links
from generator.pages import claim as claim_pages
from generator.pages import coverage, embeds, events, find, ledger, method, profiles
from generator.pages.links import Links
from generator.prose import Embed
from generator.records.claim import Claim
from generator.records.event import Event
from generator.records.facade import Facade
from generator.schema import field_tables
from generator.shells import SHELL_ID, SHELL_VERSION, Frame
from generator.site import Site, root_from


@dataclasses.dataclass(frozen=True, slots=True)
class PageForMkdocs:
    """A page as MkDocs is handed it: its path below docs_dir, and Markdown with front matter that we wrote."""

    path: str
    markdown: str
    in_navigation: bool = False


def _front_matter(values: Mapping[str, object]) -> str:
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value not in (None, "")
    ]
    return "---\n" + "\n".join(lines) + "\n---\n"


def pages_for_mkdocs(site: Site) -> Iterator[PageForMkdocs]:
    """Every page that MkDocs renders: the written ones, the ledger, the rules, the shell of a claim."""
    archive, settings = site.archive, site.settings
    for page in archive.pages.values():
        record = page.record
        path = page.path.removeprefix("content/")
        yield _written(site, page, path, record.title, record.description, record.kind, navigation=True)
    for shelf, kind in ((archive.facades, "facade"), (archive.organisations, "organisation")):
        for agent in shelf.values():
            path = f"{FOLDERS[kind]}/{agent.id}.md"
            name = agent.record.name.en
            yield _written(site, agent, path, name, f"{name}: {_agent_description(agent.record)}", kind)
    for term in archive.terms.values():
        yield _written(site, term, f"glossary/{term.id}.md", term.record.name, term.record.short, "term")
    for report in archive.reports.values():
        record_ = report.record
        yield _written(site, report, f"reports/{report.id}.md", record_.title, record_.description, "report")
    for event in archive.events.values():
        yield _event(site, event)
    for path, listed in site.list_pages.items():
        title = listed.title if listed.page.number == 1 else f"{listed.title}, page {listed.page.number}"
        yield _made(path, title, listed.description, "claims-year")
    for id, rules in checks.rules_by_id().items():
        yield PageForMkdocs(f"about/rules/{id.lower()}.md", _rule_page(id, rules))
    description = f"All rules of `claims check` of {settings.site_name}, made from the code."
    yield _made("about/rules/index.md", "Rules", description, "about", "[[rules]]\n")
    values = {
        "title": "{slot:title}",
        "description": "{slot:description}",
        "kind": "claim",
        "shell": "claim",
        "root": root_from(f"claims/{SHELL_ID}.md"),
        "edit_url": "{slot:edit}",
    }
    yield PageForMkdocs(f"claims/{SHELL_ID}.md", _front_matter(values) + "\n")
    for path, number in site.wording.index_paths():
        title = "Same wording" if number == 1 else f"Same wording, page {number}"
        yield _made(
            path, title, "Claims that repeat each other’s words, and phrases that they share, counted.", "wording-index"
        )
    yield _made("find/index.md", "Is this claim recorded?", "Look up a text or an address; nothing is sent.", "find")
    path = f"wording/{SHELL_ID}.md"
    wording_values = {**values, "kind": "wording", "shell": "wording", "root": root_from(path), "edit_url": ""}
    yield PageForMkdocs(path, _front_matter(wording_values) + "\n")
    path = f"claims/{SHELL_ID}/as-of/{SHELL_VERSION}.md"
    yield PageForMkdocs(path, _front_matter({**values, "shell": "version", "root": root_from(path)}) + "\n")


def _agent_description(record: Any) -> str:
    kind = str(record.kind.label).lower()
    return f"{kind}, what is said of it and by whom, with sources."


def _written(
    site: Site, entry: Entry[Any], path: str, title: str, description: str | None, kind: str, navigation: bool = False
) -> PageForMkdocs:
    values = {
        "title": title,
        "description": description,
        "kind": kind,
        "root": root_from(path),
        "edit_url": site.settings.edit_url(entry.path),
    }
    return PageForMkdocs(path, _front_matter(values) + "\n" + entry.document.prose, navigation)


def _event(site: Site, entry: Entry[Event]) -> PageForMkdocs:
    path = f"{FOLDERS['event']}/{entry.id}.md"
    values = {
        "title": events.event_title(entry, site.archive, site.analysis),
        "description": events.event_description(entry, site.archive),
        "kind": "event",
        "root": root_from(path),
        "edit_url": site.settings.edit_url(entry.path),
    }
    return PageForMkdocs(path, _front_matter(values))


def _made(path: str, title: str, description: str, kind: str, prose: str = "") -> PageForMkdocs:
    values = {"title": title, "description": description, "kind": kind, "root": root_from(path)}
    return PageForMkdocs(path, _front_matter(values) + "\n" + prose)


def _rule_page(id: str, rules: list[Rule[Any]]) -> str:
    title = f"{id}: {rules[0].title}"
    path = f"about/rules/{id.lower()}.md"
    values = {"title": title, "description": rules[0].manual.split("\n")[0], "kind": "about", "root": root_from(path)}
    weight = {"error": "An error: it stops the build.", "warning": "A warning: it is shown and stops nothing."}
    said = weight.get(rules[0].severity.value, "Information: it is shown and stops nothing.")
    manual = "\n\n".join(rule.manual for rule in rules)
    return f"{_front_matter(values)}\n{said}\n\n{manual}\n\n[All rules](page:about/rules)\n"


def _rule_rows() -> list[method.RuleRow]:
    return [method.RuleRow(id, rules[0].title, rules[0].severity.value) for id, rules in checks.rules_by_id().items()]


def _entry_of(site: Site, path: str) -> Entry[Any] | None:
    """The record whose page a path below docs_dir is."""
    archive = site.archive
    folder, _, name = path.removesuffix(".md").rpartition("/")
    shelves: dict[str, Mapping[str, Entry[Any]]] = {
        "facades": archive.facades,
        "organisations": archive.organisations,
        "glossary": archive.terms,
        "reports": archive.reports,
        "events": archive.events,
    }
    if folder in shelves and name in shelves[folder]:
        return shelves[folder][name]
    return archive.pages.get(path.removesuffix(".md"))


def finished_prose(site: Site, path: str, prose: str) -> str:
    """Prose with its links resolved, its embeds made, and the first mention of each term linked.

    Args:
        path: the page's Markdown file below docs_dir.
        prose: rendered and made safe.
    """
    root = root_from(path)
    links = site.links(root)
    own = [path.removeprefix("glossary/").removesuffix(".md")] if path.startswith("glossary/") else []
    seen: set[str] = set()

    def between(html: str) -> str:
        return with_links(site.glossary.linked(html, root, seen, own), lambda kind, id: _href(site, links, kind, id))

    return with_embeds(
        with_anchors(prose) if path.startswith(f"{FOLDERS['report']}/") else prose,
        lambda embed: embeds.figure_in_text(embed, site.archive, site.analysis),
        lambda embed: _block(site, links, embed),
        between,
    )


def _href(site: Site, links: Links, kind: str, id: str) -> str:
    match kind:
        case "source":
            return f"#source-{id}"
        case "page":
            return links.page(id)
        case _:
            return links.to(kind, id)


def _block(site: Site, links: Links, embed: Embed) -> str | None:
    """What stands in place of a paragraph that is an embed; None for a figure, which is made in its text."""
    archive, analysis = site.archive, site.analysis
    match embed.name, embed.subject:
        case "claim", id:
            return claim_pages.claim_card(archive.claims[id], archive, analysis, links)
        case "quote", id:
            return claim_pages.claim_quote(archive.claims[id], archive, analysis, links)
        case "table", "claims":
            return embeds.claims_table(embed, archive, analysis, links)
        case "table", _:
            return embeds.facades_table(embed, archive, analysis, links)
        case "timeline", _:
            return site.drawings.facade_timeline(archive.facades[embed.get("facade")], links)
        case "propagation", _:
            entry = archive.claims[embed.get("claim")]
            drawn = site.drawings.propagation(entry, f"propagation-{entry.id}")
            return embeds.propagation_figure(entry, drawn, analysis, links)
        case "attributions", _:
            facade = archive.facades[embed.get("facade")]
            return embeds.attributions_table(facade, site.drawings.facade(facade, links).attribution, archive, links)
        case "overview", _:
            return site.drawings.overview(links)
        case "coverage", _:
            return coverage.coverage_tables(archive, analysis, links)
        case "statuses", _:
            return method.statuses_table()
        case "dimensions", _:
            return method.dimensions_table()
        case "verdicts", _:
            return method.verdicts_table()
        case "rules", _:
            return method.rules_table(_rule_rows(), links)
        case "claim-fields", _:
            return method.fields_tables("claim", field_tables(Claim))
        case "facade-fields", _:
            return method.fields_tables("facade", field_tables(Facade))
        case "data-fields", _:
            return data_tables()
        case "downloads", _:
            return downloads_table(site.exports, links)
        case "latest-changes", _:
            return ledger.latest_changes(archive, analysis, links)
        case "corrections", _:
            return ledger.corrections(archive, analysis, links)
    return None


def page_in_frame(site: Site, path: str, frame: Frame) -> str:
    """A written page, whole."""
    parts = parts_of(site, path)
    prose = finished_prose(site, path, frame.prose)
    return frame.filled({"prose": prose, **profiles.around_home(prose), **parts})


def parts_of(site: Site, path: str) -> profiles.Parts:
    """The derived parts of a written page, by the name of their slot, and what its head says to machines."""
    parts = _parts_of(site, path)
    entry, root = _entry_of(site, path), root_from(path)
    parts["head"] = head_of_page(site.exports, path, entry, root)
    parts["derived"] = f"{parts.get('derived', '')}{cite_of(site.exports, entry)}"
    return parts


def _parts_of(site: Site, path: str) -> profiles.Parts:
    archive, analysis = site.archive, site.analysis
    links = site.links(root_from(path))
    entry = _entry_of(site, path)
    kind = getattr(entry.record, "kind", None) if entry and path.removesuffix(".md") in archive.pages else None
    match kind:
        case "home":
            return profiles.home_parts(archive, analysis, links, site.drawings.overview(links))
        case "claims-index":
            return {"derived": ledger.claims_index(archive, analysis, links)}
        case "facades-index":
            return {"derived": profiles.facades_index(archive, links)}
        case "organisations-index":
            return {"derived": profiles.organisations_index(archive, links)}
        case "glossary-index":
            return {"derived": profiles.glossary_index(archive, links)}
        case "reports-index":
            return {"derived": profiles.reports_index(archive, links)}
        case "events-index":
            return {"derived": events.events_index(archive, analysis, links)}
    if match := re.fullmatch(r"wording/(?:index|page-(\d+))\.md", path):
        return {"derived": site.wording.index(int(match[1] or 1), links)}
    if path == "find/index.md":
        return {"derived": find.find_page(len(archive.listed_claims), links)}
    if listed := site.list_pages.get(path):
        entries = listed.claims()
        return {"derived": ledger.claims_list(entries, listed.page, archive, analysis, links, listed.year)}
    if entry is None:
        return {}
    if path.startswith("facades/") and entry.id in archive.facades:
        return profiles.facade_parts(
            entry, archive, analysis, links, site.postings.of(entry.id), site.drawings.facade(entry, links)
        )
    if path.startswith("organisations/") and entry.id in archive.organisations:
        return profiles.organisation_parts(entry, archive, analysis, links)
    if path.startswith("glossary/") and entry.id in archive.terms:
        return profiles.term_parts(entry, archive, analysis, links)
    if path.startswith("reports/") and entry.id in archive.reports:
        return profiles.report_parts(entry, archive, links)
    if path.startswith("events/") and entry.id in archive.events:
        return events.event_parts(entry, archive, analysis, links)
    return {}
