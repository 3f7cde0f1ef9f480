"""The closed lists of DESIGN.md: the values that fields of a reading may take."""

from __future__ import annotations

from difflib import get_close_matches

SECTION_KINDS = ("headline", "dateline", "byline", "paragraph", "caption", "credit", "contributors", "boilerplate")
PUBLISHED_BASES = ("metadata", "stated", "inferred", "unknown")
PRECISIONS = ("minute", "hour", "day", "week", "month", "season", "year", "decade", "unknown")
WHEN_BASES = ("stated", "relative", "inferred", "report")
ENTITY_KINDS = ("actor", "person", "place", "weapon", "other")
ACTOR_TYPES = (
    "state", "government", "military", "police", "armed_group", "militia", "coalition", "igo", "ngo", "party", "media", "company",
    "civilians", "ethnic_group", "religious_group", "other",
)  # fmt: skip
PLACE_TYPES = (
    "country", "region", "admin", "city", "town", "village", "neighbourhood", "facility", "water", "mountain", "road", "border", "area",
)  # fmt: skip
MENTION_FORMS = ("name", "noun", "pronoun")
MODES = ("direct", "indirect", "mixed")
ACTS = (
    "say", "declare", "claim_responsibility", "confirm", "deny", "accuse", "blame", "warn", "threaten", "promise", "demand", "urge",
    "condemn", "praise", "congratulate", "estimate", "report", "predict", "admit", "propose", "refuse", "other",
)  # fmt: skip
ROLES = ("agent", "target", "victim", "supporter", "mediator", "instrument", "beneficiary")
STATUSES = ("occurred", "ongoing", "ended", "denied", "possible", "planned", "demanded", "hypothetical")
MEASURES = (
    "killed", "injured", "missing", "detained", "abducted", "displaced", "refugees", "returned", "in_need", "without_access", "besieged",
    "food_insecure", "affected", "destroyed", "damaged", "captured", "forces", "strikes", "money", "other",
)  # fmt: skip
COUNTS = ("flow", "stock", "total")
CHANGES = ("captured", "recaptured", "held", "lost", "besieged", "contested", "handed_over")
RELATION_TYPES = (
    "backs", "ally_of", "member_of", "part_of", "leads", "spokesperson_of", "fights", "located_in", "capital_of", "same_as", "owns", "supplies",
)  # fmt: skip
IMAGE_KINDS = ("photograph", "video_still", "satellite", "drone", "map", "other")
EVENT_TYPES = (
    "armed_clash", "offensive_launched", "offensive_ended", "victory_declared", "territory_captured", "territory_recaptured",
    "territory_handed_over", "withdrawal", "surrender", "siege", "air_strike", "drone_strike", "shelling", "missile_attack",
    "suicide_bombing", "bombing", "grenade", "chemical_weapon", "attack_on_civilians", "massacre", "execution", "sexual_violence",
    "abduction", "hostage_release", "prisoner_exchange", "arrest", "looting", "destruction", "weapons_seized", "deployment",
    "military_aid", "training", "agreement", "ceasefire", "ceasefire_violation", "negotiation", "meeting", "headquarters_established",
    "disarmament", "peaceful_protest", "protest_met_with_intervention", "violent_demonstration", "mob_violence",
    "force_against_protesters", "strike_or_boycott", "displacement", "return", "aid_delivered", "aid_blocked", "accusation", "denial",
    "threat", "demand", "promise", "condemnation", "praise", "congratulation", "sanction", "legal_action", "disaster_natural",
    "disaster_man_made", "organised_crime", "other",
)  # fmt: skip
"""The event types that every version has; the ontology lexicon (``data/ontology.tsv``) may hold more."""

_SHORT = 25
"""A list of no more words than this is told whole."""


def mend_of(given: str, known: tuple[str, ...], *, what: str) -> str:
    """What to do where a word is none of the known: the nearest as a guess, then all of them, or the command that lists them."""
    words = [k for k in known if k]
    near = get_close_matches(given, words, n=3, cutoff=0.6)
    guess = f"did you mean {' or '.join(near)}? " if near else ""
    if len(words) > _SHORT:
        return f"{guess}Every {what} is listed by: dateline schema"
    return f"{guess}Every {what}: {', '.join(words)}" if near else f"give one of: {', '.join(words)}"
