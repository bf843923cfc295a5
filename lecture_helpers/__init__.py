"""Pictures, reference operators and exercise checks for a course on transposed convolution.

`__init__.pyi` lists the public names. Each is imported when it is used for the first time, so that an operator or a player
waits for no plotting or widget library.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
