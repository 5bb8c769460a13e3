"""Nodes and recorders of the `compare` family, from ft_autograd/rules/compare.py by `python -m ft_autograd.codegen`."""

# ruff: noqa: A001, A002, E501, PLR0913, N801
from ft_core import Parameter
from ft_core.tensor import Tensor, new

from ft_autograd.node import EXACT, FIRST, FRESH, SAVES, SEQ, SINGLE, Node, Out, edge, save_output, unpack_input, unpack_output, version
from ft_autograd.record import COMPLEX, mul, times
from ft_autograd.rules import compare as rules


class ClampBackward0(Node):
    """Backward of aten::clamp.Tensor."""

    __slots__ = ('s_self', 'v_self', 's_min', 'v_min', 's_max', 'v_max',)
    op_name = 'clamp.Tensor'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_min, n_max = self.next
        x_self = self.s_self
        if not ((x_self.__class__ is Tensor or x_self.__class__ is Parameter) and (x_self._ver or FIRST)[0] == self.v_self):
            x_self = unpack_input(self, x_self, self.v_self)
        x_min = self.s_min
        if not ((x_min.__class__ is Tensor or x_min.__class__ is Parameter) and (x_min._ver or FIRST)[0] == self.v_min):
            x_min = unpack_input(self, x_min, self.v_min)
        x_max = self.s_max
        if not ((x_max.__class__ is Tensor or x_max.__class__ is Parameter) and (x_max._ver or FIRST)[0] == self.v_max):
            x_max = unpack_input(self, x_max, self.v_max)
        r_self, r_min, r_max = rules.clamp_vjp(g, x_self, x_min, x_max, (n_self is not None, n_min is not None, n_max is not None,))
        return (r_self, r_min, r_max,)

    def release(self):
        self.s_self = Node
        self.s_min = Node
        self.s_max = Node

    @property
    def _saved_self(self):
        return unpack_input(self, self.s_self, self.v_self)

    @property
    def _saved_min(self):
        return unpack_input(self, self.s_min, self.v_min)

    @property
    def _saved_max(self):
        return unpack_input(self, self.s_max, self.v_max)


def record_clamp(made, self, min, max):
    node = ClampBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = edge(min)
    e2 = edge(max)
    node.next = (e0, e1, e2,)
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_self = self
        cell = self._ver
        node.v_self = 0 if cell is None else cell[0]
    else:
        node.s_self = Node
        node.v_self = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_min = min
        node.v_min = version(min)
    else:
        node.s_min = Node
        node.v_min = 0
    if e0 is not None or e1 is not None or e2 is not None:
        node.s_max = max
        node.v_max = version(max)
    else:
        node.s_max = Node
        node.v_max = 0
    return made


class WhereBackward0(Node):
    """Backward of aten::where.self."""

    __slots__ = ('s_condition', 'v_condition',)
    op_name = 'where.self'
    n_outputs = 1
    traits = FRESH | SAVES

    def apply(self, g):
        n_self, n_other = self.next
        x_condition = self.s_condition
        if not ((x_condition.__class__ is Tensor or x_condition.__class__ is Parameter) and (x_condition._ver or FIRST)[0] == self.v_condition):
            x_condition = unpack_input(self, x_condition, self.v_condition)
        r_self, r_other = (rules.torch.where(x_condition, g, 0) if (n_self is not None, n_other is not None)[0] else None, rules.torch.where(x_condition, 0, g) if (n_self is not None, n_other is not None)[1] else None)
        return (r_self, r_other,)

    def release(self):
        self.s_condition = Node

    @property
    def _saved_condition(self):
        return unpack_input(self, self.s_condition, self.v_condition)


def record_where_self(made, condition, self, other):
    node = WhereBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = (self._node or self) if self._k & 1 else None
    e1 = (other._node or other) if other._k & 1 else None
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_condition = condition
        cell = condition._ver
        node.v_condition = 0 if cell is None else cell[0]
    else:
        node.s_condition = Node
        node.v_condition = 0
    return made


def record_where_self_any(made, condition, self, other):
    node = WhereBackward0()
    node.seq = next(SEQ)
    made._node = node
    node.shape = made._a.shape
    node.k = made._k
    e0 = edge(self)
    e1 = edge(other)
    node.next = (e0, e1,)
    if e0 is not None or e1 is not None:
        node.s_condition = condition
        node.v_condition = version(condition)
    else:
        node.s_condition = Node
        node.v_condition = 0
    return made
