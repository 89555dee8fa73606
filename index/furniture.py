"""Lines that stand around articles on many pages and say nothing of what happened.

They are known by their words here, by how often a publisher prints them in `repeated`.
"""

from __future__ import annotations

import re

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
      | (click|tap)\ here\ to\ (subscribe|sign\ up|register)\b
      | (subscribe|sign\ up)\ (to|for)\ (\S+\s){0,6}? (newsletters?|alerts)\b
      | get\ (\S+\s){1,8}? (delivered|right)?\ ?(to|in|into)\ your\ (inbox|mailbox)\b
      | (get|receive|would\ you\ like\ to\ receive)\ (\S+\s){1,6}? newsletters?\b
      | we\ (will|may)\ use\ the\ (information|details)\ you\ have\ (shared|given|provided)
      | follow\ (\S+\s){1,5}? (on|@)\ ?(twitter|facebook|instagram|x\b|threads|youtube|telegram)
      | (like|love|enjoyed?)\ this\ (story|article)\? | copyright\b.{0,20}\d{4} | ©
      | (we|this\ (web)?site)\ uses?\ cookies\b | by\ continuing\ to\ (use|browse)\b.{0,60}cookies
    ) .*"""
)


def is_furniture(line: str) -> bool:
    """Whether a line is page furniture by its words alone."""
    if len(line) > LONGEST:
        return False
    return bool(_WHOLE.fullmatch(line) or _BEGINNING.fullmatch(line))
