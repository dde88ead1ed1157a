//! How texts are redacted, made once for many of them, and as a stream.

use bailiwick::HashKey;
use bailiwick::PackRefused;
use bailiwick::Projected;
use bailiwick::Raw;
use bailiwick::RedactionFinding;
use bailiwick::Redactor;
use bailiwick::RuleInfo;
use bailiwick::RulePack;
use bailiwick::Sink;
use bailiwick::SourceFile;
use bailiwick::closest;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Policies;
use crate::RedactionStream;
use crate::WireError;
use crate::input::Files;
use crate::input::PoliciesInput;
use crate::input::write;
use crate::scope::Scope;

/// What `redact` takes; a stream takes the same without the text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Options {
    /// The answer tells where something was found.
    #[serde(default)]
    pub(crate) explain: bool,
    /// A key for the ids in markers, at least 16 bytes of text.
    #[serde(default)]
    key: Option<String>,
    /// Secret values that the host knows, each at least 8 bytes.
    #[serde(default)]
    known: Vec<String>,
    /// The most bytes that the projection may have.
    #[serde(default)]
    max_bytes: Option<usize>,
    /// Built-in packs that are used besides those that always are.
    #[serde(default)]
    packs: Vec<String>,
    /// The file that the text is of.
    #[serde(default)]
    path: Option<String>,
    /// Policies: their documents on redaction apply.
    #[serde(default)]
    policies: Option<Files>,
    /// Packs that the host brings.
    #[serde(default)]
    rule_packs: Vec<PackFile>,
    /// What the text belongs to; chooses the policies.
    #[serde(default)]
    scope: Option<Scope>,
    /// A key for the seal of the projection, at least 16 bytes of text.
    #[serde(default)]
    seal_key: Option<String>,
    #[serde(default = "model_context")]
    sink: Sink,
    /// Policies are strict.
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    pub(crate) text: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    #[serde(default)]
    format: PackFormat,
    path: String,
    text: String,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PackFormat {
    Gitleaks,
    #[default]
    Yaml,
}

fn model_context() -> Sink {
    Sink::ModelContext
}

/// How texts are redacted: packs and policies are compiled once, for many texts. A clone costs
/// nothing.
///
/// # Example
/// ```
/// use bailiwick_wire::Redaction;
/// let redaction = Redaction::open(r#"{"sink": "log_viewer", "known": ["correct horse"]}"#)?;
/// let mut stream = redaction.stream(Some("build.log"));
/// let mut out = stream.push(b"login: correct ho")?;
/// out.extend(stream.push(b"rse\n")?);
/// let (rest, summary) = stream.finish()?;
/// out.extend(rest);
/// assert_eq!(out, b"login: [REDACTED:known_value]\n");
/// assert!(summary.contains(r#""secret_like_tokens":1"#));
/// # Ok::<(), bailiwick_wire::WireError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Redaction {
    explain: bool,
    redactor: Redactor,
    seal_key: Option<HashKey>,
    sink: Sink,
}

impl Redaction {
    /// Returns how texts are redacted by `options`, JSON text: what the operation `redact` takes,
    /// without `text`.
    ///
    /// # Errors
    /// Where the options cannot be read, or a pack or policy that they name cannot be used.
    pub fn open(options: &str) -> Result<Self, WireError> {
        Self::read(options, None)
    }

    /// Returns the same under compiled policies; the options name none.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(policies: &Policies, options: &str) -> Result<Self, WireError> {
        Self::read(options, Some(policies))
    }

    /// Returns a stream for one text, which is of the file `path` where that is known.
    pub fn stream(&self, path: Option<&str>) -> RedactionStream {
        let redactor =
            path.map_or_else(|| self.redactor.clone(), |path| self.redactor.for_path(path));
        let mut stream = redactor.stream(self.sink);
        if self.explain {
            stream.explain();
        }
        if let Some(key) = &self.seal_key {
            stream.seal_with(key);
        }
        RedactionStream::new(stream, self.explain, self.version())
    }

    /// Returns the version of the rules: it changes with what is looked for.
    pub fn version(&self) -> String {
        self.redactor.version()
    }

    /// Returns what is looked for, and what the built-in packs could look for besides: a JSON list
    /// of `id`, `kind`, `pack`, `source`, `counts_as` and `default`.
    ///
    /// # Errors
    /// Never, as far as is known: every list has JSON text.
    pub fn list_rules(&self) -> Result<String, WireError> {
        let mut rules = RuleInfo::built_in();
        let given: Vec<&RulePack> = self.redactor.rules().packs().collect();
        let is_given = |name: &str| given.iter().any(|pack| pack.name() == name);
        let others = RulePack::OPT_IN.iter().filter(|name| !is_given(name));
        let others = others.filter_map(|name| RulePack::built_in(name));
        for pack in given.iter().copied().chain(others) {
            rules.extend(RuleInfo::of_pack(pack));
        }
        write(&rules)
    }

    pub(crate) fn new(options: Options, policies: Option<&Policies>) -> Result<Self, WireError> {
        let mut builder = Redactor::builder();
        let compiled = match options.policies {
            Some(_) if policies.is_some() => {
                return Err(invalid("`policies` are given twice: in the handle, and here"));
            }
            Some(files) => {
                let strict = options.strict;
                Some(Policies::compile(&PoliciesInput { policies: files, strict })?)
            }
            None => policies.cloned(),
        };
        if let Some(policies) = &compiled {
            builder =
                builder.rules(policies.set.redaction(&options.scope.unwrap_or_default().request()));
        } else if options.scope.is_some() {
            return Err(invalid("`scope` chooses among `policies`, and there are none"));
        }
        for name in &options.packs {
            builder = builder.pack(built_in(name)?.clone());
        }
        for pack in packs(&options.rule_packs)? {
            builder = builder.pack(pack);
        }
        for secret in &options.known {
            builder = builder.known_value(secret);
        }
        if let Some(text) = &options.key {
            builder = builder.key(key("key", text)?);
        }
        if let Some(max) = options.max_bytes {
            builder = builder.max_bytes(max);
        }
        if let Some(path) = options.path {
            builder = builder.path(path);
        }
        let seal_key = match &options.seal_key {
            Some(text) => Some(key("seal_key", text)?),
            None => None,
        };
        Ok(Self {
            explain: options.explain,
            redactor: builder.build(),
            seal_key,
            sink: options.sink,
        })
    }

    pub(crate) fn project(
        &self,
        text: String,
        explain: bool,
    ) -> (Projected, Option<Vec<RedactionFinding>>) {
        let raw = Raw::new(text);
        if explain {
            let (projected, findings) = self.redactor.project_explained(&raw, self.sink);
            return (projected, Some(findings));
        }
        (self.redactor.project_for(&raw, self.sink), None)
    }

    pub(crate) fn seal_key(&self) -> Option<&HashKey> {
        self.seal_key.as_ref()
    }

    fn read(options: &str, policies: Option<&Policies>) -> Result<Self, WireError> {
        let options: Options = read_quietly(options)?;
        if options.text.is_some() {
            return Err(invalid("a stream takes its text in pieces, and no field `text`"));
        }
        Self::new(options, policies)
    }
}

/// Reads an input that holds raw text: an error says where, and never what stands there.
pub(crate) fn read_quietly<T: DeserializeOwned>(text: &str) -> Result<T, WireError> {
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(text, _)| text);
        WireError { message: without_values(message), ..WireError::from_json(&error) }
    })
}

/// Returns the message of a reader without what it quotes of the input. Names that look like one of
/// ours stay.
fn without_values(message: &str) -> String {
    let tails = [", expected ", ", did you mean "];
    let cut = tails.iter().filter_map(|tail| message.rfind(tail)).max();
    let (head, tail) =
        message.split_at_checked(cut.unwrap_or(message.len())).unwrap_or((message, ""));
    let quotes = |c: char| c == '`' || c == '"';
    let Some(first) = head.find(quotes) else {
        return message.to_owned();
    };
    let before = head.get(..first).unwrap_or_default();
    // What was quoted may itself read like the end of a message.
    if !is_our_tail(tail) {
        return format!("{before}`…`");
    }
    let last = head.rfind(quotes).unwrap_or(first);
    let quoted = head.get(first..last).unwrap_or_default().strip_prefix('`').unwrap_or_default();
    if is_name(quoted) {
        return message.to_owned();
    }
    let after = head.get(last + 1..).unwrap_or_default();
    format!("{before}`…`{after}{tail}")
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LONGEST_NAME
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Returns true where `tail` holds words, and names in whole pairs of quotes.
fn is_our_tail(tail: &str) -> bool {
    let pieces = tail.split('`');
    let closed = pieces.clone().count() % 2 == 1;
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b" ,-".contains(&b));
    closed
        && pieces
            .enumerate()
            .all(|(at, text)| if at % 2 == 1 { is_name(text) } else { plain(text) })
}

/// Returns the key that `text` is.
pub(crate) fn key(name: &str, text: &str) -> Result<HashKey, WireError> {
    HashKey::new(text.as_bytes())
        .ok_or_else(|| invalid(&format!("`{name}` is shorter than 16 bytes")))
}

fn built_in(name: &str) -> Result<&'static RulePack, WireError> {
    RulePack::built_in(name).ok_or_else(|| {
        let shown: String = name.chars().take(80).collect();
        let known = RulePack::OPT_IN;
        let help = match closest(&shown, known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the packs to choose are {}", known.join(", ")),
        };
        WireError::new("pack_unknown", format!("rule pack `{shown}` is unknown")).with_help(help)
    })
}

fn packs(files: &[PackFile]) -> Result<Vec<RulePack>, WireError> {
    let mut packs: Vec<RulePack> = Vec::new();
    for file in files {
        let source = SourceFile::new(file.path.as_str(), file.text.as_str());
        let read = match file.format {
            PackFormat::Gitleaks => RulePack::from_gitleaks(&source),
            PackFormat::Yaml => RulePack::load(&source),
        };
        let pack =
            read.map_err(|PackRefused { diagnostics }| WireError::from_diagnostics(diagnostics))?;
        // One with the name of a built-in pack would hide what every redactor finds.
        let name = pack.name();
        let yaml = matches!(file.format, PackFormat::Yaml);
        let taken = RulePack::built_in(name).is_some()
            || yaml && packs.iter().any(|other| other.name() == name);
        if taken {
            let error =
                WireError::new("pack_name_taken", format!("rule pack `{name}` is there already"));
            let error = error.with_help("give it another name");
            return Err(WireError { path: Some(file.path.clone()), ..error });
        }
        packs.push(pack);
    }
    Ok(packs)
}

fn invalid(message: &str) -> WireError {
    WireError::new("input_invalid", message)
        .with_help("`bailiwick schema` shows what each operation takes")
}

/// Bytes of a name that is shown.
const LONGEST_NAME: usize = 32;

#[cfg(test)]
mod tests {
    use super::without_values;

    #[test]
    fn a_reader_s_message_loses_what_it_quotes() {
        let shown = |message| without_values(message);
        assert_eq!(
            shown("invalid type: string \"a `b`, expected c\", expected usize"),
            "invalid type: string `…`, expected usize"
        );
        assert_eq!(
            shown("unknown field `Hunter2`, expected one of `a`, `b`"),
            "unknown field `…`, expected one of `a`, `b`"
        );
        assert_eq!(shown("unknown sink `printer`"), "unknown sink `printer`");
        assert_eq!(
            shown("unknown sink `x y`, did you mean `log_viewer`"),
            "unknown sink `…`, did you mean `log_viewer`"
        );
        assert_eq!(
            shown("invalid type: string \"abc\", expected u64"),
            "invalid type: string `…`, expected u64"
        );
        assert_eq!(shown("EOF while parsing a string"), "EOF while parsing a string");
        assert_eq!(shown("unknown sink `a, expected `b` c`"), "unknown sink `…`");
    }

    #[test]
    fn an_input_that_cannot_be_read_is_not_shown() {
        let secret = "Hunter-2 at line 7, expected `x` at line 8 column 9";
        let wrong = [
            format!(r#"{{"text": "a", "max_bytes": "{secret}"}}"#),
            format!(r#"{{"text": "a", "{secret}": 1}}"#),
            format!(r#"{{"text": "a", "sink": "{secret}"}}"#),
            format!(r#"{{"text": ["{secret}"]}}"#),
            format!(r#"{{"text": "{secret}"#),
            format!(r#"{{"text": "a", "known": [{{"{secret}": 1}}]}}"#),
            format!(r#"{{"text": "a", "policies": {{"{secret}": "", "{secret}": ""}}}}"#),
        ];
        for input in wrong {
            let error = crate::call("redact", &input).unwrap_err();
            let shown = error.to_json();
            assert!(!shown.contains("Hunter") && !shown.contains("line 7"), "{shown}");
            assert_eq!(error.code, "input_invalid");
        }
    }
}
