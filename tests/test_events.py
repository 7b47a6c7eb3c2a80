"""Events: pages of what may have happened, with the claims of it side by side, or with none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from markupsafe import Markup

from generator import written
from generator.analysis.addresses import addresses_of
from generator.analysis.events import claims_of_event, claims_that_find, events_of
from generator.analysis.whole import analyse
from generator.archive import Archive, read_archive
from generator.documents import SourceFile
from generator.pages.claim import claim_body, claim_card
from generator.pages.events import event_description, event_title
from generator.records.vocabulary import Verdict
from generator.settings import Settings
from generator.site import Site
from tests.conftest import problems_with
from tests.test_search import searched

EVENT = "2023-02-01-test-range"
PATH = f"claims/events/{EVENT}.yml"
CLAIM = "2023-02-01-test-faction"
REVIEWED = {"by": "a", "reviewed_by": ["b"], "date": "2026-11-20"}


def _file(path: str, values: dict[str, Any]) -> SourceFile:
    """A record made of values; every scalar stands in quotation marks, so that none is guessed."""
    text = yaml.safe_dump(values, default_style='"', allow_unicode=True)
    return SourceFile(path, text.encode())


def _claim(id: str, asserts: list[dict[str, Any]], **more: Any) -> SourceFile:
    values = {
        "facade": "test-faction",
        "date": id[:10],
        "quote_missing": "not-obtained",
        "status": "unverified",
        "asserts": asserts,
        "sources": [{"id": "s1", "title": "A", "publisher": "B", "published": "2023", "url": "https://example.org/9"}],
        **more,
    }
    return _file(f"claims/{id[:4]}/{id}.yml", values)


def _occurred(verdict: str, *assertions: list[str]) -> list[dict[str, Any]]:
    """A finding, with an item of evidence for each of these, which names the assertions in it."""
    direction = "contradicts" if verdict == "contradicted" else "supports"
    evidence = [
        {"item": "s1", "direction": direction, "kind": "testimony", **({"assertion": named} if named else {})}
        for named in assertions
    ]
    finding = {"id": "f1", "dimension": "occurred", "verdict": verdict, "statement": "So it is.", "evidence": evidence}
    return [{**finding, **REVIEWED}]


def _archive(files: Sequence[SourceFile], *more: SourceFile) -> Archive:
    by_path = {file.path: file for file in (*files, *more)}
    archive, problems = read_archive(by_path.values())

    assert [] == problems

    return archive


def _site(archive: Archive) -> Site:
    settings = Settings("Facade Watch", "https://facade-watch.example/", "https://example.org/repository")
    return Site.of(archive, analyse(archive, "Facade Watch"), settings, lambda key, make: make())


def _parts(archive: Archive, path: str) -> html.HtmlElement:
    parts = written.parts_of(_site(archive), path)
    return html.fromstring(f"<article>{parts['lede']}{parts['derived']}</article>")


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _row(page: html.HtmlElement, label: str) -> list[str]:
    """The cells of the row that begins with a label, its own first."""
    (row,) = [row for row in page.xpath("//tbody/tr") if _text(row[0]).startswith(label)]
    return [_text(cell) for cell in row]


# Which claims, and what they establish -------------------------------------------------------------------------------


def test_a_claim_that_says_two_things_of_an_event_stands_there_twice_and_an_unlisted_one_does_not(small_files):
    twice = [{"id": "a1", "event": EVENT, "what": "one drone"}, {"id": "a2", "event": EVENT, "what": "another"}]
    archive = _archive(
        small_files,
        _claim("2023-02-05-test-faction", twice),
        _claim("2023-02-06-test-faction", twice[:1], visibility="unlisted"),
    )

    found = [(claim.entry.id, claim.assertion.id) for claim in claims_of_event(EVENT, archive)]
    assert [(CLAIM, "a1"), ("2023-02-05-test-faction", "a1"), ("2023-02-05-test-faction", "a2")] == found


def test_a_claim_names_each_of_its_events_once(small_files):
    twice = [{"id": "a1", "event": EVENT, "what": "one drone"}, {"id": "a2", "event": EVENT, "what": "another"}]
    archive = _archive(small_files, _claim("2023-02-05-test-faction", twice))

    title = "Drone seen over the test range"
    assert [(EVENT, title)] == events_of(archive.claims["2023-02-05-test-faction"].record, archive)


TWO = [{"id": "a1", "event": EVENT, "what": "one drone"}, {"id": "a2", "what": "rockets elsewhere"}]


@pytest.mark.parametrize(
    ("asserts", "evidence", "established"),
    [
        (TWO[:1], [[]], True),
        (TWO, [[]], False),
        (TWO, [["a2"]], False),
        (TWO, [["a1"]], True),
        (TWO, [["a1"], ["a2"]], False),
        (TWO, [["a1"], ["a1", "a2"]], True),
    ],
)
def test_a_verdict_on_several_events_holds_for_one_only_where_all_that_speaks_for_it_speaks_of_this_one(
    small_files, asserts, evidence, established
):
    claim = _claim("2023-02-05-test-faction", asserts, findings=_occurred("supported", *evidence))
    archive = _archive(small_files, claim)
    found = claims_that_find(EVENT, Verdict.SUPPORTED, archive, analyse(archive, "Facade Watch"))

    assert (["2023-02-05-test-faction"] if established else []) == [entry.id for entry in found]


# The page ------------------------------------------------------------------------------------------------------------


def test_an_event_is_as_reported_until_a_finding_establishes_it(small_files):
    plain = _archive(small_files)
    claim = _claim("2023-02-05-test-faction", TWO[:1], findings=_occurred("supported", []))
    established = _archive(small_files, claim)

    title = "Drone seen over the test range, 1 February 2023"
    assert f"As reported: {title}" == event_title(plain.events[EVENT], plain, analyse(plain, ""))
    assert title == event_title(established.events[EVENT], established, analyse(established, ""))
    assert "has not established that it took place" in _text(_parts(plain, f"events/{EVENT}.md"))
    assert "is established in the record of" in _text(_parts(established, f"events/{EVENT}.md"))


def test_an_event_that_a_finding_contradicts_says_so(small_files):
    claim = _claim("2023-02-05-test-faction", TWO[:1], findings=_occurred("contradicted", []))
    archive = _archive(small_files, claim)

    assert "finds that no such event took place" in _text(_parts(archive, f"events/{EVENT}.md"))
    assert event_title(archive.events[EVENT], archive, analyse(archive, "")).startswith("As reported: ")


def test_an_event_on_which_two_records_do_not_agree_stays_as_reported(small_files):
    archive = _archive(
        small_files,
        _claim("2023-02-05-test-faction", TWO[:1], findings=_occurred("supported", [])),
        _claim("2023-02-06-test-faction", TWO[:1], findings=_occurred("contradicted", [])),
    )

    assert "do not agree on whether it took place" in _text(_parts(archive, f"events/{EVENT}.md"))
    assert event_title(archive.events[EVENT], archive, analyse(archive, "")).startswith("As reported: ")


def test_competing_claims_stand_side_by_side_and_a_difference_is_marked(small_files):
    other = {
        "id": "a1",
        "event": EVENT,
        "what": "drones on a range",
        "date": "2023-02-01",
        "place": {"name": "Other range"},
        "target": {"as_claimed": "<b>the enemy</b>", "class": "foreign-military"},
        "numbers": [{"what": "drones", "claimed": "3"}],
    }
    page = _parts(_archive(small_files, _claim("2023-02-05-test-faction", [other])), f"events/{EVENT}.md")

    assert ["Status", "Unverified", "Unverified"] == _row(page, "Status")
    assert ["Published", "1 February 2023", "5 February 2023"] == _row(page, "Published")
    assert ["Occurred", "Not assessed", "Not assessed"] == _row(page, "Occurred")
    assert ["Where they differ", "Test range", "Other range"] == _row(page, "Where")
    assert ["Number: drones they differ", "2 as reported: 1", "3"] == _row(page, "Number: drones")
    assert ["Target", "not stated", "<b>the enemy</b> foreign military"] == _row(page, "Target")
    # One gives a time of day and the other does not, and to be silent is not to differ.
    assert ["When", "1 February 2023, 20:00 stated by the claimant", "1 February 2023"] == _row(page, "When")
    assert [] == page.xpath("//td//b")


def test_an_event_without_a_claim_says_that_nobody_is_known_to_have_claimed_it(small_files):
    lonely = next(file for file in small_files if file.path == PATH)
    archive = _archive(small_files, SourceFile("claims/events/2023-02-03-lonely.yml", lonely.content))
    page = _parts(archive, "events/2023-02-03-lonely.md")

    assert "No claim of it is on record here." in _text(page)
    assert [] == page.xpath("//table")
    assert event_description(archive.events["2023-02-03-lonely"], archive).endswith("No claim of it is on record here.")
    index = html.fromstring(f"<div>{written.parts_of(_site(archive), 'events/index.md')['derived']}</div>")
    assert ["Claimed", "Not known to be claimed"] == [_text(heading) for heading in index.xpath(".//h2")]
    assert [f"../events/{EVENT}/", "../events/2023-02-03-lonely/"] == index.xpath(".//a/@href")


def test_an_event_whose_only_claim_is_in_no_list_is_not_called_unclaimed(small_files):
    lonely = next(file for file in small_files if file.path == PATH)
    asserts = [{"id": "a1", "event": "2023-02-03-lonely", "what": "one drone"}]
    archive = _archive(
        small_files,
        SourceFile("claims/events/2023-02-03-lonely.yml", lonely.content),
        _claim("2023-02-06-test-faction", asserts, visibility="unlisted"),
    )
    text = _text(_parts(archive, "events/2023-02-03-lonely.md"))

    assert "Nobody" not in text
    assert "1 claim of it on record stands in no list." in text
    assert "2023-02-06" not in text


# On the built site ---------------------------------------------------------------------------------------------------


def _page(built: Path, path: str) -> html.HtmlElement:
    return html.document_fromstring((built / path / "index.html").read_text(encoding="utf-8"))


def test_the_page_of_an_event_is_reached_from_its_claim_the_frame_and_the_index(built):
    event = _page(built, f"events/{EVENT}")
    claim, frame = _page(built, f"claims/{CLAIM}"), _page(built, f"embed/{CLAIM}")

    assert "As reported: Drone seen over the test range, 1 February 2023" == _text(event.find(".//h1"))
    for page, href in (
        (claim, f"../../events/{EVENT}/"),
        (frame, f"../../events/{EVENT}/"),
        (_page(built, "events"), f"../events/{EVENT}/"),
        (event, f"../../claims/{CLAIM}/#a1"),
        (event, f"https://github.com/facade-watch/facade-watch/edit/main/{PATH}"),
    ):
        assert href in page.xpath("//main//a/@href | //article//a/@href")


def test_the_card_of_a_claim_in_an_article_leads_to_its_event(small, small_analysis):
    card = html.fromstring(claim_card(small.claims[CLAIM], small, small_analysis, _site(small).links("../../")))

    assert f"../../events/{EVENT}/" in card.xpath("//a/@href")


def test_the_search_finds_an_event_once_by_its_title_and_by_who_claims_it(built):
    found = searched(built, "Test Faction")

    assert found[f"events/{EVENT}/"].startswith("As reported: Drone seen")
    assert f"events/{EVENT}/" in searched(built, "drone seen")


def test_an_event_can_be_cited_and_read_by_machines(built):
    (copy,) = json.loads((built / "api/v1/events.json").read_text(encoding="utf-8"))["events"]

    assert (EVENT, "As reported: Drone seen over the test range", [CLAIM]) == (copy["id"], copy["name"], copy["claims"])
    assert f"https://facade-watch.example/events/{EVENT}/" == copy["url"]
    assert "As reported: " in (built / "events" / EVENT / "cite.bib").read_text(encoding="utf-8")
    assert EVENT in (built / "data" / "events.csv").read_text(encoding="utf-8")


def test_an_address_of_an_event_is_permanent(small):
    assert PATH == addresses_of(small)[f"events/{EVENT}/"]


# Links and evidence --------------------------------------------------------------------------------------------------


def test_prose_may_link_to_an_event_that_exists(small_files):
    path = "content/glossary/claim-brand.md"
    text = next(file for file in small_files if file.path == path).content.decode()

    def rules(link: str) -> list[str]:
        return [p.rule for p in problems_with(small_files, SourceFile(path, f"{text}\n{link}\n".encode()))]

    assert [] == rules(f"A [drone](event:{EVENT}).")
    assert ["W02"] == rules("A [drone](event:2023-02-01-nowhere).")


def test_evidence_names_the_assertion_that_it_speaks_of_on_the_page_and_in_the_copy(small_files):
    claim = _claim("2023-02-05-test-faction", TWO, findings=_occurred("not-established", ["a1"]))
    archive = _archive(small_files, claim)
    made = _site(archive)
    entry, links = archive.claims["2023-02-05-test-faction"], made.links("../../")
    body = claim_body(entry, archive, made.analysis, links, Markup.escape, made.drawings.counted)
    copy = json.loads(dict(made.exports.files())["api/v1/claims/2023-02-05-test-faction.json"])

    (item,) = html.fromstring(body).xpath("//ul[@class='fw-evidence']/li")
    assert "s1 supports (testimony) on a1" == _text(item)
    assert ["#source-s1", "#a1"] == item.xpath("./a/@href")
    assert ["a1"] == copy["record"]["findings"][0]["evidence"][0]["assertion"]
