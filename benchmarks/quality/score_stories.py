"""Score traces of annotated stories: what was found, aligned, chained, and whether the origins are right.

    python -m benchmarks.quality.score_stories tests/stories --naive | --perfect | --pred TRACES_DIR [--json]

A trace is the JSON of docs/reference/trace.schema.json, in TRACES_DIR/<story id>.json; a missing one scores
zero throughout. --naive is what counting reports gives, --perfect the annotation itself.

Over all stories, micro-averaged:
found         share of gold mentions with a statement of the same report that holds at least half of the
              mention's words and is at most four times (and four words) as long. The one with the highest
              Jaccard of words is the mention's match; statements of the mention's own stance come first
alignment     B-cubed F1 (Bagga and Baldwin 1998) of the grouping of gold mentions into claims; a mention
              without a match is alone
chain         share of all gold mentions whose match has exactly the gold chain; `origin`: its first link
stance, certainty     share of matched mentions
origins       share of gold (claim, stance) pairs for which the claim that holds most of its mentions says
              exactly the gold lo..hi; `lo`: the lower end alone
false corroboration   share of the pairs with gold lo <= 1 for which the trace says lo >= 2: must not happen
missed independence   share of the pairs with gold lo >= 2 for which the trace says lo <= 1, or nothing
derivation    F1 of directed (child, parent) pairs
conflict      F1 of pairs of claims, over the claims that the annotation lists
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality.counts import Counts, f1
from benchmarks.quality.gold import GoldMention, Story, load_stories
from benchmarks.quality.gold_origins import GoldOrigins, gold_origins

Trace = Mapping[str, Any]
Key = tuple[str, int]
"""A gold mention: its claim, and its number in it."""

WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
SAME_NAME = 0.6
"""Share of words that an anonymous agent has to share with a gold one to be it."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement of the trace: its words, the number of its claim, and itself."""

    words: frozenset[int]
    claim: int
    statement: Mapping[str, Any]


def score_story(story: Story, trace: Trace) -> Counts:
    """Additive counts of one story; `summary` makes measures of them."""
    matches = _matches(story, trace)
    best = _best_claims(matches)
    counts = Counts()
    _count_mentions(counts, story, matches, agent_names(story, trace))
    _count_alignment(counts, story, matches)
    _count_origins(counts, story, trace, best)
    _count_derivations(counts, story, trace)
    _count_conflicts(counts, story, trace, best)
    return counts


def summary(counts: Counts) -> dict[str, float]:
    """The measures, rounded to three decimals."""
    share = counts.share
    derivation = (
        share("derivations right", "derivations said"),
        share("derivations right", "derivations gold"),
    )
    conflict = share("conflicts right", "conflicts said"), share("conflicts right", "conflicts gold")
    measures = {
        "found": share("found", "mentions"),
        "alignment": f1(share("b-cubed precision", "mentions"), share("b-cubed recall", "mentions")),
        "chain": share("chain", "mentions"),
        "origin": share("origin", "mentions"),
        "stance": share("stance", "found"),
        "certainty": share("certainty", "found"),
        "origins": share("origins", "pairs"),
        "lo": share("lo", "pairs"),
        "false corroboration": share("false corroboration", "weak pairs"),
        "missed independence": share("missed independence", "strong pairs"),
        "derivation": f1(*derivation),
        "derivation P": derivation[0],
        "derivation R": derivation[1],
        "conflict": f1(*conflict),
        "conflict P": conflict[0],
        "conflict R": conflict[1],
    }
    return {name: round(value, 3) for name, value in measures.items()}


def agent_names(story: Story, trace: Trace) -> dict[str, str]:
    """Gold agent of every agent of the trace: one that shares a name or alias, else the anonymous one that
    shares most words of a name; "?" and its name where there is none."""
    known: dict[str, str] = {}
    anonymous: list[tuple[frozenset[str], str]] = []
    for key, agent in story.agents.items():
        for name in (agent.name, *agent.aliases):
            known.setdefault(folded(name), key)
            if agent.kind.startswith("anonymous"):
                anonymous.append((frozenset(folded(name).split()), key))
    found = {"unknown": "unknown"}
    for row in trace.get("agents", []):
        names = [folded(name) for name in (row["name"], *row.get("aliases", []))]
        named = next((known[name] for name in names if name in known), None)
        found[row["id"]] = named or _anonymous(names, anonymous) or f"?{row['name']}"
    return found


def folded(name: str) -> str:
    """A name without case, article and punctuation.

    >>> folded("The Tide’s editor")
    "tide's editor"
    """
    words = WORD.findall(name.replace("’", "'").casefold())
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def _anonymous(names: Iterable[str], anonymous: Iterable[tuple[frozenset[str], str]]) -> str | None:
    nearest = max(
        ((_jaccard(words, frozenset(name.split())), key) for name in names for words, key in anonymous),
        default=(0.0, ""),
    )
    return nearest[1] if nearest[0] >= SAME_NAME else None


def _jaccard(a: frozenset[Any], b: frozenset[Any]) -> float:
    return len(a & b) / max(1, len(a | b))


def _words(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(word.start() for start, end in spans for word in WORD.finditer(text, start, end))


def _matches(story: Story, trace: Trace) -> dict[Key, _Said]:
    """The statement that says each gold mention, where one does."""
    said = defaultdict[str, list[_Said]](list)
    for nr, claim in enumerate(trace.get("claims", [])):
        for statement in claim.get("statements", []):
            report = story.reports.get(statement["document"])
            words = _words(report.text, statement["spans"]) if report else frozenset()
            if words:
                said[statement["document"]].append(_Said(words, nr, statement))
    found = {}
    for claim in story.claims:
        for i, mention in enumerate(claim.mentions):
            match = _match(mention, story.reports[mention.report].text, said[mention.report])
            if match:
                found[claim.id, i] = match
    return found


def matched(story: Story, trace: Trace) -> dict[Key, tuple[int, str]]:
    """For each gold mention that is said, the number of its claim in the trace and its statement's id."""
    return {key: (said.claim, said.statement["id"]) for key, said in _matches(story, trace).items()}


def _match(mention: GoldMention, text: str, said: Iterable[_Said]) -> _Said | None:
    gold = _words(text, [(mention.start, mention.end)])
    fit = [s for s in said if 2 * len(gold & s.words) >= len(gold) and len(s.words) <= 4 * len(gold) + 4]
    same_stance = [s for s in fit if s.statement.get("stance", "affirm") == mention.stance]
    return max(same_stance or fit, key=lambda s: _jaccard(gold, s.words), default=None)


def _best_claims(matches: Mapping[Key, _Said]) -> dict[str, int]:
    """For each gold claim, the claim of the trace that holds most of its mentions."""
    votes = defaultdict[str, Counter[int]](Counter)
    for (claim, _), match in matches.items():
        votes[claim][match.claim] += 1
    return {claim: count.most_common(1)[0][0] for claim, count in votes.items()}


def _count_mentions(
    counts: Counts, story: Story, matches: Mapping[Key, _Said], agents: Mapping[str, str]
) -> None:
    for claim in story.claims:
        for i, mention in enumerate(claim.mentions):
            counts["mentions"] += 1
            if (claim.id, i) not in matches:
                continue
            statement = matches[claim.id, i].statement
            chain = tuple(agents.get(agent, "?") for agent in statement.get("chain", []))
            counts["found"] += 1
            counts["chain"] += chain == mention.chain
            counts["origin"] += chain[:1] == mention.chain[:1]
            counts["stance"] += statement.get("stance", "affirm") == mention.stance
            counts["certainty"] += statement.get("certainty", "certain") == mention.certainty


def _count_alignment(counts: Counts, story: Story, matches: Mapping[Key, _Said]) -> None:
    gold, said = defaultdict[str, set[Key]](set), defaultdict[Hashable, set[Key]](set)
    for claim in story.claims:
        for i in range(len(claim.mentions)):
            key = (claim.id, i)
            gold[claim.id].add(key)
            said[matches[key].claim if key in matches else key].add(key)
    for claim_id, keys in gold.items():
        for key in keys:
            group = said[matches[key].claim if key in matches else key]
            both = len(keys & group)
            counts["b-cubed precision"] += both / len(group)
            counts["b-cubed recall"] += both / len(gold[claim_id])


@dataclass(frozen=True, slots=True)
class Counted:
    """The gold interval of a claim with a stance, and the trace's; None where that says nothing."""

    claim: str
    gold: GoldOrigins
    lo: int | None
    hi: int | None

    @property
    def corroborates_falsely(self) -> bool:
        """Two or more origins said where there is one at most."""
        return self.gold.lo <= 1 and self.lo is not None and self.lo >= 2

    @property
    def misses_independence(self) -> bool:
        """One origin at most said, or nothing, where there are two or more."""
        return self.gold.lo >= 2 and (self.lo is None or self.lo <= 1)


def counted(story: Story, trace: Trace) -> Iterator[Counted]:
    """Every gold pair of claim and stance with what the trace says of the claim that holds most of its
    mentions."""
    return _counted(story, trace, _best_claims(_matches(story, trace)))


def _counted(story: Story, trace: Trace, best: Mapping[str, int]) -> Iterator[Counted]:
    for claim in story.claims:
        for stance in claim.stances():
            origins = trace["claims"][best[claim.id]].get("origins", {}) if claim.id in best else {}
            said = origins.get(stance, {"lo": None, "hi": None})
            yield Counted(claim.id, gold_origins(story, claim, stance), said["lo"], said["hi"])


def _count_origins(counts: Counts, story: Story, trace: Trace, best: Mapping[str, int]) -> None:
    for pair in _counted(story, trace, best):
        counts["pairs"] += 1
        counts["origins"] += (pair.lo, pair.hi) == (pair.gold.lo, pair.gold.hi)
        counts["lo"] += pair.lo == pair.gold.lo
        counts["weak pairs" if pair.gold.lo <= 1 else "strong pairs"] += 1
        counts["false corroboration"] += pair.corroborates_falsely
        counts["missed independence"] += pair.misses_independence


def _count_derivations(counts: Counts, story: Story, trace: Trace) -> None:
    said = {(row["child"], row["parent"]) for row in trace.get("derivations", [])}
    said = {pair for pair in said if story.reports.keys() >= set(pair)}
    counts["derivations gold"] += len(story.derivations)
    counts["derivations said"] += len(said)
    counts["derivations right"] += len(said & story.derivations)


def _count_conflicts(counts: Counts, story: Story, trace: Trace, best: Mapping[str, int]) -> None:
    numbers = {row["id"]: nr for nr, row in enumerate(trace.get("claims", []))}
    gold_of = {nr: claim for claim, nr in best.items()}
    pairs = {
        frozenset(gold_of.get(numbers.get(claim, -1), "") for claim in row["claims"])
        for row in trace.get("conflicts", [])
    }
    said = {pair for pair in pairs if "" not in pair}
    counts["conflicts gold"] += len(story.conflicts)
    counts["conflicts said"] += len(said)
    counts["conflicts right"] += len(said & story.conflicts)


# ------------------------------------------------------------ two yardsticks


def perfect(story: Story) -> Trace:
    """The annotation as a trace: the best that there is to reach (both error rates 0)."""
    claims = []
    for claim in story.claims:
        counted = {stance: gold_origins(story, claim, stance) for stance in claim.stances()}
        origins = {stance: {"lo": o.lo, "hi": o.hi} for stance, o in counted.items()}
        statements = [_statement(m, m.chain, m.certainty) for m in claim.mentions]
        claims.append({"id": claim.id, "statements": statements, "origins": origins})
    return {
        "agents": _gold_agents(story),
        "claims": claims,
        "derivations": [{"child": child, "parent": parent} for child, parent in sorted(story.derivations)],
        "conflicts": [{"claims": sorted(pair)} for pair in story.conflicts],
    }


def naive(story: Story) -> Trace:
    """What a counter of reports says: claims found and aligned perfectly, every report an origin."""
    claims = []
    for claim in story.claims:
        origins = {}
        for stance in claim.stances():
            reports = len({m.report for m in claim.mentions if m.stance == stance})
            origins[stance] = {"lo": reports, "hi": reports}
        statements = [_statement(m, m.chain[-1:], "certain") for m in claim.mentions]
        claims.append({"id": claim.id, "statements": statements, "origins": origins})
    return {"agents": _gold_agents(story), "claims": claims}


def _gold_agents(story: Story) -> list[dict[str, str]]:
    return [{"id": key, "name": agent.name} for key, agent in story.agents.items()]


def _statement(mention: GoldMention, chain: Iterable[str], certainty: str) -> dict[str, Any]:
    return {
        "document": mention.report,
        "spans": [[mention.start, mention.end]],
        "chain": list(chain),
        "stance": mention.stance,
        "certainty": certainty,
    }


def table(rows: Mapping[str, Mapping[str, float]]) -> str:
    """Measures down, stories across would not fit: a line a story, a column a measure."""
    names = list(next(iter(rows.values()), {}))
    head = " " * 20 + " ".join(f"{name[:11]:>11}" for name in names)
    return "\n".join(
        [head, *(f"{key[:20]:20}" + " ".join(f"{row[n]:11.3f}" for n in names) for key, row in rows.items())]
    )


def score_stories(stories: Iterable[Story], traces: Mapping[str, Trace]) -> dict[str, dict[str, float]]:
    """The measures of each story, and of all ("ALL")."""
    total, rows = Counts(), {}
    for story in stories:
        counts = score_story(story, traces.get(story.id, {}))
        rows[story.id] = summary(counts)
        total.include(counts)
    return {**rows, "ALL": summary(total)}


def _saved(folder: Path, story: Story) -> Trace:
    path = folder / f"{story.id}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def main() -> None:
    """The command line in the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stories", type=Path)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--pred", type=Path, metavar="TRACES_DIR")
    what.add_argument("--naive", action="store_true")
    what.add_argument("--perfect", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    stories = load_stories(args.stories)
    make = naive if args.naive else perfect if args.perfect else lambda story: _saved(args.pred, story)
    rows = score_stories(stories, {story.id: make(story) for story in stories})
    print(json.dumps(rows, indent=1) if args.json else table(rows))


if __name__ == "__main__":
    main()
