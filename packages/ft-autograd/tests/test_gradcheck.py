"""gradcheck catches wrong gradients in every mode, and passes right ones."""

# ruff: noqa: PLW0108  # a case is a call to be made later, whatever it is made of

import pytest

from ft_autograd import Function, gradcheck, gradgradcheck
from ft_autograd.gradcheck import GradcheckError
from ft_dispatch import surface as torch


def leaf(values, dtype=torch.float64):
    return torch.tensor(values, dtype=dtype).requires_grad_()


A = [[0.3, 0.7], [-0.2, 0.9]]
B = [[0.5, 0.1], [1.2, -0.4]]


def cube(slope, curvature=6.0, dtype=None):
    """x^3 with a gradient of slope * x^2, whose own gradient is curvature * x."""

    class Slope(Function):
        @staticmethod
        def forward(x):
            return x * x * slope

        @staticmethod
        def setup_context(ctx, inputs, output):
            ctx.save_for_backward(*inputs)

        @staticmethod
        def backward(ctx, g):
            return g * ctx.saved_tensors[0] * curvature

    class Cube(Function):
        @staticmethod
        def forward(x):
            return x**3

        @staticmethod
        def setup_context(ctx, inputs, output):
            ctx.save_for_backward(*inputs)

        @staticmethod
        def backward(ctx, g):
            made = g * Slope.apply(ctx.saved_tensors[0])
            return made if dtype is None else made.to(dtype)

        @staticmethod
        def jvp(ctx, t):
            (x,) = ctx.saved_tensors
            return t * x * x * slope

    return Cube.apply


@pytest.mark.parametrize("fast", [False, True])
def test_right_gradients(fast):
    f = lambda a, b: ((a @ b).tanh() * a, a.sum() * b)  # noqa: E731
    assert gradcheck(f, (leaf(A), leaf(B)), fast_mode=fast)
    assert gradgradcheck(f, (leaf(A), leaf(B)), fast_mode=fast)


def test_every_extra_check():
    f = lambda a, b: (a @ b).tanh() * a  # noqa: E731
    assert gradcheck(
        f,
        (leaf(A), leaf(B)),
        check_forward_ad=True,
        check_batched_grad=True,
        check_batched_forward_grad=True,
        check_grad_dtypes=True,
    )
    assert gradgradcheck(f, (leaf(A), leaf(B)), check_fwd_over_rev=True, check_batched_grad=True, gen_non_contig_grad_outputs=True)


@pytest.mark.parametrize(
    "f",
    [lambda z: (z * z).exp(), lambda z: z.abs(), lambda z: z * z.conj(), lambda z: z.real * 2, lambda z: z.sin() * 1j],
    ids=["holomorphic", "abs", "conj", "real", "imaginary factor"],
)
@pytest.mark.parametrize("fast", [False, True])
def test_complex_inputs(f, fast):
    z = torch.complex(torch.tensor(A, dtype=torch.float64), torch.tensor(B, dtype=torch.float64)).requires_grad_()
    assert gradcheck(f, (z,), fast_mode=fast)


def test_complex_output_of_real_input():
    assert gradcheck(lambda x: torch.complex(x, x * x) * 1j, (leaf(A),))


@pytest.mark.parametrize("fast", [False, True])
def test_a_wrong_gradient_is_caught(fast):
    assert gradcheck(cube(3.0), (leaf(A),), fast_mode=fast)
    with pytest.raises(GradcheckError, match="Jacobian mismatch for output 0 with respect to input 0"):
        gradcheck(cube(2.0), (leaf(A),), fast_mode=fast)
    assert not gradcheck(cube(2.0), (leaf(A),), fast_mode=fast, raise_exception=False)


@pytest.mark.parametrize("fast", [False, True])
def test_a_wrong_second_derivative_is_caught(fast):
    assert gradcheck(cube(3.0, 5.0), (leaf(A),), fast_mode=fast)
    assert gradgradcheck(cube(3.0, 6.0), (leaf(A),), fast_mode=fast)
    with pytest.raises(GradcheckError, match="Jacobian mismatch"):
        gradgradcheck(cube(3.0, 5.0), (leaf(A),), fast_mode=fast)


def test_a_wrong_jvp_is_caught():
    assert gradcheck(cube(3.0), (leaf(A),), check_forward_ad=True)
    with pytest.raises(GradcheckError, match="forward mode: Jacobian mismatch"):
        gradcheck(cube(2.0), (leaf(A),), check_forward_ad=True, check_backward_ad=False)


def test_nondeterministic_backward_is_caught():
    calls = []

    class Drifts(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 1

        @staticmethod
        def backward(ctx, g):
            calls.append(1)
            return g * (1 + 1e-7 * len(calls))

    with pytest.raises(GradcheckError, match="Backward is not reentrant"):
        gradcheck(Drifts.apply, (leaf(A),))
    assert gradcheck(Drifts.apply, (leaf(A),), nondet_tol=1e-4)


def test_an_output_that_does_not_require_grad_must_not_move():
    with pytest.raises(GradcheckError, match="expected to be zero"):
        gradcheck(lambda x: x.detach() * 2, (leaf(A),))
    assert gradcheck(lambda x: torch.ones(2, dtype=torch.float64), (leaf(A),))


def test_backward_that_cannot_take_none():
    class Needs(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.set_materialize_grads(False)
            return x * 2, x * 3

        @staticmethod
        def backward(ctx, a, b):
            if a is None or b is None:
                raise RuntimeError("both are needed")
            return a * 2 + b * 3

    with pytest.raises(GradcheckError, match="handle undefined output grads"):
        gradcheck(lambda x: Needs.apply(x), (leaf(A),), fast_mode=True)


def test_inputs_it_does_not_take():
    with pytest.raises(ValueError, match="at least one input tensor to require gradient"):
        gradcheck(lambda x: x, (torch.ones(2),))
    with pytest.raises(RuntimeError, match="dimension with stride 0"):
        gradcheck(lambda x: x * 1, (torch.ones(1, dtype=torch.float64).expand(3).requires_grad_(),))
    with pytest.warns(UserWarning, match="not a double precision"):
        gradcheck(lambda x: x * 2, (torch.ones(2).requires_grad_(),), eps=1e-2, atol=1e-2)


def test_the_inputs_come_back_unchanged():
    x = leaf(A)
    gradcheck(lambda x: x.t() * 2, (x,))
    gradcheck(lambda x: x.t() * 2, (x,), fast_mode=True)
    assert x.tolist() == A
