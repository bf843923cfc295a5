"""Model solutions of notebook 10."""

import numpy as np

from lecture_helpers import conv_transpose


# %% 10_same_row
def same_row(x, kernel, stride):
    full = conv_transpose(x, kernel, stride=stride)
    left = (len(kernel) - stride) // 2
    return full[left : left + stride * len(x)]


# %% 10_padded_size
def padded_size(n, depth):
    block = 2**depth
    return -(-n // block) * block


# %% 10_one_kernel
def one_kernel(kernels):
    return kernels[:, ::-1].T.ravel()


# %% 10_bilinear_weight
def bilinear_weight(channels):
    weight = np.zeros((channels, channels, 4))
    for c in range(channels):
        weight[c, c] = [0.25, 0.75, 0.75, 0.25]
    return weight


# %% 10_fingerprints
fingerprints = [[1, 1, 2], [0, 2, 1], [0, 1, 1]]
