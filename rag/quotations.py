"""A sentence out of a quotation of several -> all of it, with who says it, where that is short.

"A vine needs three years. I am seventy-one," said a grower: of either sentence alone a mark would
stand without its other, and of the first nobody would know who says it.
"""

from __future__ import annotations

from index.records import Hit, Span

MOST = 4  # sentences together


def quotation(hit: Hit, sentence: Span, longest: int) -> Span:
    """Return the sentence with those that share its quotation, up to `longest` words together.

    The sentence alone where it is in no quotation, or where that does not end in its paragraph.
    """
    if sentence not in hit.sentences:
        return sentence
    first = last = hit.sentences.index(sentence)
    while _within(hit, hit.sentences[first][0]):
        first -= 1
        if first < 0:
            return sentence
    while _within(hit, hit.sentences[last][1]):
        last += 1
        if last == len(hit.sentences):
            return sentence
    start, end = hit.sentences[first][0], hit.sentences[last][1]
    whole = hit.quote[start - hit.start : end - hit.start]
    short = last - first < MOST and "\n" not in whole and len(whole.split()) <= longest
    return (start, end) if short else sentence


def _within(hit: Hit, at: int) -> bool:
    """Whether a place of a paragraph is within quotation marks, all of which are paired there."""
    before, behind = hit.quote[: at - hit.start], hit.quote[at - hit.start :]
    before, behind = before.rpartition("\n")[2], behind.partition("\n")[0]
    paragraph = before + behind
    if '"' in paragraph:
        return paragraph.count('"') % 2 == 0 and before.count('"') % 2 == 1
    paired = paragraph.count("“") == paragraph.count("”")
    return paired and before.count("“") > before.count("”")
