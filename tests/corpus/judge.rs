//! The reference policy on the samples and on the generated cases.

use std::time::Duration;
use std::time::Instant;

use bailiwick::DecisionEffect;
use bailiwick::Pdp;
use bailiwick::Request;
use bailiwick::State;
use bailiwick_tests::corpus::Case;
use bailiwick_tests::corpus::SEED;
use bailiwick_tests::corpus::generate;

use crate::samples;
use crate::score::Score;

/// Answers a case as a host would: the request goes through the interface that everyone has.
struct Judge {
    pdp: Pdp,
    state: State,
}

impl Judge {
    fn of_reference_policy() -> Self {
        let policies = bailiwick_tests::policies("reference").unwrap();
        let state = State::fresh_empty("2026-07-04T10:00:00Z".parse().unwrap());
        Self { pdp: Pdp::new(policies), state }
    }

    fn decide(&self, case: &Case) -> DecisionEffect {
        let request: Request = serde_json::from_value(case.request()).unwrap();
        self.pdp.decide(&request, &self.state).decision
    }
}

#[test]
fn reference_policy_is_right_about_samples_and_generated_cases() {
    let judge = Judge::of_reference_policy();
    let samples = Score::of(&samples(), |case| judge.decide(case));
    let generated = Score::of(&generate(SEED), |case| judge.decide(case));
    println!("samples\n{samples}\ngenerated (seed {SEED:#x})\n{generated}");
    let mut faults = samples.faults();
    faults.extend(generated.faults());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_deep_or_long_line_hangs() {
    let judge = Judge::of_reference_policy();
    let mut slow = Vec::new();
    for case in generate(SEED).iter().filter(|case| case.category == "limits") {
        let start = Instant::now();
        judge.decide(case);
        // No figure: an unoptimised build on a busy machine takes a while, and a hang for ever.
        if start.elapsed() > Duration::from_secs(20) {
            slow.push(format!("{:?} for {}", start.elapsed(), case.why));
        }
    }
    assert_eq!(slow, Vec::<String>::new());
}
