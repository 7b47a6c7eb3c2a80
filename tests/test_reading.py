"""The reader keeps what was typed, says where everything stood, and refuses what could mean something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents import Guessed, SourceFile
from generator.reading import MAXIMUM_BYTES, MAXIMUM_DEPTH, MAXIMUM_NODES, read_front_matter, read_yaml


def _read(text: str | bytes) -> tuple[object, list[str]]:
    content = text if isinstance(text, bytes) else text.encode()
    document, problems = read_yaml(SourceFile("x.yml", content))
    said = [f"{problem.place.line}:{problem.place.column} {problem.rule}" for problem in problems]
    return (document.value if document else None), said


@pytest.mark.parametrize("typed", ["10:04", "0050", "no", "1e3", "0x1F", "2023-01-26", "null", "true", "1_000", ".5"])
def test_a_plain_value_stays_the_text_that_was_typed(typed: str) -> None:
    value, problems = _read(f"key: {typed}\n")

    assert {"key": typed} == value
    assert [] == problems


def test_text_that_other_programs_would_guess_at_is_marked_and_quoted_text_is_not() -> None:
    document, _ = read_yaml(SourceFile("x.yml", b'plain: 10:04\nquoted: "10:04"\ndate: 2023-01-26\n'))

    assert document
    assert isinstance(document.value["plain"], Guessed)
    assert not isinstance(document.value["quoted"], Guessed)
    assert not isinstance(document.value["date"], Guessed)


def test_every_key_and_value_keeps_its_place() -> None:
    document, _ = read_yaml(SourceFile("x.yml", b"a: one\nb:\n  - c: two\n  - three\n"))

    assert document
    assert "x.yml:1:4" == str(document.place(("a",)))
    assert "x.yml:3:8" == str(document.place(("b", 0, "c")))
    assert "x.yml:4:5" == str(document.place(("b", 1)))
    assert "x.yml:3:5" == str(document.key_place(("b", 0, "c")))
    assert "x.yml:4:5" == str(document.place(("b", 1, "no such thing")))


def test_a_second_key_is_named_with_the_line_of_the_first_and_never_wins() -> None:
    document, problems = read_yaml(SourceFile("x.yml", b"status: unverified\ntitle: x\nstatus: confirmed\n"))

    assert document
    assert "unverified" == document.value["status"]
    assert "x.yml:3:1" == str(problems[0].place)
    assert "line 1" in problems[0].sentence


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &x one\n", "1:4 Y03"),
        ("a: *x\n", "1:4 Y03"),
        ("a: !!python/object:os.system one\n", "1:4 Y03"),
        ("<<: {a: one}\n", "1:1 Y03"),
        ("a: one\n---\nb: two\n", "2:1 Y03"),
        ("%YAML 1.1\n---\na: one\n", "1:1 Y03"),
        ("? [a]\n: one\n", "1:3 Y03"),
        ("a: [one\n", "2:1 Y02"),
        ("a: b: c\n", "1:5 Y02"),
        ("\ta: one\n", "1:1 Y02"),
        ("- one\n", "1:1 Y02"),
        ("", "1:1 Y02"),
        ("just text\n", "1:1 Y02"),
    ],
)
def test_yaml_with_a_hidden_meaning_is_refused_where_it_stands(text: str, problem: str) -> None:
    assert problem in _read(text)[1]


@pytest.mark.parametrize(
    "letter",
    ["\x00", "\x07", "\x85", "\u2028", "\u2029", "\u202e", "\u200b", "\ue000", "\ufffe", "\U000e0041"],
)
def test_a_character_that_hides_something_is_refused_where_it_stands(letter: str) -> None:
    value, problems = _read(f"a: one\nb: # note{letter}status: confirmed\n")

    assert value is None
    assert "2:10 Y01" in problems


@pytest.mark.parametrize(
    "escape",
    [
        r"\0",
        r"\a",
        r"\x07",
        r"\N",
        r"\L",
        r"\P",
        r"\r",
        r"\u202e",
        r"\u200b",
        r"\ue000",
        r"\ufffe",
        r"\U000E0041",
        r"\u2067",
    ],
)
def test_a_character_that_hides_something_is_refused_where_it_is_written_as_an_escape(escape: str) -> None:
    assert ["2:4 Y01"] == _read(f'a: one\nb: "before{escape}after"\n')[1]
    assert ["1:1 Y01"] == _read(f'"{escape}": one\n')[1]


@pytest.mark.parametrize("reference", ["&#8238;", "&#x202E;", "&#X202e;", "&ZeroWidthSpace;", "&#57344;"])
def test_a_character_that_hides_something_is_refused_in_prose_by_its_number_or_name(reference: str) -> None:
    page = f"---\nname: one {reference}\n---\nProse\nand {reference} more\n"
    _, problems = read_front_matter(SourceFile("x.md", page.encode()))

    # What stands in a field is shown as it was typed.
    assert [(5, 5, "Y01")] == [(found.place.line, found.place.column, found.rule) for found in problems]


def test_references_that_hide_nothing_stay() -> None:
    _, problems = read_front_matter(SourceFile("x.md", b"---\nname: one\n---\n&amp; &eacute; &#233; &rlm; &no\n"))

    assert [] == problems


def test_escapes_that_hide_nothing_stay() -> None:
    assert ({"a": 'one "\u00e9" \u200f\t\\', "b": r"\u202e"}, []) == _read(
        'a: "one \\"\\u00e9\\" \\u200f\\t\\\\"\nb: \\u202e\n'
    )


@pytest.mark.parametrize("letter", ["\u200e", "\u200f", "\u200c", "\u200d"])
def test_the_marks_that_arabic_needs_stay(letter: str) -> None:
    assert ({"a": f"نص{letter}"}, []) == _read(f"a: نص{letter}\n")


def test_an_open_isolate_and_a_pile_of_marks_are_refused() -> None:
    assert ["1:1 Y01"] == _read("a: \u2067نص\n")[1]
    assert ({"a": "\u2067نص\u2069"}, []) == _read("a: \u2067نص\u2069\n")
    assert _read("a: ن" + "\u064b" * 9 + "\n")[1]


def test_a_file_that_is_not_utf8_is_refused_where_it_stops_being_so() -> None:
    assert (None, ["2:4 Y01"]) == _read(b"a: one\nb: \xff\xfe\n")


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    assert ({"a": "one", "b": "two"}, []) == _read(b"\xef\xbb\xbfa: one\r\nb: two\r\n")


def test_a_file_that_is_too_large_too_deep_or_too_full_is_refused() -> None:
    assert (None, ["1:1 Y04"]) == _read(b"a: " + b"x" * MAXIMUM_BYTES)
    assert "Y04" in _read("a: " + "[" * (MAXIMUM_DEPTH + 1) + "\n")[1][-1]
    assert "Y04" in _read("a: [" + "x," * MAXIMUM_NODES + "]\n")[1][-1]


def test_a_hundred_thousand_nested_lists_are_refused_and_nothing_dies() -> None:
    assert "Y04" in _read("a: " + "[" * 100_000)[1][-1]


@given(st.binary(max_size=400))
def test_no_bytes_at_all_bring_the_reader_down(content: bytes) -> None:
    read_yaml(SourceFile("x.yml", content))
    read_front_matter(SourceFile("x.md", content))


_LETTERS = st.characters(blacklist_categories=["Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp", "Mn", "Me", "Mc"])


@given(st.text(_LETTERS, min_size=1, max_size=60))
def test_quoted_text_is_read_as_typed_after_composition(text: str) -> None:
    import json
    import unicodedata

    value, problems = _read("a: " + json.dumps(text, ensure_ascii=False) + "\n")

    assert [] == problems
    assert {"a": unicodedata.normalize("NFC", text)} == value


def test_front_matter_has_the_lines_of_its_file_and_keeps_the_prose() -> None:
    document, problems = read_front_matter(SourceFile("x.md", b"---\nname: one\nname: two\n---\nProse\n---\nmore\n"))

    assert document
    assert "x.md:3:1" == str(problems[0].place)
    assert "Prose\n---\nmore\n" == document.prose
    assert 5 == document.prose_line


@pytest.mark.parametrize("text", ["no front matter", "---\nname: one\n", "", "\n---\nname: one\n---\n"])
def test_a_page_without_whole_front_matter_says_so(text: str) -> None:
    document, problems = read_front_matter(SourceFile("x.md", text.encode()))

    assert document is None
    assert ["Y02"] == [problem.rule for problem in problems]
