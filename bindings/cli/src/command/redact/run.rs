//! Every text on its way: to standard output, to a folder, or nowhere.

use std::path::Path;
use std::time::Instant;

use bailiwick_wire::RedactionFinding;
use bailiwick_wire::RedactionSummary;
use serde_json::Value;
use serde_json::json;

use crate::command::redact::RedactArgs;
use crate::command::redact::filter::Figures;
use crate::command::redact::filter::Receiver;
use crate::command::redact::filter::filter;
use crate::command::redact::folder::Folder;
use crate::command::redact::options::redaction;
use crate::command::redact::rules;
use crate::command::redact::source::Source;
use crate::command::redact::source::are_apart;
use crate::command::redact::source::sources;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::root;
use crate::output::Output;
use crate::output::count;
use crate::target::Target;

/// Redacts every text that is named.
pub(crate) fn run(args: &RedactArgs, output: &Output) -> Result<Exit, Failure> {
    let redaction = match redaction(args) {
        Ok(redaction) => redaction,
        Err(error) => {
            let below = args.policies.as_deref().filter(|_| !error.diagnostics.is_empty());
            output.findings(&error, &below.map(root).unwrap_or_default());
            return Ok(Exit::Usage);
        }
    };
    if args.list_rules {
        return rules::list(&redaction, output);
    }
    // Before anything is read: whoever has the text can rely on having the figures.
    let beside = args.summary.as_deref().filter(|path| *path != Path::new("-"));
    let mut figures_file = beside.map(Target::of_figures).transpose()?;
    let folders = args.out.is_some() || args.check || args.explain;
    let sources = sources(&args.files, args.path.as_ref(), folders, output)?;
    let folder = match &args.out {
        Some(out) => {
            are_apart(&sources)?;
            Some(Folder::new(out, &args.files, &sources)?)
        }
        None => None,
    };
    let mut job = Job {
        args,
        begun: Instant::now(),
        failed: false,
        figures: Vec::new(),
        output,
        read: 0,
        seal: None,
        shown: 0,
        total: RedactionSummary::default(),
        changed: 0,
        last: b'\n',
    };
    for (number, source) in sources.iter().enumerate() {
        job.progress(number, sources.len());
        let target = folder.as_ref().map(|folder| folder.file(source)).transpose();
        let done = target.map_err(Failure::from).and_then(|target| {
            let mut way = Way { job: &mut job, kept: Vec::new(), source, target };
            let figures = filter(&redaction, source, &mut way)?;
            let (kept, target) = (std::mem::take(&mut way.kept), way.target.take());
            if let Some(target) = target {
                target.finish()?;
            }
            job.done(source, figures, kept)
        });
        match done {
            Ok(()) => {}
            Err(Failure::Closed) => return Err(Failure::Closed),
            // The other texts are none the worse for it.
            Err(Failure::Error(error)) => {
                job.failed = true;
                output.clear_progress();
                output.error(&error);
            }
        }
    }
    output.clear_progress();
    let summary = job.summary(sources.len());
    if let Some(mut file) = figures_file.take() {
        file.write(format!("{summary}\n").as_bytes())?;
        file.finish()?;
    }
    job.end(sources.len(), &summary)
}

/// What was done so far.
struct Job<'a> {
    args: &'a RedactArgs,
    begun: Instant,
    changed: usize,
    failed: bool,
    /// Of each text, where there are several.
    figures: Vec<Value>,
    /// The last byte that was printed.
    last: u8,
    output: &'a Output,
    read: u64,
    /// Tenths of seconds at which progress was shown last.
    shown: u128,
    seal: Option<String>,
    total: RedactionSummary,
}

impl Job<'_> {
    /// The text itself is printed.
    fn prints_text(&self) -> bool {
        self.args.out.is_none() && !self.args.check && !self.args.explain
    }

    fn done(&mut self, source: &Source, figures: Figures, text: Vec<u8>) -> Result<(), Failure> {
        let Figures { redaction_summary, seal, sink, version } = figures;
        self.total.add(&redaction_summary);
        let changed = !redaction_summary.is_empty();
        self.changed += usize::from(changed);
        let path = source.path.to_string_lossy();
        let mut shown = json!({"path": path, "redaction_summary": redaction_summary});
        self.figures.push(shown.clone());
        if let Value::Object(shown) = &mut shown {
            shown.insert("sink".to_owned(), sink.into());
            shown.insert("version".to_owned(), version.into());
            if let Some(seal) = &seal {
                shown.insert("seal".to_owned(), seal.clone().into());
            }
            if self.prints_text() {
                shown.insert("text".to_owned(), String::from_utf8_lossy(&text).into());
            }
        }
        self.seal = seal;
        if self.output.is_json() && !self.args.explain {
            self.output.line(&shown.to_string())?;
        } else if self.args.check && changed && !self.args.explain {
            let removed: u64 = redaction_summary.rules.values().sum();
            self.output.line(&format!("{}: {removed} removed", source.name()))?;
        }
        Ok(())
    }

    /// Returns the figures of all texts.
    fn summary(&mut self, sources: usize) -> String {
        let mut summary = json!({"redaction_summary": self.total});
        if let Value::Object(summary) = &mut summary {
            if sources != 1 || self.args.out.is_some() {
                summary.insert("files".to_owned(), std::mem::take(&mut self.figures).into());
            } else if let Some(seal) = self.seal.take() {
                summary.insert("seal".to_owned(), seal.into());
            }
        }
        summary.to_string()
    }

    fn end(&mut self, sources: usize, summary: &str) -> Result<Exit, Failure> {
        let apart = !self.prints_text() && !self.output.is_json();
        if apart && (self.args.out.is_some() || self.args.check) {
            let total = &self.total;
            let (files, changed) = (count(sources, "text"), self.changed);
            self.output.line(&format!(
                "{files}, {changed} with something to remove: {} secret-like tokens, {} e-mail \
                 addresses, {} private URLs, {} large blocks",
                total.secret_like_tokens,
                total.email_addresses,
                total.private_urls,
                total.large_blocks_removed,
            ))?;
        }
        if self.args.summary.as_deref() == Some(Path::new("-")) {
            if self.prints_text() && self.last != b'\n' {
                self.output.raw("\n")?;
            }
            self.output.line(summary)?;
        }
        if self.failed {
            return Ok(Exit::Usage);
        }
        if self.total.refused {
            return Ok(Exit::Denied);
        }
        Ok(Exit::of_findings(self.args.check && !self.total.is_empty()))
    }

    fn progress(&mut self, done: usize, all: usize) {
        if self.prints_text() {
            return;
        }
        let tenths = self.begun.elapsed().as_millis() / 100;
        if tenths > self.shown + 1 {
            self.shown = tenths;
            let megabytes = self.read >> 20;
            self.output.progress(&format!("{done} of {all} texts, {megabytes} MB"));
        }
    }
}

/// One text on its way.
struct Way<'a, 'j> {
    job: &'a mut Job<'j>,
    /// The text, where it is printed as a JSON string.
    kept: Vec<u8>,
    source: &'a Source,
    target: Option<Target>,
}

impl Receiver for Way<'_, '_> {
    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if let Some(target) = &mut self.target {
            return Ok(target.write(bytes)?);
        }
        if !self.job.prints_text() {
            return Ok(());
        }
        if self.job.output.is_json() {
            self.kept.extend_from_slice(bytes);
            return Ok(());
        }
        self.job.last = bytes.last().copied().unwrap_or(self.job.last);
        self.job.output.bytes(bytes)
    }

    fn findings(&mut self, findings: &[RedactionFinding]) -> Result<(), Failure> {
        for found in findings {
            let RedactionFinding { action, column, kind, length, line, rule } = found;
            if self.job.output.is_json() {
                let mut shown = json!(found);
                if let Value::Object(shown) = &mut shown {
                    shown.insert("path".to_owned(), self.source.path.to_string_lossy().into());
                }
                self.job.output.line(&shown.to_string())?;
                continue;
            }
            let place = format!("{}:{line}:{column}", self.source.name());
            let place = self.job.output.paint.bold(&place);
            let bytes = count(usize::try_from(*length).unwrap_or(usize::MAX), "byte");
            self.job.output.line(&format!("{place}: {rule} ({kind}), {bytes}, {action}"))?;
        }
        Ok(())
    }

    fn read(&mut self, bytes: usize) {
        self.job.read += u64::try_from(bytes).unwrap_or(u64::MAX);
    }
}
