"""Plots with matplotlib: matrices and coverage cell by cell, signals and other curves, images.

Each returns a `Figure`, without touching pyplot's state, and carries its content in words.
"""

from .coverage import plot_coverage, plot_coverages
from .curves import plot_curves, plot_signals
from .images import plot_images
from .matrices import plot_matrix
