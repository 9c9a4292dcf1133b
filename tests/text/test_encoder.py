from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.errors import WeightsError
from ondit.text.encoder import SENTENCES, TOKENIZER, WEIGHTS, WIDTH, Encoder, SentenceEncoder

_ANY = Encoder()


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return _ANY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("manifest.json", TOKENIZER):
        shutil.copy(WEIGHTS / name, tmp_path / name)
    return tmp_path


def test_all_files_of_the_manifest_are_as_it_says(encoder: Encoder) -> None:
    assert {name: len(encoder.read(name)) for name in encoder.manifest} == {
        name: entry["bytes"] for name, entry in encoder.manifest.items()
    }


def test_every_weights_file_is_in_the_manifest(encoder: Encoder) -> None:
    found = {path.name for path in WEIGHTS.iterdir() if path.suffix in (".onnx", ".npz")}
    assert found <= set(encoder.manifest)


def test_changed_weights_are_refused(folder: Path) -> None:
    (folder / TOKENIZER).write_bytes(b"{}")
    with pytest.raises(WeightsError, match="was changed"):
        Encoder(folder).pieces("word")


def test_missing_weights_are_named(folder: Path) -> None:
    (folder / TOKENIZER).unlink()
    with pytest.raises(WeightsError, match="missing"):
        Encoder(folder).pieces("word")


def test_weights_outside_the_manifest_are_refused(folder: Path) -> None:
    (folder / "manifest.json").write_text(json.dumps({"files": {}}))
    with pytest.raises(WeightsError, match="not in"):
        Encoder(folder).read(TOKENIZER)


def test_broken_manifest_is_a_weights_error(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")
    with pytest.raises(WeightsError, match=r"manifest\.json"):
        Encoder(folder).read(TOKENIZER)


def test_pieces_point_into_the_text(encoder: Encoder) -> None:
    text = "Quillfeather said: “No.”"
    pieces = encoder.pieces(text)
    words = ["".join(text[a:b] for a, b in pieces.spans)]
    assert words == ["Quillfeathersaid:“No.”"]
    assert pieces.continues[0] is False


@given(st.text(st.characters(), max_size=60))
def test_offsets_of_any_text_lie_inside_it(text: str) -> None:
    pieces = _ANY.pieces(text)
    assert all(0 <= start <= end <= len(text) for start, end in pieces.spans)


def test_an_encoder_can_be_sent_to_another_process(encoder: Encoder) -> None:
    encoder.pieces("opened")
    copy = pickle.loads(pickle.dumps(encoder))
    assert (copy.folder, copy.threads) == (encoder.folder, encoder.threads)


def test_making_an_encoder_loads_nothing_heavy() -> None:
    code = (
        "import sys; from ondit.text.encoder import Encoder; Encoder(); "
        "print([m for m in ('onnxruntime', 'tokenizers') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


# ------------------------------------------------------------------ sentences

SAME = ("A ferry hit the pier and six people were hurt.", "Six were injured when the boat struck a jetty.")
OTHER = "The bank raised its interest rate."


@pytest.fixture(scope="module")
def vectors(encoder: Encoder) -> SentenceEncoder:
    if SENTENCES not in encoder.manifest:
        pytest.skip("no sentence weights")
    return SentenceEncoder(encoder)


def test_vectors_have_length_one(vectors: SentenceEncoder) -> None:
    assert np.allclose(np.linalg.norm(vectors.encode([*SAME, OTHER]), axis=1), 1, atol=1e-3)


def test_like_sentences_are_nearer(vectors: SentenceEncoder) -> None:
    a, b, c = vectors.encode([*SAME, OTHER])
    assert a @ b > a @ c + 0.3


def test_a_vector_does_not_depend_on_its_company(vectors: SentenceEncoder) -> None:
    assert np.array_equal(vectors.encode([SAME[0]])[0], vectors.encode([OTHER, SAME[0], SAME[1] * 9])[1])


def test_text_without_words_has_the_zero_vector(vectors: SentenceEncoder) -> None:
    assert not vectors.encode(["", " \n"]).any()


def test_packed_is_one_signed_byte_a_component(vectors: SentenceEncoder) -> None:
    packed = np.frombuffer(vectors.packed(SAME), np.int8).reshape(2, WIDTH)
    assert np.allclose(packed / 127, vectors.encode(SAME), atol=0.005)
