"""Whether events took place."""

import pytest

from dateline.extraction.events import find_events
from dateline.extraction.mentions import find_mentions

CASES = [
    ("No soldiers were killed in the village.", "killed", "occurred", True),
    ("Neither side claimed victory over the militants.", "victory", "occurred", True),
    ("The palace has not ruled out a new offensive against the rebels.", "offensive", "possible", False),
    ("The palace did not rule out bombing the rebels.", "bombing", "possible", False),
    ("The judge ruled that the army attacked the rebels.", "attacked", "occurred", False),
    ("The general ruled out a new offensive against the rebels.", "offensive", "occurred", True),
    ("The envoy pressed the two armies to agree to a truce.", "truce", "demanded", False),
    ("Both armies agreed to a truce.", "truce", "occurred", False),
    ("Nine miners are feared killed in the rebel attack.", "killed", "possible", False),
    ("The mob nearly lynched two men in the village.", "lynched", "occurred", True),
    ("The siege of the port ended three years of militant rule.", "siege", "occurred", False),
    ("A tough fight against the militants still lies ahead.", "fight", "planned", False),
    ("The withdrawal of the troops is essential.", "withdrawal", "demanded", False),
    ("The alliance called the capture of the town a turning point for the rebels.", "capture", "occurred", False),
    ("The militia committed massacres in three towns.", "massacres", "occurred", False),
    ("Rebels attacked the army base.", "attacked", "occurred", False),
    ("Rebels did not attack the army base.", "attack", "occurred", True),
    ("Rebels never attacked the army base.", "attacked", "occurred", True),
    ("Rebels may attack the army base.", "attack", "possible", False),
    ("Rebels could attack the army base.", "attack", "possible", False),
    ("Rebels will attack the army base.", "attack", "planned", False),
    ("Rebels plan to attack the army base.", "attack", "planned", False),
    ("Rebels threatened to attack the army base.", "attack", "planned", False),
    ("Rebels vowed to attack the army base.", "attack", "planned", False),
    ("Rebels tried to attack the army base.", "attack", "planned", False),
    ("Rebels failed to capture the airport.", "capture", "occurred", True),
    ("Rebels refused to surrender.", "surrender", "occurred", True),
    ("Rebels should surrender.", "surrender", "demanded", False),
    ("If rebels attack the army base, the army will respond.", "attack", "hypothetical", False),
    ("If the army advances, it will capture the town from the rebels.", "capture", "hypothetical", False),
    ("The rebels said they would attack the base if the talks failed.", "attack", "planned", False),
    ("The army will capture the town even if the rebels resist.", "capture", "planned", False),
    ("The army captured the town from the rebels, if the general is to be believed.", "captured", "occurred", False),
    ("Did rebels attack the army base?", "attack", "hypothetical", False),
    ("The army denied that it had shelled the village.", "shelled", "denied", False),
    ("The council demanded that the army withdraw from the town.", "withdraw", "demanded", False),
    ("Nobody fired, contrary to earlier reports that rebels had shelled the village.", "shelled", "denied", False),
    ("The council met after reports that rebels had shelled the village.", "shelled", "occurred", False),
    ("The president urged the army to withdraw from the town.", "withdraw", "demanded", False),
    ("The army is shelling the village.", "shelling", "ongoing", False),
    ("Troops are still fighting the rebels.", "fighting", "ongoing", False),
    ("The army has shelled the village.", "shelled", "occurred", False),
    ("The army managed to capture the airport.", "capture", "occurred", False),
    ("The army began shelling the village.", "shelling", "occurred", False),
    ("The minister said that rebels attacked the army base.", "attacked", "occurred", False),
    ("Police foiled an attack on the army base.", "foiled", "occurred", False),
    ("Rebels attacked the army base and captured the airport.", "captured", "occurred", False),
    ("Rebels will attack the army base and capture the airport.", "capture", "planned", False),
    ("The planned attack on the army base worried residents.", "attack", "planned", False),
    ("The minister condemned the attack on the army base.", "attack", "occurred", False),
    ("The envoy demanded an end to the shelling of the port.", "shelling", "ongoing", False),
    ("The envoy called for a halt to the bombing of the port.", "bombing", "occurred", False),
    ("The governor demanded the shelling of the port.", "shelling", "demanded", False),
    ("He planned to kidnap a judge and then use rifles to attack an army base.", "attack", "planned", False),
    ("The rebels used rifles to attack an army base.", "attack", "occurred", False),
    ("The men were charged with killing nine soldiers.", "killing", "possible", False),
    ("The general was charged with the massacre of villagers.", "massacre", "possible", False),
    ("The bus touched off a landmine, setting off an explosion that killed nine soldiers.", "explosion", "occurred", False),
    ("The training includes reacting to attacks by rebels.", "attacks", "hypothetical", False),
    ("The training was halted after attacks by rebels.", "attacks", "occurred", False),
    ("The soldiers trained to respond to attacks by rebels.", "attacks", "hypothetical", False),
    ("The army launched an offensive to recapture the airport.", "recapture", "planned", False),
    ("The army launched an offensive to recapture the airport.", "offensive", "occurred", False),
    ("The army broke the siege of Kobane on Monday.", "siege", "ended", False),
    ("The rebels tried to break the siege of Aleppo.", "siege", "ongoing", False),
    ("The army laid siege to Kobane.", "siege", "occurred", False),
    ("The cause was never made clear, when the army killed nine villagers in the north.", "killed", "occurred", False),
    ("The rebels did not attack the town when the army killed nine villagers.", "killed", "occurred", False),
    ("The rebels did not attack the town when the army killed nine villagers.", "attack", "occurred", True),
]


@pytest.mark.parametrize(("text", "trigger", "status", "negated"), CASES)
def test_status(analyse, text, trigger, status, negated) -> None:
    document = analyse(text)
    events = find_events(document, find_mentions(document), (), (), ())
    found = {document.text[e.start : e.end]: (e.status, e.negated) for e in events}
    assert found.get(trigger) == (status, negated), found
