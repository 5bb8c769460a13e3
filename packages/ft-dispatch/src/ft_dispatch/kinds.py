"""The kinds of op and the promotion rules: what an op's record may say about its mathematics.

A kind gives the rules that need not be written: a shape rule, a batching rule, a forward-mode rule, a place in a fused kernel. It says
nothing about any backend.
"""

from __future__ import annotations

from enum import Enum, auto


class Kind(Enum):
    """What sort of function of its arguments an op is."""

    ELEMENTWISE = auto()  # output i from inputs i, after broadcasting
    REDUCTION = auto()  # some dimensions are folded into one value
    SCAN = auto()  # a running reduction: the shape stays
    VIEW = auto()  # the same memory with other sizes, strides or offset
    MOVEMENT = auto()  # elements copied to other places (cat, flip, roll)
    CONTRACTION = auto()  # products summed over shared dimensions
    INDEX = auto()  # places read from or written to are data
    CREATION = auto()  # no tensor argument decides the values
    RANDOM = auto()  # draws from a generator
    OPAQUE = auto()  # anything else
    COMPOSITE = auto()  # always its decomposition, above autograd (torch's CompositeImplicit)


class Promote(Enum):
    """How an ELEMENTWISE op picks the dtype it computes in and the one it returns (torch's type promotion)."""

    SAME = auto()  # the common dtype
    FLOAT = auto()  # the common dtype; integers and bool become the default float
    BOOL = auto()  # computed in the common dtype, returns bool
    REAL = auto()  # the common dtype; a complex one returns its real type
    FLOAT_REAL = auto()  # FLOAT, then REAL
    SUM = auto()  # REDUCTION: integers and bool become int64 (sum, prod)
    NUMBER = auto()  # the common dtype with a Python int: bool becomes int64 (square)
    INT64 = auto()  # REDUCTION: positions and counts
    NONE = auto()  # inputs stay as they are; the meta rule names the output


ELEMENTWISE, REDUCTION, SCAN, VIEW, MOVEMENT = Kind.ELEMENTWISE, Kind.REDUCTION, Kind.SCAN, Kind.VIEW, Kind.MOVEMENT
CONTRACTION, INDEX, CREATION, RANDOM = Kind.CONTRACTION, Kind.INDEX, Kind.CREATION, Kind.RANDOM
OPAQUE, COMPOSITE = Kind.OPAQUE, Kind.COMPOSITE
SAME, FLOAT, BOOL, REAL, FLOAT_REAL = Promote.SAME, Promote.FLOAT, Promote.BOOL, Promote.REAL, Promote.FLOAT_REAL
SUM, INT64, NONE, NUMBER = Promote.SUM, Promote.INT64, Promote.NONE, Promote.NUMBER
