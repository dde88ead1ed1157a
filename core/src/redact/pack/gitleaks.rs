//! Packs in the TOML format of gitleaks.

use std::collections::BTreeMap;

use crate::document::CountsAs;
use crate::document::Diagnostic;
use crate::document::LeftBoundary;
use crate::document::Quoted;
use crate::document::SourceFile;
use crate::facts::Tree;
use crate::facts::read_toml_items;
use crate::model::Digest;
use crate::model::Location;
use crate::redact::pack::Detector;
use crate::redact::pack::PackRefused;
use crate::redact::pack::RulePack;
use crate::redact::pack::error::PackError;
use crate::redact::pack::expression::Expression;
use crate::redact::pack::literal::required_literal;
use crate::redact::pack::regex_rule::AllowTarget;
use crate::redact::pack::regex_rule::AllowedMatch;
use crate::redact::pack::regex_rule::RegexRule;
use crate::redact::pack::regex_rule::SHORTEST_KEYWORD;

/// The largest file, and the most rules.
const MAX_BYTES: usize = 1 << 20;
const MOST_RULES: usize = 2_000;

impl RulePack {
    /// Returns the rules of `file`, which is in the TOML format of gitleaks, as a pack named
    /// `gitleaks`.
    ///
    /// Rules keep id, expression, `secretGroup`, `entropy`, keywords and allow-lists by
    /// expression and word. What cannot be kept is in [`RulePack::diagnostics`]: conditions on
    /// paths and commits are left out, so that more is removed; and a rule without keywords, from
    /// whose expression none can be read either, is not used.
    ///
    /// # Errors
    /// Where the text cannot be read, or an expression is not taken: no rule is left out silently.
    ///
    /// # Example
    /// ```
    /// # #[cfg(feature = "regex")] {
    /// use bailiwick::{RulePack, SourceFile};
    /// let text = "[[rules]]\nid = 'acme-token'\nregex = '''acme_([a-z0-9]{8})'''\n\
    ///             keywords = ['acme_']\n";
    /// let pack = RulePack::from_gitleaks(&SourceFile::new("rules.toml", text))?;
    /// assert_eq!((pack.name(), pack.len()), ("gitleaks", 1));
    /// # }
    /// # Ok::<(), bailiwick::PackRefused>(())
    /// ```
    pub fn from_gitleaks(file: &SourceFile) -> Result<Self, PackRefused> {
        let mut reader =
            Reader { diagnostics: Vec::new(), file: &file.path, lines: BTreeMap::new() };
        let detectors = reader.read(&file.text);
        let diagnostics = reader.diagnostics;
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Err(PackRefused { diagnostics });
        }
        Ok(Self {
            detectors,
            diagnostics,
            digest: Digest::of_parts("bailiwick/gitleaks/1", [file.text.as_bytes()]),
            keys: Vec::new(),
            name: "gitleaks".to_owned(),
            private_hosts: Vec::new(),
            private_suffixes: Vec::new(),
            version: None,
        })
    }
}

struct Reader<'f> {
    diagnostics: Vec<Diagnostic>,
    file: &'f str,
    /// Where rules begin, by their number.
    lines: BTreeMap<usize, u32>,
}

impl Reader<'_> {
    fn place(&self, rule: Option<usize>, key: &str) -> Location {
        let line = rule.and_then(|rule| self.lines.get(&rule)).copied().unwrap_or(1);
        let path = match rule {
            Some(rule) if key.is_empty() => format!("rules[{rule}]"),
            Some(rule) => format!("rules[{rule}].{key}"),
            None => key.to_owned(),
        };
        Location { column: 1, file: self.file.to_owned(), line, path }
    }

    fn error(&mut self, place: Location, error: &PackError) {
        self.diagnostics.push(error.at(place));
    }

    fn left_out(&mut self, place: Location, what: &str, help: &str) {
        let finding = Diagnostic::warning("not_imported", what, place).with_help(help);
        self.diagnostics.push(finding);
    }

    fn read(&mut self, text: &str) -> Vec<Detector> {
        if text.len() > MAX_BYTES {
            let reason = format!("is {} bytes long, more than {MAX_BYTES}", text.len());
            self.error(self.place(None, ""), &PackError::Toml { reason });
            return Vec::new();
        }
        let (tree, items) = match read_toml_items(text) {
            Ok(read) => read,
            Err(error) => {
                self.error(self.place(None, ""), &PackError::Toml { reason: error.to_string() });
                return Vec::new();
            }
        };
        for (way, line) in items {
            if let [rules, number] = way.as_slice()
                && rules == "rules"
                && let (Ok(number), Ok(line)) = (number.parse(), u32::try_from(line))
            {
                self.lines.insert(number, line);
            }
        }
        self.top(&tree);
        let mut shared = Vec::new();
        self.allow_lists(&tree, None, &mut shared);
        let rules = tree.at("rules").map(Tree::items).unwrap_or_default();
        if rules.len() > MOST_RULES {
            let reason = format!("has {} rules, more than {MOST_RULES}", rules.len());
            self.error(self.place(None, "rules"), &PackError::Toml { reason });
            return Vec::new();
        }
        let mut out: Vec<Detector> = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            let Some(detector) = self.rule(number, rule, &shared) else {
                continue;
            };
            if out.iter().any(|first| first.id == detector.id) {
                let place = self.place(Some(number), "id");
                let id = Quoted::from(detector.id.as_str());
                let finding =
                    Diagnostic::error("repeated_rule", format!("rule {id} stands twice"), place);
                self.diagnostics.push(finding.with_help("give one of them another name"));
            }
            out.push(detector);
        }
        out
    }

    fn top(&mut self, tree: &Tree) {
        const KNOWN: [&str; 7] =
            ["allowlist", "allowlists", "description", "extend", "minVersion", "rules", "title"];
        for (key, _) in tree.entries() {
            let place = self.place(None, key);
            if key == "extend" {
                let help = "load the file that it names too, or write its rules out";
                self.left_out(place, "rules of another file are not read", help);
            } else if !KNOWN.contains(&key.as_str()) {
                let what = format!("unknown key {}", Quoted::from(key.as_str()));
                self.left_out(place, &what, "remove it, if it is not meant to do something");
            }
        }
    }

    fn rule(&mut self, number: usize, rule: &Tree, shared: &[AllowedMatch]) -> Option<Detector> {
        let at = |key| (Some(number), key);
        let Some(id) = rule.at("id").and_then(Tree::text) else {
            self.error(self.place(Some(number), ""), &PackError::MissingKey { key: "id" });
            return None;
        };
        let id = word(id);
        self.left_out_keys(number, rule);
        let Some(text) = rule.at("regex").and_then(Tree::text) else {
            let (rule, key) = at("path");
            let place = self.place(rule, key);
            let help = "name files that must not be read in `forbidden_paths` of a policy";
            self.left_out(place, "a rule about paths only finds nothing in a text", help);
            return None;
        };
        let expression = match Expression::parse(text) {
            Ok(expression) => expression,
            Err(reason) => {
                let place = self.place(Some(number), "regex");
                self.error(place, &PackError::Regex { detector: id, reason });
                return None;
            }
        };
        let keywords = self.keywords(number, rule, text)?;
        let mut allow = shared.to_vec();
        self.allow_lists(rule, Some(number), &mut allow);
        let plain = |key| match rule.at(key) {
            Some(Tree::Plain(text)) => Some(text.as_str()),
            Some(Tree::Text(_) | Tree::List(_) | Tree::Map(_)) | None => None,
        };
        let group = plain("secretGroup").and_then(|group| group.parse::<usize>().ok());
        let entropy = plain("entropy").and_then(crate::document::thousandths);
        let kind: String = id.chars().take(40).collect();
        Some(Detector {
            check: None,
            context: Vec::new(),
            counts_as: CountsAs::SecretLikeToken,
            // There, what has exactly the entropy is no secret.
            entropy: entropy.map(|least| least.saturating_add(1)),
            guessable: false,
            id,
            kind,
            left: LeftBoundary::Any,
            not: Vec::new(),
            patterns: Vec::new(),
            regex: Some(RegexRule {
                allow,
                expression,
                keywords,
                secret_group: group.filter(|group| *group > 0),
            }),
            requires: None,
            scan: None,
            source: None,
        })
    }

    fn left_out_keys(&mut self, number: usize, rule: &Tree) {
        const KNOWN: [&str; 10] = [
            "allowlist",
            "allowlists",
            "description",
            "entropy",
            "id",
            "keywords",
            "regex",
            "secretGroup",
            "skipReport",
            "tags",
        ];
        for (key, _) in rule.entries().filter(|(key, _)| !KNOWN.contains(&key.as_str())) {
            let place = self.place(Some(number), key);
            let what = format!("key {} does not narrow the rule here", Quoted::from(key.as_str()));
            self.left_out(place, &what, "the rule finds more than it does elsewhere");
        }
    }

    fn keywords(&mut self, number: usize, rule: &Tree, regex: &str) -> Option<Vec<Box<[u8]>>> {
        let items = rule.at("keywords").map(Tree::items).unwrap_or_default();
        let given: Vec<String> =
            items.iter().filter_map(Tree::text).map(str::to_ascii_lowercase).collect();
        // One that is too short would be passed over, and its secrets with it.
        let usable = !given.is_empty() && given.iter().all(|word| word.len() >= SHORTEST_KEYWORD);
        let words = if usable { given } else { required_literal(regex).into_iter().collect() };
        if words.is_empty() {
            let place = self.place(Some(number), "keywords");
            let what = "a rule is not used: no keyword of three bytes leads to it";
            let help = "add `keywords`: what stands in each such text as it is";
            self.left_out(place, what, help);
            return None;
        }
        Some(words.into_iter().map(|word| word.into_bytes().into()).collect())
    }

    fn allow_lists(&mut self, tree: &Tree, rule: Option<usize>, out: &mut Vec<AllowedMatch>) {
        for key in ["allowlist", "allowlists"] {
            match tree.at(key) {
                Some(one @ Tree::Map(_)) => self.allow_list(one, rule, key, out),
                Some(Tree::List(several)) => {
                    for one in several {
                        self.allow_list(one, rule, key, out);
                    }
                }
                Some(Tree::Plain(_) | Tree::Text(_)) | None => {}
            }
        }
    }

    fn allow_list(
        &mut self,
        list: &Tree,
        rule: Option<usize>,
        key: &str,
        out: &mut Vec<AllowedMatch>,
    ) {
        let texts = |key: &str| {
            let items = list.at(key).map(Tree::items).unwrap_or_default();
            items.iter().filter_map(Tree::text).collect::<Vec<&str>>()
        };
        let text = |key: &str| list.at(key).and_then(Tree::text).unwrap_or_default();
        let outside = !texts("paths").is_empty() || !texts("commits").is_empty();
        let targeted = list.at("targetRules").is_some();
        if outside || targeted {
            let what = "paths, commits and `targetRules` of an allow-list are not read";
            self.left_out(self.place(rule, key), what, "more is removed than there");
        }
        let all = text("condition").eq_ignore_ascii_case("and");
        // Where all must fit, what is not read cannot; for chosen rules it is not read at all.
        if targeted || (outside && all) {
            return;
        }
        let mut expressions = Vec::new();
        for regex in texts("regexes") {
            match Expression::parse(regex) {
                Ok(expression) => expressions.push(expression),
                Err(reason) => {
                    let detector = "allowlist".to_owned();
                    self.error(self.place(rule, key), &PackError::Regex { detector, reason });
                }
            }
        }
        let lower = |word: &str| word.to_ascii_lowercase().into_bytes().into();
        out.push(AllowedMatch {
            all,
            expressions,
            stop_words: texts("stopwords").into_iter().map(lower).collect(),
            target: match text("regexTarget") {
                "line" => AllowTarget::Line,
                "match" => AllowTarget::Match,
                _ => AllowTarget::Secret,
            },
        });
    }
}

/// Returns the id as detectors are named here.
fn word(id: &str) -> String {
    let sign = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let out: String = id.chars().map(sign).take(200).collect();
    if out.starts_with(|c: char| c.is_ascii_lowercase()) { out } else { format!("rule_{out}") }
}
