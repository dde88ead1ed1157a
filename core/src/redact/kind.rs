//! What a removed span was: the words in markers, and which figure of the summary each counts for.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::document::CountsAs;

/// A kind of one redactor: a place in its [`Kinds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind(u16);

/// What a kind is called, what it counts for, and whether its values can be guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KindInfo {
    /// The word in markers.
    pub(crate) name: String,
    /// The detector's id, which is counted; the word where there is none.
    pub(crate) rule: String,
    pub(crate) counter: CountsAs,
    /// Few values are likely, so that even a keyed hash of six digits would tell them apart.
    pub(crate) guessable: bool,
}

/// The kinds that one redactor knows.
#[derive(Clone, Debug)]
pub(crate) struct Kinds {
    all: Vec<KindInfo>,
    by_rule: BTreeMap<String, Kind>,
    names: BTreeSet<String>,
}

macro_rules! built_in {
    ($($constant:ident = $name:literal, $counter:ident, $guessable:literal;)+) => {
        const BUILT_IN: &[(&str, CountsAs, bool)] =
            &[$(($name, CountsAs::$counter, $guessable)),+];

        #[expect(non_upper_case_globals, reason = "they read as the variants that they are")]
        impl Kind {
            $(pub(crate) const $constant: Self = Self(Place::$constant as u16);)+
        }

        enum Place { $($constant),+ }
    };
}

built_in! {
    Authorization = "authorization", SecretLikeToken, false;
    AwsSecret = "aws_secret", SecretLikeToken, false;
    Cookie = "cookie", SecretLikeToken, false;
    Email = "email", EmailAddress, true;
    KeyBody = "private_key_body", SecretLikeToken, true;
    KnownValue = "known_value", SecretLikeToken, false;
    LargeBlock = "large_block", LargeBlock, true;
    Overflow = "overflow", SecretLikeToken, true;
    Password = "password", SecretLikeToken, true;
    PrivateKey = "private_key", SecretLikeToken, false;
    PrivateUrl = "private_url", PrivateUrl, true;
    RegistryToken = "registry_token", SecretLikeToken, false;
    RepeatedLines = "repeated_lines", LargeBlock, true;
    Secret = "secret", SecretLikeToken, true;
    SignedUrl = "signed_url", SecretLikeToken, false;
    Token = "token", SecretLikeToken, false;
    UrlPassword = "url_password", SecretLikeToken, true;
}

impl Kinds {
    /// Returns the kinds that are always there.
    pub(crate) fn built_in() -> Self {
        let mut kinds = Self { all: Vec::new(), by_rule: BTreeMap::new(), names: BTreeSet::new() };
        for (name, counter, guessable) in BUILT_IN {
            kinds.add(name, name, *counter, *guessable);
        }
        kinds
    }

    /// Returns the kind of that rule, which is new or stands already: the first says what it is.
    pub(crate) fn add(
        &mut self,
        rule: &str,
        name: &str,
        counter: CountsAs,
        guessable: bool,
    ) -> Kind {
        if let Some(kind) = self.by_rule.get(rule) {
            return *kind;
        }
        // Packs are far smaller; a kind beyond the last place is the last kind.
        let kind = Kind(u16::try_from(self.all.len()).unwrap_or(u16::MAX));
        let (name, rule) = (name.to_owned(), rule.to_owned());
        self.names.insert(name.clone());
        self.by_rule.insert(rule.clone(), kind);
        self.all.push(KindInfo { name, rule, counter, guessable });
        kind
    }

    /// Returns what is known of `kind`.
    pub(crate) fn info(&self, kind: Kind) -> &KindInfo {
        self.all.get(usize::from(kind.0)).unwrap_or(&UNKNOWN)
    }

    /// Returns every kind, in the order in which they came.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &KindInfo> {
        self.all.iter()
    }

    /// Returns true where markers say `name`.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}

static UNKNOWN: KindInfo = KindInfo {
    name: String::new(),
    rule: String::new(),
    counter: CountsAs::SecretLikeToken,
    guessable: true,
};

#[cfg(test)]
mod tests {
    use super::Kind;
    use super::Kinds;

    #[test]
    fn a_built_in_kind_is_found_by_its_name() {
        let kinds = Kinds::built_in();
        assert!(kinds.has_name("url_password") && !kinds.has_name("acme"));
        assert_eq!(kinds.info(Kind::Authorization).name, "authorization");
        assert!(kinds.info(Kind::Password).guessable);
    }
}
