"""The meta rule of every op: on the meta device each gives shapes, dtypes and strides of the real run, without data."""

import pytest
from op_samples import samples

from ft_core import Tensor
from ft_core.errors import NoRouteError
from ft_dispatch import surface as torch
from ft_dispatch.execute import mapped
from ft_dispatch.kinds import COMPOSITE, CREATION
from ft_dispatch.registry import OPS
from ft_dispatch.schema import NO_DEFAULT

META = torch.device("meta")
FIRST_STEP = {
    "_amp_foreach_non_finite_check_and_unscale_", "_amp_update_scale_", "_fused_adagrad_", "_fused_adam_", "_fused_adamw_", "_fused_sgd_",
}  # fmt: skip  # in place over lists: tested with the optimizers
NO_SAMPLE = {
    "nonzero",
    "_unique2",
    "unique_dim",
    "unique_consecutive",
    "masked_select",
    "bincount",
    "repeat_interleave.Tensor",
}  # sizes depend on data


def names():
    return [op.name for op in OPS.values() if op.kind is not COMPOSITE and op.base not in FIRST_STEP]


def facts(out):
    if isinstance(out, (list, tuple)):
        return [facts(o) for o in out]
    return None if out is None else (tuple(out.shape), out.dtype, out.stride())


def on_meta(op, args):
    moved = list(mapped(op, args, to_meta))
    if "device" in op.index_of and (op.kind is CREATION or not op.tensor_at or args[op.index_of["device"]] is not None):
        moved[op.index_of["device"]] = META
    return tuple(moved)


def to_meta(t):
    return torch.empty_strided(tuple(t.shape), t.stride(), dtype=t.dtype, device="meta")


@pytest.mark.parametrize("name", names())
def test_meta_equals_the_real_run(name):
    op = OPS[name]
    if op.data_dependent or name in NO_SAMPLE:
        with pytest.raises(NotImplementedError, match=r"data|meta"):
            op(*on_meta(op, data_dependent_arguments(op)))
        return
    assert samples().get(name), f"no sample for {name}: add one to op_samples.PROGRAMS"
    for args in samples()[name]:
        real = op(*[a.detach() if isinstance(a, Tensor) else a for a in args])
        made = op(*on_meta(op, args))
        assert facts(made) == facts(real)
        outs = made if isinstance(made, (list, tuple)) else [made]
        assert all(t is None or t.is_meta for t in outs)


def data_dependent_arguments(op):
    x = torch.tensor([1, 0, 2])
    by_name = {"mask": x > 0, "dim": 0, "repeats": x}
    by_base = {"int": 0, "bool": False, "float": 0.5, "str": "sum", "ScalarType": torch.quint8}

    def argument(p):
        if p.is_tensor:
            return None if p.optional else x
        value = None if p.optional else by_base[p.base] if p.default is NO_DEFAULT else p.default
        return (value,) * (p.size or 1) if p.is_list and not isinstance(value, tuple) and value is not None else value

    return tuple(by_name.get(p.name, argument(p)) for p in op.params)


def test_meta_tensors_have_no_values():
    x = torch.ones(1, device="meta")
    with pytest.raises((RuntimeError, NoRouteError), match="meta"):
        x.item()
    assert torch.empty(10**6, 10**6, device="meta").exp().sum(0).shape == (10**6,)


@pytest.mark.parametrize("name", ["empty_like", "zeros_like", "ones_like", "rand_like", "randn_like"])
def test_like_a_tensor_of_another_device(name):
    far, near = torch.empty(2, 3, device="meta").t(), torch.ones(2, 3).t()
    for source, device in ((far, "cpu"), (near, "meta"), (near, "cpu")):
        made = getattr(torch, name)(source, device=device)
        assert (made.device.type, made.shape, made.stride()) == (device, (3, 2), (1, 3))
    assert torch.full_like(far, 3.0, device="cpu").tolist() == [[3.0, 3.0]] * 3


def test_a_mask_on_meta_is_an_error():
    x = torch.empty(3, 2, device="meta")
    with pytest.raises(NotImplementedError, match="depend on data"):
        x[torch.empty(3, dtype=torch.bool, device="meta")]


def test_what_needs_no_values_runs_on_meta():
    places = torch.empty(4, dtype=torch.int64, device="meta")
    assert torch.one_hot(places, 5).shape == (4, 5)
    assert torch.tril_indices(3, 4, -1, device="meta").shape == torch.tril_indices(3, 4, -1).shape
    assert torch.triu_indices(3, 4, 1, device="meta").shape == torch.triu_indices(3, 4, 1).shape
    ends = torch.empty((), device="meta")
    assert facts(torch.linspace(ends, ends, 5)) == ((5,), torch.float32, (1,))
    assert torch.logspace(ends, 2.0, 5).is_meta
    assert torch.quantile(torch.empty(3, 4, device="meta"), torch.empty(2, device="meta"), 1).shape == (2, 3)
    assert torch.rrelu(torch.empty(3, device="meta"), training=True).is_meta
    assert torch.empty(10, device="meta").as_strided((2, 2), (1, 2), 100).storage_offset() == 100


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.int8, torch.bool, torch.complex64])
def test_a_tensor_goes_to_meta_as_it_lies(order, dtype):
    near = torch.ones((2, 3, 4), dtype=dtype).permute(order)
    far = near.to("meta")
    assert (far.device.type, *facts(far)) == ("meta", *facts(near))
    assert facts(torch.empty_like(far, device="cpu")) == facts(near)
    with pytest.raises(NotImplementedError, match="meta"):
        far.to("cpu")
