"""A claim's words in one shape, whether the file gives one text or originals and translations."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from generator.records.claim import Claim
from generator.records.quote import Original, Quote, Redaction, Translation
from generator.records.vocabulary import QuoteMissing


@dataclasses.dataclass(frozen=True, slots=True)
class ShownQuote:
    """The words of a claim as pages show them.

    Attributes:
        original: the words in the original language, if held.
        missing: why the original, or the whole text, is not held.
        translations: the preferred one first.
    """

    original: Original | None
    missing: QuoteMissing | None
    translations: tuple[Translation, ...] = ()
    redactions: tuple[Redaction, ...] = ()

    @property
    def held(self) -> bool:
        """Whether any words are held."""
        return self.original is not None or bool(self.translations)

    @property
    def preferred(self) -> Translation | None:
        """The translation that lists show."""
        return self.translations[0] if self.translations else None


def quote_of(claim: Claim, languages: Collection[str]) -> ShownQuote:
    """The words of a claim. A plain text that is in none of the facade's languages is somebody's translation.

    Args:
        languages: the languages that the claim's facades publish in.
    """
    match claim.quote:
        case None:
            return ShownQuote(None, claim.quote_missing)
        case str() as text:
            lang = claim.quote_lang or "en"
            first = next((source.id for source in claim.sources), None)
            if lang in languages:
                return ShownQuote(Original.model_validate({"lang": lang, "text": text, "from": first}), None)
            translation = Translation.model_validate(
                {
                    "id": f"{lang.lower()}-1",
                    "lang": lang,
                    "text": text,
                    "by": "not stated",
                    "from": first,
                    "preferred": True,
                }
            )
            return ShownQuote(None, claim.quote_missing or QuoteMissing.NOT_OBTAINED, (translation,))
        case Quote() as quote:
            missing = None if quote.original else quote.missing or claim.quote_missing
            translations = tuple(sorted(quote.translations, key=lambda translation: not translation.preferred))
            return ShownQuote(quote.original, missing, translations, quote.redactions)
