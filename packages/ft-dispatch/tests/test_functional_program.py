"""Programs without writes: no step changes a value, and the values are those of the program that writes."""

import numpy as np
import pytest
from op_samples import f

import ft_autograd
from ft_core.backend import backend_for
from ft_dispatch import surface as torch
from ft_dispatch.registry import OPS
from ft_dispatch.trace import capture, functionalize
from ft_dispatch.trace.functional import Value

CPU = backend_for("cpu")


def evaluate(pure, arrays):
    """Run the steps on NumPy arrays that are made read-only, so that a step that writes fails."""
    held = {}
    for value, array in zip(pure.inputs, arrays, strict=True):
        held[value.number] = array
    for array, value in pure.bound:
        held[value.number] = array.copy()
    for step in pure.steps:
        made = _step(step, [_look(a, held) for a in step.args])
        for out, array in zip(step.outs, made, strict=True):
            assert array.shape == out.shape
            array.flags.writeable = False
            held[out.number] = array
    return [held[v.number] for v in pure.results], {m.number: held[v.number] for m, v in pure.mutations}


def _look(value, held):
    if isinstance(value, Value):
        return held[value.number]
    return [_look(v, held) for v in value] if isinstance(value, list) else value


def _step(step, args):
    if step.op == "empty":
        return [np.zeros(args[0], args[1].numpy)]
    if step.op == "cast":
        return [CPU.cast(*args)]
    if step.op in ("as_strided", "as_strided_scatter"):
        root = args[0].copy()
        sizes, steps, offset = args[-3:]
        place = CPU.strided_view(root, step.outs[0].dtype if step.op == "as_strided" else step.args[0].dtype, sizes, steps, offset)
        if step.op == "as_strided":
            return [place.copy()]
        place[...] = args[1]
        return [root]
    kernel = CPU.kernels[step.op]
    if OPS[step.op].n_outputs == 0:
        copies = [[a.copy() for a in arg] if isinstance(arg, list) else arg for arg in args]
        kernel.fn(*copies, out=CPU.ALLOC)
        return [a for i in OPS[step.op].lists_at if OPS[step.op].params[i].write for a in copies[i]]
    made = kernel.fn(*args, out=CPU.ALLOC)
    return [made] if OPS[step.op].n_outputs == 1 else list(made)


FUNCTIONS = {
    "pure": lambda x: (x * 2).exp() + x,
    "write": lambda x: (x * 2).add_(1).mul_(x),
    "view written": lambda x: _written(x.clone(), lambda y: y.t().narrow(0, 1, 2)),
    "row and column": lambda x: _written(_written(x.clone(), lambda y: y.select(0, 1)), lambda y: y.select(1, 0)),
    "argument written": lambda x: _written(x, lambda y: y.narrow(1, 0, 2)).sum(),
    "irregular": lambda x: _written((x.t() + x.t()), lambda y: y.select(0, 0)),
    "dtype": lambda x: x.to(torch.float64).cumsum(0),
}


def _written(y, view):
    view(y).mul_(10)
    return y


@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_are_those_of_the_program(name):
    program = capture(FUNCTIONS[name], f(3, 4))
    pure = functionalize(program)
    x = f(3, 4)
    results, mutated = evaluate(pure, [x.numpy().copy()])
    want = program(x)
    assert np.array_equal(results[0], want.numpy())
    assert bool(mutated) == (name == "argument written")
    for array in mutated.values():
        assert np.array_equal(array, x.numpy())


def test_a_training_step_mutates_at_its_end_only():
    w = f(4, 3).requires_grad_()

    def step(x):
        loss = (x @ w).tanh().sum()
        loss.backward()
        with ft_autograd.no_grad():
            w.sub_(w.grad)
        w.grad = None
        return loss

    program = capture(step, f(2, 4))
    pure = functionalize(program)
    x = f(2, 4)
    (loss,), mutated = evaluate(pure, [x.numpy()])
    assert np.array_equal(loss, program(x).numpy())
    assert [np.array_equal(a, w.detach().numpy()) for a in mutated.values()] == [True]
    assert str(pure).count("<-") == 1
