"""Which names of the surface are torch's top level: ft_dispatch.surface also holds what only methods, namespaces and packages use.

Torch has in-place functions for these ops (`torch.exp_`) and methods only for the rest (`Tensor.add_`).
"""

INPLACE = frozenset(
    """
    abs_ acos_ acosh_ addmv_ alpha_dropout_ arccos_ arccosh_ arcsin_ arcsinh_ arctan_ arctanh_ as_strided_ asin_ asinh_
    atan_ atanh_ ceil_ celu_ clamp_ clamp_max_ clamp_min_ clip_ conj_physical_ cos_ cosh_ deg2rad_ detach_ dropout_
    embedding_renorm_ erf_ erfc_ exp2_ exp_ expm1_ feature_alpha_dropout_ feature_dropout_ fill_ fix_ floor_ frac_ gcd_ i0_
    index_put_ lcm_ ldexp_ log10_ log1p_ log2_ log_ logit_ nan_to_num_ neg_ negative_ rad2deg_ reciprocal_ relu_ resize_as_
    resize_as_sparse_ round_ rrelu_ rsqrt_ selu_ sigmoid_ sin_ sinc_ sinh_ sqrt_ square_ tan_ tanh_ threshold_ trunc_ xlogy_
    zero_
    """.split()
)

LISTS = ("_amp_", "_foreach_", "_fused_")
"""Beginnings of functions over lists, which torch has no methods for."""

NOT_TORCHS = frozenset(("Buffer", "Parameter", "alias", "default_device", "one_hot", "tensor_from_storage"))
"""Names of our own, or of a namespace below the top level."""


def is_top_level(name: str) -> bool:
    """Whether torch has the surface's `name` as `torch.<name>`."""
    return name in INPLACE or name.startswith(LISTS) if name[-1] == "_" else name not in NOT_TORCHS
