//! TypeIDs: a prefix that says what it names, and 128 bits in Crockford's base 32.

use thiserror::Error;

use crate::model::Digest;

/// A TypeID such as `pdec_01jz…` (TypeID specification 0.3).
///
/// Ids that come from outside are opaque text; only the ones made here have this form for sure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(String);

/// Why a text is no TypeID.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{text}` is not an id of the form prefix_suffix")]
pub struct IdError {
    text: String,
}

impl TypeId {
    /// Returns the TypeID with this prefix for these 16 bytes.
    pub fn new(prefix: &str, bytes: [u8; 16]) -> Self {
        const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let number = u128::from_be_bytes(bytes);
        let mut text = String::with_capacity(prefix.len() + 27);
        text.push_str(prefix);
        text.push('_');
        for place in (0..26).rev() {
            let digit = usize::try_from((number >> (place * 5)) & 31).unwrap_or(0);
            text.push(char::from(ALPHABET.get(digit).copied().unwrap_or(b'0')));
        }
        Self(text)
    }

    /// Returns an id made from content: the same content gives the same id, on every host.
    pub fn from_content(prefix: &str, content: &[u8]) -> Self {
        Self::new(prefix, Digest::id_bytes(content))
    }

    /// Reads an id strictly: the prefix asked for and 26 digits.
    ///
    /// # Errors
    /// Where the prefix or the digits are not those of a TypeID.
    pub fn parse(prefix: &str, text: &str) -> Result<Self, IdError> {
        let suffix = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_'));
        let digit = |c: char| {
            c.is_ascii_digit()
                || matches!(c, 'a'..='h' | 'j' | 'k' | 'm' | 'n' | 'p'..='t' | 'v'..='z')
        };
        let good = suffix.is_some_and(|s| {
            s.len() == 26 && s.starts_with(|c| matches!(c, '0'..='7')) && s.chars().all(digit)
        });
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(IdError { text: text.chars().take(64).collect() })
        }
    }

    /// Returns the printed form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the printed form, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl std::fmt::Display for TypeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::TypeId;

    #[test]
    fn prints_the_vectors_of_the_typeid_specification() {
        assert_eq!(TypeId::new("prefix", [0; 16]).as_str(), "prefix_00000000000000000000000000");
        assert_eq!(TypeId::new("prefix", [0xff; 16]).as_str(), "prefix_7zzzzzzzzzzzzzzzzzzzzzzzzz");
    }

    #[test]
    fn reads_back_what_it_printed_and_nothing_else() {
        let id = TypeId::from_content("run", b"x");
        assert_eq!(TypeId::parse("run", id.as_str()), Ok(id.clone()));
        assert!(TypeId::parse("pdec", id.as_str()).is_err());
        assert!(TypeId::parse("run", "run_01jz...").is_err());
    }
}
