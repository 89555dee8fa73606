"""Lines that stand around articles on many pages and say nothing of what happened.

They are known by their words here, by how often a publisher prints them in `repeated`.
"""

from __future__ import annotations

import re

from index.credits import are_names, credit, is_credit

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
      | thank\ you(\ for\ signing\ up)? | all\ rights\ reserved | notes\ (to|for)\ editors? | ends
      | (press|news|media)\ release (\W+ for\ immediate\ release)? | for\ immediate\ release
      | (strictly\ )?(under\ )?embargo(ed)?\ (until|till)\ .{4,50} ) \W*"""
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
_TRAIL = re.compile(r"\s*[>»›→]\s*|\s[/|•·]\s")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")  # of Markdown
_ADDRESS = re.compile(r"(?i)(?:https?://|www\.)\S+")
_PLACE = 40  # characters of a page that leads to others; the last is the article's own


def begins(line: str, *, above: bool = False) -> int | None:
    """Return where page furniture begins in a line, by its words alone, None where there is none.

    That is at 0, or where its closing credit does: "It rained. (Reporting by Ann Orr)". `above`
    the first paragraph a line may name the author; below it, it may be of a book.
    """
    if is_furniture(line) or (above and _names_writers(line)):
        return 0
    return credit(line)


def is_furniture(line: str) -> bool:
    """Whether a line is page furniture by its words alone."""
    if len(line) > LONGEST:
        return is_credit(line)
    ways = (_WHOLE, _BEGINNING, _PLACES, _STAFF)
    return any(way.fullmatch(line) for way in ways) or is_credit(line)


def is_trail(line: str) -> bool:
    """Whether a line tells where on a site its page stands: "Home > News > Pears", an address."""
    if len(line) > LONGEST:
        return False
    words = _LINK.sub(r"\1", line).strip(" \t*_")
    if _ADDRESS.fullmatch(words):
        return True
    parts = _TRAIL.split(re.sub(r"(?i)^you are here:?\s*", "", words))
    if not all(parts) or any(len(part) > _PLACE for part in parts[:-1]):
        return False
    least = 3 - (parts[0].lower() == "home" and re.search("[>»›→]", words) is not None)
    return len(parts) >= least and (parts[0].lower() == "home" or not re.search(r" [/|•·] ", words))


def _names_writers(line: str) -> bool:
    """Whether a line is "Author:" and names of several words: "Author: No" is an interview's."""
    found = _WRITER.match(line)
    names = line[found.end() : LONGEST].split() if found else []
    ended = bool(names) and names[-1][-1] in "?!."
    return 1 < len(names) <= 12 and not ended and are_names(names)
