//! How long a decision takes, record and explanation included, and how often it asks for memory.
//! `cargo bench -p bailiwick-benches`; the README says what was seen.

use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use bailiwick::DecisionRecord;
use bailiwick::Pdp;
use bailiwick::State;
use bailiwick_benches::CountingAllocator;
use bailiwick_benches::Typical;
use bailiwick_benches::allocations;
use bailiwick_benches::load;
use bailiwick_benches::measure;
use bailiwick_benches::not_applying;
use bailiwick_benches::state;
use bailiwick_benches::typical;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

const RUNS: usize = 20_000;

fn main() -> anyhow::Result<()> {
    let (policies, state, mut typical) = (load(&[])?, state()?, typical()?);
    // `-- NAME` takes only the requests of that name, for a profiler.
    if let Some(only) = std::env::args().skip(1).find(|word| !word.starts_with('-')) {
        typical.retain(|one| one.name.contains(&only));
        anyhow::ensure!(!typical.is_empty(), "no typical request is called `{only}`");
        let pdp = Pdp::new(policies);
        for one in &typical {
            println!("{:<28} {}", one.name, measure(RUNS, || record(&pdp, one, &state)));
        }
        return Ok(());
    }
    let pdp = Pdp::new(policies);

    println!("decide + record + JSON, payments hierarchy ({} documents)", pdp.policies.len());
    for one in &typical {
        let decision = pdp.decide(&one.request, &state).decision;
        anyhow::ensure!(decision == one.expected, "{}: {decision}", one.name);
        let times = measure(RUNS, || record(&pdp, one, &state));
        let (count, text) = allocations(|| record(&pdp, one, &state));
        let alone = measure(RUNS, || pdp.decide(&one.request, &state));
        println!(
            "  {:<28} {times}  {count:>4} allocations  {:>5} bytes  (decide alone {:.2})",
            one.name,
            text.len(),
            alone.p50.as_secs_f64() * 1e6
        );
    }

    println!("decisions a second, all six in turn");
    for threads in [1, 2] {
        println!("  {threads} threads  {:>9.0}", throughput(&pdp, &typical, &state, threads));
    }

    println!("growth with rules and documents that do not apply (p50 over the six)");
    for count in [0, 10, 100, 1000] {
        let files = not_applying(count);
        let start = Instant::now();
        let policies = load(if count == 0 { &[] } else { &files })?;
        let compiled = start.elapsed();
        let pdp = Pdp::new(policies);
        let times = measure(RUNS / 10, || {
            typical.iter().map(|one| record(&pdp, one, &state).len()).sum::<usize>()
        });
        let (asked, _) = allocations(|| {
            typical.iter().map(|one| record(&pdp, one, &state).len()).sum::<usize>()
        });
        println!(
            "  {count:>5}  {:>7.2} µs  {:>4} allocations  compiled in {:>7.2} ms",
            times.p50.as_secs_f64() * 1e6 / 6.0,
            asked / 6,
            compiled.as_secs_f64() * 1e3
        );
    }
    Ok(())
}

fn record(pdp: &Pdp, one: &Typical, state: &State) -> String {
    let decision = pdp.decide(&one.request, state);
    let requested = one.requested.clone();
    DecisionRecord::new(decision, &one.request, requested, state.now, None)
        .to_json()
        .unwrap_or_default()
}

fn throughput(pdp: &Pdp, typical: &[Typical], state: &State, threads: usize) -> f64 {
    const TIME: Duration = Duration::from_secs(2);
    let pdp = Arc::new(pdp.clone());
    let start = Instant::now();
    let counts: Vec<usize> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let pdp = Arc::clone(&pdp);
                scope.spawn(move || {
                    let mut count = 0;
                    while start.elapsed() < TIME {
                        for one in typical {
                            std::hint::black_box(record(&pdp, one, state));
                            count += 1;
                        }
                    }
                    count
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or(0)).collect()
    });
    let total: usize = counts.into_iter().sum();
    f64::from(u32::try_from(total).unwrap_or(u32::MAX)) / start.elapsed().as_secs_f64()
}
