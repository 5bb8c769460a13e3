"""Every public function, class and method of torch.nn's namespaces: it is here, and takes the same arguments in the same order."""

import importlib
import inspect

import pytest

import ft_nn

torch = pytest.importorskip("torch")

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

NAMESPACES = """
nn nn.functional nn.init nn.grad nn.parameter nn.parallel nn.intrinsic nn.qat nn.utils nn.utils.parametrize nn.utils.parametrizations
nn.utils.prune nn.utils.rnn nn.attention nn.attention.bias nn.attention.flex_attention
""".split()

ABSENT = {
    "nn.functional.scaled_grouped_mm": "torch has it on GPUs only",
    "nn.parallel.DistributedDataParallelCPU": "needs torch.distributed",
}
"""Not built yet; a name that is built must leave this table."""

UNMADE = {"nn.parallel.DistributedDataParallel": "nobody can make one without torch.distributed: it is there for isinstance"}
"""Classes whose methods nobody can call."""

OTHER = {
    "nn.attention.flex_attention.create_block_mask": "without the order in which a GPU kernel writes gradients",
    "nn.Module.to": "ours names what torch takes from **kwargs",
    **dict.fromkeys(
        [f"nn.functional.{a}max_pool{n}d" for n in (1, 2, 3) for a in ("", "adaptive_", "fractional_")],
        "ours names what torch takes from *args and **kwargs",
    ),
}
"""Signatures that are another, each with the reason."""


def ours(name):
    return importlib.import_module(f"ft_{name}")


def taken_over(value):
    """What comes from torch.nn itself, not from an import of the module."""
    return (
        callable(value)
        and not inspect.ismodule(value)
        and (getattr(value, "__module__", "") or "").startswith(("torch.nn", "torch.ao"))
    )


def public(namespace):
    module = importlib.import_module(f"torch.{namespace}")
    borrowed = {} if namespace == "nn" else vars(torch.nn)
    names = [n for n in dir(module) if n[0] != "_" and taken_over(getattr(module, n))]
    return [n for n in names if borrowed.get(n) is not getattr(module, n)]


def parameters(function):
    """(name, kind, default) of each parameter; None where Python cannot tell."""
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    shown = [(p.name, p.kind, "a function" if callable(p.default) else repr(p.default).replace("torch.", "")) for p in found]
    return shown


def functions(name, theirs, mine):
    """(dotted name, torch's, ours): the function itself, or the class's constructor and own public methods."""
    if not inspect.isclass(theirs) or not issubclass(theirs, torch.nn.Module):
        return [(name, theirs, mine)]
    methods = [k for k in vars(theirs) if k[0] != "_" and inspect.isroutine(getattr(theirs, k)) and k != "compile"]
    return [(f"{name}.{k}", getattr(theirs, k), getattr(mine, k, None)) for k in ("__init__", *methods)]


CASES = [(namespace, name) for namespace in NAMESPACES for name in public(namespace)]


@pytest.mark.parametrize(("namespace", "name"), CASES, ids=[f"{a}.{b}" for a, b in CASES])
def test_signature_is_torchs(namespace, name):
    dotted = f"{namespace}.{name}"
    mine = getattr(ours(namespace), name, None)
    if dotted in ABSENT:
        assert mine is None, "it is built: take it out of ABSENT"
        pytest.skip(ABSENT[dotted])
    assert mine is not None, "absent"
    if dotted in UNMADE:
        pytest.skip(UNMADE[dotted])
    for full, a, b in functions(dotted, getattr(importlib.import_module(f"torch.{namespace}"), name), mine):
        assert b is not None, f"{full} is absent"
        expected = parameters(a)
        if expected is None:
            continue
        assert (parameters(b) == expected) != (full in OTHER), full


def test_all_module_subclasses_are_here():
    classes = [
        n for n in dir(torch.nn) if inspect.isclass(getattr(torch.nn, n)) and issubclass(getattr(torch.nn, n), torch.nn.Module)
    ]
    assert len(classes) >= 163
    assert [n for n in classes if not issubclass(getattr(ft_nn, n, int), ft_nn.Module)] == []
