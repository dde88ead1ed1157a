//! Hosts, read as a browser reads them, so that two spellings of one host are one fact.

use std::net::Ipv4Addr;
use std::net::Ipv6Addr;

/// Why a host cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HostError {
    /// There is none.
    #[error("no host is given")]
    Missing,
    /// It has characters that no host has, or that look like others.
    #[error("the host has characters that are not read")]
    Character,
    /// Its last part is a number, but it is no IPv4 address.
    #[error("the host ends in a number but is no address")]
    Ipv4,
    /// It is in brackets, but it is no IPv6 address.
    #[error("the host in brackets is no address")]
    Ipv6,
    /// What stands behind it is no port.
    #[error("the port is not a number up to 65535")]
    Port,
    /// The URL has no scheme, or one that reaches no host.
    #[error("the URL has no scheme that reaches a host")]
    Scheme,
    /// It, or one of its labels, is too long.
    #[error("the host is too long")]
    TooLong,
}

impl HostError {
    /// Returns the stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "host_missing",
            Self::Character => "host_character",
            Self::Ipv4 => "host_ipv4",
            Self::Ipv6 => "host_ipv6",
            Self::Port => "host_port",
            Self::Scheme => "host_scheme",
            Self::TooLong => "host_too_long",
        }
    }
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

/// Returns the host that `text` names: a host, with or without a port, or a URL's authority.
///
/// Lower case, without port, user and the dot at the end; IPv4 in any notation as four numbers,
/// IPv6 in its shortest form without brackets, and as IPv4 where it stands for one.
///
/// # Errors
/// Where the text cannot be read as one host.
pub fn host_of(text: &str) -> Result<String, HostError> {
    let text = match text.rsplit_once('@') {
        Some((_, host)) => host,
        None => text,
    };
    if text.len() > 2048 {
        return Err(HostError::TooLong);
    }
    if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']').ok_or(HostError::Ipv6)?;
        match port.strip_prefix(':') {
            Some(port) => check_port(port)?,
            None if port.is_empty() => {}
            None => return Err(HostError::Port),
        }
        return ipv6(address);
    }
    if text.matches(':').count() > 1 {
        return ipv6(text);
    }
    let name = match text.split_once(':') {
        Some((name, port)) => {
            check_port(port)?;
            name
        }
        None => text,
    };
    domain(name)
}

/// Returns the host of a URL.
pub(crate) fn host_of_url(url: &str) -> Result<String, HostError> {
    if url.chars().any(|c| c.is_control() || c == ' ') {
        return Err(HostError::Character);
    }
    let (scheme, rest) = url.split_once(':').ok_or(HostError::Scheme)?;
    let scheme = scheme.to_ascii_lowercase();
    if !SCHEMES.contains(&scheme.as_str()) {
        return Err(HostError::Scheme);
    }
    let special = SPECIAL.contains(&scheme.as_str());
    let authority = if special {
        rest.trim_start_matches(['/', '\\'])
    } else {
        rest.strip_prefix("//").ok_or(HostError::Missing)?
    };
    let end = authority
        .find(|c| matches!(c, '/' | '?' | '#') || (special && c == '\\'))
        .unwrap_or(authority.len());
    let authority = authority.get(..end).unwrap_or_default();
    if !special && authority.contains('\\') {
        return Err(HostError::Character);
    }
    host_of(authority)
}

/// Returns true where `text` starts as a URL that names a host.
pub(crate) fn looks_like_url(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        let scheme = scheme.to_ascii_lowercase();
        SCHEMES.contains(&scheme.as_str()) && rest.starts_with(['/', '\\'])
    })
}

fn check_port(port: &str) -> Result<(), HostError> {
    let fine = port.is_empty()
        || (port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok());
    if fine { Ok(()) } else { Err(HostError::Port) }
}

fn ipv6(text: &str) -> Result<String, HostError> {
    let address: Ipv6Addr = text.parse().map_err(|_| HostError::Ipv6)?;
    Ok(match address.to_ipv4_mapped() {
        Some(mapped) => mapped.to_string(),
        None => address.to_string(),
    })
}

fn domain(name: &str) -> Result<String, HostError> {
    let decoded = percent_decoded(name).ok_or(HostError::Character)?;
    // Other characters may look like these, or become these on the way: they are not read.
    let lower = decoded.to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !lower.chars().all(plain) {
        return Err(HostError::Character);
    }
    let host = lower.strip_suffix('.').unwrap_or(&lower);
    if host.is_empty() {
        return Err(HostError::Missing);
    }
    if host.len() > 253 || host.split('.').any(|label| label.len() > 63) {
        return Err(HostError::TooLong);
    }
    if host.split('.').any(str::is_empty) {
        return Err(HostError::Character);
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    let numeric = last.bytes().all(|b| b.is_ascii_digit()) || number(last).is_some();
    if numeric {
        return ipv4(host).map(|address| address.to_string()).ok_or(HostError::Ipv4);
    }
    Ok(host.to_owned())
}

/// Reads IPv4 as browsers and libc do: one to four numbers, each decimal, octal or hexadecimal,
/// the last filling what is left.
fn ipv4(host: &str) -> Option<Ipv4Addr> {
    let numbers: Vec<u64> = host.split('.').map(number).collect::<Option<_>>()?;
    let (last, front) = numbers.split_last()?;
    if front.len() > 3 || front.iter().any(|n| *n > 255) {
        return None;
    }
    let mut address: u64 = 0;
    for n in front {
        address = address * 256 + n;
    }
    let left = 4 - u32::try_from(front.len()).ok()?;
    if *last >= 256_u64.pow(left) {
        return None;
    }
    let address = address * 256_u64.pow(left) + last;
    u32::try_from(address).ok().map(Ipv4Addr::from)
}

fn number(text: &str) -> Option<u64> {
    if let Some(hex) = text.strip_prefix("0x") {
        return if hex.is_empty() { Some(0) } else { u64::from_str_radix(hex, 16).ok() };
    }
    let (digits, radix) = match text.strip_prefix('0') {
        Some(octal) if !octal.is_empty() => (octal, 8),
        Some(_) | None => (text, 10),
    };
    let all_digits = digits.bytes().all(|b| b.is_ascii_digit());
    if !all_digits {
        return None;
    }
    u64::from_str_radix(digits, radix).ok()
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
