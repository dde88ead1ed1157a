//! Where a shell's glob and a path pattern could mean the same file.

use crate::facts::glob::Segment;
use crate::facts::glob::Step;
use crate::facts::glob::fold;
use crate::facts::glob::folded;
use crate::facts::glob::glob_matches;
use crate::facts::pattern::PathPattern;
use crate::facts::pattern_reader::steps_of;

/// A path with wildcards: every file that it could stand for.
///
/// `*` and `?` stay within a name and do not meet a dot at its start, as shells do; `**` crosses
/// folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathGlob {
    // Its wildcards meet a dot at the start of a name.
    dotted: bool,
    segments: Vec<Segment>,
}

impl PathGlob {
    /// Reads a normalised path with wildcards; `None` where a name of it cannot be read.
    pub(crate) fn new(path: &str) -> Option<Self> {
        let mut segments = Vec::new();
        for name in path.split('/') {
            if name == "**" {
                segments.push(Segment::Folders);
                continue;
            }
            if name.contains(['*', '?', '[', '\\']) {
                segments.push(Segment::Glob(steps_of(name, true)?));
            } else {
                segments.push(Segment::Literal(folded(name).into_owned()));
            }
        }
        Some(Self { dotted: false, segments })
    }

    /// Returns everything below a folder, as its path is written; `.` is the root.
    pub(crate) fn below(folder: &str) -> Self {
        // Only `**` is a wildcard here: the names are as they stand.
        let names = folder.split('/').filter(|name| *name != ".");
        let mut segments: Vec<Segment> =
            names.map(|name| Segment::Literal(folded(name).into_owned())).collect();
        segments.push(Segment::Folders);
        Self { dotted: true, segments }
    }

    /// Reads a normalised path with wildcards as whoever takes most by them: they meet a dot at the
    /// start of a name, a name that begins with `*` is looked for at any depth, behind a brace
    /// anything may follow, and what is found may be a `folder`. `None` as for [`PathGlob::new`].
    pub(crate) fn widest(path: &str, mut folder: bool) -> Option<Self> {
        let mut names: Vec<&str> = Vec::new();
        for name in path.split('/') {
            if name.contains(['{', '(']) {
                folder = true;
                break;
            }
            if name.starts_with('*') {
                names.push("**");
            }
            names.push(name);
        }
        if folder {
            names.push("**");
        }
        Some(Self { dotted: true, ..Self::new(&names.join("/"))? })
    }

    /// Returns true where the glob could stand for `path`, or for something below it.
    pub(crate) fn may_reach(&self, path: &str) -> bool {
        let shape: Vec<Segment> =
            path.split('/').map(|name| Segment::Literal(name.to_owned())).collect();
        self.meets(&shape, true)
    }

    /// Returns true where the glob could stand for a file that `pattern` covers: by its own name
    /// or by a folder above it.
    pub(crate) fn may_meet(&self, pattern: &PathPattern) -> bool {
        // What `*` by itself puts there are files to whoever reads them; any other name with
        // wildcards may be meant for a folder.
        let only_files = match self.segments.last() {
            Some(Segment::Glob(steps)) => steps.iter().all(|step| *step == Step::Many),
            Some(Segment::Folders | Segment::Literal(_)) | None => false,
        };
        let itself = !(pattern.folders_only && only_files);
        pattern.shapes.iter().any(|shape| self.meets(shape, itself))
    }

    /// Walks both at once; `reached` holds the places in the glob that what was read of the shape may
    /// have come to.
    fn meets(&self, shape: &[Segment], file_itself: bool) -> bool {
        let glob = self.segments.as_slice();
        let mut reached = vec![false; glob.len() + 1];
        let mut start = Some(0);
        while let Some(at) = start {
            mark(&mut reached, at);
            start = crosses(glob, at).then_some(at + 1);
        }
        for segment in shape {
            let mut next = vec![false; glob.len() + 1];
            for at in (0..=glob.len()).filter(|at| reached.get(*at) == Some(&true)) {
                match segment {
                    Segment::Folders => (at..=glob.len()).for_each(|later| mark(&mut next, later)),
                    Segment::Literal(_) | Segment::Glob(_) => match glob.get(at) {
                        Some(Segment::Folders) => {
                            mark(&mut next, at);
                            skip(glob, at, &mut next);
                        }
                        Some(name) if same_name(segment, name, self.dotted) => {
                            skip(glob, at + 1, &mut next)
                        }
                        Some(Segment::Literal(_) | Segment::Glob(_)) | None => {}
                    },
                }
            }
            reached = next;
        }
        // A folder that is covered covers what lies in it.
        let end = if file_itself { glob.len() + 1 } else { glob.len() };
        let whole = glob.last() == Some(&Segment::Folders);
        reached.iter().take(end).any(|reached| *reached) || (whole && reached.contains(&true))
    }
}

/// Returns the folder that all files are in which a path with wildcards could stand for.
pub(crate) fn folder_of(glob: &str) -> &str {
    let first = glob.find(['*', '?', '[', '\\']).unwrap_or(glob.len());
    let known = glob.get(..first).unwrap_or_default();
    known.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn mark(places: &mut [bool], at: usize) {
    if let Some(place) = places.get_mut(at) {
        *place = true;
    }
}

fn crosses(glob: &[Segment], at: usize) -> bool {
    glob.get(at) == Some(&Segment::Folders)
}

/// Marks a place, and those behind the `**` that may stand for nothing.
fn skip(glob: &[Segment], mut at: usize, places: &mut [bool]) {
    mark(places, at);
    while crosses(glob, at) {
        at += 1;
        mark(places, at);
    }
}

/// Returns true where a name of the pattern and one of the glob could be the same.
fn same_name(pattern: &Segment, glob: &Segment, dotted: bool) -> bool {
    let hides = |steps: &[Step]| !dotted && hides(steps);
    match (pattern, glob) {
        (Segment::Folders, _) | (_, Segment::Folders) => true,
        (Segment::Literal(pattern), Segment::Literal(name)) => folded(pattern) == *name,
        (Segment::Literal(name), Segment::Glob(steps)) => {
            !(hides(steps) && name.starts_with('.')) && glob_matches(steps, &folded(name))
        }
        (Segment::Glob(steps), Segment::Literal(name)) => glob_matches(steps, name),
        (Segment::Glob(pattern), Segment::Glob(steps)) => {
            let dot_first = pattern.first() == Some(&Step::Char('.'));
            !(hides(steps) && dot_first) && overlap(pattern, steps)
        }
    }
}

/// Returns true where a shell's glob leaves out names that start with a dot.
fn hides(steps: &[Step]) -> bool {
    matches!(steps.first(), Some(Step::Many | Step::One | Step::Class(_)))
}

/// Returns true where some name matches both.
fn overlap(left: &[Step], right: &[Step]) -> bool {
    let mut reached = vec![false; right.len() + 1];
    mark(&mut reached, 0);
    past_stars(right, &mut reached);
    for step in left {
        let mut next = vec![false; right.len() + 1];
        if *step == Step::Many {
            // It stands for whatever the other side needs.
            let first = reached.iter().position(|reached| *reached).unwrap_or(right.len() + 1);
            (first..=right.len()).for_each(|at| mark(&mut next, at));
        } else {
            for at in (0..right.len()).filter(|at| reached.get(*at) == Some(&true)) {
                match right.get(at) {
                    Some(Step::Many) => mark(&mut next, at),
                    Some(other) if same_character(step, other) => mark(&mut next, at + 1),
                    Some(_) | None => {}
                }
            }
        }
        past_stars(right, &mut next);
        reached = next;
    }
    reached.last() == Some(&true)
}

fn past_stars(steps: &[Step], reached: &mut [bool]) {
    for (at, step) in steps.iter().enumerate() {
        if *step == Step::Many && reached.get(at) == Some(&true) {
            mark(reached, at + 1);
        }
    }
}

fn same_character(left: &Step, right: &Step) -> bool {
    match (left, right) {
        (Step::Char(left), Step::Char(right)) => fold(*left) == fold(*right),
        (Step::Char(c), Step::Class(class)) | (Step::Class(class), Step::Char(c)) => {
            class.matches(*c) || class.matches(fold(*c))
        }
        // Two classes may share a character: not worth finding out.
        (Step::Class(_), Step::Class(_))
        | (Step::One | Step::Many, _)
        | (_, Step::One | Step::Many) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::PathGlob;
    use super::folder_of;
    use crate::facts::pattern::PathPattern;

    fn meets(glob: &str, pattern: &str) -> bool {
        PathGlob::new(glob).unwrap().may_meet(&PathPattern::new(pattern).unwrap())
    }

    #[test]
    fn a_glob_meets_what_it_could_stand_for() {
        for (glob, pattern) in [
            (".e*", ".env"),
            ("*/.env", ".env"),
            (".*", ".env.*"),
            ("secrets/*", "secrets/"),
            ("*/key.pem", "secrets/"),
            ("infra/*/main.tf", "infra/prod"),
            ("[is]nfra/pro?/x", "infra/prod/**"),
            ("**/x.tf", "infra/prod"),
            ("infra/**", "infra/prod/"),
            ("a*c", "*b*"),
            (".github/w*/*.yml", ".github/workflows/**"),
            ("INFRA/p*/x", "infra/prod"),
            ("*.pem", "key.*"),
            ("./secr*ets".trim_start_matches("./"), "secrets/"),
        ] {
            assert!(meets(glob, pattern), "{glob} {pattern}");
        }
    }

    #[test]
    fn a_glob_does_not_meet_what_it_cannot_stand_for() {
        for (glob, pattern) in [
            ("*", ".env"),
            ("*.txt", ".env"),
            ("*.txt", "secrets/"),
            ("src/*.rs", "secrets/"),
            ("src/*", "secrets/"),
            ("?env", ".env"),
            ("docs/*/x", "infra/prod"),
            ("infra/*", "infra/prod/**"),
            ("a*c", "*b"),
        ] {
            assert!(!meets(glob, pattern), "{glob} {pattern}");
        }
    }

    #[test]
    fn what_is_shown_is_all_that_a_glob_or_folder_could_stand_for() {
        let widest = |glob: &str, folder: bool, pattern: &str| {
            let glob = PathGlob::widest(glob, folder).unwrap();
            glob.may_meet(&PathPattern::new(pattern).unwrap())
        };
        for (glob, pattern) in [
            ("*", ".env"),
            ("*", "customers/eu/a.csv"),
            ("cust*", "customers/**"),
            ("*/a.csv", "customers/"),
            ("docs/{a,b}", "docs/a/secrets/"),
            ("?env", ".env"),
        ] {
            assert!(widest(glob, true, pattern), "{glob} {pattern}");
        }
        assert!(!widest("docs/*", true, "/customers/"));
        assert!(!widest("src/*.rs", false, "/customers/"));
        let below = |folder: &str, pattern: &str| {
            PathGlob::below(folder).may_meet(&PathPattern::new(pattern).unwrap())
        };
        assert!(below(".", "customers/eu") && below("DATA", "data/x/*.csv"));
        assert!(below("src", "customers/") && !below("src", "/customers/"));
    }

    #[test]
    fn the_folder_is_what_stands_before_the_first_wildcard() {
        assert_eq!(folder_of("src/a/*.rs"), "src/a");
        assert_eq!(folder_of("*.rs"), "");
    }
}
