"""ft_data: torch.utils.data. Datasets, samplers, collation, and the loader that puts them together.

`dataset`, `sampler` and `distributed` say what is loaded and in which order; `dataloader` loads in this process and `workers` in
others, over the `transport`. `_utils` has torch's names for the parts that programs reach into. Order, batches and seeds are
torch's for the same seed; nothing here computes on data beyond stacking samples.
"""

from . import _utils as _utils
from .dataloader import DataLoader, _DatasetKind, default_collate, default_convert, get_worker_info
from .dataset import ChainDataset, ConcatDataset, Dataset, IterableDataset, StackDataset, Subset, TensorDataset, random_split
from .distributed import DistributedSampler
from .sampler import BatchSampler, RandomSampler, Sampler, SequentialSampler, SubsetRandomSampler, WeightedRandomSampler

__all__ = [
    "BatchSampler",
    "ChainDataset",
    "ConcatDataset",
    "DataLoader",
    "Dataset",
    "DistributedSampler",
    "IterableDataset",
    "RandomSampler",
    "Sampler",
    "SequentialSampler",
    "StackDataset",
    "Subset",
    "SubsetRandomSampler",
    "TensorDataset",
    "WeightedRandomSampler",
    "_DatasetKind",
    "default_collate",
    "default_convert",
    "get_worker_info",
    "random_split",
]
