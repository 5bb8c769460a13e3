"""Box-Muller in single precision, with the polynomials and the roundings of torch's vector code.

torch computes the logarithm, sine and cosine of float32 normals with the Cephes polynomials in AVX registers, where the compiler
fuses multiplications and additions. NumPy has no fused multiply-add, so each is made in double precision, where the product of two
floats is exact, and rounded to float32 once; steps whose product is exact in float32 stay there. A sum that is rounded twice can
end on the other side of a tie, in fewer than one draw of 10**8. The passes run over scratch that stays in the cache.
"""

from __future__ import annotations

import math

import numpy as np

F = np.float32

# source: S. Moshier, Cephes Mathematical Library, logf.c, sinf.c and cosf.c (highest power first)
_LOG = tuple(map(F, (7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
                     2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1)))  # fmt: skip
_COS = tuple(map(F, (2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)))
_SIN = tuple(map(F, (-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1)))
_LN2_HIGH, _LN2_LOW = F(0.693359375), F(-2.12194440e-4)  # ln 2 in two parts, the first of 9 bits
_HALF_PI = tuple(
    F(2 * part) for part in (0.78515625, 2.4187564849853515625e-4, 3.77489497744594108e-8)
)  # in parts of 8, 11 and 24 bits

_SQRT_HALF_BITS = np.array(F(math.sqrt(0.5)).view(np.int32), np.int32)
_SIGN = np.array(-(2**31), np.int32)
_TURN = F(2 * math.pi) * F(2.0**-24)  # angle of one unit of a 24-bit word; exact, as the factor is a power of two
_EIGHT = np.dtype("V32")  # eight floats that are moved as one


def fill16(words: np.ndarray, out: np.ndarray, mean: float, std: float, scratch: np.ndarray) -> None:
    """Blocks of 16 normals from int32 words of 24 bits: words[n], out float32[n], n % 16 == 0; scratch float64[5, >= n / 2]."""
    half = words.size // 2
    wide, accumulator = scratch[0, :half], scratch[1, :half]
    # six float32 rows in the three rows of doubles left
    x, y, z, e, s, c = scratch[2:].view(F).reshape(6, -1)[:, :half]
    np.copyto(x.view(_EIGHT), words.view(_EIGHT)[0::2])
    m = x.view(np.int32)
    np.subtract(np.int32(1 << 24), m, out=m)
    np.copyto(y, m, casting="unsafe")
    np.multiply(y, F(2.0**-24), out=x)  # 1 - u, in (0, 1]
    _log(x, y, z, e, s, wide, accumulator)
    radius = out.reshape(-1)[:half]  # the caller's memory is scratch until the last step
    np.multiply(y, F(-2), out=radius)
    np.sqrt(radius, out=radius)
    quadrant, m = e.view(np.int32), z.view(np.int32)
    np.copyto(m.view(_EIGHT), words.view(_EIGHT)[1::2])
    np.copyto(y, m, casting="unsafe")
    np.multiply(y, _TURN, out=x)  # the angle 2 pi u
    # torch gets the quadrant from the angle; the nearest multiple of a quarter turn is the same one for each of the 2**24 words
    np.add(m, np.int32(1 << 21), out=m)
    np.right_shift(m, np.int32(22), out=quadrant)
    _sincos(x, y, z, quadrant, s, c, wide, accumulator)
    np.multiply(s, radius, out=s)
    np.multiply(c, radius, out=c)
    for values in (c, s):
        scale(values, mean, std, wide)
    np.copyto(out.view(_EIGHT)[0::2], c.view(_EIGHT))
    np.copyto(out.view(_EIGHT)[1::2], s.view(_EIGHT))


def scale(values: np.ndarray, mean: float, std: float, wide: np.ndarray) -> None:
    """fma(values, std, mean) in place. The sum with 0 stays: it turns -0 into +0, as torch's does."""
    mean32, std32 = F(mean), F(std)
    if mean32 == 0 or std32 == 1:
        if std32 != 1:
            np.multiply(values, std32, out=values)
        np.add(values, mean32, out=values)
        return
    np.copyto(wide, values)
    np.multiply(wide, np.float64(std32), out=wide)
    np.add(wide, np.float64(mean32), out=wide)
    np.copyto(values, wide, casting="same_kind")


def _horner(y: np.ndarray, factor: np.ndarray, coefficients: tuple[np.float32, ...], accumulator: np.ndarray) -> None:
    """y = (c0 * factor + c1) * factor + c2 ..., each step one fused multiply-add; `factor` in doubles, y and the steps in
    float32.
    """
    np.multiply(factor, np.float64(coefficients[0]), out=accumulator)
    for number, coefficient in enumerate(coefficients[1:]):
        if number:
            np.copyto(accumulator, y)
            np.multiply(accumulator, factor, out=accumulator)
        np.add(accumulator, np.float64(coefficient), out=accumulator)
        np.copyto(y, accumulator, casting="same_kind")


def _log(
    x: np.ndarray, y: np.ndarray, z: np.ndarray, e: np.ndarray, s: np.ndarray, wide: np.ndarray, accumulator: np.ndarray
) -> None:
    """y = log(x) for normal x in (0, 1]; x and the others are scratch."""
    bits, exponent = x.view(np.int32), s.view(np.int32)
    # x = 2**e * f with f in [sqrt(1/2), sqrt(2)): count exponents from sqrt(1/2) instead of from 1
    np.subtract(bits, _SQRT_HALF_BITS, out=exponent)
    np.right_shift(exponent, np.int32(23), out=exponent)
    np.copyto(e, exponent, casting="unsafe")
    np.left_shift(exponent, np.int32(23), out=exponent)
    np.subtract(bits, exponent, out=bits)
    np.subtract(x, F(1), out=x)
    np.multiply(x, x, out=z)
    np.copyto(wide, x)
    _horner(y, wide, _LOG, accumulator)
    np.multiply(y, x, out=y)
    np.copyto(wide, z)
    np.copyto(accumulator, y)
    np.multiply(accumulator, wide, out=accumulator)
    np.multiply(e, _LN2_LOW, out=s)
    np.add(accumulator, s, out=accumulator)
    np.copyto(y, accumulator, casting="same_kind")
    np.multiply(z, F(0.5), out=z)
    np.subtract(y, z, out=y)
    np.add(y, x, out=y)
    np.multiply(e, _LN2_HIGH, out=e)
    np.add(y, e, out=y)


def _sincos(
    x: np.ndarray,
    y: np.ndarray,
    z: np.ndarray,
    quadrant: np.ndarray,
    s: np.ndarray,
    c: np.ndarray,
    wide: np.ndarray,
    accumulator: np.ndarray,
) -> None:
    """s, c = sin(x), cos(x) for x in [0, 2 pi], `quadrant` (int32) being x over pi / 2 to the nearest; the others are scratch."""
    np.copyto(y, quadrant, casting="unsafe")
    for part in _HALF_PI[:2]:
        np.multiply(y, part, out=z)
        np.subtract(x, z, out=x)
    np.copyto(wide, y)
    np.multiply(wide, -np.float64(_HALF_PI[2]), out=wide)
    np.add(wide, x, out=wide)
    np.copyto(x, wide, casting="same_kind")
    np.multiply(x, x, out=z)
    np.copyto(wide, z)
    _horner(c, wide, _COS, accumulator)
    np.multiply(c, z, out=c)
    np.multiply(z, F(0.5), out=y)
    np.copyto(accumulator, c)
    np.multiply(accumulator, wide, out=accumulator)
    np.subtract(accumulator, y, out=accumulator)
    np.copyto(c, accumulator, casting="same_kind")
    np.add(c, F(1), out=c)
    _horner(s, wide, _SIN, accumulator)
    np.multiply(s, z, out=s)
    np.copyto(wide, x)
    np.copyto(accumulator, s)
    np.multiply(accumulator, wide, out=accumulator)
    np.add(accumulator, wide, out=accumulator)
    np.copyto(s, accumulator, casting="same_kind")
    _place(quadrant, y.view(np.int32), z.view(np.int32), s.view(np.int32), c.view(np.int32))


def _place(quadrant: np.ndarray, swap: np.ndarray, sign: np.ndarray, s: np.ndarray, c: np.ndarray) -> None:
    """Exchange sine and cosine in odd quadrants, negate sine in 2 and 3, cosine in 1 and 2: all on their bits."""
    np.left_shift(quadrant, np.int32(31), out=swap)
    np.right_shift(swap, np.int32(31), out=swap)  # all ones where odd
    np.bitwise_xor(s, c, out=sign)
    np.bitwise_and(swap, sign, out=swap)
    np.bitwise_xor(s, swap, out=s)
    np.bitwise_xor(c, swap, out=c)
    _negate(s, quadrant, sign)
    np.add(quadrant, np.int32(1), out=quadrant)
    _negate(c, quadrant, sign)


def _negate(values: np.ndarray, where: np.ndarray, sign: np.ndarray) -> None:
    """Flip the sign bit where `where & 2`."""
    np.left_shift(where, np.int32(30), out=sign)
    np.bitwise_and(sign, _SIGN, out=sign)
    np.bitwise_xor(values, sign, out=values)
