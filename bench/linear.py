"""Whether time grows in proportion to length, on texts of shapes that make readers stumble.

    python bench/linear.py [--largest CHARACTERS]

Prints microseconds a character at each length; a line that grows to the right by more than half fails.
"""

from __future__ import annotations

import argparse
import sys
import time

from khabar import pipeline
from khabar.records import document_from
from khabar.resources import load_resources

SENTENCE = (
    "وقال المتحدث باسم مجلس البلدة زيد العامر لوكالة الضفة إن ثلاثة أشخاص قتلوا في السدرة أمس، مشيرا إلى فرار 20 عائلة"
)
SHAPES = {
    "lines": SENTENCE + ".\n",
    "one line": SENTENCE + ". ",
    "no stop": SENTENCE + " ",
    "no space": "والسدرة",
    "commas": "وأضاف أن، ",
    "open quotes": '"قال زيد «إن ',
    "brackets": "((قتل [",
    "cues": "قال قال وأضاف إن ",
    "places": "من دمشق إلى حلب عبر حمص ",
    "numbers": "ثلاثة آلاف وخمسمئة وعشرون و",
    "digits": "1,234.5/6-7 ",
    "names": "محمد بن أحمد بن علي أبو ",
    "marks": "قَـــالَ\u200f ",
    "mixed": "قال John Smith إن the army قصف Aleppo ",
    "line ends": "خبر\u2028خبر\u0085\n\n",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=400_000)
    options = parser.parse_args()
    resources = load_resources()
    lengths = [options.largest // 16, options.largest // 4, options.largest]
    failed = []
    for shape, piece in SHAPES.items():
        costs = []
        for length in (1000, *lengths):
            text = (piece * (length // len(piece) + 1))[:length]
            document = document_from(text, external_id=shape, language="ar", published="2019-03-02")
            started = time.process_time()
            pipeline.read_document(document, resources)
            costs.append(1e6 * (time.process_time() - started) / length)
        costs = costs[1:]
        worse = costs[-1] > 1.5 * costs[0] + 0.5
        failed += [shape] if worse else []
        print(f"{shape:12}" + "".join(f"{cost:9.1f}" for cost in costs) + ("  GROWS" if worse else ""), flush=True)
    print(f"microseconds a character at {lengths} characters")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
