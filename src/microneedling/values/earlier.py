"""Needling that was done before: when as far as it is known, where, and with what."""

from calendar import monthrange
from datetime import date

from attrs import frozen

from microneedling._foundation import checks
from microneedling._foundation.value_class import Value
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import DeviceKind, Setting, Site

__all__ = ["EarlierSession"]

_MONTHS = 12
_MOST_MONTHS = 600


@frozen(kw_only=True, repr=False)
class EarlierSession(Value):
    """
    A session of needling before this assessment, by anybody or at home.

    Args:
        from_day: The first day on which it may have been.
        to_day: The last day on which it may have been, from which an interval is counted; the
            same where the day is known.
        site: Where.
        needle_length: None where it is not known.
        setting: None where it is not known.
        device: None where it is not known.

    Raises:
        InputError: If a part is of another type, or the days are the wrong way round.

    >>> EarlierSession.in_month(2026, 10, site=Site.CHEEK).to_day
    datetime.date(2026, 10, 31)
    """

    from_day: date
    to_day: date
    site: Site
    needle_length: NeedleLength | None = None
    setting: Setting | None = None
    device: DeviceKind | None = None

    def _agree(self) -> None:
        if self.to_day < self.from_day:
            checks.refuse("wrong_order", "to_day", "give a last day not before the first")

    @classmethod
    def on(
        cls,
        day: date,
        *,
        site: Site,
        needle_length: NeedleLength | None = None,
        setting: Setting | None = None,
        device: DeviceKind | None = None,
    ) -> "EarlierSession":
        """
        Make one of which the day is known.

        >>> EarlierSession.on(date(2026, 10, 3), site=Site.CHEEK).from_day
        datetime.date(2026, 10, 3)
        """
        return cls(
            from_day=day,
            to_day=day,
            site=site,
            needle_length=needle_length,
            setting=setting,
            device=device,
        )

    @classmethod
    def in_month(
        cls,
        year: int,
        month: int,
        *,
        site: Site,
        needle_length: NeedleLength | None = None,
        setting: Setting | None = None,
        device: DeviceKind | None = None,
    ) -> "EarlierSession":
        """
        Make one of which only the month is known, 1 to 12.

        >>> EarlierSession.in_month(2024, 2, site=Site.CHEEK).to_day
        datetime.date(2024, 2, 29)
        """
        checks.whole(year, "year", checks.FIRST_DATE.year, checks.LAST_DATE.year, "years")
        checks.whole(month, "month", 1, _MONTHS, "months")
        return cls(
            from_day=date(year, month, 1),
            to_day=date(year, month, monthrange(year, month)[1]),
            site=site,
            needle_length=needle_length,
            setting=setting,
            device=device,
        )

    @classmethod
    def within_months(
        cls,
        months: int,
        *,
        before: date,
        site: Site,
        needle_length: NeedleLength | None = None,
        setting: Setting | None = None,
        device: DeviceKind | None = None,
    ) -> "EarlierSession":
        """
        Make one that was within so many months before a day, 1 to 600.

        >>> EarlierSession.within_months(3, before=date(2026, 5, 31), site=Site.CHEEK).from_day
        datetime.date(2026, 2, 28)
        """
        checks.whole(months, "months", 1, _MOST_MONTHS, "months")
        before = checks.day(before, "before")
        year, month = divmod(before.year * _MONTHS + before.month - 1 - months, _MONTHS)
        if year < checks.FIRST_DATE.year:
            checks.refuse("out_of_range", "months", "give fewer months; days begin with 1900")
        day = min(before.day, monthrange(year, month + 1)[1])
        return cls(
            from_day=date(year, month + 1, day),
            to_day=before,
            site=site,
            needle_length=needle_length,
            setting=setting,
            device=device,
        )
