use super::signer;
use crate::audit::log::LogError;
use crate::audit::log::MAX_NOTE_SIGNATURES;
use crate::audit::log::Note;
use crate::audit::log::NoteKey;
use crate::audit::log::NoteKeyKind;
use crate::audit::log::NoteSigner;
use crate::audit::log::note::cosigned_text;
use crate::model::SigningKey;
use crate::model::from_base64;
use crate::model::to_base64;

const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const SKEY: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n";
const SIGNATURE: &str = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN\
                         1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn peter() -> NoteKey {
    VKEY.parse().unwrap()
}

fn parse(text: &str) -> Result<Note, LogError> {
    Note::parse(text.as_bytes())
}

#[test]
fn the_published_note_is_verified_and_signed_to_the_same_bytes() {
    let published = format!("{TEXT}\n{SIGNATURE}");
    let note = parse(&published).unwrap();
    assert_eq!(note.verify(&[peter()]).unwrap().len(), 1);
    let mut ours = Note::new(TEXT).unwrap();
    ours.sign(&NoteSigner::from_text(SKEY).unwrap()).unwrap();
    assert_eq!(ours.to_string(), published);
}

#[test]
fn key_texts_are_read_and_written_alike() {
    let signer = NoteSigner::from_text(SKEY).unwrap();
    assert_eq!(signer.key().to_string(), VKEY);
    let seed = &from_base64(SKEY.rsplit_once("c74f20a3+").unwrap().1).unwrap()[1..];
    assert_eq!(NoteSigner::secret_text("PeterNeumann", seed).unwrap(), SKEY);
    assert!(!format!("{signer:?}").contains(&SKEY[34..]));
}

#[test]
fn every_changed_byte_of_a_key_text_is_refused() {
    for at in 0..VKEY.len() {
        let changed = changed(VKEY, at);
        assert!(changed.parse::<NoteKey>().map_or(true, |key| key.public().is_none()), "{changed}");
    }
    for at in 0..SKEY.len() {
        assert!(NoteSigner::from_text(&changed(SKEY, at)).is_err(), "{at}");
    }
    for text in
        ["", "a", "a+b", "+c74f20a3+ARpc", "a b+c74f20a3+ARpc", "a+C74F20A3+ARpc", "a+1+AR=="]
    {
        assert!(text.parse::<NoteKey>().is_err(), "{text}");
    }
}

#[test]
fn every_changed_byte_of_a_note_is_refused() {
    let published = format!("{TEXT}\n{SIGNATURE}");
    for at in 0..published.len() {
        for bit in 0..8 {
            let mut bytes = published.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let verified = Note::parse(&bytes).and_then(|note| note.verify(&[peter()]));
            assert!(verified.is_err(), "byte {at}, bit {bit}");
        }
        assert!(parse(&published[..at.min(TEXT.len())]).is_err());
    }
    for cut in 1..published.len() {
        let cut = Note::parse(&published.as_bytes()[..published.len() - cut]);
        assert!(cut.and_then(|note| note.verify(&[peter()])).is_err());
    }
}

#[test]
fn unknown_keys_are_ignored() {
    let mut note = Note::new(TEXT).unwrap();
    let (known, other) = (signer("a.example", 1), signer("b.example", 2));
    note.sign(&other).unwrap();
    assert_eq!(note.verify(&[known.key().clone()]), Err(LogError::UnknownKey));
    note.sign(&known).unwrap();
    let signed = note.verify(&[known.key().clone()]).unwrap();
    assert_eq!(signed.len(), 1);
    assert_eq!(signed[0].name, "a.example");
    // A key with the name of a trusted one and another id is unknown too.
    let imposter = signer("a.example", 3);
    note.sign(&imposter).unwrap();
    assert_eq!(note.verify(&[known.key().clone()]).unwrap().len(), 1);
}

#[test]
fn a_bad_signature_of_a_known_key_refuses_the_note() {
    let (good, bad) = (signer("a.example", 1), signer("b.example", 2));
    let keys = [good.key().clone(), bad.key().clone()];
    let mut note = Note::new(TEXT).unwrap();
    note.sign(&good).unwrap();
    let mut elsewhere = Note::new("another text\n").unwrap();
    elsewhere.sign(&bad).unwrap();
    let line = elsewhere.signatures()[0].to_string();
    note.add_line(&line).unwrap();
    let refused = LogError::SignatureInvalid { name: "b.example".into(), key_id: bad.key().id() };
    assert_eq!(note.verify(&keys), Err(refused));
    // The same where it follows a good one of the same key.
    let mut note = Note::new(TEXT).unwrap();
    note.sign(&bad).unwrap();
    note.add_line(&line).unwrap();
    assert!(matches!(note.verify(&keys), Err(LogError::SignatureInvalid { .. })));
}

#[test]
fn a_repeated_signature_counts_once() {
    let note = parse(&format!("{TEXT}\n{SIGNATURE}{SIGNATURE}")).unwrap();
    assert_eq!(note.signatures().len(), 2);
    assert_eq!(note.verify(&[peter(), peter()]).unwrap().len(), 1);
}

#[test]
fn two_different_keys_of_one_name_and_id_are_refused() {
    let note = parse(&format!("{TEXT}\n{SIGNATURE}")).unwrap();
    let mut twin = peter();
    twin.collide(signer("x", 9).key());
    let refused = note.verify(&[peter(), twin]);
    assert!(matches!(refused, Err(LogError::AmbiguousKey { .. })));
}

#[test]
fn a_key_of_an_unknown_kind_is_read_and_trusted_in_nothing() {
    let key: NoteKey = "a.example+0badcafe+BgABAgM=".parse().unwrap();
    assert_eq!(key.kind(), NoteKeyKind::Other(6));
    assert_eq!(key.to_string(), "a.example+0badcafe+BgABAgM=");
    let signature = to_base64(&[&0x0bad_cafe_u32.to_be_bytes()[..], &[0; 64]].concat());
    let note = parse(&format!("{TEXT}\n\u{2014} a.example {signature}\n")).unwrap();
    assert_eq!(note.verify(&[key]), Err(LogError::UnknownKey));
}

#[test]
fn notes_of_another_form_are_refused() {
    let line = SIGNATURE;
    for note in [
        String::new(),
        "\n".to_owned(),
        TEXT.to_owned(),
        format!("{TEXT}\n"),
        format!("{TEXT}{line}"),
        format!("\n{line}"),
        format!("{TEXT}\n{line}\n"),
        format!("{TEXT}\n{}", line.trim_end()),
        format!("{TEXT}\n{}", line.replace('\n', "\r\n")),
        format!("{TEXT}\n{line}junk\n"),
        format!("{TEXT}\n{}", line.replace("\u{2014} ", "\u{2014}  ")),
        format!("{TEXT}\n{}", line.replace('\u{2014}', "-")),
        format!("{TEXT}\n{}", line.replace("AM=", "AM")),
        format!("{TEXT}\n{}", line.replace("AM=", "AN=")),
        format!("{TEXT}\n{}", line.replace("AM=\n", "AM= \n")),
        format!("{TEXT}\n\u{2014} a AAAAAA==\n"),
        format!("{TEXT}\n\u{2014} a+b AAAAAAA=\n"),
        format!("{TEXT}\n\u{2014} a\u{a0}b AAAAAAA=\n"),
        format!("\u{1}{TEXT}\n{line}"),
        format!("a\ttab\n\n{line}"),
        format!("{}\n\n{line}", "a".repeat(1_000_000)),
        format!("{TEXT}\n{}", line.repeat(MAX_NOTE_SIGNATURES + 1)),
    ] {
        let shown: String = note.chars().take(200).collect();
        assert!(matches!(parse(&note), Err(LogError::NoteMalformed { .. })), "{shown:?}");
    }
    assert!(parse(&format!("{TEXT}\n{}", line.repeat(MAX_NOTE_SIGNATURES))).is_ok());
    assert!(Note::new("no line feed").is_err());
    assert!(Note::new("").is_err());
}

#[test]
fn the_text_may_have_blank_lines() {
    for text in ["\n", "a\n\nb\n", "a\n\n", "\u{2014} looks like one\n\nb\n"] {
        let mut note = Note::new(text).unwrap();
        note.sign(&signer("a.example", 1)).unwrap();
        let read = parse(&note.to_string()).unwrap();
        assert_eq!(read, note);
        assert!(read.verify(&[signer("a.example", 1).key().clone()]).is_ok());
    }
}

#[test]
fn a_witness_signs_with_the_time_and_only_as_a_witness() {
    let secret = SigningKey::from_seed(&[5; 32]).unwrap();
    let key = NoteKey::of_witness("witness.example", secret.public()).unwrap();
    assert_eq!(key.to_string().parse::<NoteKey>().unwrap(), key);
    let line = |time: u64, message: &str| {
        let signature = secret.sign(message.as_bytes());
        let bytes = [&key.id().to_be_bytes()[..], &time.to_be_bytes(), &signature].concat();
        format!("\u{2014} witness.example {}\n", to_base64(&bytes))
    };
    let checked = |line: &str| {
        let mut note = Note::new(TEXT).unwrap();
        note.add_line(line).unwrap();
        note.verify(std::slice::from_ref(&key))
    };
    let at = 1_679_315_147;
    let signed = checked(&line(at, &cosigned_text(TEXT, at))).unwrap();
    assert_eq!((signed[0].kind, signed[0].time), (NoteKeyKind::Witness, Some(at)));
    assert!(checked(&line(at + 1, &cosigned_text(TEXT, at))).is_err());
    assert!(checked(&line(at, TEXT)).is_err());
    assert!(checked(&line(1 << 63, &cosigned_text(TEXT, 1 << 63))).is_err());
    let short = [&key.id().to_be_bytes()[..], &at.to_be_bytes()].concat();
    assert!(checked(&format!("\u{2014} witness.example {}\n", to_base64(&short))).is_err());
}

/// The text with another character at a place.
fn changed(text: &str, at: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = if bytes[at] == b'B' { b'C' } else { b'B' };
    String::from_utf8(bytes).unwrap()
}
