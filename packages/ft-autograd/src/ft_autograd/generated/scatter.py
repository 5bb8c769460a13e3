"""Nodes and recorders of the `scatter` family, generated from ft_autograd/rules/scatter.py. Do not edit: `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core.tensor import Tensor, new

from ft_autograd.node import Node, Out, edge, next_seq, save_output, unpack_input, unpack_output, version
from ft_autograd.record import times
from ft_autograd.rules import scatter as rules

_make = object.__new__


class UnsafeIndexPutBackward0(Node):
    """Backward of aten::_unsafe_index_put."""

    __slots__ = ('s_indices', 'v_indices', 'p_accumulate',)
    op_name = '_unsafe_index_put'
    n_outputs = 1

    def apply(self, g):
        n_self, n_values = self.next
        r_self, r_values = rules.index_put_vjp(g=g, indices=[unpack_input(self, t, v) for t, v in zip(self.s_indices, self.v_indices)], accumulate=self.p_accumulate, needs=(n_self is not None, n_values is not None,))
        return (r_self, r_values,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_accumulate(self):
        return self.p_accumulate


def record__unsafe_index_put(o, self, indices, values, accumulate):
    n = _make(UnsafeIndexPutBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(values)
    n.next = (e0, e1,)
    n.s_indices = indices
    n.v_indices = [version(t) for t in indices]
    n.p_accumulate = accumulate
    return o


class IndexAddBackward0(Node):
    """Backward of aten::index_add."""

    __slots__ = ('s_index', 'v_index', 's_source', 'v_source', 'p_dim', 'p_alpha',)
    op_name = 'index_add'
    n_outputs = 1

    def apply(self, g):
        n_self, n_source = self.next
        r_self = rules.index_add_self(g=g) if n_self is not None else None
        r_source = rules.index_add_source(g=g, dim=self.p_dim, index=unpack_input(self, self.s_index, self.v_index), source=unpack_input(self, self.s_source, self.v_source), alpha=self.p_alpha) if n_source is not None else None
        return (r_self, r_source,)

    def release(self):
        self.s_index = Node
        self.s_source = Node

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_source(self):
        return unpack_input(self, self.s_source, self.v_source)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_alpha(self):
        return self.p_alpha


def record_index_add(o, self, dim, index, source, alpha):
    n = _make(IndexAddBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(source)
    n.next = (e0, e1,)
    if e1 is not None:
        n.s_index = index
        n.v_index = version(index)
    else:
        n.s_index = Node
        n.v_index = 0
    if e1 is not None:
        n.s_source = source
        n.v_source = version(source)
    else:
        n.s_source = Node
        n.v_source = 0
    n.p_dim = dim
    n.p_alpha = alpha
    return o


class IndexCopyBackward0(Node):
    """Backward of aten::index_copy."""

    __slots__ = ('s_index', 'v_index', 's_source', 'v_source', 'p_dim',)
    op_name = 'index_copy'
    n_outputs = 1

    def apply(self, g):
        n_self, n_source = self.next
        r_self, r_source = rules.index_copy_vjp(g=g, dim=self.p_dim, index=unpack_input(self, self.s_index, self.v_index), source=unpack_input(self, self.s_source, self.v_source), needs=(n_self is not None, n_source is not None,))
        return (r_self, r_source,)

    def release(self):
        self.s_index = Node
        self.s_source = Node

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_source(self):
        return unpack_input(self, self.s_source, self.v_source)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_index_copy(o, self, dim, index, source):
    n = _make(IndexCopyBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(source)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_index = index
        n.v_index = version(index)
    else:
        n.s_index = Node
        n.v_index = 0
    if e0 is not None or e1 is not None:
        n.s_source = source
        n.v_source = version(source)
    else:
        n.s_source = Node
        n.v_source = 0
    n.p_dim = dim
    return o


class IndexFillBackward0(Node):
    """Backward of aten::index_fill.int_Scalar."""

    __slots__ = ('s_index', 'v_index', 'p_dim',)
    op_name = 'index_fill.int_Scalar'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.index_fill_self(g=g, dim=self.p_dim, index=unpack_input(self, self.s_index, self.v_index))
        return (r_self,)

    def release(self):
        self.s_index = Node

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_index_fill_int_Scalar(o, self, dim, index, value):
    n = _make(IndexFillBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_index = index
        n.v_index = version(index)
    else:
        n.s_index = Node
        n.v_index = 0
    n.p_dim = dim
    return o


class IndexFillBackward1(Node):
    """Backward of aten::index_fill.int_Tensor."""

    __slots__ = ('s_index', 'v_index', 'p_dim',)
    op_name = 'index_fill.int_Tensor'
    n_outputs = 1

    def apply(self, g):
        n_self, n_value = self.next
        r_self, r_value = rules.index_fill_vjp(g=g, dim=self.p_dim, index=unpack_input(self, self.s_index, self.v_index), needs=(n_self is not None, n_value is not None,))
        return (r_self, r_value,)

    def release(self):
        self.s_index = Node

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_index_fill_int_Tensor(o, self, dim, index, value):
    n = _make(IndexFillBackward1)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(value)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_index = index
        n.v_index = version(index)
    else:
        n.s_index = Node
        n.v_index = 0
    n.p_dim = dim
    return o


class IndexPutBackward0(Node):
    """Backward of aten::index_put."""

    __slots__ = ('s_indices', 'v_indices', 'p_accumulate',)
    op_name = 'index_put'
    n_outputs = 1

    def apply(self, g):
        n_self, n_values = self.next
        r_self, r_values = rules.index_put_vjp(g=g, indices=[unpack_input(self, t, v) for t, v in zip(self.s_indices, self.v_indices)], accumulate=self.p_accumulate, needs=(n_self is not None, n_values is not None,))
        return (r_self, r_values,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_accumulate(self):
        return self.p_accumulate


def record_index_put(o, self, indices, values, accumulate):
    n = _make(IndexPutBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(values)
    n.next = (e0, e1,)
    n.s_indices = indices
    n.v_indices = [version(t) for t in indices]
    n.p_accumulate = accumulate
    return o


class IndexReduceBackward0(Node):
    """Backward of aten::index_reduce."""

    __slots__ = ('s_self', 'v_self', 's_index', 'v_index', 's_source', 'v_source', 'o_result', 'p_dim', 'p_reduce', 'p_include_self',)
    op_name = 'index_reduce'
    n_outputs = 1

    def apply(self, g):
        n_self, n_source = self.next
        r_self, r_source = rules.index_reduce_vjp(g=g, self=unpack_input(self, self.s_self, self.v_self), dim=self.p_dim, index=unpack_input(self, self.s_index, self.v_index), source=unpack_input(self, self.s_source, self.v_source), reduce=self.p_reduce, include_self=self.p_include_self, result=unpack_output(self, self.o_result, 0))
        return (r_self, r_source,)

    def release(self):
        self.s_self = Node
        self.s_index = Node
        self.s_source = Node
        self.o_result = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_source(self):
        return unpack_input(self, self.s_source, self.v_source)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_reduce(self):
        return self.p_reduce

    @property
    def _saved_include_self(self):
        return self.p_include_self


def record_index_reduce(o, self, dim, index, source, reduce, include_self):
    n = _make(IndexReduceBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(source)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_index = index
        n.v_index = version(index)
    else:
        n.s_index = Node
        n.v_index = 0
    if e0 is not None or e1 is not None:
        n.s_source = source
        n.v_source = version(source)
    else:
        n.s_source = Node
        n.v_source = 0
    n.o_result = save_output(o) if e0 is not None or e1 is not None else None
    n.p_dim = dim
    n.p_reduce = reduce
    n.p_include_self = include_self
    return o


class PutBackward0(Node):
    """Backward of aten::put."""

    __slots__ = ('s_index', 'v_index', 's_source', 'v_source', 'p_accumulate',)
    op_name = 'put'
    n_outputs = 1

    def apply(self, g):
        n_self, n_source = self.next
        r_self, r_source = rules.put_vjp(g=g, index=unpack_input(self, self.s_index, self.v_index), source=unpack_input(self, self.s_source, self.v_source), accumulate=self.p_accumulate, needs=(n_self is not None, n_source is not None,))
        return (r_self, r_source,)

    def release(self):
        self.s_index = Node
        self.s_source = Node

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_source(self):
        return unpack_input(self, self.s_source, self.v_source)

    @property
    def _saved_accumulate(self):
        return self.p_accumulate


def record_put(o, self, index, source, accumulate):
    n = _make(PutBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(source)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_index = index
        n.v_index = version(index)
    else:
        n.s_index = Node
        n.v_index = 0
    if e0 is not None or e1 is not None:
        n.s_source = source
        n.v_source = version(source)
    else:
        n.s_source = Node
        n.v_source = 0
    n.p_accumulate = accumulate
    return o


class ScatterBackward0(Node):
    """Backward of aten::scatter.src."""

    __slots__ = ('s_index', 'v_index', 's_src', 'v_src', 'p_dim',)
    op_name = 'scatter.src'
    n_outputs = 1

    def apply(self, g):
        n_self, n_src = self.next
        r_self, r_src = rules.scatter_vjp(g=g, dim=self.p_dim, index=unpack_input(self, self.s_index, self.v_index), src=unpack_input(self, self.s_src, self.v_src), needs=(n_self is not None, n_src is not None,))
        return (r_self, r_src,)

    def release(self):
        self.s_index = Node
        self.s_src = Node

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_src(self):
        return unpack_input(self, self.s_src, self.v_src)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_scatter_src(o, self, dim, index, src):
    n = _make(ScatterBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(src)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_index = index
        n.v_index = version(index)
    else:
        n.s_index = Node
        n.v_index = 0
    if e0 is not None or e1 is not None:
        n.s_src = src
        n.v_src = version(src)
    else:
        n.s_src = Node
        n.v_src = 0
    n.p_dim = dim
    return o


class ScatterBackward1(Node):
    """Backward of aten::scatter.value."""

    __slots__ = ('s_index', 'v_index', 'p_dim',)
    op_name = 'scatter.value'
    n_outputs = 1

    def apply(self, g):
        r_self = rules.scatter_value_self(g=g, dim=self.p_dim, index=unpack_input(self, self.s_index, self.v_index))
        return (r_self,)

    def release(self):
        self.s_index = Node

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_scatter_value(o, self, dim, index, value):
    n = _make(ScatterBackward1)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    n.next = (e0,)
    if e0 is not None:
        n.s_index = index
        n.v_index = version(index)
    else:
        n.s_index = Node
        n.v_index = 0
    n.p_dim = dim
    return o


class ScatterAddBackward0(Node):
    """Backward of aten::scatter_add."""

    __slots__ = ('s_index', 'v_index', 's_src', 'v_src', 'p_dim',)
    op_name = 'scatter_add'
    n_outputs = 1

    def apply(self, g):
        n_self, n_src = self.next
        r_self = rules.scatter_add_self(g=g) if n_self is not None else None
        r_src = rules.scatter_add_src(g=g, dim=self.p_dim, index=unpack_input(self, self.s_index, self.v_index), src=unpack_input(self, self.s_src, self.v_src)) if n_src is not None else None
        return (r_self, r_src,)

    def release(self):
        self.s_index = Node
        self.s_src = Node

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_src(self):
        return unpack_input(self, self.s_src, self.v_src)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_scatter_add(o, self, dim, index, src):
    n = _make(ScatterAddBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(src)
    n.next = (e0, e1,)
    if e1 is not None:
        n.s_index = index
        n.v_index = version(index)
    else:
        n.s_index = Node
        n.v_index = 0
    if e1 is not None:
        n.s_src = src
        n.v_src = version(src)
    else:
        n.s_src = Node
        n.v_src = 0
    n.p_dim = dim
    return o


class ScatterReduceBackward0(Node):
    """Backward of aten::scatter_reduce.two."""

    __slots__ = ('s_self', 'v_self', 's_index', 'v_index', 's_src', 'v_src', 'o_result', 'p_dim', 'p_reduce', 'p_include_self',)
    op_name = 'scatter_reduce.two'
    n_outputs = 1

    def apply(self, g):
        n_self, n_src = self.next
        r_self, r_src = rules.scatter_reduce_vjp(g=g, self=unpack_input(self, self.s_self, self.v_self), dim=self.p_dim, index=unpack_input(self, self.s_index, self.v_index), src=unpack_input(self, self.s_src, self.v_src), reduce=self.p_reduce, include_self=self.p_include_self, result=unpack_output(self, self.o_result, 0))
        return (r_self, r_src,)

    def release(self):
        self.s_self = Node
        self.s_index = Node
        self.s_src = Node
        self.o_result = None

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_src(self):
        return unpack_input(self, self.s_src, self.v_src)

    @property
    def _saved_result(self):
        return unpack_output(self, self.o_result, 0)

    @property
    def _saved_dim(self):
        return self.p_dim

    @property
    def _saved_reduce(self):
        return self.p_reduce

    @property
    def _saved_include_self(self):
        return self.p_include_self


def record_scatter_reduce_two(o, self, dim, index, src, reduce, include_self):
    n = _make(ScatterReduceBackward0)
    n.seq = next_seq()
    o._node = n
    n.shape = o._a.shape
    n.k = o._k
    e0 = edge(self)
    e1 = edge(src)
    n.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        n.s_self = self
        n.v_self = version(self)
    else:
        n.s_self = Node
        n.v_self = 0
    if e0 is not None or e1 is not None:
        n.s_index = index
        n.v_index = version(index)
    else:
        n.s_index = Node
        n.v_index = 0
    if e0 is not None or e1 is not None:
        n.s_src = src
        n.v_src = version(src)
    else:
        n.s_src = Node
        n.v_src = 0
    n.o_result = save_output(o) if e0 is not None or e1 is not None else None
    n.p_dim = dim
    n.p_reduce = reduce
    n.p_include_self = include_self
    return o
