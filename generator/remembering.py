"""What files of the whole archive take from claims (`generator.extracting`), remembered from build to build."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar, overload

from generator import cores, disk
from generator.account import Account, Done, Part, account_of
from generator.archive import Entry
from generator.extracting import Taking
from generator.noting import Notes, asked, hand_on, noting, print_of
from generator.packing import pack_into, packed, unpacked

T = TypeVar("T")

#: What the names of all that is kept here begin with.
TAKEN: Final = "taken-"
#: Some claims that stand together.
Group = Sequence[Entry[Any]]
#: The key under which something that was taken is kept, and what was looked at for it.
_Taken = tuple[str, Notes]


@dataclasses.dataclass(slots=True)
class _Known:
    """What is known of things that are taken, by part: the thing, and the print of the ids of a group.

    Attributes:
        before: what was remembered.
        stands: what of that would come out the same now.
        done: what was taken since.
        told: whether all of this is remembered for the next build.
    """

    before: Account[str]
    stands: Mapping[str, Part[str]]
    done: Done[str] = dataclasses.field(default_factory=Done)
    told: bool = False

    def key(self, part: str) -> str:
        """The key under which it is kept."""
        return (self.done.parts.get(part) or self.stands[part]).result

    def taken(self, part: str) -> _Taken | None:
        """The same with what was looked at for it, if it was taken."""
        for parts, answers in ((self.done.parts, self.done.answers), (self.stands, self.before.answers)):
            if (own := parts.get(part)) is not None:
                return own.result, Notes(set(own.claims), {asked: answers[asked] for asked in own.questions})
        return None


class _Ahead(NamedTuple):
    """What was taken ahead: a print of it, and the key for each group; empty until all of it is there."""

    print: str
    keys: list[str]


_NOT_YET: Final = _Ahead("", [])


class _Unpacked(Sequence[T]):
    """What was taken from groups, each unpacked when it is its turn; what is gone by then is taken again."""

    def __init__(self, kept: disk.Kept, taking: Taking[T], groups: Sequence[Group], keys: Sequence[str]) -> None:
        self._kept = kept
        self._taking = taking
        self._groups = groups
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        found: T | None = unpacked(self._kept.found(self._keys[at]))
        if found is None:
            with noting():  # noted already
                found = self._taking.make(self._groups[at])
        return found


class Remembering:
    """Knows what was taken from groups of claims that have not changed since.

    What is taken ahead has one account, and whoever uses it asks one question: what it is now. So nothing is made again
    because a claim has changed of which the same is taken as before. What is taken in between (what prose chooses) has
    accounts of its own, and whoever uses it looks at all that was looked at for it.

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
        self._ahead: dict[str, _Ahead] = {}
        self._groups: Sequence[Group] = ()
        self._called: list[str] = []
        self.root: object = None

    def __call__(self, taking: Taking[T], groups: Sequence[Group]) -> Sequence[T]:
        """What is taken from each group, in their order; each is unpacked when it is its turn."""
        if self.taken(taking.name):
            return _Unpacked(self._kept, taking, groups, self._ahead[taking.name].keys)
        known = self._known_of(taking.name)
        parts = self._parts(taking.name, groups)
        keys: list[str] = []
        for group, part in zip(groups, parts, strict=True):
            taken = known.taken(part)
            if taken is None or not self._kept.holds(taken[0]):
                taken = self._taken(taking, group)
                known.done.add(part, *taken)
                known.told = False
            keys.append(taken[0])
            hand_on(taken[1])
        if taking.name not in self._ahead:
            self._tell(taking.name, [taking.name], groups)
        return _Unpacked(self._kept, taking, groups, keys)

    def taken(self, name: str) -> str:
        """A print of what was taken ahead under this name; empty where nothing was."""
        found = self._ahead[name].print if name in self._ahead else ""
        if found:
            asked(("analysis.extracting.taken", name), lambda: found)
        return found

    def whole(self, name: str, key: str, make: Callable[[], T]) -> T:
        """What is made of all claims, under a print of what it is made of."""
        key = f"{TAKEN}whole-{name}-{print_of((self._rest, key))}"
        found: T | None = unpacked(self._kept.found(key))
        if found is None:
            found = made = make()
            self._kept.keep_written(key, lambda file: pack_into(file, made))
        return found

    def ahead(self, takings: Iterable[Taking[Any]], groups: Sequence[Group]) -> cores.Work[Any]:
        """Takes all of this at once, so that nobody need look into a claim for each of these things anew."""
        wanted = {taking.name: taking for taking in takings}
        self._ahead = dict.fromkeys(wanted, _NOT_YET)
        known = self._known_of("")
        parts = {name: self._parts(name, groups) for name in wanted}
        # A group comes when the last of its claims does.
        steps = [
            (group[-1].id, functools.partial(self._all_taken, some, group, at))
            for at, group in enumerate(groups)
            if (some := [taking for name, taking in wanted.items() if not self._stands(known, parts[name][at])])
        ]

        def take(found: list[tuple[str, int, _Taken]]) -> None:
            for name, at, taken in found:
                self._kept.needed(taken[0])
                known.done.add(parts[name][at], *taken)

        def finish() -> None:
            self._tell("", wanted, groups)
            for name, own in parts.items():
                keys = [known.key(part) for part in own]
                self._ahead[name] = _Ahead(print_of((own, keys)), keys)
            del self._known[""]  # what was looked at, for every group and thing

        return cores.Work(steps, take, finish)

    def _stands(self, known: _Known, part: str) -> bool:
        stood = known.stands.get(part)
        return stood is not None and self._kept.holds(stood.result)

    def _all_taken(self, takings: Sequence[Taking[Any]], group: Group, at: int) -> list[tuple[str, int, _Taken]]:
        """Take some things from a group: for each the name, the number of the group, and what came of it."""
        return [(taking.name, at, self._taken(taking, group)) for taking in takings]

    def _taken(self, taking: Taking[Any], group: Group) -> _Taken:
        with noting() as notes:
            blob = packed(taking.make(group))
        key = f"{TAKEN}group-{taking.name}-{print_of(blob)}"
        self._kept.keep(key, blob)
        return key, notes

    def _known_of(self, name: str) -> _Known:
        """What is known of a thing, by the account that it stands in."""
        name = "" if name in self._ahead else name
        if name not in self._known:
            before: Account[str] = unpacked(self._kept.found(_account(name))) or Account()
            stands = before.standing(self._rest, self._claims, self.root)
            self._known[name] = _Known(before, stands)
        return self._known[name]

    def _tell(self, account: str, names: Iterable[str], groups: Sequence[Group]) -> None:
        """Remember for the next build what was taken, if that is not done yet."""
        known = self._known_of(account)
        if known.told:
            return
        parts = [part for name in names for part in self._parts(name, groups)]
        done = known.done
        stood = {part: known.stands[part] for part in parts if part in known.stands and part not in done.parts}
        if done.parts or len(stood) < len(known.before.parts):
            after = account_of(self._rest, self._claims, stood, known.before.answers, done)
            self._kept.keep(_account(account), packed(after))
        known.told = True

    def _parts(self, name: str, groups: Sequence[Group]) -> list[str]:
        """What each group is called as a part of an account. An archive gives the same groups each time."""
        if self._groups is not groups:
            self._groups, self._called = groups, [print_of([entry.id for entry in group]) for group in groups]
        return [f"{name} {called}" for called in self._called]


def _account(name: str) -> str:
    return f"{TAKEN}account-{name}"
