"""Faults that reading a file finds: the form of the file and of its fields. Here stand only their manual pages."""

from __future__ import annotations

from generator.checks.rule import found_while_reading


@found_while_reading("Y01")
def characters_that_hide_something() -> None:
    """The file is not UTF-8, or holds characters that can hide something from a reviewer.

    Control characters, line ends that only YAML knows (a status can stand behind one inside a comment), direction
    overrides, zero-width spaces and private-use letters are refused, also where they are written as escapes
    (`"\\u202e"`), or in prose by their numbers or names (`&#8238;`). The marks that Arabic needs (RLM, LRM, ZWNJ, ZWJ)
    are fine.

    Wrong: a quote pasted from a web page with a zero-width space in it. Right: delete the character that the message
    names; the message gives its line and column.
    """


@found_while_reading("Y02")
def not_yaml() -> None:
    """The file cannot be read as YAML, or the front matter of a Markdown file does not begin or end.

    The usual causes are a colon followed by a space inside a value (put the value in quotes), a tab used for indenting,
    and a longer text whose lines are not indented.
    """


@found_while_reading("Y03")
def yaml_with_hidden_meaning() -> None:
    """The file uses a part of YAML that lets one place mean something else in another.

    Anchors, aliases, tags, merge keys, directives, second documents and fields without a value are refused. Write every
    value out where it is needed, and leave a field out when there is nothing to say.
    """


@found_while_reading("Y04")
def too_large_or_too_deep() -> None:
    """The file is larger, deeper or fuller than any honest record needs to be.

    The limits are 256 KB, eight levels and five thousand values a file.
    """


@found_while_reading("Y05")
def not_an_ordinary_file() -> None:
    """Below `claims/` and `content/` lies something that is no ordinary file: a link, a pipe, a device, or unreadable.

    A link could carry a file of the machine that builds into the published site. Put the file itself in its place.
    """


@found_while_reading("R01")
def missing_field() -> None:
    """A field that the record cannot do without is missing.

    A claim needs at least `facade`, `date` and `status`; the field tables on the contribution page say what each other
    part needs.
    """


@found_while_reading("R03")
def unknown_word() -> None:
    """The value is not one of the words that the field allows.

    The message names the nearest word, or all of them.
    """


@found_while_reading("R06")
def second_key_or_unquoted_value() -> None:
    """A field stands twice, or a text was typed that other programs would read as a number or a yes/no.

    YAML programs keep the last of two equal fields without a word, read `10:04` as 604, `0050` as 40 and `no` as false.
    Write such a text in quotes: `time: "10:04"`.
    """


@found_while_reading("R10")
def unknown_field() -> None:
    """The record has a field that the format does not know.

    Nothing is ignored silently: a misspelt field would otherwise be lost. The message names the nearest field.
    """


@found_while_reading("R11")
def wrong_form() -> None:
    """The value does not have the form that its field needs: a date, a time, an address, a list, an id.

    The message says what would be right.
    """


@found_while_reading("R12")
def schema_not_current() -> None:
    """`claims/claim.schema.json` is not the one that the models give, so editors would help with the wrong fields.

    Only a change of the models can cause it. Run `claims schema` and commit the file.
    """


@found_while_reading("F01")
def unknown_dimension_or_verdict() -> None:
    """A finding names a dimension or a verdict that does not exist.

    The dimensions are `authentic`, `occurred`, `target`, `effect` and `actor`; the verdicts are `supported`,
    `contradicted`, `mixed`, `not-established`, `not-assessed` and `not-claimed`.
    """


RULES = (
    characters_that_hide_something,
    not_yaml,
    yaml_with_hidden_meaning,
    too_large_or_too_deep,
    not_an_ordinary_file,
    missing_field,
    unknown_word,
    second_key_or_unquoted_value,
    unknown_field,
    wrong_form,
    schema_not_current,
    unknown_dimension_or_verdict,
)
