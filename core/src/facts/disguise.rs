//! Spellings that some file systems and people take for another name.

use crate::facts::compatible::ascii_text;
use crate::facts::nfc::nfc;

/// Returns `text` without characters that do not show, with compatible forms of ASCII and letters
/// and dots that look like ASCII made ASCII, in Form C; `None` where that changes nothing.
pub(crate) fn plain_text(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        match ascii_text(c) {
            Some(plain) => shown.push_str(plain),
            None => shown.push(c),
        }
    }
    let plain: String = nfc(&shown).chars().map(|c| look_alike(c).unwrap_or(c)).collect();
    (plain != text).then_some(plain)
}

/// Returns the name that Windows would take a path component for: without stream, dots and
/// spaces at its end, and long where it is a short name; `None` where that is the name itself.
pub(crate) fn plain_component(name: &str) -> Option<String> {
    if name == "." || name == ".." {
        return None;
    }
    let base = name.split(':').next().unwrap_or_default();
    let trimmed = base.trim_end_matches([' ', '.']);
    if trimmed.is_empty() {
        // `.. ` goes up; `...` and ` ` name the folder itself.
        let up = base.starts_with("..") && base.contains(' ');
        return Some(if up { ".." } else { "" }.to_owned());
    }
    if let Some(long) = long_name(trimmed) {
        return Some(long);
    }
    (trimmed != name).then(|| trimmed.to_owned())
}

/// Returns true for names that Windows takes for a device. It takes `aux.rs` for one too, but that
/// is how people call files elsewhere.
pub(crate) fn is_device(name: &str) -> bool {
    let stem = name.split(':').next().unwrap_or_default().trim_end_matches([' ', '.']);
    let numbered = |start: &str| {
        let (head, digit) = (stem.get(..start.len()), stem.get(start.len()..));
        head.is_some_and(|head| head.eq_ignore_ascii_case(start))
            && digit.is_some_and(|digit| matches!(digit.as_bytes(), [b'0'..=b'9']))
    };
    ["con", "prn", "aux", "nul"].iter().any(|device| stem.eq_ignore_ascii_case(device))
        || numbered("com")
        || numbered("lpt")
}

/// Returns what the names start with that a short (8.3) name may stand for.
pub(crate) fn short_stem(name: &str) -> Option<&str> {
    short_parts(name).map(|(stem, ..)| stem)
}

/// Parts a short name into its stem, number and extension.
fn short_parts(name: &str) -> Option<(&str, &str, &str)> {
    let (stem, rest) = name.trim_start_matches('.').split_once('~')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, extension) = rest.split_at_checked(digits)?;
    let short = !stem.is_empty()
        && stem.len() <= 6
        && stem.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        && !number.is_empty()
        && number.len() <= 6
        && (extension.is_empty() || (extension.starts_with('.') && extension.len() <= 4));
    short.then_some((stem, number, extension))
}

/// Returns the name with a dot in front that a short (8.3) name may stand for.
fn long_name(name: &str) -> Option<String> {
    let (stem, number, extension) = short_parts(name)?;
    let lower = stem.to_ascii_lowercase();
    // Where many names are alike, more digits leave room for fewer letters: `gi7e~123`.
    let starts = |known: &str| {
        known == lower
            || (known.len() > 4
                && lower.len() > 2
                && known.starts_with(&lower)
                && lower.len() + number.len() == 7)
    };
    if let Some((_, long)) = SHORT.iter().find(|(start, _)| starts(start)) {
        return Some((*long).to_owned());
    }
    let extension = extension.to_ascii_lowercase();
    let whole = EXTENSIONS.iter().find(|(short, _)| *short == extension);
    let extension = whole.map_or(extension.as_str(), |(_, whole)| whole);
    Some([".", &lower, extension].concat())
}

/// Short names of names that do not become them again with a dot in front; the hashed ones as in
/// git.
const SHORT: [(&str, &str); 20] = [
    ("agents", "AGENTS.override.md"),
    ("circle", ".circleci"),
    ("copilo", "copilot-instructions.md"),
    ("creden", "credentials"),
    ("cursor", ".cursorrules"),
    ("devcon", ".devcontainer"),
    ("docker", "docker-compose.yml"),
    ("gi250a", ".gitignore"),
    // Before the other one that starts so, being the worse.
    ("gi7eba", ".gitmodules"),
    ("gi7d29", ".gitattributes"),
    ("git-cr", ".git-credentials"),
    ("gitatt", ".gitattributes"),
    ("gitign", ".gitignore"),
    ("gitlab", ".gitlab-ci.yml"),
    ("gitmod", ".gitmodules"),
    ("jenkin", "Jenkinsfile"),
    ("kubeco", ".kubeconfig"),
    ("produc", "production"),
    ("pre-co", ".pre-commit-config.yaml"),
    ("workfl", "workflows"),
];

/// Endings that three letters cut.
const EXTENSIONS: [(&str, &str); 9] = [
    (".dev", ".development"),
    (".exa", ".example"),
    (".jso", ".json"),
    (".loc", ".local"),
    (".pro", ".production"),
    (".sta", ".staging"),
    (".tes", ".test"),
    (".tom", ".toml"),
    (".yam", ".yaml"),
];

/// Returns true for characters that do not show; HFS+ leaves most of them out of names.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}'
        | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns the ASCII character that `c` looks like; the wide, bold and circled ones are already
/// plain.
pub(crate) const fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' | 'ɑ' => 'a',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'с' | 'ϲ' => 'c',
        'С' | 'Ϲ' => 'C',
        'ԁ' => 'd',
        'е' | 'ҽ' => 'e',
        'Е' | 'Ε' => 'E',
        'ɡ' => 'g',
        'Ԍ' => 'G',
        'һ' => 'h',
        'Н' | 'Η' => 'H',
        'і' | 'ι' | 'ı' => 'i',
        'І' | 'Ι' => 'I',
        'ј' => 'j',
        'Ј' => 'J',
        'к' | 'κ' => 'k',
        'К' | 'Κ' => 'K',
        'ӏ' | 'ⅼ' => 'l',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'ո' => 'n',
        'о' | 'ο' | 'օ' => 'o',
        'О' | 'Ο' => 'O',
        'р' | 'ρ' => 'p',
        'Р' | 'Ρ' => 'P',
        'ԛ' => 'q',
        'ѕ' => 's',
        'Ѕ' => 'S',
        'т' | 'τ' => 't',
        'Т' | 'Τ' => 'T',
        'υ' | 'ս' => 'u',
        'ѵ' | 'ν' => 'v',
        'ѡ' | 'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'Х' | 'Χ' => 'X',
        'у' | 'γ' => 'y',
        'Υ' | 'У' => 'Y',
        'Ζ' => 'Z',
        '․' | '꓿' | '·' | '。' | '܁' | '܂' | '٠' | '۰' | 'ꓸ' | '꘎' => '.',
        '∕' | '⁄' | '⧸' | '╱' => '/',
        '∖' | '⧵' => '\\',
        '‐' | '‑' | '–' | '−' => '-',
        '˸' | '∶' | '꞉' => ':',
        '˜' | '∼' => '~',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::is_invisible;
    use super::look_alike;
    use super::plain_text;

    #[test]
    fn makes_ascii_of_every_character_whose_form_kc_is_or_looks_like_ascii() {
        let mut left = Vec::new();
        for c in ('\u{80}'..=char::MAX).filter(|c| !is_invisible(*c)) {
            let text = c.to_string();
            let known: String = text.nfkc().map(|c| look_alike(c).unwrap_or(c)).collect();
            if known.is_ascii() && plain_text(&text).as_deref() != Some(&known) {
                left.push((c, known));
            }
        }
        assert_eq!(left, []);
    }
}
