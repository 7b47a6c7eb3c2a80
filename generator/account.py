"""What each part of some work was made of, so that only those parts are done again that may come out otherwise.

Pure; who keeps an account, and where, is the shell's business. It can be deleted at any time: then all is done again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Generic, TypeVar

from generator.noting import Notes, Question, answer_to

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A part that was done.

    Attributes:
        claims: the ids of claims that were looked into for it.
        questions: what was asked for it of many claims at once.
        result: what came of it.
    """

    claims: tuple[str, ...]
    questions: tuple[Question, ...]
    result: T


@dataclasses.dataclass(frozen=True, slots=True)
class Account(Generic[T]):
    """All parts of some work, by name.

    Attributes:
        rest: a print of all that is no claim.
        claims: a print of every claim's file, by id.
        answers: the print of the answer to every question that was asked.
    """

    rest: str = ""
    claims: Mapping[str, str] = dataclasses.field(default_factory=dict)
    answers: Mapping[Question, str] = dataclasses.field(default_factory=dict)
    parts: Mapping[str, Part[T]] = dataclasses.field(default_factory=dict)

    def standing(
        self, rest: str, claims: Mapping[str, str], root: object, wider: Mapping[str, Question] = MappingProxyType({})
    ) -> dict[str, Part[T]]:
        """The parts that would come out the same now.

        Args:
            rest: a print of all that is no claim, as it is now.
            claims: the same of every claim's file.
            root: where questions are asked (`noting.answer_to`).
            wider: by door, a question from whose answer those at the door follow. Where that is the same, the others
                need not be asked.
        """
        if rest != self.rest:
            return {}
        changed = self.changed(claims)
        if not changed:
            return dict(self.parts)
        stands: dict[Question, bool] = {}

        def still(question: Question) -> bool:
            if question not in stands:
                whole = wider.get(question[0])
                stands[question] = (
                    whole is not None and whole in self.answers and whole != question and still(whole)
                ) or answer_to(question, root) == self.answers[question]
            return stands[question]

        return {
            name: part
            for name, part in self.parts.items()
            if changed.isdisjoint(part.claims) and all(map(still, part.questions))
        }

    def changed(self, claims: Mapping[str, str]) -> set[str]:
        """The claims whose file is not the one that it was, or is new, or gone."""
        return {id for id in {*self.claims, *claims} if self.claims.get(id) != claims.get(id)}


def account_of(
    rest: str,
    claims: Mapping[str, str],
    standing: Mapping[str, Part[T]],
    answers: Mapping[Question, str],
    done: Mapping[str, tuple[T, Notes]],
    wide: Mapping[Question, str] = MappingProxyType({}),
) -> Account[T]:
    """The account of some work.

    Args:
        standing: the parts that were not done again.
        answers: those of the account in which they stood.
        done: the other parts, each with what was looked at for it.
        wide: questions from which others follow, with the prints of their answers.
    """
    parts = dict(standing)
    found: dict[Question, str] = dict(wide) | {
        question: answers[question] for part in standing.values() for question in part.questions
    }
    for name, (result, notes) in done.items():
        parts[name] = Part(tuple(sorted(notes.claims)), tuple(sorted(notes.answers)), result)
        found |= notes.answers
    return Account(rest, dict(claims), found, parts)
