//! Bracket expressions of git's patterns: `[a-z]`, `[!x]`, `[[:digit:]]`.

/// A bracket expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    negated: bool,
    fold: bool,
    items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    Range(char, char),
    Named(Named),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    Alnum,
    Alpha,
    Blank,
    Cntrl,
    Digit,
    Graph,
    Lower,
    Print,
    Punct,
    Space,
    Upper,
    Xdigit,
}

impl Class {
    /// Reads the expression after its `[`, in either case with `fold`; returns it and the characters used, its `]` included.
    /// `None` where it has no end or names a class that does not exist.
    pub(crate) fn read(text: &[char], fold: bool) -> Option<(Self, usize)> {
        let mut at = 0;
        let negated = matches!(text.first(), Some('!' | '^'));
        if negated {
            at += 1;
        }
        let mut items = Vec::new();
        let mut previous: Option<char> = None;
        let mut first = true;
        loop {
            let c = *text.get(at)?;
            at += 1;
            if c == ']' && !first {
                return Some((Self { negated, fold, items }, at));
            }
            first = false;
            match (c, previous, text.get(at)) {
                ('\\', _, _) => {
                    let escaped = *text.get(at)?;
                    at += 1;
                    items.push(Item::Range(escaped, escaped));
                    previous = Some(escaped);
                }
                ('-', Some(low), Some(next)) if *next != ']' => {
                    at += 1;
                    let mut high = *next;
                    if high == '\\' {
                        high = *text.get(at)?;
                        at += 1;
                    }
                    items.push(Item::Range(low, high));
                    previous = None;
                }
                ('[', _, Some(':')) => match Self::named(text, at + 1) {
                    NamedAt::Found(name, end) => {
                        items.push(Item::Named(name));
                        at = end;
                        previous = None;
                    }
                    NamedAt::Plain => {
                        items.push(Item::Range('[', '['));
                        previous = Some('[');
                    }
                    NamedAt::Malformed => return None,
                },
                _ => {
                    items.push(Item::Range(c, c));
                    previous = Some(c);
                }
            }
        }
    }

    fn named(text: &[char], start: usize) -> NamedAt {
        let rest = text.get(start..).unwrap_or_default();
        let Some(end) = rest.iter().position(|c| *c == ']') else {
            return NamedAt::Malformed;
        };
        let inside = rest.get(..end).unwrap_or_default();
        let Some((':', name)) = inside.split_last().map(|(last, name)| (*last, name)) else {
            return NamedAt::Plain;
        };
        let name: String = name.iter().collect();
        Named::from_name(&name)
            .map_or(NamedAt::Malformed, |named| NamedAt::Found(named, start + end + 1))
    }

    /// Returns true where `c` is in the class.
    pub(crate) fn matches(&self, c: char) -> bool {
        let has = |c: char| self.items.iter().any(|item| item.has(c));
        let found = has(c) || (self.fold && other_case(c).is_some_and(has));
        found != self.negated
    }
}

enum NamedAt {
    Found(Named, usize),
    Plain,
    Malformed,
}

impl Item {
    fn has(&self, c: char) -> bool {
        match self {
            Self::Range(low, high) => (*low..=*high).contains(&c),
            Self::Named(named) => named.has(c),
        }
    }
}

impl Named {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "alnum" => Self::Alnum,
            "alpha" => Self::Alpha,
            "blank" => Self::Blank,
            "cntrl" => Self::Cntrl,
            "digit" => Self::Digit,
            "graph" => Self::Graph,
            "lower" => Self::Lower,
            "print" => Self::Print,
            "punct" => Self::Punct,
            "space" => Self::Space,
            "upper" => Self::Upper,
            "xdigit" => Self::Xdigit,
            _ => return None,
        })
    }

    const fn has(self, c: char) -> bool {
        match self {
            Self::Alnum => c.is_ascii_alphanumeric(),
            Self::Alpha => c.is_ascii_alphabetic(),
            Self::Blank => matches!(c, ' ' | '\t'),
            Self::Cntrl => c.is_ascii_control(),
            Self::Digit => c.is_ascii_digit(),
            Self::Graph => c.is_ascii_graphic(),
            Self::Lower => c.is_ascii_lowercase(),
            Self::Print => c.is_ascii_graphic() || c == ' ',
            Self::Punct => c.is_ascii_punctuation(),
            Self::Space => matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c'),
            Self::Upper => c.is_ascii_uppercase(),
            Self::Xdigit => c.is_ascii_hexdigit(),
        }
    }
}

fn other_case(c: char) -> Option<char> {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) if one != c => Some(one),
        _ => None,
    }
}
