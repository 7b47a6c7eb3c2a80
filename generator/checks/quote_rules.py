"""Q: are these their words, in their language, and who translated them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from generator.archive import Entry
from generator.checks.rule import Fault, Known, Rule, rule
from generator.problems import Severity
from generator.records.claim import Claim
from generator.records.quote import Quote
from generator.records.vocabulary import TranslationMethod

#: Longest quote that is still "only the sentences that make the claim", in letters.
LONGEST_QUOTE = 1_200

#: Beginning of the Unicode names of the letters that a language is written in; Latin for every other language.
_SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ur", "ckb", "ps"), ("ARABIC",)),
    "he": ("HEBREW",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA"),
    "zh": ("CJK",),
    **dict.fromkeys(("ru", "uk", "bg", "sr"), ("CYRILLIC",)),
    "el": ("GREEK",),
}


@rule("Q01")
def no_quote_and_no_reason(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A claim without words needs a reason: `quote_missing`, such as `not-obtained` or `paraphrase-only`."""
    claim = entry.record
    if claim.quote is None and claim.quote_missing is None:
        yield (), "no quote and no quote_missing reason"
    if isinstance(claim.quote, Quote) and not (claim.quote.original or claim.quote.translations):
        yield ("quote",), "the quote holds neither an original nor a translation; use quote_missing instead"


@rule("Q02")
def quote_without_language(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A quote that is one plain text needs its language beside it: `quote_lang: ar`."""
    if isinstance(entry.record.quote, str) and entry.record.quote_lang is None:
        yield ("quote",), "quote_lang is missing: in which language is this quote?"


@rule("Q03", Severity.WARNING)
def translation_by_an_unnamed_translator(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """The quote is in none of the languages that the facade publishes in, so the site shows it as a translation.

    Say who translated it: use `quote:` with `translations:`, each with `by` and `from`.
    """
    claim = entry.record
    if not isinstance(claim.quote, str) or claim.quote_lang is None:
        return
    if known.analysis.claims[entry.id].quote.original is None:
        yield ("quote_lang",), "shown as a translation by an unnamed translator"


@rule("Q04")
def translation_without_translator_or_source(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """A translation needs `by` (who translated; `not stated` when the source does not say) and `from` (which source)."""
    if not isinstance(entry.record.quote, Quote):
        return
    for at, translation in enumerate(entry.record.quote.translations):
        for field, value in (("by", translation.by), ("from", translation.from_)):
            # What we translate ourselves has a translator and no source.
            if value is None and not (
                field == "from" and translation.method is TranslationMethod.HUMAN and translation.by
            ):
                yield (
                    ("quote", "translations", at),
                    f"translation without {field}: who translated, and which source prints it?",
                )


@rule("Q05")
def not_one_preferred_translation(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """Exactly one translation is `preferred: true`: the one that lists and previews show."""
    if isinstance(entry.record.quote, Quote) and entry.record.quote.translations:
        preferred = sum(translation.preferred for translation in entry.record.quote.translations)
        if preferred != 1:
            yield ("quote", "translations"), f"{preferred} preferred translations; pick one"


@rule("Q06")
def original_in_another_script(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """The original is not written in the script of its language. Is it the original, or a transliteration?"""
    quote = known.analysis.claims[entry.id].quote
    if quote.original is None:
        return
    lang = quote.original.lang
    scripts = ("LATIN",) if "-Latn" in lang else _SCRIPTS.get(lang.split("-")[0], ("LATIN",))
    letters = {letter: count for letter, count in Counter(quote.original.text).items() if letter.isalpha()}
    fitting = sum(count for letter, count in letters.items() if unicodedata.name(letter, "").startswith(scripts))
    if fitting * 2 < sum(letters.values()):
        path = ("quote", "original", "text") if isinstance(entry.record.quote, Quote) else ("quote",)
        yield path, f"is this the original? Most of its letters are not of the script that {lang} is written in"


@rule("Q07")
def original_from_nowhere(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """An original text needs a source, post or capture of this file that holds it. Never translate one back."""
    if isinstance(entry.record.quote, Quote) and entry.record.quote.original and not entry.record.quote.original.from_:
        yield ("quote", "original"), "where does the original come from? Add from: (no back-translations)"


@rule("Q08", Severity.WARNING)
def quote_too_long(entry: Entry[Claim], known: Known) -> Iterator[Fault]:
    """Quote the sentences that make the claim, not the whole statement."""
    quote = known.analysis.claims[entry.id].quote
    texts = [part.text for part in (quote.original, *quote.translations) if part]
    if any(len(text) > LONGEST_QUOTE for text in texts):
        yield ("quote",), f"longer than {LONGEST_QUOTE} letters: quote the claim, not the statement"


RULES: tuple[Rule[Claim], ...] = (
    no_quote_and_no_reason,
    quote_without_language,
    translation_by_an_unnamed_translator,
    translation_without_translator_or_source,
    not_one_preferred_translation,
    original_in_another_script,
    original_from_nowhere,
    quote_too_long,
)
