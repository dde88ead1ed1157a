//! Takes the time that this thread had the processor, so that a busy machine counts less.

use std::time::Duration;

use rustix::time::ClockId;
use rustix::time::clock_gettime;

/// Returns how long this thread has run.
pub fn thread_time() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    let nanos = u32::try_from(now.tv_nsec).unwrap_or_default();
    Duration::new(u64::try_from(now.tv_sec).unwrap_or_default(), nanos)
}

/// Returns the least time of the thread that `work` takes in `runs` runs.
pub fn best_of<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..runs.max(1) {
        let start = thread_time();
        let result = std::hint::black_box(work());
        best = best.min(thread_time() - start);
        drop(result);
    }
    best
}
