//! What a backtest found; two reports of parts come to the report of the whole.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::DecisionEffect;
use crate::replay::ChangedBy;

/// What a candidate policy set would have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BacktestReport {
    /// Recorded decisions that were decided again.
    pub decided: u64,
    /// The decision changed, by from, to and what made the difference.
    pub(super) groups: BTreeMap<Change, (u64, Vec<ChangeExample>)>,
    /// The decision is the same and something that had to be seen to is dropped.
    pub obligations_dropped: u64,
    /// The decision is the same and more has to be seen to.
    pub obligations_added: u64,
    /// What could not be decided again, by the code of the reason.
    pub(super) skipped: BTreeMap<String, (u64, Vec<SkippedExample>)>,
    /// The decision is the same.
    pub unchanged: u64,
    /// How many examples each group keeps: those with the lowest decision ids.
    pub(super) examples: usize,
}

/// A group's key, in the order of the report: what opens stands first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    pub(super) rank: u8,
    pub(super) from: DecisionEffect,
    pub(super) to: DecisionEffect,
    pub(super) by: Vec<ChangedBy>,
}

impl Change {
    pub(super) fn new(from: DecisionEffect, to: DecisionEffect, by: Vec<ChangedBy>) -> Self {
        use DecisionEffect::Allowed;
        use DecisionEffect::AskApproval;
        use DecisionEffect::Denied;
        let rank = match (from, to) {
            (Denied, Allowed) => 0,
            (AskApproval, Allowed) => 1,
            (Denied, AskApproval) => 2,
            (Allowed, Denied) => 3,
            (Allowed, AskApproval) => 4,
            (AskApproval, Denied) => 5,
            (Allowed, Allowed) | (AskApproval, AskApproval) | (Denied, Denied) => 6,
        };
        Self { rank, from, to, by }
    }
}

/// Decisions that changed in the same way, for the same cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeGroup {
    /// What made the difference.
    pub by: Vec<ChangedBy>,
    /// How many decisions.
    pub count: u64,
    /// Some of them.
    pub examples: Vec<ChangeExample>,
    /// What was decided.
    pub from: DecisionEffect,
    /// It lets through what was held back.
    pub opens: bool,
    /// What the candidate decides.
    pub to: DecisionEffect,
}

/// One decision that changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ChangeExample {
    /// The decision.
    pub decision_id: String,
    /// The action.
    pub action: String,
    /// The command, as it was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// Paths that are read or changed, as they were kept: the first five.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// The run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
}

/// Recorded decisions that could not be decided again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Why: a stable code.
    pub code: String,
    /// How many.
    pub count: u64,
    /// Some of them.
    pub examples: Vec<SkippedExample>,
}

/// One recorded decision that could not be decided again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SkippedExample {
    /// The decision; where not even that can be read, where it stands.
    pub decision_id: String,
    /// The places that are redacted, or not kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// Why, for people.
    pub why: String,
}

impl BacktestReport {
    /// Returns a report on nothing yet, which keeps at most `examples` of each group.
    pub fn new(examples: usize) -> Self {
        Self { examples, ..Self::default() }
    }

    /// Takes in the report on another part of the records. In whichever order and parts records
    /// were judged, the whole is the same.
    pub fn merge(&mut self, other: Self) {
        self.decided += other.decided;
        self.obligations_added += other.obligations_added;
        self.obligations_dropped += other.obligations_dropped;
        self.unchanged += other.unchanged;
        for (key, (count, examples)) in other.groups {
            let group = self.groups.entry(key).or_default();
            group.0 += count;
            examples.into_iter().for_each(|example| keep(&mut group.1, example, self.examples));
        }
        for (code, (count, examples)) in other.skipped {
            let group = self.skipped.entry(code).or_default();
            group.0 += count;
            examples.into_iter().for_each(|example| keep(&mut group.1, example, self.examples));
        }
    }

    /// Counts a record that cannot even be read; `place` says where it stands.
    pub fn skip(&mut self, code: &str, place: &str, why: &str) {
        let fields = Vec::new();
        let (decision_id, why) = (place.to_owned(), why.to_owned());
        self.add_skipped(code, SkippedExample { decision_id, fields, why });
    }

    /// Returns the changed decisions: denied → allowed first, then ask → allowed, denied → ask, and
    /// then what is held back further; of each the largest group first.
    pub fn groups(&self) -> Vec<ChangeGroup> {
        let mut groups: Vec<(u8, ChangeGroup)> = self
            .groups
            .iter()
            .map(|(change, (count, examples))| {
                let group = ChangeGroup {
                    by: change.by.clone(),
                    count: *count,
                    examples: examples.clone(),
                    from: change.from,
                    opens: change.to < change.from,
                    to: change.to,
                };
                (change.rank, group)
            })
            .collect();
        crate::model::ordered::sort_by(&mut groups, |(rank, a), (other, b)| {
            rank.cmp(other).then(b.count.cmp(&a.count)).then_with(|| a.by.cmp(&b.by))
        });
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// Returns what could not be decided again, by the code of the reason.
    pub fn skipped(&self) -> Vec<Skipped> {
        let skipped = self.skipped.iter();
        skipped
            .map(|(code, (count, examples))| Skipped {
                code: code.clone(),
                count: *count,
                examples: examples.clone(),
            })
            .collect()
    }

    /// Returns how many decisions would let through what was held back.
    pub fn opened(&self) -> u64 {
        let opens = self.groups.iter().filter(|(change, _)| change.to < change.from);
        opens.map(|(_, (count, _))| count).sum()
    }

    /// Returns how many decisions would hold back what was let through, or hold it back further.
    pub fn tightened(&self) -> u64 {
        let tightens = self.groups.iter().filter(|(change, _)| change.to > change.from);
        tightens.map(|(_, (count, _))| count).sum()
    }

    pub(super) fn add_changed(&mut self, change: Change, example: ChangeExample) {
        let group = self.groups.entry(change).or_default();
        group.0 += 1;
        keep(&mut group.1, example, self.examples);
    }

    pub(super) fn add_skipped(&mut self, code: &str, example: SkippedExample) {
        let group = self.skipped.entry(code.to_owned()).or_default();
        group.0 += 1;
        keep(&mut group.1, example, self.examples);
    }
}

/// What is printed: the groups in their order, the counts beside them.
impl Serialize for BacktestReport {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown {
            changed: Vec<ChangeGroup>,
            decided: u64,
            obligations_added: u64,
            obligations_dropped: u64,
            opened: u64,
            skipped: Vec<Skipped>,
            tightened: u64,
            unchanged: u64,
        }
        let shown = Shown {
            changed: self.groups(),
            decided: self.decided,
            obligations_added: self.obligations_added,
            obligations_dropped: self.obligations_dropped,
            opened: self.opened(),
            skipped: self.skipped(),
            tightened: self.tightened(),
            unchanged: self.unchanged,
        };
        shown.serialize(serializer)
    }
}

/// Keeps the `most` lowest.
fn keep<T: Ord>(examples: &mut Vec<T>, example: T, most: usize) {
    let at = examples.partition_point(|kept| *kept <= example);
    if at < most {
        examples.insert(at, example);
        examples.truncate(most);
    }
}
