"""Cases for the tests that hold for every differentiable op of the table: the table's own samples, in float64 and apart from kinks.

Nothing here lists ops to test: a case exists for every op that says it is differentiable and takes and gives floating-point tensors.
What is listed, each with its reason, are ops whose arguments must keep a property that finite differences would break.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from op_samples import Harvest, plain, samples  # of ft-dispatch's tests, see conftest

import ft_autograd  # noqa: F401  # fills the table of rules
from ft_autograd.rule import RULES
from ft_core import Tensor
from ft_dispatch import surface as torch
from ft_dispatch.kinds import COMPOSITE, CREATION, RANDOM
from ft_dispatch.op import Op
from ft_dispatch.registry import OPS

__all__ = ["Harvest", "ProofCase", "cases", "proved_ops"]

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
    "special_zeta": (0, lambda x: x + 2),  # not defined below 1
    "_ctc_loss": (0, lambda x: x.log_softmax(2)),  # torch's rule holds for normalised log-probabilities only
}
"""What is applied to an argument, inside the differentiated function: its place, the function."""


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
        return tuple([found[i] for i in self.outputs])

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
        if not param.is_tensor or (wanted is not None and param.name not in wanted):
            continue
        if isinstance(args[i], tuple):
            found += [(i, j) for j, t in enumerate(args[i]) if isinstance(t, Tensor) and t.dtype.category >= 2]
        elif isinstance(args[i], Tensor) and args[i].dtype.category >= 2:
            found.append((i, None))
    return found


@cache
def cases() -> dict[str, list[ProofCase]]:
    """Op name -> its cases, for every differentiable op of the table with a sample that has a gradient."""
    made: dict[str, list[ProofCase]] = {}
    held = samples()
    for op in list(OPS.values()):
        if not op.differentiable or op.kind in (CREATION, RANDOM):
            continue
        given = held.get(op.name) or (plain(op) if op.kind is COMPOSITE else [])
        found = [case for args in given if (case := proof_case(op, args)) is not None]
        if found:
            made[op.name] = found
    return made


def proof_case(op: Op, args: tuple[Any, ...]) -> ProofCase | None:
    """The case of one sample; None where no output has a gradient there."""
    args = tuple([widened(a, i) for i, a in enumerate(args)])
    case = ProofCase(op, args, floating(op, args), [])
    if not case.at:
        return None
    outs = case.all_outputs(*case.inputs())
    case.outputs = [i for i, t in enumerate(outs) if isinstance(t, Tensor) and t.requires_grad]
    return case if case.outputs else None


def proved_ops() -> list[str]:
    """Names of the ops with cases, in table order."""
    return list(cases())
