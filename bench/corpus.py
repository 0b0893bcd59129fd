"""Turn the shared corpus (zips, each with one JSON array a day) into one JSONL that `khabar read` takes.

    python bench/corpus.py ../shared/corpus/saudinewsnet corpus.jsonl

Every article with a text, once an address; the address is its id.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def articles(folder: Path) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for path in sorted(folder.rglob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            name = next(n for n in archive.namelist() if n.endswith(".json") and "__MACOSX" not in n)
            for article in json.loads(archive.read(name).decode("utf-8")):
                url, text = article["url"], (article["content"] or "").strip()
                if text and url not in seen:
                    seen.add(url)
                    yield {
                        "id": url, "publisher": article["source"], "url": url,
                        "published": article["date_extracted"].replace(" ", "T") + "+03:00",
                        "title": article["title"].strip(), "text": text,
                    }  # fmt: skip


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    count = 0
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for article in articles(Path(sys.argv[1])):
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
            count += 1
    print(f"{count} articles", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
