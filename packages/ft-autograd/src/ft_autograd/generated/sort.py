"""Nodes and recorders of the `sort` family, generated from ft_autograd/rules/sort.py. Do not edit: `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import times
from ft_autograd.rules import sort as rules

_make = object.__new__


class KthvalueBackward0(Node):
    """Backward of aten::kthvalue."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim', 'p_keepdim',)
    op_name = 'kthvalue'
    n_outputs = 2

    def apply(self, g):
        r_self = rules.kthvalue_self(g=g[0], self=unpack_input(self, self.s_self, self.v_self), indices=unpack_output(self, self.o_indices, 1), dim=self.p_dim, keepdim=self.p_keepdim)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_indices = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_indices(self):
        return unpack_output(self, self.o_indices, 1)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_keepdim(self):
        return self.p_keepdim


def record_kthvalue(o, self, k, dim, keepdim):
    n = _make(KthvalueBackward0)
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
    n.o_indices = save_output(o[1]) if e0 is not None else None
    n.p_dim = dim
    n.p_keepdim = keepdim
    return o


class SortBackward0(Node):
    """Backward of aten::sort."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim',)
    op_name = 'sort'
    n_outputs = 2

    def apply(self, g):
        r_self = rules.sort_self(g=g[0], self=unpack_input(self, self.s_self, self.v_self), indices=unpack_output(self, self.o_indices, 1), dim=self.p_dim)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_indices = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_indices(self):
        return unpack_output(self, self.o_indices, 1)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_sort(o, self, dim, descending):
    n = _make(SortBackward0)
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
    n.o_indices = save_output(o[1]) if e0 is not None else None
    n.p_dim = dim
    return o


class SortBackward1(Node):
    """Backward of aten::sort.stable."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim',)
    op_name = 'sort.stable'
    n_outputs = 2

    def apply(self, g):
        r_self = rules.sort_self(g=g[0], self=unpack_input(self, self.s_self, self.v_self), indices=unpack_output(self, self.o_indices, 1), dim=self.p_dim)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_indices = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_indices(self):
        return unpack_output(self, self.o_indices, 1)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_sort_stable(o, self, stable, dim, descending):
    n = _make(SortBackward1)
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
    n.o_indices = save_output(o[1]) if e0 is not None else None
    n.p_dim = dim
    return o


class TopkBackward0(Node):
    """Backward of aten::topk."""

    __slots__ = ('s_self', 'v_self', 'o_indices', 'p_dim',)
    op_name = 'topk'
    n_outputs = 2

    def apply(self, g):
        r_self = rules.sort_self(g=g[0], self=unpack_input(self, self.s_self, self.v_self), indices=unpack_output(self, self.o_indices, 1), dim=self.p_dim)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.o_indices = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_indices(self):
        return unpack_output(self, self.o_indices, 1)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_topk(o, self, k, dim, largest, sorted):
    n = _make(TopkBackward0)
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
    n.o_indices = save_output(o[1]) if e0 is not None else None
    n.p_dim = dim
    return o
