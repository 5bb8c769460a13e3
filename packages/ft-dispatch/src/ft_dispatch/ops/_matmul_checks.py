"""Shapes of matrix products, and what torch says to operands that do not fit. Used by the shape rules in `matmul`."""

from .reduction import scalar_type


def same_dtype(a, b):
    """RuntimeError unless both operands have one dtype; NotImplementedError for bool."""
    if a.dtype is not b.dtype:
        raise RuntimeError(f"expected m1 and m2 to have the same dtype, but got: {_c_name(a.dtype)} != {_c_name(b.dtype)}")
    if a.dtype.category == 0:
        raise NotImplementedError("\"addmm_impl_cpu_\" not implemented for 'Bool'")


_C_NAMES = {
    "float32": "float",
    "float64": "double",
    "int64": "long int",
    "int32": "int",
    "int16": "short int",
    "int8": "signed char",
    "uint8": "unsigned char",
    "float16": "c10::Half",
    "bfloat16": "c10::BFloat16",
    "complex64": "c10::complex<float>",
    "complex128": "c10::complex<double>",
}


def _c_name(dtype):
    name = str(dtype).removeprefix("torch.")
    return _C_NAMES.get(name, name)


def same_dtype_of_terms(a, b):
    """`same_dtype` in the words of the products that add a term."""
    if a.dtype is not b.dtype:
        raise RuntimeError(f"mat1 and mat2 must have the same dtype, but got {a.dtype.scalar_name} and {b.dtype.scalar_name}")
    same_dtype(a, b)


def matrices(a, b, first="self"):
    """Shape of a matrix product; RuntimeError in torch's words."""
    if a.ndim != 2:
        raise RuntimeError(f"{first} must be a matrix")
    if b.ndim != 2:
        raise RuntimeError("mat2 must be a matrix")
    (n, k), (k2, m) = a.shape, b.shape
    if k != k2:
        raise RuntimeError(f"mat1 and mat2 shapes cannot be multiplied ({n}x{k} and {k2}x{m})")
    (same_dtype if first == "self" else same_dtype_of_terms)(a, b)
    return n, m


def batches(a, b):
    """Shape of a product of batches; RuntimeError in torch's words."""
    for x, name in ((a, "batch1"), (b, "batch2")):
        if x.ndim != 3:
            raise RuntimeError(f"{name} must be a 3D tensor")
    batch, n, k = a.shape
    if tuple(b.shape[:2]) != (batch, k):
        raise RuntimeError(
            f"Expected size for first two dimensions of batch2 tensor to be: [{batch}, {k}] but got: [{b.shape[0]}, {b.shape[1]}]."
        )
    same_dtype(a, b)
    return batch, n, b.shape[2]


def fits(term, shape):
    """RuntimeError unless the added tensor expands to the product's shape."""
    sizes = tuple(term.shape)
    if len(sizes) > len(shape):
        raise RuntimeError(
            f"expand(torch.{term.dtype.scalar_name}Tensor{{{list(sizes)}}}, size={list(shape)}): the number of sizes provided "
            f"({len(shape)}) must be greater or equal to the number of dimensions in the tensor ({len(sizes)})"
        )
    for back in range(1, len(sizes) + 1):
        if sizes[-back] not in (1, shape[-back]):
            raise RuntimeError(
                f"The expanded size of the tensor ({shape[-back]}) must match the existing size ({sizes[-back]}) at non-singleton "
                f"dimension {len(shape) - back}.  Target sizes: {list(shape)}.  Tensor sizes: {list(sizes)}"
            )


def same_dtype_as_term(term, a):
    """RuntimeError unless the added tensor has the factors' dtype."""
    if term.dtype is not a.dtype:
        raise RuntimeError(f"self and mat2 must have the same dtype, but got {scalar_type(term.dtype)} and {scalar_type(a.dtype)}")


def mv_shape(mat, vec):
    """Shape of a matrix times a vector; RuntimeError in torch's words."""
    if mat.ndim != 2 or vec.ndim != 1:
        raise RuntimeError(f"vector + matrix @ vector expected, got {vec.ndim}, {mat.ndim}, {vec.ndim}")
    if mat.shape[1] != vec.shape[0]:
        raise RuntimeError(f"size mismatch, got input ({mat.shape[0]}), mat ({mat.shape[0]}x{mat.shape[1]}), vec ({vec.shape[0]})")
    same_dtype(mat, vec)
    return (mat.shape[0],)
