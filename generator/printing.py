"""Problems as text for people, annotations for pull requests, JSON and SARIF for programs. Pure functions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from generator.problems import Problem, Severity

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "notice"}
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}
#: GitHub shows at most ten annotations of a kind for one step; the last one is kept for the summary.
_ANNOTATIONS = 9


def as_text(problems: Sequence[Problem]) -> str:
    """One line a problem, `path:line:column: sentence [rule]`; what does not stop the build says so."""
    return "".join(f"{_line(problem)}\n" for problem in problems)


def _line(problem: Problem) -> str:
    weight = "" if problem.severity is Severity.ERROR else f"{problem.severity}: "
    place = problem.place
    return f"{printable(place.path)}:{place.line}:{place.column}: {weight}{problem.sentence} [{problem.rule}]"


def printable(text: str) -> str:
    """A text without characters that a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def as_github(problems: Sequence[Problem]) -> str:
    """Annotations for GitHub Actions, after the plain lines, which hold them all."""
    by_kind: dict[str, list[Problem]] = {}
    for problem in problems:
        by_kind.setdefault(_GITHUB[problem.severity], []).append(problem)
    lines = []
    for kind, found in by_kind.items():
        for problem in found[:_ANNOTATIONS]:
            place = problem.place
            where = f"file={_property(place.path)},line={place.line},col={place.column},title={_property(problem.rule)}"
            lines.append(f"::{kind} {where}::{_message(problem.sentence)}\n")
        if len(found) > _ANNOTATIONS:
            lines.append(f"::{kind}::{len(found) - _ANNOTATIONS} more in the log of this step\n")
    return as_text(problems) + "".join(lines)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects with path, line, column, rule, severity and sentence."""
    return _json(
        [
            {
                "path": problem.place.path,
                "line": problem.place.line,
                "column": problem.place.column,
                "rule": problem.rule,
                "severity": problem.severity.value,
                "sentence": problem.sentence,
            }
            for problem in problems
        ]
    )


def as_sarif(problems: Sequence[Problem], rules: Mapping[str, str]) -> str:
    """A SARIF 2.1.0 log of one run.

    Args:
        rules: the first sentence of every rule's manual page, by id.
    """
    return _json(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "claims check",
                            "rules": [{"id": id, "shortDescription": {"text": text}} for id, text in rules.items()],
                        }
                    },
                    "results": [_sarif_result(problem) for problem in problems],
                }
            ],
        }
    )


def _sarif_result(problem: Problem) -> dict[str, Any]:
    region = {"startLine": problem.place.line, "startColumn": problem.place.column}
    return {
        "ruleId": problem.rule,
        "level": _SARIF[problem.severity],
        "message": {"text": problem.sentence},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": problem.place.path}, "region": region}}],
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def summary(problems: Iterable[Problem]) -> str:
    """How many of each weight, in words."""
    counts = dict.fromkeys(Severity, 0)
    for problem in problems:
        counts[problem.severity] += 1
    words = {
        Severity.ERROR: ("error", "errors"),
        Severity.WARNING: ("warning", "warnings"),
        Severity.INFORMATION: ("note", "notes"),
    }
    said = [f"{count} {words[severity][count != 1]}" for severity, count in counts.items() if count]
    return ", ".join(said) or "nothing wrong"


Format = Callable[[Sequence[Problem]], str]
