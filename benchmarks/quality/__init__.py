"""Quality gates: annotated corpora, the measures over them, and floors that only rise.

`python -m benchmarks.quality` runs the gate; `score_stories` and `score_attribution` define the measures.
"""
