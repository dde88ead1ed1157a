//! Payloads on their way into a journal: a salt each, and a commitment in the event.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use bailiwick::Action;
use bailiwick::AuditEvent;
use bailiwick::PayloadRef;
use bailiwick::SALT_BYTES;

use crate::pep::Permit;
use crate::port::payload::Payload;
use crate::port::payload::PayloadKey;
use crate::port::store::RunKey;
use crate::port::store::StoreError;
use crate::store::artifacts::file;
use crate::store::journal::malformed;

/// The salt of one commitment.
pub(super) type Salt = [u8; SALT_BYTES];

/// Puts commitments to `payloads` into `event`; returns the salts, in the order of the payloads.
pub(super) fn commit(
    event: &mut AuditEvent,
    payloads: &[Payload],
) -> Result<Vec<Salt>, StoreError> {
    let mut salts = Vec::with_capacity(payloads.len());
    if payloads.is_empty() {
        return Ok(salts);
    }
    let source = Path::new("/dev/urandom");
    let mut random = File::open(source).map_err(|error| file("read", source, error))?;
    for payload in payloads {
        let mut salt = [0; SALT_BYTES];
        random.read_exact(&mut salt).map_err(|error| file("read", source, error))?;
        let kept = PayloadRef::new(&salt, payload.text().as_bytes(), payload.keep_until)
            .ok_or_else(|| malformed("a salt", "it has another length"))?;
        if event.payloads.insert(payload.name.clone(), kept).is_some() {
            return Err(malformed("the payloads", "two have one name"));
        }
        salts.push(salt);
    }
    Ok(salts)
}

/// Uses the permit up to delete a payload; returns which one, and the decision that permits it.
pub(super) fn permitted(permit: Permit) -> Result<(PayloadKey, String), StoreError> {
    let decision_id = permit.decision_id().to_owned();
    let refused = |why: &str| malformed("the permit", why);
    let request =
        permit.spend(Action::ArtifactDelete).map_err(|error| refused(&error.to_string()))?;
    let artifact = request.artifact.unwrap_or_default();
    let (Some(id), Some(tenant), Some(run_id)) = (artifact.id, artifact.tenant, artifact.run)
    else {
        return Err(refused("it names no payload"));
    };
    let key = PayloadKey::read(RunKey { tenant, run_id }, &id);
    Ok((key.ok_or_else(|| refused("it names no payload"))?, decision_id))
}
