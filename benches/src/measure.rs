//! Takes times.

use std::time::Duration;
use std::time::Instant;

/// How long something took, over many runs.
#[derive(Clone, Copy, Debug)]
pub struct Distribution {
    /// The fastest.
    pub best: Duration,
    /// Half of all took no longer.
    pub p50: Duration,
    /// 99 of 100 took no longer.
    pub p99: Duration,
}

/// Returns how long `work` takes, from `runs` runs after a tenth as many to warm up.
pub fn measure<T>(runs: usize, mut work: impl FnMut() -> T) -> Distribution {
    for _ in 0..runs / 10 + 1 {
        std::hint::black_box(work());
    }
    let mut times: Vec<Duration> = (0..runs.max(1))
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |share: usize| {
        let index = times.len() * share / 100;
        times.get(index).or(times.last()).copied().unwrap_or_default()
    };
    Distribution { best: at(0), p50: at(50), p99: at(99) }
}

impl std::fmt::Display for Distribution {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let micros = |time: Duration| time.as_secs_f64() * 1e6;
        write!(
            f,
            "best {:>7.2}  p50 {:>7.2}  p99 {:>7.2} µs",
            micros(self.best),
            micros(self.p50),
            micros(self.p99)
        )
    }
}
