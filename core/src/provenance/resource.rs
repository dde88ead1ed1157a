//! Resources and their digests (in-toto attestation framework v1).

use std::collections::BTreeSet;

use crate::provenance::base64_text;
use crate::provenance::check::Place;
use crate::provenance::problem::ProblemCode;
use crate::provenance::problem::Problems;

/// What a resource was found to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Resource {
    /// Algorithm and value of every digest that is in order.
    pub(super) digests: Vec<(String, String)>,
    pub(super) name: Option<String>,
}

/// Checks a resource. A subject must have a digest; any other must have one of URI, digest and
/// content.
pub(super) fn check_resource(
    at: &Place<'_>,
    is_subject: bool,
    problems: &mut Problems,
) -> Option<Resource> {
    let members = at.object(KNOWN, problems)?;
    let name = members.find("name", problems).and_then(|at| at.text(problems));
    let uri = members.find("uri", problems);
    let content = members.find("content", problems);
    let digest = members.find("digest", problems);
    if let Some(uri) = &uri {
        uri.uri(problems);
    }
    if let Some(content) = &content
        && content.text(problems).is_some_and(|text| base64_text::read(text).is_none())
    {
        problems.add(ProblemCode::Base64Invalid, &content.path, "not base64");
    }
    if let Some(location) = members.find("downloadLocation", problems) {
        location.uri(problems);
    }
    if let Some(media_type) = members.find("mediaType", problems) {
        media_type.text(problems);
    }
    if let Some(annotations) = members.find("annotations", problems) {
        annotations.any_object(problems);
    }
    let described = uri.is_some() || content.is_some() || digest.is_some();
    let digests = match &digest {
        Some(digest) => check_digests(digest, problems),
        None => Vec::new(),
    };
    if is_subject && digest.is_none() {
        let message = "a subject must have a digest";
        problems.add(ProblemCode::DigestMissing, &at.path, message);
    } else if !described {
        let message = "a resource must have `uri`, `digest` or `content`";
        problems.add(ProblemCode::ResourceEmpty, &at.path, message);
    }
    Some(Resource { digests, name: name.map(str::to_owned) })
}

/// Checks the resources of a list.
pub(super) fn check_resources(at: &Place<'_>, problems: &mut Problems) {
    for item in at.items(problems).unwrap_or_default() {
        check_resource(&item, false, problems);
    }
}

fn check_digests(at: &Place<'_>, problems: &mut Problems) -> Vec<(String, String)> {
    let mut good = Vec::new();
    let Some(members) = at.any_object(problems) else {
        return good;
    };
    if members.is_empty() {
        problems.add(ProblemCode::DigestMissing, &at.path, "there is no digest in it");
    }
    let mut families = BTreeSet::new();
    for (name, place) in members.all() {
        families.insert(name.starts_with("git"));
        let Some(value) = place.text(problems) else {
            continue;
        };
        let Some(lengths) = lengths(name) else {
            let message = format!("`{name}` is no digest that is known");
            problems.add_strict(ProblemCode::DigestAlgorithmUnknown, &place.path, message);
            if value.is_empty() {
                problems.add(ProblemCode::DigestInvalid, &place.path, "the digest is empty");
            }
            continue;
        };
        if !lengths.contains(&value.len()) || !is_lower_hex(value) {
            let count: Vec<String> = lengths.iter().map(usize::to_string).collect();
            let message =
                format!("must be {} hexadecimal digits in lower case", count.join(" or "));
            problems.add(ProblemCode::DigestInvalid, &place.path, message);
            continue;
        }
        good.push((name.to_owned(), value.to_owned()));
    }
    if families.len() > 1 {
        let message = "a digest of git beside one of bytes: clients refuse the whole statement";
        problems.add_strict(ProblemCode::DigestMixed, &at.path, message);
    }
    good
}

pub(super) fn is_lower_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Returns how many digits a digest of that algorithm may have; none of one that is not known.
fn lengths(algorithm: &str) -> Option<&'static [usize]> {
    let lengths: &'static [usize] = match algorithm {
        "md5" | "shake128" => &[32],
        "ripemd160" | "sha1" => &[40],
        "gitBlob" | "gitCommit" | "gitTag" | "gitTree" => &[40, 64],
        "sha224" | "sha512_224" | "sha3_224" => &[56],
        "blake2s" | "dirHash" | "dirHash1" | "gost" | "sha256" | "sha512_256" | "sha3_256"
        | "shake256" | "sm3" => &[64],
        "sha384" | "sha3_384" => &[96],
        "blake2b" | "sha512" | "sha3_512" => &[128],
        _ => return None,
    };
    Some(lengths)
}

const KNOWN: &[&str] =
    &["annotations", "content", "digest", "downloadLocation", "mediaType", "name", "uri"];
