"""The exercise engine: a table of cases and misconceptions judges a learner's answer and says what its numbers are.

`table` holds the facts of an exercise, `judge` compares an answer with them, `verdict` shows the result, and `session` is the
exercise in a learner's hands. `answers` reads what learners return, `calls` and `sandbox` run their code, `clock` stops it,
`notebook` knows their cells. `compare` shows a guess that nobody judges.
"""

from .compare import compare
from .session import Exercise, solutions, summarise
from .table import Misconception
from .verdict import Verdict
