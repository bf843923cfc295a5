"""Random layers for property tests: data of integers, so that every comparison is exact, and parameters legal or not."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

LEGAL = settings(derandomize=True, deadline=None, max_examples=150)


@st.composite
def layers(draw, axes=(1, 2, 3), transposed=False):
    """(x, kernel, options): arrays of small integers and parameters that the layer accepts."""
    ndim = draw(st.sampled_from(axes))
    longest = {1: 9, 2: 6, 3: 4}[ndim]
    per_axis = st.tuples(*[st.integers(1, longest)] * ndim)
    w = draw(st.tuples(*[st.integers(1, 4 if ndim < 3 else 3)] * ndim))
    stride, dilation = (draw(st.tuples(*[st.integers(1, 3)] * ndim)) for _ in range(2))
    padding = draw(st.tuples(*[st.integers(0, 4)] * ndim))
    extent = [d * (k - 1) + 1 for k, d in zip(w, dilation)]
    n = draw(per_axis)
    options = dict(stride=stride, padding=padding, dilation=dilation)
    if transposed:
        op = tuple(draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation))
        full = [(m - 1) * s + k + e for m, s, k, e in zip(n, stride, extent, op)]
        options |= dict(padding=tuple(min(p, (f - 1) // 2) for p, f in zip(padding, full)), output_padding=op)
    else:
        n = tuple(max(m, k - 2 * p) for m, k, p in zip(n, extent, padding))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.integers(-9, 10, n), rng.integers(-9, 10, w), options


@st.composite
def parameters(draw, transposed=False):
    """(n, w, options) on two axes, about as often illegal as legal."""

    def pair(*values):
        return draw(st.tuples(st.sampled_from(values), st.sampled_from(values)))

    mostly_positive = (1, 2, 3) * 6 + (0,)
    options = dict(stride=pair(*mostly_positive), padding=pair(0, 0, 1, 1, 0, 2, 3, -1), dilation=pair(*mostly_positive))
    if transposed:
        options["output_padding"] = pair(0, 0, 0, 0, 0, 1, 1, 2, -1)
    return pair(2, 3, 4, 5, 6), pair(1, 2, 3), options
