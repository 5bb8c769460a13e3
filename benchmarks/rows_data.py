"""Loading with two worker processes: an epoch of images that each sample prepares, an epoch of plain rows, and large batches.

The workers persist, so a row times loading and not the start of processes; it times whole epochs, so that nothing is prefetched before
the clock runs. Throughput of at least 0.9 of torch's is a ratio of times of at most 1.11.
"""

from __future__ import annotations

import warnings
from typing import Any

from .row import Names, row

DATA = "data"
WORKERS = 2
AS_FAST = round(1 / 0.9, 2)


def all_arrived(names: Names) -> None:
    """AssertionError unless the last epoch gave every sample."""
    if names["seen"] != [names["expected"]]:
        raise AssertionError(f"an epoch gave {names['seen']} samples instead of {names['expected']}")


def epochs(torch: Any, dataset: Any, batch_size: int) -> Names:
    """`epoch()` walks through the dataset in random order and reads one number of each batch."""
    seen: list[int] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two workers may be more than this machine has cores
        loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True, num_workers=WORKERS, persistent_workers=True)
        iter(loader)

    def epoch() -> None:
        count = 0
        for inputs, _ in loader:
            inputs[0, 0].sum().item()
            count += len(inputs)
        seen[:] = [count]

    return {"epoch": epoch, "seen": seen, "expected": len(dataset)}


@row("DataLoader, images prepared one by one", "epoch()", group=DATA, target=AS_FAST, check=all_arrived)
def images(torch: Any) -> Names:
    """512 images of 3 x 32 x 32 bytes, scaled, normalised and every other one flipped; batches of 64."""
    pixels, labels = torch.randint(256, (512, 3, 32, 32), dtype=torch.uint8), torch.randint(10, (512,)).tolist()
    mean, deviation = torch.tensor([0.49, 0.48, 0.45]).view(3, 1, 1), torch.tensor([0.25, 0.24, 0.26]).view(3, 1, 1)

    class Images(torch.utils.data.Dataset):
        """Pictures as a program prepares them."""

        def __len__(self) -> int:
            return 512

        def __getitem__(self, i: int) -> tuple[Any, int]:
            image = (pixels[i].float() / 255 - mean) / deviation
            return image.flip(2) if i % 2 else image, labels[i]

    return epochs(torch, Images(), 64)


@row("DataLoader, rows of a TensorDataset", "epoch()", group=DATA, target=AS_FAST, check=all_arrived)
def rows(torch: Any) -> Names:
    """2048 rows of 784 numbers and their labels, batches of 64."""
    return epochs(torch, torch.utils.data.TensorDataset(torch.randn(2048, 784), torch.randint(10, (2048,))), 64)


@row("DataLoader, batches of 9.6 MB", "epoch()", group=DATA, target=AS_FAST, check=all_arrived)
def large(torch: Any) -> Names:
    """128 pictures of 3 x 224 x 224 numbers, stacked sample by sample; batches of 16."""
    pictures = torch.randn(128, 3, 224, 224)

    class Pictures(torch.utils.data.Dataset):
        """Pictures that are ready."""

        def __len__(self) -> int:
            return 128

        def __getitem__(self, i: int) -> tuple[Any, int]:
            return pictures[i], i

    return epochs(torch, Pictures(), 16)
