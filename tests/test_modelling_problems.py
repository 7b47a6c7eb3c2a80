"""The 35 problems that the research met when it collected claims, each with a claim that shows its solution.

They are the list at the end of the notes on the corpus; the numbers are the notes'. What is asserted is how the record
holds the problem, not which verdict a reviewer has reached.
"""

from __future__ import annotations

import datetime

import pytest

from generator import disk
from generator.analysis.whole import Analysis, analyse
from generator.archive import Archive, read_archive
from generator.records.claim import Claim, Finding, Post
from generator.records.vocabulary import (
    ClaimKind,
    ClaimState,
    Dimension,
    Direction,
    PostKind,
    TimeBasis,
    Verdict,
)
from tests.conftest import PROJECT

OWN_WORDS = ("martyr", "heroic", "occupier", "terrorist", "freedom fighter")


@pytest.fixture(scope="module")
def archive() -> Archive:
    return read_archive(disk.read_contributed(PROJECT)[0])[0]


@pytest.fixture(scope="module")
def analysis(archive: Archive) -> Analysis:
    return analyse(archive, "Facade Watch")


@pytest.fixture(scope="module")
def claim(archive: Archive):
    def by_id(id: str) -> Claim:
        return archive.claims[id].record

    return by_id


def _post(claim: Claim, id: str) -> Post:
    return next(post for post in claim.propagation if post.id == id)


def _finding(claim: Claim, dimension: Dimension) -> Finding:
    return next(finding for finding in claim.findings if finding.dimension is dimension)


def _notes_say(claim: Claim, *words: str) -> bool:
    """Whether a note of the claim holds all of these words; the sentences are the editors'."""
    return any(all(word.lower() in note.lower() for word in words) for note in claim.notes)


def test_01_an_approximate_claim_date_keeps_its_precision_and_its_doubt(claim):
    airport, diwaniyah = (
        claim("2021-06-international-resistance-baghdad-airport"),
        claim("2021-12-liwa-khaybar-diwaniyah"),
    )

    assert "2021-06%" == airport.date
    assert datetime.date(2021, 6, 1) == airport.date.earliest
    assert datetime.date(2021, 6, 30) == airport.date.latest
    assert diwaniyah.date.approximate
    assert _notes_say(diwaniyah, "month", "inferred")


@pytest.mark.parametrize(
    ("id", "days"),
    [
        ("2020-03-15-usbat-al-thaireen", 4),
        ("2022-06-20-liwa-ahrar-al-iraq-zilkan-27-december", 175),
        ("2023-05-19-ashab-al-kahf", 5 * 365),
    ],
)
def test_02_the_date_of_a_claim_and_of_its_event_differ_and_both_can_be_sorted(claim, id, days):
    late = claim(id)
    event = late.asserts[0].date

    assert event is not None
    assert (late.date.earliest - event.earliest).days >= days
    assert id.startswith(late.date.digits)


def test_03_the_time_of_an_event_is_a_window(claim, analysis):
    five_sites = claim("2024-04-09-islamic-resistance-in-iraq")

    for assertion in five_sites.asserts:
        assert "2024-04-06/2024-04-09" == assertion.date
    for placed in analysis.claims["2024-04-09-islamic-resistance-in-iraq"].propagation.events:
        assert placed.interval.latest - placed.interval.earliest > datetime.timedelta(days=3)
    assert claim("2023-12-22-islamic-resistance-in-iraq-mediterranean").asserts[0].date.approximate


def test_04_one_claim_asserts_several_events_each_with_its_place_and_evidence_names_which(claim):
    convoys, bases = claim("2021-01-22-ashab-al-kahf"), claim("2023-11-06-islamic-resistance-in-iraq")

    assert 5 == len(convoys.asserts)
    assert {"Nasiriyah", "Babil", "Diwaniyah", "near Abu Ghraib"} == {a.place.name for a in convoys.asserts}
    assert 4 == len({assertion.place.name for assertion in bases.asserts})
    evidence = {item.item: item.assertion for item in _finding(bases, Dimension.OCCURRED).evidence}
    places = {assertion.id: assertion.place.name for assertion in bases.asserts}
    assert {"Erbil International Airport base"} == {places[id] for id in evidence["p3"]}
    assert {"Tal Baydar", "al-Tanf garrison"} == {places[id] for id in evidence["p2"]}
    assert "Ain al-Asad air base" not in {places[id] for ids in evidence.values() for id in ids}
    assert _notes_say(bases, "six", "one verdict")


def test_05_several_claims_may_belong_to_one_event_and_the_record_says_that_it_is_open(claim):
    golan, valley = claim("2024-10-04-islamic-resistance-in-iraq"), claim("2024-09-25-islamic-resistance-in-iraq")

    days = {other.per: other.says for other in _post(golan, "p2").conflicting}
    assert {"mirror-2024-10-04", "mina-news-2024-10-05"} == set(days)
    assert _notes_say(golan, "several claims", "one fatal drone")
    assert 2 == len(valley.asserts)
    assert _notes_say(valley, "two claims", "one")


def test_06_two_names_claim_one_event_and_the_second_takes_the_place_of_the_first(archive, claim):
    first, second = "2023-10-18-tashkil-al-waritheen", "2023-10-18-islamic-resistance-in-iraq-harir"

    assert {first, second} == {entry.id for entry in archive.claims_about("2023-10-18-harir")}
    assert second == claim(first).superseded_by
    assert (first,) == claim(second).supersedes
    assert ClaimState.WITHDRAWN is claim(first).state


def test_07_an_aggregate_claim_is_one_record_that_does_not_say_which(claim):
    aggregate = claim("2021-08-19-ashab-al-kahf")

    assert 1 == len(aggregate.asserts)
    assert any(number.what == "attacks" and number.reported == "12" for number in aggregate.asserts[0].numbers)
    assert "unknown part" in aggregate.asserts[0].what


def test_08_a_claim_without_an_event_has_no_event_file_and_a_finding_that_says_what_speaks_against_it(claim):
    for id in ("2020-08-10-ashab-al-kahf", "2024-03-12-islamic-resistance-in-iraq"):
        alone = claim(id)
        directions = {item.direction for item in _finding(alone, Dimension.OCCURRED).evidence}

        assert all(assertion.event is None for assertion in alone.asserts)
        assert Direction.CONTRADICTS in directions
        assert Verdict.SUPPORTED is not _finding(alone, Dimension.OCCURRED).verdict


@pytest.mark.parametrize(
    "id", ["2020-08-11-taji", "2022-07-27-turkish-consulate-mosul", "2023-12-08-us-embassy-baghdad"]
)
def test_09_an_event_exists_by_itself_with_its_own_sources_even_if_nobody_claims_it(archive, claim, id):
    unclaimed = archive.events[id].record

    assert () == archive.claims_about(id)
    assert unclaimed.reports
    assert any("nobody" in note and "claimed" in note for note in unclaimed.notes)

    muthanna = archive.events["2021-09-12-muthanna"].record

    assert muthanna.reports
    assert {source.id for source in muthanna.sources} >= set(muthanna.reports)
    assert any("nobody had claimed" in note for note in muthanna.notes)
    assert _notes_say(claim("2020-08-10-ashab-al-kahf"), "Taji", "nobody claimed")
    assert _notes_say(claim("2023-12-08-islamic-resistance-in-iraq"), "embassy", "nobody claimed")


def test_10_a_claim_that_the_brand_may_never_have_made_is_asked_whether_it_is_authentic(claim):
    karrada, tanf = claim("2022-11-08-ashab-al-kahf"), claim("2022-08-15-international-resistance")

    assert Direction.CONTRADICTS in {item.direction for item in _finding(karrada, Dimension.AUTHENTIC).evidence}
    assert Verdict.SUPPORTED is not _finding(karrada, Dimension.AUTHENTIC).verdict
    assert ClaimKind.REPORT_ONLY is tanf.kind


def test_11_a_statement_that_its_supposed_author_denies_keeps_the_denial_beside_it(archive, claim):
    denied = claim("2024-04-21-kataib-hezbollah")

    assert "kataib-hezbollah" in archive.organisations
    assert PostKind.DENIAL in {post.kind for post in denied.propagation if post.by == "kataib-hezbollah"}
    assert Direction.CONTRADICTS in {item.direction for item in _finding(denied, Dimension.AUTHENTIC).evidence}
    assert _notes_say(denied, "organisation", "not a facade")


def test_12_claim_and_denial_in_one_name_are_two_posts_of_one_record(claim):
    raid = claim("2020-11-26-raba-allah")
    kinds = [post.kind for post in raid.propagation if post.by == "raba-allah"]

    assert PostKind.CLAIM in kinds
    assert kinds.count(PostKind.DENIAL) >= 2
    assert {Direction.SUPPORTS, Direction.CONTRADICTS} == {
        item.direction for item in _finding(raid, Dimension.AUTHENTIC).evidence
    }


def test_13_a_partner_speaks_for_the_claimant(claim):
    joint = claim("2024-06-06-islamic-resistance-in-iraq")

    assert ("islamic-resistance-in-iraq",) == joint.facade
    assert "Houthi military spokesman" == joint.speaker
    assert "islamic-resistance-in-iraq" != next(post.by for post in joint.propagation if post.kind is PostKind.CLAIM)


def test_14_a_claim_names_another_place_than_the_reports(claim):
    rukban, erbil, harir = (
        claim("2024-01-28-islamic-resistance-in-iraq"),
        claim("2021-02-16-saraya-awliya-al-dam-erbil"),
        claim("2023-12-25-islamic-resistance-in-iraq"),
    )

    assert any({"SY", "JO"} <= set(assertion.place.country) for assertion in rukban.asserts)
    assert _finding(rukban, Dimension.TARGET).evidence
    assert _finding(erbil, Dimension.TARGET).evidence
    assert _notes_say(harir, "claim names another base")


def test_15_a_target_that_was_no_longer_there_is_a_question_of_the_target(claim):
    harir = claim("2023-11-09-islamic-resistance-in-iraq")
    target = _finding(harir, Dimension.TARGET)

    assert _notes_say(harir, "target", "no longer there")
    assert Direction.CONTRADICTS in {item.direction for item in target.evidence}


def test_16_claimed_and_reported_numbers_stand_apart_each_with_its_source(claim):
    rockets = [n for n in claim("2021-07-07-liwa-thar-al-muhandis").asserts[0].numbers if n.what == "rockets"]
    zilkan = [n for n in claim("2023-02-01-liwa-ahrar-al-iraq").asserts[0].numbers if n.what == "rockets"]

    assert {"30"} == {number.claimed for number in rockets if number.claimed}
    assert {"14", "7", "17"} == {number.reported for number in rockets}
    assert all(number.per for number in rockets)
    assert [("20", None), (None, "at least 8")] == [(number.claimed, number.reported) for number in zilkan]


@pytest.mark.parametrize(
    ("id", "clocks"),
    [
        ("2021-07-07-liwa-thar-al-muhandis", ("12:33", "12:30")),
        ("2023-02-01-liwa-ahrar-al-iraq", ("07:36", "07:45")),
        ("2023-03-25-liwa-al-ghaliboun", ("13:00", "13:38")),
        ("2021-02-16-saraya-awliya-al-dam-erbil", ("21:15", "21:30")),
    ],
)
def test_17_clocks_that_differ_are_both_kept_and_the_field_says_whose_it_holds(archive, id, clocks):
    record = archive.claims[id].record
    text = f"{archive.claims[id].document.value} {[archive.events[a.event].record for a in record.asserts if a.event]}"

    assert all(clock in text or clock.lstrip("0") in text for clock in clocks)
    assert all(assertion.time_basis for assertion in record.asserts if assertion.time)


def test_18_a_time_has_a_zone_and_a_doubt_about_the_zone_has_a_place(claim):
    asad, airport, tanf = (
        claim("2023-10-31-islamic-resistance-in-iraq"),
        claim("2021-06-international-resistance-baghdad-airport"),
        claim("2023-10-19-islamic-resistance-in-iraq-al-tanf"),
    )

    assert "2023-10-31" == asad.date
    assert _notes_say(asad, "American time", "Iraqi time")
    assert ("23:00", TimeBasis.STATED_BY_CLAIMANT) == (airport.asserts[0].time, airport.asserts[0].time_basis)
    assert "8pm GMT" in airport.quote.translations[1].text
    assert "Asia/Baghdad" == tanf.zone
    assert _post(claim("2024-04-01-islamic-resistance-in-iraq"), "p1").zone_note


@pytest.mark.parametrize(
    ("id", "versions"),
    [
        ("2023-01-26-international-resistance", ("delayed due to the damage", "damage of the convoy")),
        ("2020-03-18-usbat-al-thaireen", ("punish you", "kill you")),
        ("2024-06-23-islamic-resistance-in-iraq", ("precise and direct", "precise")),
        ("2021-01-24-alwiyat-al-waad-al-haq", ("", "", "")),
        ("2023-03-25-liwa-al-ghaliboun", ("Most of the",)),
    ],
)
def test_19_translations_that_differ_stand_side_by_side_each_with_who_prints_it(claim, id, versions):
    translations = claim(id).quote.translations

    assert len(translations) >= len(versions)
    assert all(any(words in translation.text for translation in translations) for words in versions)
    assert all(translation.from_ for translation in translations)
    assert 1 == sum(translation.preferred for translation in translations)


def test_20_what_an_outlet_did_to_the_words_is_kept_letter_for_letter_and_said(claim):
    cyrillic = claim("2024-03-20-islamic-resistance-in-iraq").quote.translations[0]
    edited, replaced = (
        claim("2022-12-03-liwa-ahrar-al-iraq"),
        claim("2023-12-31-islamic-resistance-in-iraq-rumaylan"),
    )

    assert "\N{CYRILLIC SMALL LETTER O}f" in cyrillic.text
    assert any("Cyrillic" in note for note in cyrillic.notes)
    assert edited.quote.original.text
    assert replaced.quote.original.text
    assert edited.notes
    assert replaced.notes


def test_21_a_copy_is_linked_to_what_it_copies_and_adds_no_origin(archive, analysis):
    own = analysis.claims["2021-09-12-ashab-al-kahf"]
    copies = [source for source in own.claim.sources if source.derives_from]

    assert copies
    assert all(source.link for source in copies)
    counted = own.independence[Dimension.OCCURRED].supports
    assert counted.maximum <= counted.cited
    repost = next(
        s for s in archive.claims["2023-03-26-international-resistance"].record.sources if "inteldrop" in s.url
    )
    assert "headline" in (repost.note or "").lower()


def test_22_a_relay_that_is_called_a_confirmation_counts_for_nothing(analysis, claim):
    babil = claim("2022-01-23-ashab-al-kahf")
    relay = next(post for post in babil.propagation if post.by == "sabereen-news")

    assert "no confirmation" in relay.note
    assert 0 == analysis.claims["2022-01-23-ashab-al-kahf"].independence[Dimension.OCCURRED].supports.minimum


def test_23_a_claim_that_is_known_through_a_relay_alone_is_not_shown_to_be_authentic(archive, analysis):
    relayed = [
        entry
        for entry in archive.claims_carried_by("sabereen-news")
        if not any(source.publisher == "sabereen-news" for source in entry.record.sources)
    ]

    assert len(relayed) >= 10
    assert not analysis.claims["2021-02-11-qasim-al-jabbarin"].quote.held
    for id in ("2021-02-11-qasim-al-jabbarin", "2022-01-23-ashab-al-kahf", "2021-01-22-ashab-al-kahf"):
        assert Verdict.SUPPORTED is not analysis.claims[id].verdicts[Dimension.AUTHENTIC]


def test_24_a_report_that_knows_of_no_claim_stands_beside_the_claim(claim):
    for id in ("2022-06-20-liwa-ahrar-al-iraq-zilkan-18-june", "2022-06-20-liwa-ahrar-al-iraq-zilkan-27-december"):
        evidence = {item.item: item for item in _finding(claim(id), Dimension.AUTHENTIC).evidence}

        assert Direction.NEUTRAL is evidence["rudaw-2022-06-26"].direction
        assert "no group has claimed" in evidence["rudaw-2022-06-26"].note
    assert "nobody had claimed it" in _post(claim("2021-09-12-ashab-al-kahf"), "p3").note


def test_25_a_source_that_contradicts_itself_or_changes_is_kept_in_both_versions(claim):
    diwaniyah = claim("2020-07-11-saraya-thawrat-al-ishreen-al-thaniya")
    versions = [source for source in diwaniyah.sources if source.publisher == "The Jerusalem Post"]

    assert 2 == len(versions)
    assert {"Later", "Earlier"} == {source.note.split()[0] for source in versions}
    assert _notes_say(claim("2021-02-11-qasim-al-jabbarin"), "contradicts itself")


def test_26_evidence_that_conflicts_is_cited_in_both_directions(claim):
    jraischan = _finding(claim("2020-08-10-ashab-al-kahf"), Dimension.OCCURRED)

    assert {Direction.SUPPORTS, Direction.CONTRADICTS} <= {item.direction for item in jraischan.evidence}
    assert _notes_say(claim("2020-12-14-ahl-al-maaruf"), "fourth bomb", "exploded", "made safe")


def test_27_an_official_word_that_comes_late_or_in_steps_is_a_row_of_dated_posts(claim):
    conoco, eilat = (
        claim("2023-10-19-islamic-resistance-in-iraq-conoco"),
        claim("2024-04-01-islamic-resistance-in-iraq"),
    )
    pentagon = next(post for post in conoco.propagation if post.by == "us-department-of-defense")
    steps = [post.at for post in eilat.propagation if post.by == "israel-defense-forces" and post.at]

    assert 6 == (pentagon.date.earliest - conoco.date.earliest).days
    assert ["2024-04-01T02:26", "2024-04-01T13:37", "2024-04-01T23:45"] == steps
    assert all(entry.date for entry in eilat.history)


def test_28_a_formation_is_announced_together_with_a_claim(claim):
    samawah, victory = claim("2021-04-15-katibat-al-sabiqoun"), claim("2020-05-22-liwa-thar-al-muhandis-victory")

    assert "announced its existence" in samawah.asserts[0].note
    assert ("2020-05-22-liwa-thar-al-muhandis-chinook",) == victory.same_statement


def test_29_a_threat_is_no_attack_and_claims_no_target_effect_or_actor(analysis, claim):
    id = "2020-04-usbat-al-thaireen-us-embassy"

    assert ClaimKind.THREAT is claim(id).kind
    assert claim(id).title.startswith("Threatened")
    for dimension in (Dimension.TARGET, Dimension.EFFECT, Dimension.ACTOR):
        assert Verdict.NOT_CLAIMED is analysis.claims[id].verdicts[dimension]


def test_30_one_name_has_many_spellings_and_two_names_may_be_one(archive):
    assert len(archive.facades["alwiyat-al-waad-al-haq"].record.aliases) >= 5
    assert "Ahl al-Kahf" in archive.facades["ashab-al-kahf"].record.aliases
    assert ("liwa-fath-khaybar",) == archive.facades["liwa-khaybar"].record.possibly_same_as
    assert ("liwa-khaybar",) == archive.facades["liwa-fath-khaybar"].record.possibly_same_as


def test_31_a_brand_whose_name_contains_the_umbrellas_is_another_facade(archive, claim):
    aliases = archive.facades["ashab-al-kahf"].record.aliases

    assert any("Islamic Resistance in Iraq" in alias for alias in aliases)
    assert ("ashab-al-kahf",) == claim("2021-01-22-ashab-al-kahf").facade
    assert _notes_say(claim("2021-01-22-ashab-al-kahf"), "umbrella", "October 2023")


def test_32_a_place_may_lie_in_several_countries_at_sea_or_in_disputed_territory(claim):
    golan, sea, border, provinces = (
        claim("2024-10-04-islamic-resistance-in-iraq").asserts[0].place,
        claim("2023-12-22-islamic-resistance-in-iraq-mediterranean").asserts[0].place,
        claim("2020-08-10-ashab-al-kahf").asserts[0].place,
        [assertion.place.admin for assertion in claim("2020-12-26-qasim-al-jabbarin").asserts],
    )

    assert golan.disputed
    assert {"IL", "SY"} == set(golan.country)
    assert "Mediterranean Sea" == sea.name
    assert {"IQ", "KW"} == set(border.country)
    assert 3 == len(set(provinces))


@pytest.mark.parametrize(
    ("id", "harm"),
    [
        ("2021-03-11-international-resistance", "woman"),
        ("2020-11-17-ashab-al-kahf", "civilians wounded"),
        ("2021-02-16-saraya-awliya-al-dam-erbil", "killed"),
        ("2020-07-11-saraya-thawrat-al-ishreen-al-thaniya", "Iraqi drivers"),
    ],
)
def test_33_people_who_were_hurt_stand_in_the_record_and_not_only_the_declared_target(claim, id, harm):
    record = claim(id)
    said = [finding.statement for finding in record.findings]
    said += [number.what + " " + (number.reported or "") for a in record.asserts for number in a.numbers]

    assert any(harm in text for text in said)


def test_34_what_was_left_out_of_a_quote_is_marked_with_the_reason(claim):
    removed = claim("2020-03-18-usbat-al-thaireen").quote.redactions

    assert ["names of dead soldiers"] == [redaction.what for redaction in removed]
    assert all(redaction.why and redaction.by for redaction in removed)


def test_35_the_slogans_of_outlets_stay_in_the_titles_of_sources(archive):
    intel_drop = next(
        source
        for source in archive.claims["2023-03-26-international-resistance"].record.sources
        if "inteldrop" in source.url
    )

    assert "Freedom Fighters" in intel_drop.title
    for entry in archive.claims.values():
        words = " ".join((entry.record.title or "", *(assertion.what for assertion in entry.record.asserts))).lower()
        assert not [word for word in OWN_WORDS if word in words], entry.id


def test_every_problem_of_the_notes_has_its_test():
    numbers = [int(name[5:7]) for name in globals() if name[:5] == "test_" and name[5:7].isdigit()]

    assert list(range(1, 36)) == sorted(numbers)
