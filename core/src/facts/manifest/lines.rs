//! Reads settings of one line each: ini, properties, env.

use std::collections::BTreeMap;

use crate::facts::manifest::error::ManifestError;
use crate::facts::manifest::tree::LONGEST_KEY;
use crate::facts::manifest::tree::Tree;

/// Reads `[section]`s of `key = value` lines; lines that go on, and lines that go nowhere, are
/// refused, since tools differ in them.
pub(crate) fn read_lines(text: &str) -> Result<Tree, ManifestError> {
    let mut sections: BTreeMap<String, Tree> = BTreeMap::new();
    let mut section = String::new();
    for (index, line) in text.lines().enumerate() {
        let wrong = ManifestError::Syntax(index + 1);
        let code = line.trim();
        if code.is_empty() || code.starts_with(['#', ';', '!']) {
            continue;
        }
        if line.starts_with([' ', '\t']) || code.ends_with('\\') {
            return Err(wrong);
        }
        if let Some(name) = code.strip_prefix('[') {
            name.strip_suffix(']').ok_or(wrong)?.clone_into(&mut section);
            continue;
        }
        let at = code.find(['=', ':']).ok_or(wrong)?;
        let (key, value) = code.split_at_checked(at).ok_or(wrong)?;
        let value = value.get(1..).unwrap_or_default().trim();
        if key.len() > LONGEST_KEY || section.len() > LONGEST_KEY {
            return Err(wrong);
        }
        let entries = sections.entry(section.clone()).or_insert_with(|| Tree::Map(BTreeMap::new()));
        let Tree::Map(entries) = entries else {
            return Err(wrong);
        };
        if entries.insert(key.trim().to_owned(), Tree::Plain(value.to_owned())).is_some() {
            return Err(ManifestError::Twice(index + 1));
        }
    }
    Ok(Tree::Map(sections))
}
