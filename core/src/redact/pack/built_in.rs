//! The packs that come with the library.

use std::sync::LazyLock;

use crate::document::SourceFile;
use crate::redact::pack::RulePack;

/// A pack that comes with the library: its name, its text, and whether it is on by default.
pub(crate) struct BuiltIn {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    pub(crate) on: bool,
}

macro_rules! packs {
    ($($name:literal $on:literal),+ $(,)?) => {
        /// Every pack that comes with the library.
        pub(crate) const BUILT_IN: &[BuiltIn] = &[$(
            BuiltIn {
                name: $name,
                text: include_str!(concat!("../packs/", $name, ".yaml")),
                on: $on,
            }
        ),+];
    };
}

packs! {
    "clouds" true,
    "code_hosts" true,
    "infrastructure" true,
    "messaging" true,
    "models" true,
    "operations" true,
    "payments" true,
    "services" true,
    "national_numbers" false,
    "personal_data" false,
    "personal_ids" false,
}

/// The packs that are on by default: constants, compiled once.
pub(crate) static DEFAULT_PACKS: LazyLock<Vec<RulePack>> =
    LazyLock::new(|| BUILT_IN.iter().filter(|pack| pack.on).filter_map(BuiltIn::load).collect());

impl BuiltIn {
    /// Returns the pack; none only where it has a fault, which a test rules out.
    pub(crate) fn load(&self) -> Option<RulePack> {
        RulePack::load(&SourceFile::new(format!("{}.yaml", self.name), self.text)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::BUILT_IN;
    use crate::document::SourceFile;
    use crate::redact::pack::RulePack;

    #[test]
    fn every_pack_loads_and_does_what_its_examples_show() {
        for pack in BUILT_IN {
            let file = SourceFile::new(format!("{}.yaml", pack.name), pack.text);
            match RulePack::load(&file) {
                Ok(loaded) => assert_eq!(loaded.name(), pack.name),
                Err(refused) => {
                    let all: Vec<String> =
                        refused.diagnostics.iter().map(ToString::to_string).collect();
                    panic!("{}", all.join("\n"));
                }
            }
        }
    }
}
