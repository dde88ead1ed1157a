//! The options of ps, which has those of two kinds.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::notation;
use crate::facts::program::notation::Found;
use crate::facts::program::notation::Spec;
use crate::facts::program::term::Term;
use crate::facts::word::Piece;
use crate::facts::word::Word;
use crate::model::CommandEffect;

/// Options behind a dash; `F` is a list of what is shown, and `E` shows the environment.
const DASHED: &[&str] =
    &["-AaNdefFjlMycHLmTVwxXZPrSv -E#E -O=F -o=F -C= -G= -g= -p= -q= -s= -t= -u= -U= -n= Group= \
     User= cols= columns= width= context cumulative deselect forest format=F group= headers \
     headings no-headers no-heading no-headings help=? info lines= rows= pid= ppid= quick-pid= \
     sid= signames sort=F tty= user= version delimiter="];

/// Options without a dash.
const BARE: &[&str] = &["-acfghjlmnrsSTuvVwxXZLHA -e#E -o=F -O=F -k=F -p= -q= -t= -U= -N="];

/// Reads the words of ps, which can show what processes were started with.
pub(in crate::facts::program) fn ps(call: &mut Call<'_>) {
    let words = call.words;
    let mut at = 0;
    while let Some(term) = words.get(at) {
        at += 1;
        let text = &*term.text;
        if !term.tail.is_empty() && !text.starts_with("--") {
            environment(call);
            call.out.dynamic("an option of ps is known only at run time:", text);
        } else if text.starts_with("--") {
            let name = text.split('=').next().unwrap_or(text);
            let value = term.split('=').map(|(_, value)| value);
            match notation::abbreviated(DASHED, name) {
                Found::One(spec) => valued(call, spec, value, &mut at),
                Found::Several | Found::Nothing => unknown(call, text),
            }
        } else if let Some(rest) = term.without("-") {
            cluster(call, &rest, DASHED, &mut at);
        } else if !text.bytes().all(|b| b.is_ascii_digit() || b == b',') {
            cluster(call, term, BARE, &mut at);
        }
    }
}

fn cluster(call: &mut Call<'_>, term: &Term<'_>, list: &[&'static str], at: &mut usize) {
    const LONGEST: usize = 24;
    for (index, letter) in term.text.char_indices().take(LONGEST) {
        let Some(spec) = notation::short(list, letter) else {
            return unknown(call, &term.text);
        };
        let rest = term.after(index + letter.len_utf8());
        if !spec.roles.is_empty() {
            return valued(call, spec, (!rest.is_empty()).then_some(rest), at);
        }
        valued(call, spec, None, at);
    }
    if term.text.len() > LONGEST {
        unknown(call, &term.text);
    }
}

fn valued(call: &mut Call<'_>, spec: Spec, attached: Option<Term<'_>>, at: &mut usize) {
    if spec.modes.contains('E') {
        environment(call);
    }
    if spec.roles.is_empty() || spec.optional {
        return;
    }
    let words = call.words;
    let value = attached.or_else(|| {
        *at += 1;
        words.get(*at - 1).cloned()
    });
    if let Some(value) = value
        && spec.roles == "F"
        && (!value.tail.is_empty() || value.text.contains("env"))
    {
        environment(call);
    }
}

fn unknown(call: &mut Call<'_>, text: &str) {
    call.out.dynamic("an option is not known:", text);
}

/// Notes that the environment of processes is shown, as reading the file of it would.
fn environment(call: &mut Call<'_>) {
    call.out.has(CommandEffect::DumpsEnvironment);
    let pieces = vec![
        Piece::Text("/proc/".to_owned()),
        Piece::Glob("*".to_owned()),
        Piece::Text("/environ".to_owned()),
    ];
    call.out.touch(Word { pieces }, Touch::Read);
}
