//! What holds for all policies, requests, states and texts. The seed is fixed, so that a run
//! repeats; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` overrule it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is how a test fails")]

mod approval;
mod audit;
mod authority;
mod canonical;
mod data;
mod decision;
mod doubt;
mod order;
mod redact;
mod redaction_policies;
mod replay;
mod retention;
mod strategy;
mod text;

use proptest::test_runner::Config;
use proptest::test_runner::RngSeed;

/// Returns the configuration for `cases` cases.
fn config(cases: u32) -> Config {
    let from_environment = Config::default();
    let cases = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => from_environment.cases,
        None => cases,
    };
    let rng_seed = match from_environment.rng_seed {
        RngSeed::Random => RngSeed::Fixed(0x0b41_11c4),
        fixed @ RngSeed::Fixed(_) => fixed,
    };
    Config { cases, failure_persistence: None, rng_seed, ..from_environment }
}
