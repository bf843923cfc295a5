"""A learner's work survives every update: real repositories, and every fault that may come in between."""

import copy
import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lecture_helpers.carry_over import carry_over, files, repository, reset
from lecture_helpers.carry_over.__main__ import main
from lecture_helpers.carry_over.matching import text_of
from lecture_helpers.carry_over.merge import merge

ANSWER = "def slide(x, kernel):\n    # mein Weg: ∗ und κ\n\treturn   [1,2 ]  \n"
NAME = "01_convolution_sum.ipynb"
REAL = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def notebook(*cells):
    made = new_notebook(cells=list(cells))
    made.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return made


def exercise(name, stub=None):
    stub = stub or f"{name[3:]} = ..."
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
    return ["".join(cell["source"]) for cell in json.loads(Path(path).read_text("utf-8-sig"))["cells"]]


def edit(path, **changes):
    """Answer exercises, and add cells: {exercise id: source} and {"after_ID": source}."""
    work = files.read(path)
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
    (upstream / "lecture_helpers").mkdir()
    (upstream / "lecture_helpers" / "__init__.py").write_text("")
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
        "# New title", "inserted", "readers = ...", "between", "exercises.readers.check(readers)", "middle", ANSWER,
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
    work = files.read(mine)
    pasted = nbformat.from_dict(
        dict(next(cell for cell in work.cells if cell.id == "01_slide")) | {"id": "pasted", "source": "2"}
    )
    work.cells.insert(1, pasted)
    nbformat.write(work, mine)
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 0
    cells = files.read(mine).cells
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
        monkeypatch.setattr(files.os, "replace", lambda *paths: (_ for _ in ()).throw(KeyboardInterrupt))
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
    calls, replace = [], files.os.replace

    def interrupted(*paths):
        calls.append(paths)
        if len(calls) == nth:
            raise KeyboardInterrupt
        replace(*paths)

    monkeypatch.setattr(files.os, "replace", interrupted)
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


def test_a_copy_without_a_repository_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert run_update(tmp_path, monkeypatch) == 1
    said = capsys.readouterr().err
    assert "not made with git clone" in said and "carry_over OLD.ipynb NEW.ipynb" in said


@pytest.mark.parametrize("committed", [False, True])
def test_a_copy_inside_somebody_elses_repository_is_recognised_and_left_alone(course, tmp_path, monkeypatch, capsys, committed):
    upstream, clone = course
    theirs, thesis = tmp_path / "theirs", tmp_path / "thesis"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("first")
    git(theirs, "init", "--quiet", "--initial-branch", "main")
    git(theirs, "add", "-A"), git(theirs, "commit", "--quiet", "-m", "first")
    git(tmp_path, "clone", "--quiet", str(theirs), str(thesis))
    shutil.copytree(clone, thesis / "course", ignore=shutil.ignore_patterns(".git"))
    edit(thesis / "course" / "notebooks" / NAME, **{"01_slide": ANSWER})
    if committed:
        commit(thesis)
    (theirs / "thesis.txt").write_text("second")
    git(theirs, "add", "-A"), git(theirs, "commit", "--quiet", "-m", "second")
    before = git(thesis, "rev-parse", "HEAD", "@{upstream}"), snapshot(thesis / "course")
    mine = thesis / "course" / "notebooks" / NAME
    for start in (thesis / "course", thesis / "course" / "notebooks", thesis):
        assert run_update(start, monkeypatch) == 1 and main(["--reset", str(mine)]) == 1
        said = capsys.readouterr().err
        assert said.count(f"inside another repository, {thesis}") == 2 and "clone the course to a place of its own" in said
    assert (thesis / "thesis.txt").read_text() == "first" and unchanged(thesis, before[1])
    assert git(thesis, "rev-parse", "HEAD", "@{upstream}") == before[0]


def test_gits_own_remedy_reaches_the_reader_in_full(course, monkeypatch, capsys):
    _, clone = course
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("LANGUAGE", "de")
    assert run_update(clone, monkeypatch) == 1
    assert f"git config --global --add safe.directory {clone}" in capsys.readouterr().err


def test_without_git_the_next_step_is_named(course, tmp_path, monkeypatch, capsys):
    _, clone = course
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run_update(clone, monkeypatch) == 1 and "install it (https://git-scm.com" in capsys.readouterr().err


def test_on_a_branch_of_ones_own_the_courses_newest_version_is_joined(course, monkeypatch):
    upstream, clone = course
    git(clone, "switch", "--quiet", "--create", "mine")
    edit(clone / "notebooks" / NAME, **{"01_slide": ANSWER})
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 0 and {ANSWER, "inserted"} < set(sources(clone / "notebooks" / NAME))


def test_a_folder_that_cannot_be_written_is_named(course, monkeypatch, capsys):
    _, clone = course
    mine = clone / "notebooks" / NAME
    (clone / "notebooks" / "copies").write_text("a file in the way of the folder")
    assert main(["--reset", str(mine)]) == 1
    assert capsys.readouterr().err == f"{clone}/notebooks/copies cannot be read or written (File exists).\n"


def test_a_terminal_that_lacks_a_letter_of_a_files_name_is_told_all_the_same(tmp_path):
    old, new = tmp_path / "Übung ∗.ipynb", tmp_path / "new.ipynb"
    write(old, *OLD)
    write(new, *NEW)
    edit(old, **{"01_slide": ANSWER})
    command = [sys.executable, "-OO", "-m", "lecture_helpers.carry_over", str(old), str(new)]
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert b"copies/\\xdcbung \\u2217." in done.stdout and ANSWER in sources(new) and not done.stderr


def without_ids(work, minor):
    """As old programs write it: the format knew no ids yet."""
    for cell in work["cells"]:
        del cell["id"]
    work["nbformat_minor"] = minor


def without_ids_in_the_newest_format(work):
    without_ids(work, 5)


def with_new_ids(work):
    for k, cell in enumerate(work["cells"]):
        cell["id"] = f"{k * 7919:08x}"


def with_one_id_for_all(work):
    for cell in work["cells"]:
        cell["id"] = "same"


def as_colab_does(work):
    """Ids in the metadata, the same for both halves of a cell that was split, and live widgets with their state."""
    without_ids(work, 0)
    for k, cell in enumerate(work["cells"]):
        cell["metadata"] |= {"id": f"x{k // 2}", "outputId": "0", "colab": {"base_uri": "https://localhost:8080/"}}
        if cell["cell_type"] == "code":
            view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1f", "version_major": 2, "version_minor": 0}}
            cell["outputs"] = [{"output_type": "display_data", "data": view | {"text/plain": "seen"}, "metadata": {}}]
    work["metadata"] |= {"colab": {"provenance": []}, "widgets": {"application/vnd.jupyter.widget-state+json": {"1f": {}}}}


def with_other_line_ends_in_its_cells(work):
    for cell in work["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")


def without_its_cells_metadata(work):
    with_new_ids(work)
    for cell in work["cells"]:
        cell["metadata"] = {}


WRITERS = [
    *(pytest.param(lambda work, minor=minor: without_ids(work, minor), id=f"format 4.{minor}") for minor in range(5)),
    without_ids_in_the_newest_format, with_new_ids, with_one_id_for_all, as_colab_does, with_other_line_ends_in_its_cells,
    without_its_cells_metadata,
]  # fmt: skip


def written_by(path, writer, line_end="\n", mark=""):
    """Rewrite a notebook's file as another program would."""
    work = json.loads(path.read_text("utf-8"))
    writer(work)
    path.write_text(mark + json.dumps(work, indent=2, ensure_ascii=False), encoding="utf-8", newline=line_end)


def worked_on(path):
    """A notebook with answers, notes, a cell of the course written twice, and a changed cell of the course."""
    edit(path, **{"01_slide": ANSWER, "after_01_slide_check": "my notes", "after_cell__06": "exercises.slide.check(slide)"})
    edit(path, **{"01_readers": "def readers():\n    return 'two\\r\\nlines'", "cell__03": "middle, with my remark"})


def expected():
    return [
        "# New title", "inserted", "def readers():\n    return 'two\\r\\nlines'", "exercises.readers.check(readers)", "middle",
        "middle, with my remark", ANSWER, "exercises.slide.check(slide)", "my notes", "end", "exercises.slide.check(slide)",
    ]  # fmt: skip


def plain(source):
    return source.replace("\r\n", "\n")


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("file", [{}, dict(line_end="\r\n", mark="\ufeff")], ids=["", "CRLF"])
@pytest.mark.parametrize("writer", WRITERS)
def test_whatever_program_wrote_it_no_cell_is_lost_and_none_is_there_twice(course, monkeypatch, capfd, writer, file, committed):
    upstream, clone = course
    mine = clone / "notebooks" / NAME
    worked_on(mine)
    written_by(mine, writer, **file)
    answers = {source for source in sources(mine) if plain(source) in (ANSWER, expected()[2])}
    if committed:
        commit(clone)
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 0 and not capfd.readouterr().err
    shown = sources(mine)
    assert sorted(map(plain, shown)) == sorted(expected())
    assert answers < set(shown) and len(answers) == 2
    if writer is not without_its_cells_metadata:
        remark = shown.pop(shown.index(next(s for s in shown if "my remark" in s)))
        assert [*map(plain, shown)] == [s for s in expected() if s != plain(remark)]
    updated = json.loads(mine.read_text("utf-8"))
    nbformat.validate(updated)
    ids = [cell["id"] for cell in updated["cells"]]
    assert len(set(ids)) == len(ids) and "widget" not in mine.read_text("utf-8")
    once = mine.read_bytes()
    assert run_update(clone, monkeypatch) == 0 and mine.read_bytes() == once
    publish(upstream, *OLD)
    assert run_update(clone, monkeypatch) == 0
    assert sorted(plain(s) for s in sources(mine) if s not in {cell.source for cell in OLD}) == sorted(
        s for s in expected() if "slide.check" not in s and s not in {cell.source for cell in NEW}
    )


@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_of_any_program_is_reset_and_carried_over_without_a_repository(course, monkeypatch, tmp_path, writer):
    _, clone = course
    mine, new = clone / "notebooks" / NAME, tmp_path / "new.ipynb"
    edit(mine, **{"01_slide": ANSWER, "after_cell__03": "my notes"})
    written_by(mine, writer)
    write(new, *OLD)
    assert main([str(mine), str(new)]) == 0
    assert [*map(plain, sources(new))] == [*map(plain, sources(mine))]
    merged = new.read_bytes()
    assert main([str(mine), str(new)]) == 0 and new.read_bytes() == merged
    reset(mine, "slide")
    assert ANSWER not in map(plain, sources(mine)) and len(sources(mine)) == len(OLD) + 1


def test_an_interruption_leaves_the_newer_file_whole(tmp_path, monkeypatch):
    old, new = tmp_path / "old.ipynb", tmp_path / "new.ipynb"
    write(old, *OLD)
    write(new, *NEW)
    edit(old, **{"01_slide": ANSWER})
    before = new.read_bytes()
    monkeypatch.setattr(files.os, "replace", lambda *paths: (_ for _ in ()).throw(KeyboardInterrupt))
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
    assert f"{NAME} has no exercise '01_nothing'; it has 01_slide, 01_readers." in capsys.readouterr().err


def test_an_exercise_is_reset_by_the_name_that_learners_see(course, monkeypatch, capsys):
    upstream, clone = course
    mine, other = clone / "notebooks" / NAME, clone / "notebooks" / "02_gradient.ipynb"
    monkeypatch.chdir(clone / "notebooks")
    edit(mine, **{"01_slide": ANSWER, "01_readers": "my readers"})
    assert main(["--reset", NAME, "slide"]) == 0 and {"my readers"} == set(sources(mine)) - {cell.source for cell in OLD}
    assert main(["--reset", "readers"]) == 0 and sources(mine) == [cell.source for cell in OLD]
    assert main(["--reset", "redaers"]) == 1
    assert "The course has no exercise 'redaers'; it has 01_readers." in capsys.readouterr().err
    write(upstream / "notebooks" / "02_gradient.ipynb", text(0, "# Gradient"), *exercise("02_slide"))
    publish(upstream, *OLD)
    assert main(["--update"]) == 0
    edit(other, **{"02_slide": ANSWER})
    assert main(["--reset", "slide"]) == 1 and ANSWER in sources(other)
    assert "'slide' may be 01_slide or 02_slide: name one of them." in capsys.readouterr().err
    assert main(["--reset", "02_slide"]) == 0 and ANSWER not in sources(other)


def test_committed_work_is_reset_to_what_the_course_delivered(course):
    _, clone = course
    mine = clone / "notebooks" / NAME
    edit(mine, **{"01_slide": ANSWER})
    commit(clone)
    reset(mine, "01_slide")
    assert sources(mine) == [cell.source for cell in OLD]
    edit(mine, **{"01_slide": ANSWER})
    git(clone, "branch", "--unset-upstream")
    reset(mine)
    assert sources(mine) == [cell.source for cell in OLD]
    git(clone, "remote", "remove", "origin")
    reset(mine)
    assert ANSWER in sources(mine)


@pytest.mark.parametrize("arguments", [[], ["one.ipynb"], ["--update", "x"], ["--reset"], ["a", "b", "c"]])
def test_other_command_lines_print_how_it_is_used(arguments, capsys):
    assert main(arguments) == 2 and "usage: python -m lecture_helpers.carry_over" in capsys.readouterr().err


def test_two_copies_in_one_second_have_different_names(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text("x")
    assert len({files.dated_copy(path) for _ in range(3)}) == 3


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("source", REAL, ids=lambda path: path.stem[:2])
def test_a_real_notebook_keeps_its_answers_through_a_version_that_counts_its_cells_anew(tmp_path, source, writer):
    old, new = tmp_path / "old.ipynb", tmp_path / "new.ipynb"
    base, newer, mine = (files.read(source) for _ in range(3))
    newer.cells[0].source += " A new sentence."
    newer.cells.insert(1, new_markdown_cell("inserted", id="cell-x"))
    for k, cell in enumerate(newer.cells):
        cell.id = f"cell-{k:02}" if cell.id.startswith("cell-") else cell.id
    answers = [f"{cell.source}\n# answer {k}" for k, cell in enumerate(mine.cells) if "exercise" in cell.metadata]
    for cell, answer in zip((cell for cell in mine.cells if "exercise" in cell.metadata), answers):
        cell.source = answer
    files.replace(old, mine), files.replace(new, newer)
    written_by(old, writer)
    files.replace(new, merge(files.read(old), files.read(new), base))
    assert [plain(source) for source in sources(new)] == [
        cell.source if "exercise" not in cell.metadata else answers.pop(0) for cell in newer.cells
    ]


@pytest.mark.parametrize("source", REAL, ids=lambda path: path.stem[:2])
def test_no_two_cells_of_a_notebook_have_the_same_text(source):
    texts = [text_of(cell) for cell in files.read(source).cells]
    assert len(set(texts)) == len(texts)


def merged(mine, course, base=None):
    return merge(*(each and notebook(*map(copy.deepcopy, each)) for each in (mine, course, base)))


def test_of_pasted_copies_without_ids_the_answered_one_is_the_answer():
    stub, check = exercise("01_slide")
    answered = new_code_cell(ANSWER, id="pasted", metadata=stub.metadata)
    shown = merged([new_code_cell(stub.source, id="x", metadata=stub.metadata), answered, check], OLD, OLD).cells
    assert [cell.source for cell in shown if cell.metadata.get("exercise") == "01_slide"] == [ANSWER] and len(shown) == len(OLD)


def test_a_stub_with_a_scratch_cell_below_it_is_no_answer_though_its_metadata_are_gone():
    mine = [new_markdown_cell("# Title"), *(new_code_cell(s) for s in ("slide = ...", "scratch", OLD[2].source))]
    assert [cell.source for cell in merged(mine, OLD, OLD).cells] == ["# Title", "slide = ...", "scratch"] + [
        cell.source for cell in OLD[2:]
    ]


def test_what_was_carried_over_by_hand_from_the_newer_version_is_not_doubled_by_the_update(course, monkeypatch, tmp_path):
    upstream, clone = course
    mine, new = clone / "notebooks" / NAME, tmp_path / "new.ipynb"
    edit(mine, **{"01_slide": ANSWER, "after_01_readers": "my notes"})
    write(new, *NEW)
    carry_over(mine, new)
    edit(new, after_cell__01="beside what is new")
    written_by(new, with_new_ids)
    shutil.copy(new, mine)
    publish(upstream, *NEW)
    assert run_update(clone, monkeypatch) == 0 and sources(mine) == sources(new)


NEWEST = [text(0, "# Newest title"), *NEW[1:4], text(4, "another middle"), *NEW[5:]]


@pytest.mark.parametrize("writer", WRITERS)
def test_a_copy_of_an_early_version_comes_into_a_late_one_without_its_old_texts(course, monkeypatch, tmp_path, writer):
    upstream, clone = course
    mine, early = clone / "notebooks" / NAME, tmp_path / "early.ipynb"
    edit(mine, **{"01_slide": ANSWER, "after_cell__03": "my notes"})
    shutil.copy(mine, early)
    git(clone, "restore", "notebooks")
    written_by(early, writer)
    for version in (NEW, NEWEST):
        publish(upstream, *version)
        assert run_update(clone, monkeypatch) == 0
    late = tmp_path / "late.ipynb"
    shutil.copy(mine, late)
    assert main([str(early), str(mine)]) == 0
    answered = [ANSWER if cell.metadata.get("exercise") == "01_slide" else cell.source for cell in NEWEST]
    assert sorted(map(plain, sources(mine))) == sorted([*answered, "my notes"])
    shutil.copy(early, mine)
    publish(upstream, *NEWEST, text(8, "more"))
    assert run_update(clone, monkeypatch) == 0
    assert sorted(map(plain, sources(mine))) == sorted([*answered, "my notes", "more"])


def test_notes_that_a_learner_published_in_a_fork_are_no_old_text_of_the_course(course):
    upstream, clone = course
    mine = clone / "notebooks" / NAME
    git(upstream, "switch", "--quiet", "--create", "away")
    edit(mine, **{"01_slide": ANSWER, "after_cell__03": "my notes"})
    commit(clone)
    edit(mine, **{"01_readers": "my readers"})
    commit(clone)
    git(clone, "push", "--quiet", "origin", "HEAD:main")
    fresh = clone / "notebooks" / "fresh.ipynb"
    write(fresh, *NEW)
    carry_over(mine, fresh)
    assert {ANSWER, "my notes"} < set(sources(fresh))


def test_a_cell_of_the_course_that_is_changed_again_and_again_keeps_every_change(course, monkeypatch):
    upstream, clone = course
    mine = clone / "notebooks" / NAME
    for version, remark in ((NEW, "first remark"), (OLD, "second remark"), (NEW, "third remark")):
        edit(mine, **{"01_slide_check": remark})
        publish(upstream, *version)
        assert run_update(clone, monkeypatch) == 0
    shown = [cell.source for cell in files.read(mine).cells]
    assert {"first remark", "second remark", "third remark"} < set(shown) and len(shown) == len(NEW) + 3
    ids = [cell["id"] for cell in json.loads(mine.read_text("utf-8"))["cells"]]
    assert len(set(ids)) == len(ids)


def test_the_cells_of_a_file_have_ids_of_their_own_whatever_it_holds():
    made = notebook(*(new_code_cell(source) for source in "abc"))
    for cell, name in zip(made.cells, ("same", "same", "no id, by its blanks")):
        cell.id = name
    ids = [cell.id for cell in files.parse(files.as_text(made)).cells]
    assert ids[0] == "same" and len(set(ids)) == 3 and all(files.CELL_ID.fullmatch(name) for name in ids)


def test_a_command_of_git_that_fails_leaves_everything_as_it_was_whichever_it_is(course, monkeypatch):
    upstream, clone = course
    mine, run, calls = clone / "notebooks" / NAME, repository.git, []
    edit(mine, **{"01_slide": ANSWER})
    commit(clone)
    edit(mine, **{"01_readers": "my readers"})
    publish(upstream, *NEW)
    before, state = snapshot(clone), (git(clone, "status", "--porcelain"), git(clone, "rev-parse", "HEAD"))
    for nth in range(100):
        calls.clear()
        monkeypatch.setattr(repository, "git", partial(failing, run, calls, nth))
        if run_update(clone, monkeypatch) == 0:
            break
        assert unchanged(clone, before) and (git(clone, "status", "--porcelain"), git(clone, "rev-parse", "HEAD")) == state
    assert nth > 12 and {ANSWER, "my readers", "inserted"} < set(sources(mine))


def failing(run, calls, nth, *command):
    """Run a command of git, unless it is the one that is to fail; what has a way round (a name, a branch) is left out."""
    if command[1] != "config" and "@{upstream}" not in command:
        calls.append(command)
        if len(calls) == nth + 1:
            raise RuntimeError("stopped here")
    return run(*command)
