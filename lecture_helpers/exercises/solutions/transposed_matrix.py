"""Model solutions of notebook 03."""

import numpy as np

from lecture_helpers import cross_correlate

# %% 03_rows_of_the_transpose
rows_of_the_transpose = [[7, 4, 0], [9, 7, 4]]


# %% 03_layer_matrix
def layer_matrix(kernel, W):
    C = np.zeros((W - len(kernel) + 1, W))
    for i in range(len(C)):
        C[i, i : i + len(kernel)] = kernel
    return C


# %% 03_lost_row
lost_row = [1, -10, 100]


# %% 03_stamp
def stamp(x, kernel):
    y = np.zeros(len(x) + len(kernel) - 1)
    for i in range(len(x)):
        y[i : i + len(kernel)] += x[i] * kernel
    return y


# %% 03_table
table = [["as written", "reversed"], ["reversed", "as written"]]


# %% 03_output_width
def output_width(W, w):
    return W + w - 1


# %% 03_there_and_back
there_and_back = [120, 242, 23]


# %% 03_gather
def gather(x, kernel):
    return cross_correlate(x, kernel[::-1], padding=len(kernel) - 1)


# %% 03_transpose_gap
def transpose_gap(C, B, x, g):
    return np.dot(C @ x, g) - np.dot(x, B @ g)
