//! The language of awk, as far as it reads files, writes them or runs commands.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::role::apply;
use crate::facts::program::term::Term;
use crate::facts::word::Word;
use crate::model::CommandEffect;

/// Reads the program of awk and its operands.
pub(in crate::facts::program) fn read(call: &mut Call<'_>) {
    let files: Vec<Term<'_>> = call.kept('F').cloned().collect();
    for file in &files {
        call.file(file);
    }
    if call.kept('W').next().is_some() {
        call.out.dynamic("an option of awk is not known:", "-W");
    }
    let skipped = usize::from(!call.has('P'));
    let operands: Vec<Term<'_>> = call.operands.iter().skip(skipped).cloned().collect();
    let mut in_place = false;
    let libraries: Vec<Term<'_>> = call.kept('L').cloned().collect();
    for library in &libraries {
        in_place |= library.text.starts_with("inplace");
        apply(call, 'o', library);
    }
    let mut known: Vec<(String, String)> = Vec::new();
    for operand in &operands {
        if !assigns(operand) {
            call.touch(operand, if in_place { Touch::Write } else { Touch::Read });
        }
    }
    for term in call.kept('A').chain(operands.iter().filter(|term| assigns(term))) {
        if let (Some((name, value)), true) = (term.split('='), known.len() < MOST_KNOWN) {
            known.extend(value.literal().map(|value| (name.to_owned(), unescaped(value))));
        }
    }
    let parts: Vec<Term<'_>> = call.kept('S').cloned().collect();
    for part in &parts {
        match part.literal() {
            Some(text) => program(call, text, &known),
            None => call.out.dynamic("the program of awk is not known:", &part.text),
        }
    }
}

/// Variables whose values are kept.
const MOST_KNOWN: usize = 64;

/// Returns the texts that a variable is known to be set to, among others.
fn texts_of<'k>(known: &'k [(String, String)], token: Token<'_>) -> Vec<&'k str> {
    let Token::Word(name) = token else {
        return Vec::new();
    };
    known.iter().filter(|(own, _)| own == name).map(|(_, text)| text.as_str()).collect()
}

/// Returns true for an operand that sets a variable.
fn assigns(term: &Term<'_>) -> bool {
    term.text.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

/// A piece of the language that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'t> {
    Word(&'t str),
    Text(&'t str),
    Value,
    Mark(&'t str),
    End,
}

fn program(call: &mut Call<'_>, text: &str, given: &[(String, String)]) {
    let plain = !text.contains(['|', '>', '<', '@'])
        && !["system", "getline", "ARG", "ENVIRON", "printf", "/inet"]
            .iter()
            .any(|name| text.contains(name));
    if plain {
        return;
    }
    let Some(tokens) = tokens(text) else {
        return call.out.dynamic("the program of awk is not understood:", text);
    };
    let mut known = given.to_vec();
    for three in tokens.windows(3) {
        if let [Token::Word(name), Token::Mark("="), Token::Text(text)] = three
            && known.len() < MOST_KNOWN
        {
            known.push(((*name).to_owned(), unescaped(text)));
        }
    }
    let mut printing: Option<usize> = None;
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1).copied();
        let previous = index.checked_sub(1).and_then(|at| tokens.get(at)).copied();
        match *token {
            Token::Word("print" | "printf") => printing = Some(depth),
            Token::Word("system") => match (next, tokens.get(index + 2), tokens.get(index + 3)) {
                (Some(Token::Mark("(")), Some(Token::Text(text)), Some(Token::Mark(")"))) => {
                    call.out.runs_script(Word::text(unescaped(text)));
                }
                (Some(_) | None, argument, _) => {
                    for text in argument.into_iter().flat_map(|name| texts_of(&known, *name)) {
                        call.out.runs_script(Word::text(text));
                    }
                    call.out.has(CommandEffect::FeedsInterpreter);
                    call.out.dynamic("awk runs a command that only a run would tell", "");
                }
            },
            Token::Word("getline") => getline(call, &tokens, index, &known),
            Token::Word("ARGV" | "ARGC") => {
                call.out.dynamic("the program of awk changes which files it reads", "");
            }
            Token::Word("ENVIRON") => call.out.has(CommandEffect::DumpsEnvironment),
            Token::Text(text) if text.starts_with("/inet") => {
                call.out.has(CommandEffect::SendsData);
                call.out.has(CommandEffect::FetchesData);
            }
            Token::Mark("(" | "[") => depth += 1,
            Token::Mark(")" | "]") => depth = depth.saturating_sub(1),
            Token::Mark("|" | "|&") => pipe(call, previous, next),
            Token::Mark(">" | ">>") if printing == Some(depth) => {
                let ends = matches!(tokens.get(index + 2), None | Some(Token::End));
                match next {
                    Some(Token::Text(name)) if ends => {
                        call.touch(&Term::text(unescaped(name)), Touch::Write);
                    }
                    Some(name) => {
                        for text in texts_of(&known, name) {
                            call.touch(&Term::text(text.to_owned()), Touch::Write);
                        }
                        call.out.dynamic("which file awk writes is not known", "");
                    }
                    None => call.out.dynamic("which file awk writes is not known", ""),
                }
            }
            Token::Mark("@") => {
                call.out.has(CommandEffect::LoadsCode);
                call.out
                    .dynamic("the program of awk loads or calls what only a run would tell", "");
            }
            Token::End => printing = None,
            Token::Word(_) | Token::Text(_) | Token::Value | Token::Mark(_) => {}
        }
    }
}

/// Reads a pipe: to a command, or from one.
fn pipe(call: &mut Call<'_>, previous: Option<Token<'_>>, next: Option<Token<'_>>) {
    let command = match (previous, next) {
        (Some(Token::Text(text)), Some(Token::Word("getline"))) => Some(text),
        (_, Some(Token::Text(text))) => Some(text),
        (_, _) => None,
    };
    match command {
        Some(text) => call.out.runs_script(Word::text(unescaped(text))),
        None => call.out.has(CommandEffect::FeedsInterpreter),
    }
    // What follows may belong to the command too, and what is printed may be run.
    call.out.dynamic("awk runs a command with what it reads", "");
}

fn getline(call: &mut Call<'_>, tokens: &[Token<'_>], index: usize, known: &[(String, String)]) {
    // What it reads into stands between, and is short.
    const LONGEST: usize = 24;
    let behind = tokens.get(index + 1..).unwrap_or_default();
    let mut near = behind.iter().take(LONGEST);
    let at = near.position(|token| matches!(token, Token::Mark("<") | Token::End));
    if at.is_none() && behind.len() > LONGEST {
        return call.out.dynamic("which file awk reads is not known", "");
    }
    let Some(at) = at.filter(|at| behind.get(*at) == Some(&Token::Mark("<"))) else {
        return;
    };
    match behind.get(at + 1) {
        Some(Token::Text(name)) => call.touch(&Term::text(unescaped(name)), Touch::Read),
        Some(name) => {
            for text in texts_of(known, *name) {
                call.touch(&Term::text(text.to_owned()), Touch::Read);
            }
            call.out.dynamic("which file awk reads is not known", "");
        }
        None => call.out.dynamic("which file awk reads is not known", ""),
    }
}

/// Returns the tokens; `None` where a text or an expression does not end, or is ambiguous.
fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let bytes = text.as_bytes();
    let mut out: Vec<Token<'_>> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'#' => {
                while bytes.get(at).is_some_and(|b| *b != b'\n') {
                    at += 1;
                }
            }
            b'"' => {
                at = closed(bytes, at, b'"')?;
                out.push(Token::Text(text.get(start + 1..at - 1)?));
            }
            b'/' if !divides(out.last()) => {
                at = closed(bytes, at, b'/')?;
                let inside = text.get(start + 1..at - 1)?;
                // Awks disagree on whether a slash in brackets ends the expression.
                if inside.matches('[').count() != inside.matches(']').count() {
                    return None;
                }
                out.push(Token::Value);
            }
            b'\\' if matches!(bytes.get(at), Some(b'\n' | b'\r')) => at += 1,
            b'\\' => return None,
            b' ' | b'\t' | b'\r' => {}
            b'\n' | b';' | b'{' | b'}' => out.push(Token::End),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                while bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_') {
                    at += 1;
                }
                out.push(Token::Word(text.get(start..at)?));
            }
            b'0'..=b'9' | b'.' => {
                while bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.') {
                    at += 1;
                }
                out.push(Token::Value);
            }
            _ => {
                let two = text.get(start..start + 2).unwrap_or_default();
                if matches!(
                    two,
                    "||" | "&&" | ">=" | "<=" | "==" | "!=" | ">>" | "|&" | "++" | "--"
                ) {
                    at += 1;
                }
                out.push(Token::Mark(text.get(start..at).unwrap_or("?")));
            }
        }
    }
    Some(out)
}

/// Returns true where a slash behind the token divides.
fn divides(token: Option<&Token<'_>>) -> bool {
    match token {
        Some(Token::Word(word)) => !matches!(
            *word,
            "print"
                | "printf"
                | "return"
                | "in"
                | "case"
                | "if"
                | "while"
                | "else"
                | "do"
                | "getline"
        ),
        Some(Token::Text(_) | Token::Value | Token::Mark(")" | "]" | "$" | "++" | "--")) => true,
        Some(Token::Mark(_) | Token::End) | None => false,
    }
}

/// Returns where the text behind the closing mark starts.
fn closed(bytes: &[u8], mut at: usize, mark: u8) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'\n' => return None,
            byte if *byte == mark => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// Returns a text of awk with its escapes read, as far as names of files and commands need it.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match rest.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some(first @ '0'..='7') => {
                let mut value = first.to_digit(8).unwrap_or(0);
                let mut ahead = rest.clone();
                for _ in 0..2 {
                    let Some(digit) = ahead.next().and_then(|c| c.to_digit(8)) else {
                        break;
                    };
                    value = value * 8 + digit;
                    rest = ahead.clone();
                }
                out.extend(char::from_u32(value));
            }
            Some('x') => {
                let mut value = 0;
                let mut ahead = rest.clone();
                for _ in 0..2 {
                    let Some(digit) = ahead.next().and_then(|c| c.to_digit(16)) else {
                        break;
                    };
                    value = value * 16 + digit;
                    rest = ahead.clone();
                }
                out.extend(char::from_u32(value));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}
