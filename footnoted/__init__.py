"""The front door: the verbs of the command line. Nobody imports it.

__main__   parse, call one room, hand the result on
batches    files of pairs and claims, and drafts -> what is made of them
questions  the question asked, or a file of them -> questions with their filters
terminal   how answers, hits and reports look in a terminal, and as JSON
"""

__version__ = "0.1.0"
