"""Nodes and recorders of the `reduction` family, generated from ft_autograd/rules/reduction.py. Do not edit: `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import times
from ft_autograd.rules import reduction as rules

_make = object.__new__


class LinalgVectorNormBackward0(Node):
    """Backward of aten::linalg_vector_norm."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_ord', 'p_dim', 'p_keepdim',)
    op_name = 'linalg_vector_norm'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.linalg_vector_norm_self(g=g, self=unpack_input(self, self.s_self, self.v_self), result=unpack_output(self, self.o_result, 0), ord=self.p_ord, dim=self.p_dim, keepdim=self.p_keepdim)
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
    def _saved_ord(self):
        return self.p_ord

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_linalg_vector_norm(o, self, ord, dim, keepdim, dtype):
    n = _make(LinalgVectorNormBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.o_result = save_output(o) if e0 is not None else None
    n.p_ord = ord
    n.p_dim = dim
    n.p_keepdim = keepdim
    return o


class LogsumexpBackward0(Node):
    """Backward of aten::logsumexp."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_dim', 'p_keepdim',)
    op_name = 'logsumexp'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.logsumexp_self(g=g, self=unpack_input(self, self.s_self, self.v_self), result=unpack_output(self, self.o_result, 0), dim=self.p_dim, keepdim=self.p_keepdim)
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
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_logsumexp(o, self, dim, keepdim):
    n = _make(LogsumexpBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.o_result = save_output(o) if e0 is not None else None
    n.p_dim = dim
    n.p_keepdim = keepdim
    return o


class MeanBackward0(Node):
    """Backward of aten::mean."""

    __slots__ = ('p_self_shape',)
    op_name = 'mean'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.mean_self(g=g, self_shape=self.p_self_shape)
        return (r_self,)


def record_mean(o, self, dtype):
    n = _make(MeanBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_self_shape = tuple(self.shape)
    return o


class MeanBackward1(Node):
    """Backward of aten::mean.dim."""

    __slots__ = ('p_dim', 'p_keepdim', 'p_self_shape',)
    op_name = 'mean.dim'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.mean_dim_self(g=g, self_shape=self.p_self_shape, dim=self.p_dim, keepdim=self.p_keepdim)
        return (r_self,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_mean_dim(o, self, dim, keepdim, dtype):
    n = _make(MeanBackward1)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_dim = dim
    n.p_keepdim = keepdim
    n.p_self_shape = tuple(self.shape)
    return o


class NansumBackward0(Node):
    """Backward of aten::nansum."""

    __slots__ = ('s_self', 'v_self', 'p_dim', 'p_keepdim',)
    op_name = 'nansum'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.nansum_self(g=g, self=unpack_input(self, self.s_self, self.v_self), dim=self.p_dim, keepdim=self.p_keepdim)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_nansum(o, self, dim, keepdim, dtype):
    n = _make(NansumBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_dim = dim
    n.p_keepdim = keepdim
    return o


class ProdBackward0(Node):
    """Backward of aten::prod."""

    __slots__ = ('s_self', 'v_self',)
    op_name = 'prod'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.prod_self(g=g, self=unpack_input(self, self.s_self, self.v_self))
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)


def record_prod(o, self, dtype):
    n = _make(ProdBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    return o


class ProdBackward1(Node):
    """Backward of aten::prod.dim_int."""

    __slots__ = ('s_self', 'v_self', 'p_dim', 'p_keepdim',)
    op_name = 'prod.dim_int'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.prod_dim_self(g=g, self=unpack_input(self, self.s_self, self.v_self), dim=self.p_dim, keepdim=self.p_keepdim)
        return (r_self,)

    def release(self):
        self.s_self = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_prod_dim_int(o, self, dim, keepdim, dtype):
    n = _make(ProdBackward1)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_dim = dim
    n.p_keepdim = keepdim
    return o


class SumBackward0(Node):
    """Backward of aten::sum."""

    __slots__ = ('p_self_shape',)
    op_name = 'sum'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.sum_self(g=g, self_shape=self.p_self_shape)
        return (r_self,)


def record_sum(o, self, dtype):
    n = _make(SumBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_self_shape = tuple(self.shape)
    return o


class SumBackward1(Node):
    """Backward of aten::sum.dim_IntList."""

    __slots__ = ('p_dim', 'p_keepdim', 'p_self_shape',)
    op_name = 'sum.dim_IntList'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.sum_dim_self(g=g, self_shape=self.p_self_shape, dim=self.p_dim, keepdim=self.p_keepdim)
        return (r_self,)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_sum_dim_IntList(o, self, dim, keepdim, dtype):
    n = _make(SumBackward1)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    n.p_dim = dim
    n.p_keepdim = keepdim
    n.p_self_shape = tuple(self.shape)
    return o
