"""What files of the whole archive take from claims (`generator.extracting`), remembered from build to build."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Reversible, Sequence
from typing import Any, Final, Generic, TypeVar

from generator import cores, disk
from generator.account import Account, Done, Part, account_of
from generator.archive import Entry
from generator.extracting import Taking
from generator.noting import Notes, hand_on, noting, print_of
from generator.packing import packed, unpacked

T = TypeVar("T")

#: What the names of all that is kept here begin with.
TAKEN: Final = "taken-"
#: How many jobs all of it makes at most.
_MOST_JOBS: Final = 400

#: Some claims that stand together.
Group = Sequence[Entry[Any]]
#: The key under which something that was taken is kept, and what was looked at for it.
Taken = tuple[str, Notes]


@dataclasses.dataclass(slots=True)
class _Known:
    """What is known of one thing that is taken, by the print of the ids of a group.

    Attributes:
        before: what was remembered.
        stands: what of that would come out the same now.
        done: what was taken since.
        told: whether all of this is remembered for the next build.
    """

    before: Account[str]
    stands: Mapping[str, Part[str]]
    done: dict[str, Taken] = dataclasses.field(default_factory=dict)
    told: bool = False


class _Unpacked(Generic[T]):
    """What was taken from groups, each unpacked when it is its turn; what is gone by then is taken again."""

    def __init__(self, kept: disk.Kept, taking: Taking[T], groups: Sequence[Group], keys: Sequence[str]) -> None:
        self._kept = kept
        self._taking = taking
        self._groups = groups
        self._keys = keys

    def __iter__(self) -> Iterator[T]:
        return map(self._one, self._groups, self._keys)

    def __reversed__(self) -> Iterator[T]:
        return map(self._one, reversed(self._groups), reversed(self._keys))

    def _one(self, group: Group, key: str) -> T:
        found: T | None = unpacked(self._kept.found(key))
        if found is None:
            with noting():  # noted already
                found = self._taking.make(group)
        return found


class Remembering:
    """Knows what was taken from groups of claims that have not changed since.

    Args:
        rest: a print of all that is no claim.
        claims: a print of every claim's file, by id.

    Attributes:
        root: where questions are asked (`noting.answer_to`).
    """

    def __init__(self, kept: disk.Kept, rest: str, claims: Mapping[str, str]) -> None:
        self._kept = kept
        self._rest = rest
        self._claims = claims
        self._known: dict[str, _Known] = {}
        self._groups: Sequence[Group] = ()
        self._called: list[str] = []
        self.root: object = None

    def __call__(self, taking: Taking[T], groups: Sequence[Group]) -> Reversible[T]:
        """What is taken from each group, in their order; each is unpacked when it is its turn."""
        known = self._known_of(taking.name)
        keys: list[str] = []
        for group, called in zip(groups, self._names_of(groups), strict=True):
            part, done = known.stands.get(called), known.done.get(called)
            key, notes = done or (part.result if part else "", Notes())
            if not key or not self._kept.holds(key):
                key, notes = known.done[called] = self._taken(taking, group)
                known.told = False
            elif part is not None and done is None:
                answers = known.before.answers
                notes = Notes(set(part.claims), {question: answers[question] for question in part.questions})
            hand_on(notes)
            keys.append(key)
        self._tell(taking.name, groups)
        return _Unpacked(self._kept, taking, groups, keys)

    def _tell(self, name: str, groups: Sequence[Group]) -> None:
        """Remember for the next build what was taken, if that is not done yet."""
        known = self._known_of(name)
        if known.told:
            return
        names = self._names_of(groups)
        stood = {id: known.stands[id] for id in names if id in known.stands and id not in known.done}
        if known.done or len(stood) < len(known.before.parts):
            done: Done[str] = Done()
            for id, (key, notes) in known.done.items():
                done.add(id, key, notes)
            account = account_of(self._rest, self._claims, stood, known.before.answers, done)
            self._kept.keep(_account(name), packed(account))
        known.told = True

    def whole(self, name: str, key: str, make: Callable[[], T]) -> T:
        """What is made of all claims, under a print of what it is made of."""
        key = f"{TAKEN}whole-{name}-{print_of((self._rest, key))}"
        found: T | None = unpacked(self._kept.found(key))
        if found is None:
            found = make()
            self._kept.keep(key, packed(found))
        return found

    def ahead(self, takings: Iterable[Taking[Any]], groups: Sequence[Group]) -> None:
        """Take all of this now, on two cores, so that nobody need look into a claim for each of these things anew."""
        wanted = list(takings)
        missing = [
            (some, group, called)
            for group, called in zip(groups, self._names_of(groups), strict=True)
            if (some := [taking for taking in wanted if not self._stands(taking.name, called)])
        ]
        size = max(1, -(-len(missing) // _MOST_JOBS))
        jobs = [functools.partial(self._all_taken, missing[at : at + size]) for at in range(0, len(missing), size)]
        for name, called, taken in itertools.chain.from_iterable(cores.spread(jobs)):
            self._kept.needed(taken[0])
            self._known_of(name).done[called] = taken
        # Also what nobody asks for in this build: otherwise it would be taken anew in each of the next ones.
        for taking in wanted:
            self._tell(taking.name, groups)

    def _stands(self, name: str, called: str) -> bool:
        part = self._known_of(name).stands.get(called)
        return part is not None and self._kept.holds(part.result)

    def _all_taken(self, missing: Sequence[tuple[Sequence[Taking[Any]], Group, str]]) -> list[tuple[str, str, Taken]]:
        """Take some things from some groups: for each the name, what the group is called, and what came of it."""
        return [
            (taking.name, called, self._taken(taking, group))
            for takings, group, called in missing
            for taking in takings
        ]

    def _taken(self, taking: Taking[Any], group: Group) -> Taken:
        with noting() as notes:
            blob = packed(taking.make(group))
        key = f"{TAKEN}group-{taking.name}-{print_of(blob)}"
        self._kept.keep(key, blob)
        return key, notes

    def _known_of(self, name: str) -> _Known:
        if name not in self._known:
            before: Account[str] = unpacked(self._kept.found(_account(name))) or Account()
            stands = before.standing(self._rest, self._claims, self.root)
            self._known[name] = _Known(before, stands)
        return self._known[name]

    def _names_of(self, groups: Sequence[Group]) -> list[str]:
        """What each group is called: a print of its claims. An archive gives the same groups each time."""
        if self._groups is not groups:
            self._groups, self._called = groups, [print_of([entry.id for entry in group]) for group in groups]
        return self._called


def _account(name: str) -> str:
    return f"{TAKEN}account-{name}"
