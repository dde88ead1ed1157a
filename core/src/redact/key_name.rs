//! Which names say that their value is secret.

use crate::redact::kind::Kind;

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

/// Literals of which one stands in every telling name, whatever separates it from its value: what
/// the search for names looks for, in any case ([`fold`]). None is shorter than four bytes and there
/// are no more than 48, which keeps that search fast; a piece that prose is full of would not.
pub(crate) const STEMS: &[&[u8]] = &[
    b"pass",
    b"oken",
    b"ecret",
    b"cred",
    b"auth",
    b"ookie",
    b"earer",
    b"asic ",
    b"sess",
    b"ignature",
    b"sig=",
    b"sid=",
    b"_pat=",
    // Three letters need what follows them.
    b"pwd=",
    b"pwd:",
    b"pwd\"",
    b"pwd ",
    b"pwd'",
    b"pwd\\",
    b"_pw=",
    b"_pw:",
    b"_pw\"",
    b"_pw ",
    b"key=",
    b"key:",
    b"key\"",
    b"key ",
    b"key\\",
    b"key'",
    b"key>",
    b"key%",
    b"_key",
    b"-key",
    b".key",
    b"ikey",
    b"eydata",
    b"nstring",
    b"n_string",
    b"n-string",
    b"n.string",
    b"ectsid",
    b"ct_sid",
    b"ct-sid",
    b"ct.sid",
    b"nemonic",
    b"phrase",
    b"indpw",
    b"ootpw",
];

/// The same for names that built-in packs bring, in the spellings of variables and of files of
/// properties: they are rare, and a pass of their own.
pub(crate) const PACK_STEMS: &[&[u8]] = &[
    b"psk=", b"psk:", b"psk\"", b"otp=", b"otp:", b"otp\"", b"totp", b"_pw\\", b"n_str", b"nnstr",
    b"ty_str", b"sas_u", b"sasur", b"jaas", b"snmp", b"t_json", b"igjson", b"ig_json", b"ycomb",
    b"p_seed", b"t_seed", b"fa_code", b"or_code", b"ry_code", b"up_code", b"crumb", b".pw=",
    b".pw:", b".pw\"", b"onn.str", b"ity.str", b"sas.u", b"nt.json", b"ker.con", b"tp.seed",
    b"et.seed", b"fa.code", b"tor.cod", b"ery.cod", b"up.code",
];

/// Makes a capital letter small; other bytes may change too, and the same in every text, so what is
/// found in a folded text is looked at again in the text itself.
#[inline]
pub(crate) const fn fold(byte: u8) -> u8 {
    byte | 0x20
}

/// Returns where a stem stands in `text`, in any case.
pub(crate) fn stem_in(text: &[u8]) -> Option<usize> {
    STEMS.iter().chain(PACK_STEMS).find_map(|stem| place_of(text, stem))
}

/// Returns where `stem` stands in `text`, in any case.
pub(crate) fn place_of(text: &[u8], stem: &[u8]) -> Option<usize> {
    let same = |window: &[u8]| window.iter().zip(stem).all(|(a, b)| fold(*a) == fold(*b));
    text.windows(stem.len().max(1)).position(same)
}

/// The last two letters of every ending, as a bit for each pair.
const LAST_TWO: LastTwo = LastTwo::of(ENDINGS);

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
        if LAST_TWO.has(joined)
            && let Some((_, kind)) = ENDINGS.iter().find(|(ending, _)| joined.ends_with(ending))
        {
            return Some(*kind);
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

/// A bit for each pair of letters; few pairs share one.
struct LastTwo(u128);

impl LastTwo {
    const fn of(endings: &[(&[u8], Kind)]) -> Self {
        let mut bits = 0;
        let mut rest = endings;
        while let [(ending, _), more @ ..] = rest {
            if let [.., first, second] = *ending {
                bits |= Self::bit(*first, *second);
            }
            rest = more;
        }
        Self(bits)
    }

    const fn bit(first: u8, second: u8) -> u128 {
        1 << ((first as u32 * 7 + second as u32) & 127)
    }

    fn has(&self, text: &[u8]) -> bool {
        let last = text.last_chunk::<2>();
        last.is_some_and(|[first, second]| self.0 & Self::bit(*first, *second) != 0)
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
    let is = |header: &str| name.eq_ignore_ascii_case(header.as_bytes());
    if is("authorization") || is("proxy-authorization") || is("x-authorization") {
        return Some(Kind::Authorization);
    }
    (is("cookie") || is("set-cookie") || is("set-cookie2")).then_some(Kind::Cookie)
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
        let mut lower_before = false;
        let mut begins = true;
        for (at, byte) in name.iter().enumerate() {
            if matches!(byte, b'_' | b'-' | b'.') {
                begins = true;
                lower_before = false;
                continue;
            }
            // `APIKey`: the last capital before a small letter begins a word too.
            let ends_capitals = byte.is_ascii_uppercase()
                && name.get(at + 1).is_some_and(u8::is_ascii_lowercase)
                && at > 0;
            if begins || (byte.is_ascii_uppercase() && lower_before) || ends_capitals {
                words.starts |= 1 << words.length.min(LONGEST - 1);
                words.count += 1;
                begins = false;
            }
            if let Some(to) = words.bytes.get_mut(words.length) {
                *to = byte.to_ascii_lowercase();
                words.length += 1;
            }
            lower_before = byte.is_ascii_lowercase() || byte.is_ascii_digit();
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
