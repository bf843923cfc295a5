// node run.mjs FOLDER: runs FOLDER/main.py in Pyodide, where the folder is /course and on Python's path.
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const folder = process.argv[2];
const pyodide = await loadPyodide();
pyodide.FS.mkdirTree("/course");
pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: folder }, "/course");
pyodide.runPython("import sys; sys.path.insert(0, '/course')");
pyodide.runPython(readFileSync(`${folder}/main.py`, "utf-8"));
