"""Nodes and recorders of the `stats` family, generated from ft_autograd/rules/stats.py. Do not edit: `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import times
from ft_autograd.rules import stats as rules

_make = object.__new__


class MedianBackward0(Node):
    """Backward of aten::median."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'median'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.median_self(g=g, self=unpack_input(self, self.s_self, self.v_self), result=unpack_output(self, self.o_result, 0))
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


def record_median(o, self):
    n = _make(MedianBackward0)
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
    return o


class NanmedianBackward0(Node):
    """Backward of aten::nanmedian."""

    __slots__ = ('s_self', 'v_self', 'o_result',)
    op_name = 'nanmedian'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.median_self(g=g, self=unpack_input(self, self.s_self, self.v_self), result=unpack_output(self, self.o_result, 0))
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


def record_nanmedian(o, self):
    n = _make(NanmedianBackward0)
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
    return o


class StdBackward0(Node):
    """Backward of aten::std.correction."""

    __slots__ = ('s_self', 'v_self', 'o_result', 'p_dim', 'p_correction', 'p_keepdim',)
    op_name = 'std.correction'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.std_self(g=g, self=unpack_input(self, self.s_self, self.v_self), result=unpack_output(self, self.o_result, 0), dim=self.p_dim, correction=self.p_correction, keepdim=self.p_keepdim)
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
    def _saved_correction(self):
        return self.p_correction

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_std_correction(o, self, dim, correction, keepdim):
    n = _make(StdBackward0)
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
    n.p_correction = correction
    n.p_keepdim = keepdim
    return o


class StdMeanBackward0(Node):
    """Backward of aten::std_mean.correction."""

    __slots__ = ('s_self', 'v_self', 'o_result0', 'p_dim', 'p_correction', 'p_keepdim',)
    op_name = 'std_mean.correction'
    n_outputs = 2

    def apply(self, g):
        r_self = rules.std_mean_self(g0=g[0], g1=g[1], self=unpack_input(self, self.s_self, self.v_self), result0=unpack_output(self, self.o_result0, 0), dim=self.p_dim, correction=self.p_correction, keepdim=self.p_keepdim)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_result0 = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_result0(self):
        return unpack_output(self, self.o_result0, 0)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_correction(self):
        return self.p_correction

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_std_mean_correction(o, self, dim, correction, keepdim):
    n = _make(StdMeanBackward0)
    n.seq = next_seq()
    n.shape = [None if t is None else tuple(t.shape) for t in o]
    n.k = 0
    for i, t in enumerate(o):
        if t is not None and t._k & 1:
            t._node = Out(n, i)
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.o_result0 = save_output(o[0]) if e0 is not None else None
    n.p_dim = dim
    n.p_correction = correction
    n.p_keepdim = keepdim
    return o


class VarBackward0(Node):
    """Backward of aten::var.correction."""

    __slots__ = ('s_self', 'v_self', 'p_dim', 'p_correction', 'p_keepdim',)
    op_name = 'var.correction'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.var_self(g=g, self=unpack_input(self, self.s_self, self.v_self), dim=self.p_dim, correction=self.p_correction, keepdim=self.p_keepdim)
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
    def _saved_correction(self):
        return self.p_correction

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_var_correction(o, self, dim, correction, keepdim):
    n = _make(VarBackward0)
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
    n.p_correction = correction
    n.p_keepdim = keepdim
    return o


class VarMeanBackward0(Node):
    """Backward of aten::var_mean.correction."""

    __slots__ = ('s_self', 'v_self', 'p_dim', 'p_correction', 'p_keepdim',)
    op_name = 'var_mean.correction'
    n_outputs = 2

    def apply(self, g):
        r_self = rules.var_mean_self(g0=g[0], g1=g[1], self=unpack_input(self, self.s_self, self.v_self), dim=self.p_dim, correction=self.p_correction, keepdim=self.p_keepdim)
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
    def _saved_correction(self):
        return self.p_correction

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_var_mean_correction(o, self, dim, correction, keepdim):
    n = _make(VarMeanBackward0)
    n.seq = next_seq()
    n.shape = [None if t is None else tuple(t.shape) for t in o]
    n.k = 0
    for i, t in enumerate(o):
        if t is not None and t._k & 1:
            t._node = Out(n, i)
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    n.p_dim = dim
    n.p_correction = correction
    n.p_keepdim = keepdim
    return o
