"""A question and its answer -> the statement that both make, for the forms where a rule can.

"Who founded the abbey?" and "Rollo" give "Rollo founded the abbey." (Demszky et al. 2018 do so
with a parser.) Only forms whose words need no parser are turned; of the rest nothing is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable

LONGEST = 12  # words of an answer
_BE = r"(?:was|were|is|are)"
_HELPS = r"(?:was|were|is|are|has|have|had|will|would|can|could|may|might|must|should)"
_PLACED = ("in", "on", "at", "near", "from", "to", "by", "during", "after", "before", "since",
           "until", "around", "between", "under", "outside", "inside", "for", "with", "of", "into",
           "about", "as", "against", "through", "over", "like", "up", "out", "off")  # fmt: skip
_HANGS = re.compile(rf"\b(?:{'|'.join(_PLACED)}|do|doing|called|named|known|happen)$", re.I)
_SAYS_WHEN = re.compile(rf"(?:{'|'.join(_PLACED)}|when|while|as|every|last|next|today)\b", re.I)
_DAY = re.compile(
    r"(?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Z]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct"
    r"|Nov|Dec)\w* \d{1,2}\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_SPAN_OF_TIME = re.compile(
    r"(?:(?:early|late|mid)[- ])?(?:the )?(?:(?:early|late|mid)[- ])?(?:\d{3,4}s?\b|[a-z]+ century"
    r"|\d+th century|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?:,? \d{4})?$"
    r"|(?:spring|summer|autumn|winter|fall)\b)"
)
# A subject that ends where the verb begins: a pronoun, a name, or one noun and what it belongs to.
_NAME = r"(?:[A-Z][\w.'’-]*|\d{4})(?:(?: (?:of|and|the|de|von|&))* (?:[A-Z][\w.'’-]*|\d+))*"
_SUBJECT = re.compile(
    rf"(?:(?:he|she|it|they|we|people)\b|(?:the |a |an )?{_NAME}"
    r"|(?:the|a|an|this|his|her|its|their) [a-z]+)"
)
_IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "begin:began become:became break:broke bring:brought build:built buy:bought catch:caught "
        "choose:chose come:came cut:cut die:died do:did draw:drew drink:drank drive:drove eat:ate "
        "fall:fell feel:felt fight:fought find:found fly:flew forbid:forbade get:got give:gave "
        "go:went grow:grew have:had hear:heard hit:hit hold:held keep:kept know:knew lay:laid "
        "lead:led leave:left lend:lent let:let lose:lost make:made mean:meant meet:met pay:paid "
        "put:put read:read ride:rode rise:rose run:ran say:said see:saw seek:sought sell:sold "
        "send:sent set:set shoot:shot show:showed sing:sang sink:sank sit:sat sleep:slept "
        "speak:spoke spend:spent spread:spread stand:stood steal:stole strike:struck swear:swore "
        "swim:swam take:took teach:taught tell:told think:thought throw:threw wear:wore win:won "
        "withdraw:withdrew write:wrote"
    ).split()
)
_REGULAR = frozenset(
    """
    accept accuse achieve acquire add adopt agree allow announce appear appoint approve argue arrive
    ask attack attend ban base believe belong borrow call carry cause change claim close collect
    combine complete compose conclude conduct conquer contain continue contribute convert cover
    create cross declare defeat define deliver describe design destroy develop discover divide
    dominate earn elect enter establish expand explain face fail finish follow force form found
    gain happen help hire host identify include increase influence inherit introduce invade invent
    invest issue join kill last launch learn like live locate look love marry mention move name need
    offer open oppose order organize own perform play predict prefer present produce promote propose
    protect prove provide publish pursue reach receive recommend record reduce refer refuse reject
    release remain remove replace represent require resign return rule save serve settle share sign
    start state stay stop study suffer suggest support surrender survive travel try turn use visit
    vote want work
    """.split()
)
_PAST = frozenset(_IRREGULAR.values()) - {
    "cut",
    "hit",
    "let",
    "put",
    "read",
    "set",
    "spread",
    "did",
}
_DONE = frozenset(
    """
    built bought brought caught chosen cut drawn driven fought found given grown held hit hurt kept
    known laid led left lent lost made meant met paid put read run said seen sent set shot shown
    sold spent spoken struck sung sunk taken taught thought thrown told torn won worn written born
    """.split()
)


def statement(question: str, answer: str, before: str = "") -> str | None:
    """Return what question and answer state together, or None where no rule fits.

    `before` is the text that stands before the answer: its last word may say "in" or "at".
    """
    asked = " ".join(question.split()).rstrip(" ?.")
    said = " ".join(answer.split()).strip(" .,;:")
    if not said or len(said.split()) > LONGEST or '"' in said or re.search(r"[?;:,]", asked):
        return None
    for form, make in _FORMS:
        found = form.fullmatch(asked)
        if found:
            made = make(found, said, before)
            return _sentence(made) if made else None
    return None


def _sentence(words: str) -> str:
    words = re.sub(r"\b([Tt]he) the\b", r"\1", words)
    return words[:1].upper() + words[1:] + "."


def _subject(found: re.Match[str], said: str, before: str) -> str | None:
    """Who or what did it: the answer stands where the question word stood."""
    rest = found["rest"]
    if re.match(r"[a-z]+ed\b|(?:will|would|has|have|had|was|were|is|are) ", said):
        return None
    if _HANGS.search(rest) or re.match(r"(?:you|we|they|he|she|it|I)\b", rest.split(" ", 1)[-1]):
        return None
    helps = re.match(rf"{_HELPS} (?:[A-Z]|the [\w ]+ \w+(?:ed|ing)$)", rest)
    if helps and re.match(r"(?:did|do|does)\b", rest) is None and not rest[0].isupper():
        return None
    return f"{said} {rest}"


def _is(found: re.Match[str], said: str, before: str) -> str | None:
    """What is the name of it: the answer stands after the verb."""
    rest = found["rest"]
    inner = rest.split()
    if _HANGS.search(rest) or re.search(r"(?:ed|ing|n't)$", inner[-1]) or inner[-1] in _DONE:
        return None
    if any(word in _PAST or word in ("did", "that", "who", "which", "to") for word in inner):
        return None
    return f"{rest} {found['be']} {said}"


def _done(found: re.Match[str], said: str, before: str) -> str | None:
    """When or where something was done."""
    words = found["rest"].split()
    for place, word in enumerate(words):
        if place and (word in _DONE or re.fullmatch(r"[a-z]{2,}ed", word)):
            who, what = " ".join(words[:place]), " ".join(words[place:])
            where = _where(found["asks"], said, before)
            if where is None or (_HANGS.search(what) and not what.endswith(("for", "as"))):
                return None
            return f"{who} {found['be']} {what} {where}"
    return None


def _did(found: re.Match[str], said: str, before: str) -> str | None:
    """What, when or where someone did something: the verb takes its tense."""
    rest = found["rest"]
    who = _SUBJECT.match(rest)
    if who is None:
        return None
    verb, _, after = rest[who.end() :].strip().partition(" ")
    did = _past(verb) if found["did"] == "did" else _present(verb, found["did"])
    if did is None or re.search(r"\b(?:and|or|that|who|which|when|because)\b", after):
        return None
    asks = found["asks"].lower()
    if asks in ("when", "where", "in what year", "what year", "in which year"):
        if _HANGS.search(after):
            return None
        where = _where(asks, said, before)
        return None if where is None else f"{who.group()} {did} {after} {where}".replace("  ", " ")
    if verb in ("happen", "do", "go", "come", "die", "say", "think", "believe", "live", "want"):
        return None
    things = found["things"] or ""
    what = f"{said} {things}".strip()
    if not after:
        return f"{who.group()} {did} {what}"
    if after in _PLACED:
        return f"{who.group()} {did} {after} {what}"
    first = after.split()[0]
    if first in _PLACED and not _HANGS.search(after):
        return f"{who.group()} {did} {what} {after}"
    return None


def _many(found: re.Match[str], said: str, before: str) -> str | None:
    """How many there are that do something: the number stands where the question stood."""
    rest = found["rest"]
    if re.search(r"\b(?:did|do|does|there)\b", rest) or _HANGS.search(rest):
        return None
    turned = re.search(rf"\b{_HELPS} (?!(?:not )?(?:[a-z]+ed|{'|'.join(_DONE)})\b)", rest)
    words = rest.split()
    if turned or re.fullmatch(r"[\d,.]+|[a-z]+(?:[ -][a-z]+)?", said) is None or words[0] in said:
        return None
    return f"{said} {rest}" if any(_verbal(word) for word in words[1:]) else None


def _where(asks: str, said: str, before: str) -> str | None:
    """The answer with the word that puts it in its place or time."""
    if _SAYS_WHEN.match(said):
        return said
    last = re.search(r"(\w+)(?: the| a| an)?\s*$", before)
    near = last.group(1).lower() if last else ""
    if asks.lower() == "where":
        return f"{near} {said}" if near in ("in", "at", "on", "near", "from", "to") else None
    if _DAY.match(said):
        return f"on {said}"
    if _SPAN_OF_TIME.match(said):
        return f"{near if near in ('since', 'by', 'during', 'until', 'after') else 'in'} {said}"
    return None


def _past(verb: str) -> str | None:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb not in _REGULAR:
        return None
    if verb in ("refer", "prefer", "ban", "stop"):
        return f"{verb}{verb[-1]}ed"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def _present(verb: str, did: str) -> str | None:
    if verb not in _REGULAR and verb not in _IRREGULAR:
        return None
    if did == "do":
        return verb
    if verb == "have":
        return "has"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "o")) else f"{verb}s"


def _verbal(word: str) -> bool:
    return (
        word in _PAST or word in _REGULAR or word in _IRREGULAR
        or re.fullmatch(rf"[a-z]{{2,}}ed|{_HELPS}", word) is not None
    )  # fmt: skip


_BEGINS = "|".join(sorted(_PAST | {"has", "had", "will"}))
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, str], str | None]], ...] = tuple(
    (re.compile(form), make)
    for form, make in (
        (r"(?P<asks>[Ww]hen|[Ww]here|[Ii]n (?:what|which) year|[Ww]hat year) "
         rf"(?P<be>{_BE}) (?P<rest>.+)", _done),
        (r"(?P<asks>[Ww]hen|[Ww]here|[Ii]n (?:what|which) year|[Ww]hat year|[Ww]hat|[Ww]ho|"
         r"[Hh]ow many (?P<things>[a-z]+)) (?P<did>did|does|do) (?P<rest>.+)", _did),
        (rf"[Ww]ho (?P<rest>(?!(?:did|do|does|all|else|besides)\b)(?:{_HELPS} |[a-z]+(?:ed|s) |"
         rf"(?:{_BEGINS}) ).+)", _subject),
        (rf"[Ww]hat (?P<rest>(?!happened\b)(?:[a-z]{{2,}}ed|{_BEGINS}) .+)", _subject),
        (rf"[Ww]hat (?P<be>{_BE}) (?P<rest>(?:the|his|her|its|their|[A-Z]\w+['’]s) .+)", _is),
        (r"[Hh]ow many (?P<rest>[a-z]+ .+)", _many),
    )
)  # fmt: skip
