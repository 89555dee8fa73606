"""Suites of questions -> scores, and what may be decided by them.

suites         a folder -> its questions with their gold
settings       what may be varied, each with its default
relevance      gold -> which passages and articles are right
outcomes       a suite's questions, asked -> what became of each
baselines      the same questions, put to other systems
measures       what is counted: pure functions, each with its source
intervals      how sure a figure is
scores         outcomes -> named scores with intervals
results        results.json: written, read back, printed as a table
plots          numbers -> SVG
cases          what each question came to, and the worst, side by side with their gold
report         results -> one page in HTML
gate           floors that a change may not break
compare        two results -> what differs beyond chance
run            suites -> results
published      public sets from a folder of the user's -> results
public/        one room for each of those sets
tables         results -> the tables of the READMEs
command        what `footnoted eval` was asked -> table, files, exit status
adopt          what readers said of answers -> cases
bench          how long cold starts take
copies         labelled retellings of articles -> how well families of copies are found
retold         articles -> true copies of them, and different stories that share some words
extraction     how much of a web page is taken for its article
reader_pool    a pool of extractive questions -> training examples
written        our own questions on news -> what to train on, to choose by and to report
nearmisses     those to train on -> training examples
typed          a question -> the same as people type it
tensors        training examples -> tensors, and what the marks on them cost
train_reader   training examples -> the reader
export_reader  a trained reader -> the file that ships
fit_words      questions and their passages -> the words that an answer may lack
logistic       rows of features, some of them right -> the weights that tell the right ones
fit_reader     the sample articles' questions -> the weights around the reader
statements     a question and its answer -> the statement that both make
claims         articles, and questions -> claims that a text states, and that it does not
fit_support    claims made by rule -> the weights of the support check
train_tokens   plain text -> the vocabulary that counts a prompt's tokens
"""
