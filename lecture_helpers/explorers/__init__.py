"""Explorers: controls beside a picture that follows at once, and whose cells show their links when pointed at.

Stepping, pointing and pinning happen in the page; a changed parameter asks Python for a new picture. What cannot be computed
is refused in one sentence beside the control that caused it, and the last picture stays.
"""

from .coverage import explore_coverage
from .images import explore_images
from .layer import explore_layer
