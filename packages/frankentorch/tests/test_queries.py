"""What libraries ask before they use something: devices, compilers, scripts, backends. Answers are those of torch's CPU builds."""

import io
import warnings

import pytest

import frankentorch as torch
from frankentorch import nn


@pytest.fixture
def no_cuda(monkeypatch):
    def none():
        raise AssertionError("Torch not compiled with CUDA enabled (no driver)")

    monkeypatch.setattr(torch.cuda, "_backend", none)


QUIET = {
    "memory_allocated": 0, "memory_reserved": 0, "max_memory_allocated": 0, "max_memory_reserved": 0, "device_count": 0, "empty_cache": None,
    "get_rng_state_all": [], "get_arch_list": [], "is_available": False, "is_initialized": False, "is_bf16_supported": False,
    "reset_peak_memory_stats": None, "seed_all": None,
}  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_questions_about_cuda_without_a_device(name, no_cuda):
    assert getattr(torch.cuda, name)() == QUIET[name]


NEEDS = (
    "current_device synchronize init mem_get_info get_device_name get_device_capability get_device_properties current_stream default_stream "
    "get_rng_state initial_seed memory_summary"
).split()


@pytest.mark.parametrize("name", NEEDS)
def test_what_needs_a_cuda_device_says_so(name, no_cuda):
    with pytest.raises(AssertionError, match=r"^Torch not compiled with CUDA enabled"):
        getattr(torch.cuda, name)()


def test_streams_and_types_of_cuda_without_a_device(no_cuda):
    with pytest.raises(RuntimeError, match=r"^torch\.cuda\.Stream requires CUDA support$"):
        torch.cuda.Stream()
    with pytest.raises(RuntimeError, match="dummy base class Event"):
        torch.cuda.Event(enable_timing=True)
    with torch.cuda.stream(None), torch.cuda.device(-1), torch.cuda.device_of(torch.ones(1)):
        torch.cuda.set_rng_state_all([])
    with pytest.raises(TypeError, match=r"^type torch\.cuda\.FloatTensor not available"):
        torch.cuda.FloatTensor(3)
    assert not isinstance(torch.ones(1), torch.cuda.FloatTensor)
    assert isinstance(torch.ones(1), (torch.FloatTensor, torch.cuda.FloatTensor))
    with pytest.raises(RuntimeError, match="NVTX functions not installed"), torch.cuda.nvtx.range("a"):
        pass
    with pytest.warns(FutureWarning, match="renamed to `torch.cuda.memory_reserved`"):
        torch.cuda.memory_cached()
    with pytest.raises(AttributeError, match=r"torch 2.13 has it, FrankenTorch does not yet"):
        _ = torch.cuda.CUDAGraph


class Fake:
    """A backend with one device, for what is told about devices."""

    name, device_type = "fake", "cuda"

    def device_count(self):
        return 1

    def current_device(self):
        return 0

    def properties(self, index):
        return {"name": "Chip", "major": 9, "minor": 0, "total_memory": 8, "multi_processor_count": 2}

    def memory_info(self, index):
        return 6, 8


def test_a_device_is_described_by_its_backend(monkeypatch):
    monkeypatch.setattr(torch.cuda, "_backend", Fake)
    assert torch.cuda.get_device_name(0) == "Chip"
    assert torch.cuda.get_device_capability() == (9, 0)
    assert torch.cuda.is_tf32_supported()
    assert torch.cuda.memory_allocated() == 2
    assert torch.accelerator.get_memory_info() == (6, 8)
    with pytest.raises(NotImplementedError, match="peaks of memory"):
        torch.cuda.max_memory_allocated()
    with pytest.raises(NotImplementedError, match="cannot be read or set yet"):
        torch.cuda.get_rng_state()


@pytest.mark.parametrize("kind", ["xpu", "mps", "mtia"])
def test_devices_nobody_serves(kind):
    room = getattr(torch, kind)
    assert torch.get_device_module(kind) is room
    assert (room.is_available(), room.device_count()) == (False, 0)
    room.manual_seed(1)
    room.manual_seed_all(1)
    room.empty_cache()
    with pytest.raises(RuntimeError, match=kind):
        room.synchronize()


def test_device_modules():
    assert torch.get_device_module() is torch.cpu
    assert torch.get_device_module("cuda:1") is torch.cuda
    with pytest.raises(RuntimeError, match="Invalid value of device '3'"):
        torch.get_device_module(3)
    with pytest.raises(RuntimeError, match="does not have a corresponding module"):
        torch.get_device_module("hpu")
    with torch.cpu.stream(torch.cpu.Stream()):
        torch.cpu.current_stream().wait_stream(torch.cpu.Stream())


def test_compiled_programs_run_eagerly():
    import ft_nn.compiled as compiled

    compiled._said.clear()
    with pytest.warns(UserWarning, match="nothing is compiled in FrankenTorch"):
        f = torch.compile(lambda x: x + 1)
    assert f(torch.ones(1)).item() == 2
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # once per process, and not for the backend that compiles nothing in torch either

        @torch.compile(fullgraph=True, mode="max-autotune")
        def g(x):
            """Doubled."""
            return x * 2

        assert (g(torch.ones(1)).item(), g.__doc__) == (2, "Doubled.")
        assert torch.compile(g, disable=True) is g
        nn.Linear(1, 1).compile(backend="eager")
    for wrong, error in (
        ({"mode": "fast"}, RuntimeError), ({"mode": "default", "options": {}}, RuntimeError), ({"backend": "x"}, RuntimeError),
        ({"backend": lambda graph, inputs: graph}, NotImplementedError),
    ):  # fmt: skip
        with pytest.raises(error):
            torch.compile(g, **wrong)
        with pytest.raises(error):
            nn.Linear(1, 1).compile(**wrong)
    with pytest.raises(AssertionError, match="A callable function is expected"):
        torch.compile(3, backend="eager")


def test_compiled_modules_are_modules():
    inner = nn.Sequential(nn.Linear(2, 2), nn.Dropout())
    net = torch.compile(inner, backend="eager")
    assert isinstance(net, torch._dynamo.OptimizedModule)
    assert net._orig_mod is inner
    assert list(net.state_dict()) == ["_orig_mod.0.weight", "_orig_mod.0.bias"]
    assert net.eval() is net
    assert not inner[1].training
    assert not inner.training
    net.training = True
    assert inner.training
    net.scale = 3
    assert inner.scale == 3
    del net.scale
    assert not hasattr(inner, "scale")
    assert (len(net), net[0]) == (2, inner[0])
    inner.eval()
    assert torch.equal(net(torch.ones(1, 2)), inner(torch.ones(1, 2)))
    inner.load_state_dict(torch.compile(inner, backend="eager")._orig_mod.state_dict())
    net(torch.ones(1, 2)).sum().backward()
    assert inner[0].weight.grad is not None
    saved = io.BytesIO()
    torch.save(net.state_dict(), saved)
    with pytest.raises(TypeError, match="does not support len"):
        len(torch.compile(nn.ReLU(), backend="eager"))


def test_marks_for_a_tracer_that_is_not_there():
    torch._dynamo.config.suppress_errors = True
    torch._inductor.config.coordinate_descent_tuning = True
    torch._dynamo.reset()
    torch._dynamo.mark_dynamic(torch.ones(2), 0)
    torch._dynamo.graph_break()
    torch.compiler.cudagraph_mark_step_begin()
    assert not torch._dynamo.is_compiling()
    with torch.compiler.set_stance("force_eager"):
        assert torch.compiler.wrap_numpy(lambda a: a * 2)(torch.ones(1)).item() == 2
    with pytest.raises(RuntimeError, match=r"invalid torch.compile stance"):
        torch.compiler.set_stance("never")


def test_scripts_are_what_was_scripted():
    net = nn.Linear(2, 2)
    for made in (torch.jit.script(net), torch.jit.trace(net, torch.ones(1, 2)), torch.jit.trace_module(net, {})):
        assert made is net
    with pytest.raises(RuntimeError, match="only implemented for modules in eval mode"):
        torch.jit.freeze(net)
    assert torch.jit.optimize_for_inference(torch.jit.freeze(net.eval())) is net
    assert torch.jit.wait(torch.jit.fork(lambda x: x + 1, 1)) == 2
    assert not isinstance(net, torch.jit.ScriptModule)
    with torch.jit.optimized_execution(True), torch.jit.fuser("fuser1"):
        assert not torch.onnx.is_in_onnx_export()
    for room, name in ((torch.jit, "save"), (torch.onnx, "export")):
        with pytest.raises(AttributeError, match=r"torch 2.13 has it"):
            getattr(room, name)


def test_switches_of_libraries():
    backends = torch.backends
    for room in (backends.opt_einsum, backends.cusparselt, backends.kleidiai, backends.nnpack):
        assert room.is_available() is False
    assert backends.mha.get_fastpath_enabled()
    backends.mha.set_fastpath_enabled(False)
    assert not backends.mha.get_fastpath_enabled()
    backends.mha.set_fastpath_enabled(True)
    assert backends.quantized.engine in backends.quantized.supported_engines
    with pytest.raises(RuntimeError, match="not a valid value for quantized engine"):
        backends.quantized.engine = "abacus"
    with pytest.warns(FutureWarning, match="sdp_kernel"), backends.cuda.sdp_kernel(enable_flash=False):
        assert not backends.cuda.flash_sdp_enabled()
    assert backends.cuda.flash_sdp_enabled()
    assert backends.cuda.preferred_linalg_library("magma") == "magma"
    assert backends.cuda.preferred_linalg_library("default") == "default"
    with pytest.raises(RuntimeError, match="Unknown input value"):
        backends.cuda.preferred_blas_library("abacus")


CHECKS = {
    "_check": RuntimeError, "_check_value": ValueError, "_check_index": IndexError, "_check_type": TypeError,
    "_check_not_implemented": NotImplementedError,
}  # fmt: skip


@pytest.mark.parametrize("name", CHECKS)
def test_conditions_as_calls(name):
    check = getattr(torch, name)
    check(True, lambda: 1 / 0)
    with pytest.raises(CHECKS[name], match=r"^boo$"):
        check(False, lambda: "boo")
    with pytest.raises(CHECKS[name], match="Expected cond to be True"):
        check(False)
    with pytest.raises(TypeError, match="cond must be a bool"):
        check(3)
    torch._check_tensor_all(torch.ones(2) > 0)
    with pytest.raises(RuntimeError):
        torch._check_tensor_all(torch.ones(2) > 1)
    with pytest.raises(RuntimeError):
        torch._check_is_size(-1)


def test_private_helpers_of_lists():
    helpers = torch._utils
    parts = [torch.ones(2, 2), torch.zeros(3)]
    flat = helpers._flatten_dense_tensors(parts)
    assert flat.tolist() == [1, 1, 1, 1, 0, 0, 0]
    assert [p.shape for p in helpers._unflatten_dense_tensors(flat, parts)] == [(2, 2), (3,)]
    takes = list(helpers._take_tensors([torch.ones(2), torch.ones(2).long(), torch.ones(2), torch.ones(9)], 16))
    assert [[t.numel() for t in group] for group in takes] == [[2, 2], [9], [2]]
    assert helpers._get_device_index("cuda:1") == 1
    assert helpers._get_device_index("cpu", allow_cpu=True) == -1
    with pytest.raises(ValueError, match="Expected a non cpu device"):
        helpers._get_device_index("cpu")
    assert torch._VF.lstm_cell is torch.lstm_cell
    chosen = torch._jit_internal.boolean_dispatch("b", 1, False, lambda x, b=False: "yes", lambda x, b=False: "no")
    assert [chosen(0), chosen(0, True), chosen(0, b=True)] == ["no", "yes", "yes"]


def test_names_of_the_extension_module():
    class Sub(torch.Tensor):
        pass

    assert isinstance(torch.ones(1), torch._C.TensorBase)
    with torch._C.DisableTorchFunction():
        assert not torch._C._is_torch_function_enabled()
        assert type(torch.ones(1).as_subclass(Sub) + 1) is torch.Tensor
    assert torch._C._is_torch_function_enabled()
    assert torch._C._len_torch_function_stack() == 0
    assert torch._C._get_default_device() == "cpu"


def test_names_of_layers_modules():
    import frankentorch.nn.modules.flatten
    from frankentorch.nn.modules.activation import MultiheadAttention, Softmax
    from frankentorch.nn.modules.module import _addindent, _IncompatibleKeys
    from frankentorch.nn.modules.padding import _ReflectionPadNd, _ReplicationPadNd
    from frankentorch.nn.modules.pooling import AvgPool2d, _AdaptiveAvgPoolNd
    from frankentorch.nn.modules.rnn import LSTM, LSTMCell, RNNCellBase, apply_permutation
    from frankentorch.nn.modules.transformer import _get_clones
    from frankentorch.nn.modules.utils import _list_with_default, consume_prefix_in_state_dict_if_present

    assert frankentorch.nn.modules.flatten.Flatten is nn.Flatten
    assert (MultiheadAttention, Softmax, AvgPool2d) == (nn.MultiheadAttention, nn.Softmax, nn.AvgPool2d)
    assert issubclass(nn.AdaptiveAvgPool2d, _AdaptiveAvgPoolNd)
    assert issubclass(nn.ReflectionPad1d, _ReflectionPadNd)
    assert issubclass(nn.ReplicationPad3d, _ReplicationPadNd)
    assert (LSTM, LSTMCell, issubclass(nn.GRUCell, RNNCellBase)) == (nn.LSTM, nn.LSTMCell, True)
    assert apply_permutation(torch.tensor([[1, 2]]), torch.tensor([1, 0])).tolist() == [[2, 1]]
    assert nn.LSTM(1, 1)._all_weights == [["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]]
    assert len(_get_clones(nn.ReLU(), 2)) == 2
    assert _list_with_default([None, 3], [7, 8, 9]) == [8, 3]
    assert isinstance(nn.ReLU().load_state_dict({}), _IncompatibleKeys)
    assert _addindent("a\nb", 2) == "a\n  b"
    assert nn._reduction.get_enum("sum") == 2
    net = nn.Sequential(nn.Linear(1, 1))
    state = nn.Sequential(net).state_dict()
    consume_prefix_in_state_dict_if_present(state, "0.")
    assert list(state) == list(net.state_dict())
    net.load_state_dict(state)
    with pytest.raises(AttributeError, match=r"'torch.nn.modules.pooling' has no attribute 'Pool9d'"):
        _ = nn.modules.pooling.Pool9d


def test_buffers_are_plain_tensors():
    module = nn.Module()
    module.kept, module.passing = nn.Buffer(torch.ones(2)), nn.Buffer(torch.ones(1), persistent=False)
    assert type(module.kept) is torch.Tensor
    assert repr(module.kept) == "tensor([1., 1.])"
    assert isinstance(module.kept, nn.Buffer)
    assert not isinstance(torch.ones(1), nn.Buffer)
    assert list(module.state_dict()) == ["kept"]
    assert type(module.kept + 1) is torch.Tensor


def test_marks_for_graphs():
    assert torch.fx.wrap(len) is len
    assert torch.fx.wrap("name") == "name"
    assert not isinstance(torch.ones(1), torch.fx.Proxy)
    with pytest.raises(RuntimeError, match="Must be either a callable or string name"):
        torch.fx.wrap(3)
    with pytest.raises(AttributeError, match=r"torch 2.13 has it, FrankenTorch does not yet"):
        _ = torch.fx.symbolic_trace


def test_names_that_losses_loaders_and_hubs_outside_import():
    from frankentorch.nn.functional import _get_softmax_dim, _Reduction
    from frankentorch.utils.data._utils.collate import np_str_obj_array_pattern

    assert _Reduction.get_enum("mean") == 1
    with pytest.warns(UserWarning, match="Implicit dimension choice for softmax"):
        assert [_get_softmax_dim("softmax", n, 3) for n in (1, 2, 3)] == [0, 1, 0]
    assert np_str_obj_array_pattern.search("<U3")
    assert not np_str_obj_array_pattern.search("<f4")
    assert torch.hub.get_dir().startswith(torch.hub._get_torch_home())
    assert torch.hub.HASH_REGEX.search("resnet18-f37072fd.pth")[1] == "f37072fd"
