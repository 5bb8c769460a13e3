"""Sequences of points that fill the unit cube evenly. Source: torch.quasirandom (2.13)."""

from __future__ import annotations

from typing import Any

from ft_core import Generator, Tensor, get_default_dtype, int64
from ft_dispatch import surface

__all__ = ["SobolEngine"]


class SobolEngine:
    """Draws the Sobol sequence in up to 21201 dimensions, plain or scrambled; with one `seed`, torch's points.

    scramble multiplies the direction numbers by random lower triangular matrices of bits and shifts the points by random bits
    (Owen, 1998). ValueError for more dimensions, and for none.
    """

    MAXBIT = 30
    MAXDIM = 21201

    def __init__(self, dimension: int, scramble: bool = False, seed: int | None = None) -> None:
        if dimension > self.MAXDIM or dimension < 1:
            raise ValueError(f"Supported range of dimensionality for SobolEngine is [1, {self.MAXDIM}]")
        self.seed = seed
        self.scramble = scramble
        self.dimension = dimension
        self.sobolstate = surface.zeros(dimension, self.MAXBIT, dtype=int64, device="cpu")
        surface.raw._sobol_engine_initialize_state_(self.sobolstate, dimension)
        self.shift = surface.zeros(dimension, dtype=int64, device="cpu")
        if scramble:
            self._scramble()
        self.quasi = self.shift.clone(memory_format=surface.contiguous_format)
        self._first_point = (self.quasi / 2**self.MAXBIT).reshape(1, -1)
        self.num_generated = 0

    def _scramble(self) -> None:
        generator: Generator | None = None
        if self.seed is not None:
            generator = Generator()
            generator.manual_seed(self.seed)
        bits = surface.randint(2, (self.dimension, self.MAXBIT), generator=generator)
        self.shift = surface.mv(bits, surface.pow(2, surface.arange(0, self.MAXBIT)))
        matrices = surface.randint(2, (self.dimension, self.MAXBIT, self.MAXBIT), generator=generator).tril()
        surface.raw._sobol_engine_scramble_(self.sobolstate, matrices, self.dimension)

    def draw(self, n: int = 1, out: Tensor | None = None, dtype: Any = None) -> Tensor:
        """The next n points, (n, dimension), each coordinate in [0, 1), in `dtype` (the default one); or `out`, filled with them."""
        kind = dtype or get_default_dtype()
        if self.num_generated == 0:
            made = self._first_point.to(kind)
            if n != 1:
                rest, self.quasi = surface.raw._sobol_engine_draw(self.quasi, n - 1, self.sobolstate, self.dimension, 0, kind)
                made = surface.cat((made, rest), dim=-2)
        else:
            made, self.quasi = surface.raw._sobol_engine_draw(
                self.quasi, n, self.sobolstate, self.dimension, self.num_generated - 1, kind
            )
        self.num_generated += n
        return made if out is None else out.resize_as_(made).copy_(made)

    def draw_base2(self, m: int, out: Tensor | None = None, dtype: Any = None) -> Tensor:
        """The next 2^m points. ValueError where all points drawn would not be a power of 2, which keeps them in balance."""
        n = 2**m
        total = self.num_generated + n
        if total & (total - 1):
            raise ValueError(
                f"The balance properties of Sobol' points require n to be a power of 2. {self.num_generated} points have been "
                f"previously generated, then: n={self.num_generated}+2**{m}={total}. If you still want to do this, please use "
                "'SobolEngine.draw()' instead."
            )
        return self.draw(n=n, out=out, dtype=dtype)

    def reset(self) -> SobolEngine:
        """Back to the first point."""
        self.quasi.copy_(self.shift)
        self.num_generated = 0
        return self

    def fast_forward(self, n: int) -> SobolEngine:
        """Pass over n points without drawing them."""
        steps, done = (n - 1, 0) if self.num_generated == 0 else (n, self.num_generated - 1)
        surface.raw._sobol_engine_ff_(self.quasi, steps, self.sobolstate, self.dimension, done)
        self.num_generated += n
        return self

    def __repr__(self) -> str:
        words = [f"dimension={self.dimension}"]
        if self.scramble:
            words.append("scramble=True")
        if self.seed is not None:
            words.append(f"seed={self.seed}")
        return f"{type(self).__name__}({', '.join(words)})"
