"""Question -> Answer. Imports nothing of ours but index/.

records     the nouns: Evidence, Citation, Sentence, Answer
followups   a question in a conversation -> one that stands alone
compound    a question that asks several things -> questions that ask one each
words       a text -> the words that say what it is about
versions    ranked hits -> one for each text, and those that say it otherwise
retriever   question -> hits, dense and lexical, fused
search      question + store -> hits; what a question must be
reader      question + hits -> evidence: sentences and the words in them that answer
kinds       a question -> the kind of words it asks for
units       a question that asks for a measure -> whether words can be it
speakers    a question for what somebody says -> how far a sentence is another's
saying      a sentence -> who speaks in it
features    a sentence that was read -> what else is known of it
spans       a reader's marks for each token -> the best words of each sentence
similarity  the same without reading
planted     whether a sentence was written for a machine, and is no answer
named       any model that a user names, as a reader
texts       the same for one text at hand, without a store
several     how many things a question asks for
listed      evidence that announces a list -> the list's items
counted     evidence that counts what is asked for -> the sentence near it that names as many
lists       a sentence -> where it lists names or things
likeness    whether two short answers say the same
backing     two sentences -> whether one is a source of the other's answer
tokens      how many tokens a chat model will count in a text
prompt      question + evidence -> messages within a budget
writer      evidence -> draft, by quoting
chatting    the same by a chat model
citations   draft + evidence -> Answer: marks resolved, sentences checked
places      citations -> the same with their page, and the way back to the web
agreement   a claim and sentences -> in what they agree, word by word
denials     a claim and sentences -> whether one denies what the other says
exchanges   a claim that mostly copies a sentence -> the words that it puts for others
days        the years, months and weekdays that a text names -> whether another names others
quantities  a claim -> whether it says all, more or at least of what is some, less or at most
antecedents  a sentence and those before it -> whom its pronouns and short names stand for
offices     a text -> who is what in it; whether a claim has somebody be another thing
ranks       a claim and a text -> whether somebody's rank is another
outcomes    a claim and sentences -> whether there it came out otherwise
conflicts   a claim and sentences -> whether they say it of another, or in another number
parts       a sentence -> its telling words, each with its part in it
roles       a claim in a sentence's own words -> whether it says them of each other
support     whether a text supports a sentence
checking    a claim -> supported, contradicted or without evidence, and where
look        what retrieval and the reader found for a question
slips       a question -> the same, slips of the finger mended with the articles' words
absent      a question -> the names and years in it that no article has
lacking     a question -> a word of it that the article of its answer ought to have
quotations  a sentence out of a quotation of several -> all of it, where that is short
when        an answer that names a day as news do -> its date, or that it has none
nations     a word for a country -> the country
chain       question -> Answer, by walking the rooms above
feedback    what readers said of answers, kept beside the store
runnable    the same for LangChain
models      a model's name -> a LangChain chat model; the only room that reads keys
"""
