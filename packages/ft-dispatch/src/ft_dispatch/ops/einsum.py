"""Sums of products: einsum and its relatives (tensordot, inner, chains, bilinear, Kronecker), as matrix products.

einsum goes two operands at a time from left to right. Its grammar is torch's: letters of both cases, `...` for broadcast dims,
repeated letters of one operand take the diagonal, an output without an arrow is the letters that occur once, in order. The
sublist form is turned into an equation first.
"""

from functools import lru_cache

from ft_core import Tensor, notices
from ft_core.keys import GRAD, IRREG, VIEW
from ft_core.layout import broadcast_shapes
from ft_core.state import TL

from ..kinds import COMPOSITE, OPAQUE
from ..op import op
from ..registry import binding
from ..routes import UNROUTED, outside_graph
from ..views import owned
from ._given import given
from .matmul import numel
from .movement import cat

einsum = op(
    "einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor",
    "Sums of products by an equation of subscripts.",
    kind=COMPOSITE,
    variants="",
)

inner = op("inner(Tensor self, Tensor other) -> Tensor", "Sums of products over the last dims.", kind=COMPOSITE, out=True)
tensordot = op(
    "tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor",
    "Sums of products over given dims.",
    kind=COMPOSITE,
    variants="",
)
chain_matmul = op("chain_matmul(Tensor[] matrices) -> Tensor", "Product of several matrices.", kind=COMPOSITE, variants="")
linalg_multi_dot = op(
    "linalg_multi_dot(Tensor[] tensors) -> Tensor",
    "Product of several matrices in the cheapest order.",
    kind=COMPOSITE,
    variants="",
    python="linalg.multi_dot",
    out=True,
)
linalg_vecdot = op(
    "linalg_vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor",
    "Inner products along a dim, the first conjugated.",
    kind=COMPOSITE,
    variants="",
    python="linalg.vecdot",
    out=True,
)
bilinear = op(
    "bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor",
    "input1 @ weight[k] @ input2 for each k.",
    kind=COMPOSITE,
    variants="",
    python="nn.functional.bilinear bilinear",
)
trilinear = op(
    "_trilinear(Tensor i1, Tensor i2, Tensor i3, int[] expand1, int[] expand2, int[] expand3, int[] sumdim, int unroll_dim=1) -> Tensor",
    "The sum over sumdim of the product of three tensors, each with the dims of its expand list put in, slice by slice of unroll_dim.",
    kind=OPAQUE,
    variants="function",
    steps=True,
)
kron = op("kron(Tensor self, Tensor other) -> Tensor", "Kronecker product.", kind=COMPOSITE, out=True)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _parsed(equation, tensors):
    """(subscripts of each operand as lists with None for the dots, of the output or None)."""
    text = equation.replace(" ", "")
    left, arrow, right = text.partition("->")
    parts = left.split(",")
    if len(parts) < len(tensors):
        raise RuntimeError("einsum(): more operands were provided than specified in the equation")
    if len(parts) > len(tensors):
        raise RuntimeError("einsum(): fewer operands were provided than specified in the equation")
    return [_letters(part, i) for i, part in enumerate(parts)], _letters(right, -1) if arrow else None


def _letters(part, operand):
    where = f"operand {operand}" if operand >= 0 else "the output"
    found, at = [], 0
    while at < len(part):
        if part[at] in LETTERS:
            found.append(part[at])
            at += 1
        elif part.startswith("...", at):
            if None in found:
                raise RuntimeError(f"einsum(): found '.' for {where} for which an ellipsis was already found")
            found.append(None)
            at += 3
        elif part[at] == ".":
            raise RuntimeError(f"einsum(): found '.' for {where} that is not part of any ellipsis")
        else:
            raise RuntimeError(
                f"einsum(): invalid subscript given at index {at} in the equation string, subscripts must be in [a-zA-Z]"
            )
    return found


def _spelled(subscripts, rank, operand):
    """Subscripts with the dots as numbers: the last broadcast dim is -1, the one before it -2."""
    named = len([s for s in subscripts if s is not None])
    if None not in subscripts:
        if named != rank:
            raise RuntimeError(
                f"einsum(): the number of subscripts in the equation ({named}) does not match the number of dimensions ({rank}) "
                f"for operand {operand} and no ellipsis was given"
            )
        return subscripts
    if named > rank:
        raise RuntimeError(
            f"einsum(): the number of subscripts in the equation ({named}) is more than the number of dimensions ({rank}) "
            f"for operand {operand}"
        )
    at = subscripts.index(None)
    return subscripts[:at] + list(range(named - rank, 0)) + subscripts[at + 1 :]


def _output(right, spelled):
    dots = sorted({s for each in spelled for s in each if isinstance(s, int)})
    if right is None:
        every = [s for each in spelled for s in each if isinstance(s, str)]
        return dots + sorted({s for s in every if every.count(s) == 1})
    seen = set()
    for s in right:
        if s is not None and s in seen:
            raise RuntimeError(f"einsum(): output subscript {s} appears more than once in the output")
        if s is not None and not any(s in each for each in spelled):
            raise RuntimeError(f"einsum(): output subscript {s} does not appear in the equation for any input operand")
        seen.add(s)
    if None not in right:
        return list(right)
    at = right.index(None)
    return list(right[:at]) + dots + list(right[at + 1 :])


def _single(x, subscripts):
    """Repeated subscripts of one operand replaced by their diagonal."""
    subscripts = list(subscripts)
    for s in dict.fromkeys(subscripts):
        while subscripts.count(s) > 1:
            first = subscripts.index(s)
            second = subscripts.index(s, first + 1)
            if x.shape[first] != x.shape[second]:
                raise RuntimeError(
                    f"einsum(): subscript {s} is repeated for operand but the sizes don't match, {x.shape[second]} != "
                    f"{x.shape[first]}"
                )
            x = x.diagonal(0, first, second)
            del subscripts[second]
            del subscripts[first]
            subscripts.append(s)
    return x, subscripts


def _aligned(x, subscripts, order):
    """x with its dims in `order`, size 1 where it lacks one."""
    place = {s: i for i, s in enumerate(subscripts)}
    x = x.permute([place[s] for s in order if s in place])
    for i, s in enumerate(order):
        if s not in place:
            x = x.unsqueeze(i)
    return x


def _pair(a, b, summed):
    """Sum of a * b (aligned) over the dims in `summed`, which are kept with size 1: one batched product (torch's
    sumproduct_pair).
    """
    if not summed:
        return a * b
    rank = a.ndim
    only_a, only_b, both, free_a, free_b, shared = [], [], [], [], [], []
    for d in range(rank):
        in_a, in_b = a.shape[d] != 1, b.shape[d] != 1
        if d in summed:
            (both if in_a and in_b else only_a if in_a else only_b).append(d)
        else:
            (shared if in_a and in_b else free_a if in_a else free_b if in_b else shared).append(d)
    if only_a:
        a = a.sum(only_a, keepdim=True, dtype=a.dtype)
    if only_b:
        b = b.sum(only_b, keepdim=True, dtype=b.dtype)
    rows, columns, batch = ([x.shape[d] for d in dims] for x, dims in ((a, free_a), (b, free_b), (a, shared)))
    depth = numel(a.shape[d] for d in both)
    left = a.permute(shared + free_a + both + only_a + free_b + only_b).reshape((numel(batch), numel(rows), depth))
    right = b.permute(shared + both + free_b + free_a + only_a + only_b).reshape((numel(batch), depth, numel(columns)))
    made = left.bmm(right).view((*batch, *rows, *columns, *[1] * len(both + only_a + only_b)))
    order = shared + free_a + free_b + both + only_a + only_b
    return made.permute([order.index(d) for d in range(rank)])


def _sizes(spelled, tensors):
    """Size of each subscript; 1 broadcasts."""
    found = {}
    for i, (subscripts, x) in enumerate(zip(spelled, tensors, strict=True)):
        for s, n in zip(subscripts, x.shape, strict=True):
            have = found.get(s, 1)
            if have != n and have != 1 and n != 1:
                raise RuntimeError(
                    f"einsum(): subscript {s} has size {n} for operand {i} which does not broadcast with previously seen size "
                    f"{have}"
                )
            found[s] = n if have == 1 else have
    return found


@lru_cache(256)
def _two(equation, first, second):
    """How two operands of these sizes become one batched product and the result, or None where it takes more than that.

    (dims and sizes of the left operand, of the right one, sizes and dims of the product), None for what is in order already.
    """
    left, arrow, right = equation.replace(" ", "").partition("->")
    parts = left.split(",")
    if not arrow or len(parts) != 2 or not set(left + right) <= {*LETTERS, ","} or 1 in first or 1 in second:
        return None
    a, b = parts
    sizes = dict(zip(a + b, first + second, strict=False))
    whole = all(len(set(part)) == len(part) == len(shape) for part, shape in ((a, first), (b, second))) and len(set(right)) == len(
        right
    )
    if not whole or tuple([sizes[s] for s in a]) != first or tuple([sizes[s] for s in b]) != second or not set(right) <= set(a + b):
        return None
    summed = [s for s in dict.fromkeys(a + b) if s not in right]
    if not summed or any(s not in a or s not in b for s in summed):
        return None
    batch = [s for s in right if s in a and s in b]
    rows, columns = [s for s in right if s in a and s not in b], [s for s in right if s in b and s not in a]
    n, r, c, depth = (numel(sizes[s] for s in dims) for dims in (batch, rows, columns, summed))
    made = batch + rows + columns
    return (
        _arranged(a, batch + rows + summed, first, (n, r, depth)),
        _arranged(b, batch + summed + columns, second, (n, depth, c)),
        _arranged(made, list(right), (n, r, c), tuple([sizes[s] for s in made])),
    )


def _arranged(subscripts, order, have, shape):
    """(dims in which `subscripts` are permuted to `order` or None, sizes or None where they are those of the tensor)."""
    dims = tuple([list(subscripts).index(s) for s in order])
    moved = None if dims == tuple(range(len(dims))) else dims
    return moved, None if shape == have and moved is None else shape


def _product(equation, a, b):
    """einsum of two tensors outside the graph by the plan of `_two`; None where there is none."""
    k = a._k | b._k | TL.st.bits
    if k & (UNROUTED | IRREG) or (
        k & (GRAD | VIEW) and not (outside_graph(a, a._k | TL.st.bits) and outside_graph(b, b._k | TL.st.bits))
    ):
        return None
    plan = _two(equation, a._a.shape, b._a.shape)
    if plan is None:
        return None
    for i, (dims, shape) in enumerate(plan[:2]):
        x = b if i else a
        x = x if dims is None else x.permute(dims)
        x = x if shape is None else x.reshape(shape)
        a, b = (a, x) if i else (x, b)
    made, (dims, shape) = a.bmm(b), plan[2]
    made = made if shape is None else made.view(shape)
    return made if dims is None else made.permute(dims)


def _quick_einsum(careful):
    def einsum(*args):
        if len(args) == 3 and args[0].__class__ is str:
            _, a, b = args
            if a.__class__ is Tensor and b.__class__ is Tensor:
                made = _product(*args)
                if made is not None:
                    return made
        return careful(*args)

    return einsum


@einsum.decompose
def _(equation, tensors, path):
    if not tensors:
        raise RuntimeError("einsum(): must provide at least one operand")
    left, right = _parsed(equation, tensors)
    spelled = [_spelled(subscripts, x.ndim, i) for i, (subscripts, x) in enumerate(zip(left, tensors, strict=True))]
    wanted = _output(right, spelled)
    operands = [_single(x, subscripts) for x, subscripts in zip(tensors, spelled, strict=True)]
    _sizes([s for _, s in operands], [x for x, _ in operands])
    order = wanted + [s for s in dict.fromkeys(s for _, each in operands for s in each) if s not in wanted]
    last = {s: max(i for i, (_, each) in enumerate(operands) if s in each) for s in order}
    aligned = [_aligned(x, subscripts, order) for x, subscripts in operands]
    free = len(wanted)
    made = aligned[0]
    now = [d for d in range(free, len(order)) if last[order[d]] == 0]
    if now:
        made = made.sum(now, keepdim=True)
    for i, x in enumerate(aligned[1:], 1):
        done = [d for d in range(free, len(order)) if last[order[d]] == i]
        made = _pair(made, x, done)
    for _ in range(len(order) - free):
        made = made.squeeze(-1)
    return owned(made) if now and len(aligned) == 1 else made


@inner.into
def _(out, self, other):
    return given(out, inner.wrapper(self, other), cast=self.ndim == 0 or other.ndim == 0)


@inner.decompose
def _(self, other):
    if self.ndim == 0 or other.ndim == 0:
        return self * other
    if self.shape[-1] != other.shape[-1]:
        raise RuntimeError(
            f"inner() the last dimension must match on both input tensors but got shapes {list(self.shape)} and {list(other.shape)}"
        )
    return tensordot.wrapper(self, other, (self.ndim - 1,), (other.ndim - 1,))


@tensordot.decompose
def _(self, other, dims_self, dims_other):
    if len(dims_self) != len(dims_other):
        raise RuntimeError("both dimension lists should have same length")
    dims_self = [d % self.ndim for d in dims_self]
    dims_other = [d % other.ndim for d in dims_other]
    for i, (d, e) in enumerate(zip(dims_self, dims_other, strict=True)):
        if self.shape[d] == 1 != other.shape[e]:
            other = other.sum(e, keepdim=True, dtype=other.dtype)
        elif other.shape[e] == 1 != self.shape[d]:
            self = self.sum(d, keepdim=True, dtype=self.dtype)
        elif self.shape[d] != other.shape[e]:
            raise RuntimeError(
                f"contracted dimensions need to match, but first has size {self.shape[d]} in dim {dims_self[i]} "
                f"and second has size {other.shape[e]} in dim {dims_other[i]}"
            )
    free_self = [d for d in range(self.ndim) if d not in dims_self]
    free_other = [d for d in range(other.ndim) if d not in dims_other]
    rows, columns = [self.shape[d] for d in free_self], [other.shape[d] for d in free_other]
    depth = numel(self.shape[d] for d in dims_self)
    if numel(rows) == numel(columns) == 1:  # one element, which torch takes as a dot product
        return (
            self.permute(free_self + dims_self)
            .reshape(-1)
            .dot(other.permute(dims_other + free_other).reshape(-1))
            .reshape((*rows, *columns))
        )
    left = self.permute(free_self + dims_self).reshape((numel(rows), depth))
    right = other.permute(dims_other + free_other).reshape((depth, numel(columns)))
    return owned(left.mm(right).reshape((*rows, *columns)))


def _multiplied(matrices):
    """Product in the order that needs fewest multiplications (dynamic programming over spans)."""
    n = len(matrices)
    sizes = [m.shape[0] for m in matrices] + [matrices[-1].shape[1]]
    cost = [[0] * n for _ in range(n)]
    cut = [[0] * n for _ in range(n)]
    for span in range(1, n):
        for i in range(n - span):
            j = i + span
            options = [(cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1], k) for k in range(i, j)]
            cost[i][j], cut[i][j] = min(options)

    def span_product(i, j):
        return matrices[i] if i == j else span_product(i, cut[i][j]).mm(span_product(cut[i][j] + 1, j))

    return span_product(0, n - 1)


@chain_matmul.decompose
def _(matrices):
    for m in matrices:
        if m.ndim != 2:
            raise RuntimeError(f"Tensor dimension is {m.ndim}, expected 2 instead.")
    return matrices[0].clone() if len(matrices) == 1 else _multiplied(list(matrices))


@linalg_multi_dot.decompose
def _(tensors):
    if len(tensors) < 2:
        raise RuntimeError(f"multi_dot(): expected at least 2 tensors but got {len(tensors)}")
    chain = list(tensors)
    first, last = chain[0].ndim == 1, chain[-1].ndim == 1
    chain[0] = chain[0].unsqueeze(0) if first else chain[0]
    chain[-1] = chain[-1].unsqueeze(-1) if last else chain[-1]
    for i, m in enumerate(chain):
        if m.ndim != 2:
            raise RuntimeError(f"multi_dot(): tensor {i} must be 2D but got {tensors[i].ndim}D")
    made = _multiplied(chain)
    made = made.squeeze(0) if first else made
    return made.squeeze(-1) if last else made


@linalg_vecdot.decompose
def _(x, y, dim):
    return ((x.conj() if x.is_complex() else x) * y).sum(dim)


@bilinear.decompose
def _(input1, input2, weight, bias):
    rows1, rows2 = input1.reshape((-1, input1.shape[-1])), input2.reshape((-1, input2.shape[-1]))
    if weight.dtype.opmath is weight.dtype:
        half = tensordot.wrapper(rows1, weight, (1,), (1,))  # (rows, outputs, second)
        made = half.matmul(rows2.unsqueeze(-1)).squeeze(-1)
    else:  # output by output, as in torch, whose gradients add up a rounded term of each
        made = trilinear.wrapper(rows1, weight, rows2, (1, 3), (0,), (1, 2), (2, 3))
    made = made.reshape((*input1.shape[:-1], weight.shape[0]))
    return made if bias is None else made + bias


def _spread(x, expand):
    """`x` with dims of size 1 at the places of `expand`."""
    for dim in sorted(expand):
        x = x.unsqueeze(dim)
    return x


def _trilinear_shape(operands, expands, sumdim):
    """(shape before the sum, shape after it)."""
    shape = ()
    for x, expand in zip(operands, expands, strict=True):
        sizes = list(x.shape)
        for dim in sorted(expand):
            sizes.insert(dim, 1)
        shape = broadcast_shapes(shape, tuple(sizes))
    return shape, tuple([n for dim, n in enumerate(shape) if dim not in sumdim])


@trilinear.meta
def _(i1, i2, i3, expand1, expand2, expand3, sumdim, unroll_dim):
    return [(_trilinear_shape((i1, i2, i3), (expand1, expand2, expand3), sumdim)[1], i1.dtype)]


def _summed_product(x, y, dims):
    """The product of two tensors of one rank, summed over dims, which stay with size 1."""
    if not dims:
        return x * y
    letters = LETTERS[: x.ndim]
    kept = "".join(s for i, s in enumerate(letters) if i not in dims)
    return _spread(einsum.wrapper(f"{letters},{letters}->{kept}", (x, y)), dims)


@trilinear.decompose
def _(i1, i2, i3, expand1, expand2, expand3, sumdim, unroll_dim):
    operands, expands = (i1, i2, i3), (expand1, expand2, expand3)
    full, shape = _trilinear_shape(operands, expands, sumdim)
    if 0 in full:
        return i1.new_zeros(shape)
    whole = [_spread(x, expand) for x, expand in zip(operands, expands, strict=True)]
    early = [d for d in sumdim if d != unroll_dim and d in expand3]
    late = [d for d in sumdim if d != unroll_dim and d not in expand3]
    pieces = []
    for k in range(full[unroll_dim]):
        x, y, z = (x if x.shape[unroll_dim] == 1 else x.narrow(unroll_dim, k, 1) for x in whole)
        pieces.append(_summed_product(_summed_product(x, y, early), z, late))
    made = sum(pieces[1:], pieces[0]) if unroll_dim in sumdim else cat(pieces, unroll_dim)
    return made.reshape(shape)


@kron.decompose
def _(self, other):
    rank = max(self.ndim, other.ndim)
    a, b = [1] * (rank - self.ndim) + list(self.shape), [1] * (rank - other.ndim) + list(other.shape)
    left = self.reshape([n for size in a for n in (size, 1)])
    right = other.reshape([n for size in b for n in (1, size)])
    return owned((left * right).reshape([n * m for n, m in zip(a, b, strict=True)]))


def _equation_of(args):
    """(equation, operands) of the sublist form: tensor, list of ints, …, optional output list."""

    def spell(sublist):
        return "".join("..." if s is Ellipsis else LETTERS[s] for s in sublist)

    operands, sublists = list(args[0::2]), list(args[1::2])
    output = ""
    if len(args) % 2:
        output = "->" + spell(operands.pop())
    return ",".join(map(spell, sublists)) + output, operands


@binding("einsum", method=False, quick=_quick_einsum)
def einsum_binding(*args):
    """Sums of products of the operands by an equation ("ij,jk->ik"), or by lists of ints between the operands.

    Raises RuntimeError where the equation and the operands' shapes do not fit. Source: torch.einsum.
    """
    if len(args) < 2:
        raise ValueError(
            "einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts list"
        )
    if isinstance(args[0], str):
        equation, operands = args[0], args[1:]
    else:
        equation, operands = _equation_of(args)
    if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        operands = operands[0]
    return einsum.wrapper(equation, list(operands))


@binding("tensordot", method=False, out="exact")
def tensordot_binding(a, b, dims=2):
    """Sums of products: `dims` is how many trailing dims of a meet leading dims of b, or the pair of dim lists."""
    if isinstance(dims, int):
        if dims < 0:
            raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
        of_a, of_b = list(range(-dims, 0)), list(range(dims))
    elif hasattr(dims, "tolist"):
        of_a, of_b = dims.tolist() if dims.numel() > 1 else (list(range(-int(dims), 0)), list(range(int(dims))))
    else:
        of_a, of_b = ([d] if isinstance(d, int) else list(d) for d in dims)
    return tensordot.wrapper(a, b, of_a, of_b)


@binding("chain_matmul", method=False, out="exact")
def chain_matmul_binding(*matrices):
    """Product of several matrices in the cheapest order."""
    notices.once(
        "torch.chain_matmul is deprecated and will be removed in a future PyTorch release. Use torch.linalg.multi_dot instead, which "
        "accepts a list of two or more tensors rather than multiple parameters."
    )
    return chain_matmul.wrapper(matrices)
