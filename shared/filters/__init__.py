"""Which tasks somebody means: the filter language and the parameters of a list, as one tree and one SQL condition.

Needs no web framework.
"""

from shared.filters.language import LONGEST, parse
from shared.filters.times import Clock

__all__ = ["LONGEST", "Clock", "parse"]
