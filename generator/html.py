"""HTML that we did not write ourselves: the security policy of a built page, and prose made safe."""

from __future__ import annotations

import base64
import hashlib
import html as entities
import re
from collections.abc import Callable
from typing import Final

import nh3

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
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="referrer" content="no-referrer">'
    )
    return _HEAD.sub(lambda head: head[0] + metas, html, count=1)


_TAGS: Final = frozenset(
    "a abbr b bdi blockquote br code dd del dl dt em h1 h2 h3 h4 h5 h6 hr i kbd li mark ol p pre q s section small strong "
    "sub sup table tbody td th thead tr ul div span".split()
)
_CLASSES: Final = {
    "a": {"headerlink", "footnote-ref", "footnote-backref"},
    "div": {"footnote"},
    "section": {"footnotes"},
}
_SCHEMES: Final = frozenset(
    "http https mailto claim facade organisation term report page source".split()
)


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
_RECORD_SCHEMES: Final = frozenset("claim facade organisation term report page source".split())


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


_EMBED: Final = re.compile(r"<p>\[\[\s*(?P<kind>[a-z-]+)(?:\s+(?P<id>[a-z0-9-]+))?\s*\]\]</p>")


def with_embeds(html: str, embed: Callable[[str, str], str]) -> str:
    """Prose with the paragraphs that are embeds replaced by what they name.

    Args:
        embed: kind and id of an embed to its HTML.
    """
    return _EMBED.sub(lambda match: embed(match["kind"], match["id"] or ""), html)
