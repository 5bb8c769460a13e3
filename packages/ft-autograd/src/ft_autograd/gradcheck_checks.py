"""The comparisons behind gradcheck: analytical against numerical Jacobians, whole or one projection of them, in both modes and
in vmap."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from ft_core import Tensor
from ft_dispatch import surface as torch

from .backward import grad
from .modes import enable_grad


class GradcheckError(RuntimeError):
    """What gradcheck and gradgradcheck raise when gradients are wrong."""


def as_tuple(value: Any) -> tuple[Any, ...]:
    """One or several values as a tuple."""
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


def _differentiable(values: Any) -> list[Tensor]:
    return [t for t in values if isinstance(t, Tensor) and t.dtype.category >= 2 and t.requires_grad]


class Case:
    """One function at one point: what the checks share."""

    def __init__(self, func: Callable[..., Any], inputs: Any, eps: float, atol: float, rtol: float, nondet_tol: float) -> None:
        self.func = func
        self.given = as_tuple(inputs)
        self.inputs = _differentiable(self.given)
        self.eps, self.atol, self.rtol, self.nondet_tol = eps, atol, rtol, nondet_tol
        self._check_inputs()
        self.outputs = self.run()
        self._numerical: dict[int, list[tuple[Tensor, Tensor | None]]] = {}
        self._moved: dict[int, list[Tensor]] = {}

    def _check_inputs(self) -> None:
        if not self.inputs:
            raise ValueError(
                "gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True."
            )
        for i, t in enumerate(self.given):
            if isinstance(t, Tensor) and t.requires_grad and t.dtype.name not in ("float64", "complex128"):
                warnings.warn(
                    f"Input #{i} requires gradient and is not a double precision floating point or complex. This check will "
                    f"likely fail if all the inputs are not of double precision floating point or complex. ",
                    stacklevel=5,
                )
            if (
                isinstance(t, Tensor)
                and t.requires_grad
                and any(step == 0 and n > 1 for step, n in zip(t.stride(), t.shape, strict=True))
            ):
                raise RuntimeError(
                    f"The {i}th input has a dimension with stride 0. gradcheck only supports inputs that are non-overlapping to "
                    f"be able to compute the numerical gradients correctly. You should call .contiguous on the input before passing it to gradcheck."
                )

    def run(self) -> list[Tensor]:
        """Differentiable outputs of the function."""
        with enable_grad():
            return [t for t in as_tuple(self.func(*self.given)) if isinstance(t, Tensor) and t.dtype.category >= 2]

    def values(self) -> list[Tensor]:
        """The outputs' values at the (perturbed) inputs, in memory of their own."""
        return [o.detach().clone() for o in self.run()]

    def numerical(self, index: int) -> list[tuple[Tensor, Tensor | None]]:
        """Per output (d out / d re, d out / d im) as matrices (input elements, output elements), by central differences."""
        found = self._numerical.get(index)
        if found is None:
            x = self.inputs[index]
            real, imaginary = self._columns(x, self.eps), None
            if x.is_complex():
                imaginary = self._columns(x, 1j * self.eps)
            found = self._numerical[index] = [(r, None if imaginary is None else imaginary[i]) for i, r in enumerate(real)]
        return found

    def moved(self, index: int) -> list[Tensor]:
        """Per output its derivative along `direction_like(input)`, by central differences."""
        found = self._moved.get(index)
        if found is None:
            x = self.inputs[index]
            kept, step = x.detach().clone(), direction_like(x) * self.eps
            x.data.copy_(kept + step)
            up = self.values()
            x.data.copy_(kept - step)
            down = self.values()
            x.data.copy_(kept)
            found = self._moved[index] = [(a - b) / (2 * self.eps) for a, b in zip(up, down, strict=True)]
        return found

    def _columns(self, x: Tensor, step: Any) -> list[Tensor]:
        rows: list[list[Tensor]] = [[] for _ in self.outputs]
        flat = x.data.reshape(-1) if x.is_contiguous() else None
        for place in range(x.numel()):
            cell = flat[place] if flat is not None else _cell(x.data, place)
            kept = cell.clone()
            cell.copy_(kept + step)
            up = self.values()
            cell.copy_(kept - step)
            down = self.values()
            cell.copy_(kept)
            for row, a, b in zip(rows, up, down, strict=True):
                row.append((a - b).reshape(-1) / (2 * self.eps))
        n = [o.numel() for o in self.outputs]
        return [
            torch.stack(row) if row else torch.zeros((0, count), dtype=torch.float64) for row, count in zip(rows, n, strict=True)
        ]

    def analytical(self, out: Tensor, cotangent_scale: Any = 1) -> list[Tensor]:
        """Per input the matrix (input elements, output elements) of vjps with one-hot cotangents."""
        columns: list[list[Tensor]] = [[] for _ in self.inputs]
        for place in range(out.numel()):
            seed = torch.zeros_like(out).reshape(-1)
            seed[place] = cotangent_scale
            found = self.grads(out, seed.reshape(out.shape))
            for column, g, x in zip(columns, found, self.inputs, strict=True):
                column.append((torch.zeros_like(x) if g is None else g).detach().reshape(-1))
        return [
            torch.stack(c, 1) if c else torch.zeros((x.numel(), 0), dtype=x.dtype)
            for c, x in zip(columns, self.inputs, strict=True)
        ]

    def grads(self, out: Tensor, seed: Tensor) -> tuple[Any, ...]:
        """One vjp; None where there is no path."""
        if not out.requires_grad:
            return (None,) * len(self.inputs)
        return grad(out, self.inputs, seed, retain_graph=True, allow_unused=True)


def _cell(x: Tensor, place: int) -> Tensor:
    for n in reversed(x.shape):
        place, at = divmod(place, n)
        x = x.select(-1, at)
    return x


# -- comparisons ---------------------------------------------------------------------------------------------------------


def _close(a: Tensor, b: Tensor, rtol: float, atol: float) -> bool:
    if tuple(a.shape) != tuple(b.shape):
        return False
    if a.is_complex() or b.is_complex():
        a, b = a + 0j, b + 0j
    return bool(torch.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True)) if a.numel() else True


def _mismatch(case: Case, analytical: Tensor, numerical: Tensor, out: int, inp: int, complex_part: str = "") -> GradcheckError:
    return GradcheckError(
        f"{complex_part}Jacobian mismatch for output {out} with respect to input {inp},\nnumerical:{numerical}\nanalytical:{analytical}\n"
    )


def _expected(pair: tuple[Tensor, Tensor | None], factor: Any) -> Tensor:
    """The vjp with a one-hot cotangent `factor` that the two real directions predict: conj(ds/dz*) in torch's convention."""
    real, imaginary = pair
    if not real.is_complex() and imaginary is None:
        return real
    if imaginary is None:  # real input, complex output: Re(conj(out') * factor)
        return (real.conj_physical() * factor).real if real.is_complex() else real * factor
    if not real.is_complex():
        return torch.complex(real, imaginary) * (factor if not isinstance(factor, complex) else factor.real)
    first = (real.conj_physical() * factor).real
    second = (imaginary.conj_physical() * factor).real
    return torch.complex(first, second)


def _check_backward(case: Case, nondet_tol: float) -> None:
    for i, out in enumerate(case.outputs):
        for factor, part in (
            ((1, "Real part: " if out.is_complex() else ""), (1j, "Imaginary part: ")) if out.is_complex() else ((1, ""),)
        ):
            found = case.analytical(out, factor)
            again = case.analytical(out, factor)
            for j, (a, b) in enumerate(zip(found, again, strict=True)):
                if not _close(a, b, 0, nondet_tol):
                    raise GradcheckError(
                        f"Backward is not reentrant, i.e., running backward with same input and grad_output multiple times gives different values, "
                        f"although analytical gradient matches numerical gradient.The tolerance for nondeterminism was {nondet_tol}."
                        f" (output {i}, input {j})"
                    )
            for j, analytical in enumerate(found):
                numerical = _expected(case.numerical(j)[i], factor)
                if not _close(analytical, numerical, case.rtol, case.atol):
                    raise _mismatch(case, analytical, numerical, i, j, part)


def _check_fast(case: Case) -> None:
    """u^T J v for random v (input direction) and u (cotangent), both ways."""
    for i, out in enumerate(case.outputs):
        u = direction_like(out)
        found = case.grads(out, u)
        for j, x in enumerate(case.inputs):
            v = direction_like(x)
            numerical = _inner(u, case.moved(j)[i])
            analytical = torch.zeros((), dtype=torch.float64) if found[j] is None else _inner(found[j].detach(), v)
            scale = max(1.0, float(numerical.abs()) ** 0.5)
            if not _close(analytical.to(torch.float64), numerical.to(torch.float64), case.rtol, case.atol * scale):
                raise GradcheckError(
                    f"Jacobian mismatch for output {i} with respect to input {j} (fast mode: one random projection),\nnumerical:{numerical}\n"
                    f"analytical:{analytical}\nRun again with fast_mode=False to see the whole Jacobians."
                )


def _inner(a: Tensor, b: Tensor) -> Tensor:
    """Re <a, b>, the real inner product of real or complex tensors."""
    made = a.conj_physical() * b if a.is_complex() else a * b
    return (made.real if made.is_complex() else made).sum()


def direction_like(t: Tensor) -> Tensor:
    """A fixed direction of unit length without zeros: no random numbers are drawn, so a failure can be repeated."""
    n = max(t.numel(), 1)
    ramp = torch.arange(t.numel(), dtype=torch.float64)
    made = (ramp * 0.7548776662466927 + 0.5) % 1 + 0.25
    if t.is_complex():
        made = torch.complex(made, (ramp * 0.5698402909980532 + 0.25) % 1 + 0.25)
    return (
        (made / float((made.abs() ** 2).sum() ** 0.5 if n else 1)).reshape(t.shape).to(t.dtype)
        if t.numel()
        else torch.zeros_like(t)
    )


def _of_inputs(case: Case) -> Callable[..., tuple[Tensor, ...]]:
    """The function of the checked inputs alone, as transforms take it."""
    at = [i for i, t in enumerate(case.given) if any(t is x for x in case.inputs)]

    def only(*xs: Tensor) -> tuple[Tensor, ...]:
        made = list(case.given)
        for i, x in zip(at, xs, strict=True):
            made[i] = x
        return tuple(t for t in as_tuple(case.func(*made)) if isinstance(t, Tensor) and t.dtype.category >= 2)

    return only


def _check_forward_fast(case: Case) -> None:
    """One jvp per input, projected, against finite differences."""
    from .func import jvp  # noqa: PLC0415  # gradcheck of backward alone needs no transforms

    only, primals = _of_inputs(case), tuple(x.detach() for x in case.inputs)
    for j, x in enumerate(primals):
        tangents = tuple(direction_like(x) if k == j else torch.zeros_like(p) for k, p in enumerate(primals))
        for i, t in enumerate(jvp(only, primals, tangents)[1]):
            u = direction_like(t)
            want, have = _inner(u, case.moved(j)[i]), _inner(u, t.detach())
            if not _close(have, want, case.rtol, case.atol * max(1.0, float(want.abs()) ** 0.5)):
                raise GradcheckError(
                    f"While computing forward mode: Jacobian mismatch for output {i} with respect to input {j} (fast mode: one "
                    f"random projection),\nnumerical:{want}\nanalytical:{have}\n"
                )


def _check_forward(case: Case) -> None:
    """jvps of basis directions against finite differences."""
    from .func import jvp  # noqa: PLC0415  # gradcheck of backward alone needs no transforms

    only, primals = _of_inputs(case), tuple(x.detach() for x in case.inputs)
    for j, x in enumerate(primals):
        numerical = case.numerical(j)
        parts = (1, 1j) if x.is_complex() else (1,)
        for which, part in enumerate(parts):
            rows: list[list[Tensor]] = [[] for _ in case.outputs]
            for place in range(x.numel()):
                step = torch.zeros_like(x).reshape(-1)
                step[place] = part
                tangents = tuple(step.reshape(x.shape) if k == j else torch.zeros_like(p) for k, p in enumerate(primals))
                for row, t in zip(rows, jvp(only, primals, tangents)[1], strict=True):
                    row.append(t.detach().reshape(-1))
            for i, row in enumerate(rows):
                want: Any = numerical[i][which]
                have = torch.stack(row) if row else torch.zeros_like(want)
                if not _close(have, want, case.rtol, case.atol):
                    raise GradcheckError(
                        f"While computing forward mode: Jacobian mismatch for output {i} with respect to input {j},\n"
                        f"numerical:{want}\nanalytical:{have}\n"
                    )


def _check_undefined(case: Case) -> None:
    """Backward must take missing cotangents (None) as zeros."""
    live = [o for o in case.outputs if o.requires_grad]
    if len(live) < 2:
        return
    for skipped in range(len(live)):
        rest = [o for k, o in enumerate(live) if k != skipped]
        try:
            grad(rest, case.inputs, [torch.ones_like(o) for o in rest], retain_graph=True, allow_unused=True)
        except RuntimeError as error:
            raise GradcheckError(
                "Expected backward function to handle undefined output grads. Please look at 'Notes about undefined output gradients' in "
                "'tools/autograd/derivatives.yaml'"
            ) from error


def _check_batched(case: Case) -> None:
    for i, out in enumerate(case.outputs):
        if not out.requires_grad or not out.numel():
            continue
        seeds = torch.stack([direction_like(out), direction_like(out) * 2])
        expected = [case.grads(out, seed) for seed in seeds.unbind(0)]
        found = grad(out, case.inputs, seeds, retain_graph=True, allow_unused=True, is_grads_batched=True)
        for j, g in enumerate(found):
            want = [row[j] for row in expected]
            if g is not None and not _close(g.detach(), torch.stack([w.detach() for w in want]), case.rtol, case.atol):
                raise GradcheckError(
                    f"For output {i} and input {j}: gradcheck or gradgradcheck failed while testing batched gradient computation. This could have "
                    "been invoked in a number of ways (via a test that calls gradcheck/gradgradcheck directly or via an autogenerated test). Got:\n"
                    f"{g}\nexpected:\n{want}"
                )


def _check_dtypes(case: Case) -> None:
    for out in case.outputs:
        for x, g in zip(case.inputs, case.grads(out, torch.ones_like(out)), strict=True):
            if g is not None and (g.dtype is not x.dtype or g.device != x.device):
                raise GradcheckError(
                    f"grad is incorrect dtype or device: expected {x.dtype} on {x.device}, got {g.dtype} on {g.device}"
                )


def check_batched_forward(case: Case) -> None:
    """jvps in vmap against single ones."""
    from .func import jvp, vmap  # noqa: PLC0415

    x = case.inputs[0]
    at = next(i for i, t in enumerate(case.given) if t is x)
    primal, steps = x.detach(), torch.stack([direction_like(x), direction_like(x) * 2])

    def push(step: Tensor) -> tuple[Tensor, ...]:
        def only(p: Tensor) -> tuple[Tensor, ...]:
            made = [t.detach() if isinstance(t, Tensor) else t for t in case.given]
            made[at] = p
            return tuple(t for t in as_tuple(case.func(*made)) if isinstance(t, Tensor) and t.dtype.category >= 2)

        return jvp(only, (primal,), (step,))[1]

    found = vmap(push)(steps)
    expected = [push(step) for step in steps.unbind(0)]
    for i, t in enumerate(found):
        if not _close(t, torch.stack([row[i] for row in expected]), case.rtol, case.atol):
            raise GradcheckError(
                f"For output {i}: gradcheck failed while testing batched forward mode: batched and single jvps differ"
            )


def check_all(case: Case, fast: bool, forward: bool, backward: bool, batched: bool, undefined: bool, dtypes: bool) -> None:
    """Every check asked for; GradcheckError at the first that fails."""
    if not any(o.requires_grad for o in case.outputs):
        for j in range(len(case.inputs)):
            for i, pair in enumerate(case.numerical(j)):
                if any(p is not None and bool((p != 0).any()) for p in pair):
                    raise GradcheckError(
                        f"Numerical gradient for function expected to be zero (output {i}, input {j}): the output does not require grad"
                    )
        return
    if backward:
        if undefined:
            _check_undefined(case)  # first: the checks below differentiate one output at a time
        if fast:
            _check_fast(case)
        else:
            _check_backward(case, case.nondet_tol)
        if dtypes:
            _check_dtypes(case)
        if batched:
            _check_batched(case)
    if forward:
        (_check_forward_fast if fast else _check_forward)(case)
