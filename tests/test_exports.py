"""Exports: every form is read back by a parser that is not ours, and says the same as the analysis."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import re
import sqlite3
import tempfile
import uuid
from pathlib import Path
from typing import NoReturn

import pytest

from generator.analysis.whole import Analysis, analyse
from generator.archive import Archive, read_archive
from generator.documents import SourceFile
from generator.exports import citations, feeds, linked
from generator.exports.changes import changes_of
from generator.exports.database import as_sqlite
from generator.exports.spreadsheets import guarded
from generator.exports.stix import CONFIDENCE
from generator.exports.tables import dictionary
from generator.exports.whole import Exports
from generator.exports.writing import as_json
from generator.pages.links import Links
from generator.problems import Stopped
from generator.records.vocabulary import Dimension, Likelihood, Status
from generator.settings import Settings
from tests.conftest import PROJECT

SITE = "https://facade-watch.example/"
SETTINGS = Settings("Facade Watch", SITE, "https://example.org/repository")
CLAIM = "2023-01-26-international-resistance"
HOSTILE = "2023-02-01-test-faction"
UNLISTED = "2023-02-02-test-faction"
MATTER = "claimed attack on a supply convoy near Yusufiyah, Baghdad, 26 January 2023"
LISTED = ["2023-01-19-international-resistance", CLAIM, HOSTILE]


def exports_of(files: list[SourceFile]) -> Exports:
    archive, problems = read_archive(files)

    assert [] == problems

    return Exports(archive, analyse(archive, "Facade Watch"), Links(archive, SETTINGS, ""))


@pytest.fixture(scope="module")
def exports(small: Archive, small_analysis: Analysis) -> Exports:
    return Exports(small, small_analysis, Links(small, SETTINGS, ""))


@pytest.fixture(scope="module")
def files(exports: Exports) -> dict[str, bytes]:
    made = list(exports.files())

    assert len(made) == len(dict(made))

    return dict(made)


@pytest.fixture(scope="module")
def on_disk(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for path, content in files.items():
        if path.startswith("data/"):
            (folder / path.removeprefix("data/")).write_bytes(content)
    return folder


def _json(files: dict[str, bytes], path: str):
    return json.loads(files[path])


def _rows(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/{table}.csv"].decode(), newline="")))


# Surfaces agree ----------------------------------------------------------------------------------------------------


def test_status_sentence_and_version_are_the_same_in_every_form(exports, files):
    database = _database(files)
    sheet = {row["id"]: row for row in _rows(files, "claims")}
    short = {row["id"]: row for row in _json(files, "api/v1/claims.json")["claims"]}
    lines = {claim["id"]: claim for claim in map(json.loads, files["data/claims.jsonl"].splitlines())}
    reports = {
        thing["external_references"][0]["external_id"]: thing
        for thing in _json(files, "data/stix.json")["objects"]
        if thing["type"] == "report"
    }
    for id in LISTED:
        own, version = exports.analysis.claims[id], exports.archive.claims[id].version
        copy = _json(files, f"api/v1/claims/{id}.json")
        stored = database.execute("SELECT status, sentence, version FROM claims WHERE id = ?", [id]).fetchone()

        assert (own.status.value, own.sentence, version) == (copy["status"], copy["sentence"], copy["version"])
        assert (own.status.value, own.sentence, version) == tuple(
            sheet[id][k] for k in ("status", "sentence", "version")
        )
        assert (own.status.value, own.sentence, version) == tuple(
            short[id][k] for k in ("status", "sentence", "version")
        )
        assert (own.status.value, own.sentence, version) == stored
        assert copy == lines[id]
        assert (own.headline, own.sentence) == (reports[id]["name"], reports[id]["description"])
        assert f"status:{own.status.value}" in reports[id]["labels"]
        assert own.headline in exports.citation(exports.archive.claims[id]).text


def test_independent_origins_are_the_same_in_every_form(exports, files):
    occurred = exports.analysis.claims[CLAIM].independence[Dimension.OCCURRED].supports
    copy = _json(files, f"api/v1/claims/{CLAIM}.json")["independence"]["occurred"]["supports"]
    row = next(row for row in _rows(files, "claims") if row["id"] == CLAIM)

    assert (0, 0) == (occurred.minimum, occurred.maximum)
    assert (0, 0) == (copy["minimum"], copy["maximum"])
    assert ("0", "0") == (row["origins_for_min"], row["origins_for_max"])
    assert [False] * 5 == [item["counted"] for item in copy["items"]]


def test_the_copy_of_a_claim_begins_with_its_status_and_ends_with_its_licence(files):
    keys = list(_json(files, f"api/v1/claims/{CLAIM}.json"))

    assert ["status", "status_label", "status_meaning", "status_group", "sentence", "verdicts", "independence"] == keys[
        :7
    ]
    assert keys.index("sentence") < keys.index("facades") < keys.index("record")
    assert ["licence", "licence_url", "licence_note"] == keys[-3:]


def test_times_are_intervals_with_their_zone(files):
    times = _json(files, f"api/v1/claims/{CLAIM}.json")["times"]

    assert {"earliest": "2023-01-26T01:04:00+03:00", "latest": "2023-01-26T01:04:59+03:00"} == times["claim"]
    assert [421, 539] == _json(files, f"api/v1/claims/{CLAIM}.json")["propagation"]["lead_seconds"]


def test_an_unlisted_claim_has_a_copy_and_stands_in_no_list(files):
    assert "not-authentic" == _json(files, f"api/v1/claims/{UNLISTED}.json")["status"]
    for path, content in files.items():
        # A renamed record keeps its forwarding; that is no list.
        if UNLISTED not in path and path != "api/v1/changes.json":
            assert UNLISTED.encode() not in content, path
    changes = _json(files, "api/v1/changes.json")
    assert UNLISTED not in changes["claims"]
    assert UNLISTED not in {change["id"] for change in changes["changes"]}


def test_what_was_published_under_a_former_id_stays_there(files):
    for kept in ("api/v1/claims/{}.json", "claims/{}/cite.bib", "claims/{}/cite.ris", "claims/{}/cite.csl.json"):
        assert files[kept.format(UNLISTED)] == files[kept.format(f"{UNLISTED}-old")]


def test_the_feed_of_a_facade_without_a_listed_claim_is_there_and_empty(files):
    assert [] == _json(files, "feed-test-outlet.json")["items"]


def test_the_same_archive_gives_the_same_bytes(small_files, files):
    assert files == dict(exports_of(small_files).files())


# JSON and its schema -----------------------------------------------------------------------------------------------


def test_every_file_of_the_api_fits_its_schema(files):
    import jsonschema

    for path in [path for path in files if path.startswith("api/v1/") and "/schema/" not in path]:
        name = "claim" if "/claims/" in path else Path(path).stem
        schema = _json(files, f"api/v1/schema/{name}.json")
        jsonschema.Draft202012Validator.check_schema(schema)

        jsonschema.validate(_json(files, path), schema, jsonschema.Draft202012Validator)


def test_every_claim_of_the_real_archive_fits_the_schema():
    import jsonschema

    from generator import disk

    found = dict(exports_of(disk.read_contributed(PROJECT)[0]).files())
    claim = jsonschema.Draft202012Validator(_json(found, "api/v1/schema/claim.json"))
    for path in found:
        if path.startswith("api/v1/claims/"):
            assert [] == [error.message for error in claim.iter_errors(_json(found, path))], path
    for name in ("facades", "organisations", "terms", "changes", "claims", "index"):
        jsonschema.validate(_json(found, f"api/v1/{name}.json"), _json(found, f"api/v1/schema/{name}.json"))


def test_the_index_names_every_file_that_is_there(files):
    named = {file["url"].removeprefix(SITE) for file in _json(files, "api/v1/index.json")["files"]}

    assert [] == [path for path in named if "ID" not in path and path not in files]
    assert {path for path in files if re.fullmatch(r"api/v1/[a-z]+\.json", path)} <= named
    assert {path for path in files if path.startswith("data/") and ".bom." not in path} <= named


def test_nothing_that_is_for_the_desk_alone_is_published(small_files):
    source = next(file for file in small_files if file.path.endswith(f"{HOSTILE}.yml")).content.decode()
    changed = source.replace("published: none}", "published: none, stored: vault-77}").replace(
        'https://example.org/1", lang: ar', 'https://example.org/secret", lang: ar, url_policy: withhold'
    )
    changed += "sensitivity: {cleared_by: editor-seven}\n"
    found = dict(exports_of(_with(small_files, f"claims/2023/{HOSTILE}.yml", changed)).files())

    for path, content in found.items():
        for secret in (b"vault-77", b"example.org/secret", b"editor-seven"):
            assert secret not in content, path
    assert "address withheld" == _json(found, f"api/v1/claims/{HOSTILE}.json")["record"]["sources"][0]["address"]


def _with(files: list[SourceFile], path: str, text: str) -> list[SourceFile]:
    return [*(file for file in files if file.path != path), SourceFile(path, text.encode())]


# Changes -----------------------------------------------------------------------------------------------------------


def _brought_up_to_date(old: bytes, new: dict[str, bytes]) -> bytes:
    """What a client does with a dump of yesterday and the files of today, as the page about the data says."""
    wanted = json.loads(new["api/v1/changes.json"])["claims"]
    kept = {hashlib.sha256(line).hexdigest(): line for line in old.splitlines(keepends=True)}
    return b"".join(kept.get(digest) or new[f"api/v1/claims/{id}.json"] for id, digest in wanted.items())


def test_the_dump_of_yesterday_and_the_changes_give_the_dump_of_today(small_files):
    before = dict(exports_of(small_files).files())
    texts = {file.path: file.content.decode() for file in small_files}
    first, second = "claims/2023/2023-01-19-international-resistance.yml", f"claims/2023/{CLAIM}.yml"
    files = _with(
        small_files, first, texts[first] + "tombstone: {reason: error, date: 2026-11-25, why: a mistake, by: us}\n"
    )
    files = _with(files, second, texts[second].replace("Only the claim mentions", "The claim alone mentions"))
    files = _with(files, "claims/2023/2023-03-01-test-faction.yml", texts[first].replace("2023-01-19", "2023-03-01"))
    facade = "content/facades/test-faction.md"
    files = _with(files, facade, texts[facade].replace("Test Faction", "Renamed Faction"))
    after = dict(exports_of(files).files())
    changes = json.loads(after["api/v1/changes.json"])

    assert before["data/claims.jsonl"] != after["data/claims.jsonl"]
    assert after["data/claims.jsonl"] == _brought_up_to_date(before["data/claims.jsonl"], after)
    assert after["data/claims.jsonl"] == _brought_up_to_date(b"", after)
    assert [CLAIM, HOSTILE, "2023-03-01-test-faction"] == list(changes["claims"])
    assert ["2023-01-19-international-resistance"] == list(changes["withdrawn"])
    assert {f"{UNLISTED}-old": UNLISTED} == changes["renamed"]


def test_nothing_is_fetched_where_nothing_changed(files):
    bare = {path: content for path, content in files.items() if not path.startswith("api/v1/claims/")}

    assert files["data/claims.jsonl"] == _brought_up_to_date(files["data/claims.jsonl"], bare)


def test_changes_come_newest_first_with_their_reasons(files):
    changes = _json(files, "api/v1/changes.json")["changes"]

    assert sorted((change["date"] for change in changes), reverse=True) == [change["date"] for change in changes]
    assert {
        "date": "2026-11-22",
        "id": CLAIM,
        "url": f"{SITE}claims/{CLAIM}/",
        "kind": "status",
        "from": "unverified",
        "to": "uncorroborated",
        "taken_back": False,
        "notice": "none",
        "why": "three searches logged; all known reports traced to the claimant side",
        "title": "Claimed attack on a supply convoy near Yusufiyah, Baghdad",
    } == changes[0]


# Tables ------------------------------------------------------------------------------------------------------------


def test_the_data_package_is_valid_to_the_last_row(on_disk):
    import frictionless

    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(on_disk / "datapackage.json")).validate()

    assert [] == report.flatten(["type", "message"])


def test_every_column_is_described_and_every_table_begins_with_its_id(files):
    for table in dictionary():
        assert "id" == table.columns[0].name, table.name
        for column in table.columns:
            assert column.description, f"{table.name}.{column.name}"
    described = {r["name"]: r for r in _json(files, "data/datapackage.json")["resources"]}
    assert {table.name.replace("_", "-") for table in dictionary()} <= set(described)


def test_csv_with_a_byte_order_mark_is_the_same_csv(files):
    for table in dictionary():
        plain = files[f"data/{table.name}.csv"]

        assert b"\xef\xbb\xbf" + plain == files[f"data/{table.name}.bom.csv"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a"])
def test_no_cell_is_run_by_a_spreadsheet(text):
    assert f"'{text}" == guarded(text)
    assert "1 = 1" == guarded("1 = 1")


def test_no_cell_of_any_table_begins_as_a_formula_does(files):
    for table in dictionary():
        for row in _rows(files, table.name):
            assert not [cell for cell in row.values() if cell[:1] in tuple("=+@\t\r")], table.name


def test_arabic_words_and_line_ends_survive_in_csv(files, small):
    row = next(row for row in _rows(files, "claims") if row["id"] == HOSTILE)

    assert small.claims[HOSTILE].record.quote.original.text == row["quote"]
    assert ("original", "ar") == (row["quote_kind"], row["quote_lang"])
    assert "Unverified claim by Test Faction, 1 February 2023" == row["quote_label"]


def _database(files: dict[str, bytes]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files["data/archive.sqlite"])
    return connection


def test_the_database_is_whole_and_its_references_hold(files):
    database = _database(files)

    assert [("ok",)] == database.execute("PRAGMA integrity_check").fetchall()
    assert [] == database.execute("PRAGMA foreign_key_check").fetchall()
    for table in dictionary():
        count = database.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]  # noqa: S608
        assert len(_rows(files, table.name)) == count, table.name
    described = database.execute("SELECT count(*) FROM dictionary WHERE description <> ''").fetchone()[0]
    assert sum(len(table.columns) for table in dictionary()) == described


def test_where_the_database_cannot_be_made_one_sentence_says_so(monkeypatch):
    def refused(*all: object, **more: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", refused)

    with pytest.raises(
        Stopped, match=r"^the database cannot be made in the folder for temporary files: .*No space left"
    ):
        as_sqlite((), (), "", "", "")


def test_the_database_leaves_nothing_in_the_folder_for_temporary_files(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = as_sqlite((), (), "a", "b", "c")

    assert [] == list(tmp_path.iterdir())
    assert bytes(made).startswith(b"SQLite format 3")
    assert bytes(made) == bytes(made)


def test_places_without_coordinates_give_an_empty_collection(files):
    assert {"type": "FeatureCollection", "features": []} == _json(files, "data/places.geojson")


@pytest.mark.parametrize(
    ("precision", "shown"), [("settlement", True), ("district", True), ("site", False), ("point", False)]
)
def test_a_place_is_shown_longitude_first_and_never_finer_than_a_settlement(small_files, precision, shown):
    path = f"claims/2023/{CLAIM}.yml"
    text = next(file for file in small_files if file.path == path).content.decode()
    changed = text.replace("precision: district", f"lat: 33.05, lon: 44.2, precision: {precision}")
    found = dict(exports_of(_with(small_files, path, changed)).files())
    collection = _json(found, "data/places.geojson")
    place = _json(found, f"api/v1/claims/{CLAIM}.json")["record"]["asserts"][0]["place"]

    assert {"type", "features"} == set(collection)
    if shown:
        (feature,) = collection["features"]
        assert {"type": "Point", "coordinates": [44.2, 33.05]} == feature["geometry"]
        assert ("uncorroborated", precision) == (feature["properties"]["status"], feature["properties"]["precision"])
        assert 44.2 == place["lon"]
    else:
        assert [] == collection["features"]
        assert "lat" not in place
        assert b"33.05" not in found["data/assertions.csv"]


# STIX --------------------------------------------------------------------------------------------------------------


def test_the_bundle_is_accepted_by_stix2(files):
    import stix2

    bundle = stix2.parse(files["data/stix.json"].decode(), allow_custom=False)
    ids = {thing.id for thing in bundle.objects}

    assert len(ids) == len(bundle.objects)
    for thing in bundle.objects:
        assert uuid.UUID(thing.id.partition("--")[2]).version == 5
        for reference in (*thing.get("object_refs", ()), thing.get("source_ref"), thing.get("target_ref")):
            assert reference is None or reference in ids


def test_an_attribution_has_the_confidence_of_its_likelihood_and_says_whose_it_is(files):
    relationships = [thing for thing in _json(files, "data/stix.json")["objects"] if thing["type"] == "relationship"]

    assert set(Likelihood) == set(CONFIDENCE)
    assert relationships
    for thing in relationships:
        assert thing["confidence"] in CONFIDENCE.values()
        assert "An assessment, not a fact" in thing["description"]
        assert "Held by: " in thing["description"]


def test_a_status_that_nobody_reviewed_has_no_opinion(exports, files):
    objects = _json(files, "data/stix.json")["objects"]
    opinions = [thing for thing in objects if thing["type"] == "opinion"]

    assert [("neutral", exports.analysis.claims[CLAIM].sentence)] == [
        (thing["opinion"], thing["explanation"].removeprefix("Uncorroborated: ")) for thing in opinions
    ]


def test_no_quote_is_in_the_bundle_or_in_a_feed(files, small):
    words = small.claims[HOSTILE].record.quote.original.text.split("،")[0]
    for path, content in files.items():
        if path == "data/stix.json" or path.startswith("feed-"):
            assert words not in content.decode(), path
            assert "Thanks to Allah" not in content.decode(), path


# Feeds -------------------------------------------------------------------------------------------------------------


def test_every_feed_is_read_by_feedparser_and_its_two_forms_agree(files):
    import feedparser

    names = sorted(path.removesuffix(".xml") for path in files if path.startswith("feed-") and path.endswith(".xml"))

    assert {"feed-claims", "feed-changes", "feed-test-faction"} <= set(names)
    for name in names:
        atom = feedparser.parse(files[f"{name}.xml"])
        other = _json(files, f"{name}.json")

        assert not atom.bozo, name
        assert "atom10" == atom.version
        assert [e.title for e in atom.entries] == [item["title"] for item in other["items"]]
        assert [e.id for e in atom.entries] == [item["id"] for item in other["items"]]
        assert len({e.id for e in atom.entries}) == len(atom.entries)
        assert f"{SITE}{name}.xml" in [link.href for link in atom.feed.links if link.rel == "self"]
        assert f"{SITE}{name}.json" == other["feed_url"]
        assert [e.updated for e in atom.entries] == sorted((e.updated for e in atom.entries), reverse=True)


def test_the_status_word_stands_first_in_every_title(files):
    labels = (*(status.label for status in Status), "Withdrawn")
    for path in files:
        if path.startswith("feed-") and path.endswith(".json"):
            for item in _json(files, path)["items"]:
                assert item["title"].startswith(labels), item["title"]


def _changed_twice(small_files: list[SourceFile], more: str = "") -> Exports:
    path = f"claims/2023/{CLAIM}.yml"
    text = next(file for file in small_files if file.path == path).content.decode()
    change = "  - {{date: {}, from: {}, to: {}, why: {}, by: first-editor, notice: {}}}\n"
    text += change.format("2026-11-23", "uncorroborated", "partly-confirmed", "a second origin", "update")
    text += change.format("2026-11-24", "partly-confirmed", "uncorroborated", "it copied the first", "correction")
    return exports_of(_with(small_files, path, text + more))


def test_a_claim_whose_status_changed_twice_shows_both_changes_with_their_reasons(small_files):
    found = _changed_twice(small_files)
    told = [
        json.loads(dict(found.files())[f"feed-{name}.json"])["items"]
        for name in ("changes", "international-resistance")
    ]

    for items in told:
        assert [
            f"Uncorroborated (correction; was partly confirmed): {MATTER}",
            f"Partly confirmed (update; was uncorroborated): {MATTER}",
        ] == [item["title"] for item in items[:2]]
        assert items[0]["content_text"].startswith("We take something back. Why: it copied the first.")
        assert "Today the status is uncorroborated." in items[1]["content_text"]
        assert [f"{SITE}claims/{CLAIM}/#change-4", f"{SITE}claims/{CLAIM}/#change-3"] == [
            item["url"] for item in items[:2]
        ]


def test_a_withdrawal_is_announced_and_takes_the_place_of_all_earlier_entries(small_files):
    stone = "tombstone: {reason: safety, date: 2026-11-25, why: it named a driver, by: us}\n"
    found = dict(_changed_twice(small_files, stone).files())
    (entry,) = [item for item in _json(found, "feed-changes.json")["items"] if CLAIM in item["url"]]

    assert entry["title"].startswith("Withdrawn: ")
    assert "it named a driver" in entry["content_text"]
    assert CLAIM not in _json(found, "api/v1/changes.json")["claims"]
    copy = _json(found, f"api/v1/claims/{CLAIM}.json")
    assert "withdrawn" == copy["status"]
    assert "record" not in copy
    assert "Withdrawn" in found[f"claims/{CLAIM}/cite.bib"].decode()


def test_a_feed_holds_only_the_latest_entries(exports):
    entry = exports.archive.claims_in_order[0]
    (change, *_) = changes_of(entry, exports.analysis)
    many = [feeds.entry_of(change, exports.analysis, exports.links)] * (feeds.MOST + 5)
    found = list(feeds.feeds_of(exports.archive, many, entry.facades, exports.links, exports.day))

    assert {1, feeds.MOST} >= {len(feed.entries) for feed in found} >= {feeds.MOST}


# Citations ---------------------------------------------------------------------------------------------------------


def _cited(files: dict[str, bytes]) -> list[str]:
    return sorted(path.removesuffix("/cite.bib") for path in files if path.endswith("/cite.bib"))


def test_every_record_can_be_cited(files):
    folders = _cited(files)

    for record in (f"claims/{CLAIM}", f"claims/{UNLISTED}", "facades/test-faction", "organisations/test-militia"):
        assert record in folders
    assert {"glossary/claim-brand", "reports/test-report"} <= set(folders)


def test_bibtex_ris_and_csl_say_the_same(exports, files):
    import bibtexparser
    import bibtexparser.middlewares
    import rispy

    decode = [bibtexparser.middlewares.LatexDecodingMiddleware()]
    for folder in _cited(files):
        library = bibtexparser.parse_string(files[f"{folder}/cite.bib"].decode(), append_middleware=decode)
        (bib,) = library.entries
        (ris,) = rispy.loads(files[f"{folder}/cite.ris"].decode())
        (csl,) = _json(files, f"{folder}/cite.csl.json")

        assert [] == library.failed_blocks
        assert ris["title"] == csl["title"]
        assert csl["title"] == _unbraced(bib["title"]), folder
        assert bib["url"] == ris["urls"][0] == csl["URL"]
        assert f"{SITE}{folder.removesuffix('-old')}/" == csl["URL"]
        assert bib["year"] == ris["year"] == str(csl["issued"]["date-parts"][0][0])
        assert ris["authors"] == [author["literal"] for author in csl["author"]]
        assert csl["note"] == _unbraced(bib["note"]) == ris["notes"][0]


def _unbraced(text: str) -> str:
    return text.replace("{", "").replace("}", "")


def test_a_citation_names_status_version_day_and_address(exports):
    entry = exports.archive.claims[CLAIM]

    assert (
        f"“Uncorroborated: {MATTER}”, Facade Watch, record {CLAIM}, version {entry.version} of 22 November 2026, "
        f"{SITE}claims/{CLAIM}/"
    ) == exports.citation(entry).text


def test_signs_of_latex_are_escaped(exports):
    citation = citations.Citation(
        "report", "x", r"100% of $5 & #1_a {b} ~^ \end", ("A & B",), "Site", "0" * 10, datetime.date(2026, 1, 2), SITE
    )

    assert (
        r"title = {{100\% of \$5 \& \#1\_a \{b\} \textasciitilde{}\textasciicircum{} \textbackslash{}end}}"
        in citations.as_bibtex(citation)
    )
    assert r"author = {{A \& B}}" in citations.as_bibtex(citation)


def test_ris_begins_with_the_type_and_ends_with_the_end(files):
    ris = files[f"claims/{CLAIM}/cite.ris"]

    assert ris.startswith(b"TY  - RPRT\r\n")
    assert ris.endswith(b"ER  - \r\n")


# Linked data -------------------------------------------------------------------------------------------------------


def _expanded(node: linked.Node):
    """The node as PyLD reads it, with the context of schema.org replaced by its vocabulary."""
    from pyld import jsonld

    document = json.loads(linked.as_script(node))
    document["@context"] = {"@vocab": "https://schema.org/"}
    return jsonld.expand(document)


def test_a_claim_that_nobody_reviewed_is_a_claim_and_nothing_more(exports):
    node = linked.claim_node(exports.archive.claims[CLAIM], exports.archive, exports.analysis, exports.links)
    (read,) = _expanded(node)

    assert ["https://schema.org/Claim"] == read["@type"]
    assert exports.analysis.claims[CLAIM].sentence == read["https://schema.org/description"][0]["@value"]
    assert "ClaimReview" not in linked.as_script(node)


def test_a_reviewed_claim_has_one_review_with_a_word_and_no_number(exports):
    own = exports.analysis.claims[UNLISTED]
    node = linked.claim_node(exports.archive.claims[UNLISTED], exports.archive, exports.analysis, exports.links)

    assert "ClaimReview" == node["@type"]
    assert {"@type": "Rating", "alternateName": own.status.label, "ratingExplanation": own.sentence} == node[
        "reviewRating"
    ]
    assert ("2023-02-05", "2023-02-05") == (node["datePublished"], node["dateModified"])
    assert len(node["claimReviewed"]) <= 75
    assert 1 == linked.as_script(node).count("ClaimReview")


def test_reviewed_statuses_are_those_that_rest_on_a_review():
    assert set(Status) - {Status.UNVERIFIED, Status.UNCORROBORATED} == set(linked.REVIEWED)


def test_no_text_can_end_the_script_element(exports):
    script = linked.as_script({"@type": "Claim", "name": "</script><script>alert(1)</script><!-- & -->"})

    assert not re.search("[<>&]", script)
    assert "</script><script>alert(1)</script><!-- & -->" == json.loads(script)["name"]


def test_an_attribution_is_never_said_as_a_fact(exports, files):
    assert "parentOrganization" not in json.dumps(exports.dataset())
    for id in exports.archive.claims:
        node = linked.claim_node(exports.archive.claims[id], exports.archive, exports.analysis, exports.links)
        assert "parentOrganization" not in linked.as_script(node)


def test_every_download_of_the_data_set_is_there(exports, files):
    for download in exports.dataset()["distribution"]:
        assert download["contentUrl"].removeprefix(SITE) in files
        assert download["encodingFormat"]


def test_robots_are_told_where_the_sitemap_is(files):
    assert f"User-agent: *\nAllow: /\nSitemap: {SITE}sitemap.xml\n" == files["robots.txt"].decode()


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), {"of", "no", "order"}, datetime.date(2023, 1, 26), b"bytes"]
)
def test_what_json_has_no_form_for_is_refused_and_not_written_somehow(value):
    with pytest.raises((TypeError, ValueError)):
        as_json({"value": value})
