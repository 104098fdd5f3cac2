"""Which tasks somebody means: the filter language and the parameters of a list, as one tree and one SQL condition.

Needs no web framework. Its parts are imported where they are needed, for that takes a while.
"""

LONGEST = 1000  # characters of a filter
