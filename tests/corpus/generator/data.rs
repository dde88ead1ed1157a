//! How the tables in `data/` are written.

/// A line of a table: `kind[flags]: text` below `[section]`.
pub(crate) struct Row {
    pub(crate) section: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) flags: &'static str,
    pub(crate) text: String,
}

/// Returns the rows of a table.
pub(crate) fn rows(table: &'static str) -> Vec<Row> {
    let mut section = "";
    let mut rows = Vec::new();
    for line in lines(table) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            continue;
        }
        let (mark, text) = line.split_once(": ").unwrap();
        let (kind, flags) = mark.split_once('[').unwrap_or((mark, ""));
        let flags = flags.trim_end_matches(']');
        rows.push(Row { section, kind, flags, text: decoded(text) });
    }
    rows
}

/// Returns the lines of a table that say something.
pub(crate) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with("##"))
}

/// Returns `text` with its visible marks for control and invisible characters replaced.
pub(crate) fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '␤' => out.push('\n'),
            '␍' => out.push('\r'),
            '⇥' => out.push('\t'),
            '␀' => out.push('\0'),
            '␇' => out.push('\u{7}'),
            '⟨' => {
                let (hex, after) = rest.split_once('⟩').unwrap();
                out.push(char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap());
                rest = after;
            }
            other => out.push(other),
        }
    }
    out
}

/// Returns `text` with visible marks for its line feeds and the like.
pub(crate) fn encoded(text: &str) -> String {
    text.replace('\n', "␤").replace('\r', "␍").replace('\t', "⇥")
}
