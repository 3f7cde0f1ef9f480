"""The gazetteer finds places under all their spellings, opens fast, and refuses damaged or wrong files by name."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from dateline.errors import GazetteerError
from dateline.lexicon import load
from dateline.resolution import gazetteer_user
from dateline.resolution.gazetteer import PLACE_COLUMNS, REGION_COLUMNS, SETTLED, Gazetteer, km
from dateline.resolution.gazetteer_index import TYPES, Index, Row, pack
from dateline.resolution.gazetteer_names import key, loose
from dateline.resolution.gazetteer_user import add_places, open_user_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("al-Raqqa", "raqqa"),
        ("Ar Raqqah", "raqqah"),
        ("Ta‘izz", "taizz"),
        ("St. Petersburg", "saint petersburg"),
        ("Mt Sinjar", "mount sinjar"),
        ("Łódź", "lodz"),
        ("Port-au-Prince", "port au prince"),
        ("the Gulf", "gulf"),
        ("U.S.", "us"),
    ],
)
def test_keys(name: str, form: str) -> None:
    assert key(name) == form


@pytest.mark.parametrize(("one", "other"), [("Khan Sheikhoun", "Khan Shaykhun"), ("Qamishli", "Kamishly"), ("Manbij", "Menbej"), ("Tell Abiad", "Tal Abyad")])
def test_transliterations_share_a_skeleton(one: str, other: str) -> None:
    assert loose(one) == loose(other) is not None


@pytest.mark.parametrize(
    ("names", "country", "lat", "lon"),
    [
        (("Raqqa", "Ar Raqqah", "al-Raqqa", "Rakka", "ar-Raqqa"), "SY", 35.95, 39.01),
        (("Deir ez-Zor", "Deir Ezzor", "Dayr az Zawr", "Deir al-Zour"), "SY", 35.33, 40.14),
        (("Kyiv", "Kiev"), "UA", 50.45, 30.52),
        (("Mosul", "Al Mawsil"), "IQ", 36.34, 43.13),
        (("Taiz", "Ta'izz", "Taizz"), "YE", 13.58, 44.02),
        (("Kandahar", "Qandahar"), "AF", 31.61, 65.71),
        (("Mogadishu", "Muqdisho"), "SO", 2.04, 45.34),
    ],
)
def test_spellings_lead_to_one_town(gazetteer: Gazetteer, names: tuple[str, ...], country: str, lat: float, lon: float) -> None:
    for name in names:
        towns = [place for place in gazetteer.named(name) if place.type in SETTLED and place.country == country]
        assert any(km(town.lat, town.lon, lat, lon) < 15 for town in towns), name


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Syria", "country", "SY"),
        ("DRC", "country", "CD"),
        ("Helmand", "region", "AF"),
        ("Nineveh", "region", "IQ"),
        ("Euphrates", "water", None),
        ("Mount Sinjar", "mountain", "IQ"),
        ("Donbas", "area", "UA"),
        ("Azovstal", "facility", "UA"),
        ("Bab al-Hawa", "border", None),
        ("Sadr City", "neighbourhood", "IQ"),
        ("Gaza Strip", "region", "PS"),
    ],
)
def test_kinds_of_place(gazetteer: Gazetteer, name: str, kind: str, country: str | None) -> None:
    first = gazetteer.named(name)[0]
    assert (first.type, first.country) == (kind, country)


def test_facts(gazetteer: Gazetteer) -> None:
    capital = gazetteer.capital("SY")
    assert capital is not None
    assert capital.name == "Damascus"
    assert "TR" in gazetteer.neighbours("SY")
    assert gazetteer.demonym("Syrians") == "SY"
    people = gazetteer.people_of("Chechen")
    assert people is not None
    assert people.key == "region:RU.12"
    assert [state.admin1 for state in gazetteer.counties("Avoyelles Parish")] == ["LA"]


def test_opening_reads_nothing_ahead() -> None:
    """The index is mapped, not read: looking up one place makes no copy of the whole."""
    tracemalloc.start()
    gazetteer = Gazetteer.open()
    assert gazetteer.named("Raqqa")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000  # the index holds 24 MB


def test_index_is_whole(gazetteer: Gazetteer) -> None:
    assert len(gazetteer) > 200_000
    gazetteer.verify()


def test_lexicon_rows_are_possible(gazetteer: Gazetteer) -> None:
    for row in load("places.tsv", columns=PLACE_COLUMNS, key=("name", "country")):
        assert row["type"] in TYPES, row["name"]
        assert -90 <= float(row["lat"]) <= 90, row["name"]
        assert -180 <= float(row["lon"]) <= 180, row["name"]
        assert float(row["radius_km"]) > 0, row["name"]
        assert all(gazetteer.country(code) is not None for code in row["country"].split()), row["name"]
    codes = [(row["country"], row["code"]) for row in load("regions.tsv", columns=REGION_COLUMNS, key=("country", "code"))]
    assert [code for code in codes if gazetteer.region(*code) is None] == []


def test_features_lie_in_their_country(gazetteer: Gazetteer) -> None:
    """A feature of one country is no farther from the nearest great town of it than countries are wide."""
    far = []
    for row in load("places.tsv", columns=PLACE_COLUMNS, key=("name", "country")):
        codes = row["country"].split()
        country = gazetteer.country(codes[0]) if len(codes) == 1 else None
        if country is not None and km(float(row["lat"]), float(row["lon"]), country.lat, country.lon) > 2.2 * country.radius_km + float(row["radius_km"]) + 300:
            far.append(row["name"])
    assert set(far) <= {"Guantanamo Bay", "Pearl Harbor", "Kuril Islands", "Oahu", "Maui", "Kauai", "Russian Far East", "Lampedusa"}


def test_same_places_same_bytes() -> None:
    rows = [Row(2, "Bbb", "town", "SY", "01", 35.0, 38.0, 100), Row(1, "Aaa", "city", "IQ", "02", 33.0, 44.0, 200_000, names=("Aa",))]
    assert pack(rows, tables={"x": 1}) == pack(rows[::-1], tables={"x": 1})


def test_missing_and_damaged_index(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="missing"):
        Gazetteer.open(tmp_path / "none.bin")
    good = pack([Row(1, "Aaa", "city", "IQ", "02", 33.0, 44.0, 200_000)], tables={})
    for broken, wrong in ((b"", "empty"), (b"GARBAGE" * 10, "no gazetteer index"), (good[:-5], "bytes where it should have")):
        (tmp_path / "g.bin").write_bytes(broken)
        with pytest.raises(GazetteerError, match=wrong):
            Index.open(tmp_path / "g.bin")
    flipped = bytearray(good)
    flipped[-1] ^= 0xFF
    with pytest.raises(GazetteerError, match="checksum"):
        Index(bytes(flipped), given="g.bin").verify()


HEADER = "\t".join(gazetteer_user.COLUMNS)


def dump_line(**changes: str) -> str:
    cells = {
        "id": "99000001", "name": "Tall Jadid", "ascii": "Tall Jadid", "names": "Tel Jdid,تل جديد", "lat": "35.51", "lon": "38.22", "class": "P", "code": "PPL",
        "country": "SY", "cc2": "", "a1": "04", "a2": "", "a3": "", "a4": "", "population": "1200", "elevation": "", "dem": "", "tz": "Asia/Damascus",
        "date": "2020-01-01",
    }  # fmt: skip
    return "\t".join((cells | changes).values())


def test_own_table(gazetteer: Gazetteer, tmp_path: Path) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text(f"{HEADER}\nCheckpoint Nine\tCP9; Post Nine\tborder\tSY\t36.1\t37.9\t2\n", encoding="utf-8")
    mine = gazetteer.with_user_places(table)
    for name in ("Checkpoint Nine", "post nine"):
        found = mine.named(name)[0]
        assert (found.type, found.country, found.lat, found.radius_km) == ("border", "SY", 36.1, 2.0)
    assert gazetteer.named("Checkpoint Nine") == ()


def test_dump_is_added_and_kept(gazetteer: Gazetteer, tmp_path: Path) -> None:
    dump, table, target = tmp_path / "SY.txt", tmp_path / "mine.tsv", tmp_path / "added.bin"
    dump.write_text(dump_line() + "\n", encoding="utf-8")
    table.write_text(f"{HEADER}\nPost Nine\t\tfacility\t\t36.1\t37.9\t\n", encoding="utf-8")
    assert add_places(dump, target) == 1
    assert add_places(dump, target) == 1
    assert add_places(table, target) == 2
    more = gazetteer.with_user_places(target)
    assert more.named("Tel Jdid")[0].geonames_id == 99000001
    assert more.named("Post Nine")[0].country is None


def test_alternate_names(gazetteer: Gazetteer, tmp_path: Path) -> None:
    names = tmp_path / "alternateNames.txt"
    names.write_text("1\t172955\ten\tRaqqahville\t\t\t\t\n2\t172955\tlink\thttps://example.org\t\t\t\t\n", encoding="utf-8")
    found = gazetteer.with_user_places(names).named("Raqqahville")[0]
    assert found.geonames_id == 172955


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (f"{HEADER}\nX\t\ttown\tSY\t95\t38\t\n", "out of range"),
        (f"{HEADER}\nX\t\ttown\tSY\t38\t-181\t\n", "out of range"),
        (f"{HEADER}\nX\t\ttown\tSY\tnorth\t38\t\n", "no number"),
        (f"{HEADER}\nX\t\thouse\tSY\t35\t38\t\n", "no type"),
        (f"{HEADER}\nX\t\ttown\tSyria\t35\t38\t\n", "no country code"),
        (f"{HEADER}\nX\t\ttown\tSY\t35\t38\t9000\n", "radius"),
        (f"{HEADER}\n\t\ttown\tSY\t35\t38\t\n", "empty"),
        (f"{HEADER}\nX\t\ttown\tSY\t35\t38\t\nX\t\ttown\tSY\t35\t38\t\n", "stands here and in line"),
        (dump_line(lat="135.5") + "\n", "out of range"),
        (dump_line(id="x1") + "\n", "id is no number"),
        (dump_line() + "\nshort\tline\n", "columns, not 19"),
        ("name,lat,lon\n", "neither a GeoNames dump"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, text: str, wrong: str) -> None:
    file = tmp_path / "places.txt"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match=wrong) as caught:
        add_places(file, tmp_path / "added.bin")
    assert caught.value.mend
    assert str(file) in caught.value.given
    assert not (tmp_path / "added.bin").exists()


def test_not_utf8_and_no_file(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9\n")
    with pytest.raises(GazetteerError, match="not UTF-8"):
        add_places(tmp_path / "latin.txt", tmp_path / "x.bin")
    with pytest.raises(GazetteerError, match="no such file"):
        open_user_places(tmp_path / "none.tsv")
