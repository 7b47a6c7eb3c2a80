"""Amending a site of which only claims have changed: the pieces that looked at them are made again, and nothing else.

What MkDocs made stays as it is, so that it need not be asked; where that cannot be known, the whole site is built. The
result is the same, byte for byte.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import itertools
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from generator import cores, disk
from generator.account import Account, Part, account_of
from generator.analysis.whole import WIDER
from generator.intake import Intake
from generator.making import Made, cards_of, checked, jobs, size_of, tell, together
from generator.noting import Question, noting
from generator.packing import pack_in_turn, packed, unpacked, unpacked_in_turn
from generator.pieces import Frames, Piece, all_pieces, pieces_at_last, pieces_of_all
from generator.remembering import TAKEN
from generator.settings import Settings
from generator.site import Site
from generator.standing import Standing
from generator.written import PageForMkdocs, pages_for_mkdocs

log = logging.getLogger("mkdocs.plugins.claims")

#: Under what is kept of the last build.
_BUILT: Final = "built"
_FRAMES: Final = "frames"
#: How many parts of the account are packed at a time: what packing notes of all at once would be as large as they are.
_PARTS: Final = 10_000


@dataclasses.dataclass(frozen=True, slots=True)
class Built:
    """What is remembered of a build.

    Attributes:
        sums: a print of the hashes of all files, so that it is known to be of the site that stands there.
        handed: a print of the pages that MkDocs was handed.
        account: of every piece the paths of its files, a line each, and what it was made of.
    """

    sums: str
    settings: Settings
    handed: str
    account: Account[str]


def print_of_pages(pages: Iterable[PageForMkdocs]) -> str:
    """A print of the pages that MkDocs is handed."""
    digest = hashlib.blake2b(digest_size=20)
    for page in pages:
        digest.update(f"{page.path}\0{page.in_navigation}\0{len(page.markdown)}\0{page.markdown}".encode())
    return digest.hexdigest()


def remember(
    kept: disk.Kept, site: Site, intake: Intake, rest: str, handed: str, frames: Frames, made: Made, sums: str
) -> None:
    """Remember a build.

    Args:
        rest: a print of all that is no claim.
        sums: the SHA-256 of the list of hashes of its files.
    """
    account = account_of(_all_else(rest, intake), intake.claims, {}, {}, made.pieces, _wide(site))
    kept.keep(_FRAMES, packed(frames))
    _keep(kept, Built(sums, site.settings, handed, account))


def _keep(kept: disk.Kept, built: Built) -> None:
    parts = iter(built.account.parts.items())
    in_turn = iter(lambda: dict(itertools.islice(parts, _PARTS)), {})
    without = dataclasses.replace(built, account=dataclasses.replace(built.account, parts={}))
    kept.keep_written(_BUILT, lambda file: pack_in_turn(file, itertools.chain((without,), in_turn)))


def _found(kept: disk.Kept) -> Built | None:
    without, *in_turn = unpacked_in_turn(kept.found(_BUILT)) or [None]
    if without is None:
        return None
    parts = dict(itertools.chain.from_iterable(some.items() for some in in_turn))
    built: Built = dataclasses.replace(without, account=dataclasses.replace(without.account, parts=parts))
    return built


def _all_else(rest: str, intake: Intake) -> str:
    """A print of all that is no claim; of what was contributed also as it was read, which may be later."""
    return f"{rest} {intake.rest}"


def _wide(site: Site) -> dict[Question, str]:
    with noting() as notes:
        _ = site.archive.outlines, site.analysis.texts, site.analysis.print_of_briefs, site.postings.posted
    return notes.answers


def amended(project: Path, folder: Path, standing: Standing) -> bool:
    """Amend the site in a folder, where that is possible; whether it was.

    Args:
        standing: what it was made of.

    Raises:
        Refused: something is wrong in contributed files.
        disk.CannotWrite: the disk refused.
    """
    kept, rest = disk.Kept(project), standing.rest
    sums = disk.read_bytes(folder / disk.SUMS)
    built = _found(kept)
    if (
        rest is None
        or built is None
        or sums is None
        or not built.account.rest.startswith(f"{rest} ")
        or built.sums != hashlib.sha256(sums).hexdigest()
    ):
        return False
    intake, site, notes = checked(project, built.settings, kept)
    all_else = _all_else(rest, intake)
    if built.account.rest != all_else:
        return False
    if any(disk.bytes_of(folder / path) is None for path in site.exports.packaged()):
        return False
    stands = built.account.standing(all_else, intake.claims, site, WIDER)
    beside = disk.building_folder(folder)
    make = functools.partial(jobs, beside, kept=kept, standing=folder, fewest=1)
    # The first of the large pieces takes as long as most others together: it is begun while the rest is looked at.
    first = [piece for piece in pieces_of_all(site) if piece.large and piece.name not in stands][:1]
    aside = cores.Aside(make(first))
    try:
        frames: Frames | None = unpacked(kept.found(_FRAMES))
        if frames is None or print_of_pages(pages_for_mkdocs(site)) != built.handed:
            return False
        # Pieces that stand, most of them all, are not held: there are as many as claims, twice.
        names: set[str] = set()
        wanted: list[Piece] = []
        for piece in all_pieces(site, frames, cards_of(project, site, kept)):
            names.add(piece.name)
            if piece.name not in stands:
                wanted.append(piece)
        for name in [name for name in stands if name not in names]:
            del stands[name]
        tell(notes)
        begun = {piece.name for piece in first}
        others = make(piece for piece in wanted if piece.name not in begun)
        made = together(cores.gathered(others, aside), kept)
    finally:
        aside.stop()
    there = functools.partial(size_of, made, beside, standing=folder, sums=sums)
    made.add(together(cores.gathered(make(pieces_at_last(site, there))), kept))
    gone = _gone(built.account.parts, stands, made)
    sums = disk.amended_sums(sums, made.files, gone)
    account = account_of(all_else, intake.claims, stands, built.account.answers, made.pieces, _wide(site))
    standing.forget()
    disk.amend(folder, beside, gone, sums)
    _keep(kept, dataclasses.replace(built, sums=hashlib.sha256(sums).hexdigest(), account=account))
    if made.pieces.parts:
        kept.forget_unused(TAKEN)
    log.info("%d of %d files written; the others are as they were", made.written, sums.count(b"\n"))
    return True


def _gone(before: Mapping[str, Part[str]], standing: Mapping[str, Part[str]], made: Made) -> list[str]:
    """The files of pieces made again, or not made any longer, that nothing has any longer."""
    left = {path for name, part in before.items() if name not in standing for path in part.result.splitlines()}
    left.difference_update(*(part.result.splitlines() for part in made.pieces.parts.values()))
    return sorted(left.difference(*(part.result.splitlines() for part in standing.values()))) if left else []
