//! Group commit: whoever waits to append is taken along by the one who is at it.

use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::mpsc::SyncSender;
use std::sync::mpsc::sync_channel;

use bailiwick::AuditEvent;

use crate::port::store::Attachments;
use crate::port::store::Sealed;
use crate::port::store::StoreError;
use crate::store::payload;
use crate::store::payload::Salt;

/// An event that is to be appended.
pub(super) struct Job {
    pub(super) attachments: Attachments,
    pub(super) event: AuditEvent,
    pub(super) salts: Vec<Salt>,
}

impl Job {
    /// Returns the job to append `event`, with the commitments to its payloads in it.
    pub(super) fn new(
        mut event: AuditEvent,
        attachments: &Attachments,
    ) -> Result<Self, StoreError> {
        let salts = payload::commit(&mut event, &attachments.payloads)?;
        Ok(Self { attachments: attachments.clone(), event, salts })
    }
}

/// What one caller is told of its own event.
pub(super) type Told = Result<Sealed, StoreError>;

/// Those who wait to append. One of them leads: it makes the events of all who wait durable
/// together, tells each what became of its own, and passes the lead on.
#[derive(Default)]
pub(super) struct Group {
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    leading: bool,
    waiting: Vec<Waiting>,
}

struct Waiting {
    job: Job,
    word: SyncSender<Word>,
}

enum Word {
    /// The event became durable, or was refused.
    Done(Told),
    /// Nobody leads any more: do it.
    Lead,
}

impl Group {
    /// Has `job` done, by `work` or by whoever leads; `work` tells of each job in order, and does
    /// so only once all of them are durable.
    pub(super) fn submit(&self, job: Job, work: impl FnOnce(&[Job]) -> Vec<Told>) -> Told {
        // Two words at most are said to one: that it leads, and what became of its event.
        let (word, heard) = sync_channel(2);
        let follows = {
            let mut queue = self.lock();
            queue.waiting.push(Waiting { job, word });
            std::mem::replace(&mut queue.leading, true)
        };
        if follows {
            match heard.recv() {
                Ok(Word::Lead) => {}
                Ok(Word::Done(told)) => return told,
                Err(_) => return Err(unknown()),
            }
        }
        {
            let _passes_on = Lead(self);
            let waiting = std::mem::take(&mut self.lock().waiting);
            let (jobs, words): (Vec<Job>, Vec<SyncSender<Word>>) =
                waiting.into_iter().map(|one| (one.job, one.word)).unzip();
            for (word, told) in words.into_iter().zip(work(&jobs)) {
                // Who waits no longer need not hear it.
                drop(word.send(Word::Done(told)));
            }
        }
        match heard.try_recv() {
            Ok(Word::Done(told)) => told,
            Ok(Word::Lead) | Err(_) => Err(unknown()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // Nothing can go wrong between two changes of the queue.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The lead, which is passed on however the work ends.
struct Lead<'a>(&'a Group);

impl Drop for Lead<'_> {
    fn drop(&mut self) {
        let mut queue = self.0.lock();
        while let Some(next) = queue.waiting.first() {
            if next.word.send(Word::Lead).is_ok() {
                return;
            }
            queue.waiting.remove(0);
        }
        queue.leading = false;
    }
}

fn unknown() -> StoreError {
    StoreError::Database("whether the event was kept is not known: its writer failed".to_owned())
}

#[cfg(test)]
mod tests {
    use std::panic::AssertUnwindSafe;
    use std::panic::catch_unwind;
    use std::sync::Barrier;

    use bailiwick::Digest;

    use super::Group;
    use super::Job;
    use super::Told;
    use crate::port::store::Attachments;
    use crate::port::store::Sealed;

    fn job() -> Job {
        let event = r#"{"action": "shell.exec", "actor": "a", "actor_type": "worker",
            "audit_id": "aud_1", "created_at": "2026-07-04T10:00:00Z", "resource_id": "run_1",
            "resource_type": "run", "tenant_id": "ten_a"}"#;
        Job::new(serde_json::from_str(event).unwrap(), &Attachments::default()).unwrap()
    }

    fn done(jobs: &[Job]) -> Vec<Told> {
        let sealed = |seq| Ok(Sealed { entry_hash: Digest::of(b""), seq });
        (0..jobs.len()).map(|at| sealed(u64::try_from(at).unwrap())).collect()
    }

    #[test]
    fn all_who_wait_are_taken_along_and_each_is_told_of_its_own() {
        let group = Group::default();
        let begun = Barrier::new(2);
        let told: Vec<u64> = std::thread::scope(|scope| {
            let (group, begun) = (&group, &begun);
            let first = scope.spawn(move || {
                group.submit(job(), |jobs| {
                    begun.wait();
                    // Until the three others wait.
                    while group.lock().waiting.len() < 3 {
                        std::thread::yield_now();
                    }
                    done(jobs)
                })
            });
            begun.wait();
            let rest = (0..3).map(|_| scope.spawn(move || group.submit(job(), done)));
            let rest: Vec<_> = rest.collect();
            let first = first.join().unwrap().unwrap().seq;
            let rest = rest.into_iter().map(|one| one.join().unwrap().unwrap().seq);
            std::iter::once(first).chain(rest).collect()
        });
        assert_eq!(told[0], 0);
        let mut rest = told[1..].to_vec();
        rest.sort_unstable();
        assert_eq!(rest, [0, 1, 2]);
    }

    #[test]
    fn a_leader_that_fails_tells_so_and_the_lead_is_free_again() {
        let group = Group::default();
        assert!(group.submit(job(), |_| Vec::new()).is_err());
        let died = catch_unwind(AssertUnwindSafe(|| group.submit(job(), |_| panic!("no disk"))));
        assert!(died.is_err());
        assert!(group.submit(job(), done).is_ok());
    }
}
