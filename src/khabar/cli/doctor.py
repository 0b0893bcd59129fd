"""`khabar --version` and `khabar doctor`: what this installation is made of."""

from __future__ import annotations

import platform
import re
import sys
from importlib import metadata

import msgspec

from khabar.cli.guard import FAILURE
from khabar.config import Settings, load_settings
from khabar.model import weights_of
from khabar.resources import Resources, load_resources
from khabar.version import __version__

__all__ = ["doctor_command", "version_line"]

_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:.*extra\s*==\s*['\"](?P<extra>[\w-]+))?")


def version_line() -> str:
    """`khabar 0.1.0 (reader 0.1.0+…)`: the version, and the fingerprint that every reading carries."""
    return f"khabar {__version__} (reader {load_resources(load_settings()).fingerprint})"


def doctor_command() -> int:
    """Print the state of the installation; 1 if something that reading needs is missing."""
    settings = load_settings()
    resources = load_resources(settings)
    print(version_line())
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}: {sys.executable}")
    missing = _print_parts()
    missing += _print_data(resources)
    _print_settings(settings)
    print("missing: " + ", ".join(missing) if missing else "nothing is missing")
    return FAILURE if missing else 0


def _print_parts() -> list[str]:
    try:
        requirements = metadata.requires("khabar") or []
    except metadata.PackageNotFoundError:
        print("none     khabar is run from its source tree, not installed: its requirements are not known here")
        return []
    missing = []
    for name, extra in sorted(_named(requirement) for requirement in requirements):
        purpose = f" (optional: {extra})" if extra else ""
        try:
            print(f"ok       {name} {metadata.version(name)}{purpose}")
        except metadata.PackageNotFoundError:
            print(f"{'none   ' if extra else 'missing'}  {name}{purpose}")
            missing += [] if extra else [name]
    return missing


def _named(requirement: str) -> tuple[str, str]:
    """`name>=1; extra == 'x'` as its name and extra."""
    match = _REQUIREMENT.match(requirement)
    assert match
    return match["name"], match["extra"] or ""


def _print_data(resources: Resources) -> list[str]:
    tables = resources.tables
    files = [path for path in sorted(tables.root.rglob("*")) if path.suffix in {".tsv", ".toml"}]
    print(f"{'ok     ' if files else 'missing'}  {len(files)} data tables in {tables.root}")
    weights = weights_of(tables.settings)
    print(f"ok       trained weights in {weights}" if weights else "none     trained weights: the rules read alone")
    added = tables.user_files("gazetteer", "")
    print(f"{'ok     ' if added else 'none   '}  gazetteers of yours in {tables.user_root / 'gazetteer'}: {len(added)}")
    return [] if files else ["data tables"]


def _print_settings(settings: Settings) -> None:
    for field in msgspec.structs.fields(Settings):
        print(f"setting  {field.name} = {getattr(settings, field.name)!r}")
