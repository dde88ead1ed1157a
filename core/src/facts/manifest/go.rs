//! go.mod and go.sum.

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::part::Part;
use crate::facts::manifest::part::PartKind;
use crate::facts::manifest::part::Parts;

/// Reads go.mod: directives on one line, or in blocks of parentheses.
pub(crate) fn read_manifest(text: &str) -> Result<Parts, ManifestError> {
    let mut parts = Parts::default();
    let mut block: Option<&str> = None;
    for (index, line) in text.lines().enumerate() {
        let wrong = ManifestError::Syntax(index + 1);
        let code = line.split_once("//").map_or(line, |(code, _)| code).trim();
        if code.is_empty() {
            continue;
        }
        if code.contains(['"', '`']) {
            return Err(ManifestError::NotRead);
        }
        if code == ")" {
            block.take().ok_or(wrong)?;
            continue;
        }
        let (verb, rest) = match block {
            Some(verb) => (verb, code),
            None => code.split_once([' ', '\t', '(']).unwrap_or((code, "")),
        };
        if block.is_none() && code.ends_with('(') {
            // Between the verb and its parenthesis stands nothing.
            let opened = code.strip_suffix('(').map(str::trim_end);
            block = Some(verb).filter(|verb| opened == Some(*verb));
            if block.is_none() {
                return Err(wrong);
            }
            continue;
        }
        directive(&mut parts, verb, rest.trim(), wrong)?;
    }
    if block.is_some() { Err(ManifestError::Syntax(0)) } else { Ok(parts) }
}

fn directive(
    parts: &mut Parts,
    verb: &str,
    rest: &str,
    wrong: ManifestError,
) -> Result<(), ManifestError> {
    match verb {
        "require" => {
            let mut words = rest.split_whitespace();
            let (Some(name), Some(version), None) = (words.next(), words.next(), words.next())
            else {
                return Err(wrong);
            };
            let part = Part { version: version.to_owned(), ..Part::default() };
            parts.add_again(PartKind::Dependency, without_major(name), part)
        }
        "tool" => parts.depend(["tool ", rest].concat(), "", ""),
        "replace" => {
            let (old, new) = rest.split_once("=>").ok_or(wrong)?;
            parts.depend(["replace ", old.trim()].concat(), "", new.trim())
        }
        _ => {
            let part = Part { version: rest.to_owned(), ..Part::default() };
            parts.add_again(PartKind::Other, verb, part)
        }
    }
}

/// Returns a module's name without the `/v2` that the version tells anyhow.
fn without_major(name: &str) -> &str {
    match name.rsplit_once("/v") {
        Some((module, digits)) if digits.parse::<u32>().is_ok() => module,
        Some(_) | None => name,
    }
}

/// Reads go.sum: `name version hash`, a module on two lines.
pub(crate) fn read_sum(text: &str) -> Result<Parts, ManifestError> {
    let mut parts = Parts::default();
    for (index, line) in text.lines().enumerate() {
        let mut words = line.split_whitespace();
        let (name, version, pin) = match (words.next(), words.next(), words.next(), words.next()) {
            (Some(name), Some(version), Some(pin), None) => (name, version, pin),
            (None, _, _, _) => continue,
            (Some(_), _, _, _) => return Err(ManifestError::Syntax(index + 1)),
        };
        // The sum keeps every version ever looked at: each is a part, and only its hash counts.
        let part = Part { pin: pin.to_owned(), ..Part::default() };
        parts.add(PartKind::Dependency, [name, "@", version].concat(), part)?;
    }
    Ok(parts)
}
