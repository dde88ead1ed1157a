//! The packs that come with the library: each is read when it is first asked for.

use std::sync::LazyLock;

use crate::document::SourceFile;
use crate::redact::pack::rule_pack::Examples;
use crate::redact::pack::rule_pack::RulePack;

impl RulePack {
    /// The names of the built-in packs that a redactor uses where nothing else is said.
    pub const DEFAULT: &'static [&'static str] = &[
        "clouds",
        "code_hosts",
        "infrastructure",
        "messaging",
        "models",
        "operations",
        "payments",
        "services",
    ];

    /// The names of the built-in packs that policies choose: data about people.
    pub const OPT_IN: &'static [&'static str] =
        &["national_numbers", "personal_data", "personal_ids"];

    /// Returns the built-in pack of that name.
    ///
    /// # Example
    /// ```
    /// use bailiwick::RulePack;
    /// assert!(RulePack::built_in("code_hosts").is_some_and(|pack| !pack.is_empty()));
    /// assert!(RulePack::built_in("acme").is_none());
    /// ```
    pub fn built_in(name: &str) -> Option<&'static Self> {
        let (_, pack) = PACKS.iter().find(|(known, _)| *known == name)?;
        pack.as_ref()
    }
}

type Lazy = LazyLock<Option<RulePack>>;

macro_rules! packs {
    ($($name:literal),+ $(,)?) => {
        static PACKS: [(&str, Lazy); [$($name),+].len()] = [
            $( ($name, LazyLock::new(|| {
                read($name, include_str!(concat!("../packs/", $name, ".yaml")))
            })), )+
        ];
    };
}

packs!(
    "clouds",
    "code_hosts",
    "infrastructure",
    "messaging",
    "models",
    "national_numbers",
    "operations",
    "payments",
    "personal_data",
    "personal_ids",
    "services",
);

/// The examples are checked by a test, not on each start.
fn read(name: &str, text: &str) -> Option<RulePack> {
    let file = SourceFile::new(format!("{name}.yaml"), text);
    RulePack::load_with(&file, Examples::Trust).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::PACKS;
    use super::RulePack;
    use crate::document::SourceFile;

    fn text(name: &str) -> String {
        let path = format!("{}/src/redact/packs/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        #[expect(clippy::disallowed_methods, reason = "the test reads what is built in")]
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn every_example_of_a_built_in_pack_does_what_it_shows() {
        let mut refused = Vec::new();
        for (name, _) in &PACKS {
            let file = SourceFile::new(format!("{name}.yaml"), text(name));
            match RulePack::load(&file) {
                Ok(pack) => assert_eq!(pack.name(), *name),
                Err(found) => {
                    refused.extend(found.diagnostics.iter().map(ToString::to_string));
                }
            }
        }
        assert!(refused.is_empty(), "{}", refused.join("\n"));
    }

    #[test]
    fn every_built_in_pack_is_named_and_has_a_purpose() {
        let known: BTreeSet<&str> = PACKS.iter().map(|(name, _)| *name).collect();
        let named = RulePack::DEFAULT.iter().chain(RulePack::OPT_IN).copied();
        assert_eq!(known, named.collect());
        assert!(known.iter().all(|name| RulePack::built_in(name).is_some()));
    }

    #[test]
    fn no_two_detectors_of_built_in_packs_have_one_id() {
        let mut seen = BTreeSet::new();
        for (name, _) in &PACKS {
            for detector in &RulePack::built_in(name).unwrap().detectors {
                assert!(seen.insert(detector.id.as_str()), "{}", detector.id);
            }
        }
        assert!(seen.len() > 300, "{}", seen.len());
    }
}
