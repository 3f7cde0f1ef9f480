"""Names mean the place that the report's own geography speaks for; doubt is owned; nouns refer back; words move the point."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.extraction.findings import Findings, PlaceFound
from dateline.extraction.places import find_places
from dateline.language.document import Document
from dateline.model import Report
from dateline.resolution.gazetteer import Gazetteer, km
from dateline.resolution.scene import PlaceResolved
from dateline.resolution.where import resolve_places
from dateline.resolution.where_move import moved

Analyse = Callable[[str], Document]
Found = list[tuple[PlaceFound, PlaceResolved]]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture
def places(analyse: Analyse, gazetteer: Gazetteer) -> Callable[..., Found]:
    def read(text: str, url: str | None = None) -> Found:
        document = analyse(text)
        findings = Findings(places=find_places(document, ()))
        return list(zip(findings.places, resolve_places(Report("r", text, url=url), document, findings, gazetteer), strict=True))

    return read


def of(found: Found, text: str, name: str) -> PlaceResolved:
    return next(place for expression, place in found if text[expression.name_start : expression.name_end] == name)


@pytest.mark.parametrize(
    ("text", "name", "lat", "lon", "within"),
    [
        ("Shelling hit Tripoli and Benghazi, Libya, as militias from Misrata advanced.", "Tripoli", 32.89, 13.18, 20),
        ("Clashes in Tripoli, Lebanon, wounded six; the army of Lebanon deployed.", "Tripoli", 34.43, 35.84, 20),
        ("Fighters in Syria left Hama for Homs and Idlib.", "Homs", 34.73, 36.71, 20),
        ("Syrian rebels in Idlib, Syria, left Al-Bab near Aleppo.", "Al-Bab", 36.37, 37.52, 20),
        ("Police in Paris, Texas, and in Dallas said so.", "Paris", 33.66, -95.56, 20),
        ("President Macron spoke in Paris about France.", "Paris", 48.85, 2.35, 20),
        ("Deputies in Atlanta and Savannah, Georgia, searched homes.", "Georgia", 32.75, -83.5, 30),
        ("Tbilisi said Russia's army had left Gori in Georgia.", "Georgia", 42.0, 43.5, 30),
        ("Colombian troops fought rebels in Cauca, Nariño and Putumayo in Colombia.", "Cauca", 2.5, -76.8, 120),
        ("The jars were sold in Idaho, Nevada, Oregon, Utah and Wyoming.", "Oregon", 44.0, -120.5, 300),
        ("Aid to refugees in the Middle East was cut, and in Maryland too.", "Middle East", 33.1, 36.5, 50),
        ("Police numbers fell in England and Wales last year.", "Wales", 52.4, -3.6, 120),
        ("Storms in the Houston region of Texas flooded homes in Dallas too.", "Houston", 29.76, -95.37, 30),
        ("Mines in South Africa closed; wages in SA fell and police in Pretoria were deployed.", "SA", -29.0, 24.0, 300),
        ("Rebels killed nine people in eastern Congo on Monday.", "Congo", -2.5, 23.5, 700),
        ("Brazzaville was calm. Militiamen killed nine people in Congo, police in Brazzaville said.", "Congo", -1.0, 15.5, 300),
        ("The toll of the Moscow concert hall attack has risen. Police in Moscow said so.", "Moscow concert hall", 55.75, 37.62, 20),
        ("Ninth victim of Celaya bar shooting dies. Gunmen fired on a bar in Celaya.", "Celaya bar", 20.52, -100.81, 20),
    ],
)
def test_the_reports_own_geography(places: Callable[..., Found], text: str, name: str, lat: float, lon: float, within: float) -> None:
    place = of(places(text), text, name)
    assert place.lat is not None
    assert place.lon is not None
    assert km(place.lat, place.lon, lat, lon) < within


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Horses were kept at Eastern Creek in New South Wales, officials in Sydney said.", "Eastern Creek"),
        ("Gunmen raided Hollow Ridge in Oregon before they fled.", "Hollow Ridge"),
    ],
)
def test_a_name_does_not_lie_outside_of_what_the_text_says_it_lies_in(places: Callable[..., Found], text: str, name: str) -> None:
    place = of(places(text), text, name)
    assert place.geonames_id is None
    assert place.country in ("AU", "US")


@pytest.mark.parametrize(
    ("text", "name", "lat", "lon", "within"),
    [
        ("Rebels seized a base in Masisi territory in North Kivu, Congo.", "Masisi territory", -1.4, 28.8, 60),
        ("Marines fought near Marawi in Lanao del Sur in the Philippines.", "Lanao del Sur", 7.9, 124.3, 80),
        ("Militia killed villagers in West Wollega in Ethiopia's Oromia.", "West Wollega", 9.3, 35.3, 120),
        ("Jihadists attacked a convoy in Yatenga province in Burkina Faso.", "Yatenga", 13.6, -2.4, 80),
        ("Syrian rebels besieged the villages of Foua and Kefraya in Idlib.", "Foua", 35.98, 36.70, 20),
    ],
)
def test_areas_of_the_second_level_are_known_where_wars_are_told_by_them(
    places: Callable[..., Found], text: str, name: str, lat: float, lon: float, within: float
) -> None:
    place = of(places(text), text, name)
    assert place.lat is not None
    assert place.lon is not None
    assert km(place.lat, place.lon, lat, lon) < within


def test_one_town_under_two_spellings_is_one_place(places: Callable[..., Found]) -> None:
    text = "Troops entered Deir ez-Zor in Syria. Later, Deir Ezzor was bombed."
    found = places(text)
    assert of(found, text, "Deir ez-Zor").key == of(found, text, "Deir Ezzor").key


def test_doubt_gives_the_country_and_names_the_candidates(places: Callable[..., Found]) -> None:
    text = "The man lived in Springfield, police in the United States said."
    place = of(places(text), text, "Springfield")
    assert (place.country, place.lat, place.geonames_id) == ("US", None, None)
    assert "Springfield" in place.detail
    assert place.where.radius_km is not None
    assert place.where.radius_km > 500


def test_unknown_names_stay_open(places: Callable[..., Found]) -> None:
    text = "A patrol was ambushed in Zzyqharbul."
    found = places(text)
    assert all(place.lat is None and place.geonames_id is None for _, place in found)


def test_unknown_village_takes_its_container(places: Callable[..., Found]) -> None:
    text = "Three men were killed in Tal Zzyqharbul, Syria, on Monday."
    place = of(places(text), text, "Tal Zzyqharbul")
    assert (place.country, place.lat) == ("SY", None)
    assert place.where.lat == 35


@pytest.mark.parametrize(
    ("text", "noun", "name"),
    [
        ("Government troops entered Aleppo. The city has been divided since 2012.", "The city", "Aleppo"),
        ("Rebels in Sudan shot at a convoy. The country is at war.", "The country", "Sudan"),
        ("Aid workers reached Malakal. People there were hungry.", "there", "Malakal"),
    ],
)
def test_nouns_refer_to_places_named_before(places: Callable[..., Found], text: str, noun: str, name: str) -> None:
    found = places(text)
    assert of(found, text, noun).key == of(found, text, name).key


def test_the_capital_is_the_countrys(places: Callable[..., Found]) -> None:
    text = "Fighting spread across Yemen. Rockets hit the capital."
    assert of(places(text), text, "the capital").geonames_id == 71137


def test_a_noun_without_a_place_stays_open(places: Callable[..., Found]) -> None:
    text = "The village was burnt."
    assert all(place.where.lat is None for _, place in places(text))


@pytest.mark.parametrize(
    ("relation", "distance", "lat", "lon", "radius"),
    [
        ("south_of", 45.0, 35.94, 43.13, (20, 30)),
        ("north_of", None, 36.54, 43.13, (20, 40)),
        ("near", None, 36.34, 43.13, (20, 45)),
        ("near", 30.0, 36.34, 43.13, (40, 50)),
        ("in", None, 36.34, 43.13, (12, 12)),
        ("outskirts_of", None, 36.34, 43.13, (15, 30)),
    ],
)
def test_points_move(relation: str, distance: float | None, lat: float, lon: float, radius: tuple[float, float]) -> None:
    where = moved("Mosul", PlaceFound(0, 5, 0, 5, 0, relation=relation, distance_km=distance), 36.34, 43.13, 12.0)
    assert where.lat is not None
    assert where.lon is not None
    assert where.radius_km is not None
    assert km(where.lat, where.lon, lat, lon) < 8
    assert radius[0] <= where.radius_km <= radius[1]


def test_between_lies_halfway() -> None:
    where = moved("between A and B", PlaceFound(0, 15, 8, 9, 0, relation="between", other=1), 34.0, 36.0, 5.0, other=(35.0, 37.0))
    assert (where.lat, where.lon) == (34.5, 36.5)


def test_part_of_a_country_moves_towards_it() -> None:
    text = "in northern Mali"
    where = moved(text, PlaceFound(0, 16, 12, 16, 0, relation="in"), 18.0, -2.0, 600.0)
    assert where.lat is not None
    assert where.lat > 20
    assert where.radius_km == 360.0


def test_outlets_country_speaks_where_the_text_does_not(places: Callable[..., Found]) -> None:
    text = "A man was arrested in London and in Woodstock on Friday."
    assert of(places(text, "https://news.example.ca/a"), text, "London").country == "CA"
    assert of(places("A man was arrested in London on Friday."), "A man was arrested in London on Friday.", "London").country == "GB"


def test_same_text_same_places(places: Callable[..., Found]) -> None:
    text = "Troops left Hama, Homs and Idlib in Syria for Latakia, 40 km west of Jisr al-Shughur."
    assert places(text) == places(text)


@pytest.mark.parametrize(
    ("text", "noun", "expected"),
    [
        ("The mayor of Homs said that the rebels had left the city.", "city", None),
        ("The group, based in London, said the rebels hold the city.", "city", None),
        ("Fighting went on in Aleppo. An analyst in London said the city was lost.", "city", "Aleppo"),
        ("Troops are in Aleppo. The shelling of the enclave went on.", "enclave", None),
    ],
)
def test_a_noun_does_not_mean_where_somebody_sits(places: Callable[..., Found], text: str, noun: str, expected: str | None) -> None:
    named = [place.name for expression, place in places(text) if expression.nominal and noun in text[expression.start : expression.end]]
    assert named
    assert all((name == expected) if expected else name.endswith(noun) for name in named)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MOGADISHU (AFP) - Gunmen stormed a hotel at Lido beach on Friday.", "Lido beach"),
        ("Two men died in a blast in Green Park, police in Lahore said.", "Green Park"),
    ],
)
def test_a_far_namesake_is_not_meant_where_a_city_is_surely_named(places: Callable[..., Found], text: str, name: str) -> None:
    place = of(places(text), text, name)
    assert place.country != "US"
    assert place.geonames_id is None


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Separatists burned a school in the North West region of Cameroon.", "North West", "CM"),
        ("Miners in the North West and Limpopo provinces went on strike, the South African union said.", "North West", "ZA"),
        ("Fighting went on in the North West of the country, Pakistan's army said.", "North West", None),
        ("The Northern Province of Sri Lanka was calm.", "Northern Province", "LK"),
    ],
)
def test_a_quarter_of_the_sky_lies_in_a_country_that_is_spoken_of(places: Callable[..., Found], text: str, name: str, country: str | None) -> None:
    assert of(places(text), text, name).country == country


def test_a_namesake_abroad_does_not_lie_in_the_city_that_holds_the_name(places: Callable[..., Found]) -> None:
    text = "Syria's army said rebels had shelled Aleppo's al-Hamdaniya district."
    assert of(places(text), text, "al-Hamdaniya").country == "SY"
