"""The record of the article, changed in seventeen ways that must not pass, and in five that may."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from generator.documents import SourceFile
from generator.problems import Problem, Severity
from generator.reading import read_yaml
from tests.conftest import SMALL, problems_with

PATH = "claims/2023/2023-01-26-international-resistance.yml"
Change = Callable[[dict[str, Any]], None]


def _problems(small_files: list[SourceFile], change: Change) -> list[Problem]:
    document, _ = read_yaml(SourceFile(PATH, (SMALL / PATH).read_bytes()))

    assert document

    value = copy.deepcopy(dict(document.value))
    change(value)
    changed = SourceFile(PATH, json.dumps(value, ensure_ascii=False).encode())
    return [problem for problem in problems_with(small_files, changed) if problem.place.path == PATH]


def _errors(small_files: list[SourceFile], change: Change) -> set[str]:
    return {problem.rule for problem in _problems(small_files, change) if problem.severity is Severity.ERROR}


def _source(claim: dict[str, Any], id: str, **fields: Any) -> None:
    plain = {"id": id, "title": f"Report {id}", "publisher": f"Agency {id}", "published": "2023-01-27"}
    claim["sources"].append({**plain, "url": f"https://example.org/{id}", "basis": "own-observation", **fields})


def _find(claim: dict[str, Any], dimension: str, verdict: str, *evidence: tuple[str, str, str]) -> None:
    """Give a dimension a verdict that rests on this evidence: item, direction, kind."""
    finding = next(finding for finding in claim["findings"] if finding["dimension"] == dimension)
    finding["verdict"] = verdict
    finding["evidence"] = [{"item": item, "direction": way, "kind": kind} for item, way, kind in evidence]


def _becomes(claim: dict[str, Any], status: str) -> None:
    last = claim["history"][-1]["to"]
    claim["status"] = status
    if status != last:
        claim["history"].append(
            {"date": "2026-11-23", "from": last, "to": status, "why": "a test", "by": "first-editor"}
        )


FOR, AGAINST = "supports", "contradicts"


def status_raised_by_hand(claim: dict[str, Any]) -> None:
    _becomes(claim, "confirmed")


def every_verdict_edited_to_supported(claim: dict[str, Any]) -> None:
    for finding in claim["findings"]:
        finding["verdict"] = "supported"
    _becomes(claim, "confirmed")


def two_agencies_citing_the_facade(claim: dict[str, Any]) -> None:
    for id in ("a", "b"):
        _source(claim, id, basis="cites", derives_from=["p3"], link="stated")
    _find(claim, "occurred", "supported", ("a", FOR, "testimony"), ("b", FOR, "testimony"))


def two_agencies_citing_each_other(claim: dict[str, Any]) -> None:
    for id, other in (("a", "b"), ("b", "a")):
        _source(claim, id, derives_from=[other], link="stated")
    _find(claim, "occurred", "supported", ("a", FOR, "testimony"), ("b", FOR, "testimony"))


def two_agencies_with_one_unnamed_informant(claim: dict[str, Any]) -> None:
    for id in ("a", "b"):
        _source(claim, id, basis="unnamed-official", informant="security-source")
    _find(claim, "occurred", "supported", ("a", FOR, "testimony"), ("b", FOR, "testimony"))


_SHOWN = {"placed_by": "first-editor", "timed_by": "first-editor", "reverse_search_on": "2026-11-22"}


def two_videos_both_from_the_claimants_side(claim: dict[str, Any]) -> None:
    claim["media"] = [
        {"id": "m1", "kind": "video", "by": "international-resistance", "verification": _SHOWN},
        {"id": "m2", "kind": "video", "by": "unit-10000", "verification": _SHOWN},
    ]
    _find(claim, "occurred", "supported", ("m1", FOR, "visual-verified"), ("m2", FOR, "visual-verified"))


def only_the_target_sides_denial(claim: dict[str, Any]) -> None:
    _source(claim, "a", publisher="test-ministry", kind="official-statement")
    _source(claim, "b", publisher="test-ministry", kind="official-statement")
    _find(claim, "occurred", "contradicted", ("a", AGAINST, "testimony"), ("b", AGAINST, "testimony"))
    _becomes(claim, "refuted")


def amplification_as_proof(claim: dict[str, Any]) -> None:
    _find(claim, "actor", "supported", ("p1", FOR, "amplification"), ("p2", FOR, "amplification"))


def a_pattern_as_proof(claim: dict[str, Any]) -> None:
    _find(claim, "target", "contradicted", ("partisan-report-2023-04-19", AGAINST, "pattern"))


def a_live_link(claim: dict[str, Any]) -> None:
    claim["notes"] = ["The post stands at https://t.me/channel/1"]


def a_live_handle(claim: dict[str, Any]) -> None:
    claim["notes"] = ["Posted by @some_channel on Telegram"]


def a_missing_zone(claim: dict[str, Any]) -> None:
    del claim["zone"]


def a_copy_dated_before_its_original(claim: dict[str, Any]) -> None:
    claim["propagation"][3]["at"] = "2023-01-26T00:30"


def a_broken_history(claim: dict[str, Any]) -> None:
    claim["history"][1]["from"] = "contested"


def a_lost_translator(claim: dict[str, Any]) -> None:
    del claim["quote"]["translations"][0]["by"]


def too_few_searches(claim: dict[str, Any]) -> None:
    del claim["searches"][2]


def a_single_contrary_report(claim: dict[str, Any]) -> None:
    _source(claim, "a")
    _find(claim, "occurred", "contradicted", ("a", AGAINST, "testimony"))
    _becomes(claim, "refuted")


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (status_raised_by_hand, "S01"),
        (every_verdict_edited_to_supported, "F02 F03 F04"),
        (two_agencies_citing_the_facade, "F03"),
        (two_agencies_citing_each_other, "F03"),
        (two_agencies_with_one_unnamed_informant, "F03"),
        (two_videos_both_from_the_claimants_side, "F03"),
        (only_the_target_sides_denial, "F05"),
        (amplification_as_proof, "F04 F07"),
        (a_pattern_as_proof, "F05 F07"),
        (a_live_link, "H01"),
        (a_live_handle, "H02"),
        (a_missing_zone, "T01"),
        (a_copy_dated_before_its_original, "P02"),
        (a_broken_history, "C02"),
        (a_lost_translator, "Q04"),
        (too_few_searches, "S02"),
        (a_single_contrary_report, "F05"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_must_not_pass_is_stopped_by_the_rule_meant_for_it(
    change: Change, rules: str, small_files: list[SourceFile]
) -> None:
    assert set(rules.split()) <= _errors(small_files, change)


def as_it_stands(claim: dict[str, Any]) -> None:
    """Nothing is changed."""


def a_capture_and_two_independent_reports(claim: dict[str, Any]) -> None:
    captured = {"at": "2023-01-26", "by": "first-editor"}
    claim["media"] = [{"id": "m1", "kind": "page", "sha256": "0" * 64, "captured": captured}]
    claim["propagation"][2]["capture"] = "m1"
    _source(claim, "a")
    _source(claim, "b", basis="named-official")
    _find(claim, "authentic", "supported", ("p3", FOR, "capture"))
    _find(claim, "occurred", "supported", ("a", FOR, "testimony"), ("b", FOR, "testimony"))
    _becomes(claim, "partly-confirmed")


def an_admission_and_an_independent_report(claim: dict[str, Any]) -> None:
    _source(claim, "a", publisher="test-ministry", kind="official-statement")
    _source(claim, "b", basis="observed-channels")
    _source(claim, "c", basis="observed-channels", derives_from=["p3"], link="stated")
    _source(claim, "d")
    _find(claim, "authentic", "supported", ("b", FOR, "testimony"), ("c", FOR, "testimony"))
    _find(claim, "occurred", "supported", ("a", FOR, "testimony"), ("d", FOR, "testimony"))
    _find(claim, "target", "contradicted", ("a", AGAINST, "testimony"), ("d", AGAINST, "testimony"))
    _becomes(claim, "misdescribed")


def the_claimants_footage_placed_and_timed_and_a_report(claim: dict[str, Any]) -> None:
    claim["media"] = [{"id": "m1", "kind": "video", "by": "unit-10000", "verification": _SHOWN}]
    _source(claim, "a")
    _find(claim, "occurred", "supported", ("m1", FOR, "visual-verified"), ("a", FOR, "testimony"))
    _becomes(claim, "unverified")


def a_report_against_a_denial(claim: dict[str, Any]) -> None:
    _source(claim, "a")
    _source(claim, "b", publisher="test-ministry", kind="official-statement")
    _find(claim, "occurred", "mixed", ("a", FOR, "testimony"), ("b", AGAINST, "testimony"))
    _becomes(claim, "contested")


@pytest.mark.parametrize(
    "change",
    [
        as_it_stands,
        a_capture_and_two_independent_reports,
        an_admission_and_an_independent_report,
        the_claimants_footage_placed_and_timed_and_a_report,
        a_report_against_a_denial,
    ],
)
def test_what_is_sound_passes(change: Change, small_files: list[SourceFile]) -> None:
    assert [] == [str(problem) for problem in _problems(small_files, change) if problem.severity is Severity.ERROR]


def test_evidence_that_cannot_be_read_is_not_counted_as_missing(small_files: list[SourceFile]) -> None:
    def one_word_misspelt(claim: dict[str, Any]) -> None:
        a_capture_and_two_independent_reports(claim)
        claim["findings"][1]["evidence"][0]["kind"] = "testimonial"

    assert {"R03"} == _errors(small_files, one_word_misspelt)


def _two_claims_of_one_event(claim: dict[str, Any]) -> None:
    claim["asserts"][0]["event"] = "2023-02-01-test-range"
    _source(claim, "a")
    _source(claim, "b")
    _find(claim, "actor", "supported", ("a", FOR, "testimony"), ("b", FOR, "testimony"))


@pytest.mark.parametrize(("facade", "stopped"), [("test-faction", True), ("unit-10000", False)])
def test_two_claimants_cannot_both_have_done_it_alone(
    facade: str, stopped: bool, small_files: list[SourceFile]
) -> None:
    """S04 speaks in both files, and only where the claimants are in different camps."""
    other = "claims/2023/2023-02-03-other.yml"
    claim = {
        "facade": facade,
        "date": "2023-02-03",
        "quote_missing": "not-obtained",
        "status": "unverified",
        "asserts": [{"id": "a1", "what": "attack"}],
        "findings": [
            {"id": "f", "dimension": "actor", "statement": "S.", "by": "a", "reviewed_by": ["b"], "date": "2026-11-20"}
        ],
        "sources": [],
    }
    _two_claims_of_one_event(claim)
    files = [*small_files, SourceFile(other, json.dumps(claim).encode())]

    rules = {problem.rule for problem in _problems(files, _two_claims_of_one_event)}

    assert stopped == ("S04" in rules)
    assert not rules & {"F04", "F08"}
