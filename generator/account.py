"""What each part of some work was made of, so that only those parts are done again that may come out otherwise.

Pure; who keeps an account, and where, is the shell's business. It can be deleted at any time: then all is done again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from generator.noting import Notes, Question, answer_to

T = TypeVar("T")


class Part(NamedTuple, Generic[T]):
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
        fallen = self._fallen(root, wider)
        return {
            name: part
            for name, part in self.parts.items()
            if changed.isdisjoint(part.claims) and fallen.isdisjoint(part.questions)
        }

    def _fallen(self, root: object, wider: Mapping[str, Question]) -> set[Question]:
        """The questions whose answer is another now."""
        asked_widely = {whole for whole in wider.values() if whole in self.answers}
        still = {whole for whole in asked_widely if answer_to(whole, root) == self.answers[whole]}
        closed = {door for door, whole in wider.items() if whole in still}
        return (asked_widely - still) | {
            question
            for question, answer in self.answers.items()
            if question[0] not in closed and question not in asked_widely and answer_to(question, root) != answer
        }

    def changed(self, claims: Mapping[str, str]) -> set[str]:
        """The claims whose file is not the one that it was, or is new, or gone."""
        return {id for id in {*self.claims, *claims} if self.claims.get(id) != claims.get(id)}


class Done(Generic[T]):
    """Parts that were done, with what was looked at for them; what many of them asked stands here once.

    Attributes:
        parts: by name.
        answers: the print of the answer to every question that was asked for them.
    """

    __slots__ = ("_alike", "_asked", "answers", "parts")

    def __init__(self) -> None:
        self.parts: dict[str, Part[T]] = {}
        self.answers: dict[Question, str] = {}
        self._asked: dict[Question, Question] = {}
        self._alike: dict[tuple[str, ...], tuple[str, ...]] = {}  # much is taken from the same claims

    def add(self, name: str, result: T, notes: Notes) -> None:
        """Note that a part was done.

        Args:
            notes: what was looked at for it.
        """
        self._ask(notes.answers)
        self._add(name, tuple(sorted(notes.claims)), sorted(notes.answers), result)

    def join(self, other: Done[T]) -> None:
        """Take in parts that were done elsewhere."""
        self._ask(other.answers)
        for name, part in other.parts.items():
            self._add(name, part.claims, part.questions, part.result)

    def _ask(self, answers: Mapping[Question, str]) -> None:
        for question in answers:
            self._asked.setdefault(question, question)
        self.answers |= answers

    def _add(self, name: str, claims: tuple[str, ...], questions: Iterable[Question], result: T) -> None:
        claims = self._alike.setdefault(claims, claims)
        self.parts[name] = Part(claims, tuple(map(self._asked.__getitem__, questions)), result)


def account_of(
    rest: str,
    claims: Mapping[str, str],
    standing: Mapping[str, Part[T]],
    answers: Mapping[Question, str],
    done: Done[T],
    wide: Mapping[Question, str] = MappingProxyType({}),
) -> Account[T]:
    """The account of some work.

    Args:
        standing: the parts that were not done again.
        answers: those of the account in which they stood.
        done: the other parts.
        wide: questions from which others follow, with the prints of their answers.
    """
    found: dict[Question, str] = dict(wide)
    found.update((question, answers[question]) for part in standing.values() for question in part.questions)
    found.update(done.answers)
    return Account(rest, dict(claims), found, {**standing, **done.parts})
