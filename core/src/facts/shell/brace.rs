//! Brace expansion.

use crate::facts::shell::limits::DEEPEST;
use crate::facts::shell::limits::MOST_BRACES;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Parts;

/// A character outside of quotes, or a part that is not looked into.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Item<'p> {
    Char(char),
    Part(&'p Part),
}

/// The longest that all words of one expansion may be together, in characters.
const LONGEST: usize = 64 * 1024;

/// Returns true where the word may be expanded.
pub(crate) fn has_braces(parts: &Parts) -> bool {
    parts
        .iter()
        .any(|part| matches!(part, Part::Text { text, quoted: false } if text.contains('{')))
}

/// Returns the words that a word becomes, or none where there are too many.
pub(crate) fn expanded(parts: &Parts) -> Option<Vec<Vec<Item<'_>>>> {
    let mut items = Vec::new();
    for part in parts {
        match part {
            Part::Text { text, quoted: false } => items.extend(text.chars().map(Item::Char)),
            Part::Text { .. }
            | Part::Arithmetic { .. }
            | Part::Output { .. }
            | Part::Parameter { .. }
            | Part::Process { .. }
            | Part::Strange { .. } => items.push(Item::Part(part)),
        }
    }
    let mut braces = Braces { ends: vec![None; items.len()], items: &items, length: 0 };
    let mut open = Vec::new();
    for (at, item) in items.iter().enumerate() {
        match item {
            Item::Char('{') if open.len() >= MOST_BRACES => return None,
            Item::Char('{') => open.push(at),
            Item::Char('}') => {
                if let Some(end) = open.pop().and_then(|start| braces.ends.get_mut(start)) {
                    *end = Some(at);
                }
            }
            Item::Char(_) | Item::Part(_) => {}
        }
    }
    braces.words(0, items.len(), 0)
}

struct Braces<'i, 'p> {
    items: &'i [Item<'p>],
    /// Where the brace that starts at an item ends.
    ends: Vec<Option<usize>>,
    length: usize,
}

impl<'p> Braces<'_, 'p> {
    fn words(&mut self, start: usize, end: usize, depth: usize) -> Option<Vec<Vec<Item<'p>>>> {
        if depth > DEEPEST {
            return None;
        }
        let mut at = start;
        while at < end {
            let close = self.ends.get(at).copied().flatten().filter(|close| *close < end);
            if let Some(close) = close
                && let Some(choices) = self.choices(at + 1, close, depth)?
            {
                let behind = self.words(close + 1, end, depth + 1)?;
                let before = self.items.get(start..at).unwrap_or_default();
                if choices.len() * behind.len() > MOST_BRACES {
                    return None;
                }
                let mut all = Vec::new();
                for choice in &choices {
                    for rest in &behind {
                        self.length += before.len() + choice.len() + rest.len();
                        if self.length > LONGEST {
                            return None;
                        }
                        all.push([before, choice.as_slice(), rest.as_slice()].concat());
                    }
                }
                return Some(all);
            }
            at += 1;
        }
        Some(vec![self.items.get(start..end).unwrap_or_default().to_vec()])
    }

    /// Returns what stands between two braces, or an inner none where they are plain text.
    #[expect(clippy::option_option, reason = "the outer one is a limit, the inner one no brace")]
    fn choices(
        &mut self,
        start: usize,
        end: usize,
        depth: usize,
    ) -> Option<Option<Vec<Vec<Item<'p>>>>> {
        let mut commas = Vec::new();
        let mut at = start;
        while at < end {
            match self.items.get(at) {
                Some(Item::Char('{')) => {
                    if let Some(inner) = self.ends.get(at).copied().flatten() {
                        at = inner;
                    }
                }
                Some(Item::Char(',')) => commas.push(at),
                Some(Item::Char(_) | Item::Part(_)) | None => {}
            }
            at += 1;
        }
        if commas.is_empty() {
            return self.sequence(start, end);
        }
        commas.push(end);
        let mut all = Vec::new();
        let mut from = start;
        for comma in commas {
            all.append(&mut self.words(from, comma, depth + 1)?);
            if all.len() > MOST_BRACES {
                return None;
            }
            from = comma + 1;
        }
        Some(Some(all))
    }

    /// `1..9`, `a..z`, `01..10..2`.
    #[expect(clippy::option_option, reason = "the outer one is a limit, the inner one no brace")]
    fn sequence(&mut self, start: usize, end: usize) -> Option<Option<Vec<Vec<Item<'p>>>>> {
        if end - start > 64 {
            return Some(None);
        }
        let mut text = String::new();
        for item in self.items.get(start..end).unwrap_or_default() {
            match item {
                Item::Char(c) => text.push(*c),
                Item::Part(_) => return Some(None),
            }
        }
        let mut ends = text.split("..");
        let (Some(first), Some(last), step, None) =
            (ends.next(), ends.next(), ends.next(), ends.next())
        else {
            return Some(None);
        };
        let step = match step.map(str::parse::<i64>) {
            None => 1,
            Some(Ok(step)) => step.checked_abs()?.max(1),
            Some(Err(_)) => return Some(None),
        };
        let letter = |text: &str| {
            let mut chars = text.chars();
            let c = chars.next().filter(char::is_ascii_alphabetic)?;
            chars.next().is_none().then(|| i64::from(u32::from(c)))
        };
        let (from, to, letters) = match (first.parse::<i64>(), last.parse::<i64>()) {
            (Ok(from), Ok(to)) => (from, to, false),
            _ => match (letter(first), letter(last)) {
                (Some(from), Some(to)) => (from, to, true),
                _ => return Some(None),
            },
        };
        let count = from.checked_sub(to)?.checked_abs()? / step;
        if usize::try_from(count).ok()? >= MOST_BRACES {
            return None;
        }
        let padded = |text: &str| text.trim_start_matches('-').starts_with('0') && text.len() > 1;
        let width = if padded(first) || padded(last) { first.len().max(last.len()) } else { 0 };
        let mut all = Vec::new();
        for index in 0..=count {
            let value = if from <= to { from + index * step } else { from - index * step };
            let text = if letters {
                u32::try_from(value).ok().and_then(char::from_u32)?.to_string()
            } else {
                format!("{value:0width$}")
            };
            self.length += text.len();
            all.push(text.chars().map(Item::Char).collect());
        }
        if self.length > LONGEST {
            return None;
        }
        Some(Some(all))
    }
}
