//! How the tables in `data/` are written.

/// A section of a table of shapes.
pub(crate) struct Section {
    pub(crate) name: &'static str,
    /// The words behind the name.
    pub(crate) kinds: Vec<&'static str>,
    pub(crate) shapes: Vec<&'static str>,
}

/// Returns the sections of a table: `[name: kinds]`, then shapes parted by lines of three dashes.
pub(crate) fn sections(table: &'static str) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    // (start of the shapes of the section that is open)
    let mut start = 0;
    let mut offset = 0;
    for line in table.split_inclusive('\n') {
        if let Some((name, kinds)) = header(line.trim_end()) {
            close(&mut out, &table[start..offset]);
            out.push(Section { name, kinds: kinds.split(' ').collect(), shapes: Vec::new() });
            start = offset + line.len();
        }
        offset += line.len();
    }
    close(&mut out, &table[start..]);
    out
}

fn close(out: &mut [Section], body: &'static str) {
    if let Some(section) = out.last_mut() {
        section.shapes = body.split("\n---\n").map(|shape| shape.trim_end_matches('\n')).collect();
    }
}

fn header(line: &'static str) -> Option<(&'static str, &'static str)> {
    let (name, kinds) = line.strip_prefix('[')?.strip_suffix(']')?.split_once(": ")?;
    let lower =
        |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b"- 0123456789".contains(&b));
    (lower(name) && lower(kinds)).then_some((name, kinds))
}

/// Returns the lines of a table that say something.
pub(crate) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with("##"))
}
