"""How far a text reaches: of how many, of whom, in what setting, in whose words; three invented reviews."""

from __future__ import annotations

import pytest

from evidencelint.engine import Linter
from evidencelint.factbase.load import parse_facts
from evidencelint.rules import select
from tests.helmets import warned

TUTORING = """
sources: [{key: haugen2023}]
vocabulary:
  arm:
    tutoring: [small-group tutoring, tutoring, tutored pupils, tutored]
    usual: [usual teaching, ordinary lessons]
    online: [online tutoring, tutoring online]
  measure:
    maths: [mathematics scores, maths scores, mathematics, maths]
    attendance: [attendance, days attended]
    confidence: [confidence]
    cost: [cost, costs, cost per pupil]
    workload: [workload, hours of preparation]
  population:
    primary: [primary pupils, primary schools]
    secondary: [secondary pupils, secondary schools]
contrasts:
  - [primary, secondary]
  - [tutoring, usual]
facts:
  - id: maths
    quote: In nine trials, small-group tutoring raised mathematics scores by 0.24 standard deviations.
  - id: some-tutors
    quote: Some tutors found the sessions too short.
  - id: many-pupils
    quote: Many pupils said that tutoring gave them more confidence.
  - id: attendance
    quote: In a survey, 38% of tutored pupils attended at least nine sessions in ten.
  - id: retained
    quote: Most pupils kept their gains for six months.
  - id: simulation
    quote: In a simulation of timetables, online tutoring cut the hours of preparation by 15%; no school has tried it.
  - id: lab
    quote: In a laboratory experiment, pupils who explained their answers aloud solved a third more problems.
  - id: cohort
    quote: In a cohort of 4,100 pupils, tutored pupils were absent less often than others.
  - id: referred
    quote: Among pupils referred by their schools, between 20% and 35% had difficulties with numbers.
  - id: funding
    quote: The review was funded by the education ministry of Norway.
  - id: add-on
    quote: The authors recommend tutoring as an addition to ordinary lessons, not in place of them.
  - id: trials-next
    quote: The authors call for trials of online tutoring in secondary schools.
  - id: excluded
    quote: Pupils with hearing loss were excluded from most trials.
  - id: oneyear
    quote: None of the trials followed pupils for longer than one year.
  - id: costs
    quote: Tutoring cost £210 per pupil a year.
  - id: groups
    quote: Groups of three pupils gained as much as groups of five.
  - id: rated
    quote: Confidence was rated by the pupils themselves.
  - id: harms
    quote: Two trials reported harms; a few pupils felt singled out, and none of these harms was serious.
  - id: lapses
    quote: Sessions were cancelled in several schools because rooms were missing.
"""
TUTORING_FAITHFUL = [
    "The authors caution that pupils' confidence rests on what they themselves reported.",
    "All tutored pupils were pupils whose schools had agreed to take part.",
    "The review looked at all the trials it could find.",
    "All in all, tutoring looks like money well spent on mathematics.",
    "Every pupil costs £210 a year to tutor.",
    "Most of what we know about tutoring comes from nine trials of mathematics.",
    "Each of the sessions was led by a tutor, and some tutors thought them too short.",
    "Everyone I spoke to at the fair wanted tutoring for their children.",
    "Not all pupils came to every session: 38% were there for at least nine in ten.",
    "Every tutored child sits with two to four others.",
    "In every group, of three or of five pupils, the gains were alike.",
    "No trial kept watching for more than a year.",
    "The trials have all ended within a year.",
    "Many a pupil grew surer of themselves with a tutor.",
    "Tutoring, the authors write, should come on top of lessons.",
    "They would not have it take the place of ordinary lessons.",
    "What the review wants next is trials of online tutoring for secondary pupils.",
    "Pupils who are hard of hearing were left out of most of the trials.",
    "A simulation suggests that tutoring online might save 15% of preparation time.",
    "On paper, a timetable run through a computer lost 15% of its preparation hours once tutors worked online.",
    "In the lab, thinking aloud helped pupils solve a third more problems.",
    "Of those whom schools had sent for help, up to 35% struggled with numbers.",
    "The ministry of education in Norway paid for the work.",
    "Women make up most of the country's teachers, by the way.",
    "Older children may well prefer to work alone, but that is my own guess.",
    "The two groups of three and five did equally well.",
    "Do women make better tutors than men? The review does not say.",
    "We have younger pupils this year than last.",
    "The review says nothing on whether girls gain more than boys.",
    "Whether girls do better than boys is not known.",
    "Most pupils still held on to what they had gained half a year on.",
    "None of the harms was grave.",
    "A few pupils felt stared at.",
    "Rooms were lacking in several schools, and lessons fell through.",
    "The authors admit that hardly anyone was followed beyond twelve months.",
    "Tutors in all nine trials taught mathematics.",
    "Everybody in our school gets the same offer.",
    "Nobody in these trials was followed past the first year.",
    "The pupils marked their own confidence, so take it with a pinch of salt.",
    "According to the review, children who had a tutor also turned up more, though that comes from a cohort.",
    "The authors point out that rooms ran short in several schools.",
    "The review reminds us that a school must find a quiet corner first.",
    "Haugen's team stress that the ministry had no say in what they wrote.",
    "All the children in our town will be offered tutoring from May.",
    "All of this rests on nine trials.",
    "All tutors are trained for two days at our school.",
    "Most schools in our county already have a spare room.",
    "At most schools, the review reckons, a tutor costs £210 a pupil.",
    "The youngest pupils in our school will go first.",
    "Boys and girls alike will be offered tutoring.",
    "The review recommends tutoring alongside lessons rather than instead of them.",
    "The authors would add it to lessons, not replace them.",
    "In practice, a tutor takes three to five pupils at a time.",
    "In the field of mathematics, nine trials point the same way.",
    "Every study in the review was about mathematics or attendance.",
    "In real life nobody has yet tried what the simulation did.",
    "A cohort study, in which nobody was randomised, found fewer absences among the tutored.",
    "Older pupils were no part of this.",
    "The largest effect was on mathematics.",
]
TUTORING_FAULTY = [
    ("Girls gained more from tutoring than boys did.", [("unsupported-effect", "more from tutoring than")]),
    ("Children from poorer homes benefited most.", [("unsupported-effect", "most")]),
    ("The review reports that tutored pupils slept better at night.", [("unsupported-effect", "slept")]),
    (
        "Tutored pupils, the authors add, quarrelled less with their brothers and sisters.",
        [("unsupported-effect", "less")],
    ),
    ("All tutors found the sessions too short.", [("quantifier-widened", "All")]),
    ("Every pupil said that tutoring gave them more confidence.", [("quantifier-widened", "Every")]),
    ("Everyone kept their gains for six months.", [("quantifier-widened", "Everyone")]),
    ("All pupils kept their gains for at least six months.", [("quantifier-widened", "All")]),
    (
        "In everyday school life, online tutoring cuts the hours of preparation by 15%.",
        [("setting-widened", "In everyday")],
    ),
    (
        "In the classroom, pupils who explained their answers aloud solved a third more problems.",
        [("setting-widened", "In the classroom")],
    ),
    (
        "In the general population, 20% to 35% of pupils have difficulties with numbers.",
        [("setting-widened", "general population")],
    ),
    ("The authors recommend tutoring in place of ordinary lessons.", [("contradicted-statement", "in place of")]),
    ("The authors would have tutoring replace ordinary lessons.", [("contradicted-statement", "replace")]),
    ("Pupils with hearing loss have been shut out of every trial.", [("quantifier-widened", "every")]),
    ("Pupils with hearing loss were excluded from all trials.", [("quantifier-widened", "all")]),
    ("Sessions were cancelled in every school because rooms were missing.", [("quantifier-widened", "every")]),
    ("The review concludes that tutoring also makes pupils kinder to animals.", [("unsupported-effect", "makes")]),
]
BUSES = """
sources: [{key: sato2024}]
vocabulary:
  arm:
    lanes: [bus lanes, bus lane]
    free: [free fares, fare-free travel, free travel]
    fares: [ordinary fares, paying passengers]
  measure:
    ridership: [ridership, passengers carried, passenger numbers, trips by bus]
    speed: [bus speed, speed of buses, journey time, journey times]
    collisions: [collisions, crashes]
    emissions: [emissions, carbon dioxide]
    satisfaction: [satisfaction, satisfied]
  population:
    cities: [cities, city]
    drivers: [bus drivers]
    pensioners: [pensioners, older passengers]
facts:
  - id: lanes-speed
    quote: In eleven of the fourteen cities, journey times fell after bus lanes had been opened.
  - id: free-ridership
    quote: Free fares raised ridership by 21% on average (95% CI 12% to 30%).
  - id: from-walking
    quote: About half of the new trips by bus had been made on foot or by bicycle before.
  - id: drivers-felt
    quote: Several bus drivers reported more quarrels on board, and few had been trained for them.
  - id: satisfied
    quote: In the passenger survey, 64% were satisfied with free travel.
  - id: crashes
    quote: Crashes became rarer in most cities, but not in all.
  - id: none-suburb
    quote: None of the studies looked at suburbs.
  - id: pensioners
    quote: Pensioners made 0.8 more trips a week under free travel.
  - id: costs
    quote: Two of the five schemes were given up for lack of money.
  - id: cohort
    quote: The estimate for emissions rests on a single city.
  - id: limits
    quote: Most of the studies followed cities for less than two years.
  - id: usually
    quote: Bus lanes were usually opened on roads that had three lanes before.
  - id: advice
    quote: The authors advise cities to open bus lanes before they make travel free.
  - id: volunteers
    quote: All of the cities had volunteered for the scheme.
"""
BUSES_FAITHFUL = [
    "All of the cities had put themselves forward for the scheme.",
    "Every city that took part had asked to.",
    "In all, fourteen cities opened bus lanes, and buses sped up in eleven.",
    "All the same, journey times fell in eleven of fourteen cities.",
    "Crashes became rarer in most of the cities, though in some they did not.",
    "In nearly all of the city centres that I know, crashes are on the wane.",
    "Most passengers surveyed, 64% of them, were satisfied with free travel.",
    "Most of those asked liked travelling for nothing.",
    "Everyone may ride, whether they hold a ticket or not.",
    "Not everyone was satisfied with free travel.",
    "A bus lane needs a road of three lanes, as a rule.",
    "Roads on which bus lanes were opened had three lanes for the most part.",
    "All buses in our town are electric.",
    "Each of the fourteen cities opened at least one bus lane.",
    "All passengers travel free under the scheme.",
    "Every passenger counts as one trip.",
    "All new trips were counted, and about half had been made on foot or by bike.",
    "Of all new bus trips, about half replaced walking or cycling.",
    "Half of all the added trips were once walked or cycled.",
    "Most trials of free fares saw ridership go up, by 21% on average.",
    "No study had a look at suburbs.",
    "Nobody has studied the suburbs.",
    "Some of the drivers had more rows on board.",
    "Few drivers had any training for quarrels.",
    "All five schemes were paid for by the state, and two were given up.",
    "Three of five schemes are still running.",
    "Most of the schemes went on.",
    "Older passengers rode a little more often once it was free.",
    "Pensioners travelled 0.8 times more a week.",
    "The authors say that fares should go only once the bus lanes are in.",
    "First the lanes, then the free tickets: that is what the authors advise.",
    "The review notes that half of the new riders used to walk or cycle.",
    "The review adds that drivers had more rows to settle, with little training to help.",
    "The authors warn that the figure for emissions leans on one city.",
    "The authors report that three in five schemes survived.",
    "The paper finds that buses got quicker in eleven places out of fourteen.",
    "The authors note that most cities were watched for under two years.",
    "In practice, three-lane roads are where bus lanes go.",
    "On the road, that makes a difference to journey times in eleven cities of fourteen.",
    "The youngest of the schemes began in 2021.",
    "Older studies looked at fewer cities.",
    "Men and women alike were counted as passengers.",
    "The authors do not say whether women gain more than men.",
    "Poorer cities were as free to volunteer as rich ones.",
    "Free travel did better with passengers than bus lanes alone, if you ask me.",
    "Drivers gained little but quarrels.",
    "Everybody rides free on Sundays in our town.",
    "The council wants every bus lane to be open by May.",
    "Every driver in the depot has had the training.",
    "Passengers were mostly satisfied, 64% of them.",
    "Cities without exception had applied to take part.",
    "The only estimate of emissions comes from one city.",
    "It is the largest survey of passengers so far, I am told.",
]
BUSES_FAULTY = [
    ("In all fourteen cities, journey times fell after bus lanes had been opened.", [("quantifier-widened", "all")]),
    ("Journey times fell in every city that opened bus lanes.", [("quantifier-widened", "every")]),
    ("Crashes became rarer in all cities.", [("quantifier-widened", "all")]),
    ("All bus drivers reported more quarrels on board.", [("quantifier-widened", "All")]),
    ("All passengers in the survey were satisfied with free travel.", [("quantifier-widened", "All")]),
    ("All of the new trips by bus had been made on foot or by bicycle before.", [("quantifier-widened", "All")]),
    ("All of the studies followed cities for less than two years.", [("quantifier-widened", "All")]),
    ("The review reports that free fares lifted the takings of shops.", [("unsupported-effect", "lifted")]),
    ("The authors warn that free travel attracts more fare dodgers to trams.", [("unsupported-effect", "attracts")]),
    ("Women gained more from free travel than men did.", [("unsupported-effect", "more from free travel than")]),
    ("Some studies looked at suburbs.", [("direction-mismatch", "Some")]),
]
WORDS = """
sources: [{key: haugen2023}]
vocabulary:
  arm:
    tutoring: [small-group tutoring, tutoring, tutored pupils]
    pump: [heat pump, heat pumps]
    drug: [velorin]
  measure:
    maths: [mathematics scores, maths scores, mathematics, maths]
    pain: [back pain, pain]
    harms: [harms, side effects]
facts:
  - id: maths
    quote: In nine trials, small-group tutoring raised mathematics scores by 0.24 standard deviations.
  - id: pain
    quote: Velorin reduced back pain in the short term.
  - id: harms
    quote: Side effects of velorin were rare and mild, and none was severe.
  - id: pump
    quote: Heat pumps used less energy than boilers.
"""
WORDS_FAITHFUL = [
    "Tutoring proved popular with parents.",
    "Tutoring proved hard to organise in small schools.",
    "Tutoring has proved cheaper than we thought.",
    "Heat pumps proved noisier than expected.",
    "Randomised trials of tutoring are the gold standard.",
    "For good reason, the authors looked at tutoring alone.",
    "For life in a cold house, a heat pump is a change.",
    "The employer says lasting gains from tutoring are proven.",
    "The vendor claims that velorin cures back pain.",
    "My neighbour swears that velorin cured her back pain.",
    "A poster in the hall promised a miracle from tutoring.",
    "An earlier title, Velorin cures back pain, was dropped.",
    "Velorin cures pain, so runs the slogan, but the trials show only short-term relief.",
    "That velorin cures back pain is not what the authors say.",
    '"Velorin cures back pain" is nowhere in the review.',
    "The review does not prove that tutoring works for everyone.",
    "Nine in ten patients on velorin: no side effects at all.",
    "Six trials eliminated pupils who missed the first test of mathematics.",
    "With tutoring, three pupils disappeared from the register before the second test.",
    "Tutoring is no miracle.",
    "No side effects of velorin were severe.",
    "Is velorin safe?",
    "Whether velorin is safe in pregnancy is unknown.",
    "It would be wrong to call velorin a cure.",
    "Nobody should call velorin a breakthrough.",
    "Velorin has yet to prove itself in long trials.",
    "It remains to be proved that velorin helps in the long run.",
    "The claim that tutoring works for everyone is unproven.",
    "The burden of proof lies with those who sell velorin.",
    "A cure for back pain is what everyone hopes for from velorin.",
    "There is no cure for back pain, and velorin is none.",
    "The hope is that velorin will eliminate back pain one day.",
    "To make sure the heat pump is safe, have it serviced.",
    "A safe place for the heat pump is a must.",
    "Heat pumps must be safe to touch.",
    "The authors warn that velorin is not free of side effects.",
]
WORDS_FAULTY = [
    ("Velorin cures back pain.", [("absolute-claim", "cures")]),
    ("Velorin is completely safe.", [("absolute-claim", "completely safe")]),
    ("Velorin has no side effects.", [("absolute-claim", "no side effects")]),
    ("Tutoring is proven to raise mathematics scores in all pupils.", [("absolute-claim", "proven")]),
    ("Heat pumps are a silver bullet for energy use.", [("absolute-claim", "silver bullet")]),
    ("Velorin eliminates back pain.", [("absolute-claim", "eliminates")]),
    ("Scientists have proved that velorin works.", [("absolute-claim", "proved")]),
    ("The review shows that velorin is a miracle drug.", [("absolute-claim", "miracle")]),
    ("The relief from velorin is permanent.", [("absolute-claim", "permanent")]),
    ("Tutoring works for everyone.", [("absolute-claim", "works for everyone")]),
]

REVIEWS = {"tutoring": TUTORING, "buses": BUSES, "words": WORDS}
FAITHFUL = [
    *(("tutoring", text) for text in TUTORING_FAITHFUL),
    *(("buses", text) for text in BUSES_FAITHFUL),
    *(("words", text) for text in WORDS_FAITHFUL),
]
FAULTY = [
    *(("tutoring", *fault) for fault in TUTORING_FAULTY),
    *(("buses", *fault) for fault in BUSES_FAULTY),
    *(("words", *fault) for fault in WORDS_FAULTY),
]


@pytest.fixture(scope="module")
def linters() -> dict[str, Linter]:
    return {name: Linter(parse_facts(facts, "facts.yaml", None), select()) for name, facts in REVIEWS.items()}


@pytest.mark.parametrize(("review", "text"), FAITHFUL)
def test_what_reaches_no_farther_than_its_facts_is_left_alone(
    review: str, text: str, linters: dict[str, Linter]
) -> None:
    assert warned(linters[review], text) == []


@pytest.mark.parametrize(("review", "text", "expected"), FAULTY)
def test_what_reaches_too_far_is_reported(
    review: str, text: str, expected: list[tuple[str, str]], linters: dict[str, Linter]
) -> None:
    assert warned(linters[review], text) == expected
