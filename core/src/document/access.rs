//! `access_rule` (section 11): who may do an action, and when it needs an approval.

use std::collections::BTreeSet;

use crate::document::Located;
use crate::document::ScopeSelector;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::Fields;
use crate::model::Action;
use crate::model::Level;
use crate::model::Location;
use crate::model::ordered::set_of;

/// One access rule. An action that any access rule names needs one that is satisfied at each
/// level that has one for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRule {
    /// The actions it speaks of; never empty.
    pub actions: BTreeSet<Action>,
    /// Conditions, all of which must hold.
    pub allow_if: Vec<Located<String>>,
    /// The level; platform where absent.
    pub level: Level,
    /// Where it stands.
    pub location: Location,
    /// The name; `access_rule.<action>` where absent.
    pub name: String,
    /// Conditions, any of which asks for an approval.
    pub require_approval_if: Vec<Located<String>>,
    /// Which requests it applies to.
    pub scope: ScopeSelector,
    /// The version.
    pub version: Option<String>,
}

impl AccessRule {
    /// Returns the access rule at `at`; findings are with the decoder.
    pub(crate) fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let own =
            ["action", "actions", "allow_if", "level", "name", "require_approval_if", "version"];
        let fields = decoder.fields(at, &[&own, ScopeSelector::KEYS].concat())?;
        let actions = set_of(decoder.action_field(&fields).into_keys());
        if fields.find("action").is_none() && fields.find("actions").is_none() {
            decoder.missing(&fields, "action", "an access rule");
        }
        let mut conditions = |key| {
            let at = fields.find(key);
            at.map(|at| decoder.some_texts(&at)).unwrap_or_default()
        };
        let allow_if = conditions("allow_if");
        let require_approval_if = conditions("require_approval_if");
        let name = fields.find("name").and_then(|at| decoder.name(&at));
        Some(Self {
            allow_if,
            level: decoder.level_field(&fields),
            location: decoder.location(at),
            name: name.unwrap_or_else(|| {
                let names: Vec<&str> = actions.iter().map(|action| action.name()).collect();
                format!("access_rule.{}", names.join("+"))
            }),
            actions,
            require_approval_if,
            scope: ScopeSelector::decode(decoder, &fields),
            version: fields.find("version").and_then(|at| decoder.text(&at)),
        })
    }
}

impl Decoder<'_> {
    /// Returns the level that `level` names; platform where the key is absent.
    pub(crate) fn level_field(&mut self, fields: &Fields<'_>) -> Level {
        let level = fields
            .find("level")
            .and_then(|at| self.named(&at, Level::WHAT, Level::from_name, Level::suggest));
        level.unwrap_or(Level::Platform)
    }
}
