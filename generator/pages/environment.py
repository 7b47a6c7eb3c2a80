"""The one Jinja environment. A template prints what it is given; a missing value is an error of ours."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from types import CodeType
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.nodes import Getattr
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from generator.analysis.sentences import spoken_date, spoken_moment
from generator.archive import Archive
from generator.pages import words
from generator.records.vocabulary import Dimension, Status

#: Stand for the ends of a mark until everything else is escaped; no character has these codes.
_MARK, _MARKED = "\ufdd0", "\ufdd1"


def quoted(text: str, marks: Sequence[tuple[int, int]] = ()) -> Markup:
    """The one door for other people's words: everything escaped, paragraphs and line ends kept, nothing interpreted.

    Args:
        marks: parts of the text that are to be marked, in their order.
    """
    text = _with_marks(text, marks)
    paragraphs = [paragraph for paragraph in text.replace("\r\n", "\n").split("\n\n") if paragraph.strip()]
    lines = (str(escape(paragraph.strip("\n"))).replace("\n", "<br>\n") for paragraph in paragraphs)
    html = "".join(f"<p>{line}</p>" for line in lines)
    return made_here(html.replace(_MARK, "<mark>").replace(_MARKED, "</mark>") if marks else html)


def _with_marks(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """The text with signs around its marked parts; a part that goes on in the next line is marked in both."""
    if not marks:
        return text
    text = text.replace(_MARK, "\N{REPLACEMENT CHARACTER}").replace(_MARKED, "\N{REPLACEMENT CHARACTER}")
    pieces, end = [], 0
    for first, last in marks:
        lines = re.sub(r"[^\r\n]+", rf"{_MARK}\g<0>{_MARKED}", text[first:last])
        pieces += [text[end:first], lines]
        end = last
    return "".join([*pieces, text[end:]])


_RIGHT_TO_LEFT = frozenset(("ar", "fa", "ur", "he", "ckb", "ps"))


#: A run of Arabic words in a text of ours: letters and marks of the script, with what stands between them.
_ARABIC_LETTERS = r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]+"
_ARABIC_RUN = re.compile(rf"{_ARABIC_LETTERS}(?:[\s\u200c-\u200f-]+{_ARABIC_LETTERS})*")


def isolated(text: str) -> Markup:
    """A text of ours with its Arabic marked and kept from reordering what stands around it."""
    return made_here(_ARABIC_RUN.sub(lambda run: f'<bdi lang="ar" dir="rtl">{run[0]}</bdi>', str(escape(text))))


def direction(language: str) -> str:
    """The direction in which a language is written, for a `dir` attribute."""
    return "rtl" if language.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT and "-Latn" not in language else "ltr"


_LANGUAGES = {
    "ar": "Arabic",
    "en": "English",
    "fr": "French",
    "fa": "Persian",
    "ja": "Japanese",
    "id": "Indonesian",
    "he": "Hebrew",
    "it": "Italian",
    "ar-Latn": "Arabic, transliterated",
}


def language_name(tag: str) -> str:
    """The English name of a language, or its tag."""
    return _LANGUAGES.get(tag, tag)


def capitalised(text: str) -> str:
    """A sentence's first letter made large; the rest as it is."""
    return text[:1].upper() + text[1:]


def stopped(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def agent_name(id: str, archive: Archive) -> str:
    """The English name of a facade or organisation."""
    return archive.name_of(id)


_INDENT = re.compile(r"(?<=\n)[ \t]+")


class _Unindented(Extension):
    """Templates are indented for those who read them; a page would carry half a kilobyte of it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template, its lines from the first column on."""
        return _INDENT.sub("", source)


def escaped(value: Any) -> str:
    """What `escape` gives, at speed: most of what a template prints is escaped already, or holds nothing to escape."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is str and not (
        "&" in value or "<" in value or ">" in value or '"' in value or "'" in value  # faster than a pattern
    ):
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int or kind is float else escape(value)


class _Template(Template):
    """A template that escapes at speed, and whose globals are a plain dictionary, copied for each page."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """A template of compiled code."""
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = escaped
        made.globals = dict(made.globals)
        return made

    def filled(self, values: Mapping[str, Any]) -> str:
        """What `render` gives, without the context knowing which of its values are globals: nobody imports with them."""
        known = {**self.globals, **values}
        try:
            return "".join(self.root_render_func(_Context(self.environment, known, self.name or "", self.blocks)))
        except Exception:  # noqa: BLE001 (it is raised again, with the lines of the template)
            self.environment.handle_exception()


class _Context(Context):
    """Calls what a template calls without asking what it wants to be given: only macros want anything."""

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        """Call something; what it should see of loops and blocks is for functions that are given the context."""
        return called(self.eval_ctx, *args, **named) if type(called) is Macro else called(*args, **named)


class _CodeGenerator(CodeGenerator):
    """Reads attributes as Python does; what is missing is an error at once."""

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 (the name is Jinja's)
        """Write the reading of an attribute."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class _Environment(Environment):
    """An environment in which a template is found by its name alone."""

    template_class = _Template
    context_class = _Context
    code_generator_class = _CodeGenerator

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._loaded: dict[str | Template, Template] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """A template, loaded once."""
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent, globals)
        return found


@functools.cache
def environment() -> Environment:
    """The environment of all templates of the generator."""
    made = _Environment(
        loader=PackageLoader("generator", "templates"),
        extensions=[_Unindented],
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "quoted": quoted,
        "direction": direction,
        "language": language_name,
        "spoken": spoken_date,
        "moment": spoken_moment,
        "machine_moment": words.machine_moment,
        "followed": words.followed,
        "address": words.address_shown,
        "host": words.host,
        "archive_lookup": words.archive_lookup,
        "origins": words.event_origins,
        "isolated": isolated,
        "title_language": words.title_language,
        "capitalised": capitalised,
        "stopped": stopped,
        "agent_name": agent_name,
    }
    made.filters.update(filters)
    made.globals.update(statuses=tuple(Status), dimensions=tuple(Dimension), date_or_note=words.date_or_note)
    return made


def template(name: str) -> _Template:
    """A template by name, compiled once."""
    found = environment().get_template(name)
    assert isinstance(found, _Template)
    return found


def made_here(html: str) -> Markup:
    """HTML that our own code made, marked as such; contributed text never passes here."""
    return Markup(html)  # noqa: S704 (the only place)


#: Where there is nothing to print.
EMPTY: Final = made_here("")


def printed(name: str, **values: object) -> Markup:
    """A template filled in; every value was escaped on the way."""
    return made_here(template(name).filled(values))


__all__ = ["environment", "escape", "made_here", "printed", "quoted", "template"]
