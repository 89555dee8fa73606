"""Whether a claim says a sentence's own words of each other."""

from __future__ import annotations

import pytest

from rag.roles import turned


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Torvia sold trucks to Kelmar", "Kelmar sold trucks to Torvia"),
        ("Passengers carried the ferry", "The ferry carried passengers"),
        ("Kelmar's attack on Torvia failed", "Torvia's attack on Kelmar failed"),
        ("The mill was bought by the city", "The city was bought by the mill"),
        ("The mill was bought by the old city", "In May the mill bought the old city"),
        (
            "The fire spread from the barn to the house",
            "The fire spread from the house to the barn",
        ),
        (
            "The clerk voted for the law and against the tax",
            "The clerk voted for the tax and against the law",
        ),
        (
            "Wren built a mill in 1999 and an inn in 2004",
            "Wren built a mill in 2004 and an inn in 1999",
        ),
        ("Torvia is larger than Kelmar", "Kelmar is larger than Torvia"),
        ("The mate spoke for the pier", "The mate spoke against the pier"),
        ("Famine followed the war", "The war followed famine"),
        ("The flood came before the war", "The war came before the flood"),
        ("The judge told the clerk of the theft", "The clerk told the judge of the theft"),
        ("The king's son hit the duke's page", "The duke's son hit the king's page"),
        ("Wren replaced Brill with Otto", "Wren replaced Otto with Brill"),
        ("Wren moved his mill to Quill", "Wren moved his mill from Quill"),
        ("Wren turned back after the storm", "Wren turned back before the storm"),
        ("It bought the unit from Kelmar", "It sold the unit to Kelmar"),
        ("The storm killed 30 and injured 12", "The storm killed 12 and injured 30"),
        ("The storm injured 12 and killed 30", "The storm killed 12 and injured 30"),
        (
            "It adds 340 vans to its fleet of 60 by May",
            "It adds 60 vans to its fleet of 340 by May",
        ),
        ("It hired 1,200 men and 900 women", "It hired 900 men and 1,200 women"),
        ("In May Wren was beaten by Brill", "Wren beat Brill in May"),
        (
            "The river froze because barges could not leave",
            "Because the river froze, barges could not leave",
        ),
    ],
)
def test_roles_that_were_exchanged_are_seen_either_way(claim, sentence):
    assert turned(claim, sentence) and turned(sentence, claim)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Torvia sold trucks to Kelmar", "Torvia sold trucks to Kelmar"),
        ("The city bought the mill in May", "In May the city bought the mill"),
        ("The mill was bought by the city", "The city bought the mill"),
        ("The town was invaded on 13 October", "On 13 October the army invaded the town"),
        ("Ada Wren met Otto Brill", "Otto Brill met Ada Wren"),
        ("The pier burned, Ada Wren said", "Ada Wren said the pier burned"),
        ("After the ferry sank the owner paid", "The owner paid after the ferry sank"),
        (
            "Ada Wren, the deputy chief surveyor of the town, becomes its mayor",
            "The town's deputy chief surveyor, Ada Wren, becomes its mayor",
        ),
        ("Wren sold trucks. Brill bought them", "Brill sold. Trucks Wren bought"),
        (
            "In March Torvia outbid Kelmar's bank at an auction",
            "At an auction Torvia outbid Kelmar's bank in March",
        ),
        (
            "On 4 May 2011 the mill reopened after repairs",
            "After repairs the mill reopened on 4 May 2011",
        ),
        ("Brill merged with Wren in March", "In March Wren merged with Brill"),
        ("Ada Wren built the pier with Otto Brill", "Otto Brill built the pier with Ada Wren"),
        (
            "In the valley they grow figs, plums and pears",
            "They grow pears, plums and figs in the valley",
        ),
        (
            "The choir's leader, Ada Wren, left in April",
            "In April Ada Wren, leader of the choir, left",
        ),
        ("The mast was hit by a kite built by Wren", "A kite built by Wren hit the mast"),
        ("Not far from the mill lies the inn", "The inn lies not far from the mill"),
        ("Behind the mill hung a row of lamps", "A row of lamps hung behind the mill"),
        (
            "In 2004 Wren built an inn, and in 2010 a mill",
            "Wren built a mill in 2010 and an inn in 2004",
        ),
        ("The bus runs to Quill from Torvia", "From Torvia the bus runs to Quill"),
        ("Wren beat Brill in May", "In May Brill was beaten by Wren"),
        ("The storm killed 12 people and injured 30", "The storm injured 30 people and killed 12"),
        ("It rose to 4 percent from 3 percent", "It rose from 3 percent to 4 percent"),
        ("Because the river froze, barges stayed", "Barges stayed because the river froze"),
        ("It links Quill with Torvia in May", "In May it links Torvia with Quill"),
        ("Wren with Brill sang to pupils", "Brill with Wren sang to pupils"),
        ("", "Torvia sold trucks"),
    ],
)
def test_another_order_alone_is_no_exchange_of_roles(claim, sentence):
    assert not turned(claim, sentence)


def test_sentences_without_end_are_not_compared():
    words = [f"w{i}" for i in range(20_000)]
    assert not turned(" ".join(words), " ".join(reversed(words)))
