"""The status function is total, and says what the table of statuses says."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.analysis.status import derive_status, every_combination, more_cautious
from generator.records.vocabulary import Dimension, Status, Verdict


def test_every_combination_of_verdicts_has_exactly_one_status() -> None:
    combinations = list(every_combination())

    assert 15_552 == len(combinations)

    counts = Counter(derive_status(verdicts, searched) for verdicts, searched in combinations)

    assert set(Status) == set(counts)
    assert 16 == counts[Status.CONFIRMED]


_LETTERS = {verdict.value: verdict for verdict in Verdict} | {
    "yes": Verdict.SUPPORTED,
    "no": Verdict.CONTRADICTED,
    "both": Verdict.MIXED,
    "open": Verdict.NOT_ESTABLISHED,
    "-": Verdict.NOT_ASSESSED,
    "silent": Verdict.NOT_CLAIMED,
}


@pytest.mark.parametrize(
    ("verdicts", "searched", "status"),
    [
        ("no yes yes yes yes", False, Status.NOT_AUTHENTIC),
        ("no no yes yes yes", False, Status.NOT_AUTHENTIC),
        ("yes no yes yes yes", False, Status.REFUTED),
        ("open no open open open", True, Status.REFUTED),
        ("yes both yes no yes", False, Status.CONTESTED),
        ("yes yes both open open", False, Status.CONTESTED),
        ("yes yes both no open", False, Status.MISDESCRIBED),
        ("yes yes no open open", False, Status.MISDESCRIBED),
        ("yes yes yes yes yes", False, Status.CONFIRMED),
        ("yes yes yes silent yes", False, Status.CONFIRMED),
        ("yes yes yes silent open", False, Status.PARTLY_CONFIRMED),
        ("yes yes - - -", True, Status.PARTLY_CONFIRMED),
        ("open open open open open", True, Status.UNCORROBORATED),
        ("open open open open open", False, Status.UNVERIFIED),
        ("open yes yes yes yes", True, Status.UNVERIFIED),
        ("- - - - -", True, Status.UNVERIFIED),
    ],
)
def test_the_first_row_that_fits_wins(verdicts: str, searched: bool, status: Status) -> None:
    given = dict(zip(Dimension, (_LETTERS[word] for word in verdicts.split()), strict=True))

    assert status is derive_status(given, searched)


def test_more_cautious_never_means_another_accusation() -> None:
    assert more_cautious(Status.UNVERIFIED, Status.CONFIRMED)
    assert more_cautious(Status.PARTLY_CONFIRMED, Status.CONFIRMED)
    assert not more_cautious(Status.CONFIRMED, Status.PARTLY_CONFIRMED)
    assert not more_cautious(Status.PARTLY_CONFIRMED, Status.REFUTED)
    assert not more_cautious(Status.MISDESCRIBED, Status.CONFIRMED)


def test_the_order_of_presentation_and_the_marks_are_those_of_the_evidence_model() -> None:
    words = "unverified uncorroborated contested partly-confirmed confirmed misdescribed refuted not-authentic"

    assert words.split() == [status.value for status in Status]
    assert "○◌◇◐●◩■✕" == "".join(status.mark for status in Status)
