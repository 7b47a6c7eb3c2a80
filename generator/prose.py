"""What written pages may hold besides Markdown: links to records, and embeds. One grammar for checks and rendering.

`[text](claim:ID)`, and likewise `facade:`, `organisation:`, `term:`, `report:`, `event:`, `page:` and `source:` (a source of the
same file), link to records. An embed is a name in double square brackets, then words and `key=value` pairs:
`[[claim ID]]`, `[[statuses]]`, `[[count claims facade=ID year=2023]]`, `[[share claims words=held among year=2023]]`.
Which names there are, and what each may be given, is said in `analysis/figures.py`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Final

LINK: Final = re.compile(
    r"\]\(\s*<?(?P<kind>claim|facade|organisation|term|report|event|page|source):(?P<id>[^)\s>#]*)(?:#[^)\s>]*)?>?"
)
#: Nothing that is markup in Markdown or in HTML stands between the brackets, so an embed passes through both unchanged.
EMBED: Final = re.compile(r"\[\[(?P<words>[^\[\]\n<>]*)\]\](?!\()")
#: The word that begins what a share is a share of.
AMONG: Final = "among"
_ARGUMENT: Final = re.compile(r"(?:(?P<key>[a-z][a-z-]*)=)?(?P<value>[^\W_](?:[^\W_]|[,.-])*)")
_OPENING: Final = re.compile(r"(?<!\\)\[\[")
_FENCE: Final = re.compile(r"^\s{0,3}(```|~~~)")
_HEADING: Final = re.compile(r"\s{0,3}#")
_UNDERLINE: Final = re.compile(r"\s{0,3}(?:=+|-+)\s*$")
_QUOTATION: Final = re.compile(r"\s{0,3}>")


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """A link to a record in prose: its kind and id, and on which line and column of the prose (from 0 and 1)."""

    kind: str
    id: str
    line: int
    column: int


@dataclasses.dataclass(frozen=True, slots=True)
class Argument:
    """One word of an embed; `key` is empty for a bare one. The column counts from 1 at the opening bracket."""

    key: str
    value: str
    column: int

    @property
    def values(self) -> tuple[str, ...]:
        """The alternatives that the value names: `a,b` is either."""
        return tuple(self.value.split(","))


@dataclasses.dataclass(frozen=True, slots=True)
class Embed:
    """An embed as typed.

    Attributes:
        name: its first word.
        words: the bare words after it.
        given: the pairs, in the order typed.
        among: the pairs after `among`; None where the word is not there.
    """

    name: str
    words: tuple[Argument, ...] = ()
    given: tuple[Argument, ...] = ()
    among: tuple[Argument, ...] | None = None

    @property
    def subject(self) -> str:
        """The first bare word after the name, or nothing."""
        return self.words[0].value if self.words else ""

    def get(self, key: str) -> str:
        """The value of a pair, or nothing."""
        return next((argument.value for argument in self.given if argument.key == key), "")

    @property
    def pairs(self) -> Mapping[str, str]:
        """The values of the pairs by key."""
        return {argument.key: argument.value for argument in self.given}


def parsed(words: str, column: int = 1) -> Embed | None:
    """The embed that stands between double brackets, or None when these words are none.

    Args:
        column: where the words begin.
    """
    arguments = []
    for word in re.finditer(r"[^ ]+", words):
        match = _ARGUMENT.fullmatch(word[0])
        if match is None:
            return None
        arguments.append(Argument(match["key"] or "", match["value"], column + word.start()))
    if not arguments or arguments[0].key:
        return None
    rest = arguments[1:]
    at = next((at for at, argument in enumerate(rest) if (argument.key, argument.value) == ("", AMONG)), None)
    among = None if at is None else tuple(rest[at + 1 :])
    rest = rest[:at]
    return Embed(
        arguments[0].value,
        tuple(argument for argument in rest if not argument.key),
        tuple(argument for argument in rest if argument.key),
        among,
    )


@dataclasses.dataclass(frozen=True, slots=True)
class PlacedEmbed:
    """What stands in double brackets in prose, and where.

    Attributes:
        embed: None when the words are no embed.
        line: from 0.
        column: of the opening bracket, from 1.
        alone: whether it is a paragraph of its own.
        closed: what it stands in that takes no embed (`a heading`, `a quotation`), or nothing.
    """

    embed: Embed | None
    line: int
    column: int
    alone: bool
    closed: str = ""


def lines_outside_code(prose: str) -> Iterator[tuple[int, str]]:
    """The lines of prose that are not inside fenced code, with their number from 0; inline code is blanked."""
    fence = ""
    for number, line in enumerate(prose.split("\n")):
        match = _FENCE.match(line)
        if match:
            fence = "" if fence == match[1] else fence or match[1]
        elif not fence:
            yield number, re.sub(r"(`+).*?\1", lambda code: " " * len(code[0]), line)


def mentions(prose: str) -> Iterator[Mention]:
    """Every link to a record in prose."""
    for number, line in lines_outside_code(prose):
        for match in LINK.finditer(line):
            yield Mention(match["kind"], match["id"], number, match.start() + 1)


def embeds(prose: str) -> Iterator[PlacedEmbed]:
    """Everything in double brackets in prose, outside code."""
    lines = dict(lines_outside_code(prose))
    quotation = False
    for number, line in lines.items():
        before, after = lines.get(number - 1, ""), lines.get(number + 1, "")
        # A quotation goes on until an empty line, whether or not each line begins with its sign.
        quotation = bool(_QUOTATION.match(line)) or (quotation and bool(line.strip()))
        closed = "a quotation" if quotation else ""
        if _HEADING.match(line) or (line.strip() and _UNDERLINE.match(after)):
            closed = "a heading"
        found = {match.start(): match for match in EMBED.finditer(line)}
        alone = len(found) == 1 and line.startswith("[[") and not (before.strip() or after.strip())
        for opening in _OPENING.finditer(line):
            # Of three brackets in a row, the outer one begins a link and the two inner ones the embed.
            match = found.get(opening.start()) or found.get(opening.start() + 1)
            at = match.start() if match else opening.start()
            embed = parsed(match["words"], match.start("words") - at + 1) if match else None
            whole = match is not None and line.rstrip() == match[0]
            yield PlacedEmbed(embed, number, at + 1, alone and whole, closed)
