"""The chat page's rooms.

markup   text -> HTML in which nothing of the text has a meaning
turns    question + answer -> what the talk shows for it
sources  a cited place in its article -> what the source column shows
gate     which requests reach the page, and what every response carries
server   Gradio's application behind that gate, served from a thread
page.css and page.js are the page's own look and its only script.
"""
