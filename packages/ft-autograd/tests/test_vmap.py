"""vmap: dims, structures, batching rules by kind against a loop, randomness, refusals in torch's words."""

# ruff: noqa: PLW0108  # a case is a call to be made later, whatever it is made of

import warnings

import pytest

from ft_autograd.func import vmap
from ft_dispatch import surface as torch

PERF = "There is a performance drop"


def ramp(*shape, dtype=torch.float64):
    n = 1
    for size in shape:
        n *= size
    return ((torch.arange(n, dtype=torch.float64) * 0.7548776662 + 0.1) % 1 - 0.4).reshape(shape).to(dtype)


def loop(f, *args):
    rows = [
        f(*[a[k].clone() for a in args]) for k in range(args[0].shape[0])
    ]  # each alone in its memory: as_strided sees all of it
    if isinstance(rows[0], torch.Tensor):
        return torch.stack(rows)
    return tuple(torch.stack(list(column)) for column in zip(*rows, strict=True))


def agree(f, *args, warns=False):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore" if warns else "error", message=PERF)
        found = vmap(f)(*args)
    expected = loop(f, *args)
    for a, b in zip(*[(t,) if isinstance(t, torch.Tensor) else t for t in (found, expected)], strict=True):
        assert tuple(a.shape) == tuple(b.shape)
        assert a.dtype is b.dtype
        assert torch.equal(a, b) or torch.allclose(a, b, rtol=1e-12, atol=1e-12), (a, b)


OPS = {
    "elementwise": lambda x: x.sin() * 2 + x,
    "where": lambda x: torch.where(x > 0, x, 0.0),
    "sum": lambda x: x.sum(),
    "sum dim": lambda x: x.sum(-1, keepdim=True),
    "mean dims": lambda x: x.mean((0, 1)),
    "amax": lambda x: x.amax(0),
    "max": lambda x: x.max(),
    "max dim": lambda x: tuple(x.max(1)),
    "argmax": lambda x: x.argmax(),
    "argmax keepdim": lambda x: x.argmax(keepdim=True),
    "any": lambda x: (x > 0).any(),
    "var": lambda x: x.var(0),
    "norm": lambda x: x.norm(),
    "logsumexp": lambda x: x.logsumexp((0, 1)),
    "cumsum": lambda x: x.cumsum(0),
    "softmax": lambda x: x.softmax(-1),
    "sort": lambda x: tuple(x.sort(0)),
    "topk": lambda x: tuple(x.topk(2)),
    "median": lambda x: x.median(),
    "flip": lambda x: x.flip(0),
    "flip none": lambda x: x.flip(()),
    "roll": lambda x: x.roll(1),
    "roll dim": lambda x: x.roll(1, 0),
    "view": lambda x: x.view(-1),
    "reshape of a transpose": lambda x: x.t().reshape(-1),
    "expand": lambda x: x[0].expand(2, -1),
    "permute": lambda x: x.permute(1, 0),
    "t": lambda x: x.t(),
    "squeeze": lambda x: x.unsqueeze(0).unsqueeze(-1).squeeze(),
    "squeeze dim": lambda x: x.unsqueeze(0).squeeze(0),
    "select": lambda x: x[2, -1],
    "slice": lambda x: x[1:, ::2],
    "diagonal": lambda x: x.diagonal(1),
    "unbind": lambda x: x.unbind(1)[0],
    "split": lambda x: torch.split(x, 2, 0)[0],
    "unfold": lambda x: x.unfold(0, 2, 1),
    "as_strided": lambda x: x.clone().as_strided((2, 2), (1, 3), 1),
    "repeat": lambda x: x.repeat(2, 1, 2),
    "tril": lambda x: x.tril(),
    "cat": lambda x: torch.cat([x, x * 2], 1),
    "stack": lambda x: torch.stack([x, x], -1),
    "pad": lambda x: torch.constant_pad_nd(x, (1, 2), 3.0),
    "list index": lambda x: x[[0, 2]],
    "index of a column": lambda x: x[:, torch.tensor([1, 0])],
    "apart indices": lambda x: x[None, torch.tensor([0, 1]), :, None][:, torch.tensor([1])],
    "mask that is the same": lambda x: x[torch.tensor([True, False, True])],
    "index_select": lambda x: x.index_select(1, torch.tensor([2, 0])),
    "gather": lambda x: x.gather(1, torch.tensor([[0, 1], [1, 0], [2, 2]])),
    "masked_fill": lambda x: x.masked_fill(x > 0, 1.5),
    "masked_scatter": lambda x: x.masked_scatter(x > 0, x * 10),
    "masked_scatter of another": lambda x: x.masked_scatter(
        torch.tensor([[True], [False], [True]]), torch.arange(9.0).double() * x[0, 0]
    ),
    "masked_scatter of nothing": lambda x: x.masked_scatter(x > 100, x[:0]),
    "trace": lambda x: x[:, :3].trace(),
    "mm": lambda x: x @ x.t(),
    "mv": lambda x: x @ x[0],
    "dot": lambda x: x[0].dot(x[1]),
    "outer": lambda x: torch.outer(x[0], x[1]),
    "addmm": lambda x: torch.addmm(x[0, 0], x, x.t(), beta=2, alpha=3),
    "bmm": lambda x: torch.bmm(x[None], x.t()[None]),
    "einsum": lambda x: torch.einsum("ij,kj->ik", x, x),
    "cast": lambda x: x.to(torch.float32) + 1,
    "zeros_like": lambda x: torch.zeros_like(x).add_(x),
    "new_zeros": lambda x: x.new_zeros(3, 4).copy_(x),
    "number promotion": lambda x: x.to(torch.float32).sum() * torch.ones(2, dtype=torch.float32),
    "complex": lambda x: torch.complex(x, x * 2).conj() * 1j,
    "searchsorted": lambda x: torch.searchsorted(torch.tensor([-0.3, 0.0, 0.2], dtype=torch.float64), x.contiguous()),
    "in place on a view": lambda x: (x * 1).add_(1)[0].mul_(2),
    "setitem": lambda x: (lambda y: (y.__setitem__(0, y[1]), y)[1])(x.clone()),
}


@pytest.mark.parametrize("name", OPS)
def test_agrees_with_a_loop(name):
    agree(OPS[name], ramp(2, 3, 4))


@pytest.mark.parametrize(
    "name", ["elementwise", "sum", "max", "argmax", "cumsum", "softmax", "sort", "flip none", "roll", "any", "norm"]
)
def test_examples_of_rank_zero(name):
    f = OPS[name] if name != "sort" else lambda x: tuple(x.sort(-1))
    if name == "cumsum":
        f = lambda x: x.cumsum(0)  # noqa: E731
    agree(f, ramp(3))


TWO = {
    "ranks differ": lambda a, b: a * b[0] + b,
    "matrix and vector": lambda a, b: a @ b,
    "index by example": lambda a, b: a[(b * 10).to(torch.int64).abs() % 3],
    "column index by example": lambda a, b: a[:, (b * 10).to(torch.int64).abs() % 4],
    "index_put by example": lambda a, b: a.index_put(((b * 10).to(torch.int64).abs() % 3,), b[0], accumulate=True),
    "scatter_add": lambda a, b: torch.zeros(3, 4, dtype=torch.float64).scatter_add(0, (a * 7).to(torch.int64).abs() % 3, a),
    "take_along_dim": lambda a, b: torch.take_along_dim(a, (a * 7).to(torch.int64).abs() % 3, 0),
    "embedding": lambda a, b: torch.embedding(a, (b * 10).to(torch.int64).abs() % 3),
}


@pytest.mark.parametrize("name", TWO)
def test_two_batched_arguments(name):
    agree(TWO[name], ramp(2, 3, 4), ramp(2, 4))


def test_an_argument_all_examples_share():
    w = ramp(4, 5)
    found = vmap(lambda x, w: x @ w, in_dims=(0, None))(ramp(2, 3, 4), w)
    assert torch.allclose(found, ramp(2, 3, 4) @ w)


def test_dims_and_structures():
    x = ramp(3, 2)
    assert torch.equal(vmap(lambda a: a * 2, in_dims=1, out_dims=1)(x), x * 2)
    assert torch.equal(vmap(lambda a: a * 2, in_dims=-1)(x), x.t() * 2)
    found = vmap(lambda d: {"s": d["a"] + d["b"], "t": (d["a"],)}, in_dims=({"a": 0, "b": None},))({"a": x, "b": x[0]})
    assert torch.equal(found["s"], x + x[0])
    assert torch.equal(found["t"][0], x)
    both = vmap(lambda a: (a, a * 2), out_dims=(0, 1))(x)
    assert torch.equal(both[1], x.t() * 2)
    assert torch.equal(vmap(lambda a: torch.ones(2))(x), torch.ones(3, 2))


def test_keyword_arguments_are_mapped():
    x = ramp(3, 2)
    assert torch.equal(vmap(lambda a, b: a + b)(x, b=x * 2), x * 3)


@pytest.mark.parametrize("chunk", [1, 2, 5, 7])
def test_chunks_change_nothing(chunk):
    x = ramp(5, 3)
    f = lambda a: (a.sum(), a * 2)  # noqa: E731
    for a, b in zip(vmap(f, out_dims=(0, 1), chunk_size=chunk)(x), vmap(f, out_dims=(0, 1))(x), strict=True):
        assert torch.equal(a, b)


def test_writes_reach_the_batch():
    x = ramp(2, 3)
    expected = x * 2
    vmap(lambda a: a.mul_(2))(x)
    assert torch.equal(x, expected)


def test_what_a_user_sees_inside():
    seen = []
    vmap(lambda a: (seen.append((a.shape, a.ndim, a.numel(), len(a), a.stride(), a.is_contiguous())), a)[1])(
        ramp(2, 3, 4).transpose(1, 2)
    )
    assert seen == [((4, 3), 2, 12, 4, (1, 4), False)]


def test_an_op_without_a_rule_loops_and_says_so():
    with pytest.warns(UserWarning, match="batching rule for aten::histc"):
        found = vmap(lambda a: a.histc(4, -1, 1))(ramp(2, 6))
    assert torch.equal(found, loop(lambda a: a.histc(4, -1, 1), ramp(2, 6)))


# -- randomness ----------------------------------------------------------------------------------------------------------


def test_random_numbers_follow_the_argument():
    x = torch.zeros(4, 3)
    f = lambda a: a + torch.rand(3)  # noqa: E731
    with pytest.raises(RuntimeError, match="vmap: called random operation while in randomness error mode"):
        vmap(f)(x)
    torch.manual_seed(1)
    same = vmap(f, randomness="same")(x)
    torch.manual_seed(1)
    assert torch.equal(same, torch.rand(3).expand(4, 3))
    torch.manual_seed(1)
    different = vmap(f, randomness="different")(x)
    torch.manual_seed(1)
    assert torch.equal(different, torch.rand(4, 3))


def test_dropout_masks():
    torch.manual_seed(0)
    different = vmap(lambda a: torch.dropout(a, 0.5, True), randomness="different")(torch.ones(6, 20))
    assert len({tuple(row) for row in different.tolist()}) == 6
    same = vmap(lambda a: torch.dropout(a, 0.5, True), randomness="same")(torch.ones(6, 20))
    assert len({tuple(row) for row in same.tolist()}) == 1


def test_writing_random_numbers_into_what_all_share():
    shared = torch.zeros(3)
    with pytest.raises(RuntimeError, match="Cannot ask for different inplace randomness on an unbatched tensor"):
        vmap(lambda a: shared.normal_() + a, randomness="different")(torch.ones(2, 3))


# -- refusals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda x: vmap(lambda a: a if a.sum() > 0 else -a)(x), RuntimeError, "data-dependent control flow"),
        (lambda x: vmap(lambda a: a.sum().item())(x), RuntimeError, r"you're calling .item\(\) on a Tensor"),
        (lambda x: vmap(lambda a: a.nonzero())(x), RuntimeError, "can output dynamic shape. Attempted to vmap over aten::nonzero"),
        (lambda x: vmap(lambda a: a[a > 0])(x), RuntimeError, "mask that differs per example"),
        (
            lambda x: vmap(lambda a: torch.zeros(2).mul_(a))(x),
            RuntimeError,
            "inplace arithmetic.*is not possible because there exists a Tensor",
        ),
        (
            lambda x: vmap(lambda a: torch.zeros(2).lerp_(a, 0.5))(x),
            RuntimeError,
            "aten::lerp_.*is not possible because there exists a Tensor",
        ),
        (lambda x: vmap(lambda a: a, out_dims=None)(x), ValueError, "can not return a BatchedTensor when out_dim is None"),
        (lambda x: vmap(lambda a: 3)(x), ValueError, "must only return Tensors, got type <class 'int'>"),
        (lambda x: vmap(lambda a: a, in_dims=3)(x), ValueError, "expected in_dim to satisfy -2 <= in_dim < 2"),
        (lambda x: vmap(lambda a, b: a, in_dims=(0,))(x, x), ValueError, "in_dims is not compatible with the structure"),
        (lambda x: vmap(lambda a, b: a, in_dims=(0, 1))(x, x), ValueError, "same size in the mapped dimension"),
        (lambda x: vmap(lambda: x)(), ValueError, "got no inputs"),
        (lambda x: vmap(lambda a: a, in_dims=(None,))(x), ValueError, "at least one input must be mapped over"),
        (lambda x: vmap(lambda a: a, in_dims="0")(x), ValueError, "expected `in_dims` to be int"),
        (lambda x: vmap(lambda a, b: a, in_dims=0)(x, 3), ValueError, "cannot vmap over non-Tensor arguments"),
        (lambda x: vmap(lambda a: (a, a), out_dims=(1,))(x), ValueError, "out_dims is not compatible"),
        (lambda x: vmap(lambda a: a, randomness="some")(x), RuntimeError, "Only allowed values for randomness"),
        (lambda x: vmap(lambda a: a, chunk_size=0)(x), ValueError, "chunk_size should be None or greater than 0"),
        (lambda x: vmap(lambda a: a @ torch.ones(3, 1))(x[:, None]), RuntimeError, "cannot be multiplied"),
    ],
)
def test_refusals(call, error, message):
    with pytest.raises(error, match=message):
        call(torch.ones(3, 2))


def test_a_tensor_that_escapes():
    kept = []
    vmap(lambda a: (kept.append(a), a)[1])(torch.ones(2, 3))
    with pytest.raises(RuntimeError, match="escaped from inside a function being vmapped"):
        kept[0] + 1


def test_vmap_over_a_number_used_as_an_index():
    table = torch.arange(12.0).reshape(3, 4)
    places = torch.tensor([2, 0])
    assert torch.equal(vmap(lambda i: table[i])(places), table[[2, 0]])
    assert torch.equal(vmap(lambda i: table[:, i])(places), table[:, [2, 0]].t())
    pairs = vmap(vmap(lambda i, j: table[i, j], in_dims=(None, 0)), in_dims=(0, None))(places, torch.tensor([3, 1]))
    assert pairs.tolist() == [[11.0, 9.0], [3.0, 1.0]]
