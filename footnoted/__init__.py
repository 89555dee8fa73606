"""The front door: the verbs of the command line. Nobody imports it.

__main__   run one verb, tell a failure in one line, give the exit status
parser     what can be typed
verbs      the verbs that ask: search, ask, check, read, chat, eval
keeping    the verbs that change a store, or find that it changed: index, verify, repair
looking    the verbs that show what a store holds: status, articles, show
batches    files of pairs and claims, and drafts -> what is made of them
questions  the question asked, or a file of them -> questions with their filters
shown      how articles and whole files look in a terminal, and as JSON
terminal   how answers, hits and verdicts look in a terminal, and as JSON
reports    how what was done to a store, or found of it, looks there
"""

__version__ = "0.1.0"
