//! Versions: how far apart two are, by the rules of semantic versions and their relatives.

/// A version: `1.2.3`, `v1.2`, `1.2.3-rc.1`, `2.0.0.RELEASE`, `1.0rc1`, `32.1.2-jre`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Version<'t> {
    /// The numbers parted by dots.
    numbers: Vec<u64>,
    /// What follows them, without `+build`.
    rest: &'t str,
}

/// How far a version is from another; ordered, the farther the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Distance {
    /// They mean the same.
    Same,
    /// A fix.
    Patch,
    /// More, and nothing less.
    Minor,
    /// It may break what uses it.
    Major,
    /// Back to an older one.
    Lowered,
    /// It cannot be told.
    Unclear,
}

/// Words after the numbers of a version that is released.
const RELEASED: &[&str] = &["", "release", "final", "ga", "jre", "android", "incompatible"];

impl<'t> Version<'t> {
    /// Reads a version; `None` where the text is none.
    pub(crate) fn read(text: &'t str) -> Option<Self> {
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let text = text.split_once('+').map_or(text, |(version, _)| version);
        let mut numbers = Vec::new();
        let mut rest = text;
        loop {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, after) = rest.split_at_checked(digits)?;
            numbers.push(number.parse::<u64>().ok()?);
            rest = after;
            match after.strip_prefix('.') {
                Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => rest = next,
                Some(_) | None => break,
            }
        }
        let word = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        if numbers.len() > 6 || !rest.chars().all(word) {
            return None;
        }
        Some(Self { numbers, rest: rest.trim_start_matches(['-', '.', '_']) })
    }

    fn number(&self, index: usize) -> u64 {
        self.numbers.get(index).copied().unwrap_or(0)
    }

    /// Returns true where it is no test version of any kind.
    fn is_released(&self) -> bool {
        RELEASED.iter().any(|word| self.rest.eq_ignore_ascii_case(word))
    }

    /// Returns how far `self` is from the version before.
    ///
    /// A version that begins with zeros promises nothing: its first other number counts as
    /// major. From a test version to another text cannot be told.
    pub(crate) fn distance_from(&self, before: &Self) -> Distance {
        let length = self.numbers.len().max(before.numbers.len());
        let differs = (0..length).find(|index| self.number(*index) != before.number(*index));
        let Some(index) = differs else {
            return match (self.rest == before.rest, self.is_released(), before.is_released()) {
                (true, _, _) => Distance::Same,
                (false, true, false) => Distance::Patch,
                (false, false, true) => Distance::Lowered,
                (false, _, _) => Distance::Unclear,
            };
        };
        if self.number(index) < before.number(index) {
            return Distance::Lowered;
        }
        // From a test version to a release is as far as the numbers are; else the words after the
        // numbers must be the same, and those of a release.
        let same_words = self.rest.eq_ignore_ascii_case(before.rest);
        if !self.is_released() || (before.is_released() && !same_words) {
            return Distance::Unclear;
        }
        let zeros = (0..index).all(|earlier| before.number(earlier) == 0);
        match index {
            0 => Distance::Major,
            _ if zeros => Distance::Major,
            1 => Distance::Minor,
            _ => Distance::Patch,
        }
    }
}
