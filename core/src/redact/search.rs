//! The search: passes over a window that each look for literals, and what they hit.

use crate::redact::anchors::Anchors;
use crate::redact::command;
use crate::redact::host;
use crate::redact::key_name;
use crate::redact::known::KnownValues;
use crate::redact::map::LEAST_RUN;
use crate::redact::map::WindowMap;
use crate::redact::marker::OPEN;
use crate::redact::rules::Rules;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// A known value, in one of its forms.
    Known,
    /// A marker, a key's frame, the name of a command: told apart when it is looked at.
    Mark,
    /// A piece of a name that may be a secret's.
    Key,
    /// `://`
    Url,
    /// The beginning of a detector's pattern.
    Token { entry: usize },
    /// The beginning of a pattern that a `~` gave away.
    Tilde { entry: usize },
    /// `10.`
    Host,
    /// `@`
    At,
    /// `@` or `:` in percent encoding.
    Percent,
}

/// One hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) at: usize,
    pub(crate) what: What,
}

/// Literals that are looked for besides those of detectors.
const MARKS: &[&[u8]] = &[
    OPEN, b"-----BEGIN ", b"-----END ",
];

/// Finds names of secrets.
pub(crate) fn keys(more: &[&[u8]]) -> Anchors {
    Anchors::new(key_name::STEMS.iter().chain(more).copied())
}

/// Finds marks, commands, private hosts, and what of detectors does not lie in long runs.
pub(crate) fn marks<'a>(more: impl IntoIterator<Item = &'a [u8]>) -> Anchors {
    let fixed = MARKS.iter().chain(command::STEMS).chain(host::STEMS).copied();
    Anchors::new(fixed.chain(more))
}

/// The memory of a search, used again for each window.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    /// What was hit, in order.
    pub(crate) hits: Vec<Hit>,
    /// Where long runs lie.
    pub(crate) map: WindowMap,
}

impl Search {
    /// Fills `map` and `hits` from `bytes`.
    pub(crate) fn run(&mut self, bytes: &[u8], rules: &Rules, known: &KnownValues) {
        self.map(bytes);
        self.find(bytes, rules, known);
    }

    /// Fills `map` from `bytes`.
    pub(crate) fn map(&mut self, bytes: &[u8]) {
        self.map.fill(bytes);
    }

    /// Fills `hits` from `bytes`, whose map was made before.
    pub(crate) fn find(&mut self, bytes: &[u8], rules: &Rules, known: &KnownValues) {
        self.hits.clear();
        let hits = &mut self.hits;
        known.find(bytes, |at| hits.push(Hit { at, what: What::Known }));
        rules.keys.find(bytes, |at| hits.push(Hit { at, what: What::Key }));
        rules.marks.find(bytes, |at| hits.push(Hit { at, what: What::Mark }));
        for at in memchr::memchr3_iter(b'@', b'~', b'%', bytes) {
            match bytes.get(at..at + 3) {
                Some([b'@', ..]) => hits.push(Hit { at, what: What::At }),
                Some([b'~', ..]) => rules.tokens.find_tilde(bytes, at.saturating_sub(2), hits),
                Some(b"%40" | b"%3A" | b"%3a") => hits.push(Hit { at, what: What::Percent }),
                Some(_) | None => {}
            }
        }
        for at in memchr::memmem::find_iter(bytes, b"://") {
            hits.push(Hit { at, what: What::Url });
        }
        for at in memchr::memmem::find_iter(bytes, b"10.") {
            // A number's last digits begin no address.
            let before = at.checked_sub(1).and_then(|at| bytes.get(at));
            if !before.is_some_and(u8::is_ascii_digit) {
                hits.push(Hit { at, what: What::Host });
            }
        }
        for (start, end) in &self.map.runs {
            debug_assert!(end - start >= LEAST_RUN);
            rules.tokens.find(bytes, *start, *end, hits);
        }
        hits.sort_unstable();
    }
}

#[cfg(test)]
mod bench_passes {
    #[test]
    fn passes() {
        let text = std::fs::read("/tmp/log.txt").unwrap();
        let rules = crate::redact::rules::Rules::built_in();
        let time = |name: &str, mut f: Box<dyn FnMut(&[u8]) -> usize>| {
            let mut best = f64::MAX; let mut n = 0;
            for _ in 0..5 { let t = std::time::Instant::now(); n = 0; for w in text.chunks(65536) { n += f(w); } best = best.min(t.elapsed().as_secs_f64()); }
            println!("{name:20} {:8.0} MB/s  {:.3} ns/B  hits/MB {:.0}", text.len() as f64/best/1e6, best*1e9/text.len() as f64, n as f64*1e6/text.len() as f64);
        };
        let r = rules.clone(); time("keys", Box::new(move |w| { let mut n=0; r.keys.find(w, |_| n+=1); n }));
        for (i, s) in rules.keys.parts().into_iter().enumerate() { time(&format!("keys {i}"), Box::new(move |w| { let mut n=0; s.find(w, |_| n+=1); n })); }
        let r = rules.clone(); time("marks", Box::new(move |w| { let mut n=0; r.marks.find(w, |_| n+=1); n }));
        for (i, s) in rules.marks.parts().into_iter().enumerate() { time(&format!("marks {i}"), Box::new(move |w| { let mut n=0; s.find(w, |_| n+=1); n })); }
        time("@", Box::new(|w| memchr::memchr_iter(b'@', w).count()));
        time("://", Box::new(|w| memchr::memmem::find_iter(w, b"://").count()));
        time("10.", Box::new(|w| memchr::memmem::find_iter(w, b"10.").count()));
        let mut map = crate::redact::map::WindowMap::default();
        time("map", Box::new(move |w| { map.fill(w); map.runs.len() }));
        let mut map = crate::redact::map::WindowMap::default(); let mut hits=Vec::new(); let r = rules.clone();
        time("map+tokens", Box::new(move |w| { map.fill(w); hits.clear(); for (s,e) in &map.runs { r.tokens.find(w,*s,*e,&mut hits);} hits.len() }));
        
    }
}
