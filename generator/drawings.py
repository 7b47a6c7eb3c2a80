"""The charts of the site: analysis → rows of a chart → drawn SVG, once each."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from markupsafe import Markup

from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.records.facade import Facade


@dataclasses.dataclass(frozen=True, slots=True)
class DrawnPropagation:
    """A propagation line: the SVG, and where its chart specification and rows are published."""

    svg: Markup
    spec_address: str = ""
    rows_address: str = ""


class Drawings:
    """Draws what pages ask for."""

    def __init__(self, archive: Archive, analysis: Analysis) -> None:
        self._archive = archive
        self._analysis = analysis

    def overview(self, links: Links) -> Markup:
        """All listed claims by facade and status."""
        return Markup("")

    def facade(self, entry: Entry[Facade], links: Links) -> Markup:
        """A facade's claims in time."""
        return Markup("")

    def propagation(self, entry: Entry[Claim]) -> DrawnPropagation:
        """A claim's propagation line."""
        return DrawnPropagation(Markup(""))

    def propagation_files(self, entry: Entry[Claim]) -> Iterator[tuple[str, bytes]]:
        """The published rows of a claim's propagation, by file name."""
        yield from ()

    def shared_files(self) -> Iterator[tuple[str, bytes]]:
        """The published specifications."""
        yield from ()
