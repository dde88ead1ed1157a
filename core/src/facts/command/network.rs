//! Which hosts the words of a command name.

use crate::facts::command::operand::option_values;
use crate::facts::command::reader::Reader;
use crate::facts::command::table::Network;
use crate::facts::command::table::Program;
use crate::facts::command::table::Runs;
use crate::facts::host::HostError;
use crate::facts::host::host_of;
use crate::facts::host::host_of_url;
use crate::facts::host::looks_like_url;
use crate::model::Attribute;

/// Options that name other hosts than the operands do, or a file that does.
const ELSEWHERE: &[&str] = &[
    "-K",
    "--config",
    "-x",
    "--proxy",
    "--preproxy",
    "--socks",
    "--resolve",
    "--connect-to",
    "--doh-url",
    "-i",
    "--input-file",
    "-J",
    "-W",
    "-o",
    "-F",
    "--netrc",
    "--unix-socket",
    "--abstract-unix-socket",
    "-e",
    "--execute",
    "-f",
    "--dns",
];

/// Letters of short options that take no value in curl and wget, so that the word behind them is
/// an operand.
const VALUELESS: &str = "sSfLkvIOgijNqc46G#";

impl Reader<'_> {
    /// Notes what a program of the table reaches; returns true where it fetches.
    pub(crate) fn network(&mut self, known: &Program, rest: &[String]) -> bool {
        let reaches = match known.network {
            Network::Never => match known.runs {
                Runs::Nothing | Runs::Command(_) => false,
                Runs::Script
                | Runs::Code
                | Runs::Anything
                | Runs::AnythingWith(_)
                | Runs::AnythingBut { .. } => self.urls(rest),
            },
            Network::Hosts => {
                self.hosts_among(rest, bare_host);
                true
            }
            Network::Remotes => {
                self.hosts_among(rest, remote_host);
                true
            }
            Network::Somewhere => {
                self.somewhere(rest, known.name);
                true
            }
            Network::With(subcommands) => {
                if first_words(rest).any(|words| subcommands.contains(&words.as_str())) {
                    self.somewhere(rest, known.name);
                    true
                } else {
                    self.urls(rest)
                }
            }
        };
        if reaches {
            self.out.network = true;
        }
        reaches
    }

    /// Notes the hosts of URLs among words; returns true where there are any.
    pub(crate) fn urls(&mut self, words: &[String]) -> bool {
        let mut found = false;
        for word in words {
            for part in std::iter::once(word.as_str()).chain(option_values(word)) {
                if looks_like_url(part) {
                    found = true;
                    self.host(host_of_url(part));
                }
            }
        }
        found
    }

    fn somewhere(&mut self, rest: &[String], name: &str) {
        let mut named = self.urls(rest);
        for word in rest {
            if let Some(host) = scp_host(word) {
                named = true;
                self.host(host_of(host));
            }
        }
        if !named {
            let reason = format!("which hosts `{name}` reaches, its configuration tells");
            self.doubts.dynamic(&Attribute::NetworkHosts, reason);
        }
    }

    fn hosts_among(&mut self, rest: &[String], read: fn(&str) -> Option<&str>) {
        let mut named = self.urls(rest);
        let mut unsure = false;
        let mut behind_option = false;
        for word in rest {
            if word.starts_with('-') && word.len() > 1 {
                unsure |= ELSEWHERE.iter().any(|option| word == option);
                let letters = word.get(1..).unwrap_or_default();
                let no_value = !letters.starts_with('-')
                    && (letters.ends_with(|c: char| c.is_ascii_digit())
                        || letters.chars().all(|letter| VALUELESS.contains(letter)));
                behind_option = !no_value && !word.contains('=');
                continue;
            }
            if looks_like_url(word) {
                behind_option = false;
                continue;
            }
            let numeric = word.bytes().all(|b| b.is_ascii_digit());
            if behind_option {
                behind_option = false;
                unsure |= !numeric;
            } else if !(numeric && named)
                && let Some(host) = read(word)
            {
                named = true;
                self.host(host_of(host));
            }
        }
        if unsure || !named {
            let reason = "which hosts are reached cannot be told from the words";
            self.doubts.dynamic(&Attribute::NetworkHosts, reason);
        }
    }

    fn host(&mut self, host: Result<String, HostError>) {
        match host {
            Ok(host) => {
                self.out.hosts.insert(host);
            }
            Err(error) => {
                let reason = error.to_string();
                self.doubts.unreadable(&Attribute::NetworkHosts, reason);
            }
        }
    }
}

/// Returns the first operand, the second, and both: what names a subcommand.
fn first_words(words: &[String]) -> impl Iterator<Item = String> {
    let mut operands = words.iter().filter(|word| !word.starts_with(['-', '+']));
    let first = operands.next().cloned();
    let second = operands.next().cloned();
    let both =
        first.as_ref().zip(second.as_ref()).map(|(first, second)| format!("{first} {second}"));
    [first, second, both].into_iter().flatten()
}

/// Returns the host of an operand that is a host, or a URL without its scheme.
fn bare_host(word: &str) -> Option<&str> {
    let word = word.strip_prefix('@').unwrap_or(word);
    if word.starts_with('+') {
        return None;
    }
    word.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

/// Returns the host of an operand that is `host`, `user@host` or `host:path`.
fn remote_host(word: &str) -> Option<&str> {
    if word.starts_with(['.', '/', '~']) {
        return None;
    }
    scp_host(word).or_else(|| (!word.contains(['/', ' '])).then_some(word))
}

/// Returns the host of `user@host:path` or `host:path`.
fn scp_host(word: &str) -> Option<&str> {
    let (host, _) = word.split_once(':')?;
    let fine = !host.is_empty() && !host.contains(['/', ' ', '=']) && !looks_like_url(word);
    fine.then_some(host)
}
