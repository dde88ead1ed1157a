//! A compiled policy set, as hosts hold it.

use std::sync::Arc;

use bailiwick::CompileOptions;
use bailiwick::Compiled;
use bailiwick::Diagnostic;
use bailiwick::PolicySet;
use bailiwick::compile;

use crate::WireError;
use crate::input::PoliciesInput;
use crate::input::read;
use crate::input::sources;
use crate::operation;

/// A compiled policy set. Cloning shares it; threads may use it at once.
#[derive(Clone, Debug)]
pub struct Policies {
    /// The warnings that were found.
    pub(crate) diagnostics: Arc<[Diagnostic]>,
    pub(crate) set: Arc<PolicySet>,
}

impl Policies {
    /// Compiles policies: `{"policies": {"path": "text", …}, "strict": false}`.
    ///
    /// # Errors
    /// Where the input is no such JSON, or any document cannot be read or compiled.
    pub fn load(input: &str) -> Result<Self, WireError> {
        let input: PoliciesInput = read(input)?;
        Self::compile(&input)
    }

    /// Returns the answer of an operation under these policies; its input names no policies.
    ///
    /// # Errors
    /// Where the operation is unknown or its input cannot be read.
    pub fn call(&self, operation: &str, input: &str) -> Result<String, WireError> {
        operation::call_with(self, operation, input)
    }

    /// Returns the digest of the policy set.
    pub fn hash(&self) -> &str {
        self.set.digest().as_str()
    }

    pub(crate) fn compile(input: &PoliciesInput) -> Result<Self, WireError> {
        let options = CompileOptions { strict: input.strict };
        match compile(&sources(&input.policies), options) {
            Ok(Compiled { diagnostics, policies }) => {
                Ok(Self { diagnostics: diagnostics.into(), set: Arc::new(policies) })
            }
            Err(refused) => Err(WireError::from_diagnostics(refused.diagnostics)),
        }
    }
}
