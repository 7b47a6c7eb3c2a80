"""What a piece of work looked at is noted, also where it was worked out once for several."""

from __future__ import annotations

import datetime
import io
import pickle

import pytest

from generator import noting
from generator.account import Account, Done, account_of
from generator.analysis.whole import WIDER, analyse
from generator.archive import DOORS, OUTLINES, Archive
from generator.extracting import Taking
from generator.intake import taken_in
from generator.packing import pack_in_turn, packed, unpacked, unpacked_in_turn
from generator.remembering import Remembering
from tests.conftest import SMALL

CLAIM = "2023-01-26-international-resistance"
OTHER = "2023-01-19-international-resistance"


class _Counted:
    def __init__(self) -> None:
        self.times = 0

    @noting.once
    def found(self) -> int:
        self.times += 1
        noting.looked_at(CLAIM)
        return self.times


def test_what_is_worked_out_once_hands_its_notes_to_everybody_who_uses_it():
    counted = _Counted()
    with noting.noting() as first:
        assert 1 == counted.found
    with noting.noting() as second:
        assert 1 == counted.found

    assert {CLAIM} == first.claims == second.claims


def test_notes_of_an_inner_piece_are_not_those_of_the_outer():
    with noting.noting() as outer, noting.noting():
        noting.looked_at(CLAIM)

    assert set() == outer.claims


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    from generator import disk

    files, _ = disk.read_contributed(SMALL)
    return taken_in(files, disk.Kept(tmp_path_factory.mktemp("kept")))


def test_looking_into_a_claim_is_noted_and_holding_it_is_not(taken):
    with noting.noting() as notes:
        entries = taken.archive.claims_in_order
        assert CLAIM in [entry.id for entry in entries]

    assert set() == notes.claims
    assert {("archive.claims_in_order",)} == notes.answers.keys()
    for look in (
        lambda entry: entry.record,
        lambda entry: entry.document,
        lambda entry: entry.path,
        lambda entry: entry.formerly,
        lambda entry: entry.listed,
        lambda entry: entry.facades,
        lambda entry: entry.changed,
    ):
        with noting.noting() as notes:
            look(entries[0])

        assert {entries[0].id} == notes.claims


def test_seeking_a_claim_that_is_not_there_is_noted(taken):
    with noting.noting() as notes:
        assert "nobody" not in taken.archive.claims
        assert taken.archive.claims.get("no-one") is None

    assert {"nobody", "no-one"} == notes.claims


def test_every_door_of_the_archive_answers_its_own_question(taken):
    archive: Archive = taken.archive
    with noting.noting() as notes:
        list(archive.claims)
        len(archive.claims)
        for door in (archive.claims_of, archive.claims_carried_by):
            door("test-faction")
        archive.claims_on("test-faction", "2023-02-01")
        archive.claims_of_year("2023")
        archive.claims_about("2023-02-01-test-range")
        archive.before(CLAIM)
        archive.after(CLAIM)
        assert archive.claims_in_order and archive.listed_claims and archive.years  # noqa: PT018

    assert {f"archive.{door}" for door in DOORS} == {question[0] for question in notes.answers}
    root = type("Root", (), {"archive": archive})()
    assert notes.answers == {question: noting.answer_to(question, root) for question in notes.answers}
    assert set(WIDER) >= {question[0] for question in notes.answers}


def test_a_part_is_done_again_when_what_it_looked_at_changed_or_an_answer_did():
    class Root:
        number = 1

        @property
        def asked(self) -> int:
            noting.asked(("asked",), lambda: str(self.number))
            return self.number

    looked, told, neither = noting.Notes({"a"}), noting.Notes(set(), {("asked",): "1"}), noting.Notes({"b"})
    done: Done[int] = Done()
    for number, (name, notes) in enumerate({"looked": looked, "asked": told, "neither": neither}.items()):
        done.add(name, number, notes)
    account = account_of("rest", {"a": "x", "b": "y"}, {}, {}, done)
    root = Root()

    assert {"looked", "asked", "neither"} == account.standing("rest", {"a": "x", "b": "y"}, root).keys()
    assert {"asked", "neither"} == account.standing("rest", {"a": "other", "b": "y"}, root).keys()
    assert {"asked", "neither"} == account.standing("rest", {"b": "y"}, root).keys()
    assert {"looked", "asked", "neither"} == account.standing("rest", {"a": "x", "b": "y", "c": "z"}, root).keys()
    root.number = 2
    assert {"neither"} == account.standing("rest", {"a": "other", "b": "y"}, root).keys()
    assert {} == account.standing("other", {"a": "x", "b": "y"}, root)


def test_where_a_wider_answer_is_the_same_the_others_are_not_asked(taken):
    class Root:
        def __init__(self, outlines: str) -> None:
            self.archive = type("Closed", (), {"outlines": property(lambda own: outlines)})()

    narrow = noting.Notes(set(), {("archive.before", CLAIM): OTHER})
    done: Done[int] = Done()
    done.add("part", 0, narrow)
    account = account_of("", {"a": "x"}, {}, {}, done, {OUTLINES: taken.archive.outlines})
    same = type("Root", (), {"archive": taken.archive})()

    assert ["part"] == [*account.standing("", {"a": "y"}, same, WIDER)]
    # Without it, the closed doors would have to be asked.
    with pytest.raises((AttributeError, KeyError)):
        account.standing("", {"a": "y"}, Root(""))


def test_what_was_taken_from_claims_is_taken_again_only_where_one_changed(taken, tmp_path):
    from generator import disk

    groups = taken.archive.groups
    asked: list[str] = []

    def lengths(entries):
        asked.extend(entry.id for entry in entries)
        return [len(entry.record.title or "") for entry in entries]

    def found(claims):
        asked.clear()
        remembering = Remembering(disk.Kept(tmp_path), "rest", claims)
        remembering.root = type("Root", (), {"archive": taken.archive})()
        return list(remembering(Taking("lengths", lengths), groups)), list(asked)

    first, everything = found(taken.claims)
    again, nothing = found(taken.claims)
    changed, some = found({**taken.claims, CLAIM: "other"})

    assert first == again == changed
    assert [] == nothing
    assert CLAIM in some
    assert len(some) < len(everything)
    (key,) = (path for path in (tmp_path / ".cache" / "made").iterdir() if path.name.endswith("account-lengths"))
    key.write_bytes(b"damaged")
    assert (first, everything) == found(taken.claims)


def test_what_is_taken_ahead_is_not_taken_again_and_leaves_one_question(taken, tmp_path, monkeypatch):
    from generator import cores, disk

    monkeypatch.setattr(cores, "two_cores", lambda: False)  # so that it is seen who is asked
    groups = taken.archive.groups
    asked: list[str] = []

    def titles(entries):
        asked.extend(entry.id for entry in entries)
        return [entry.record.title for entry in entries]

    taking = Taking("titles", titles)
    plainly, ahead = (Remembering(disk.Kept(tmp_path / name), "rest", taken.claims) for name in ("plainly", "ahead"))
    with noting.noting() as expected:
        found = list(plainly(taking, groups))

    assert expected.claims == set(asked)

    asked.clear()
    cores.in_one_pass(ahead.ahead([taking], groups))

    assert {entry.id for entry in taken.archive.claims_in_order} == set(asked)

    asked.clear()
    with noting.noting() as notes:
        assert found == list(ahead(taking, groups))

    assert notes.claims == set()
    assert notes.answers == {("analysis.extracting.taken", "titles"): ahead.taken("titles")}
    assert [] == asked

    # A cache may go at any time, also within a build.
    for path in (tmp_path / "ahead" / ".cache" / "made").iterdir():
        path.unlink()

    assert found == list(ahead(taking, groups))
    assert [] != asked

    # What is remembered, but gone, is taken ahead too.
    for path in (tmp_path / "ahead" / ".cache" / "made").iterdir():
        if "-group-" in path.name:
            path.unlink()
    again = Remembering(disk.Kept(tmp_path / "ahead"), "rest", taken.claims)
    again.root = type("Root", (), {"archive": taken.archive})()
    cores.in_one_pass(again.ahead([taking], groups))
    asked.clear()

    assert found == list(again(taking, groups))
    assert [] == asked


def test_whoever_uses_what_is_taken_ahead_stands_while_the_same_is_taken(taken, tmp_path, monkeypatch):
    from generator import cores, disk

    monkeypatch.setattr(cores, "two_cores", lambda: False)
    said = {"titles": "", "lengths": ""}
    takings = [
        Taking(name, lambda entries, name=name: [f"{entry.record.title}{said[name]}" for entry in entries])
        for name in said
    ]

    def remembering(claims):
        made = Remembering(disk.Kept(tmp_path), "rest", claims)
        analysis = type("Analysis", (), {"extracting": made})()
        made.root = type("Root", (), {"archive": taken.archive, "analysis": analysis})()
        cores.in_one_pass(made.ahead(takings, taken.archive.groups))
        return made

    first = remembering(taken.claims)
    done: Done[None] = Done()
    for taking in takings:
        with noting.noting() as notes:
            list(first(taking, taken.archive.groups))
        done.add(taking.name, None, notes)
    account = account_of("rest", taken.claims, {}, {}, done)

    # Both are taken anew, for a claim has changed, and one of them comes out otherwise.
    for claims in (taken.claims, {**taken.claims, CLAIM: "other"}):
        assert said.keys() == account.standing("rest", claims, remembering(claims).root).keys()
    said["titles"] = " and more"
    changed = {**taken.claims, CLAIM: "yet another"}

    assert {"lengths"} == account.standing("rest", changed, remembering(changed).root).keys()

    # Where nothing is taken ahead, nothing stands that asked for it.
    nothing = Remembering(disk.Kept(tmp_path), "rest", changed)
    analysis = type("Analysis", (), {"extracting": nothing})()
    root = type("Root", (), {"archive": taken.archive, "analysis": analysis})()

    assert {} == account.standing("rest", changed, root)


def test_what_is_taken_ahead_of_something_else_that_is_has_the_notes_of_it(taken, tmp_path, monkeypatch):
    from generator import cores, disk

    monkeypatch.setattr(cores, "two_cores", lambda: False)
    groups = taken.archive.groups
    titles = Taking("titles", lambda entries: [entry.record.title for entry in entries])

    def found(claims):
        asked: list[str] = []
        remembering = Remembering(disk.Kept(tmp_path), "rest", claims)
        remembering.root = type("Root", (), {"archive": taken.archive})()
        of_all = Taking("of all", lambda entries: asked.append(entries[0].id) or [*remembering(titles, groups)])
        cores.in_one_pass(remembering.ahead([of_all, titles], groups))
        return len(asked)

    assert [len(groups), 0] == [found(taken.claims), found(taken.claims)]
    assert len(groups) == found({**taken.claims, CLAIM: "other"})


def test_what_was_taken_ahead_is_remembered_also_when_nobody_asked_for_it(taken, tmp_path, monkeypatch):
    from generator import cores, disk

    monkeypatch.setattr(cores, "two_cores", lambda: False)
    asked: list[str] = []
    taking = Taking("ids", lambda entries: asked.extend(entry.id for entry in entries) or [])

    def ahead():
        asked.clear()
        remembering = Remembering(disk.Kept(tmp_path), "rest", taken.claims)
        remembering.root = type("Root", (), {"archive": taken.archive})()
        cores.in_one_pass(remembering.ahead([taking], taken.archive.groups))
        return sorted(asked)

    assert sorted(entry.id for entry in taken.archive.claims_in_order) == ahead()
    assert [] == ahead()


def test_only_values_of_our_own_are_unpacked():
    class Strange:
        def __reduce__(self):
            return (print, ("called",))

    assert unpacked(pickle.dumps(Strange())) is None
    # What a module of ours has imported is none of ours, by a dotted name or by its own.
    for module, name in (("generator.amending", "disk.subprocess.Popen"), ("generator.amending", "Path")):
        called = b"\x80\x04" + b"".join(
            pickle.SHORT_BINUNICODE + bytes([len(word)]) + word.encode() for word in (module, name)
        )
        called += pickle.STACK_GLOBAL + pickle.EMPTY_TUPLE + pickle.REDUCE + pickle.STOP
        assert unpacked(called) is None, name
    assert unpacked(b"") is None
    assert unpacked(None) is None
    account = Account("rest", {"a": "x"})
    assert account == unpacked(packed(account))


def test_an_analysis_without_memory_takes_everything_from_all_claims(small):
    analysis = analyse(small, "Facade Watch")
    taking = Taking("ids", lambda entries: [entry.id for entry in entries])
    ids = [id for group in analysis.extracted(taking) for id in group]

    assert [entry.id for entry in small.claims_in_order] == ids
    assert analysis.day >= datetime.date(2023, 2, 5)


def test_values_that_were_packed_in_turn_come_back_in_their_order_or_not_at_all():
    file = io.BytesIO()
    pack_in_turn(file, ({}, {"a": 1}, {"b": (2, 3)}))
    blob = file.getvalue()

    assert [{}, {"a": 1}, {"b": (2, 3)}] == unpacked_in_turn(blob)
    assert [] == unpacked_in_turn(blob[:-1])
    assert [] == unpacked_in_turn(blob + pickle.dumps(print))
    assert [] == unpacked_in_turn(None)
