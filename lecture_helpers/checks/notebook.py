"""What a learner's function tells of the notebook it comes from: stubs, stale versions, names with another meaning."""

import dis
import inspect
import linecache
import sys
from functools import partial
from types import CodeType, FunctionType, ModuleType

OWN_MODULES = ("__main__", "")  # of functions that were defined in a notebook, or by `exec`


def is_stub(answer):
    """Whether an answer is a function whose body is only `...`, `pass` or a docstring."""
    if not isinstance(answer, FunctionType):
        return False
    idle = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE", "POP_TOP"}
    nothing = {None, ..., answer.__doc__}
    return all(step.opname in idle for step in dis.get_instructions(answer)) and nothing.issuperset(answer.__code__.co_consts)


def names_not_implemented(function):
    """Whether a function names NotImplementedError, as stubs do, so that it was not raised by a library."""
    return "NotImplementedError" in getattr(getattr(function, "__code__", None), "co_names", ())


def notes_on(function):
    """What should be said of a function besides its values, as sentences."""
    return _stale(function) + _shadowed(function)


def _stale(function):
    """A note if the notebook holds a newer version of the function, whose cell did not run."""
    function = inspect.unwrap(function)
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    name = getattr(function, "__name__", "")
    newest = next((cell for cell in reversed(shell.user_ns.get("In", [])) if f"def {name}(" in cell), "") if shell else ""
    own = "".join(linecache.getlines(function.__code__.co_filename)) if hasattr(function, "__code__") else ""
    if newest and own and newest.strip() != own.strip():
        return f" This judged an older `{name}`: the cell with your newest version stopped with an error."
    return ""


def _shadowed(function):
    """A note if the notebook gave the name np another meaning."""
    np = getattr(function, "__globals__", {}).get("np")
    if np is None or isinstance(np, ModuleType):
        return ""
    return " The name `np` is no longer NumPy here: run `import numpy as np` again."


def ruled_out(function, names):
    """Those of the names that a function's code calls, itself or in functions of the same notebook, in their order."""
    function = inspect.unwrap(function)
    while isinstance(function, partial):
        function = function.func
    if not isinstance(function, FunctionType) or _module(function) not in OWN_MODULES:
        return [name for name in names if name == getattr(function, "__name__", "")]
    used, own = set(), [function]
    for each in own:  # grows while it is walked
        meanings = {name: each.__globals__.get(name) for name in _names(each.__code__)}
        helpers = {name: what for name, what in meanings.items() if getattr(what, "__globals__", None) is each.__globals__}
        used |= (meanings.keys() - helpers.keys()) | {getattr(what, "__name__", "") for what in meanings.values()}
        own += [helper for helper in helpers.values() if helper not in own]
    return [name for name in names if name in used - {each.__name__ for each in own}]


def _module(function):
    return (function.__module__ or "").partition(".")[0]


def _names(code):
    """All names that code looks up, the code of functions inside it included."""
    inner = (_names(each) for each in code.co_consts if isinstance(each, CodeType))
    return set(code.co_names).union(*inner)
