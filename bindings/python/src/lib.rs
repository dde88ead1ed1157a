//! The native half of the Python package: JSON text in, JSON text out, without the
//! GIL; what a stream redacts or verifies crosses as bytes.
//!
//! The public interface is `python/bailiwick`; this module only carries text across.
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::Mutex;

use bailiwick_wire::WireError;
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

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

/// Redacts bytes as they come. Calls from several threads wait for each other.
#[pyclass(frozen, module = "bailiwick._bailiwick")]
struct RedactionStream(Mutex<bailiwick_wire::RedactionStream>);

#[pymethods]
impl RedactionStream {
    /// Opens a stream by options, JSON text.
    #[staticmethod]
    fn open(py: Python<'_>, options: &str) -> PyResult<Self> {
        guarded(py, || bailiwick_wire::RedactionStream::open(options).map(Mutex::new)).map(Self)
    }

    /// Takes in bytes; returns what is final now.
    fn push<'py>(&self, py: Python<'py>, data: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        let out = guarded(py, || locked(&self.0, |stream| stream.push(data)))?;
        Ok(PyBytes::new(py, &out))
    }

    /// Returns the rest, and the summary as JSON text.
    fn finish<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyBytes>, String)> {
        let (rest, summary) =
            guarded(py, || locked(&self.0, bailiwick_wire::RedactionStream::finish))?;
        Ok((PyBytes::new(py, &rest), summary))
    }
}

/// A stream in which a call panicked may have lost bytes: it is not used again.
fn locked<S, T>(
    stream: &Mutex<S>,
    work: impl FnOnce(&mut S) -> Result<T, WireError>,
) -> Result<T, WireError> {
    let mut stream = stream
        .lock()
        .map_err(|_| WireError::new("internal_error", "the stream broke in an earlier call"))?;
    work(&mut stream)
}

/// Verifies a log as it comes. Calls from several threads wait for each other.
#[pyclass(frozen, module = "bailiwick._bailiwick")]
struct LogVerifier(Mutex<bailiwick_wire::LogVerifier>);

#[pymethods]
impl LogVerifier {
    /// Opens a verifier by options, JSON text.
    #[staticmethod]
    fn open(py: Python<'_>, options: &str) -> PyResult<Self> {
        guarded(py, || bailiwick_wire::LogVerifier::open(options).map(Mutex::new)).map(Self)
    }

    /// Reads more bytes.
    fn push(&self, py: Python<'_>, data: &[u8]) -> PyResult<()> {
        guarded(py, || locked(&self.0, |verifier| verifier.push(data)))
    }

    /// Returns the report as JSON text.
    fn finish(&self, py: Python<'_>) -> PyResult<String> {
        guarded(py, || locked(&self.0, bailiwick_wire::LogVerifier::finish))
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
    module.add_class::<LogVerifier>()?;
    module.add_class::<Policies>()?;
    module.add_class::<RedactionStream>()?;
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
