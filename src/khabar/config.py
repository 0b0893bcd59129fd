"""Settings: read once at the edge (file, then environment), frozen, passed in; nothing below reads the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from khabar.errors import SettingsError

__all__ = ["Settings", "load_settings"]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a user can set. The variable of a setting is its name in capitals after `KHABAR_`."""

    max_bytes: int = 64_000_000
    """Largest input file or line, in bytes; more is the rejection `too-large`."""
    max_characters: int = 12_000_000
    """Longest text of one document, in code points; more is the rejection `too-large`."""
    data_dir: str = ""
    """Folder for what users add (gazetteers); empty: the platform's user data folder."""
    reader: Literal["", "rules", "model"] = ""
    """What reads: the rules alone, or the model beside them; empty: the model if its weights are there."""
    weights: str = ""
    """Folder of the model's weights, as `python -m train reader` writes it; empty: those of the package."""
    threads: int = 1
    """Threads of the model's runtime, one process."""
    max_upload: int = 64_000_000
    """Largest upload to the workbench, in bytes."""
    fetch_allow: str = ""
    """Hosts that the workbench may fetch from though their addresses are private; spaces between."""
    tile_url: str = ""
    """Map tiles over the built-in map, such as `https://tile.example/{z}/{x}/{y}.png`; empty: no network is used."""
    tile_attribution: str = ""
    """Whose the tiles are, as their terms ask for it, such as `© OpenStreetMap contributors`; shown on every map."""


def load_settings(file: Path | None = None, environment: Mapping[str, str] | None = None, **chosen: object) -> Settings:
    """Settings from a TOML file (`KHABAR_CONFIG`, else `khabar.toml` if it is there) and the environment over it.

    `chosen` are settings by name that a command was given, over both; None and "" choose nothing.
    Raises SettingsError for unknown keys and wrong types.
    """
    env = os.environ if environment is None else environment
    named = file or (Path(env["KHABAR_CONFIG"]) if env.get("KHABAR_CONFIG") else None)
    path = named or Path("khabar.toml")
    values: dict[str, object] = {}
    if named or path.is_file():
        try:
            values = tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise SettingsError(f"{path}: {error}", stage="settings") from error
    for field in msgspec.structs.fields(Settings):
        if (text := env.get(f"KHABAR_{field.name.upper()}")) is not None:
            values[field.name] = text
    values |= {name: value for name, value in chosen.items() if value not in (None, "")}
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(str(error), stage="settings") from error
