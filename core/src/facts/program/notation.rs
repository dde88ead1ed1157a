//! Reads the notation of options in the table.

/// What the table says of one option.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spec {
    /// The roles of the words that it takes, one letter each.
    pub(super) roles: &'static str,
    /// Its value only ever stands in the same word.
    pub(super) optional: bool,
    /// The modes that it sets.
    pub(super) modes: &'static str,
    /// The name of its effect.
    pub(super) effect: &'static str,
}

/// What a lookup of a long option finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This one.
    One(Spec),
    /// Several that start so.
    Several,
    /// None.
    Nothing,
}

/// Returns every entry of some lists.
fn entries(lists: &[&'static str]) -> impl Iterator<Item = &'static str> {
    lists.iter().flat_map(|list| list.split(' '))
}

/// Parts an entry into its names and what it says of them.
fn parted(entry: &'static str) -> (&'static str, &'static str) {
    let end = entry.find(['=', '#', '!']).unwrap_or(entry.len());
    entry.split_at_checked(end).unwrap_or((entry, ""))
}

fn spec(text: &'static str) -> Spec {
    let (text, effect) = text.split_once('!').unwrap_or((text, ""));
    let (value, modes) = text.split_once('#').unwrap_or((text, ""));
    let Some(roles) = value.strip_prefix('=') else {
        return Spec { modes, effect, ..Spec::default() };
    };
    let (roles, optional) = match roles.strip_prefix('?') {
        Some(roles) => (roles, true),
        None => (roles, false),
    };
    Spec { roles: if roles.is_empty() { "t" } else { roles }, optional, modes, effect }
}

/// Returns the effects that a program has whatever its words are.
pub(super) fn always(lists: &[&'static str]) -> impl Iterator<Item = &'static str> {
    lists
        .iter()
        .flat_map(|list| list.split_ascii_whitespace().map_while(|entry| entry.strip_prefix('!')))
}

/// Returns what is said of a short option.
pub(super) fn short(lists: &[&'static str], letter: char) -> Option<Spec> {
    entries(lists).find_map(|entry| {
        if !entry.contains(letter) || !entry.starts_with('-') {
            return None;
        }
        let (names, text) = parted(entry);
        let mut names = names.split(',');
        let named =
            names.any(|name| name.starts_with('-') && name.contains(letter) && letter != '-');
        named.then(|| spec(text))
    })
}

/// Returns what is said of an option by its whole name.
pub(super) fn whole(lists: &[&'static str], name: &str) -> Option<Spec> {
    let name = name.strip_prefix("--").unwrap_or(name);
    if name.is_empty() {
        return None;
    }
    entries(lists).find_map(|entry| {
        if !entry.contains(name) {
            return None;
        }
        let (names, text) = parted(entry);
        names.split(',').any(|entry| entry == name).then(|| spec(text))
    })
}

/// Returns what is said of a long option, by its whole name or the start of it.
pub(super) fn abbreviated(lists: &[&'static str], start: &str) -> Found {
    let start = start.strip_prefix("--").unwrap_or(start);
    if start.is_empty() {
        return Found::Nothing;
    }
    let mut found = Found::Nothing;
    for entry in entries(lists) {
        if !entry.contains(start) {
            continue;
        }
        let (names, text) = parted(entry);
        for name in names.split(',') {
            if name == start {
                return Found::One(spec(text));
            }
            if name.starts_with(start) {
                let this = spec(text);
                found = match found {
                    Found::Nothing => Found::One(this),
                    Found::One(other) if other == this => found,
                    Found::One(_) | Found::Several => Found::Several,
                };
            }
        }
    }
    found
}

/// Returns true where an option of the lists does more than change what is shown.
pub(super) fn has_harm(lists: &[&'static str]) -> bool {
    entries(lists).any(|entry| {
        let spec = spec(parted(entry).1);
        !spec.effect.is_empty() || spec.roles.contains(|role| !HARMLESS.contains(role))
    })
}

/// Roles of values that do nothing, or only read or choose what is read.
const HARMLESS: &str = "trlefGHU";

#[cfg(test)]
mod tests {
    use super::Found;
    use super::Spec;
    use super::abbreviated;
    use super::short;
    use super::whole;

    const LIST: &[&str] = &["-ab,all -o,output=w#O arg=tr color=?", "out-of delete!x"];

    #[test]
    fn finds_short_options_in_clusters_and_beside_long_names() {
        assert_eq!(short(LIST, 'b'), Some(Spec::default()));
        let output = Spec { roles: "w", modes: "O", ..Spec::default() };
        assert_eq!(short(LIST, 'o'), Some(output));
        assert_eq!(short(LIST, 'l'), None);
        assert_eq!(short(LIST, '-'), None);
    }

    #[test]
    fn finds_long_options_by_an_unambiguous_start() {
        let arg = Spec { roles: "tr", ..Spec::default() };
        assert_eq!(abbreviated(LIST, "--ar"), Found::One(arg));
        assert_eq!(abbreviated(LIST, "--ou"), Found::Several);
        assert_eq!(abbreviated(LIST, "--outp"), abbreviated(LIST, "--output"));
        assert_eq!(abbreviated(LIST, "--none"), Found::Nothing);
        let color = Spec { roles: "t", optional: true, ..Spec::default() };
        assert_eq!(whole(LIST, "--color"), Some(color));
        assert_eq!(whole(LIST, "--delete"), Some(Spec { effect: "x", ..Spec::default() }));
    }
}
