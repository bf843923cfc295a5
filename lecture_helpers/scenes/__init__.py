"""What to show, as plain data: bands of labelled cells, each with the moments at which it is visible, and captions.

Moment 0 shows the scene before the first step; moment t shows it after step t. A scene is complete: whoever draws it, or
reads it as text, computes nothing. Every picture of a layer is a reading of one value, `Layer`, whose cells are numbered in
C order: cell u of the large row lies at position u + p, place i of the small row at position i·s.
"""

from .cells import Band, Cell, Scene, answer_scene, visible
from .convolution import sliding
from .coverage import coverage_grid_scene, coverage_scene
from .given import layer_of
from .limits import picture_arrays
from .matrices import matrix_band_scene, matrix_scene
from .readings import READINGS, layer_scene, operation
from .sentences import cell_sentences
from .transposed import both, gradient, summed
