"""Move a learner's work into a newer notebook, update the whole course, or reset an exercise; nothing typed is ever lost.

Before a file changes, a dated copy of the learner's notebook is put into the folder `copies` beside it; the new content is
written to a temporary file, which then takes the old one's place in one step. The command line is in `__main__`.
"""

from .actions import carry_over, reset, update
