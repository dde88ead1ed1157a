//! What is due to be deleted, what keeps it, and what must not be there at all (sections 19, 47).

mod clean;
mod kept;
mod term;
mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::compile::EffectiveRetention;
use crate::compile::PolicySet;
use crate::compile::RetentionSource;
use crate::model::Action;
use crate::model::Level;
use crate::model::Location;
use crate::model::RetentionClass;
use crate::model::Timestamp;
use crate::model::closed_table;
use crate::model::ordered::sort_by;

pub use kept::HoldKind;
pub use kept::RetentionHold;
pub use kept::RetentionItem;
use kept::is_plain;
pub use term::keep_days;

closed_table! {
    /// What is to become of something, the most urgent first.
    RetentionStatus: "retention status" {
        /// It must never have been stored.
        NeverStoredViolation = "never_stored_violation",
        /// What is known of it does not suffice, so it is not deleted.
        Error = "error",
        /// Somebody asks to delete it, and it must be kept.
        Refused = "refused",
        /// It is to be deleted now.
        DueNow = "due_now",
        /// A legal hold or an open incident keeps it.
        Held = "held",
        /// It is to be deleted later.
        DueAt = "due_at",
        /// It must be kept until then.
        KeepFloor = "keep_floor",
    }
}

/// The days that decide, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RetentionLimit {
    /// The days.
    pub days: u64,
    /// The level; none for what is built in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Where it stands; none for what is built in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// `policy@version`, or `built-in`.
    pub policy: String,
    /// `at_least_days` or `at_most_days`.
    pub rule: &'static str,
}

/// What is to become of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RetentionEntry {
    /// From when on it is to be deleted, or until when it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Its class as the table prints it; as it was given where it is unknown.
    pub class: String,
    /// It is held though its time is over.
    pub expired: bool,
    /// The holds that keep it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<RetentionHold>,
    /// Its name.
    pub id: String,
    /// What decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<RetentionLimit>,
    /// The run that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    /// Its bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// What is to become of it.
    pub status: RetentionStatus,
    /// The tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// It must be encrypted, and is not or is not said to be.
    pub unencrypted: bool,
    /// The sentence for people.
    pub why: String,
}

/// How much there is of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RetentionCount {
    /// Bytes, as far as they are known.
    pub bytes: u64,
    /// Things.
    pub items: u64,
}

/// What is to become of everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RetentionPlan {
    /// By class, then status: how much.
    pub classes: BTreeMap<String, BTreeMap<&'static str, RetentionCount>>,
    /// Each thing, the most urgent first.
    pub entries: Vec<RetentionEntry>,
    /// How many are not as they must be: stored though they must not, not encrypted though they
    /// must, not understood, or asked to be deleted though they must be kept.
    pub findings: u64,
    /// The instant that it is made for.
    pub now: Timestamp,
    /// The hash of the policies that it is made by.
    pub policy_set_hash: String,
}

/// Returns what is to become of each of `items` under `policies`, as of `now`.
///
/// A doubt never deletes: what has an unknown class, no tenant or no instant is an error and stays;
/// a hold that could mean a thing holds it; the most days of a document that may not apply do not
/// count. Nothing goes before the fewest days are over, whoever asks.
///
/// # Example
/// ```
/// use bailiwick::{CompileOptions, RetentionItem, RetentionStatus, compile, retention_plan};
/// let policies = compile(&[], CompileOptions::default())?.policies;
/// let item = RetentionItem {
///     class: "tool_output_raw".to_owned(),
///     created_at: Some("2026-07-04T10:00:00Z".to_owned()),
///     id: "artifact://run_1/build.log".to_owned(),
///     tenant: Some("ten_1".to_owned()),
///     ..RetentionItem::default()
/// };
/// let plan = retention_plan(&policies, &[item], &[], "2026-07-12T00:00:00Z".parse()?);
/// assert_eq!(plan.entries[0].status, RetentionStatus::DueNow);
/// assert_eq!(plan.entries[0].why, "kept for at most 7 days");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn retention_plan(
    policies: &PolicySet,
    items: &[RetentionItem],
    holds: &[RetentionHold],
    now: Timestamp,
) -> RetentionPlan {
    let mut entries: Vec<RetentionEntry> =
        items.iter().map(|item| judge(policies, item, holds, now)).collect();
    sort_by(&mut entries, |a, b| key(a).cmp(&key(b)));
    let mut classes: BTreeMap<String, BTreeMap<&'static str, RetentionCount>> = BTreeMap::new();
    let mut findings = 0;
    for entry in &entries {
        let of_class = classes.entry(entry.class.clone()).or_default();
        let count = of_class.entry(entry.status.name()).or_default();
        count.items += 1;
        count.bytes = count.bytes.saturating_add(entry.size.unwrap_or(0));
        findings += u64::from(entry.is_finding());
    }
    let policy_set_hash = policies.digest().as_str().to_owned();
    RetentionPlan { classes, entries, findings, now, policy_set_hash }
}

impl RetentionEntry {
    /// Returns true where it is not as it must be.
    pub fn is_finding(&self) -> bool {
        let forbidden = self.limit.as_ref().is_some_and(|limit| limit.is_never());
        let wrong = match self.status {
            RetentionStatus::Error
            | RetentionStatus::NeverStoredViolation
            | RetentionStatus::Refused => true,
            RetentionStatus::DueAt
            | RetentionStatus::DueNow
            | RetentionStatus::Held
            | RetentionStatus::KeepFloor => false,
        };
        wrong || forbidden || self.unencrypted
    }

    /// Returns true where it is to be deleted now.
    pub const fn is_due(&self) -> bool {
        matches!(self.status, RetentionStatus::DueNow | RetentionStatus::NeverStoredViolation)
    }
}

impl RetentionLimit {
    fn new(days: u64, said: Option<&RetentionSource<'_>>, rule: &'static str) -> Self {
        Self {
            days,
            level: said.map(|said| said.level),
            location: said.map(|said| said.location.clone()),
            policy: said.map_or(BUILT_IN.to_owned(), |said| said.policy.name.clone()),
            rule,
        }
    }

    fn is_never(&self) -> bool {
        self.days == 0 && self.rule == AT_MOST
    }

    fn sentence(&self) -> String {
        match (self.rule, self.days) {
            (AT_MOST, 0) => "never stored".to_owned(),
            (AT_MOST, days) => format!("kept for at most {days} days"),
            (_, days) => format!("kept for at least {days} days"),
        }
    }
}

type Key<'a> = (RetentionStatus, Option<Timestamp>, &'a str, &'a str, Option<&'a str>);

fn key(entry: &RetentionEntry) -> Key<'_> {
    (entry.status, entry.at, &entry.class, &entry.id, entry.tenant.as_deref())
}

fn judge(
    policies: &PolicySet,
    item: &RetentionItem,
    holds: &[RetentionHold],
    now: Timestamp,
) -> RetentionEntry {
    let mut entry = RetentionEntry {
        at: None,
        class: item.class.clone(),
        expired: false,
        holds: holds.iter().filter(|hold| hold.keeps(item, now)).cloned().collect(),
        id: item.id.clone(),
        limit: None,
        run_id: item.run_id.clone(),
        size: item.size,
        status: RetentionStatus::Error,
        tenant: item.tenant.clone(),
        unencrypted: false,
        why: String::new(),
    };
    // Sorted, so that the order in which holds are given does not show.
    sort_by(&mut entry.holds, |a, b| (a.kind, &a.id, &a.set_by).cmp(&(b.kind, &b.id, &b.set_by)));
    match known(item) {
        Ok((class, created)) => decide(policies, item, class, created, now, &mut entry),
        Err(why) => entry.why = why,
    }
    entry
}

/// Returns the class and the instant of `item`, or why it cannot be judged.
fn known(item: &RetentionItem) -> Result<(RetentionClass, Timestamp), String> {
    let Some(class) = RetentionClass::from_name(&item.class) else {
        let shown: String = item.class.chars().take(80).collect();
        let hint = RetentionClass::suggest(&shown);
        let hint = hint.map(|name| format!(", did you mean `{name}`")).unwrap_or_default();
        return Err(format!("its class `{shown}` is unknown{hint}"));
    };
    if item.tenant.is_none() {
        return Err("whose it is is not known: `tenant` is missing".to_owned());
    }
    // A document or a hold could mean it, and would pass it by.
    if let Some((key, _)) = item.names().into_iter().find(|(_, name)| !is_plain(name)) {
        return Err(format!("whose it is is not known: `{key}` is blank or padded with spaces"));
    }
    let Some(created) = &item.created_at else {
        return Err("how old it is is not known: `created_at` is missing".to_owned());
    };
    match created.parse() {
        Ok(created) => Ok((class, created)),
        Err(_) => Err("how old it is is not known: `created_at` is no instant".to_owned()),
    }
}

fn decide(
    policies: &PolicySet,
    item: &RetentionItem,
    class: RetentionClass,
    created: Timestamp,
    now: Timestamp,
    entry: &mut RetentionEntry,
) {
    entry.class = class.name().to_owned();
    let scope = item.scope();
    let documents = policies.retention_of(&scope, Action::ArtifactDelete, false);
    let rule = EffectiveRetention::of(&documents, class, &scope);
    entry.unencrypted = rule.encryption.is_some() && item.encrypted != Some(true);
    let least =
        rule.at_least.map(|(days, said)| RetentionLimit::new(days, said.as_ref(), AT_LEAST));
    let most = rule.at_most.map(|(days, said)| RetentionLimit::new(days, said.as_ref(), AT_MOST));
    let least = least.filter(|least| least.days > 0);
    // Were the fewest days more than the most, they would win: deleting cannot be undone.
    let Some(due) = most.filter(|most| least.as_ref().is_none_or(|l| l.days <= most.days)) else {
        return settle(item, least.as_ref(), least.clone(), created, now, entry);
    };
    settle(item, least.as_ref(), Some(due), created, now, entry);
}

/// Says what becomes of it: `least` keeps it, and from the end of `due` on it is to go.
fn settle(
    item: &RetentionItem,
    least: Option<&RetentionLimit>,
    due: Option<RetentionLimit>,
    created: Timestamp,
    now: Timestamp,
    entry: &mut RetentionEntry,
) {
    let end = |limit: &RetentionLimit| created.plus_days(limit.days);
    let (Some(due), Some(until)) = (due.as_ref(), due.as_ref().and_then(end)) else {
        entry.why = "for how long it is kept cannot be told".to_owned();
        return;
    };
    let never = due.is_never();
    let floor = least.and_then(|limit| end(limit).map(|until| (limit, until)));
    let floor = floor.filter(|(_, until)| now < *until);
    let over = never || now >= until;
    if !entry.holds.is_empty() {
        let by: Vec<String> = entry.holds.iter().map(RetentionHold::sentence).collect();
        entry.status = if item.delete { RetentionStatus::Refused } else { RetentionStatus::Held };
        entry.expired = over;
        let time = if over { format!(", though it is {}", due.sentence()) } else { String::new() };
        entry.why = format!("{}{time}", by.join(", "));
        (entry.at, entry.limit) = (Some(until), Some(due.clone()));
    } else if let Some((limit, until)) = floor {
        entry.status =
            if item.delete { RetentionStatus::Refused } else { RetentionStatus::KeepFloor };
        entry.why = limit.sentence();
        (entry.at, entry.limit) = (Some(until), Some(limit.clone()));
    } else {
        entry.status = match (never, over || item.delete) {
            (true, _) => RetentionStatus::NeverStoredViolation,
            (false, true) => RetentionStatus::DueNow,
            (false, false) => RetentionStatus::DueAt,
        };
        entry.why = match (item.delete && !over, due.rule == AT_LEAST) {
            (true, _) => "it is asked to be deleted, and nothing keeps it".to_owned(),
            (false, true) => format!("{}, which are over", due.sentence()),
            (false, false) => due.sentence(),
        };
        (entry.at, entry.limit) = (Some(until), Some(due.clone()));
    }
}

/// Who speaks where no document does.
const BUILT_IN: &str = "built-in";
const AT_LEAST: &str = "at_least_days";
const AT_MOST: &str = "at_most_days";

#[cfg(test)]
mod tests;
