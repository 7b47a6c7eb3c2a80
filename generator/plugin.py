"""The MkDocs plugin: a thin skin over the core, and the only file that knows mkdocs.

MkDocs renders every written page, and one shell for each kind of record page. This plugin hands MkDocs pages whose front
matter it wrote itself (so nothing contributed reaches MkDocs unlooked at), fills the derived parts of written pages,
and after MkDocs is done writes the record pages. A build goes into a folder beside the site, which takes its place in
one step; a killed build leaves the old site as it was.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import logging
import os
from collections.abc import Iterable, Iterator
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

from generator import cores, disk, pieces, printing, written
from generator.analysis.whole import analyse
from generator.cards import FONTS, Cards
from generator.html import safe_prose, with_policy
from generator.intake import faults_in, taken_in
from generator.problems import stops_the_build
from generator.recording import files_published
from generator.settings import Settings
from generator.shells import Shell, fill_parts, split
from generator.site import Site

log = logging.getLogger("mkdocs.plugins.claims")


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
        self._shells: dict[str, Shell] = {}
        self._kept: disk.Kept | None = None
        self._published: frozenset[str] = frozenset()
        self._aside: cores.Aside[_Written] | None = None
        self._warnings = CountHandler(level=logging.WARNING)
        self._held = contextlib.ExitStack()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what MkDocs was asked to do."""
        self._command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything, before MkDocs looks at the folder; send the build beside the site."""
        self._project = Path(config.config_file_path).parent
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(disk.last_commit(self._project)))
        self._site = self._checked_site(config)
        config.markdown_extensions.append(NoRawHtml())  # type: ignore[arg-type]  # MkDocs passes it on as it is
        if self._command != "serve":
            self._site_folder = Path(config.site_dir)
            logging.getLogger("mkdocs").addHandler(self._warnings)
            try:
                self._held.enter_context(disk.only_build(self._project, self._site_folder))
            except disk.CannotWrite as error:
                raise PluginError(str(error)) from error
            config.site_dir = str(disk.building_folder(self._site_folder))
        return config

    def _checked_site(self, config: MkDocsConfig) -> Site:
        settings = Settings(
            site_name=config.site_name,
            site_url=(config.site_url or "").rstrip("/") + "/",
            repository=str(config.extra.get("repository", "")).rstrip("/"),
        )
        self._kept = disk.Kept(self._project)
        files, problems = disk.read_contributed(self._project)
        intake = taken_in(files, self._kept)
        archive = intake.archive
        analysis = analyse(archive, settings.site_name)
        # Pages carry no time of build; "future" is judged against the clock of whoever builds, as in `claims check`.
        today = datetime.datetime.now(datetime.UTC).date()
        problems = sorted(problems + intake.problems + faults_in(intake, analysis, today, self._kept))
        if stops_the_build(problems):
            raise PluginError(
                f"{printing.summary(problems)} in contributed files; nothing was built\n{printing.as_text(problems)}"
            )
        for line in printing.as_text(problems).splitlines():
            log.info(line)
        return Site.of(archive, analysis, settings, self._kept)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace what contributors wrote by pages with front matter of ours, and add the made pages and shells."""
        assert self._site is not None
        for file in list(files):
            if file.src_uri.endswith(".md"):
                files.remove(file)
        if self._command != "serve":  # the server has threads, and a copy of a process with threads can stand still
            self._aside = cores.Aside(self._jobs(Path(config.site_dir), self._pieces_of_their_own()))
        for page in written.pages_for_mkdocs(self._site):
            inclusion = InclusionLevel.UNDEFINED if page.in_navigation else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, page.path, content=page.markdown, inclusion=inclusion))
        return files

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Make prose safe, resolve its links and embeds, and link the first mention of each term."""
        assert self._site is not None
        if "shell" in page.meta:
            return html
        return written.finished_prose(self._site, page.file.src_uri, safe_prose(html))

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Keep a shell (it is no page of its own); fill the derived parts of every other page."""
        assert self._site is not None
        if "shell" in page.meta:
            self._shells[str(page.meta["shell"])] = split(output)
            return ""
        return with_policy(fill_parts(output, written.parts_of(self._site, page.file.src_uri)))

    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        """Give the 404 page its policy, and the sitemap the record pages."""
        assert self._site is not None
        if template_name == "sitemap.xml":
            return pieces.whole_sitemap(self._site, output_content)
        return with_policy(output_content) if template_name.endswith(".html") else output_content

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the record pages and all that MkDocs does not make, and put the site in place."""
        assert self._site is not None
        folder = Path(config.site_dir)
        try:
            hashes, count = self._write_pieces(folder)
            if self._kept is not None:
                self._kept.forget_unused()
            if self._command != "serve":
                files, more = disk.write_sums(folder, hashes, self._site_folder)
                self._refuse_losses(files)
                log.info("%d of %d files written; the others are as they were", count + more, len(files))
                self._put_in_place(config, folder)
        except (disk.CannotWrite, cores.WorkFailed) as error:
            raise PluginError(str(error)) from error
        finally:
            if self._command != "serve":
                self._let_go()

    def _write_pieces(self, folder: Path) -> tuple[dict[str, str], int]:
        """Write all that MkDocs does not make; the hashes by path, and how many files did not stand there already."""
        assert self._site is not None
        assert self._kept is not None
        in_shells = self._jobs(folder, pieces.pieces_in_shells(self._site, self._shells))
        if self._aside is None:
            done = [job() for job in (*self._jobs(folder, self._pieces_of_their_own()), *in_shells)]
        else:
            done = [*cores.spread(in_shells), *self._aside.results()]
        found: dict[str, str] = {}
        for hashes, _, used in done:
            found |= hashes
            self._kept.used |= used
        return found, sum(count for _, count, _ in done)

    def _jobs(self, folder: Path, pieces: Iterable[pieces.Piece]) -> list[cores.Job[_Written]]:
        assert self._kept is not None
        standing = None if self._command == "serve" else self._site_folder
        return [functools.partial(_write, folder, piece, self._kept, standing) for piece in pieces]

    def _pieces_of_their_own(self) -> Iterator[pieces.Piece]:
        assert self._site is not None
        return pieces.pieces_of_their_own(self._site, self._cards())

    def compare_with(self, sums: str) -> None:
        """Publish nothing from which a file of an earlier publication is missing.

        Args:
            sums: the list of hashes of that publication.
        """
        self._published = files_published(sums)

    def _refuse_losses(self, files: list[str]) -> None:
        lost = sorted(self._published - set(files))
        if lost:
            raise PluginError(
                f"{len(lost)} published addresses would be lost; nothing was put in place [L11]\n" + "\n".join(lost)
            )

    def _cards(self) -> Cards:
        assert self._site is not None
        assert self._kept is not None
        fonts = {name: (self._project / "theme_overrides" / path).read_bytes() for name, path in FONTS.items()}
        return Cards(fonts, self._site.settings.site_name, self._kept)

    def _put_in_place(self, config: MkDocsConfig, folder: Path) -> None:
        if config.strict and (counts := self._warnings.get_counts()):
            told = ", ".join(f"{count} {level.lower()}s" for level, count in counts)
            log.info("the site stays as it was: %s in strict mode", told)
            return
        # The sitemap's gzip twin was written by MkDocs from the finished text; nothing else is compressed.
        disk.exchange(folder, self._site_folder, self._project / ".cache" / "old")
        config.site_dir = str(self._site_folder)

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


#: The hashes of files by path, how many of them did not stand there already, and what of the kept things they took.
_Written = tuple[dict[str, str], int, set[str]]


def _write(folder: Path, piece: pieces.Piece, kept: disk.Kept, standing: Path | None) -> _Written:
    before = set(kept.used)
    hashes, count = disk.write_pages(folder, piece(), standing)
    return hashes, count, kept.used - before


def _log_to_terminal() -> None:
    """Show what MkDocs logs, as its own command does."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-7s -  %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)


def build(project: Path, site_folder: Path | None = None, published: str | None = None) -> None:
    """Build the site strictly; raises `BuildFailed` with what to say.

    Args:
        published: the list of hashes of an earlier publication, of which no file may be lost.
    """
    from mkdocs.commands.build import build as mkdocs_build

    _log_to_terminal()
    options: dict[str, Any] = {"strict": True}
    if site_folder is not None:
        options["site_dir"] = str(site_folder)
    try:
        config = load_config(str(project / "mkdocs.yml"), **options)
        if published is not None:
            config.plugins["claims"].compare_with(published)  # type: ignore[attr-defined]
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

    _log_to_terminal()
    try:
        mkdocs_serve(str(project / "mkdocs.yml"), dev_addr=address)
    except (Abort, ConfigurationError) as error:
        raise BuildFailed(str(error)) from error
    except OSError as error:
        raise BuildFailed(f"cannot serve on {address}: {error.strerror}") from error


class BuildFailed(Exception):
    """MkDocs stopped; it has logged why."""
