"""Making a site of checked records: its pieces are made on two cores and written, each with what was looked at for it."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import itertools
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from generator import cores, disk, printing
from generator.account import Done
from generator.analysis.whole import analyse
from generator.cards import FONTS, Cards
from generator.intake import Asking, Intake, taken_in
from generator.noting import noting
from generator.parts import Size
from generator.pieces import Piece, takings
from generator.problems import Problem, Severity, Stopped, stops_the_build
from generator.remembering import Remembering
from generator.settings import Settings
from generator.site import Site

log = logging.getLogger("mkdocs.plugins.claims")

#: How many small pieces make a job at least, and how many jobs all of them make at most.
_IN_A_JOB: Final = 16
_MOST_JOBS: Final = 800
#: How many notes that are information only a build lists: a large archive has thousands, in which warnings would drown.
_MOST_TOLD: Final = 20


class Refused(Stopped):
    """Something is wrong in contributed files, and nothing was built; the sentences say what."""


def log_to_terminal() -> None:
    """Show what is logged of a build, as MkDocs' own command does."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-7s -  %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)


def checked(project: Path, settings: Settings, kept: disk.Kept) -> tuple[Intake, Site, list[Problem]]:
    """The contributed files, read and checked, the site that is made of them, and what is worth knowing of them.

    Raises:
        Refused: something is wrong in them.
    """
    intake = taken_in(disk.contributed(project), kept, functools.partial(disk.read_again, project))
    remembering = Remembering(kept, f"{intake.rest} {settings}", intake.claims)
    analysis = analyse(intake.archive, settings.site_name, remembering)
    site = Site.of(intake.archive, analysis, settings, kept)
    remembering.root = site
    # Pages carry no time of build; "future" is judged against the clock of whoever builds, as in `claims check`.
    today = datetime.datetime.now(datetime.UTC).date()
    asking = Asking(intake, analysis, today, kept)
    try:
        cores.in_one_pass(asking.work, remembering.ahead(takings(site), intake.archive.groups))
    except Exception:
        # Of records with faults not everything can be taken, and the rules say why; otherwise the fault is ours.
        if not stops_the_build(intake.problems + asking.now()):
            raise
    problems = sorted(intake.problems + asking.problems)
    if stops_the_build(problems):
        raise Refused(
            f"{printing.summary(problems)} in contributed files; nothing was built\n{printing.as_text(problems)}"
        )
    return intake, site, problems


def tell(notes: Sequence[Problem]) -> None:
    """Say what is worth knowing of the contributed files: every warning, and some of what is information only."""
    warnings = [note for note in notes if note.severity is not Severity.INFORMATION]
    others = [note for note in notes if note.severity is Severity.INFORMATION]
    for line in printing.as_text(sorted(warnings + others[:_MOST_TOLD])).splitlines():
        log.info(line)
    if len(others) > _MOST_TOLD:
        log.info("%d more notes; `claims check` lists them all", len(others) - _MOST_TOLD)


def cards_of(project: Path, site: Site, kept: disk.Kept) -> Cards:
    """Draws the preview pictures of a site."""
    fonts = {name: (project / "theme_overrides" / path).read_bytes() for name, path in FONTS.items()}
    return Cards(fonts, site.settings.site_name, kept)


@dataclasses.dataclass(slots=True)
class Made:
    """What came of some pieces.

    Attributes:
        files: every file (`disk.WrittenFile`).
        written: how many of them did not stand there already.
        used: the names of kept things that were asked for.
        pieces: of every piece the paths of its files, a line each, and what was looked at for it.
    """

    files: list[disk.WrittenFile] = dataclasses.field(default_factory=list)
    written: int = 0
    used: set[str] = dataclasses.field(default_factory=set)
    pieces: Done[str] = dataclasses.field(default_factory=Done)

    def add(self, other: Made) -> None:
        """Take in what came of other pieces."""
        self.files += other.files
        self.written += other.written
        self.used |= other.used
        self.pieces.join(other.pieces)


def jobs(
    folder: Path, pieces: Iterable[Piece], kept: disk.Kept, standing: Path | None = None, fewest: int = _IN_A_JOB
) -> list[cores.Job[Made]]:
    """The work of making these pieces, so cut that it can be spread; what is large is a job of its own.

    Args:
        folder: where they are written.
        standing: the site as it stands, if any (`disk.write_pages`).
        fewest: how many small pieces make a job at least.
    """
    wanted = list(pieces)
    size = max(fewest, -(-len(wanted) // _MOST_JOBS))
    work: list[cores.Job[Made]] = []
    for large, some in itertools.groupby(wanted, lambda piece: piece.large):
        alike, many = list(some), 1 if large else size
        work += [
            functools.partial(_make, folder, alike[at : at + many], kept, standing) for at in range(0, len(alike), many)
        ]
    return work


def _make(folder: Path, pieces: Sequence[Piece], kept: disk.Kept, standing: Path | None) -> Made:
    before, kept.used = kept.used, set()  # not a copy: there are as many as files are kept
    made = Made()
    for piece in pieces:
        with noting() as notes:
            hashes, count = disk.write_pages(folder, piece.files(), standing)
        made.files += disk.as_written(hashes)
        made.written += count
        made.pieces.add(piece.name, "\n".join(hashes), notes)
    made.used = kept.used - before
    before |= kept.used
    kept.used = before
    return made


def size_of(made: Made, folder: Path, path: str, standing: Path | None = None, sums: bytes = b"") -> Size:
    """What is to be said of a file that was written, or stands already.

    Args:
        made: what was made, its files in order.
        folder: where it was written.
        standing: the site as it stands, if any.
        sums: the hashes of its files.
    """
    own = disk.hash_in(made.files, path)
    size = disk.bytes_of(folder / path if own or standing is None else standing / path)
    assert size is not None, path
    return Size(size, own or disk.listed_in(sums, path))


def together(results: Iterable[Made], kept: disk.Kept) -> Made:
    """What came of all jobs, files in order; none of the results is needed any longer once it was taken in."""
    whole = Made()
    for made in results:
        whole.add(made)
    whole.files.sort()
    kept.used |= whole.used
    return whole
