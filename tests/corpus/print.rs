//! Prints the generated cases as JSON lines: `cargo run --example corpus -- [SEED]`.
#![expect(clippy::unwrap_used, reason = "a tool for people")]

use bailiwick_tests::corpus::SEED;
use bailiwick_tests::corpus::generate;

fn main() {
    let seed = std::env::args().nth(1).map_or(SEED, |text| text.parse().unwrap());
    for case in generate(seed) {
        println!("{}", case.to_json());
    }
}
