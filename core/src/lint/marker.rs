//! Marks that part a conversation into turns, or call a tool, in text that should hold neither.

use crate::lint::LintCode;
use crate::lint::finding::Findings;

/// Adds each mark that imitates a turn or a call.
pub(crate) fn scan(text: &str, findings: &mut Findings) {
    let lower = text.to_ascii_lowercase();
    for (mark, code) in MARKS {
        for (at, _) in lower.match_indices(mark) {
            findings.add(at, at + mark.len(), *code);
        }
    }
    for (at, _) in lower.match_indices('<') {
        if let Some((length, code)) = tag(lower.get(at..).unwrap_or_default()) {
            findings.add(at, at + length, code);
        }
    }
    let mut at = 0;
    for line in lower.split_inclusive('\n') {
        let body = line.trim();
        let start = at + line.len() - line.trim_start().len();
        if let Some(length) = turn(body) {
            findings.add(start, start + length, LintCode::ImitatesRole);
        }
        at += line.len();
    }
}

/// Reads `<system>`, `</tool_call>`, `<invoke name=…>` and the like.
fn tag(text: &str) -> Option<(usize, LintCode)> {
    let inner = text.get(1..)?;
    let closing = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':')))?;
    let (name, rest) = inner.split_at_checked(end)?;
    // `<ns:name>` is that name too.
    let name = name.rsplit(':').next().unwrap_or(name);
    let close = rest.bytes().take(80).position(|b| b == b'>')?;
    let length = 1 + usize::from(closing) + end + close + 1;
    if CALL_TAGS.contains(&name) {
        return Some((length, LintCode::ImitatesToolCall));
    }
    if !ROLE_TAGS.contains(&name) || rest.starts_with(' ') {
        return None;
    }
    // `<system>jenkins</system>` is an element of a build file.
    let behind = rest.get(close + 1..).unwrap_or_default();
    let value = behind.split('<').next().unwrap_or_default();
    let one_word = !value.is_empty() && !value.trim().contains([' ', '\n']);
    let element =
        closing || (one_word && behind.get(value.len()..).is_some_and(|t| t.starts_with("</")));
    (!element).then_some((length, LintCode::ImitatesRole))
}

/// Reads a line that starts a turn: `### System:`, `Human:`, `System: you …`.
fn turn(line: &str) -> Option<usize> {
    let plain = line.trim_start_matches(['#', '*', '>', ' ', '_']);
    let marked = plain.len() < line.len();
    let (name, rest) = plain.split_once(':')?;
    let name = name.trim_matches(['*', ' ', '_']);
    let rest = rest.trim_start_matches(['*', ' ', '_']);
    let length = line.len() - rest.len();
    let starts_so = STARTS.iter().any(|start| {
        rest.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    match name {
        "human" | "assistant" | "system prompt" | "system message" | "new system prompt"
        | "system override" => Some(length),
        "system" | "developer" | "instruction" | "user" if starts_so => Some(length),
        "system" | "instruction" | "instructions" | "response"
            if marked && line.starts_with("###") =>
        {
            Some(length)
        }
        _ => None,
    }
}

/// Marks of the templates that models are trained on.
const MARKS: &[(&str, LintCode)] = &[
    ("<|im_start|>", LintCode::ImitatesRole),
    ("<|im_end|>", LintCode::ImitatesRole),
    ("<|system|>", LintCode::ImitatesRole),
    ("<|user|>", LintCode::ImitatesRole),
    ("<|assistant|>", LintCode::ImitatesRole),
    ("<|endoftext|>", LintCode::ImitatesRole),
    ("<|end_of_text|>", LintCode::ImitatesRole),
    ("<|begin_of_text|>", LintCode::ImitatesRole),
    ("<|eot_id|>", LintCode::ImitatesRole),
    ("<|start_header_id|>", LintCode::ImitatesRole),
    ("<|channel|>", LintCode::ImitatesRole),
    ("<start_of_turn>", LintCode::ImitatesRole),
    ("[inst]", LintCode::ImitatesRole),
    ("[/inst]", LintCode::ImitatesRole),
    ("<<sys>>", LintCode::ImitatesRole),
    ("[system](#", LintCode::ImitatesRole),
    ("begin system prompt", LintCode::ImitatesRole),
    ("end system prompt", LintCode::ImitatesRole),
    ("<|tool_call|>", LintCode::ImitatesToolCall),
    ("<|python_tag|>", LintCode::ImitatesToolCall),
    ("[tool_calls]", LintCode::ImitatesToolCall),
    ("\"type\": \"tool_use\"", LintCode::ImitatesToolCall),
    ("\"type\":\"tool_use\"", LintCode::ImitatesToolCall),
    ("\"type\": \"tool_result\"", LintCode::ImitatesToolCall),
    ("\"type\":\"tool_result\"", LintCode::ImitatesToolCall),
    ("\"role\": \"system\"", LintCode::ImitatesRole),
    ("\"role\":\"system\"", LintCode::ImitatesRole),
    ("to=functions.", LintCode::ImitatesToolCall),
];

const ROLE_TAGS: [&str; 9] = [
    "assistant",
    "developer",
    "human",
    "instructions_override",
    "system",
    "system-message",
    "system-prompt",
    "system-reminder",
    "system_prompt",
];

const CALL_TAGS: [&str; 12] = [
    "function_call",
    "function_calls",
    "function_result",
    "function_results",
    "invoke",
    "tool_call",
    "tool_calls",
    "tool_code",
    "tool_output",
    "tool_response",
    "tool_result",
    "tool_use",
];

/// How what imitates the system starts.
const STARTS: [&str; 14] = [
    "you",
    "your",
    "ignore",
    "disregard",
    "forget",
    "from now on",
    "new",
    "override",
    "the user",
    "assistant",
    "execute",
    "do not",
    "please",
    "all previous",
];
