"""How much a text looks like the writing of some language, by the letters beyond ASCII in it.

Eight-bit encodings differ in nothing else: the same bytes are `é` in one and `й` in another, and
charset-normalizer alone takes `à` for `ŕ` in one French page of three.
"""

from __future__ import annotations

import re

# What each language has beyond ASCII.
_LANGUAGES = tuple(
    frozenset(letters)
    for letters in (
        "éèàêçâîôûùïëœæ",  # French
        "äöüß",  # German
        "áéíóúñü¿¡ªº",  # Spanish
        "ãáéçíóõâêúàôüªº",  # Portuguese
        "àèùòìéí",  # Italian
        "àèéíòóúçïü·",  # Catalan
        "åäöæøé",  # Nordic
        "áéíóúýðþæö",  # Icelandic
        "ëïéèöüáóíú",  # Dutch
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "ăâîșțşţ",  # Romanian
        "čćšžđ",  # Croatian, Slovene
        "ąčęėįšųūž",  # Lithuanian
        "āčēģīķļņšūž",  # Latvian
        "äõöüšž",  # Estonian
        "çğıöşüâîûİi̇",  # Turkish
    )
)
# Of other alphabets, all letters; and those of which half of any text in them is made.
_ALPHABETS = tuple(
    (frozenset(letters), frozenset(often))
    for letters, often in (
        ("абвгдежзийклмнопрстуфхцчшщъыьэюяё", "оеаинтсрвл"),  # Russian, Bulgarian
        ("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'", "оанивртеіс"),  # Ukrainian
        ("абвгдеёжзійклмнопрстуўфхцчшыьэюя", "анірелтоск"),  # Belarusian
        ("абвгдђежзијклљмнњопрстћуфхцчџш", "аиоенрстјкву"),  # Serbian
        ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ", "αοιετσνηυρς"),  # Greek
        ("אבגדהוזחטיכלמנסעפצקרשתךםןףץ", "יוהלאתרמבש"),  # Hebrew
        ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىپچژگکی", "اليمنوتربةد"),  # Arabic, Persian
    )
)
_MARKS = frozenset("“”‘’‚„«»‹›–—…•·€£¥§°№™©®\u00a0\u00ad¿¡ªº²³½¼¾±×")
_CASED = re.compile(r"[^\W\d_]{2,}")
_STRANGE = re.compile(  # a symbol or two alphabets within one word, capitals after small letters
    "[©®§±¦¬¶µ¤¸¨](?=[a-zà-ÿ])|[a-z](?=[\u0370-\u1fff\uac00-\ud7ff])|[\u0370-\u1fff\uac00-\ud7ff](?=[a-z])"
    "|[a-zà-ÿа-я](?=[A-ZÀ-ÞА-Я]{2})"
)
_ASIAN: tuple[tuple[re.Pattern[str], float, re.Pattern[str]], ...] = (
    (re.compile("[ぁ-ヿ]"), 0.2, re.compile("[ぁ-ヿ一-鿿、。「」・ー！？（）　]")),  # Japanese
    (re.compile("[이다는의에을를가고하지한로은사도시어그나리기서으인자대정수일있해아것부라들원장과된되했었면전상]"),
     0.2, re.compile("[가-힣、。「」（）]")),  # Korean
    (re.compile("[的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们生到作地於于出就分對对成會会]"),
     0.04, re.compile("[一-鿿、。，：；「」“”（）《》！？　]")),  # Chinese
    (re.compile("[ก-ฺเ-๎]"), 0.8, re.compile("[ก-๛]")),  # Thai
)  # fmt: skip


def beyond_ascii(text: str) -> int:
    """Return how many letters are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def likeness(text: str) -> float:
    """Return from 0 to 1 how many of the letters beyond ASCII one language has, of none 1."""
    beyond = [letter for letter in text if letter > "\x7f"]
    if not beyond:
        return 1.0
    known = [letter.lower() for letter in beyond if letter not in _MARKS]
    best = max(
        *(sum(letter in language for letter in known) for language in _LANGUAGES),
        *(_of_alphabet(known, *alphabet) for alphabet in _ALPHABETS),
    )
    share = (best + len(beyond) - len(known)) / len(beyond)
    strange = len(_STRANGE.findall(text)) / len(beyond)
    if share < 0.9 and (asian := _asian("".join(beyond))) > share:
        return max(0.0, asian - strange)
    return max(0.0, share - strange - 0.3 * _shouted(text))


def _of_alphabet(known: list[str], letters: frozenset[str], often: frozenset[str]) -> float:
    own = sum(letter in letters for letter in known)
    usual = sum(letter in often for letter in known)
    return own * min(1.0, 2 * usual / max(1, own))


def _asian(text: str) -> float:
    best = 0.0
    for often, least, usual in _ASIAN:
        if len(often.findall(text)) >= least * len(text):
            best = max(best, len(usual.findall(text)) / len(text))
    return best


def _shouted(text: str) -> float:
    """The share of words beyond ASCII in capitals: many, where KOI8 is taken for its neighbours."""
    words: list[str] = [word for word in _CASED.findall(text) if not word.isascii()]
    return sum(word.isupper() for word in words) / max(1, len(words))
