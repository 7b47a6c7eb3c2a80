"""Glossary terms found in running text and made links with a tooltip, each once a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from generator.archive import Entry
from generator.records.term import Term

# Inside these nothing is linked: links, code, headings, and other people's words.
_CLOSED: Final = frozenset(
    "a abbr blockquote button code dt figcaption h1 h2 h3 h4 h5 h6 kbd pre script style svg th title".split()
)
_VOID: Final = frozenset("area base br col hr img input link meta source track wbr".split())
_TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>|<!--.*?-->", re.DOTALL
)


class Glossary:
    """All terms of the archive, ready to be found in text."""

    def __init__(self, terms: Mapping[str, Entry[Term]], names: Iterable[str] = ()) -> None:
        """Make the terms ready.

        Args:
            names: names that hold a term and are none, such as the site's own.
        """
        self._ids: dict[str, str] = {}
        for id, entry in sorted(terms.items()):
            for word in (_plain(entry.record.name), *entry.record.aliases):
                self._ids.setdefault(_key(word), id)
        self._short = {id: entry.record.short for id, entry in terms.items()}
        words = sorted((*self._ids, *map(_key, names)), key=len, reverse=True)
        pattern = "|".join(re.escape(escape(word, quote=False)).replace(r"\ ", r"\s+") for word in words)
        self._pattern = re.compile(rf"(?<![\w-])(?:{pattern})(?:e?s)?(?![\w-])", re.IGNORECASE) if words else None

    def linked(self, html: str, root: str, seen: set[str], own: Iterable[str] = ()) -> str:
        """HTML with the first mention of every term made a link with a tooltip.

        Args:
            root: relative prefix of the site's top, such as `../../`.
            seen: ids linked on this page already; added to.
            own: ids of terms that the page itself defines.
        """
        if self._pattern is None:
            return html
        skip = set(own)
        out: list[str] = []
        closed: list[str] = []
        end = 0
        for tag in _TAG.finditer(html):
            out.append(self._text(html[end : tag.start()], root, seen, skip) if not closed else html[end : tag.start()])
            out.append(tag[0])
            end = tag.end()
            name = (tag["name"] or "").lower()
            if name in _CLOSED and name not in _VOID:
                if not tag["end"]:
                    closed.append(name)
                elif closed and name in closed:
                    while closed.pop() != name:
                        pass
        out.append(html[end:] if closed else self._text(html[end:], root, seen, skip))
        return "".join(out)

    def _text(self, text: str, root: str, seen: set[str], skip: set[str]) -> str:
        assert self._pattern is not None

        def link(match: re.Match[str]) -> str:
            id = self._id_of(match[0])
            if id is None or id in seen or id in skip:
                return match[0]
            seen.add(id)
            tip = escape(self._short[id], quote=True)
            return f'<a class="term" href="{root}glossary/{id}/" data-tip="{tip}">{match[0]}</a>'

        return self._pattern.sub(link, text)

    def _id_of(self, found: str) -> str | None:
        key = _key(found)
        for candidate in (key, key.removesuffix("s"), key.removesuffix("es")):
            if candidate in self._ids:
                return self._ids[candidate]
        return None


def _key(word: str) -> str:
    return " ".join(word.casefold().split())


def _plain(name: str) -> str:
    """A term's name without what stands in parentheses after it: `Muqawama (“resistance”)` is found as `Muqawama`."""
    return re.sub(r"\s*\(.*\)\s*$", "", name)
