//! Labelled cases, in the manner of the tests that scanners have for their rules.

use std::collections::BTreeSet;

use super::fill::fill;
use super::key_block;
use super::mark::Marked;
use super::random::Random;
use super::secret::Kind;
use super::secret::Secret;
use super::template::sections;

/// A short text that holds a secret, or that does not though it looks as if.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// The family of the secret, or the kind of what is harmless.
    pub kind: &'static str,
    /// The text; it has a secret or none.
    pub marked: Marked,
}

impl Labelled {
    /// Returns true where the text holds a secret.
    pub fn is_secret(&self) -> bool {
        !self.marked.secrets.is_empty()
    }
}

/// Returns labelled cases, each another text: about as many with a secret as without.
pub fn labelled(seed: u64) -> Vec<Labelled> {
    let mut random = Random::new(seed);
    let mut out = positives(&mut random);
    out.extend(harmless_values(&mut random));
    out.extend(harmless_lines(&mut random));
    let mut seen = BTreeSet::new();
    out.retain(|case| seen.insert(case.marked.text.clone()));
    out
}

/// Returns each kind of secret in some forms.
fn positives(random: &mut Random) -> Vec<Labelled> {
    let forms = forms();
    let mut turn = 0;
    let mut out = Vec::new();
    for kind in Kind::all() {
        if kind.kind == "signature" || kind.kind == "cookie" {
            continue;
        }
        for place in 0..FORMS_OF_EACH {
            let secret = kind.secret(random);
            // The first is the token alone where that says enough.
            let alone = place == 0 && kind.kind == "bare";
            let form = if alone { "‹S›" } else { forms[turn % forms.len()] };
            turn += 1;
            out.push(case(kind.family, &fill(form, random, Some(&secret))));
        }
    }
    out
}

/// Returns values that are no secrets in the forms that secrets are written in.
fn harmless_values(random: &mut Random) -> Vec<Labelled> {
    let forms = forms();
    let kinds = Kind::all();
    let mut turn = 0;
    let mut out = Vec::new();
    for section in sections(include_str!("../data/harmless_values.txt")) {
        // A plain word may well be a password, or stand behind `Bearer`.
        let plain = section.name == "plain-value";
        let is_name = |kind: &&Kind| kind.kind == "named" || kind.kind == "pass" && !plain;
        let names: Vec<&Kind> = kinds.iter().filter(is_name).collect();
        let is_form = |form: &&&str| !(plain && form.starts_with("Authorization"));
        let forms: Vec<&str> = forms.iter().filter(is_form).copied().collect();
        for value in section.shapes.iter().flat_map(|shape| shape.lines()) {
            for _ in 0..FORMS_OF_EACH {
                let named = names[random.below(names.len())].secret(random);
                let text = fill(value, random, Some(&named));
                let secret = Secret { text, ..named };
                let text = fill(forms[turn % forms.len()], random, Some(&secret));
                turn += 1;
                out.push(harmless(section.name, &text));
            }
        }
    }
    out
}

/// Returns lines without secrets.
fn harmless_lines(random: &mut Random) -> Vec<Labelled> {
    let kinds = Kind::all();
    let mut out = Vec::new();
    for section in sections(include_str!("../data/harmless_lines.txt")) {
        for line in section.shapes.iter().flat_map(|shape| shape.lines()) {
            for _ in 0..VARIANTS_OF_EACH {
                let named = kinds[random.below(kinds.len())].secret(random);
                out.push(harmless(section.name, &fill(line, random, Some(&named))));
            }
        }
    }
    for _ in 0..30 {
        out.push(harmless("public-key", &key_block::public(random).join("\n")));
    }
    out
}

fn forms() -> Vec<&'static str> {
    let sections = sections(include_str!("../data/forms.txt"));
    sections.into_iter().flat_map(|section| section.shapes).flat_map(str::lines).collect()
}

fn case(kind: &'static str, marked: &str) -> Labelled {
    Labelled { kind, marked: Marked::from_marks(&format!("{marked}\n")) }
}

fn harmless(kind: &'static str, marked: &str) -> Labelled {
    let mut case = case(kind, marked);
    case.marked.secrets.clear();
    case
}

/// In how many forms each secret and each harmless value is written.
const FORMS_OF_EACH: usize = 10;

/// How often a harmless line is filled.
const VARIANTS_OF_EACH: usize = 5;
