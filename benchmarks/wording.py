"""Measure wording reuse: `python -m benchmarks.wording [NUMBER OF QUOTES]`, 1,000 and 10,000 when none is given.

The quotes are made up and the same in every run: words of invented Arabic letters, drawn by Zipf's law, 41 to a quote.
Two thirds of the quotes repeat an earlier one with other numbers and places, other spelling, a word or two changed,
cut short, or inside a longer report. Printed are seconds, processor seconds and peak memory of folding, leaving out
stock phrases and finding copies, and of shared phrases after that; how many of the planted copies were found; how many
texts joined a star of another family; and how many times longer it takes to compare all pairs, measured on the first
quotes of the same run.
"""

from __future__ import annotations

import dataclasses
import itertools
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence

from generator.analysis.copies import COPY, judged, matches
from generator.analysis.phrases import shared_runs
from generator.analysis.reuse import MOST_PHRASES
from generator.analysis.stock import PHRASES, STOCK
from generator.analysis.wording import containment, fold, hidden, without_holes
from generator.cores import without_collecting

#: Share of the quotes that repeat an earlier one, and words of a quote.
REUSE = 0.65
WORDS = 41
#: How many quotes are compared pair by pair.
NAIVE = 400
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_VOCABULARY = 30_000


@dataclasses.dataclass(frozen=True, slots=True)
class Quote:
    """A made-up quote and the family that it belongs to: the quote that it repeats, or itself."""

    text: str
    family: int


def quotes(number: int, seed: int = 4) -> Iterator[Quote]:
    """That many quotes, oldest first, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 (nothing secret is made of it)
    vocabulary = ["".join(rng.choices(_LETTERS, k=rng.randint(2, 8))) for _ in range(_VOCABULARY)]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))
    models: list[list[str]] = []
    arabic = [phrase.text for phrase in STOCK if phrase.lang == "ar"]
    for position in range(number):
        if models and rng.random() < REUSE:
            # Some quotes are repeated often, most seldom.
            family = min(int(len(models) * rng.random() ** 2), len(models) - 1)
            words = _changed(models[family], vocabulary, rng)
        else:
            family = len(models)
            words = rng.choices(vocabulary, cum_weights=weights, k=WORDS + rng.randint(-12, 12))
            models.append(words)
        opening = rng.choice(arabic) if rng.random() < 0.5 else ""
        yield Quote(f"{opening} {' '.join(words)} {position % 28 + 1}/{position % 12 + 1}/2023", family)


def _changed(words: list[str], vocabulary: list[str], rng: random.Random) -> list[str]:
    """The words as a copyist leaves them."""
    words = list(words)
    for _ in range(2):
        words[rng.randrange(len(words))] = rng.choice([*"0123456789", *vocabulary[:50]])
    match rng.randrange(5):
        case 0:
            words = words[: len(words) * 3 // 4]
        case 1:
            words = [*rng.choices(vocabulary, k=8), *words, *rng.choices(vocabulary, k=12)]
        case 2:
            words = ["ـ".join(word) if rng.random() < 0.1 else word for word in words]
        case 3:
            words = [word.replace("ي", "ى").replace("ك", "ک").replace("ا", "أ") for word in words]
        case _:
            pass
    return words


@dataclasses.dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one run."""

    quotes: int
    seconds: float
    processor: float
    phrases_processor: float
    megabytes: float
    planted: int
    found: int
    mixed: int
    phrases: int
    naive_ratio: float


def measured(number: int) -> Measured:
    """Find the copies and the shared phrases among that many quotes, without a search for unused cycles, as a build."""
    made = list(quotes(number))
    with without_collecting():
        return _measured(made)


def _measured(made: Sequence[Quote]) -> Measured:
    began, began_processor = time.perf_counter(), time.process_time()
    texts = [without_holes(hidden(fold(quote.text), PHRASES)) for quote in made]
    star: dict[int, int] = {match.text: match.centre for match in matches(texts) if match.containment >= COPY}
    copies_processor = time.process_time() - began_processor
    runs = shared_runs(((at, [text.split(" ")]) for at, text in enumerate(texts)), MOST_PHRASES)
    seconds, processor = time.perf_counter() - began, time.process_time() - began_processor
    megabytes = _peak()

    # A family may be held by several stars when its own first quote was cut short; each is found by its first quote.
    first: dict[int, int] = {}
    planted = found = 0
    for at, quote in enumerate(made):
        model = first.setdefault(quote.family, at)
        if model != at and judged(texts[at]) and containment(texts[at], texts[model]) >= COPY:
            planted += 1
            found += at in star
    mixed = sum(made[at].family != made[centre].family for at, centre in star.items())
    return Measured(
        len(made),
        seconds,
        processor,
        processor - copies_processor,
        megabytes,
        planted,
        found,
        mixed,
        len(runs),
        _naive(texts),
    )


def _naive(texts: list[str]) -> float:
    """How many times longer the comparison of all pairs takes for the first quotes."""
    some = texts[:NAIVE]
    began = time.process_time()
    for first, second in itertools.combinations(some, 2):
        containment(first, second)
    naive = time.process_time() - began
    began = time.process_time()
    list(matches(some))
    return naive / (time.process_time() - began)


def _peak() -> float:
    """Most memory that this process has held, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def main() -> None:
    """Print the figures, one line a number of quotes."""
    print("quotes  seconds  cpu s  of which phrases  peak MB  planted  found  recall  mixed  phrases  all pairs take")
    for number in [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000]:
        run = measured(number)
        print(
            f"{run.quotes:>6}  {run.seconds:>7.2f}  {run.processor:>5.2f}  {run.phrases_processor:>16.2f}  "
            f"{run.megabytes:>7.0f}  {run.planted:>7}  {run.found:>5}  {run.found / max(run.planted, 1):>6.3f}  "
            f"{run.mixed:>5}  {run.phrases:>7}  {run.naive_ratio:.0f} times as long (first {min(number, NAIVE)} quotes)"
        )


if __name__ == "__main__":
    main()
