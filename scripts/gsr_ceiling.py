"""What a reader without faults would score on the Open Event Data Alliance's Arabic gold standard records.

    python scripts/gsr_ceiling.py ../shared/external/arabic-event-gsr

The records and the project's guidelines do not mean the same by an event. Sentences of theirs were judged by the
guidelines (`evaluation/gsr_by_guidelines.tsv`); their F1 against the records' labels, all negatives, is the most that a
reader can have that keeps to the guidelines. With a 95 % interval by bootstrap. Deterministic.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

JUDGED = Path(__file__).parent.parent / "evaluation/gsr_by_guidelines.tsv"
ROUNDS = 2000

Row = tuple[float, bool, bool]  # weight, positive in the records, an event by the guidelines


def rows_of(folder: Path, kind: str) -> tuple[list[Row], int]:
    """The judged sentences of one file, and how many positives the whole file has."""
    records = [json.loads(line) for line in (folder / f"{kind}.jsonl").read_text("utf-8").splitlines() if line.strip()]
    positive = {record["id"]: record["label"] == "yes" for record in records}
    cells = [line.split("\t") for line in JUDGED.read_text("utf-8").splitlines() if not line.startswith(("#", "id\t"))]
    rows = [(float(weight), positive[id_], answer == "y") for id_, weight, answer, _ in cells if id_ in positive]
    return rows, sum(positive.values())


def f1(rows: list[Row], positives: int) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent."""
    right = sum(weight for weight, positive, event in rows if positive and event)
    wrong = sum(weight for weight, positive, event in rows if event and not positive)
    precision, recall = right / max(right + wrong, 1e-9), right / positives
    return 100 * precision, 100 * recall, 200 * precision * recall / max(precision + recall, 1e-9)


def interval(rows: list[Row], positives: int) -> tuple[float, float]:
    """2.5 and 97.5 percent of F1 over samples drawn again, each stratum for itself."""
    dice = random.Random(1)
    strata = [[row for row in rows if row[0] == weight] for weight in sorted({row[0] for row in rows})]
    drawn = sorted(
        f1([row for stratum in strata for row in dice.choices(stratum, k=len(stratum))], positives)[2]
        for _ in range(ROUNDS)
    )
    return drawn[ROUNDS // 40], drawn[-ROUNDS // 40]


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    for kind in ("assault", "protest"):
        rows, positives = rows_of(Path(sys.argv[1]), kind)
        precision, recall, whole = f1(rows, positives)
        low, high = interval(rows, positives)
        print(f"{kind:8} P {precision:.0f} R {recall:.0f} F1 {whole:.1f} ({low:.1f} to {high:.1f}), {len(rows)} judged")
    return 0


if __name__ == "__main__":
    sys.exit(main())
