"""Gradients of writing by index: places written to give theirs to what was written, the rest keep it."""

from ft_dispatch import surface as torch

from ..rule import real_only, transpose, vjp

real_only("scatter_reduce.two")


def _covered(g, dim, index, src):
    """The gradient of a source of which index covers the leading part."""
    taken = g.gather(dim, index)
    if tuple(index.shape) == tuple(src.shape):
        return taken
    made = g.new_zeros(src.shape)
    made[tuple(slice(0, n) for n in index.shape)].copy_(taken)
    return made


@vjp("index_put _unsafe_index_put", wrt="self values")
def index_put_vjp(g, indices, accumulate, needs):
    blank = None
    if needs[0]:
        blank = g if accumulate else torch.index_put(g, indices, g.new_zeros(()))
    return blank, g[tuple(_full(indices))] if needs[1] else None


def _full(indices):
    return [slice(None) if i is None else i for i in indices]


@vjp("scatter.src", wrt="self src")
def scatter_vjp(g, dim, index, src, needs):
    return g.scatter(dim, index, 0) if needs[0] else None, _covered(g, dim, index, src) if needs[1] else None


@vjp("scatter.value", wrt="self")
def scatter_value_self(g, dim, index):
    return g.scatter(dim, index, 0)


@transpose("scatter_add", wrt="self", joint=True)
def scatter_add_self(g):
    return g


@transpose("scatter_add", wrt="src", joint=True)
def scatter_add_src(g, dim, index, src):
    return _covered(g, dim, index, src)


@transpose("index_add", wrt="self", joint=True)
def index_add_self(g):
    return g


@transpose("index_add", wrt="source", joint=True)
def index_add_source(g, dim, index, source, alpha):
    taken = g.index_select(dim, index) if g.ndim else g.expand(source.shape)
    return taken.reshape(source.shape) * alpha if alpha != 1 else taken.reshape(source.shape)


@vjp("index_fill.int_Scalar", wrt="self")
def index_fill_self(g, dim, index):
    return g.index_fill(dim, index, 0)


@vjp("index_fill.int_Tensor", wrt="self value")
def index_fill_vjp(g, dim, index, needs):
    return g.index_fill(dim, index, 0) if needs[0] else None, g.index_select(dim, index.unique()).sum() if needs[1] else None


@vjp("index_copy", wrt="self source")
def index_copy_vjp(g, dim, index, source, needs):
    own = g.index_fill(dim, index, 0) if needs[0] else None
    if not needs[1]:
        return own, None
    return own, g.index_select(dim, index).reshape(source.shape) if g.ndim else g.expand(source.shape)


@vjp("put", wrt="self source")
def put_vjp(g, index, source, accumulate, needs):
    own = None
    if needs[0]:
        own = g if accumulate else g.put(index, g.new_zeros(source.shape), False)
    return own, g.take(index).reshape(source.shape) if needs[1] else None


# -- reductions into places ------------------------------------------------------------------------------------------------


class _Places:
    """Reading from and adding to the places of a scatter or of an index_* op, so that one set of formulas serves both."""

    def __init__(self, dim, index, whole):
        self.dim, self.index, self.whole = dim, index, whole

    def read(self, x):
        """What lies at the places."""
        return x.index_select(self.dim, self.index) if self.whole else x.gather(self.dim, self.index)

    def add(self, x, values):
        """x with values added at the places."""
        return x.index_add(self.dim, self.index, values) if self.whole else x.scatter_add(self.dim, self.index, values)

    def clear(self, x):
        """x with zeros at the places."""
        return x.index_fill(self.dim, self.index, 0) if self.whole else x.scatter(self.dim, self.index, 0)

    def multiply(self, x, values, include_self):
        """x with values multiplied in at the places."""
        if self.whole:
            return x.index_reduce(self.dim, self.index, values, "prod", include_self=include_self)
        return x.scatter_reduce(self.dim, self.index, values, "prod", include_self=include_self)


def _mean(g, self, src, result, places, include_self):
    counts = torch.ones_like(g) if include_self else torch.zeros_like(g)
    counts = places.add(counts, torch.ones_like(src))
    share = g / counts.masked_fill(counts == 0, 1)
    return share, places.read(share)


def _extreme(g, self, src, result, places, include_self):
    """Ties share the gradient equally."""
    own = (self == result).to(g.dtype)
    theirs = (src == places.read(result)).to(g.dtype)
    if not include_self:
        own = places.clear(own)
    count = places.add(own, theirs)
    share = g / count.masked_fill(count == 0, 1)
    return own * share, theirs * places.read(share)


def _product(g, self, src, result, places, include_self):
    """Each factor gets the product of the others; a single zero among them is left out of its own product by computing it again."""
    own = places.multiply(self.masked_fill(self == 0, 1), src, include_self)
    zero = src == 0
    zeros = places.read(places.add(torch.zeros_like(self), zero.to(self.dtype)))
    single = torch.logical_and(zero, zeros == 1)
    without = places.multiply(self, src.masked_fill(single, 1), include_self)
    theirs = torch.where(single, places.read(g * without), places.read(g * result) / src.masked_fill(zero, 1))
    return g * own / self.masked_fill(self == 0, 1), theirs


_FORMULAS = {"mean": _mean, "amax": _extreme, "amin": _extreme, "prod": _product}


def _reduced(g, self, src, result, places, reduce, include_self):
    own, theirs = _FORMULAS[reduce](g, self, src, result, places, include_self)
    return own if include_self else places.clear(own), theirs


@vjp("scatter_reduce.two", wrt="self src")
def scatter_reduce_vjp(g, self, dim, index, src, reduce, include_self, result):
    places = _Places(dim, index, False)
    if reduce == "sum":
        return g if include_self else places.clear(g), _covered(g, dim, index, src)
    whole = tuple(index.shape) == tuple(src.shape)
    part = src if whole else src[tuple(slice(0, n) for n in index.shape)]
    own, theirs = _reduced(g, self, part, result, places, reduce, include_self)
    if whole:
        return own, theirs
    made = g.new_zeros(src.shape)
    made[tuple(slice(0, n) for n in index.shape)].copy_(theirs)
    return own, made


@vjp("index_reduce", wrt="self source")
def index_reduce_vjp(g, self, dim, index, source, reduce, include_self, result):
    return _reduced(g, self, source, result, _Places(dim, index, True), reduce, include_self)
