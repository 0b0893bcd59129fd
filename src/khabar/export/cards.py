"""The cards of a page: claims, events, and the table of mentions. Everything that comes from a text is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from khabar.export.labels import LABELS, UI
from khabar.records import Claim, Event, Mention, Place, Quantity, Reading, Time

__all__ = ["both", "claim_cards", "event_cards", "mention_table", "mention_values"]


def both(key: str, words: Mapping[str, tuple[str, str]] = UI) -> str:
    """A label in both languages, of which the page shows one."""
    arabic, english = words[key]
    return f'<span class="ar" lang="ar">{escape(arabic)}</span><span class="en" lang="en">{escape(english)}</span>'


def claim_cards(reading: Reading, name: str) -> str:
    """A card a claim: source and kind, carriers, cue and stance, content, and the events that stand in it."""
    inside: dict[str, list[Event]] = {}
    for event in reading.events:
        if event.claim:
            inside.setdefault(event.claim, []).append(event)
    return "".join(_claim_card(claim, inside.get(claim.id, []), name) for claim in reading.claims)


def event_cards(reading: Reading, name: str) -> str:
    """A card an event: type, trigger, factuality, roles, and the claim it stands in."""
    return "".join(_event_card(event, name) for event in reading.events)


def mention_values(reading: Reading) -> dict[str, str]:
    """What each mention stands for, on one line, by id."""
    return {mention.id: _value(mention) for mention in reading.mentions}


def mention_table(reading: Reading, values: Mapping[str, str]) -> str:
    """All mentions with their values, folded."""
    if not reading.mentions:
        return ""
    rows = "".join(
        f"<tr><td><bdi>{escape(mention.text)}</bdi></td><td>{both(mention.type, LABELS)}</td>"
        f'<td dir="ltr">{escape(values[mention.id])}</td></tr>'
        for mention in reading.mentions
    )
    return (
        f'<details class="mentions"><summary>{both("mentions")} ({len(reading.mentions)})</summary><table><thead><tr>'
        f"<th>{both('text')}</th><th>{both('type')}</th><th>{both('value')}</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></details>"
    )


def _claim_card(claim: Claim, events: list[Event], name: str) -> str:
    source = f'<bdi class="who">{escape(claim.source.text)}</bdi>' if claim.source else both("no_source")
    kind = _badge(claim.source.kind) if claim.source else ""
    carriers = "".join(
        f'<p class="line">{both("carrier")}: <bdi class="swatch carrier">{escape(span.text)}</bdi></p>'
        for span in claim.via
    )
    cue = f'<bdi class="swatch cue">{escape(claim.cue.text)}</bdi>' if claim.cue else f"<i>{both('no_cue')}</i>"
    chips = "".join(f"<li>{_event_chip(event, name)}</li>" for event in events)
    return (
        f'<section class="card claim {claim.stance}" tabindex="0" id="{name}-{claim.id}">'
        f'<p class="head">{source} {kind}</p>{carriers}'
        f'<p class="line">{cue} {_badge(claim.stance)} {_badge(claim.quote)}</p>'
        f'<blockquote dir="auto">{escape(claim.content.text)}</blockquote>'
        f"{f'<ul class=chips>{chips}</ul>' if chips else ''}</section>"
    )


def _event_chip(event: Event, name: str) -> str:
    doubt = "" if event.factuality == "certain" else f" · {both(event.factuality, LABELS)}"
    return f'<a href="#{name}-{event.id}">{both(event.type, LABELS)}{doubt}</a>'


def _event_card(event: Event, name: str) -> str:
    roles = "".join(
        f"<dt>{both(role.role, LABELS)}</dt><dd><bdi>{escape(role.text)}</bdi></dd>" for role in event.roles
    )
    where = (
        f'<a href="#{name}-{event.claim}">{both("in_claim")} <bdi>{escape(event.claim)}</bdi></a>'
        if event.claim
        else both("own_voice")
    )
    return (
        f'<section class="card event {event.factuality}" tabindex="0" id="{name}-{event.id}">'
        f'<p class="head"><b class="type">{both(event.type, LABELS)}</b> <bdi class="trigger">'
        f"{escape(event.trigger.text)}</bdi> {_badge(event.factuality)}</p>"
        f'{f"<dl>{roles}</dl>" if roles else ""}<p class="line where">{where}</p></section>'
    )


def _badge(key: str) -> str:
    return f'<span class="badge is-{key}">{both(key, LABELS)}</span>'


def _value(mention: Mention) -> str:
    if mention.place:
        value = _place(mention.place)
    elif mention.time:
        value = _time(mention.time)
    elif mention.quantity:
        value = _quantity(mention.quantity)
    elif mention.entity:
        value = f"{mention.entity.name_en or mention.entity.name_ar or ''} ({mention.entity.id})".strip()
    else:
        value = ""
    if mention.unresolved:
        value = f"{value} [unresolved: {mention.unresolved.reason}]".strip()
    return value


def _place(place: Place) -> str:
    parts = [place.name_en or place.name_ar or place.id, place.country]
    if place.lat is not None and place.lon is not None:
        parts.append(f"{place.lat:.2f}, {place.lon:.2f}")
    return ", ".join(part for part in parts if part)


def _time(time: Time) -> str:
    if time.earliest in (time.value, None) and time.latest in (time.value, None):
        return time.value
    return f"{time.value} ({time.earliest or '…'} – {time.latest or '…'})"


def _quantity(quantity: Quantity) -> str:
    low, high = _number(quantity.min), _number(quantity.max)
    amount = low if low == high else f"{low}..{high}"
    return f"{'≈ ' if quantity.approximate else ''}{amount} {quantity.unit or ''}".strip()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"
