use crate::facts::program::effects::Touch;
use crate::facts::program::evaluate::evaluate;
use crate::facts::program::row::ONE_DASH;
use crate::facts::program::row::RAW;
use crate::facts::program::row::Row;
use crate::facts::program::row::SHARED;
use crate::facts::program::table::FAMILIES;
use crate::facts::word::Word;
use crate::model::CommandEffect;

const MARK: &str = "PWNED";

/// One spelling of an option, and what the table says of it.
struct Spelling {
    words: Vec<String>,
    says: &'static str,
}

fn spellings(row: &'static Row) -> Vec<Spelling> {
    let mut out = Vec::new();
    for entry in row.options.iter().flat_map(|list| list.split(' ')) {
        let at = entry.find(['=', '#', '!']).unwrap_or(entry.len());
        let (names, says) = entry.split_at(at);
        for name in names.split(',').filter(|name| !name.is_empty()) {
            let short = name.starts_with('-') && !row.is(ONE_DASH);
            let each: Vec<String> = if short {
                name.chars().skip(1).map(|letter| format!("-{letter}")).collect()
            } else if name.starts_with(['-', '+']) {
                vec![name.to_owned()]
            } else {
                vec![format!("--{name}")]
            };
            for option in each {
                let attached = if short || says.contains("#g") || option.ends_with(':') {
                    format!("{option}{MARK}")
                } else {
                    format!("{option}={MARK}")
                };
                let takes = says.starts_with('=');
                let optional = says.starts_with("=?");
                if takes {
                    out.push(Spelling { words: vec![attached], says });
                }
                if takes && !optional && !option.ends_with(':') {
                    out.push(Spelling { words: vec![option, MARK.to_owned()], says });
                } else if !takes {
                    out.push(Spelling { words: vec![option], says });
                }
            }
        }
    }
    out
}

/// Returns what the table says of an option but the call does not.
fn missed(prefix: &[String], spelling: &Spelling) -> Option<String> {
    let words: Vec<Word> = prefix.iter().chain(&spelling.words).map(Word::text).collect();
    let mut found = evaluate(&words);
    let doubted = !found.doubts.is_empty();
    found.doubts.clear();
    let text = format!("{found:?}");
    let touched = |wanted: Touch| {
        let mut paths = found.paths.iter();
        paths.any(|(word, touch)| *touch == wanted && format!("{word:?}").contains(MARK))
    };
    let says = spelling.says;
    let (rest, effect) = says.split_once('!').unwrap_or((says, ""));
    let known = CommandEffect::from_name(effect);
    let effect_missed = known.is_some_and(|effect| !found.effects.contains(&effect));
    let roles = rest.strip_prefix('=').unwrap_or_default();
    let roles = roles.strip_prefix('?').unwrap_or(roles).split('#').next().unwrap_or_default();
    let value_missed = match roles.chars().next() {
        Some('r' | 's') => !touched(Touch::Read),
        Some('w') => !touched(Touch::Write),
        Some('x') => !touched(Touch::Execute),
        Some('l' | 'g') => !touched(Touch::List),
        Some('c' | 'p' | 'y') => !format!("{:?}", found.runs).contains(MARK),
        Some('u' | 'h') => !format!("{:?}", found.network).contains(MARK),
        Some('b' | 'd' | 'm' | 'M') => !text.contains(MARK),
        Some('k') => !found.effects.contains(&CommandEffect::OverridesConfiguration),
        Some('o') => !found.effects.contains(&CommandEffect::LoadsCode),
        Some('z') => !doubted,
        Some(_) | None => false,
    };
    (effect_missed || value_missed)
        .then(|| format!("{} {}: {says}", prefix.join(" "), spelling.words.join(" ")))
}

fn walk(rows: &'static [Row], prefix: &[String], wrong: &mut Vec<String>, count: &mut usize) {
    for row in rows {
        if row.names == " " {
            walk(row.subcommands, prefix, wrong, count);
            continue;
        }
        let mut words = prefix.to_vec();
        words.extend(row.first_name().split(' ').map(str::to_owned));
        if !row.is(RAW) {
            for spelling in spellings(row) {
                *count += 1;
                let mut line = words.clone();
                let mut lines = vec![line.clone()];
                // An option of the program itself stands before its subcommand, or behind it.
                if let Some(sub) = row.subcommands.iter().find(|sub| sub.is(SHARED)) {
                    line.push(sub.first_name().to_owned());
                    lines.push(line);
                }
                wrong.extend(lines.iter().filter_map(|line| missed(line, &spelling)));
            }
        }
        walk(row.subcommands, &words, wrong, count);
    }
}

#[test]
fn every_option_does_what_the_table_says_however_it_is_spelled() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for rows in FAMILIES {
        walk(rows, &[], &mut wrong, &mut count);
    }
    assert!(count > 3000, "{count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
