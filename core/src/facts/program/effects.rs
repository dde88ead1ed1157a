//! What one command would do.

use std::collections::BTreeSet;

use crate::facts::program::name::ProgramName;
use crate::facts::word::Piece;
use crate::facts::word::Word;
use crate::model::CommandEffect;
use crate::model::UnknownKind;

/// What the words of one command make its program do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Effects {
    /// The program; none where its name cannot be read (then there is a doubt), or where it is
    /// one of several, which `runs` then holds.
    pub(crate) program: Option<ProgramName>,
    /// What it is told to do, for programs that are told so by a word: `status`, `run build`.
    pub(crate) subcommand: Option<String>,
    /// What is done to which path.
    pub(crate) paths: Vec<(Word, Touch)>,
    /// Words that stand for all names of files that it prints, where they are known.
    pub(crate) lists: Option<Vec<Word>>,
    /// What it runs in turn.
    pub(crate) runs: Vec<Run>,
    /// The folder that it changes to before it runs something; its own paths are told from
    /// where the command started.
    pub(crate) folder: Option<Word>,
    /// Variables that it sets for what it runs; for built-ins of the shell, for the shell.
    pub(crate) environment: Vec<(String, Word)>,
    /// Which hosts it talks to, where it does.
    pub(crate) network: Option<Reach>,
    /// What else it does.
    pub(crate) effects: BTreeSet<CommandEffect>,
    /// What its words do not tell.
    pub(crate) doubts: Vec<Doubt>,
}

/// What is done to a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Touch {
    /// Only what a listing tells is read: names, sizes, whether it exists.
    List,
    /// Its content is read.
    Read,
    /// It is created or changed.
    Write,
    /// It is removed.
    Delete {
        /// With everything in it.
        recursive: bool,
        /// Without asking.
        forced: bool,
    },
    /// Its content is run.
    Execute,
    /// It is read or written, if it is a path at all.
    Either,
}

/// What a command runs in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// A command.
    Argv {
        /// Its words, the program first.
        words: Vec<Word>,
        /// Words that only a run would tell are put behind or among them.
        more_words: bool,
    },
    /// A script of a shell.
    Script {
        /// The script.
        text: Word,
        /// `$0`, `$1` and so on.
        arguments: Vec<Word>,
    },
    /// Code in another language.
    Code {
        /// The language, by the name of its program.
        language: &'static str,
        /// The code.
        text: Word,
    },
    /// The content of a file.
    File(Word),
    /// What it reads from its standard input.
    Input,
}

/// Which hosts a command talks to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    /// The hosts that its words name, still to be parsed.
    pub(crate) hosts: Vec<(Word, Host)>,
    /// Its configuration, a file or a proxy tells which hosts, or which besides.
    pub(crate) elsewhere: bool,
    /// It takes what another side has.
    pub(crate) fetches: bool,
    /// It gives what is here to another side.
    pub(crate) sends: bool,
    /// It waits for others to connect.
    pub(crate) listens: bool,
}

/// How a word names a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// A URL; its scheme may be left out.
    Url,
    /// A host, perhaps with a user before it and a port behind it.
    Name,
    /// `host:path`, perhaps with a user, or a URL.
    Remote,
}

/// Something that the words of a command do not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// Which kind of not knowing it is.
    pub(crate) kind: UnknownKind,
    /// In words for people, lower case.
    pub(crate) reason: String,
}

impl Effects {
    /// Adds an effect.
    pub(super) fn has(&mut self, effect: CommandEffect) {
        self.effects.insert(effect);
    }

    /// Adds a doubt about what only a run would tell; the name or word stands behind the reason.
    pub(super) fn dynamic(&mut self, reason: &str, word: &str) {
        self.doubt(UnknownKind::Dynamic, reason, word);
    }

    /// Adds a doubt about what cannot be read.
    pub(super) fn unreadable(&mut self, reason: &str, word: &str) {
        self.doubt(UnknownKind::Unreadable, reason, word);
    }

    fn doubt(&mut self, kind: UnknownKind, reason: &str, word: &str) {
        let mut text = String::from(reason);
        if !word.is_empty() {
            text.push_str(" `");
            text.push_str(&crate::facts::doubt::shown(word));
            text.push('`');
        }
        let doubt = Doubt { kind, reason: text };
        if self.doubts.len() < KEPT && !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    /// Adds a path, but for those that stand for no file.
    pub(super) fn touch(&mut self, word: Word, touch: Touch) {
        match word.pieces.as_slice() {
            [] => return,
            [Piece::Text(text)] if text == "-" || STREAMS.contains(&text.as_str()) => return,
            _ => {}
        }
        let device = word.known_start().strip_prefix("/dev/");
        let raw = device.is_some_and(|name| !HARMLESS.iter().any(|start| name.starts_with(start)));
        if raw && touch != Touch::List {
            self.has(CommandEffect::OpensDevice);
        }
        self.paths.push((word, touch));
    }

    /// Adds a host.
    pub(super) fn reaches(&mut self, word: Word, host: Host) {
        self.network.get_or_insert_default().hosts.push((word, host));
    }

    /// Adds a command that is run.
    pub(super) fn runs_words(&mut self, words: Vec<Word>, more_words: bool) {
        if !words.is_empty() {
            self.runs.push(Run::Argv { words, more_words });
        }
    }

    /// Adds a script that a shell runs.
    pub(super) fn runs_script(&mut self, text: Word) {
        self.runs.push(Run::Script { text, arguments: Vec::new() });
    }
}

/// Doubts kept of one command: enough to explain.
const KEPT: usize = 8;

/// Devices, by the start of their names, that hold nothing of the machine.
const HARMLESS: [&str; 11] =
    ["fd/", "full", "zero", "null", "ptmx", "pts/", "random", "shm/", "std", "tty", "urandom"];

/// Devices that neither hold nor lose anything.
const STREAMS: [&str; 8] = [
    "/dev/null",
    "/dev/stdin",
    "/dev/stdout",
    "/dev/stderr",
    "/dev/fd/0",
    "/dev/fd/1",
    "/dev/fd/2",
    "/dev/tty",
];
