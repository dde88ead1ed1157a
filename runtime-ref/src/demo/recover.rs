//! What an earlier process left undone: told, and closed, before anything new begins.

use std::collections::BTreeMap;

use bailiwick::EventType;
use bailiwick::Request;
use bailiwick::Value;

use crate::demo::DemoError;
use crate::pep::Pep;
use crate::port::store::UnfinishedRun;

/// Verifies and closes each run that was cut off, and returns them.
pub(crate) fn recover(pep: &Pep) -> Result<Vec<UnfinishedRun>, DemoError> {
    let unfinished = pep.journal.unfinished()?;
    for cut_off in &unfinished {
        // A chain that does not hold is not added to.
        pep.journal.verify(&cut_off.run)?;
        let request = Request::default();
        let lost = cut_off.lost.iter().map(|lost| {
            Value::Map(BTreeMap::from([
                ("decision_id".to_owned(), Value::Text(lost.decision_id.clone())),
                ("intent".to_owned(), Value::Text(lost.intent.clone())),
            ]))
        });
        let details = BTreeMap::from([
            ("lost".to_owned(), Value::List(lost.collect())),
            ("reason".to_owned(), Value::Text("the process ended".to_owned())),
        ]);
        pep.tell(&cut_off.run, &request, EventType::RunFailed, details)?;
        pep.tell(&cut_off.run, &request, EventType::RunClosed, BTreeMap::new())?;
    }
    Ok(unfinished)
}

/// Returns what is said of a run that was cut off.
pub(crate) fn sentence(cut_off: &UnfinishedRun) -> String {
    let run = &cut_off.run.run_id;
    let seq = cut_off.last_seq;
    match cut_off.lost.as_slice() {
        [] => format!(
            "{run} was cut off after seq {seq} ({}), between two acts; nothing acknowledged was lost",
            cut_off.last_action
        ),
        lost => {
            let acts: Vec<String> =
                lost.iter().map(|act| format!("`{}` ({})", act.intent, act.decision_id)).collect();
            format!(
                "{run} was cut off after seq {seq} while at {}: permitted, and whether it was done \
                 is not known; nothing acknowledged was lost",
                acts.join(", ")
            )
        }
    }
}
