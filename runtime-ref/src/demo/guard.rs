//! What a run's redactor knows: the run's own secrets, the policies of its scope, and the key of its
//! markers.

use std::fs::OpenOptions;
use std::io::Read;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use bailiwick::HashKey;
use bailiwick::PolicySet;
use bailiwick::Redactor;
use bailiwick::RedactorBuilder;
use bailiwick::Request;
use bailiwick::Sink;

use crate::demo::DemoError;
use crate::demo::layout::Layout;

/// The values that nobody may see, whatever they look like. They are held only to be looked for.
#[derive(Clone, Default)]
pub(crate) struct Guard {
    known: Vec<String>,
}

impl Guard {
    /// Returns the values of this process's environment whose name or form says that they are secret.
    pub(crate) fn of_environment() -> Self {
        let redactor = Redactor::default();
        let secret = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            let (name, value) = (name.into_string().ok()?, value.into_string().ok()?);
            let pair = serde_json::Map::from_iter([(name, value.clone().into())]);
            let shown = redactor.project_tree(&pair.into(), Sink::LogViewer);
            (shown.summary().secret_like_tokens > 0).then_some(value)
        };
        Self { known: std::env::vars_os().filter_map(secret).collect() }
    }

    /// Adds the values of a file of `NAME=VALUE` lines; blank lines and lines that begin with `#`
    /// hold none.
    ///
    /// # Errors
    /// Where the file cannot be read, a line is no pair, or a value is too short to be looked for:
    /// that one would be seen. Errors name lines and never say what stands in them.
    pub(crate) fn add_file(&mut self, path: &Path) -> Result<(), DemoError> {
        let text = std::fs::read_to_string(path).map_err(|source| io(path, source))?;
        for (place, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let refused =
                |why| DemoError::Secrets { path: path.to_path_buf(), line: place + 1, why };
            let (_, value) =
                line.split_once('=').ok_or_else(|| refused("it is no `NAME=VALUE`"))?;
            let value = unquoted(value.trim());
            if Redactor::builder().known_value(value).build().ignored_values() > 0 {
                return Err(refused(
                    "its value has fewer than 8 bytes, so it cannot be looked for",
                ));
            }
            self.known.push(value.to_owned());
        }
        Ok(())
    }

    /// Returns a redactor without policies or markers' ids: for what stops a run before it begins.
    pub(crate) fn redactor(&self) -> Redactor {
        self.builder().build()
    }

    /// Returns the redactor of the runs of one scope, of which `request` is any request.
    ///
    /// # Errors
    /// Where the key of the markers cannot be read or made.
    pub(crate) fn redactor_of(
        &self,
        layout: &Layout,
        policies: &PolicySet,
        request: &Request,
    ) -> Result<Redactor, DemoError> {
        let tenant = request.tenant.as_deref().unwrap_or_default();
        let campaign = request.campaign_id.as_deref().unwrap_or_default();
        let mut builder = self
            .builder()
            .rules(policies.redaction(request))
            .max_bytes_for(Sink::ModelContext, SEEN_AT_ONCE);
        if let Some(key) = marker_key(&layout.marker_key(), tenant, campaign)? {
            builder = builder.key(key);
        }
        Ok(builder.build())
    }

    fn builder(&self) -> RedactorBuilder {
        self.known.iter().fold(Redactor::builder(), |builder, value| builder.known_value(value))
    }
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Guard({} values)", self.known.len())
    }
}

/// Returns the key for the markers of one campaign of one tenant, derived from the key in `path`:
/// equal secrets have equal ids there, and between campaigns nothing can be told from ids.
fn marker_key(path: &Path, tenant: &str, campaign: &str) -> Result<Option<HashKey>, DemoError> {
    let Some(key) = HashKey::new(read_or_make(path)?) else {
        return Ok(None);
    };
    // The length keeps the two names apart.
    let scope = format!("bailiwick/markers/1\0{}\0{tenant}\0{campaign}", tenant.len());
    Ok(HashKey::new(key.digest(scope.as_bytes()).as_str().as_bytes()))
}

/// Returns the 32 bytes of the file at `path`, which only its owner may read; makes them where
/// there is no such file.
pub(crate) fn read_or_make(path: &Path) -> Result<Vec<u8>, DemoError> {
    let failed = |source| io(path, source);
    let refused = |why: &str| io(path, std::io::Error::other(why));
    let mut key = Vec::new();
    match std::fs::File::open(path) {
        Ok(mut file) => {
            let mode = file.metadata().map_err(failed)?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(refused("others than its owner may read it"));
            }
            file.read_to_end(&mut key).map_err(failed)?;
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let drawn = std::fs::File::open("/dev/urandom").map_err(failed)?;
            drawn.take(KEY_BYTES).read_to_end(&mut key).map_err(failed)?;
            // Under another name first: a key that was only half written is never taken for one.
            let begun = path.with_extension("new");
            let mut options = OpenOptions::new();
            options.create(true).truncate(true).write(true).mode(0o600);
            let mut file = options.open(&begun).map_err(failed)?;
            file.write_all(&key).and_then(|()| file.sync_all()).map_err(failed)?;
            std::fs::rename(&begun, path).map_err(failed)?;
        }
        Err(source) => return Err(failed(source)),
    }
    match u64::try_from(key.len()) {
        Ok(KEY_BYTES) => Ok(key),
        Ok(_) | Err(_) => Err(refused("it is no key")),
    }
}

/// Returns `value` without the quotes around it.
fn unquoted(value: &str) -> &str {
    let inner = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

fn io(path: &Path, source: std::io::Error) -> DemoError {
    DemoError::Io { path: path.to_path_buf(), source }
}

const KEY_BYTES: u64 = 32;
/// Bytes of one result that a model sees at once.
const SEEN_AT_ONCE: usize = 16 << 10;

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::Guard;
    use super::marker_key;

    fn digest(path: &std::path::Path, tenant: &str, campaign: &str) -> String {
        let key = marker_key(path, tenant, campaign).unwrap().unwrap();
        key.digest(b"secret").as_str().to_owned()
    }

    #[test]
    fn each_campaign_of_each_tenant_has_a_key_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let first = digest(&path, "a", "bc");
        assert_eq!(digest(&path, "a", "bc"), first);
        assert_ne!(digest(&path, "a", "b"), first);
        assert_ne!(digest(&path, "ab", "c"), first);
        assert_ne!(digest(&folder.path().join("other"), "a", "bc"), first);
    }

    #[test]
    fn a_key_that_others_may_read_or_that_is_none_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        digest(&path, "a", "");
        let mode = |mode| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        mode(0o640);
        let error = marker_key(&path, "a", "").unwrap_err().to_string();
        assert!(error.ends_with("others than its owner may read it"), "{error}");
        mode(0o600);
        std::fs::write(&path, [7; 31]).unwrap();
        assert!(marker_key(&path, "a", "").is_err());
    }

    #[test]
    fn a_file_of_secrets_is_read_whole_or_refused_without_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets");
        std::fs::write(&path, "# Two.\n\nA=plain-words-one\nB=\"plain words two\"\n").unwrap();
        let mut guard = Guard::default();
        guard.add_file(&path).unwrap();
        let raw = bailiwick::Raw::new("plain-words-one, plain words two");
        let shown = guard.redactor().project::<bailiwick::LogViewer>(&raw);
        assert_eq!(shown.text(), "[REDACTED:known_value], [REDACTED:known_value]");
        for (text, line) in [("A=plain-words-one\nB=short\n", 2), ("plain-words-one\n", 1)] {
            std::fs::write(&path, text).unwrap();
            let error = Guard::default().add_file(&path).unwrap_err().to_string();
            assert!(error.contains(&format!("line {line}")), "{error}");
            assert!(!error.contains("words") && !error.contains("short"), "{error}");
        }
    }
}
