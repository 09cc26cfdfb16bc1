# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules that hold the code together, read from the code itself (see README, Architecture)."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "lac_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
ALL_FILES = sorted([*MODULES, *(ROOT / "tests").rglob("*.py"), ROOT / "start.py"])

#: What each folder of the package may import of the package. Files beside the folders build
#: everything once and pass it down, so they may import all; "errors" and "paths" stand below all.
MAY_IMPORT = {
    "domain": {"domain", "errors"},
    "ladder": {"ladder", "domain", "errors", "paths"},
    "geo": {"geo", "domain", "errors", "paths"},
    "storage": {"storage", "domain", "errors", "paths"},
    "exchange": {"exchange", "domain", "errors", "paths"},
    "services": {"services", "ladder", "geo", "storage", "exchange", "domain", "errors", "paths"},
    "ui": {"ui", "services", "domain", "errors", "paths"},
    "cli": {"cli", "services", "domain", "errors", "paths", "app", "selftest"},
}
#: Libraries and the only places that may import them.
ONLY_IN = {
    "PySide6": ("ui/", "app.py"),
    "qtawesome": ("ui/", "app.py"),
    "sqlcipher3": ("storage/",),
    "sqlite_utils": ("storage/",),
    "folium": ("exchange/",),
    "pyogrio": ("geo/", "exchange/"),
    "osgeo": ("geo/", "exchange/"),
}
IN_ONE_FILE = ("sqlcipher3", "folium")
#: Too slow to import before the window is painted.
NOT_AT_START = ("pandas", "geopandas", "folium", "pyogrio", "shapely", "pyproj")
EMPTY_NAMES = {
    "util",
    "utils",
    "helper",
    "helpers",
    "manager",
    "managers",
    "common",
    "misc",
    "base",
}
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
SPDX = "# SPDX-License-Identifier: AGPL-3.0-or-later"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, node: ast.AST | None = None) -> str:
    line = f":{getattr(node, 'lineno', 0)}" if node else ""
    return f"{path.relative_to(ROOT).as_posix()}{line}"


def imported(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """Every module that a file imports, wherever the statement stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node, name.name
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{place(path, node)}: imports are absolute"
            for name in node.names:
                yield node, f"{node.module}.{name.name}"


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def folder(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def test_folders_import_only_what_lies_below_them() -> None:
    wrong = []
    for path in MODULES:
        allowed = MAY_IMPORT.get(folder(path))
        for node, name in imported(path):
            parts = name.split(".")
            if allowed is None or parts[0] != "lac_desktop":
                continue
            target = parts[1] if len(parts) > 1 else ""
            if target not in allowed | {"__version__"}:
                wrong.append(f"{place(path, node)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_every_folder_has_its_place_in_the_order() -> None:
    found = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert found <= set(MAY_IMPORT)


def test_domain_needs_nothing_but_python() -> None:
    known = sys.stdlib_module_names | {"lac_desktop"}
    wrong = [
        f"{place(path, node)} imports {name}"
        for path in MODULES
        if folder(path) == "domain"
        for node, name in imported(path)
        if name.split(".")[0] not in known
    ]
    assert not wrong, "\n".join(wrong)


def test_libraries_are_imported_only_where_they_belong() -> None:
    users: dict[str, set[Path]] = {}
    wrong = []
    for path in MODULES:
        inside = path.relative_to(PACKAGE).as_posix()
        for node, name in imported(path):
            library = name.split(".")[0]
            users.setdefault(library, set()).add(path)
            if library in ONLY_IN and not inside.startswith(ONLY_IN[library]):
                wrong.append(f"{place(path, node)} imports {library}")
    assert not wrong, "\n".join(wrong)
    for library in IN_ONE_FILE:
        assert len(users.get(library, ())) <= 1, f"{library}: {sorted(map(place, users[library]))}"


def test_statements_of_sql_are_written_in_storage_alone() -> None:
    """Services, the window and the command line ask storage by functions."""
    statement = re.compile(
        r"(SELECT .* FROM|INSERT .*INTO|DELETE FROM|UPDATE \w+ SET)\b", re.DOTALL
    )
    condition = re.compile(r"\bIS (NOT )?NULL\b|\w\W? ?(=|<|>|<=|>=|LIKE) \?")
    wrong = []
    for path in MODULES:
        if folder(path) not in ("domain", "ladder", "services", "ui", "cli"):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found = bool(statement.match(node.value) or condition.search(node.value))
            else:
                found = isinstance(node, ast.Attribute) and node.attr.startswith("execute")
            if found:
                wrong.append(place(path, node))
    assert not wrong, "\n".join(wrong)


def test_starting_imports_nothing_slow() -> None:
    """The window must paint at once, so the slow libraries are imported where they are used."""
    script = (
        "import sys, lac_desktop.app, lac_desktop.cli.main, lac_desktop.__main__\n"
        f"print(*[name for name in {NOT_AT_START!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_only_paths_knows_where_the_package_lies() -> None:
    wrong = [
        place(path, node)
        for path in MODULES
        if path.name != "paths.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id == "__file__"
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ALL_FILES, ids=place)
def test_a_file_begins_with_its_licence_and_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()[:2]
    assert SPDX in lines[: 2 if text.startswith("#!") else 1]
    assert ast.get_docstring(tree(path)), "a docstring says what the module is for"


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in ALL_FILES}
    wrong = [f"{place(p)} has {n} lines" for p, n in lengths.items() if n > LONGEST_FILE]
    assert not wrong, "\n".join(wrong)


def lines_of(function: Function) -> int:
    """Lines of a function without its docstring."""
    first = function.body[0]
    documented = ast.get_docstring(function) is not None
    told = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - told


def test_functions_are_short() -> None:
    wrong = [
        f"{place(path, f)} {f.name} has {lines_of(f)} lines"
        for path in [*MODULES, ROOT / "start.py"]
        for f in functions(path)
        if lines_of(f) > LONGEST_FUNCTION
    ]
    assert not wrong, "\n".join(wrong)


def test_everything_is_annotated() -> None:
    wrong = []
    for path in [*MODULES, ROOT / "start.py"]:
        for f in functions(path):
            arguments = [*f.args.posonlyargs, *f.args.args, *f.args.kwonlyargs]
            arguments += [a for a in (f.args.vararg, f.args.kwarg) if a]
            bare = [a.arg for a in arguments if not a.annotation and a.arg not in ("self", "cls")]
            if bare or f.returns is None:
                wrong.append(f"{place(path, f)} {f.name}({', '.join(bare)})")
    assert not wrong, "\n".join(wrong)


def test_what_is_public_says_what_it_is_for() -> None:
    wrong = [
        f"{place(path, node)} {node.name}"
        for path in MODULES
        for node in tree(path).body
        if isinstance(node, Function | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not wrong, "\n".join(wrong)


def test_modules_keep_no_state() -> None:
    """Names of a module are constants, types and functions; nothing is rebound while running."""
    constant = re.compile(r"_{0,2}[A-Z][A-Za-z0-9_]*|__[a-z]+__")
    wrong = []
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Global):
                wrong.append(f"{place(path, node)} global {', '.join(node.names)}")
        for node in tree(path).body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
            wrong += [
                f"{place(path, node)} {target.id}"
                for target in targets
                if isinstance(target, ast.Name) and not constant.fullmatch(target.id)
            ]
    assert not wrong, "\n".join(wrong)


def test_names_say_something() -> None:
    wrong = []
    for path in MODULES:
        if path.stem in EMPTY_NAMES:
            wrong.append(place(path))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                words = {word.lower() for word in re.findall(r"[A-Z][a-z]+", node.name)}
                if words & (EMPTY_NAMES - {"base"}):
                    wrong.append(f"{place(path, node)} {node.name}")
    assert not wrong, "\n".join(wrong)
