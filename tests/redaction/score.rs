//! How many secrets are covered, by a name.

use std::collections::BTreeMap;
use std::fmt;

use bailiwick_tests::redaction::Cover;
use bailiwick_tests::redaction::Marked;

/// Counts by name, with what went wrong.
#[derive(Default)]
pub(crate) struct Table {
    rows: BTreeMap<&'static str, Count>,
    wrong: BTreeMap<&'static str, Vec<String>>,
}

/// The counts of one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    full: usize,
    partial: usize,
    missed: usize,
}

impl Table {
    /// Counts a case.
    pub(crate) fn add(&mut self, name: &'static str, cover: Cover, marked: &Marked, shown: &str) {
        let count = self.rows.entry(name).or_default();
        match cover {
            Cover::Full => count.full += 1,
            Cover::Partial => count.partial += 1,
            Cover::Missed => count.missed += 1,
        }
        if cover != Cover::Full {
            let before: BTreeMap<&str, ()> = marked.text.lines().map(|line| (line, ())).collect();
            let changed = shown.lines().find(|line| !before.contains_key(line));
            let secrets = marked.secrets.first().and_then(|range| marked.text.get(range.clone()));
            let line = marked
                .text
                .lines()
                .find(|line| secrets.is_some_and(|secret| line.contains(secret)))
                .unwrap_or(&marked.text);
            let cut = |text: &str| text.escape_debug().to_string().chars().take(200).collect();
            let (line, changed): (String, String) = (cut(line), cut(changed.unwrap_or_default()));
            self.wrong.entry(name).or_default().push(format!("{cover:?}: {line} => {changed}"));
        }
    }

    /// Returns the counts of all names.
    pub(crate) fn total(&self) -> Count {
        self.rows.values().fold(Count::default(), |sum, row| Count {
            full: sum.full + row.full,
            partial: sum.partial + row.partial,
            missed: sum.missed + row.missed,
        })
    }

    /// Returns the share of cases with this cover.
    pub(crate) fn share(&self, cover: Cover) -> f64 {
        let total = self.total();
        let part = match cover {
            Cover::Full => total.full,
            Cover::Partial => total.partial,
            Cover::Missed => total.missed,
        };
        part as f64 / total.all().max(1) as f64
    }

    /// Prints the first cases of each name that went wrong.
    pub(crate) fn print_wrong(&self) {
        for (name, wrong) in &self.wrong {
            for line in wrong.iter().take(shown_count()) {
                println!("  {name}: {line}");
            }
        }
    }
}

impl Count {
    fn all(self) -> usize {
        self.full + self.partial + self.missed
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = self.full as f64 / self.all().max(1) as f64;
        write!(
            f,
            "{:>6} {:>6} {:>6} {:>6} {share:>7.3}",
            self.all(),
            self.full,
            self.partial,
            self.missed
        )
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<20} {:>6} {:>6} {:>6} {:>6} {:>7}",
            "", "cases", "full", "part", "none", ""
        )?;
        for (name, count) in &self.rows {
            writeln!(f, "{name:<20} {count}")?;
        }
        writeln!(f, "{:<20} {}", "all", self.total())
    }
}

/// Returns how many cases of a kind are shown.
pub(crate) fn shown_count() -> usize {
    std::env::var("REDACTION_SHOWN").ok().and_then(|text| text.parse().ok()).unwrap_or(3)
}
