"""Model solutions of notebook 02."""

import numpy as np

# %% 02_gradient_row
gradient_row = [3, 34, 40]


# %% 02_linking_tap
def linking_tap(u, i, w):
    if 0 <= u - i < w:
        return u - i
    return None


# %% 02_chain_rule
def chain_rule(c, kernel):
    gradient = []
    for u in range(len(c) + len(kernel) - 1):
        paths = [c[i] * kernel[u - i] for i in range(len(c)) if 0 <= u - i < len(kernel)]
        gradient.append(sum(paths))
    return gradient


# %% 02_paths_add
def paths_add(c, kernel):
    gradient = np.zeros(len(c) + len(kernel) - 1)
    for i in range(len(c)):
        for a in range(len(kernel)):
            gradient[i + a] += c[i] * kernel[a]
    return gradient


# %% 02_tap_gradient
def tap_gradient(x, c):
    w = len(x) - len(c) + 1
    return [np.dot(c, x[a : a + len(c)]) for a in range(w)]
