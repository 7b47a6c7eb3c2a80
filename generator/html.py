"""HTML that we did not write ourselves: the security policy of a built page, and prose made safe."""

from __future__ import annotations

import base64
import hashlib
import html as entities
import re
from collections.abc import Callable
from typing import Final

import nh3

from generator.prose import EMBED, Embed, parsed

_SCRIPT: Final = re.compile(r"<script(?P<attributes>[^>]*)>(?P<content>.*?)</script>", re.DOTALL)
_HEAD: Final = re.compile(r"<head[^>]*>")


def with_policy(html: str) -> str:
    """A page with its Content-Security-Policy first in its head: nothing from elsewhere, only our own inline scripts.

    The hashes are those of the page's own inline scripts; the first of Material's differs by the depth of the page.
    """
    hashes = []
    for match in _SCRIPT.finditer(html):
        attributes = match["attributes"]
        if "src=" in attributes or re.search(r"type=\"?application/(?:ld\+)?json", attributes):
            continue
        digest = base64.b64encode(hashlib.sha256(match["content"].encode()).digest()).decode()
        hashes.append(f"'sha256-{digest}'")
    scripts = " ".join(["'self'", *dict.fromkeys(hashes)])
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
        "object-src 'none'; frame-src 'none'"
    )
    metas = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="referrer" content="no-referrer">'
    )
    return _HEAD.sub(lambda head: head[0] + metas, html, count=1)


_TAGS: Final = frozenset(
    "a abbr b bdi blockquote br code dd del dl dt em h1 h2 h3 h4 h5 h6 hr i kbd li mark ol p pre q s section small "
    "strong sub sup table tbody td th thead tr ul div span".split()
)
_CLASSES: Final = {
    "a": {"headerlink", "footnote-ref", "footnote-backref"},
    "div": {"footnote"},
    "section": {"footnotes"},
}
_SCHEMES: Final = frozenset("http https mailto claim facade organisation term report event page source".split())


def safe_prose(html: str) -> str:
    """Rendered Markdown reduced to what an article needs: no scripts, pictures, styles, or classes of ours."""
    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags={"script", "style"},
        attributes={
            "*": {"id", "title", "lang", "dir"},
            "a": {"href"},
            "abbr": {"title"},
            "ol": {"start"},
            "td": {"align", "colspan", "rowspan"},
            "th": {"align", "colspan", "rowspan", "scope"},
        },
        allowed_classes={tag: set(classes) for tag, classes in _CLASSES.items()},
        url_schemes=set(_SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


_HREF: Final = re.compile(r'<a href="(?P<scheme>[a-z]+):(?P<rest>[^"]*)"')
_RECORD_SCHEMES: Final = frozenset("claim facade organisation term report event page source".split())


def with_links(html: str, href: Callable[[str, str], str]) -> str:
    """Prose with `claim:ID` and the like resolved, and outside links marked so that they give nothing away.

    Args:
        href: kind and id of a record to a relative address.
    """

    def resolve(match: re.Match[str]) -> str:
        scheme, rest = match["scheme"], match["rest"]
        if scheme in _RECORD_SCHEMES:
            id, hash_, anchor = rest.partition("#")
            return f'<a href="{entities.escape(href(scheme, id) + hash_ + anchor, quote=True)}"'
        if scheme in ("http", "https"):
            return f'{match[0]} rel="noopener noreferrer nofollow ugc"'
        return match[0]

    return _HREF.sub(resolve, html)


# In these an embed stays as typed: it would be shown as code, become part of an address, or be put into a mouth.
_CLOSED: Final = frozenset("blockquote code h1 h2 h3 h4 h5 h6 pre q".split())
_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_APART: Final = re.compile(rf"<p>{EMBED.pattern}</p>")

#: Makes the HTML of an embed; None where it is none that may stand there, and is left as typed.
Make = Callable[[Embed], str | None]


def with_embeds(html: str, figure: Make, block: Make, between: Callable[[str], str]) -> str:
    """Prose with its embeds made: figures where they stand in text, blocks in place of their paragraph.

    Args:
        html: rendered Markdown, made safe.
        figure: makes a figure of running text.
        block: makes what stands in a paragraph of its own.
        between: finishes what lies between two blocks; made blocks do not pass through it.
    """
    out: list[str] = []
    piece: list[str] = []
    closed: list[str] = []
    end = 0
    for tag in _TAG.finditer(html):
        if tag.start() < end:
            continue  # inside a block that has been made
        text = html[end : tag.start()]
        piece.append(text if closed else _with_figures(text, figure))
        made = None if closed else _block_at(html, tag.start(), block)
        if made is not None:
            content, end = made
            out += [between("".join(piece)), content]
            piece = []
            continue
        piece.append(tag[0])
        end = tag.end()
        name = tag["name"].lower()
        if name in _CLOSED and not tag["end"]:
            closed.append(name)
        elif name in closed:
            while closed.pop() != name:
                pass
    piece.append(html[end:] if closed else _with_figures(html[end:], figure))
    return "".join([*out, between("".join(piece))])


def _block_at(html: str, start: int, block: Make) -> tuple[str, int] | None:
    match = _APART.match(html, start)
    embed = parsed(match["words"]) if match else None
    made = block(embed) if embed else None
    return (made, match.end()) if match and made is not None else None


def _with_figures(text: str, figure: Make) -> str:
    def make(match: re.Match[str]) -> str:
        embed = parsed(match["words"])
        made = figure(embed) if embed else None
        return match[0] if made is None else made

    return EMBED.sub(make, text)


_PARAGRAPH: Final = re.compile(r"<p>(?P<content>.*?)</p>", re.DOTALL)
_MARKUP: Final = re.compile(r"<[^>]*>")


def with_anchors(html: str) -> str:
    """Prose whose paragraphs can be linked to; an anchor follows from the words, so that moving one keeps its address.

    Figures are still embeds here, so a number that changes moves no anchor.
    """
    seen: set[str] = set()

    def anchored(match: re.Match[str]) -> str:
        words = " ".join(_MARKUP.sub("", match["content"]).split())
        name = f"p-{hashlib.blake2b(words.encode(), digest_size=4).hexdigest()}"
        if not words or words.startswith("[[") or name in seen:
            return match[0]
        seen.add(name)
        return f'<p id="{name}">{match["content"]}</p>'

    return _PARAGRAPH.sub(anchored, html)
