"""Static drawings of specifications: Vega-Lite is compiled once a kind of chart, the rows are swapped for each record.

A drawing carries its name and its description, takes its colours from the page's style sheet, and its fonts too.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from generator.charts.palette import VARIABLES
from generator.charts.specs import ROWS

#: The Vega-Lite that Altair's schema names; the pages serve the same.
VEGA_LITE: Final = "6.4"


@functools.lru_cache(maxsize=32)
def _compiled(specification: str) -> str:
    import vl_convert

    vega = vl_convert.vegalite_to_vega(json.loads(specification), vl_version=VEGA_LITE)
    return json.dumps(vega)


def drawn(
    specification: Mapping[str, Any], rows: Sequence[Mapping[str, object]], id: str, title: str, text: str
) -> str:
    """The specification with these rows as SVG for the inside of a page.

    Args:
        id: unique on the page; the ids of title and description are made of it.
        title: the chart's finding, which is its accessible name.
        text: what is drawn, for those who do not see it.
    """
    import vl_convert

    vega = json.loads(_compiled(json.dumps(specification, sort_keys=True)))
    for source in vega["data"]:
        if source["name"] == ROWS:
            source["values"] = list(rows)
    # Nothing may be fetched while drawing: the rows are inside, and no address is allowed.
    svg = vl_convert.vega_to_svg(vega, allowed_base_urls=[])
    return _for_page(svg, id, title, text)


_NUMBER: Final = re.compile(r"-?\d+\.\d{3,}")
_DROPPED: Final = re.compile(
    r' (?:aria-[a-z]+|role|pointer-events|font-family|class|xmlns:xlink|stroke-miterlimit)="[^"]*"'
)
_EMPTY: Final = re.compile(r'<path(?: d="(?:M0,0h0v0h0Z)?"| display="none"| fill="[^"]*")*/>|<g></g>')
_ROOT: Final = re.compile(r'<svg xmlns="[^"]*"[^>]*? width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*>')


def _for_page(svg: str, id: str, title: str, text: str) -> str:
    size = _ROOT.search(svg)
    if size is None:
        raise ValueError("the renderer's drawing has no size")
    body = svg[size.end() :]
    body = _NUMBER.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), body)
    # One picture with one name: roles and labels of single marks would only be read out one by one.
    body = _EMPTY.sub("", _DROPPED.sub("", body))
    for colour, variable in VARIABLES.items():
        body = body.replace(f'"{colour}"', f'"{variable}"')
    width, height = size["width"], size["height"]
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-labelledby="{id}-title" aria-describedby="{id}-text">'
        f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-text">{escape(text)}</desc>{body}'
    )
