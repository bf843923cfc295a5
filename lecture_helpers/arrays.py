"""What callers pass in, checked once: arrays of real numbers, and parameters, one integer or one for each axis.

What cannot be taken is refused in one sentence that names the argument and its value.
"""

import operator

import numpy as np

LARGEST_INT64 = np.iinfo(np.int64).max
LARGEST_SIZE = 2**31 - 1  # keeps every index within int64


def as_arrays(**named):
    """The named values as arrays of one dtype, none empty, with the same number of axes; the names appear in errors."""
    arrays = {name: as_array(name, value) for name, value in named.items()}
    for name, array in arrays.items():
        if array.size == 0:
            raise ValueError(f"{name} must hold at least one number, but has shape {array.shape}.")
    if len({array.ndim for array in arrays.values()}) > 1:
        both = " and ".join(f"{name} has {array.ndim}" for name, array in arrays.items())
        raise ValueError(f"The arrays must have the same number of axes, but {both}.")
    return one_dtype(*arrays.values())


def as_array(name, value):
    """`value` as an array of real numbers with at least one axis; `name` appears in errors."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be a rectangular array of numbers, but its rows differ in length or depth.") from None
    except (TypeError, RuntimeError) as error:  # a torch tensor on another device or with a gradient, for example
        raise TypeError(f"{name} cannot be read as an array of numbers: {error}") from None
    if array.dtype.kind not in "biuf":
        entries = array.ravel().tolist()
        odd = next((entry for entry in entries if not isinstance(entry, int) or abs(entry) > LARGEST_INT64), entries)
        raise TypeError(f"{name} must hold real numbers that fit into int64 or float64, but holds {odd!r}.")
    if array.ndim == 0:
        raise ValueError(f"{name} must have at least one axis, but is the single number {array}.")
    if array.dtype.kind == "u" and array.size and array.max() > LARGEST_INT64:
        raise ValueError(f"{name} must fit into int64, but holds {array.max()}.")
    return array


def check_finite(name, array):
    """Refuse NaN and infinite numbers: the operators pass them on, but no picture can show them."""
    if not np.isfinite(array).all():
        where = tuple(np.argwhere(~np.isfinite(array))[0].tolist())
        raise ValueError(f"A picture needs finite numbers, but {name}{list(where)} is {array[where]}.")


def one_dtype(*arrays):
    """Copies in int64 if all hold booleans or integers, in float32 if all are float32, otherwise in float64."""
    dtypes = {array.dtype for array in arrays}
    if all(dtype.kind in "biu" for dtype in dtypes):
        common = np.int64
    else:
        common = np.float32 if dtypes == {np.dtype(np.float32)} else np.float64
    return tuple(array.astype(common) for array in arrays)


def as_shape(shape):
    """A shape as a tuple: an int stands for one axis."""
    return tuple(shape) if is_per_axis(shape) else (shape,)


def is_per_axis(value):
    return isinstance(value, (tuple, list)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def per_axis(name, value, ndim, least):
    """`value` as a tuple of `ndim` ints, each at least `least`; `name` appears in the error."""
    values = tuple(value) if is_per_axis(value) else (value,) * ndim
    if len(values) != ndim:
        axes = "1 axis" if ndim == 1 else f"{ndim} axes"
        raise ValueError(f"{name}={value!r} has {len(values)} values, but the layer has {axes}.")
    return tuple(_integer(name, entry, value, least) for entry in values)


def _integer(name, entry, given, least):
    try:
        if isinstance(entry, (bool, np.bool_)):
            raise TypeError
        number = operator.index(entry)
    except TypeError:
        raise TypeError(f"{name} must be an integer or one integer per axis, but is {given!r}.") from None
    if number < least:
        raise ValueError(f"{name} must be at least {least}, but is {given!r}.")
    if number > LARGEST_SIZE:
        raise ValueError(f"{name} must be at most {LARGEST_SIZE}, but is {given!r}.")
    return number
