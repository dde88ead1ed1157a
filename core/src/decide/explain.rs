//! A decision in sentences for people.

use crate::decide::decision::Decision;
use crate::decide::finding::Finding;
use crate::model::DecisionEffect;
use crate::model::Effect;

/// Returns every reason in one text: the decision, then each sentence with who says so.
pub(crate) fn explanation(findings: &[Finding<'_>], effect: DecisionEffect) -> String {
    let wanted = match effect {
        DecisionEffect::Allowed => Effect::Allow,
        DecisionEffect::AskApproval => Effect::AskApproval,
        DecisionEffect::Denied => Effect::Deny,
    };
    let mut text = effect.name().to_owned();
    let mut seen: Vec<&str> = Vec::new();
    let approved = effect == DecisionEffect::Allowed;
    for finding in findings {
        let told = match finding.effect {
            Effect::Allow => approved,
            Effect::AskApproval => true,
            Effect::Deny => true,
        };
        if !told || seen.contains(&finding.message.as_str()) {
            continue;
        }
        text.push_str(if seen.is_empty() { ": " } else { "; " });
        text.push_str(&finding.message);
        if finding.effect != wanted && finding.effect == Effect::AskApproval {
            text.push_str(if approved { " (approved)" } else { " (asks)" });
        }
        if let Some(source) = &finding.source {
            text.push_str(" [");
            text.push_str(source.policy);
            text.push_str(", ");
            text.push_str(source.rule);
            text.push(']');
        }
        seen.push(&finding.message);
    }
    text
}

impl Decision {
    /// Returns the decision for a person: what, why with each place, what is not known, what is
    /// owed, and what would change it.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let action = self.action.as_deref().unwrap_or("(no action)");
        out.push_str(&format!("{}  {action}\n", self.decision));
        for reason in &self.reasons {
            out.push_str(&format!("  {:<12}  {}\n", reason.effect.name(), reason.message));
        }
        if !self.matched_rules.is_empty() {
            out.push_str("decided by\n");
        }
        for rule in &self.matched_rules {
            let level = rule.level.map(|level| format!(" ({level})")).unwrap_or_default();
            // What holds without a document stands nowhere.
            let place = if rule.location.file.is_empty() {
                String::new()
            } else {
                format!("  {}", rule.location)
            };
            let (effect, policy) = (rule.effect.name(), &rule.policy);
            out.push_str(&format!("  {effect:<12}  {policy}, {}{level}{place}\n", rule.rule));
        }
        for unknown in &self.unknowns {
            out.push_str(&format!(
                "not known: {} ({}): {}\n",
                unknown.attribute, unknown.kind, unknown.reason
            ));
        }
        for obligation in &self.obligations {
            let value = obligation.value.map(|value| format!(" = {value}")).unwrap_or_default();
            out.push_str(&format!("owed: {} {}{value}\n", obligation.kind, obligation.name));
        }
        if !self.remedy.text.is_empty() {
            out.push_str(&format!("{}\n", self.remedy.text));
        }
        out
    }
}
