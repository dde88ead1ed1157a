use std::collections::BTreeMap;

use super::Links;
use crate::facts::path::Base;
use crate::facts::path::PathDoubt;

fn targets(links: &[(&str, &str)], text: &str) -> Result<Vec<String>, PathDoubt> {
    let base = Base::new(Some("/ws/repo"), None);
    let links: BTreeMap<String, String> =
        links.iter().map(|(name, link)| ((*name).to_owned(), (*link).to_owned())).collect();
    Links::new(&base, &links).targets(&base, text)
}

fn found(paths: &[&str]) -> Result<Vec<String>, PathDoubt> {
    Ok(paths.iter().map(|path| (*path).to_owned()).collect())
}

#[test]
fn a_chain_of_links_touches_every_name_on_the_way() {
    let chain = [("a", "symlink:b"), ("b", "symlink:.env"), (".env", "symlink:store/env")];
    assert_eq!(targets(&chain, "a"), found(&["b", ".env", "store/env"]));
    let folders = [("w", "symlink:.github"), (".github/x", "symlink:workflows")];
    assert_eq!(
        targets(&folders, "w/x/y.yml"),
        found(&[".github/x/y.yml", ".github/workflows/y.yml"])
    );
    assert_eq!(targets(&[("w", "symlink:a/b")], "w/../x"), found(&["a/x"]));
    assert_eq!(targets(&[("w", "symlink:/ws/repo/a")], "w"), found(&["a"]));
    assert_eq!(targets(&[("w", "symlink:.")], "w/w/w/x"), found(&["w/w/x", "w/x", "x"]));
}

#[test]
fn loops_and_long_chains_end_in_a_doubt() {
    assert_eq!(targets(&[("a", "symlink:a")], "a"), Err(PathDoubt::Links));
    let pair = [("a", "symlink:b"), ("b", "symlink:a")];
    assert_eq!(targets(&pair, "a/x"), Err(PathDoubt::Links));
    assert_eq!(targets(&[("a", "symlink:a/a")], "a"), Err(PathDoubt::Links));
    let names: Vec<(String, String)> =
        (0..50).map(|n| (format!("l{n}"), format!("symlink:l{}", n + 1))).collect();
    let names: Vec<(&str, &str)> = names.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(targets(&names, "l0"), Err(PathDoubt::Links));
    assert_eq!(targets(&names, "l45"), found(&["l46", "l47", "l48", "l49", "l50"]));
}

#[test]
fn links_out_and_links_that_cannot_be_read_are_doubts() {
    for (target, doubt) in [
        ("symlink:/etc", PathDoubt::Outside),
        ("symlink:../..", PathDoubt::Outside),
        ("symlink:/proc/self/root", PathDoubt::Outside),
        ("symlink:~/x", PathDoubt::Home),
        ("symlink:\\\\server\\x", PathDoubt::Drive),
        ("symlink:", PathDoubt::Empty),
        ("junction:x", PathDoubt::Link),
        ("hardlink:/etc/shadow", PathDoubt::Outside),
    ] {
        assert_eq!(targets(&[("l", target)], "l"), Err(doubt), "{target}");
    }
    let unread = [("a\u{202e}b", "symlink:x")];
    assert_eq!(targets(&unread, "other"), Err(PathDoubt::Control));
    assert_eq!(targets(&[("/etc/x", "symlink:y")], "x"), found(&[]));
}

#[test]
fn hard_links_give_every_name_of_a_content() {
    let names = [("a", "hardlink:b"), ("c", "hardlink:b"), ("d", "hardlink:c")];
    for (name, others) in [("a", ["b", "c", "d"]), ("d", ["c", "b", "a"])] {
        let mut found = targets(&names, name).unwrap();
        found.sort();
        let mut others = others.map(str::to_owned);
        others.sort();
        assert_eq!(found, others, "{name}");
    }
    let both = [("s", "symlink:a"), ("a", "hardlink:.env")];
    assert_eq!(targets(&both, "s"), found(&["a", ".env"]));
}

#[test]
fn the_case_of_a_link_does_not_hide_it() {
    assert_eq!(targets(&[("Notes", "symlink:.env")], "notes"), found(&[".env"]));
}
