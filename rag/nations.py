"""An adjective of nations -> the country whose it is: "Chinese", "China"."""

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


def country(word: str) -> str:
    """Return the country of an adjective in lower case, "" where the word is none."""
    if word in _COUNTRIES:
        return _COUNTRIES[word]
    return word[:-1] if word.endswith(("an", "i")) and len(word) > 4 else ""
