"""The table tests itself: every record is complete, every generated file is fresh, every name leads somewhere."""

import pytest

from ft_core import Tensor
from ft_dispatch import codegen, surface
from ft_dispatch.kinds import COMPOSITE, ELEMENTWISE, VIEW
from ft_dispatch.meta import has_meta
from ft_dispatch.registry import BINDINGS, OPS, binding, lookup
from ft_kernel_cpu.table import table

RECORDS = sorted(OPS.values(), key=lambda op: op.name)


@pytest.mark.parametrize("op", RECORDS, ids=lambda op: op.name)
def test_a_record_is_complete(op):
    assert op.signature.name == op.base
    assert op.doc.endswith("."), f"{op.name}: a one-line description, closed by a full stop"
    if op.kind is VIEW:
        assert op.view_rule is not None
    elif op.kind is COMPOSITE:
        assert op.decomposition is not None
    if op.kind is ELEMENTWISE:
        assert op.promote is not None


@pytest.mark.parametrize("op", RECORDS, ids=lambda op: op.name)
def test_an_op_can_run_on_the_cpu(op):
    from ft_core.keys import LAYOUT_BITS
    from ft_dispatch.layouts import has_rule
    from ft_dispatch.memory import BUILTIN

    of_a_layout = any(has_rule(op.name, layout) for layout in LAYOUT_BITS)  # there is nothing to do for a dense tensor
    assert op.kind is VIEW or op.decomposition is not None or op.name in table or op.name in BUILTIN or of_a_layout


@pytest.mark.parametrize("op", RECORDS, ids=lambda op: op.name)
def test_metadata_is_known_without_data(op):
    assert op.data_dependent or has_meta(op)


def test_every_kernel_belongs_to_an_op():
    from ft_kernel_cpu import backend

    assert [name for name in backend.kernels if name not in OPS] == []


def test_generated_wrappers_are_fresh(capsys):
    assert codegen.main(["--check"]) == 0, capsys.readouterr().out


def test_public_functions_say_what_they_do():
    silent = [name for name, function in surface.PUBLIC.items() if not (function.__doc__ or "").strip()]
    assert silent == []


def test_methods_are_on_tensor():
    assert Tensor.add is surface.add
    assert Tensor.__add__(surface.ones(1), 1).tolist() == [2.0]


def test_aliases_are_the_same_function():
    assert surface.absolute is surface.abs
    assert surface.multiply is surface.mul


def test_a_name_twice_is_an_error_that_names_both():
    from ft_dispatch.op import op

    with pytest.raises(ValueError, match="'exp' is declared twice"):
        op("exp(Tensor self) -> Tensor", "Again.", kind=ELEMENTWISE)
    with pytest.raises(ValueError, match="binding 'div' is declared twice"):
        binding("div")(lambda: None)
    assert "div" in BINDINGS


def test_look_up_lists_near_names():
    assert lookup("aten::exp.default") is OPS["exp"]
    with pytest.raises(NameError, match=r"no op is called 'expp'; near names: .*exp"):
        lookup("expp")


def test_wrappers_are_real_source():
    import inspect

    source = inspect.getsource(surface.add)
    assert "table_add" in source
    assert surface.add.__code__.co_filename.endswith("generated/binary.py")
