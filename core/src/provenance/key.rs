//! Keys as text: what files hold and command lines name.

use crate::model::PublicKey;
use crate::model::SigningKey;
use crate::model::from_base64;
use crate::model::sha256;
use crate::model::to_base64;
use crate::model::to_hex;

/// Returns the id of a key in an envelope: the SHA-256 of its 32 bytes, in hexadecimal digits.
pub fn key_id(key: &PublicKey) -> String {
    to_hex(&sha256(&[key.as_bytes()]))
}

/// Returns a public key as the base64 of its 32 bytes, which [`read_public_key`] reads.
pub fn public_key_text(key: &PublicKey) -> String {
    to_base64(key.as_bytes())
}

/// Reads a secret key: the base64 of a seed of 32 bytes, or the text of a signed note's key,
/// `PRIVATE+KEY+<name>+<hash>+<base64>`. `None` for anything else.
pub fn read_signing_key(text: &str) -> Option<SigningKey> {
    let text = text.trim();
    match text.strip_prefix(NOTE_SECRET) {
        Some(rest) => {
            let (bytes, hash, name) = note_key(rest)?;
            let key = SigningKey::from_seed(&bytes)?;
            (hash == note_hash(name, key.public().as_bytes())).then_some(key)
        }
        None => SigningKey::from_seed(&from_base64(text)?),
    }
}

/// Reads a public key: the base64 of its 32 bytes, or the text of a signed note's key,
/// `<name>+<hash>+<base64>`. `None` for anything else, and for a key of small order.
pub fn read_public_key(text: &str) -> Option<PublicKey> {
    let text = text.trim();
    if let Some(bytes) = from_base64(text).filter(|bytes| bytes.len() == 32) {
        return PublicKey::new(&bytes);
    }
    let (bytes, hash, name) = note_key(text)?;
    let key = PublicKey::new(&bytes)?;
    (hash == note_hash(name, key.as_bytes())).then_some(key)
}

/// Returns the bytes, the hash and the name of `<name>+<hash>+<base64 of 0x01 and the bytes>`.
fn note_key(text: &str) -> Option<(Vec<u8>, &str, &str)> {
    let mut parts = text.splitn(3, '+');
    let (name, hash, key) = (parts.next()?, parts.next()?, parts.next()?);
    if name.is_empty() || name.chars().any(char::is_whitespace) {
        return None;
    }
    let bytes = from_base64(key)?;
    let (kind, bytes) = bytes.split_first()?;
    (*kind == ED25519).then(|| (bytes.to_vec(), hash, name))
}

/// Returns the hash of a signed note's key, as its eight digits.
fn note_hash(name: &str, public: &[u8; 32]) -> String {
    let hash = sha256(&[name.as_bytes(), b"\n", &[ED25519], public]);
    to_hex(&hash).chars().take(8).collect()
}

/// How the text of a note's secret key begins.
const NOTE_SECRET: &str = "PRIVATE+KEY+";
/// The kind of key in signed notes.
const ED25519: u8 = 1;

#[cfg(test)]
mod tests {
    use super::read_public_key;
    use super::read_signing_key;

    #[test]
    fn the_example_of_signed_notes_is_read() {
        // github.com/golang/mod, sumdb/note.
        let secret =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
        let public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        let secret = read_signing_key(secret).unwrap();
        assert_eq!(read_public_key(public).unwrap(), secret.public());
    }

    #[test]
    fn a_key_whose_hash_is_another_is_refused() {
        let public = "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        assert!(read_public_key(public).is_none());
        let renamed = "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        assert!(read_public_key(renamed).is_none());
    }

    #[test]
    fn keys_of_another_length_are_refused() {
        for text in ["", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "not base64"] {
            assert!(read_signing_key(text).is_none(), "{text}");
            assert!(read_public_key(text).is_none(), "{text}");
        }
    }
}
