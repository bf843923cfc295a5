"""Model solutions of notebook 09."""

from lecture_helpers import conv_transpose, conv_transpose_output_size, cross_correlate


# %% 09_input_step
def input_step(z, kernel, target, rate):
    error = cross_correlate(z, kernel) - target
    gradient = conv_transpose(error, kernel)
    return z - rate * gradient


# %% 09_decoder_paddings
decoder_paddings = [0, 1, 0, 0, 0]


# %% 09_decoder_sizes
def decoder_sizes(layers):
    sizes = [1]
    for k, s in reversed(layers):
        sizes.append(conv_transpose_output_size(sizes[-1], k, stride=s))
    return sizes


# %% 09_decoder_layers
decoder_layers = [(24, 16, 4, 1), (16, 16, 3, 2), (16, 16, 4, 2), (16, 16, 5, 1), (16, 1, 5, 1)]


# %% 09_shared_weights
shared_weights = [[10, 40, 40], [90, 120]]
