"""Slips that a learner may make in a right answer: small changes to a model solution, one at a time."""

import ast
import copy

SIBLINGS = {"cross_correlate": "conv_transpose", "conv_transpose": "cross_correlate", "sum": "max", "len": "max"}
OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv}
COMPARISONS = {ast.LtE: ast.Lt, ast.Lt: ast.LtE, ast.GtE: ast.Gt, ast.Gt: ast.GtE, ast.Eq: ast.NotEq}


def mutants(source):
    """All variants {source code: what was changed} of a solution, each with one slip."""
    tree = ast.parse(source)
    measured = {id(part) for node in ast.walk(tree) for part in _measured(node)}
    found = {}
    for place, node in enumerate(ast.walk(tree)):
        for what, replacement in _slips(node) if id(node) not in measured else ():
            changed = _Replace(place, replacement).applied_to(tree)
            found.setdefault(changed, f"line {getattr(node, 'lineno', 0)}: {what}")
    found.pop(ast.unparse(tree), None)
    return found


def _measured(node):
    """The parts of a node that are only asked for their length or shape, so that a slip in them changes nothing."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len":
        return node.args
    return [node.value] if isinstance(node, ast.Attribute) and node.attr == "shape" else []


class _Replace(ast.NodeTransformer):
    """Replace the node at one place of the walk through a tree."""

    def __init__(self, place, replacement):
        self.place, self.replacement = place, replacement

    def applied_to(self, tree):
        tree = copy.deepcopy(tree)
        self.target = list(ast.walk(tree))[self.place]
        return ast.unparse(ast.fix_missing_locations(self.visit(tree)))

    def visit(self, node):
        return copy.deepcopy(self.replacement) if node is self.target else self.generic_visit(node)


def _slips(node):
    """The wrong versions of one node, each with its description."""
    for kind, slips in SLIPS.items():
        if isinstance(node, kind):
            for slip in slips(node):
                yield f"{_text(node)} → {_text(slip)}", slip


def _text(node):
    return ast.unparse(node).replace("\n", "; ")


def _constant(node):
    if type(node.value) is int:
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))


def _name(node):
    if isinstance(node.ctx, ast.Load) and node.id not in SIBLINGS and node.id not in ("np", "range", "torch", "F"):
        yield from (_code(f"({node.id} + 1)"), _code(f"({node.id} - 1)"))
        yield from (_code(f"{node.id}[::-1]"), _code(f"{node.id}[1:]"), _code(f"{node.id}[:-1]"))


def _operation(node):
    other = OPERATORS.get(type(node.op))
    if other:
        yield ast.BinOp(node.left, other(), node.right)
    if not isinstance(node.op, (ast.Add, ast.Mult)):
        yield ast.BinOp(node.right, node.op, node.left)
    yield from (node.left, node.right)


def _accumulation(node):
    yield ast.Assign([node.target], node.value, lineno=0)
    yield ast.AugAssign(node.target, OPERATORS[type(node.op)](), node.value)


def _comparison(node):
    for k, operator in enumerate(node.ops):
        slip = copy.deepcopy(node)
        slip.ops[k] = COMPARISONS[type(operator)]() if type(operator) in COMPARISONS else operator
        yield slip
    if len(node.ops) == 2:
        yield ast.Compare(node.left, node.ops[:1], node.comparators[:1])
        yield ast.Compare(node.comparators[0], node.ops[1:], node.comparators[1:])


def _call(node):
    if len(node.args) > 1 and _text(node.func) != "np.dot":
        yield ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)
    for k in range(len(node.keywords)):
        yield ast.Call(node.func, node.args, node.keywords[:k] + node.keywords[k + 1 :])
    if isinstance(node.func, ast.Name) and node.func.id in SIBLINGS:
        yield ast.Call(ast.Name(SIBLINGS[node.func.id]), node.args, [])
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        *first, last = node.args
        yield from (ast.Call(node.func, [*first, ast.BinOp(last, ast.Add(), ast.Constant(step))], []) for step in (1, -1))
        if not first:
            yield ast.Call(node.func, [ast.Constant(1), last], [])


def _subscript(node):
    if isinstance(node.slice, ast.Tuple):
        yield ast.Subscript(node.value, ast.Tuple(node.slice.elts[::-1], ast.Load()), node.ctx)
    elif isinstance(node.slice, ast.Slice) and node.slice.step is not None:
        yield node.value
    elif isinstance(node.ctx, ast.Load) and not isinstance(node.slice, ast.Slice):
        yield from (ast.Subscript(node.value, ast.BinOp(node.slice, ast.Add(), ast.Constant(step)), node.ctx) for step in (1, -1))


def _return(node):
    if node.value is not None:
        yield ast.Return(ast.UnaryOp(ast.USub(), node.value))
        yield from (ast.Return(ast.Subscript(node.value, part, ast.Load())) for part in _PARTS)


def _code(text):
    return ast.parse(text, mode="eval").body


_PARTS = [_code(f"row[{part}]").slice for part in ("::-1", "1:", ":-1")]
SLIPS = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.BinOp: _operation,
    ast.AugAssign: _accumulation,
    ast.Compare: _comparison,
    ast.Call: _call,
    ast.Subscript: _subscript,
    ast.Return: _return,
}
