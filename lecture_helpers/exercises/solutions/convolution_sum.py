"""Model solutions of notebook 01."""

import numpy as np

# %% 01_layer_row
layer_row = [541, 124, 432]


# %% 01_impulse_row
impulse_row = [0, 300, 20, 1]


# %% 01_output_count
def output_count(W, w):
    return W - w + 1


# %% 01_slide
def slide(x, kernel):
    y = []
    for i in range(len(x) - len(kernel) + 1):
        y.append(np.dot(x[i : i + len(kernel)], kernel))
    return y


# %% 01_inner_products
def inner_products(x, kernel):
    y = []
    for i in range(len(x) - len(kernel) + 1):
        y.append(sum(x[i + a] * kernel[a] for a in range(len(kernel))))
    return y


# %% 01_renamed
def renamed(x, kernel):
    y = []
    for i in range(len(x) - len(kernel) + 1):
        y.append(sum(x[u] * kernel[u - i] for u in range(len(x)) if 0 <= u - i < len(kernel)))
    return y


# %% 01_readers
def readers(u, W, w):
    return [i for i in range(W - w + 1) if 0 <= u - i < w]
