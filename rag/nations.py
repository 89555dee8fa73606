"""A word for a country -> the country: its adjective, or where its government sits."""

from __future__ import annotations

# Those that a rule does not give: "Korean", "Israeli".
_COUNTRIES = dict(
    pair.split()
    for pair in (
        "afghan afghanistan,belgian belgium,brazilian brazil,british britain,canadian canada,"
        "chilean chile,chinese china,czech czechia,danish denmark,dutch netherlands,egyptian egypt,"
        "european europe,finnish finland,french france,german germany,greek greece,hungarian"
        " hungary,iranian iran,irish ireland,italian italy,japanese japan,jordanian jordan,kazakh"
        " kazakhstan,kyrgyz kyrgyzstan,lebanese lebanon,mexican mexico,norwegian norway,peruvian"
        " peru,polish poland,portuguese portugal,scottish scotland,slovak slovakia,spanish spain,"
        "sudanese sudan,swedish sweden,swiss switzerland,taiwanese taiwan,tajik tajikistan,thai"
        " thailand,turkish turkey,turkmen turkmenistan,ukrainian ukraine,uzbek uzbekistan,"
        "vietnamese vietnam,welsh wales"
    ).split(",")
)
# The seat of a government -> its country, as news speak of it.
_SEATS = dict(
    pair.split()
    for pair in (
        "moscow russia,kremlin russia,kiev ukraine,kyiv ukraine,beijing china,washington america,"
        "pentagon america,london britain,paris france,berlin germany,brussels europe,rome italy,"
        "madrid spain,warsaw poland,tehran iran,teheran iran,jerusalem israel,ankara turkey,"
        "tokyo japan,seoul korea,pyongyang korea,delhi india,islamabad pakistan,kabul afghanistan,"
        "baghdad iraq,damascus syria,riyadh arabia,cairo egypt,minsk belarus,canberra australia,"
        "ottawa canada,brasilia brazil,caracas venezuela,havana cuba,helsinki finland,oslo norway,"
        "stockholm sweden,copenhagen denmark,vienna austria,budapest hungary,prague czechia,"
        "athens greece,lisbon portugal,dublin ireland,hanoi vietnam,manila philippines,"
        "jakarta indonesia,bangkok thailand,taipei taiwan,tbilisi georgia,yerevan armenia,"
        "baku azerbaijan,astana kazakhstan,vilnius lithuania,riga latvia,tallinn estonia,"
        "bucharest romania,sofia bulgaria,belgrade serbia,american america,british britain,"
        "us america,usa america,uk britain,eu europe"
    ).split(",")
)


LANDS = frozenset([*_COUNTRIES.values(), *_SEATS.values()])


def country(word: str) -> str:
    """Return the country of an adjective in lower case, "" where the word is none."""
    if word in _COUNTRIES:
        return _COUNTRIES[word]
    return word[:-1] if word.endswith(("an", "i")) and len(word) > 4 else ""


def land(word: str) -> str:
    """Return the country that a word in lower case stands for, else the word itself."""
    return word if word in LANDS else _SEATS.get(word) or country(word) or word
