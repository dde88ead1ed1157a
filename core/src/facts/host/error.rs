//! Why a host cannot be read.

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
    /// Where it starts and ends is read in different ways by different programs.
    #[error("programs differ in which host this names")]
    Ambiguous,
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
            Self::Ambiguous => "host_ambiguous",
        }
    }
}
