"""The reports of the real archive: every number in them is worked out from the records, and none is typed."""

from __future__ import annotations

import re

import pytest

from generator import disk
from generator.archive import Archive, read_archive
from generator.prose import EMBED, lines_outside_code, mentions, parsed
from tests.conftest import PROJECT

_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen dozens hundred hundreds thousand thousands"
).split()
_TYPED = re.compile(rf"\d|%|\b(?:{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_TARGET = re.compile(r"\]\([^)]*\)")
# Names of things have numbers in them.
_NAMES = ("Unit 10000", "i24NEWS")


@pytest.fixture(scope="module")
def archive() -> Archive:
    return read_archive(disk.read_contributed(PROJECT)[0])[0]


def _words(text: str) -> str:
    text = _TARGET.sub("]", EMBED.sub("", text))
    for name in _NAMES:
        text = text.replace(name, "")
    return text


def test_no_report_types_a_number(archive: Archive) -> None:
    typed = [
        f"{report.path}: {line.strip()}"
        for report in archive.reports.values()
        for line in (
            report.record.title,
            report.record.description,
            *(line for _, line in lines_outside_code(report.document.prose)),
        )
        if _TYPED.search(_words(line))
    ]

    assert [] == typed


def test_every_report_is_carried_by_figures_records_and_its_own_sources(archive: Archive) -> None:
    assert len(archive.reports) >= 5
    for report in archive.reports.values():
        prose = report.document.prose
        embeds = [parsed(match["words"]) for match in EMBED.finditer(prose)]
        cited = {mention.id for mention in mentions(prose) if mention.kind == "source"}

        assert len([embed for embed in embeds if embed and embed.given]) >= 10, report.id
        assert {"propagation", "timeline", "table"} & {embed.name for embed in embeds if embed}, report.id
        assert {source.id for source in report.record.sources} == cited, report.id


def test_a_report_is_as_long_as_one_sitting(archive: Archive) -> None:
    for report in archive.reports.values():
        count = len(_words(report.document.prose).split())

        assert 500 <= count <= 1_000, f"{report.id}: {count}"
