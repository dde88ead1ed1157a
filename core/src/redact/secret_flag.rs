//! Which flags of which programs hold a password that no name tells: the one table of them, for
//! commands in a text and for lists of words.

use crate::redact::bytes::starts_at;

/// Where a program takes passwords.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Flags {
    /// The program, and those that take the same.
    programs: &'static [&'static str],
    /// How its name begins in a text: what the search looks for.
    stem: &'static [u8],
    /// Flags with the password in the same word.
    pub(crate) glued: &'static [&'static [u8]],
    /// Flags before the password.
    pub(crate) before: &'static [&'static [u8]],
    /// It takes `-u name:password`.
    pub(crate) user: bool,
}

const NONE: Flags = Flags { programs: &[], stem: b"", glued: &[], before: &[], user: false };

const TABLE: &[Flags] = &[
    Flags { programs: &["curl"], stem: b"curl", user: true, ..NONE },
    Flags { programs: &["wget"], stem: b"wget", user: true, ..NONE },
    Flags { programs: &["smbclient"], stem: b"smbclient", user: true, ..NONE },
    Flags {
        programs: &["mysql", "mysqldump", "mysqladmin", "mysqlimport", "mysqlcheck", "mysqlsh"],
        stem: b"mysql",
        glued: &[b"-p"],
        ..NONE
    },
    Flags {
        programs: &["mariadb", "mariadb-dump", "mariadb-admin"],
        stem: b"mariadb",
        glued: &[b"-p"],
        ..NONE
    },
    Flags { programs: &["redis-cli"], stem: b"redis-cli", before: &[b"-a"], ..NONE },
    Flags { programs: &["valkey-cli"], stem: b"valkey-cli", before: &[b"-a"], ..NONE },
    Flags { programs: &["login"], stem: b" login -", before: &[b"-p"], user: true, ..NONE },
    Flags { programs: &["twine"], stem: b"twine ", before: &[b"-p"], ..NONE },
    Flags { programs: &["sshpass"], stem: b"sshpass", glued: &[b"-p"], before: &[b"-p"], ..NONE },
    Flags { programs: &["sqlcmd"], stem: b"sqlcmd", glued: &[b"-P"], before: &[b"-P"], ..NONE },
    Flags { programs: &["mongosh", "mongo"], stem: b"mongosh ", before: &[b"-p"], ..NONE },
    Flags { programs: &["mongodump"], stem: b"mongodump ", before: &[b"-p"], ..NONE },
    Flags { programs: &["mongorestore"], stem: b"mongorestore ", before: &[b"-p"], ..NONE },
    Flags { programs: &["ldapsearch"], stem: b"ldapsearch", before: &[b"-w"], ..NONE },
    Flags { programs: &["ldapmodify", "ldapadd"], stem: b"ldapmodify", before: &[b"-w"], ..NONE },
];

/// Returns the literals that the search looks for.
pub(crate) fn stems() -> impl Iterator<Item = &'static [u8]> {
    TABLE.iter().map(|flags| flags.stem)
}

impl Flags {
    /// Returns the flags of the program whose name begins at `at`.
    pub(crate) fn at(bytes: &[u8], at: usize) -> Option<&'static Self> {
        TABLE.iter().find(|flags| starts_at(bytes, at, flags.stem))
    }

    /// Returns the flags of the program `word`, with or without its path.
    pub(crate) fn of(word: &str) -> Option<&'static Self> {
        let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
        let name = name.strip_suffix(".exe").unwrap_or(name);
        TABLE.iter().find(|flags| flags.programs.contains(&name))
    }
}
