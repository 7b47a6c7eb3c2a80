"""P: does the record say where everything comes from, and is what it says possible."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.analysis.loops import loops
from generator.analysis.origins import NEVER_COUNTED
from generator.analysis.propagation import Interval
from generator.analysis.provenance import items_of
from generator.analysis.wording import containment, fold
from generator.archive import UNNAMED, Entry
from generator.checks.rule import Fault, Known, Rule, rule
from generator.documents import Path
from generator.problems import Severity, did_you_mean, shown
from generator.records.claim import Claim, Medium, Post
from generator.records.source import Source
from generator.records.vocabulary import Direction, PostKind


def _deriving(entry: Entry[Any]) -> Iterator[tuple[Path, Post | Source]]:
    """Every part of a record that can come from another one: posts and sources."""
    for field in ("propagation", "sources"):
        for at, part in enumerate(getattr(entry.record, field, ())):
            yield (field, at), part


def _ids(entry: Entry[Any]) -> set[str]:
    """What `derives_from` may name in a record."""
    if isinstance(entry.record, Claim):
        return {id for id, _ in items_of(entry.record)}
    return {source.id for source in entry.record.sources if source.id}


@rule("P01")
def derives_from_nothing(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """`derives_from` names something that is not in the file.

    It names posts, sources and media by the `id` that they have in the same file.
    """
    ids = _ids(entry)
    for path, part in _deriving(entry):
        for position, other in enumerate(part.derives_from):
            if other not in ids and other not in known.archive.broken:
                yield (
                    (*path, "derives_from", position),
                    f"derives from unknown {shown(other)}{did_you_mean(other, ids)}",
                )


@rule("P02")
def earlier_than_what_it_copies(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A post or source is dated before something that it is said to derive from.

    Only what is certain is a problem: intervals must not overlap, a day of publication is taken in every time zone, and
    uncertain dates, doubtful zones and edited posts are left alone.
    """
    intervals = _certain_intervals(entry, known)
    for path, part in _deriving(entry):
        mine = intervals.get(part.id or "")
        if mine is None or (isinstance(part, Post) and part.edited):
            continue
        for position, other in enumerate(part.derives_from):
            theirs = intervals.get(other)
            if theirs and mine.latest < theirs.earliest:
                sentence = f"{part.id} is earlier than {other}, which it derives from"
                yield (*path, "derives_from", position), sentence


#: A day begins first in the one zone and ends last in the other.
_EASTERNMOST: Final = datetime.timezone(datetime.timedelta(hours=14))
_WESTERNMOST: Final = datetime.timezone(datetime.timedelta(hours=-12))


def _certain_intervals(entry: Entry[Claim], known: Known) -> Mapping[str, Interval]:
    """When posts and sources were published, where nothing about the time is in doubt."""
    intervals: dict[str, Interval] = {}
    for placed in known.analysis.claims[entry.id].propagation.posts:
        post = placed.post
        doubtful = post.zone_note or (post.date and (post.date.uncertain or post.date.approximate))
        if placed.interval and not doubtful:
            intervals[post.id] = placed.interval
    for source in entry.record.sources:
        day = source.published
        if source.id and day and not (day.uncertain or day.approximate) and day.latest != datetime.date.max:
            intervals[source.id] = Interval(
                datetime.datetime.combine(day.earliest, datetime.time.min, _EASTERNMOST),
                datetime.datetime.combine(day.latest, datetime.time.max, _WESTERNMOST),
            )
    return intervals


#: Share of the shorter text found in the other from which a text is a near-duplicate.
NEAR_DUPLICATE: Final = 0.75
#: Folded texts with less than this are too short to be judged.
_LEAST_WORDS: Final = 8
_LEAST_LETTERS: Final = 40
#: A post is compared with so many of the earliest, so that no file of many posts takes minutes.
_MOST_COMPARED: Final = 40


@rule("P03", Severity.WARNING)
def looks_copied(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A post has nearly the words of an earlier one and does not say that it derives from it.

    Say so with `derives_from` and `link: near-duplicate`, or `link: suspected` if you are not sure. Texts are compared
    in one language, after folding; fewer than 8 words or 40 letters are not judged.
    """
    texts = _texts(entry, known)
    order = [placed.post for placed in known.analysis.claims[entry.id].propagation.posts if placed.post.id in texts]
    positions = {post.id: at for at, post in enumerate(entry.record.propagation)}
    for at, post in enumerate(order):
        if post.derives_from:
            continue
        for earlier in order[: min(at, _MOST_COMPARED)]:
            same_author = post.by == earlier.by and post.by != UNNAMED
            if same_author or post.id in earlier.derives_from or texts[post.id][0] != texts[earlier.id][0]:
                continue
            if containment(texts[post.id][1], texts[earlier.id][1]) >= NEAR_DUPLICATE:
                sentence = f"looks copied from {earlier.id}; say how in derives_from, or add link: suspected"
                yield ("propagation", positions[post.id]), sentence
                break


def _texts(entry: Entry[Claim], known: Known) -> Mapping[str, tuple[str | None, str]]:
    """The language and the folded words of every post that has enough of them; the claim's own post has its quote."""
    original = known.analysis.claims[entry.id].quote.original
    texts: dict[str, tuple[str | None, str]] = {}
    for post in entry.record.propagation:
        lang, text = post.text_lang, post.text
        if text is None and original and post.kind is PostKind.CLAIM:
            lang, text = original.lang, original.text
        folded = fold(text) if text else ""
        if folded.count(" ") + 1 >= _LEAST_WORDS and len(folded.replace(" ", "")) >= _LEAST_LETTERS:
            texts[post.id] = lang, folded
    return texts


@rule("P04", Severity.WARNING)
def cite_each_other(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """Posts or sources derive from each other in a circle. Where nothing feeds it, that is one origin of unknown basis.

    It happens: two outlets cite each other. If one of them saw something itself, say so with `adds_observation: true`.
    """
    ids = _ids(entry)
    parts = {part.id: (path, part) for path, part in _deriving(entry) if part.id}
    parents = {id: tuple(other for other in part.derives_from if other in ids) for id, (_, part) in parts.items()}
    for loop in loops({**dict.fromkeys(ids, ()), **parents}):
        *others, last = sorted(loop, key=lambda id: entry.place(*parts[id][0]))
        path, _ = parts[others[0] if others else last]
        said = f"{', '.join(others)} and {last} cite each other" if others else f"{last} cites itself"
        yield (*path, "derives_from"), f"{said}: unless somebody feeds that, it is one origin of unknown basis"


@rule("P05", Severity.INFORMATION)
def basis_not_stated(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A finding rests on a post or source that does not say how it knows, so it is not counted as an origin.

    If it says so, add `basis`. If it cites somebody, add `basis: cites` and name what it cites in `derives_from`.
    """
    cited = {
        item.item
        for finding in entry.record.findings
        for item in finding.evidence
        if item.direction is not Direction.NEUTRAL and item.kind not in NEVER_COUNTED
    }
    if not cited:
        return
    nodes = known.analysis.claims[entry.id].provenance.nodes
    for path, part in _deriving(entry):
        if part.id in cited and part.id in nodes:
            node = nodes[part.id]
            if node.basis_unknown and node.side is None and (node.adds_observation or not node.parents):
                yield (*path, "basis"), f"{part.id} does not say how it knows: not counted as an origin"


@rule("P06", Severity.WARNING)
def copy_not_looked_at(entry: Entry[Any], known: Known) -> Iterator[Fault]:
    """A capture has no hash, or nobody has opened an archived copy.

    A capture without `sha256` proves nothing. An archive can answer and still hold an empty page: open the copy, look
    whether the content is in it, and write `opened: true`.
    """
    for at, source in enumerate(entry.record.sources):
        for position, copy in enumerate(source.archive):
            if not copy.opened:
                yield ("sources", at, "archive", position), "open the archived copy, look at it, and write opened: true"
    capturing = {post.capture for post in getattr(entry.record, "propagation", ())}
    media: tuple[Medium, ...] = getattr(entry.record, "media", ())
    for at, medium in enumerate(media):
        if medium.sha256 is None and (medium.captured or medium.id in capturing):
            yield ("media", at), "a capture without a hash: add its sha256"


CLAIM_RULES: tuple[Rule[Claim], ...] = (earlier_than_what_it_copies, looks_copied, basis_not_stated)
SOURCED_RULES: tuple[Rule[Any], ...] = (derives_from_nothing, cite_each_other, copy_not_looked_at)
