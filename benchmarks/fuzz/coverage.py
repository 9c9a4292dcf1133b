"""The same search led by coverage: libFuzzer keeps what reaches new code (atheris, group `measure`).

    python -m benchmarks.fuzz.coverage FORMAT [-runs=100000] [-max_total_time=600] [...]

Other options are libFuzzer's. Begins with the inputs of `tests/intakefakes.py`. The corpus that it grows lies
in `build/fuzz/corpus-FORMAT`; it stops at the first fault and writes the input down.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import intakefakes

with atheris.instrument_imports(include=["ondit.intake"]):
    import ondit.intake.archives
    import ondit.intake.feeds
    import ondit.intake.mail
    import ondit.intake.office
    import ondit.intake.pdf
    import ondit.intake.web  # noqa: F401
    from ondit.intake import take

from benchmarks.fuzz.__main__ import broken


def one(raw: bytes) -> None:
    """Take an input in; raise where a record breaks a promise."""
    fault = broken(list(take(raw, "x")))
    if fault:
        raise AssertionError(fault)


def main() -> None:
    """Search in one format."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in intakefakes.INPUTS:
        raise SystemExit(f"name a format: {', '.join(intakefakes.INPUTS)}")
    corpus = Path("build/fuzz") / f"corpus-{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(intakefakes.INPUTS[name])
    options = ["-timeout=5", "-rss_limit_mb=1024", f"-artifact_prefix={corpus}-", *sys.argv[2:], str(corpus)]
    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
