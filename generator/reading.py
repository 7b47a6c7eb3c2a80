"""The one strict reader of contributed YAML: claim files, event files and front matter.

It walks libyaml's *events* with a stack of its own, because composing or constructing hostile YAML can kill the process
(nested lists end in SIGSEGV), guesses types (`10:04` becomes 604, `no` becomes False) and silently keeps the last of two
equal keys. Here every scalar stays the text that was typed, every key and value keeps its line and column, each key
stands once, and anything that could mean something else to another program is a problem.
"""

from __future__ import annotations

import array
import dataclasses
import functools
import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import yaml

from generator.documents import COLUMN_BITS, Document, Guessed, Places, SourceFile, Value, containers, line_and_column
from generator.problems import Place, Problem, shown

#: A contributed file may not be larger; the longest honest claim so far is a tenth of it.
MAXIMUM_BYTES: Final = 256 * 1024
MAXIMUM_DEPTH: Final = 8
MAXIMUM_NODES: Final = 5_000

# What a reader of YAML 1.1 would turn into something that is not text (PyYAML's resolver, restated as one pattern).
_GUESSED = re.compile(
    r"""(?: [-+]?0b[01_]+ | [-+]?0x[0-9a-fA-F_]+ | [-+]?[0-9][0-9_]* | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
        | [-+]?(?:[0-9][0-9_]*)?\.[0-9_]+(?:[eE][-+]?[0-9]+)? | [-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?
        | [-+]?[0-9]+[eE][-+]?[0-9]+ | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
        | yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|y|Y|n|N
        | ~|null|Null|NULL )""",
    re.VERBOSE,
)

# Control characters (tab and line ends excepted), the line ends that only YAML 1.1 knows (a status can hide behind one in
# a comment), the byte order mark inside a text, bidi overrides and embeddings (they reorder what a reviewer sees),
# zero-width space, private use, tag characters, surrogates and non-characters. RLM, LRM, ZWNJ, ZWJ and isolates stay:
# Arabic needs them.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e\u200b\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
#: A character by its number or its name, as HTML and Markdown read it.
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_ISOLATES = {"\u2066": 1, "\u2067": 1, "\u2068": 1, "\u2069": -1}
_MAXIMUM_MARKS = 8
# Only a line with an isolate, or with a run of signs that are no letters, digits or spaces, is looked at letter by letter.
_LOOK_CLOSER = re.compile(rf"[\u2066-\u2069]|[^\w\s]{{{_MAXIMUM_MARKS + 1},}}")

#: The key under which the value of a repeated key waits to be dropped; no file can hold it.
_SECOND = "\0"


def read_yaml(file: SourceFile) -> tuple[Document | None, list[Problem]]:
    """The document in a YAML file, or None when it cannot be read at all, and what is wrong with it."""
    text, problems = _text(file)
    if text is None:
        return None, problems
    document, more = _read(file.path, text, first_line=1)
    return document, problems + more


def read_front_matter(file: SourceFile) -> tuple[Document | None, list[Problem]]:
    """The front matter of a Markdown file (between two lines of `---`) and the prose below it."""
    text, problems = _text(file)
    if text is None:
        return None, problems
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        sentence = "the file must begin with front matter: a line of ---, the fields, and another line of ---"
        return None, [*problems, Problem(Place(file.path), "Y02", sentence)]
    try:
        end = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    except StopIteration:
        sentence = "the front matter has no end: a second line of --- is missing"
        return None, [*problems, Problem(Place(file.path), "Y02", sentence)]
    document, more = _read(file.path, "\n".join(lines[1:end]) + "\n", first_line=2)
    if document is not None:
        prose = "\n".join(lines[end + 1 :])
        document = dataclasses.replace(document, prose=prose, prose_line=end + 2)
        more += _forbidden_references(file.path, text, len(text) - len(prose))
    return document, problems + more


def _text(file: SourceFile) -> tuple[str | None, list[Problem]]:
    """The text of a file, or None and the reason why it may not be read."""
    if len(file.content) > MAXIMUM_BYTES:
        sentence = f"the file is larger than {MAXIMUM_BYTES // 1024} KB"
        return None, [Problem(Place(file.path), "Y04", sentence)]
    try:
        text = file.content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = file.content[: error.start]
        place = Place(file.path, before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        return None, [Problem(place, "Y01", "the file is not UTF-8 text; save it as UTF-8")]
    text = text.removeprefix("\N{BYTE ORDER MARK}").replace("\r\n", "\n")
    problems = list(_forbidden_characters(file.path, text))
    return (None if problems else text), problems


def _forbidden_characters(path: str, text: str) -> Iterator[Problem]:
    for match in _FORBIDDEN.finditer(text):
        yield _forbidden(match[0], _place_of(path, text, match.start()))
    if "\r" in text:
        sentence = "a bare carriage return is not a line end here; save the file with ordinary line ends"
        yield Problem(_place_of(path, text, text.index("\r")), "Y01", sentence)
    yield from _unbalanced_text(path, text)


def _forbidden(letter: str, place: Place) -> Problem:
    name = unicodedata.name(letter, "a control character or a code that is not a letter")
    return Problem(place, "Y01", f"the character U+{ord(letter):04X} ({name.lower()}) is not allowed; delete it")


def _forbidden_references(path: str, text: str, begin: int) -> Iterator[Problem]:
    """What prose, which begins at this offset, says by HTML's names and numbers of characters (`&#8238;`)."""
    for match in _REFERENCE.finditer(text, begin):
        if found := _FORBIDDEN.search(html.unescape(match[0])):
            yield _forbidden(found[0], _place_of(path, text, match.start()))


def _unbalanced_text(path: str, text: str) -> Iterator[Problem]:
    """Isolates left open on a line, and letters buried under combining marks."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.isascii() or not _LOOK_CLOSER.search(line):
            continue
        depth = marks = 0
        for column, letter in enumerate(line, 1):
            if letter in _ISOLATES:
                depth += _ISOLATES[letter]
                if depth < 0:
                    break
            marks = marks + 1 if unicodedata.combining(letter) else 0
            if marks > _MAXIMUM_MARKS:
                sentence = f"more than {_MAXIMUM_MARKS} marks on one letter; is this text damaged?"
                yield Problem(Place(path, number, column), "Y01", sentence)
                break
        if depth:
            sentence = "a direction mark (U+2066 to U+2069) is opened and not closed on this line, or closed twice"
            yield Problem(Place(path, number), "Y01", sentence)


def _place_of(path: str, text: str, offset: int) -> Place:
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(path, text.count("\n", 0, offset) + 1, offset - line_start + 1)


@dataclasses.dataclass(slots=True)
class _Open:
    """A mapping or a list that the walk is inside of.

    Attributes:
        mark: where it begins; for the value of a key, where the key stands.
        key: the key whose value comes next; None in a list, and before a key.
        kept: how many marks to keep when the value of a repeated key is dropped; None otherwise.
    """

    value: dict[str, Value] | list[Value]
    mark: int
    key: str | None = None
    kept: int | None = None


class _Refused(Exception):
    """The walk cannot go on; carries the problem. Never leaves this module."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _read(path: str, text: str, first_line: int) -> tuple[Document | None, list[Problem]]:
    walk = _Walk(path, first_line, escapes="\\" in text)
    try:
        walk.through(yaml.CSafeLoader(text))
    except _Refused as refused:
        return None, [*walk.problems, refused.problem]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(path, mark.line + first_line, mark.column + 1) if mark else Place(path, first_line)
        return None, [*walk.problems, Problem(place, "Y02", f"this is not YAML: {_explained(error)}")]
    except yaml.YAMLError:  # a ReaderError: has no mark, and our own character check has named the place already
        return None, [*walk.problems, Problem(Place(path, first_line), "Y02", "this is not YAML")]
    if not isinstance(walk.root, dict):
        sentence = "the file must hold fields, one `name: value` a line"
        return None, [*walk.problems, Problem(Place(path, first_line), "Y02", sentence)]
    marks = array.array("Q", walk.marks).tobytes()
    return Document(path, walk.root, Places(walk.root, marks), Places(walk.root, marks, keys=True)), walk.problems


def _explained(error: yaml.MarkedYAMLError) -> str:
    said = " ".join(part for part in (error.context, error.problem) if part)
    if "mapping values are not allowed" in said:
        said += " (a colon followed by a space inside a value needs quotes around the value)"
    elif "could not find expected ':'" in said:
        said += " (is a colon missing after the field's name, or is a line of a longer text not indented?)"
    elif "found character that cannot start any token" in said:
        said += " (indent with spaces, not tabs; put values that begin with @ or ` in quotes)"
    return said


@functools.lru_cache(maxsize=20_000)
def _once(text: str) -> str:
    """The text, the same object each time: what thousands of files have in common is held once, and kept once a pack."""
    return text


class _Walk:
    """Builds plain values from YAML events and remembers where everything stood.

    Args:
        escapes: whether characters may be written as escapes (`\\u202e`), behind which they pass the look at the text.
    """

    def __init__(self, path: str, first_line: int, escapes: bool) -> None:
        self.path = path
        self.first_line = first_line
        self._escapes = escapes
        self.problems: list[Problem] = []
        self.marks: list[int] = []
        self.root: Value | None = None
        self._open: list[_Open] = []
        self._documents = 0

    def through(self, parser: Any) -> None:
        """Walk through all events of a parser; raises `_Refused` when the walk cannot go on.

        Most events of an archive are plain values: they are told apart by their exact class, and asked for no more
        than needed.
        """
        nodes = 0
        while True:
            event = parser.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                nodes += 1
                if event.anchor is not None or event.tag is not None:
                    self._refuse_extras(event)
                self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                nodes += 1
                self._refuse_extras(event)
                self._begin(event, {} if kind is yaml.MappingStartEvent else [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._end()
            elif kind is yaml.StreamEndEvent:
                return
            elif kind is yaml.AliasEvent:
                raise self._refused(event, "Y03", "aliases (*name) are not allowed; write the value out")
            elif kind is yaml.DocumentStartEvent:
                self._documents += 1
                if self._documents > 1:
                    raise self._refused(event, "Y03", "a second document (after ---) is not allowed in one file")
                if event.version or event.tags:
                    raise self._refused(event, "Y03", "directives (%YAML, %TAG) are not allowed")
            if nodes > MAXIMUM_NODES:
                raise self._refused(event, "Y04", f"more than {MAXIMUM_NODES} values in one file")

    def _scalar(self, event: Any) -> None:
        text = event.value
        if self._escapes and event.style == '"':
            for problem in _forbidden_characters(self.path, text):
                self._problem(event, problem.rule, problem.sentence)
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        mark = event.start_mark
        place = (mark.line + self.first_line) << COLUMN_BITS | mark.column + 1
        parent = self._open[-1] if self._open else None
        if parent is not None and parent.key is None and type(parent.value) is dict:
            self._key(parent, text, place, event)
            return
        if not event.style and (not text or _GUESSED.fullmatch(text)):
            text = Guessed(text)
            if not text:
                self._problem(event, "Y03", "this field has no value; leave the field out")
        else:
            text = _once(text)
        # A scalar's problem is shown on the value; a list's or mapping's on its key, which stands above it.
        self.marks.append(place)
        if parent is None:
            self.root = text
        elif parent.key is None:
            parent.value.append(text)  # type: ignore[union-attr]  # without a key it is a list
        else:
            parent.value[parent.key] = text  # type: ignore[call-overload]  # with a key it is a mapping
            parent.key = None
            if parent.kept is not None:
                self._drop(parent)

    def _key(self, parent: _Open, key: str, place: int, event: Any) -> None:
        key = _once(key)
        if key == "<<":
            raise self._refused(event, "Y03", "merge keys (<<) are not allowed; write the fields out")
        if key in parent.value:
            line = self._first_line_of(parent, key)
            self._problem(event, "R06", f"{shown(key)} stands twice; the first is on line {line}. Keep one")
            parent.key, parent.kept = _SECOND, len(self.marks)
        else:
            parent.key = key
        self.marks.append(place)

    def _first_line_of(self, parent: _Open, key: str) -> int:
        """The line on which a key of an open mapping stands."""
        assert isinstance(self.root, dict | list)
        paths = {id(self.root): ()} | {id(value): path for path, value in containers(self.root)}
        return Places(self.root, array.array("Q", self.marks).tobytes(), keys=True)[(*paths[id(parent.value)], key)][0]

    def _drop(self, parent: _Open) -> None:
        """Forget the value of a repeated key."""
        assert isinstance(parent.value, dict)
        del parent.value[_SECOND]
        del self.marks[parent.kept :]
        parent.kept = None

    def _begin(self, event: Any, value: dict[str, Value] | list[Value]) -> None:
        mark = event.start_mark
        place = (mark.line + self.first_line) << COLUMN_BITS | mark.column + 1
        parent = self._open[-1] if self._open else None
        if parent is not None and parent.key is None and isinstance(parent.value, dict):
            raise self._refused(event, "Y03", "a field's name must be a word, not a list or a mapping")
        if len(self._open) >= MAXIMUM_DEPTH:
            raise self._refused(event, "Y04", f"nested deeper than {MAXIMUM_DEPTH} levels")
        if parent is None:
            self.root = value
            self.marks.append(place)
        elif isinstance(parent.value, dict):
            assert parent.key is not None
            parent.value[parent.key] = value
            place = self.marks[-1]
        else:
            parent.value.append(value)
            self.marks.append(place)
        self._open.append(_Open(value, place))

    def _end(self) -> None:
        closed = self._open.pop()
        if not closed.value:
            self._problem_at(line_and_column(closed.mark), "Y03", "this is empty; leave the field out")
        parent = self._open[-1] if self._open else None
        if parent is not None and parent.key is not None:
            parent.key = None
            if parent.kept is not None:
                self._drop(parent)

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor:
            raise self._refused(event, "Y03", "anchors (&name) are not allowed; write the value where it is needed")
        if event.tag is not None and event.tag != "!":
            raise self._refused(event, "Y03", "tags (!name) are not allowed; every value is text")

    def _mark(self, event: Any) -> tuple[int, int]:
        return event.start_mark.line + self.first_line, event.start_mark.column + 1

    def _problem(self, event: Any, rule: str, sentence: str) -> None:
        self._problem_at(self._mark(event), rule, sentence)

    def _problem_at(self, place: tuple[int, int], rule: str, sentence: str) -> None:
        self.problems.append(Problem(Place(self.path, *place), rule, sentence))

    def _refused(self, event: Any, rule: str, sentence: str) -> _Refused:
        return _Refused(Problem(Place(self.path, *self._mark(event)), rule, sentence))
