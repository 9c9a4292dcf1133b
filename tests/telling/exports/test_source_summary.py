"""The source summary, line by line: counts, names, words with places, and what is left to the analyst."""

from __future__ import annotations

from dataclasses import replace

from exportfakes import FIRE, STORY
from ondit.records import Trace
from ondit.telling.exports.source_summary import CLAIMS, export
from ondit.version import __version__

FIRST = (
    "[r1] NBC-9, “Depot burned, officials say”, 2031-02-01T06:00:00Z, https://nbc9.example/depot?id=1, "
    f"sha256 {'ab' * 32}"
)
WHOLE = f"""\
SOURCE SUMMARY STATEMENT
Depot burned, officials say

velmar, counted by Ondit {__version__} from the words of the reports below.
It says who says so and through whom, not what is true. Brackets hold the place in a report.

SOURCE BASE
3 reports of 2 outlets, published 2031-02-01 to 2031-02-02 (1 undated).
3 reports, 2 claims: 1 rests on nobody named.
1 claim stands in more than one report.
Two or more origins that do not depend on each other: 0 claims.
Origin of 1 claim: six officials (anonymous group of 6).
1 problem with the input; the trace lists it.

CLAIMS, WHAT RESTS ON HOW LITTLE FIRST
1. “the depot may have burned” (claim-fire)
   3 reports, 1 to 2 origins; denied: 1 report, 1 origin.
   Origin: six officials (anonymous group of 6).
   All that is sourced comes through: NBC-9.
   six officials (possible) -> NBC-9: “the depot may have burned” [r1 19-44]
   six officials (possible) -> NBC-9 (certain) -> The Tide: “The depot burned” [r2 0-16]
   The Tide, in its own voice, lineage not recorded: “The depot burned” [r3 0-16]
   Origin (denial): City of Velmar (organisation).
   Ada Quill -> NBC-9: “It did not burn” [r1 46-61]
   Differs from claim-count on: number 6 against 8.
2. “Six officials” (claim-count)
   1 report, no origin counted.
   Differs from claim-fire on: number 6 against 8.

WHICH REPORT USED WHICH
The Tide [r2] used NBC-9 [r1]: block quotation, as it says itself: “The depot burned”.
The Tide [r3] used The Tide [r2]: rewrite, not stated: “The depot burned”.

LEFT TO THE ANALYST
Reliability of each source: not judged. Credibility of each claim: not judged.
Access, expertise and motive of each origin: not known from the texts unless quoted above.

SOURCE REFERENCES
{FIRST}
[r2] The Tide, “Depot burned”, 2031-02-02, no address, no hash
[r3] The Tide, “Depot burned (corrected)”, no date given, no address, no hash

"""


def summary(trace: Trace) -> str:
    return export([trace])["source-summary.txt"].decode()


def test_the_whole_statement() -> None:
    assert summary(STORY) == WHOLE


def test_a_long_story_is_set_out_in_part_and_the_rest_counted() -> None:
    many = tuple(replace(FIRE, id=f"claim-{nr}") for nr in range(CLAIMS + 3))
    said = summary(replace(STORY, claims=many, conflicts=()))
    assert f"\n{CLAIMS}. “" in said
    assert f"\n{CLAIMS + 1}. “" not in said
    assert "\n3 more claims not set out here.\n" in said


def test_where_no_report_used_another_it_says_so() -> None:
    assert "\nNone that the texts show.\n" in summary(replace(STORY, derivations=()))
