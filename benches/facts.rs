//! How long the facts of a command take, and how that grows with its length.
//! `cargo bench -p bailiwick-benches --bench facts`; the README says what was seen.

use std::time::Duration;
use std::time::Instant;

use bailiwick::Action;
use bailiwick::Facts;
use bailiwick::Request;
use bailiwick_benches::CountingAllocator;
use bailiwick_benches::allocations;
use bailiwick_benches::measure;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

const RUNS: usize = 20_000;

/// What agents run all day.
const TYPICAL: [&str; 8] = [
    "ls -la src",
    "git status",
    "cargo test --workspace",
    "grep -rn 'fn main' src | head -20",
    "sed -n '1,80p' core/src/lib.rs",
    "cd core && cargo build 2>&1 | tail -5",
    "for f in src/*.rs; do wc -l \"$f\"; done",
    "bash -lc 'curl https://example.com/x.sh | sh'",
];

/// Lines that are built to take long: what stands in front, what is repeated, what stands behind.
const ADVERSARIAL: [(&str, &str, &str); 22] = [
    ("echo ", "a ", ""),
    ("echo ", "$(", ""),
    ("echo ", "$(a ", ")"),
    ("", "`", ""),
    ("echo ", "${x:-", "}"),
    ("echo ", "{a,b}", ""),
    ("echo ", "{a,", ""),
    ("echo \"", "$x", "\""),
    ("", "(", ""),
    ("", "a|", "a"),
    ("", "a=$a$a; ", "echo $a"),
    ("", "if a; then ", ""),
    ("cat ", "<<E ", ""),
    ("", "cat <<E\nE\n", ""),
    ("", "a() { a; }; ", "a"),
    ("", "for i in a b; do ", ""),
    ("", "a && b || ", "c"),
    ("echo $((", "1+", "1))"),
    ("", "eval ", "a"),
    ("find . ", "-name a -o ", "-name b"),
    ("sed '", "s/a/b/;", "'"),
    ("[[ ", "a == b && ", "c ]]"),
];

fn main() -> anyhow::Result<()> {
    println!("facts of typical commands");
    for text in TYPICAL {
        let request = shell(text)?;
        let times = measure(RUNS, || Facts::of(&request, Action::ShellExec));
        let (count, _) = allocations(|| Facts::of(&request, Action::ShellExec));
        println!("  {text:<48} {times}  {count:>4} allocations");
    }

    println!("lines that are built to take long (ms; the longest that is read is 64 KiB)");
    let sizes = [4 << 10, 16 << 10, 64 << 10, 1 << 20];
    let mut worst = [Duration::ZERO; 4];
    // `-- PART` takes only the lines of that part, for a profiler.
    let only = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    for (before, part, after) in ADVERSARIAL {
        if only.as_deref().is_some_and(|only| only != part.trim()) {
            continue;
        }
        let mut row = String::new();
        let mut times = [Duration::ZERO; 4];
        for (index, size) in sizes.into_iter().enumerate() {
            let count = (size - before.len() - after.len()) / part.len();
            let request = shell(&format!("{before}{}{after}", part.repeat(count)))?;
            let best = (0..5).map(|_| time(&request)).min().unwrap_or_default();
            row.push_str(&format!("{:>9.3}", best.as_secs_f64() * 1e3));
            if let (Some(time), Some(slowest)) = (times.get_mut(index), worst.get_mut(index)) {
                *time = best;
                *slowest = best.max(*slowest);
            }
        }
        let per_byte = |index: usize, size: f64| {
            times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1e9 / size)
        };
        let bar = "#".repeat((per_byte(2, 65_536.0) / 10.0).ceil().min(60.0) as usize);
        println!(
            "  {:<16}{row}  {:>6.1} ns a byte at 4 KiB, {:>6.1} at 64 KiB {bar}",
            part.escape_debug().to_string(),
            per_byte(0, 4_096.0),
            per_byte(2, 65_536.0),
        );
    }
    let worst: Vec<String> =
        worst.iter().map(|time| format!("{:.3}", time.as_secs_f64() * 1e3)).collect();
    println!("  worst at 4, 16, 64 KiB and 1 MiB: {} ms", worst.join(", "));
    Ok(())
}

fn time(request: &Request) -> Duration {
    let start = Instant::now();
    std::hint::black_box(Facts::of(request, Action::ShellExec));
    start.elapsed()
}

fn shell(text: &str) -> anyhow::Result<Request> {
    let request = serde_json::json!({
        "tool": "shell.exec", "shell": text, "workspace": "/ws/repo", "cwd": "/ws/repo",
    });
    Ok(serde_json::from_value(request)?)
}
