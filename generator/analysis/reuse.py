"""Reuse of wording across an archive: which texts copy which, and which phrases are shared."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from generator.analysis.affiliation import Affiliations
from generator.analysis.control import Control, Printed, controls_of, printed_in
from generator.analysis.copies import COPY, matches
from generator.analysis.held import Hand, HandKind, Held, in_letters, pools_of, statement_of, texts_of
from generator.analysis.masking import masked, slots_of
from generator.analysis.phrases import SHORTEST, Run, shared_runs
from generator.analysis.quoting import ShownQuote
from generator.analysis.wording import Phrases, containment, fold
from generator.archive import Archive, Entry
from generator.noting import print_of
from generator.records.claim import Claim

T = TypeVar("T")

#: How many phrases are published, those in most statements first: beyond that nobody reads them.
MOST_PHRASES: Final = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Copy:
    """Two texts of one hand, the earlier first, and the share of the shorter one that stands in the longer."""

    first: Held
    second: Held
    containment: float


@dataclasses.dataclass(frozen=True, slots=True)
class Cluster:
    """Texts that each share at least three quarters of the shorter text with the earliest one, which is the centre.

    Attributes:
        id: the smallest record id among its texts; the centre's, should the smallest be the centre of another cluster.
    """

    id: str
    centre: Held
    copies: tuple[Copy, ...]

    @property
    def slug(self) -> str:
        """The name in its address."""
        return self.id

    @property
    def texts(self) -> tuple[Held, ...]:
        """All its texts, earliest first."""
        return self.centre, *(copy.second for copy in self.copies)

    @property
    def claims(self) -> tuple[str, ...]:
        """Its claims, earliest first, each once."""
        return tuple(dict.fromkeys(held.claim for held in self.texts))


@dataclasses.dataclass(frozen=True, slots=True)
class Template:
    """Two texts that may be one form filled in twice: for an editor to look at, never for readers.

    Attributes:
        masked: the share once numbers, days and places are left out; 0 where only `containment` was high enough.
    """

    first: Held
    second: Held
    containment: float
    masked: float


@dataclasses.dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand in at least two statements, with what they must be seen beside.

    Attributes:
        words: folded; `shown` gives the letters of their first use.
        claims: the claims that hold them, earliest first.
        statements: how many statements that is; records of one statement count once.
        of: how many statements there are whose text by this hand we hold.
        without: how many there are, listed, whose text by this hand we do not hold.
        control: how many control texts of the language hold them.
    """

    words: str
    hand: Hand
    claims: tuple[str, ...]
    first: Held
    statements: int
    of: int
    without: int
    control: int

    @property
    def slug(self) -> str:
        """The name in its address: it follows from the words and the hand, and no count can change it."""
        hand = self.hand
        kept = self.words if hand.kind is HandKind.ORIGINAL else f"{self.words}\n{hand.kind}\n{hand.name}"
        return f"{hand.language.lower()}-{hashlib.blake2b(kept.encode()).hexdigest()[:10]}"

    @property
    def shown(self) -> str:
        """The words in the letters of their first use."""
        return in_letters(self.first.text, self.words)


@dataclasses.dataclass(frozen=True)
class Reuse:
    """All that is known of wording in an archive.

    Attributes:
        held: every text of a listed claim, earliest first.
        phrases: those in most statements first.
        all_phrases: whether these are all that there are.
        controls: the control texts, by language.
    """

    held: tuple[Held, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    all_phrases: bool = True
    controls: Mapping[str, Control] = dataclasses.field(default_factory=dict)

    @functools.cached_property
    def _clusters_by_claim(self) -> Mapping[str, tuple[Cluster, ...]]:
        return _by_claim((claim, cluster) for cluster in self.clusters for claim in cluster.claims)

    @functools.cached_property
    def _phrases_by_claim(self) -> Mapping[str, tuple[Phrase, ...]]:
        return _by_claim((claim, phrase) for phrase in self.phrases for claim in phrase.claims)

    @functools.cached_property
    def _subjects(self) -> Mapping[str, Cluster | Phrase]:
        subjects: Iterable[Cluster | Phrase] = (*self.clusters, *self.phrases)
        return {subject.slug: subject for subject in subjects}

    def subject(self, slug: str) -> Cluster | Phrase | None:
        """The cluster or phrase of this address; None where there is none."""
        return self._subjects.get(slug)

    def print_of(self, subject: Cluster | Phrase | None) -> str:
        """A print of all that a cluster or phrase says."""
        if subject is None:
            return ""
        if subject.slug not in self._prints:
            self._prints[subject.slug] = print_of(subject)
        return self._prints[subject.slug]

    @functools.cached_property
    def _prints(self) -> dict[str, str]:
        return {}

    def clusters_of(self, claim: str) -> tuple[Cluster, ...]:
        """The clusters that a text of the claim belongs to."""
        return self._clusters_by_claim.get(claim, ())

    def phrases_of(self, claim: str) -> tuple[Phrase, ...]:
        """The shared phrases in the claim's texts."""
        return self._phrases_by_claim.get(claim, ())


def _by_claim(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for claim, value in pairs:
        found[claim].append(value)
    return {claim: tuple(values) for claim, values in found.items()}


@dataclasses.dataclass(frozen=True, slots=True)
class Compared:
    """Of a listed claim, all that `reuse_of` looks at.

    Attributes:
        statement: the smallest id among the records of the same statement.
        held: its texts.
        controls: what may be control texts in it.
    """

    statement: str
    held: tuple[Held, ...]
    controls: Printed

    @property
    def told(self) -> tuple[object, ...]:
        """All that it says, as plain values, of which a print is made in half the time."""
        return self.statement, [held.told for held in self.held], self.controls.reports, self.controls.headlines


def compared_of(entry: Entry[Claim], quote: ShownQuote, affiliations: Affiliations) -> Compared:
    """Of a listed claim, all that `reuse_of` looks at."""
    return Compared(statement_of(entry), tuple(texts_of(entry, quote, affiliations)), printed_in(entry.record))


def reuse_of(compared: Sequence[Compared], archive: Archive, affiliations: Affiliations) -> Reuse:
    """What is reused in the listed claims of an archive.

    Args:
        compared: of each claim, oldest first, what is looked at.
        archive: for the names in it.
    """
    held = tuple(text for claim in compared for text in claim.held)
    pools = pools_of(held)
    clusters = [cluster for _, texts in pools for cluster in clusters_among(texts)]
    names = _names(archive)
    runs = [
        (run, hand, statements)
        for hand, texts in pools
        for statements in [_by_statement(texts)]
        for run in shared_runs(
            ((owner, held.runs) for owner, group in enumerate(statements) for held in group),
            MOST_PHRASES + len(names),
        )
        if run.words not in names
    ]
    runs.sort(key=lambda found: (-len(found[0].owners), -sum(map(len, found[0].words)), found[0].words, found[1]))
    controls = controls_of([claim.controls for claim in compared], archive, affiliations)
    listed = len({claim.statement for claim in compared})
    phrases = tuple(_phrase(run, hand, statements, listed, controls) for run, hand, statements in runs[:MOST_PHRASES])
    clusters.sort(key=lambda cluster: cluster.id)
    for text in held:
        text.forget_lines()
    return Reuse(held, tuple(clusters), phrases, len(phrases) == len(runs), controls)


def _names(archive: Archive) -> set[tuple[str, ...]]:
    """All runs of words, folded, in names of facades and organisations: a name that recurs is no wording."""
    facades = [(entry.record.name, entry.record.aliases) for entry in archive.facades.values()]
    organisations = [(entry.record.name, entry.record.aliases) for entry in archive.organisations.values()]
    names = [(name.en, name.ar, name.ar_latn, *aliases) for name, aliases in (*facades, *organisations)]
    folded = [tuple(fold(name).split()) for group in names for name in group if name]
    return {
        words[first:last]
        for words in folded
        for first in range(len(words))
        for last in range(first + SHORTEST, len(words) + 1)
    }


def _by_statement(texts: Iterable[Held]) -> list[list[Held]]:
    statements: dict[str, list[Held]] = {}
    for held in texts:
        statements.setdefault(held.statement, []).append(held)
    return list(statements.values())


def _phrase(
    run: Run, hand: Hand, statements: Sequence[Sequence[Held]], listed: int, controls: Mapping[str, Control]
) -> Phrase:
    """A run of words with its figures.

    Args:
        statements: the texts of this hand, statement by statement.
        listed: how many statements are on record, with or without such a text.
    """
    words = " ".join(run.words)
    sharing = (statements[owner] for owner in run.owners)
    # Where a statement has one text, it is that one: most need not be looked through again for each phrase.
    holding = [held for texts in sharing for held in texts if len(texts) == 1 or held.holds(words)]
    return Phrase(
        words=words,
        hand=hand,
        claims=tuple(dict.fromkeys(held.claim for held in holding)),
        first=holding[0],
        statements=len(run.owners),
        of=len(statements),
        without=listed - len(statements),
        control=controls.get(hand.language, Control()).holding(words),
    )


def clusters_among(texts: Sequence[Held]) -> list[Cluster]:
    """The clusters of two statements or more among texts of one hand, earliest first."""
    copies: defaultdict[int, list[Copy]] = defaultdict(list)
    for match in matches([held.bare for held in texts], COPY):
        first, second = texts[match.centre], texts[match.text]
        if first.statement != second.statement:
            copies[match.centre].append(Copy(first, second, match.containment))
    centres = {texts[centre].id for centre in copies}
    clusters = []
    for at, found in sorted(copies.items()):
        centre = texts[at]
        smallest = min(centre, *(copy.second for copy in found), key=lambda held: (held.claim, held.part))
        clusters.append(Cluster(centre.id if smallest.id in centres else smallest.id, centre, tuple(found)))
    return clusters


def templates_of(archive: Archive, reuse: Reuse) -> list[Template]:
    """Pairs of listed claims that may be one form filled in twice, nearest first."""
    slots = slots_of(archive)
    found = [template for _, texts in pools_of(reuse.held) for template in _templates_among(texts, reuse, slots)]
    return sorted(found, key=lambda template: (-max(template.containment, template.masked), template.first.id))


def _templates_among(texts: Sequence[Held], reuse: Reuse, slots: Phrases) -> Iterator[Template]:
    """Pairs that are no copies, and either nearly are, or are once numbers, days and places are left out."""
    stars: defaultdict[str, set[str]] = defaultdict(set)
    for cluster in reuse.clusters:
        for held in cluster.texts:
            stars[held.id].add(cluster.id)
    near = {(match.centre, match.text) for match in matches([held.bare for held in texts]) if match.containment < COPY}
    masks = matches([masked(held.bare, slots) for held in texts], COPY)
    filled = {(match.centre, match.text): match.containment for match in masks}
    for pair in sorted({*near, *filled}):
        first, second = (texts[at] for at in pair)
        whole = containment(first.bare, second.bare)
        if whole < COPY and first.statement != second.statement and stars[first.id].isdisjoint(stars[second.id]):
            yield Template(first, second, whole, filled.get(pair, 0.0))
