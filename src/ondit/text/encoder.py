"""The only door to the encoder: weights checked, opened once, run the same way every time.

In come texts or rows of word pieces, out come arrays. Weights are int8 ONNX, quantised while they run with a
scale per batch; so every text is run by itself, and what is read in it never depends on what is read with it
(on this size batches would gain nothing: they leave the cache).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ondit.errors import WeightsError
from ondit.text.normalise import fold
from ondit.text.words import CLS, SEP, Pieces

WEIGHTS = Path(__file__).resolve().parent.parent / "weights" / "en"
TOKENIZER = "tokenizer.json"
SENTENCES = "sentences.onnx"
WIDTH = 384
"""Numbers in a sentence vector."""

_LONGEST_SENTENCE = 128
"""Pieces of a sentence that its vector is made from (what the weights were trained on)."""


class Encoder:
    """A folder of weights, opened as they are first needed. Hold one and hand it on; it is safe to share.

    `threads` is the number of threads of one run; 1 is best where several processes share a machine.
    """

    def __init__(self, folder: Path = WEIGHTS, threads: int = 1) -> None:
        self.folder = folder
        self.threads = threads
        self._sessions: dict[str, Any] = {}
        self._tokenizer: Any = None
        self._manifest: dict[str, dict[str, Any]] | None = None

    def __reduce__(self) -> tuple[type[Encoder], tuple[Path, int]]:
        return Encoder, (self.folder, self.threads)

    @property
    def manifest(self) -> dict[str, dict[str, Any]]:
        """By file name: sha256, bytes, and what it was trained on."""
        if self._manifest is None:
            path = self.folder / "manifest.json"
            try:
                self._manifest = json.loads(path.read_text("utf-8"))["files"]
            except (OSError, ValueError, KeyError, TypeError) as fault:
                raise WeightsError(f"{path} cannot be read ({fault}); reinstall ondit") from fault
        return self._manifest

    def read(self, name: str) -> bytes:
        """The bytes of a weights file. `WeightsError` if it is missing or not what the manifest says."""
        path = self.folder / name
        expected = self.manifest.get(name, {}).get("sha256")
        if expected is None:
            raise WeightsError(f"{name} is not in {self.folder / 'manifest.json'}; reinstall ondit")
        try:
            content = path.read_bytes()
        except OSError as fault:
            raise WeightsError(f"{path} is missing or unreadable; reinstall ondit") from fault
        actual = hashlib.sha256(content).hexdigest()
        if actual != expected:
            raise WeightsError(
                f"{path} was changed: its sha256 is {actual[:12]}…, "
                f"the manifest says {expected[:12]}…; reinstall ondit"
            )
        return content

    def pieces(self, text: str) -> Pieces:
        """The word pieces of a text, with offsets into it. Any text will do."""
        if self._tokenizer is None:
            self._tokenizer = _open_tokenizer(self.read(TOKENIZER))
        found = self._tokenizer.encode(fold(text), add_special_tokens=False)
        return Pieces(found.ids, found.offsets, [token.startswith("##") for token in found.tokens])

    def run(self, name: str, inputs: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
        """The first output of the weights `name`, from those of the inputs that they take."""
        session = self._sessions.get(name)
        if session is None:
            session = self._sessions[name] = _open_session(self.read(name), self.threads)
        wanted = {found.name: inputs[found.name] for found in session.get_inputs()}
        output: NDArray[np.float32] = session.run(None, wanted)[0]
        return output


class SentenceEncoder:
    """Sentence vectors of all-MiniLM-L6-v2 (Reimers and Gurevych 2019): near for sentences on the same.

    Cosine cannot see negation or numbers: use it to find candidates, never to decide.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 a text, [texts, 384]; a text without words gets zeros."""
        out = np.zeros((len(texts), WIDTH), np.float32)
        rows: dict[tuple[int, ...], list[int]] = {}
        for at, text in enumerate(texts):
            ids = self.encoder.pieces(text).ids[: _LONGEST_SENTENCE - 2]
            if ids:
                rows.setdefault((CLS, *ids, SEP), []).append(at)
        for ids, places in rows.items():
            out[places] = self.encoder.run(SENTENCES, {"ids": np.array([ids], np.int64)})[0]
        return out

    def packed(self, texts: Sequence[str]) -> bytes:
        """The same as int8 (a component times 127), row after row: 384 bytes a text."""
        return np.rint(self.encode(texts) * 127).astype(np.int8).tobytes()


def _open_tokenizer(content: bytes) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(content.decode("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _open_session(content: bytes, threads: int) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.use_deterministic_compute", "1")
    return ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
