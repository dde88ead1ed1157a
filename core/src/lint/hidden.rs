//! Characters that do not show, and marks that turn text around.

use crate::facts::is_invisible;
use crate::lint::LintCode;
use crate::lint::finding::Findings;
use crate::lint::instruction::says_something;
use crate::lint::phrase::Phrases;

/// Adds each run of such characters that has no business where it stands.
pub(crate) fn scan(text: &str, phrases: &Phrases, findings: &mut Findings) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.is_ascii() || line.contains(CONCEAL) {
            scan_line(line, at, phrases, findings);
        }
        at += line.len();
    }
}

fn scan_line(line: &str, offset: usize, phrases: &Phrases, findings: &mut Findings) {
    for (at, _) in line.match_indices(CONCEAL) {
        findings.add(offset + at, offset + at + CONCEAL.len(), LintCode::InvisibleText);
    }
    let to_the_left = line.chars().any(is_right_to_left);
    let mut before = None;
    let mut rest = line.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if !is_hidden(c) {
            before = Some(c);
            continue;
        }
        let mut run = vec![c];
        let mut end = start + c.len_utf8();
        while let Some((at, next)) = rest.next_if(|(_, next)| is_hidden(*next)) {
            end = at + next.len_utf8();
            run.push(next);
        }
        let after = rest.peek().map(|(_, c)| *c);
        let place = (offset + start, offset + end);
        judge(place, (before, &run, after), to_the_left, phrases, findings);
    }
}

fn judge(
    (start, end): (usize, usize),
    (before, run, after): (Option<char>, &[char], Option<char>),
    writes_to_the_left: bool,
    phrases: &Phrases,
    findings: &mut Findings,
) {
    if run.iter().any(|c| is_bidi(*c)) {
        let overrides = run.iter().any(|c| matches!(c, '\u{202d}' | '\u{202e}'));
        if overrides || !writes_to_the_left {
            findings.add(start, end, LintCode::ReorderedText);
        }
        return;
    }
    let spelled = spelled(run);
    if spelled.len() > 2 && !(before == Some('\u{1f3f4}') && run.last() == Some(&'\u{e007f}')) {
        let shown: String = spelled.chars().take(60).collect();
        if says_something(&spelled, phrases) {
            findings.add(start, end, LintCode::HiddenInstruction);
        }
        let mut more = String::from("they spell `");
        more.push_str(&shown);
        more.push('`');
        findings.add_with(start, end, LintCode::InvisibleText, more);
        return;
    }
    if !is_in_place(start, before, run, after) {
        findings.add(start, end, LintCode::InvisibleText);
    }
}

/// Returns true where such characters belong: in emoji, in scripts that join letters, and at the
/// start of a file.
fn is_in_place(start: usize, before: Option<char>, run: &[char], after: Option<char>) -> bool {
    let beyond = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
    match run {
        ['\u{feff}'] => start == 0,
        // A soft hyphen is where words may break.
        ['\u{ad}'] => before.is_some_and(char::is_alphabetic),
        // Keys and symbols have a form with colour.
        ['\u{fe0e}' | '\u{fe0f}'] => {
            beyond(before) || before.is_some_and(|c| c.is_ascii_digit() || c == '#' || c == '*')
        }
        ['\u{fe0f}', '\u{200d}'] => beyond(before),
        ['\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{34f}' | '\u{180b}'..='\u{180f}'] => {
            beyond(before) && (beyond(after) || after.is_none_or(|c| c.is_ascii_whitespace()))
        }
        ['\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' | '\u{115f}' | '\u{1160}'] => {
            beyond(before)
        }
        [tags @ .., '\u{e007f}'] => {
            before == Some('\u{1f3f4}') && tags.iter().all(|c| u32::from(*c) >> 8 == 0xe00)
        }
        _ => false,
    }
}

/// Returns the ASCII text that tag characters or variation selectors spell.
fn spelled(run: &[char]) -> String {
    let mut out = String::new();
    for c in run {
        let code = u32::from(*c);
        let byte = match code {
            0xe0020..=0xe007e => code - 0xe0000,
            0xfe00..=0xfe0f => code - 0xfe00,
            0xe0100..=0xe01ef => code - 0xe0100 + 16,
            _ => continue,
        };
        if let Some(c) = char::from_u32(byte).filter(|c| matches!(c, ' '..='~')) {
            out.push(c);
        }
    }
    out
}

const fn is_hidden(c: char) -> bool {
    is_invisible(c) || is_bidi(c)
}

const fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}')
}

const fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// What makes a terminal hide text.
const CONCEAL: &str = "\u{1b}[8m";
