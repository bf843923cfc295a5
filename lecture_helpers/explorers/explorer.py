"""What all explorers share: controls to the left of a live picture, above it where there is no room, and what is said of them."""

from html import escape

import ipywidgets

from ..player import alt_text, player
from ..svg import as_image, draw
from .picture import OLD, LivePicture

KEPT = "The picture still shows the last setting that worked."


class Explorer(ipywidgets.VBox):
    """Controls beside a live picture. A subclass says in `build` what a setting of the controls shows.

    `rows` are widgets that hold several controls; a control that is in none of them has a row to itself.
    """

    def __init__(self, controls, about, rows=()):
        self.controls = controls
        self.messages = {name: ipywidgets.HTML(layout=dict(display="none", margin="0 2px")) for name in controls}
        self.about = {name: ipywidgets.HTML() for name in about}
        self.picture = LivePicture(
            controls=list(controls.values()), layout=dict(flex="1 1 480px", min_width="0", max_width="100%")
        )
        held = {child for row in rows for child in row.children}
        lines = [each for name, control in controls.items() for each in (control, self.messages[name]) if each not in held]
        column = ipywidgets.VBox([*lines, *rows, *self.about.values()], layout=dict(flex="0 0 360px", max_width="100%"))
        super().__init__([column, self.picture], layout=dict(flex_flow="row wrap", align_items="flex-start"))
        self.add_class("lecture-explorer")
        self.show()
        self._say(self.notes())
        self._answer()
        for name, control in controls.items():
            control.observe(lambda change, name=name: self._changed(name), "value")

    def build(self):
        """The scene, laid out, what is known of its cells, and the texts below the controls."""
        raise NotImplementedError

    def show(self):
        """Build the picture for the present settings; raises ValueError or TypeError, in one sentence, if that is impossible."""
        layout, cells, texts = self.build()
        svg = draw(layout.scene, layout)
        self.storyboard, self.label = layout.scene.text(), alt_text(layout.scene)
        with self.picture.hold_sync():
            self.picture.cells, self.picture.svg = cells, svg
        for name in self.about:
            self.about[name].value = texts[name]

    def _changed(self, name):
        refused = {}
        try:
            self.show()
        except (ValueError, TypeError) as refusal:
            beside = getattr(refusal, "control", name)
            refused[beside] = f"{refusal} {KEPT}"
        self._say(self.notes() | refused)
        self.picture.old = bool(refused)
        for text in self.about.values():
            (text.add_class if refused else text.remove_class)(OLD)
        self._answer()

    def _say(self, said):
        """Sentences beside controls: {control: sentence}."""
        for name, message in self.messages.items():
            message.value = f'<div role="alert" style="line-height:1.4">{escape(said[name])}</div>' if name in said else ""
            message.layout.display = None if name in said else "none"

    def _answer(self):
        """Tell the page which setting has been dealt with; a control of several options is known by its index there."""
        self.picture.setting = [getattr(control, "index", control.value) for control in self.controls.values()]

    def notes(self):
        """What is to be said beside a control although nothing was refused: {control: sentence}."""
        return {}

    def __repr__(self):
        return self.storyboard

    def _repr_mimebundle_(self, include=None, exclude=None):
        """The live explorer, with a player of its starting setting for pages without a kernel.

        Where the picture brings metadata, without which its page doesn't find its script (Colab), the explorer hands them on.
        """
        bundle = super()._repr_mimebundle_(include=include, exclude=exclude) or {}
        static = player(as_image(self.picture.svg, self.label))
        bundle = bundle | {"text/html": static, "text/plain": self.storyboard}
        own = self.picture._repr_mimebundle_()
        return (bundle, own[1]) if isinstance(own, tuple) and own[1] else bundle
