"""Same wording: the section on a claim's page, the page of a cluster, the page of a phrase, and the index of both."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from markupsafe import Markup

from generator import noting
from generator.analysis.brief import Brief
from generator.analysis.copies import COPY, LEAST_LETTERS, LEAST_WORDS
from generator.analysis.held import Hand, HandKind, Held, shared_words
from generator.analysis.reuse import Cluster, Copy, Phrase
from generator.analysis.stock import STOCK, VERSION
from generator.analysis.whole import Analysis
from generator.archive import Archive, Entry
from generator.pages.environment import EMPTY, language_name, printed
from generator.pages.links import Links
from generator.records.claim import Claim

#: Draws claims in time.
DrawLine = Callable[[Sequence[Brief]], Markup]

#: How many pairs of texts a claim's page shows side by side, and a cluster's page; the others are named. A pair takes
#: three kilobytes of a page that shall stay light.
PAIRS_ON_A_CLAIM = 1
PAIRS_IN_A_CLUSTER = 10
#: How many shared phrases a claim's page names, and how many claims a page lists.
PHRASES_ON_A_CLAIM = 8
MOST_ROWS = 100
#: How many clusters the index lists, the largest first.
MOST_CLUSTERS = 100
#: Phrases on one page of the index; so many take about 200 KB.
PHRASES_ON_A_PAGE = 100


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """One of two texts side by side.

    Attributes:
        quoted: the text with the shared words marked.
        said: the names of the facades.
        part: whether it is the original, a translation or a post.
    """

    claim: Brief
    held: Held
    marks: Sequence[tuple[int, int]]
    said: str
    part: str
    printer: str


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """Two texts side by side with what is to be said of them."""

    sides: tuple[Side, Side]
    sentence: str
    compared: str


def same_wording(entry: Entry[Claim], archive: Archive, analysis: Analysis, links: Links) -> Markup:
    """The section of a claim's page on other claims with the same words; nothing where there is nothing to say."""
    clusters = analysis.clusters_of(entry.id)
    phrases = sorted(analysis.phrases_of(entry.id), key=lambda phrase: (-len(phrase.words), phrase.words))
    if not clusters and not phrases:
        return EMPTY
    copies = [
        copy for cluster in clusters for copy in cluster.copies if entry.id in (copy.first.claim, copy.second.claim)
    ]
    copies.sort(key=lambda copy: (-copy.containment, copy.first.id, copy.second.id))
    others = sorted({claim for cluster in clusters for claim in cluster.claims} - {entry.id})
    return printed(
        "same-wording.html.j2",
        pairs=[_pair(copy, archive, analysis, own=entry.id) for copy in copies[:PAIRS_ON_A_CLAIM]],
        clusters=[(cluster, analysis.brief(cluster.centre.claim)) for cluster in clusters],
        others=len(others),
        phrases=[(phrase, counted(phrase, analysis)) for phrase in phrases[:PHRASES_ON_A_CLAIM]],
        phrases_left=max(0, len(phrases) - PHRASES_ON_A_CLAIM),
        links=links,
    )


def _pair(copy: Copy, archive: Archive, analysis: Analysis, own: str = "") -> Pair:
    """Two texts side by side: the claim's own first, or else the earlier one."""
    first, second = (copy.second, copy.first) if copy.second.claim == own else (copy.first, copy.second)
    sides = _side(first, second, archive, analysis), _side(second, first, archive, analysis)
    return Pair(sides, share_in_words(copy.containment), compared(first, archive))


def _side(held: Held, other: Held, archive: Archive, analysis: Analysis) -> Side:
    claim = analysis.brief(held.claim)
    part = "translation" if held.hand.kind in (HandKind.TRANSLATOR, HandKind.PRINTER) else "original"
    said = " and ".join(archive.name_of(id) for id in claim.facades)
    return Side(claim, held, shared_words(held, other), said, part, hand_name(held, archive))


def hundredths(containment: float) -> int:
    """A share as whole hundredths, never more than it is."""
    return math.floor(containment * 100 + 1e-9)


def share_in_words(containment: float) -> str:
    """How much two texts share, in a sentence."""
    if containment == 1:
        return "All of the shorter text stands in the longer one, once spelling is evened out."
    return (
        f"Of 100 runs of five letters in the shorter text, {hundredths(containment)} stand in the longer one too, "
        "once spelling is evened out and set phrases are left out."
    )


def compared(held: Held, archive: Archive) -> str:
    """Why two texts of this hand may be compared, in a sentence."""
    language = language_name(held.hand.language)
    match held.hand.kind:
        case HandKind.ORIGINAL:
            return f"Compared: two originals in {language}."
        case HandKind.TRANSLATOR:
            return f"Compared: two translations into {language} by the same translator, {hand_name(held, archive)}."
        case _:
            return (
                f"Compared: two translations into {language} that {hand_name(held, archive)} printed without naming "
                "the translator; they need not be by the same person."
            )


def hand_name(held: Held, archive: Archive) -> str:
    """The translator, or who printed a translation, as the record writes it; empty for an original."""
    return archive.name_of(held.by) if held.hand.kind is HandKind.PRINTER else held.by


def texts_in_words(hand: Hand, name: str) -> str:
    """What texts of a hand are, after a number and `statements`."""
    language = language_name(hand.language)
    match hand.kind:
        case HandKind.ORIGINAL:
            return f"whose original in {language} we hold"
        case HandKind.TRANSLATOR:
            return f"whose translation into {language} by {name} we hold"
        case _:
            return f"whose translation into {language}, printed by {name}, we hold"


@dataclasses.dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a phrase in words: among the claims, and in the control corpus."""

    statements: str
    control: str


def counted(phrase: Phrase, analysis: Analysis) -> Counted:
    """The figures without which a phrase is never shown."""
    name = hand_name(phrase.first, analysis.archive)
    statements = f"in {phrase.statements} of {phrase.of} statements {texts_in_words(phrase.hand, name)}"
    headlines, reports = analysis.sizes_of_control(phrase.hand.language)
    return Counted(statements, control_in_words(phrase.control, headlines, reports))


def control_in_words(holding: int, headlines: int, reports: int) -> str:
    """How many control texts hold a phrase, and what they are."""
    if not headlines + reports:
        return "no control text in this language is held"
    kinds = [f"{headlines} {'headline' if headlines == 1 else 'headlines'}"] if headlines else []
    kinds += [f"{reports} {'report' if reports == 1 else 'reports'}"] if reports else []
    return f"in {holding} of {headlines + reports} control texts ({', '.join(kinds)})"


def wording_address(slug: str, links: Links) -> str:
    """The address of the page of a phrase or cluster."""
    return f"{links.root}wording/{slug}/"


@dataclasses.dataclass(frozen=True, slots=True)
class WordingPage:
    """The page of a phrase or of a cluster: what its shell is filled with."""

    slug: str
    title: str
    description: str
    body: Markup


def _facades(claims: Iterable[str], analysis: Analysis) -> list[tuple[str, int]]:
    """The facades of these claims with the number of claims of each, most first."""
    counts = Counter(facade for id in claims for facade in analysis.brief(id).facades)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def phrase_page(phrase: Phrase, archive: Archive, analysis: Analysis, links: Links, timeline: Markup) -> WordingPage:
    """The page of a phrase. Its title does not repeat the words: they would stand in every preview of it."""
    language = language_name(phrase.hand.language)
    title = f"A phrase shared by {phrase.statements} statements ({language})"
    figures = counted(phrase, analysis)
    body = printed(
        "phrase.html.j2",
        title=title,
        phrase=phrase,
        counted=figures,
        first=analysis.brief(phrase.first.claim),
        facades=_facades(phrase.claims, analysis),
        rows=[analysis.brief(id) for id in phrase.claims[:MOST_ROWS]],
        left=max(0, len(phrase.claims) - MOST_ROWS),
        hand=_hand_note(phrase.first, archive),
        timeline=timeline,
        version=VERSION,
        archive=archive,
        links=links,
    )
    return WordingPage(phrase.slug, title, f"Found {figures.statements}; {figures.control}.", body)


def _hand_note(held: Held, archive: Archive) -> str:
    if held.hand.kind is HandKind.ORIGINAL:
        return "Only originals were compared."
    said = compared(held, archive).replace("Compared: two", "Compared: only")
    return f"{said} Another translator may say the same otherwise."


def cluster_page(cluster: Cluster, archive: Archive, analysis: Analysis, links: Links, timeline: Markup) -> WordingPage:
    """The page of a cluster: the earliest text, and every text that repeats it."""
    title = f"The same wording in {len(cluster.claims)} claims"
    body = printed(
        "cluster.html.j2",
        title=title,
        cluster=cluster,
        centre=analysis.brief(cluster.centre.claim),
        pairs=[_pair(copy, archive, analysis) for copy in cluster.copies[:PAIRS_IN_A_CLUSTER]],
        facades=_facades(cluster.claims, analysis),
        rows=[analysis.brief(id) for id in cluster.claims[:MOST_ROWS]],
        left=max(0, len(cluster.claims) - MOST_ROWS),
        hand=compared(cluster.centre, archive).replace("two ", ""),
        timeline=timeline,
        percent=hundredths(COPY),
        version=VERSION,
        archive=archive,
        links=links,
    )
    shares = f"{hundredths(COPY)} of 100 runs of five letters, or more, of the shorter text"
    return WordingPage(cluster.id, title, f"Texts that share {shares} with the earliest of them.", body)


def _host(source: str) -> str:
    """The host of an address; empty for a verse, which anyone can open anywhere."""
    return (urlsplit(source).hostname or "").removeprefix("www.")


@dataclasses.dataclass(frozen=True, slots=True)
class PhraseRow:
    """A line of the index."""

    phrase: Phrase
    counted: Counted
    first: Brief
    facades: int


class WordingPages:
    """The pages on wording of a site.

    Args:
        archive: all records.
        analysis: everything derived from them.
    """

    def __init__(self, archive: Archive, analysis: Analysis) -> None:
        self._archive = archive
        self._analysis = analysis

    @noting.once
    def _groups(self) -> list[Sequence[Phrase]]:
        phrases = self._analysis.wording.phrases
        return [phrases[at : at + PHRASES_ON_A_PAGE] for at in range(0, len(phrases), PHRASES_ON_A_PAGE)] or [()]

    def index_paths(self) -> Iterator[tuple[str, int]]:
        """The Markdown path of every page of the index, with its number from 1."""
        for number in range(1, len(self._groups) + 1):
            yield ("wording/index.md" if number == 1 else f"wording/page-{number}.md"), number

    @property
    def subjects(self) -> Sequence[Cluster | Phrase]:
        """All that has a page of its own: clusters, then phrases."""
        return (*self._analysis.wording.clusters, *self._analysis.wording.phrases)

    def page(self, slug: str, links: Links, draw: DrawLine) -> WordingPage:
        """The page of a cluster or phrase.

        Args:
            draw: draws claims in time; gives nothing where they are too few or too many.
        """
        archive, analysis = self._archive, self._analysis
        subject = analysis.subject_of_wording(slug)
        assert subject is not None
        timeline = draw([analysis.brief(id) for id in subject.claims])
        if isinstance(subject, Cluster):
            return cluster_page(subject, archive, analysis, links, timeline)
        return phrase_page(subject, archive, analysis, links, timeline)

    def index(self, number: int, links: Links) -> Markup:
        """One page of the index."""
        archive, analysis = self._archive, self._analysis
        clusters = (
            sorted(analysis.wording.clusters, key=lambda cluster: (-len(cluster.claims), cluster.id))
            if number == 1
            else []
        )
        rows = [
            PhraseRow(
                phrase,
                counted(phrase, analysis),
                analysis.brief(phrase.first.claim),
                len(_facades(phrase.claims, analysis)),
            )
            for phrase in self._groups[number - 1]
        ]
        return printed(
            "wording-index.html.j2",
            rows=rows,
            total=len(analysis.wording.phrases),
            all_phrases=analysis.wording.all_phrases,
            clusters=[(cluster, analysis.brief(cluster.centre.claim)) for cluster in clusters[:MOST_CLUSTERS]],
            clusters_left=max(0, len(clusters) - MOST_CLUSTERS),
            stock=[(phrase, _host(phrase.source)) for phrase in STOCK] if number == 1 else (),
            version=VERSION,
            percent=hundredths(COPY),
            least_words=LEAST_WORDS,
            least_letters=LEAST_LETTERS,
            number=number,
            pages=[(page, "" if page == 1 else f"page-{page}/") for page in range(1, len(self._groups) + 1)],
            archive=archive,
            links=links,
        )
