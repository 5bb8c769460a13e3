"""Nodes and recorders of the `masked` family, from ft_autograd/rules/masked.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import masked as rules


class MaskedFillBackward0(Node):
    """Backward of aten::masked_fill.Scalar."""

    __slots__ = ('s_mask', 'v_mask',)
    op_name = 'masked_fill.Scalar'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_mask = self.s_mask
        if not ((x_mask.__class__ is Tensor or x_mask.__class__ is Parameter) and (x_mask._ver or FIRST)[0] == self.v_mask):
            x_mask = unpack_input(self, x_mask, self.v_mask)
        r_self = g.masked_fill(x_mask, 0)
        return (r_self,)

    def release(self):
        self.s_mask = Node

    @property
    def _saved_mask(self):
        return unpack_input(self, self.s_mask, self.v_mask)


def record_masked_fill_Scalar(made, self, mask, value):
    node = MaskedFillBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    node.next = (e0,)
    if e0 is not None:
        node.s_mask = mask
        cell = mask._ver
        node.v_mask = 0 if cell is None else cell[0]
    else:
        node.s_mask = Node
        node.v_mask = 0
    return made


class MaskedFillBackward1(Node):
    """Backward of aten::masked_fill.Tensor."""

    __slots__ = ('s_mask', 'v_mask',)
    op_name = 'masked_fill.Tensor'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_value = self.next
        x_mask = self.s_mask
        if not ((x_mask.__class__ is Tensor or x_mask.__class__ is Parameter) and (x_mask._ver or FIRST)[0] == self.v_mask):
            x_mask = unpack_input(self, x_mask, self.v_mask)
        r_self, r_value = (g.masked_fill(x_mask, 0) if (n_self is not None, n_value is not None)[0] else None, rules.torch.where(x_mask, g, 0).sum() if (n_self is not None, n_value is not None)[1] else None)
        return (r_self, r_value,)

    def release(self):
        self.s_mask = Node

    @property
    def _saved_mask(self):
        return unpack_input(self, self.s_mask, self.v_mask)


def record_masked_fill_Tensor(made, self, mask, value):
    node = MaskedFillBackward1()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (value._node or value) if value._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_mask = mask
        cell = mask._ver
        node.v_mask = 0 if cell is None else cell[0]
    else:
        node.s_mask = Node
        node.v_mask = 0
    return made


class MaskedScatterBackward0(Node):
    """Backward of aten::masked_scatter."""

    __slots__ = ('s_mask', 'v_mask', 's_source', 'v_source',)
    op_name = 'masked_scatter'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_source = self.next
        x_mask = self.s_mask
        if not ((x_mask.__class__ is Tensor or x_mask.__class__ is Parameter) and (x_mask._ver or FIRST)[0] == self.v_mask):
            x_mask = unpack_input(self, x_mask, self.v_mask)
        x_source = self.s_source
        if not ((x_source.__class__ is Tensor or x_source.__class__ is Parameter) and (x_source._ver or FIRST)[0] == self.v_source):
            x_source = unpack_input(self, x_source, self.v_source)
        r_self, r_source = (g.masked_fill(x_mask, 0) if (n_self is not None, n_source is not None)[0] else None, rules.torch.masked_scatter_backward(g, x_mask, x_source.shape) if (n_self is not None, n_source is not None)[1] else None)
        return (r_self, r_source,)

    def release(self):
        self.s_mask = Node
        self.s_source = Node

    @property
    def _saved_mask(self):
        return unpack_input(self, self.s_mask, self.v_mask)

    @property
    def _saved_source(self):
        return unpack_input(self, self.s_source, self.v_source)


def record_masked_scatter(made, self, mask, source):
    node = MaskedScatterBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (source._node or source) if source._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_mask = mask
        cell = mask._ver
        node.v_mask = 0 if cell is None else cell[0]
    else:
        node.s_mask = Node
        node.v_mask = 0
    if e0 is not None or e1 is not None:
        node.s_source = source
        cell = source._ver
        node.v_source = 0 if cell is None else cell[0]
    else:
        node.s_source = Node
        node.v_source = 0
    return made


class MaskedSelectBackward0(Node):
    """Backward of aten::masked_select."""

    __slots__ = ('s_self', 'v_self', 's_mask', 'v_mask',)
    op_name = 'masked_select'
    n_outputs = 1
    traits = FRESH | SAVES | SINGLE

    def apply(self, g):
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_mask = self.s_mask
        if not ((x_mask.__class__ is Tensor or x_mask.__class__ is Parameter) and (x_mask._ver or FIRST)[0] == self.v_mask):
            x_mask = unpack_input(self, x_mask, self.v_mask)
        r_self = rules.masked_select_self(g, x_self, x_mask)
        return (r_self,)

    def release(self):
        self.s_self = Node
        self.s_mask = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_mask(self):
        return unpack_input(self, self.s_mask, self.v_mask)


def record_masked_select(made, self, mask):
    node = MaskedSelectBackward0()
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
    if e0 is not None:
        node.s_mask = mask
        cell = mask._ver
        node.v_mask = 0 if cell is None else cell[0]
    else:
        node.s_mask = Node
        node.v_mask = 0
    return made
