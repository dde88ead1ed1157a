//! What keeps a Rego module within bounds that regorus does not keep itself: functions that
//! would make one value out of many, and rules that call each other without end.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write;

use regorus::Value;

/// The longest text, in bytes, and the longest list that a function may return.
const MAX_TEXT: usize = 64 * 1024;
const MAX_LIST: usize = 10_000;

/// How deep rules and functions may call each other: each call stands on the host's stack.
const MAX_CALLS: usize = 24;

/// Operators in one module: the syntax tree is walked on the host's stack.
const MAX_OPERATORS: usize = 256;

/// Functions whose results can grow beyond all bounds when their calls are chained.
const REFUSED: [(&str, u8); 9] = [
    ("bits.lsh", 2),
    ("format_int", 2),
    ("json.marshal", 1),
    ("json.marshal_with_options", 2),
    ("numbers.range_step", 3),
    ("product", 1),
    ("strings.replace_n", 2),
    ("yaml.marshal", 1),
    ("units.parse", 1),
];

#[derive(Clone, Debug, thiserror::Error)]
enum Refusal {
    #[error("`{0}` is not available: its result has no bound")]
    Function(&'static str),
    #[error("`{0}` would make more than the limit allows")]
    Size(&'static str),
    #[error("`{0}` does not take these arguments")]
    Arguments(&'static str),
}

type Answer = Result<Value, Refusal>;

/// Puts bounded functions in the place of unbounded ones; regorus asks for extensions first.
pub(super) fn extend(engine: &mut regorus::Engine) -> Result<(), String> {
    type Function = fn(&[Value]) -> Answer;
    let bounded: [(&str, u8, Function); 5] = [
        ("array.concat", 2, array_concat),
        ("concat", 2, concat),
        ("numbers.range", 2, range),
        ("replace", 3, replace),
        ("sprintf", 2, sprintf),
    ];
    for (name, arguments, function) in bounded {
        let run = move |values: Vec<Value>| Ok(function(&values)?);
        engine
            .add_extension(name.to_owned(), arguments, Box::new(run))
            .map_err(|error| error.to_string())?;
    }
    for (name, arguments) in REFUSED {
        let run = move |_: Vec<Value>| Err(Refusal::Function(name).into());
        engine
            .add_extension(name.to_owned(), arguments, Box::new(run))
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn array_concat(values: &[Value]) -> Answer {
    let [Value::Array(one), Value::Array(two)] = values else {
        return Err(Refusal::Arguments("array.concat"));
    };
    if one.len().saturating_add(two.len()) > MAX_LIST {
        return Err(Refusal::Size("array.concat"));
    }
    let all: Vec<Value> = one.iter().chain(two.iter()).cloned().collect();
    Ok(Value::from(all))
}

fn concat(values: &[Value]) -> Answer {
    let wrong = Refusal::Arguments("concat");
    let (glue, list): (_, Vec<&Value>) = match values {
        [Value::String(glue), Value::Array(list)] => (glue, list.iter().collect()),
        [Value::String(glue), Value::Set(list)] => (glue, list.iter().collect()),
        _ => return Err(wrong),
    };
    let mut out = String::new();
    for (index, value) in list.into_iter().enumerate() {
        let Value::String(text) = value else {
            return Err(wrong);
        };
        if index > 0 {
            out.push_str(glue);
        }
        out.push_str(text);
        if out.len() > MAX_TEXT {
            return Err(Refusal::Size("concat"));
        }
    }
    Ok(Value::from(out))
}

fn range(values: &[Value]) -> Answer {
    let wrong = |_| Refusal::Arguments("numbers.range");
    let [from, to] = values else {
        return Err(Refusal::Arguments("numbers.range"));
    };
    let (from, to) = (from.as_i64().map_err(wrong)?, to.as_i64().map_err(wrong)?);
    if usize::try_from(from.abs_diff(to)).is_ok_and(|length| length < MAX_LIST) {
        let list: Vec<Value> = if from <= to {
            (from..=to).map(Value::from).collect()
        } else {
            (to..=from).rev().map(Value::from).collect()
        };
        return Ok(Value::from(list));
    }
    Err(Refusal::Size("numbers.range"))
}

fn replace(values: &[Value]) -> Answer {
    let [Value::String(text), Value::String(old), Value::String(new)] = values else {
        return Err(Refusal::Arguments("replace"));
    };
    let found = text.matches(old.as_ref()).count();
    if found.saturating_mul(new.len()).saturating_add(text.len()) > MAX_TEXT {
        return Err(Refusal::Size("replace"));
    }
    Ok(Value::from(text.replace(old.as_ref(), new)))
}

/// `%s`, `%v` and `%d`, without widths.
fn sprintf(values: &[Value]) -> Answer {
    let [Value::String(format), Value::Array(list)] = values else {
        return Err(Refusal::Arguments("sprintf"));
    };
    let mut out = Bounded(String::new());
    let mut next = list.iter();
    let mut rest = format.chars();
    while let Some(c) = rest.next() {
        let written = match (c, rest.clone().next()) {
            ('%', Some('%')) => out.write_char('%'),
            ('%', Some('s' | 'v' | 'd')) => match next.next() {
                Some(Value::String(text)) => out.write_str(text),
                Some(value) => out.value(value),
                None => return Err(Refusal::Arguments("sprintf")),
            },
            ('%', _) => return Err(Refusal::Arguments("sprintf")),
            (plain, _) => {
                out.write_char(plain).map_err(|_| Refusal::Size("sprintf"))?;
                continue;
            }
        };
        written.map_err(|_| Refusal::Size("sprintf"))?;
        let _verb = rest.next();
    }
    Ok(Value::from(out.0))
}

/// Text that stops growing, so that a value that holds itself many times over ends early.
struct Bounded(String);

impl Write for Bounded {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        if self.0.len().saturating_add(text.len()) > MAX_TEXT {
            return Err(std::fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

impl Bounded {
    fn value(&mut self, value: &Value) -> std::fmt::Result {
        match value {
            Value::Array(list) => self.list('[', list.iter(), ']'),
            Value::Set(list) => self.list('{', list.iter(), '}'),
            Value::Object(_) => Err(std::fmt::Error),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                write!(self, "{value}")
            }
            _ => Err(std::fmt::Error),
        }
    }

    fn list<'v>(
        &mut self,
        open: char,
        values: impl Iterator<Item = &'v Value>,
        close: char,
    ) -> std::fmt::Result {
        self.write_char(open)?;
        for (index, value) in values.enumerate() {
            if index > 0 {
                self.write_str(", ")?;
            }
            self.value(value)?;
        }
        self.write_char(close)
    }
}

/// Refuses a module whose rules could call each other without end or too deeply, or that
/// multiplies: numbers have no largest one.
pub(super) fn check(module: &str) -> Result<(), String> {
    let mut rules: Vec<(String, BTreeSet<String>)> = Vec::new();
    let mut depth = 0usize;
    let mut operators = 0usize;
    let mut fresh_line = true;
    // What stands before, white space aside: a line behind `if` or an operator goes on.
    let mut before = "\n";
    let mut rest = module;
    while let Some(c) = rest.chars().next() {
        let mut used = c.len_utf8();
        match c {
            '\n' => fresh_line = true,
            '#' => used = rest.find('\n').unwrap_or(rest.len()),
            '"' | '`' => {
                used = text_length(rest, c)?;
                let inside = rest.get(1..used - 1).unwrap_or_default();
                if inside.contains("\\u") {
                    return Err("`\\u` in a text: write the character itself".to_owned());
                }
                if before == "[" {
                    mention(&mut rules, inside);
                }
                fresh_line = false;
            }
            '[' | '{' | '(' => depth += 1,
            ']' | '}' | ')' => {
                depth = depth.saturating_sub(1);
                fresh_line = false;
            }
            '*' => return Err("`*` is not available: its result has no bound".to_owned()),
            '+' | '-' | '/' | '%' | '&' | '|' => operators += 1,
            c if c.is_alphanumeric() || c == '_' => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
                used = end.unwrap_or(rest.len());
                let word = rest.get(..used).unwrap_or_default();
                let keyword = matches!(word, "default" | "import" | "package" | "else" | "if");
                if fresh_line && depth == 0 && !keyword && !goes_on(before) {
                    rules.push((word.to_owned(), BTreeSet::new()));
                } else {
                    mention(&mut rules, word);
                }
                fresh_line = fresh_line && word == "default";
            }
            c if c.is_whitespace() => {}
            _ => fresh_line = false,
        }
        if operators > MAX_OPERATORS {
            return Err(format!("the module has more than {MAX_OPERATORS} operators"));
        }
        let (token, after) = rest.split_at_checked(used).unwrap_or((rest, ""));
        if !c.is_whitespace() && c != '#' {
            before = token;
        }
        rest = after;
    }
    check_calls(&rules)
}

fn goes_on(before: &str) -> bool {
    let word = matches!(
        before,
        "if" | "else" | "contains" | "in" | "not" | "some" | "every" | "with" | "as"
    );
    let sign = before.len() == 1 && before.starts_with(|c| "=,:+-/%&|<>!.".contains(c));
    word || sign
}

fn mention(rules: &mut [(String, BTreeSet<String>)], word: &str) {
    if let Some((_, mentioned)) = rules.last_mut() {
        mentioned.insert(word.to_owned());
    }
}

/// Returns the length of the text that starts here, its quotes included.
fn text_length(rest: &str, quote: char) -> Result<usize, String> {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            c if c == quote => return Ok(at + c.len_utf8()),
            _ => {}
        }
    }
    Err("a text has no end".to_owned())
}

/// Rules in rounds: each round takes those whose mentions are all taken. What is left over
/// mentions itself; too many rounds are too deep.
fn check_calls(rules: &[(String, BTreeSet<String>)]) -> Result<(), String> {
    let mut left: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, mentioned) in rules {
        let all = left.entry(name).or_default();
        all.extend(mentioned.iter().map(String::as_str));
    }
    for _ in 0..MAX_CALLS {
        let names: BTreeSet<&str> = left.keys().copied().collect();
        left.retain(|_, mentioned| mentioned.iter().any(|name| names.contains(name)));
        if left.is_empty() {
            return Ok(());
        }
    }
    let names: Vec<&str> = left.keys().copied().take(4).collect();
    Err(format!(
        "rules call each other without end, or deeper than {MAX_CALLS}: {}",
        names.join(", ")
    ))
}
