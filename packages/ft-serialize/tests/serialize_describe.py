"""One plain description of a loaded object, the same for torch's tensors, ours and the stand-in's: what tests compare.

Storages are numbered in the order in which they are met, so that sharing is part of the description; values are the bytes
of the elements in order, so that nan, -0.0 and bfloat16 count.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable
from typing import Any

Tensors = Callable[[Any], dict[str, Any] | None]


def describe(obj: Any, tensor: Tensors) -> Any:
    """A JSON-ready description. `tensor` gives that of a tensor-like leaf (with the identity of its storage), else None."""
    numbers: dict[Any, int] = {}

    def walk(x: Any) -> Any:
        leaf = tensor(x)
        if leaf is not None:
            if leaf.get("storage") is not None:
                leaf["storage"] = numbers.setdefault(leaf["storage"], len(numbers))
            for name in ("parts", "quantizer"):
                if name in leaf:
                    leaf[name] = walk(leaf[name])
            return leaf
        if isinstance(x, dict):
            kind = {dict: "dict", OrderedDict: "OrderedDict", Counter: "Counter"}[type(x)]
            found: dict[str, Any] = {kind: [[walk(k), walk(v)] for k, v in x.items()]}
            if getattr(x, "__dict__", None):
                found["attributes"] = walk(dict(x.__dict__))
            return found
        if isinstance(x, (list, tuple, set)):
            names = {list: "list", tuple: "tuple", set: "set"}
            return {names.get(type(x), "Size"): [walk(v) for v in x]}
        if isinstance(x, (bytes, bytearray)):
            return {type(x).__name__: x.hex()}
        if isinstance(x, float):
            return {"float": x.hex()}
        if isinstance(x, complex):
            return {"complex": [x.real.hex(), x.imag.hex()]}
        if x is None or isinstance(x, (bool, int, str)):
            return x
        return {"text": str(x)}  # dtypes, devices, layouts

    return walk(obj)


def standin_tensor(x: Any) -> dict[str, Any] | None:
    """The description of a stand-in tensor."""
    from serialize_standin import Parameter, Quantized, Sparse, Tensor  # the script that makes fixtures has no need of it

    if not isinstance(x, Tensor):
        return None
    if isinstance(x, Sparse):
        return {"tensor": x.dtype.name, "layout": str(x.layout), "sizes": list(x.sizes), "coalesced": x.coalesced, "parts": x.parts}
    quantizer = {"quantizer": x.quantizer} if isinstance(x, Quantized) else {}
    meta = x.storage.where == "meta"
    return {
        "tensor": x.dtype.name,
        "sizes": list(x.sizes),
        "strides": list(x.strides),
        "offset": x.offset,
        "grad": x.requires_grad,
        "parameter": type(x) is Parameter,
        "storage": None if meta or not x.storage.nbytes() else id(x.storage),
        "device": x.storage.where,
        "values": None if meta else x.array().tobytes().hex(),
        **quantizer,
    }


def torch_tensor(x: Any) -> dict[str, Any] | None:
    """The description of one of torch's tensors."""
    import torch  # the oracle

    if not isinstance(x, torch.Tensor):
        return None
    if x.layout is not torch.strided:
        return _sparse(x)
    quantizer = _quantizer(x)
    meta = x.device.type == "meta"
    values = None
    if not meta:
        dense = (x.int_repr() if quantizer else x).detach().resolve_conj().resolve_neg().contiguous().clone()
        values = bytes(dense.untyped_storage().tolist()).hex()
    return {
        "tensor": str(x.dtype).removeprefix("torch."),
        "sizes": list(x.shape),
        "strides": list(x.stride()),
        "offset": x.storage_offset(),
        "grad": x.requires_grad,
        "parameter": type(x) is torch.nn.Parameter,
        "storage": None if meta or not x.untyped_storage().nbytes() else x.untyped_storage().data_ptr(),
        "device": x.device.type,
        "values": values,
        **quantizer,
    }


def _sparse(x: Any) -> dict[str, Any]:
    """That of one of torch's sparse tensors: what it says of itself, and its parts."""
    name = str(x.layout)
    if name == "torch.sparse_coo":
        coalesced, parts = x.is_coalesced(), (x._indices(), x._values())
    else:
        by_rows = name in ("torch.sparse_csr", "torch.sparse_bsr")
        coalesced = None
        parts = (x.crow_indices(), x.col_indices()) if by_rows else (x.ccol_indices(), x.row_indices())
        parts = *parts, x.values().detach()
    dtype = str(x.dtype).removeprefix("torch.")
    return {"tensor": dtype, "layout": name, "sizes": list(x.shape), "coalesced": coalesced, "parts": parts}


def _quantizer(x: Any) -> dict[str, Any]:
    """What the integers of one of torch's quantized tensors stand for; nothing for other tensors."""
    if not x.is_quantized:
        return {}
    if str(x.qscheme()) == "torch.per_tensor_affine":
        return {"quantizer": (x.q_scale(), x.q_zero_point(), None)}
    return {"quantizer": (x.q_per_channel_scales(), x.q_per_channel_zero_points(), x.q_per_channel_axis())}


def _ft_sparse(x: Any, record: Any) -> dict[str, Any]:
    parts = [getattr(record, name) for name in ("indices", "compressed", "plain", "values") if hasattr(record, name)]
    coalesced = getattr(record, "coalesced", None)
    return {"tensor": x.dtype.name, "layout": str(x.layout), "sizes": list(x.shape), "coalesced": coalesced, "parts": tuple(parts)}


def ft_tensor(x: Any) -> dict[str, Any] | None:
    """The description of one of our tensors."""
    import numpy as np

    from ft_core.parameter import Parameter
    from ft_core.tensor import Tensor

    if not isinstance(x, Tensor):
        return None
    if str(x.layout) != "torch.strided":
        return _ft_sparse(x, x._a)
    record = x._a if x.is_quantized else None
    quantizer = {} if record is None else {"quantizer": (record.scale, record.zero_point, record.axis)}
    plain = x if record is None else record.ints
    values = None
    if x.device.type != "meta":
        array = np.array(plain._a)
        array = array.conj() if x.is_conj() else array
        values = (-array if x.is_neg() else array).tobytes().hex()
    return {
        "tensor": x.dtype.name,
        "sizes": list(x.shape),
        "strides": list(x.stride()),
        "offset": plain.storage_offset(),
        "grad": x.requires_grad,
        "parameter": type(x) is Parameter,
        "storage": None if x.device.type == "meta" or not plain.untyped_storage().nbytes() else id(plain.untyped_storage()),
        "device": x.device.type,
        "values": values,
        **quantizer,
    }
