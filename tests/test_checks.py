"""Rules that no single bad example can show."""

from __future__ import annotations

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
