"""Model solutions of notebook 06."""

import numpy as np

from lecture_helpers import cross_correlate

# %% 06_cropped_row
cropped_row = [10, 102, 20, 203, 30, 304, 40]


# %% 06_cropping_gather
def cropping_gather(x, kernel, stride, padding):
    spread = np.zeros((len(x) - 1) * stride + 1)
    spread[::stride] = x
    return cross_correlate(spread, kernel[::-1], padding=len(kernel) - 1 - padding)


# %% 06_output_padding_rows
output_padding_rows = [
    [10, 102, 20, 203, 30, 304, 40, 400],
    [1, 10, 102, 20, 203, 30, 304, 40, 400, 0],
]


# %% 06_dilated_row
dilated_row = [1, 2, 13, 24, 130, 240, 300, 400]


# %% 06_conv_size
def conv_size(n, w, s, p, d):
    extent = d * (w - 1) + 1
    return (n + 2 * p - extent) // s + 1


# %% 06_transposed_size
def transposed_size(m, w, s, p, op, d):
    extent = d * (w - 1) + 1
    return (m - 1) * s + extent - 2 * p + op


# %% 06_needed_output_padding
def needed_output_padding(n, w, s, p, d):
    extent = d * (w - 1) + 1
    return (n + 2 * p - extent) % s


# %% 06_largest_output_padding
largest_output_padding = [[2, 2], [0, 0], [2, 1]]


# %% 06_strided_kernel_gradient
def strided_kernel_gradient(x, g, w, stride):
    gradient = []
    for a in range(w):
        gradient.append(sum(g[i] * x[i * stride + a] for i in range(len(g))))
    return gradient
