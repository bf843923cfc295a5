"""A learner's work survives every update: real repositories, and every fault that may come in between."""

import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lecture_helpers import carry_over as module
from lecture_helpers.carry_over import carry_over, main, reset

ANSWER = "def slide(x, kernel):\n    # mein Weg: ∗ und κ\n\treturn   [1,2 ]  \n"
NAME = "01_convolution_sum.ipynb"


def notebook(*cells):
    made = new_notebook(cells=list(cells))
    made.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return made


def exercise(name, stub="..."):
    cell = new_code_cell(stub, id=name, metadata={"exercise": name, "nbgrader": {"grade_id": name, "solution": True}})
    check = new_code_cell(f"exercises.{name[3:]}.check({name[3:]})", id=f"{name}_check", metadata={"nbgrader": {"grade": True}})
    return [cell, check]


def text(k, source):
    return new_markdown_cell(source, id=f"cell-{k:02}")


OLD = [text(0, "# Title"), *exercise("01_slide"), text(3, "middle"), *exercise("01_readers"), text(6, "end")]
NEW = [
    text(0, "# New title"),
    text(1, "inserted"),
    *exercise("01_readers"),
    text(4, "middle"),
    *exercise("01_slide", "new stub: ..."),
    text(7, "end"),
]


def write(path, *cells):
    nbformat.write(notebook(*(nbformat.from_dict(dict(cell)) for cell in cells)), path)


def sources(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


def edit(path, **changes):
    """Answer exercises, and add cells: {exercise id: source} and {"after_ID": source}."""
    work = nbformat.read(path, as_version=4)
    for name, source in changes.items():
        place = name.removeprefix("after_").replace("__", "-")
        k = next(k for k, cell in enumerate(work.cells) if cell.id == place)
        if name.startswith("after_"):
            work.cells.insert(k + 1, new_code_cell(source))
        else:
            work.cells[k].source = source
    nbformat.write(work, path)


def git(folder, *arguments):
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture
def course(tmp_path):
    """The course's repository and a learner's clone of it, as (upstream, clone)."""
    upstream, clone = tmp_path / "upstream", tmp_path / "clone"
    (upstream / "notebooks").mkdir(parents=True)
    git(upstream, "init", "--quiet", "--initial-branch", "main")
    write(upstream / "notebooks" / NAME, *OLD)
    write(upstream / "notebooks" / "02_gradient.ipynb", text(0, "# Gradient"), *exercise("02_chain_rule"))
    (upstream / ".gitignore").write_text("/notebooks/copies/\n")
    (upstream / "module.py").write_text("version = 1\n")
    git(upstream, "add", "-A")
    git(upstream, "commit", "--quiet", "-m", "first")
    git(tmp_path, "clone", "--quiet", str(upstream), str(clone))
    return upstream, clone


def publish(upstream, *cells):
    write(upstream / "notebooks" / NAME, *cells)
    (upstream / "module.py").write_text("version = 2\n")
    git(upstream, "add", "-A")
    git(upstream, "commit", "--quiet", "-m", "second")


def copies(clone):
    return sorted((clone / "notebooks" / "copies").glob("*.ipynb")) if (clone / "notebooks" / "copies").exists() else []


def run_update(clone, monkeypatch):
    monkeypatch.chdir(clone)
    return main(["--update"])


def test_exercises_and_own_cells_come_into_the_newer_notebook_byte_for_byte(course, monkeypatch, capsys):
    upstream, clone = course
    mine = clone / "notebooks" / NAME
    edit(mine, **{"01_slide": ANSWER, "after_01_slide_check": "my notes", "after_01_readers": "between"})
    before = mine.read_bytes()
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 0
    assert sources(mine) == [
        "# New title", "inserted", "...", "between", "exercises.readers.check(readers)", "middle", ANSWER,
        "exercises.slide.check(slide)", "my notes", "end",
    ]  # fmt: skip
    assert (clone / "module.py").read_text() == "version = 2\n"
    (kept,) = copies(clone)
    assert kept.read_bytes() == before and f"copies/{kept.name}" in capsys.readouterr().out
    assert not list(clone.rglob("*.new"))


def test_an_untouched_notebook_becomes_the_new_one_and_no_copy_is_made(course, monkeypatch):
    upstream, clone = course
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 0
    assert sources(clone / "notebooks" / NAME) == [cell.source for cell in NEW] and not copies(clone)


def test_a_pasted_copy_of_an_exercise_cell_stays_beside_the_answer(course, monkeypatch):
    upstream, clone = course
    mine = clone / "notebooks" / NAME
    edit(mine, **{"01_slide": ANSWER})
    work = nbformat.read(mine, as_version=4)
    pasted = nbformat.from_dict(
        dict(next(cell for cell in work.cells if cell.id == "01_slide")) | {"id": "pasted", "source": "2"}
    )
    work.cells.append(pasted)
    nbformat.write(work, mine)
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 0
    cells = nbformat.read(mine, as_version=4).cells
    assert [cell.source for cell in cells if cell.metadata.get("exercise") == "01_slide"] == [ANSWER]
    assert sum(cell.source == "2" for cell in cells) == 1


def test_a_changed_stub_replaces_an_untouched_one_only(course, monkeypatch):
    upstream, clone = course
    edit(clone / "notebooks" / NAME, **{"01_readers": "my readers"})
    publish(upstream, *NEW)
    run_update(clone, monkeypatch)
    shown = sources(clone / "notebooks" / NAME)
    assert "my readers" in shown and "new stub: ..." in shown


def test_a_removed_exercise_stays_as_an_ordinary_cell(course, monkeypatch):
    upstream, clone = course
    edit(clone / "notebooks" / NAME, **{"01_slide": ANSWER})
    publish(upstream, *OLD[:1], *OLD[3:])
    run_update(clone, monkeypatch)
    cells = nbformat.read(clone / "notebooks" / NAME, as_version=4).cells
    (own,) = [cell for cell in cells if cell.source == ANSWER]
    assert "exercise" not in own.metadata and "nbgrader" not in own.metadata
    assert [cell.source for cell in cells].index(ANSWER) == 1


def test_a_removed_notebook_stays_with_the_learners_work(course, monkeypatch):
    upstream, clone = course
    mine = clone / "notebooks" / "02_gradient.ipynb"
    edit(mine, **{"02_chain_rule": ANSWER})
    (upstream / "notebooks" / "02_gradient.ipynb").unlink()
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 0
    assert ANSWER in sources(mine)


def test_updating_twice_changes_nothing_more(course, monkeypatch):
    upstream, clone = course
    mine = clone / "notebooks" / NAME
    edit(mine, **{"01_slide": ANSWER, "after_01_slide": "my notes"})
    publish(upstream, *NEW)
    run_update(clone, monkeypatch)
    once = mine.read_bytes()
    assert run_update(clone, monkeypatch) == 0 and mine.read_bytes() == once


def test_several_updates_in_a_row_keep_everything_once(course, monkeypatch):
    upstream, clone = course
    mine = clone / "notebooks" / NAME
    edit(mine, **{"01_slide": ANSWER, "after_01_slide": "my notes"})
    for version in (NEW, OLD, NEW):
        publish(upstream, *version)
        assert run_update(clone, monkeypatch) == 0
        assert sources(mine).count(ANSWER) == sources(mine).count("my notes") == 1


def unchanged(clone, before):
    return all(path.read_bytes() == content for path, content in before.items())


def snapshot(clone):
    return {path: path.read_bytes() for path in [*(clone / "notebooks").glob("*.ipynb"), clone / "module.py"]}


def test_without_a_network_nothing_changes(course, monkeypatch, capsys):
    upstream, clone = course
    edit(clone / "notebooks" / NAME, **{"01_slide": ANSWER})
    before = snapshot(clone)
    shutil.move(upstream, upstream.with_name("away"))
    assert run_update(clone, monkeypatch) == 1 and unchanged(clone, before)
    assert "`git fetch` failed" in capsys.readouterr().err


def test_a_half_saved_notebook_stops_the_update_before_anything_changes(course, monkeypatch, capsys):
    upstream, clone = course
    mine = clone / "notebooks" / NAME
    mine.write_bytes(mine.read_bytes()[:400])
    before = snapshot(clone)
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 1 and unchanged(clone, before)
    assert f"{NAME} cannot be read as a notebook" in capsys.readouterr().err


def commit(clone):
    git(clone, "add", "-A")
    git(clone, "commit", "--quiet", "-m", "mine")


@pytest.mark.parametrize("committed", [False, True])
def test_a_changed_file_that_is_no_notebook_is_left_to_git(course, monkeypatch, capsys, committed):
    upstream, clone = course
    edit(clone / "notebooks" / NAME, **{"01_slide": ANSWER})
    (clone / "module.py").write_text("mine\n")
    if committed:
        commit(clone)
    before = snapshot(clone)
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 1 and unchanged(clone, before)
    assert "module.py was changed here" in capsys.readouterr().err


@pytest.mark.parametrize("identity", [True, False])
def test_committed_and_uncommitted_work_is_joined_with_the_newest_version(course, monkeypatch, identity):
    upstream, clone = course
    mine = clone / "notebooks" / NAME
    edit(mine, **{"01_slide": ANSWER, "after_01_slide": "my notes"})
    (clone / "notes.md").write_text("own file\n")
    write(clone / "notebooks" / "own.ipynb", text(0, "own"))
    commit(clone)
    first = git(clone, "rev-parse", "HEAD").strip()
    edit(mine, **{"01_readers": "my readers"})
    (upstream / "notebooks" / "02_gradient.ipynb").unlink()
    (upstream / "new.py").write_text("new\n")
    publish(upstream, *NEW)
    if identity:
        git(clone, "config", "user.name", "Test"), git(clone, "config", "user.email", "test@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    assert run_update(clone, monkeypatch) == 0
    shown = sources(mine)
    assert {ANSWER, "my notes", "my readers", "inserted"} < set(shown) and shown[0] == "# New title"
    assert (clone / "module.py").read_text() == "version = 2\n" and (clone / "new.py").exists()
    assert (clone / "notes.md").read_text() == "own file\n" and sources(clone / "notebooks" / "own.ipynb") == ["own"]
    assert not (clone / "notebooks" / "02_gradient.ipynb").exists()
    parents = git(clone, "rev-list", "--parents", "-n", "1", "HEAD").split()[1:]
    assert parents == [first, git(upstream, "rev-parse", "HEAD").strip()]
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "log", "-1", "--format=%ae").strip() == ("test@example.org" if identity else "learner@localhost")
    once = mine.read_bytes()
    assert run_update(clone, monkeypatch) == 0 and mine.read_bytes() == once


def test_committed_work_in_a_removed_notebook_stays(course, monkeypatch):
    upstream, clone = course
    mine = clone / "notebooks" / "02_gradient.ipynb"
    edit(mine, **{"02_chain_rule": ANSWER})
    commit(clone)
    (upstream / "notebooks" / "02_gradient.ipynb").unlink()
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 0 and ANSWER in sources(mine)


@pytest.mark.parametrize("committed", [False, True])
def test_a_staged_notebook_of_ones_own_stays(course, monkeypatch, committed):
    upstream, clone = course
    edit(clone / "notebooks" / NAME, **{"01_slide": ANSWER})
    if committed:
        commit(clone)
    own = clone / "notebooks" / "Übung 1.ipynb"
    write(own, text(0, "own"))
    git(clone, "add", "-A")
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 0 and sources(own) == ["own"] and ANSWER in sources(clone / "notebooks" / NAME)


@pytest.mark.parametrize("problem", ["file in the way", "interrupted"])
def test_a_join_that_fails_leaves_repository_and_work_as_they_were(course, monkeypatch, problem):
    upstream, clone = course
    edit(clone / "notebooks" / NAME, **{"01_slide": ANSWER})
    commit(clone)
    edit(clone / "notebooks" / NAME, **{"01_readers": "my readers"})
    state = git(clone, "status", "--porcelain"), git(clone, "rev-parse", "HEAD")
    before = snapshot(clone)
    (upstream / "new.py").write_text("theirs\n")
    publish(upstream, *NEW)
    if problem == "interrupted":
        monkeypatch.setattr(module.os, "replace", lambda *paths: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run_update(clone, monkeypatch)
    else:
        (clone / "new.py").write_text("in the way\n")
        assert run_update(clone, monkeypatch) == 1
        (clone / "new.py").unlink()
    assert unchanged(clone, before) and (git(clone, "status", "--porcelain"), git(clone, "rev-parse", "HEAD")) == state


def test_a_merge_that_fails_leaves_the_learners_notebook(course, monkeypatch):
    upstream, clone = course
    edit(clone / "notebooks" / NAME, **{"01_slide": ANSWER})
    (upstream / "new.py").write_text("theirs\n")
    (clone / "new.py").write_text("in the way\n")
    before = snapshot(clone)
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 1 and unchanged(clone, before)


@pytest.mark.parametrize("nth", [1, 2])
def test_an_interruption_before_a_replacement_leaves_the_work_in_its_place_and_in_the_copy(course, monkeypatch, capsys, nth):
    upstream, clone = course
    edit(clone / "notebooks" / NAME, **{"01_slide": ANSWER})
    edit(clone / "notebooks" / "02_gradient.ipynb", **{"02_chain_rule": "my rule"})
    calls, replace = [], module.os.replace

    def interrupted(*paths):
        calls.append(paths)
        if len(calls) == nth:
            raise KeyboardInterrupt
        replace(*paths)

    monkeypatch.setattr(module.os, "replace", interrupted)
    before, head = snapshot(clone), git(clone, "rev-parse", "HEAD")
    publish(upstream, *NEW)
    with pytest.raises(KeyboardInterrupt):
        run_update(clone, monkeypatch)
    named = capsys.readouterr().out
    texts = [source for kept in copies(clone) for source in sources(kept) if kept.name in named]
    assert ANSWER in texts and "my rule" in texts
    assert unchanged(clone, before) and git(clone, "rev-parse", "HEAD") == head


def test_two_files_are_merged_without_a_repository(tmp_path, capsys):
    old, new = tmp_path / "old.ipynb", tmp_path / "new.ipynb"
    write(old, *OLD)
    write(new, *NEW)
    edit(old, **{"01_slide": ANSWER, "after_cell__03": "my notes"})
    before = old.read_bytes()
    assert main([str(old), str(new)]) == 0 and "is in copies/old." in capsys.readouterr().out
    assert old.read_bytes() == before and ANSWER in sources(new)
    assert sources(new)[sources(new).index("middle") + 1] == "my notes"
    merged = new.read_bytes()
    assert main([str(old), str(new)]) == 0 and new.read_bytes() == merged
    assert "nothing to carry over" in capsys.readouterr().out


def test_swapped_arguments_lose_nothing(tmp_path):
    mine, fresh = tmp_path / "mine.ipynb", tmp_path / "fresh.ipynb"
    write(mine, *OLD)
    write(fresh, *NEW)
    edit(mine, **{"01_slide": ANSWER})
    assert main([str(fresh), str(mine)]) == 0
    assert any(ANSWER in sources(kept) for kept in (tmp_path / "copies").iterdir())


def test_what_was_changed_in_the_courses_own_cells_stays_below_them(course, monkeypatch):
    upstream, clone = course
    mine = clone / "notebooks" / NAME
    edit(mine, **{"cell__03": "middle, with my remark", "01_slide_check": "exercises.slide.check(slide)  # mine"})
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 0
    shown = sources(mine)
    assert shown[shown.index("middle") + 1] == "middle, with my remark"
    assert shown[shown.index("exercises.slide.check(slide)") + 1] == "exercises.slide.check(slide)  # mine"
    nbformat.validate(nbformat.read(mine, as_version=4))


def test_without_a_newer_version_nothing_is_touched(course, monkeypatch, capsys):
    _, clone = course
    edit(clone / "notebooks" / NAME, **{"01_slide": ANSWER})
    before = snapshot(clone)
    assert run_update(clone, monkeypatch) == 0 and unchanged(clone, before) and not copies(clone)
    assert "newest version already" in capsys.readouterr().out


def test_a_copy_without_git_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert run_update(tmp_path, monkeypatch) == 1 and "not made with git clone" in capsys.readouterr().err


def test_an_interruption_leaves_the_newer_file_whole(tmp_path, monkeypatch):
    old, new = tmp_path / "old.ipynb", tmp_path / "new.ipynb"
    write(old, *OLD)
    write(new, *NEW)
    edit(old, **{"01_slide": ANSWER})
    before = new.read_bytes()
    monkeypatch.setattr(module.os, "replace", lambda *paths: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        carry_over(old, new)
    assert new.read_bytes() == before and any(ANSWER in sources(kept) for kept in (tmp_path / "copies").iterdir())


def test_one_exercise_or_the_whole_notebook_is_reset_and_a_copy_kept(course, monkeypatch, capsys):
    _, clone = course
    mine = clone / "notebooks" / NAME
    edit(mine, **{"01_slide": ANSWER, "01_readers": "my readers", "after_01_slide": "my notes"})
    reset(mine, "01_slide")
    assert ANSWER not in sources(mine) and {"my readers", "my notes"} < set(sources(mine))
    assert main(["--reset", str(mine)]) == 0 and sources(mine) == [cell.source for cell in OLD]
    assert len(copies(clone)) == 2 and any(ANSWER in sources(kept) for kept in copies(clone))
    assert main(["--reset", str(mine), "01_nothing"]) == 1
    assert "has no exercise '01_nothing'; it has 01_slide, 01_readers" in capsys.readouterr().err


def test_committed_work_is_reset_to_what_the_course_delivered(course):
    _, clone = course
    mine = clone / "notebooks" / NAME
    edit(mine, **{"01_slide": ANSWER})
    commit(clone)
    reset(mine, "01_slide")
    assert sources(mine) == [cell.source for cell in OLD]
    git(clone, "branch", "--unset-upstream")
    reset(mine)
    assert ANSWER in sources(mine)


@pytest.mark.parametrize("arguments", [[], ["one.ipynb"], ["--update", "x"], ["--reset"], ["a", "b", "c"]])
def test_other_command_lines_print_how_it_is_used(arguments, capsys):
    assert main(arguments) == 2 and "usage: python -m lecture_helpers.carry_over" in capsys.readouterr().err


def test_two_copies_in_one_second_have_different_names(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text("x")
    assert len({module.dated_copy(path) for _ in range(3)}) == 3


def test_a_real_notebook_keeps_its_work(tmp_path):
    source = Path(__file__).parents[1] / "notebooks" / NAME
    old, new = (Path(shutil.copy(source, tmp_path / name)) for name in ("old.ipynb", "new.ipynb"))
    edit(old, **{"01_slide": ANSWER})
    assert carry_over(old, new) and sources(new).count(ANSWER) == 1 and len(sources(new)) == len(sources(source))
