//! Finds the row of a program.

use crate::facts::program::row::Row;

mod build;
mod builtin;
mod container;
mod file;
mod git;
mod git_more;
mod interpreter;
mod network;
mod package;
mod search;
mod system;
mod text;
mod wrapper;

/// Every row, those that agents use most first.
pub(super) const FAMILIES: [&[Row]; 12] = [
    text::ROWS,
    search::ROWS,
    file::ROWS,
    git::ROWS,
    build::ROWS,
    package::ROWS,
    builtin::ROWS,
    wrapper::ROWS,
    interpreter::ROWS,
    network::ROWS,
    container::ROWS,
    system::ROWS,
];

/// Returns the row of the program of that base name.
pub(super) fn lookup(base: &str) -> Option<&'static Row> {
    let base = canonical(base);
    FAMILIES.iter().flat_map(|rows| rows.iter()).find(|row| row.named(base).is_some())
}

/// Returns true for programs that read text, look for files or change them, and know no others.
pub(super) fn only_reads(base: &str) -> bool {
    [text::ROWS, search::ROWS, file::ROWS]
        .into_iter()
        .flatten()
        .any(|row| row.named(base).is_some())
}

/// Returns the name that stands for names with versions in them: `python3.12`, `ld-linux-….so.2`.
fn canonical(base: &str) -> &str {
    if base.starts_with("ld-") && base.contains(".so") || base.starts_with("ld.so") {
        return "ld.so";
    }
    let trimmed = base.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
    if trimmed.len() < base.len() && VERSIONED.contains(&trimmed) { trimmed } else { base }
}

/// Programs whose names may end in a version.
const VERSIONED: &[&str] = &[
    "awk", "clang", "gcc", "g++", "java", "lua", "node", "perl", "php", "pip", "pypy", "python",
    "ruby", "tclsh", "bash", "zsh", "ksh",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::collections::BTreeSet;

    use super::FAMILIES;
    use super::Row;
    use crate::facts::program::row::ONE_DASH;
    use crate::model::CommandEffect;

    fn each(rows: &'static [Row], visit: &mut dyn FnMut(&'static Row)) {
        for row in rows {
            visit(row);
            each(row.subcommands, visit);
        }
    }

    #[test]
    fn no_program_stands_in_two_rows() {
        let mut seen = BTreeSet::new();
        for name in
            FAMILIES.iter().flat_map(|rows| rows.iter()).flat_map(|row| row.names.split(','))
        {
            assert!(seen.insert(name), "{name}");
        }
    }

    #[test]
    fn no_short_option_stands_twice_in_a_row() {
        let mut wrong = Vec::new();
        for rows in FAMILIES {
            each(rows, &mut |row| {
                let mut seen: BTreeMap<String, &str> = BTreeMap::new();
                for entry in row.options.iter().flat_map(|list| list.split_ascii_whitespace()) {
                    let (names, says) =
                        entry.split_at(entry.find(['=', '#', '!']).unwrap_or(entry.len()));
                    for name in names.split(',').filter(|name| !name.is_empty()) {
                        let whole = row.is(ONE_DASH) || !name.starts_with('-');
                        let each = if whole {
                            vec![name.to_owned()]
                        } else {
                            name.chars().skip(1).map(String::from).collect()
                        };
                        for one in each {
                            if *seen.entry(one.clone()).or_insert(says) != says {
                                wrong.push(format!("{} {one}", row.first_name()));
                            }
                        }
                    }
                }
            });
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn every_effect_and_role_in_the_tables_is_known() {
        let known = "tlrwbdxcpyouhmMsqgvkzefnjABCDEFGHIJKLNOPQRSTUVWXYZ$*";
        for rows in FAMILIES {
            each(rows, &mut |row| {
                assert!(row.operands.chars().all(|c| known.contains(c)), "{:?}", row.names);
                for entry in row.options.iter().flat_map(|list| list.split_ascii_whitespace()) {
                    if let Some((_, effect)) = entry.split_once('!') {
                        assert!(CommandEffect::from_name(effect).is_some(), "{entry}");
                    }
                    let text = entry.split(['!', '#']).next().unwrap();
                    if let Some((_, roles)) = text.split_once('=') {
                        let roles = roles.strip_prefix('?').unwrap_or(roles);
                        assert!(roles.chars().all(|c| known.contains(c)), "{entry}");
                    }
                    assert!(!entry.is_empty() && !entry.contains("--"), "{:?} {entry}", row.names);
                }
            });
        }
    }
}
