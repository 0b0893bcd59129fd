"""The steps of a story in order of time: first report, later ones, denials and corrections."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from khabar.corroborate.records import Moment, Story
from khabar.dates import published_utc

__all__ = ["timeline"]


def timeline(
    story: Story, published: Mapping[str, str | None], captured: Mapping[str, str] | None = None
) -> tuple[Moment, ...]:
    """Moments by time of publication, those without one last; `published` and `captured` are times by external id.

    `what` is `first report`, `report`, `denial` or `correction`; `detail` who denies, or the number.
    """
    denied = {denial.document: denial for denial in story.denials}
    corrected = {correction.document for correction in story.corrections}
    moments: list[Moment] = []
    for external_id in dict.fromkeys(report.external_id for report in story.reports):
        at = published.get(external_id)
        denial = denied.get(external_id)
        if denial is not None:
            part = "" if denial.full else " (a part)"
            moments.append(Moment(at, "denial", external_id, f"{denial.by}{part}"))
        elif external_id not in corrected:
            moments.append(Moment(at, "report", external_id, None))
    for one in story.corrections:
        old, new = (f"{bounds.min:g}" if bounds and bounds.min is not None else "?" for bounds in (one.old, one.new))
        moments.append(Moment(one.at, "correction", one.document, f"{one.role}: {old} → {new}"))
    ordered = sorted(
        moments, key=lambda moment: (not moment.at, published_utc(moment.at), moment.document, moment.what)
    )
    first = next((index for index, moment in enumerate(ordered) if moment.what == "report" and moment.at), None)
    return tuple(
        replace(
            moment,
            what="first report" if index == first else moment.what,
            captured=(captured or {}).get(moment.document),
        )
        for index, moment in enumerate(ordered)
    )
