//! Logs without any secret: the output of tools that agents run all day, and sources as they read
//! them.

use std::sync::OnceLock;

use super::fill::fill;
use super::fill::fill_into;
use super::random::Random;
use super::template::Section;
use super::template::sections;

/// Returns a log of at least `bytes` bytes.
pub fn clean_log(seed: u64, bytes: usize) -> String {
    let mut random = Random::new(seed);
    let mut out = String::with_capacity(bytes + 65_536);
    while out.len() < bytes {
        let section = &tools()[random.below(tools().len())];
        // A tool prints many lines of one kind after another.
        for _ in 0..4 + random.below(24) {
            let shape = section.shapes[random.below(section.shapes.len())];
            for _ in 0..1 + random.below(3) {
                fill_into(&mut out, shape, &mut random, None);
                out.push('\n');
            }
        }
    }
    out
}

/// Returns one line of a log.
pub(crate) fn clean_line(random: &mut Random) -> String {
    let section = &tools()[random.below(tools().len())];
    let shape = section.shapes[random.below(section.shapes.len())];
    let lines: Vec<&str> = shape.lines().filter(|line| !line.trim().is_empty()).collect();
    let line = fill(lines[random.below(lines.len())], random, None);
    line.lines().next().unwrap_or_default().to_owned()
}

fn tools() -> &'static [Section] {
    static TOOLS: OnceLock<Vec<Section>> = OnceLock::new();
    TOOLS.get_or_init(|| {
        [include_str!("../data/clean_build.txt"), include_str!("../data/clean_run.txt")]
            .into_iter()
            .flat_map(sections)
            .collect()
    })
}
