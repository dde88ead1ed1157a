//! `provenance_sign`, `provenance_verify` and `provenance_show`.

use bailiwick::AgentProvenance;
use bailiwick::Digest;
use bailiwick::ProvenanceError;
use bailiwick::ProvenanceOptions;
use bailiwick::PublicKey;
use bailiwick::ShownStatement;
use bailiwick::SigningKey;
use bailiwick::SourceFile;
use bailiwick::VersionedPart;
use bailiwick::show_bundle;
use bailiwick::sign_provenance;
use bailiwick::verify_provenance;
use serde::Deserialize;
use serde::Serialize;

use crate::WireError;
use crate::input::read;
use crate::input::write;
use crate::redaction::read_quietly;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignInput {
    keys: Vec<String>,
    provenance: String,
}

#[derive(Serialize)]
struct SignOutput<'a> {
    bundle: &'a str,
    document_digest: &'a Digest,
    key_ids: &'a [String],
    public_keys: &'a [String],
}

pub(crate) fn sign(input: &str) -> Result<String, WireError> {
    // Quietly: no error may show a part of a key.
    let input: SignInput = read_quietly(input)?;
    let keys: Option<Vec<SigningKey>> =
        input.keys.iter().map(|text| bailiwick::read_signing_key(text)).collect();
    let keys = keys.ok_or_else(|| {
        WireError::new("provenance_key_invalid", "one of `keys` is no secret key")
            .with_help("a key is the base64 of 32 random bytes, or `PRIVATE+KEY+<name>+…`")
    })?;
    let file = SourceFile::new(FILE, input.provenance);
    let signed = sign_provenance(&file, &keys).map_err(error)?;
    write(&SignOutput {
        bundle: signed.bundle(),
        document_digest: signed.document_digest(),
        key_ids: signed.key_ids(),
        public_keys: signed.public_keys(),
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerifyInput {
    #[serde(default)]
    bundle: Option<String>,
    #[serde(default)]
    commit: Option<String>,
    #[serde(default)]
    document_digest: Option<Digest>,
    keys: Vec<String>,
    #[serde(default)]
    patch_digest: Option<Digest>,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    threshold: usize,
}

pub(crate) fn verify(input: &str) -> Result<String, WireError> {
    let mut input: VerifyInput = read(input)?;
    match input.bundle.take() {
        Some(bundle) => input.verify(bundle.as_bytes()),
        None => Err(WireError::new("input_invalid", "missing field `bundle`")),
    }
}

/// Returns what `provenance_verify` answers, for a bundle that need not be UTF-8; `options` is the
/// input of the operation without `bundle`.
///
/// # Errors
/// Where the options cannot be read, or one of the keys is none.
///
/// # Example
/// ```
/// let options = r#"{"keys": ["11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="]}"#;
/// let report = bailiwick_wire::verify_provenance_bytes(b"\xff\n", options)?;
/// assert!(report.contains(r#""verified":false"#));
/// # Ok::<(), bailiwick_wire::WireError>(())
/// ```
pub fn verify_provenance_bytes(bundle: &[u8], options: &str) -> Result<String, WireError> {
    let options: VerifyInput = read(options)?;
    match options.bundle {
        Some(_) => Err(WireError::new(
            "input_invalid",
            "the bundle stands beside the options, not among them",
        )),
        None => options.verify(bundle),
    }
}

/// Returns the SHA-256 of `bytes` as records have it: `sha256:<hex>`.
pub fn digest_of(bytes: &[u8]) -> String {
    Digest::of(bytes).as_str().to_owned()
}

impl VerifyInput {
    fn verify(self, bundle: &[u8]) -> Result<String, WireError> {
        let keys: Option<Vec<PublicKey>> =
            self.keys.iter().map(|text| bailiwick::read_public_key(text)).collect();
        let keys = keys.filter(|keys| !keys.is_empty()).ok_or_else(|| {
            WireError::new("provenance_key_invalid", "`keys` holds no key, or one that is none")
                .with_help("a key is the base64 of its 32 bytes, or `<name>+<hash>+<base64>`")
        })?;
        write(&verify_provenance(
            bundle,
            &ProvenanceOptions {
                commit: self.commit,
                document: self.document_digest,
                keys,
                patch: self.patch_digest,
                strict: self.strict,
                threshold: self.threshold,
            },
        ))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ShowInput {
    #[serde(default)]
    bundle: Option<String>,
    #[serde(default)]
    provenance: Option<String>,
}

#[derive(Default, Serialize)]
struct ShowOutput {
    missing_versions: Vec<VersionedPart>,
    provenance: Option<AgentProvenance>,
    statements: Vec<ShownStatement>,
    /// What stands there, for people.
    text: String,
}

pub(crate) fn show(input: &str) -> Result<String, WireError> {
    let input: ShowInput = read(input)?;
    match (input.bundle, input.provenance) {
        (Some(bundle), None) => {
            let statements = show_bundle(bundle.as_bytes());
            let text = statements.iter().map(ShownStatement::to_text).collect();
            write(&ShowOutput { statements, text, ..ShowOutput::default() })
        }
        (None, Some(text)) => {
            let read = AgentProvenance::read(&SourceFile::new(FILE, text));
            let provenance = read.map_err(WireError::from_diagnostics)?;
            let missing_versions = provenance.missing_versions();
            let mut text = provenance.to_draft();
            for part in &missing_versions {
                text.push_str(&format!("# not stated: {}\n", part.key()));
            }
            let provenance = Some(provenance);
            write(&ShowOutput { missing_versions, provenance, text, ..ShowOutput::default() })
        }
        (None, None) | (Some(_), Some(_)) => Err(WireError::new(
            "input_invalid",
            "exactly one of `bundle` and `provenance` must be given",
        )),
    }
}

fn error(error: ProvenanceError) -> WireError {
    let wire = WireError::new(error.code(), error.to_string());
    match error {
        ProvenanceError::Unreadable { findings } => WireError::from_diagnostics(findings),
        other => match other.help() {
            Some(help) => wire.with_help(help),
            None => wire,
        },
    }
}

/// What the record is called where errors name a file.
const FILE: &str = "provenance.yaml";
