"""Sequences of different lengths as one batch: padded, and packed without the padding. Functions over ops; torch has them in C++.

A packed sequence is the valid elements of a padded one, time step after time step, and the number of sequences that reach each step.
"""

from itertools import pairwise

from ft_core import int64

from ..registry import OPS, binding


@binding("pad_sequence", function=False, method=False)
def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right"):
    """Sequences (L_i, *) as one tensor, (T, N, *) or (N, T, *), filled up with `padding_value` on one side."""
    if padding_side not in ("left", "right"):
        raise RuntimeError(f"Expected padding_side to be one of left or right, but got {padding_side}.")
    if not sequences:
        raise RuntimeError("received an empty list of sequences")
    longest = max(t.shape[0] for t in sequences)
    padded = []
    for t in sequences:
        short = longest - t.shape[0]
        ends = (0, short) if padding_side == "right" else (short, 0)
        padded.append(OPS["constant_pad_nd"](t, (0, 0) * (t.ndim - 1) + ends, padding_value))
    return OPS["stack"](tuple(padded), 0 if batch_first else 1)


def _valid(lengths, steps, device):
    """(steps, batch): whether sequence b has a step t."""
    from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this table

    return torch.arange(steps, device=device).unsqueeze(1) < lengths.to(device).unsqueeze(0)


@binding("_pack_padded_sequence", function=False, method=False)
def pack_padded_sequence(input, lengths, batch_first=False):
    """(data, batch_sizes) of a padded batch (T, N, *) whose `lengths` (int64, on the CPU) do not increase."""
    if batch_first:
        input = input.transpose(0, 1)
    if lengths.ndim != 1 or lengths.shape[0] != input.shape[1]:
        raise RuntimeError(
            f"Expected `len(lengths)` to be equal to batch_size, but got {lengths.numel()} (batch_size={input.shape[1]})"
        )
    counts = lengths.tolist()
    if not counts or min(counts) <= 0:
        raise RuntimeError("Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0")
    if any(a < b for a, b in pairwise(counts)):
        raise RuntimeError(
            "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to "
            "pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability."
        )
    valid = _valid(lengths, counts[0], input.device)
    return input.narrow(0, 0, counts[0])[valid], valid.sum(1).to(int64).cpu()


@binding("_pad_packed_sequence", function=False, method=False)
def pad_packed_sequence(data, batch_sizes, batch_first, padding_value, total_length):
    """(padded, lengths) of a packed sequence, padded to `total_length` steps if that is positive."""
    from .. import surface as torch  # noqa: PLC0415  # the surface is assembled from this table

    steps = batch_sizes.shape[0]
    if 0 < total_length < steps:
        raise RuntimeError(
            "Expected total_length to be at least the length of the longest sequence in input, but got "
            f"total_length={total_length} and max sequence length being {steps}"
        )
    batch = int(batch_sizes[0])
    lengths = (batch_sizes.unsqueeze(1) > torch.arange(batch).unsqueeze(0)).sum(0).to(int64)
    whole = total_length if total_length > 0 else steps
    blank = data.new_full((whole, batch, *data.shape[1:]), padding_value)
    padded = blank.index_put((_valid(lengths, whole, data.device),), data)
    return (padded.transpose(0, 1) if batch_first else padded), lengths
