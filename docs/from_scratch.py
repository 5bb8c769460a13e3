"""The core of FrankenTorch, retold from nothing: read from top to bottom, or run it.

One file and NumPy: a table of ops, keys and routes, gradients in both directions, batches, and a tracer, until a network
learns and its whole training step is one generated function. Each part here is the smallest that still works the way the real
one does; the last lines say what was left out and where it lives.
"""

# ruff: noqa: PLW0108 - the parameter names of a rule are read, so a lambda may not be shortened to the function it calls

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

# -- 1. Kernels ------------------------------------------------------------------------------------------------------------
#
# Everything that computes is a plain function over plain arrays. It has not heard of tensors, gradients or batches, so it may
# be a NumPy ufunc as it stands. A backend is a table of such functions; whoever brings another table brings another machine.

NUMPY: dict[str, Callable[..., Any]] = {
    "add": np.add,
    "mul": np.multiply,
    "neg": np.negative,
    "reciprocal": np.reciprocal,
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
    "matmul": np.matmul,
    "t": lambda x: np.swapaxes(x, -1, -2),
    "sum": lambda x, dim: np.sum(x, dim, keepdims=True),
    "expand": np.broadcast_to,
    "reshape": np.reshape,
}

# -- 2. Tensors and keys ---------------------------------------------------------------------------------------------------
#
# A tensor is a payload `_a` and one integer `_k`. Each bit of the integer is something a call may have to know: is there a
# gradient to record, is this a batch in disguise, whose array is it? A call ORs the keys of its arguments with the bits of
# the current mode, and one look-up with that union replaces every `if`. Bits that are rare cost nothing while they are
# absent.

GRAD, BATCH, DUAL, CPU, TRACE, NOGRAD = (1 << i for i in range(6))
PLACES = CPU | TRACE
MODE = 0  # the bits of the current mode; the real one is per thread


class Tensor:
    """A payload, its key, the node that made it (None for a leaf), and the gradient that backward leaves at a leaf."""

    __slots__ = ("_a", "_k", "_node", "grad")

    def __init__(self, payload: Any, key: int = CPU, node: Node | None = None) -> None:
        self._a, self._k, self._node, self.grad = payload, key, node, None

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes as the program sees them: a batch in disguise does not show its batch dimension."""
        if self._k & DUAL:
            return self._a[0].shape
        return tuple(self._a.shape[1:]) if self._k & BATCH else tuple(self._a.shape)

    def __repr__(self) -> str:
        return f"Tensor({self._a})"


def tensor(data: Any, requires_grad: bool = False) -> Tensor:
    """A leaf over a NumPy copy of `data`."""
    return Tensor(np.array(data, np.float64), CPU | (GRAD if requires_grad else 0))


@contextmanager
def mode(bits: int) -> Iterator[None]:
    """Calls inside have these bits in their keys."""
    global MODE
    before, MODE = MODE, MODE | bits
    try:
        yield
    finally:
        MODE = before


# -- 3. The op table -------------------------------------------------------------------------------------------------------
#
# An op is one record: a name, which arguments are tensors, which are parameters, and a *kind*. The kind says enough for whole
# families of rules, as parts 6 and 7 will show. A decomposition says the op in terms of others; an op that has one needs
# nothing else from anybody.

ELEMENTWISE, FROM_THE_END, SHAPED = "elementwise", "counts its dimensions from the end", "takes a shape"
OPS: dict[str, Op] = {}


class Op:
    """One row of the table, and the function that users call."""

    def __init__(self, name: str, tensors: str, params: str = "", kind: str = ELEMENTWISE, decompose: Any = None) -> None:
        self.name, self.kind, self.decompose = name, kind, decompose
        self.tensors, self.params = tensors.split(), params.split()
        self.routes: dict[int, Callable[..., Tensor]] = {}
        OPS[name] = self

    def __call__(self, *args: Any) -> Tensor:
        """Look the union of the keys up; what is not there is worked out once and stays."""
        n = len(self.tensors)
        args = (*[a if isinstance(a, Tensor) else tensor(a) for a in args[:n]], *args[n:])
        key = MODE
        for a in args[:n]:
            key |= a._k
        route = self.routes.get(key)
        if route is None:
            route = self.routes[key] = resolve(self, key)
        return route(*args)


add, mul = Op("add", "self other"), Op("mul", "self other")
neg, reciprocal = Op("neg", "self"), Op("reciprocal", "self")
exp, log, tanh = Op("exp", "self"), Op("log", "self"), Op("tanh", "self")
matmul = Op("matmul", "self other", kind=FROM_THE_END)  # matrices, or stacks of them
t = Op("t", "self", kind=FROM_THE_END)
total = Op("sum", "self", "dim", kind=FROM_THE_END)  # over a tuple of negative dimensions, which stay with size 1
expand, reshape = Op("expand", "self", "shape", kind=SHAPED), Op("reshape", "self", "shape", kind=SHAPED)
sub = Op("sub", "self other", decompose=lambda self, other: add(self, neg(other)))
div = Op("div", "self other", decompose=lambda self, other: mul(self, reciprocal(other)))
sigmoid = Op("sigmoid", "self", decompose=lambda self: reciprocal(1 + exp(-self)))

# Operators are the table's too. Nothing below needs to know that Tensor has methods.

for _name, _op in {"add": add, "mul": mul, "sub": sub, "truediv": div, "matmul": matmul}.items():
    setattr(Tensor, f"__{_name}__", lambda self, other, op=_op: op(self, other))
    setattr(Tensor, f"__r{_name}__", lambda self, other, op=_op: op(other, self))
Tensor.__neg__ = lambda self: neg(self)  # type: ignore[attr-defined]


def sum_all(x: Tensor) -> Tensor:
    """The sum of all elements, without dimensions."""
    return reshape(total(x, tuple(range(-len(x.shape), 0))), ())


# -- 4. Resolving: who looks at a call, and in which order -----------------------------------------------------------------
#
# Capabilities are layers. Each takes its bit out of the way and calls the op again, which looks up a smaller key. The order
# is the whole design: recording comes first, so that what is recorded may itself be a batch or a dual number; then the
# disguises; then an array. An op without a rule here is looked at in pieces, and only where there are no pieces do we give
# up, saying what would help.


def resolve(op: Op, key: int) -> Callable[..., Tensor]:
    """The function that serves calls of `op` with this key."""
    if key & GRAD and not key & NOGRAD:
        return _layer(op, record, op.name in RULES, "gradient rule")
    if key & DUAL:
        return _layer(op, push_forward, op.name in RULES, "gradient rule")
    if key & BATCH:
        return _layer(op, batched, op.decompose is None, "batching rule")
    place = TRACE if key & TRACE else CPU  # a trace takes NumPy arrays in as constants
    kernel = KERNELS[place].get(op.name)
    return _layer(op, lambda op, *args: run(kernel, place, op, args), kernel is not None, "kernel")


def _layer(op: Op, interpreter: Callable[..., Tensor], able: bool, what: str) -> Callable[..., Tensor]:
    if able:
        return lambda *args: interpreter(op, *args)
    if op.decompose is None:
        raise NotImplementedError(f"{op.name}: no {what} and no decomposition; either would do")
    return op.decompose


def run(kernel: Any, place: int, op: Op, args: tuple[Any, ...]) -> Tensor:
    """The lowest layer: payloads in, one kernel, a tensor around what comes out."""
    n = len(op.tensors)
    return Tensor(kernel(*[a._a for a in args[:n]], *args[n:]), place)


# -- 5. Rules, and the way back --------------------------------------------------------------------------------------------
#
# The parameter names of a rule say what it wants: an argument, the `result`, the cotangent `g`. What it does not name is not
# kept. An elementwise op states its local derivative, a linear one its transpose; each serves both directions, which is why
# there are two forms and not one. Rules are written with ops, so they can be differentiated, batched and traced like
# everything else.

RULES: dict[str, dict[str, tuple[str, Callable[..., Any]]]] = {}


def rule(form: str, op: str, wrt: str, function: Callable[..., Any]) -> None:
    """Enter the rule of one argument; `form` is "local" or "transpose"."""
    RULES.setdefault(op, {})[wrt] = (form, function)


rule("transpose", "add", "self", lambda g: g)
rule("transpose", "add", "other", lambda g: g)
rule("local", "mul", "self", lambda other: other)
rule("local", "mul", "other", lambda self: self)
rule("transpose", "neg", "self", lambda g: -g)
rule("local", "reciprocal", "self", lambda result: -(result * result))
rule("local", "exp", "self", lambda result: result)
rule("local", "log", "self", lambda self: reciprocal(self))
rule("local", "tanh", "self", lambda result: 1 - result * result)
rule("transpose", "matmul", "self", lambda g, other: g @ t(other))
rule("transpose", "matmul", "other", lambda g, self: t(self) @ g)
rule("transpose", "t", "self", lambda g: t(g))
rule("transpose", "sum", "self", lambda g, self_shape: expand(g, self_shape))
rule("transpose", "expand", "self", lambda g: g)  # `fit` below sums what was repeated
rule("transpose", "reshape", "self", lambda g, self_shape: reshape(g, self_shape))

_sequence = itertools.count().__next__


class Node:
    """One recorded op: where its inputs came from, and what its rules asked for."""

    __slots__ = ("edges", "op", "saved", "seq", "shape")

    def value(self, name: str) -> Any:
        """Something saved. The result was kept without its tensor, which would point back here; it is put together again now."""
        if name == "result":
            payload, key = self.saved[name]
            return Tensor(payload, key, self)
        return self.saved[name]


def wanted(function: Callable[..., Any]) -> tuple[str, ...]:
    """The parameter names of a rule."""
    return function.__code__.co_varnames[: function.__code__.co_argcount]


def record(op: Op, *args: Any) -> Tensor:
    """Run the op below this layer, then attach the node that knows the way back."""
    with mode(NOGRAD):
        out = op(*args)
    made = Tensor(out._a, out._k | GRAD)
    made._node = node = Node()
    node.op, node.seq, node.shape = op, _sequence(), made.shape
    named = dict(zip(op.tensors + op.params, args, strict=True))
    node.edges = [named[name] if named[name]._k & GRAD else None for name in op.tensors]
    node.edges = [edge and (edge._node or edge) for edge in node.edges]
    asked = {n for name, edge in zip(op.tensors, node.edges, strict=True) if edge for n in wanted(RULES[op.name][name][1])}
    facts = {"result": (made._a, made._k), "self_shape": args[0].shape, **named}
    node.saved = {name: facts[name] for name in asked - {"g"}}
    return made


# A node's consumers were all recorded after it. So a heap that gives out the highest number first meets every consumer before
# the node: a topological order, the same one every time, which makes gradients add up in the same order every time, bit for
# bit. And because it is a loop, a chain of a million ops needs no stack.


def backward(root: Tensor, g: Any = 1.0, create_graph: bool = False, only: Any = None) -> Tensor | None:
    """Add the gradient of `root` to the `.grad` of every leaf it depends on; or return the one for the edge `only`."""
    if root._node is None:
        raise ValueError("backward: nothing was recorded for this tensor; it depends on no tensor that requires grad")
    found = None
    arrived: dict[Any, Tensor] = {root._node: g if isinstance(g, Tensor) else tensor(g)}
    ready = [(-root._node.seq, root._node)]
    with mode(0 if create_graph else NOGRAD):
        while ready:
            node = heapq.heappop(ready)[1]
            g = arrived.pop(node)
            for name, edge in zip(node.op.tensors, node.edges, strict=True):
                if edge is None:
                    continue
                grad = fit(pull_back(node, name, g), edge.shape)
                if edge is only:
                    found = grad if found is None else found + grad
                elif isinstance(edge, Tensor):
                    if only is None:
                        edge.grad = grad if edge.grad is None else edge.grad + grad
                elif edge in arrived:
                    arrived[edge] = arrived[edge] + grad
                else:
                    arrived[edge] = grad
                    heapq.heappush(ready, (-edge.seq, edge))
    return found


def pull_back(node: Node, name: str, g: Tensor) -> Tensor:
    """The cotangent of one argument."""
    form, function = RULES[node.op.name][name]
    values = [g if n == "g" else node.value(n) for n in wanted(function)]
    return function(*values) if form == "transpose" else g * function(*values)


def fit(grad: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Undo broadcasting, once for all rules: sum over the dimensions that were repeated."""
    have = grad.shape
    lead = len(have) - len(shape)
    repeated = tuple(i - len(have) for i, n in enumerate(have) if i < lead or (shape[i - lead] == 1 and n != 1))
    grad = total(grad, repeated) if repeated else grad
    return reshape(grad, shape) if lead else grad


def grad(f: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """The gradient of a scalar function of one tensor, as a function: it nests, and batches, as any other."""

    def df(x: Tensor) -> Tensor:
        nested = bool(x._k & GRAD)  # somebody outside wants to go through us
        point = x if nested else Tensor(x._a, x._k | GRAD)
        return backward(f(point), create_graph=nested, only=point._node or point)

    return df


# -- 6. Forward mode: the same rules, read the other way -------------------------------------------------------------------
#
# A dual number is a disguise whose payload is a value and a tangent. A local derivative multiplies the tangent as it
# multiplied the cotangent; and what is linear in an argument simply runs again, with the tangent in that argument's place. No
# rule was written for this.


def push_forward(op: Op, *args: Any) -> Tensor:
    """Value and tangent of one op."""
    named = dict(zip(op.tensors + op.params, args, strict=True))
    values = {n: v._a[0] if isinstance(v, Tensor) and v._k & DUAL else v for n, v in named.items()}
    result = op(*values.values())
    facts = {**values, "result": result}
    tangent = None
    for name in op.tensors:
        if not named[name]._k & DUAL:
            continue
        form, function = RULES[op.name][name]
        moved = named[name]._a[1]
        if op.name == "add":
            part = expand(moved, result.shape)  # linear in both together: each tangent passes alone
        elif form == "transpose":
            part = op(*{**values, name: moved}.values())
        else:
            part = moved * function(*[facts[n] for n in wanted(function)])
        tangent = part if tangent is None else tangent + part
    return Tensor((result, tangent), DUAL | CPU)


def jvp(f: Callable[..., Tensor], x: Tensor, tangent: Tensor) -> tuple[Tensor, Tensor]:
    """f(x), and the derivative of f at x in the direction `tangent`."""
    return f(Tensor((x, tangent), DUAL | CPU))._a


# -- 7. Batches: a rule for each kind, none for an op ----------------------------------------------------------------------
#
# vmap puts a tensor with one dimension more behind the shape the function expects. Ops that count from the end do not notice;
# elementwise ones want their ranks aligned; those that take a shape get it with the batch in front.


def batched(op: Op, *args: Any) -> Tensor:
    """One op on whole batches."""
    n = len(op.tensors)
    size = next(a._a.shape[0] for a in args[:n] if a._k & BATCH)
    rank = len(args[-1]) if op.kind == SHAPED else max(len(a.shape) for a in args[:n])
    inner = [_aligned(a, size, rank) if op.kind != FROM_THE_END and op is not reshape else _payload(a) for a in args[:n]]
    params = ((size, *args[-1]),) if op.kind == SHAPED else args[n:]
    return Tensor(op(*inner, *params), BATCH | CPU)


def _payload(a: Tensor) -> Tensor:
    return a._a if a._k & BATCH else a


def _aligned(a: Tensor, size: int, rank: int) -> Tensor:
    if not a._k & BATCH:
        return a
    return reshape(a._a, (size, *(1,) * (rank - len(a.shape)), *a.shape))


def vmap(f: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """f for one example, made a function of a whole batch.

    A gradient *through* it needs numbered levels, which the real one has.
    """

    def mapped(x: Tensor) -> Tensor:
        out = f(Tensor(x, BATCH | CPU))
        if out._k & GRAD:
            raise NotImplementedError("vmap: its function uses a tensor that requires grad; take the gradient inside, not outside")
        return out._a

    return mapped


# -- 8. A tracer is a backend ----------------------------------------------------------------------------------------------
#
# Arrays may be anything, also names. Below autograd sits a backend that writes each call down instead of computing it; what
# it writes is forward, backward and update together, since all of that arrived here as ordinary ops. Compiling begins where
# this text ends.


class Name:
    """An array that will exist when the program runs."""

    def __init__(self, text: str, shape: Sequence[int]) -> None:
        self.text, self.shape = text, tuple(shape)


class Program(list[str]):
    """The lines written so far, and the constants they mention."""

    def __init__(self) -> None:
        super().__init__()
        self.constants: dict[str, Any] = {}

    def kernel(self, name: str) -> Callable[..., Name]:
        """What stands in for a kernel: the shape comes from running it on zeros, the rest is text."""

        def write(*args: Any) -> Name:
            shape = NUMPY[name](*[np.ones(a.shape) if hasattr(a, "shape") else a for a in args]).shape
            self.append(f"v{len(self)} = {name}({', '.join(map(self.spell, args))})")
            return Name(f"v{len(self) - 1}", shape)

        return write

    def spell(self, value: Any) -> str:
        """How an argument reads in the program."""
        if isinstance(value, np.ndarray | np.generic):
            name = f"c{len(self.constants)}"
            self.constants[name] = value
            return name
        return value.text if isinstance(value, Name) else repr(value)


KERNELS: dict[int, dict[str, Callable[..., Any]]] = {CPU: NUMPY, TRACE: {}}


def compile_step(f: Callable[..., Sequence[Tensor]], *examples: Tensor) -> tuple[Callable[..., list[np.ndarray]], Program]:
    """f as one generated function over arrays, and its text."""
    program = Program()
    KERNELS[TRACE] = {name: program.kernel(name) for name in NUMPY}
    for op in OPS.values():
        op.routes = {key: route for key, route in op.routes.items() if not key & TRACE}
    arguments = [Tensor(Name(f"x{i}", e.shape), TRACE | e._k & GRAD) for i, e in enumerate(examples)]
    results = [out._a.text for out in f(*arguments)]
    head = f"def step({', '.join(f'x{i}' for i in range(len(examples)))}):"
    text = "\n    ".join([head, *program, f"return [{', '.join(results)}]"])
    scope: dict[str, Any] = {**NUMPY, **program.constants}
    exec(text, scope)
    return scope["step"], program


# -- 9. It learns ----------------------------------------------------------------------------------------------------------


def train(steps: int = 300) -> tuple[list[float], Program]:
    """Fit a sine with a network of 16 units, by a step that was traced once and never dispatches again."""
    generator = np.random.default_rng(0)
    x = tensor(np.linspace(-3, 3, 64)[:, None])
    y = np.sin(x._a)
    weights = [tensor(generator.normal(size=s) / 2, requires_grad=True) for s in ((1, 16), (1, 16), (16, 1), (1, 1))]

    def step(*parameters: Tensor) -> list[Tensor]:
        w1, b1, w2, b2 = parameters
        wrong = tanh(x @ w1 + b1) @ w2 + b2 - y
        loss = sum_all(wrong * wrong) / 64.0
        backward(loss)
        with mode(NOGRAD):
            return [loss, *[p - 0.1 * p.grad for p in parameters]]

    compiled, program = compile_step(step, *weights)
    arrays, losses = [w._a for w in weights], []
    for _ in range(steps):
        loss, *arrays = compiled(*arrays)
        losses.append(float(loss))
    return losses, program


# What was left out, and where it lives: dtypes and promotion (ft_core.promotion, ft_dispatch.meta); views, in-place writes
# and version counters (ft_core.storage, ft_dispatch.views, ft_autograd.views); hooks, custom functions, modes per thread
# (ft_autograd, ft_core.state); wrappers generated into files, which is what makes a call cost half a microsecond and not five
# (ft_dispatch.codegen); and some hundreds of ops, none of which would teach you anything new.

if __name__ == "__main__":
    x = tensor([0.5, 1.0, 2.0])
    print("gradient    ", grad(lambda v: sum_all(tanh(v) * v))(x))
    print("forward mode", jvp(lambda v: tanh(v) * v, x, tensor([1.0, 1.0, 1.0]))[1])
    print("per example ", vmap(grad(lambda v: v * v * v))(x))
    losses, program = train()
    print(f"the step is {len(program)} lines; the first:", *program[:3], sep="\n    ")
    print(f"loss {losses[0]:.3f} -> {losses[-1]:.4f}")
