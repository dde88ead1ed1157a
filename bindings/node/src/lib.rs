//! The native half of `@bailiwick/node`: JSON text in, JSON text out; what a stream redacts crosses
//! as bytes.
//!
//! The public interface is the façade in `bindings/js`; this module only carries text across.
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use bailiwick_wire::WireError;
use napi::Error;
use napi::Result;
use napi::bindgen_prelude::Buffer;
use napi_derive::napi;

/// A compiled policy set.
#[napi]
pub struct Policies(bailiwick_wire::Policies);

#[napi]
impl Policies {
    /// Compiles the policies that `input` holds.
    #[napi(factory)]
    pub fn load(input: String) -> Result<Self> {
        guarded(|| bailiwick_wire::Policies::load(&input)).map(Self)
    }

    /// Runs `operation` on the compiled set.
    #[napi]
    pub fn call(&self, operation: String, input: String) -> Result<String> {
        guarded(|| self.0.call(&operation, &input))
    }
}

/// Redacts bytes as they come.
#[napi]
pub struct RedactionStream(bailiwick_wire::RedactionStream);

#[napi]
impl RedactionStream {
    /// Opens a stream by options, JSON text.
    #[napi(factory)]
    pub fn open(options: String) -> Result<Self> {
        guarded(|| bailiwick_wire::RedactionStream::open(&options)).map(Self)
    }

    /// Takes in bytes; returns what is final now.
    #[napi]
    pub fn push(&mut self, bytes: &[u8]) -> Result<Buffer> {
        guarded(|| self.0.push(bytes)).map(Buffer::from)
    }

    /// Returns the rest, and the summary as JSON text.
    #[napi]
    pub fn finish(&mut self) -> Result<RedactionEnd> {
        let (rest, summary) = guarded(|| self.0.finish())?;
        Ok(RedactionEnd { rest: rest.into(), summary })
    }
}

/// What a stream says at its end.
#[napi(object)]
pub struct RedactionEnd {
    /// The rest of the output.
    pub rest: Buffer,
    /// What was removed, JSON text.
    pub summary: String,
}

/// Verifies a log as it comes.
#[napi]
pub struct LogVerifier(bailiwick_wire::LogVerifier);

#[napi]
impl LogVerifier {
    /// Opens a verifier by options, JSON text.
    #[napi(factory)]
    pub fn open(options: String) -> Result<Self> {
        guarded(|| bailiwick_wire::LogVerifier::open(&options)).map(Self)
    }

    /// Reads more bytes.
    #[napi]
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        guarded(|| self.0.push(bytes))
    }

    /// Returns the report as JSON text.
    #[napi]
    pub fn finish(&mut self) -> Result<String> {
        guarded(|| self.0.finish())
    }
}

/// Runs `operation` on JSON text.
#[napi]
pub fn call(operation: String, input: String) -> Result<String> {
    guarded(|| bailiwick_wire::call(&operation, &input))
}

/// Returns the names of all operations; those that read policies end in `*`.
#[napi]
pub fn operations() -> Vec<String> {
    let mark = |reads| if reads { "*" } else { "" };
    let all = bailiwick_wire::operations().iter();
    all.map(|op| format!("{}{}", op.name, mark(op.needs_policies))).collect()
}

/// Runs `work`; an error and a panic both reach JavaScript as JSON text.
fn guarded<T>(work: impl FnOnce() -> std::result::Result<T, WireError>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Error::from_reason(error.to_json())),
        Err(_) => Err(Error::from_reason(PANICKED)),
    }
}

const PANICKED: &str = r#"{"code":"internal_error","message":"the native library panicked","help":"report this with the input that caused it","path":null,"line":null,"column":null}"#;
