"""`python -m benchmarks.quality`: the gate."""

from __future__ import annotations

import sys

from benchmarks.quality.gate import main

sys.exit(main())
