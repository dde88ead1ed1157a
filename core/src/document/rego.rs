//! `rego_policy`: Rego for what the condition language cannot say. It can only add denials,
//! asks and obligations.

use std::collections::BTreeSet;

use crate::document::Located;
use crate::document::ScopeSelector;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::model::Action;
use crate::model::Level;
use crate::model::Location;
use crate::model::ordered::set_of;

/// A Rego document.
///
/// Its module has the package `bailiwick` and may define `deny`, `ask` (sets of sentences) and
/// `labels` (a set of labels); `input` is the request with its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegoPolicy {
    /// The actions it speaks of; empty means every action.
    pub actions: BTreeSet<Action>,
    /// The level; platform where absent.
    pub level: Level,
    /// Where it stands.
    pub location: Location,
    /// The Rego module (key `module`).
    pub module: Located<String>,
    /// The name.
    pub name: String,
    /// Which requests it applies to.
    pub scope: ScopeSelector,
    /// The version.
    pub version: Option<String>,
}

impl RegoPolicy {
    /// Returns the Rego document at `at`; findings are with the decoder.
    pub(crate) fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let own = ["action", "actions", "level", "module", "name", "version"];
        let fields = decoder.fields(at, &[&own, ScopeSelector::KEYS].concat())?;
        let name = fields.find("name");
        if name.is_none() {
            decoder.missing(&fields, "name", "a Rego policy");
        }
        let module = fields.find("module");
        if module.is_none() {
            decoder.missing(&fields, "module", "a Rego policy");
        }
        let actions = set_of(decoder.action_field(&fields).into_keys());
        let level = decoder.level_field(&fields);
        let scope = ScopeSelector::decode(decoder, &fields);
        let version = fields.find("version").and_then(|at| decoder.text(&at));
        let name = name.and_then(|at| decoder.name(&at));
        let module = module.and_then(|at| decoder.located_text(&at));
        Some(Self {
            actions,
            level,
            location: decoder.location(at),
            module: module?,
            name: name?,
            scope,
            version,
        })
    }
}
