"""Every setting of an explorer's controls that a page without Python offers, and what Python would send it for each."""

import json
from math import prod

import anywidget
import ipywidgets

from lecture_helpers.explorers.explorer import KEPT
from lecture_helpers.explorers.picture import LivePicture

OWN = {"controls", "setting", "live"}  # of a picture: what ties it to its kernel
SENT = sorted(set(LivePicture.class_traits(sync=True)) - set(anywidget.AnyWidget.class_traits(sync=True)) - OWN)


class Settings:
    """The settings of an explorer that a page offers; a page finds the number of one as the sum of its controls' `offsets`.

    Sliders and choices go with each other in all combinations. Where that would be too many, controls move one at a time:
    the numbers of an explorer of images, and taps, if the explorer is about them, that is, if they are not all 1; then inputs
    and stride stay as they are.
    """

    def __init__(self, explorer):
        self.explorer, self.controls = explorer, explorer.controls
        self.start = {name: control.value for name, control in self.controls.items()}
        taps, numbers = ([name for name, each in self.controls.items() if asked(each)] for asked in (is_tap, is_number))
        self.alone = numbers or [name for name in taps if any(self.start[tap] != 1 for tap in taps)]
        still = {*numbers, *taps, *(["inputs", "stride"] if self.alone else [])}
        self.free = [name for name, control in self.controls.items() if name not in still and values(control)]
        self.axes = [[{name: value} for value in values(self.controls[name])] for name in self.free]
        moves = [{name: value} for name in self.alone for value in values(self.controls[name]) if value != self.start[name]]
        self.axes.append([{}, *moves])

    def __iter__(self):
        """Set the explorer to one setting after the other, and give its number: from one to the next, one control moves."""
        for number, chosen in there_and_back(self.axes):
            self.set({name: value for choice in chosen for name, value in choice.items()})
            yield number
        self.set({})

    def set(self, moved):
        """Move some controls, and put the others back."""
        for name in (*self.free, *self.alone):
            if not hidden(self.controls[name]):  # and so changes nothing
                self.controls[name].value = (self.start | moved)[name]

    def offsets(self, name):
        """What every position of a control adds to the number of a setting."""
        place = self.free.index(name) if name in self.free else -1
        axis, weight = self.axes[place], prod(len(later) for later in self.axes[place:][1:])
        return [weight * axis.index({name: value}) if {name: value} in axis else 0 for value in values(self.controls[name])]

    def texts(self):
        """What Python would send for every setting, as JSON."""
        found = {number: as_json(sent(self.explorer)) for number in self}
        return [found[number] for number in sorted(found)]


def there_and_back(axes):
    """All choices of one entry from each axis, with their numbers; from one choice to the next, one entry moves by one.

    >>> [*there_and_back(["ab", "xy"])]
    [(0, ('a', 'x')), (1, ('a', 'y')), (3, ('b', 'y')), (2, ('b', 'x'))]
    """
    chosen = [(0, ())]
    for axis in axes:
        steps = [*enumerate(axis)]
        chosen = [
            (number * len(axis) + k, (*before, entry))
            for turn, (number, before) in enumerate(chosen)
            for k, entry in (steps if turn % 2 == 0 else steps[::-1])
        ]
    return chosen


def values(control):
    """The values that a control takes, in their order; none for a text box."""
    if isinstance(control, (ipywidgets.IntSlider, ipywidgets.FloatSlider)):
        steps = round((control.max - control.min) / control.step)
        return [round(control.min + k * control.step, 9) for k in range(steps + 1)]
    options = getattr(control, "options", ())
    return [option[1] if isinstance(option, tuple) else option for option in options]


def is_number(control):
    """Whether a control is a slider with many positions."""
    return isinstance(control, ipywidgets.FloatSlider)


def is_tap(control):
    """Whether a control is a tap: a slider that stands upright."""
    return getattr(control, "orientation", "") == "vertical"


def hidden(control):
    """Whether a control is not there at present: a tap beyond the kernel's width."""
    return control.layout.display == "none"


def sent(explorer):
    """What a page needs for the present setting: a refusal, or the picture and what is said around it."""
    said = {name: message.value for name, message in explorer.messages.items() if message.value}
    refused = [sentence for sentence in said.values() if KEPT in sentence]
    if refused:
        return dict(refused=refused[0])
    taps = {name: control for name, control in explorer.controls.items() if is_tap(control)}
    return dict(
        picture={name: getattr(explorer.picture, name) for name in SENT},
        about={name: text.value for name, text in explorer.about.items()},
        notes=said,
        taps={name: tap.style.handle_color for name, tap in taps.items() if not hidden(tap)},  # those that are there
    )


def deflated(explorer):
    """The names of what Python sends deflated, as JSON, so that the page inflates it."""
    return [name for name in SENT if isinstance(explorer.picture.get_state(name)[name], bytes)]


def as_json(value):
    """A value as JSON, without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
