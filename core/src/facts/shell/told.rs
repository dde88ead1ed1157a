//! Doubts, and where the walk stops.

use crate::facts::shell::limits::MOST_COMMANDS;
use crate::facts::shell::limits::MOST_DOUBTS;
use crate::facts::shell::limits::MOST_STEPS;
use crate::facts::shell::script::DoubtKind;
use crate::facts::shell::script::ScriptDoubt;
use crate::facts::shell::walk::Walk;

impl Walk {
    /// Adds a doubt, once.
    pub(crate) fn doubt(&mut self, kind: DoubtKind, reason: &str) {
        let doubts = &mut self.script.doubts;
        let alike = doubts.iter().filter(|doubt| doubt.kind == kind);
        if alike.clone().count() < MOST_DOUBTS && !alike.clone().any(|doubt| doubt.reason == reason)
        {
            doubts.push(ScriptDoubt { kind, reason: reason.to_owned() });
        }
    }

    /// Adds a doubt that only a run would settle.
    pub(crate) fn dynamic(&mut self, reason: &str) {
        self.doubt(DoubtKind::Dynamic, reason);
    }

    /// Stops the walk at a limit.
    pub(crate) fn stop(&mut self, reason: &str) {
        if !self.stopped {
            self.stopped = true;
            // It must be told, whatever there is already.
            let reason = reason.to_owned();
            self.script.doubts.insert(0, ScriptDoubt { kind: DoubtKind::Unreadable, reason });
        }
    }

    /// Counts steps, and stops where they are too many.
    pub(crate) fn spend(&mut self, steps: usize) {
        self.steps += steps;
        if self.steps > MOST_STEPS || self.script.commands.len() > MOST_COMMANDS {
            self.stop("the script does too much");
        }
    }
}
