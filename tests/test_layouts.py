"""Words that a text holds without asserting them, by its headings, lists, tables and links; two invented reviews."""

from __future__ import annotations

import pytest

from evidencelint.engine import Linter
from evidencelint.factbase.load import parse_facts
from evidencelint.rules import select
from tests.helmets import warned

STREETS_AND_SCHOOLS = """
sources: [{key: moreau2023}]
vocabulary:
  arm:
    bikes: [cargo bikes, cargo bike, bikes]
    vans: [vans, diesel vans, van]
    bans: [phone bans, phone ban, banning phones]
    oats: [oat fibre, oats, oat bran]
    wheat: [wheat fibre, wheat bran]
  measure:
    noise: [noise, street noise]
    emissions: [emissions, CO2 emissions]
    injuries: [injuries, injury]
    grades: [grades, test scores]
    bullying: [bullying]
    cholesterol: [cholesterol, LDL]
    bloating: [bloating]
    satisfaction: [satisfaction, satisfied]
    sleep: [sleep, slept better]
    mood: [mood, better mood]
  population:
    couriers: [couriers, riders]
    pupils: [pupils, students]
    adults: [adults]
    children: [children]
contrasts:
  - [bikes, vans]
  - [oats, wheat]
  - [adults, children]
facts:
  - id: emissions
    quote: Cargo bikes may reduce emissions in city centres.
  - id: kind
    quote: This narrative review gathers earlier trials and adds none of its own.
  - id: no-trial
    quote: No trial of phone bans in primary schools has been done.
  - id: satisfied
    quote: In the survey, 67% of couriers were satisfied with cargo bikes and 32% with vans.
  - id: injuries
    quote: Injuries were reported by 43 couriers (8.4%), and none was severe.
  - id: bullying
    quote: In one large survey, phone bans were associated with less bullying among pupils.
  - id: grades
    quote: Phone bans did not raise grades.
  - id: oats
    quote: Oat fibre lowered LDL cholesterol by 7% in adults.
  - id: bloating
    quote: Bloating was reported by 21% with oat fibre and by 20% with wheat fibre.
  - id: wellbeing
    quote: In the follow-up of pupils, 62% slept better, 74% reported better mood and 66% higher satisfaction.
  - id: thoughts
    quote: Before the scheme about 87% of couriers had ever been injured, and 37% had been injured severely.
  - id: excluded
    quote: Children were excluded from the trials of oat fibre.
  - id: promise
    quote: Oat fibre shows promise for children with high cholesterol.
  - id: cost
    quote: A cargo bike costs about $9,000 a year to run.
  - id: guideline
    quote: The review is not a guideline.
  - id: effects
    quote: It is hypothesised that less noise lets residents sleep better.
  - id: volumes
    quote: Bone density is lower in those who eat no oats than in healthy adults.
"""
CODE_AND_HOMES = """
sources: [{key: adeyemi2024}]
vocabulary:
  arm:
    pairing: [pair programming, pairing]
    solo: [solo work, working alone]
    linters: [linters, static analysis]
    insulation: [loft insulation, insulation]
    pumps: [heat pumps, heat pump]
    boilers: [gas boilers, gas boiler]
    salt: [salt substitutes, salt substitute]
    placebo: [table salt, usual salt]
  measure:
    defects: [defects, bugs]
    speed: [speed, delivery time]
    bills: [energy bills, bills]
    stroke: [stroke, strokes]
    potassium: [high potassium, hyperkalaemia]
    turnover: [staff turnover, turnover]
    comfort: [comfort, comfortable]
  population:
    juniors: [junior developers, juniors]
    seniors: [senior developers, seniors]
    tenants: [tenants]
    owners: [owners]
    villagers: [villagers]
    kidney: [people with kidney disease]
contrasts:
  - [pairing, solo]
  - [juniors, seniors]
  - [tenants, owners]
  - [salt, placebo]
  - [pumps, boilers]
facts:
  - id: defects
    quote: Pair programming was associated with 15% fewer defects than solo work.
  - id: juniors
    quote: Pairing may help junior developers more than senior developers.
  - id: turnover
    quote: Pair programming did not change staff turnover.
  - id: survey
    quote: Among junior developers 58% preferred pairing and 42% solo work.
  - id: bills
    quote: Loft insulation lowered energy bills by 12% in tenants' homes.
  - id: comfort
    quote: With heat pumps 81% were comfortable in winter, with gas boilers 76%.
  - id: stroke
    quote: In a trial of 20,995 villagers, salt substitutes lowered the rate of stroke by 14%.
  - id: kidney
    quote: People with kidney disease were excluded from the trial of salt substitutes.
  - id: potassium
    quote: High potassium was seen in 1.5% with salt substitutes and 1.4% with usual salt.
  - id: systematic
    quote: This is a scoping review, not a meta-analysis.
  - id: no-trial
    quote: No randomised trial of linters exists.
  - id: costs
    quote: A heat pump costs about £13,000, of which £7,500 is paid by a grant.
  - id: breath
    quote: It is thought that pairing works through shared attention.
"""
STREETS_AND_SCHOOLS_SILENT = [
    "- NOT\n    - a trial of phone bans in primary schools\n    - a treatment guideline\n",
    "What the review is not:\n\n- a systematic review\n- a randomised trial of cargo bikes\n",
    ("What it does not show:\n\n- cargo bikes reduce emissions\n- a cure for noise\n- that phone bans raise grades\n"),
    ("## What it does not show\n\n- phone bans raise grades\n- proof that oat fibre is safe for children\n"),
    "Never claimed:\n\n- phone bans raise grades\n- cargo bikes eliminate emissions\n",
    "Still unknown:\n\n- effect of oat fibre in children\n- cargo bikes proven to cut emissions\n",
    "Missing:\n\n- a randomised trial of phone bans in primary schools\n- a systematic review\n",
    ("## Missing\n\n- trials of phone bans in primary schools\n- long-term safety: no harm in children\n"),
    "We would need:\n\n- a trial of phone bans in primary schools\n- 500 couriers\n",
    "To be tested:\n\n- oat fibre lowers cholesterol in children\n- cargo bikes cut emissions by 40%\n",
    (
        "## Myths\n"
        "\n"
        "- Cargo bikes cut emissions by 90%.\n"
        "- Phone bans raise grades.\n"
        "- Oat fibre cures high cholesterol.\n"
    ),
    "## Common misconceptions\n\nPhone bans raise grades.\n",
    "**Myth:** Phone bans raise grades.\n",
    "**Myth 1: phone bans raise grades.**\n\n**Fact:** they did not.\n",
    "### Myth 2: Cargo bikes eliminate emissions\n\nNobody has shown that.\n",
    (
        "| Myth | Fact |\n"
        "|---|---|\n"
        "| Phone bans raise grades | They did not |\n"
        "| Oat fibre cures high cholesterol in 90% of adults | It lowered LDL by 7% |\n"
    ),
    (
        "| Claim | Verdict |\n"
        "|---|---|\n"
        "| Phone bans raise grades | false |\n"
        "| Cargo bikes eliminate emissions | not shown |\n"
    ),
    'Headlines that got it wrong:\n\n- "Phone bans raise grades"\n- "Oats cure cholesterol"\n',
    "Things I would not say on stage:\n\n- oat fibre is safe for children\n- phone bans raise grades\n",
    'Avoid these phrases:\n\n- "a systematic review"\n- "proven to reduce emissions"\n',
    ("Please don't write:\n\n1. cargo bikes eliminate emissions\n2. phone bans have been shown to raise grades\n"),
    ("Planned for 2025:\n\n- trial of phone bans in primary schools (n = 400)\n- oat fibre for children\n"),
    "- Wrong:\n    - phone bans raise grades\n- Right:\n    - phone bans did not raise grades\n",
    "Nothing here about:\n\n- a trial of phone bans in primary schools\n- cures\n",
    "No:\n\n- trial of phone bans in primary schools\n- systematic review\n",
    "**What we cannot say**\n\n- phone bans raise grades\n- oat fibre is safe for children\n",
    "Absent from the paper:\n\n- children with oat fibre\n- a systematic search\n",
    "Wish list:\n\n- a trial of phone bans in primary schools\n",
    "❌ Not this:\n\n- phone bans raise grades\n\n✅ But this:\n\n- phone bans did not raise grades\n",
    "- ✗ phone bans raise grades\n- ✓ phone bans did not raise grades\n",
    "- Couriers injured before the scheme\n    - ever: 87 in 100\n        - graded severe: 37\n",
    (
        "- pupils at follow-up\n"
        "    - satisfaction, sleep, mood: 66, 62 and 74 % respectively\n"
        "    - highest: mood; lowest: sleep\n"
    ),
    "- satisfied with cargo bikes: 67%\n    - with vans: 32\n",
    ("| Measure | Result |\n|---|---|\n| Satisfied, cargo bikes / vans | 67% / 32% |\n| Slept better | 62% |\n"),
    "| | cargo bikes / vans |\n|---|---|\n| satisfied couriers | 67% / 32% |\n",
    ("| couriers | cargo bikes | vans |\n|---|---|---|\n| satisfied | 67 | 32 |\n| still not satisfied | 33 | 68 |\n"),
    ("| couriers (%) | cargo bikes | vans |\n|---|---|---|\n| satisfied | 67 | 32 |\n| not satisfied | 33 | 68 |\n"),
    "| | satisfied | not satisfied |\n|---|---|---|\n| cargo bikes | 67 | 33 |\n| vans | 32 | 68 |\n",
    (
        "| Arm | Satisfied | Dissatisfied | Total |\n"
        "|---|---|---|---|\n"
        "| Cargo bikes | 67% | 33% | 100% |\n"
        "| Vans | 32% | 68% | 100% |\n"
    ),
    "| Bloating | oat fibre | wheat fibre |\n|---|---|---|\n| yes | 21 | 20 |\n| no | 79 | 80 |\n",
    ("| | slept better | better mood |\n|---|---|---|\n| pupils | 62 % | 74 % |\n| rest | 38 % | 26 % |\n"),
    "| Bloating: oats v. wheat | 21% v. 20% |\n|---|---|\n| Satisfied: bikes v. vans | 67% v. 32% |\n",
    "- more than nine in ten couriers: no injuries reported\n",
    "- 91.6% of couriers: no harm reported\n",
    "Nine couriers in ten – no harm.\n",
    "- 62%: slept better\n- 74%: better mood\n",
    "79% on oat fibre: no bloating.\n",
    "Most couriers (over 90%): no harm reported.\n",
    "- 3 in 5 pupils: better sleep\n",
    "For cholesterol in children, see [Oats cure high cholesterol](oats.md).\n",
    "*For the condition, see [High cholesterol in children](ch.md).*\n",
    "Further reading: [Oat fibre for children with high cholesterol](x.md)\n",
    "An earlier title, *Oats cure high cholesterol*, was removed.\n",
    'The page was once called "Phone bans raise grades".\n',
    "![Phone bans raise grades](x.png)\n",
    "Not to be confused with *Cargo bikes: the cure for noise*.\n",
    "Main article: [Cargo bikes reduce emissions](b.md)\n",
    "## See also\n\n- [Cargo bikes reduce emissions](b.md)\n- [Phone bans raise grades](c.md)\n",
    "## References\n\n- Moreau, L. (2023). Phone bans raise grades. *Journal of Schools*, 12, 3–9.\n",
    "Her book *Oats: a miracle cure for cholesterol* sold well.\n",
    "Next week: phone bans and how they raise grades.\n",
    "See also: [a trial of phone bans in primary schools](t.md).\n",
    "A column headed “Cargo bikes eliminate emissions” ran on Tuesday.\n",
    "Read more about [how phone bans raise grades](g.md).\n",
    "Phone bans raise grades is not what they say, not anywhere.\n",
    "“Oat fibre cures high cholesterol” is not a sentence you will find in it.\n",
    "Phone bans raise grades: that is not what was found.\n",
    "Cargo bikes eliminate emissions? That is not what it says.\n",
    "Phone bans raise grades. At least that is what the paper never says.\n",
    "Oat fibre is safe for children – which nobody has shown.\n",
    "That phone bans raise grades is nowhere in the text.\n",
    "Cargo bikes cure noise, said nobody in this review.\n",
    "Oats as a cure for cholesterol: not in this paper.\n",
    "- phone bans → grades ↑?\n",
    "- phone bans: grades ↑ ≠ shown\n",
    "- oats → LDL ↓ 7% (adults)\n",
    "- grades: no rise (≠ fall!)\n",
    '- exam trap: "no severe injury" ⇏ "safe for couriers"\n',
    "- less noise → better sleep?\n    - a guess\n",
    "- cargo bikes ~ $9k/yr\n",
    "- bone density ↓ in those w/o oats, compared w/ healthy adults\n",
    "## Do phone bans raise grades?\n\nNo.\n",
    "**Do phone bans raise grades?** No.\n",
    "**Were any of the injuries severe?** None.\n",
    "## Is it safe for children?\n\nNobody knows.\n",
    "Q: Did cargo bikes eliminate emissions?\nA: No. They may reduce them.\n",
    "Do phone bans go with less bullying? Yes, in one survey.\n",
]
STREETS_AND_SCHOOLS_SPEAKING = [
    ("- In short\n    - phone bans raise grades\n", [("direction-mismatch", "raise")]),
    ("What it shows:\n\n- phone bans raise grades\n", [("direction-mismatch", "raise")]),
    ("## Not just bikes\n\nPhone bans raised grades.\n", [("direction-mismatch", "raised")]),
    ("**Fact:** Phone bans raised grades.\n", [("direction-mismatch", "raised")]),
    ("## Myths\n\n**Myth:** Bans do nothing. **Fact:** Phone bans raise grades.\n", [("direction-mismatch", "raise")]),
    (
        "## What we do not know\n\nPhone bans raised grades among pupils, the review finds.\n",
        [("direction-mismatch", "raised")],
    ),
    (
        "| couriers | cargo bikes | vans |\n|---|---|---|\n| satisfied | 32 % | 67 % |\n",
        [("swapped-figures", "32 %"), ("swapped-figures", "67 %")],
    ),
    ("| couriers (%) | cargo bikes | vans |\n|---|---|---|\n| satisfied | 76 | 32 |\n", [("value-mismatch", "76")]),
    (
        "| Measure | Result |\n|---|---|\n| Satisfied, cargo bikes / vans | 32% / 67% |\n",
        [("swapped-figures", "32%"), ("swapped-figures", "67%")],
    ),
    (
        "| Pupils | Share |\n|---|---|\n| Slept better | 74% |\n| Better mood | 62% |\n",
        [("swapped-figures", "74%"), ("swapped-figures", "62%")],
    ),
    ("- 26%: slept better, of the pupils at follow-up\n", [("value-mismatch", "26%")]),
    ("Oat fibre is risk-free for children: that is what was found.\n", [("absolute-claim", "risk-free")]),
    ("- oats → LDL ↓ 17% (adults)\n", [("value-mismatch", "17%")]),
    ("Missing from the headlines: oat fibre lowered LDL cholesterol by 17% in adults.\n", [("value-mismatch", "17%")]),
    (
        "## Questions and answers\n\n- Oat fibre lowered LDL cholesterol by 17% in adults.\n",
        [("value-mismatch", "17%")],
    ),
    (
        "> Myth: couriers get hurt all the time.\n\n**Fact:** No courier reported an injury.\n",
        [("contradicted-statement", "courier")],
    ),
]
CODE_AND_HOMES_SILENT = [
    "What this review isn't:\n\n* a meta-analysis\n* a randomised trial of linters\n",
    (
        "The review does not:\n"
        "\n"
        "* prove that pairing lowers staff turnover\n"
        "* recommend salt substitutes for people with kidney disease\n"
    ),
    "It never says that:\n\n- pairing cures bugs\n- linters are proven\n",
    "Not in the data:\n\n- people with kidney disease\n- staff turnover falling by 30%\n",
    "## Not covered\n\n- randomised trials of linters\n- heat pumps in 90% of tenants' homes\n",
    ("## Claims we could not verify\n\n- Pairing lowers staff turnover.\n- Salt substitutes are risk-free.\n"),
    (
        "## What is still open\n"
        "\n"
        "- pairing for seniors: 30% fewer defects?\n"
        "- salt substitutes in people with kidney disease\n"
    ),
    "**Open points**\n\n1. randomised trial of linters\n2. stroke in people with kidney disease\n",
    "Before anyone asks, we have no:\n\n- meta-analysis\n- randomised trial of linters\n",
    ('## Slide 9: what NOT to tweet\n\n- "Pairing eliminates bugs"\n- "Salt substitutes cut strokes by half"\n'),
    ("### Do not quote us as saying\n\n- pairing eliminates bugs\n- salt substitutes cut strokes by 50%\n"),
    (
        "| What people say | What the review says |\n"
        "|---|---|\n"
        "| Pairing eliminates bugs | 15% fewer, as an association |\n"
        "| Salt substitutes are safe for people with kidney disease | They were excluded |\n"
    ),
    "| You may hear | In fact |\n|---|---|\n| Pairing lowers turnover | It did not change |\n",
    (
        "| Statement | True? |\n"
        "|---|---|\n"
        "| Pairing lowers staff turnover by 20% | No |\n"
        "| Loft insulation lowers energy bills by 12% | Yes |\n"
    ),
    (
        "| Statement | Supported by the review |\n"
        "|---|:-:|\n"
        "| Pairing lowers staff turnover by 20% | ✗ |\n"
        "| Loft insulation lowers energy bills by 12% | ✓ |\n"
    ),
    (
        "Common errors in coverage:\n"
        "\n"
        "1. Pairing lowers turnover. (It did not.)\n"
        "2. A meta-analysis. (It is a scoping review.)\n"
    ),
    "> **Claim:** Pairing eliminates bugs.\n>\n> **Verdict:** False.\n",
    "True or false: pairing lowers staff turnover?\n",
    (
        "Quiz\n"
        "\n"
        "1. Pairing lowers staff turnover by (a) 5% (b) 20% (c) not at all\n"
        "2. True or false: salt substitutes are risk-free\n"
    ),
    "Excluded from the trial:\n\n- people with kidney disease\n- strokes before the age of 20\n",
    "__Who was left out__\n\n- people with kidney disease on salt substitutes\n",
    "If this were a perfect world, we'd have:\n\n- a randomised trial of linters\n- 40,000 villagers\n",
    "Suggested search terms: pairing cures bugs; salt substitutes safe\n",
    "Keywords: randomised trial, meta-analysis, linters, stroke\n",
    "*Keywords:* pair programming; meta-analysis; no risk\n",
    "Tags: #pairing-works #nobugs meta-analysis\n",
    "Adeyemi, B. (2024). *Salt substitutes cut strokes by half: a meta-analysis*. Lagos.\n",
    "Read [Pairing eliminates bugs](p.md) first, then come back.\n",
    'See "Salt substitutes cut strokes by half", p. 4.\n',
    "As in last year's talk (“Pairing cures everything”), I will be brief.\n",
    "She gave a talk, *Why linters eliminate bugs*, in Oslo.\n",
    "Our working title was “Heat pumps: the cure for high bills”.\n",
    "Up next: heat pumps and why they cut bills by half.\n",
    ("- [Heat pumps cut bills by half](h.md) (blog)\n- [Salt substitutes proven to stop strokes](s.md), 2021\n"),
    "Pairing eliminates bugs – or so the vendor says.\n",
    "Salt substitutes cut strokes by half: no, they don't.\n",
    "Pairing lowers turnover? Not according to this review.\n",
    "Pairing lowers turnover, you say? It doesn't.\n",
    '"Salt substitutes are risk-free." Nowhere does the review say so.\n',
    '"Pairing lowers turnover": wrong.\n',
    "The idea that pairing lowers turnover? Not supported.\n",
    "“Pairing eliminates bugs” (vendor's brochure) – not what the numbers show.\n",
    "| | pairing / solo |\n|---|---|\n| preferred by juniors | 58 / 42 |\n",
    ("| | Heat pumps | Gas boilers |\n|---|---|---|\n| comfortable, % | 81 | 76 |\n| not comfortable, % | 19 | 24 |\n"),
    ("| Potassium too high (%) | substitute 1.5 | usual 1.4 |\n|---|---|---|\n| not too high | 98.5 | 98.6 |\n"),
    "| | pairing | solo | sum |\n|---|---|---|---|\n| juniors | 58 % | 42 % | 100 % |\n",
    "| Item | Cost |\n|---|---|\n| Heat pump | £13,000 |\n| Grant | −£7,500 |\n| You pay | £5,500 |\n",
    "| Item | Review | Your house |\n|---|---|---|\n| Heat pump | £13,000 | £16,200 |\n",
    "| Year | Comfortable, heat pumps vs gas boilers |\n|---|---|\n| one winter | 81% vs 76% |\n",
    "- 81 in 100: comfortable with heat pumps\n- other 19: not\n",
    "- 98.5% on the substitute: no high potassium\n",
    "- juniors: 58 pairing, 42 solo (%)\n",
    "- juniors\n    - pairing: 58%\n    - solo: 42%\n",
    "- comfort in winter\n    - pumps 81\n    - boilers 76\n",
    "- pairing → defects ↓ 15% (assoc.!)\n- turnover: ↔\n",
    "- pairing → defects ↓ (≠ cause)\n",
    "- turnover ↓ ? no\n",
    "- ~£13k/pump, grant £7.5k\n",
    "- q: does pairing lower turnover? a: no\n",
    (
        "FAQ\n"
        "\n"
        "**Does pairing lower turnover?**\n"
        "It didn't.\n"
        "\n"
        "**Are salt substitutes safe for people with kidney disease?**\n"
        "The trial can't say; they were excluded.\n"
    ),
    (
        "## What the trial cannot tell us\n"
        "\n"
        "- salt substitutes in people with kidney disease: 30% fewer strokes\n"
        "- pairing for owners\n"
    ),
    "Not part of this review:\n- meta-analysis of salt substitutes\n- randomised trial of linters\n",
    "No evidence for:\n\n- pairing lowering staff turnover\n- linters eliminating bugs\n",
    ('Busting three myths\n===\n\n1. "Pairing lowers staff turnover."\n2. "Salt substitutes cut strokes by half."\n'),
    "**Myth #1** – Pairing lowers staff turnover.\n\n**Reality** – it did not change.\n",
    "Myth vs. fact\n\n* Myth: Salt substitutes cut strokes by half. Fact: by 14%.\n",
    "<details><summary>Is pairing a cure for bugs?</summary>\n\nNo.\n\n</details>\n",
    "| Outcome | Found? |\n|---|---|\n| Pairing lowers staff turnover | no |\n",
    (
        "| Not shown by this review | Shown |\n"
        "|---|---|\n"
        "| Pairing lowers staff turnover | Insulation lowers bills by 12% |\n"
    ),
    ('| Claim in the press | What we found |\n|---|---|\n| "Strokes halved by salt substitutes" | down by 14% |\n'),
    "What would change our mind:\n\n- a randomised trial of linters\n- a meta-analysis\n",
    (
        "Outlook (2026–2028):\n"
        "\n"
        "- randomised trial of linters, 400 teams\n"
        "- salt substitutes for people with kidney disease\n"
    ),
    "TODO\n\n- [ ] randomised trial of linters?\n- [ ] check: pairing lowers turnover by 20%?\n",
    ('<figure><img src=a.png alt="Pairing eliminates bugs"><figcaption>A poster</figcaption></figure>\n'),
    "This page is about pair programming. For the cure of bugs, see [Debugging](d.md).\n",
    "Redirected from *Pairing cures bugs*.\n",
    "From the archive: [Salt substitutes cut strokes by half](a.md)\n",
    "Related: *Linters: a randomised trial* (forthcoming)\n",
    "My next post: why salt substitutes cut strokes by half.\n",
    "The hashtag #PairingCuresBugs trended.\n",
    "I once believed pairing lowered turnover. I was wrong.\n",
    "Pairing lowers turnover. That's what I used to think.\n",
    "Pairing lowers turnover. Says who?\n",
    "Half of all strokes prevented? Hardly.\n",
    (
        "| | n | % |\n"
        "|---|---|---|\n"
        "| preferred pairing | 580 | 58 |\n"
        "| preferred solo work | 420 | 42 |\n"
        "| all juniors | 1000 | 100 |\n"
    ),
    "| % comfortable | pumps | boilers | difference |\n|---|---|---|---|\n| winter | 81 | 76 | 5 |\n",
    "| pumps v. boilers | comfortable | not |\n|---|---|---|\n| share | 81 v. 76 % | 19 v. 24 % |\n",
    "| Treatment | High potassium |\n|---|---|\n| substitutes / usual salt | 1.5 / 1.4 % |\n",
    "- 81 % (pumps) vs 76 % (boilers): comfortable\n",
    "- pref. pairing – 58 %; pref. solo – 42 % (juniors only!)\n",
    "- stroke: −14 %; kidney pts: excl.\n",
    "- bills ↓ (12 %, tenants) ≠ bills ↓ for owners\n",
]
CODE_AND_HOMES_SPEAKING = [
    ("What the review shows:\n\n- Pairing lowered staff turnover.\n", [("direction-mismatch", "lowered")]),
    ("What was found:\n\n- loft insulation lowered energy bills by 21%\n", [("value-mismatch", "21%")]),
    ("## Not everyone is a junior\n\nLoft insulation lowered energy bills by 21%.\n", [("value-mismatch", "21%")]),
    ("## Key facts\n\n- salt substitutes lowered the rate of stroke by 41%\n", [("value-mismatch", "41%")]),
    (
        "- Wrong: pairing lowered turnover\n- Right: salt substitutes lowered the rate of stroke by 41%\n",
        [("value-mismatch", "41%")],
    ),
    (
        ("| Myth | Fact |\n|---|---|\n| Insulation is useless | Loft insulation lowered energy bills by 21% |\n"),
        [("value-mismatch", "21%")],
    ),
    (
        "| | Heat pumps | Gas boilers |\n|---|---|---|\n| comfortable, % | 76 | 81 |\n",
        [("swapped-figures", "76"), ("swapped-figures", "81")],
    ),
    (
        "| | Heat pumps / gas boilers |\n|---|---|\n| comfortable | 76% / 81% |\n",
        [("swapped-figures", "76%"), ("swapped-figures", "81%")],
    ),
    ("| Item | Cost |\n|---|---|\n| Heat pump | £31,000 |\n", [("value-mismatch", "£31,000")]),
    ("Not only that: loft insulation lowered energy bills by 21%.\n", [("value-mismatch", "21%")]),
    ("No surprise here:\n\n- loft insulation lowered energy bills by 21%\n", [("value-mismatch", "21%")]),
    ("Nobody died. Salt substitutes lowered the rate of stroke by 41%.\n", [("value-mismatch", "41%")]),
    (
        ("## Common questions\n\n**Does it cut strokes?** Salt substitutes lowered the rate of stroke by 41%.\n"),
        [("value-mismatch", "41%")],
    ),
    (
        "According to the article *Salt and us*, salt substitutes lowered the rate of stroke by 41%.\n",
        [("value-mismatch", "41%")],
    ),
    ("## Myth 3: insulation is useless\n\nLoft insulation lowered energy bills by 21%.\n", [("value-mismatch", "21%")]),
    ("Still, here is what we know:\n\n- loft insulation lowered energy bills by 21%\n", [("value-mismatch", "21%")]),
    ("| Outcome | Result |\n|---|---|\n| Stroke, salt substitutes | 41% lower |\n", [("value-mismatch", "41%")]),
    ("Salt substitutes lowered the rate of stroke by 41%. Is that a lot?\n", [("value-mismatch", "41%")]),
    (
        "What is new:\n\n1. In a trial of 29,095 villagers, salt substitutes lowered the rate of stroke.\n",
        [("value-mismatch", "29,095")],
    ),
    ("- bills, tenants: ↓ 21% w/ loft insulation\n", [("value-mismatch", "21%")]),
    ("Juniors\n\n- 85% preferred pairing\n- 42% preferred solo work\n", [("value-mismatch", "85%")]),
    ("## Missing data\n\nLoft insulation lowered energy bills by 21%.\n", [("value-mismatch", "21%")]),
    (
        "Reasons not to worry:\n\n- High potassium was seen in 5.1% with salt substitutes.\n",
        [("value-mismatch", "5.1%")],
    ),
    (
        ("What the leaflet says, and the review too:\n\n- Salt substitutes lowered the rate of stroke by 41%.\n"),
        [("value-mismatch", "41%")],
    ),
    ("Things to remember:\n\n- Salt substitutes lowered the rate of stroke by 41%.\n", [("value-mismatch", "41%")]),
    (
        ("| Question | Answer |\n|---|---|\n| Did salt substitutes help? | They lowered the rate of stroke by 41% |\n"),
        [("value-mismatch", "41%")],
    ),
    (
        "| Headline figure | Value |\n|---|---|\n| Lower rate of stroke with salt substitutes | 41% |\n",
        [("value-mismatch", "41%")],
    ),
    ("**Key messages**\n\n- Salt substitutes lowered the rate of stroke by 41%\n", [("value-mismatch", "41%")]),
    ("Our summary:\n\n- Salt substitutes lowered the rate of stroke by 41%.\n", [("value-mismatch", "41%")]),
    (
        "The drug is no cure. It lowered strokes: salt substitutes lowered the rate of stroke by 41%.\n",
        [("value-mismatch", "41%")],
    ),
    (
        "- [The trial](t.md): salt substitutes lowered the rate of stroke by 41% among villagers\n",
        [("value-mismatch", "41%")],
    ),
    ("See Table 2. Salt substitutes lowered the rate of stroke by 41%.\n", [("value-mismatch", "41%")]),
    (
        "In the trial (see [here](t.md)), salt substitutes lowered the rate of stroke by 41%.\n",
        [("value-mismatch", "41%")],
    ),
    ("## Correct?\n\nSalt substitutes lowered the rate of stroke by 41%.\n", [("value-mismatch", "41%")]),
]


@pytest.fixture(scope="module")
def streets() -> Linter:
    return Linter(parse_facts(STREETS_AND_SCHOOLS, "facts.yaml", None), select())


@pytest.fixture(scope="module")
def code() -> Linter:
    return Linter(parse_facts(CODE_AND_HOMES, "facts.yaml", None), select())


@pytest.mark.parametrize("text", STREETS_AND_SCHOOLS_SILENT)
def test_what_is_not_asserted_of_streets_and_schools_is_left_alone(streets: Linter, text: str) -> None:
    assert warned(streets, text) == []


@pytest.mark.parametrize("text", CODE_AND_HOMES_SILENT)
def test_what_is_not_asserted_of_code_and_homes_is_left_alone(code: Linter, text: str) -> None:
    assert warned(code, text) == []


@pytest.mark.parametrize(("text", "expected"), STREETS_AND_SCHOOLS_SPEAKING)
def test_what_is_asserted_beside_it_of_streets_is_reported(
    streets: Linter, text: str, expected: list[tuple[str, str]]
) -> None:
    assert warned(streets, text) == expected


@pytest.mark.parametrize(("text", "expected"), CODE_AND_HOMES_SPEAKING)
def test_what_is_asserted_beside_it_of_code_is_reported(
    code: Linter, text: str, expected: list[tuple[str, str]]
) -> None:
    assert warned(code, text) == expected
