"""Model solutions of notebook 08."""

import torch

# %% 08_coverage_rows
coverage_rows = [
    [1, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1],
    [1, 2, 2, 2, 2, 2, 2, 2, 2, 1],
]


# %% 08_even_coverage
def even_coverage(w, s):
    return w % s == 0


# %% 08_middle_row
middle_row = [3, 6, 9, 6, 3]


# %% 08_constant_input
constant_input = [1, 2, 4, 6, 4, 6, 4, 6, 3, 4]


# %% 08_tied_taps
def tied_taps(kernel):
    first, middle, last = kernel
    return [last, middle + last, first + middle, first]


# %% 08_matching_shape
def matching_shape(n):
    layer = torch.nn.ConvTranspose2d(1, 1, kernel_size=4, stride=3, padding=1, output_padding=1)
    output = layer(torch.zeros(1, 1, n, n))
    return [layer.kernel_size[0], layer.stride[0], layer.padding[0], *output.shape[2:]]


# %% 08_measure_grid
def measure_grid(image, stride):
    means = [image[row::stride, column::stride].mean() for row in range(stride) for column in range(stride)]
    return (max(means) - min(means)) / image.mean()


# %% 08_replaced
def replaced(x):
    layer = torch.nn.Sequential(
        torch.nn.Upsample(scale_factor=3),
        torch.nn.Conv2d(2, 3, kernel_size=3, padding=1),
    )
    for parameter in layer.parameters():
        torch.nn.init.ones_(parameter)
    return layer(torch.tensor(x, dtype=torch.float32))
