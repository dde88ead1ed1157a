//! The native half of the Python package: JSON text in, JSON text out, without the GIL.
//!
//! The public interface is `python/bailiwick`; this module only carries text across.
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use bailiwick_wire::WireError;
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(_bailiwick, NativeError, PyException, "Carries an error as JSON text.");

/// A compiled policy set, shared by every thread that holds it.
#[pyclass(frozen, module = "bailiwick._bailiwick")]
struct Policies(bailiwick_wire::Policies);

#[pymethods]
impl Policies {
    /// Compiles the policies that `input` holds.
    #[staticmethod]
    fn load(py: Python<'_>, input: &str) -> PyResult<Self> {
        guarded(py, || bailiwick_wire::Policies::load(input)).map(Self)
    }

    /// Runs `operation` on the compiled set.
    fn call(&self, py: Python<'_>, operation: &str, input: &str) -> PyResult<String> {
        guarded(py, || self.0.call(operation, input))
    }
}

/// Runs `operation` on JSON text.
#[pyfunction]
fn call(py: Python<'_>, operation: &str, input: &str) -> PyResult<String> {
    guarded(py, || bailiwick_wire::call(operation, input))
}

/// Returns the names of all operations and whether each reads policies.
#[pyfunction]
fn operations() -> Vec<(&'static str, bool)> {
    bailiwick_wire::operations().iter().map(|op| (op.name, op.needs_policies)).collect()
}

#[pymodule]
fn _bailiwick(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("NativeError", module.py().get_type::<NativeError>())?;
    module.add_class::<Policies>()?;
    module.add_function(wrap_pyfunction!(call, module)?)?;
    module.add_function(wrap_pyfunction!(operations, module)?)
}

/// Runs `work` with the GIL released; a panic becomes an error like any other.
fn guarded<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T, WireError> + Send,
) -> PyResult<T> {
    match py.detach(|| catch_unwind(AssertUnwindSafe(work))) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(NativeError::new_err(error.to_json())),
        Err(_) => Err(NativeError::new_err(PANICKED)),
    }
}

const PANICKED: &str = r#"{"code":"internal_error","message":"the native library panicked","help":"report this with the input that caused it","path":null,"line":null,"column":null}"#;
