"""`out=` of bindings: what several ops computed is left in the tensors the caller brought, under the rules of `outputs`."""


def given(out, *results, cast=False, lies=False):
    """The results, or the caller's `out` (a tensor, or a tuple of as many) filled with them.

    A tensor of another shape is resized, with torch's warning unless it was empty, and with `lies` lies as the result does then. Its dtype must be
    the result's, or with `cast` one that the result's can become. RuntimeError for another dtype or device, and where a gradient would
    be recorded; TypeError for what is no tensor. Every tensor is checked before the first is written.
    """
    if out is None:
        return results if len(results) > 1 else results[0]
    from ..outputs import leave_in  # noqa: PLC0415  # it imports the table, which imports this file

    leave_in("out", (out,) if len(results) == 1 else out, results, cast, lies)
    return out
