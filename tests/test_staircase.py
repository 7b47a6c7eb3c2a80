"""Imports go down one staircase; nothing but the plugin knows mkdocs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

GENERATOR = Path(__file__).parent.parent / "generator"

#: Lowest step first. A module may import only from lower steps; the parts of a package know each other.
STAIRS = (
    {"problems", "settings", "prose", "noting", "packing", "extracting", "parts"},
    {"documents", "printing", "account"},
    {"reading"},
    {"records"},
    {"archive", "draft", "schema"},
    {"analysis", "glossary"},
    {"checks", "pages", "charts", "html", "recording"},
    {"shells", "drawings", "exports"},
    {"lasting", "cards"},
    {"site"},
    {"written"},
    {"pieces"},
    {"disk", "cores"},
    {"intake", "standing", "remembering"},
    {"making"},
    {"amending"},
    {"plugin"},
    {"__main__"},
)
STEP = {name: step for step, names in enumerate(STAIRS) for name in names}


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(GENERATOR.rglob("*.py")):
        name = path.relative_to(GENERATOR).parts[0].removesuffix(".py")
        if name != "__init__":
            yield name, path


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_module_has_a_step() -> None:
    assert {name for name, _ in _modules()} == set(STEP)


def test_imports_only_go_down() -> None:
    wrong = [
        f"{path.relative_to(GENERATOR)} imports {imported}"
        for name, path in _modules()
        for imported in _imports(path)
        if imported.startswith("generator.")
        and imported.split(".")[1] != name
        and STEP[imported.split(".")[1]] >= STEP[name]
    ]

    assert [] == wrong


def test_only_the_plugin_knows_mkdocs() -> None:
    knowing = {name for name, path in _modules() if any(imported.startswith("mkdocs") for imported in _imports(path))}

    assert {"plugin"} == knowing


def test_only_the_shell_touches_files_prints_or_asks_the_clock() -> None:
    shell = {"disk", "cores", "standing", "making", "amending", "plugin", "__main__"}
    forbidden = {"os", "pathlib", "shutil", "subprocess", "time", "logging", "sys", "click"}
    wrong = [
        f"{path.relative_to(GENERATOR)} imports {imported}"
        for name, path in _modules()
        if name not in shell
        for imported in _imports(path)
        if imported.split(".")[0] in forbidden
    ]

    assert [] == wrong


def test_markup_is_made_at_one_door() -> None:
    making = {
        path.relative_to(GENERATOR).as_posix()
        for _, path in _modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Markup"
    }

    assert {"pages/environment.py"} == making


def test_no_two_modules_of_a_package_import_each_other() -> None:
    edges = {
        (".".join(path.relative_to(GENERATOR).with_suffix("").parts), imported.removeprefix("generator."))
        for _, path in _modules()
        for imported in _imports(path)
        if imported.startswith("generator.")
    }
    names = {name for name, _ in edges}
    graph: dict[str, set[str]] = {name: set() for name in names}
    for name, imported in edges:
        target = imported if imported in names else imported.rpartition(".")[0]
        if target in names and target != name:
            graph[name].add(target)

    def reaches(start: str) -> set[str]:
        seen: set[str] = set()
        queue = [start]
        while queue:
            for following in graph[queue.pop()] - seen:
                seen.add(following)
                queue.append(following)
        return seen

    assert [] == [name for name in graph if name in reaches(name)]
