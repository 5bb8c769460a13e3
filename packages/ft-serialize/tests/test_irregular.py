"""Sparse and quantized tensors in torch's files: what lies is refused, what is honest shares memory, moves and is mapped.

The files of the tables are written with the stand-in model, which believes whatever it is told. What honest files hold is compared in
`test_rebuild.py`, with torch itself too.
"""

from __future__ import annotations

import dataclasses
import io
import math
import struct
from typing import Any

import numpy as np
import pytest
from serialize_forge import MARK, PERSID, REDUCE, TUPLE, archive, name, number, pickle, text
from serialize_standin import DTYPES, LAYOUTS, MODEL, Layout, Quantized, Size, Sparse, Storage, Tensor, from_numpy
from serialize_tables import torch
from test_attacks import check_completeness

import ft_serialize
from ft_core.parameter import Parameter
from ft_serialize import CheckpointError, irregular
from ft_serialize.atomic import atomic_file
from ft_serialize.ftck_file import Ftck
from ft_serialize.tensors import TensorDocument
from ft_serialize.torch_file import save_with

THREE, WIDE = Size((3, 3)), Size((2, 3))


def written(obj: Any) -> io.BytesIO:
    out = io.BytesIO()
    save_with(MODEL, obj, out)
    out.seek(0)
    return out


def held(values: Any, dtype: str = "int64") -> Tensor:
    return from_numpy(np.array(values, dtype))


def sparse(kind: str, *parts: Any, size: Any, coalesced: Any = None) -> Sparse:
    values = parts[-1]
    return Sparse(values.storage, values.dtype, 0, size, (), layout=Layout(f"sparse_{kind}"), parts=parts, coalesced=coalesced)


def coo(indices: Any, values: Any = (1.0, 2.0), size: Any = THREE, coalesced: Any = False, dtype: str = "int64") -> Sparse:
    return sparse("coo", held(indices, dtype), held(values, "float32"), size=size, coalesced=coalesced)


def csr(first: Any, second: Any, values: Any = (1.0, 2.0), size: Any = WIDE, kind: str = "csr", dtype: str = "int64") -> Sparse:
    return sparse(kind, held(first, dtype), held(second, dtype), held(values, "float32"), size=size)


def spread(t: Tensor, sizes: tuple[int, ...], strides: tuple[int, ...]) -> Tensor:
    return Tensor(t.storage, t.dtype, 0, sizes, strides)


def quantized(
    quantizer: Any,
    kind: str = "qint8",
    ints: Any = ((1, 2), (3, 4)),
    sizes: Any = (2, 2),
    strides: Any = (2, 1),
    grad: bool = False,
) -> Quantized:
    storage = Storage(np.array(ints, DTYPES[kind].numpy).reshape(-1).view(np.uint8))
    return Quantized(storage, DTYPES[kind], 0, sizes, strides, grad, quantizer=quantizer)


ONES = held([1.0, 1.0], "float32")
GRADED = Tensor(ONES.storage, ONES.dtype, 0, (2,), (1,), requires_grad=True)
SQUARE = ((0, 1), (1, 2))
LIES = {
    "coo: an index past the end": (coo(((0, 1), (1, 3))), "indices from 0 to 2 in dimension 1, not 1 to 3"),
    "coo: a negative index": (coo(((0, -1), (1, 2))), "indices from 0 to 2 in dimension 0, not -1 to 0"),
    "coo: more coordinates than values": (coo(((0, 1, 2), (1, 2, 0))), "3 values for 3 coordinates"),
    "coo: fewer coordinates than values": (coo(((0,), (1,))), "1 values for 1 coordinates"),
    "coo: values of other sizes": (coo(SQUARE, ((1.0, 2.0),) * 2), "not values of sizes"),
    "coo: more sparse dimensions than sizes": (coo(SQUARE, size=Size((3,))), "not values of sizes"),
    "coo: indices of one dimension": (coo((0, 1)), "indices of two dimensions"),
    "coo: indices of int32": (coo(SQUARE, dtype="int32"), "indices of int64"),
    "coo: indices of float": (coo(SQUARE, dtype="float32"), "indices of int64"),
    "coo: out of order, said to be coalesced": (coo(((1, 0), (1, 2)), coalesced=True), "in order"),
    "coo: twice the same, said to be coalesced": (coo(((1, 1), (1, 1)), coalesced=True), "each once"),
    "coo: a negative size": (coo(SQUARE, size=(3, -3)), "sizes as integers from 0 on"),
    "coo: a size that is no number": (coo(SQUARE, size=(3, "3")), "sizes as integers from 0 on"),
    "coo: sizes as a list": (coo(SQUARE, size=[3, 3]), "sizes as integers from 0 on"),
    "coo: sizes that overflow": (coo(SQUARE, size=(1 << 40, 1 << 40)), "fits 64 bits"),
    "coo: coalesced as a number": (coo(SQUARE, coalesced=1), "whether a tensor is coalesced"),
    "coo: three parts": (sparse("coo", held(SQUARE), held(SQUARE), ONES, size=Size((3, 3))), "tensor is coalesced|two dimensions"),
    "coo: a coordinate for exabytes": (
        sparse("coo", spread(held(((0,), (0,))), (2, 1 << 50), (1, 0)), spread(ONES, (1 << 50,), (0,)), size=Size((3, 3)), coalesced=True),
        "each coordinate once"),
    "coo: indices that overlap": (
        sparse("coo", spread(held([0] * 5), (2, 4), (1, 1)), spread(ONES, (4,), (0,)), size=Size((3, 3)), coalesced=False),
        "a place of their own"),
    "coo: values that need a gradient": (sparse("coo", held(SQUARE), GRADED, size=Size((3, 3)), coalesced=False), "need no gradient"),
    "csr: begins behind 0": (csr((1, 1, 2), (0, 2)), "begin with 0"),
    "csr: ends before the last value": (csr((0, 1, 1), (0, 2)), "end with the number of values, 2"),
    "csr: ends behind the last value": (csr((0, 1, 3), (0, 2)), "end with the number of values, 2"),
    "csr: falls": (csr((0, 2, 0, 2), (0, 2), size=Size((3, 3))), "never fall"),
    "csr: leads far away and back": (csr((0, 1 << 62, 2), (0, 2)), "never fall"),
    "csr: a column past the end": (csr((0, 1, 2), (0, 3)), "plain indices from 0 to 2, not 0 to 3"),
    "csr: a negative column": (csr((0, 1, 2), (-1, 2)), "plain indices from 0 to 2, not -1 to 2"),
    "csr: columns out of order": (csr((0, 2, 2), (2, 0)), "in order, each once, in every line"),
    "csr: a column twice": (csr((0, 0, 2), (1, 1)), "in order, each once, in every line"),
    "csr: too few lines": (csr((0, 2), (0, 2)), "3 compressed indices"),
    "csr: fewer columns than values": (csr((0, 1, 1), (0,)), "as many plain indices as values"),
    "csr: one size": (csr((0, 1, 2), (0, 2), size=Size((2,))), "dense dimensions"),
    "csr: another batch": (csr((0, 1, 2), (0, 2), size=Size((2, 2, 3))), "dense dimensions"),
    "csr: int32 and int64": (sparse("csr", held((0, 1, 2), "int32"), held((0, 2)), ONES, size=Size((2, 3))), "of one dtype"),
    "csr: indices of int16": (csr((0, 1, 2), (0, 2), dtype="int16"), "int64 or int32"),
    "csr: the second matrix of a batch": (
        csr(((0, 1, 2), (0, 1, 2)), ((0, 2), (0, 3)), ((1.0, 2.0),) * 2, Size((2, 2, 3))), "plain indices from 0 to 2"),
    "csr: the second matrix of a batch falls": (
        csr(((0, 1, 2), (0, 3, 2)), ((0, 2), (0, 2)), ((1.0, 2.0),) * 2, Size((2, 2, 3))), "never fall"),
    "csr: a batch of exabytes": (
        sparse("csr", spread(held((0, 0)), (1 << 50, 2), (0, 1)), spread(held((0, 0)), (1 << 50, 0), (1, 1)),
               spread(ONES, (1 << 50, 0), (0, 1)), size=Size((1 << 50, 2, 1))), "3 compressed indices"),
    "csr: lines for exabytes": (
        sparse("csr", spread(held((0, 0)), (1 << 50,), (0,)), held([]), held([], "float32"), size=Size(((1 << 50) - 1, 1))),
        "a place of their own"),
    "csr: four parts": (sparse("csr", held((0, 2)), held((0, 2)), held((0, 2)), ONES, size=Size((2, 3))), "parts"),
    "csc: a row past the end": (csr((0, 1, 1, 2), (0, 2), kind="csc"), "plain indices from 0 to 1"),
    "bsr: blocks that do not fill the sizes": (csr((0, 1), (0,), (((1.0, 2.0),) * 2,), Size((2, 3)), "bsr"), r"blocks of \(2, 2\) fill"),
    "bsr: blocks of no size": (csr((0, 1), (0,), np.ones((1, 0, 2)), Size((2, 4)), "bsr"), "fill"),
    "bsr: values without blocks": (csr((0, 1), (0,), (1.0,), Size((2, 2)), "bsr"), "two dimensions for the blocks"),
    "bsc: a block past the end": (csr((0, 1), (1,), (((1.0, 2.0),) * 2,), Size((2, 2)), "bsc"), "plain indices from 0 to 0"),
    "scale 0": (quantized((0.0, 0, None)), "a finite number other than 0"),
    "scale nan": (quantized((math.nan, 0, None)), "a finite number other than 0"),
    "scale inf": (quantized((math.inf, 0, None)), "a finite number other than 0"),
    "scale an integer": (quantized((1, 0, None)), "a float and an integer"),
    "zero point a float": (quantized((0.5, 0.0, None)), "a float and an integer"),
    "zero point past the dtype": (quantized((0.5, 128, None)), "zero points from -128 to 127"),
    "zero point below the dtype": (quantized((0.5, -1, None), "quint8"), "zero points from 0 to 255"),
    "zero point of 100 bytes": (quantized((0.5, 1 << 800, None)), "a float and an integer"),
    "a storage that is too small": (quantized((0.5, 0, None), sizes=(2, 3), strides=(3, 1)), "needs 6 bytes, its storage has 4"),
    "a negative size": (quantized((0.5, 0, None), sizes=(-2, 2)), "integers from 0 on"),
    "an axis past the end": (quantized((held((0.5, 0.5), "float64"), held((0, 0)), 2)), "dimension of the channels, 0 to 1"),
    "a negative axis": (quantized((held((0.5, 0.5), "float64"), held((0, 0)), -1)), "dimension of the channels"),
    "too few scales": (quantized((held((0.5,), "float64"), held((0, 0)), 0)), "2 scales and zero points"),
    "too many zero points": (quantized((held((0.5, 0.5), "float64"), held((0, 0, 0)), 0)), "2 scales and zero points"),
    "a scale of 0 among others": (quantized((held((0.5, 0.0), "float64"), held((0, 0)), 0)), "a finite number other than 0"),
    "a zero point past the dtype among others": (quantized((held((0.5, 0.5), "float64"), held((0, 300)), 0)), "zero points from"),
    "scales of float32": (quantized((held((0.5, 0.5), "float32"), held((0, 0)), 0)), "scales and zero points of float64 and int64"),
    "channels for exabytes": (
        quantized((spread(held((0.5,), "float64"), (1 << 40,), (0,)), spread(held((0,)), (1 << 40,), (0,)), 0),
                  sizes=(1 << 40, 2), strides=(0, 1)), "a place of their own"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("legacy", [False, True])
def test_a_lie_is_refused(lie, legacy):
    obj, message = LIES[lie]
    out = io.BytesIO()
    save_with(MODEL, obj, out, zip_format=not legacy)
    with pytest.raises(CheckpointError, match=message) as caught:
        ft_serialize.load(io.BytesIO(out.getvalue()))
    check_completeness(caught.value)
    assert type(caught.value.offset) is int


@pytest.mark.parametrize("layout", LAYOUTS)
def test_parts_of_another_layout_are_refused(layout):
    for parts in ((held(SQUARE), ONES), (held((0, 2)), held((0, 1)), ONES)):
        obj = Sparse(ONES.storage, ONES.dtype, 0, Size((3, 3, 3)), (), layout=Layout(layout.removeprefix("torch.")), parts=parts)
        with pytest.raises(CheckpointError, match="expected"):
            ft_serialize.load(written(obj))


def test_honest_neighbours_of_the_lies_are_read():
    assert ft_serialize.load(written(coo(SQUARE, coalesced=True))).to_dense().tolist() == [[0, 1, 0], [0, 0, 2], [0, 0, 0]]
    assert ft_serialize.load(written(csr((0, 1, 2), (0, 2)))).to_dense().tolist() == [[1, 0, 0], [0, 0, 2]]
    assert ft_serialize.load(written(quantized((0.5, 1, None)))).dequantize().tolist() == [[0, 0.5], [1, 1.5]]
    old = Sparse(ONES.storage, ONES.dtype, 0, Size((3, 3)), (), layout=Layout("sparse_coo"), parts=(held(SQUARE), ONES))
    assert not ft_serialize.load(written(old)).is_coalesced()  # three parts: older files do not say
    lists = quantized(([0.5, 0.25], [1, 2], 0))
    lists.quantizer = from_lists = ([0.5, 0.25], [1, 2], 0)
    found = ft_serialize.load(written(lists))
    assert (found.q_per_channel_scales().tolist(), found.q_per_channel_zero_points().tolist()) == from_lists[:2]
    repeated = sparse(
        "coo", spread(held(((0,), (0,))), (2, 3), (1, 0)), spread(ONES, (3,), (0,)), size=Size((3, 3)), coalesced=False
    )
    assert ft_serialize.load(written(repeated)).to_dense()[0, 0] == 3.0
    batch = sparse(
        "csr", spread(held((0, 1, 2)), (4, 3), (0, 1)), spread(held((0, 2)), (4, 2), (0, 1)), spread(ONES, (4, 2), (0, 0)),
        size=Size((4, 2, 3)),
    )  # fmt: skip
    assert ft_serialize.load(written(batch)).to_dense().sum() == 8.0


@pytest.mark.parametrize("piece", [1, 2, 3, 1 << 20])
def test_indices_are_looked_at_in_pieces(monkeypatch, piece):
    monkeypatch.setattr(irregular, "_PIECE", piece)
    rng = np.random.default_rng(piece)
    dense = torch.tensor(((rng.random((3, 7, 9)) < 0.4) * rng.random((3, 7, 9)) + 0.0).tolist())
    for made in (dense[0].to_sparse(), dense[1].to_sparse_csr(), dense[2].to_sparse_csc(), dense.to_sparse()):
        out = io.BytesIO()
        ft_serialize.save(made, out)
        assert torch.equal(ft_serialize.load(io.BytesIO(out.getvalue())).to_dense(), made.to_dense())
    lies = [
        csr((0, 2, 4, 6), (0, 1, 0, 1, 1, 0), (1.0,) * 6, Size((3, 2))), csr((0, 2, 1, 6), (0, 1) * 3, (1.0,) * 6, Size((3, 2))),
        coo(((0, 1, 2, 1), (0,) * 4), (1.0,) * 4, coalesced=True), coo(((0, 1, 2, 3), (0,) * 4), (1.0,) * 4),
    ]  # fmt: skip
    for lie in lies:
        with pytest.raises(CheckpointError, match="expected"):
            ft_serialize.load(written(lie))


def test_components_share_memory_with_other_tensors():
    values = torch.tensor([1.0, 2.0])
    ints = torch.quantize_per_tensor(torch.ones(2, 2), 0.5, 0, torch.qint8)
    out = io.BytesIO()
    ft_serialize.save([values, torch.sparse_coo_tensor(torch.tensor([[0, 2]]), values, (3,)), ints, ints[0]], out)
    values, sparse_one, whole, row = ft_serialize.load(io.BytesIO(out.getvalue()))
    values[0] = 7.0
    assert sparse_one.to_dense().tolist() == [7.0, 0.0, 2.0]
    whole.int_repr()
    assert row._a.ints.untyped_storage() is whole._a.ints.untyped_storage()


def test_they_are_mapped_and_moved(tmp_path):
    dense = torch.tensor([[0.0, 1.5], [2.0, 0.0]])
    saved = {
        "coo": dense.to_sparse(), "bsr": dense.to_sparse_bsr((1, 1)), "q": torch.quantize_per_tensor(dense, 0.5, 0, torch.quint8),
        "c": torch.quantize_per_channel(dense, torch.tensor([0.5, 0.25]), torch.tensor([0, 1]), 0, torch.qint8),
    }  # fmt: skip
    ft_serialize.save(saved, tmp_path / "a.pt")
    for how in (
        {"mmap": True},
        {"map_location": "cpu"},
        {"map_location": {"cpu": "cpu"}},
        {"map_location": lambda storage, tag: storage},
    ):
        loaded = ft_serialize.load(tmp_path / "a.pt", **how)
        for key, t in saved.items():
            same = (t.dequantize(), loaded[key].dequantize()) if t.is_quantized else (t.to_dense(), loaded[key].to_dense())
            assert torch.equal(*same), (how, key)
    for key, t in ft_serialize.load(tmp_path / "a.pt", map_location="meta").items():
        assert (t.device.type, t.layout, t.dtype, tuple(t.shape)) == ("meta", saved[key].layout, saved[key].dtype, (2, 2))


def test_what_could_not_be_loaded_is_not_saved(tmp_path):
    broken = torch._make_per_tensor_quantized_tensor(torch.ones(2, dtype=torch.int8), 0.0, 0)
    with pytest.raises(RuntimeError, match="scale is 0 or not finite"):
        ft_serialize.save(broken, tmp_path / "a.pt")
    assert not (tmp_path / "a.pt").exists()


def test_attributes_are_kept(tmp_path):
    marked = torch.eye(2).to_sparse_csr()
    marked.note = "kept"
    ft_serialize.save(marked, tmp_path / "a.pt")
    assert ft_serialize.load(tmp_path / "a.pt").note == "kept"


def test_packed_integers_are_refused_with_what_to_do():
    storage = MARK + text("storage") + name("torch", "QUInt4x2Storage") + text("0") + text("cpu") + number(4) + TUPLE + PERSID
    quantizer = name("torch", "per_tensor_affine") + b"G" + struct.pack(">d", 0.5) + number(0) + b"\x87"
    sizes = number(4) + b"\x85" + number(1) + b"\x85"
    hooks = name("collections", "OrderedDict") + b")" + REDUCE
    data = pickle(
        name("torch._utils", "_rebuild_qtensor") + MARK + storage + number(0) + sizes + quantizer + b"\x89" + hooks + TUPLE + REDUCE
    )
    with pytest.raises(CheckpointError, match=r"torch\.quint4x2, which FrankenTorch does not have yet; save x\.dequantize"):
        ft_serialize.load(io.BytesIO(archive(data, (bytes(4),))))


# -- other formats ---------------------------------------------------------------------------------------------------------


def kinds() -> dict[str, Any]:
    dense = torch.tensor([[0.0, 1.5, 0.0], [2.0, 0.0, 3.0]])
    channels = torch.tensor([0.5, 0.25]), torch.tensor([0, 1])
    made = {
        "coo": dense.to_sparse(), "hybrid": dense.to_sparse(1), "csr": dense.to_sparse_csr(), "csc": dense.to_sparse_csc(),
        "bsr": dense.to_sparse_bsr((1, 3)), "bsc": dense.to_sparse_bsc((2, 1)),
        "loose": torch.sparse_coo_tensor(torch.tensor([[1, 0, 1]]), torch.tensor([1.0, 2.0, 3.0]), (2,)),
        **{f"q{n}": torch.quantize_per_tensor(dense, 0.5, 1, kind) for n, kind in enumerate((torch.quint8, torch.qint8, torch.qint32))},
        "view": torch.quantize_per_tensor(dense, 0.5, 1, torch.qint8)[:, 1:],
        "channels": torch.quantize_per_channel(dense, *channels, 0, torch.qint8),
        "floating": torch.quantize_per_channel(dense, channels[0], channels[1] + 0.5, 0, torch.quint8),
    }  # fmt: skip
    return {**made, "parameter": Parameter(dense.to_sparse()), "plain": dense}


def alike(one: Any, other: Any) -> bool:
    """Whether two tensors are of a kind and hold the same."""
    same = (one.layout, one.dtype, type(one), one.requires_grad) == (other.layout, other.dtype, type(other), other.requires_grad)
    if one.is_quantized:
        return same and one.qscheme() is other.qscheme() and torch.equal(one.dequantize(), other.dequantize())
    if str(one.layout) == "torch.sparse_coo":
        same = same and one.is_coalesced() == other.is_coalesced() and torch.equal(one._values(), other._values())
    return same and torch.equal(one.detach().to_dense(), other.detach().to_dense())


def test_other_values_would_be_noticed():
    found = kinds()
    assert not alike(found["coo"], found["csr"])
    assert not alike(found["q1"], found["q2"])
    assert not alike(found["q1"], found["channels"])
    assert not alike(found["loose"], found["loose"].coalesce())
    assert not alike(found["coo"], 2 * found["coo"])
    assert not alike(found["coo"], found["parameter"])


@pytest.mark.parametrize("mmap", [False, True])
@pytest.mark.parametrize("first", ["ftck", "pt"])
def test_they_go_through_formats_that_keep_structures(tmp_path, first, mmap):
    saved = {"state": kinds(), "step": 3}
    saved["state"]["again"] = saved["state"]["csr"]
    paths = [tmp_path / f"a.{first}", tmp_path / "b.ftck", tmp_path / "c.pt"]
    ft_serialize.write_tensors(paths[0], saved)
    ft_serialize.convert(paths[0], paths[1])
    ft_serialize.convert(paths[1], paths[2])
    for path in paths:
        loaded = ft_serialize.load(path, mmap=mmap)
        assert loaded["step"] == 3
        assert loaded["state"]["again"] is loaded["state"]["csr"] or path.suffix == ".pt"
        for key, t in saved["state"].items():
            assert alike(t, loaded["state"][key]), (path.name, key)
    names = {spec.name: spec.dtype for spec in ft_serialize.inspect_file(paths[1]).tensors}
    assert names["state.csr.crow_indices"] == "int64"
    assert names["state.channels.scales"] == "float64"
    assert ft_serialize.inspect_file(paths[2]).safe


@pytest.mark.parametrize("format", ["safetensors", "npz", "npy", "gguf", "msgpack"])
@pytest.mark.parametrize("kind", ["coo", "bsr", "q1"])
def test_formats_of_plain_arrays_say_what_to_do(tmp_path, format, kind):
    path = tmp_path / f"a.{format}"
    with pytest.raises(
        CheckpointError, match=r"record 'w': .* tensor of q?(sparse|int).*write ftck or pt, or its (to_dense|dequantize)\(\)"
    ):
        ft_serialize.write_tensors(path, {"w": kinds()[kind]})
    ft_serialize.write_tensors(tmp_path / "a.ftck", {"w": kinds()[kind]})
    with pytest.raises(CheckpointError, match=r"write ftck or pt, or its"):
        ft_serialize.convert(tmp_path / "a.ftck", path)
    assert not path.exists()


NODES = {
    "no such kind": {"kind": "sparse_xyz"},
    "a dtype that is not quantized": {"kind": "float32"},
    "too few parts": {"parts": ("w.indices",)},
    "parts of another kind": {"kind": "sparse_csr"},
    "sizes that do not fit": {"size": (1, 1)},
    "no word about coalescing": {"facts": ()},
    "a number as a word about coalescing": {"facts": (1,)},
    "a quantized kind": {"kind": "qint8", "facts": (0.5, 0), "size": ()},
    "a quantized kind that needs gradients": {
        "kind": "qint8", "facts": (0.5, 0), "size": (), "parts": ("w.values",), "requires_grad": True},
}  # fmt: skip


@pytest.mark.parametrize("case", NODES)
def test_a_forged_structure_is_refused(tmp_path, case):
    document = TensorDocument({"w": torch.tensor([[0.0, 1.5, 0.0]]).to_sparse()})
    document.tree = {"w": dataclasses.replace(document.tree["w"], **NODES[case])}
    with atomic_file(tmp_path / "a.ftck") as output:
        Ftck().write(document, output)
    with pytest.raises(CheckpointError, match="expected") as caught:
        ft_serialize.load_checkpoint(tmp_path / "a.ftck")
    check_completeness(caught.value)


def test_a_scale_of_0_is_not_written(tmp_path):
    broken = torch._make_per_tensor_quantized_tensor(torch.ones(2, dtype=torch.int8), 0.0, 0)
    with pytest.raises(CheckpointError, match=r"record 'w': .*scale is 0 or not finite"):
        ft_serialize.write_tensors(tmp_path / "a.ftck", {"w": broken})
