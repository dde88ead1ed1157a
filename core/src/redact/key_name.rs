//! Which names say that their value is secret.

mod stems;

use std::sync::LazyLock;

use crate::redact::kind::Kind;
use crate::redact::last_letters::LastLetters;

pub(crate) use stems::PACK_STEMS;
pub(crate) use stems::STEMS;
pub(crate) use stems::place_of;
pub(crate) use stems::stem_in;

/// Longer names are none.
const LONGEST: usize = 128;

/// Words that may follow the telling one without changing what it is.
const TRAILING: [&[u8]; 25] = [
    b"value",
    b"val",
    b"base64",
    b"b64",
    b"old",
    b"new",
    b"prod",
    b"production",
    b"dev",
    b"staging",
    b"test",
    b"current",
    b"default",
    b"raw",
    b"plain",
    b"plaintext",
    b"text",
    b"string",
    b"hash",
    b"confirmation",
    b"confirm",
    b"again",
    b"live",
    b"primary",
    b"secondary",
];

/// What a telling name ends in, separators and case aside; the first that fits wins.
const ENDINGS: &[(&[u8], Kind)] = &[
    (b"secretaccesskey", Kind::AwsSecret),
    (b"awssecretkey", Kind::AwsSecret),
    (b"awssessiontoken", Kind::AwsSecret),
    (b"password", Kind::Password),
    (b"passwords", Kind::Password),
    (b"passwd", Kind::Password),
    (b"passwrd", Kind::Password),
    (b"passphrase", Kind::Password),
    (b"passcode", Kind::Password),
    (b"pwd", Kind::Password),
    (b"token", Kind::Token),
    (b"tokens", Kind::Token),
    (b"apikey", Kind::Token),
    (b"apikeys", Kind::Token),
    (b"appkey", Kind::Token),
    (b"authkey", Kind::Token),
    (b"integrationkey", Kind::Token),
    (b"licensekey", Kind::Token),
    (b"secret", Kind::Secret),
    (b"secrets", Kind::Secret),
    (b"secretkey", Kind::Secret),
    (b"secretid", Kind::Secret),
    (b"apisecret", Kind::Secret),
    (b"accesskey", Kind::Secret),
    (b"accountkey", Kind::Secret),
    (b"storagekey", Kind::Secret),
    (b"sharedkey", Kind::Secret),
    (b"privatekey", Kind::Secret),
    (b"signingkey", Kind::Secret),
    (b"signaturekey", Kind::Secret),
    (b"encryptionkey", Kind::Secret),
    (b"decryptionkey", Kind::Secret),
    (b"cryptokey", Kind::Secret),
    (b"masterkey", Kind::Secret),
    (b"webhookkey", Kind::Secret),
    (b"servicekey", Kind::Secret),
    (b"servicerolekey", Kind::Secret),
    (b"clientkey", Kind::Secret),
    (b"clientkeydata", Kind::Secret),
    (b"credential", Kind::Secret),
    (b"credentials", Kind::Secret),
    (b"creds", Kind::Secret),
    (b"connectionstring", Kind::Secret),
    (b"storepass", Kind::Password),
    (b"keypass", Kind::Password),
    (b"adminkey", Kind::Secret),
    (b"bearer", Kind::Token),
    (b"sessionid", Kind::Cookie),
    (b"sessid", Kind::Cookie),
    (b"connectsid", Kind::Cookie),
    (b"sharedaccesssignature", Kind::SignedUrl),
    (b"xamzsignature", Kind::SignedUrl),
    (b"xgoogsignature", Kind::SignedUrl),
];

/// For each letter, by its lowest five bits, the endings whose last letter it is, and those whose last
/// but one: a bit for each ending.
static ENDINGS_BY_LETTER: LazyLock<[(u64, u64); 32]> = LazyLock::new(|| {
    let mut by_letter = [(0, 0); 32];
    for (place, (ending, _)) in ENDINGS.iter().enumerate() {
        let [before, last] = ending.last_chunk().copied().unwrap_or_default();
        if let Some((bits, _)) = by_letter.get_mut(usize::from(last & 31)) {
            *bits |= 1 << place;
        }
        if let Some((_, bits)) = by_letter.get_mut(usize::from(before & 31)) {
            *bits |= 1 << place;
        }
    }
    by_letter
});

/// Returns what the first ending says that `name` has, in small letters and without separators.
fn ending_of(name: &[u8]) -> Option<Kind> {
    let [before, last] = *name.last_chunk()?;
    let (of_last, _) = ENDINGS_BY_LETTER.get(usize::from(last & 31))?;
    let (_, of_before) = ENDINGS_BY_LETTER.get(usize::from(before & 31))?;
    let mut fitting = of_last & of_before;
    while fitting != 0 {
        let (ending, kind) = ENDINGS.get(fitting.trailing_zeros() as usize)?;
        if name.ends_with(ending) {
            return Some(*kind);
        }
        fitting &= fitting - 1;
    }
    None
}

/// Returns how names end of which [`KeyName`] or the commands beside them may say something, besides
/// those of packs.
pub(crate) fn last_letters() -> LastLetters {
    let mut letters = LastLetters::default();
    for word in ENDINGS.iter().map(|(ending, _)| *ending).chain(TRAILING).chain(OTHER_ENDS) {
        letters.add(word);
    }
    letters
}

/// How names end that are told by more than their ending: headers, schemes, commands, short words.
const OTHER_ENDS: [&[u8]; 13] = [
    b"pass",
    b"pw",
    b"auth",
    b"sig",
    b"key",
    b"pat",
    b"sid",
    b"authorization",
    b"cookie",
    b"bearer",
    b"basic",
    b"password-stdin",
    b"with-token",
];

/// Returns what the value of `name` is, where the name says that it is secret.
#[cfg(test)]
pub(crate) fn secret_name(name: &[u8]) -> Option<Kind> {
    KeyName::of(name).and_then(|name| name.secret())
}

impl KeyName<'_> {
    /// Returns what the value is, where the name says that it is secret.
    pub(crate) fn secret(&self) -> Option<Kind> {
        let (mut count, mut end) = (self.count, self.length);
        while count > 1 {
            let start = self.start(count - 1);
            let word = self.bytes.get(start..end).unwrap_or(&[]);
            if !word.iter().all(u8::is_ascii_digit) && !TRAILING.contains(&word) {
                break;
            }
            count -= 1;
            end = start;
        }
        let joined = self.bytes.get(..end).unwrap_or(&[]);
        let digits = joined.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let joined = joined.get(..joined.len() - digits).unwrap_or(&[]);
        if let Some(kind) = ending_of(joined) {
            return Some(kind);
        }
        // Too short to look for inside a word.
        match self.bytes.get(self.start(count.saturating_sub(1))..end) {
            Some(b"pass" | b"pw") if count > 1 => Some(Kind::Password),
            Some(b"auth") if self.name.starts_with(b"_") => Some(Kind::Secret),
            // The logins in a container client's configuration; short values are modes.
            Some(b"auth") if self.name == b"auth" => Some(Kind::RegistryToken),
            Some(b"sig") if self.name.eq_ignore_ascii_case(b"sig") => Some(Kind::SignedUrl),
            Some(_) | None => None,
        }
    }
}

/// Words before `key` that say what else it is.
const OTHER_KEYS: &[&[u8]] = &[
    b"public",
    b"pub",
    b"cache",
    b"sort",
    b"partition",
    b"foreign",
    b"idempotency",
    b"row",
    b"object",
    b"map",
    b"hash",
    b"index",
    b"config",
    b"registry",
    b"host",
    b"issue",
    b"jira",
    b"project",
    b"react",
    b"group",
    b"primary",
    b"routing",
    b"message",
    b"translation",
    b"lookup",
    b"shard",
    b"unique",
    b"concurrency",
    b"dedupe",
    b"deduplication",
    b"etag",
    b"commit",
    b"image",
    b"layer",
    b"gpg",
    b"pgp",
    b"fingerprint",
    b"gem",
    b"apt",
    b"rpm",
];

impl KeyName<'_> {
    /// Returns what the value is where it looks made by a machine: names that say less.
    pub(crate) fn weak(&self) -> Option<Kind> {
        let last = self.word(self.count.checked_sub(1)?);
        let before = self.count.checked_sub(2).map(|index| self.word(index));
        match (last, before) {
            (b"key", Some(before)) if !OTHER_KEYS.contains(&before) => Some(Kind::Secret),
            // A database's primary key is a number, or a word.
            (b"key", Some(b"primary")) if self.count > 2 => Some(Kind::Secret),
            (b"pat", Some(_)) => Some(Kind::Token),
            (b"pass", _) => Some(Kind::Password),
            (b"sid", _) => Some(Kind::Cookie),
            (_, _) => None,
        }
    }

    /// Returns the name in small letters, without its separators.
    pub(crate) fn squeezed(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or(&[])
    }
}

/// Returns true where `name` is that of a header whose whole value is secret.
pub(crate) fn header_name(name: &[u8]) -> Option<Kind> {
    let (header, kind) = match name.len() {
        6 => ("cookie", Kind::Cookie),
        10 => ("set-cookie", Kind::Cookie),
        11 => ("set-cookie2", Kind::Cookie),
        13 => ("authorization", Kind::Authorization),
        15 => ("x-authorization", Kind::Authorization),
        19 => ("proxy-authorization", Kind::Authorization),
        _ => return None,
    };
    name.eq_ignore_ascii_case(header.as_bytes()).then_some(kind)
}

/// A name in lower case without its separators, and where its words begin: split at `_`, `-`, `.`
/// and at changes of case.
pub(crate) struct KeyName<'n> {
    name: &'n [u8],
    bytes: [u8; LONGEST],
    length: usize,
    /// A bit for each place in `bytes` where a word begins.
    starts: u128,
    count: usize,
}

impl<'n> KeyName<'n> {
    /// Reads a name; none where it is longer than names are.
    pub(crate) fn of(name: &'n [u8]) -> Option<Self> {
        if name.len() > LONGEST {
            return None;
        }
        let mut words = Self { name, bytes: [0; LONGEST], length: 0, starts: 0, count: 0 };
        // A separator stands before the first word.
        let mut before = b'_';
        let mut rest = name;
        while let [byte, after @ ..] = rest {
            rest = after;
            if matches!(byte, b'_' | b'-' | b'.') {
                before = b'_';
                continue;
            }
            let begins = before == b'_'
                || byte.is_ascii_uppercase()
                    // `APIKey`: the last capital before a small letter begins a word too.
                    && (before.is_ascii_lowercase()
                        || before.is_ascii_digit()
                        || after.first().is_some_and(u8::is_ascii_lowercase));
            if begins {
                words.starts |= 1 << words.length;
                words.count += 1;
            }
            if let Some(to) = words.bytes.get_mut(words.length) {
                *to = byte.to_ascii_lowercase();
            }
            words.length += 1;
            before = *byte;
        }
        Some(words)
    }

    fn word(&self, index: usize) -> &[u8] {
        let end = if index + 1 < self.count { self.start(index + 1) } else { self.length };
        self.bytes.get(self.start(index)..end).unwrap_or(&[])
    }

    fn start(&self, word: usize) -> usize {
        let last = |bits: u128| (LONGEST - 1).saturating_sub(bits.leading_zeros() as usize);
        // The last words are asked for: those behind them are few.
        let mut bits = self.starts;
        for _ in word + 1..self.count {
            bits &= !(1 << last(bits));
        }
        last(bits)
    }
}

#[cfg(test)]
mod tests;
