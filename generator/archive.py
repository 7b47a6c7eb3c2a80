"""The archive: all records read together, and questions about them that need no judgment."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

from generator import noting
from generator.documents import Document, Path, SourceFile
from generator.problems import Place, Problem, shown
from generator.reading import read_front_matter, read_yaml
from generator.records.claim import Claim
from generator.records.dating import changed_on
from generator.records.event import Event
from generator.records.facade import Facade
from generator.records.mending import Mended, mended
from generator.records.organisation import Organisation
from generator.records.page import WrittenPage
from generator.records.report import Report
from generator.records.source import Source
from generator.records.term import Term
from generator.records.text import Record
from generator.records.validation import as_record
from generator.records.version import Permalinks, Version
from generator.records.versioning import version_of_values
from generator.records.vocabulary import Visibility

T = TypeVar("T", bound=Record)
R = TypeVar("R")

#: What is asked of all outlines; all other questions to an archive follow from it.
OUTLINES: Final = ("archive.outlines",)
#: The doors at which they are asked.
DOORS: Final = (
    "claims.__iter__",
    "claims.__len__",
    "claims_in_order",
    "listed_claims",
    "claims_of",
    "claims_on",
    "claims_of_year",
    "claims_carried_by",
    "claims_about",
    "years",
    "before",
    "after",
)
#: How many claims make a group at most, and letters of a month: `2023-01`.
_GROUP: Final = 64
_MONTH: Final = 7

#: The `by` of a post whose author is not named.
UNNAMED = "unnamed"


@dataclasses.dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A record with its id (the name of its file) and where it was read."""

    id: str
    record: T
    document: Document
    mended: Mended | None = None

    @property
    def path(self) -> str:
        """Path of the file below the project folder."""
        return self.document.path

    @property
    def whole(self) -> bool:
        """Whether the file had no fault of form; only whole records are published."""
        return self.mended is None

    @property
    def formerly(self) -> tuple[str, ...]:
        """The ids under which it stood before."""
        formerly: tuple[str, ...] = getattr(self.record, "formerly", ())
        return formerly

    @property
    def version(self) -> str:
        """The version of the record (`versioning.version_of_values`)."""
        return version_of_values(self.document.value, self.document.prose)

    @property
    def listed(self) -> bool:
        """Whether lists, feeds, charts and search may show the claim."""
        noting.looked_at(self.id)
        return self.outline.listed

    @property
    def changed(self) -> str:
        """The day on which what is said of the claim last changed."""
        noting.looked_at(self.id)
        return self.outline.changed

    @property
    def facades(self) -> tuple[str, ...]:
        """In whose name the claim was issued."""
        noting.looked_at(self.id)
        return self.outline.facades

    @property
    def outline(self) -> Outline:
        """Of a claim, what is asked of all claims at once."""
        assert isinstance(self.record, Claim)
        return outline_of(self.record)

    def place(self, *path: str | int) -> Place:
        """Where a field of the record stands in its file."""
        return self.document.place(path)


class Outline(NamedTuple):
    """What is asked of all claims at once, so that nobody has to look into every file for it.

    A tuple, because ten thousand of them are unpacked at the start of every command.

    Attributes:
        when: first possible day and time of publication, for the order of claims.
        date: as it is written.
        year: of that date.
        facades: in whose name it was issued.
        events: what it asserts, each once and sorted.
        posters: who else posted about it, each once and sorted.
        published: whether it has a page.
        listed: whether lists, feeds, charts and search may show it.
        formerly: the ids under which it stood before.
        changed: the day on which what is said of it last changed.
    """

    when: tuple[str, str]
    date: str
    year: str
    facades: tuple[str, ...]
    events: tuple[str, ...]
    posters: tuple[str, ...]
    published: bool
    listed: bool
    formerly: tuple[str, ...]
    changed: str


def outline_of(claim: Claim) -> Outline:
    """The outline of a claim."""
    published = claim.visibility is not Visibility.WITHHELD
    return Outline(
        when=(claim.date.earliest.isoformat(), claim.time or ""),
        date=str(claim.date),
        year=claim.date.digits[:4],
        facades=tuple(claim.facade),
        events=tuple(sorted({assertion.event for assertion in claim.asserts if assertion.event})),
        posters=tuple(sorted({post.by for post in claim.propagation} - set(claim.facade))),
        published=published,
        listed=published and claim.visibility is Visibility.LISTED and claim.tombstone is None,
        formerly=tuple(claim.formerly),
        changed=changed_on(claim).isoformat(),
    )


class Shelf(Protocol):
    """Unpacks what stands in the files of claims."""

    def said(self, path: str) -> Claim:
        """What the file at a path says."""

    def typed(self, path: str) -> Document:
        """How it was typed."""


class Stored(Entry[Claim]):
    """A claim whose file was read before, or by another process: it is unpacked when somebody looks into it.

    Args:
        outline: what is known without that.
        version: the same.
        shelf: where the rest is.
    """

    __slots__ = ("_outline", "_path", "_shelf", "_version")

    def __init__(self, id: str, path: str, outline: Outline, version: str, shelf: Shelf) -> None:
        object.__setattr__(self, "id", id)
        object.__setattr__(self, "mended", None)
        object.__setattr__(self, "_path", path)
        object.__setattr__(self, "_outline", outline)
        object.__setattr__(self, "_version", version)
        object.__setattr__(self, "_shelf", shelf)

    @property
    def record(self) -> Claim:
        """What the file says."""
        noting.looked_at(self.id)
        return self._shelf.said(self._path)  # type: ignore[attr-defined,no-any-return]

    @property
    def document(self) -> Document:
        """How it was typed."""
        noting.looked_at(self.id)
        return self._shelf.typed(self._path)  # type: ignore[attr-defined,no-any-return]

    @property
    def path(self) -> str:
        """Path of the file below the project folder."""
        noting.looked_at(self.id)
        return self._path  # type: ignore[attr-defined,no-any-return]

    @property
    def version(self) -> str:
        """The version of the record."""
        noting.looked_at(self.id)
        return self._version  # type: ignore[attr-defined,no-any-return]

    @property
    def formerly(self) -> tuple[str, ...]:
        """The ids under which it stood before."""
        noting.looked_at(self.id)
        return self.outline.formerly

    @property
    def outline(self) -> Outline:
        """What is asked of all claims at once; whoever asks for it notes the question."""
        return self._outline  # type: ignore[attr-defined,no-any-return]

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return hash(self.id)


class Claims(Mapping[str, Entry[Claim]]):
    """Claims by id, whose use is noted.

    Args:
        entries: all of them, by id.
    """

    def __init__(self, entries: Mapping[str, Entry[Claim]]) -> None:
        self._entries = entries

    def __getitem__(self, id: str) -> Entry[Claim]:
        noting.looked_at(id)
        return self._entries[id]

    def __contains__(self, id: object) -> bool:
        noting.looked_at(str(id))
        return id in self._entries

    def __iter__(self) -> Iterator[str]:
        noting.asked(("archive.claims.__iter__",), lambda: noting.print_of([*self._entries]))
        return iter(self._entries)

    def __len__(self) -> int:
        noting.asked(("archive.claims.__len__",), lambda: str(len(self._entries)))
        return len(self._entries)


@dataclasses.dataclass(frozen=True)
class Archive:
    """All records, by id.

    `versions` holds earlier versions of claims, by `<claim>/<version>`. `broken` holds the ids of files that exist but
    could not be read; `partial` what could be read of them, for the rules and for nothing else.
    """

    claims: Mapping[str, Entry[Claim]] = dataclasses.field(default_factory=dict)
    events: Mapping[str, Entry[Event]] = dataclasses.field(default_factory=dict)
    facades: Mapping[str, Entry[Facade]] = dataclasses.field(default_factory=dict)
    organisations: Mapping[str, Entry[Organisation]] = dataclasses.field(default_factory=dict)
    terms: Mapping[str, Entry[Term]] = dataclasses.field(default_factory=dict)
    reports: Mapping[str, Entry[Report]] = dataclasses.field(default_factory=dict)
    pages: Mapping[str, Entry[WrittenPage]] = dataclasses.field(default_factory=dict)
    versions: Mapping[str, Entry[Version]] = dataclasses.field(default_factory=dict)
    permalinks: Entry[Permalinks] = dataclasses.field(default_factory=lambda: _permalinks(b""))
    broken: frozenset[str] = frozenset()
    partial: tuple[Entry[Any], ...] = ()

    @functools.cached_property
    def _published(self) -> tuple[Entry[Claim], ...]:
        entries = [self.claims[id] for id in self.claims]
        return tuple(
            sorted(
                (entry for entry in entries if entry.outline.published),
                key=lambda entry: (*entry.outline.when, entry.id),
            )
        )

    @functools.cached_property
    def _listed(self) -> tuple[Entry[Claim], ...]:
        return tuple(entry for entry in self._published if entry.outline.listed)

    @functools.cached_property
    def _groups(self) -> tuple[tuple[Entry[Claim], ...], ...]:
        months = itertools.groupby(self._published, lambda entry: entry.outline.when[0][:_MONTH])
        found: list[tuple[Entry[Claim], ...]] = []
        for _, month in months:
            claims = tuple(month)
            found += (claims[at : at + _GROUP] for at in range(0, len(claims), _GROUP))
        return tuple(found)

    @property
    def groups(self) -> tuple[tuple[Entry[Claim], ...], ...]:
        """All published claims, oldest first, in groups; one that is added or gone changes the groups of its month."""
        self._noted(lambda: self._published, "claims_in_order")
        return self._groups

    @functools.cached_property
    def _outlines(self) -> str:
        return noting.print_of([(id, self.claims[id].outline) for id in self.claims])

    @property
    def outlines(self) -> str:
        """A print of all outlines: where it is the same, so is every answer here."""
        with noting.noting():
            found = self._outlines
        noting.asked(OUTLINES, lambda: found)
        return found

    @property
    def claims_in_order(self) -> tuple[Entry[Claim], ...]:
        """All published claims by date, time and id, oldest first."""
        return self._noted(lambda: self._published, "claims_in_order")

    @property
    def listed_claims(self) -> tuple[Entry[Claim], ...]:
        """The claims that lists, feeds, charts and search may show, oldest first."""
        return self._noted(lambda: self._listed, "listed_claims")

    def _noted(self, answer: Callable[[], tuple[Entry[Claim], ...]], *question: str) -> tuple[Entry[Claim], ...]:
        """The answer to a question about many claims, noted; working it out is not."""
        with noting.noting():
            found = answer()
        noting.asked((f"archive.{question[0]}", *question[1:]), lambda: self._print(question, found))
        return found

    def _print(self, question: tuple[str, ...], found: tuple[Entry[Claim], ...]) -> str:
        known = self._prints.get(question)
        if known is None:
            known = self._prints[question] = noting.print_of([entry.id for entry in found])
        return known

    @functools.cached_property
    def _prints(self) -> dict[tuple[str, ...], str]:
        return {}

    @functools.cached_property
    def _claims_by_facade(self) -> Mapping[str, tuple[Entry[Claim], ...]]:
        return _grouped(self._listed, lambda claim: claim.outline.facades)

    @functools.cached_property
    def _claims_by_day(self) -> Mapping[str, tuple[Entry[Claim], ...]]:
        return _grouped(
            self._listed, lambda claim: [f"{facade} {claim.outline.date}" for facade in claim.outline.facades]
        )

    @functools.cached_property
    def _claims_by_year(self) -> Mapping[str, tuple[Entry[Claim], ...]]:
        return _grouped(self._listed, lambda claim: [claim.outline.year])

    @functools.cached_property
    def _claims_by_event(self) -> Mapping[str, tuple[Entry[Claim], ...]]:
        return _grouped(self._published, lambda claim: claim.outline.events)

    @functools.cached_property
    def _posted_by(self) -> Mapping[str, tuple[Entry[Claim], ...]]:
        return _grouped(self._listed, lambda claim: claim.outline.posters)

    @functools.cached_property
    def _position(self) -> Mapping[str, int]:
        return {entry.id: position for position, entry in enumerate(self._listed)}

    @functools.cached_property
    def _attributed_to(self) -> Mapping[str, tuple[Entry[Facade], ...]]:
        return _grouped(
            self.facades.values(), lambda facade: sorted({attribution.to for attribution in facade.record.attributions})
        )

    @functools.cached_property
    def _versions_of(self) -> Mapping[str, tuple[Entry[Version], ...]]:
        in_order = sorted(
            self.versions.values(),
            key=lambda entry: (entry.record.published.earliest, entry.record.replaced.earliest, entry.record.number),
        )
        return _grouped(in_order, lambda version: [posixpath.dirname(version.id)])

    def versions_of(self, claim: str) -> tuple[Entry[Version], ...]:
        """The earlier versions of a claim, oldest first."""
        return self._versions_of.get(claim, ())

    def claims_of(self, facade: str) -> tuple[Entry[Claim], ...]:
        """The listed claims issued in a facade's name, oldest first."""
        return self._noted(lambda: self._claims_by_facade.get(facade, ()), "claims_of", facade)

    def claims_on(self, facade: str, date: str) -> tuple[Entry[Claim], ...]:
        """The listed claims issued in a facade's name on a date, as it is written."""
        return self._noted(lambda: self._claims_by_day.get(f"{facade} {date}", ()), "claims_on", facade, str(date))

    def claims_of_year(self, year: str) -> tuple[Entry[Claim], ...]:
        """The listed claims of a year, oldest first."""
        return self._noted(lambda: self._claims_by_year.get(year, ()), "claims_of_year", year)

    @property
    def years(self) -> list[tuple[str, int]]:
        """The years with the number of their listed claims, newest first."""
        with noting.noting():
            found = sorted(((year, len(claims)) for year, claims in self._claims_by_year.items()), reverse=True)
        noting.asked(("archive.years",), lambda: str(found))
        return found

    def claims_carried_by(self, poster: str) -> tuple[Entry[Claim], ...]:
        """The listed claims of others that a facade or organisation posted about, oldest first."""
        return self._noted(lambda: self._posted_by.get(poster, ()), "claims_carried_by", poster)

    def claims_about(self, event: str) -> tuple[Entry[Claim], ...]:
        """The claims that assert an event, oldest first."""
        return self._noted(lambda: self._claims_by_event.get(event, ()), "claims_about", event)

    def facades_attributed_to(self, organisation: str) -> tuple[Entry[Facade], ...]:
        """The facades that somebody attributes to an organisation."""
        return self._attributed_to.get(organisation, ())

    def before(self, claim: str) -> Entry[Claim] | None:
        """The listed claim before this one in time, of any facade."""
        return next(iter(self._noted(lambda: self._beside(claim, -1), "before", claim)), None)

    def after(self, claim: str) -> Entry[Claim] | None:
        """The listed claim after this one in time, of any facade."""
        return next(iter(self._noted(lambda: self._beside(claim, 1), "after", claim)), None)

    def _beside(self, claim: str, step: int) -> tuple[Entry[Claim], ...]:
        position = self._position.get(claim)
        if position is None or not 0 <= position + step < len(self._listed):
            return ()
        return (self._listed[position + step],)

    def agent(self, id: str) -> Entry[Facade] | Entry[Organisation] | None:
        """The facade or organisation of this id."""
        return self.facades.get(id) or self.organisations.get(id)

    def name_of(self, id: str) -> str:
        """The English name of a facade or organisation, or the text itself: publishers may be plain names."""
        agent = self.agent(id)
        return agent.record.name.en if agent else id


def _grouped(entries: Iterable[R], keys: Callable[[R], Iterable[str]]) -> dict[str, tuple[R, ...]]:
    groups: dict[str, list[R]] = defaultdict(list)
    for entry in entries:
        for key in keys(entry):
            groups[key].append(entry)
    return {key: tuple(group) for key, group in groups.items()}


def source_of(sources: Iterable[Source], id: str | None) -> Source | None:
    """The source of this id among the sources of one file."""
    return next((source for source in sources if id is not None and source.id == id), None)


#: Where records are filed: folder, the field of `Archive`, the model, and whether the file is YAML or front matter.
_SHELVES: tuple[tuple[str, str, type[Record]], ...] = (
    ("claims/events/", "events", Event),
    ("claims/versions/", "versions", Version),
    ("claims/", "claims", Claim),
    ("content/facades/", "facades", Facade),
    ("content/organisations/", "organisations", Organisation),
    ("content/glossary/", "terms", Term),
    ("content/reports/", "reports", Report),
    ("content/", "pages", WrittenPage),
)
#: Models whose ids are paths below a folder, because their file names are not unique.
_SHARED_NAMES: Mapping[type[Record], str] = {WrittenPage: "content/", Version: "claims/versions/"}
#: The file that lists every address ever published.
PERMALINKS = "claims/permalinks.txt"
_NO_RECORDS = frozenset({"claims/README.md", "claims/EXAMPLE.yml", "claims/claim.schema.json", PERMALINKS})
#: How the files of shelves without prose end; all others are Markdown.
_FORMS = {"claims": ("YAML", ".yml"), "events": ("YAML", ".yml"), "versions": ("JSON", ".json")}


#: The path of a claim's file, up to its month.
CLAIM_PATH: Final = re.compile(r"(?P<month>claims/\d{4}/\d{4}-\d{2}).*")


#: What one file says: its record (what is left of it, or None), the field of `Archive` it belongs in, its problems.
Read = tuple[Entry[Any] | None, str, list[Problem]]


def read_archive(files: Iterable[SourceFile]) -> tuple[Archive, list[Problem]]:
    """The archive in these files, and everything that is wrong with single files."""
    found = {file.path: file for file in files}
    permalinks = found[PERMALINKS].content if PERMALINKS in found else b""
    return archive_of(found, lambda path: read_entry(found[path]), permalinks)


def archive_of(paths: Iterable[str], read: Callable[[str], Read], permalinks: bytes) -> tuple[Archive, list[Problem]]:
    """The archive in the files at these paths, and everything that is wrong with single files.

    A file that cannot be read, or whose record is not valid, is left out; its problems say why.

    Args:
        read: gives what `read_entry` gives of the file at a path.
        permalinks: what the file holds that lists every address ever published.
    """
    shelves: dict[str, dict[str, Entry[Any]]] = {name: {} for _, name, _ in _SHELVES}
    broken: set[str] = set()
    partial: list[Entry[Any]] = []
    problems: list[Problem] = []
    for path in sorted({*paths} - _NO_RECORDS):
        entry, shelf, found = read(path)
        problems += found
        if entry is None or not entry.whole:
            broken.add(id_of(path))
            partial += [entry] if entry else []
        elif entry.id in shelves[shelf]:
            other = shelves[shelf][entry.id].path
            sentence = f"the file name is the id: {entry.id} is taken by {other}"
            problems.append(Problem(Place(path), "R04", sentence))
        else:
            shelves[shelf][entry.id] = entry
    listed = _permalinks(permalinks)
    claims = Claims(shelves.pop("claims"))
    return (
        Archive(claims=claims, **shelves, permalinks=listed, broken=frozenset(broken), partial=tuple(partial)),
        problems,
    )


def _permalinks(content: bytes) -> Entry[Permalinks]:
    addresses = tuple(content.decode("ascii", "replace").splitlines())
    places: dict[Path, tuple[int, int]] = {("addresses", at): (at + 1, 1) for at in range(len(addresses))}
    document = Document(PERMALINKS, {"addresses": list(addresses)}, places)
    return Entry("permalinks", Permalinks(addresses=addresses), document)


def read_entry(file: SourceFile) -> Read:
    """The record in one file (what is left of it, or None), the field of `Archive` it belongs in, and its problems."""
    folder, shelf, model = next(((f, s, m) for f, s, m in _SHELVES if file.path.startswith(f)), ("", "", Record))
    form, ending = _FORMS.get(shelf, ("Markdown", ".md"))
    written = shelf not in _FORMS
    if not folder:
        return None, shelf, [Problem(Place(file.path), "R04", "only files below claims/ and content/ are records")]
    if not file.path.endswith(ending):
        sentence = f"{shown(_base(file.path))} is not a {form} file ({ending})"
        return None, shelf, [Problem(Place(file.path), "R04", sentence)]
    if written and _base(file.path) == "index.md":
        shelf, model = "pages", WrittenPage
    document, problems = (read_front_matter if written else read_yaml)(file)
    if document is None:
        return None, shelf, problems
    record, more = as_record(model, document)
    left = None
    if record is None or problems:
        left = mended(model, document)
        if left is None:
            return None, shelf, problems + more
        record, document = left.record, left.document
    id = file.path.removeprefix(_SHARED_NAMES[model]).rpartition(".")[0] if model in _SHARED_NAMES else id_of(file.path)
    return Entry(id, record, document, left), shelf, problems + more


def id_of(path: str) -> str:
    """The id of a record: the name of its file without the ending."""
    return posixpath.splitext(_base(path))[0]


def _base(path: str) -> str:
    return posixpath.basename(path)
