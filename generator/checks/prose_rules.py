"""W: written pages hold Markdown and nothing that acts, and what they name exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.analysis.figures import Fault as FigureFault
from generator.analysis.figures import faults, form_of
from generator.archive import Entry
from generator.checks.rule import Fault, Known, Rule, rule
from generator.problems import Place, did_you_mean, shown
from generator.prose import PlacedEmbed, embeds, lines_outside_code, mentions

#: Limits that keep Python-Markdown from taking minutes: nested brackets cost it quadratic time.
_LONGEST_PROSE = 64 * 1024
_MOST_BRACKETS = 1_500

_DECLARATION = re.compile(r"<[!?]")
_TAG = re.compile(
    r"</?(?:script|iframe|style|object|embed|form|input|svg|math|img|video|audio|link|meta|base)\b", re.IGNORECASE
)
_SCHEME = re.compile(
    r"\]\(\s*<?(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):|^\s{0,3}\[[^\]]+\]:\s*<?(?P<ref>[a-zA-Z][a-zA-Z0-9+.-]*):"
)
_SCHEMES = frozenset("http https mailto claim facade organisation term report event page source".split())


def _at(entry: Entry[Any], line: int, column: int = 1) -> Place:
    return Place(entry.path, entry.document.prose_line + line, column)


@rule("W01")
def raw_html(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """Prose is Markdown. HTML that acts (scripts, frames, forms, pictures) and declarations (`<!`, `<?`) are refused.

    Other angle brackets are shown as typed. To write about a tag, put it in code: `` `<b>` ``.
    """
    for number, line in lines_outside_code(entry.document.prose):
        for pattern in (_DECLARATION, _TAG):
            if match := pattern.search(line):
                yield _at(entry, number, match.start() + 1), f"raw HTML is not allowed in prose: {shown(match[0])}"


@rule("W02")
def link_to_nothing(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """A link in prose names a record that does not exist, or has a scheme that links may not have.

    Links to records are `[text](claim:ID)`, `facade:`, `organisation:`, `term:`, `report:`, `event:`,
    `page:about/method`, and `source:ID` for a source of the same file.
    """
    archive = known.archive
    shelves: dict[str, Mapping[str, object]] = {
        "claim": archive.claims,
        "facade": archive.facades,
        "organisation": archive.organisations,
        "term": archive.terms,
        "report": archive.reports,
        "event": archive.events,
        "page": archive.pages,
        "source": {source.id: source for source in getattr(entry.record, "sources", ()) if source.id},
    }
    for mention in mentions(entry.document.prose):
        shelf = shelves[mention.kind]
        if mention.id not in shelf and mention.id not in archive.broken and f"{mention.id}/index" not in shelf:
            sentence = f"unknown {mention.kind} {shown(mention.id)}{did_you_mean(mention.id, shelf)}"
            yield _at(entry, mention.line, mention.column), sentence
    for number, line in lines_outside_code(entry.document.prose):
        for match in _SCHEME.finditer(line):
            scheme = (match["scheme"] or match["ref"]).lower()
            if scheme not in _SCHEMES:
                yield _at(entry, number, match.start() + 1), f"a link may not begin with {shown(scheme + ':')}"


@rule("W03")
def embed_of_nothing(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """An embed (`[[claim ID]]`, `[[count claims facade=ID]]`) is not one, or names something that does not exist.

    Cards, tables and charts stand in a paragraph of their own. Figures stand in running text, in lists and in tables,
    but not in a heading, where they would become part of its address, and not in a quotation, where they would be put
    into somebody's mouth. To write about an embed, put it in code. Which there are is listed in
    [how to contribute](page:about/contribute).
    """
    seen: set[str] = set()
    for placed in embeds(entry.document.prose):
        for column, sentence in (*_embed_faults(placed, known), *_drawn_twice(placed, seen)):
            yield _at(entry, placed.line, placed.column + column - 1), sentence


def _embed_faults(placed: PlacedEmbed, known: Known) -> Iterator[FigureFault]:
    embed = placed.embed
    if embed is None:
        yield 1, "not an embed; write [[name word key=value]] on one line, and nothing in round brackets after it"
        return
    form = form_of(embed)
    if form and form.block and not placed.alone:
        yield 1, f"{shown(embed.name)} is no figure for running text: give it a paragraph of its own"
    elif placed.closed:
        yield 1, f"an embed cannot stand in {placed.closed}"
    yield from faults(embed, known.archive, known.analysis)


#: What carries ids of its own into the page, so that it can stand there only once.
_DRAWN = frozenset(("timeline", "propagation", "attributions", "overview", "coverage"))


def _drawn_twice(placed: PlacedEmbed, seen: set[str]) -> Iterator[FigureFault]:
    if placed.embed is None or placed.embed.name not in _DRAWN:
        return
    what = " ".join((placed.embed.name, *(pair.value for pair in placed.embed.given)))
    if what in seen:
        yield 1, f"{shown(what)} stands on this page already"
    seen.add(what)


@rule("W04")
def prose_too_long(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """Prose is longer than 64 KB, or holds more square brackets than any article needs: rendering it takes minutes."""
    prose = entry.document.prose
    if len(prose.encode()) > _LONGEST_PROSE:
        yield _at(entry, 0), f"the prose is longer than {_LONGEST_PROSE // 1024} KB"
    if prose.count("[") > _MOST_BRACKETS or prose.count("<") > _MOST_BRACKETS or prose.count("*") > 4 * _MOST_BRACKETS:
        yield _at(entry, 0), f"more than {_MOST_BRACKETS} brackets in one page"


RULES: tuple[Rule[Any], ...] = (raw_html, link_to_nothing, embed_of_nothing, prose_too_long)
