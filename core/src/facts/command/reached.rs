//! Which hosts the words of a command name.

use crate::facts::command::reader::Reader;
use crate::facts::host::HostError;
use crate::facts::host::host_of;
use crate::facts::host::host_of_url;
use crate::facts::host::looks_like_url;
use crate::facts::program::Host;
use crate::facts::program::Reach;
use crate::facts::word::Word;
use crate::model::Attribute;

impl Reader<'_> {
    /// Notes what a program reaches.
    pub(super) fn reach(&mut self, reach: &Reach, name: &str) {
        self.out.network = true;
        for (word, kind) in &reach.hosts {
            let start = word.known_start();
            let Some(texts) = word.choices() else {
                // A path behind the host does not change which host it is.
                let path = start.split_once("://").and_then(|(_, rest)| rest.find(['/', '?', '#']));
                if path.is_some() && looks_like_url(start) {
                    self.host(host_of_url(start));
                    continue;
                }
                let reason = "which host is reached is known only at run time";
                self.doubts.dynamic(&Attribute::NetworkHosts, reason);
                continue;
            };
            for text in texts {
                self.host(match kind {
                    Host::Url if looks_like_url(&text) => host_of_url(&text),
                    Host::Url => host_of(bare(&text)),
                    Host::Name => host_of(behind_user(&text)),
                    Host::Remote if looks_like_url(&text) => host_of_url(&text),
                    Host::Remote => host_of(behind_user(remote(&text))),
                });
            }
        }
        if reach.elsewhere {
            let reason = format!("which hosts `{name}` reaches, its configuration tells");
            self.doubts.dynamic(&Attribute::NetworkHosts, reason);
        }
    }

    /// Notes a host, or why it cannot be read.
    pub(super) fn host(&mut self, host: Result<String, HostError>) {
        match host {
            Ok(host) => {
                self.out.hosts.insert(host);
            }
            // The text may hold a password: the reason alone is told.
            Err(error) => {
                self.doubts.unreadable(&Attribute::NetworkHosts, error.to_string());
            }
        }
    }

    /// Notes the host of the file that bash connects to instead of opening it.
    pub(super) fn socket(&mut self, path: &Word) {
        let start = path.known_start();
        let Some(rest) = ["/dev/tcp/", "/dev/udp/"].iter().find_map(|p| start.strip_prefix(p))
        else {
            return;
        };
        self.out.network = true;
        match path.literal() {
            Some(_) => self.host(host_of(rest.split('/').next().unwrap_or_default())),
            None => {
                let reason = "which host is reached is known only at run time";
                self.doubts.dynamic(&Attribute::NetworkHosts, reason);
            }
        }
    }
}

/// Returns the host of a URL without its scheme.
fn bare(text: &str) -> &str {
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    behind_user(text.get(..end).unwrap_or(text))
}

fn behind_user(text: &str) -> &str {
    text.rsplit_once('@').map_or(text, |(_, host)| host)
}

/// Returns the host of `host:path`; an IPv6 address stands in brackets.
fn remote(text: &str) -> &str {
    if let Some((host, _)) = text.split_once("]:") {
        return text.get(..host.len() + 1).unwrap_or(text);
    }
    text.split_once(':').map_or(text, |(host, _)| host)
}
