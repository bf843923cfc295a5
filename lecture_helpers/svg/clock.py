"""The rules of time for a whole picture: one variable, --t, the opacity of what lives, and the loop of the image."""

from .timing import delays, part_of

SECONDS = 1.9  # from one answer to the next in the image that loops
HOLD = "cubic-bezier(.8,0,.4,1)"  # most of the way is rest, the motion comes at its end
LONGEST = 30  # seconds a round of that image takes at the most


def progress(scene):
    """How many places a band has glided, as a CSS number."""
    moves = next((band.moves for band in scene.bands if band.moves), ())
    return f"--p:calc({' + '.join(part_of(time) for time, _, _ in moves)});" if moves else ""


def clock(scene, items):
    """The rules of time: the opacity of what lives, and the loop, which begins finished and stops at the answers."""
    last, stops = scene.last, [scene.answered(k) for k in range(scene.steps)]
    beat = min(SECONDS, LONGEST / (len(stops) + 2))
    whole = beat * (len(stops) + 2)
    frames = [(0, last), (1.5 * beat, last), (1.5 * beat, 0), *(((2 + k) * beat, stop) for k, stop in enumerate(stops))]
    keys = "".join(f"{100 * time / whole:.3g}%{{--t:{t:g}}}" for time, t in frames[:2])
    keys += "".join(f"{100 * time / whole + (0.1 if k == 0 else 0):.3g}%{{--t:{t:g}}}" for k, (time, t) in enumerate(frames[2:]))
    return (
        f"svg{{--t:{last:g};--k:0;--u:999;{progress(scene)}animation:t {whole:.3g}s {HOLD} infinite}}"
        f"@property --t{{syntax:'&lt;number>';inherits:true;initial-value:{last:g}}}@keyframes t{{{keys}}}"
        ".v>*{opacity:clamp(0,min((var(--t) - var(--k))*4 + 1,(var(--u) - var(--t))*4),1)}.o>*{--u:calc(var(--k) + var(--s))}"
        f"{delays(items)}"
        ".o{visibility:var(--o,visible)}"  # hidden still where var() is unknown
        "@media(prefers-reduced-motion){svg{animation:none}}"
        f"@media print{{svg{{--t:{last:g}!important;animation:none!important}}}}"
    )
