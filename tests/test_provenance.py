"""Independent origins: the article's count, every reason why an item counts or not, and what no file can change."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

from generator import disk
from generator.analysis.affiliation import Affiliations, affiliations_of
from generator.analysis.independence import Independence, independence_of
from generator.analysis.loops import components, loops
from generator.analysis.origins import Bounds, Question, bounds_of, countable, trace
from generator.analysis.provenance import Node, Provenance, Reason, provenance_of
from generator.analysis.whole import Analysis, analyse
from generator.archive import read_archive
from generator.records.claim import Claim, EvidenceItem
from generator.records.vocabulary import Basis, Dimension, Direction, EvidenceKind, Likelihood, Link, Stake
from tests.conftest import PROJECT

OCCURRED: Question = (Dimension.OCCURRED, Direction.SUPPORTS)
NOT: Question = (Dimension.OCCURRED, Direction.CONTRADICTS)
ARTICLE = "2023-01-26-international-resistance"


def test_the_article_has_three_origins_by_derivation_and_none_after_affiliation(small_analysis: Analysis) -> None:
    found = small_analysis.claims[ARTICLE].independence[Dimension.OCCURRED].supports

    assert (5, 5, 3) == (found.cited, found.publishers, found.by_derivation)
    assert (0, 0) == (found.minimum, found.maximum)


def test_the_articles_count_is_explained_item_by_item(small_analysis: Analysis) -> None:
    found = small_analysis.claims[ARTICLE].independence[Dimension.OCCURRED].supports

    assert [
        ("p1", Reason.CAMP, ("p1",)),
        ("p2", Reason.CAMP, ("p2",)),
        ("p3", Reason.CAMP, ("p3",)),
        ("p5", Reason.DERIVED, ("p1", "p2", "p3")),
        ("p6", Reason.DERIVED, ("p3",)),
    ] == [(item.item, item.reason, item.leads_to) for item in found.items]


def test_the_graph_holds_what_the_cited_items_reach_and_no_more(small_analysis: Analysis) -> None:
    graph = small_analysis.claims[ARTICLE].independence[Dimension.OCCURRED].supports.graph

    assert ["p1", "p2", "p3", "p4", "p5", "p6"] == [node.id for node in graph.nodes]
    assert ("p5", "p4", Link.REPORTED) in [(edge.item, edge.derives_from, edge.link) for edge in graph.edges]


def test_patterns_and_amplification_are_cited_and_never_counted(small_analysis: Analysis) -> None:
    own = small_analysis.claims[ARTICLE].independence

    assert [Reason.PATTERN] == [item.reason for item in own[Dimension.TARGET].contradicts.items]
    assert [Reason.AMPLIFICATION] * 2 == [item.reason for item in own[Dimension.ACTOR].supports.items]
    assert (0, 0) == (own[Dimension.ACTOR].supports.cited, own[Dimension.ACTOR].supports.maximum)


def test_the_real_record_of_the_article_has_no_independent_origin() -> None:
    archive, _ = read_archive(disk.read_contributed(PROJECT)[0])

    found = analyse(archive, "").claims[ARTICLE].independence[Dimension.OCCURRED].supports

    assert 0 == found.minimum


SIDES = Affiliations(
    camps={"facade": "facade", "outlet": "facade", "militia": "facade"},
    stakes={"militia": Stake.CLAIMANT, "relay": Stake.CLAIMANT, "ministry": Stake.TARGET, "army": Stake.MIXED},
    ids={"the ministry": "ministry"},
)


def _counted(
    *sources: dict[str, Any],
    posts: tuple[dict[str, Any], ...] = (),
    media: tuple[dict[str, Any], ...] = (),
    kind: str = "testimony",
    question: Question = OCCURRED,
    cited: str = "",
) -> Independence:
    """The count of these sources and posts; all of them are cited unless `cited` names some."""
    common = {"title": "A", "url": "https://example.org/", "basis": "own-observation"}
    claim = Claim.model_validate(
        {
            "facade": "facade",
            "date": "2023-01-26",
            "status": "unverified",
            "sources": [
                {"id": f"s{at}", "publisher": f"Paper {at}", **common, **source} for at, source in enumerate(sources, 1)
            ],
            "propagation": [
                {"id": f"p{at}", "kind": "report", "basis": "own-observation", **post}
                for at, post in enumerate(posts, 1)
            ],
            "media": [{"id": f"m{at}", "kind": "video", **medium} for at, medium in enumerate(media, 1)],
        }
    )
    provenance = provenance_of(claim, SIDES)
    evidence = [
        EvidenceItem.model_validate({"item": id, "direction": question[1].value, "kind": kind})
        for id in (cited.split() or provenance.nodes)
    ]
    return independence_of(provenance, evidence, question)


def _reasons(found: Independence) -> list[Reason]:
    return [item.reason for item in found.items]


def test_two_papers_that_saw_it_are_two_origins() -> None:
    found = _counted({}, {})

    assert (2, 2) == (found.minimum, found.maximum)
    assert [Reason.KEPT, Reason.KEPT] == _reasons(found)


@pytest.mark.parametrize("publisher", ["facade", "outlet", "militia"])
def test_what_starts_in_the_camp_is_dropped(publisher: str) -> None:
    found = _counted({"publisher": publisher})

    assert (0, 0, [Reason.CAMP]) == (found.minimum, found.maximum, _reasons(found))


def test_what_has_the_claimants_stake_is_dropped_without_any_attribution() -> None:
    found = _counted({"publisher": "relay"})

    assert (0, 0, [Reason.CLAIMANTS_STAKE]) == (found.minimum, found.maximum, _reasons(found))


def test_copies_add_nothing_and_an_own_observation_does() -> None:
    copy = {"derives_from": ["s1"], "link": "stated"}

    assert 1 == _counted({}, copy).minimum
    assert 2 == _counted({}, {**copy, "adds_observation": "true"}).minimum


def test_a_copy_stands_for_what_it_copies_when_only_the_copy_is_cited() -> None:
    found = _counted({}, {"derives_from": ["s1"], "link": "stated", "basis": "cites"}, cited="s2")

    assert (1, ("s1",), Reason.KEPT) == (found.minimum, found.items[0].leads_to, found.items[0].reason)


def test_an_own_observation_passes_on_to_those_who_copy_it() -> None:
    found = _counted(
        {"publisher": "facade"},
        {"derives_from": ["s1"], "link": "stated", "adds_observation": "true"},
        {"derives_from": ["s2"], "link": "stated"},
        cited="s3",
    )

    assert (1, ("s1", "s2")) == (found.minimum, found.items[0].leads_to)


def test_an_unknown_basis_counts_in_the_maximum_only() -> None:
    for basis in ("not-stated", "cites"):
        found = _counted({"basis": basis})

        assert (0, 1, [Reason.UNKNOWN_BASIS]) == (found.minimum, found.maximum, _reasons(found))


def test_whoever_watched_channels_knows_what_was_posted_and_not_what_happened() -> None:
    watched = {"basis": "observed-channels"}

    assert (0, 0) == (_counted(watched).minimum, _counted(watched).maximum)
    assert 1 == _counted(watched, question=(Dimension.AUTHENTIC, Direction.SUPPORTS)).minimum


def test_equal_publishers_merge_however_they_are_typed() -> None:
    found = _counted({"publisher": "The  Paper"}, {"publisher": "the paper"}, {"publisher": "another"})

    assert (2, 2, 2) == (found.minimum, found.maximum, found.publishers)
    assert (Reason.SAME_PUBLISHER, "the paper") == (found.items[1].reason, found.items[1].shares)


def test_one_unnamed_informant_is_one_origin_and_perhaps_several() -> None:
    found = _counted({"informant": "source-a"}, {"informant": "source-a"})

    assert (1, 2) == (found.minimum, found.maximum)
    assert (Reason.SAME_INFORMANT, "source-a") == (found.items[1].reason, found.items[1].shares)


def test_merging_goes_through_a_third_item() -> None:
    found = _counted({"publisher": "A"}, {"publisher": "B", "informant": "i"}, {"publisher": "A", "informant": "i"})

    assert (1, 2) == (found.minimum, found.maximum)


def test_posts_of_nobody_named_have_each_a_publisher_of_their_own() -> None:
    found = _counted(posts=({"by": "unnamed"}, {"by": "unnamed"}))

    assert (2, 2, 2) == (found.minimum, found.maximum, found.publishers)


def test_a_post_known_through_a_source_is_an_item_of_its_own() -> None:
    found = _counted({"publisher": "facade"}, posts=({"by": "ministry", "per": "s1"},))

    assert (1, [Reason.KEPT]) == (found.minimum, [item.reason for item in found.items if item.item == "p1"])


def test_denials_of_the_side_that_was_hit_refute_nothing_and_its_admissions_count() -> None:
    for publisher in ("ministry", "The Ministry", "army"):
        denied = _counted({"publisher": publisher}, question=NOT)

        assert (0, 1, 1) == (denied.minimum, denied.maximum, denied.with_denials)
        assert [Reason.TARGETS_DENIAL] == _reasons(denied)
        assert 1 == _counted({"publisher": publisher}).minimum
    assert 0 == _counted(posts=({"by": "ministry", "kind": "denial"},)).minimum


_SHOWN = {"by": "outlet", "verification": {"placed_by": "a", "timed_by": "b"}}


def test_footage_of_the_claimants_side_counts_once_and_only_for_the_claim() -> None:
    found = _counted(media=(_SHOWN, _SHOWN), kind="visual-verified")

    assert (1, 1, [Reason.FOOTAGE, Reason.FOOTAGE]) == (found.minimum, found.maximum, _reasons(found))
    assert 2 == _counted({}, media=(_SHOWN, _SHOWN), kind="visual-verified").minimum
    assert 0 == _counted(media=(_SHOWN,), kind="visual-verified", question=NOT).maximum
    assert 0 == _counted(media=(_SHOWN,), kind="visual").maximum
    assert 0 == _counted(media=({"by": "outlet"},), kind="visual-verified").maximum


def test_footage_that_names_nobody_counts_as_the_claimants() -> None:
    shown = {"verification": _SHOWN["verification"]}

    assert 1 == _counted(media=(shown, shown), kind="visual-verified").minimum


def test_footage_in_somebody_elses_copy_of_the_claim_is_still_the_claimants() -> None:
    posts = ({"by": "facade", "kind": "claim"}, {"by": "unnamed", "derives_from": ["p1"], "capture": "m1"})
    shown = {"verification": _SHOWN["verification"]}
    found = _counted(posts=posts, media=(shown,), kind="visual-verified", cited="m1")

    assert (1, ("p1",), Reason.FOOTAGE) == (found.minimum, found.items[0].leads_to, found.items[0].reason)
    assert 1 == _counted(posts=posts, media=(shown, _SHOWN), kind="visual-verified", cited="m1 m2").minimum


def test_those_who_cite_each_other_are_one_origin_of_unknown_basis() -> None:
    ring = ({"derives_from": ["s2"], "link": "stated"}, {"derives_from": ["s1"], "link": "stated"})
    found = _counted(*ring)

    assert (0, 1, [Reason.LOOP, Reason.LOOP]) == (found.minimum, found.maximum, _reasons(found))
    assert {("s1",)} == {item.leads_to for item in found.items}
    assert 1 == _counted({**ring[0], "adds_observation": "true"}, ring[1]).minimum
    assert 1 == _counted({**ring[0], "derives_from": ["s2", "s3"]}, ring[1], {}).minimum
    assert (0, 1) == (_counted({"derives_from": ["s1"]}).minimum, _counted({"derives_from": ["s1"]}).maximum)


def test_a_loop_of_the_camp_is_no_origin_at_all() -> None:
    ring = ({"derives_from": ["s2"], "publisher": "facade"}, {"derives_from": ["s1"], "publisher": "outlet"})

    assert 0 == _counted(*ring).maximum


def test_a_suspected_link_is_read_both_ways() -> None:
    suspected = {"derives_from": ["s1"], "link": "suspected"}

    assert (1, 2) == (_counted({}, suspected).minimum, _counted({}, suspected).maximum)
    # Read as true, the second item stands for somebody outside; read as false, it is a channel of the camp.
    found = _counted({}, {**suspected, "publisher": "outlet"}, cited="s2")
    assert (0, 1, [Reason.CAMP]) == (found.minimum, found.maximum, _reasons(found))


def test_beyond_eight_suspected_links_only_the_extremes_are_read() -> None:
    suspected = [{"derives_from": ["s1"], "link": "suspected"}] * 12

    found = _counted({}, *suspected)

    assert (1, 13) == (found.minimum, found.maximum)


def test_an_item_cited_twice_counts_once_and_as_the_kind_that_counts() -> None:
    provenance = Provenance({"a": Node("a", "a", basis=Basis.OWN_OBSERVATION)})
    evidence = [
        EvidenceItem(item="a", direction=Direction.SUPPORTS, kind=kind)
        for kind in (EvidenceKind.PATTERN, EvidenceKind.TESTIMONY, EvidenceKind.TESTIMONY)
    ]

    found = independence_of(provenance, evidence, OCCURRED)

    assert (1, 1, 1) == (found.minimum, len(found.items), found.cited)


def test_the_camp_goes_over_all_attributions_of_at_least_realistic_possibility(small: Any) -> None:
    def facade(*attributions: tuple[str, str, Likelihood]) -> Any:
        made = [
            {"to": to, "relation": relation, "likelihood": likelihood.value, "confidence": "low"}
            for to, relation, likelihood in attributions
        ]
        return _entry({"name": {"en": "F"}, "kind": "media-outlet", "attributions": made})

    possible, unlikely = Likelihood.REALISTIC_POSSIBILITY, Likelihood.UNLIKELY
    archive = type(small)(
        facades={
            "brand": facade(("one", "front-for", possible), ("two", "front-for", possible)),
            "outlet": facade(("two", "media-arm-of", Likelihood.LIKELY)),
            "unlikely": facade(("two", "front-for", unlikely)),
            "amplifier": facade(("two", "amplified-by", possible)),
        }
    )
    found = affiliations_of(archive)

    assert {"brand", "one", "two", "outlet"} == {id for id in found.camps if found.camp(id) == found.camp("brand")}
    assert "amplifier" == found.camp("amplifier")
    assert frozenset({found.camp("brand"), "unlikely"}) == found.camps_of(["one", "unlikely"])


def _entry(facade: dict[str, Any]) -> Any:
    from generator.archive import Entry
    from generator.documents import Document
    from generator.records.facade import Facade

    return Entry("x", Facade.model_validate(facade), Document("x.md", {}, {}))


def test_the_parents_of_an_organisation_do_not_tie(small_analysis: Analysis) -> None:
    sides = small_analysis.affiliations

    assert sides.camp("international-resistance") == sides.camp("test-militia") == sides.camp("unit-10000")
    assert sides.camp("test-ministry") != sides.camp("test-militia")


GRAPHS = 20_000
_NAMES = "abcdefg"


def _graphs(count: int) -> Iterator[tuple[Provenance, dict[str, bool], random.Random]]:
    """Random items that derive from each other in any way, and which of them are cited."""
    chance = random.Random(20230126)  # noqa: S311 (the same graphs every time)
    bases, links = tuple(Basis), (Link.STATED, Link.STATED, Link.NEAR_DUPLICATE, Link.SUSPECTED)
    stakes = (Stake.NONE, Stake.NONE, Stake.NONE, Stake.TARGET, Stake.MIXED)
    for _ in range(count):
        ids = _NAMES[: chance.randint(1, 7)]
        nodes = {}
        for id in ids:
            luck = chance.random
            nodes[id] = Node(
                id,
                publisher=chance.choice(_NAMES),
                side=Reason.CAMP if luck() < 0.25 else None,
                stake=chance.choice(stakes),
                basis=chance.choice(bases),
                parents=tuple(chance.sample(ids, min(len(ids), chance.choice((0, 0, 1, 1, 2))))),
                link=chance.choice(links),
                adds_observation=luck() < 0.15,
                informant=chance.choice("xy") if luck() < 0.2 else None,
                denial=luck() < 0.1,
                placed=luck() < 0.1,
            )
        cited = {id: nodes[id].placed for id in chance.sample(ids, chance.randint(1, len(ids)))}
        yield Provenance(nodes), cited, chance


def _question(chance: random.Random) -> Question:
    return chance.choice(tuple(Dimension)), chance.choice((Direction.SUPPORTS, Direction.CONTRADICTS))


def _with(provenance: Provenance, node: Node) -> Provenance:
    return Provenance({**provenance.nodes, node.id: node})


def _numbers(bounds: Bounds) -> tuple[int, int, int]:
    return bounds.minimum, bounds.maximum, bounds.with_denials


def test_no_graph_breaks_the_bounds_and_no_copy_channel_or_repetition_moves_them() -> None:
    """On 20,000 graphs: minimum ≤ maximum; a copy of cited items never raises the minimum; a channel of the camp
    changes nothing; neither does the order in which items are cited.
    """
    for provenance, cited, chance in _graphs(GRAPHS):
        question = _question(chance)
        bounds = bounds_of(provenance, cited, question)

        assert 0 <= bounds.minimum <= bounds.maximum <= len(provenance.nodes)
        assert bounds.with_denials <= bounds.maximum

        parents = tuple(chance.sample(list(cited), min(len(cited), 2)))
        link = chance.choice((Link.STATED, Link.SUSPECTED))
        copy = Node("copy", "copier", basis=Basis.OWN_OBSERVATION, parents=parents, link=link)
        assert bounds_of(_with(provenance, copy), {**cited, "copy": False}, question).minimum <= bounds.minimum

        own = chance.choice((Basis.OWN_OBSERVATION, Basis.NOT_STATED))
        channel = Node("new", "facade", side=Reason.CAMP, basis=own, parents=chance.choice(((), parents)), link=link)
        with_channel = bounds_of(_with(provenance, channel), {**cited, "new": False}, question)
        assert _numbers(bounds) == _numbers(with_channel)

        repeated = {id: cited[id] for id in reversed(cited)}
        assert _numbers(bounds) == _numbers(bounds_of(provenance, repeated, question))


def test_repeating_evidence_changes_nothing_and_the_explanation_adds_up_to_the_minimum() -> None:
    for provenance, cited, chance in _graphs(2_000):
        question = _question(chance)
        evidence = [
            EvidenceItem.model_construct(
                item=id,
                direction=question[1],
                kind=EvidenceKind.VISUAL_VERIFIED if placed else EvidenceKind.TESTIMONY,
                note=None,
            )
            for id, placed in cited.items()
        ]
        found = independence_of(provenance, evidence, question)

        assert found == independence_of(provenance, evidence * 2, question)
        assert cited == countable(provenance, evidence, question[1])
        assert found.minimum == sum(item.adds for item in found.items)
        assert all((item.reason in (Reason.KEPT, Reason.FOOTAGE)) or not item.kept for item in found.items)


def test_loops_and_origins_are_those_that_networkx_finds() -> None:
    for provenance, cited, _ in _graphs(5_000):
        nodes, parents = provenance.nodes, provenance.parents
        graph = nx.DiGraph()
        graph.add_nodes_from(parents)
        graph.add_edges_from((id, parent) for id in parents for parent in parents[id])
        groups = list(components(parents, parents))

        assert {frozenset(group) for group in nx.strongly_connected_components(graph)} == set(map(frozenset, groups))
        seen: set[str] = set()
        for group in groups:
            seen |= set(group)
            assert all(parent in seen for id in group for parent in parents[id])
        cycles = {frozenset(group) for group in groups if len(group) > 1 or graph.has_edge(group[0], group[0])}
        assert cycles == set(map(frozenset, loops(parents)))

        condensed = nx.condensation(graph)
        unfed = [
            condensed.nodes[at]["members"]
            for at in condensed
            if not condensed.out_degree(at) and frozenset(condensed.nodes[at]["members"]) in cycles
        ]
        unfed = [members for members in unfed if not any(nodes[id].adds_observation for id in members)]
        traced = trace(provenance, cited)
        for id in cited:
            reached = {id} | nx.descendants(graph, id)
            wanted = {other for other in reached if nodes[other].adds_observation or not parents[other]}
            wanted |= {min(members) for members in unfed if members & reached}
            assert wanted == set(traced.named(id))


@pytest.mark.parametrize("shape", ["chain", "ring", "star"])
def test_five_thousand_items_are_counted_like_five(shape: str) -> None:
    ids = [f"i{number}" for number in range(5_000)]
    before = {id: (ids[at - 1],) for at, id in enumerate(ids) if at}
    before[ids[0]] = (ids[-1],) if shape == "ring" else ()
    if shape == "star":
        before = dict.fromkeys(ids, ())
    nodes = {id: Node(id, id, basis=Basis.OWN_OBSERVATION, parents=before[id]) for id in ids}
    evidence = [
        EvidenceItem.model_construct(item=id, direction=Direction.SUPPORTS, kind=EvidenceKind.TESTIMONY, note=None)
        for id in ids
    ]

    found = independence_of(Provenance(nodes), evidence, OCCURRED)

    assert {"chain": (1, 1), "ring": (0, 1), "star": (5_000, 5_000)}[shape] == (found.minimum, found.maximum)
