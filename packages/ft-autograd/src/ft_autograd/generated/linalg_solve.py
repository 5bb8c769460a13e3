"""Nodes and recorders of the `linalg_solve` family, from ft_autograd/rules/linalg_solve.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import linalg_solve as rules


class LinalgDetBackward0(Node):
    """Backward of aten::_linalg_det."""

    __slots__ = ('s_A', 'v_A', 'o_result',)
    op_name = '_linalg_det'
    n_outputs = 3
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_A = self.s_A
        if not ((x_A.__class__ is Tensor or x_A.__class__ is Parameter) and (x_A._ver or FIRST)[0] == self.v_A):
            x_A = unpack_input(self, x_A, self.v_A)
        x_result = unpack_output(self, self.o_result, 0)
        r_A = rules.det_vjp(g[0], x_A, x_result)
        return (r_A,)

    def release(self):
        self.s_A = Node
        self.o_result = None

    @property
    def _saved_A(self):
        return unpack_input(self, self.s_A, self.v_A)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record__linalg_det(made, A):
    node = LinalgDetBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = A._node or A
    node.next = (e0,)
    node.s_A = A
    cell = A._ver
    node.v_A = 0 if cell is None else cell[0]
    node.o_result = save_output(made[0])
    return made


class LinalgSlogdetBackward0(Node):
    """Backward of aten::_linalg_slogdet."""

    __slots__ = ('s_A', 'v_A', 'o_sign',)
    op_name = '_linalg_slogdet'
    n_outputs = 4
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_A = self.s_A
        if not ((x_A.__class__ is Tensor or x_A.__class__ is Parameter) and (x_A._ver or FIRST)[0] == self.v_A):
            x_A = unpack_input(self, x_A, self.v_A)
        x_sign = unpack_output(self, self.o_sign, 0)
        r_A = rules.slogdet_vjp(g[0], g[1], x_A, x_sign)
        return (r_A,)

    def release(self):
        self.s_A = Node
        self.o_sign = None

    @property
    def _saved_A(self):
        return unpack_input(self, self.s_A, self.v_A)

    @property
    def _saved_sign(self):
        return unpack_output(self, self.o_sign, 0)


def record__linalg_slogdet(made, A):
    node = LinalgSlogdetBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = A._node or A
    node.next = (e0,)
    node.s_A = A
    cell = A._ver
    node.v_A = 0 if cell is None else cell[0]
    node.o_sign = save_output(made[0])
    return made


class LinalgSolveExBackward0(Node):
    """Backward of aten::_linalg_solve_ex."""

    __slots__ = ('s_A', 'v_A', 'o_result', 'p_left', 'p_B_shape',)
    op_name = '_linalg_solve_ex'
    n_outputs = 4
    traits = FRESH | SAVES

    def apply(self, g):
        n_A, n_B = self.next
        x_A = self.s_A
        if not ((x_A.__class__ is Tensor or x_A.__class__ is Parameter) and (x_A._ver or FIRST)[0] == self.v_A):
            x_A = unpack_input(self, x_A, self.v_A)
        x_result = unpack_output(self, self.o_result, 0)
        r_A, r_B = rules.solve_vjp(g[0], x_A, x_result, self.p_B_shape, self.p_left, (n_A is not None, n_B is not None,))
        return (r_A, r_B,)

    def release(self):
        self.s_A = Node
        self.o_result = None

    @property
    def _saved_A(self):
        return unpack_input(self, self.s_A, self.v_A)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_left(self):
        return self.p_left


def record__linalg_solve_ex(made, A, B, left, check_errors):
    node = LinalgSolveExBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = (A._node or A) if A._k & 1 else None
    e1 = (B._node or B) if B._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_A = A
        cell = A._ver
        node.v_A = 0 if cell is None else cell[0]
    else:
        node.s_A = Node
        node.v_A = 0
    node.o_result = save_output(made[0]) if e0 is not None or e1 is not None else None
    node.p_left = left
    node.p_B_shape = B._a.shape
    return made


class CholeskyInverseBackward0(Node):
    """Backward of aten::cholesky_inverse."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_upper',)
    op_name = 'cholesky_inverse'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules._through_product(x_result @ g @ x_result, x_self, self.p_upper)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_result = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_upper(self):
        return self.p_upper


def record_cholesky_inverse(made, self, upper):
    node = CholeskyInverseBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    node.o_result = save_output(made)
    node.p_upper = upper
    return made


class CholeskySolveBackward0(Node):
    """Backward of aten::cholesky_solve."""

    __slots__ = ('s_input2', 'v_input2', 'o_result', 'p_upper',)
    op_name = 'cholesky_solve'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_input2 = self.next
        x_input2 = self.s_input2
        if not ((x_input2.__class__ is Tensor or x_input2.__class__ is Parameter) and (x_input2._ver or FIRST)[0] == self.v_input2):
            x_input2 = unpack_input(self, x_input2, self.v_input2)
        x_result = unpack_output(self, self.o_result, 0)
        r_self, r_input2 = rules.cholesky_solve_vjp(g, x_input2, x_result, self.p_upper, (n_self is not None, n_input2 is not None,))
        return (r_self, r_input2,)

    def release(self):
        self.s_input2 = Node
        self.o_result = None

    @property
    def _saved_input2(self):
        return unpack_input(self, self.s_input2, self.v_input2)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_upper(self):
        return self.p_upper


def record_cholesky_solve(made, self, input2, upper):
    node = CholeskySolveBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (input2._node or input2) if input2._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_input2 = input2
        cell = input2._ver
        node.v_input2 = 0 if cell is None else cell[0]
    else:
        node.s_input2 = Node
        node.v_input2 = 0
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    node.p_upper = upper
    return made


class LinalgInvExBackward0(Node):
    """Backward of aten::linalg_inv_ex."""

    __slots__ = ('o_inverse',)
    op_name = 'linalg_inv_ex'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_inverse = unpack_output(self, self.o_inverse, 0)
        r_A = rules.inv_vjp(g[0], x_inverse)
        return (r_A,)

    def release(self):
        self.o_inverse = None

    @property
    def _saved_inverse(self):
        return unpack_output(self, self.o_inverse, 0)


def record_linalg_inv_ex(made, A, check_errors):
    node = LinalgInvExBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = A._node or A
    node.next = (e0,)
    node.o_inverse = save_output(made[0])
    return made


class LinalgPinvBackward0(Node):
    """Backward of aten::linalg_pinv.atol_rtol_tensor."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'linalg_pinv.atol_rtol_tensor'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self = rules.pinv_vjp(g, x_self, x_result)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_result = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)


def record_linalg_pinv_atol_rtol_tensor(made, self, atol, rtol, hermitian):
    node = LinalgPinvBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.o_result = save_output(made) if e0 is not None else None
    return made


class LinalgSolveTriangularBackward0(Node):
    """Backward of aten::linalg_solve_triangular."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_upper', 'p_left', 'p_unitriangular',)
    op_name = 'linalg_solve_triangular'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_B = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_result = unpack_output(self, self.o_result, 0)
        r_self, r_B = rules.solve_triangular_vjp(g, x_self, x_result, self.p_upper, self.p_left, self.p_unitriangular, (n_self is not None, n_B is not None,))
        return (r_self, r_B,)

    def release(self):
        self.s_self = Node
        self.o_result = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_upper(self):
        return self.p_upper

    @property
    def _saved_left(self):
        return self.p_left

    @property
    def _saved_unitriangular(self):
        return self.p_unitriangular


def record_linalg_solve_triangular(made, self, B, upper, left, unitriangular):
    node = LinalgSolveTriangularBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (B._node or B) if B._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    node.p_upper = upper
    node.p_left = left
    node.p_unitriangular = unitriangular
    return made
