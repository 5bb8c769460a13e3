"""Nodes and recorders of the `linalg_lu` family, from ft_autograd/rules/linalg_lu.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import linalg_lu as rules


class LinalgLdlFactorExBackward0(Node):
    """Backward of aten::linalg_ldl_factor_ex."""

    __slots__ = ()
    op_name = 'linalg_ldl_factor_ex'
    n_outputs = 3
    traits = FRESH | SINGLE

    def apply(self, g):
        r_self = rules.ldl_factor_vjp(g[0])
        return (r_self,)


def record_linalg_ldl_factor_ex(made, self, hermitian, check_errors):
    node = LinalgLdlFactorExBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    return made


class LinalgLdlSolveBackward0(Node):
    """Backward of aten::linalg_ldl_solve."""

    __slots__ = ('s_LD', 'v_LD', 's_pivots', 'v_pivots', 'p_hermitian',)
    op_name = 'linalg_ldl_solve'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_LD, n_B = self.next
        r_LD = rules.ldl_solve_factor(g) if n_LD is not None else None
        if n_B is not None:
            x_LD = self.s_LD
            if not ((x_LD.__class__ is Tensor or x_LD.__class__ is Parameter) and (x_LD._ver or FIRST)[0] == self.v_LD):
                x_LD = unpack_input(self, x_LD, self.v_LD)
            x_pivots = self.s_pivots
            if not ((x_pivots.__class__ is Tensor or x_pivots.__class__ is Parameter) and (x_pivots._ver or FIRST)[0] == self.v_pivots):
                x_pivots = unpack_input(self, x_pivots, self.v_pivots)
            r_B = rules.ldl_solve_term(g, x_LD, x_pivots, self.p_hermitian)
        else:
            r_B = None
        return (r_LD, r_B,)

    def release(self):
        self.s_LD = Node
        self.s_pivots = Node

    @property
    def _saved_LD(self):
        return unpack_input(self, self.s_LD, self.v_LD)

    @property
    def _saved_pivots(self):
        return unpack_input(self, self.s_pivots, self.v_pivots)

    @property
    def _saved_hermitian(self):
        return self.p_hermitian


def record_linalg_ldl_solve(made, LD, pivots, B, hermitian):
    node = LinalgLdlSolveBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (LD._node or LD) if LD._k & 1 else None
    e1 = (B._node or B) if B._k & 1 else None
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_LD = LD
        cell = LD._ver
        node.v_LD = 0 if cell is None else cell[0]
    else:
        node.s_LD = Node
        node.v_LD = 0
    if e1 is not None:
        node.s_pivots = pivots
        cell = pivots._ver
        node.v_pivots = 0 if cell is None else cell[0]
    else:
        node.s_pivots = Node
        node.v_pivots = 0
    node.p_hermitian = hermitian
    return made


class LinalgLuFactorExBackward0(Node):
    """Backward of aten::linalg_lu_factor_ex."""

    __slots__ = ('o_LU', 'o_pivots', 'p_pivot',)
    op_name = 'linalg_lu_factor_ex'
    n_outputs = 3
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_LU = unpack_output(self, self.o_LU, 0)
        x_pivots = unpack_output(self, self.o_pivots, 1)
        r_A = rules.lu_factor_vjp(g[0], x_LU, x_pivots, self.p_pivot)
        return (r_A,)

    def release(self):
        self.o_LU = None
        self.o_pivots = None

    @property
    def _saved_LU(self):
        return unpack_output(self, self.o_LU, 0)

    @property
    def _saved_pivots(self):
        return unpack_output(self, self.o_pivots, 1)

    @property
    def _saved_pivot(self):
        return self.p_pivot


def record_linalg_lu_factor_ex(made, A, pivot, check_errors):
    node = LinalgLuFactorExBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = A._node or A
    node.next = (e0,)
    node.o_LU = save_output(made[0])
    node.o_pivots = save_output(made[1])
    node.p_pivot = pivot
    return made


class LinalgLuSolveBackward0(Node):
    """Backward of aten::linalg_lu_solve."""

    __slots__ = ('s_LU', 'v_LU', 's_pivots', 'v_pivots', 'o_result', 'p_left', 'p_adjoint',)
    op_name = 'linalg_lu_solve'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_LU, n_B = self.next
        x_LU = self.s_LU
        if not ((x_LU.__class__ is Tensor or x_LU.__class__ is Parameter) and (x_LU._ver or FIRST)[0] == self.v_LU):
            x_LU = unpack_input(self, x_LU, self.v_LU)
        x_pivots = self.s_pivots
        if not ((x_pivots.__class__ is Tensor or x_pivots.__class__ is Parameter) and (x_pivots._ver or FIRST)[0] == self.v_pivots):
            x_pivots = unpack_input(self, x_pivots, self.v_pivots)
        x_result = unpack_output(self, self.o_result, 0)
        r_LU, r_B = rules.lu_solve_vjp(g, x_LU, x_pivots, x_result, self.p_left, self.p_adjoint, (n_LU is not None, n_B is not None,))
        return (r_LU, r_B,)

    def release(self):
        self.s_LU = Node
        self.s_pivots = Node
        self.o_result = None

    @property
    def _saved_LU(self):
        return unpack_input(self, self.s_LU, self.v_LU)

    @property
    def _saved_pivots(self):
        return unpack_input(self, self.s_pivots, self.v_pivots)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_left(self):
        return self.p_left

    @property
    def _saved_adjoint(self):
        return self.p_adjoint


def record_linalg_lu_solve(made, LU, pivots, B, left, adjoint):
    node = LinalgLuSolveBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (LU._node or LU) if LU._k & 1 else None
    e1 = (B._node or B) if B._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_LU = LU
        cell = LU._ver
        node.v_LU = 0 if cell is None else cell[0]
    else:
        node.s_LU = Node
        node.v_LU = 0
    if e0 is not None or e1 is not None:
        node.s_pivots = pivots
        cell = pivots._ver
        node.v_pivots = 0 if cell is None else cell[0]
    else:
        node.s_pivots = Node
        node.v_pivots = 0
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    node.p_left = left
    node.p_adjoint = adjoint
    return made


class LuUnpackBackward0(Node):
    """Backward of aten::lu_unpack."""

    __slots__ = ('s_LU_data', 'v_LU_data', 'p_unpack_data', 'p_LU_data_shape',)
    op_name = 'lu_unpack'
    n_outputs = 3
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_LU_data = self.s_LU_data
        if not ((x_LU_data.__class__ is Tensor or x_LU_data.__class__ is Parameter) and (x_LU_data._ver or FIRST)[0] == self.v_LU_data):
            x_LU_data = unpack_input(self, x_LU_data, self.v_LU_data)
        r_LU_data = rules.lu_unpack_vjp(g[1], g[2], self.p_LU_data_shape, x_LU_data, self.p_unpack_data)
        return (r_LU_data,)

    def release(self):
        self.s_LU_data = Node

    @property
    def _saved_LU_data(self):
        return unpack_input(self, self.s_LU_data, self.v_LU_data)

    @property
    def _saved_unpack_data(self):
        return self.p_unpack_data


def record_lu_unpack(made, LU_data, LU_pivots, unpack_data, unpack_pivots):
    node = LuUnpackBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (LU_data._node or LU_data) if LU_data._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_LU_data = LU_data
        cell = LU_data._ver
        node.v_LU_data = 0 if cell is None else cell[0]
    else:
        node.s_LU_data = Node
        node.v_LU_data = 0
    node.p_unpack_data = unpack_data
    node.p_LU_data_shape = LU_data._a.shape
    return made
