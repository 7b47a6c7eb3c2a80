"""F: does each verdict follow from its evidence, and has a second person looked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.analysis.affiliation import folded_name
from generator.analysis.origins import (
    NEVER_COUNTED,
    Bounds,
    Origin,
    bounds_of,
    countable,
    merged,
)
from generator.analysis.provenance import Reason
from generator.archive import Entry
from generator.checks.rule import Fault, Known, Rule, rule, sentences_of
from generator.problems import Severity, shown
from generator.records.claim import Claim, Finding
from generator.records.vocabulary import Basis, Dimension, Direction, EvidenceKind, Verdict

#: So many independent origins make a verdict.
ORIGINS_NEEDED: Final = 2


def _with(entry: Entry[Claim], verdict: Verdict, *dimensions: Dimension) -> Iterator[tuple[int, Finding]]:
    """The findings with this verdict on one of these dimensions, and their positions."""
    for at, finding in enumerate(entry.record.findings):
        if finding.verdict is verdict and finding.dimension in dimensions:
            yield at, finding


def _settled(entry: Entry[Claim]) -> Iterator[tuple[int, Finding]]:
    return ((at, finding) for at, finding in enumerate(entry.record.findings) if finding.verdict.settled)


def _bounds(entry: Entry[Claim], known: Known, finding: Finding, direction: Direction) -> Bounds:
    provenance = known.analysis.claims[entry.id].provenance
    cited = countable(provenance, finding.evidence, direction)
    return bounds_of(provenance, cited, (finding.dimension, direction))


@rule("F02")
def authentic_without_capture_or_observers(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """`authentic: supported` needs a capture that we hold, or two independent observers who saw the statement.

    A capture is a medium of the file with `sha256` and `captured`, cited as evidence or as the `capture` of a cited
    post. Observers are posts or sources outside the claimant's camp with `basis: observed-channels` or
    `own-observation` that copy nobody but the claim itself; those of one publisher or informant are one.
    """
    for at, finding in _with(entry, Verdict.SUPPORTED, Dimension.AUTHENTIC):
        seen = _observers(entry, known, finding)
        if seen < ORIGINS_NEEDED and not _captured(entry.record, finding):
            sentence = f"needs our own hashed capture of the claim, or two independent observers of it; has {seen}"
            yield ("findings", at, "verdict"), sentence


def _captured(claim: Claim, finding: Finding) -> bool:
    """Whether the finding cites a capture that we hold."""
    held = {medium.id for medium in claim.media if medium.sha256 and medium.captured}
    cited = {item.item for item in finding.evidence if item.direction is Direction.SUPPORTS}
    own = {post.capture for post in claim.propagation if post.id in cited and post.by in claim.facade}
    return bool(held & (cited | own))


def _observers(entry: Entry[Claim], known: Known, finding: Finding) -> int:
    """How many independent observers of the claim's own post a finding cites."""
    provenance = known.analysis.claims[entry.id].provenance
    own = {post.id for post in entry.record.propagation if post.by in entry.record.facade}
    seen = []
    for id in countable(provenance, finding.evidence, Direction.SUPPORTS):
        node = provenance.nodes[id]
        watched = node.basis in (Basis.OBSERVED_CHANNELS, Basis.OWN_OBSERVATION) and node.side is None
        if watched and (node.adds_observation or own.issuperset(node.parents)):
            seen.append((Origin(id, (node,)), Reason.KEPT))
    return len(set(merged(seen, by_informant=True).values()))


@rule("F03")
def supported_without_two_origins(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """`occurred`, `target` or `effect` is supported by fewer than two independent origins.

    What counts is the minimum: every item is followed back to where it starts; the claimant's camp, copies, unknown
    bases and patterns are left out; one publisher or one unnamed informant is one origin. The page of the claim shows
    how each item was counted.
    """
    for at, finding in _with(entry, Verdict.SUPPORTED, Dimension.OCCURRED, Dimension.TARGET, Dimension.EFFECT):
        found = _bounds(entry, known, finding, Direction.SUPPORTS)
        if found.minimum < ORIGINS_NEEDED:
            sentence = f"needs {ORIGINS_NEEDED} independent origins, has {found.minimum} (at most {found.maximum})"
            yield ("findings", at, "verdict"), sentence


@rule("F04")
def actor_without_two_origins(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """`actor` is supported by fewer than two independent origins besides timing and amplification.

    Who posts first says something about channels and nothing about who acted.
    """
    for at, finding in _with(entry, Verdict.SUPPORTED, Dimension.ACTOR):
        found = _bounds(entry, known, finding, Direction.SUPPORTS)
        if found.minimum < ORIGINS_NEEDED:
            sentence = (
                f"needs {ORIGINS_NEEDED} independent origins besides timing and amplification, "
                f"has {found.minimum} (at most {found.maximum})"
            )
            yield ("findings", at, "verdict"), sentence


@rule("F05")
def contradicted_without_two_origins(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A dimension is contradicted by too little.

    It takes two independent origins, at least one of them not the side that was hit, or one decisive item: recycled
    footage, an impossible date, imagery. The denial of a party does not refute.
    """
    for at, finding in _with(entry, Verdict.CONTRADICTED, *Dimension):
        decisive = any(
            item.kind is EvidenceKind.DECISIVE and item.direction is Direction.CONTRADICTS for item in finding.evidence
        )
        found = _bounds(entry, known, finding, Direction.CONTRADICTS)
        if not decisive and (found.with_denials < ORIGINS_NEEDED or not found.minimum):
            sentence = (
                f"needs {ORIGINS_NEEDED} independent origins, 1 of them not the side that was hit, or 1 decisive item; "
                f"has {found.with_denials}, {found.minimum} of them not that side"
            )
            yield ("findings", at, "verdict"), sentence


@rule("F06")
def mixed_without_both_ways(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A verdict is `mixed` and the evidence does not point both ways.

    For every dimension but `authentic` something from outside the claimant's camp has to stand on each side: a claim
    and a denial of it are no conflict of evidence. Here denials and items of unknown basis are enough.
    """
    for at, finding in _with(entry, Verdict.MIXED, *Dimension):
        for direction in (Direction.SUPPORTS, Direction.CONTRADICTS):
            if finding.dimension is Dimension.AUTHENTIC:
                provenance = known.analysis.claims[entry.id].provenance
                enough = bool(countable(provenance, finding.evidence, direction))
            else:
                enough = bool(_bounds(entry, known, finding, direction).maximum)
            if not enough:
                what = "nothing" if finding.dimension is Dimension.AUTHENTIC else "nothing outside the claimant’s camp"
                yield ("findings", at, "verdict"), f"mixed needs evidence both ways: {what} {direction.label} it"


@rule("F07")
def pattern_settles_nothing(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A settled verdict rests only on a pattern or on who posts first.

    "Such convoys are nearly always local trucks" may be true and says nothing certain about one night.
    """
    for at, finding in _settled(entry):
        kinds = {item.kind for item in finding.evidence if item.direction is not Direction.NEUTRAL}
        if kinds and kinds <= NEVER_COUNTED:
            yield ("findings", at, "verdict"), "a pattern or a timing statistic cannot settle one event"


@rule("F08")
def no_second_reviewer(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A verdict that settles something (supported, contradicted, mixed) needs a reviewer who is not its author."""
    for at, finding in _settled(entry):
        if not {folded_name(name) for name in finding.reviewed_by} - {folded_name(finding.by)}:
            yield ("findings", at, "verdict"), f"{finding.verdict} needs a second reviewer in reviewed_by"


_LIKELY = re.compile(
    r"\b(?:remote chance|realistic possibility|(?:highly )?(?:un)?likely|almost certain(?:ly)?|probabl[ey])\b",
    re.IGNORECASE,
)
_CONFIDENT = re.compile(
    r"\b(?:low|moderate|medium|high)(?: degree of)? confidence\b|\bconfiden(?:ce|t)\b", re.IGNORECASE
)


@rule("F09", Severity.WARNING)
def likelihood_and_confidence_in_one_sentence(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """One sentence of a finding says how probable something is and how solid the basis is. Split it.

    A probable thing may rest on little. Use the fields `likelihood` and `confidence`, or two sentences.
    """
    for at, finding in enumerate(entry.record.findings):
        for _, sentence in sentences_of(finding.statement):
            if (likely := _LIKELY.search(sentence)) and (confident := _CONFIDENT.search(sentence)):
                words = f"{shown(likely[0])} and {shown(confident[0])}"
                yield ("findings", at, "statement"), f"split the sentence: likelihood and confidence in one ({words})"


@rule("F10")
def footage_not_placed_and_timed(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """Evidence is called `visual-verified` and the file does not say who placed and timed it.

    The item is a medium of the file with `placed_by`, `timed_by` and `reverse_search_on` under `verification`. Footage
    that nobody has placed is `visual`.
    """
    media = {medium.id: medium for medium in entry.record.media}
    for at, finding in enumerate(entry.record.findings):
        for position, item in enumerate(finding.evidence):
            if item.kind is not EvidenceKind.VISUAL_VERIFIED:
                continue
            done = media[item.item].verification if item.item in media else None
            missing = [
                field for field in ("placed_by", "timed_by", "reverse_search_on") if getattr(done, field, None) is None
            ]
            if item.item not in media:
                sentence = f"visual-verified: {item.item} is no medium of this file"
            elif missing:
                sentence = f"visual-verified: {item.item} has no {' and no '.join(missing)} under verification"
            else:
                continue
            yield ("findings", at, "evidence", position), sentence


@rule("F11")
def reviewed_by_its_author(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """Whoever proposes a new or changed finding is named as its reviewer. Nobody reviews what they have written.

    The check knows who proposes a change only where it is told (`claims check --author NAME`; the workflow for pull
    requests tells it). Findings that stood in the base revision as they stand now are not asked about.
    """
    if known.author is None:
        return
    before = known.base.claims.get(entry.id) if known.base else None
    stood = before.record.findings if before else ()
    author = folded_name(known.author).removeprefix("@")
    for at, finding in enumerate(entry.record.findings):
        for position, name in enumerate(finding.reviewed_by):
            if folded_name(name).removeprefix("@") == author and finding not in stood:
                sentence = f"{name} proposes this change and cannot review it"
                yield ("findings", at, "reviewed_by", position), sentence


@rule("F12")
def two_findings_on_one_dimension(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """Two findings answer the same question. Write one finding; what changed it stands in the history."""
    seen: dict[Dimension, int] = {}
    for at, finding in enumerate(entry.record.findings):
        first = seen.setdefault(finding.dimension, at)
        if first != at:
            line = entry.place("findings", first).line
            yield ("findings", at, "dimension"), f"a second finding on {finding.dimension}; the first is on line {line}"


RULES: tuple[Rule[Claim], ...] = (
    authentic_without_capture_or_observers,
    supported_without_two_origins,
    actor_without_two_origins,
    contradicted_without_two_origins,
    mixed_without_both_ways,
    pattern_settles_nothing,
    no_second_reviewer,
    likelihood_and_confidence_in_one_sentence,
    footage_not_placed_and_timed,
    reviewed_by_its_author,
    two_findings_on_one_dimension,
)
