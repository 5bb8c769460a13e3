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
    from serialize_standin import Parameter, Tensor  # the script that makes fixtures has no need of it

    if not isinstance(x, Tensor):
        return None
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
    }


def torch_tensor(x: Any) -> dict[str, Any] | None:
    """The description of one of torch's tensors."""
    import torch  # the oracle

    if not isinstance(x, torch.Tensor):
        return None
    meta = x.device.type == "meta"
    values = None
    if not meta:
        dense = x.detach().resolve_conj().resolve_neg().contiguous().clone()
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
    }


def ft_tensor(x: Any) -> dict[str, Any] | None:
    """The description of one of our tensors."""
    import numpy as np

    from ft_core.parameter import Parameter
    from ft_core.tensor import Tensor

    if not isinstance(x, Tensor):
        return None
    values = None
    if x.device.type != "meta":
        array = np.array(x._a)
        array = array.conj() if x.is_conj() else array
        values = (-array if x.is_neg() else array).tobytes().hex()
    return {
        "tensor": x.dtype.name,
        "sizes": list(x.shape),
        "strides": list(x.stride()),
        "offset": x.storage_offset(),
        "grad": x.requires_grad,
        "parameter": type(x) is Parameter,
        "storage": None if x.device.type == "meta" or not x.untyped_storage().nbytes() else id(x.untyped_storage()),
        "device": x.device.type,
        "values": values,
    }
