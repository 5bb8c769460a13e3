"""Nodes and recorders of the `linalg_factor` family, from ft_autograd/rules/linalg_factor.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import linalg_factor as rules


class LinalgEighBackward0(Node):
    """Backward of aten::_linalg_eigh."""

    __slots__ = ('s_A', 'v_A', 'o_eigenvalues', 'o_eigenvectors', 'p_UPLO', 'p_compute_v',)
    op_name = '_linalg_eigh'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_A = self.s_A
        if not ((x_A.__class__ is Tensor or x_A.__class__ is Parameter) and (x_A._ver or FIRST)[0] == self.v_A):
            x_A = unpack_input(self, x_A, self.v_A)
        x_eigenvalues = unpack_output(self, self.o_eigenvalues, 0)
        x_eigenvectors = unpack_output(self, self.o_eigenvectors, 1)
        r_A = rules.eigh_vjp(g[0], g[1], x_A, x_eigenvalues, x_eigenvectors, self.p_UPLO, self.p_compute_v)
        return (r_A,)

    def release(self):
        self.s_A = Node
        self.o_eigenvalues = None
        self.o_eigenvectors = None

    @property
    def _saved_A(self):
        return unpack_input(self, self.s_A, self.v_A)

    @property
    def _saved_eigenvalues(self):
        return unpack_output(self, self.o_eigenvalues, 0)

    @property
    def _saved_eigenvectors(self):
        return unpack_output(self, self.o_eigenvectors, 1)

    @property
    def _saved_UPLO(self):
        return self.p_UPLO

    @property
    def _saved_compute_v(self):
        return self.p_compute_v


def record__linalg_eigh(made, A, UPLO, compute_v):
    node = LinalgEighBackward0()
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
    node.o_eigenvalues = save_output(made[0])
    node.o_eigenvectors = save_output(made[1])
    node.p_UPLO = UPLO
    node.p_compute_v = compute_v
    return made


class LinalgSvdBackward0(Node):
    """Backward of aten::_linalg_svd."""

    __slots__ = ('s_A', 'v_A', 'o_U', 'o_S', 'o_Vh', 'p_full_matrices', 'p_compute_uv',)
    op_name = '_linalg_svd'
    n_outputs = 3
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_A = self.s_A
        if not ((x_A.__class__ is Tensor or x_A.__class__ is Parameter) and (x_A._ver or FIRST)[0] == self.v_A):
            x_A = unpack_input(self, x_A, self.v_A)
        x_U = unpack_output(self, self.o_U, 0)
        x_S = unpack_output(self, self.o_S, 1)
        x_Vh = unpack_output(self, self.o_Vh, 2)
        r_A = rules.svd_vjp(g[0], g[1], g[2], x_A, x_U, x_S, x_Vh, self.p_full_matrices, self.p_compute_uv)
        return (r_A,)

    def release(self):
        self.s_A = Node
        self.o_U = None
        self.o_S = None
        self.o_Vh = None

    @property
    def _saved_A(self):
        return unpack_input(self, self.s_A, self.v_A)

    @property
    def _saved_U(self):
        return unpack_output(self, self.o_U, 0)

    @property
    def _saved_S(self):
        return unpack_output(self, self.o_S, 1)

    @property
    def _saved_Vh(self):
        return unpack_output(self, self.o_Vh, 2)

    @property
    def _saved_full_matrices(self):
        return self.p_full_matrices

    @property
    def _saved_compute_uv(self):
        return self.p_compute_uv


def record__linalg_svd(made, A, full_matrices, compute_uv, driver):
    node = LinalgSvdBackward0()
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
    node.o_U = save_output(made[0])
    node.o_S = save_output(made[1])
    node.o_Vh = save_output(made[2])
    node.p_full_matrices = full_matrices
    node.p_compute_uv = compute_uv
    return made


class LinalgCholeskyExBackward0(Node):
    """Backward of aten::linalg_cholesky_ex."""

    __slots__ = ('o_L', 'p_upper',)
    op_name = 'linalg_cholesky_ex'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_L = unpack_output(self, self.o_L, 0)
        r_self = rules.cholesky_self(g[0], x_L, self.p_upper)
        return (r_self,)

    def release(self):
        self.o_L = None

    @property
    def _saved_L(self):
        return unpack_output(self, self.o_L, 0)

    @property
    def _saved_upper(self):
        return self.p_upper


def record_linalg_cholesky_ex(made, self, upper, check_errors):
    node = LinalgCholeskyExBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.o_L = save_output(made[0])
    node.p_upper = upper
    return made


class LinalgEigBackward0(Node):
    """Backward of aten::linalg_eig."""

    __slots__ = ('o_eigenvalues', 'o_eigenvectors', 'p_self_dtype',)
    op_name = 'linalg_eig'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_eigenvalues = unpack_output(self, self.o_eigenvalues, 0)
        x_eigenvectors = unpack_output(self, self.o_eigenvectors, 1)
        r_self = rules.eig_vjp(g[0], g[1], x_eigenvalues, x_eigenvectors, self.p_self_dtype)
        return (r_self,)

    def release(self):
        self.o_eigenvalues = None
        self.o_eigenvectors = None

    @property
    def _saved_eigenvalues(self):
        return unpack_output(self, self.o_eigenvalues, 0)

    @property
    def _saved_eigenvectors(self):
        return unpack_output(self, self.o_eigenvectors, 1)


def record_linalg_eig(made, self):
    node = LinalgEigBackward0()
    node.seq = next(SEQ)
    node.shape = [None if t is None else tuple(t.shape) for t in made]
    node.k = 0
    for i, t in enumerate(made):
        if t is not None and t._k & 1:
            t._node = Out(node, i, t._k)
    e0 = self._node or self
    node.next = (e0,)
    node.o_eigenvalues = save_output(made[0])
    node.o_eigenvectors = save_output(made[1])
    node.p_self_dtype = self.dtype
    return made


class LinalgMatrixExpBackward0(Node):
    """Backward of aten::linalg_matrix_exp."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'linalg_matrix_exp'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = rules.matrix_exp_self(g, x_self)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_linalg_matrix_exp(made, self):
    node = LinalgMatrixExpBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = self._node or self
    node.next = (e0,)
    node.s_self = self
    cell = self._ver
    node.v_self = 0 if cell is None else cell[0]
    return made


class LinalgQrBackward0(Node):
    """Backward of aten::linalg_qr."""

    __slots__ = ('s_A', 'v_A', 'o_Q', 'o_R', 'p_mode',)
    op_name = 'linalg_qr'
    n_outputs = 2
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_A = self.s_A
        if not ((x_A.__class__ is Tensor or x_A.__class__ is Parameter) and (x_A._ver or FIRST)[0] == self.v_A):
            x_A = unpack_input(self, x_A, self.v_A)
        x_Q = unpack_output(self, self.o_Q, 0)
        x_R = unpack_output(self, self.o_R, 1)
        r_A = rules.qr_vjp(g[0], g[1], x_A, x_Q, x_R, self.p_mode)
        return (r_A,)

    def release(self):
        self.s_A = Node
        self.o_Q = None
        self.o_R = None

    @property
    def _saved_A(self):
        return unpack_input(self, self.s_A, self.v_A)

    @property
    def _saved_Q(self):
        return unpack_output(self, self.o_Q, 0)

    @property
    def _saved_R(self):
        return unpack_output(self, self.o_R, 1)

    @property
    def _saved_mode(self):
        return self.p_mode


def record_linalg_qr(made, A, mode):
    node = LinalgQrBackward0()
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
    node.o_Q = save_output(made[0])
    node.o_R = save_output(made[1])
    node.p_mode = mode
    return made
