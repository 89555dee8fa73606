"""Public sets, each in the folder of data that the user names -> questions, or outcomes.

sets           a set's name -> whether its files are there, and what it gives
rows           a file of records -> rows, or the line that is wrong
articles       a set's articles <-> the files that the index will read
wordings       the answer of a quiz -> how else it may be worded
realtimeqa     news articles with the questions of a weekly quiz
news           our own questions on BBC news, half of them without an answer
newsqa         CNN stories with crowd questions, to be found and to be read
squad2         Wikipedia paragraphs with questions that they answer, or only seem to
time_magazine  TIME of 1963 with judged queries: a ranking, no answers
rgb            search snippets, true and falsified
ramdocs        documents that disagree, each with its answer
selqa          the sentences of a section, one of which answers
qed            a paragraph, its sentence that answers, and the answer
wice           claims with the web page that they cite
qags           sentences of machine-written summaries with people's votes
reading        a question and its text -> what the reader made of them
support        a claim and its evidence -> whether it was judged as people did
baselines      the same without a reader: likeness, common words, common numbers
"""
