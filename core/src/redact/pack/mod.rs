//! Rule packs: detectors as data, compiled and tried (section 20).

mod boundary;
mod built_in;
mod check;
mod checksum;
mod detector;
mod entropy;
mod error;
mod expression;
mod gitleaks;
mod literal;
mod regex_rule;
mod rule_pack;
mod scan;

#[cfg(test)]
#[cfg(feature = "regex")]
mod regex_tests;
#[cfg(test)]
mod tests;

pub(crate) use detector::Detector;
pub(crate) use rule_pack::Examples;
pub(crate) use scan::runs_of;

pub use error::PackRefused;
pub use rule_pack::RulePack;
