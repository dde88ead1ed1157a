//! Unicode Normalization Form C.
//!
//! The iterator of the crate links the tables of every form; these are the canonical ones alone.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::char::compose;
use unicode_normalization::char::decompose_canonical;

use crate::model::ordered::sort;

/// Returns `text` in Normalization Form C.
pub(crate) fn nfc(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    composed(&decomposed(text)).into_iter().collect()
}

/// Returns the canonical decomposition: each character with its combining class, marks in order.
fn decomposed(text: &str) -> Vec<(u8, char)> {
    let mut out: Vec<(u8, char)> = Vec::with_capacity(text.len());
    let mut marks: Vec<(u8, usize, char)> = Vec::new();
    for c in text.chars() {
        decompose_canonical(c, |part| {
            let class = canonical_combining_class(part);
            if class == 0 {
                flush(&mut marks, &mut out);
                out.push((class, part));
            } else {
                // The place keeps marks of one class in the order in which they stand.
                marks.push((class, marks.len(), part));
            }
        });
    }
    flush(&mut marks, &mut out);
    out
}

fn flush(marks: &mut Vec<(u8, usize, char)>, out: &mut Vec<(u8, char)>) {
    sort(marks);
    out.extend(marks.drain(..).map(|(class, _, c)| (class, c)));
}

/// Joins each starter with what follows it, unless something of the same or a higher class stands
/// between.
fn composed(parts: &[(u8, char)]) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(parts.len());
    let mut starter = None;
    let mut between = 0;
    for (class, c) in parts {
        let joined = starter
            .filter(|_| between == 0 || between < *class)
            .and_then(|at| out.get_mut(at))
            .and_then(|first| compose(*first, *c).map(|joined| *first = joined));
        if joined.is_some() {
            continue;
        }
        if *class == 0 {
            starter = Some(out.len());
        }
        between = *class;
        out.push(*c);
    }
    out
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::nfc;

    #[test]
    fn is_the_form_c_of_every_character() {
        for c in '\0'..=char::MAX {
            let text = format!("{c}e{c}\u{323}\u{301}{c}");
            assert_eq!(nfc(&text), text.nfc().collect::<String>(), "{c:?}");
        }
    }

    #[test]
    fn is_the_form_c_of_marks_starters_and_hangul_in_every_order() {
        const PARTS: [char; 16] = [
            'a', 'e', 'q', '\u{301}', '\u{323}', '\u{327}', '\u{345}', '\u{1100}', '\u{1161}',
            '\u{11a8}', '\u{ac00}', '\u{e9}', '\u{958}', '\u{212b}', '\u{9c7}', '\u{9be}',
        ];
        for number in 0..16_usize.pow(5) {
            let text: String = (0..5).map(|at| PARTS[number >> (4 * at) & 15]).collect();
            assert_eq!(nfc(&text), text.nfc().collect::<String>(), "{text:?}");
        }
    }
}
