"""Every gradient of the table, proved: each differentiable op against finite differences, in both modes, twice, complex, batched.

Generated from the table and its samples in float64, at torch's default tolerances: an op that is added is proved without a line here. The
last part breaks a rule of each form on purpose and sees it caught.
"""

from importlib import import_module

import pytest
from table_samples import PROVED, cases, complex_case, samples

from ft_autograd import gradcheck, gradgradcheck
from ft_autograd.backward import grad as pull
from ft_autograd.codegen import compile_op
from ft_autograd.func import jvp, vmap
from ft_autograd.gradcheck import GradcheckError
from ft_autograd.rule import REAL_ONLY, RULES, UNDEFINED, OpRules, Rule, check_names
from ft_autograd.rules.activation import silu_jvp
from ft_dispatch import surface as torch
from ft_dispatch.kinds import COMPOSITE
from ft_dispatch.registry import OPS

pytestmark = pytest.mark.filterwarnings("ignore:There is a performance drop")  # vmap by a loop is slow, not wrong

WHOLE = 600  # Jacobians up to this many elements are compared whole, larger ones in a projection
FIRST_ORDER = {"_ctc_loss", "_ctc_loss.Tensor"}  # torch has no second derivative, and no forward mode, of them either


def small(case):
    return case.size() <= WHOLE


@pytest.mark.parametrize("name", PROVED)
def test_backward(name):
    for case in cases(name):
        assert all(bool(o.isfinite().all()) for o in case(*case.inputs())), "the sample lies outside the op's domain"
        assert gradcheck(case, case.inputs(), fast_mode=not small(case), check_grad_dtypes=True)
        assert gradcheck(case, case.inputs(), fast_mode=True, check_batched_grad=True)


@pytest.mark.parametrize("name", PROVED)
def test_forward_mode(name):
    for case in cases(name):
        if name in FIRST_ORDER:
            with pytest.raises(NotImplementedError, match="has no rule"):
                gradcheck(case, case.inputs(), check_backward_ad=False, check_forward_ad=True)
            continue
        assert gradcheck(
            case,
            case.inputs(),
            fast_mode=not small(case),
            check_backward_ad=False,
            check_forward_ad=True,
            check_batched_forward_grad=not case.op.nondeterministic,
        )


@pytest.mark.parametrize("name", PROVED)
def test_second_derivative(name):
    for case in cases(name):
        if name in FIRST_ORDER:
            with pytest.raises(NotImplementedError, match="has no rule"):
                gradgradcheck(case, case.inputs(), fast_mode=True)
            continue
        assert gradgradcheck(case, case.inputs(), fast_mode=True)


@pytest.mark.parametrize("name", PROVED)
def test_complex(name):
    """On complex numbers a gradient is right, or refused."""
    for real in cases(name):
        case = complex_case(real)
        if case is None:
            continue
        assert name not in REAL_ONLY
        assert gradcheck(case, case.inputs(), fast_mode=not small(case), check_grad_dtypes=True)
        assert gradcheck(case, case.inputs(), fast_mode=True, check_backward_ad=False, check_forward_ad=True)
        assert gradgradcheck(case, case.inputs(), fast_mode=True)


def shifted(case):
    return [torch.stack([t.detach(), t.detach() * 0.9, t.detach() * 0.8]) for t in case.inputs()]


def stacked(rows):
    return [torch.stack(list(column)) for column in zip(*rows, strict=True)]


def agree(found, expected):
    assert len(found) == len(expected)
    for a, b in zip(found, expected, strict=True):
        assert (a.shape, a.dtype) == (b.shape, b.dtype)
        assert torch.allclose(a, b, rtol=1e-9, atol=1e-9, equal_nan=True)


@pytest.mark.parametrize("name", PROVED)
def test_vmap(name):
    """vmap gives what a loop gives, all inputs batched, and each alone beside others that are not."""
    for case in cases(name):
        if case.op.nondeterministic:
            continue  # an example of its own draws numbers of its own
        batches = shifted(case)
        rows = [[b[i].clone() for b in batches] for i in range(3)]  # each alone in its memory: as_strided sees all of it
        agree(vmap(case)(*batches), stacked([case(*row) for row in rows]))
        for at in range(len(batches) if len(batches) > 1 else 0):
            dims = tuple(0 if i == at else None for i in range(len(batches)))
            args = [b if i == at else b[0] for i, b in enumerate(batches)]
            each = [case(*[a[k].clone() if i == at else a for i, a in enumerate(args)]) for k in range(3)]
            agree(vmap(case, in_dims=dims)(*args), stacked(each))


@pytest.mark.parametrize("name", [name for name in PROVED if name not in FIRST_ORDER])
def test_jvp_is_the_transpose_of_vjp(name):
    """<u, J v> of forward mode is <J^T u, v> of backward, to rounding: one rule cannot be right in one direction only."""
    for case in cases(name):
        inputs = case.inputs()
        outs = case(*inputs)
        moves = [torch.cos(torch.arange(t.numel(), dtype=torch.float64)).reshape(t.shape).to(t.dtype) for t in inputs]
        seeds = [torch.sin(1 + torch.arange(o.numel(), dtype=torch.float64)).reshape(o.shape).to(o.dtype) for o in outs]
        pulled = pull(outs, inputs, seeds, allow_unused=True, materialize_grads=True)
        _, pushed = jvp(case, tuple(t.detach() for t in inputs), tuple(moves))
        left = sum(dot(u, t) for u, t in zip(seeds, pushed, strict=True))
        right = sum(dot(g, v) for g, v in zip(pulled, moves, strict=True))
        assert left == pytest.approx(right, rel=1e-8, abs=1e-8)


def dot(a, b):
    return float((a.conj() * b).real.sum() if a.is_complex() else (a * b).sum())


def test_composites_inherit_their_gradients():
    """A composite has no rule of its own; those that the signature gives arguments for are checked all the same."""
    checked = 0
    for op in list(OPS.values()):
        if op.kind is COMPOSITE and op.differentiable:
            assert op.name not in RULES or op.decomposition is not None
            for case in cases(op.name):
                assert gradcheck(case, case.inputs(), fast_mode=True)
                checked += 1
    assert checked > 20


@pytest.mark.parametrize("place", sorted(UNDEFINED), ids=" ".join)
def test_undefined_derivatives_are_refused(place):
    name, argument = place
    args = list(samples()[name][0])
    at = OPS[name].index_of[argument]
    args[at] = args[at].detach().clone().requires_grad_()
    made = OPS[name](*args)
    total = (made if isinstance(made, torch.Tensor) else made[0]).to_dense().sum()
    with pytest.raises(NotImplementedError, match=r"the derivative for '.*' is not implemented\."):
        total.backward()


def test_rules_name_what_exists():
    assert check_names() == []
    assert {name for name in REAL_ONLY if name not in OPS} == set()


# -- deliberately wrong rules ---------------------------------------------------------------------------------------------------


class Other:
    """A stand-in for the module of an op's rules: one of them replaced, the rest as they are."""

    def __init__(self, module, name, function):
        self._module = module
        setattr(self, name, function)

    def __getattr__(self, name):
        return getattr(self._module, name)


def break_rule(monkeypatch, name, argument, wrong):
    """From now on `wrong(what the rule found)` is the rule of one argument, in backward and in forward mode."""
    op, rules = OPS[name], RULES[name]
    broken, changed = OpRules(name), {}
    broken.joint, broken.jvp = rules.joint, rules.jvp
    for rule in rules.rules:
        if rule is rules.by_argument[argument]:
            changed[rule.function.__name__] = function = spoiled(rule, wrong)
            made = Rule(rule.form, rule.wrt, function)
            made.names = rule.names
            rule = made
        broken.enter(rule)
    ((function_name, function),) = changed.items()
    module = Other(import_module(rules.rules[0].function.__module__), function_name, function)
    scope = {**vars(import_module(f"ft_autograd.generated.{op.family}")), "rules": module}
    made = compile_op(op, broken, scope)
    monkeypatch.setitem(RULES, name, broken)
    for suffix in ("", "_number", "_any"):
        recorder = made.get(f"record_{op.python_name}{suffix}")
        if recorder is not None:
            monkeypatch.setitem(op.__dict__, f"recorder{suffix}", recorder)
    forget_routes(op)


def forget_routes(op):
    """Routes hold the recorder they were made with."""
    op.table.clear()
    op.number_table.clear()


@pytest.fixture
def repaired(monkeypatch):
    """After the test no route with a broken rule is left."""
    yield
    monkeypatch.undo()
    for op in OPS.values():
        forget_routes(op)


def spoiled(rule, wrong):
    def function(**values):
        return wrong(rule.function(**values))

    function.__name__ = rule.function.__name__
    return function


def first_off(found):
    """A gradient off by one per cent, the first of several."""
    return (found[0] * 1.01, *found[1:]) if isinstance(found, tuple) else found * 1.01


FORMS = {
    "local": ("special_i0e", "self", first_off),
    "transpose": ("mv", "vec", first_off),
    "transpose, joint": ("cat", "tensors", lambda found: [t * 1.01 for t in found]),
    "vjp": ("linalg_qr", "A", first_off),
    "vjp of several arguments": ("native_layer_norm", "input", first_off),
    "vjp that forgets": ("native_layer_norm", "weight", lambda found: (found[0], None, found[2])),
    "transpose of a view": ("diagonal", "self", lambda found: found * 2),
    "vjp in the wrong shape": ("mv", "self", lambda found: found.t()),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_wrong_rule_is_caught(repaired, monkeypatch, form):
    name, argument, wrong = FORMS[form]
    proofs = cases(name)
    for case in proofs:
        assert gradcheck(case, case.inputs(), fast_mode=True)
    break_rule(monkeypatch, name, argument, wrong)
    with pytest.raises(RuntimeError, match=r"Jacobian mismatch|invalid gradient|undefined output grads"):
        assert all(gradcheck(case, case.inputs(), fast_mode=True) for case in proofs)


def test_a_wrong_jvp_is_caught(monkeypatch):
    (case, *_) = cases("silu")
    assert gradcheck(case, case.inputs(), check_backward_ad=False, check_forward_ad=True)
    rule = RULES["silu"].jvp
    monkeypatch.setattr(rule, "function", lambda **values: silu_jvp(**values) * 1.01)
    with pytest.raises(GradcheckError, match="forward mode: Jacobian mismatch"):
        gradcheck(case, case.inputs(), check_backward_ad=False, check_forward_ad=True)


def test_a_wrong_second_derivative_is_caught(repaired, monkeypatch):
    (case, *_) = cases("tanh")
    assert gradgradcheck(case, case.inputs(), fast_mode=True)
    break_rule(monkeypatch, "tanh_backward", "output", first_off)
    assert gradcheck(case, case.inputs(), fast_mode=True)
    with pytest.raises(GradcheckError, match="Jacobian mismatch"):
        gradgradcheck(case, case.inputs(), fast_mode=True)


def test_a_wrong_batching_rule_is_caught(monkeypatch):
    test_vmap("linalg_solve_triangular")
    monkeypatch.setattr(OPS["linalg_solve_triangular"], "batch_rule", lambda op, args, batched, size: op(*args) * 2)
    with pytest.raises(AssertionError):
        test_vmap("linalg_solve_triangular")
