"""The backend contract, the kernel table, the registry with torch's errors, and the meta device."""

import types

import numpy as np
import pytest

from ft_core import backend as module
from ft_core.backend import Backend, Conformance, KernelTable, backend_for, register_backend
from ft_core.meta import MetaArray, MetaBackend
from ft_core.plugin import PluginError

FLOAT = types.SimpleNamespace(itemsize=4)


class HostBackend(Backend):
    """The required part only, over NumPy arrays."""

    name, device_type, array_type, aliasing = "host", "hosty", np.ndarray, False

    def __init__(self):
        self.kernels = KernelTable()

    def allocate(self, shape, dtype):
        return np.empty(shape, np.float32)

    def from_host(self, array, dtype):
        return array.copy()

    def to_host(self, array, dtype):
        return array

    def copy_within(self, dst, src):
        dst[...] = src

    def supports(self, dtype):
        return True


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    monkeypatch.setattr(module, "BACKENDS", {})
    monkeypatch.setattr(module.plugins, "_claims", {})
    monkeypatch.setattr(module.plugins, "_scanned", True)


def test_kernel_stays_a_plain_function_and_leaves_a_record():
    table = KernelTable()

    @table.kernel("add.Tensor", leaf=np.add, half="native", layout="dense", inplace=(0, 1), out=False)
    def add(x, y, alpha, *, out):
        return x + alpha * y

    entry = table["add.Tensor"]
    assert isinstance(add, types.FunctionType)
    assert entry.fn is add
    assert (entry.leaf, entry.half, entry.layout, entry.inplace, entry.out) == (np.add, "native", "dense", (0, 1), False)
    assert entry(1, 2, 3, out=...) == 7
    assert not hasattr(entry, "__dict__")


def test_kernel_defaults_are_the_contract():
    table = KernelTable()
    table.kernel("relu")(lambda x, *, out: x)
    entry = table["relu"]
    assert (entry.leaf, entry.half, entry.layout, entry.inplace, entry.out) == (None, "cast", "any", (0,), True)
    assert (entry.workspace, entry.native) == (None, None)


def test_two_names_for_one_function():
    table = KernelTable()

    @table.kernel("sum")
    @table.kernel("sum.dim_IntList")
    def sum(x, *, out):
        return x

    assert table["sum"].fn is table["sum.dim_IntList"].fn is sum


def test_second_kernel_for_a_name_is_refused():
    table = KernelTable()
    table.kernel("relu")(lambda x, *, out: x)
    with pytest.raises(ValueError, match=r"kernel relu: <kernel relu: .*> is there already; got .*; remove one"):
        table.kernel("relu")(lambda x, *, out: x)


@pytest.mark.parametrize("field", ["half", "layout"])
def test_unknown_promise_is_refused(field):
    with pytest.raises(ValueError, match=f"kernel relu: {field} is .* got 'sometimes'"):
        KernelTable().kernel("relu", **{field: "sometimes"})


def test_backend_is_found_by_device_type_or_device():
    backend = register_backend(HostBackend())
    assert backend_for("hosty") is backend
    assert backend_for(types.SimpleNamespace(type="hosty", index=0)) is backend
    assert register_backend(backend) is backend


def test_registering_claims_the_device_and_its_name(monkeypatch):
    claimed, named = [], []
    monkeypatch.setattr(module.plugins, "claim", lambda *what: claimed.append(what))
    monkeypatch.setattr(module, "register_device_type", named.append)
    register_backend(HostBackend())
    assert (claimed, named) == ([("device", "hosty")], ["hosty"])


def test_a_plugin_that_is_installed_is_looked_for(monkeypatch):
    backend, scans = HostBackend(), []

    def discover():
        scans.append(1)
        module._receive(backend, "late")

    monkeypatch.setattr(module.plugins, "discover", discover)
    assert backend_for("hosty") is backend_for("hosty") is backend
    assert scans == [1]


def test_kernel_chosen_by_its_shapes_serves_calls_without_a_route():
    table = KernelTable()

    @table.kernel("twice", short=lambda x: (lambda y, *, out: 2.5 * y) if x == 1 else None)
    def twice(x, *, out):
        return 2 * x

    assert (table["twice"](1, out=None), table["twice"](2, out=None)) == (2.5, 4)
    assert table["twice"].fn.__name__ == "twice"


def test_missing_required_parts_are_named():
    class Half(HostBackend):
        aliasing = True
        copy_within = Backend.copy_within

    with pytest.raises(PluginError, match="Half: lacks copy_within, strided_view"):
        register_backend(Half())


def test_second_backend_for_a_device_type_is_refused_naming_both():
    register_backend(HostBackend())
    with pytest.raises(PluginError, match=r'device "hosty": host .* has it; got host'):
        register_backend(HostBackend())


def test_absent_cuda_is_torchs_assertion():
    with pytest.raises(AssertionError, match=r"^Torch not compiled with CUDA enabled .*install ft-kernel-cuda"):
        backend_for("cuda")


def test_unusable_cuda_says_why_after_torchs_sentence():
    class NoDriver(HostBackend):
        device_type = "cuda"

        def unavailable_reason(self):
            return "no driver"

    backend = register_backend(NoDriver())
    assert backend.device_count() == 0
    with pytest.raises(AssertionError, match=r"^Torch not compiled with CUDA enabled \(no driver\)"):
        backend_for("cuda")


def test_absent_other_device_names_asked_existing_and_remedy():
    register_backend(HostBackend())
    with pytest.raises(
        RuntimeError, match=r'device "npu" cannot be used: there is no backend for it, only for "hosty"; install a plugin'
    ):
        backend_for("npu")


def test_plugin_must_bring_backend_objects():
    with pytest.raises(PluginError, match=r"plugin p: ft_backends returns .*Backend objects; got str"):
        module._receive("hosty", "p")


def test_free_part_describes_one_device_without_queues():
    backend = HostBackend()
    assert (backend.device_count(), backend.current_device(), backend.stream(), backend.event(), backend.generator("philox")) == (
        1,
        0,
        None,
        None,
        None,
    )
    assert backend.memory_info() is None
    assert backend.conformance is Conformance.L1_PRIMITIVES
    backend.set_device(0)
    with pytest.raises(ValueError, match="hosty: device index is below 1; got 1"):
        backend.set_device(1)


def test_registering_does_not_ask_for_the_array_library():
    class Lazy(HostBackend):
        @property
        def array_type(self):
            raise ImportError("no such library")

    assert backend_for(register_backend(Lazy()).device_type).name == "host"


def test_conformance_levels_are_ordered():
    assert sorted(Conformance) == list(Conformance)
    assert [c.name[:2] for c in Conformance] == ["L0", "L1", "L2", "L3", "L4", "L5"]


def test_meta_array_has_the_numpy_attributes():
    array, like = MetaArray((2, 3), None, 4, FLOAT), np.empty((2, 3), np.float32)
    for attribute in ("shape", "ndim", "size", "nbytes", "strides", "itemsize"):
        assert getattr(array, attribute) == getattr(like, attribute), attribute
    assert MetaArray((2, 3), (1, 2), 4, FLOAT).strides == (4, 8)


def test_meta_backend_keeps_shapes_and_refuses_values():
    backend = register_backend(MetaBackend())
    array = backend.allocate((2, 3), FLOAT)
    assert backend.from_host(np.zeros((4,)), FLOAT).shape == (4,)
    assert backend.strided_view(array, FLOAT, (3, 2), (1, 3), 0).element_strides == (1, 3)
    assert backend.strided_view(array, FLOAT, (3, 2), (2, 1), 0).element_strides is None
    assert backend.supports(FLOAT) is True
    assert repr(MetaArray((2,), None, 4, "float")) == "MetaArray((2,), float)"
    backend.copy_within(array, backend.allocate((2, 3), FLOAT))
    with pytest.raises(RuntimeError, match=r"\(2,\) into \(2, 3\)"):
        backend.copy_within(array, backend.allocate((2,), FLOAT))
    with pytest.raises(NotImplementedError, match=r"^Cannot copy out of meta tensor; no data!$"):
        backend.to_host(array, FLOAT)
