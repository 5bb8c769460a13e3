"""ft_core: the data model of FrankenTorch. dtypes, devices, sizes, storages, tensors, thread state, generators, plugins; no op.

Public names are torch's. Everything above (ops, kernels, autograd, nn) builds on this package and this package imports none of it.
"""

# ruff: noqa: F401  # every name is public; `__all__` below is computed because dtypes have several names each

from .backend import register_backend as _register_backend
from .device import default_device, device, set_default_device
from .dtype import (
    BY_NAME,
    bfloat16,
    complex32,
    complex64,
    complex128,
    dtype,
    float8_e4m3fn,
    float8_e4m3fnuz,
    float8_e5m2,
    float8_e5m2fnuz,
    float8_e8m0fnu,
    float16,
    float32,
    float64,
    get_default_dtype,
    int8,
    int16,
    int32,
    int64,
    set_default_dtype,
    uint8,
    uint16,
    uint32,
    uint64,
)
from .generator import Generator
from .layout import (
    channels_last,
    channels_last_3d,
    contiguous_format,
    jagged,
    layout,
    memory_format,
    per_channel_affine,
    per_channel_affine_float_qparams,
    per_channel_symmetric,
    per_tensor_affine,
    per_tensor_symmetric,
    preserve_format,
    qscheme,
    sparse_bsc,
    sparse_bsr,
    sparse_coo,
    sparse_csc,
    sparse_csr,
    strided,
)
from .meta import MetaBackend as _MetaBackend
from .parameter import Buffer, Parameter
from .printing import set_printoptions
from .promotion import can_cast, promote_types
from .size import Size
from .storage import UntypedStorage
from .tensor import Tensor, tensor_from_storage
from .typeinfo import finfo, iinfo

globals().update(BY_NAME)  # every dtype under each of torch's names, aliases (half, long, …) included

_register_backend(_MetaBackend())

_NAMES = (
    "Buffer Generator Parameter Size Tensor UntypedStorage can_cast channels_last channels_last_3d contiguous_format "
    "default_device device dtype finfo get_default_dtype iinfo jagged layout memory_format per_channel_affine "
    "per_channel_affine_float_qparams per_channel_symmetric per_tensor_affine per_tensor_symmetric preserve_format "
    "promote_types qscheme set_default_device set_default_dtype set_printoptions sparse_bsc sparse_bsr sparse_coo sparse_csc "
    "sparse_csr strided tensor_from_storage"
)
__all__ = [*sorted([*_NAMES.split(), *BY_NAME])]  # noqa: PLE0604  # dtypes under all their names
