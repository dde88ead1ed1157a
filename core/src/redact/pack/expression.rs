//! Regular expressions of packs, in linear time. The only user of the regex crate.

#[cfg(feature = "regex")]
pub(crate) use with_regex::Expression;
#[cfg(not(feature = "regex"))]
pub(crate) use without_regex::Expression;

#[cfg(feature = "regex")]
mod with_regex {
    use regex::bytes::Regex;
    use regex::bytes::RegexBuilder;

    use crate::redact::pattern::Matched;

    /// The largest program that an expression may become.
    const MAX_PROGRAM: usize = 1 << 20;
    /// The deepest that groups may nest.
    const MAX_NEST: u32 = 64;

    /// A compiled expression.
    #[derive(Clone, Debug)]
    pub(crate) struct Expression(Regex);

    impl Expression {
        /// Returns the expression that `text` spells.
        pub(crate) fn parse(text: &str) -> Result<Self, String> {
            let built = RegexBuilder::new(text)
                .unicode(false)
                .size_limit(MAX_PROGRAM)
                .nest_limit(MAX_NEST)
                .build();
            built.map(Self).map_err(|error| {
                // The crate draws the place below the pattern: what counts is its last line.
                let message = error.to_string();
                let last = message.lines().last().unwrap_or_default().trim();
                last.strip_prefix("error: ").unwrap_or(last).to_owned()
            })
        }

        /// Returns true where it matches somewhere in `text`.
        pub(crate) fn is_in(&self, text: &[u8]) -> bool {
            self.0.is_match(text)
        }

        /// Returns the first match that `accept` takes, where `group` is the secret: without one
        /// the first group that took part, or all of it.
        pub(crate) fn find(
            &self,
            text: &[u8],
            group: Option<usize>,
            accept: impl Fn(Matched) -> bool,
        ) -> Option<Matched> {
            let found = self.0.captures_iter(text).map(|captures| {
                let whole = captures.get(0)?;
                let first = || captures.iter().skip(1).flatten().find(|part| !part.is_empty());
                let secret = match group {
                    Some(group) => captures.get(group)?,
                    None => first().unwrap_or(whole),
                };
                let matched = Matched {
                    start: whole.start(),
                    end: whole.end(),
                    secret_start: secret.start(),
                    secret_end: secret.end(),
                };
                Some(matched).filter(|it| it.secret_start < it.secret_end && accept(*it))
            });
            found.flatten().next()
        }
    }
}

#[cfg(not(feature = "regex"))]
mod without_regex {
    use crate::redact::pattern::Matched;

    /// No expression: this build has none, and leaving one out would let its secrets through.
    #[derive(Clone, Debug)]
    pub(crate) enum Expression {}

    impl Expression {
        /// Refuses every expression.
        pub(crate) fn parse(_text: &str) -> Result<Self, String> {
            Err("this build has none; use the build with the feature `regex`".to_owned())
        }

        pub(crate) fn is_in(&self, _text: &[u8]) -> bool {
            match *self {}
        }

        pub(crate) fn find(
            &self,
            _text: &[u8],
            _group: Option<usize>,
            _accept: impl Fn(Matched) -> bool,
        ) -> Option<Matched> {
            match *self {}
        }
    }
}
