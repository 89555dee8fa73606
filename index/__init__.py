"""Files -> stored passages -> hits. Imports nothing of ours from outside this folder.

records    the nouns: Source, Article, Passage, Hit
errors     the tree of failures
sources    a folder -> its files, each wanted, ignored, or skipped for a named reason
formats    which files are read, by their names, and by which room of parsing
contents   a file -> what is in it -> Source, or a named reason why not
decoding   bytes -> text in the characters that were meant
guessing   bytes that nobody named -> their encoding; knows charset-normalizer
letters    how much a text looks like the writing of some language
parsing/   a format's bytes -> text, in a child process
articles   text -> articles and the furniture around them
lines      a text -> its lines, each with its place
stories    lines -> the stories among them, each with a byline of its own
cards      lines -> the cards of related articles below a lead
mastheads  the first lines of a text -> the name above its headline
publishers  a name -> whether it is a newspaper's, a person's or a section's
titles     a line -> the title that it is
furniture  which lines say nothing of what happened, by their words
repeated   which lines do not, by how often a publisher prints them
credits    where in a line it says who reported, edited or photographed
corrections  the notes of what an article said before
asides     an article's lines -> those that stand around its story
headers    what a text says of itself in its first lines
bylines    a line -> who wrote an article, who published it, and when
facts      what a file says of itself, made fit to be stored
dates      words -> an ISO date, as far as it is known
foreign    the name of a month in other languages; knows dateparser
rows       which lines are a table's rows, and which cells make one
passages   article -> passages of whole sentences
cuts       source and layout -> passages with the keys of their vectors
graph      a BERT's weights -> an ONNX graph, without torch
packing    weights -> eight bits and back
runtime    a graph -> a session; knows onnxruntime and tokenizers
encoder    texts -> unit vectors
copies     two texts -> whether one is a copy of the other
families   many texts -> the families of those that are copies
kin        the families of what is stored, worked out at every commit
where      which passages to look among
fulltext   words -> the passages or articles that have them, by BM25
vectors    rows -> nearest rows; knows FAISS
store      the store on disk; with where, fulltext, kin and the rooms from
           here to repair, all that know its SQLite
snapshot   one generation of it, as a reader sees it
catalogue  what it holds, file by file and article by article
shelf      the rows of one source: put in, laid anew, taken out
write      the next generation, committed whole
seals      what a store holds -> hashes over it
verify     a store -> what of it is damaged
repair     a damaged store -> a whole one, of what in it is whole
lock       one writer to a store; knows fcntl
imprint    a database file -> the hash of its bytes, kept beside it
changes    folder and what is known of it -> what changed, by content
marks      what publishers repeat, before and after a run -> what is laid anew
sync       folder -> store, one commit
plan       folder and store -> what sync would do
watch      folder -> when it has changed and come to rest; knows watchfiles
"""
