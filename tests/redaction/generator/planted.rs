//! Logs of agents with planted secrets: what is planted × where it stands.

use super::clean::clean_line;
use super::fill::fill;
use super::fill::with_key;
use super::key_block;
use super::mark::Marked;
use super::random::Random;
use super::secret::Kind;
use super::secret::Secret;
use super::template::Section;
use super::template::sections;

/// A piece of a log with secrets that must vanish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planted {
    /// Where it stands: a section of `data/contexts_*.txt`.
    pub context: &'static str,
    /// Whose it is: a family of `data/tokens.txt`, or a kind of private key.
    pub family: &'static str,
    /// The text and where its secrets are.
    pub marked: Marked,
}

/// Returns planted secrets, as many in each context.
pub fn planted(seed: u64) -> Vec<Planted> {
    let mut random = Random::new(seed);
    let mut out = Vec::new();
    for section in all_sections() {
        let mut kinds: Vec<Kind> = Kind::all();
        kinds.retain(|kind| section.kinds.contains(&kind.kind));
        random.shuffle(&mut kinds);
        for turn in 0..IN_EACH_CONTEXT {
            let shape = section.shapes[turn % section.shapes.len()];
            out.push(plant(&section, shape, kinds.get(turn % kinds.len().max(1)), &mut random));
        }
    }
    out
}

/// Returns a log of at least `bytes` bytes, a secret in each few lines.
pub fn noisy_log(seed: u64, bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 4096);
    for round in 0.. {
        for case in planted(seed.wrapping_add(round)) {
            out.push_str(&case.marked.text);
            out.push('\n');
            if out.len() >= bytes {
                return out;
            }
        }
    }
    out
}

/// Returns every context.
fn all_sections() -> Vec<Section> {
    [
        include_str!("../data/contexts_config.txt"),
        include_str!("../data/contexts_code.txt"),
        include_str!("../data/contexts_log.txt"),
    ]
    .into_iter()
    .flat_map(sections)
    .collect()
}

fn plant(section: &Section, shape: &str, kind: Option<&Kind>, random: &mut Random) -> Planted {
    let holds = |hole: &str| shape.contains(hole);
    let (family, text) = if holds("‹PEM") {
        let is_pem = section.kinds.contains(&"pem");
        let lines = if is_pem { key_block::pem(random) } else { key_block::other(random) };
        let family = if is_pem { "pem" } else { "pgp-putty" };
        (family, fill(&with_key(shape, &lines), random, None))
    } else {
        let kind = kind.unwrap_or_else(|| unreachable!("no secret for {}", section.name));
        let secret: Secret = kind.secret(random);
        let family = match () {
            () if holds("‹KEYDATA") => "key-data",
            () if holds("‹AZKEY") || holds("‹SBKEY") => "azure",
            () => secret.family,
        };
        (family, fill(shape, random, Some(&secret)))
    };
    let before = clean_line(random);
    let after = clean_line(random);
    let marked = Marked::from_marks(&format!("{before}\n{text}\n{after}\n"));
    Planted { context: section.name, family, marked }
}

/// How many secrets stand in each context.
const IN_EACH_CONTEXT: usize = 42;
