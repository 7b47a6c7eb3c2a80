"""A made-up archive of any size, the same in every run: claims as long as the real ones, facades, terms, pages.

Every claim has what a well-kept one has: an Arabic and an English quote, five posts, three sources, three searches, three
findings with evidence, a history. Names, places and words are invented; how often words are copied is that of
`benchmarks.wording`; statuses, facades and years are spread as in
the real archive: one name issues a tenth of all claims, others a handful.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.wording import quotes

FACADES = 40
ORGANISATIONS = 6
TERMS = 12
FIRST = datetime.date(2019, 9, 1)
DAYS = 2_300

_LETTERS = "abcdefghijklmnoprstuvwyz"
_PLACES = (
    "Yarmuk Haditha Samara Balad Taji Diwan Kutha Nahr Rashid Suwayra Tell Qasr Hilla Badra Mandali Zubayr".split()
)
_PLACES_AR = (
    "اليرموك الحديثة سامرة البلد التاجي الديوان كوثى النهر الرشيد الصويرة التل القصر الحلة بدرة مندلي الزبير".split()
)
_NAMES = "Sons Guardians Banner Promise Companions Lions Dawn Wrath Echo Oath".split()
_NAMES_AR = "أبناء حراس راية وعد أصحاب أسود فجر غضب صدى عهد".split()
_OF = "Rivers Cave Marshes Palm Mountain Desert Tigris Gate".split()
_OF_AR = "الأنهار الكهف الأهوار النخيل الجبل الصحراء دجلة الباب".split()
#: Verdicts on authentic, occurred and target, with the status they earn; more of the common ones.
_KINDS = (
    *[("not-established", "not-established", "not-established", "uncorroborated")] * 4,
    *[("not-established", "not-established", "", "unverified")] * 3,
    ("supported", "supported", "supported", "partly-confirmed"),
    ("supported", "supported", "contradicted", "misdescribed"),
    ("supported", "contradicted", "not-established", "refuted"),
)  # fmt: skip
_DIMENSIONS = ("authentic", "occurred", "target")


def claims(number: int) -> Iterator[tuple[str, str]]:
    """That many claims: path below the project folder, and text."""
    taken: set[str] = set()
    for position, quote in enumerate(quotes(number)):
        rng = random.Random(position)  # noqa: S311 (nothing secret is made of it)
        date = FIRST + datetime.timedelta(days=position * DAYS // number)
        facade = _facade_of(rng)
        stem = f"{date}-{facade}"
        id = next(
            name for name in itertools.chain([stem], (f"{stem}-{n}" for n in itertools.count(2))) if name not in taken
        )
        taken.add(id)
        yield f"claims/{date.year}/{id}.yml", claim_text(position, date, facade, quote.text)


def _facade_of(rng: random.Random) -> str:
    return f"made-up-{min(int(FACADES * rng.random() ** 2), FACADES - 1):02}"


def claim_text(
    position: int, date: datetime.date, facade: str, words: str, note: str = "Found in one search of the archive."
) -> str:
    """A claim file.

    Args:
        position: makes its words and figures.
        words: its quote.
        note: a sentence of ours, to change.
    """
    rng = random.Random(position * 7 + 1)  # noqa: S311
    *verdicts, status = _KINDS[rng.randrange(len(_KINDS))]
    at = rng.randrange(len(_PLACES))
    hour, minute = rng.randrange(1, 22), rng.randrange(10, 40)
    number, distance = rng.randrange(2, 900), rng.randrange(3, 60)
    day = date.isoformat()
    established = verdicts[0] == "supported"
    findings = "".join(
        _finding(dimension, verdict, day) for dimension, verdict in zip(_DIMENSIONS, verdicts, strict=True)
    )
    return f"""facade: {facade}
title: Claimed attack on convoy {number} near {_PLACES[at]}
date: {day}
time: "{hour:02}:{minute:02}"
zone: Asia/Baghdad
time_basis: reported-by-source
state: standing

quote:
  original:
    lang: ar
    from: paper-{day}
    text: >-
{_wrapped(words, 6)}
  translations:
    - id: en-1
      lang: en
      by: first-editor
      method: human
      from: paper-{day}
      preferred: true
      text: >-
{_wrapped(_translation(rng), 8)}

asserts:
  - id: a1
    what: attack on convoy {number}, said to have carried supplies {distance} km from {_PLACES[at]}
    date: {day}
    time: "{hour:02}:{minute - 10:02}"
    time_basis: stated-by-claimant
    place:
      name: {_PLACES[at]}
      name_ar: {_PLACES_AR[at]}
      admin: Made-up Province
      country: IQ
      precision: district
      basis: stated by the claimant
    target: {{as_claimed: logistic support convoy {number}, class: supply-convoy}}
    effect: {{as_claimed: a direct hit, class: damage}}
    means: explosive device

propagation:
  - id: p1
    by: made-up-channel
    at: "{day}T{hour:02}:{minute - 5:02}"
    precision: minute
    time_basis: reported-by-source
    per: report-{day}
    kind: report
    basis: not-stated
    capture: none
    note: First known report; the source calls the channel close to the claimant.
  - id: p2
    by: unnamed
    after: p1
    within: {rng.randrange(30, 300)}s
    time_basis: reported-by-source
    per: report-{day}
    kind: repost
    derives_from: [p1]
    link: reported
    capture: none
    note: A channel that repeats the first one within minutes.
  - id: p3
    by: {facade}
    at: "{day}T{hour:02}:{minute:02}"
    precision: minute
    time_basis: reported-by-source
    per: report-{day}
    kind: claim
    capture: none
    note: On its own channel, according to the report.
  - id: p4
    by: made-up-agency
    at: "{day}T{hour + 1:02}:{minute:02}"
    precision: minute
    time_basis: platform
    kind: report
    basis: cites
    derives_from: [p3]
    link: stated
    per: agency-{day}
    note: Relays the claim and names the claimant.
  - id: p5
    by: unnamed
    kind: report
    derives_from: [p4]
    link: reported
    per: report-{day}
    note: Two news agencies, not named by the report.

{_searches(status, _PLACES[at])}findings:
{findings}
status: {status}

sources:
  - id: paper-{day}
    title: "Convoy {number}: what was said and what is known"
    publisher: Made-up Paper
    published: {day}
    url: https://paper.example/{date.year}/convoy-{number}-{position}
    basis: {"own-observation" if established else "observed-channels"}
    archive:
      - {{service: Wayback Machine, url: "https://web.archive.org/web/2024/https://paper.example/{date.year}/convoy-{number}-{position}", at: 2026-11-20, opened: true}}
  - id: agency-{day}
    title: A name unknown so far claims convoy {number}
    publisher: made-up-agency
    published: {day}
    url: https://agency.example/en/{position}
{_basis(established)}    note: Prints the claim with a picture of the road.
  - id: report-{day}
    title: Names behind names, a report on {_PLACES[at]}
    publisher: Made-up Institute
    published: {date.year}
    url: https://institute.example/reports/{position}
    basis: observed-channels

techniques: [T0143.002, T0097.200]
sensitivity: {{graphic: false, personal_data: none, names_private_firms: false}}

notes:
  - {note}
  - The minutes between the first report and the claim are counted from the times that the report prints (report-{day}).

history:
  - date: 2026-11-20
    to: unverified
    why: Record made from the paper and the report
    by: first-editor
{_change(status)}"""


def _searches(status: str, place: str) -> str:
    if status == "unverified":
        return ""
    logged = (("news", "ar", "nothing dated that week"), ("official-statements", "ar", "two statements on other provinces"),
              ("news", "en", "the three sources below"))  # fmt: skip
    return (
        "searches:\n"
        + "".join(
            f"  - {{date: 2026-11-20, by: first-editor, where: archived web pages ({scope}), scope: {scope}, "
            f"terms: convoy + {place}, lang: {lang}, result: {result}}}\n"
            for scope, lang, result in logged
        )
        + "\n"
    )


def _basis(established: bool) -> str:
    return (
        "    basis: own-observation\n"
        if established
        else "    basis: cites\n    derives_from: [p3]\n    link: stated\n"
    )


def _finding(dimension: str, verdict: str, day: str) -> str:
    if not verdict:
        return ""
    direction = "contradicts" if verdict == "contradicted" else "supports"
    return f"""  - id: f-{dimension}
    dimension: {dimension}
    verdict: {verdict}
    statement: >-
      What is known of this comes from three pages and two channels. The paper compares pictures of the road, the agency
      relays the claim, and the institute dates the posts.
    evidence:
      - {{item: p1, direction: supports, kind: testimony}}
      - {{item: agency-{day}, direction: {direction}, kind: testimony, note: says what it saw}}
      - {{item: paper-{day}, direction: {direction}, kind: visual, note: compares two pictures}}
    by: first-editor
    reviewed_by: [second-editor]
    date: 2026-11-21
    would_change: an official or local report made without the claim
"""


def _change(status: str) -> str:
    if status == "unverified":
        return ""
    return f"""  - date: 2026-11-21
    from: unverified
    to: {status}
    why: Three searches logged; the findings were reviewed
    by: first-editor
    reviewed_by: [second-editor]
"""


@functools.cache
def _vocabulary() -> tuple[list[str], list[float]]:
    rng = random.Random(3)  # noqa: S311
    words = ["".join(rng.choices(_LETTERS, k=rng.randint(2, 9))) for _ in range(20_000)]
    return words, list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))


def _translation(rng: random.Random) -> str:
    words, weights = _vocabulary()
    return " ".join(rng.choices(words, cum_weights=weights, k=60)).capitalize()


def _wrapped(text: str, indent: int) -> str:
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) + len(word) > 110 - indent:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join(" " * indent + part for part in [*lines, line])


def other_files() -> Iterator[tuple[str, str]]:
    """Facades, organisations, terms, a report and the written pages."""
    source = 'sources: [{id: s, title: A profile, publisher: Made-up Institute, published: 2024, url: "https://institute.example/s"}]'
    for at in range(FACADES):
        name, of = at % len(_NAMES), at // len(_NAMES) + at % 3
        yield (
            f"content/facades/made-up-{at:02}.md",
            f"""---
name: {{en: "{_NAMES[name]} of the {_OF[of]} ({at})", ar: "{_NAMES_AR[name]} {_OF_AR[of]} {at}", ar-Latn: "Name {at}"}}
kind: claim-brand
languages: [ar]
aliases: ["Brand {at}", "The {_NAMES[name]}-{at}"]
first_seen: 2019-09
attributions:
  - {{to: made-up-militia-{at % ORGANISATIONS}, relation: front-for, likelihood: realistic-possibility, confidence: low, held_by: s, basis: who posts first}}
{source}
---
A name under which convoys are claimed. It was first seen in 2019; nobody has shown who is behind it, and posting habits point in two directions. See [how we count](page:about/method).
""",
        )
    yield (
        "content/facades/made-up-channel.md",
        f"""---
name: {{en: Made-up Channel}}
kind: media-outlet
languages: [ar]
attributions:
  - {{to: made-up-militia-0, relation: media-arm-of, likelihood: realistic-possibility, confidence: low, held_by: s}}
{source}
---
A channel that is often first.
""",
    )
    for at in range(ORGANISATIONS):
        yield (
            f"content/organisations/made-up-militia-{at}.md",
            f"""---
name: {{en: "Made-up Militia {at}"}}
kind: militia
stake: claimant
{source}
---
A militia made up for measuring.
""",
        )
    yield (
        "content/organisations/made-up-agency.md",
        f"""---
name: {{en: Made-up Agency}}
kind: media
stake: none
{source}
---
An agency made up for measuring.
""",
    )
    words = "convoy channel claimant picture highway province resistance institute agency statement banner occupation".split()
    for word in words[:TERMS]:
        yield (
            f"content/glossary/{word}.md",
            f"""---
name: {word.capitalize()}
part: checking
short: What a {word} is, in one sentence made up for measuring.
{source}
---
A longer text about the word {word}.
""",
        )


def write(project: Path, number: int, real: Path) -> None:
    """A project folder with that many claims, and theme, settings and written pages of the real one.

    Args:
        project: an empty folder.
        real: the folder of this repository.
    """
    for folder in ("theme_overrides",):
        shutil.copytree(real / folder, project / folder)
    shutil.copytree(real / "tests" / "archive" / "content", project / "content", ignore=_only_pages)
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copy(real / name, project / name)
    for path, text in itertools.chain(other_files(), claims(number)):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, encoding="utf-8", newline="\n")
    shutil.copy(real / "claims" / "claim.schema.json", project / "claims")


def _only_pages(folder: str, names: list[str]) -> set[str]:
    """Written pages without records and without citations of records."""
    records = {"facades", "organisations", "glossary", "reports"}
    return {name for name in names if Path(folder).name in records and name != "index.md"}
