"""Small modules of torch's that programs import by name: what they hold is ours, under the same names."""

import time
from collections import namedtuple

import pytest

import frankentorch as torch
from frankentorch.utils import _python_dispatch as dispatch
from frankentorch.utils import _pytree as pytree

Point = namedtuple("Point", "x y")
TREE = {"a": [1, (2, 3)], "b": Point(4, 5)}


def test_paths_into_trees():
    found, spec = pytree.tree_flatten_with_path(TREE)
    assert [pytree.keystr(path) for path, _ in found] == ["['a'][0]", "['a'][1][0]", "['a'][1][1]", "['b'].x", "['b'].y"]
    assert all(pytree.key_get(TREE, path) == leaf for path, leaf in found)
    assert spec == pytree.tree_structure(TREE)
    named = pytree.tree_map_with_path(lambda path, a, b: (len(path), a + b), TREE, TREE)
    assert named == {"a": [(2, 2), ((3, 4), (3, 6))], "b": Point((2, 8), (2, 10))}


def test_specs_as_text():
    spec = pytree.tree_structure({"a": [1, (2,)], "b": 3})
    assert pytree.treespec_loads(pytree.treespec_dumps(spec)) == spec
    assert pytree.treespec_pprint(spec) == "{'a': [*, (*,)], 'b': *}"
    with pytest.raises(NotImplementedError, match="No registered serialization name"):
        pytree.treespec_dumps(pytree.tree_structure(Point(1, 2)))
    with pytest.raises(TypeError, match="to be instance of TreeSpec"):
        pytree.treespec_dumps(3)
    with pytest.raises(ValueError, match="Unknown protocol 7"):
        pytree.treespec_dumps(spec, protocol=7)


def test_predicates():
    for yes in (Point, Point(1, 2)):
        assert pytree.is_namedtuple(yes)
    for no in (Point, (1, 2)):
        assert not pytree.is_namedtuple_instance(no)
    assert pytree.is_structseq(time.localtime())
    assert pytree.is_structseq_class(time.struct_time)
    assert [pytree.tree_is_leaf(tree) for tree in (3, [3])] == [True, False]
    assert pytree.tree_all_only(int, lambda n: n > 0, [1, "x"])
    assert not pytree.tree_any_only(int, lambda n: n > 1, [1, "x"])


def test_modes_and_aliases():
    assert not dispatch.is_in_torch_dispatch_mode()

    class Seen(dispatch.TorchDispatchMode):
        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            out = func(*args, **(kwargs or {}))
            return dispatch.return_and_correct_aliasing(func, args, kwargs or {}, out)

    x = torch.ones(2)
    with Seen():
        assert dispatch.any_torch_dispatch_mode_on_stack()
        with dispatch._disable_current_modes():
            assert not dispatch.is_in_torch_dispatch_mode()
        assert dispatch.is_in_torch_dispatch_mode()
        assert x.add_(1) is x
    info = dispatch.get_alias_info(torch.ops.aten.add_.Tensor)
    assert info.args[0].is_write
    assert not dispatch.get_alias_info(torch.ops.aten.add.Tensor).args[0].is_write
    assert not dispatch.is_traceable_wrapper_subclass(x)


def test_autograd_modules():
    assert torch.autograd.grad_mode.no_grad is torch.no_grad
    assert isinstance(torch.ones(1), torch.autograd.variable.Variable)
    assert torch.autograd.anomaly_mode.detect_anomaly is torch.autograd.detect_anomaly
    with torch.autograd.set_multithreading_enabled(False):
        assert not torch.autograd.grad_mode.is_multithreading_enabled()
    assert torch.autograd.grad_mode.is_multithreading_enabled()
    assert torch.utils.checkpoint.checkpoint.__module__ == "ft_autograd.checkpoint"
    assert torch.library.custom_op.__module__ == "ft_autograd.library"


def test_batch_norms_without_running_statistics():
    net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4))
    assert torch.func.replace_all_batch_norm_modules_(net) is net
    assert net[1].running_mean is None
    assert not net[1].track_running_stats
    assert [name for name, _ in net.named_buffers()] == []
    params, buffers = torch.func.stack_module_state([net, net])
    assert params["0.weight"].shape == (2, 4, 3)
    assert buffers == {}


def test_lists_for_duck_types():
    stand_ins = torch.overrides.get_testing_overrides()
    assert stand_ins[torch.add](1, 2) == -1
    ignored = torch.overrides.get_ignored_functions()
    assert torch.set_num_threads in ignored
    assert torch.add not in ignored


def test_averaging_is_found_under_optim():
    from frankentorch.optim import swa_utils
    from frankentorch.optim.swa_utils import SWALR, AveragedModel

    assert torch.optim.swa_utils is swa_utils
    assert issubclass(AveragedModel, torch.nn.Module)
    assert issubclass(SWALR, torch.optim.lr_scheduler.LRScheduler)
    with pytest.raises(AttributeError, match=r"torch 2.13 has no such name; near names: Adam"):
        _ = torch.optim.Adamm


def test_distributed_says_that_it_is_not_there():
    assert torch.distributed.is_available() is False
    assert torch.distributed.is_initialized() is False
    with pytest.raises(AttributeError, match=r"all_reduce.*is_available\(\) is False"):
        torch.distributed.all_reduce(torch.ones(1))
    with pytest.raises(RuntimeError, match="train in one process"):
        torch.distributed.ProcessGroup()


def test_names_that_only_other_libraries_use():
    from frankentorch.distributions.utils import _standard_normal, _sum_rightmost
    from frankentorch.serialization import MAP_LOCATION

    assert torch.torch is torch
    assert torch.device in MAP_LOCATION.__args__
    torch.manual_seed(0)
    drawn = _standard_normal((2, 3), torch.float64, "cpu")
    torch.manual_seed(0)
    assert torch.equal(drawn, torch.randn(2, 3, dtype=torch.float64))
    assert _sum_rightmost(torch.ones(2, 3, 4), 2).tolist() == [12.0, 12.0]


@pytest.mark.skipif(torch.accelerator.is_available(), reason="there is an accelerator")
def test_an_accelerator_that_is_not_there():
    for call in (torch.accelerator.empty_cache, torch.accelerator.get_memory_info, torch.accelerator.memory_allocated):
        with pytest.raises(RuntimeError, match="Cannot access accelerator device when none is available"):
            call()
