//! The name of a secret in the styles of languages and formats.

/// Returns `name`, which is in capitals with underscores, in `style`; nothing for another word.
pub(crate) fn styled(name: &str, style: &str) -> Option<String> {
    let lower = name.to_lowercase();
    Some(match style {
        "KEY" => name.to_owned(),
        "key" => lower,
        "kebab" => lower.replace('_', "-"),
        "dotted" => lower.replace('_', "."),
        "spaced" => lower.replace('_', " "),
        "Pascal" => capitals(&lower),
        "Key" => {
            let pascal = capitals(&lower);
            pascal[..1].to_lowercase() + &pascal[1..]
        }
        _ => return None,
    })
}

fn capitals(lower: &str) -> String {
    lower
        .split('_')
        .filter(|word| !word.is_empty())
        .map(|word| word[..1].to_uppercase() + &word[1..])
        .collect()
}
