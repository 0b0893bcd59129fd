"""Write docs/cli.md from the commands and settings themselves, so that the page cannot fall behind.

python scripts/make_docs.py            write it
python scripts/make_docs.py --check    exit 1 if it is not what it should be
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec
import typer
from typer.models import ArgumentInfo, ParameterInfo

from khabar.cli.app import app
from khabar.config import Settings

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"


def main() -> int:
    text = page()
    if "--check" in sys.argv:
        current = PAGE.read_text("utf-8") if PAGE.is_file() else ""
        if current != text:
            print("docs/cli.md is out of date: python scripts/make_docs.py", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(text, "utf-8")
    return 0


def page() -> str:
    parts = [
        "# Commands and settings",
        "Made by `python scripts/make_docs.py` from the program itself; `khabar COMMAND --help` says the same.",
        *(part for part in commands(app, "khabar") if part),
        "## Settings",
        "In `khabar.toml` in the working folder, or in the file that `KHABAR_CONFIG` names; a variable of the "
        "environment (`KHABAR_` and the name in capitals) goes before it.",
        table(["name", "default", "what"], [(f"`{n}`", f"`{v!r}`", w) for n, v, w in settings()]),
    ]
    return "\n\n".join(parts) + "\n"


def commands(group: typer.Typer, name: str, *, merged: bool = False) -> Iterator[str]:
    """A section a command, read from the functions that the group registers."""
    if not merged:
        yield f"## `{name}`"
        yield plain(text_of(group.info.help))
        if group.registered_callback:
            yield options_table(group.registered_callback.callback)
    for command in sorted(group.registered_commands, key=command_name):
        yield f"## `{name} {command_name(command)}`"
        yield plain(inspect.getdoc(command.callback))
        yield f"```\n{usage(command.callback, f'{name} {command_name(command)}')}\n```"
        yield options_table(command.callback)
    for sub in sorted(group.registered_groups, key=group_name):
        assert sub.typer_instance
        # A group without a name puts its commands beside those of the group that takes it in.
        own = group_name(sub)
        yield from commands(sub.typer_instance, f"{name} {own}".strip(), merged=not own)


def group_name(sub: Any) -> str:
    return text_of(sub.name) or text_of(sub.typer_instance.info.name)


def text_of(value: Any) -> str:
    """What was given; Typer keeps a placeholder where nothing was."""
    return value if isinstance(value, str) else ""


def command_name(command: Any) -> str:
    return str(command.name or command.callback.__name__.replace("_", "-"))


def parameters(function: Any) -> Iterator[tuple[inspect.Parameter, Any, Any]]:
    """Parameter, its type, and what Typer was told of it."""
    for parameter in inspect.signature(function, eval_str=True).parameters.values():
        kind, *told = get_args(parameter.annotation)
        yield parameter, kind, next(info for info in told if isinstance(info, ParameterInfo))


def usage(function: Any, name: str) -> str:
    arguments = [argument(p, k, i) for p, k, i in parameters(function) if isinstance(i, ArgumentInfo)]
    options = "[OPTIONS]" if any(not isinstance(i, ArgumentInfo) for *_, i in parameters(function)) else ""
    return " ".join(part for part in (name, options, *arguments) if part)


def options_table(function: Any) -> str:
    rows = [row(*entry) for entry in parameters(function) if not entry[2].hidden]
    return table(["", "what", "default"], rows) if rows else ""


def argument(parameter: inspect.Parameter, kind: Any, info: ParameterInfo) -> str:
    return (info.metavar or parameter.name.upper()) + ("..." if get_origin(kind) is list else "")


def row(parameter: inspect.Parameter, kind: Any, info: ParameterInfo) -> tuple[str, str, str]:
    default = getattr(parameter.default, "value", parameter.default)
    shown = "" if default in (inspect.Parameter.empty, None, False, "") else f"`{default}`"
    if isinstance(info, ArgumentInfo):
        return f"`{argument(parameter, kind, info)}`", plain(info.help), shown
    # Inside Annotated, Typer keeps the first name where the default would be.
    first = [info.default] if isinstance(info.default, str) else []
    names = [*first, *(info.param_decls or ())] or ["--" + parameter.name.replace("_", "-")]
    value = "" if kind is bool else f" {info.metavar or values(kind)}"
    return ", ".join(f"`{name}{value}`" for name in names), plain(info.help), shown


def values(kind: Any) -> str:
    for choice in (kind, *get_args(kind)):
        if isinstance(choice, type) and issubclass(choice, Enum):
            return "{" + ",".join(str(member.value) for member in choice) + "}"
    return "N"


def settings() -> Iterator[tuple[str, object, str]]:
    """Name, default and the string below each field of the settings' class."""
    body = ast.parse(inspect.getsource(Settings)).body[0]
    assert isinstance(body, ast.ClassDef)
    notes: dict[str, str] = {}
    last = ""
    for node in body.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            last = node.target.id
        elif last and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            notes[last] = plain(str(node.value.value))
    for field in msgspec.structs.fields(Settings):
        yield field.name, field.default, notes[field.name]


def plain(text: str | None) -> str:
    return " ".join((text or "").split())


def table(head: list[str], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in entry] for entry in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
