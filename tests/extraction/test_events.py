"""Events: senses of words, participants, one event for each happening, and what is no event of war."""

import pytest

from dateline.extraction.events import find_events
from dateline.extraction.mentions import find_mentions
from dateline.extraction.places import find_places
from dateline.extraction.statements import find_statements
from dateline.extraction.times import find_times
from dateline.extraction.triggers import COLUMNS, event_types, triggers
from dateline.lexicon import load

ROWS = load("triggers.tsv", columns=COLUMNS, key=("name",))
WAR = frozenset(
    (
        "armed_clash offensive_launched offensive_ended victory_declared territory_captured territory_recaptured territory_handed_over withdrawal surrender "
        "siege air_strike drone_strike shelling missile_attack suicide_bombing bombing grenade chemical_weapon attack_on_civilians massacre execution "
        "assassination killing abduction ceasefire ceasefire_violation"
    ).split()
)


def read(analyse, text):
    document = analyse(text)
    mentions = find_mentions(document)
    return document, find_events(document, mentions, find_times(document), find_places(document, mentions), ())


def found(analyse, text):
    document, events = read(analyse, text)
    return [(e.type, document.text[e.start : e.end]) for e in events]


@pytest.mark.parametrize("row", [r for r in ROWS if r["finds"] and not r["name"].startswith("killing_die")], ids=lambda r: r["name"])
def test_rows_prove_themselves(analyse, row) -> None:
    assert any(kind == row["type"] and words.split()[0] == row["finds"] for kind, words in found(analyse, row["example"])), found(analyse, row["example"])


@pytest.mark.parametrize("row", [r for r in ROWS if r["type"] == "none"], ids=lambda r: r["name"])
def test_senses_that_are_no_events(analyse, row) -> None:
    assert not [f for f in found(analyse, row["example"]) if f[0] in WAR]


def test_every_type_has_words() -> None:
    named = {row.type for rows in triggers().values() for row in rows}
    assert set(event_types()) - named <= {"offensive_ended", "responsibility_claimed"}


IN_FLIGHT = [
    ("Air defences shot down 12 drones over Kyiv.", [("interception", "shot down")]),
    ("The missile was shot down by the navy.", [("interception", "shot down")]),
    ("Air defences intercepted and destroyed two ballistic missiles over Riyadh.", [("interception", "destroyed")]),
    ("Troops destroyed 12 rockets in the depot.", [("weapons_seized", "destroyed")]),
    ("The navy intercepted a boat off Yemen.", []),
    ("The cornerback intercepted two passes.", []),
    ("Intercepted messages named the commander.", []),
    ("The government shot down the proposal.", []),
    ("Police seized 200 rifles in Cali.", [("weapons_seized", "seized")]),
    ("A janitor found an old grenade in the school.", []),
    ("Two workers were wounded.", [("wounding", "wounded")]),
    ("Some 40 people were injured and six were killed.", [("killing", "injured")]),
]


@pytest.mark.parametrize(("text", "wanted"), IN_FLIGHT, ids=[row[0][:40] for row in IN_FLIGHT])
def test_what_is_stopped_in_flight_is_not_seized_and_the_wounded_are_not_killed(analyse, text: str, wanted: list[tuple[str, str]]) -> None:
    assert found(analyse, text) == wanted


def test_what_is_left_behind_is_not_what_somebody_withdrew_from(analyse) -> None:
    assert found(analyse, "Rebels captured Kutum on Monday, leaving nothing but the road to Goma.") == [("territory_captured", "captured")]


def test_harm_behind_a_comma_is_done_by_the_subject(analyse) -> None:
    text = "Rebels attacked a column of lorries guarded by local soldiers near the river on Monday, wounding nine traders."
    document, events = read(analyse, text)
    doers = {document.text[a.start : a.end] for e in events for a in e.arguments if a.role == "agent"}
    assert doers == {"Rebels"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The army killed nine people when the rebels attacked the town.", ["armed_clash", "attack_on_civilians"]),
        ("Nine people were killed when the rebels attacked the town.", ["armed_clash"]),
        ("The rebels attacked the town, killing nine people.", ["armed_clash"]),
    ],
)
def test_harm_that_others_do_is_an_event_of_its_own(analyse, text: str, kinds: list[str]) -> None:
    assert sorted(kind for kind, _ in found(analyse, text)) == kinds


@pytest.mark.parametrize("text", ["A landslide killed six miners, and the ruling party sent a team.", "An earthquake hit the province during the election."])
def test_disasters_beside_politics_remain(analyse, text: str) -> None:
    assert "disaster_natural" in [kind for kind, _ in found(analyse, text)]


def test_downed_drones_are_no_seized_weapons(analyse) -> None:
    kinds = [kind for kind, _ in found(analyse, "Air defence units downed three drones above the port.")]
    assert kinds == ["interception"]


PEACEFUL = [
    "Reporters found smashed furniture scattered throughout the hall.",
    "Clinton attacked Trump over his tax plan before the primary in Iowa.",
    "Barcelona beat Madrid in a battle for the title.",
    "The attack ad bombarded voters with claims about the senator.",
    "The company fired its director after shares fell by nine percent.",
    "She declared victory over the senator in the New Hampshire primary.",
    "Doctors are fighting malaria in the district.",
    "The supermarkets are in a price war.",
    "The committee killed the bill on Tuesday.",
    "He withdrew from the race and surrendered his lead.",
    "The director will shoot a film about the election.",
    "Reporters besieged the candidate with questions.",
    "The striker fired a shot over the bar and the team captured the cup.",
    "The bank launched an offensive against its rivals.",
    "Navy crushed Marines 31-7 in the final on Sunday.",
    "The Tigers recaptured the trophy in May.",
    "The coach called the derby a massacre.",
    "The Tories recaptured Bristol and lost Kent.",
    "Republicans won the vote by a landslide.",
    "The party deployed volunteers in marginal constituencies.",
    "A rival retailer invaded the grocery market.",
    "Hedge funds ambushed the board before the merger.",
    "Relief trucks entered the town with flour.",
    "Juventus destroyed Verona on Sunday. The striker scored twice, and the coach praised his season.",
    "The substitute shot wide before he killed off the match.",
]


@pytest.mark.parametrize("text", PEACEFUL)
def test_peaceful_texts_hold_no_war(analyse, text: str) -> None:
    assert not [f for f in found(analyse, text) if f[0] in WAR]


PARTIES = [
    ("Rebels attacked an army base.", "armed_clash", {("agent", "Rebels"), ("target", "an army base")}),
    ("An army base was attacked by rebels.", "armed_clash", {("agent", "rebels"), ("target", "An army base")}),
    ("The rebels who attacked the army base fled.", "armed_clash", {("agent", "The rebels"), ("target", "the army base")}),
    ("The army launched an attack on the rebels.", "armed_clash", {("agent", "The army"), ("target", "the rebels")}),
    ("The village came under attack by rebels.", "attack_on_civilians", {("agent", "rebels"), ("target", "The village")}),
    ("Clashes between rebels and soldiers went on.", "armed_clash", {("agent", "rebels"), ("agent", "soldiers")}),
    ("Gunmen kidnapped two engineers and a driver.", "abduction", {("agent", "Gunmen"), ("victim", "two engineers"), ("victim", "a driver")}),
    ("A suicide bomber killed nine people at a market.", "suicide_bombing", {("agent", "A suicide bomber"), ("victim", "nine people")}),
    ("Militants threw a grenade into a bar.", "grenade", {("agent", "Militants"), ("instrument", "a grenade"), ("target", "a bar")}),
    ("The army managed to capture the airport.", "territory_captured", {("agent", "The army"), ("target", "the airport")}),
]


@pytest.mark.parametrize(("text", "kind", "wanted"), PARTIES)
def test_participants(analyse, text: str, kind: str, wanted: set[tuple[str, str]]) -> None:
    document, events = read(analyse, text)
    event = next(e for e in events if e.type == kind)
    assert {(a.role, document.text[a.start : a.end]) for a in event.arguments} == wanted


ONCE = [
    ("The attack killed twelve soldiers and wounded five.", 1),
    ("Rebels carried out a raid on the army base.", 1),
    ("A car bomb exploded near the gate, killing two policemen.", 1),
    ("Two soldiers were killed in an ambush by rebels.", 1),
    ("Rebels captured the town and shelled the airport.", 2),
]


@pytest.mark.parametrize(("text", "count"), ONCE)
def test_one_event_for_each_happening(analyse, text: str, count: int) -> None:
    assert len([f for f in found(analyse, text) if f[0] in WAR]) == count, found(analyse, text)


def test_offsets_are_the_text(analyse) -> None:
    document, events = read(analyse, "Rebels shelled the town of Azaz on Friday, killing two nurses.")
    assert events
    for event in events:
        assert document.text[event.start : event.end] == document.tokens[event.head].text
        assert all(document.text[a.start : a.end].strip() for a in event.arguments)


SIDES = [
    ("The minister welcomed the army's liberation of the port.", "territory_recaptured", {("agent", "the army"), ("target", "the port")}),
    ("The bombing claimed at least 40 lives.", "bombing", {("victim", "at least 40 lives")}),
    ("The army began military operations to oust the militants from the port.", "offensive_launched", {("target", "the militants")}),
    ("The recapture of the port by government troops ended a long siege.", "territory_recaptured", {("agent", "government troops")}),
    ("Clashes between tribal fighters and soldiers left nine people dead.", "armed_clash", {("agent", "tribal fighters"), ("agent", "soldiers")}),
    ("The town fell into the hands of the rebels in 2014.", "territory_captured", {("agent", "the rebels"), ("target", "The town")}),
    ("The army pounded the town with airstrikes.", "air_strike", {("agent", "The army"), ("target", "the town")}),
]


@pytest.mark.parametrize(("text", "kind", "parties"), SIDES)
def test_parties_told_around_the_noun(analyse, text: str, kind: str, parties: set[tuple[str, str]]) -> None:
    document, events = read(analyse, text)
    assert any(parties <= {(a.role, document.text[a.start : a.end]) for a in e.arguments} for e in events if e.type == kind), events


def test_what_with_opens_after_a_comma_takes_no_part(analyse) -> None:
    document, events = read(analyse, "Weeks of fighting between the army and the rebels are over, with whole villages in ruin.")
    fight = next(e for e in events if e.type == "armed_clash")
    assert "villages" not in " ".join(document.text[a.start : a.end] for a in fight.arguments)


def test_a_bare_mention_of_what_was_told_is_no_second_event(analyse) -> None:
    text = "Gunmen attacked an army base near Goma on Sunday. The attack was condemned by the minister."
    assert [kind for kind, _ in found(analyse, text)].count("armed_clash") == 1


def test_a_lone_mention_stays(analyse) -> None:
    assert ("armed_clash", "attack") in found(analyse, "The attack left five soldiers dead.")


@pytest.mark.parametrize(
    "text",
    ["The flu has killed twelve people in the city.", "Nine people were killed when an earthquake shook the island.", "The outbreak killed four children."],
)
def test_illness_and_disaster_are_nobodys_attack(analyse, text: str) -> None:
    assert not [kind for kind, _ in found(analyse, text) if kind in WAR]


def test_a_year_counted_from_dates_nothing(analyse) -> None:
    document, events = read(analyse, "It was the first time since 2001 that insurgents have taken a provincial capital.")
    assert [e.times for e in events] == [()]


def test_a_place_behind_the_one_hit_is_no_second_target(analyse) -> None:
    document, events = read(analyse, "Police seized two rifles from a house in Quetta.")
    seized = next(e for e in events if e.type == "weapons_seized")
    assert [document.text[a.start : a.end] for a in seized.arguments if a.role == "target"] == ["two rifles"]


def test_a_town_destroyed_beside_a_league_is_destroyed(analyse) -> None:
    text = "Rebel shells destroyed Verona on Sunday. The league had lost its stadium and a coach."
    assert {kind for kind, _ in found(analyse, text)} & {"shelling", "destruction"}


def test_a_ship_named_after_a_town_is_no_place(analyse) -> None:
    document = analyse("The frigate HMS Portland left Aden on Friday, and USS Denver stayed.")
    assert [document.tokens[p.head].text for p in find_places(document, find_mentions(document))] == ["Aden"]


def test_a_vehicle_that_set_off_a_mine_is_no_bomber(analyse) -> None:
    document, events = read(analyse, "The bus touched off a landmine, setting off an explosion that killed nine soldiers.")
    assert [a.role for e in events if e.type == "bombing" for a in e.arguments] == ["target"]


def test_an_attack_to_capture_is_an_attack(analyse) -> None:
    kinds = [kind for kind, word in found(analyse, "The rebels' attack to capture the hill near the army base was repelled.") if word == "attack"]
    assert kinds == ["armed_clash"]


def test_who_died_in_an_accident_was_killed_by_nobody(analyse) -> None:
    kinds = [kind for kind, _ in found(analyse, "Protesters demanded justice for two students killed in a road accident.")]
    assert not set(kinds) & {"force_against_protesters", "killing", "attack_on_civilians"}


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Ukrainian forces captured Izium on 10 September and Lyman on 1 October.", ["Izium", "Lyman"]),
        ("Gunmen killed a judge in May and a policeman in June.", ["a judge", "a policeman"]),
        ("The army shelled Dara on Monday and Tuesday.", ["Dara"]),
    ],
)
def test_a_verb_left_out_is_an_event_of_its_own(analyse, text, targets):
    document, events = read(analyse, text)
    assert [document.text[a.start : a.end] for e in events for a in e.arguments if a.role in ("target", "victim")] == targets
    assert all(e.times for e in events)
    assert len({e.times for e in events}) == len(targets)


@pytest.mark.parametrize("text", ["The navy plans to blockade the island.", "The militia intends to storm the depot."])
def test_a_plan_is_no_promise(analyse, text: str) -> None:
    document, events = read(analyse, text)
    assert "promise" not in {e.type for e in events}
    assert {e.status for e in events} <= {"planned"}


def test_a_pledge_is_a_promise(analyse) -> None:
    assert ("promise", "pledged") in found(analyse, "The navy pledged to leave the island.")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The state does not disclose its losses.", []),
        ("The ministry did not immediately respond to questions about the raid.", []),
        ("The ministry rejected the offer.", ["rejection"]),
        ("The ministry refused to comment on its losses.", []),
        ("A spokesman declined to say whether the army was in the town.", []),
        ("The general refused to give more details about the raid.", []),
        ("The general refused to give the rebels control of the dam.", ["rejection"]),
        ("The army refused to withdraw from the town.", ["rejection"]),
    ],
)
def test_silence_is_no_rejection(analyse, text: str, kinds: list[str]) -> None:
    document = analyse(text)
    mentions, times = find_mentions(document), find_times(document)
    events = find_events(document, mentions, times, (), find_statements(document, (), mentions, times))
    assert [e.type for e in events if e.type == "rejection"] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Rovers laid siege to the visitors' box but could not score. The striker attacked from the left, the coach said, and shot wide.",
        '"We destroyed them in the second half," the coach said. The goalkeeper and the striker were cheered.',
        "The home team besieged the goal for the rest of the match, but no goal came.",
        "The defence attorney attacked the witness in court.",
        "Lawyers for the accused attacked the chief of police in their closing words.",
    ],
)
def test_matches_and_trials_are_no_war(analyse, text):
    assert not {kind for kind, _ in found(analyse, text)} & (WAR | {"destruction", "violent_demonstration"})


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked the team's bus before the match, killing the goalkeeper.",
        "Rebels laid siege to the stadium. The team's coach fled from the match.",
        "The bomb destroyed the stadium where the team played its league matches.",
        "The prosecutor attacked the lawyer with a knife.",
        "The lawyer was attacked by gunmen in court.",
    ],
)
def test_war_on_matches_and_trials_is_read(analyse, text):
    assert {kind for kind, _ in found(analyse, text)} & WAR


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Troops destroyed an arms depot near the town.", {"destruction"}),
        ("The army destroyed a rebel ammunition store.", {"destruction"}),
        ("Police destroyed 40 mines and three rifles.", {"weapons_seized"}),
        ("Troops seized an arms depot near the town.", {"weapons_seized"}),
        ("Gunmen killed nine people and 200 cattle.", {"attack_on_civilians"}),
        ("Militants killed 200 cattle.", set()),
    ],
)
def test_depots_destroyed_and_herds_killed(analyse, text, kinds):
    assert {kind for kind, _ in found(analyse, text)} == kinds


def test_cattle_are_no_victims(analyse):
    document, events = read(analyse, "Gunmen killed nine people and 200 cattle.")
    assert [document.text[a.start : a.end] for e in events for a in e.arguments if a.role == "victim"] == ["nine people"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Five people were killed in an attack on the Christmas market.", {"attack_on_civilians"}),
        ("The firm attacked the market for mobile telephones.", set()),
        ("The firm announced a raid on resellers.", set()),
    ],
)
def test_markets_attacked_and_markets_fought_for(analyse, text, kinds):
    assert {kind for kind, _ in found(analyse, text)} == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The man pleaded guilty in London to planning an attack on a barracks.", ["legal_action"]),
        ("The council pleaded for a truce.", ["demand"]),
        ("Troops, policemen and secret agents have been deployed to the port.", ["deployment"]),
        ("The army dropped chemical agents on the village.", ["chemical_weapon"]),
        ("Police officers, responding to reports of a break-in, soon arrested two men.", ["arrest"]),
        ("The attack at a crowded market place killed nine people.", ["attack_on_civilians"]),
        ("The state held the town until May, when rebels seized it.", ["territory_captured"]),
        ("The photographer waited until noon, when she captured it.", []),
    ],
)
def test_words_in_their_sense(analyse, text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in found(analyse, text)] == kinds


def test_who_arrests_is_not_arrested(analyse) -> None:
    document, events = read(analyse, "Police officers, responding to reports of a break-in, soon arrested two men.")
    assert [(a.role, document.text[a.start : a.end]) for a in events[-1].arguments] == [("agent", "Police officers"), ("target", "two men")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "An attack on a mosque killed 13 women. Soldiers came on Friday, after the attack in Daquq.",
            ["attack_on_civilians", "attack_on_civilians"],
        ),
        ("A rebel attack on a base killed nine soldiers. The attack in Homs lasted an hour.", ["armed_clash", "armed_clash"]),
        ("An attack on a mosque killed 13 women. An attack in Homs killed nine soldiers.", ["attack_on_civilians", "armed_clash"]),
        ("The army is committed to defeating the militants.", ["armed_clash"]),
        ("The army defeated the militants in Homs.", ["victory_declared"]),
        (
            "The United States condemned the attack on a market in Baghdad and other recent attacks against civilians.",
            ["condemnation", "attack_on_civilians", "attack_on_civilians"],
        ),
    ],
)
def test_an_attack_told_before_keeps_its_kind(analyse, text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in found(analyse, text)] == kinds
