"""What the database tests share: torch's arguments as ours, results as arrays, and the two comparisons.

The database (``torch.testing._internal.common_modules.module_db``) holds torch tensors, torch functions and torch
modules; `convert` gives the same argument here. Only oracle tests import this file.
"""

from dataclasses import fields, is_dataclass

import numpy as np
import torch

import ft_nn
from ft_dispatch import surface

TOLERANCE = {
    torch.float16: (1e-3, 1e-5),
    torch.bfloat16: (1.6e-2, 1e-5),
    torch.float32: (1.3e-6, 1e-5),
    torch.float64: (1e-7, 1e-7),
    torch.complex64: (1.3e-6, 1e-5),
    torch.complex128: (1e-7, 1e-7),
}
"""dtype -> (relative, absolute); source: torch.testing.assert_close."""


def to_numpy(tensor):
    """A torch tensor as an array; bfloat16, which NumPy lacks, as the float32 that holds it exactly."""
    tensor = tensor.detach().resolve_conj()
    return (tensor.float() if tensor.dtype in (torch.bfloat16, torch.float16) else tensor).numpy()


def mine(tensor):
    """One of our tensors as an array, likewise."""
    tensor = tensor.detach()
    return (tensor.float() if tensor.dtype in (surface.bfloat16, surface.float16) else tensor).numpy()


def dtype_of(dtype):
    """Our dtype of torch's."""
    return getattr(surface, str(dtype).removeprefix("torch."))


def convert(value):
    """A torch argument as ours: tensors by value with their requires_grad, modules rebuilt, the rest as it is."""
    if isinstance(value, torch.Tensor):
        ours = surface.from_numpy(to_numpy(value).copy()).to(dtype_of(value.dtype))
        return ours.requires_grad_() if value.requires_grad else ours
    if isinstance(value, torch.nn.utils.rnn.PackedSequence):
        return ft_nn.utils.rnn.PackedSequence(*[convert(v) for v in value])
    if isinstance(value, (list, tuple)):
        return type(value)(convert(v) for v in value)
    if isinstance(value, dict):
        return {k: convert(v) for k, v in value.items()}
    if isinstance(value, torch.dtype):
        return dtype_of(value)
    if isinstance(value, torch.device):
        return surface.device(str(value))
    if isinstance(value, torch.nn.Module):
        return rebuild(value)
    if is_dataclass(value) and not isinstance(value, type):
        return getattr(ft_nn, type(value).__name__)(**{f.name: convert(getattr(value, f.name)) for f in fields(value)})
    name = getattr(value, "__name__", "")
    for theirs, ours in ((torch.nn.functional, ft_nn.functional), (torch, surface)):
        if callable(value) and getattr(theirs, name, None) is value:
            return getattr(ours, name)
    return value


def rebuild(module):
    """Our copy of a torch module that is itself an argument, weights included."""
    ours = getattr(ft_nn, type(module).__name__)
    if hasattr(module, "self_attn"):
        attention = module.self_attn
        made = ours(
            attention.embed_dim,
            attention.num_heads,
            module.linear1.out_features,
            module.dropout.p,
            convert(module.activation),
            module.norm1.eps,
            batch_first=attention.batch_first,
            norm_first=module.norm_first,
            bias=module.linear1.bias is not None,
            dtype=dtype_of(module.linear1.weight.dtype),
        )
    else:
        made = ours()
    made.load_state_dict({k: convert(v) for k, v in module.state_dict().items()})
    return made.train(module.training)


def tensors(value):
    """The tensors of nested arguments or results, in order."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [t for v in value for t in tensors(v)]
    return [value] if isinstance(value, (torch.Tensor, surface.Tensor)) else []


def cotangents(array):
    """Weights no two of which are equal, of the shape and dtype of `array`: a gradient that hides no permutation."""
    flat = np.cos(np.arange(array.size) * 0.6180339887)  # source: the golden ratio, whose multiples spread
    return flat.reshape(array.shape).astype(array.dtype)


def assert_values(found, expected, dtype, where, truth=None):
    """Shapes, dtypes and values of two lists of tensors; `dtype` chooses the tolerance.

    Where an element is outside it, the two may have rounded sums in another order: `truth()` gives torch's results in
    float64, and ours must be as near to them as torch's own are (`near_the_truth`). It is None where chance plays a part.
    """
    assert len(found) == len(expected), f"{where}: {len(found)} tensors, torch has {len(expected)}"
    rtol, atol = TOLERANCE[dtype]
    for i, (x, y) in enumerate(zip(found, expected, strict=True)):
        assert (x is None) == (y is None), f"{where} {i}: one of them is None"
        if y is None:
            continue
        assert str(x.dtype) == str(y.dtype), f"{where} {i}"
        assert tuple(x.shape) == tuple(y.shape), f"{where} {i}"
        a, b = mine(x), to_numpy(y)
        close = np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True)
        exact = None if close or truth is None else truth()
        if not close and (exact is None or not near_the_truth(a, b, to_numpy(exact[i]), torch.finfo(y.dtype).eps)):
            np.testing.assert_allclose(a, b, rtol=rtol, atol=atol, err_msg=f"{where} {i}")


def near_the_truth(ours, theirs, exact, eps):
    """Whether our worst error is at most three times torch's (or two roundings of the largest value, if that is more).

    What is no finite number in torch must be the same here.
    """
    finite = np.isfinite(theirs) & np.isfinite(exact)
    if not finite.any() or not np.array_equal(ours[~finite], theirs[~finite], equal_nan=True):
        return False
    ours, theirs, exact = ours[finite], theirs[finite], exact[finite]
    return np.abs(ours - exact).max() <= max(3 * np.abs(theirs - exact).max(), 2 * eps * np.abs(exact).max())


LEARNT = ("running_mean", "running_var")
"""State that forward computes; all other state must be torch's bit for bit."""


def assert_state(ours, theirs, dtype, truth=None):
    """Printed form, keys in their order, metadata, dtypes, and the values bit for bit; what is learnt, as results are."""
    assert repr(ours) == repr(theirs)
    a, b = ours.state_dict(), theirs.state_dict()
    assert list(a) == list(b)
    assert a._metadata == b._metadata
    assert [n for n, _ in ours.named_parameters()] == [n for n, _ in theirs.named_parameters()]
    assert [p.requires_grad for p in ours.parameters()] == [p.requires_grad for p in theirs.parameters()]
    for key in b:
        assert torch.nn.parameter.is_lazy(b[key]) == ft_nn.parameter.is_lazy(a[key]), key
        if torch.nn.parameter.is_lazy(b[key]):
            continue
        assert str(a[key].dtype) == str(b[key].dtype), key
        if key.rpartition(".")[2] in LEARNT:
            exact = None if truth is None else lambda key=key: truth() and [truth()[key]]
            assert_values([a[key]], [b[key]], dtype, key, exact)
        else:
            np.testing.assert_array_equal(mine(a[key]), to_numpy(b[key]), err_msg=key)
