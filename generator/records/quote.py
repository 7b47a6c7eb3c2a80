"""A quote: their words, verbatim, in the original script, with translations beside it."""

from __future__ import annotations

from pydantic import Field

from generator.records.text import Id, Language, Record, Text, Verbatim, YesNo
from generator.records.vocabulary import QuoteMissing, TranslationMethod


class Original(Record):
    """The words in the language they were published in; never a back-translation."""

    lang: Language = Field(description="Language of the words, such as ar")
    text: Verbatim = Field(description="The words, letter for letter")
    from_: Id | None = Field(None, alias="from", description="Source or medium of this file that holds the original")
    partial: YesNo = Field(False, description="true when only a phrase of the statement is held")


class Translation(Record):
    """The words in another language, by somebody."""

    id: Id = Field(description="Id in this file, such as en-1")
    lang: Language = Field(description="Language of the translation")
    text: Verbatim = Field(description="The translation, letter for letter")
    by: Text | None = Field(None, description="Who translated; ‘not stated’ when the source does not say")
    from_: Id | None = Field(None, alias="from", description="Source of this file that prints the translation")
    method: TranslationMethod = Field(TranslationMethod.UNKNOWN, description="How it was made")
    preferred: YesNo = Field(False, description="true on exactly one translation: the one that lists show")
    partial: YesNo = Field(False, description="true when only a phrase of the statement is held")
    notes: tuple[Text, ...] = Field((), description="What a reader must know about this translation")


class Redaction(Record):
    """Something taken out of a quote; shown as `[name removed]` and the like."""

    what: Text = Field(description="What was removed, such as ‘name’")
    why: Text = Field(description="Why")
    by: Text = Field(description="By whom: us, or the source")


class Quote(Record):
    """Their words, when a plain string is not enough."""

    original: Original | None = Field(None, description="The words in the original language, where we hold them")
    missing: QuoteMissing | None = Field(None, description="Why the original is not held")
    translations: tuple[Translation, ...] = Field((), description="Translations; competing ones are several entries")
    redactions: tuple[Redaction, ...] = Field((), description="What was removed from the words")
