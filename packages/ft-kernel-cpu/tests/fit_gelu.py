"""Prints the polynomial behind float32 GELU: `python fit_gelu.py`. Needs SciPy; no test imports it.

GELU is x Phi(x) = x / (1 + exp(-L)) with L(x) = log(Phi(x) / Phi(-x)), which is odd and smooth. L / x is fitted in powers of x^2 so that
the largest error of x Phi(x), relative for x > 0 and absolute for x < 0, is smallest (Lawson's iteration of weighted least squares).
"""

import numpy as np
from scipy.special import log_ndtr, ndtr

END, DEGREE, STEPS = 6.5, 6, 3000

x = np.linspace(1e-3, END, 4000)
t = x * x
quotient = (log_ndtr(x) - log_ndtr(-x)) / x
weight = ndtr(-x) * np.maximum(1, x) * x
basis = np.vander(t / END**2, DEGREE + 1, increasing=True)
share = np.ones_like(x)
best, least = None, np.inf
for _ in range(STEPS):
    w = np.sqrt(share) * weight
    c, *_ = np.linalg.lstsq(basis * w[:, None], quotient * w, rcond=None)
    error = np.abs(basis @ c - quotient) * weight
    if error.max() < least:
        best, least = c, error.max()
    share *= np.maximum(error / error.max(), 1e-3) ** 0.7
    share = np.maximum(share / share.max(), 1e-12)
print("largest weighted error", least)
print([-float(v) for v in best / END ** (2 * np.arange(DEGREE + 1))])
