"""The charts of the site: analysis → rows of a chart → drawn SVG, once each, with the published specification of each."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from markupsafe import Markup

from generator import noting
from generator.analysis.brief import Brief
from generator.analysis.independence import Independence
from generator.analysis.posting import Postings
from generator.analysis.propagation import Propagation
from generator.analysis.sentences import spoken_date, spoken_day
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.charts import arcs, line, rows, specs, svg
from generator.charts.rows import ClaimRow
from generator.pages.claim import DrawnPropagation
from generator.pages.counting import node_label
from generator.pages.environment import EMPTY, made_here, printed
from generator.pages.links import Links
from generator.pages.profiles import DrawnFacade
from generator.pages.taking import Taken
from generator.pages.words import propagation_sentences
from generator.records.claim import Claim
from generator.records.facade import Facade
from generator.records.vocabulary import Link, Relation, Status

#: Gives back what was made under a key before, or makes it; the shell keeps it on disk.
Remembered = Callable[[str, Callable[[], str]], str]

_HOW = "Shape shows the status, colour its group. A bar shows how far the date of a claim is uncertain."
_HOW_BINNED = "Shape shows the status, colour its group, size the number of claims."
_HOW_LINE = (
    "A bar is as wide as its time is uncertain. Strong: the claim, and what was certainly posted before it; faint: other "
    "posts; outline: the event, as claimed."
)
_HOW_LAGS = "A bar is as wide as its time is uncertain. Strong: certainly before the claim; faint: not certainly."
_LOGARITHMIC = "Distances from the claim are on a logarithmic scale."
_HOW_HELD = (
    "A bar stands at the likelihood that its holders give. Strong: held with high confidence; faint: moderate; empty: low. "
    "These are assessments, not facts."
)
#: How the drawing of what comes from what is read.
HOW_COUNTED: Final = (
    "A line leads from a report to what it comes from, and is dashed where that is only suspected. "
    "What is counted as an origin is filled."
)


#: A line in time needs three claims to say anything, and takes a row for each.
_FEWEST_ON_A_LINE, _MOST_ON_A_LINE = 3, 40


def _forgotten(key: str, make: Callable[[], str]) -> str:
    return make()


_ROWS_FILE = "propagation.json"


@dataclasses.dataclass(frozen=True, slots=True)
class _Chart:
    """A chart that can be cited.

    Attributes:
        id: its name among all charts, from which its files and its id on the page are made.
        facade: the facade whose page it stands on; empty for the overview.
        how: how it is read.
    """

    id: str
    facade: str
    title: str
    how: str

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"chart-{self.id}"

    def citation(self, links: Links, day: datetime.date) -> str:
        """How it is cited.

        Args:
            day: the day as of which the archive stands.
        """
        page = links.full("facade", self.facade) if self.facade else links.settings.site_url
        return f"{links.settings.site_name}, “{self.title}”, chart, as of {spoken_day(day)}, {page}#{self.anchor}"


@dataclasses.dataclass(frozen=True, slots=True)
class Timeline(_Chart):
    """A timeline of claims, before it is drawn.

    Attributes:
        lines: what stands on the vertical axis.
    """

    kind: str
    lines: Sequence[str]
    rows: Sequence[ClaimRow]
    binned: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Still(_Chart):
    """A drawing of a facade's page besides its timeline.

    Attributes:
        table: the download that holds its rows among those of all facades, and what it is.
    """

    svg: Markup
    table: tuple[str, str]

    def shown(self, links: Links, day: datetime.date) -> Markup:
        """The figure on the page."""
        href, what = self.table
        return printed(
            "still.html.j2",
            svg=self.svg,
            taken=Taken(
                self.anchor,
                self.how,
                self.citation(links, day),
                f"{links.root}charts/{self.id}.svg",
                ((f"{links.root}{href}", what),),
            ),
        )


class Drawings:
    """Draws what pages ask for.

    Args:
        remembered: keeps drawings from build to build, by what they were made of.
    """

    def __init__(
        self, archive: Archive, analysis: Analysis, postings: Postings, remembered: Remembered = _forgotten
    ) -> None:
        self._archive = archive
        self._analysis = analysis
        self._postings = postings
        self._remembered = remembered

    def overview(self, links: Links) -> Markup:
        """All listed claims by facade and status; nothing where there are none."""
        claims = self._archive.listed_claims
        if not claims:
            return EMPTY
        return self._shown(self._overview, links)

    @noting.once
    def _overview(self) -> Timeline:
        claims = self._archive.listed_claims
        drawn, names = self._overview_rows
        first, last = _years(drawn)
        years = str(first) if first == last else f"{first} to {last}"
        title = f"{len(claims)} claims in {len(names)} names, {years}" if len(claims) != 1 else f"One claim, {years}"
        return Timeline("overview", "", title, _HOW_BINNED, "facade", names, drawn, binned=True)

    @noting.once
    def _overview_rows(self) -> tuple[list[ClaimRow], list[str]]:
        briefs = self._analysis.briefs
        listed = [briefs[entry.id] for entry in self._archive.listed_claims]
        drawn = rows.binned_rows(rows.marks_of(listed, self._archive))
        return drawn, list(dict.fromkeys(row.facade for row in drawn))

    def facade(self, entry: Entry[Facade], links: Links) -> DrawnFacade:
        """The charts of a facade."""
        lags, attribution = (
            still.shown(links, self._analysis.day) if still else EMPTY for still in self._stills(entry)
        )
        return DrawnFacade(self.facade_timeline(entry, links), lags, attribution)

    def stills(self, entry: Entry[Facade]) -> Iterator[Still]:
        """The drawings of a facade besides its timeline."""
        yield from filter(None, self._stills(entry))

    def _stills(self, entry: Entry[Facade]) -> tuple[Still | None, Still | None]:
        return self._lags(entry), self._attribution(entry)

    def _lags(self, entry: Entry[Facade]) -> Still | None:
        """The first known report of each claim by its lag to the claim; nothing for one alone."""
        leads = self._postings.of(entry.id).leads
        if not 2 <= len(leads) <= _MOST_ON_A_LINE:
            return None
        found = [
            rows.lead_row(lead.claim, spoken_date(lead.date), self._analysis.claims[lead.claim].propagation)
            for lead in leads
        ]
        name = entry.record.name.en
        title = f"First known report of {len(leads)} claims in the name of {name}, by time to the claim"
        shown = line.line_of(found, clock=True)
        drawing = printed("propagation-line.html.j2", line=shown, axis=line.AXIS_HEIGHT, title=title, id="lags-line")
        table = ("data/posts.csv", "Posts about all claims (CSV)")
        return Still(f"lags-{entry.id}", entry.id, title, f"{_HOW_LAGS} {_LOGARITHMIC}", drawing, table)

    def _attribution(self, entry: Entry[Facade]) -> Still | None:
        """Who says it belongs to whom, on the yardstick of likelihood. What is only observed is no attribution."""
        record = entry.record
        publishers = {source.id: source.publisher for source in record.sources}
        held = []
        for attribution in record.attributions:
            if attribution.relation is Relation.AMPLIFIED_BY:
                continue
            by = [self._archive.name_of(publishers.get(id, id)) for id in attribution.held_by]
            label = f"{self._archive.name_of(attribution.to)} ({attribution.relation.label})"
            note = f"{attribution.likelihood.label}, {attribution.confidence.label} confidence"
            held.append((label, note, _holders(by), attribution.likelihood, attribution.confidence))
        if not held:
            return None
        bars = arcs.held_of(held)
        title = f"Who {record.name.en} is said to belong to, and how likely that is held to be"
        drawing = printed(
            "held.html.j2",
            bars=bars,
            ticks=arcs.held_ticks(),
            height=len(bars) * arcs.HELD_ROW + arcs.HELD_AXIS,
            axis=arcs.HELD_AXIS,
            title=title,
            id=f"held-{entry.id}",
        )
        table = ("data/attributions.csv", "Attributions of all facades (CSV)")
        return Still(f"attributions-{entry.id}", entry.id, title, _HOW_HELD, drawing, table)

    def counted(self, count: Independence, id: str, title: str) -> Markup:
        """What the items of a count come from: a row an item, an arc from each copy to what it comes from."""
        reasons = {item.item: item for item in count.items}
        stops = [
            arcs.Stop(
                node.id,
                node_label(node, self._archive),
                reasons[node.id].reason.label if node.id in reasons else "not cited itself",
                node.id in reasons and reasons[node.id].kept,
            )
            for node in count.graph.nodes
        ]
        edges = [(edge.item, edge.derives_from, edge.link is Link.SUSPECTED) for edge in count.graph.edges]
        drawn = arcs.arcs_of(stops, edges)
        return printed("arcs.html.j2", drawn=drawn, gutter=arcs.GUTTER, id=id, title=title)

    def facade_timeline(self, entry: Entry[Facade], links: Links) -> Markup:
        """A facade's claims in time, a line a status; nothing for one claim alone."""
        timeline = self._of_facade(entry)
        return self._shown(timeline, links) if timeline else EMPTY

    def _of_facade(self, entry: Entry[Facade]) -> Timeline | None:
        drawn = self._facade_rows(entry)
        if not drawn:
            return None
        name, count = entry.record.name.en, len(self._archive.claims_of(entry.id))
        title = f"{count} claims in the name of {name}, by date and status"
        binned = count > rows.MOST_MARKS
        how = _HOW_BINNED if binned else _HOW
        return Timeline(f"facade-{entry.id}", entry.id, title, how, "status", _STATUS_LINES, drawn, binned)

    def timeline(self, entry: Entry[Facade] | None) -> Timeline | None:
        """The timeline of a facade, or of all; None where there is nothing to draw."""
        if entry is not None:
            return self._of_facade(entry)
        return self._overview if self._archive.listed_claims else None

    def _facade_rows(self, entry: Entry[Facade]) -> list[ClaimRow]:
        claims = [self._analysis.brief(claim.id) for claim in self._archive.claims_of(entry.id)]
        found = rows.claim_rows(claims, self._archive)
        return [row for row in found if row.facade == entry.record.name.en] if len(claims) > 1 else []

    def _shown(self, timeline: Timeline, links: Links) -> Markup:
        files = f"{links.root}charts/{timeline.id}"
        data = ((f"{files}.csv", "Rows (CSV)"), (f"{files}.vl.json", "Rows and specification (Vega-Lite)"))
        return printed(
            "timeline.html.j2",
            id=timeline.anchor,
            title=timeline.title,
            specification=f"{files}.vl.json",
            taken=Taken(
                timeline.anchor, timeline.how, timeline.citation(links, self._analysis.day), f"{files}.svg", data
            ),
            rows=timeline.rows,
            binned=timeline.binned,
            wide=self.picture(timeline),
            narrow=self.narrow_picture(timeline),
        )

    def picture(self, timeline: Timeline) -> Markup:
        """A timeline as SVG for the inside of a page."""
        return self._as_wide_as(specs.WIDE, "wide", timeline)

    def narrow_picture(self, timeline: Timeline) -> Markup:
        """The same for a telephone."""
        return self._as_wide_as(specs.NARROW, "narrow", timeline)

    def _as_wide_as(self, width: int, name: str, timeline: Timeline) -> Markup:
        text = f"{timeline.title}. The table holds the same."
        values = [row.as_values() for row in timeline.rows]
        arguments = (timeline.kind, tuple(timeline.lines), _years(timeline.rows), width)
        return self._picture(specs.timeline, arguments, values, f"{timeline.id}-{name}", timeline.title, text)

    def _picture(
        self,
        make: Callable[..., specs.Specification],
        arguments: tuple[object, ...],
        values: Sequence[dict[str, object]],
        id: str,
        title: str,
        text: str,
    ) -> Markup:
        # The key is what the drawing is made of; the specification follows from the arguments and the code.
        key = _digest(make.__name__, arguments, values, id, title, text)
        return made_here(
            self._remembered(key, lambda: svg.drawn(_specification(make, arguments), values, id, title, text))
        )

    def wording(self, claims: Sequence[Brief]) -> Markup:
        """Claims that share words, in time; nothing where they are too few for a line, or too many."""
        found = rows.wording_rows(claims, self._archive)
        if not _FEWEST_ON_A_LINE <= len(found) <= _MOST_ON_A_LINE:
            return EMPTY
        title = f"{len(found)} claims that share these words, by date"
        shown = line.line_of(found, clock=False)
        return printed("propagation-line.html.j2", line=shown, axis=line.AXIS_HEIGHT, title=title, id="wording-line")

    def propagation(self, entry: Entry[Claim], id: str = "propagation-line") -> DrawnPropagation:
        """A claim's propagation line; empty where fewer than two things have a time.

        Args:
            id: what the ids within the drawing begin with, so that several can stand on one page.
        """
        own = self._analysis.claims[entry.id].propagation
        found = rows.propagation_rows(entry.record, own, self._archive)
        if not found:
            return DrawnPropagation()
        clock = own.claim.within_a_day
        title = next(iter(propagation_sentences(entry.record, own, self._archive)), "Who posted what, when")
        shown = line.line_of(found, clock)
        drawing = printed("propagation-line.html.j2", line=shown, axis=line.AXIS_HEIGHT, title=title, id=id)
        how = f"{_HOW_LINE} {_LOGARITHMIC}" if clock else _HOW_LINE
        return DrawnPropagation(drawing, how, _propagation_spec(own), _ROWS_FILE)

    def propagation_files(self, entry: Entry[Claim]) -> Iterator[tuple[str, bytes]]:
        """The published rows of a claim's propagation, by file name."""
        own = self._analysis.claims[entry.id].propagation
        found = rows.propagation_rows(entry.record, own, self._archive)
        if found:
            yield _ROWS_FILE, _json([row.as_values() for row in found])

    def shared_files(self) -> Iterator[tuple[str, bytes]]:
        """The published specifications of all propagation lines."""
        for clock, name in _PROPAGATION.items():
            yield f"charts/{name}", self._published(specs.propagation, (clock,), [])

    def specification(self, timeline: Timeline) -> bytes:
        """The published specification of a timeline, with its rows."""
        arguments = (timeline.kind, tuple(timeline.lines), _years(timeline.rows))
        return self._published(specs.timeline, arguments, [row.as_values() for row in timeline.rows])

    def _published(
        self,
        make: Callable[..., specs.Specification],
        arguments: tuple[object, ...],
        values: Sequence[dict[str, object]],
    ) -> bytes:
        """A specification with its rows as it is published; remembered, so that an unchanged chart needs no Altair."""
        key = _digest("published", make.__name__, arguments, values)
        text = self._remembered(key, lambda: _json(specs.with_rows(_specification(make, arguments), values)).decode())
        return text.encode()


_STATUS_LINES = tuple(status.label for status in Status)
_PROPAGATION = {True: "propagation-minutes.vl.json", False: "propagation-days.vl.json"}


def _years(drawn: Sequence[ClaimRow]) -> tuple[int, int]:
    """The first and the last year of these rows."""
    return min(row.first.year for row in drawn), max(row.last.year for row in drawn)


def _holders(names: Sequence[str]) -> str:
    return (
        f"held by {names[0]}" + (f" and {len(names) - 1} more" if len(names) > 1 else "")
        if names
        else "holder not named"
    )


def _propagation_spec(propagation: Propagation) -> str:
    return f"charts/{_PROPAGATION[propagation.claim.within_a_day]}"


@functools.cache
def _specification(make: Callable[..., specs.Specification], arguments: tuple[object, ...]) -> specs.Specification:
    return make(*arguments)


def _digest(*parts: object) -> str:
    return hashlib.blake2b(json.dumps(parts, sort_keys=True, default=str).encode(), digest_size=20).hexdigest()


def _json(value: object) -> bytes:
    return (
        json.dumps(value, sort_keys=True, ensure_ascii=True, allow_nan=False, separators=(",", ":")) + "\n"
    ).encode()
