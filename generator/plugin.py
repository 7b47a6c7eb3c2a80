"""The MkDocs plugin: a thin skin over the core, and the only file that knows mkdocs.

MkDocs renders every written page, and one shell for each kind of record page. This plugin hands MkDocs pages whose front
matter it wrote itself (so nothing contributed reaches MkDocs unlooked at), keeps what MkDocs made of them, and after
MkDocs is done fills and writes all pages. A build goes into a folder beside the site, which takes its place in
one step; a killed build leaves the old site as it was.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import markdown
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from generator import amending, cores, disk, making, written
from generator.cards import Cards
from generator.html import safe_prose, with_policy
from generator.intake import Intake
from generator.pages.environment import environment
from generator.pieces import (
    Frames,
    Piece,
    pieces_at_last,
    pieces_of_all,
    pieces_of_claims,
    pieces_of_pages,
    pieces_of_texts,
    pieces_with_charts,
)
from generator.problems import Stopped
from generator.recording import files_published
from generator.settings import Settings
from generator.shells import Frame, Shell, split
from generator.site import Site

log = logging.getLogger("mkdocs.plugins.claims")


def _told_otherwise(record: logging.LogRecord) -> bool:
    """Not what MkDocs says of pages that it was not to write."""
    return "enerated empty output" not in record.getMessage()


class NoRawHtml(markdown.Extension):
    """Angle brackets in prose are shown as typed; headings keep ids in their own script."""

    def extendMarkdown(  # noqa: N802 (the name is Markdown's)
        self, md: markdown.Markdown
    ) -> None:
        """Take out what passes HTML through."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")


class ClaimsPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # it has no settings
    """Checks the records, then makes their pages."""

    def __init__(self) -> None:
        self._command = "build"
        self._project = Path()
        self._site_folder = Path()
        self._site: Site | None = None
        self._intake: Intake
        self._prose: dict[str, str] = {}
        self._pages: dict[str, Frame] = {}
        self._shells: dict[str, Shell] = {}
        self._sitemap = ""
        self._frames: Frames
        self._handed = ""
        self._rest: str | None = None
        self._kept: disk.Kept | None = None
        self._published: frozenset[str] = frozenset()
        self._aside: cores.Aside[making.Made] | None = None
        self._done: list[making.Made] = []
        self._warnings = CountHandler(level=logging.WARNING)
        self._held = contextlib.ExitStack()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what MkDocs was asked to do."""
        self._command = command
        logging.getLogger("mkdocs.commands.build").addFilter(_told_otherwise)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything, before MkDocs looks at the folder; send the build beside the site."""
        self._project = Path(config.config_file_path).parent
        # A server builds again and again, and a template may be another by then.
        self._prose, self._pages, self._shells = {}, {}, {}
        environment.cache_clear()
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(disk.last_commit(self._project)))
        self._site = self._checked_site(config)
        config.markdown_extensions.append(NoRawHtml())  # type: ignore[arg-type]  # MkDocs passes it on as it is
        if self._command != "serve":
            self._site_folder = Path(config.site_dir)
            logging.getLogger("mkdocs").addHandler(self._warnings)
            try:
                self._held.enter_context(disk.only_build(self._project, self._site_folder))
            except Stopped as stopped:
                raise PluginError(str(stopped)) from stopped
            config.site_dir = str(disk.building_folder(self._site_folder))
        return config

    def _checked_site(self, config: MkDocsConfig) -> Site:
        settings = Settings(
            site_name=config.site_name,
            site_url=(config.site_url or "").rstrip("/") + "/",
            repository=str(config.extra.get("repository", "")).rstrip("/"),
        )
        self._kept = disk.Kept(self._project)
        try:
            self._intake, site, notes = making.checked(self._project, settings, self._kept)
        except Stopped as stopped:
            raise PluginError(str(stopped)) from None
        making.tell(notes)
        return site

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace what contributors wrote by pages with front matter of ours, and add the made pages and shells."""
        assert self._site is not None
        for file in list(files):
            if file.src_uri.endswith(".md"):
                files.remove(file)
        self._begin(Path(config.site_dir))
        pages = list(written.pages_for_mkdocs(self._site))
        self._handed = amending.print_of_pages(pages)
        for page in pages:
            inclusion = InclusionLevel.UNDEFINED if page.in_navigation else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, page.path, content=page.markdown, inclusion=inclusion))
        return files

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Make prose safe; its links and embeds are left for later."""
        if "shell" in page.meta:
            return html
        self._prose[page.file.src_uri] = prose = safe_prose(html)
        return prose

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Keep what MkDocs made, a shell or the frame of a page: it is filled later, on both cores."""
        path = page.file.src_uri
        if "shell" in page.meta:
            self._shells[str(page.meta["shell"])] = split(output)
        else:
            self._pages[path] = Frame(output, self._prose.pop(path))
        return ""

    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        """Give the 404 page its policy; keep the sitemap, to which the record pages come later."""
        if template_name == "sitemap.xml":
            self._sitemap = output_content
            return ""
        return with_policy(output_content) if template_name.endswith(".html") else output_content

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the record pages and all that MkDocs does not make, and put the site in place."""
        folder = Path(config.site_dir)
        try:
            made, others = self._write_pieces(folder)
            if self._command != "serve":
                sums = disk.write_sums(folder, made.files, others, self._standing)
                self._refuse_losses(folder)
                written = made.written + sums.changed
                log.info("%d of %d files written; the others are as they were", written, sums.files)
                made.files.clear()  # a third of all that is in memory, and not needed any longer
                self._put_in_place(config, folder, made, sums.sha256)
        except Stopped as stopped:
            raise PluginError(str(stopped)) from stopped
        finally:
            if self._command != "serve":
                self._let_go()

    def _begin(self, folder: Path) -> None:
        """Write what needs nothing of MkDocs.

        What takes much memory is made by copies that end with it.
        """
        assert self._site is not None
        site = self._site
        try:
            with contextlib.ExitStack() as asides:
                wording = cores.Aside([lambda: site.analysis.wording and None])  # which remembers it
                asides.callback(wording.stop)
                charts = cores.Aside(self._jobs(folder, pieces_with_charts(site, self._cards())))
                asides.callback(charts.stop)
                # A third process would have no core. With many claims wording takes longer than charts, and most at its end.
                cores.one_has_ended(charts, wording)
                self._done = [job() for job in self._jobs(folder, pieces_of_all(site))]
                self._done += charts.results()
                wording.results()
        except Stopped as stopped:
            raise PluginError(str(stopped)) from stopped
        _ = site.analysis.wording  # before there is another copy, so that it is in memory once
        self._aside = cores.Aside(self._jobs(folder, pieces_of_texts(site)))

    def _write_pieces(self, folder: Path) -> tuple[making.Made, set[str]]:
        """Write all that MkDocs does not; what came of it, and the paths of what else is there."""
        assert self._site is not None
        assert self._kept is not None
        assert self._aside is not None
        self._frames = Frames(dict(self._pages), dict(self._shells), self._sitemap)
        there = set(disk.files_below(folder))
        # Pages of many claims first: what they take in memory is least before those of claims, and none is waited for.
        pieces = pieces_of_pages(self._site, self._frames), pieces_of_claims(self._site, self._frames, self._cards())
        done = self._done, cores.gathered(self._jobs(folder, itertools.chain(*pieces)), self._aside)
        counting = cores.Aside([lambda: sum(1 for _ in disk.files_below(folder))])
        try:
            made = making.together(itertools.chain(*done), self._kept)
            others = disk.not_written(there, made.files)
            expected, [found] = len(made.files) + len(others), counting.results()
            if found != expected:
                told = f"{found} files stand in {folder.name} where the build made {expected}"
                raise disk.CannotWrite(f"{told}: something else has changed it; begin again")
        finally:
            counting.stop()
        size_of = functools.partial(making.size_of, made, folder)
        last = self._jobs(folder, pieces_at_last(self._site, size_of))
        made.add(making.together((job() for job in last), self._kept))
        return made, others

    def _cards(self) -> Cards:
        assert self._site is not None
        assert self._kept is not None
        return making.cards_of(self._project, self._site, self._kept)

    def _jobs(self, folder: Path, pieces: Iterable[Piece]) -> list[cores.Job[making.Made]]:
        assert self._kept is not None
        return making.jobs(folder, pieces, self._kept, self._standing)

    @property
    def _standing(self) -> Path | None:
        """The site as it stands, if any."""
        return self._site_folder if self._command != "serve" and self._site_folder.is_dir() else None

    def remember_beside(self, rest: str) -> None:
        """Remember the build, so that the next one can amend it.

        Args:
            rest: a print of all that is no claim.
        """
        self._rest = rest

    def compare_with(self, sums: str) -> None:
        """Publish nothing from which a file of an earlier publication is missing.

        Args:
            sums: the list of hashes of that publication.
        """
        self._published = files_published(sums)

    def _refuse_losses(self, folder: Path) -> None:
        lost = sorted(self._published.difference(disk.files_below(folder))) if self._published else []
        if lost:
            raise PluginError(
                f"{len(lost)} published addresses would be lost; nothing was put in place [L11]\n" + "\n".join(lost)
            )

    def _put_in_place(self, config: MkDocsConfig, folder: Path, made: making.Made, sums: str) -> None:
        assert self._site is not None
        assert self._kept is not None
        if config.strict and (counts := self._warnings.get_counts()):
            told = ", ".join(f"{count} {level.lower()}s" for level, count in counts)
            log.info("the site stays as it was: %s in strict mode", told)
            return
        disk.exchange(folder, self._site_folder, self._project / ".cache" / "old")
        config.site_dir = str(self._site_folder)
        if self._rest is not None:
            amending.remember(self._kept, self._site, self._intake, self._rest, self._handed, self._frames, made, sums)
        self._kept.forget_unused()

    def on_build_error(self, error: Exception) -> None:
        """Let go of the lock and the half-built folder."""
        self._let_go()

    def _let_go(self) -> None:
        if self._aside is not None:
            self._aside.stop()
        logging.getLogger("mkdocs").removeHandler(self._warnings)
        self._held.close()

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when a claim, a template or the theme changes."""
        for folder in ("claims", "theme_overrides", "generator/templates"):
            if (self._project / folder).is_dir():
                server.watch(str(self._project / folder))
        return server


def build(
    project: Path, site_folder: Path | None = None, published: str | None = None, rest: str | None = None
) -> None:
    """Build the site strictly; raises `BuildFailed` with what to say.

    Args:
        rest: a print of all that is no claim, under which the build is remembered.
        published: the list of hashes of an earlier publication, of which no file may be lost.
    """
    from mkdocs.commands.build import build as mkdocs_build

    making.log_to_terminal()
    options: dict[str, Any] = {"strict": True}
    if site_folder is not None:
        options["site_dir"] = str(site_folder)
    try:
        config = load_config(str(project / "mkdocs.yml"), **options)
        plugin: ClaimsPlugin = config.plugins["claims"]  # type: ignore[assignment]
        if published is not None:
            plugin.compare_with(published)
        if rest is not None:
            plugin.remember_beside(rest)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            with cores.without_collecting():
                mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
    except (Abort, ConfigurationError) as error:
        raise BuildFailed(str(error)) from error


def serve(project: Path, address: str) -> None:
    """Serve the site with live reload until interrupted; raises `BuildFailed` when it cannot begin."""
    from mkdocs.commands.serve import serve as mkdocs_serve

    making.log_to_terminal()
    try:
        mkdocs_serve(str(project / "mkdocs.yml"), dev_addr=address)
    except (Abort, ConfigurationError) as error:
        raise BuildFailed(str(error)) from error
    except OSError as error:
        raise BuildFailed(f"cannot serve on {address}: {error.strerror}") from error


class BuildFailed(Exception):
    """MkDocs stopped; it has logged why."""
