//! The host, and the port, that a text names.

use crate::facts::host::HostError;
use crate::facts::host::address::ipv4;
use crate::facts::host::address::ipv6;
use crate::facts::host::address::is_numeric;

/// What a URL or an authority reaches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Endpoint {
    /// The host, as [`host_of`] gives it.
    pub host: String,
    /// The port: as written, or else the usual one of the scheme, if there is one.
    pub port: Option<u16>,
}

/// Schemes whose URLs name a host.
const SCHEMES: [&str; 17] = [
    "ftp",
    "ftps",
    "git",
    "git+http",
    "git+https",
    "git+ssh",
    "gopher",
    "http",
    "https",
    "ldap",
    "ldaps",
    "rsync",
    "scp",
    "sftp",
    "ssh",
    "ws",
    "wss",
];

/// Schemes for which a browser takes any number of slashes, and backslashes for slashes.
const SPECIAL: [&str; 5] = ["ftp", "http", "https", "ws", "wss"];

/// The ports that schemes reach where none is written.
const PORTS: [(&str, u16); 14] = [
    ("ftp", 21),
    ("ftps", 990),
    ("git", 9418),
    ("git+http", 80),
    ("git+https", 443),
    ("git+ssh", 22),
    ("http", 80),
    ("https", 443),
    ("ldap", 389),
    ("ldaps", 636),
    ("sftp", 22),
    ("ssh", 22),
    ("ws", 80),
    ("wss", 443),
];

/// Returns the host that `text` names: a host, with or without a port, or a URL's authority.
///
/// Lower case, without port, user and the dot at the end; IPv4 in any notation as four numbers,
/// IPv6 in its shortest form without brackets, and as IPv4 where it stands for one. A name beyond
/// ASCII is refused: its `xn--` form is read.
///
/// # Errors
/// Where the text cannot be read as one host, or programs would read different ones.
pub fn host_of(text: &str) -> Result<String, HostError> {
    endpoint_of(text).map(|endpoint| endpoint.host)
}

/// Returns the host and port of a host or a URL's authority.
///
/// # Errors
/// As [`host_of`].
pub fn endpoint_of(text: &str) -> Result<Endpoint, HostError> {
    // Two colons without brackets are an address that nothing stands behind.
    let bare = !text.starts_with('[') && !text.contains('@') && text.matches(':').count() > 1;
    if bare {
        return Ok(Endpoint { host: ipv6(text)?, port: None });
    }
    authority(text)
}

/// Returns the host of a URL.
pub(crate) fn host_of_url(url: &str) -> Result<String, HostError> {
    endpoint_of_url(url).map(|endpoint| endpoint.host)
}

/// Returns the host and port of a URL.
///
/// By the rules of the WHATWG, but for what other readers take for another host, which is
/// refused: white space, two `@`, and an `@` behind `host\\`, `host?` or `host#`.
///
/// # Errors
/// Where the text cannot be read as a URL that reaches one host.
pub fn endpoint_of_url(url: &str) -> Result<Endpoint, HostError> {
    if url.chars().any(|c| c.is_control() || c == ' ') {
        return Err(HostError::Character);
    }
    let (scheme, rest) = url.split_once(':').ok_or(HostError::Scheme)?;
    let scheme = scheme.to_ascii_lowercase();
    if !SCHEMES.contains(&scheme.as_str()) {
        return Err(HostError::Scheme);
    }
    let special = SPECIAL.contains(&scheme.as_str());
    let rest = if special {
        rest.trim_start_matches(['/', '\\'])
    } else {
        rest.strip_prefix("//").ok_or(HostError::Missing)?
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
    // A browser ends the host at a backslash; others read on.
    let (host, more) = host.split_once('\\').unwrap_or((host, ""));
    let read_on = more.starts_with('.') || more.contains(['@', ':', '\\']);
    let backslash = !special && rest.get(..end).is_some_and(|host| host.contains('\\'));
    if read_on || backslash || (!behind.starts_with('/') && behind.contains('@')) {
        return Err(HostError::Ambiguous);
    }
    let mut endpoint = authority(host)?;
    if endpoint.port.is_none() {
        let usual = PORTS.iter().find(|(name, _)| *name == scheme);
        endpoint.port = usual.map(|(_, port)| *port);
    }
    Ok(endpoint)
}

/// Reads `user:password@host:port`.
fn authority(text: &str) -> Result<Endpoint, HostError> {
    if text.len() > 2048 {
        return Err(HostError::TooLong);
    }
    let text = match text.rsplit_once('@') {
        Some((user, _)) if !user.bytes().all(is_plain_in_user) => {
            return Err(HostError::Ambiguous);
        }
        Some((_, host)) => host,
        None => text,
    };
    if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']').ok_or(HostError::Ipv6)?;
        let port = match port.strip_prefix(':') {
            Some(port) => port_of(port)?,
            None if port.is_empty() => None,
            None => return Err(HostError::Port),
        };
        return Ok(Endpoint { host: ipv6(address)?, port });
    }
    let (name, port) = match text.split_once(':') {
        Some((name, port)) => (name, port_of(port)?),
        None => (text, None),
    };
    Ok(Endpoint { host: domain(name)?, port })
}

/// Returns true for what the user and password of a URL may hold; what else stands there, one
/// reader takes for a part of it and another for the end of the host.
const fn is_plain_in_user(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')')
        || matches!(byte, b'*' | b'+' | b',' | b';' | b'=' | b':' | b'%')
}

/// Returns true where `text` starts as a URL that names a host.
pub(crate) fn looks_like_url(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        let scheme = scheme.to_ascii_lowercase();
        SCHEMES.contains(&scheme.as_str()) && rest.starts_with(['/', '\\'])
    })
}

fn port_of(port: &str) -> Result<Option<u16>, HostError> {
    if port.is_empty() {
        return Ok(None);
    }
    if !port.bytes().all(|b| b.is_ascii_digit()) {
        return Err(HostError::Port);
    }
    port.parse().map(Some).map_err(|_| HostError::Port)
}

fn domain(name: &str) -> Result<String, HostError> {
    let decoded = percent_decoded(name).ok_or(HostError::Character)?;
    // Other characters may look like these, or become these on the way: they are not read.
    let lower = decoded.to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    // With `-` in front it is an option to the program that is given it.
    if !lower.chars().all(plain) || lower.starts_with('-') {
        return Err(HostError::Character);
    }
    let host = lower.strip_suffix('.').unwrap_or(&lower);
    if host.is_empty() {
        return Err(HostError::Missing);
    }
    if host.len() > 253 || host.split('.').any(|label| label.len() > 63) {
        return Err(HostError::TooLong);
    }
    // Nothing is encoded in `xn--name-`: some readers take it for `name`, others refuse it.
    let hollow =
        |label: &str| label.strip_prefix("xn--").is_some_and(|l| l.is_empty() || l.ends_with('-'));
    if host.split('.').any(|label| label.is_empty() || hollow(label)) {
        return Err(HostError::Character);
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    if is_numeric(last) {
        return ipv4(host).map(|address| address.to_string()).ok_or(HostError::Ipv4);
    }
    Ok(host.to_owned())
}

/// Decodes `%xx` once; `None` where the bytes are no text.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).filter(|_| *byte == b'%');
        let decoded = digits
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match decoded {
            Some(value) => {
                out.push(value);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests;
