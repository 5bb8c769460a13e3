"""torch.cuda.amp.common: whether mixed precision on CUDA can work at all."""

from ft_dispatch.autocast import cuda_missing

__all__ = ["amp_definitely_not_available"]


def amp_definitely_not_available() -> bool:
    """Whether this process has no CUDA device."""
    return cuda_missing()
