//! `bailiwick redact --list-rules`.

use bailiwick_wire::Redaction;
use serde::Deserialize;

use crate::exit::Exit;
use crate::exit::Failure;
use crate::output::Output;
use crate::output::printable;

#[derive(Deserialize)]
struct Rule {
    default: bool,
    id: String,
    kind: String,
    pack: Option<String>,
    source: Option<String>,
}

/// Lists what is looked for.
pub(super) fn list(redaction: &Redaction, output: &Output) -> Result<Exit, Failure> {
    let rules = redaction.list_rules()?;
    if output.is_json() {
        output.line(&rules)?;
        return Ok(Exit::Ok);
    }
    let rules: Vec<Rule> = crate::command::read(&rules)?;
    for rule in rules {
        let pack = printable(rule.pack.as_deref().unwrap_or("-"));
        let used = if rule.default { "default" } else { "opt-in" };
        let source = printable(rule.source.as_deref().unwrap_or_default());
        let (id, kind) = (printable(&rule.id), printable(&rule.kind));
        let line = format!("{id:<36} {kind:<28} {pack:<18} {used:<8} {source}");
        output.line(line.trim_end())?;
    }
    Ok(Exit::Ok)
}
