"""Model solutions of notebook 07."""

import numpy as np

from lecture_helpers import conv_transpose

# %% 07_stamped_grid
stamped_grid = [[1, 12, 20], [103, 1234, 2040], [300, 3400, 4000]]


# %% 07_matrix_row
matrix_row = [6, 7, 8, 12, 13]


# %% 07_stamp_grid
def stamp_grid(x, kernel, stride):
    height = (x.shape[0] - 1) * stride[0] + kernel.shape[0]
    width = (x.shape[1] - 1) * stride[1] + kernel.shape[1]
    y = np.zeros((height, width))
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            r, c = i * stride[0], j * stride[1]
            y[r : r + kernel.shape[0], c : c + kernel.shape[1]] += x[i, j] * kernel
    return y


# %% 07_output_shape
output_shape = (7, 6)


# %% 07_grouped_layer
def grouped_layer(x, weight, bias, groups):
    inputs, outputs = len(x) // groups, weight.shape[1]
    grids = []
    for o in range(groups * outputs):
        first = o // outputs * inputs
        grid = bias[o]
        for c in range(first, first + inputs):
            grid = grid + conv_transpose(x[c], weight[c, o % outputs])
        grids.append(grid)
    return grids


# %% 07_weight_shape
def weight_shape(inputs, outputs, kernel, groups):
    return inputs, outputs // groups, kernel[0], kernel[1]


# %% 07_layer
def layer(x, weight, bias):
    grids = []
    for o in range(weight.shape[1]):
        grid = bias[o]
        for c in range(len(x)):
            grid = grid + conv_transpose(x[c], weight[c, o])
        grids.append(grid)
    return grids
