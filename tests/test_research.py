"""The records say what the research says: nothing invented, nothing dropped.

The research lies beside the checkout, in `shared/research`, where CI puts it; the site never needs it. Where it is not,
these tests are skipped and say so.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
import yaml

from generator import disk
from generator.archive import Archive, Entry, read_archive
from tests.conftest import PROJECT

RESEARCH = PROJECT.parent / "shared" / "research"
IDS = Path(__file__).parent / "research-ids.txt"

pytestmark = pytest.mark.skipif(
    not (RESEARCH / "claims.yml").is_file(),
    reason="the research is not here (shared/research beside the checkout): records were not compared with it",
)


def _ids() -> dict[str, dict[str, str]]:
    """The mapping file by section: research id to record id."""
    sections: dict[str, dict[str, str]] = {}
    for line in IDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            sections[line.strip("[]")] = section = {}
        elif line and not line.startswith("#"):
            research, record = line.rsplit(": ", 1)
            section[research] = record
    return sections


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value as a YAML reader gives it."""
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _address(url: str) -> str:
    """An address as it is compared: unquoted, without what merely tracks where a reader came from."""
    url = re.sub(r"[?&]utm_[^#]*", "", unquote(url))
    return re.sub(r"^(https?://[^/]+?)\.(?=/|$)", r"\1", url)


def _loaded(name: str) -> list[dict[str, Any]]:
    return yaml.load((RESEARCH / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


@pytest.fixture(scope="module")
def ids() -> dict[str, dict[str, str]]:
    return _ids()


@pytest.fixture(scope="module")
def researched() -> dict[str, dict[str, Any]]:
    """The researched claims by id."""
    return {record["id"]: record for record in _loaded("claims.yml")}


@pytest.fixture(scope="module")
def profiled() -> dict[str, dict[str, Any]]:
    """The researched facades and organisations by id."""
    return {record["id"]: record for record in _loaded("facades.yml")}


@pytest.fixture(scope="module")
def terms() -> dict[str, str]:
    """The researched terms: heading to text."""
    text = (RESEARCH / "glossary-facts.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^### (.+)\n((?:(?!^#).*\n)+)", text, re.MULTILINE))


@pytest.fixture(scope="module")
def archive() -> Archive:
    return read_archive(disk.read_contributed(PROJECT)[0])[0]


@pytest.fixture(scope="module")
def addresses() -> str:
    """Every address that the research holds, in one text."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(RESEARCH.iterdir())]
    model = RESEARCH.parent / "evidence-model.md"  # the record of 26 January 2023 stands there
    texts += [model.read_text(encoding="utf-8")] if model.is_file() else []
    return "\n".join(_address(word) for word in re.findall(r"https?://[^\s\"'<>]+", "\n".join(texts)))


def _facts(
    entry: Entry[Any], ids: dict[str, dict[str, str]], researched: dict[str, Any], profiled: dict[str, Any]
) -> str:
    """All that the research says about a claim: its records, the facades, and the same sources in other records."""
    records = [researched[research] for research, id in ids["claims"].items() if id == entry.id]
    facades = [profiled[id] for id in entry.record.facade if id in profiled]
    cited = {source.url for source in entry.record.sources}
    again = [
        source
        for record in (*researched.values(), *profiled.values())
        for source in record["sources"]
        if source["url"] in cited
    ]
    return "\n".join(text for record in (*records, *facades, *again) for text in _texts(record))


# Nothing dropped --------------------------------------------------------------------------------------------------


def test_every_research_record_has_its_line_and_every_line_its_record(ids, researched, profiled, terms, archive):
    assert set(researched) == set(ids["claims"])
    assert set(profiled) == set(ids["profiles"])
    assert set(terms) == set(ids["terms"])
    assert set(ids["claims"].values()) <= set(archive.claims)
    assert {f"facades/{id}" for id in archive.facades} | {f"organisations/{id}" for id in archive.organisations} >= set(
        ids["profiles"].values()
    )
    assert set(ids["terms"].values()) == set(archive.terms)


def test_every_quote_of_the_research_is_on_the_site_letter_for_letter(ids, researched, archive):
    dropped = []
    for research, id in ids["claims"].items():
        ours = _folded("\n".join(_texts(archive.claims[id].document.value)))
        quote = researched[research]["quote"]
        if not isinstance(quote, dict):
            continue
        versions = [quote.get("text"), *(other.get("text") for other in quote.get("alternative_versions") or [])]
        dropped += [f"{id}: {text}" for text in versions if text and text != "null" and _folded(text) not in ours]

    assert [] == dropped


def test_every_source_of_the_research_is_on_the_site(ids, researched, profiled, terms, archive):
    def addresses_of(record: Any) -> set[str]:
        found = {word for text in _texts(record) for word in re.findall(r"https?://\S+", text)}
        return {_address(word.rstrip(").,;")) for word in found}

    def ours(entry: Entry[Any]) -> set[str]:
        return {_address(source.url) for source in entry.record.sources}

    agents = {**archive.facades, **archive.organisations}
    dropped = []
    for research, id in ids["claims"].items():
        record = researched[research]
        cited = {_address(source["url"]) for source in record["sources"]}
        dropped += [f"{id}: {address}" for address in sorted(cited - ours(archive.claims[id]))]
    for research, path in ids["profiles"].items():
        cited = {_address(source["url"]) for source in profiled[research]["sources"]}
        dropped += [f"{path}: {address}" for address in sorted(cited - ours(agents[path.split("/")[1]]))]
    for heading, id in ids["terms"].items():
        dropped += [f"{id}: {address}" for address in sorted(addresses_of(terms[heading]) - ours(archive.terms[id]))]

    assert [] == dropped


# Nothing invented -------------------------------------------------------------------------------------------------


def test_every_source_address_of_a_claim_is_in_the_research_or_says_who_added_it(archive, addresses):
    invented = [
        f"{entry.path}: {source.url}"
        for entry in (*archive.claims.values(), *archive.events.values())
        for source in entry.record.sources
        if _address(source.url) not in addresses and "added by" not in (source.note or "")
    ]

    assert [] == invented


def test_every_quote_of_a_claim_is_in_the_research_letter_for_letter(ids, researched, profiled, archive):
    invented = []
    for entry in archive.claims.values():
        facts = _folded(_facts(entry, ids, researched, profiled))
        added = {source.id for source in entry.record.sources if "added by" in (source.note or "")}
        for text, source in _words(entry):
            # Passages of one statement that stand apart in their source stand in one text here.
            passages = [passage for passage in re.split(r"\[…\]|\n", text) if passage.strip()]
            if source not in added:
                invented += [f"{entry.id}: {part}" for part in passages if _folded(part) not in facts]

    assert [] == invented


def _words(entry: Entry[Any]) -> Iterator[tuple[str, str | None]]:
    """The words of a claim, each with the source that prints them."""
    claim = entry.record
    if isinstance(claim.quote, str):
        yield claim.quote, None
    elif claim.quote:
        for part in (claim.quote.original, *claim.quote.translations):
            if part:
                yield part.text, part.from_
    for post in claim.propagation:
        if post.text:
            yield post.text, post.per


_MONTHS = "January February March April May June July August September October November December".split()


def _mentions_day(facts: str, part: str) -> bool:
    """Whether a text names a day, month or year in any of the forms that the research uses."""
    pieces = part.rstrip("~?%").removesuffix("-XX").split("-")
    if "-".join(pieces) in facts:
        return True
    month = _MONTHS[int(pieces[1]) - 1] if len(pieces) > 1 else ""
    if len(pieces) == 2:
        return month in facts or "/".join(pieces) in facts
    if len(pieces) < 3:
        return False
    day = int(pieces[2])
    forms = (
        rf"\b{day}(?:(?: and | to |, |-|/)\d+)* {month}\b",
        rf"\b\d+(?: and | to |, |-|/){day} {month[:3]}",
        rf"\b{month[:3]}\w* {day}\b",
        rf"\b{day} {month[:3]}\b",
        rf"{pieces[0]}-{pieces[1]}-\d\d/{pieces[2]}",
        rf"{pieces[0]}/?{pieces[1]}/?{pieces[2]}",
        rf"{pieces[0]}/{int(pieces[1])}/{day}\b",
    )
    return any(re.search(form, facts) for form in forms)


def _mentions(facts: str, date: str) -> bool:
    return all(_mentions_day(facts, part) for part in date.split("/") if part != "..")


def _clock_times(facts: str) -> set[str]:
    """Times of day in a text: as written, and those with an offset in Baghdad's time."""
    written = re.findall(r"(?<!\d)(\d{1,2}):([0-5]\d)", facts) + re.findall(r"\b(\d\d)([0-5]\d) hours", facts)
    times = {f"{int(hour):02}:{minute}" for hour, minute in written}
    for moment in re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)", facts):
        local = datetime.datetime.fromisoformat(moment).astimezone(ZoneInfo("Asia/Baghdad"))
        times.add(local.strftime("%H:%M"))
    for hour, minute, half in re.findall(r"\b(\d{1,2})(?:[:.](\d\d))? ?([ap])\.?m\b", facts):
        times.add(f"{int(hour) % 12 + (12 if half == 'p' else 0):02}:{minute or '00'}")
    return times | ({"12:00"} if "noon" in facts else set())


def _dated(entry: Entry[Any]) -> Iterator[tuple[str, str, str | None]]:
    """Every date of a claim that is not of our own work: what it dates, the date, and the source that tells us."""
    claim = entry.record
    yield "the claim", str(claim.date), None
    for assertion in claim.asserts:
        if assertion.date:
            yield assertion.id, str(assertion.date), None
    for post in claim.propagation:
        if post.date or post.at:
            yield post.id, str(post.date or post.at[:10]), post.per
    for source in claim.sources:
        if source.published:
            yield source.id or source.url, str(source.published), source.id


def test_every_date_and_time_of_a_claim_is_in_the_research_or_in_a_source_named_in_the_file(
    ids, researched, profiled, archive
):
    invented = []
    for entry in archive.claims.values():
        facts = _facts(entry, ids, researched, profiled)
        known = "\n".join((facts, *(unquote(source.url) for source in entry.record.sources)))
        # What the research of this claim does not hold was taken from a source that the file names for it.
        named = {source.id for source in entry.record.sources if source.url not in facts}
        for what, date, source in _dated(entry):
            if source not in named and not _mentions(known, date):
                invented.append(f"{entry.id}: {what}: {date}")
        times = _clock_times(known)
        placed = [("the claim", entry.record.time, None)]
        placed += [(assertion.id, assertion.time, None) for assertion in entry.record.asserts]
        placed += [(post.id, post.at and post.at[11:16], post.per) for post in entry.record.propagation]
        for what, time, source in placed:
            if time and source not in named and time[:5] not in times:
                invented.append(f"{entry.id}: {what}: {time}")

    assert [] == invented
