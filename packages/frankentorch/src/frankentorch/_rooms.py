"""Where torch's namespaces come from: our own modules beside this file, and the packages that are a namespace as they stand.

`frankentorch.nn` *is* `ft_nn`, so what a program replaces in one is replaced in the other; a finder answers `import
frankentorch.nn.functional` with the modules of ft_nn. Names that torch has and we do not are told apart from names nobody has.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from ft_dispatch.surface import PUBLIC

from .alias import AliasFinder

ROOT = __package__

ROOMS = {
    "__future__": "ft_nn.conversion",
    "ao.nn.intrinsic": "ft_nn.intrinsic",
    "ao.nn.qat": "ft_nn.qat",
    "ao.nn.quantizable": "ft_nn.quantizable",
    "ao.nn.quantized": "ft_nn.quantized",
    "ao.quantization.stubs": "ft_nn.stubs",
    "autograd": "ft_autograd",
    "distributions": "ft_distributions",
    "library": "ft_autograd.library",
    "nn": "ft_nn",
    "optim.swa_utils": "frankentorch._swa_utils",
    "optim": "ft_optim",
    "return_types": "ft_dispatch.return_types",
    "serialization": "ft_serialize",
    "utils.data": "ft_data",
}
"""Namespaces that are a package of ours: `frankentorch.<key>` and everything below it is `<value>`; the first that fits."""

OWN = frozenset(
    """
    _C _VF __config__ _dynamo _inductor _jit_internal _tensor _utils accelerator amp ao backends compiler cpu cuda distributed fft func
    functional futures fx hub jit linalg masked mps mtia multiprocessing onnx overrides profiler quantization quasirandom random signal
    sparse special storage testing torch_version types utils version xpu
    """.split()
)
"""Namespaces that are a module beside this file."""

_OLD_TYPES = "BFloat16Tensor BoolTensor ByteTensor CharTensor DoubleTensor FloatTensor HalfTensor IntTensor LongTensor ShortTensor"

_SYMBOLIC = """
    cond sym_constrain_range sym_constrain_range_for_size sym_float sym_fresh_size sym_int sym_ite sym_max sym_min sym_not sym_sqrt sym_sum
    while_loop
"""

_CHECKS = """
    _check _check_index _check_is_size _check_not_implemented _check_tensor_all _check_tensor_all_with _check_type _check_value _check_with
"""

_OLD_STORAGES = (
    "BFloat16Storage BoolStorage ByteStorage CharStorage ComplexDoubleStorage ComplexFloatStorage DoubleStorage FloatStorage HalfStorage "
    "IntStorage LongStorage QInt32Storage QInt8Storage QUInt2x4Storage QUInt4x2Storage QUInt8Storage ShortStorage Storage TypedStorage"
)

NAMES = {
    "AcceleratorError": "ft_core.errors",
    "GradScaler": "ft_optim.grad_scaler",
    "OutOfMemoryError": "ft_core.errors",
    "PyTorchFileReader": "ft_serialize",
    "PyTorchFileWriter": "ft_serialize",
    "compile": "frankentorch._dynamo",
    "load": "ft_serialize",
    "save": "ft_serialize",
    "set_flush_denormal": "frankentorch._denormals",
    "to_dlpack": "frankentorch.utils.dlpack",
    "windows": "frankentorch.signal",
    **dict.fromkeys(_CHECKS.split(), "frankentorch._checks"),
    **dict.fromkeys(_SYMBOLIC.split(), "frankentorch._symbolic"),
    **dict.fromkeys("vmap".split(), "frankentorch.func"),
    **dict.fromkeys(("is_anomaly_check_nan_enabled", "is_anomaly_enabled", "set_anomaly_enabled"), "ft_autograd.anomaly"),
    **dict.fromkeys(_OLD_STORAGES.split(), "frankentorch.storage"),
    **dict.fromkeys(
        _OLD_TYPES.split(),
        "ft_dispatch.legacy_types",
    ),
}
"""Functions and classes that are taken from a module on first use."""


class _Rooms(AliasFinder):
    """The alias finder of scripts, for the namespaces that are other packages; it announces no distribution."""

    find_distributions = None  # type: ignore[assignment]

    def real_name(self, name: str) -> str | None:
        """`frankentorch.nn.functional` -> `ft_nn.functional`; None for what is not in ROOMS."""
        if not name.startswith(ROOT + "."):
            return None
        inner = name[len(ROOT) + 1 :]
        for room, package in ROOMS.items():
            if inner == room or inner.startswith(room + "."):
                return package + inner[len(room) :]
        return None

    def exec_module(self, module: ModuleType) -> None:
        """The module ran under its real name; functional gets what the op table has and it does not spell out."""
        super().exec_module(module)
        if module.__name__ == "ft_nn":
            fill(module.functional, "nn.functional")
        elif module.__name__ == "ft_optim":
            vars(module)["__getattr__"] = _beside_optim
        elif module.__name__ == "ft_serialize":
            helpers = importlib.import_module(f"{ROOT}._serialization")
            vars(module).update({name: getattr(helpers, name) for name in helpers.__all__})


def _beside_optim(name: str) -> Any:
    """`torch.optim.swa_utils`, which needs modules and optimizers both; AttributeError for other names."""
    if name == "swa_utils":
        return importlib.import_module(f"{ROOT}.optim.{name}")
    raise AttributeError(explain(name, "torch.optim"), name=name)


def install() -> None:
    """Let the import system find the namespaces; once per process."""
    if not any(isinstance(finder, _Rooms) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Rooms(ROOT, ROOT))


def names() -> list[str]:
    """Names that `load` can bring."""
    return sorted({*(room for room in ROOMS if "." not in room), *OWN, *NAMES})


def load(name: str) -> Any:
    """The namespace, function or class `frankentorch.<name>`. Raises AttributeError that says what the name is in torch."""
    if name == "torch":  # torch's package imports itself, and programs write torch.torch
        return sys.modules[ROOT]
    if name in NAMES:
        value = getattr(importlib.import_module(NAMES[name]), name, None)
        if value is not None:
            return value
    elif name in ROOMS or name in OWN:
        return importlib.import_module(f"{ROOT}.{name}")
    raise AttributeError(explain(name), name=name)


def fill(module: ModuleType, prefix: str) -> list[str]:
    """Give a namespace the public functions of the op table under `prefix` that it does not define itself; their names."""
    found = []
    for dotted, function in list(PUBLIC.items()):
        holder, _, name = dotted.rpartition(".")
        if holder == prefix:
            found.append(name)
            if name not in vars(module):
                setattr(module, name, function)
    return found


def explain(name: str, namespace: str = "torch") -> str:
    """What to say about a name we lack: not built yet, or unknown to torch, with names that are near."""
    text = f"module '{namespace}' has no attribute '{name}'"  # torch's words first: programs match them
    if name.startswith("_"):
        return text
    known = json.loads(Path(__file__).with_name("torch_names.json").read_text(encoding="utf-8")).get(namespace, "").split()
    if name in known:
        return f"{text}: torch 2.13 has it, FrankenTorch does not yet"
    import difflib

    near = difflib.get_close_matches(name, known, 3)
    return f"{text}: torch 2.13 has no such name" + (f"; near names: {', '.join(near)}" if near else "")
