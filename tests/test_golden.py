"""A few whole outputs as plain files, rewritten by `make golden` and reviewed like code. Other tests say what must hold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.analysis.posting import Postings
from generator.analysis.whole import Analysis
from generator.archive import Archive
from generator.charts import specs
from generator.drawings import Drawings
from generator.pages.claim import claim_card
from generator.pages.links import Links
from generator.settings import Settings

GOLDEN = Path(__file__).parent / "golden"
CLAIM = "2023-01-26-international-resistance"


def _compare(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "rewrite":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == text


@pytest.fixture
def links(small: Archive) -> Links:
    """Addresses as a claim page sees them."""
    return Links(small, Settings("Facade Watch", "https://facade-watch.example/", "https://example.org/r"), "../../")


def test_golden_card_of_a_claim(small: Archive, small_analysis: Analysis, links: Links) -> None:
    _compare("card.html", claim_card(small.claims[CLAIM], small, small_analysis, links))


def test_golden_propagation_line(small: Archive, small_analysis: Analysis) -> None:
    _compare(
        "propagation-line.svg",
        str(Drawings(small, small_analysis, Postings(small, {}.__getitem__)).propagation(small.claims[CLAIM]).svg),
    )


def test_golden_specifications() -> None:
    import json

    made = {
        "timeline": specs.timeline("status", ["Unverified", "Refuted"], (2020, 2024)),
        "propagation-minutes": specs.propagation(clock=True),
        "propagation-days": specs.propagation(clock=False),
    }
    for name, specification in made.items():
        _compare(f"{name}.vl.json", json.dumps(specification, indent=1, sort_keys=True) + "\n")
