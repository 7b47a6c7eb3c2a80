"""Rules that no single bad example can show."""

from __future__ import annotations

import pytest

from generator.documents import SourceFile
from tests.conftest import problems_with

_FRONT = "---\ntitle: T\ndescription: D\npublished: 2023\nsources: [{title: A, publisher: B, published: 2023, url: 'https://example.org/'}]\n---\n"


def test_prose_that_would_take_minutes_to_render_is_refused(small_files):
    for prose in ("![" * 5_000, "[" * 3_000, "word " * 20_000):
        file = SourceFile("content/reports/slow.md", (_FRONT + prose + "\n").encode())

        assert "W04" in {problem.rule for problem in problems_with(small_files, file)}


def test_every_rule_has_a_manual_page_in_whole_sentences():
    from generator.checks import RULES

    for rule in RULES:
        assert rule.manual.endswith((".", "?", "`")), rule.id
        assert rule.manual[0].isupper() or rule.manual[0] == "`", rule.id


def test_an_id_that_does_not_resolve_is_named_with_the_nearest_that_does(small_files):
    text = "facade: test-facton\ndate: 2023-05-05\nquote_missing: not-obtained\nstatus: unverified\n"
    file = SourceFile("claims/2023/2023-05-05-test-facton.yml", text.encode())

    sentences = [problem.sentence for problem in problems_with(small_files, file)]

    assert "unknown facade ‘test-facton’; did you mean ‘test-faction’?" in sentences


def _rules_for_note(small_files, note, published="2023"):
    text = (
        "facade: test-faction\ndate: 2023-05-05\nquote_missing: not-obtained\nstatus: unverified\n"
        f"notes:\n  - '{note}'\n"
        f"sources:\n  - {{title: A, publisher: B, published: {published}, url: 'https://example.org/'}}\n"
    )
    file = SourceFile("claims/2023/2023-05-05-test-faction.yml", text.encode())
    return {problem.rule for problem in problems_with(small_files, file)}


# Each alone in its file: rules look at a whole file first, and one that is passed over there is never found.
@pytest.mark.parametrize(
    ("note", "rule"),
    [
        ("see /home/somebody/capture.png", "R09"),
        ("(/Volumes/disk/capture.png", "R09"),
        ("kept in C:\\Users\\somebody", "R09"),
        ("kept in ~/captures", "R09"),
        ("file:///captures/1.png", "R09"),
        ("posted at https://t.me/somechannel/12", "H01"),
        ("posted at HTTPS://WWW.X.COM/some/12", "H01"),
        ("posted at https://user@mobile.twitter.com:443/some", "H01"),
        ("posted at https://some.vk.com", "H01"),
        ("t.me/joinchat/AAAA", "H01"),
        ("Telegram.me/joinchat/AAAA", "H01"),
        ("tg://resolve?domain=x", "H01"),
        ("signal://group", "H01"),
        ("by @some_channel on Telegram", "H02"),
    ],
)
def test_what_must_not_stand_in_a_file_is_found_where_it_stands_alone(small_files, note, rule):
    assert rule in _rules_for_note(small_files, note)
    assert rule not in _rules_for_note(small_files, "a note on https://example.org/home/page at 10:30")


@pytest.mark.parametrize("day", ["2033", "2033-05", "2033-05-XX", "2033-05-01~", "2033/2034", "2033-01/.."])
def test_a_date_in_the_future_is_found_however_it_is_written(small_files, day):
    assert "T02" in _rules_for_note(small_files, "a note", f'"{day}"')
    assert "T02" not in _rules_for_note(
        small_files, "of 2033-05-01", f'"{day.replace("2033", "2013").replace("2034", "2033")}"'
    )
