"""Chains, cuts and loops against every possible chain and every possible cut."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brute import most_disjoint, simple_chains, smallest_cuts
from ondit.tracing.flow import disjoint_chains, loops, reaching

VERTICES = "abcdefg"
vertex_sets = st.sets(st.sampled_from(VERTICES), max_size=5)
arc_sets = st.sets(st.tuples(st.sampled_from(VERTICES), st.sampled_from(VERTICES)), max_size=14)


def random_graph(chance: random.Random) -> tuple[set[str], set[tuple[str, str]], set[str]]:
    names = VERTICES[: chance.randint(1, len(VERTICES))]
    arcs = {(chance.choice(names), chance.choice(names)) for _ in range(chance.randint(0, 14))}
    leaves, roots = (set(chance.sample(names, chance.randint(0, len(names)))) for _ in range(2))
    return leaves, arcs, roots


@pytest.mark.parametrize("seed", range(4))
def test_finds_as_many_chains_as_an_exhaustive_search(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(500):
        leaves, arcs, roots = random_graph(chance)
        expected = most_disjoint(simple_chains(leaves, arcs, roots))
        assert len(disjoint_chains(leaves, arcs, roots).chains) == expected


@given(vertex_sets, arc_sets, vertex_sets)
def test_cut_is_one_of_the_smallest_and_has_as_many_vertices_as_there_are_chains(
    leaves: set[str], arcs: set[tuple[str, str]], roots: set[str]
) -> None:
    found = disjoint_chains(leaves, arcs, roots)
    assert len(found.cut) == len(found.chains)
    assert found.cut in smallest_cuts(list(simple_chains(leaves, arcs, roots)))


@given(vertex_sets, arc_sets, vertex_sets)
def test_cut_is_nearer_to_the_roots_than_any_other(
    leaves: set[str], arcs: set[tuple[str, str]], roots: set[str]
) -> None:
    """From every other smallest cut, the way to the roots leads through this one."""
    cut = disjoint_chains(leaves, arcs, roots).cut
    for other in smallest_cuts(list(simple_chains(leaves, arcs, roots))):
        assert all(set(chain) & set(cut) for chain in simple_chains(set(other), arcs, roots))


@given(vertex_sets, arc_sets, vertex_sets)
def test_chains_run_along_edges_from_leaf_to_root_and_share_nothing(
    leaves: set[str], arcs: set[tuple[str, str]], roots: set[str]
) -> None:
    chains = disjoint_chains(leaves, arcs, roots).chains
    assert all(chain in set(simple_chains(leaves, arcs, roots)) for chain in chains)
    assert len({vertex for chain in chains for vertex in chain}) == sum(map(len, chains))


@given(arc_sets)
def test_two_vertices_are_in_one_loop_if_each_reaches_the_other(arcs: set[tuple[str, str]]) -> None:
    upstream = {v: reaching({v}, arcs) for v in VERTICES}
    together = {frozenset(w for w in VERTICES if w in upstream[v] and v in upstream[w]) for v in VERTICES}
    assert {frozenset(group) for group in loops(arcs)} == {group for group in together if len(group) > 1}


def test_an_arc_of_a_vertex_to_itself_is_no_loop() -> None:
    assert loops({("a", "a")}) == ()


def test_a_long_chain_needs_no_recursion() -> None:
    names = [f"v{nr:04}" for nr in range(3000)]
    arcs = set(itertools.pairwise(names))
    assert disjoint_chains({names[0]}, arcs, {names[-1]}).chains == (tuple(names),)
    assert loops(arcs) == ()


def test_a_chain_that_blocks_others_is_taken_back() -> None:
    arcs = {("a", "x"), ("b", "x"), ("a", "y"), ("x", "r"), ("y", "s"), ("x", "s")}
    assert disjoint_chains({"a", "b"}, arcs, {"r", "s"}).chains == (("a", "y", "s"), ("b", "x", "r"))
