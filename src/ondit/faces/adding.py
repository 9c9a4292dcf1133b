"""Reports added to a case in a process of their own, for a server that goes on answering meanwhile.

    python -m ondit.faces.adding CASE INPUT...

In: a case and files. Out: a line of JSON on stdout for every report as soon as it is safely in the case, and
for every problem. A process that is killed loses nothing that it acknowledged.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from ondit.casefile import Added, Case
from ondit.errors import OnditError
from ondit.records import Problem

KIND = 15
"""How much less urgent than answering: the operating system's niceness."""


def lines(results: Iterable[Added | Problem]) -> Iterator[str]:
    """One line of JSON each."""
    for result in results:
        key = "added" if isinstance(result, Added) else "problem"
        yield json.dumps({key: asdict(result)})


def main(arguments: list[str]) -> int:
    """Add, and say so line by line."""
    from ondit.engines.local import read_all
    from ondit.faces.work import made_by
    from ondit.grouping.stories import story_for
    from ondit.intake import load
    from ondit.pipeline import read, trace

    case_file, *inputs = arguments
    os.nice(KIND)
    try:
        with Case.open(case_file, made_by=made_by(), wait=60) as case:
            found = case.add_all(load(inputs), lambda docs: read_all(docs, read, 0), story_for, trace)
            for line in lines(found):
                sys.stdout.write(line + "\n")
                sys.stdout.flush()
    except OnditError as fault:
        sys.stdout.write(json.dumps({"fault": str(fault)}) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
