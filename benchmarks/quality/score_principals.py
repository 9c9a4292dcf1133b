"""Score for whom sources speak, on annotated stories: are the sources of one body one, and no others?

    python -m benchmarks.quality.score_principals tests/stories training/stories

Of every two gold agents that are origins of claims and that the trace lets say something: `joined` is the
share of those with one top principal (or of whom one is the other's) whose agents in the trace have one as
well; `mixed` the share of all others that have. Agents of a name that the trace does not have are left out.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

from benchmarks.quality.counts import Counts
from benchmarks.quality.gate import trace_of
from benchmarks.quality.gold import Story, load_stories
from benchmarks.quality.score_stories import Trace, agent_names


def score_story(story: Story, trace: Trace) -> Counts:
    """Additive counts of one story."""
    above = {row["id"]: row.get("principal") for row in trace["agents"]}
    said = {agent for claim in trace["claims"] for s in claim["statements"] for agent in s["chain"]}
    tops = defaultdict[str, set[str]](set)
    for agent, gold in agent_names(story, trace).items():
        if agent in said and gold in story.agents:
            tops[gold].add(_top(agent, above))
    origins = sorted({mention.chain[0] for claim in story.claims for mention in claim.mentions} & tops.keys())
    counts = Counts()
    for one, two in combinations(origins, 2):
        same = "one" if story.vertex(one) == story.vertex(two) else "others"
        counts[same] += 1
        counts[f"{same} joined"] += bool(tops[one] & tops[two])
    return counts


def _top(agent: str, above: Mapping[str, str | None]) -> str:
    """The top principal; of a circle, where the walk would close it."""
    seen = {agent}
    while (step := above.get(agent)) and step not in seen:
        seen.add(step)
        agent = step
    return agent


def main(folders: Sequence[str]) -> int:
    for folder in folders:
        counts = Counts()
        for story in load_stories(Path(folder)):
            counts.include(score_story(story, trace_of(story)))
        joined, mixed = counts.share("one joined", "one"), counts.share("others joined", "others")
        ones, others = int(counts["one"]), int(counts["others"])
        print(f"{Path(folder).name:12} joined {joined:.3f} of {ones}, mixed {mixed:.4f} of {others}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
