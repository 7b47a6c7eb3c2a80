"""A first draft of a claim file, from a few answers. Pure: the shell asks and writes."""

from __future__ import annotations

import dataclasses
import json

from generator.records.dates import EdtfDate


@dataclasses.dataclass(frozen=True, slots=True)
class Answers:
    """What a contributor says about a claim."""

    facade: str
    date: EdtfDate
    title: str
    quote: str
    quote_lang: str
    source_title: str
    source_publisher: str
    source_published: EdtfDate
    source_url: str
    place_word: str = ""


def draft_id(answers: Answers) -> str:
    """The id of the draft: date, facade, and the place word if one is given."""
    return "-".join(filter(None, (answers.date.digits, answers.facade, answers.place_word)))


def draft_path(answers: Answers) -> str:
    """Where the draft belongs, below the project folder."""
    return f"claims/{answers.date.digits[:4]}/{draft_id(answers)}.yml"


def draft(answers: Answers) -> str:
    """The text of the claim file; every value that could be read as something else is in quotes."""
    words = (
        [f"quote: {_text(answers.quote)}", f"quote_lang: {answers.quote_lang}"]
        if answers.quote
        else ["quote_missing: not-obtained"]
    )
    lines = [
        "# yaml-language-server: $schema=../claim.schema.json",
        "# The name of this file is the id of the claim and its address for ever.",
        f"facade: {answers.facade}",
        f"title: {_text(answers.title)}",
        f"date: {answers.date}  # local date on which the claim was published",
        *words,
        "status: unverified",
        "sources:",
        f"  - title: {_text(answers.source_title)}",
        f"    publisher: {_text(answers.source_publisher)}",
        f"    published: {answers.source_published}",
        f"    url: {_text(answers.source_url)}",
    ]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """A value in double quotes; JSON's are YAML's."""
    return json.dumps(value, ensure_ascii=False)
