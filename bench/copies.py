"""Finding copies: Khabar beside datasketch's MinHashLSH and an exact count in plain Python, over the same texts.

    python bench/copies.py CORPUS.jsonl [--limit N] [--skip-minhash]

CORPUS.jsonl is what `bench/corpus.py` writes. A copy: Jaccard or containment of at least 0.5, over sets of five-word
shingles, of texts of more than 40 words. Tokens are the same for all: runs of letters and digits of the folded text
(`khabar.text.fold`). Every method starts from the raw texts, in a process of its own; seconds are of CPU, memory is the
process's peak with the texts in it. Prints these with the recall of both kinds of copy, and the ratio to the faster
reference.

* plain Python: an inverted index of all shingles, and a count of every pair that shares one. Exact: it is the truth.
* MinHashLSH: threshold 0.5, 128 permutations (datasketch's own number), its hash of bytes replaced by Python's quicker
  `hash`; what it proposes is counted exactly, which takes under a second, so that it has no false pairs.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations

Pairs = dict[tuple[int, int], tuple[float, float]]
_WORD = re.compile(r"[^\W_]+")


def with_khabar(texts: list[str]) -> Pairs:
    """The project's own way."""
    from khabar.corroborate.copies import find_copies
    from khabar.corroborate.copies.shingles import Shingler

    shingler = Shingler()
    found = find_copies([shingler.shingles(text) for text in texts])
    return {(pair.left, pair.right): (pair.jaccard, pair.containment) for pair in found}


def in_plain_python(texts: list[str]) -> Pairs:
    """Exact: an inverted index of every shingle, and a count for every pair that shares one."""
    sets = _shingle_sets(texts)
    owners: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, shingles in enumerate(sets):
        for shingle in shingles:
            owners[shingle].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for group in owners.values():
        if len(group) > 1:
            shared.update(combinations(group, 2))
    return _measured(shared, sets)


def with_minhash(texts: list[str]) -> Pairs:
    """datasketch: 128 permutations, threshold 0.5; exact overlap of what it proposes."""
    from datasketch import MinHash, MinHashLSH

    sets = _shingle_sets(texts)
    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    shared: Counter[tuple[int, int]] = Counter()
    for index, shingles in enumerate(sets):
        if not shingles:
            continue
        sketch = MinHash(num_perm=128, hashfunc=_quick)
        sketch.update_batch(shingles)
        for other in lsh.query(sketch):
            shared[other, index] = len(sets[other] & shingles)
        lsh.insert(index, sketch)
    return _measured(shared, sets)


def _quick(shingle: tuple[str, ...]) -> int:
    return hash(shingle) & 0xFFFFFFFF


def _shingle_sets(texts: list[str]) -> list[set[tuple[str, ...]]]:
    from khabar.text import fold

    sets = []
    for text in texts:
        words = _WORD.findall(fold(text))
        sets.append({tuple(words[i : i + 5]) for i in range(len(words) - 4)} if len(words) > 40 else set())
    return sets


def _measured(shared: Counter[tuple[int, int]], sets: list[set[tuple[str, ...]]]) -> Pairs:
    found: Pairs = {}
    for (left, right), count in shared.items():
        one, other = len(sets[left]), len(sets[right])
        containment = count / min(one, other)
        if containment >= 0.5:
            found[left, right] = (count / (one + other - count), containment)
    return found


def _run(method: Callable[[list[str]], Pairs], texts: list[str], out: multiprocessing.Queue) -> None:  # type: ignore[type-arg]
    start = time.process_time()
    pairs = method(texts)
    seconds = time.process_time() - start
    out.put((pairs, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measure(method: Callable[[list[str]], Pairs], texts: list[str]) -> tuple[Pairs, float, float]:
    """Pairs, seconds and peak MB of one method in a fresh process."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_run, args=(method, texts, queue))
    process.start()
    result: tuple[Pairs, float, float] = queue.get()
    process.join()
    return result


def _recall(found: Pairs, truth: Pairs, which: int) -> float:
    # Identical texts are chained, not paired: a pair also counts when its ends are joined through identical texts.
    want = {pair for pair, values in truth.items() if values[which] >= 0.5}
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for (left, right), values in found.items():
        if values[0] == 1.0:
            parent[root(right)] = root(left)
    joined = {tuple(sorted((root(left), root(right)))) for left, right in found}
    hits = sum(tuple(sorted((root(a), root(b)))) in joined or root(a) == root(b) for a, b in want)
    return 100 * hits / max(1, len(want))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--skip-minhash", action="store_true")
    args = parser.parse_args()
    with open(args.corpus, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines][: args.limit]
    print(f"{len(texts)} texts")
    truth, exact_seconds, exact_memory = measure(in_plain_python, texts)
    rows = [("plain Python, exact", truth, exact_seconds, exact_memory)]
    if not args.skip_minhash:
        rows.append(("datasketch MinHashLSH", *measure(with_minhash, texts)))
    rows.append(("khabar", *measure(with_khabar, texts)))
    print(f"{'method':24}{'seconds':>9}{'peak MB':>9}{'pairs':>8}{'recall J':>10}{'recall C':>10}")
    for name, found, seconds, memory in rows:
        recalls = [_recall(found, truth, which) for which in (0, 1)]
        print(f"{name:24}{seconds:9.1f}{memory:9.0f}{len(found):8}{recalls[0]:10.2f}{recalls[1]:10.2f}")
    fastest = min(seconds for name, _, seconds, _ in rows if name != "khabar")
    print(f"faster reference / khabar: {fastest / rows[-1][2]:.1f}")


if __name__ == "__main__":
    main()
