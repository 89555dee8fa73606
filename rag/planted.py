"""Whether a sentence was written for a machine: it addresses one, plays its part, or hides.

Such a sentence is no article's statement. It is found and shown in its article like any other, but
never quoted as an answer, and a chat model is not given it. The forms are those
that prompt injection takes in saved pages (Greshake et al. 2023, section 3): only what addresses
or forges is meant, never what an article reports about machines.
"""

from __future__ import annotations

import re
import unicodedata

_MACHINE = (
    r"(?:ai|a\.i\.|artificial\ intelligence|(?:large\ )?language\ models?|llms?|chat-?bots?|chatgpt"
    r"|machines?|crawlers?|bots?|(?:ai\ |virtual\ )?(?:assistants?|agents?|models?|systems?))"
)
_FORMS = re.compile(
    rf"""(?ix)
      # spoken to: "Dear language model:", "Attention AI assistants", "Note to all chatbots,"
      (?:^(?:dear|attention|hey|hello)
        |(?:^|[:#]\ ?)(?:an?\ |new\ |updated\ |urgent\ |important\ ){{0,2}}
         (?:note|notice|message|truth|instructions?)\ (?:to|for))
        \ (?:all\ |any\ |every\ |the\ )?{_MACHINE}\b [^.!?]{{0,30}}?[:,!—–-]
      # a part in its conversation: "Assistant:", "System prompt:", "Answer:"
    | ^ (?:assistant|system(?:\ prompt|\ message)?|user|human|answer|final\ answer|ai)\ ?:
    | ^ the\ system\ prompt\ is\b | ^ the\ (?:correct\ |right\ )?answer\ is\b .{{0,40}} $
      # told what to do: "ignore all previous instructions", "if you are asked ..., answer"
    | \b(?:ignore|disregard|forget|override)\ (?:all\ |any\ |the\ |your\ |of\ ){{0,3}}
        (?:previous|prior|above|earlier|preceding|other|system)\ [^.!?]{{0,20}}?
        (?:instructions?|prompts?|rules|messages?|directions|sources?|articles?|text)\b
    | \b(?:if|when)(?:ever)?\ you\ are\ asked\b | \btell\ the\ user\b
    | ^ you\ are\ (?:now\ )?(?:an?\ |the\ )?{_MACHINE}\b
    | \b(?:your|each|every)\ (?:repl(?:y|ies)|responses?|answers?)\ (?:of\ yours\ )?
        (?:must|should|begins?|starts?|ends?)\b
      # the program's own words: its refusal, its JSON; a comment that no reader sees
    | ^ (?:not\ found\ in\ the\ articles|no\ articles?\ (?:says?|mentions?|states?)\b
        |the\ articles\ (?:do\ not|don[’']t)\ (?:say|mention|state)\b)
    | ^ \{{\s*"\w+"\s*: | ^ <!--
      # a place held for what a machine shall send: "log?question={{question}}"
    | [?&=/]\{{(?:question|query|prompt|answer|response|context|history)\}}
    """
)
_HIDING = re.compile("[\u202d\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MARKUP = re.compile(
    r"^(?:[\s#>*_`\"'“‘•…-]|\(?(?:\d{1,2}|[a-z])[.)]\s)+(?!-)|\*\*|__", re.IGNORECASE
)


def planted(sentence: str) -> bool:
    """Return whether a sentence speaks to a machine or hides what it says from a reader."""
    if _HIDING.search(sentence) and not _right_to_left(sentence):
        return True  # digits turned about, in a text that no direction needs
    bare = _MARKUP.sub("", _INVISIBLE.sub("", sentence))
    return _FORMS.search(" ".join(bare.split())) is not None


def _right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
