"""The archive: all records read together, and questions about them that need no judgment."""

from __future__ import annotations

import dataclasses
import functools
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from generator.documents import Document, Path, SourceFile
from generator.problems import Place, Problem, shown
from generator.reading import read_front_matter, read_yaml
from generator.records.claim import Claim
from generator.records.dates import EdtfDate
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
from generator.records.vocabulary import Visibility

T = TypeVar("T", bound=Record)
R = TypeVar("R")

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

    def place(self, *path: str | int) -> Place:
        """Where a field of the record stands in its file."""
        return self.document.place(path)


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
    permalinks: Entry[Permalinks] = dataclasses.field(default_factory=lambda: _permalinks(SourceFile(PERMALINKS, b"")))
    broken: frozenset[str] = frozenset()
    partial: tuple[Entry[Any], ...] = ()

    @functools.cached_property
    def claims_in_order(self) -> tuple[Entry[Claim], ...]:
        """All published claims by date, time and id, oldest first."""
        return tuple(
            sorted(
                (entry for entry in self.claims.values() if entry.record.visibility is not Visibility.WITHHELD),
                key=_when_published,
            )
        )

    @functools.cached_property
    def listed_claims(self) -> tuple[Entry[Claim], ...]:
        """The claims that lists, feeds, charts and search may show, oldest first."""
        return tuple(
            entry
            for entry in self.claims_in_order
            if entry.record.visibility is Visibility.LISTED and entry.record.tombstone is None
        )

    @functools.cached_property
    def _claims_by_facade(self) -> Mapping[str, tuple[Entry[Claim], ...]]:
        return _grouped(self.listed_claims, lambda claim: claim.record.facade)

    @functools.cached_property
    def _claims_by_day(self) -> Mapping[tuple[str, str], tuple[Entry[Claim], ...]]:
        groups: dict[tuple[str, str], list[Entry[Claim]]] = defaultdict(list)
        for entry in self.listed_claims:
            for facade in entry.record.facade:
                groups[facade, entry.record.date].append(entry)
        return {key: tuple(group) for key, group in groups.items()}

    @functools.cached_property
    def _claims_by_event(self) -> Mapping[str, tuple[Entry[Claim], ...]]:
        return _grouped(
            self.claims_in_order,
            lambda claim: sorted({assertion.event for assertion in claim.record.asserts if assertion.event}),
        )

    @functools.cached_property
    def _posted_by(self) -> Mapping[str, tuple[Entry[Claim], ...]]:
        return _grouped(
            self.listed_claims,
            lambda claim: sorted({post.by for post in claim.record.propagation} - set(claim.record.facade)),
        )

    @functools.cached_property
    def _position(self) -> Mapping[str, int]:
        return {entry.id: position for position, entry in enumerate(self.listed_claims)}

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
        return self._claims_by_facade.get(facade, ())

    def claims_on(self, facade: str, date: EdtfDate) -> tuple[Entry[Claim], ...]:
        """The listed claims issued in a facade's name on a date, as it is written."""
        return self._claims_by_day.get((facade, date), ())

    def claims_carried_by(self, poster: str) -> tuple[Entry[Claim], ...]:
        """The listed claims of others that a facade or organisation posted about, oldest first."""
        return self._posted_by.get(poster, ())

    def claims_about(self, event: str) -> tuple[Entry[Claim], ...]:
        """The claims that assert an event, oldest first."""
        return self._claims_by_event.get(event, ())

    def facades_attributed_to(self, organisation: str) -> tuple[Entry[Facade], ...]:
        """The facades that somebody attributes to an organisation."""
        return self._attributed_to.get(organisation, ())

    def before(self, claim: str) -> Entry[Claim] | None:
        """The listed claim before this one in time, of any facade."""
        position = self._position.get(claim)
        return self.listed_claims[position - 1] if position else None

    def after(self, claim: str) -> Entry[Claim] | None:
        """The listed claim after this one in time, of any facade."""
        position = self._position.get(claim)
        if position is None or position + 1 == len(self.listed_claims):
            return None
        return self.listed_claims[position + 1]

    def agent(self, id: str) -> Entry[Facade] | Entry[Organisation] | None:
        """The facade or organisation of this id."""
        return self.facades.get(id) or self.organisations.get(id)

    def name_of(self, id: str) -> str:
        """The English name of a facade or organisation, or the text itself: publishers may be plain names."""
        agent = self.agent(id)
        return agent.record.name.en if agent else id


def _when_published(entry: Entry[Claim]) -> tuple[object, ...]:
    claim = entry.record
    return claim.date.earliest, claim.time or "", entry.id


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


#: What one file says: its record (what is left of it, or None), the field of `Archive` it belongs in, its problems.
Read = tuple[Entry[Any] | None, str, list[Problem]]


def read_archive(
    files: Iterable[SourceFile], read: Callable[[SourceFile], Read] | None = None
) -> tuple[Archive, list[Problem]]:
    """The archive in these files, and everything that is wrong with single files.

    A file that cannot be read, or whose record is not valid, is left out; its problems say why.

    Args:
        read: gives what `read_entry` gives, where that is known already.
    """
    read = read or read_entry
    shelves: dict[str, dict[str, Entry[Any]]] = {name: {} for _, name, _ in _SHELVES}
    broken: set[str] = set()
    partial: list[Entry[Any]] = []
    problems: list[Problem] = []
    permalinks = SourceFile(PERMALINKS, b"")
    for file in sorted(files, key=lambda file: file.path):
        if file.path in _NO_RECORDS:
            permalinks = file if file.path == PERMALINKS else permalinks
            continue
        entry, shelf, found = read(file)
        problems += found
        if entry is None or not entry.whole:
            broken.add(id_of(file.path))
            partial += [entry] if entry else []
        elif entry.id in shelves[shelf]:
            other = shelves[shelf][entry.id].path
            sentence = f"the file name is the id: {entry.id} is taken by {other}"
            problems.append(Problem(Place(file.path), "R04", sentence))
        else:
            shelves[shelf][entry.id] = entry
    listed = _permalinks(permalinks)
    return Archive(**shelves, permalinks=listed, broken=frozenset(broken), partial=tuple(partial)), problems


def _permalinks(file: SourceFile) -> Entry[Permalinks]:
    addresses = tuple(file.content.decode("ascii", "replace").splitlines())
    places: dict[Path, tuple[int, int]] = {("addresses", at): (at + 1, 1) for at in range(len(addresses))}
    document = Document(file.path, {"addresses": list(addresses)}, places)
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
