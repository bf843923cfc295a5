"""Signals and other curves over a common axis."""

import numpy as np

from .. import palette
from ..arrays import as_arrays, check_finite
from ..words import number
from .figure import lecture_figure, style


def plot_signals(**signals):
    """Plot 1-D signals under one another, on one axis of positions and one scale, as a `Figure`.

    A signal whose name begins with input, kernel or output has that role's colour, any other is grey. The names
    are the titles, with spaces for underscores. Raises TypeError or ValueError if a signal is not 1-D.

    >>> plot_signals(input_x=[0, 0, 1, 1], output_y=[0, 1, 0])
    input x: 0 0 1 1
    output y: 0 1 0
    """
    if not signals:
        raise ValueError("plot_signals needs at least one signal, but got none.")
    arrays = {name.replace("_", " "): as_arrays(**{name: signal})[0] for name, signal in signals.items()}
    for name, array in arrays.items():
        if array.ndim != 1:
            raise ValueError(f"A signal has 1 axis, but {name} has shape {array.shape}.")
        check_finite(name, array)
    words = "\n".join(f"{name}: {' '.join(map(number, array))}" for name, array in arrays.items())
    with style():
        from matplotlib.ticker import MaxNLocator

        figure = lecture_figure(words, (6.4, 1.5 * len(arrays)))
        axes = figure.subplots(len(arrays), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
        axes[0].yaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes[0].margins(y=0.12)
        for axis, (name, array) in zip(axes, arrays.items(), strict=True):
            axis.axhline(0, color=palette.HUES["padding"], linewidth=0.8)
            axis.plot(array, color=palette.HUES.get(name.partition(" ")[0], palette.HUES["padding"]), marker="o", markersize=3)
            axis.set_title(name)
        axes[-1].set_xlabel("position")
    return figure


def plot_curves(x, *, xlabel, ylabel, logarithmic=False, words=None, **curves):
    """Plot curves over common positions `x` (n,), each with its name at its right end, as a `Figure`; the last one in colour.

    With `logarithmic`, both axes are, and the name carries the curve's slope there: the power of x with which it grows.
    `words` replaces the numbers in the figure's text, where they differ from one machine to the next. Raises TypeError or
    ValueError, with the values, if lengths differ or a number is not finite.

    >>> plot_curves([10, 100], xlabel="W", ylabel="multiplications", logarithmic=True, loop=[30, 300], matrix=[120, 12000])
    multiplications over W: 10 100
    loop, slope 1: 30 300
    matrix, slope 2: 120 12000
    """
    x, rows = _checked(x, curves, logarithmic)
    names = [name.replace("_", " ") + (f", slope {_slope(x, row):.2g}" if logarithmic else "") for name, row in zip(curves, rows)]
    lines = [
        f"{ylabel} over {xlabel}: {' '.join(map(number, x))}",
        *(f"{name}: {' '.join(map(number, row))}" for name, row in zip(names, rows)),
    ]
    with style():
        figure = lecture_figure(words or "\n".join(lines), (6.4, 3.4))
        axis = figure.subplots()
        _draw_curves(axis, x, names, rows)
        axis.set(xlabel=xlabel, ylabel=ylabel)
        if logarithmic:
            axis.set(xscale="log", yscale="log")
            axis.set_xticks(x, map(number, x))
            axis.minorticks_off()
    return figure


def _checked(x, curves, logarithmic):
    """The positions and the curves as arrays that can be drawn."""
    x, *rows = as_arrays(x=x, **curves)
    for name, row in zip(curves, rows):
        if row.shape != x.shape or x.ndim != 1:
            raise ValueError(f"Curves and positions need one axis of equal length, but {name} has {row.shape} and x {x.shape}.")
        check_finite(name, row)
    check_finite("x", x)
    if not rows:
        raise ValueError("plot_curves needs at least one curve, but got 0 rows.")
    if logarithmic and (x.size < 2 or np.unique(x).size < x.size or min(each.min() for each in (x, *rows)) <= 0):
        raise ValueError(f"Logarithmic axes need at least 2 different positive numbers, but x is {x} and the rows are {rows}.")
    return x, rows


def _draw_curves(axis, x, names, rows):
    """The curves, grey but for the last one, with their names at their right ends."""
    for name, row in zip(names, rows):
        axis.plot(x, row, color=palette.HUES["output" if row is rows[-1] else "padding"])
        axis.annotate(f" {name}", (x[-1], row[-1]), color=palette.INK, va="center", fontsize=9)


def _slope(x, row):
    """The power of x with which a curve grows at its right end."""
    return np.log(row[-1] / row[-2]) / np.log(x[-1] / x[-2])
