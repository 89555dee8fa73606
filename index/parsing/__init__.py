"""A format's bytes -> text, each file in a child process with limits.

child    asks the worker for a file's page
worker   holds the parsers ready and forks a walled-in child for each file
frames   what they say to one another
walls    limits on time, memory, files and network, as far as the system allows
archives  a packed folder -> the files in it
packed    a zip file's members, never more than an honest file holds; the one door for XML
lines    a text put together line by line, its spans known
html     a web page -> its visible text, and which of it is furniture
tables   the cells of its tables -> rows
verdict  which blocks of it are the article; knows trafilatura
body     its lists of facts and its captions, which the verdict leaves out
digest   which stretches of it are stories of their own
tops     which lines between its headline and its story say who and when
hidden   what of it no reader sees
head     what it says of itself
tabs     its title in the tab -> the headline and the site's name
mhtml    a page saved with its pictures -> the same
pdf      a PDF -> its text and where its pages begin; knows pypdfium2
paragraphs  lines as they were set -> paragraphs
word     a .docx -> its text; knows python-docx
epub     a book -> its chapters
mail     a message or a mailbox -> messages
exports  JSON -> records
"""
