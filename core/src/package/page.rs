//! An investigation as text, and as a page that needs nothing else.

use crate::package::Answer;
use crate::package::Evidence;
use crate::package::Investigation;

impl Investigation {
    /// Returns the answers as text for people.
    pub fn to_text(&self) -> String {
        let mut out = format!("{}\n", self.summary());
        for problem in &self.package.problems {
            out.push_str(&format!("  ! {}\n", printable(problem)));
        }
        for answer in &self.answers {
            let mark = if answer.answered { "" } else { "unanswered: " };
            out.push_str(&format!(
                "\n{:>2}. {}\n    {mark}{}\n",
                answer.number,
                answer.text,
                printable(&answer.answer)
            ));
            if !answer.evidence.is_empty() {
                out.push_str(&format!("    evidence: {}\n", shown(&answer.evidence)));
            }
        }
        out
    }

    /// Returns the answers as one HTML page: no script, nothing that is fetched, every text escaped.
    pub fn to_html(&self) -> String {
        let mut out = String::from(HEAD);
        let class = if self.is_complete() { "whole" } else { "open" };
        out.push_str(&format!(
            "<h1>{}</h1>\n<p class=\"{class}\">{}</p>\n",
            escaped(&self.package.run_id),
            escaped(&self.summary())
        ));
        if !self.package.problems.is_empty() {
            out.push_str("<ul class=\"open\">\n");
            for problem in &self.package.problems {
                out.push_str(&format!("<li>{}</li>\n", escaped(problem)));
            }
            out.push_str("</ul>\n");
        }
        out.push_str("<ol>\n");
        self.answers.iter().for_each(|answer| out.push_str(&item(answer)));
        out.push_str(&format!(
            "</ol>\n<footer>Manifest {}</footer>\n</main>\n</html>\n",
            escaped(self.package.manifest_digest.as_str())
        ));
        out
    }

    fn summary(&self) -> String {
        let (answered, all) = (self.answered(), self.answers.len());
        let package = &self.package;
        let whole = if package.problems.is_empty() { "" } else { ", and something is wrong" };
        format!(
            "{answered} of {all} questions answered from {} events, {}{whole}",
            package.events, package.verdict
        )
    }
}

fn item(answer: &Answer) -> String {
    let class = if answer.answered { "whole" } else { "open" };
    let mark = if answer.answered { "" } else { "unanswered: " };
    let mut out = format!(
        "<li class=\"{class}\"><h2>{}</h2>\n<p>{mark}{}</p>\n",
        escaped(&answer.text),
        escaped(&answer.answer)
    );
    if !answer.evidence.is_empty() {
        out.push_str("<details><summary>Evidence</summary><table>\n");
        for evidence in &answer.evidence {
            out.push_str(&format!(
                "<tr><td>{}</td><td>{}</td><td><code>{}</code></td></tr>\n",
                escaped(&place(evidence)),
                escaped(&evidence.what),
                escaped(evidence.digest.as_str())
            ));
        }
        out.push_str("</table></details>\n");
    }
    out.push_str("</li>\n");
    out
}

fn shown(evidence: &[Evidence]) -> String {
    let mut all: Vec<String> = evidence
        .iter()
        .take(SHOWN)
        .map(|evidence| format!("{} {}", place(evidence), evidence.digest.short()))
        .collect();
    if evidence.len() > SHOWN {
        all.push(format!("and {} more", evidence.len() - SHOWN));
    }
    all.join(", ")
}

fn place(evidence: &Evidence) -> String {
    match (&evidence.file, evidence.seq) {
        (Some(file), _) => file.clone(),
        (None, Some(seq)) => format!("seq {seq}"),
        (None, None) => String::new(),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Returns `text` without what a terminal would obey or a reader could be misled by.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if c.is_control() || turns { '\u{fffd}' } else { c }
        })
        .collect()
}

/// How many pieces of evidence the text form shows.
const SHOWN: usize = 4;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
<title>Investigation</title>\n<style>\n\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }\n\
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }\n\
h1 { font-size: 1.25rem; overflow-wrap: anywhere; } h2 { font-size: 1rem; margin: 1rem 0 0; }\n\
p { margin: .25rem 0; overflow-wrap: anywhere; } td { padding-right: 1rem; }\n\
code { font-size: .85em; overflow-wrap: anywhere; }\n\
.open > p, p.open, ul.open { border-left: .25rem solid #c0392b; padding-left: .75rem; }\n\
.whole > p, p.whole { border-left: .25rem solid #27ae60; padding-left: .75rem; }\n\
</style>\n<main>\n";
