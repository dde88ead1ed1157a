//! The native half of `@bailiwick/node`: JSON text in, JSON text out.
//!
//! The public interface is the façade in `bindings/js`; this module only carries text across.
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use bailiwick_wire::WireError;
use napi::Error;
use napi::Result;
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
