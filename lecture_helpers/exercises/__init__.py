"""The exercises: one module for each notebook, named like it; their model solutions lie apart, in `solutions`."""
