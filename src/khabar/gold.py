"""Gold: articles that a careful reader marked, as compiled stand-off files."""

from __future__ import annotations

from pathlib import Path

import msgspec

from khabar.errors import UsageError

__all__ = ["Gold", "GoldClaim", "GoldEvent", "GoldMention", "GoldRole", "GoldSpan", "load_gold"]


class Gold(msgspec.Struct, frozen=True):
    """Compiled gold of one article; GUIDELINES say what its labels mean."""

    id: str
    mentions: tuple[GoldMention, ...]
    claims: tuple[GoldClaim, ...]
    events: tuple[GoldEvent, ...]


class GoldSpan(msgspec.Struct, frozen=True):
    """A stretch of the article."""

    start: int
    end: int
    text: str


class GoldMention(msgspec.Struct, frozen=True):
    """A mention; `norm` is a name, `Name, CC, lat, lon`, a TIMEX3 value, or `min..max unit`."""

    start: int
    end: int
    text: str
    type: str
    norm: str | None = None


class GoldClaim(msgspec.Struct, frozen=True):
    """A claim; `cue` is None in a quotation that runs on."""

    source: GoldSpan | None
    kind: str
    via: tuple[GoldSpan, ...]
    content: GoldSpan
    stance: str
    quote: str
    cue: GoldSpan | None = None


class GoldRole(msgspec.Struct, frozen=True):
    """A participant of an event."""

    role: str
    start: int
    end: int
    text: str


class GoldEvent(msgspec.Struct, frozen=True):
    """An event."""

    type: str
    trigger: GoldSpan
    factuality: str
    roles: tuple[GoldRole, ...]


def load_gold(folder: Path) -> tuple[dict[str, Gold], Path]:
    """Gold by id, and the folder of its articles.

    `folder` holds `compiled/` and `articles/`, or is the compiled folder with `articles/` beside it. Raises UsageError.
    """
    compiled = folder / "compiled" if (folder / "compiled").is_dir() else folder
    articles = compiled.parent / "articles"
    files = sorted(compiled.glob("*.json"))
    if not files or not articles.is_dir():
        raise UsageError(f"{folder}: no gold here (compiled/*.json with articles/ beside it)")
    try:
        return {path.stem: msgspec.json.decode(path.read_bytes(), type=Gold) for path in files}, articles
    except (msgspec.MsgspecError, OSError) as error:
        raise UsageError(f"{compiled}: {error}") from error
