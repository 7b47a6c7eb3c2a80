"""Templates escape at speed what they would escape anyway, and every template does."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from generator.pages.environment import environment, escaped
from generator.records.dates import EdtfDate
from generator.records.vocabulary import Status

_SIGNS = st.text(st.one_of(st.sampled_from("&<>'\"a ي"), st.characters()))


@given(st.one_of(_SIGNS, _SIGNS.map(Markup), st.integers(), st.floats(), st.none(), st.dates()))
def test_what_is_escaped_at_speed_is_what_is_escaped(value: object) -> None:
    assert str(escape(value)) == str(escaped(value))


@pytest.mark.parametrize(
    "value",
    [EdtfDate("2023-01-26"), Status.UNCORROBORATED, datetime.date(2023, 1, 26), ["<b>"], type("S", (str,), {})("<")],
)
def test_what_is_no_plain_text_is_escaped_as_ever(value: object) -> None:
    assert escape(value) == escaped(value)


def test_every_template_escapes_and_does_so_at_speed() -> None:
    for name in environment().list_templates():
        if name.endswith(".j2"):
            assert environment().get_template(name).root_render_func.__globals__["escape"] is escaped, name
    shown = environment().from_string("{{ one }}{{ two }}{% set three %}{{ one }}{% endset %}{{ three }}")

    assert "&lt;b&gt;<b>&lt;b&gt;" == shown.render(one="<b>", two=Markup("<b>"))
    assert "&lt;b&gt; and" == environment().from_string("{{ one ~ ' and' }}").render(one="<b>")
