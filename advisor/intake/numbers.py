"""Numbers of a message: the same reading as everywhere, by the name that intake uses."""

from advisor.domain.numbers import AMOUNT as AMOUNT
from advisor.domain.numbers import COUNT as COUNT
from advisor.domain.numbers import read_count as read_count
from advisor.domain.numbers import read_won as read_won
