"""What written pages may hold besides Markdown: links to records, and embeds. One grammar for checks and rendering.

`[text](claim:ID)`, and likewise `facade:`, `organisation:`, `term:`, `report:`, `page:` and `source:` (a source of the
same file), link to records. A paragraph that is `[[claim ID]]` or `[[statuses]]` is an embed.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Final

LINK: Final = re.compile(r"\]\(\s*<?(?P<kind>claim|facade|organisation|term|report|page|source):(?P<id>[^)\s>#]*)(?:#[^)\s>]*)?>?")
EMBED: Final = re.compile(r"^\[\[\s*(?P<kind>[a-z-]+)(?:\s+(?P<id>[a-z0-9-]+))?\s*\]\]\s*$")
#: Embeds that name a record, and embeds that the generator makes of everything it knows.
RECORD_EMBEDS: Final = frozenset({"claim", "quote"})
MADE_EMBEDS: Final = frozenset(
    "statuses dimensions verdicts rules claim-fields facade-fields latest-changes overview corrections".split()
)
_FENCE: Final = re.compile(r"^\s{0,3}(```|~~~)")


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """A link or embed in prose: what kind, which id, and on which line and column of the prose (from 0 and 1)."""

    kind: str
    id: str
    line: int
    column: int
    embed: bool


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
    """Every link to a record and every embed in prose."""
    for number, line in lines_outside_code(prose):
        if match := EMBED.match(line):
            yield Mention(match["kind"], match["id"] or "", number, 1, embed=True)
        for match in LINK.finditer(line):
            yield Mention(match["kind"], match["id"], number, match.start() + 1, embed=False)
