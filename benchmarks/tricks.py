"""Measure the small optimisations one by one: `python -m benchmarks.tricks [CLAIMS]`, 200 when no number is given.

Each is measured within the stage of a build that it belongs to, on a made-up archive, with it and without it by turns:
processor milliseconds, the least of some runs, and the ratio. Without it, something plain stands in its place, put there
by this module: a function without its memory, or one in whose source a few words are exchanged. Both must give the same
result; otherwise this ends with 1. Where memory is what is saved, kilobytes are printed too. How to read it:
benchmarks/README.md.
"""

from __future__ import annotations
import __future__

import argparse
import contextlib
import dataclasses
import datetime
import functools
import gc
import hashlib
import inspect
import os
import re
import resource
import subprocess
import sys
import tempfile
import textwrap
import tracemalloc
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

import yaml
from jinja2 import Environment, Template
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from pydantic import BaseModel

from benchmarks import synthetic
from benchmarks.__main__ import MEMORY, ROOT
from benchmarks.wording import quotes
from generator import cards, checks, disk, documents, drawings, noting, parts, pieces, reading, shells, written
from generator.analysis import copies, held, phrases, reuse, searching, whole, wording
from generator.analysis.control import Control
from generator.archive import Archive, read_archive, read_entry
from generator.cards import FONTS, Cards
from generator.charts import svg
from generator.checks import harm_rules, record_rules, rule, time_rules
from generator.cores import without_collecting
from generator.documents import SourceFile
from generator.exports import pictures
from generator.packing import packed, unpacked
from generator.pages import environment, find, search
from generator.pieces import Piece
from generator.records import dates, text
from generator.settings import Settings
from generator.site import Site

_TODAY: Final = datetime.date(2026, 11, 25)
_NAME: Final = "Facade Watch"
_SETTINGS: Final = Settings(_NAME, "https://facade-watch.example/", "")
#: How many texts are compared for each claim, and how many files are kept together.
_TEXTS: Final = 10
_PACK: Final = 16

#: What is done in a stage, and gives what is compared.
Work = Callable[[], Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Material:
    """What the stages begin with.

    Attributes:
        wording: what is known of the wording, packed, so that each run has it anew.
        quotes: made-up texts of claims, as typed.
        texts: the same as copies are sought in them.
        pages: the files of all claims.
    """

    files: Sequence[SourceFile]
    archive: Archive
    wording: bytes
    fonts: Mapping[str, bytes]
    quotes: Sequence[str]
    texts: Sequence[str]
    pages: Sequence[tuple[str, bytes]] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """A part of a build.

    Attributes:
        begin: makes everything ready, which is not measured.
        told: what came of the work, so that two runs can be compared.
        size: how many bytes it made, where that is what counts.
    """

    name: str
    begin: Callable[[Material], Work]
    told: Callable[[Any], object] = repr
    size: Callable[[Any], int] | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Trick:
    """An optimisation.

    Attributes:
        without: each puts something plain in a place.
        memory: whether memory is what it saves.
    """

    name: str
    stage: Stage
    without: tuple[Callable[[], AbstractContextManager[None]], ...]
    memory: bool = False


def material(number: int) -> Material:
    """The material of so many claims."""
    with tempfile.TemporaryDirectory(prefix="facade-watch-tricks-", dir=MEMORY) as top:
        synthetic.write(Path(top), number, ROOT)
        files, _ = disk.read_contributed(Path(top))
        fonts = {name: (Path(top) / "theme_overrides" / path).read_bytes() for name, path in FONTS.items()}
    archive, _ = read_archive(files)
    known = packed(whole.analyse(archive, _NAME).wording)
    spoken = [quote.text for quote in quotes(_TEXTS * number)]
    made = Material(files, archive, known, fonts, spoken, [held.bare(quote) for quote in spoken])
    return dataclasses.replace(made, pages=_framed(made, "claim")())


# The stages.


def _anew(given: Material) -> Archive:
    """The archive, nothing of it worked out yet."""
    return dataclasses.replace(given.archive)


def _site(given: Material) -> Site:
    archive = _anew(given)
    analysis = whole.analyse(archive, _NAME)
    analysis.__dict__["_wording"] = unpacked(given.wording)  # found in a stage of its own
    analysis.__dict__["_texts"] = ""
    _ = analysis.briefs  # taken ahead in a build
    return Site.of(archive, analysis, _SETTINGS, lambda key, make: make())


def _noted(made: Iterable[Piece]) -> list[tuple[str, bytes]]:
    """The files of some pieces, with notes of all that is looked at, as a build takes them."""
    files: list[tuple[str, bytes]] = []
    for piece in made:
        with noting.noting():
            files += ((path, bytes(content)) for path, content in piece.files())
    return files


def _told_of_files(files: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for path, content in files:
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _told_of_folder(folder: tempfile.TemporaryDirectory[str]) -> str:
    with folder as top:
        files = sorted(path for path in Path(top).rglob("*") if path.is_file())
        return _told_of_files((str(path.relative_to(top)), path.read_bytes()) for path in files)


def _told_of_records(read: Iterable[Any]) -> str:
    return repr(
        [
            (entry.record, entry.document.value, dict(entry.document.places), dict(entry.document.keys), found)
            if entry
            else found
            for entry, _, found in read
        ]
    )


def _reading(given: Material) -> Work:
    return lambda: [read_entry(file) for file in given.files]


def _packing(given: Material) -> Work:
    def work() -> list[tuple[bytes, Any]]:
        some = (given.files[at : at + _PACK] for at in range(0, len(given.files), _PACK))
        packs = [packed([read_entry(file) for file in pack]) for pack in some]
        return [(pack, unpacked(pack)) for pack in packs]

    return work


def _unpacking(given: Material) -> Work:
    packs = [pack for pack, _ in _packing(given)()]
    return lambda: [read for pack in packs for read in unpacked(pack)]


def _checking(given: Material) -> Work:
    archive, _ = read_archive(given.files)  # the places of its values are not worked out yet
    analysis = whole.analyse(archive, _NAME)
    return lambda: checks.check(archive, analysis, _TODAY)


def _control(given: Material) -> Work:
    headlines = [" ".join(each.split()[:9]) for each in given.texts]
    sought = [" ".join(each.split()[at : at + 3]) for each in given.texts[:250] for at in (2, 12)]
    control = Control((), tuple(headlines))
    return lambda: [control.holding(words) for words in sought]


def _reuse(given: Material, records: int = 1) -> Work:
    """All that is known of wording.

    Args:
        records: how many records a statement has.
    """
    archive = _anew(given)
    analysis = whole.analyse(archive, _NAME)
    affiliations = analysis.affiliations
    compared = [
        reuse.compared_of(entry, analysis.claims[entry.id].quote, affiliations) for entry in archive.listed_claims
    ]
    for at, one in enumerate(compared):
        statement = compared[at - at % records].statement
        texts = tuple(dataclasses.replace(text, statement=statement) for text in one.held)
        compared[at] = dataclasses.replace(one, statement=statement, held=texts)
    return lambda: reuse.reuse_of(compared, archive, affiliations)


#: Stands for what the theme puts around a record: so many letters before it, and after it.
_AROUND: Final = '<li class="md-nav__item"><a href="../../facades/" class="md-nav__link">Facades</a></li>' * 300
_FRAME: Final = "".join(
    (
        "<html><head><title>{slot:title}</title><meta name='description' content='{slot:description}'>",
        f"<!--slot:head--></head><body>{_AROUND}<a href='",
        f"{{slot:edit}}'></a><!--slot:body-->{_AROUND}</body></html>",
    )
)


def _framed(given: Material, kind: str) -> Work:
    """The files of all pieces of a kind, pages in their frames."""
    site, shell = _site(given), shells.split(_FRAME)
    frames = pieces.Frames({}, dict.fromkeys(("claim", "version", "wording"), shell), "")
    drawn = Cards(given.fonts, _NAME, lambda key, make: make())
    found = [piece for piece in pieces.pieces_of_claims(site, frames, drawn) if piece.name.startswith(f"{kind} ")]
    return lambda: _noted(found)


def _searching(given: Material) -> Work:
    site = _site(given)
    return lambda: list(search.search_files(site.archive, site.analysis))


def _joining(given: Material) -> Work:
    """The words of the search, whose claims come group by group, as a build finds them remembered."""
    site = _site(given)
    groups = site.analysis.extracted(search.taking(site.archive, site.analysis))
    packs = [packed(group) for group in reversed(groups)]

    def work() -> list[Any]:
        told: list[Any] = []  # which the index needs to the end
        indexed = (each for pack in packs for each in reversed(unpacked(pack)))
        return [row for shelf in search._shelves(search._postings(indexed, told)) for row in shelf]

    return work


def _looking_up(given: Material) -> Work:
    hand = held.Hand("ar", held.HandKind.ORIGINAL)
    texts = (held.Held(str(at), str(at), held.ORIGINAL, hand, text) for at, text in enumerate(given.quotes))
    found = reuse.Reuse(tuple(text for text in texts if text.bare))  # folded already
    return lambda: find._texts(found)


def _profiles(given: Material) -> Work:
    site = _site(given)
    frame = shells.Frame("<html><head></head><body><!--slot:derived--></body></html>", "")
    paths = [f"facades/{id}.md" for id in site.archive.facades]
    return lambda: [(path, written.page_in_frame(site, path, frame).encode()) for path in paths]


def _writing(given: Material) -> Work:
    folder = tempfile.TemporaryDirectory(prefix="facade-watch-tricks-", dir=MEMORY)  # goes when it has been looked at
    top = Path(folder.name)

    def work() -> tempfile.TemporaryDirectory[str]:
        hashes, _ = disk.write_pages(top, given.pages)
        disk.write_sums(top, disk.as_written(hashes), ())
        return folder

    return work


#: What `claims check` needs before it reads anything.
_started = "import generator.__main__"


def _starting(given: Material) -> Work:
    return lambda: subprocess.run([sys.executable, "-c", _started], cwd=ROOT, check=True).returncode


_READING = Stage("reading", _reading, _told_of_records)
_PACKING = Stage(
    "reading, keeping",
    _packing,
    lambda packs: _told_of_records(read for _, found in packs for read in found),
    lambda packs: sum(len(pack) for pack, _ in packs),
)
_UNPACKING = Stage("what was kept", _unpacking, _told_of_records)
_CHECKING = Stage("rules", _checking)
_FOLDING = Stage("folding", lambda given: lambda: [held.bare(quote) for quote in given.quotes])
_MATCHING = Stage("finding copies", lambda given: lambda: list(copies.matches(given.texts)))
_PHRASES = Stage(
    "finding phrases",
    lambda given: (
        lambda: phrases.shared_runs(
            ((at, [each.split(" ")]) for at, each in enumerate(given.texts)), reuse.MOST_PHRASES
        )
    ),
    # The rest is what nobody asked for.
    lambda runs: sorted(runs, key=lambda run: (-len(run.owners), -sum(map(len, run.words)), run.words))[
        : reuse.MOST_PHRASES
    ],
)
_CONTROL = Stage("control texts", _control)
_REUSE = Stage("wording in all", _reuse)
_REUSE_OF_PAIRS = Stage("the same, records in pairs", functools.partial(_reuse, records=2))
_CLAIMS = Stage("pages of claims", functools.partial(_framed, kind="claim"), _told_of_files)
_WORDING = Stage("pages of wording", functools.partial(_framed, kind="wording"), _told_of_files)
_COPIES = Stage("copies and cards", functools.partial(_framed, kind="copies of"), _told_of_files)
_SEARCH = Stage("search", _searching, _told_of_files)
_JOINING = Stage("search, joining", _joining)
_LOOK_UP = Stage("look-up", _looking_up)
_PROFILES = Stage("pages of facades", _profiles, _told_of_files)
_WRITING = Stage("writing", _writing, _told_of_folder)
_STARTING = Stage("starting", _starting)


# What stands in the place of an optimisation.


@contextlib.contextmanager
def put(owner: Any, name: str, new: object) -> Iterator[None]:
    """Something else in a place, and wherever else a module of ours knows it by a name."""
    old = inspect.getattr_static(owner, name)
    places = [(owner, name)]
    if isinstance(owner, types.ModuleType) and owner.__name__.startswith("generator"):
        ours = [module for at, module in sys.modules.items() if at.startswith("generator") and module]
        places += [(module, known) for module in ours for known, value in [*vars(module).items()] if value is old]
    for place, known in places:
        _set(place, known, new)
    try:
        yield
    finally:
        for place, known in places:
            _set(place, known, old)


def _set(place: Any, name: str, value: object) -> None:
    if isinstance(place, rule.Rule):  # frozen
        object.__setattr__(place, name, value)
    else:
        setattr(place, name, value)


def edited(owner: Any, name: str, *changes: tuple[str, str]) -> AbstractContextManager[None]:
    """A function in whose source some words are exchanged for others."""
    old = getattr(owner, name)
    source = textwrap.dedent(inspect.getsource(old))
    for words, others in changes:
        if words not in source:
            raise LookupError(f"{name} no longer says: {words}")
        source = source.replace(words, others)
    made: dict[str, Any] = {}
    code = compile(source, f"<{name}, edited>", "exec", __future__.annotations.compiler_flag, dont_inherit=True)
    exec(code, inspect.unwrap(old).__globals__, made)  # noqa: S102 (our own source)
    new = made[old.__name__]
    return put(owner, name, new.find if isinstance(new, rule.Rule) else new)


def forgetful(owner: Any, name: str) -> AbstractContextManager[None]:
    """A function or property that works its answer out each time."""
    old = inspect.getattr_static(owner, name)
    match old:
        case functools.cached_property():
            return put(owner, name, property(old.func))
        case noting.once():
            return put(owner, name, property(vars(old)["_make"]))
        case _:
            return put(owner, name, old.__wrapped__)


@contextlib.contextmanager
def made_anew(owner: Any, name: str) -> Iterator[None]:
    """The environment of all templates made again, after what it is made of was exchanged, with its templates loaded."""
    made = getattr(owner, name).__wrapped__()
    for one in made.list_templates(filter_func=lambda path: path.endswith(".j2")):
        made.get_template(one)
    with put(owner, name, lambda: made):
        yield


def _chained(cls: type[Template], *of: Any) -> Template:
    """A template whose globals are those of the environment behind its own."""
    made: Template = Template.from_code.__func__(cls, *of)  # type: ignore[attr-defined]
    made.root_render_func.__globals__["escape"] = environment.escaped
    return made


def _parts_by_shingles(text: str, other: str) -> list[tuple[int, int]]:
    """The parts of a text that shingles cover which the other holds too, each shingle sought by itself."""
    theirs = wording.shingles(other)
    parts: list[tuple[int, int]] = []
    for at in range(len(text) - wording.SHINGLE + 1):
        if text[at : at + wording.SHINGLE] in theirs:
            first = parts.pop()[0] if parts and at <= parts[-1][1] else at
            parts.append((first, at + wording.SHINGLE))
    return parts


def _tricks() -> Iterator[Trick]:
    """All of them, in the order of a build."""

    def trick(
        name: str, stage: Stage, *without: Callable[[], AbstractContextManager[None]], memory: bool = False
    ) -> Trick:
        return Trick(name, stage, without, memory)

    edit, forget, instead = (functools.partial(functools.partial, make) for make in (edited, forgetful, put))
    walk: Any = vars(reading)["_Walk"]
    again = functools.partial(made_anew, environment, "environment")
    yield trick(
        "libraries of pages and pictures loaded late",
        _STARTING,
        instead(sys.modules[__name__], "_started", f"{_started}\nimport altair, mkdocs.config, PIL.Image, vl_convert"),
    )
    yield trick("YAML read by libyaml", _READING, instead(yaml, "CSafeLoader", yaml.SafeLoader))
    yield trick(
        "plain values told apart at a glance",
        _READING,
        edit(
            walk,
            "through",
            ("if event.anchor is not None or event.tag is not None:", "if True:"),
            ("kind is yaml.ScalarEvent", "isinstance(event, yaml.ScalarEvent)"),
            (
                "kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:",
                "isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):",
            ),
            (
                "kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:",
                "isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):",
            ),
        ),
        edit(walk, "_scalar", ("if not text.isascii():", "if True:")),
    )
    yield trick(
        "only odd lines looked at letter by letter",
        _READING,
        edit(reading, "_unbalanced_text", ("if line.isascii() or not _LOOK_CLOSER.search(line):", "if False:")),
    )
    yield trick(
        "places worked out when asked for",
        _READING,
        edit(
            reading,
            "_read",
            ("Places(walk.root, marks)", "dict(Places(walk.root, marks))"),
            ("Places(walk.root, marks, keys=True)", "dict(Places(walk.root, marks, keys=True))"),
        ),
    )
    yield trick("dates remembered", _UNPACKING, forget(dates, "_dated"))
    yield trick("equal texts held once", _PACKING, instead(reading, "_once", str))
    yield trick(
        "values of a record kept alone",
        _PACKING,
        instead(text.Record, "__getstate__", BaseModel.__getstate__),
        instead(text.Record, "__setstate__", BaseModel.__setstate__),
    )
    yield trick("texts of a file put together once", _CHECKING, forget(rule, "whole_text"))
    yield trick(
        "rare things sought in the whole file first",
        _CHECKING,
        edit(
            harm_rules.live_link_to_a_channel, "find", ("if not any(host in hosts for host in CHANNEL_HOSTS)", "if 0")
        ),
        edit(harm_rules.picture, "find", ("if not _IMAGE.search(whole_text(entry.document))", "if 0")),
        edit(record_rules.machine_path, "find", ("if not _PATH_SIGN.search(whole_text(entry.document))", "if 0")),
        edit(harm_rules.live_handle, "find", ('if "@" not in whole_text(entry.document)', "if 0")),
        edit(
            time_rules.date_in_the_future,
            "find",
            ("if not any(found[1] > latest", "if 0 and not any(found[1] > latest"),
        ),
    )
    yield trick(
        "analysis of a claim made once",
        _CHECKING,
        edit(vars(whole)["_WhenAsked"], "__getitem__", ("if id not in self._found:", "if True:")),
    )
    yield trick("provenance of a claim made once", _CHECKING, forget(whole.ClaimAnalysis, "provenance"))
    yield trick(
        "one place found by counting",
        _CHECKING,
        edit(documents.Places, "__getitem__", ("if self._found is not None:", "if self._all() is not None:")),
    )
    yield trick(
        "words folded once",
        _FOLDING,
        edit(
            wording,
            "fold",
            (
                "filter(None, map(_WORDS.__getitem__, _without_links(text).split()))",
                "_letters(_without_links(text)).split()",
            ),
        ),
    )
    yield trick(
        "letters folded once",
        _FOLDING,
        edit(vars(wording)["_Table"], "__missing__", ("self[code] = letter = ", "letter = ")),
    )
    yield trick(
        "links sought where there is a sign of one",
        _FOLDING,
        edit(
            wording,
            "_without_links",
            ("if not (", "if 0 and ("),
            (" if any(sign in lower for sign in _LINK_SIGNS) else text", ""),
        ),
    )
    yield trick(
        "stock phrases sought by their first words",
        _FOLDING,
        edit(
            wording,
            "hidden",
            ("if phrases.keys().isdisjoint(words):", "if False:"),
            (
                "for word in words for phrase in phrases.get(word, ())",
                "for some in phrases.values() for phrase in some",
            ),
        ),
    )
    yield trick(
        "texts without holes left alone",
        _FOLDING,
        edit(wording, "without_holes", (" if HOLE in text else text", "")),
    )
    yield trick("5-grams as numbers", _MATCHING, edit(copies, "_parts_of", ("_rows(texts)", "None")))
    yield trick("a table of letters that begins with 0", _MATCHING, edit(copies, "_rows", ("= HOLE", '= ""')))
    yield trick(
        "a centre’s 5-grams read, not made a set",
        _MATCHING,
        edit(copies, "matches", ("theirs: Iterable[Hashable] = parts(centre)", "theirs = set(parts(centre))")),
    )
    index: Any = vars(copies)["_Index"]
    yield trick(
        "no list for a 3-gram of one star",
        _MATCHING,
        edit(
            index,
            "candidates",
            ("[stars for stars in known if type(stars) is int]", "[stars[0] for stars in known if len(stars) == 1]"),
            ("if type(stars) is list", "if len(stars) > 1"),
        ),
        edit(
            index,
            "enter",
            (
                """setdefault(gram, star)
        if isinstance(stars, int):
            if stars != star:
                self._stars[gram] = [stars, star]
        elif""",
                "setdefault(gram, [])\n        if",
            ),
        ),
        memory=True,
    )
    yield trick(
        "3-grams with the most places first",
        _PHRASES,
        edit(phrases, "_wanted", ("len(counts) if most is None else _LOOKED_AT * (most + 1)", "len(counts)")),
    )
    yield trick(
        "owners counted where places are enough",
        _PHRASES,
        edit(phrases, "_as_many", ("len(group) >= claims and ", "")),
    )
    yield trick(
        "all control texts searched at one go",
        _CONTROL,
        edit(Control, "holding", (" if sought in self._lines else 0", "")),
        forget(Control, "_lines"),
    )
    yield trick("a statement’s only text not searched", _REUSE, edit(reuse, "_phrase", ("len(texts) == 1 or ", "")))
    yield trick("lines of a text folded once", _REUSE_OF_PAIRS, forget(held.Held, "_lines"))
    yield trick("folded texts remembered", _WORDING, forget(wording, "folded"))
    yield trick(
        "characters folded once",
        _WORDING,
        edit(vars(wording)["_Signs"], "__missing__", ("self[code] = made", "pass")),
        edit(vars(wording)["_Pieces"], "__missing__", ("self[piece] = made", "pass")),
    )
    yield trick(
        "words of plain letters mapped at one go",
        _WORDING,
        instead(wording, "_PARTS", re.compile("(?!)()|[\\s\\S]\1*")),
    )
    yield trick(
        "prints of clusters made once",
        _CLAIMS,
        edit(reuse.Reuse, "print_of", ("if subject.slug not in self._prints:", "if True:")),
    )
    yield trick(
        "clusters and phrases filed by claim",
        _CLAIMS,
        forget(reuse.Reuse, "_clusters_by_claim"),
        forget(reuse.Reuse, "_phrases_by_claim"),
    )
    yield trick(
        "what needs no escaping known at a glance",
        _CLAIMS,
        instead(environment, "escaped", environment.escape),
        again,
    )
    yield trick(
        "prints of claims in brief made once",
        _CLAIMS,
        edit(whole.Analysis, "_print_of_brief", ("if claim not in self._prints:", "if True:")),
    )
    yield trick("runs in common measured by trying", _CLAIMS, instead(held, "_shared_parts", _parts_by_shingles))
    yield trick("how a drawing is read broken into lines once", _CLAIMS, forget(pictures, "_lines"))
    jinja = vars(environment)["_Environment"]
    yield trick("templates found by their names", _CLAIMS, instead(jinja, "get_template", Environment.get_template))
    yield trick(
        "globals of a template in one table",
        _CLAIMS,
        instead(vars(environment)["_Template"], "from_code", classmethod(_chained)),
        again,
    )
    yield trick("called without asking what it wants", _CLAIMS, instead(jinja, "context_class", Context))
    yield trick("attributes read as Python does", _CLAIMS, instead(jinja, "code_generator_class", CodeGenerator), again)
    yield trick("bands drawn once", _COPIES, edit(Cards, "_band", ("if name not in self._bands:", "if True:")))
    yield trick(
        "fonts opened once", _COPIES, edit(Cards, "_font", ("if (name, size) not in self._letters:", "if True:"))
    )
    yield trick(
        "two pixels made a byte for all at once",
        _COPIES,
        edit(
            cards,
            "_compressed",
            (
                "(int.from_bytes(left) | int.from_bytes(right)).to_bytes(len(left))",
                "bytes(upper | lower for upper, lower in zip(left, right, strict=True))",
            ),
        ),
    )
    yield trick(
        "signs within words sought by themselves",
        _SEARCH,
        instead(
            searching,
            "_STOPS",
            re.compile("(?<=\\w)['`\u2018\u2019\u02bb-\u02bf\u02c8\u02ca\u02cb](?=\\w)|[\u02bb-\u02bf]"),
        ),
    )
    yield trick(
        "words of the search remembered", _SEARCH, instead(searching._Keys, "__getitem__", searching._Keys.__missing__)
    )
    yield trick(
        "search index made in one pass",
        _JOINING,
        edit(search, "_postings", ("found.append(_Shown(*shown))", "found.append((shown, titled, elsewhere))")),
        memory=True,
    )
    yield trick(
        "3-grams of the look-up kept as numbers",
        _LOOK_UP,
        edit(
            find,
            "_texts",
            ('array("I", map(crc, _grams(held.bare)))', "_grams(held.bare)"),
            (
                "_often(codes, texts)",
                "{gram for gram, n in Counter(itertools.chain(*codes.values())).items() if n > MOST_STARS}",
            ),
            ("grams = _grams(texts[number][1])", "grams = own"),
            ("zip(own, grams, strict=True)", "zip(map(crc, own), grams, strict=True)"),
        ),
        memory=True,
    )
    yield trick("specifications made once", _PROFILES, forget(drawings, "_specification"))
    yield trick("specifications compiled once", _PROFILES, forget(svg, "_compiled"))
    yield trick(
        "files written by three calls",
        _WRITING,
        instead(disk, "_write", lambda name, parts: Path(name).write_bytes(bytes(parts))),
    )
    yield trick(
        "bytes written as one part",
        _WRITING,
        instead(parts, "_Whole", lambda content: parts.Parts(lambda: (content,))),
    )
    yield trick(
        "folders made by one call",
        _WRITING,
        instead(disk, "_make_folder", functools.partial(os.makedirs, exist_ok=True)),
    )
    yield trick("folders made once", _WRITING, edit(disk, "write_pages", ("if parent not in made:", "if True:")))
    yield trick(
        "files hashed while they are written",
        _WRITING,
        edit(disk, "write_sums", ("if not own:", "if True:")),
    )


TRICKS: Final = tuple(_tricks())


# Measuring.


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """What was measured of an optimisation: processor milliseconds, kilobytes where they count, and sameness."""

    trick: Trick
    with_it: float
    without: float
    same: bool
    kilobytes: tuple[float, float] | None = None


def measured(trick: Trick, given: Material, runs: int) -> Line:
    """With it and without it by turns, the least of each."""
    took: tuple[list[float], list[float]] = ([], [])
    told: list[object] = []
    sizes: dict[bool, float] = {}
    for turn in range(runs):
        for without in (False, True) if turn % 2 else (True, False):
            with _standing(trick, without):
                seconds, found = _run(trick.stage, given)
                if trick.memory and not turn:
                    sizes[without] = _peak(trick.stage, given)
            took[without].append(seconds)
            told.append(trick.stage.told(found))
            if trick.stage.size:
                sizes[without] = trick.stage.size(found) / 1_000
    same = all(one == told[0] for one in told)
    kilobytes = (sizes[False], sizes[True]) if sizes else None
    return Line(trick, 1_000 * min(took[False]), 1_000 * min(took[True]), same, kilobytes)


@contextlib.contextmanager
def _standing(trick: Trick, without: bool) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for place in trick.without if without else ():
            stack.enter_context(place())
        yield


def outcome(trick: Trick, given: Material, without: bool) -> object:
    """What comes of the stage, with it or without it; nothing is measured."""
    with _standing(trick, without):
        _forget()
        return trick.stage.told(trick.stage.begin(given)())


def _run(stage: Stage, given: Material) -> tuple[float, Any]:
    work = _ready(stage, given)
    with without_collecting():
        began = _processor()
        found = work()
        return _processor() - began, found


def _peak(stage: Stage, given: Material) -> float:
    """The most kilobytes that the work holds at a time."""
    work = _ready(stage, given)
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1_000


def _ready(stage: Stage, given: Material) -> Work:
    """The work, as when a build begins."""
    _forget()
    gc.unfreeze()
    gc.collect()
    return stage.begin(given)


def _forget() -> None:
    """Let nothing be remembered but templates."""
    memos = tuple(vars(wording)[name] for name in ("_Words", "_Table", "_Signs", "_Pieces"))
    for module in [module for name, module in sys.modules.items() if name.startswith("generator") and module]:
        for name, value in [*vars(module).items()]:
            if isinstance(value, memos):
                value.clear()
            elif hasattr(value, "cache_clear") and name != "environment":
                value.cache_clear()


def _processor() -> float:
    """Seconds of the processor, of this process and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Print a line for each; ends with 1 where an optimisation changes what comes out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tricks", description=__doc__)
    parser.add_argument("claims", nargs="?", type=int, default=200, help="size of the archive")
    parser.add_argument("--runs", type=int, default=3, help="runs of each case, of which the least is taken")
    parser.add_argument("--only", default="", metavar="WORDS", help="those alone whose line holds these words")
    asked = parser.parse_args()
    given = material(asked.claims)
    head = f"{asked.claims} claims, processor milliseconds"
    print(f"{head:<50}{'stage':<20}{'with':>9}{'without':>10}{'ratio':>8}{'KB with, without':>20}")
    differ = []
    for trick in TRICKS:
        if asked.only in f"{trick.name} {trick.stage.name}":
            line = measured(trick, given, asked.runs)
            print(_row(line), flush=True)
            differ += [] if line.same else [trick.name]
    if differ:
        raise SystemExit(f"not the same with and without: {', '.join(differ)}")


def _row(line: Line) -> str:
    row = f"{line.trick.name:<50}{line.trick.stage.name:<20}{line.with_it:>9.1f}{line.without:>10.1f}"
    row += f"{line.without / line.with_it:>8.2f}"
    return row + (f"{line.kilobytes[0]:>10.0f}{line.kilobytes[1]:>10.0f}" if line.kilobytes else "")


if __name__ == "__main__":
    main()
