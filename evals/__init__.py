"""Suites of questions -> scores.

suites         a folder -> its questions with their gold
measures       what is counted: pure functions, each with its source
run            suites -> scores, and how they look
bench          how long cold starts take
reader_pool    a pool of extractive questions -> training examples
train_reader   training examples -> the reader
export_reader  a trained reader -> the file that ships
fit_reader     the sample articles' questions -> the weights around the reader
train_tokens   plain text -> the vocabulary that counts a prompt's tokens
"""
