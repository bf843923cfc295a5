"""Model solutions, one module for each notebook: each exercise's cell after a line "# %% id".

Leave this folder out for a graded class; `solution()` then says that the solutions are withheld.
"""
