"""One documented way to treat, with what is left of its figures here."""

from microneedling._foundation.bounded_cache import Kept
from microneedling.deciding.fitting import Patient
from microneedling.knowledge.rules import Clearance, Protocol
from microneedling.values.assessments import Concern, Preferences
from microneedling.values.courses import Downtime, Interval, SessionCount
from microneedling.values.evidence import Citation
from microneedling.values.lengths import LengthRange
from microneedling.values.reasons import Reason
from microneedling.values.standing import Standing
from microneedling.values.vocabulary import Anaesthesia

__all__ = ["Option"]


class Option:
    """A protocol, or one for each concern, with what is left of its figures here."""

    __slots__ = (
        "anaesthesia",
        "borrowed",
        "citations",
        "clearances",
        "concerns",
        "downtime",
        "interval",
        "interval_within",
        "kept",
        "lengths",
        "name",
        "order",
        "protocols",
        "sessions",
        "sessions_within",
        "standings",
        "studies",
    )

    def __init__(
        self,
        concerns: tuple[Concern, ...],
        protocols: tuple[Protocol, ...],
        lengths: LengthRange,
        sessions: SessionCount | None,
        interval: Interval | None,
        clearances: tuple[Clearance, ...],
    ) -> None:
        self.concerns: tuple[Concern, ...] = concerns
        self.protocols: tuple[Protocol, ...] = protocols
        self.lengths: LengthRange = lengths
        self.sessions: SessionCount | None = sessions
        self.interval: Interval | None = interval
        self.clearances: tuple[Clearance, ...] = clearances
        # What the protocols that state a figure agree on, even where another states none.
        self.sessions_within: SessionCount | None = sessions
        self.interval_within: Interval | None = interval
        # The studies behind its figures: how it fits is theirs.
        self.studies: frozenset[str] = frozenset(
            [c.locator for p in protocols for c in p.citations if c.locator]
        )
        self.anaesthesia: Anaesthesia | None = None
        self.downtime: Downtime | None = None
        # The ids of its protocols.
        self.name: str = "+".join([protocol.id for protocol in protocols])
        # One stands for all with the same figures by the same studies.
        backing = max(protocol.backing for protocol in protocols)
        self.order: tuple[object, ...] = (backing.rank, sorted(self.studies), self.name)
        # Whether numbing or recovery is what sources state of another length.
        self.borrowed: bool = False
        # Behind what the protocols do not state themselves.
        self.citations: tuple[Citation, ...] = ()
        # How it stands to patients, by these and by what is cleared for them; and the offers made.
        self.standings: dict[tuple[Patient, frozenset[str]], Standing] = Kept(64)
        self.kept: dict[object, Reason] = Kept(64)

    @property
    def is_assembled(self) -> bool:
        """Whether no one source reports its figures: of several concerns, or by its protocols."""
        apart = len(self.concerns) > 1 and len(self.protocols) > 1
        return apart or any(protocol.assembled for protocol in self.protocols)

    def unmet(self, preferences: Preferences) -> tuple[str, ...]:
        """Find the preferences that are not known to be met."""
        unmet = []
        if preferences.longest_downtime_days is not None:
            downtime = self.downtime
            if downtime is None or downtime.longest_days > preferences.longest_downtime_days:
                unmet.append("longest_downtime_days")
        if preferences.numbing is not None:
            kind = self.anaesthesia
            without = kind is Anaesthesia.NONE or kind is Anaesthesia.OPTIONAL
            if kind is None or (kind is Anaesthesia.NONE if preferences.numbing else not without):
                unmet.append("numbing")
        if preferences.most_visits is not None and (
            self.sessions is None or self.sessions.fewest > preferences.most_visits
        ):
            unmet.append("most_visits")
        return tuple(unmet)
