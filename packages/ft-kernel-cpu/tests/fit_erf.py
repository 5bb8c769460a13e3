"""Prints the coefficients of float32 erf (`ft_kernel_cpu.erf._ARTANH_ERF`) and their error; run by hand, needs mpmath.

Fits artanh(erf x) / x by powers of x^2: Lawson's iteration of weighted least squares towards the minimax relative error of erf. The
floor under the weights keeps the fit usable where erf is 1 to the last bit, so that tanh of it is 1 there too.
"""

from __future__ import annotations

import numpy as np
from mpmath import atanh, erf, mp

mp.dps = 40
END, DEGREE, POINTS, FLOOR = 4.35, 8, 600, 1e-6


def main() -> None:
    """Fit and print."""
    x = END * (1 - np.cos(np.pi * (np.arange(POINTS) + 0.5) / POINTS)) / 2
    y = np.array([float(atanh(erf(v))) for v in x])
    target = y / x
    weight = np.maximum(y / (np.sinh(y) * np.cosh(y)), FLOOR)  # d(log erf) / d(log artanh)
    basis = np.polynomial.chebyshev.chebvander(2 * (x / END) ** 2 - 1, DEGREE)
    lawson = np.ones(POINTS)
    best, series = np.inf, None
    for _ in range(80):
        scale = weight * np.sqrt(lawson) / target
        trial = np.linalg.lstsq(basis * scale[:, None], target * scale, rcond=None)[0]
        error = np.abs(basis @ trial / target - 1) * weight
        if error.max() < best:
            best, series = error.max(), trial
        lawson *= error / error.max() + 1e-3
        lawson /= lawson.max()
    powers = np.polynomial.Polynomial(np.polynomial.chebyshev.cheb2poly(series))(np.polynomial.Polynomial([-1, 2 / END**2]))
    print(f"relative error of erf {best:.1e}")
    for value in powers.coef:
        print(f"    {float(value)!r},")


if __name__ == "__main__":
    main()
