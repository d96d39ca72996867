//! When something was made or changed, in UTC.

use std::fmt;
use std::hash::{BuildHasher, RandomState};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A point in time, in milliseconds since 1970, UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Where the time and chance come from, so that tests can set both.
pub(crate) trait Clock: fmt::Debug + Send + Sync {
    fn now(&self) -> Timestamp;

    /// A number that no other opcit draws, here or on another machine.
    fn random(&self) -> u32;
}

/// The machine's own clock.
#[derive(Debug)]
pub(crate) struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_time(OffsetDateTime::now_utc())
    }

    fn random(&self) -> u32 {
        // The standard library's maps are seeded by the system; that seed is all that is wanted.
        let drawn = RandomState::new().hash_one(std::process::id());
        u32::try_from(drawn >> 32).unwrap_or_default()
    }
}

impl Timestamp {
    /// The last one that RFC 3339 has a name for.
    const LAST: Timestamp = Timestamp(253_402_300_799_999);

    /// Reads a date and time of RFC 3339, in any zone.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        Some(Self::from_time(time))
    }

    /// Reads a date and time without a zone, `2026-11-23 10:02:41`, as of UTC.
    pub(super) fn parse_local(text: &str) -> Option<Self> {
        let (day, time) = text.trim().split_once(' ')?;
        Self::parse(&format!("{day}T{time}Z"))
    }

    /// From milliseconds since 1970.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Timestamp(millis.clamp(0, Self::LAST.0))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0
    }

    /// The day that it is in UTC: `2026-11-23`.
    #[must_use]
    pub fn day(self) -> String {
        let mut day = self.to_string();
        day.truncate("2026-11-23".len());
        day
    }

    /// Whether it stands for a time that was never noted.
    pub(crate) fn is_unknown(&self) -> bool {
        self.0 == 0
    }

    /// The next one that can be told from this one.
    pub(crate) fn next(self) -> Self {
        Self::from_millis(self.0.saturating_add(1))
    }

    fn from_time(time: OffsetDateTime) -> Self {
        let millis = time.unix_timestamp_nanos() / 1_000_000;
        Self::from_millis(i64::try_from(millis).unwrap_or_default())
    }
}

impl fmt::Display for Timestamp {
    /// As in RFC 3339, to the millisecond; always of the same length, so that text sorts by time.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let (year, month, day) = time.to_calendar_date();
        let (hour, minute, second, milli) = time.to_hms_milli();
        let month = u8::from(month);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"
        )
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Timestamp::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("a date and time of RFC 3339 is wanted"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, shown: &str) {
        let moment = Timestamp::parse(text).map(|moment| moment.to_string());
        assert_eq!(moment.as_deref(), Some(shown));
    }

    #[test]
    fn a_moment_is_shown_in_utc_to_the_millisecond() {
        check("2026-11-23T23:02:41Z", "2026-11-23T23:02:41.000Z");
        check("2026-11-24T01:02:41.1239+02:00", "2026-11-23T23:02:41.123Z");
    }

    #[test]
    fn a_moment_before_1970_and_one_at_the_end_of_time_stay_within_bounds() {
        check("1901-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z");
        check("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z");
        assert_eq!(Timestamp::LAST.next(), Timestamp::LAST);
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        assert_eq!(Timestamp::parse("yesterday"), None);
    }
}
