"""The same claim pages by Hugo: templates made from our own pages, so that frame and text are the same by construction.

Our built pages are cut at their tags and attribute values. Pages of the same shape (the same tags in the same order)
share a template in which everything that differs from page to page is a variable; a variable that is a field of the
claim is read from the claim's own YAML, which is the page's front matter, and the rest (what we worked out) stands in
the front matter beside it, each value once. So Hugo reads the same data, works nothing out, and its templates have no
loop and no condition: less than any real Hugo site of these pages would have to do.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

_CUT = re.compile(r'(<!--.*?-->|<[a-zA-Z/!][^\s>]*|\s[a-zA-Z:_-]+="|"(?=[\s>/])|/?>)', re.DOTALL)


def project(folder: Path, claims: Sequence[Path], site: Path) -> int:
    """Write a Hugo project for these claims; how many templates it took.

    Args:
        folder: an empty folder.
        claims: claim files.
        site: our built site, with a page for each.
    """
    shapes: dict[tuple[str, ...], list[tuple[Path, list[str]]]] = defaultdict(list)
    for path in claims:
        pieces = _CUT.split((site / "claims" / path.stem / "index.html").read_text(encoding="utf-8"))
        shapes[tuple(pieces[1::2])].append((path, pieces[0::2]))
    layouts = folder / "layouts" / "claims"
    layouts.mkdir(parents=True)
    (folder / "content" / "claims").mkdir(parents=True)
    (folder / "hugo.toml").write_text(_SETTINGS)
    for number, (tags, pages) in enumerate(shapes.items()):
        texts = [yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) for path, _ in pages]
        columns = list(zip(*(values for _, values in pages), strict=True))
        fields = _fields_in_common(texts)
        shown: dict[tuple[str, ...], int] = {}
        template = []
        for at, column in enumerate(columns):
            template.append(_printed(column, fields, shown) if len(set(column)) > 1 else _literal(column[0]))
            if at < len(tags):
                template.append(_literal(tags[at]))
        (layouts / f"shape{number}.html").write_text("".join(template), encoding="utf-8")
        for at, (path, _) in enumerate(pages):
            values = [html.unescape(column[at]) for column in shown]
            matter = path.read_text(encoding="utf-8").replace("\ntitle:", "\ntitle:", 1)
            head = f"---\nlayout: shape{number}\nshown: {json.dumps(values, ensure_ascii=False)}\n"
            (folder / "content" / "claims" / f"{path.stem}.md").write_text(f"{head}{matter}---\n", encoding="utf-8")
    return len(shapes)


def _literal(text: str) -> str:
    return text.replace("{{", '{{ "{{" }}')


def _printed(column: tuple[str, ...], fields: dict[tuple[str, ...], str], shown: dict[tuple[str, ...], int]) -> str:
    plain = tuple(html.unescape(value) for value in column)
    if plain in fields:
        return f"{{{{ {fields[plain]} }}}}"
    return f"{{{{ index .Params.shown {shown.setdefault(column, len(shown))} | safeHTML }}}}"


def _fields_in_common(texts: list[object]) -> dict[tuple[str, ...], str]:
    """The fields that hold text in all of these claims: values, and how a template reaches them."""
    ways = [dict(_ways(text, ".Params")) for text in texts]
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


_SETTINGS = """baseURL = "https://facade-watch.example/"
disableKinds = ["taxonomy", "term", "home", "section", "rss", "sitemap", "robotsTXT", "404"]
enableRobotsTXT = false
"""


def remove(folder: Path) -> None:
    """Delete a project."""
    shutil.rmtree(folder, ignore_errors=True)
