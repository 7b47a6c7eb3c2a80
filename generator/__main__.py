"""The `claims` command: reads, asks the core, prints, exits. 0 is fine, 1 is problems, 2 is wrong use."""

from __future__ import annotations

import datetime
import functools
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from generator import checks, cores, disk, printing, recording
from generator.analysis import lookup
from generator.analysis.whole import analyse
from generator.archive import PERMALINKS, Archive, id_of, read_archive
from generator.documents import SourceFile
from generator.draft import Answers, draft, draft_path
from generator.intake import Asking, Intake, taken_in
from generator.problems import Place, Problem, Stopped, did_you_mean, shown, stops_the_build
from generator.records.dates import EdtfDate
from generator.schema import claim_schema
from generator.standing import Standing

#: Below this many seconds nothing is said about progress.
_PATIENCE = 1.0


class Progress:
    """One line on a terminal about work that takes longer than a second; silent elsewhere."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._told = False

    def tell(self, what: str) -> None:
        """Say what is being done now, if the work has taken long enough to wonder."""
        if sys.stderr.isatty() and time.monotonic() - self._began > _PATIENCE:
            click.echo(f"\r\x1b[K{what} …", nl=False, err=True)
            self._told = True

    def done(self) -> None:
        """Clear the line."""
        if self._told:
            click.echo("\r\x1b[K", nl=False, err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="facade-watch", prog_name="claims")
def main() -> None:
    """Check claim files, and build the site that shows what is known about them."""


def _project() -> Path:
    project = disk.project_folder(Path.cwd())
    if project is None:
        raise click.UsageError("not inside the project: no folder here or above holds mkdocs.yml and claims/")
    return project


def today() -> datetime.date:
    """The day on which the check is made: SOURCE_DATE_EPOCH where a build sets it, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = float(epoch) if epoch.isdecimal() else time.time()
    return datetime.datetime.fromtimestamp(moment, datetime.UTC).date()


def problems_of(
    project: Path, progress: Progress, base: str | None = None, author: str | None = None, published: str | None = None
) -> tuple[Archive, list[Problem]]:
    """The archive of the project and everything wrong with it.

    Args:
        base: git revision to compare with.
        author: who proposes the change.
        published: the list of hashes of an earlier publication.
    """
    progress.tell("Reading")
    kept = disk.Kept(project)
    intake = taken_in(disk.contributed(project), kept, functools.partial(disk.read_again, project))
    archive = intake.archive
    before = read_archive(disk.read_contributed_at(project, base))[0] if base else None
    progress.tell(f"Checking {len(archive.claims)} claims")
    problems = intake.problems + Asking(intake, analyse(archive, ""), today(), kept, before, author).now()
    problems += _stale_schema(intake)
    for address in recording.records_lost(published, archive) if published else ():
        problems.append(
            Problem(Place(PERMALINKS), "L11", f"{address} was published, and nothing answers there any longer")
        )
    return archive, sorted(problems)


def _stale_schema(intake: Intake) -> list[Problem]:
    path = "claims/claim.schema.json"
    if intake.holds(SourceFile(path, claim_schema().encode())):
        return []
    return [Problem(Place(path), "R12", "the schema is not the one of the models; run: claims schema")]


_PUBLISHED = click.option(
    "--published",
    envvar="CLAIMS_PUBLISHED",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="SHA256SUMS of the site as it was last published: no address of it may be lost. [env: CLAIMS_PUBLISHED]",
)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json", "sarif"]),
    help="How to print problems. The default is text, and github inside GitHub Actions.",
)
@click.option(
    "--base",
    envvar="CLAIMS_BASE",
    metavar="REVISION",
    help="Compare with a git revision: no record and no entry of a history may be lost. [env: CLAIMS_BASE]",
)
@click.option(
    "--author",
    envvar="CLAIMS_AUTHOR",
    metavar="NAME",
    help="Who proposes the change; nobody reviews their own findings. [env: CLAIMS_AUTHOR]",
)
@_PUBLISHED
def check(
    paths: tuple[Path, ...], form: str | None, base: str | None, author: str | None, published: Path | None
) -> None:
    """Check every record, or show only the problems of PATHS.

    All records are read in any case, because records name each other.
    """
    project = _project()
    form = form or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    progress = Progress()
    try:
        with cores.without_collecting():
            archive, problems = problems_of(
                project, progress, base, author, published.read_text() if published else None
            )
    except disk.CannotRead as refused:
        raise click.UsageError(str(refused)) from None
    except Stopped as stopped:
        raise click.ClickException(str(stopped)) from None
    finally:
        progress.done()
    if paths:
        problems = [problem for problem in problems if _below(project, problem.place.path, paths)]
    click.echo(_printed(problems, form), nl=False)
    if form in ("text", "github"):
        files = len(archive.claims) + len(archive.facades) + len(archive.organisations) + len(archive.terms)
        click.echo(f"{len(archive.claims)} claims, {files} records: {printing.summary(problems)}", err=True)
    sys.exit(1 if stops_the_build(problems) else 0)


def _below(project: Path, path: str, wanted: Sequence[Path]) -> bool:
    here = (project / path).absolute()
    return any(here == other.absolute() or other.absolute() in here.parents for other in wanted)


def _printed(problems: Sequence[Problem], form: str) -> str:
    match form:
        case "github":
            return printing.as_github(problems)
        case "json":
            return printing.as_json(problems)
        case "sarif":
            first_sentences = {rule.id: rule.manual.split("\n\n")[0].replace("\n", " ") for rule in checks.RULES}
            return printing.as_sarif(problems, first_sentences)
        case _:
            return printing.as_text(problems)


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail when the file is not current.")
def schema(only_check: bool) -> None:
    """Write claims/claim.schema.json, which editors use to help while typing."""
    path = _project() / "claims" / "claim.schema.json"
    wanted = claim_schema()
    if only_check:
        if disk.read_text(path) != wanted:
            click.echo("claims/claim.schema.json is not current; run: claims schema", err=True)
            sys.exit(1)
        return
    written = disk.write_if_changed(path, wanted.encode())
    click.echo("claims/claim.schema.json written" if written else "claims/claim.schema.json is current")


@main.command()
@click.option(
    "--base",
    envvar="CLAIMS_BASE",
    default="main",
    show_default=True,
    metavar="REVISION",
    help="Git revision that was published: what its claims said and no longer say is kept. [env: CLAIMS_BASE]",
)
def record(base: str) -> None:
    """Keep what was published: list new addresses, and store the earlier versions of claims that have changed."""
    project = _project()
    archive, _ = read_archive(disk.read_contributed(project)[0])
    try:
        before, _ = read_archive(disk.read_contributed_at(project, base))
        kept = list(
            recording.earlier_versions(archive, before, today(), lambda path: disk.committed_on(project, base, path))
        )
    except disk.CannotRead as refused:
        raise click.UsageError(str(refused)) from None
    for path, text in kept:
        disk.write_below(project, path, text)
    # Read again: what is kept now has an address of its own.
    archive, _ = read_archive(disk.read_contributed(project)[0])
    listed = disk.write_below(project, *recording.permalinks(archive))
    click.echo(f"earlier versions kept: {len(kept)}; {PERMALINKS} {'completed' if listed else 'is complete'}")


class _Date(click.ParamType[EdtfDate]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> EdtfDate:
        try:
            return EdtfDate(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@main.command()
@click.option("--facade", help="Id of the facade, as in content/facades/.")
@click.option("--date", type=_Date(), help="Local date on which the claim was published.")
@click.option("--title", help="Neutral title; begins with Claimed, Denied or Threatened.")
@click.option("--quote", help="Their words, verbatim; empty when they were not obtained.")
@click.option("--quote-lang", help="Language of the quote, such as ar.")
@click.option("--source-title", help="Title of the page where you saw it.")
@click.option("--source-publisher", help="Who published that page.")
@click.option("--source-published", type=_Date(), help="When that page was published.")
@click.option("--source-url", help="Address of that page; never a channel or a post.")
@click.option(
    "--place", "place_word", default="", help="A place word for the file name, when one facade has two claims that day."
)
@click.option("--stdout", "to_stdout", is_flag=True, help="Print the draft instead of writing a file.")
def new(place_word: str, to_stdout: bool, **given: Any) -> None:
    """Write the draft of a claim file; asks for what the options do not give."""
    project = _project()
    archive, _ = read_archive(disk.read_contributed(project)[0])
    facade = given["facade"] or click.prompt("Facade (id)")
    if facade not in archive.facades and facade not in archive.organisations:
        known = {**archive.facades, **archive.organisations}
        raise click.UsageError(f"unknown facade {shown(facade)}{did_you_mean(facade, known)}")
    date = given["date"] or click.prompt("Date of publication, local (2023-01-26)", type=_Date())
    title = given["title"] or click.prompt("Title (begins with Claimed, Denied or Threatened)")
    quote = given["quote"]
    if quote is None:
        quote = click.prompt("Their words, verbatim (leave empty if not obtained)", default="", show_default=False)
    quote_lang = (given["quote_lang"] or click.prompt("Language of these words", default="ar")) if quote else ""
    answers = Answers(
        facade=facade,
        date=date,
        title=title,
        quote=quote,
        quote_lang=quote_lang,
        source_title=given["source_title"] or click.prompt("Title of the page where you saw it"),
        source_publisher=given["source_publisher"] or click.prompt("Publisher of that page"),
        source_published=given["source_published"] or click.prompt("Date of that page", type=_Date()),
        source_url=given["source_url"] or click.prompt("Address of that page"),
        place_word=place_word,
    )
    text, path = draft(answers), draft_path(answers)
    problems = _problems_of_draft(project, path, text)
    if to_stdout:
        click.echo(text, nl=False)
    elif id_of(path) in archive.claims:
        raise click.UsageError(f"{id_of(path)} exists already; add --place WORD to tell the two claims apart")
    elif not stops_the_build(problems):
        disk.write_new(project / path, text)
        click.echo(f"{path} written; open it, then run: claims check")
    click.echo(printing.as_text(problems), nl=False, err=True)
    if stops_the_build(problems):
        if not to_stdout:
            click.echo("nothing was written", err=True)
        sys.exit(1)


def _problems_of_draft(project: Path, path: str, text: str) -> list[Problem]:
    """The problems that the draft would have as a file of the project."""
    files = [file for file in disk.read_contributed(project)[0] if file.path != path]
    archive, problems = read_archive([*files, SourceFile(path, text.encode())])
    problems = problems + checks.check(archive, analyse(archive, ""), today())
    return sorted(problem for problem in problems if problem.place.path == path)


@main.command()
@click.argument("text", default="")
@click.option("--url", default="", help="Find the claims that cite this address instead.")
@click.option("--templates", is_flag=True, help="List pairs of recorded claims that may be one form filled in twice.")
def find(text: str, url: str, templates: bool) -> None:
    """Find the recorded claims nearest to TEXT (`-` reads it from standard input), or those that cite an address."""
    if [bool(text), bool(url), templates].count(True) != 1:
        raise click.UsageError("give a text, or --url and an address, or --templates")
    if url and not lookup.address_key(url):
        raise click.UsageError(f"not a web address: {shown(url)}")
    archive, _ = read_archive(disk.read_contributed(_project())[0])
    analysis = analyse(archive, "")
    if templates:
        lines = lookup.templates_in_lines(archive, analysis)
    elif url:
        lines = lookup.citing_in_lines(url, archive, analysis)
    else:
        lines = lookup.nearest_in_lines(sys.stdin.read() if text == "-" else text, archive, analysis)
    for line in lines:
        click.echo(printing.printable(line))


@main.command()
@click.option(
    "--site", "site_folder", type=click.Path(path_type=Path, file_okay=False), help="Folder to build; site/ by default."
)
@_PUBLISHED
def build(site_folder: Path | None, published: Path | None) -> None:
    """Check all records and build the site. The old site stays until the new one is whole."""
    project = _project()
    folder = site_folder.absolute() if site_folder else project / "site"
    standing = Standing(project, folder)
    if published is None:
        if standing.already():
            click.echo("Nothing has changed since the site was built.", err=True)
            return
        if _amended(project, folder, standing):
            standing.remember()
            cores.leave()

    from generator import plugin  # mkdocs and material take half a second to import: amending does without

    try:
        sums = published.read_text() if published else None
        plugin.build(project, site_folder.absolute() if site_folder else None, sums, standing.rest)
    except plugin.BuildFailed as failed:
        click.echo(str(failed), err=True)
        sys.exit(1)
    standing.remember()
    cores.leave()


def _amended(project: Path, folder: Path, standing: Standing) -> bool:
    """Amend the site where only claims have changed; whether that was possible."""
    if standing.rest is None:
        return False
    from generator import amending, making  # what makes pages: `claims check` does without

    making.log_to_terminal()
    try:
        with disk.only_build(project, folder), cores.without_collecting():
            return amending.amended(project, folder, standing)
    except Stopped as stopped:
        click.echo(str(stopped), err=True)
        sys.exit(1)


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Address and port on this machine.")
def serve(address: str) -> None:
    """Show the site on this machine, built anew whenever a claim, a template, prose or the theme changes."""
    from generator import plugin

    try:
        plugin.serve(_project(), address)
    except plugin.BuildFailed as failed:
        click.echo(str(failed), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
