"""Question -> Answer. Imports nothing of ours but index/.

records     the nouns: Evidence, Citation, Sentence, Answer
retriever   question -> hits, dense and lexical, fused
reader      question + hits -> evidence: sentences and the words in them that answer
tokens      how many tokens a chat model will count in a text
prompt      question + evidence -> messages within a budget
writer      evidence -> draft, by quoting or by a chat model
citations   draft + evidence -> Answer: marks resolved, sentences checked
support     whether a span supports a sentence
chain       question -> Answer, by walking the rooms above
runnable    the same for LangChain
models      a model's name -> a LangChain chat model; the only room that reads keys
"""
