"""The help desk of an Advisor: the one place that says what its queue works with."""

from datetime import timedelta

from advisor.assemble import Advisor
from advisor.clock import now
from advisor.conversation.finding import DOMAIN
from advisor.helpdesk.queue import Queue
from advisor.intake.expand import expand
from advisor.stores.helpdesk import HelpdeskStore
from advisor.stores.quality import QualityKind, QualityStore

# A question this near to the field was perhaps turned away wrongly. The measure is the scope's own,
# about -0.1 to 0.1; of 20 everyday questions about something else two come nearer, of 8 of
# managers about law, leases and patents six.
NEAR_THE_FIELD = -0.0135


def queue_of(advisor: Advisor) -> Queue:
    """Return the queue over the records that answer now, in the database of the index."""
    tools = advisor.tools

    def is_doubtful(question: str) -> bool:
        if DOMAIN.search(question) or expand(question, tools.lexicon.concepts):
            return True
        return tools.scope is not None and tools.scope(question) >= NEAR_THE_FIELD

    def low_quality() -> frozenset[tuple[str, int]]:
        since = now() - timedelta(days=advisor.settings.retention_days)
        found = QualityStore(advisor.index.engine).quality_list(since, QualityKind.CHECKS)
        return frozenset((one.consultation_id, one.number) for one in found)

    return Queue(
        HelpdeskStore(advisor.index.engine),
        advisor.index.embedder,
        usual=tuple(one.question for one in advisor.corpus.faqs.values()) or ("지원사업",),
        is_doubtful=is_doubtful,
        low_quality=low_quality,
    )
