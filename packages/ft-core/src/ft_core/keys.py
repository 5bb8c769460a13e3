"""The bits of `Tensor._k` and of the thread state, and the tables from a bit back to what it stands for.

A call's key is the union of its tensors' keys and the thread's bits; wrappers look kernels up by it, so whatever can change the
choice of a kernel has a bit here. The bits that occur in everyday calls lie below bit 30, where CPython's ints have one digit.
`DTYPE_OF` and `DEVICE_OF` are filled by `dtype.py` and `device.py`, which import this module; it imports none of them.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .device import device
    from .dtype import dtype

# -- what a tensor is --------------------------------------------------------------------------------------------------
GRAD = 1 << 0  # recorded for backward
VIEW = 1 << 1  # differentiable view: its node must be re-read through its base
IRREG = 1 << 2  # anything but a C-contiguous, non-empty array
CONJ = 1 << 3  # values are the conjugate of the memory's
NEG = 1 << 4  # values are the negative of the memory's
SUB = 1 << 5  # a subclass that overrides __torch_function__ or __torch_dispatch__
LEVEL = 1 << 6  # wrapped by a transform of torch.func
INFER = 1 << 7  # made under inference_mode
FLAGS = (1 << 8) - 1

# -- where it is -------------------------------------------------------------------------------------------------------
CPU = 1 << 8
META = 1 << 9
TRACED = 1 << 10  # a proxy of the tracing backend; it has no entry in DEVICE_OF, its payload knows the device
CUDA0 = 1 << 11
FIRST_DEVICE_BIT = 80  # further devices are allotted from here up, in the order in which they are first asked for
DEVICES = CPU | META | TRACED | CUDA0 | -1 << FIRST_DEVICE_BIT  # a negative int: all higher bits, however many there will be

# -- what a thread does ------------------------------------------------------------------------------------------------
NOGRAD = 1 << 24
BELOW = 1 << 25  # inside a recorded op: autograd has been done
INFERENCE = 1 << 26
AUTOCAST = 1 << 27
DETERMINISTIC = 1 << 28
HARDENED = 1 << 29
FUNC = 1 << 30  # a transform of torch.func is active: ops without tensor arguments go to it too
TF_MODE = 1 << 31  # a __torch_function__ mode is active
DISPATCH = 1 << 32  # a __torch_dispatch__ mode is active; in a tensor's key: its class has such a handler
TRACE = 1 << 33
SAVED_HOOKS = 1 << 34
ANOMALY = 1 << 35
MODES = (1 << 36) - (1 << 24)

# -- how it lies -------------------------------------------------------------------------------------------------------
LAYOUT_BITS = {
    name: 1 << (36 + i)
    for i, name in enumerate(("sparse_coo", "sparse_csr", "sparse_csc", "sparse_bsr", "sparse_bsc", "quantized"))
}
LAYOUTS = (1 << 42) - (1 << 36)

# -- what its elements are ---------------------------------------------------------------------------------------------
_COMMON = "bool uint8 int8 int16 int32 int64 float16 bfloat16 float32 float64 complex64 complex128"
_UNCOMMON = (
    "uint16 uint32 uint64 complex32 float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu float4_e2m1fn_x2 "
    "quint8 qint8 qint32 quint4x2 quint2x4"
)
_STORAGE_ONLY = (  # dtypes that hold bits for others and that no op computes in
    "bits8 bits16 bits1x8 bits2x4 bits4x2 uint1 uint2 uint3 uint4 uint5 uint6 uint7 int1 int2 int3 int4 int5 int6 int7"
)
DTYPE_BITS = {
    name: 1 << (first + i)
    for first, names in ((12, _COMMON), (44, _UNCOMMON), (60, _STORAGE_ONLY))
    for i, name in enumerate(names.split())
}
COMMON_DTYPES = (1 << 24) - (1 << 12)
DTYPES = sum(DTYPE_BITS.values())

DTYPE_OF: dict[int, dtype] = {}
"""The dtype of a dtype bit; filled by `ft_core.dtype`."""

DEVICE_OF: dict[int, device] = {}
"""The device of a device bit, in the form in which tensors report it (`cpu`, `meta`, `cuda:0`); filled by `ft_core.device`."""

_FLAG_NAMES = {
    **{1 << i: name for i, name in enumerate("GRAD VIEW IRREG CONJ NEG SUB LEVEL INFER".split())},
    **{
        1 << (24 + i): name
        for i, name in enumerate(
            "NOGRAD BELOW INFERENCE AUTOCAST DETERMINISTIC HARDENED FUNC TF_MODE DISPATCH TRACE SAVED_HOOKS ANOMALY".split()
        )
    },
    **{bit: name for name, bit in LAYOUT_BITS.items()},
    **{bit: name for name, bit in DTYPE_BITS.items()},
    CPU: "cpu",
    META: "meta",
    TRACED: "traced",
    CUDA0: "cuda:0",
}

_device_bits: dict[tuple[str, int], int] = {("cpu", 0): CPU, ("meta", 0): META, ("trace", 0): TRACED, ("cuda", 0): CUDA0}
_free = itertools.count(FIRST_DEVICE_BIT)


def device_bit(type: str, index: int | None = None) -> int:
    """The key bit of a device, allotted at the first call for it.

    All indices of `cpu` and `meta` are one place and share one bit; elsewhere an absent index means 0 (whoever knows the current
    device passes its index).
    """
    place = (type, 0 if index is None or type in ("cpu", "meta", "trace") else index)
    bit = _device_bits.get(place)
    if bit is None:
        # next and setdefault are atomic: two threads that meet here get one bit, and the number of the loser stays unused
        bit = _device_bits.setdefault(place, 1 << next(_free))
        _FLAG_NAMES[bit] = f"{place[0]}:{place[1]}"
    return bit


def explain(key: int) -> str:
    """The names of a key's bits, lowest first, for messages and debugging: `explain(0x80101)` is "GRAD | cpu | float16"."""
    if key < 0:
        raise ValueError(f"explain: a key is not negative; got {key} (a mask?)")
    names = [_FLAG_NAMES.get(1 << i, f"1<<{i}") for i in range(key.bit_length()) if key >> i & 1]
    return " | ".join(names) or "0"
