"""What to show, as plain data: bands of labelled cells and lines, each with the times at which they are visible, and captions.

Every picture of a layer is a reading of one value, `Layer`, whose cells are numbered in C order: cell u of the long row lies at
position u + p, place i of the short row at position i·s. A scene is complete: whoever draws it, or reads it as text, computes
nothing.
"""

from ..words import plain
from .answer import answer_scene
from .cells import QUICK, Band, Cell, Line, visible
from .channels import channels_scene
from .coverage import coverage_scene
from .given import layer_of
from .limits import picture_arrays
from .parts import runs
from .readings import READINGS, as_matrix, connected, explored, gathered, gathered_and_summed, gradient, operation, summed
from .scene import Caption, Scene
from .sentences import cell_sentences
from .transpose import transpose_scene
from .unrolled import board_size, has_board
