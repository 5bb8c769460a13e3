"""Nodes and recorders of the `matmul` family, from ft_autograd/rules/matmul.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import matmul as rules


class MmNtBackward0(Node):
    """Backward of aten::_mm_nt."""

    __slots__ = ('s_mat2', 'v_mat2', 's_self', 'v_self',)
    op_name = '_mm_nt'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_mat2 = self.next
        if n_self is not None:
            x_mat2 = self.s_mat2
            if not ((x_mat2.__class__ is Tensor or x_mat2.__class__ is Parameter) and (x_mat2._ver or FIRST)[0] == self.v_mat2):
                x_mat2 = unpack_input(self, x_mat2, self.v_mat2)
            r_self = g.mm(x_mat2)
        else:
            r_self = None
        if n_mat2 is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            r_mat2 = rules.torch.raw._mm_tn(g, x_self)
        else:
            r_mat2 = None
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
    node = MmNtBackward0()
    node.seq = next(SEQ)
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
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_mat2 = self.next
        if n_self is not None:
            x_mat2 = self.s_mat2
            if not ((x_mat2.__class__ is Tensor or x_mat2.__class__ is Parameter) and (x_mat2._ver or FIRST)[0] == self.v_mat2):
                x_mat2 = unpack_input(self, x_mat2, self.v_mat2)
            r_self = rules.torch.raw._mm_nt(x_mat2, g)
        else:
            r_self = None
        if n_mat2 is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            r_mat2 = x_self.mm(g)
        else:
            r_mat2 = None
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
    node = MmTnBackward0()
    node.seq = next(SEQ)
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
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        r_self = g.reshape(x_self.shape)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record__unsafe_view(made, self, size):
    node = UnsafeViewBackward0()
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


class AddbmmBackward0(Node):
    """Backward of aten::addbmm."""

    __slots__ = ('s_batch1', 'v_batch1', 's_batch2', 'v_batch2', 'p_beta', 'p_alpha',)
    op_name = 'addbmm'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_batch1, n_batch2 = self.next
        x_batch1 = self.s_batch1
        if not ((x_batch1.__class__ is Tensor or x_batch1.__class__ is Parameter) and (x_batch1._ver or FIRST)[0] == self.v_batch1):
            x_batch1 = unpack_input(self, x_batch1, self.v_batch1)
        x_batch2 = self.s_batch2
        if not ((x_batch2.__class__ is Tensor or x_batch2.__class__ is Parameter) and (x_batch2._ver or FIRST)[0] == self.v_batch2):
            x_batch2 = unpack_input(self, x_batch2, self.v_batch2)
        r_self, r_batch1, r_batch2 = rules.addbmm_vjp(g, x_batch1, x_batch2, self.p_beta, self.p_alpha, (n_self is not None, n_batch1 is not None, n_batch2 is not None,))
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
    node = AddbmmBackward0()
    node.seq = next(SEQ)
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
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_mat1, n_mat2 = self.next
        r_self = rules.scaled(g, self.p_beta) if n_self is not None else None
        if n_mat1 is not None:
            x_mat2 = self.s_mat2
            if not ((x_mat2.__class__ is Tensor or x_mat2.__class__ is Parameter) and (x_mat2._ver or FIRST)[0] == self.v_mat2):
                x_mat2 = unpack_input(self, x_mat2, self.v_mat2)
            r_mat1 = rules.scaled(rules.left_gradient(g, x_mat2), self.p_alpha)
        else:
            r_mat1 = None
        if n_mat2 is not None:
            x_mat1 = self.s_mat1
            if not ((x_mat1.__class__ is Tensor or x_mat1.__class__ is Parameter) and (x_mat1._ver or FIRST)[0] == self.v_mat1):
                x_mat1 = unpack_input(self, x_mat1, self.v_mat1)
            r_mat2 = rules.scaled(rules.right_gradient(g, x_mat1, self.p_mat2_stride), self.p_alpha)
        else:
            r_mat2 = None
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
    node = AddmmBackward0()
    node.seq = next(SEQ)
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
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_mat, n_vec = self.next
        x_mat = self.s_mat
        if not ((x_mat.__class__ is Tensor or x_mat.__class__ is Parameter) and (x_mat._ver or FIRST)[0] == self.v_mat):
            x_mat = unpack_input(self, x_mat, self.v_mat)
        x_vec = self.s_vec
        if not ((x_vec.__class__ is Tensor or x_vec.__class__ is Parameter) and (x_vec._ver or FIRST)[0] == self.v_vec):
            x_vec = unpack_input(self, x_vec, self.v_vec)
        r_self, r_mat, r_vec = (rules.scaled(g, self.p_beta) if (n_self is not None, n_mat is not None, n_vec is not None)[0] else None, rules.scaled(g.unsqueeze(1) * rules.conjugated(x_vec), self.p_alpha) if (n_self is not None, n_mat is not None, n_vec is not None)[1] else None, rules.scaled(rules.turned(x_mat).mv(g), self.p_alpha) if (n_self is not None, n_mat is not None, n_vec is not None)[2] else None)
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
    node = AddmvBackward0()
    node.seq = next(SEQ)
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
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_vec1, n_vec2 = self.next
        x_vec1 = self.s_vec1
        if not ((x_vec1.__class__ is Tensor or x_vec1.__class__ is Parameter) and (x_vec1._ver or FIRST)[0] == self.v_vec1):
            x_vec1 = unpack_input(self, x_vec1, self.v_vec1)
        x_vec2 = self.s_vec2
        if not ((x_vec2.__class__ is Tensor or x_vec2.__class__ is Parameter) and (x_vec2._ver or FIRST)[0] == self.v_vec2):
            x_vec2 = unpack_input(self, x_vec2, self.v_vec2)
        r_self, r_vec1, r_vec2 = (rules.scaled(g, self.p_beta) if (n_self is not None, n_vec1 is not None, n_vec2 is not None)[0] else None, rules.scaled(g.mv(rules.conjugated(x_vec2)), self.p_alpha) if (n_self is not None, n_vec1 is not None, n_vec2 is not None)[1] else None, rules.scaled(g.t().mv(rules.conjugated(x_vec1)), self.p_alpha) if (n_self is not None, n_vec1 is not None, n_vec2 is not None)[2] else None)
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
    node = AddrBackward0()
    node.seq = next(SEQ)
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
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_batch1, n_batch2 = self.next
        x_batch1 = self.s_batch1
        if not ((x_batch1.__class__ is Tensor or x_batch1.__class__ is Parameter) and (x_batch1._ver or FIRST)[0] == self.v_batch1):
            x_batch1 = unpack_input(self, x_batch1, self.v_batch1)
        x_batch2 = self.s_batch2
        if not ((x_batch2.__class__ is Tensor or x_batch2.__class__ is Parameter) and (x_batch2._ver or FIRST)[0] == self.v_batch2):
            x_batch2 = unpack_input(self, x_batch2, self.v_batch2)
        r_self, r_batch1, r_batch2 = (rules.scaled(g, self.p_beta) if (n_self is not None, n_batch1 is not None, n_batch2 is not None)[0] else None, rules.scaled(g.bmm(rules.turned(x_batch2)), self.p_alpha) if (n_self is not None, n_batch1 is not None, n_batch2 is not None)[1] else None, rules.scaled(rules.turned(x_batch1).bmm(g), self.p_alpha) if (n_self is not None, n_batch1 is not None, n_batch2 is not None)[2] else None)
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
    node = BaddbmmBackward0()
    node.seq = next(SEQ)
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
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_mat2 = self.next
        if n_self is not None:
            x_mat2 = self.s_mat2
            if not ((x_mat2.__class__ is Tensor or x_mat2.__class__ is Parameter) and (x_mat2._ver or FIRST)[0] == self.v_mat2):
                x_mat2 = unpack_input(self, x_mat2, self.v_mat2)
            r_self = g.bmm(rules.turned(x_mat2))
        else:
            r_self = None
        if n_mat2 is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            r_mat2 = rules.turned(x_self).bmm(g)
        else:
            r_mat2 = None
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
    node = BmmBackward0()
    node.seq = next(SEQ)
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
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_tensor = self.next
        if n_self is not None:
            x_tensor = self.s_tensor
            if not ((x_tensor.__class__ is Tensor or x_tensor.__class__ is Parameter) and (x_tensor._ver or FIRST)[0] == self.v_tensor):
                x_tensor = unpack_input(self, x_tensor, self.v_tensor)
            r_self = g * rules.conjugated(x_tensor)
        else:
            r_self = None
        if n_tensor is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            r_tensor = g * rules.conjugated(x_self)
        else:
            r_tensor = None
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
    node = DotBackward0()
    node.seq = next(SEQ)
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
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_mat2 = self.next
        if n_self is not None:
            x_mat2 = self.s_mat2
            if not ((x_mat2.__class__ is Tensor or x_mat2.__class__ is Parameter) and (x_mat2._ver or FIRST)[0] == self.v_mat2):
                x_mat2 = unpack_input(self, x_mat2, self.v_mat2)
            r_self = rules.left_gradient(g, x_mat2)
        else:
            r_self = None
        if n_mat2 is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            r_mat2 = rules.right_gradient(g, x_self, self.p_mat2_stride)
        else:
            r_mat2 = None
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
    node = MmBackward0()
    node.seq = next(SEQ)
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
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_vec = self.next
        if n_self is not None:
            x_vec = self.s_vec
            if not ((x_vec.__class__ is Tensor or x_vec.__class__ is Parameter) and (x_vec._ver or FIRST)[0] == self.v_vec):
                x_vec = unpack_input(self, x_vec, self.v_vec)
            r_self = g.unsqueeze(1) * rules.conjugated(x_vec)
        else:
            r_self = None
        if n_vec is not None:
            x_self = self.s_self
            if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
                x_self = unpack_input(self, x_self, self.v_self)
            r_vec = rules.turned(x_self).mv(g)
        else:
            r_vec = None
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
    node = MvBackward0()
    node.seq = next(SEQ)
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
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_other = self.s_other
        if not ((x_other.__class__ is Tensor or x_other.__class__ is Parameter) and (x_other._ver or FIRST)[0] == self.v_other):
            x_other = unpack_input(self, x_other, self.v_other)
        r_self, r_other = (rules.conjugated(g) * x_other if (n_self is not None, n_other is not None)[0] else None, g * x_self if (n_self is not None, n_other is not None)[1] else None)
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
    node = VdotBackward0()
    node.seq = next(SEQ)
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
