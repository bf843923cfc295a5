from .animations import (
    Animation,
    animate_connections,
    animate_gather_and_scatter,
    animate_gradient,
    animate_matrix,
    animate_sliding_kernel,
    animate_summed_kernels,
    animate_transpose,
    draw_channels,
    draw_operation,
)
from .checks import compare
from .explorers import explore_coverage, explore_images, explore_layer
from .geometry import conv_output_size, conv_transpose_output_size
from .images import phase_spread, shape_images
from .layers import conv_layer, conv_transpose_layer
from .operators import (
    conv_transpose,
    convolve,
    coverage,
    cross_correlate,
    input_gradient,
    kernel_gradient,
    matrix_of,
)
from .plots import plot_coverage, plot_coverages, plot_curves, plot_images, plot_matrix, plot_signals
