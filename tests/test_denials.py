"""Whether a claim and a text deny the same."""

from __future__ import annotations

import pytest

from index.encoder import encoder
from rag.checking import against_text
from rag.denials import disagrees, undone
from rag.reader import reader
from rag.support import Support

CREW = "There were 41 sheep on the raft, not 14 as the shepherd said."
GIFT = "The names of 90 sailors were read out."
MATE = "No ranks were read out, because nobody knew them."


@pytest.mark.parametrize(
    ("claim", "sentences", "disagree"),
    [
        ("There were 41 sheep on the raft.", [CREW], False),
        ("There were 14 sheep on the raft.", [CREW], True),
        ("The shepherd said that there were 41 sheep.", [CREW], True),
        ("The names of 90 sailors were read out but no ranks.", [GIFT, MATE], False),
        ("The names of 90 sailors were read out but no wages.", [GIFT, MATE], True),
        ("The names of 90 sailors were not read out.", [GIFT, MATE], True),
        ("The office sold the raft.", ["The office did not sell the raft."], True),
        ("The office sold the raft.", ["The office did not.", "It sold the raft in May."], True),
        ("Wren resigned.", ["Wren did not step down."], True),  # of most of it nothing is told
        ("Wren wore number 9.", ["Wren wore the No 9 shirt."], False),
        ("Wren failed in spring.", ["Wren failed in spring, and did not weep."], False),
        (
            "Wren voted for the pier.",
            ["Wren lived on the pier without rent.", "Wren took no part in the vote for it."],
            True,
        ),
    ],
)
def test_a_denial_holds_for_what_stands_behind_it(claim, sentences, disagree):
    assert disagrees(claim, sentences) == disagree


def test_what_is_denied_beside_a_claim_does_not_contradict_it():
    named = encoder(None)
    support = Support(named, reader(None, named))
    for claim, verdict in (
        ("There were 41 sheep on the raft.", "supported"),
        ("There were 14 sheep on the raft.", "contradicted"),
    ):
        assert against_text(claim, CREW, support).verdict == verdict


@pytest.mark.parametrize(
    ("claim", "held", "denied"),
    [
        ("The office approved it.", "The office has not yet approved it.", True),
        ("Wren signed it.", "Wren refused to sign it. Goats swam.", True),
        ("Wren ruled out a cut.", "Wren didn't rule out a cut.", True),
        ("Wren has not signed.", "Wren has not signed.", False),
        ("Wren signed in May.", "Wren did not sign until May.", False),
        ("Nurses struck.", "Not only nurses struck.", False),
        ("The rebels attack.", "The army did not attack. The rebels attack.", False),
    ],
)
def test_what_is_only_ever_denied_is_undone(claim, held, denied):
    assert undone(claim, held) == denied


@pytest.mark.parametrize(
    ("claim", "held", "done"),
    [
        ("A court banned the hunt.", "Farmers asked a court to ban the hunt.", True),
        ("Farmers asked a court to ban the hunt.", "Farmers asked a court to ban the hunt.", False),
        ("A court will ban the hunt.", "Farmers asked a court to ban the hunt.", False),
        ("A court banned it.", "Farmers asked a court to ban it. The court banned it.", False),
    ],
)
def test_what_is_only_asked_for_is_not_done(claim, held, done):
    assert undone(claim, held) == done
