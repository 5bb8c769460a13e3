"""The records: what each op is. Shapes, dtypes, batching and forward mode follow from the kind or from the decomposition."""

from ft_dispatch.kinds import COMPOSITE, ELEMENTWISE, FLOAT
from ft_dispatch.op import op

smootherstep = op(
    "smootherstep(Tensor self) -> Tensor",
    "0 below 0, 1 above 1, and a polynomial between whose first two derivatives vanish at both ends.",
    kind=ELEMENTWISE,
    promote=FLOAT,
)

smoothmax = op(
    "smoothmax(Tensor self, float sharpness=1.0) -> Tensor",
    "logsumexp(sharpness * x) / sharpness over all elements: the maximum, as sharpness grows.",
    kind=COMPOSITE,
)


@smootherstep.decompose
def _(self):
    x = self.clamp(0, 1)
    return x * x * x * (x * (x * 6 - 15) + 10)


@smoothmax.decompose
def _(self, sharpness):
    return (self * sharpness).reshape(-1).logsumexp(0) / sharpness
