//! IPv4 and IPv6 addresses in the notations that browsers and libc read.

use std::net::Ipv4Addr;
use std::net::Ipv6Addr;

use crate::facts::host::HostError;

/// Reads IPv4 as browsers and libc do: one to four numbers, each decimal, octal or hexadecimal,
/// the last filling what is left.
pub(crate) fn ipv4(host: &str) -> Option<Ipv4Addr> {
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

/// Returns true where the last label is a number, however large, so that the host is an address
/// or nothing.
pub(crate) fn is_numeric(label: &str) -> bool {
    match label.strip_prefix("0x") {
        Some(hex) => hex.bytes().all(|b| b.is_ascii_hexdigit()),
        None => !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit()),
    }
}

/// Reads an IPv6 address without its brackets, in its shortest form; as IPv4 where it is mapped.
pub(crate) fn ipv6(text: &str) -> Result<String, HostError> {
    let address: Ipv6Addr = text.parse().map_err(|_| HostError::Ipv6)?;
    Ok(match address.to_ipv4_mapped() {
        Some(mapped) => mapped.to_string(),
        None => address.to_string(),
    })
}

/// Returns the IPv4 address that an IPv6 address carries and traffic to it may end at: mapped,
/// compatible, translated (NAT64), 6to4 and Teredo.
pub(crate) fn carried(address: Ipv6Addr) -> Option<Ipv4Addr> {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return Some(mapped);
    }
    let [a, b, c, d, e, f, high, low] = address.segments();
    let (high, low) = match (a, b, c, d, e, f) {
        // The address of the client of Teredo stands inverted.
        (0x2001, 0, _, _, _, _) => (!high, !low),
        (0x2002, high, low, _, _, _) => (high, low),
        (0x64, 0xff9b, 0 | 1, ..) | (0, 0, 0, 0, 0, 0) | (0, 0, 0, 0, 0xffff, 0) => (high, low),
        _ => return None,
    };
    Some(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)))
}

fn number(text: &str) -> Option<u64> {
    if !is_numeric(text) {
        return None;
    }
    let (digits, radix) = match (text.strip_prefix("0x"), text.strip_prefix('0')) {
        (Some(hex), _) => (hex, 16),
        (None, Some(octal)) => (octal, 8),
        (None, None) => (text, 10),
    };
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, radix).ok() }
}

#[cfg(test)]
mod tests {
    use super::ipv4;

    #[test]
    fn reads_every_number_that_libc_reads() {
        for text in ["127.0.0.1", "127.1", "0177.1", "0x7f.1", "2130706433", "017700000001"] {
            assert_eq!(ipv4(text).map(|ip| ip.to_string()).as_deref(), Some("127.0.0.1"), "{text}");
        }
        for text in ["", "1.", "+1", "0x+1", "08", "1.2.3.256", "1.2.3.4.5", "4294967296"] {
            assert_eq!(ipv4(text), None, "{text}");
        }
    }
}
