"""Read a whole corpus and check what must hold: nothing crashes, every span is in place, the same bytes come out again
and from two processes, and memory stays under a bound.

    python bench/check_corpus.py corpus.jsonl [--limit N] [--once] [--folder FOLDER]

Exit status 1 if anything does not hold. `--once` leaves out the second run and the run with two processes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

MAX_MEGABYTES = 1500


def run(corpus: Path, out: Path, refused: Path, jobs: int) -> tuple[int, str]:
    """Exit status and the digest of what was printed."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "khabar.cli", "read", str(corpus), "-o", str(out), "--rejections", str(refused)]
    done = subprocess.run([*command, "--jobs", str(jobs)], check=False, stderr=subprocess.PIPE)
    digest = hashlib.sha256()
    with out.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    took = time.perf_counter() - started
    said = done.stderr.decode().strip()
    print(f"jobs {jobs}: status {done.returncode}, {took:.0f} s, {digest.hexdigest()[:16]}; {said}")
    return done.returncode, digest.hexdigest()


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every object with a start, an end and a text, wherever it stands."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def misplaced(reading: dict[str, Any]) -> int:
    text = reading["text"]
    parts = [span for key in ("mentions", "claims", "events") for span in spans(reading[key])]
    return sum(not (0 <= s["start"] < s["end"] and text[s["start"] : s["end"]] == s["text"]) for s in parts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--folder", type=Path, help="keep what is written here")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    corpus = options.corpus
    if options.limit:
        corpus = folder / "part.jsonl"
        with options.corpus.open("rb") as lines, corpus.open("wb") as part:
            part.writelines(islice(lines, options.limit))
    given = sum(1 for line in corpus.open("rb") if line.strip())
    out, refused = folder / "readings.jsonl", folder / "rejections.jsonl"
    status, digest = run(corpus, out, refused, 1)
    failures = [] if status in {0, 3} else [f"status {status}"]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if peak > MAX_MEGABYTES:
        failures.append(f"{peak:.0f} MB")
    failures += check_readings(out, refused, given)
    if not options.once:
        for jobs in (1, 2):
            again = folder / "again.jsonl"
            if run(corpus, again, folder / "again.rejections.jsonl", jobs)[1] != digest:
                failures.append(f"other bytes with --jobs {jobs}")
    print(f"peak memory {peak:.0f} MB")
    print("fails: " + "; ".join(failures) if failures else "all holds")
    return 1 if failures else 0


def check_readings(out: Path, refused: Path, given: int) -> list[str]:
    failures, read, wrong = [], 0, 0
    labels: Counter[str] = Counter()
    with out.open("rb") as lines:
        for line in lines:
            reading = json.loads(line)
            read += 1
            wrong += misplaced(reading)
            labels.update({key: len(reading[key]) for key in ("mentions", "claims", "events")})
    codes = Counter(json.loads(line)["code"] for line in refused.open("rb"))
    print(f"{given} given, {read} read, rejections {dict(codes)}; {dict(labels)}; {wrong} spans out of place")
    if wrong:
        failures.append(f"{wrong} spans out of place")
    if read + sum(codes.values()) != given:
        failures.append(f"{given - read - sum(codes.values())} documents lost")
    if codes["reader-failed"]:
        failures.append(f"{codes['reader-failed']} faults of the reader")
    return failures


if __name__ == "__main__":
    sys.exit(main())
