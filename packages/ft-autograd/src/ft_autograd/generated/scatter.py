"""Nodes and recorders of the `scatter` family, from ft_autograd/rules/scatter.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import scatter as rules


class UnsafeIndexPutBackward0(Node):
    """Backward of aten::_unsafe_index_put."""

    __slots__ = ('s_indices', 'v_indices', 'p_accumulate',)
    op_name = '_unsafe_index_put'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_values = self.next
        r_self, r_values = rules.index_put_vjp(g, [unpack_input(self, t, v) for t, v in zip(self.s_indices, self.v_indices)], self.p_accumulate, (n_self is not None, n_values is not None,))
        return (r_self, r_values,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_accumulate(self):
        return self.p_accumulate


def record__unsafe_index_put(made, self, indices, values, accumulate):
    node = UnsafeIndexPutBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (values._node or values) if values._k & 1 else None
    node.next = (e0, e1,)
    node.s_indices = indices
    node.v_indices = [version(t) for t in indices]
    node.p_accumulate = accumulate
    return made


class IndexAddBackward0(Node):
    """Backward of aten::index_add."""

    __slots__ = ('s_index', 'v_index', 's_source', 'v_source', 'p_dim', 'p_alpha',)
    op_name = 'index_add'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_source = self.next
        r_self = g if n_self is not None else None
        if n_source is not None:
            x_index = self.s_index
            if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
                x_index = unpack_input(self, x_index, self.v_index)
            x_source = self.s_source
            if not ((x_source.__class__ is Tensor or x_source.__class__ is Parameter) and (x_source._ver or FIRST)[0] == self.v_source):
                x_source = unpack_input(self, x_source, self.v_source)
            r_source = rules.index_add_source(g, self.p_dim, x_index, x_source, self.p_alpha)
        else:
            r_source = None
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


def record_index_add(made, self, dim, index, source, alpha):
    node = IndexAddBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (source._node or source) if source._k & 1 else None
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    if e1 is not None:
        node.s_source = source
        cell = source._ver
        node.v_source = 0 if cell is None else cell[0]
    else:
        node.s_source = Node
        node.v_source = 0
    node.p_dim = dim
    node.p_alpha = alpha
    return made


class IndexCopyBackward0(Node):
    """Backward of aten::index_copy."""

    __slots__ = ('s_index', 'v_index', 's_source', 'v_source', 'p_dim',)
    op_name = 'index_copy'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_source = self.next
        x_index = self.s_index
        if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
            x_index = unpack_input(self, x_index, self.v_index)
        x_source = self.s_source
        if not ((x_source.__class__ is Tensor or x_source.__class__ is Parameter) and (x_source._ver or FIRST)[0] == self.v_source):
            x_source = unpack_input(self, x_source, self.v_source)
        r_self, r_source = rules.index_copy_vjp(g, self.p_dim, x_index, x_source, (n_self is not None, n_source is not None,))
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


def record_index_copy(made, self, dim, index, source):
    node = IndexCopyBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (source._node or source) if source._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    if e0 is not None or e1 is not None:
        node.s_source = source
        cell = source._ver
        node.v_source = 0 if cell is None else cell[0]
    else:
        node.s_source = Node
        node.v_source = 0
    node.p_dim = dim
    return made


class IndexFillBackward0(Node):
    """Backward of aten::index_fill.int_Scalar."""

    __slots__ = ('s_index', 'v_index', 'p_dim',)
    op_name = 'index_fill.int_Scalar'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_index = self.s_index
        if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
            x_index = unpack_input(self, x_index, self.v_index)
        r_self = g.index_fill(self.p_dim, x_index, 0)
        return (r_self,)

    def release(self):
        self.s_index = Node

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_index_fill_int_Scalar(made, self, dim, index, value):
    node = IndexFillBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    node.p_dim = dim
    return made


class IndexFillBackward1(Node):
    """Backward of aten::index_fill.int_Tensor."""

    __slots__ = ('s_index', 'v_index', 'p_dim',)
    op_name = 'index_fill.int_Tensor'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_value = self.next
        x_index = self.s_index
        if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
            x_index = unpack_input(self, x_index, self.v_index)
        r_self, r_value = (g.index_fill(self.p_dim, x_index, 0) if (n_self is not None, n_value is not None)[0] else None, g.index_select(self.p_dim, x_index.unique()).sum() if (n_self is not None, n_value is not None)[1] else None)
        return (r_self, r_value,)

    def release(self):
        self.s_index = Node

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_index_fill_int_Tensor(made, self, dim, index, value):
    node = IndexFillBackward1()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (value._node or value) if value._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    node.p_dim = dim
    return made


class IndexPutBackward0(Node):
    """Backward of aten::index_put."""

    __slots__ = ('s_indices', 'v_indices', 'p_accumulate',)
    op_name = 'index_put'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_values = self.next
        r_self, r_values = rules.index_put_vjp(g, [unpack_input(self, t, v) for t, v in zip(self.s_indices, self.v_indices)], self.p_accumulate, (n_self is not None, n_values is not None,))
        return (r_self, r_values,)

    def release(self):
        self.s_indices = Node

    @property
    def _saved_accumulate(self):
        return self.p_accumulate


def record_index_put(made, self, indices, values, accumulate):
    node = IndexPutBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (values._node or values) if values._k & 1 else None
    node.next = (e0, e1,)
    node.s_indices = indices
    node.v_indices = [version(t) for t in indices]
    node.p_accumulate = accumulate
    return made


class IndexReduceBackward0(Node):
    """Backward of aten::index_reduce."""

    __slots__ = ('s_self', 'v_self', 's_index', 'v_index', 's_source', 'v_source', 'o_result', 'p_dim', 'p_reduce', 'p_include_self',)
    op_name = 'index_reduce'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_source = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_index = self.s_index
        if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
            x_index = unpack_input(self, x_index, self.v_index)
        x_source = self.s_source
        if not ((x_source.__class__ is Tensor or x_source.__class__ is Parameter) and (x_source._ver or FIRST)[0] == self.v_source):
            x_source = unpack_input(self, x_source, self.v_source)
        x_result = unpack_output(self, self.o_result, 0)
        r_self, r_source = rules._reduced(g, x_self, x_source, x_result, rules._Places(self.p_dim, x_index, True), self.p_reduce, self.p_include_self)
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


def record_index_reduce(made, self, dim, index, source, reduce, include_self):
    node = IndexReduceBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (source._node or source) if source._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    if e0 is not None or e1 is not None:
        node.s_source = source
        cell = source._ver
        node.v_source = 0 if cell is None else cell[0]
    else:
        node.s_source = Node
        node.v_source = 0
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    node.p_dim = dim
    node.p_reduce = reduce
    node.p_include_self = include_self
    return made


class PutBackward0(Node):
    """Backward of aten::put."""

    __slots__ = ('s_index', 'v_index', 's_source', 'v_source', 'p_accumulate',)
    op_name = 'put'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_source = self.next
        x_index = self.s_index
        if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
            x_index = unpack_input(self, x_index, self.v_index)
        x_source = self.s_source
        if not ((x_source.__class__ is Tensor or x_source.__class__ is Parameter) and (x_source._ver or FIRST)[0] == self.v_source):
            x_source = unpack_input(self, x_source, self.v_source)
        r_self, r_source = rules.put_vjp(g, x_index, x_source, self.p_accumulate, (n_self is not None, n_source is not None,))
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


def record_put(made, self, index, source, accumulate):
    node = PutBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (source._node or source) if source._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    if e0 is not None or e1 is not None:
        node.s_source = source
        cell = source._ver
        node.v_source = 0 if cell is None else cell[0]
    else:
        node.s_source = Node
        node.v_source = 0
    node.p_accumulate = accumulate
    return made


class ScatterBackward0(Node):
    """Backward of aten::scatter.src."""

    __slots__ = ('s_index', 'v_index', 's_src', 'v_src', 'p_dim',)
    op_name = 'scatter.src'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_src = self.next
        x_index = self.s_index
        if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
            x_index = unpack_input(self, x_index, self.v_index)
        x_src = self.s_src
        if not ((x_src.__class__ is Tensor or x_src.__class__ is Parameter) and (x_src._ver or FIRST)[0] == self.v_src):
            x_src = unpack_input(self, x_src, self.v_src)
        r_self, r_src = (g.scatter(self.p_dim, x_index, 0) if (n_self is not None, n_src is not None)[0] else None, rules._covered(g, self.p_dim, x_index, x_src) if (n_self is not None, n_src is not None)[1] else None)
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


def record_scatter_src(made, self, dim, index, src):
    node = ScatterBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (src._node or src) if src._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    if e0 is not None or e1 is not None:
        node.s_src = src
        cell = src._ver
        node.v_src = 0 if cell is None else cell[0]
    else:
        node.s_src = Node
        node.v_src = 0
    node.p_dim = dim
    return made


class ScatterBackward1(Node):
    """Backward of aten::scatter.value."""

    __slots__ = ('s_index', 'v_index', 'p_dim',)
    op_name = 'scatter.value'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_index = self.s_index
        if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
            x_index = unpack_input(self, x_index, self.v_index)
        r_self = g.scatter(self.p_dim, x_index, 0)
        return (r_self,)

    def release(self):
        self.s_index = Node

    @property
    def _saved_index(self):
        return unpack_input(self, self.s_index, self.v_index)

    @property
    def _saved_dim(self):
        return self.p_dim


def record_scatter_value(made, self, dim, index, value):
    node = ScatterBackward1()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    node.p_dim = dim
    return made


class ScatterAddBackward0(Node):
    """Backward of aten::scatter_add."""

    __slots__ = ('s_index', 'v_index', 's_src', 'v_src', 'p_dim',)
    op_name = 'scatter_add'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_src = self.next
        r_self = g if n_self is not None else None
        if n_src is not None:
            x_index = self.s_index
            if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
                x_index = unpack_input(self, x_index, self.v_index)
            x_src = self.s_src
            if not ((x_src.__class__ is Tensor or x_src.__class__ is Parameter) and (x_src._ver or FIRST)[0] == self.v_src):
                x_src = unpack_input(self, x_src, self.v_src)
            r_src = rules._covered(g, self.p_dim, x_index, x_src)
        else:
            r_src = None
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


def record_scatter_add(made, self, dim, index, src):
    node = ScatterAddBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (src._node or src) if src._k & 1 else None
    node.next = (e0, e1,)
    if e1 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    if e1 is not None:
        node.s_src = src
        cell = src._ver
        node.v_src = 0 if cell is None else cell[0]
    else:
        node.s_src = Node
        node.v_src = 0
    node.p_dim = dim
    return made


class ScatterReduceBackward0(Node):
    """Backward of aten::scatter_reduce.two."""

    __slots__ = ('s_self', 'v_self', 's_index', 'v_index', 's_src', 'v_src', 'o_result', 'p_dim', 'p_reduce', 'p_include_self',)
    op_name = 'scatter_reduce.two'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_src = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_index = self.s_index
        if not ((x_index.__class__ is Tensor or x_index.__class__ is Parameter) and (x_index._ver or FIRST)[0] == self.v_index):
            x_index = unpack_input(self, x_index, self.v_index)
        x_src = self.s_src
        if not ((x_src.__class__ is Tensor or x_src.__class__ is Parameter) and (x_src._ver or FIRST)[0] == self.v_src):
            x_src = unpack_input(self, x_src, self.v_src)
        x_result = unpack_output(self, self.o_result, 0)
        r_self, r_src = rules.scatter_reduce_vjp(g, x_self, self.p_dim, x_index, x_src, self.p_reduce, self.p_include_self, x_result)
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


def record_scatter_reduce_two(made, self, dim, index, src, reduce, include_self):
    node = ScatterReduceBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (src._node or src) if src._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None:
        node.s_index = index
        cell = index._ver
        node.v_index = 0 if cell is None else cell[0]
    else:
        node.s_index = Node
        node.v_index = 0
    if e0 is not None or e1 is not None:
        node.s_src = src
        cell = src._ver
        node.v_src = 0 if cell is None else cell[0]
    else:
        node.s_src = Node
        node.v_src = 0
    node.o_result = save_output(made) if e0 is not None or e1 is not None else None
    node.p_dim = dim
    node.p_reduce = reduce
    node.p_include_self = include_self
    return made
