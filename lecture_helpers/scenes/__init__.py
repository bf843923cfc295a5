"""What to show, as plain data: bands of labelled cells, each with the moments at which it is visible, and captions.

Moment 0 shows the scene before the first step; moment t shows it after step t. A scene is complete: whoever draws it, or
reads it as text, computes nothing. Columns follow the geometry u = i·s + a·d − p: cell u of the large row stands in column
u + p, place i of the small row in column i·s, so that every tap lies straight under or over the cells it joins.
"""

from .cells import Band, Cell, Scene, answer_scene, visible
from .coverage import coverage_grid_scene, coverage_scene
from .layer import READINGS, cell_sentences, layer_links, layer_scene, matrix_band_scene
from .matrices import matrix_scene
from .operation import operation_scene
from .sliding import sliding_kernel_scene
from .transposed import gather_and_scatter_scene, gradient_scene, summed_kernels_scene
from .words import join, number, picture_arrays, plain_parameter
