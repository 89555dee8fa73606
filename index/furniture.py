"""Lines that stand around articles on many pages and say nothing of what happened.

They are known by their words here, by how often a publisher prints them in `repeated`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

AROUND = "around the article"  # why a line is furniture that its place makes so
LONGEST = 200  # characters; patterns with \W* take the square of a longer line's time
_WHOLE = re.compile(
    r"""(?ix) \W* (?: comments? | hashtags | tags | no\ comments\ yet | related\ (articles|stories)
      | remind\ me\ later | try\ our\ .{1,30} | explore\ further
      | explore\ what\ .{1,40}\ can\ do\ for\ you
      | see\ what\ .{1,40}\ can\ do\ for\ (you|your\ day) | share(\ this)?(\ article|\ story)?
      | advertisement | read\ (more|next|(the\ )?full\ story) | sign\ up | subscribe | log\ in
      | to\ read\ the\ full\ story | more | you\ may\ also\ like | don['’]t\ miss | top\ stories
      | most\ (read|popular) | partner\ news | (order\ reprints|print\ article)
      | thank\ you(\ for\ signing\ up)? | all\ rights\ reserved ) \W*"""
)
_BEGINNING = re.compile(
    r"""(?ix) \W* (?: (read|see)\ (more|also|next) \s* :
      | related (\ (story|article|reading))? \s* : | also\ read \s* :
      | (tagged | tags | keywords | filed\ under) \s* : (?! .* \.$)
      | more\ (from\ .{1,40} | (on|in)\ (this|our)\ .{1,30} | (\S+\s)? (obituaries | stories
        | articles | headlines | coverage | reviews | interviews | columns)) \s* : (?! .* \.$)
      | (click|tap)\ here\ to\ (subscribe|sign\ up|register)\b
      | (subscribe|sign\ up)\ (to|for)\ (\S+\s){0,6}? (newsletters?|alerts)\b
      | get\ (\S+\s){1,8}? (delivered|right)?\ ?(to|in|into)\ your\ (inbox|mailbox)\b
      | (get|receive|would\ you\ like\ to\ receive)\ (\S+\s){1,6}? newsletters?\b
      | we\ (will|may)\ use\ the\ (information|details)\ you\ have\ (shared|given|provided)
      | follow\ (\S+\s){1,5}? (on|@)\ ?(twitter|facebook|instagram|x\b|threads|youtube|telegram
        |linkedin|whatsapp|bluesky|tiktok)\b
      | (like|love|enjoyed?)\ this\ (story|article)\? | copyright\b.{0,20}\d{4} | ©
      | (we|this\ (web)?site)\ uses?\ cookies\b | by\ continuing\ to\ (use|browse)\b.{0,60}cookies
    ) .*"""
)

_PLACES = re.compile(
    r"""(?ix) \W* share (\ (this|the|our))? (\ (article|story|post|page|obituary|news))? \W*
      (?: (?: on | via | by | or | and | all\ networks | copy\ link | link | save | sms | e-?mail
      | print | facebook | twitter | tweet | x | linked-?in | whatsapp | reddit | pinterest
      | threads | telegram | instagram | bluesky | mastodon | tumblr | messenger | pocket
      | flipboard )
      \b \W* )+
    """
)
_STAFF = re.compile(
    r"""(?ix) \W* (by|from) \ (our|an?) (\ (?!who\b|that\b)[\w-]+){0,3}
      \ (staff|correspondents?|reporters?|writers?|editors?|desk|bureau|newsroom)
      (\ (in|at)\ [\w-]+ (\ [\w-]+)?)? \W*"""
)
_WRITER = re.compile(r"(?i)\W*(?:authors?|by-?line|written by|words by|story by)\s*:\s*(?=\S)")
_LABOUR = (
    r"reporting|writing|editing|compiled|compiling|research|translation|translated|photographs?"
    r"|photography|graphics?|production|produced|edited|reported"
)
_CREDIT = re.compile(
    rf"(?i)\b(?:(?:additional|further|and)\s+)*(?:{_LABOUR})"
    rf"(?:\s+and\s+(?:{_LABOUR}))?\s+by\b"
)
_LONGEST_CREDIT = 600  # characters; some name a dozen people
_SMALL = frozenset(
    "in and from for at on of the with de del der van von la le di da al el y e et und den ten bin"
    " newsroom desk bureau staff team".split()
)


def begins(line: str, *, above: bool = False) -> int | None:
    """Return where page furniture begins in a line, by its words alone, None where there is none.

    That is at 0, or where its closing credit does: "It rained. (Reporting by Ann Orr)". `above`
    the first paragraph a line may name the author; below it, it may be of a book.
    """
    if is_furniture(line) or (above and _names_writers(line)):
        return 0
    at = line.rfind("(")
    return at if at > 0 and _is_credit(line[at:]) else None


def is_furniture(line: str) -> bool:
    """Whether a line is page furniture by its words alone."""
    if len(line) > LONGEST:
        return _is_credit(line)
    ways = (_WHOLE, _BEGINNING, _PLACES, _STAFF)
    return any(way.fullmatch(line) for way in ways) or _is_credit(line)


def _is_credit(line: str) -> bool:
    """Whether a line says who reported and edited, and nothing else."""
    if len(line) > _LONGEST_CREDIT:
        return False
    words = line.strip(" \t()[]*_.-–—")
    if not (found := _CREDIT.match(words)) or found.end() == len(words):
        return False
    return _are_names(re.findall(r"[^\s,;:.&/()]+", _CREDIT.sub(" ", words)))


def _names_writers(line: str) -> bool:
    """Whether a line is "Author:" and names of several words: "Author: No" is an interview's."""
    found = _WRITER.match(line)
    names = line[found.end() : LONGEST].split() if found else []
    ended = bool(names) and names[-1][-1] in "?!."
    return 1 < len(names) <= 12 and not ended and _are_names(names)


def _are_names(words: Iterable[str]) -> bool:
    bare = [word.strip("\"'“”‘’*_|,;&/") for word in words]
    return any(word[:1].isupper() for word in bare) and all(
        not word or word[0].isupper() or word in _SMALL for word in bare
    )
