"""A format's bytes -> text, each file in a child process with limits.

child    asks the worker for a file's page
worker   holds the parsers ready and forks a walled-in child for each file
html     a web page -> its visible text, and which of it is furniture
"""
