"""Reuse of wording across an archive: whose words may be compared, which texts copy which, which phrases are shared.

Two translators of one sentence share less than a third of it, and two newsrooms have their own ways of putting things. So
originals are compared with originals, and translations only where they are by the same hand: a named translator's, or,
where none is named, those that the same publisher printed.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from generator.analysis.affiliation import Affiliations
from generator.analysis.control import Control, controls_of
from generator.analysis.copies import COPY, matches
from generator.analysis.masking import masked, slots_of
from generator.analysis.phrases import shared_runs
from generator.analysis.quoting import ShownQuote
from generator.analysis.stock import PHRASES
from generator.analysis.wording import HOLE, SHINGLE, Phrases, containment, fold, folded, hidden, shingles, without_holes
from generator.archive import Archive, Entry, source_of
from generator.records.claim import Claim
from generator.records.vocabulary import PostKind

T = TypeVar("T")

#: What a source says instead of a translator's name.
_NOBODY: Final = frozenset({"", "not stated", "not named", "unknown"})
#: Ends a run of words: a mark of something left out, something put in, or a new paragraph.
_BREAK: Final = re.compile(r"\[[^\]]*\]|…|\.{2,}|\n\s*\n")


class HandKind(enum.StrEnum):
    """Why the words of two texts may be compared."""

    ORIGINAL = "original"
    TRANSLATOR = "translator"
    PRINTER = "printer"
    #: Neither translator nor printer is known: compared with nothing.
    UNKNOWN = "unknown"


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class Hand:
    """Whose wording a text is; only texts of one hand are compared.

    Attributes:
        name: the translator, or the publisher (an id, or a plain name folded); empty for originals.
    """

    language: str
    kind: HandKind
    name: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Held:
    """A text of a claim that we hold.

    Attributes:
        statement: the smallest id among the records of the same statement: to record its events apart is no reuse.
        part: `original`, or the id of a translation or post in the claim's file.
    """

    claim: str
    statement: str
    part: str
    hand: Hand
    text: str

    @property
    def id(self) -> str:
        """The claim's id, with the part where it is not the original."""
        return self.claim if self.part == ORIGINAL else f"{self.claim}-{self.part}"


ORIGINAL: Final = "original"


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
        controls: the control texts, by language.
    """

    held: tuple[Held, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    templates: tuple[Template, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    controls: Mapping[str, Control] = dataclasses.field(default_factory=dict)

    @functools.cached_property
    def _clusters_by_claim(self) -> Mapping[str, tuple[Cluster, ...]]:
        return _by_claim((claim, cluster) for cluster in self.clusters for claim in cluster.claims)

    @functools.cached_property
    def _phrases_by_claim(self) -> Mapping[str, tuple[Phrase, ...]]:
        return _by_claim((claim, phrase) for phrase in self.phrases for claim in phrase.claims)

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


def reuse_of(archive: Archive, quotes: Mapping[str, ShownQuote], affiliations: Affiliations) -> Reuse:
    """What is reused in the listed claims of an archive.

    Args:
        quotes: the words of every claim, by id.
    """
    held = tuple(text for entry in archive.listed_claims for text in texts_of(entry, quotes[entry.id], affiliations))
    listed = len({statement_of(entry) for entry in archive.listed_claims})
    controls = controls_of(archive, affiliations)
    slots, names = slots_of(archive), _names(archive)
    clusters: list[Cluster] = []
    templates: list[Template] = []
    phrases: list[Phrase] = []
    for hand, texts in sorted(_pools(held).items()):
        found = clusters_among(texts)
        clusters += found
        templates += templates_among(texts, found, slots)
        control = controls.get(hand.language, Control())
        phrases += phrases_among(texts, hand, listed, control, names)
    return Reuse(
        held,
        tuple(sorted(clusters, key=lambda cluster: cluster.id)),
        tuple(templates),
        tuple(sorted(phrases, key=lambda phrase: (-phrase.statements, -len(phrase.words), phrase.words, phrase.hand))),
        controls,
    )


def statement_of(entry: Entry[Claim]) -> str:
    """The smallest id among a claim and the other records of the same statement."""
    return min([entry.id, *entry.record.same_statement])


def texts_of(entry: Entry[Claim], quote: ShownQuote, affiliations: Affiliations) -> Iterator[Held]:
    """The texts of a claim that we hold: the original, the translations, and its own posts where they are printed."""
    claim, statement = entry.record, statement_of(entry)
    if quote.original:
        yield Held(entry.id, statement, ORIGINAL, Hand(quote.original.lang, HandKind.ORIGINAL), quote.original.text)
    for translation in quote.translations:
        source = source_of(claim.sources, translation.from_)
        translator = " ".join((translation.by or "").casefold().split())
        if translator not in _NOBODY:
            hand = Hand(translation.lang, HandKind.TRANSLATOR, translator)
        elif source:
            hand = Hand(translation.lang, HandKind.PRINTER, affiliations.publisher(source.publisher))
        else:
            hand = Hand(translation.lang, HandKind.UNKNOWN)
        yield Held(entry.id, statement, translation.id, hand, translation.text)
    for post in claim.propagation:
        if post.kind is PostKind.CLAIM and post.text and post.text_lang:
            yield Held(entry.id, statement, post.id, Hand(post.text_lang, HandKind.ORIGINAL), post.text)


def _pools(held: Iterable[Held]) -> dict[Hand, list[Held]]:
    """The texts of each hand, where it is known and wrote down more than one statement."""
    pools: defaultdict[Hand, list[Held]] = defaultdict(list)
    for text in held:
        if text.hand.kind is not HandKind.UNKNOWN:
            pools[text.hand].append(text)
    return {hand: texts for hand, texts in pools.items() if len({text.statement for text in texts}) > 1}


def _names(archive: Archive) -> str:
    """All names of facades and organisations, folded: a name that recurs is no wording."""
    agents = [entry.record for entry in archive.facades.values()] + [entry.record for entry in archive.organisations.values()]
    names = [(agent.name.en, agent.name.ar, agent.name.ar_latn, *agent.aliases) for agent in agents]
    return "".join(f" {fold(name)} " for group in names for name in group if name)


def bare(text: str) -> str:
    """A text as copies are sought in it: folded, and without stock phrases."""
    return without_holes(hidden(fold(text), PHRASES))


def clusters_among(texts: Sequence[Held]) -> list[Cluster]:
    """The clusters of two statements or more among texts of one hand, earliest first."""
    copies: defaultdict[int, list[Copy]] = defaultdict(list)
    for match in matches([bare(held.text) for held in texts], COPY):
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


def templates_among(texts: Sequence[Held], clusters: Sequence[Cluster], slots: Phrases) -> Iterator[Template]:
    """Pairs that are no copies, and either nearly are, or are once numbers, days and places are left out."""
    stars: defaultdict[str, set[str]] = defaultdict(set)
    for cluster in clusters:
        for held in cluster.texts:
            stars[held.id].add(cluster.id)
    folded_texts = [bare(held.text) for held in texts]
    masked_texts = [masked(text, slots) for text in folded_texts]
    near = {(match.centre, match.text) for match in matches(folded_texts) if match.containment < COPY}
    filled = {(match.centre, match.text): match.containment for match in matches(masked_texts, COPY)}
    for pair in sorted({*near, *filled}):
        first, second = (texts[at] for at in pair)
        whole = containment(*(folded_texts[at] for at in pair))
        if whole < COPY and first.statement != second.statement and stars[first.id].isdisjoint(stars[second.id]):
            yield Template(first, second, whole, filled.get(pair, 0.0))


def phrases_among(texts: Sequence[Held], hand: Hand, listed: int, control: Control, names: str) -> Iterator[Phrase]:
    """The phrases that several statements share in texts of one hand.

    Args:
        listed: how many statements are on record, with or without such a text.
        names: names that are no wording.
    """
    by_statement: dict[str, list[Held]] = {}
    for held in texts:
        by_statement.setdefault(held.statement, []).append(held)
    statements = list(by_statement.values())
    owned = ((owner, runs_of_words(held.text)) for owner, group in enumerate(statements) for held in group)
    for run in shared_runs(owned):
        words = " ".join(run.words)
        if f" {words} " not in names:
            holding = [held for owner in run.owners for held in statements[owner] if _stands_in(words, held.text)]
            yield Phrase(
                words=words,
                hand=hand,
                claims=tuple(dict.fromkeys(held.claim for held in holding)),
                first=holding[0],
                statements=len(run.owners),
                of=len(statements),
                without=listed - len(statements),
                control=control.holding(words),
            )


def _pieces(text: str) -> list[str]:
    return [piece for piece in _BREAK.split(text) if piece.strip()]


def runs_of_words(text: str) -> list[list[str]]:
    """The folded words of a text, broken where something is left out or put in, and where a stock phrase stands."""
    return [part.split() for piece in _pieces(text) for part in hidden(fold(piece), PHRASES).split(HOLE) if part.strip()]


def _stands_in(words: str, text: str) -> bool:
    return any(f" {words} " in f" {fold(piece)} " for piece in _pieces(text))


def in_letters(text: str, words: str) -> str:
    """Folded words in the letters that a text writes them with."""
    for piece in _pieces(text):
        found = folded(piece)
        at = f" {found.text} ".find(f" {words} ")
        if at >= 0:
            return found.letters(at, at + len(words))
    raise ValueError(f"the words do not stand in the text: {words}")


def shared_words(text: str, other: str) -> list[tuple[int, int]]:
    """Where a text has the words that it shares with another, as parts of the original, stock phrases left out.

    A word counts as shared when all of its letters lie in five-letter runs that the other text has too: what is marked is
    what `containment` counted.
    """
    own = folded(text)
    letters, theirs = hidden(own.text, PHRASES), shingles(bare(other))
    covered = bytearray(len(letters))
    for at in range(len(letters) - SHINGLE + 1):
        if letters[at : at + SHINGLE] in theirs:
            covered[at : at + SHINGLE] = b"\1" * SHINGLE
    runs: list[list[tuple[int, int]]] = [[]]
    for match in re.finditer(r"[^ ]+", letters):
        if all(covered[slice(*match.span())]):
            runs[-1].append(match.span())
        else:
            runs.append([])
    # A run of fewer letters than a shingle was covered from both sides, by runs that do not hold it.
    parts = [(run[0][0], run[-1][1]) for run in runs if run and run[-1][1] - run[0][0] >= SHINGLE]
    return [own.span(first, last) for first, last in parts]
