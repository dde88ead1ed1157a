//! DSSE envelopes (version 1.0.2): what is signed, and how it is written and read.

use serde::Serialize;

use crate::model::CanonicalError;
use crate::model::PublicKey;
use crate::model::SigningKey;
use crate::model::canonical_json;
use crate::model::to_base64;
use crate::provenance::base64_text;
use crate::provenance::check::Place;
use crate::provenance::key_id;
use crate::provenance::problem::ProblemCode;
use crate::provenance::problem::Problems;
use crate::provenance::tree;

/// The type of a payload that is an in-toto statement.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// Returns what DSSE signs: type and payload, each behind its length.
///
/// # Example
/// ```
/// let pae = bailiwick::dsse_pae("http://example.com/HelloWorld", b"hello world");
/// assert_eq!(pae, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
/// ```
pub fn dsse_pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

#[derive(Serialize)]
struct Written {
    payload: String,
    #[serde(rename = "payloadType")]
    payload_type: &'static str,
    signatures: Vec<WrittenSignature>,
}

#[derive(Serialize)]
struct WrittenSignature {
    keyid: String,
    sig: String,
}

/// Returns the envelope of a statement, signed with every key, as one line without its end.
pub(super) fn sign(statement: &str, keys: &[SigningKey]) -> Result<String, CanonicalError> {
    let signed = dsse_pae(PAYLOAD_TYPE, statement.as_bytes());
    let signature = |key: &SigningKey| WrittenSignature {
        keyid: key_id(&key.public()),
        sig: to_base64(&key.sign(&signed)),
    };
    canonical_json(&Written {
        payload: to_base64(statement.as_bytes()),
        payload_type: PAYLOAD_TYPE,
        signatures: keys.iter().map(signature).collect(),
    })
}

/// An envelope that was read; nothing in it is believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Envelope {
    pub(super) payload: Vec<u8>,
    payload_type: String,
    signatures: Vec<Signature>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Signature {
    bytes: Vec<u8>,
    keyid: Option<String>,
    path: String,
}

impl Envelope {
    /// Reads a line and tells everything that is wrong with its form.
    pub(super) fn read(line: &[u8], problems: &mut Problems) -> Option<Self> {
        let value = tree::read(line, "$", problems)?;
        let place = Place::new("$".to_owned(), &value);
        let members = place.object(&["payload", "payloadType", "signatures"], problems)?;
        let payload = members.need("payload", problems).and_then(|at| bytes(&at, problems));
        let kind = members.need("payloadType", problems);
        let payload_type = kind.as_ref().and_then(|at| at.text(problems));
        if let (Some(at), Some(text)) = (&kind, payload_type)
            && text != PAYLOAD_TYPE
        {
            let message = format!("must be `{PAYLOAD_TYPE}`");
            problems.add(ProblemCode::PayloadTypeUnknown, &at.path, message);
        }
        let list = members.need("signatures", problems)?;
        let mut signatures: Vec<Signature> = Vec::new();
        for item in list.items(problems).unwrap_or_default() {
            let Some(signature) = read_signature(&item, problems) else {
                continue;
            };
            let same = |other: &Signature| other.keyid == signature.keyid;
            if signature.keyid.is_some() && signatures.iter().any(same) {
                let message = "two signatures name this key";
                problems.add(ProblemCode::KeyidRepeated, &signature.path, message);
            }
            signatures.push(signature);
        }
        Some(Self { payload: payload?, payload_type: payload_type?.to_owned(), signatures })
    }

    /// Returns the ids of those of `keys` that signed it. A keyid is a hint and believed by nobody:
    /// it only says which key to try.
    pub(super) fn signers(&self, keys: &[PublicKey], problems: &mut Problems) -> Vec<String> {
        let signed = dsse_pae(&self.payload_type, &self.payload);
        let mut signers: Vec<String> = Vec::new();
        for signature in &self.signatures {
            let named = |key: &&PublicKey| signature.keyid.as_ref() == Some(&key_id(key));
            let fits = |key: &&PublicKey| key.verify(&signed, &signature.bytes);
            let own = keys.iter().find(named);
            let signer = match own {
                Some(key) => Some(key).filter(fits),
                None => keys.iter().find(fits),
            };
            if own.is_none() && signer.is_some() && signature.keyid.is_some() {
                let message = "the signature names another key than the one that made it";
                problems.add_strict(ProblemCode::KeyidOther, &signature.path, message);
            }
            match signer.map(key_id) {
                Some(id) if !signers.contains(&id) => signers.push(id),
                Some(_) => {}
                None if own.is_some() => {
                    let message = "the signature does not fit the key that it names";
                    problems.add_strict(ProblemCode::SignatureFalse, &signature.path, message);
                }
                None => {}
            }
        }
        signers
    }
}

fn read_signature(at: &Place<'_>, problems: &mut Problems) -> Option<Signature> {
    let members = at.object(&["keyid", "sig"], problems)?;
    let keyid = members.find("keyid", problems).and_then(|at| at.text(problems));
    let keyid = keyid.filter(|id| !id.is_empty()).map(str::to_owned);
    if keyid.is_none() {
        let message = "the signature names no key, which some clients refuse";
        problems.add_strict(ProblemCode::KeyidMissing, &at.path, message);
    }
    let sig = members.need("sig", problems)?;
    let bytes = bytes(&sig, problems)?;
    if bytes.len() != SIGNATURE_BYTES {
        let message = "an Ed25519 signature has 64 bytes";
        problems.add_strict(ProblemCode::SignatureForm, &sig.path, message);
    }
    Some(Signature { bytes, keyid, path: at.path.clone() })
}

fn bytes(at: &Place<'_>, problems: &mut Problems) -> Option<Vec<u8>> {
    let bytes = base64_text::read(at.text(problems)?);
    if bytes.is_none() {
        problems.add(ProblemCode::Base64Invalid, &at.path, "not base64");
    }
    bytes
}

const SIGNATURE_BYTES: usize = 64;
