//! Requests in YAML, for the command line, rule examples and suites.

use crate::document::Diagnostic;
use crate::document::DocumentError;
use crate::document::Located;
use crate::document::Quoted;
use crate::document::SourceFile;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::record_shape::REQUEST;
use crate::document::yaml::parse;
use crate::model::Request;

type Object = serde_json::Map<String, serde_json::Value>;

/// Returns every YAML or JSON value of `file`, one for each document.
///
/// Numbers that are no whole numbers within ±(2^53-1) come as text.
///
/// # Errors
/// Where the text is no YAML, repeats a key, or exceeds a limit.
///
/// # Example
/// ```
/// let file = bailiwick::SourceFile::new("a.yaml", "a: 1\n---\nb: no\n");
/// let values = bailiwick::yaml_to_json(&file).map_err(|found| format!("{found:?}"))?;
/// assert_eq!(values, [serde_json::json!({"a": 1}), serde_json::json!({"b": "no"})]);
/// # Ok::<(), String>(())
/// ```
pub fn yaml_to_json(file: &SourceFile) -> Result<Vec<serde_json::Value>, Vec<Diagnostic>> {
    let nodes = parse(file).map_err(|finding| vec![*finding])?;
    Ok(nodes.iter().map(|node| node.to_json()).collect())
}

/// Returns the requests of `file`: one for each YAML document, or each entry of a list.
///
/// # Errors
/// Where the text is no YAML, or a document is no request: every finding, at its very key.
///
/// # Example
/// ```
/// let file = bailiwick::SourceFile::new("r.yaml", "tool: file.read\nptah: src/lib.rs\n");
/// let findings = bailiwick::read_requests(&file).err().unwrap_or_default();
/// let printed: Vec<String> = findings.iter().map(ToString::to_string).collect();
/// assert_eq!(
///     printed,
///     ["r.yaml:2:1: error[unknown_key]: unknown key `ptah`\n  help: did you mean `path`?"]
/// );
/// ```
pub fn read_requests(file: &SourceFile) -> Result<Vec<Located<Request>>, Vec<Diagnostic>> {
    let nodes = parse(file).map_err(|finding| vec![*finding])?;
    let mut decoder = Decoder::new(&file.path);
    let mut requests = Vec::new();
    for node in &nodes {
        for at in At::root(node).one_or_many() {
            if let Some(request) = decoder.request(&at) {
                requests.push(Located::new(request, decoder.location(&at)));
            }
        }
    }
    let findings = decoder.finish();
    if findings.is_empty() { Ok(requests) } else { Err(findings) }
}

impl Decoder<'_> {
    /// Returns the request at `at`.
    pub(crate) fn request(&mut self, at: &At<'_>) -> Option<Request> {
        let object = self.request_object(at)?;
        self.request_from(at, object)
    }

    /// Returns the keys of the request at `at`, checked, `action` written as `tool`.
    pub(crate) fn request_object(&mut self, at: &At<'_>) -> Option<Object> {
        let before = self.count();
        let serde_json::Value::Object(mut object) = self.shaped_object(at, REQUEST)? else {
            return None;
        };
        self.one_name(at, &mut object, "action", "tool");
        if let Some(serde_json::Value::Object(model)) = object.get_mut("model") {
            self.one_name(at, model, "name", "model");
        }
        (self.count() == before).then_some(object)
    }

    /// Returns the request that these checked keys make.
    pub(crate) fn request_from(&mut self, at: &At<'_>, object: Object) -> Option<Request> {
        // Through text, so that one reader of requests serves JSON and YAML alike.
        match serde_json::from_str(&serde_json::Value::Object(object).to_string()) {
            Ok(request) => Some(request),
            Err(_) => {
                // The shape was checked, so this is a value that the shape does not know of.
                let (expected, found) = ("a request", "something else");
                self.report(at, &DocumentError::WrongType { expected, found });
                None
            }
        }
    }

    /// Writes the key `alias` as `name`; both may not stand there.
    fn one_name(&mut self, at: &At<'_>, object: &mut Object, alias: &str, name: &str) {
        let Some(value) = object.remove(alias) else {
            return;
        };
        if object.insert(name.to_owned(), value).is_some() {
            let key = Quoted::from(name);
            let finding = DocumentError::RepeatedKey { key }.at(self.location(at));
            self.push(
                finding.with_help(format!("`{alias}` is another name of `{name}`: keep one")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::read_requests;
    use crate::document::SourceFile;
    use crate::document::record_shape::REQUEST;

    fn codes(text: &str) -> Vec<String> {
        let findings = read_requests(&SourceFile::new("r.yaml", text)).unwrap_err();
        let shown = findings.iter().map(|f| {
            let place = &f.location;
            format!("{}:{} {} {}", place.line, place.column, f.code, place.path)
        });
        shown.collect()
    }

    #[test]
    fn knows_every_key_that_a_request_has_and_no_other() {
        let error = serde_json::from_str::<crate::model::Request>(r#"{"?": 1}"#).unwrap_err();
        let message = error.to_string();
        let listed = message.split('`').skip(3).step_by(2).map(str::to_owned);
        let known: BTreeSet<String> =
            REQUEST.known.iter().map(|(key, _)| (*key).to_owned()).collect();
        assert_eq!(listed.collect::<BTreeSet<_>>(), known);
    }

    #[test]
    fn reads_yaml_json_and_lists_of_requests() {
        let text = "tool: file.read\npath: 12\n---\n[{\"action\": \"pr.create\",\n\t\"pr\": {\"draft\": true}}]\n";
        let requests = read_requests(&SourceFile::new("r.yaml", text)).unwrap();
        let read: Vec<_> = requests.iter().map(|r| r.value.action_name()).collect();
        assert_eq!(read, [Some("file.read"), Some("pr.create")]);
        assert_eq!(requests[0].value.path.as_deref(), Some("12"));
        assert_eq!(requests[1].location.line, 4);
    }

    #[test]
    fn reports_every_fault_of_a_request_at_its_place() {
        let text = "tool: shell.exec\nargv: ls\nautonomy_level: draft_rp\nchanged_files:\n  \
                    - {path: a, statsu: added}\n  - {added: 1}\nmodel: {tokens: -1}\naction: x\n";
        assert_eq!(
            codes(text),
            [
                "2:7 wrong_type argv",
                "3:17 unknown_name autonomy_level",
                "5:15 unknown_key changed_files[0].statsu",
                "6:5 missing_key changed_files[1]",
                "7:17 number_out_of_range model.tokens",
                "1:1 repeated_key ",
            ]
        );
    }

    #[test]
    fn leaves_out_what_has_no_value() {
        let requests = read_requests(&SourceFile::new("r.yaml", "tool: git.push\nbranch:\n"));
        assert_eq!(requests.unwrap()[0].value.branch, None);
    }
}
