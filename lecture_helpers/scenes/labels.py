"""What the rows and grids of a layer are called."""


def rows(layer, label):
    """A label for a row or for a grid."""
    return label.format("row" if layer.axes == 1 else "grid")


def input_label(layer):
    label = rows(layer, "input x (small {})" if layer.transposed else "input x (large {})")
    return label + (f", W = {layer.x.size}" if layer.axes == 1 else "")


def kernel_label(layer, order):
    return f"kernel κ {order}" + (f", w = {layer.kernel.size}" if layer.axes == 1 else "")


def output_label(layer):
    label = rows(layer, "output y (large {})" if layer.transposed else "output y (small {})")
    return label + (f", width {layer.y.size}" if layer.axes == 1 else "")


def gaps(layer):
    """What stands between the cells of a gathered input with a stride, as a suffix of its label."""
    return (" (gaps: inserted zeros)" if layer.axes == 1 else " (inserted zeros: not drawn)") if max(layer.stride) > 1 else ""
