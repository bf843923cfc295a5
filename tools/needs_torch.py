"""Which code cells of a notebook need PyTorch: those that import it, and those that read a name that only such cells define."""

import ast
import symtable

IMPORTS = (ast.Import, ast.ImportFrom)


def needing(sources):
    """For each source of code cells, in their order: whether it needs PyTorch.

    >>> needing(["import torch", "x = torch.ones(3)", "x = 1", "x", "import torch\\nimport math", "math.pi"])
    [True, True, False, False, True, False]
    """
    lost, found = {"torch"}, []
    for source in sources:
        statements = ast.parse(source).body
        found.append(any(map(_imports_torch, statements)) or _reads(statements, lost))
        bound = set().union(*(_bound(each) for each in statements if not (found[-1] and _is_kept(each))))
        lost = lost | bound if found[-1] else lost - bound
    return found


def kept_imports(source):
    """The lines of a cell that import something else than PyTorch.

    >>> kept_imports("import torch\\nimport math\\ntorch.ones(3)")
    'import math'
    """
    lines = source.splitlines()
    kept = [lines[each.lineno - 1 : each.end_lineno] for each in ast.parse(source).body if _is_kept(each)]
    return "\n".join(line for statement in kept for line in statement)


def _is_kept(statement):
    return isinstance(statement, IMPORTS) and not _imports_torch(statement)


def _imports_torch(statement):
    if not isinstance(statement, IMPORTS):
        return False
    modules = [getattr(statement, "module", None), *(alias.name for alias in statement.names)]
    return any(module and module.partition(".")[0] == "torch" for module in modules)


def _reads(statements, lost):
    """Whether some of the statements, executed in turn, read a lost name before they bind it anew."""
    for each in statements:
        if _read(each) & lost:
            return True
        lost = lost - _bound(each)
    return False


def _read(statement):
    """The names of the notebook that a statement reads, inside the functions that it defines, too."""
    top, *inner = _scopes(_table(statement))
    own = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    return own.union(*({name.get_name() for name in scope.get_symbols() if name.is_global()} for scope in inner))


def _bound(statement):
    """The names of the notebook that a statement defines."""
    return {name.get_name() for name in _table(statement).get_symbols() if name.is_assigned() or name.is_imported()}


def _table(statement):
    return symtable.symtable(ast.unparse(statement), "cell", "exec")


def _scopes(table):
    return [table, *(scope for child in table.get_children() for scope in _scopes(child))]
