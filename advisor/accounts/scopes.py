"""What an organisation's key may be used for; which route needs which stands in the registry."""

from enum import StrEnum


class Scope(StrEnum):
    """One thing that a key may do. What needs no scope of this list, no key may do."""

    ASK = "ask"
    SEARCH = "search"
    RECORDS = "records"
    MATCH = "match"
    PLAN = "plan"
    DIAGNOSE = "diagnose"
    REPORT = "report"
    CONSULTATIONS = "consultations"  # read, change and delete what the organisation's keys began
    DOCUMENTS = "documents"  # of the operator only, as for people
