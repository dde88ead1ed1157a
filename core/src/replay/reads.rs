//! Which of what was redacted a decision reads.

use crate::compile::PolicyChain;
use crate::model::Action;
use crate::model::Attribute;

/// Returns those of the `redacted` places that a decision for `action` under `chain` reads; where
/// it may read one, it is among them. `asks` says whether anything asks for an approval: otherwise
/// nobody reads who approved.
pub(super) fn read_of(
    redacted: &[String],
    chain: &PolicyChain<'_>,
    action: Action,
    asks: bool,
) -> Vec<String> {
    let is_read = |place: &&String| {
        let (part, rest) = place.split_once('.').unwrap_or((place, ""));
        match part {
            "facts" => reads_fact(name_of(rest), chain, action),
            "state" if name_of(rest) == "approvals" => asks,
            "state" => rest != "version",
            _ => reads_field(rest.strip_prefix("requested").unwrap_or(rest), chain, action),
        }
    };
    redacted.iter().filter(is_read).cloned().collect()
}

fn name_of(rest: &str) -> &str {
    rest.split(['.', '[']).next().unwrap_or_default()
}

fn reads_fact(name: &str, chain: &PolicyChain<'_>, action: Action) -> bool {
    // The words of all commands are the one fact that Rego does not see.
    let rego = chain.rego.iter().any(|document| {
        document.reads_facts && (document.actions.is_empty() || document.actions.contains(&action))
    });
    let rules = |of: &[Attribute]| chain.reads(action, &|attribute| of.contains(attribute));
    match name {
        "commands" => rules(&[Attribute::CommandPrograms]),
        "hosts" => {
            let listed =
                chain.levels.iter().any(|level| !level.authority.egress_allowlist.0.is_empty());
            rego || listed || rules(&[Attribute::NetworkHosts])
        }
        "invocations" => rego || rules(&[Attribute::CommandInvocations]),
        "outside" => rego || rules(&[Attribute::PathsOutside]),
        "paths" => {
            let listed = chain
                .levels
                .iter()
                .any(|level| level.allowed_paths.is_some() || level.forbidden_paths.is_some());
            let of =
                [Attribute::ChangeFiles, Attribute::Paths, Attribute::Reads, Attribute::Writes];
            rego || listed || rules(&of)
        }
        "programs" => rego || rules(&[Attribute::CommandPrograms]),
        "removals" => rego || rules(&[Attribute::CommandRemovals]),
        // They are told, and decide nothing.
        "unknowns" => false,
        _ => true,
    }
}

/// `rest` is what stands behind `requested`.
fn reads_field(rest: &str, chain: &PolicyChain<'_>, action: Action) -> bool {
    let rego = chain.rego.iter().any(|document| {
        document.reads_request
            && (document.actions.is_empty() || document.actions.contains(&action))
    });
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let rule = |of: Attribute| chain.reads(action, &|attribute| *attribute == of);
    rego || match name_of(rest) {
        // They are read as facts alone, which were found before.
        "argv" | "changed_files" | "diff" | "env" | "git_attributes" | "host" | "shell" | "url" => {
            false
        }
        "attributes" => {
            let name = rest.strip_prefix("attributes.");
            chain.reads(action, &|attribute| match (attribute, name) {
                (Attribute::Attributes(read), Some(name)) => is_or_holds(read, name),
                (Attribute::Attributes(_), None) => true,
                (_, _) => false,
            })
        }
        // Documents about data label paths by themselves.
        "cwd" | "links" | "path" | "paths" | "workspace" => !chain.data.is_empty(),
        "context_items" => !rest.ends_with("].path") || !chain.data.is_empty(),
        "judge" => rule(Attribute::Judge),
        "labels" => rule(Attribute::Labels),
        "run_id" => rule(Attribute::RunId),
        // Whether it is a draft is no text.
        "pr" | "tool_call_id" => false,
        _ => true,
    }
}

/// Returns true where the place `name` is the attribute `read` or stands in it, or holds it.
fn is_or_holds(read: &str, name: &str) -> bool {
    match name.strip_prefix(read) {
        Some(rest) => rest.is_empty() || rest.starts_with(['.', '[']),
        None => read.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')),
    }
}
