"""Measure the look-up in a browser: `python -m benchmarks.finding [CLAIMS ...]`, 1,000 and 10,000 when none is given.

Writes the index of a made-up archive of that size, serves it on this machine, and asks for the words of twenty claims,
two words of each changed, and twenty texts that nobody said, on the page itself: from the click to the answer, each time
in a browser that has loaded nothing but the page. The baseline is what one would do without an index: fetch all texts
and compare each. Printed are milliseconds (median and longest), what the slowest question fetched, how many of the
claims were found first, and how many times longer the baseline takes. Needs Chromium (CHROME_PATH, or on the path).
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import synthetic
from generator import disk
from generator.analysis.whole import Analysis, analyse
from generator.archive import Archive, read_archive
from generator.pages.find import find_files, find_page
from generator.pages.links import Links
from generator.settings import Settings

ROOT = Path(__file__).parent.parent
QUESTIONS = 20
_ARGUMENTS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
_SCRIPTS = ("fold.js", "find.js")
_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Look-up</title>{}{}</html>'

_ASK = """async text => {
  const field = document.querySelector('[data-find] textarea');
  const results = document.querySelector('[data-find-results]');
  field.value = text;
  const began = performance.now();
  document.querySelector('[data-find] button').click();
  await new Promise((done) => {
    new MutationObserver((_, watch) => { if (results.firstChild) { watch.disconnect(); done(); } })
      .observe(results, {childList: true});
  });
  const fetched = performance.getEntriesByType('resource').filter((one) => one.name.includes('/find/'));
  return {
    took: performance.now() - began,
    first: results.querySelector('a')?.href ?? '',
    bytes: fetched.reduce((sum, one) => sum + one.decodedBodySize, 0),
    files: fetched.length,
  };
}"""
_COMPARE_ALL = """async text => {
  const {fold, shingles, share} = window.facadeWatchFind;
  const began = performance.now();
  const own = shingles(fold(text));
  const texts = await (await fetch('all.json')).json();
  texts.map((other) => share(own, shingles(other)));
  return performance.now() - began;
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def write(folder: Path, archive: Archive, analysis: Analysis) -> None:
    """The page, its scripts and its index, and all texts in one file for the baseline."""
    links = Links(archive, Settings("Facade Watch", "https://facade-watch.example/", ""), "../")
    disk.write_pages(folder, find_files(archive, analysis))
    (folder / "assets").mkdir()
    for name in _SCRIPTS:
        shutil.copy(ROOT / "theme_overrides" / "assets" / "js" / name, folder / "assets")
    scripts = "".join(f'<script src="../assets/{name}"></script>' for name in _SCRIPTS)
    page = _PAGE.format(find_page(len(archive.listed_claims), links), scripts)
    (folder / "find" / "index.html").write_text(page, encoding="utf-8")
    texts = [held.bare for held in analysis.wording.held]
    (folder / "find" / "all.json").write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")


def questions(archive: Archive, analysis: Analysis) -> Iterator[tuple[str, str]]:
    """Texts to look up, each with the id of the claim that should be found, or none."""
    rng = random.Random(5)  # noqa: S311 (nothing secret is made of it)
    claims = archive.listed_claims
    spoken = [(entry.id, own.text) for entry in claims if (own := analysis.claims[entry.id].quote.original)]
    for id, text in spoken[:: max(1, len(spoken) // QUESTIONS)][:QUESTIONS]:
        words = text.split()
        for _ in range(2):
            words[rng.randrange(len(words))] = "كلمة"
        yield " ".join(words), id
        rng.shuffle(words)
        yield " ".join("".join(rng.sample(word, len(word))) for word in words), ""


def measure(browser: Browser, address: str, asked: Sequence[tuple[str, str]]) -> str:
    """One line of figures."""
    answers = []
    found = 0
    for text, id in asked:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}find/", wait_until="networkidle")
        answers.append(page.evaluate(_ASK, text))
        found += bool(id) and answers[-1]["first"].endswith(f"/{id}/")
        context.close()
    page = browser.new_page()
    page.goto(f"{address}find/", wait_until="networkidle")
    naive = page.evaluate(_COMPARE_ALL, asked[0][0])
    page.close()
    took = [answer["took"] for answer in answers]
    slowest = max(answers, key=lambda answer: answer["took"])
    known = sum(bool(id) for _, id in asked)
    return (
        f"median {statistics.median(took):.0f} ms, longest {max(took):.0f} ms ({slowest['files']} files, "
        f"{slowest['bytes'] / 1000:.0f} KB); {found} of {known} claims first; "
        f"comparing all takes {naive / statistics.median(took):.1f} times as long"
    )


def main() -> None:
    """Print the figures, one line a number of claims."""
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        raise SystemExit("no Chromium was found: install it, or set CHROME_PATH")
    for number in [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000]:
        with tempfile.TemporaryDirectory() as top, sync_playwright() as playwright:
            project, folder = Path(top) / "project", Path(top) / "site"
            project.mkdir()
            folder.mkdir()
            synthetic.write(project, number, ROOT)
            archive, _ = read_archive(disk.read_contributed(project)[0])
            analysis = analyse(archive, "Facade Watch")
            write(folder, archive, analysis)
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS.split())
            asked = list(questions(archive, analysis))
            print(
                f"{number:>7,} claims: {measure(browser, f'http://127.0.0.1:{server.server_port}/', asked)}", flush=True
            )
            browser.close()
            server.shutdown()
            server.server_close()


if __name__ == "__main__":
    main()
