"""The frame that MkDocs made once, split at its slots, and filled ten thousand times.

It works on built HTML, so frames made by another builder serve as well. A shell is a whole page of the theme in which
the values of one record are slot markers: `{slot:title}`, `{slot:description}`, `{slot:edit}` where text stands,
`<!--slot:head-->`, `<!--slot:body-->` where elements stand, and the path segments `slot-id` and `slot-version` in its
own address.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from html import escape
from typing import Final

from generator.html import with_policy

#: The id under which MkDocs renders a shell; the record's own id takes its place in every address.
SHELL_ID: Final = "slot-id"
#: The same for the version, in the shell of an earlier version.
SHELL_VERSION: Final = "slot-version"
_SLOT: Final = re.compile(r"\{slot:(?P<text>[a-z]+)\}|<!--slot:(?P<part>[a-z]+)-->|slot-(?P<name>id|version)")
#: Lines of templates between elements: a kilobyte that every filled page would carry.
_INDENT: Final = re.compile(r"(?<=>)\s*\n\s*(?=<)")


@dataclasses.dataclass(frozen=True, slots=True)
class Shell:
    """A split frame: `pieces[0]`, slot 0, `pieces[1]`, slot 1, …, the last piece."""

    pieces: tuple[str, ...]
    slots: tuple[str, ...]

    def filled(self, texts: Mapping[str, str], parts: Mapping[str, str]) -> str:
        """The page. Texts are escaped here; parts are HTML that templates made. A slot without a value is empty.

        Args:
            texts: values of text slots, `id`, and `version` where the shell has one.
            parts: HTML of part slots.
        """
        escaped = {name: escape(value, quote=True) for name, value in texts.items()}
        values = {**{f"text:{name}": value for name, value in escaped.items()}, **parts}
        out = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            out.append(values.get(slot, ""))
            out.append(piece)
        return "".join(out)


def split(html: str) -> Shell:
    """The shell in a built page, with the security policy of its own scripts put in first."""
    html = with_policy(_INDENT.sub("\n", html))  # the policy last: it names the hashes of scripts as they are sent
    pieces: list[str] = []
    slots: list[str] = []
    end = 0
    for match in _SLOT.finditer(html):
        pieces.append(html[end : match.start()])
        slots.append(match["part"] or f"text:{match['text'] or match['name']}")
        end = match.end()
    return Shell((*pieces, html[end:]), tuple(slots))


@dataclasses.dataclass(frozen=True, slots=True)
class Frame:
    """A written page as MkDocs made it, its derived parts still slots.

    Attributes:
        prose: rendered and made safe, its links and embeds as they were typed.
    """

    html: str
    prose: str

    def filled(self, parts: Mapping[str, str]) -> str:
        """The page, with its security policy; a slot of which nothing is to be said is removed."""
        return with_policy(re.sub(r"<!--slot:([a-z]+)-->", lambda match: parts.get(match[1], ""), self.html))
