//! `file.read`, `file.write`, `file.delete`.

use bailiwick::Digest;
use bailiwick::EventType;
use bailiwick::Raw;
use bailiwick::Request;
use bailiwick::TraceViewer;
use bailiwick::Value;

use crate::pep::Act;
use crate::pep::EnforceError;
use crate::pep::Failure;
use crate::port::files::FilesError;
use crate::run::tools::Arguments;
use crate::run::tools::CallOutcome;
use crate::run::tools::Tools;

impl Tools {
    pub(super) fn file_read(
        &self,
        mut request: Request,
        arguments: Arguments<'_>,
    ) -> Result<CallOutcome, EnforceError> {
        let Some(path) = arguments.text("path") else {
            return Ok(self.unusable("`path` is missing"));
        };
        self.name_path(&mut request, path);
        self.enforce(request, &format!("read {path}"), |permit, _| {
            let content = self.files.read(permit).map_err(failure)?;
            let raw = Raw::from_bytes(&content);
            let shown = self.pep.redactor.project(&raw);
            Ok(Act::new(EventType::ToolCalled, shown.clone())
                .text("path", self.trace_text(path))
                .number("bytes", i64::try_from(content.len()).unwrap_or(i64::MAX))
                .shown(&shown))
        })
    }

    pub(super) fn file_write(
        &self,
        mut request: Request,
        arguments: Arguments<'_>,
    ) -> Result<CallOutcome, EnforceError> {
        let (Some(path), Some(content)) = (arguments.text("path"), arguments.text("content"))
        else {
            return Ok(self.unusable("`path` or `content` is missing"));
        };
        let times = arguments.number("repeat").unwrap_or(1).min(MOST_REPEATS);
        let content = content.repeat(usize::try_from(times).unwrap_or(1));
        self.name_path(&mut request, path);
        let digest = Digest::of(content.as_bytes());
        let hash = Value::Text(digest.as_str().to_owned());
        request.attributes.insert("content_hash".to_owned(), hash);
        self.enforce(request, &format!("write {path}"), |permit, _| {
            let written = self.files.write(permit, content.as_bytes());
            written.map_err(failure)?;
            let lines = content.lines().count();
            let shown = self.model_text(&format!("wrote {path}, {lines} lines"));
            Ok(Act::new(EventType::FileChanged, shown)
                .text("path", self.trace_text(path))
                .number("lines", i64::try_from(lines).unwrap_or(i64::MAX)))
        })
    }

    pub(super) fn file_delete(
        &self,
        mut request: Request,
        arguments: Arguments<'_>,
    ) -> Result<CallOutcome, EnforceError> {
        let Some(path) = arguments.text("path") else {
            return Ok(self.unusable("`path` is missing"));
        };
        self.name_path(&mut request, path);
        self.enforce(request, &format!("delete {path}"), |permit, _| {
            self.files.delete(permit).map_err(failure)?;
            let shown = self.model_text(&format!("deleted {path}"));
            Ok(Act::new(EventType::FileChanged, shown)
                .text("path", self.trace_text(path))
                .text("status", "deleted"))
        })
    }

    /// Names the path, and the links on the way, which the decision point cannot see itself.
    fn name_path(&self, request: &mut Request, path: &str) {
        request.links = self.files.links(path);
        request.path = Some(path.to_owned());
    }

    pub(super) fn trace_text(&self, text: &str) -> String {
        let raw = Raw::new(text);
        self.pep.redactor.project::<TraceViewer>(&raw).into_text()
    }
}

fn failure(error: FilesError) -> Failure {
    Failure::new(error.code(), error)
}

/// A script may say a line many times over without holding it as often.
const MOST_REPEATS: u64 = 100_000;
