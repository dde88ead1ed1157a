//! How the signs of a known value are written: as they are, and as URLs, JSON, HTML and shells have
//! them, any of them mixed.

use std::collections::BTreeSet;

/// What the signs of a form are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Code {
    Base64,
    Hex,
    Text,
}

/// The longest literal that is looked for.
const LONGEST: usize = 8;
/// The shortest one.
const SHORTEST: usize = 4;
/// More ways of writing one literal than this are not looked for.
const MOST: usize = 64;

impl Code {
    /// Returns how many signs eight bytes of the value take.
    pub(crate) const fn least(self) -> usize {
        match self {
            Self::Base64 => 11,
            Self::Hex => 16,
            Self::Text => 8,
        }
    }

    /// Returns where in `signs` those lie that are written in the fewest ways, and how many they are.
    pub(crate) fn clearest(self, signs: &[char]) -> (usize, usize) {
        for count in (SHORTEST..=LONGEST.min(signs.len())).rev() {
            let plain = |window: &[char]| window.iter().all(|sign| !self.is_special(*sign));
            if let Some(at) = signs.windows(count).position(plain) {
                return (at, count);
            }
        }
        let count = SHORTEST.min(signs.len());
        let specials =
            |window: &[char]| window.iter().filter(|sign| self.is_special(**sign)).count();
        let windows = signs.windows(count.max(1)).enumerate();
        let best = windows.min_by_key(|(_, window)| specials(window));
        (best.map_or(0, |(at, _)| at), count)
    }

    fn is_special(self, sign: char) -> bool {
        match self {
            Self::Base64 => matches!(sign, '+' | '/'),
            Self::Hex => false,
            Self::Text => !sign.is_ascii_alphanumeric() && !matches!(sign, '-' | '.' | '_' | '~'),
        }
    }

    /// Returns the ways in which `signs` are written.
    pub(crate) fn written(self, signs: &[char]) -> BTreeSet<Vec<u8>> {
        if self == Self::Hex {
            return hex_written(signs);
        }
        let specials = signs.iter().filter(|sign| self.is_special(**sign)).count();
        let ways: Vec<Vec<String>> = signs
            .iter()
            .map(|sign| match self.is_special(*sign) {
                true => self.ways(*sign),
                false => vec![sign.to_string()],
            })
            .collect();
        let all = product(&ways);
        if specials <= 1 || all.len() <= MOST {
            return all;
        }
        // Each way for any of the signs.
        let most = ways.iter().map(Vec::len).max().unwrap_or(0);
        let mut out = BTreeSet::new();
        for way in 1..most {
            let pick = |ways: &Vec<String>| {
                ways.first().into_iter().chain(ways.get(way)).cloned().collect()
            };
            out.extend(product(&ways.iter().map(pick).collect::<Vec<_>>()));
        }
        out
    }

    /// Returns how a special sign is written, the plain way first; the same way stands at the same
    /// place for every sign.
    fn ways(self, sign: char) -> Vec<String> {
        if self == Self::Base64 {
            return match sign {
                '+' => ["+", "-", "%2B", "%2b"].map(str::to_owned).to_vec(),
                _ => ["/", "_", "%2F", "%2f", "\\/"].map(str::to_owned).to_vec(),
            };
        }
        let percent = percent(sign);
        let number = u32::from(sign);
        let mut ways = vec![
            sign.to_string(),
            percent.to_ascii_uppercase(),
            percent.clone(),
            percent.to_ascii_uppercase().replace('%', "%25"),
            percent.replace('%', "%25"),
            unicode(sign, "\\u"),
            unicode(sign, "\\u").to_ascii_uppercase().replace("\\U", "\\u"),
            unicode(sign, "\\\\u"),
            format!("&#{number};"),
            format!("&#{number:03};"),
            format!("&#x{number:x};"),
            format!("&#x{number:X};"),
            format!("\\{sign}"),
            format!("\\\\{sign}"),
            format!("\\\\\\{sign}"),
        ];
        ways.extend(named(sign).map(|name| format!("&{name};")));
        match sign {
            ' ' => ways.push("+".to_owned()),
            '\n' => ways.extend(["\\n", "\\\\n", "\\r\\n"].map(str::to_owned)),
            _ => {}
        }
        ways
    }

    /// Returns the ways in which `signs` are written where all of them are codes.
    pub(crate) fn written_out(signs: &[char]) -> BTreeSet<Vec<u8>> {
        let all = |write: &dyn Fn(char) -> String| -> Vec<u8> {
            signs.iter().map(|sign| write(*sign)).collect::<String>().into_bytes()
        };
        BTreeSet::from([
            all(&|sign| percent(sign).to_ascii_uppercase()),
            all(&percent),
            all(&|sign| unicode(sign, "\\u")),
            all(&|sign| unicode(sign, "\\u").to_ascii_uppercase().replace("\\U", "\\u")),
            all(&|sign| format!("&#{};", u32::from(sign))),
            all(&|sign| format!("&#x{:x};", u32::from(sign))),
            all(&|sign| format!("&#x{:X};", u32::from(sign))),
            all(&|sign| format!("\\x{:02x}", u32::from(sign))),
            all(&|sign| format!("\\x{:02X}", u32::from(sign))),
        ])
    }

    /// Returns the ways in which some of `signs` are percent codes.
    pub(crate) fn written_in_part(signs: &[char]) -> BTreeSet<Vec<u8>> {
        let ways: Vec<Vec<String>> = signs
            .iter()
            .map(|sign| vec![sign.to_string(), percent(*sign).to_ascii_uppercase()])
            .collect();
        product(&ways)
    }
}

fn product(ways: &[Vec<String>]) -> BTreeSet<Vec<u8>> {
    let mut all = vec![String::new()];
    for ways in ways {
        all = all
            .iter()
            .flat_map(|text| ways.iter().map(move |way| format!("{text}{way}")))
            .collect();
        if all.len() > MOST * 64 {
            break;
        }
    }
    all.into_iter().map(String::into_bytes).collect()
}

fn hex_written(signs: &[char]) -> BTreeSet<Vec<u8>> {
    let mut out = BTreeSet::new();
    for between in ["", ":", " ", "-"] {
        let pairs: Vec<String> = signs.chunks(2).map(|pair| pair.iter().collect()).collect();
        let text = pairs.join(between);
        out.insert(text.to_ascii_uppercase().into_bytes());
        out.insert(text.into_bytes());
    }
    out
}

fn percent(sign: char) -> String {
    sign.to_string().bytes().map(|byte| format!("%{byte:02x}")).collect()
}

fn unicode(sign: char, before: &str) -> String {
    let mut units = [0; 2];
    sign.encode_utf16(&mut units).iter().map(|unit| format!("{before}{unit:04x}")).collect()
}

fn named(sign: char) -> Option<&'static str> {
    Some(match sign {
        '&' => "amp",
        '<' => "lt",
        '>' => "gt",
        '"' => "quot",
        '\'' => "apos",
        _ => return None,
    })
}

/// Adds the places where `sign`, the one at `index`, may end that begins at `at`.
pub(crate) fn step(
    code: Code,
    sign: char,
    index: usize,
    bytes: &[u8],
    at: usize,
    ends: &mut Vec<usize>,
) {
    let rest = bytes.get(at..).unwrap_or(&[]);
    let mut add = |text: &[u8], skipped: usize| {
        let here = rest.get(skipped..skipped + text.len());
        // The digits of codes stand in any case, letters of the value in their own.
        let same = |here: &[u8]| match text.len() {
            1 if code != Code::Hex => here == text,
            _ if code == Code::Text && !is_code(text) => here == text,
            _ => here.eq_ignore_ascii_case(text),
        };
        if here.is_some_and(same) {
            ends.push(at + skipped + text.len());
        }
    };
    let mut utf8 = [0; 4];
    let plain = sign.encode_utf8(&mut utf8).as_bytes();
    add(plain, 0);
    match code {
        Code::Text => {
            if matches!(rest.first(), Some(b'%' | b'\\' | b'&' | b'+')) {
                spellings(sign, |text| add(text.as_bytes(), 0));
            }
        }
        Code::Base64 | Code::Hex => {
            let skipped = glue(rest, code, index);
            if skipped > 0 {
                add(plain, skipped);
            }
            if matches!(sign, '+' | '/') {
                code.ways(sign).iter().skip(1).for_each(|way| {
                    add(way.as_bytes(), 0);
                    if skipped > 0 {
                        add(way.as_bytes(), skipped);
                    }
                });
            }
        }
    }
}

/// Adds the places where the sign before the one at `index` may begin that ends at `at`.
pub(crate) fn step_back(
    code: Code,
    sign: char,
    index: usize,
    bytes: &[u8],
    at: usize,
    starts: &mut Vec<usize>,
) {
    let before = bytes.get(..at).unwrap_or(&[]);
    // The longest way of writing a sign, and what may stand between two.
    let from = before.len().saturating_sub(32);
    for start in (from..before.len()).rev() {
        let mut ends = Vec::new();
        step(code, sign, index, bytes, start, &mut ends);
        let skipped = |end: usize| match code {
            Code::Text => end == at,
            Code::Base64 | Code::Hex => {
                end == at
                    || (end < at
                        && end + glue(bytes.get(end..at).unwrap_or(&[]), code, index) == at)
            }
        };
        // What stands between is skipped with the sign behind it.
        let direct =
            glue(bytes.get(start..).unwrap_or(&[]), code, index) == 0 || code == Code::Text;
        if direct && ends.into_iter().any(skipped) {
            starts.push(start);
            // A letter is written as it is, or as a code that ends in another byte.
            if start + 1 == at && sign.is_ascii_alphabetic() {
                return;
            }
        }
    }
}

/// Returns how many bytes stand before the sign at `index` that belong to no sign: line feeds that
/// are written out, and what separates bytes in hexadecimal.
fn glue(rest: &[u8], code: Code, index: usize) -> usize {
    if code == Code::Text {
        return 0;
    }
    let feeds = [&b"\\r\\n"[..], b"\\n", b"\\r", b"%0a", b"%0d", b"%0A", b"%0D", b"\\\\n"];
    let bytes = [&b":"[..], b" ", b"-", b", ", b",", b"0x"];
    let mut at = 0;
    for _ in 0..4 {
        let here = rest.get(at..).unwrap_or(&[]);
        let feed = feeds.iter().find(|text| here.starts_with(text));
        let pair = || bytes.iter().find(|text| here.starts_with(text));
        let between = code == Code::Hex && index.is_multiple_of(2);
        match feed.or_else(|| if between { pair() } else { None }) {
            Some(text) => at += text.len(),
            None => break,
        }
    }
    at
}

fn is_code(text: &[u8]) -> bool {
    text.starts_with(b"%")
        || text.starts_with(b"&")
        || matches!(text, [b'\\', b'u' | b'x' | b'\\', _, ..])
}

/// Calls `each` with the ways in which a sign of a text is written but for the plain one.
fn spellings(sign: char, mut each: impl FnMut(&str)) {
    let number = u32::from(sign);
    let percent = percent(sign);
    each(&percent);
    each(&percent.replace('%', "%25"));
    for before in ["\\u", "\\\\u", "\\\\\\\\u"] {
        each(&unicode(sign, before));
    }
    for before in ["\\x", "\\\\x"] {
        each(&format!("{before}{number:02x}"));
    }
    each(&format!("\\u{{{number:x}}}"));
    for before in ["&", "&amp;"] {
        each(&format!("{before}#{number};"));
        each(&format!("{before}#{number:03};"));
        each(&format!("{before}#x{number:x};"));
        if let Some(name) = named(sign) {
            each(&format!("{before}{name};"));
        }
    }
    match sign {
        ' ' => each("+"),
        '\n' => ["\\n", "\\\\n", "\\r\\n", "\\\\r\\\\n"].into_iter().for_each(&mut each),
        '\t' => ["\\t", "\\\\t"].into_iter().for_each(&mut each),
        _ => {}
    }
    if sign.is_ascii_punctuation() || sign == ' ' {
        for slashes in ["\\", "\\\\", "\\\\\\", "\\\\\\\\\\\\\\"] {
            each(&format!("{slashes}{sign}"));
        }
    }
}
