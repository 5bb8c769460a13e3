"""Nodes and recorders of the `matmul` family, from ft_autograd/rules/matmul.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import matmul as rules

_make = object.__new__


class MmNtBackward0(Node):
    """Backward of aten::_mm_nt."""

    __slots__ = ('s_mat2', 'v_mat2', 's_self', 'v_self',)
    op_name = '_mm_nt'
    n_outputs = 1

    def apply(self, g):
        n_self, n_mat2 = self.next
        r_self = rules.mm_nt_self(g, unpack_input(self, self.s_mat2, self.v_mat2)) if n_self is not None else None
        r_mat2 = rules.mm_nt_mat2(g, unpack_input(self, self.s_self, self.v_self)) if n_mat2 is not None else None
        return (r_self, r_mat2,)

    def release(self):
        self.s_mat2 = Node
        self.s_self = Node

    @property
    def _saved_mat2(self):
        return unpack_input(self, self.s_mat2, self.v_mat2)

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__mm_nt(made, self, mat2):
    node = _make(MmNtBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (mat2._node or mat2) if mat2._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_mat2 = mat2
        cell = mat2._ver
        node.v_mat2 = 0 if cell is None else cell[0]
    else:
        node.s_mat2 = Node
        node.v_mat2 = 0
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    return made


class MmTnBackward0(Node):
    """Backward of aten::_mm_tn."""

    __slots__ = ('s_mat2', 'v_mat2', 's_self', 'v_self',)
    op_name = '_mm_tn'
    n_outputs = 1

    def apply(self, g):
        n_self, n_mat2 = self.next
        r_self = rules.mm_tn_self(g, unpack_input(self, self.s_mat2, self.v_mat2)) if n_self is not None else None
        r_mat2 = rules.mm_tn_mat2(g, unpack_input(self, self.s_self, self.v_self)) if n_mat2 is not None else None
        return (r_self, r_mat2,)

    def release(self):
        self.s_mat2 = Node
        self.s_self = Node

    @property
    def _saved_mat2(self):
        return unpack_input(self, self.s_mat2, self.v_mat2)

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__mm_tn(made, self, mat2):
    node = _make(MmTnBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (mat2._node or mat2) if mat2._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_mat2 = mat2
        cell = mat2._ver
        node.v_mat2 = 0 if cell is None else cell[0]
    else:
        node.s_mat2 = Node
        node.v_mat2 = 0
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    return made


class UnsafeViewBackward0(Node):
    """Backward of aten::_unsafe_view."""

    __slots__ = ('s_self', 'v_self',)
    op_name = '_unsafe_view'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.unsafe_view_self(g, unpack_input(self, self.s_self, self.v_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__unsafe_view(made, self, size):
    node = _make(UnsafeViewBackward0)
    node.seq = next_seq()
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
    return made


class AddbmmBackward0(Node):
    """Backward of aten::addbmm."""

    __slots__ = ('s_batch1', 'v_batch1', 's_batch2', 'v_batch2', 'p_beta', 'p_alpha',)
    op_name = 'addbmm'
    n_outputs = 1

    def apply(self, g):
        n_self, n_batch1, n_batch2 = self.next
        r_self, r_batch1, r_batch2 = rules.addbmm_vjp(g, unpack_input(self, self.s_batch1, self.v_batch1), unpack_input(self, self.s_batch2, self.v_batch2), self.p_beta, self.p_alpha, (n_self is not None, n_batch1 is not None, n_batch2 is not None,))
        return (r_self, r_batch1, r_batch2,)

    def release(self):
        self.s_batch1 = Node
        self.s_batch2 = Node

    @property
    def _saved_batch1(self):
        return unpack_input(self, self.s_batch1, self.v_batch1)

    @property
    def _saved_batch2(self):
        return unpack_input(self, self.s_batch2, self.v_batch2)

    @property
    def _saved_beta(self):
        return self.p_beta

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_addbmm(made, self, batch1, batch2, beta, alpha):
    node = _make(AddbmmBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (batch1._node or batch1) if batch1._k & 1 else None
    e2 = (batch2._node or batch2) if batch2._k & 1 else None
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_batch1 = batch1
        cell = batch1._ver
        node.v_batch1 = 0 if cell is None else cell[0]
    else:
        node.s_batch1 = Node
        node.v_batch1 = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_batch2 = batch2
        cell = batch2._ver
        node.v_batch2 = 0 if cell is None else cell[0]
    else:
        node.s_batch2 = Node
        node.v_batch2 = 0
    node.p_beta = beta
    node.p_alpha = alpha
    return made


class AddmmBackward0(Node):
    """Backward of aten::addmm."""

    __slots__ = ('s_mat2', 'v_mat2', 's_mat1', 'v_mat1', 'p_beta', 'p_alpha', 'p_mat2_stride',)
    op_name = 'addmm'
    n_outputs = 1

    def apply(self, g):
        n_self, n_mat1, n_mat2 = self.next
        r_self = rules.addmm_self(g, self.p_beta) if n_self is not None else None
        r_mat1 = rules.addmm_mat1(g, unpack_input(self, self.s_mat2, self.v_mat2), self.p_alpha) if n_mat1 is not None else None
        r_mat2 = rules.addmm_mat2(g, unpack_input(self, self.s_mat1, self.v_mat1), self.p_mat2_stride, self.p_alpha) if n_mat2 is not None else None
        return (r_self, r_mat1, r_mat2,)

    def release(self):
        self.s_mat2 = Node
        self.s_mat1 = Node

    @property
    def _saved_mat2(self):
        return unpack_input(self, self.s_mat2, self.v_mat2)

    @property
    def _saved_mat1(self):
        return unpack_input(self, self.s_mat1, self.v_mat1)

    @property
    def _saved_beta(self):
        return self.p_beta

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_addmm(made, self, mat1, mat2, beta, alpha):
    node = _make(AddmmBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (mat1._node or mat1) if mat1._k & 1 else None
    e2 = (mat2._node or mat2) if mat2._k & 1 else None
    node.next = (e0, e1, e2,)
    if e1 is not None:
        node.s_mat2 = mat2
        cell = mat2._ver
        node.v_mat2 = 0 if cell is None else cell[0]
    else:
        node.s_mat2 = Node
        node.v_mat2 = 0
    if e2 is not None:
        node.s_mat1 = mat1
        cell = mat1._ver
        node.v_mat1 = 0 if cell is None else cell[0]
    else:
        node.s_mat1 = Node
        node.v_mat1 = 0
    node.p_beta = beta
    node.p_alpha = alpha
    node.p_mat2_stride = (mat2._strides if mat2._k & 4 else mat2.stride())
    return made


class AddmvBackward0(Node):
    """Backward of aten::addmv."""

    __slots__ = ('s_mat', 'v_mat', 's_vec', 'v_vec', 'p_beta', 'p_alpha',)
    op_name = 'addmv'
    n_outputs = 1

    def apply(self, g):
        n_self, n_mat, n_vec = self.next
        r_self, r_mat, r_vec = rules.addmv_vjp(g, unpack_input(self, self.s_mat, self.v_mat), unpack_input(self, self.s_vec, self.v_vec), self.p_beta, self.p_alpha, (n_self is not None, n_mat is not None, n_vec is not None,))
        return (r_self, r_mat, r_vec,)

    def release(self):
        self.s_mat = Node
        self.s_vec = Node

    @property
    def _saved_mat(self):
        return unpack_input(self, self.s_mat, self.v_mat)

    @property
    def _saved_vec(self):
        return unpack_input(self, self.s_vec, self.v_vec)

    @property
    def _saved_beta(self):
        return self.p_beta

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_addmv(made, self, mat, vec, beta, alpha):
    node = _make(AddmvBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (mat._node or mat) if mat._k & 1 else None
    e2 = (vec._node or vec) if vec._k & 1 else None
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_mat = mat
        cell = mat._ver
        node.v_mat = 0 if cell is None else cell[0]
    else:
        node.s_mat = Node
        node.v_mat = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_vec = vec
        cell = vec._ver
        node.v_vec = 0 if cell is None else cell[0]
    else:
        node.s_vec = Node
        node.v_vec = 0
    node.p_beta = beta
    node.p_alpha = alpha
    return made


class AddrBackward0(Node):
    """Backward of aten::addr."""

    __slots__ = ('s_vec1', 'v_vec1', 's_vec2', 'v_vec2', 'p_beta', 'p_alpha',)
    op_name = 'addr'
    n_outputs = 1

    def apply(self, g):
        n_self, n_vec1, n_vec2 = self.next
        r_self, r_vec1, r_vec2 = rules.addr_vjp(g, unpack_input(self, self.s_vec1, self.v_vec1), unpack_input(self, self.s_vec2, self.v_vec2), self.p_beta, self.p_alpha, (n_self is not None, n_vec1 is not None, n_vec2 is not None,))
        return (r_self, r_vec1, r_vec2,)

    def release(self):
        self.s_vec1 = Node
        self.s_vec2 = Node

    @property
    def _saved_vec1(self):
        return unpack_input(self, self.s_vec1, self.v_vec1)

    @property
    def _saved_vec2(self):
        return unpack_input(self, self.s_vec2, self.v_vec2)

    @property
    def _saved_beta(self):
        return self.p_beta

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_addr(made, self, vec1, vec2, beta, alpha):
    node = _make(AddrBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (vec1._node or vec1) if vec1._k & 1 else None
    e2 = (vec2._node or vec2) if vec2._k & 1 else None
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_vec1 = vec1
        cell = vec1._ver
        node.v_vec1 = 0 if cell is None else cell[0]
    else:
        node.s_vec1 = Node
        node.v_vec1 = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_vec2 = vec2
        cell = vec2._ver
        node.v_vec2 = 0 if cell is None else cell[0]
    else:
        node.s_vec2 = Node
        node.v_vec2 = 0
    node.p_beta = beta
    node.p_alpha = alpha
    return made


class BaddbmmBackward0(Node):
    """Backward of aten::baddbmm."""

    __slots__ = ('s_batch1', 'v_batch1', 's_batch2', 'v_batch2', 'p_beta', 'p_alpha',)
    op_name = 'baddbmm'
    n_outputs = 1

    def apply(self, g):
        n_self, n_batch1, n_batch2 = self.next
        r_self, r_batch1, r_batch2 = rules.baddbmm_vjp(g, unpack_input(self, self.s_batch1, self.v_batch1), unpack_input(self, self.s_batch2, self.v_batch2), self.p_beta, self.p_alpha, (n_self is not None, n_batch1 is not None, n_batch2 is not None,))
        return (r_self, r_batch1, r_batch2,)

    def release(self):
        self.s_batch1 = Node
        self.s_batch2 = Node

    @property
    def _saved_batch1(self):
        return unpack_input(self, self.s_batch1, self.v_batch1)

    @property
    def _saved_batch2(self):
        return unpack_input(self, self.s_batch2, self.v_batch2)

    @property
    def _saved_beta(self):
        return self.p_beta

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_baddbmm(made, self, batch1, batch2, beta, alpha):
    node = _make(BaddbmmBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (batch1._node or batch1) if batch1._k & 1 else None
    e2 = (batch2._node or batch2) if batch2._k & 1 else None
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_batch1 = batch1
        cell = batch1._ver
        node.v_batch1 = 0 if cell is None else cell[0]
    else:
        node.s_batch1 = Node
        node.v_batch1 = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_batch2 = batch2
        cell = batch2._ver
        node.v_batch2 = 0 if cell is None else cell[0]
    else:
        node.s_batch2 = Node
        node.v_batch2 = 0
    node.p_beta = beta
    node.p_alpha = alpha
    return made


class BmmBackward0(Node):
    """Backward of aten::bmm."""

    __slots__ = ('s_mat2', 'v_mat2', 's_self', 'v_self',)
    op_name = 'bmm'
    n_outputs = 1

    def apply(self, g):
        n_self, n_mat2 = self.next
        r_self = rules.bmm_self(g, unpack_input(self, self.s_mat2, self.v_mat2)) if n_self is not None else None
        r_mat2 = rules.bmm_mat2(g, unpack_input(self, self.s_self, self.v_self)) if n_mat2 is not None else None
        return (r_self, r_mat2,)

    def release(self):
        self.s_mat2 = Node
        self.s_self = Node

    @property
    def _saved_mat2(self):
        return unpack_input(self, self.s_mat2, self.v_mat2)

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_bmm(made, self, mat2):
    node = _make(BmmBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (mat2._node or mat2) if mat2._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_mat2 = mat2
        cell = mat2._ver
        node.v_mat2 = 0 if cell is None else cell[0]
    else:
        node.s_mat2 = Node
        node.v_mat2 = 0
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    return made


class DotBackward0(Node):
    """Backward of aten::dot."""

    __slots__ = ('s_tensor', 'v_tensor', 's_self', 'v_self',)
    op_name = 'dot'
    n_outputs = 1

    def apply(self, g):
        n_self, n_tensor = self.next
        r_self = rules.dot_self(g, unpack_input(self, self.s_tensor, self.v_tensor)) if n_self is not None else None
        r_tensor = rules.dot_tensor(g, unpack_input(self, self.s_self, self.v_self)) if n_tensor is not None else None
        return (r_self, r_tensor,)

    def release(self):
        self.s_tensor = Node
        self.s_self = Node

    @property
    def _saved_tensor(self):
        return unpack_input(self, self.s_tensor, self.v_tensor)

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_dot(made, self, tensor):
    node = _make(DotBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (tensor._node or tensor) if tensor._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_tensor = tensor
        cell = tensor._ver
        node.v_tensor = 0 if cell is None else cell[0]
    else:
        node.s_tensor = Node
        node.v_tensor = 0
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    return made


class MmBackward0(Node):
    """Backward of aten::mm."""

    __slots__ = ('s_mat2', 'v_mat2', 's_self', 'v_self', 'p_mat2_stride',)
    op_name = 'mm'
    n_outputs = 1

    def apply(self, g):
        n_self, n_mat2 = self.next
        r_self = rules.mm_self(g, unpack_input(self, self.s_mat2, self.v_mat2)) if n_self is not None else None
        r_mat2 = rules.mm_mat2(g, unpack_input(self, self.s_self, self.v_self), self.p_mat2_stride) if n_mat2 is not None else None
        return (r_self, r_mat2,)

    def release(self):
        self.s_mat2 = Node
        self.s_self = Node

    @property
    def _saved_mat2(self):
        return unpack_input(self, self.s_mat2, self.v_mat2)

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_mm(made, self, mat2):
    node = _make(MmBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (mat2._node or mat2) if mat2._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_mat2 = mat2
        cell = mat2._ver
        node.v_mat2 = 0 if cell is None else cell[0]
    else:
        node.s_mat2 = Node
        node.v_mat2 = 0
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    node.p_mat2_stride = (mat2._strides if mat2._k & 4 else mat2.stride())
    return made


class MvBackward0(Node):
    """Backward of aten::mv."""

    __slots__ = ('s_vec', 'v_vec', 's_self', 'v_self',)
    op_name = 'mv'
    n_outputs = 1

    def apply(self, g):
        n_self, n_vec = self.next
        r_self = rules.mv_self(g, unpack_input(self, self.s_vec, self.v_vec)) if n_self is not None else None
        r_vec = rules.mv_vec(g, unpack_input(self, self.s_self, self.v_self)) if n_vec is not None else None
        return (r_self, r_vec,)

    def release(self):
        self.s_vec = Node
        self.s_self = Node

    @property
    def _saved_vec(self):
        return unpack_input(self, self.s_vec, self.v_vec)

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_mv(made, self, vec):
    node = _make(MvBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (vec._node or vec) if vec._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None:
        node.s_vec = vec
        cell = vec._ver
        node.v_vec = 0 if cell is None else cell[0]
    else:
        node.s_vec = Node
        node.v_vec = 0
    if e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    return made


class VdotBackward0(Node):
    """Backward of aten::vdot."""

    __slots__ = ('s_self', 'v_self', 's_other', 'v_other',)
    op_name = 'vdot'
    n_outputs = 1

    def apply(self, g):
        n_self, n_other = self.next
        r_self, r_other = rules.vdot_vjp(g, unpack_input(self, self.s_self, self.v_self), unpack_input(self, self.s_other, self.v_other), (n_self is not None, n_other is not None,))
        return (r_self, r_other,)

    def release(self):
        self.s_self = Node
        self.s_other = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_other(self):
        return unpack_input(self, self.s_other, self.v_other)


def record_vdot(made, self, other):
    node = _make(VdotBackward0)
    node.seq = next_seq()
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_other = other
        cell = other._ver
        node.v_other = 0 if cell is None else cell[0]
    else:
        node.s_other = Node
        node.v_other = 0
    return made
