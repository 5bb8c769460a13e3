"""rearrange against reshape and permute, its inverse, and its refusals."""

import pytest

from ft_autograd.func import debug_unwrap, grad, rearrange, vmap
from ft_dispatch import surface as torch

X = torch.arange(24.0).reshape(2, 3, 4)

SAME = {
    "a b c -> c b a": lambda x: x.permute(2, 1, 0),
    "a b c -> a (b c) 1": lambda x: x.reshape(2, 12, 1),
    "a b c -> (c a) b": lambda x: x.permute(2, 0, 1).reshape(8, 3),
    "a ... -> ... a": lambda x: x.permute(1, 2, 0),
    "a ... -> a (...)": lambda x: x.reshape(2, 12),
    "... -> ...": lambda x: x,
    "a b (c1 c2) -> b (a c1) c2": lambda x: x.reshape(2, 3, 2, 2).permute(1, 0, 2, 3).reshape(3, 4, 2),
}


@pytest.mark.parametrize("pattern", SAME)
def test_against_reshape_and_permute(pattern):
    given = {"c1": 2} if "c1" in pattern else {}
    made = rearrange(X, pattern, **given)
    assert torch.equal(made, SAME[pattern](X))


def test_there_and_back():
    made = rearrange(X, "a b (c d) -> (d a) c b", d=2)
    assert torch.equal(rearrange(made, "(d a) c b -> a b (c d)", d=2), X)


def test_lists_scalars_and_views():
    assert rearrange([X, X], "l a b c -> (l a) b c").shape == (4, 3, 4)
    assert rearrange(torch.tensor(3.0), " -> ").item() == 3
    assert rearrange(torch.ones(1, 2), "1 a -> a").shape == (2,)
    assert rearrange(X, "a b c -> a (b c)").data_ptr() == X.data_ptr()


REFUSED = [
    ("a b", {}, ValueError, "single '->' separator"),
    ("a b c -> a b", {}, ValueError, "only on one side"),
    ("a b c d -> a b c d", {}, ValueError, r"Number of dimensions in pattern \(4\) must be equal to .* the tensor \(3\)"),
    ("a b c d ... -> ... d c b a", {}, ValueError, "must be less than or equal to"),
    ("a a b -> a b b", {}, ValueError, "duplicate dimension 'a'"),
    ("a (b c) d -> a b c d", {}, ValueError, "cannot infer the sizes of two dimensions at once b and c"),
    ("a (b c) d -> a b c d", {"b": 2}, ValueError, r"expected a dimension \(b c\) of size 2 times another, got 3"),
    ("a b c -> c b a", {"a": 5}, ValueError, r"expected a dimension \(a\) of size 5, got 2"),
    ("1 b c -> c b", {}, ValueError, r"expected a dimension \(\) of size 1, got 2"),
    ("a b c -> c b a", {"z": 5}, ValueError, "Identifiers not found in rearrange expression: {'z'}"),
    ("a b c -> c b a", {"a": 2.0}, TypeError, "axis lengths must be integers"),
    ("a b 2 -> a b 2", {}, ValueError, "only supports unnamed axes of size 1"),
    ("a ((b) c) -> a b c", {}, ValueError, "one-level"),
    ("a (b c -> a b c", {}, ValueError, "Imbalanced parentheses"),
    ("a b) c -> a b c", {}, ValueError, "Brackets are not balanced"),
    ("a b $ -> a", {}, ValueError, r"Unknown character '\$'"),
    ("_a b c -> b c _a", {}, ValueError, "Invalid axis identifier: _a"),
    ("a ... .. -> a", {}, ValueError, "dots only inside ellipsis"),
    ("(a ...) -> a ...", {}, ValueError, "Ellipsis is parenthesis in the left side"),
    ("a b c -> ... a b c", {}, ValueError, "Ellipsis found in right side, but not left side"),
]


@pytest.mark.parametrize(("pattern", "given", "kind", "said"), REFUSED, ids=[case[0] for case in REFUSED])
def test_refusals(pattern, given, kind, said):
    with pytest.raises(kind, match=said):
        rearrange(X, pattern, **given)


def test_under_transforms():
    out = vmap(grad(lambda x: (rearrange(x, "a b -> (b a)") ** 2).sum()))(X)
    assert torch.equal(out, 2 * X)


def test_debug_unwrap_goes_down_one_level_or_all():
    seen = []

    def f(x):
        seen.append([type(t).__name__ for t in (x, debug_unwrap(x, recurse=False), debug_unwrap(x))])
        return x.sum()

    vmap(grad(f))(X)
    assert seen == [["GradTensor", "BatchedTensor", "Tensor"]]
    assert debug_unwrap(X) is X
