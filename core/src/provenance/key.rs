//! Keys as text: what files hold and command lines name.

use crate::audit::NoteKey;
use crate::audit::NoteKeyKind;
use crate::audit::NoteSigner;
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
    if let Some(seed) = bytes_of_key(text) {
        return SigningKey::from_seed(&seed);
    }
    Some(NoteSigner::from_text(text).ok()?.signing_key().clone())
}

/// Reads a public key: the base64 of its 32 bytes, or the text of the key of a log in signed notes,
/// `<name>+<hash>+<base64>`. `None` for anything else, and for a key of small order.
pub fn read_public_key(text: &str) -> Option<PublicKey> {
    let text = text.trim();
    if let Some(bytes) = bytes_of_key(text) {
        return PublicKey::new(&bytes);
    }
    let key: NoteKey = text.parse().ok()?;
    // The key of a witness signs what it saw, and answers for no change.
    key.public().filter(|_| key.kind() == NoteKeyKind::Log).copied()
}

/// Returns the 32 bytes that the text is the base64 of. The text of a note's key can be base64 as a
/// whole, too, and is then longer.
fn bytes_of_key(text: &str) -> Option<Vec<u8>> {
    from_base64(text).filter(|bytes| bytes.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::read_public_key;
    use super::read_signing_key;
    use crate::audit::NoteKey;
    use crate::audit::NoteSigner;
    use crate::model::SigningKey;

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
    fn the_text_of_a_notes_key_is_read_where_it_is_base64_as_a_whole() {
        let secret = SigningKey::from_seed(&[7; 32]).unwrap();
        let public = NoteKey::of_log("ab", secret.public()).unwrap().to_string();
        assert_eq!(read_public_key(&public), Some(secret.public()));
        let text = NoteSigner::secret_text("ab", &[7; 32]).unwrap();
        assert_eq!(read_signing_key(&text).unwrap().public(), secret.public());
    }

    #[test]
    fn the_key_of_a_witness_answers_for_no_change() {
        let public = SigningKey::from_seed(&[7; 32]).unwrap().public();
        let log = NoteKey::of_log("log", public).unwrap().to_string();
        assert_eq!(read_public_key(&log), Some(public));
        let witness = NoteKey::of_witness("log", public).unwrap().to_string();
        assert_eq!(read_public_key(&witness), None);
    }

    #[test]
    fn keys_of_another_length_are_refused() {
        for text in ["", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "not base64"] {
            assert!(read_signing_key(text).is_none(), "{text}");
            assert!(read_public_key(text).is_none(), "{text}");
        }
    }
}
