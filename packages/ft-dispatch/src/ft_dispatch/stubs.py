"""Writes what editors and type checkers read: `ft_core/tensor.pyi`, `frankentorch/__init__.pyi` and the stubs of its op namespaces.

Methods and functions are installed at import from the op table, so no checker can see them in the source. `python -m
ft_dispatch.stubs` writes the files from the table's signatures and the bindings' annotations, `--check` says whether they are
fresh.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import ft_core.tensor
from ft_core import Tensor
from ft_core.dtype import BY_NAME

from .codegen import parameter_name
from .kinds import ELEMENTWISE
from .op import Op
from .registry import BINDINGS, OPS
from .schema import NO_DEFAULT, Param

NAMESPACES = ("fft", "linalg", "masked", "special")

TYPES = {
    "Tensor": "Tensor",
    "Scalar": "_Number",
    "int": "_int",
    "float": "_float",
    "bool": "_bool",
    "str": "_str",
    "complex": "_complex",
    "ScalarType": "_dtype",
    "Layout": "_layout",
    "Device": "_Device",
    "MemoryFormat": "_memory_format",
    "Generator": "Generator",
}
"""Types of the schema language as the stubs write them: with an underscore, since Tensor has methods called float, bool, dtype."""

RENAMED = {name: f"_{name}" for name in ("bool", "complex", "device", "dtype", "float", "int", "layout", "memory_format", "str")}

_PLAIN = (
    "Any Callable Generator Iterable Iterator None Sequence Size SupportsIndex Tensor UntypedStorage "
    "dict list object slice tuple type np ndarray"
)

KNOWN = frozenset((*_PLAIN.split(), *RENAMED))
"""Names an annotation may use; any other becomes Any."""

OVERLOADED = {"size": "Size", "stride": "tuple[_int, ...]"}
"""Methods of an optional `dim`: what they return without one. With one it is an int, which one annotation cannot say."""

HEADER = '''"""{title} Generated from the op table; do not edit: `python -m ft_dispatch.stubs`."""

# ruff: noqa: E501, F401, F403, I001, RUF100
# fmt: off
# mypy: disable-error-code="override, misc, empty-body, overload-overlap"
import builtins
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar, SupportsIndex, TypeAlias, overload

import numpy as np
from ft_core.device import device as _device
from ft_core.dtype import dtype as _dtype
from ft_core.generator import Generator
from ft_core.layout import layout as _layout, memory_format as _memory_format
from ft_core.size import Size
from ft_core.storage import UntypedStorage
{imports}
_bool: TypeAlias = builtins.bool
_int: TypeAlias = builtins.int
_float: TypeAlias = builtins.float
_complex: TypeAlias = builtins.complex
_str: TypeAlias = builtins.str
_Number: TypeAlias = builtins.int | builtins.float | builtins.complex
_Device: TypeAlias = _device | builtins.str | builtins.int
'''


# -- types -----------------------------------------------------------------------------------------------------------------


def schema_type(param: Param, op: Op) -> str:
    """The Python type of one parameter of an op."""
    base = TYPES.get(param.base, "Any")
    if param.is_list:
        listed = f"Sequence[{base}{' | None' if param.optional_items else ''}]"
        text = f"{base} | {listed}" if param.size else listed
    else:
        text = f"{base} | _Number" if param.is_tensor and op.kind is ELEMENTWISE and param is not op.params[0] else base
    return f"{text} | None" if param.optional and text != "Any" else text


def return_type(op: Op) -> str:
    """The Python type of an op's result."""
    returns = op.signature.returns
    types = ["list[Tensor]" if r.is_list else TYPES.get(r.base, "Any") for r in returns]
    if not types:
        return "None"
    return types[0] if len(types) == 1 else f"tuple[{', '.join(types)}]"


def annotation(value: Any) -> str:
    """An annotation of the source, with the stubs' names; Any where it says nothing or uses a name the stubs do not have."""
    if value is inspect.Signature.empty:
        return "Any"
    text = value if isinstance(value, str) else getattr(value, "__name__", str(value))
    try:
        tree = ast.parse(text.strip("'\""), mode="eval")
    except SyntaxError:
        return "Any"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            if node.id not in KNOWN:
                return "Any"
            node.id = RENAMED.get(node.id, node.id)
    return ast.unparse(tree)


def default(value: Any) -> str:
    """A default value in source form; `...` where it has none."""
    return repr(value) if value is None or (isinstance(value, (bool, int, float, str)) and value == value) else "..."


# -- definitions -----------------------------------------------------------------------------------------------------------


def op_definition(op: Op, name: str, method: bool, *, inplace: bool = False) -> str:
    """`def name(...) -> ...: ...` of a generated wrapper."""
    parts, star = [], False
    for i, param in enumerate(op.params):
        if param.kwonly and not star:
            parts.append("*")
            star = True
        if method and i == 0:
            parts.append("self")
            continue
        value = "" if param.default is NO_DEFAULT else f" = {default(param.default)}"
        parts.append(f"{parameter_name(param)}: {schema_type(param, op)}{value}")
    if op.out and not method and not inplace:
        parts += ([] if star else ["*"]) + ["out: Tensor | None = None"]
    return f"def {name}({', '.join(parts)}) -> {'Tensor' if inplace else return_type(op)}: ..."


def operator_definition(op: Op, name: str) -> str:
    """The same for an operator method: one operand, or none."""
    other = ", other: Tensor | _Number" if len(op.tensor_at) > 1 else ""
    return f"def {name}(self{other}) -> Tensor: ..."


def python_definition(function: Callable[..., Any], name: str, method: bool) -> str:
    """The same for a function of the source."""
    parts: list[str] = []
    kinds = inspect.Parameter
    star = False
    parameters = list(inspect.signature(function).parameters.values())
    for i, p in enumerate(parameters):
        if p.kind is kinds.VAR_POSITIONAL or (p.kind is kinds.KEYWORD_ONLY and not star):
            parts.append(f"*{p.name}: {annotation(p.annotation)}" if p.kind is kinds.VAR_POSITIONAL else "*")
            star = True
            if p.kind is kinds.VAR_POSITIONAL:
                continue
        if method and i == 0:
            parts.append("self")
        elif p.kind is kinds.VAR_KEYWORD:
            parts.append(f"**{p.name}: {annotation(p.annotation)}")
        else:
            value = "" if p.default is kinds.empty else f" = {default(p.default)}"
            parts.append(f"{p.name}: {annotation(p.annotation)}{value}")
        if p.kind is kinds.POSITIONAL_ONLY and (i + 1 == len(parameters) or parameters[i + 1].kind is not kinds.POSITIONAL_ONLY):
            parts.append("/")
    return f"def {name}({', '.join(parts)}) -> {annotation(inspect.signature(function).return_annotation)}: ..."


def definitions(table: dict[str, Any], method: bool) -> Iterator[tuple[str, str]]:
    """(name, definition) of everything in PUBLIC or METHODS of the surface, by the record or binding behind it."""
    by_wrapper: dict[int, tuple[Op, bool]] = {}
    for op in OPS.values():
        by_wrapper.setdefault(id(op.wrapper), (op, False))
        if op.inplace_wrapper is not None:
            by_wrapper.setdefault(id(op.inplace_wrapper), (op, True))
    by_binding = {id(b.wrapper): b.function for b in BINDINGS.values()}
    by_operator = {dunder.lstrip("~"): op for op in OPS.values() for dunder in op.operators.split()}
    for name, function in sorted(table.items()):
        last = name.rpartition(".")[2]
        if not last.isidentifier():
            continue
        if last in by_operator:
            yield last, operator_definition(by_operator[last], last)
        elif id(function) in by_wrapper:
            op, inplace = by_wrapper[id(function)]
            yield last, op_definition(op, last, method, inplace=inplace)
        elif id(function) in by_binding:
            yield last, python_definition(by_binding[id(function)], last, method)
        elif inspect.isfunction(function):
            yield last, python_definition(function, last, method)


# -- files -----------------------------------------------------------------------------------------------------------------


def _tensor_text() -> str:
    from .surface import METHODS  # noqa: PLC0415  # loads every wrapper

    lines = [HEADER.format(title="Tensor and the functions beside it.", imports="")]
    body: dict[str, str] = {}
    for kind in reversed(Tensor.__mro__[:-1]):
        for name, value in vars(kind).items():
            if isinstance(value, property):
                body[name] = _property(name, value)
            elif inspect.isfunction(value) and (not name.startswith("_") or name.endswith("__")):
                body[name] = f"    {python_definition(value, name, True)}\n"
    body.update({name: f"    {text}\n" for name, text in definitions(METHODS, True)})
    for name, whole in OVERLOADED.items():
        body[name] = f"    @overload\n    def {name}(self, dim: None = None) -> {whole}: ...\n"
        body[name] += f"    @overload\n    def {name}(self, dim: _int) -> _int: ...\n"
    slots = {name: annotation(text) for name, text in ft_core.tensor.Tensor.__annotations__.items()}
    lines.append("\nclass Tensor:\n")
    lines += [f"    {name}: {kind}\n" for name, kind in slots.items()]
    lines += [
        f"    {name}: Any\n" for name in vars(ft_core.tensor.Tensor)["__slots__"] if name not in slots and not name.startswith("__")
    ]
    lines.append("    __hash__: ClassVar[Callable[[Any], _int]]\n    __torch_function__: ClassVar[Any]\n")
    lines += [text for name, text in sorted(body.items()) if name not in ("__hash__", "__init_subclass__", "__new__")]
    for name, value in vars(ft_core.tensor).items():
        if inspect.isfunction(value) and value.__module__ == ft_core.tensor.__name__ and not name.startswith("__"):
            lines.append(f"{python_definition(value, name, False)}\n")
    lines.append("new: Any\n")
    return "".join(lines)


def _property(name: str, value: property) -> str:
    returned = annotation(inspect.signature(value.fget).return_annotation) if value.fget else "Any"
    text = f"    @property\n    def {name}(self) -> {returned}: ...\n"
    if value.fset is not None:
        text += f"    @{name}.setter\n    def {name}(self, value: Any) -> None: ...\n"
    return text


def _package_text(package: Path) -> str:
    from .surface import PUBLIC  # noqa: PLC0415

    top = {name: function for name, function in PUBLIC.items() if "." not in name}
    imports = "from ft_core import *\nfrom ft_core import Tensor as Tensor, device as device, dtype as dtype, layout as layout\n"
    imports += "from ft_core import memory_format as memory_format\nfrom ft_dispatch.packets import ops as ops\n"
    imports += "from frankentorch._functions import *\n"
    rooms = sorted(p.stem for p in package.iterdir() if p.suffix == ".py" and p.stem[0] != "_")
    rooms = [r for r in rooms if r not in ("alias", "cli", "demo", "doctor", "files_cmd", "plugins_cmd")]
    rooms += sorted(p.name for p in package.iterdir() if (p / "__init__.py").exists())
    imports += f"from . import {', '.join(f'{r} as {r}' for r in rooms)}\n"
    for name, target in (("autograd", "ft_autograd"), ("nn", "ft_nn"), ("optim", "ft_optim"), ("serialization", "ft_serialize")):
        imports += f"import {target} as {name}\n"
    imports += "import ft_distributions as distributions\n"
    imports += "from ft_serialize import load as load, save as save\nfrom frankentorch.version import __version__ as __version__\n"
    imports += "from frankentorch.random import default_generator as default_generator, get_rng_state as get_rng_state\n"
    imports += "from frankentorch.random import initial_seed as initial_seed, manual_seed as manual_seed, seed as seed\n"
    imports += "from frankentorch.random import set_rng_state as set_rng_state\n"
    imports += "from ft_autograd import enable_grad as enable_grad, inference_mode as inference_mode, no_grad as no_grad\n"
    imports += "from ft_autograd import is_grad_enabled as is_grad_enabled, set_grad_enabled as set_grad_enabled\n"
    lines = [HEADER.format(title="frankentorch: torch's top level.", imports=imports), "\n"]
    lines += [f"{name}: _dtype\n" for name in BY_NAME]
    lines += ["inf: _float\n", "nan: _float\n", "pi: _float\n", "e: _float\n", "newaxis: None\n\n"]
    own = {*re.findall(r"as (\w+)", imports), "mode"}  # frankentorch's own `mode` takes words, too
    lines += [f"{text}\n" for name, text in definitions(top, False) if name not in own]
    return "".join(lines)


def _namespace_text(name: str) -> str:
    from .surface import PUBLIC  # noqa: PLC0415

    found = {dotted: function for dotted, function in PUBLIC.items() if dotted.rpartition(".")[0] == name}
    imports = "from ft_core.tensor import Tensor\n"
    if name == "linalg":
        imports += "from ft_core.errors import LinAlgError as LinAlgError\n"
    text = HEADER.format(title=f"torch.{name}.", imports=imports) + "\n" + "".join(f"{t}\n" for _, t in definitions(found, False))
    return text.rstrip() + "\n"


UPPER = ("ft_autograd", "ft_nn", "ft_optim", "ft_serialize", "frankentorch")
"""Packages that put methods on Tensor when they are imported."""


def files() -> dict[Path, str]:
    """Every stub and its text; those of frankentorch only where it is installed."""
    for name in UPPER:
        if find_spec(name) is not None:
            import_module(name)
    made = {Path(ft_core.tensor.__file__).with_suffix(".pyi"): _tensor_text()}
    spec = find_spec("frankentorch")
    if spec is not None and spec.origin is not None:
        package = Path(spec.origin).parent
        made[package / "__init__.pyi"] = _package_text(package)
        made.update({package / f"{name}.pyi": _namespace_text(name) for name in NAMESPACES})
    return made


def main(argv: list[str] | None = None) -> int:
    """Write the files, or with --check report stale ones."""
    parser = argparse.ArgumentParser(description="Write the editor stubs from the op table.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file is stale")
    args = parser.parse_args(argv)
    stale = []
    for path, text in files().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(f"{path.parent.name}/{path.name}")
            if not args.check:
                path.write_text(text, encoding="utf-8")
    print(f"{'stale' if args.check else 'written'}: {', '.join(stale) or 'none'}")
    return 1 if stale and args.check else 0


if __name__ == "__main__":
    sys.exit(main())
