"""Cases for the tests that hold for every differentiable op of the table: the table's own samples, in float64 and apart from kinks.

Nothing here lists ops to test: a case exists for every op that says it is differentiable and takes and gives floating-point tensors.
What is listed, each with its reason, are ops whose arguments must keep a property that finite differences would break.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from op_samples import plain, samples  # of ft-dispatch's tests, see conftest

import ft_autograd  # noqa: F401  # fills the table of rules
from ft_autograd.rule import RULES, UNDEFINED
from ft_core import Tensor
from ft_dispatch import surface as torch
from ft_dispatch.kinds import COMPOSITE, CREATION, RANDOM
from ft_dispatch.op import Op
from ft_dispatch.registry import OPS

WIDE = {"float32": torch.float64, "complex64": torch.complex128}


def symmetric(x: Tensor) -> Tensor:
    """Half of x and its adjoint, away from singular ones."""
    return (x + x.mH) / 2 + 2 * torch.eye(x.shape[-1], dtype=x.dtype)


PREPARED = {
    # one triangle is read: a difference along one element would leave the domain, or not be seen
    "linalg_cholesky_ex": (0, symmetric),
    "_linalg_eigh": (0, symmetric),
    "cholesky_inverse": (0, lambda x: x.tril() + torch.eye(x.shape[-1], dtype=x.dtype)),
    "cholesky_solve": (1, lambda x: x.tril()),
    "linalg_eig": (0, lambda x: x + torch.arange(x.shape[-1], dtype=x.dtype).diag()),  # eigenvalues apart
    "acosh": (0, lambda x: x + 1.5),  # not defined below 1
    "special_zeta": (0, lambda x: x + 2),  # not defined below 1
    "_ctc_loss": (0, lambda x: x.log_softmax(2)),  # torch's rule holds for normalised log-probabilities only
    "_ctc_loss.Tensor": (0, lambda x: x.log_softmax(2)),
}
"""What is applied to an argument, inside the differentiated function: its place, the function."""


def phase(v: Tensor) -> Tensor:
    """The factor of absolute value 1 per column that makes the first row real: it is free, and only what fixes it has a gradient."""
    first = v[..., :1, :]
    return first.conj() / first.abs()


SETTLED = {
    "_linalg_svd": lambda u, s, vh: (u * phase(u), s, vh * phase(u).conj().mT),
    "_linalg_eigh": lambda values, v: (values, v * phase(v)),
    "linalg_eig": lambda values, v: (values, v * phase(v)),
}
"""What is done to the outputs of ops that define them up to a phase."""


@dataclass
class ProofCase:
    """One call: the op, its arguments in schema order, the places of the tensors to differentiate, the outputs that have gradients."""

    op: Op
    args: tuple[Any, ...]
    at: list[tuple[int, int | None]]
    outputs: list[int]

    def inputs(self) -> list[Tensor]:
        """Fresh leaves, one for each differentiated place."""
        return [self._held(i, j).detach().clone().requires_grad_() for i, j in self.at]

    def _held(self, i: int, j: int | None) -> Tensor:
        return self.args[i] if j is None else self.args[i][j]

    def __call__(self, *tensors: Tensor) -> Any:
        """The differentiable outputs of the op, with `tensors` in the differentiated places."""
        found = self.all_outputs(*tensors)
        if self.op.name in SETTLED:
            found = list(SETTLED[self.op.name](*found))
        return tuple([found[i] for i in self.outputs])

    def found(self) -> bool:
        """Look which outputs have a gradient; whether there is one."""
        outs = self.all_outputs(*self.inputs())
        self.outputs = [i for i, t in enumerate(outs) if isinstance(t, Tensor) and t.requires_grad]
        return bool(self.outputs)

    def size(self) -> int:
        """Elements of a Jacobian: what a whole comparison costs."""
        return sum(t.numel() for t in self.inputs()) * sum(t.numel() for t in self(*self.inputs()))

    def all_outputs(self, *tensors: Tensor) -> list[Any]:
        """Every output, in the order of the schema."""
        made: list[Any] = [list(a) if isinstance(a, tuple) else a for a in self.args]
        for (i, j), t in zip(self.at, tensors, strict=True):
            if j is None:
                made[i] = t
            else:
                made[i][j] = t
        if self.op.name in PREPARED:
            place, prepare = PREPARED[self.op.name]
            made[place] = prepare(made[place])
        if self.op.nondeterministic:
            torch.manual_seed(0)  # the same mask in each call
        out = self.op(*[tuple(a) if isinstance(a, list) else a for a in made])
        return [out] if isinstance(out, Tensor) else list(out)


def widened(value: Any, place: int) -> Any:
    """An argument in double precision; floats shrink by a factor per place and element, so that equal samples differ and no two tie."""
    if isinstance(value, tuple):
        return tuple([widened(v, place + i) for i, v in enumerate(value)])
    if not isinstance(value, Tensor):
        return WIDE.get(value.name, value) if value.__class__ is torch.float32.__class__ else value
    if value.dtype.name not in WIDE:
        return value.detach()
    value = value.detach().to(WIDE[value.dtype.name])
    ramp = torch.arange(value.numel(), dtype=torch.float64).reshape(value.shape)
    return value * (1 - 0.05 * place - 0.0005 * ramp)


def floating(op: Op, args: tuple[Any, ...]) -> list[tuple[int, int | None]]:
    """Places of the tensors a gradient can be asked for."""
    rules = RULES.get(op.name)
    wanted = set(rules.by_argument) if rules is not None and rules.by_argument else None
    found: list[tuple[int, int | None]] = []
    for i, param in enumerate(op.params):
        if not param.is_tensor or (op.name, param.name) in UNDEFINED or (wanted is not None and param.name not in wanted):
            continue
        if isinstance(args[i], tuple):
            found += [(i, j) for j, t in enumerate(args[i]) if isinstance(t, Tensor) and t.dtype.category >= 2]
        elif isinstance(args[i], Tensor) and args[i].dtype.category >= 2:
            found.append((i, None))
    return found


PROVED_ELSEWHERE = ("fake_quantize", "_fake_quantize")
"""Ops whose gradient is not that of what is computed (rounding counts as the identity); those of sparse tensors have tests of their own."""


def provable(op: Op) -> bool:
    """Whether the op must have a case: it has a gradient of its own, and torch defines it as the one of what is computed."""
    drawn = op.kind is RANDOM or any(p.base == "Generator" for p in op.params)  # torch defines their gradient as zero
    rules = RULES.get(op.name)
    has_one = op.decomposition is not None if rules is None else any((op.name, name) not in UNDEFINED for name in rules.by_argument)
    elsewhere = op.name.startswith(PROVED_ELSEWHERE) or (op.family == "sparse" and op.data_dependent)
    return op.differentiable and has_one and not drawn and not elsewhere and op.kind not in (CREATION, COMPOSITE)


PROVED = [op.name for op in OPS.values() if provable(op)]
"""Every differentiable op that is no composite of others."""


@cache
def cases(name: str) -> list[ProofCase]:
    """The cases of one op, at least one for an op in PROVED (AssertionError that says where samples are written)."""
    op = OPS[name]
    given = samples().get(name) or (plain(op) if op.kind is COMPOSITE else [])
    found = [case for args in given if (case := proof_case(op, args)) is not None]
    assert found or op.kind is COMPOSITE, f"{name}: no sample has a gradient; write a program in ft-dispatch/tests/op_samples.py"
    return found


def proof_case(op: Op, args: tuple[Any, ...]) -> ProofCase | None:
    """The case of one sample; None where no output has a gradient there."""
    args = tuple([widened(a, i) for i, a in enumerate(args)])
    case = ProofCase(op, args, floating(op, args), [])
    return case if case.at and case.found() else None


def complex_case(case: ProofCase) -> ProofCase | None:
    """The same call on complex numbers; None where the op or its gradient refuses them."""
    made = ProofCase(case.op, tuple([turned_complex(a, i) for i, a in enumerate(case.args)]), case.at, [])
    try:
        return made if made.found() else None
    except (RuntimeError, TypeError, NotImplementedError):
        return None


def turned_complex(value: Any, place: int) -> Any:
    """Every real tensor with an imaginary part."""
    if isinstance(value, tuple):
        return tuple([turned_complex(v, place + i) for i, v in enumerate(value)])
    if not isinstance(value, Tensor) or value.dtype is not torch.float64:
        return value
    ramp = torch.arange(value.numel(), dtype=torch.float64).reshape(value.shape)
    return torch.complex(value, (0.3 + 0.02 * ramp) * (1 - 0.1 * place))
