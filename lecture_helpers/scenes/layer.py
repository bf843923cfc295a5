"""One layer, convolution or transposed, on a row or a grid: its numbers, and the list of its connections, read in every way."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..arrays import per_axis
from ..geometry import DEFAULTS, extent
from ..words import indexed, plain_parameter
from .links import Link


@dataclass(frozen=True)
class Layer:
    """A layer with its input, kernel and output, checked and listed once; whoever draws it computes nothing of it again."""

    x: np.ndarray
    kernel: np.ndarray
    y: np.ndarray
    transposed: bool
    params: dict  # the layer's parameters, as they were given
    border: tuple[int, ...]  # cells before the long row's first one: padding, or cropped
    extent: tuple[int, ...]  # of the long row or grid with its border
    links: tuple[Link, ...]  # by place, then by tap

    @property
    def short(self):
        """The shape of the short row or grid."""
        return (self.x if self.transposed else self.y).shape

    @property
    def long(self):
        """The shape of the long row or grid."""
        return (self.y if self.transposed else self.x).shape

    @property
    def axes(self):
        """How many axes the layer has."""
        return self.x.ndim

    @cached_property
    def stride(self):
        """The stride of every axis."""
        return per_axis("stride", self.params["stride"], self.axes, 1)

    @cached_property
    def dilation(self):
        """The dilation of every axis."""
        return per_axis("dilation", self.params["dilation"], self.axes, 1)

    @cached_property
    def span(self):
        """How many cells the kernel spans on every axis."""
        return tuple(extent(w, d) for w, d in zip(self.kernel.shape, self.dilation))

    @cached_property
    def by_place(self):
        """The links of every place, tap by tap."""
        width = self.kernel.size
        return [self.links[k : k + width] for k in range(0, len(self.links), width)]

    @cached_property
    def by_position(self):
        """The links that meet at a position of the long row with its border, place by place."""
        meeting = {}
        for link in self.links:
            meeting.setdefault(link.position, []).append(link)
        return meeting

    @cached_property
    def by_cell(self):
        """The links of every cell of the long row, place by place."""
        return [self.by_position.get(position, []) for position in self.cells]

    @property
    def by_input(self):
        """The links of every input cell."""
        return self.by_place if self.transposed else self.by_cell

    @property
    def by_output(self):
        """The links of every output cell, those of padding among them."""
        return self.by_cell if self.transposed else self.by_place

    @cached_property
    def by_tap(self):
        """The links of every tap whose cell exists."""
        found = [[] for _ in range(self.kernel.size)]
        for link in self.kept:
            found[link.tap].append(link)
        return found

    @cached_property
    def kept(self):
        """The links whose cell exists."""
        return [link for link in self.links if link.cell is not None]

    @cached_property
    def cells(self):
        """The position of every cell of the long row, in C order."""
        return [tuple(k + p for k, p in zip(index, self.border)) for index in np.ndindex(self.long)]

    @cached_property
    def stands(self):
        """The position of every place: that of a tap 0 that stands there."""
        return [tuple(k * s for k, s in zip(index, self.stride)) for index in np.ndindex(self.short)]

    def input_of(self, link):
        """The number of the input cell that a link joins; None on padding."""
        return link.place if self.transposed else link.cell

    def output_of(self, link):
        """The number of the output cell that a link joins; None if it is cropped."""
        return link.cell if self.transposed else link.place

    def factors(self, link):
        """The signal and the tap that a link multiplies; padding is 0."""
        source = self.input_of(link)
        return (0 if source is None else self.x.flat[source]), self.kernel.flat[link.tap]

    def product(self, link):
        """What a link contributes to its output cell."""
        signal, tap = self.factors(link)
        return signal * tap

    def name(self, row, flat):
        """A cell's name, with brackets: x[0], y[1, 2]."""
        return indexed(row, flat, dict(x=self.x, y=self.y, κ=self.kernel)[row].shape)

    @property
    def kind(self):
        """What the layer is called at the beginning of a title."""
        return "Transposed convolution layer" if self.transposed else "Convolution layer"

    def described(self):
        """The parameters that differ from their defaults, as a suffix of a title."""
        values = {name: plain_parameter(value) for name, value in self.params.items()}
        return "".join(f", {name} {value}" for name, value in values.items() if value != DEFAULTS[name])
