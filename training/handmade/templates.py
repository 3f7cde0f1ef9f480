"""Sentence patterns of the made data. In a pattern, ``{slot}`` is filled from ``SLOTS`` or by the maker; capital slots become names of that label."""

SLOTS: dict[str, tuple[str, ...]] = {
    "rank": tuple("Gen.|General|Lt. Gen.|Lieutenant General|Maj. Gen.|Major General|Brig. Gen.|Brigadier General|Col.|Colonel|Lt. Col.|Lieutenant Colonel|Maj.|Major|Capt.|Captain|Lt.|Sgt.|Staff Sgt.|Commander|Admiral|Rear Adm.".split("|")),
    "title": tuple("President|Prime Minister|Foreign Minister|Defence Minister|Defense Secretary|Secretary of State|Vice President|Interior Minister|Governor|Mayor|Sheikh|Ayatollah|Imam|Dr|Dr.|Mr|Mr.|Mrs|Ms.|Senator|Ambassador|Special Envoy|"
                   "UN envoy|spokesman|spokeswoman|spokesperson|army spokesman|military spokesman|rebel commander|field commander|activist|analyst|lawyer|journalist|resident|tribal leader|opposition leader|former president|Supreme Leader|King|Crown Prince|Pope|Chancellor".split("|")),
    "job": tuple("a resident|a shopkeeper|a farmer|a teacher|a doctor at the hospital|a local official|a witness|a police officer|a security source|a mother of four|an analyst|a government spokesman|a rebel commander|an aid worker|a member of the provincial council|the deputy governor|a student|"
                 "a senior military official|a local journalist|the head of the local council|a tribal elder|a UN spokeswoman|a lawmaker|a nurse|a taxi driver|the group's spokesman|a human rights activist".split("|")),
    "said": tuple("said|told reporters|announced|claimed|confirmed|reported|added|warned|stated|tweeted|insisted|acknowledged|denied that|alleged that|said on {DATE} that|said in a statement".split("|")),
    "people": tuple("people|civilians|soldiers|fighters|militants|children|women|policemen|insurgents|rebels|troops|villagers|protesters|students|worshippers|refugees|aid workers|passengers|gunmen|prisoners|hostages|police officers|"
                    "peacekeepers|men|members of one family|farmers|miners|others|demonstrators|journalists|medics|conscripts|terrorists|jihadists|suspects|girls|migrants|families".split("|")),
    "killed": tuple("killed|wounded|injured|arrested|captured|abducted|kidnapped|executed|detained|shot dead|beheaded|displaced|ambushed|freed|released|rescued|buried|evacuated".split("|")),
    "took": tuple("captured|seized|retook|recaptured|overran|stormed|took control of|liberated|entered|besieged|surrounded|shelled|bombed|attacked|raided|withdrew from|lost|abandoned|advanced towards|pushed into|cleared|encircled|launched an assault on|pulled out of".split("|")),
    "take": tuple("capture|seize|retake|recapture|overrun|storm|take|enter|besiege|shell|bomb|attack|raid|quit|lose|abandon|advance on|push into|clear|encircle|hold|defend".split("|")),
    "takes": tuple("captures|seizes|retakes|storms|shells|bombs|attacks|raids|loses|hits|strikes|kills {n} in|claims|denies attack on|threatens|condemns attack in|vows to retake".split("|")),
    "site": tuple("a village|a checkpoint|a military base|a convoy|a school|a mosque|a market|positions|a hospital|an army post|a police station|a residential building|a refugee camp|an ammunition depot|a bridge|a weapons cache|farms|a hilltop|an oil field|a border post".split("|")),
    "direction": tuple("north|south|east|west|northeast|northwest|southeast|southwest|north-east|north-west|south-east|south-west".split("|")),
    "side": tuple("northern|southern|eastern|western|central|north-eastern|northeastern|southwestern|rebel-held|government-held|opposition-held|the outskirts of|nearby|war-torn|besieged|the centre of|downtown|rural|neighbouring|the besieged city of|the town of|the village of|the province of|the border town of|the flashpoint city of|{NORP}-controlled".split("|")),
    "of": tuple("city|town|village|province|district|region|state|governorate|county|port city|border town|capital|city centre|countryside".split("|")),
    "thing": tuple("attack|offensive|operation|bombing|ambush|raid|airstrike|air strike|strike|clash|shelling|massacre|explosion|ceasefire|truce|deal|agreement|assault|siege|battle|war|protest|election|meeting|visit|withdrawal|advance|investigation|evacuation".split("|")),
    "month": tuple("January|February|March|April|May|June|July|August|September|October|November|December".split("|")),
    "mon": tuple("Jan.|Feb.|Aug.|Sept.|Oct.|Nov.|Dec.|March|April|May|June|July".split("|")),
    "day": tuple("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday".split("|")),
    "d": tuple(str(n) for n in range(1, 31)),
    "year": tuple(str(n) for n in range(1979, 2027)),
    "n": tuple("two|three|four|five|six|seven|eight|nine|ten|a dozen|12|13|15|17|18|20|21|25|27|30|34|40|43|45|50|60|70|80|97|100|120|150|200|300|500|700|1,000|1,200|2,000|3,500|5,000|10,000|11,500|20,000|45,000|100,000".split("|")),
    "big": tuple("1.5|2|2.3|3|4.5|5|6.5|7|10|12|13.1|20|100|350|500".split("|")),
    "clock": tuple("9 a.m.|10:30 am|3pm|5:45 p.m.|06:00|2200 local time|11 p.m.|4 am|midnight|noon|dawn|9:30 pm|0600 GMT|13:00".split("|")),
    "daypart": tuple("morning|afternoon|evening|night".split("|")),
    "few": tuple("two|three|four|five|six|several|a few|10|20".split("|")),
    "span": tuple("days|weeks|months|years".split("|")),
    "date": ("{day}", "{day}", "{day}", "{d} {month}", "{month} {d}", "{mon} {d}", "{month} {d}, {year}", "{d} {month} {year}", "{mon} {d}, {year}", "{month} {year}", "{year}", "{year}", "{day}, {month} {d}", "last week", "last month", "last year", "this week", "this year",
             "next month", "yesterday", "today", "tomorrow", "{few} {span} ago", "last {day}", "early {month}", "late {year}", "mid-{month}", "{day} {month} {d}", "the past {few} {span}", "the weekend", "the 1990s", "{few} {span}", "{day} the {d}th", "11-13 {month}", "the summer of {year}"),
    "time": ("{clock}", "{clock}", "{day} {daypart}", "{day} {daypart}", "overnight", "this {daypart}", "{few} hours", "last night", "the early hours of {day}", "the past 24 hours", "48 hours", "late {day}", "early {day}", "the {daypart}"),
    "money": ("${big} million", "${big} billion", "${big}bn", "{n} dollars", "€{big} million", "£{big}m", "US${big} million", "{n} euros", "${n}", "{big} million dollars", "${big}m"),
    "percent": ("{big} percent", "{big} per cent", "{big}%", "{n} percent", "{n}%"),
    "distance": ("{n} km", "{n} kilometres", "{n} kilometers", "{n} miles", "{n} metres", "{n}km", "about {n} kilometres"),
    "area": ("{n} square kilometres", "{big} percent", "{n}%", "{n} square miles", "{n} sq km"),
    "on": ("on {DAY}", "on {DAY}", "on {DAY}", "{LATELY}", "in {MONTH}"),
    "onn": ("On {DAY}", "On {DAY}", "In {MONTH}", "{LATELY}"),
    "at": ("at {CLOCK}", "{SPELL}", "before {CLOCK}"),
    "att": ("At {CLOCK}", "At around {CLOCK}", "By {CLOCK}"),
    "DAYS": ("{day}", "{day}", "{d} {month}", "{month} {d}", "{mon} {d}", "{month} {d}, {year}", "{d} {month} {year}", "{mon} {d}, {year}", "{day}, {month} {d}", "{day} {d} {month} {year}", "{d}/{d}/{year}"),
    "MONTHS": ("{month}", "{month} {year}", "{year}", "late {year}", "mid-{month}", "early {month}", "the summer of {year}"),
    "LATELYS": ("last week", "last month", "last year", "this week", "yesterday", "{few} {span} ago", "last {day}", "earlier this month", "this month", "over the weekend"),
    "SPELLS": ("overnight", "{day} {daypart}", "this {daypart}", "last night", "late {day}", "early {day}", "in the early hours"),
    "whoms": ("{people}", "{people} and {n1} {people}", "{NORP} {people}"),
    "n1": ("{QN}",),
    "who": ("{TITLED}", "{TITLED}", "{PERSON}", "{PERSON}, {job}", "{FORCE} spokesman {PERSON}", "{NORP} {title} {PERSON}", "{rank} {PERSON}", "{job}", "{NORP} officials", "{ORG}", "{ORG} spokesman {PERSON}", "the {ORG}"),
    "TITLED": ("{rank} {PERSON}", "{title} {PERSON}", "{rank} {PERSON}, {job}", "{PERSON}, {title} of {ORG}", "{PERSON}, the {title}", "{PLACE}'s {title} {PERSON}", "{NORP} {rank} {PERSON}"),
    "side2": ("{FORCE}", "{FORCE}", "the {FORCE}", "the {FORCE}", "{NORP} forces", "{NORP} troops", "{NORP}-backed forces", "{PLACE}-backed rebels", "government forces", "rebels", "the rebels", "the {NORP} army", "{FORCE} fighters", "{FORCE} militants", "the {FORCE} ({ACRO})",
              "{NORP} warplanes", "pro-government militias", "suspected {FORCE} militants", "the {PLACE}-led coalition", "{FORCE} and {FORCE}", "gunmen", "{NORP} soldiers", "local militias"),
    "where": ("{PLACE}", "{PLACE}", "{side} {PLACE}", "{PLACE}, {PLACE}", "{PLACE} {of}", "{PLACE}'s {PLACE} {of}", "the {PLACE} area", "{FACILITY}", "{FACILITY} in {PLACE}", "{PLACE} near the {NORP} border", "the {of} of {PLACE}", "{PLACE} and {PLACE}"),
}

SENTENCES = """
{side2} {took} {where} {ON}, {who} said.
{side2} {took} {where} after {DATE} of fighting.
{side2} {took} {site} near {PLACE}, {QN} km {direction} of {PLACE}, {said} {who}.
{side2} have {took} {where}, according to {who}.
At least {QN} {whoms} were {killed} in {where} {ON} when {side2} {took} {site}.
{QN} {people} were {killed} and {QN} others wounded in a {thing} in {where}, {ORG} reported.
The {thing} {killed} {QN} {people}, including {QN} {people}, {who} told {ORG}.
{who} said that {side2} fired {WEAPON} at {site} in {where}.
{side2} used {WEAPON} and {WEAPON} against {side2} near {where}.
A {WEAPON1} exploded outside {FACILITY} in {PLACE} {ON}, killing {QN} {people}.
{who} denied that {side2} had {took} {where}.
{who} accused {side2} of {WEAPON} attacks on {where}.
{NORP} {title} {PERSON} met {NORP} {title} {PERSON} in {PLACE} {ON} to discuss the {thing}.
"{quote}," said {who}.
"{quote}," {who} {said}, adding that {side2} {took} {where}.
“{quote},” {who} told {ORG}. “{quote}.”
{PERSON}, {job} in {PLACE}, said {QN} {people} had fled to {PLACE} since {DATE}.
More than {QN} {people} have been displaced from {PLACE} and {PLACE} since {DATE}, {ORG} said.
The {ORG} ({ACROORG}) said it had delivered aid worth {MONEY} to {QN} {people} in {where}.
{ORG} says {QN} {people} in {where} need help.
{FORCE} claimed responsibility for the {thing} in {PLACE}, {ORG} reported.
In a statement on {MEDIUM}, the {FORCE} said its fighters had {took} {where} and destroyed {QN} {WEAPON}.
The {PLACE}-backed {FORCE} ({ACRO}) {took} {PLACE} from {FORCE} {ON}.
{PLACE}-backed {FORCE} fighters {took} {PLACE}.
{NORP}-led {FORCE} and {NORP} troops {took} {where}.
{FORCE}-held {PLACE} was hit by {WEAPON} {AT}, {who} said.
The {thing} began {AT} {ON} and lasted {TIME}.
{Att}, {side2} {took} {site} in {where}.
Since {DATE}, {side2} has {took} {AREA} of {PLACE} {of}.
{EVENT} began in {DATE}, when {side2} {took} {where}.
{PERSON} commanded {side2} during the {EVENT}.
Under the {TREATY}, {side2} must leave {PLACE} by {DATE}.
{who} said the {thing} violated the {TREATY}.
{PERSON} was born in {PLACE} in {DATE} and joined {FORCE} in {DATE}.
{PERSON} ({PERSON}), a {NORP} citizen, was {killed} in {where}.
{rank} {PERSON} of the {FORCE} and {PERSON} of {ORG} visited {FACILITY}.
{PEOPLES} and {PEOPLES} have fought over {PLACE} since {DATE}.
{PEOPLES} in {PLACE} fear a return of {FORCE}.
{QN} {NORP} soldiers, {QN} {NORP} {people} and {QN} {PEOPLES} died.
{side2}, backed by {NORP} air strikes, {took} {where}.
{NORP} {WEAPON} struck {where}, {DISTANCE} from {PLACE}, {who} said.
The {FORCE}, known as {ACRO}, {took} {where}.
The {FORCE}, formerly known as {FORCE}, is led by {PERSON}.
{FORCE} leader {PERSON} called on {PEOPLES} to fight {FORCE}.
{ORG} correspondent {PERSON}, reporting from {PLACE}, said {side2} {took} {where}.
{PLACE} ({ORG}) - {side2} {took} {where} {ON}, {who} said.
{PLACE}, {DATE} ({ORG}) — {QN} {people} were {killed} in {where} {ON}.
{PLACECAPS}, {PLACE} ({ORG}) — {side2} {took} {where}.
{PLACECAPS} (AFP) - {who} said {DATE} that {side2} {took} {where}.
Reporting by {PERSON} in {PLACE}; Editing by {PERSON} and {PERSON}
By {PERSON} and {PERSON}
By {PERSON}, {ORG}
{PERSON} in {PLACE} contributed to this report.
Additional reporting by {PERSON}
(Reporting by {PERSON}; editing by {PERSON})
Photo: {PERSON}/{ORG}
{NORP} soldiers stand guard at {FACILITY} in {PLACE}, {DATE}. Photograph: {PERSON}/{ORG}
{people} stand near a burnt vehicle after {WEAPON} hit {PLACE}, {PLACE}, {ON}. ({PERSON}/{ORG})
FILE PHOTO: {FORCE} fighters ride on {WEAPON} in {PLACE}, {PLACE} {DATE}. {ORG}/{PERSON}
A still image taken from video shows {WEAPON} near {PLACE}, {DATE}.
Smoke rises over {PLACE} after {NORP} {WEAPON} strikes, {DATE} [{PERSON}/{ORG}]
{Side} {take} {PLACE}
{Side} {take} {PLACE} as {side2} retreat
{FORCE} {takes} {PLACE}
{FORCE} {takes} {PLACE}, {ORG} says
{PLACE}: {QN} killed in {FORCE} attack
{QN} killed as {WEAPON} hit {PLACE} {of}
{PLACE} {thing} leaves {QN} dead
{NORP} {title} {PERSON} visits {PLACE}
{ORG} warns of famine in {PLACE}
{PLACE} war: {FORCE} {takes} {PLACE}
{PLACE}'s {PERSON} rejects {PLACE} truce
What we know about the {PLACE} {thing}
US-backed {FORCE} {take} {PLACE} from {FORCE}
{NORP}-backed rebels {take} {PLACE}
{FORCE} says {QN} {people} killed near {PLACE}
Near {PLACE}, {QN} strikes engaged {QN} {FORCE} tactical units and destroyed {QN} fighting positions and {QN} {WEAPON}.
Near {PLACE}, a strike destroyed an {FORCE} vehicle and {QN} {WEAPON}.
* Near {PLACE}, {QN} strikes suppressed {QN} {FORCE} mortar positions.
- {PLACE}: {side2} {took} {site}; {QN} {people} {killed}.
• {DATE}: {side2} {took} {where}.
{DATE} – {side2} {took} {where}; {FORCE} claimed the {thing}.
{Onn}, in {PLACE}, {PLACE}, {side2} {took} {site}, killing {QN} {people}.
Around {DATE} (as reported), {side2} {took} {where} ({PLACE}, {PLACE}).
The {ORG} said in a statement that {NORP} forces had shot down {QN} {WEAPON} over {PLACE} and {PLACE}.
The {NORP} {ORG} said its forces had destroyed {QN} {WEAPON} in {PLACE} {of}.
The {NORP} government and the {FORCE} signed the {TREATY} in {PLACE} {ON}.
The {NORP} foreign ministry summoned the {NORP} ambassador {ON}.
{NORP} President {PERSON} and his {NORP} counterpart {PERSON} agreed to a {thing}.
{title} {PERSON} said he would attend the {EVENT} in {PLACE}.
{who} urged the {ORG} to condemn the {thing}.
The {ORG} voted {QN} to {QN} to extend the mandate of {FORCE} in {PLACE}.
{ORG}, {ORG} and {ORG} condemned the {thing} in {where}.
{FORCE}, {FORCE} and {FORCE} clashed in {PLACE}, {PLACE} and {PLACE}.
{PLACE}, {PLACE} and {PLACE} backed the {thing}, while {PLACE} opposed it.
Clashes between {FORCE} and {FORCE} broke out in {PLACE} {ON}.
Fighting between {side2} and {side2} has killed {QN} {people} since {DATE}.
The {FORCE} commander, {rank} {PERSON}, was {killed} in {where}.
{PERSON}, who led the {FORCE} in {PLACE}, surrendered to {NORP} forces {ON}.
{PERSON} al-Tunisi, an {FORCE} emir, was {killed} by a {NORP} drone near {PLACE}.
A court in {PLACE} sentenced {PERSON} to {QN} years in prison over the {thing} in {PLACE}.
{QN} {people} were treated at {FACILITY}, {who} said.
{side2} control {FACILITY} and the road between {PLACE} and {PLACE}.
{FACILITY} was damaged by {WEAPON} {ON}.
A suicide bomber driving a {WEAPON1} attacked {FACILITY}.
{side2} seized {QN} {WEAPON} and {QN} {WEAPON} at {FACILITY}.
{NORP} air defences intercepted {QN} of {QN} {WEAPON} launched {AT}.
Residents reached by phone in {PLACE} said {side2} had {took} {where} {AT}.
He told {ORG} he had not been paid for {DATE}.
She said her brother {PERSON} had disappeared in {PLACE} in {DATE}.
Mr {PERSONL} said he would not negotiate with {FORCE}.
{PERSONL} said he had no comment.
{PERSONL}, who took office in {DATE}, denied it.
{PERSONL} and {PERSONL} spoke by telephone {ON}.
It was not possible to verify the claim independently.
There was no immediate comment from the army.
The fighters fled to the hills, leaving their wounded behind.
Thousands of people took to the streets to demand that he step down.
The army did not give further details.
They have been living in tents without water or electricity.
Nobody claimed responsibility for the attack, which came as talks were due to begin.
Schools and shops were closed and the streets were empty.
{ORG} beat {ORG} {QN}-{QN} in the {EVENT} {ON}.
{ORG} shares fell {PERCENT} after the company said it would cut {QN} jobs.
{PERSON} scored twice as {PLACE} beat {PLACE} in {PLACE}.
{ORG} launched a new phone in {PLACE} {ON}.
The {PERSON} family won its battle with {ORG} over the house.
{PERSON} wrote a book about the {EVENT}.
{PERSON} of the University of {PLACE} studies the {NORP} economy.
The price of oil rose {PERCENT} to {MONEY} a barrel {ON}.
Temperatures in {PLACE} reached {QN} degrees {ON}.
{PERSON}, {QN}, from {PLACE}, said: "{quote}."
{NORP} and {NORP} officials will meet in {PLACE} {DATE} for the {EVENT}.
The {TREATY}, adopted in {DATE}, calls for a {thing} in {PLACE}.
{who} spoke in {LANGUAGE} and {LANGUAGE}.
{FORCE} (also known as {FORCE}, {ACRO} or {FORCE}) {took} {PLACE}.
{PLACE}'s {FORCE} and {NORP} {FORCE} fought over {PLACE} {of}, {PLACE} {of}.
Members of {FORCE}'s {FORCE} were {killed}.
{FORCE}’s leader, {PERSON}, fled {PLACE} for {PLACE} in {DATE}.
{PLACE}’s {ORG} said {FORCE} fired {QN} {WEAPON} towards {PLACE}.
The {thing} on {PLACE}, a {of} of {QN} people, was the worst since the {EVENT}.
{side2} {took} {where} late {ON}, a day after {side2} {took} {where}.
ISIL fighters in {PLACE} and Daesh cells in {PLACE} were hit by coalition aircraft.
Coalition forces conducted {QN} strikes against {FORCE} targets in {PLACE} and {PLACE}.
Syrian Arab Army units {took} {where}, {ORG} reported.
The regime used {WEAPON} on {PLACE} in {DATE}, {ORG} said.
{PERSON}, a spokesman for the {FORCE} known as {ACRO}, said {side2} {took} {PLACE}.
""".strip().split("\n")

QUOTES = """
We will not leave our land
They came at night and took my son
The situation is very bad
There is no military solution to this conflict
Our forces control all of {PLACE}
We have lost everything
{FORCE} has no future in {PLACE}
The world must act now
This is a clear violation of the {TREATY}
We heard {WEAPON} and then silence
Nobody is safe here
The people of {PLACE} deserve better
We call on {PLACE} to stop arming {FORCE}
I have not slept for days
{PERSONL} must go
The {NORP} people will resist
They killed {QN} of our men
We condemn this cowardly attack
There were bodies in the street
We are ready to talk
""".strip().split("\n")
