"""Model solutions of notebook 05."""

import numpy as np
import torch
from torch.nn import functional as F

from lecture_helpers import cross_correlate

# %% 05_stride_row
stride_row = [1, 10, 102, 20, 203, 30, 304, 40, 400]


# %% 05_stamp
def stamp(x, kernel, stride):
    y = np.zeros((len(x) - 1) * stride + len(kernel))
    for i in range(len(x)):
        y[i * stride : i * stride + len(kernel)] += x[i] * kernel
    return y


# %% 05_zero_insertion
def zero_insertion(x, kernel, stride):
    spread = np.zeros((len(x) - 1) * stride + 1)
    spread[::stride] = x
    return cross_correlate(spread, kernel[::-1], padding=len(kernel) - 1)


# %% 05_copies
def copies(u, W, w, s):
    return sum(0 <= u - i * s < w for i in range(W))


# %% 05_gather_in_torch
def gather_in_torch(x, kernel, stride):
    kernel = torch.tensor(kernel).float()[None, None]
    z = torch.zeros(1, 1, (len(x) - 1) * stride + 1)
    z[..., ::stride] = torch.tensor(x)
    return F.conv1d(z, kernel.flip(-1), padding=kernel.shape[-1] - 1)[0, 0]


# %% 05_strided_layers
strided_layers = [
    torch.nn.ConvTranspose1d(3, 2, kernel_size=7, stride=3),
    torch.nn.Conv1d(2, 3, kernel_size=7, stride=3),
]
