//! What kind of place a host is.

use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;

use crate::facts::host::HostError;
use crate::facts::host::address::carried;
use crate::facts::host::host_of;
use crate::model::closed_table;

closed_table! {
    /// What kind of place a host is, as far as its text tells: a public name may still resolve
    /// to an address of any kind, which whoever connects must check.
    HostClass: "host class" {
        /// A name or address of the internet.
        Public = "public",
        /// An address of a carrier's shared network, 100.64.0.0/10.
        Shared = "shared" | "cgnat",
        /// An address of a private network, or a name that only such a network knows.
        Private = "private",
        /// An address or name of the local link.
        LinkLocal = "link_local",
        /// The machine itself.
        Loopback = "loopback",
        /// The address that stands for every address of the machine.
        Unspecified = "unspecified",
        /// An address of a group, or of everyone.
        Multicast = "multicast",
        /// An address for documents, benchmarks or a future use.
        Reserved = "reserved",
        /// The service that tells a cloud machine its credentials.
        Metadata = "metadata",
    }
}

/// Returns the kind of place that `host` is: a host as [`host_of`] reads it.
///
/// # Errors
/// Where the text cannot be read as one host.
///
/// # Example
/// ```
/// use bailiwick::HostClass;
/// use bailiwick::host_class;
///
/// assert_eq!(host_class("0x7f.1"), Ok(HostClass::Loopback));
/// assert_eq!(host_class("[::ffff:169.254.169.254]:80"), Ok(HostClass::Metadata));
/// assert_eq!(host_class("example.org"), Ok(HostClass::Public));
/// ```
pub fn host_class(host: &str) -> Result<HostClass, HostError> {
    let host = host_of(host)?;
    Ok(match host.parse() {
        Ok(IpAddr::V4(address)) => of_ipv4(address),
        Ok(IpAddr::V6(address)) => of_ipv6(address),
        Err(_) => of_name(&host),
    })
}

fn of_ipv4(address: Ipv4Addr) -> HostClass {
    match address.octets() {
        [0, ..] => HostClass::Unspecified,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => HostClass::Private,
        [127, ..] => HostClass::Loopback,
        // Amazon, Google, Azure and most others; the container credentials of Amazon; Alibaba;
        // Oracle; the wire server of Azure.
        [169, 254, 169, 254] | [169, 254, 170, 2 | 23] => HostClass::Metadata,
        [100, 100, 100, 200] | [192, 0, 0, 192] | [168, 63, 129, 16] => HostClass::Metadata,
        [100, 64..=127, ..] => HostClass::Shared,
        [169, 254, ..] => HostClass::LinkLocal,
        [224..=239, ..] | [255, 255, 255, 255] => HostClass::Multicast,
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 18 | 19, ..] => HostClass::Reserved,
        [198, 51, 100, _] | [203, 0, 113, _] | [240..=255, ..] => HostClass::Reserved,
        _ => HostClass::Public,
    }
}

fn of_ipv6(address: Ipv6Addr) -> HostClass {
    if address.is_unspecified() {
        return HostClass::Unspecified;
    }
    if address.is_loopback() {
        return HostClass::Loopback;
    }
    if let Some(carried) = carried(address) {
        return match of_ipv4(carried) {
            HostClass::Public => HostClass::Reserved,
            inner => inner,
        };
    }
    match address.segments() {
        [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254 | 0x23] => HostClass::Metadata,
        [0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254] => HostClass::Metadata,
        [0xfe80..=0xfebf, ..] => HostClass::LinkLocal,
        // Unique local addresses, and the site-local ones of old.
        [0xfc00..=0xfdff | 0xfec0..=0xfeff, ..] => HostClass::Private,
        [0xff00..=0xffff, ..] => HostClass::Multicast,
        [0x2001, 0..=0x1ff | 0xdb8, ..] => HostClass::Reserved,
        // Everything else that is global lies in here.
        [0x2000..=0x3ffe, ..] => HostClass::Public,
        _ => HostClass::Reserved,
    }
}

fn of_name(name: &str) -> HostClass {
    let known = NAMES.iter().find(|(known, _)| {
        name == *known
            || name.strip_suffix(*known).is_some_and(|start| start.ends_with('.') && start != ".")
    });
    match known {
        Some((_, class)) => *class,
        // One label is a name of the local network's search list.
        None if !name.contains('.') => HostClass::Private,
        None => HostClass::Public,
    }
}

/// Names, each with all below it; the first that fits counts.
const NAMES: [(&str, HostClass); 26] = [
    ("metadata.google.internal", HostClass::Metadata),
    ("metadata.goog", HostClass::Metadata),
    ("metadata.azure.internal", HostClass::Metadata),
    ("instance-data.ec2.internal", HostClass::Metadata),
    ("instance-data", HostClass::Metadata),
    ("metadata", HostClass::Metadata),
    ("localhost", HostClass::Loopback),
    ("localhost.localdomain", HostClass::Loopback),
    ("localhost4", HostClass::Loopback),
    ("localhost6", HostClass::Loopback),
    ("ip6-localhost", HostClass::Loopback),
    ("ip6-loopback", HostClass::Loopback),
    ("host.docker.internal", HostClass::Loopback),
    ("gateway.docker.internal", HostClass::Loopback),
    ("host.containers.internal", HostClass::Loopback),
    // Public names whose addresses are the machine itself, or whatever the name says.
    ("localtest.me", HostClass::Loopback),
    ("lvh.me", HostClass::Loopback),
    ("vcap.me", HostClass::Loopback),
    ("nip.io", HostClass::Private),
    ("sslip.io", HostClass::Private),
    ("xip.io", HostClass::Private),
    ("local", HostClass::LinkLocal),
    ("internal", HostClass::Private),
    ("home.arpa", HostClass::Private),
    ("lan", HostClass::Private),
    ("corp", HostClass::Private),
];

#[cfg(test)]
mod tests {
    use super::HostClass;
    use super::host_class;

    #[test]
    fn tells_every_range_at_its_edges() {
        for (class, hosts) in [
            (HostClass::Unspecified, "0 0.0.0.0 0.255.255.255 :: [::]:80 0x0"),
            (
                HostClass::Private,
                "10.0.0.0 10.255.255.255 172.16.0.0 172.31.255.255 192.168.0.0 192.168.255.255 \
                 fc00:: fdff::1 fec0::1 build ci.corp 10.0.0.1.nip.io a.internal printer.lan \
                 ::ffff:10.0.0.1 ::10.0.0.1 64:ff9b::10.1.2.3 64:ff9b:1::192.168.0.1 2002:0a00:1::",
            ),
            (HostClass::Shared, "100.64.0.0 100.127.255.255"),
            (
                HostClass::Loopback,
                "127.0.0.0 127.255.255.255 127.1 2130706433 0x7f000001 0177.0.0.01 ::1 \
                 [0:0:0:0:0:0:0:1] ::ffff:127.0.0.1 ::ffff:7f00:1 ::127.0.0.1 2002:7f00:1:: \
                 localhost LOCALHOST. a.localhost localtest.me x.lvh.me host.docker.internal \
                 2001:0:1:2:3:4:80ff:fffe",
            ),
            (HostClass::LinkLocal, "169.254.0.0 169.254.255.255 fe80::1 febf::1 printer.local"),
            (
                HostClass::Metadata,
                "169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 \
                 ::ffff:a9fe:a9fe fd00:ec2::254 metadata.google.internal METADATA. \
                 100.100.100.200 168.63.129.16 169.254.170.2 192.0.0.192",
            ),
            (HostClass::Multicast, "224.0.0.0 239.255.255.255 255.255.255.255 ff02::1 ffff::"),
            (
                HostClass::Reserved,
                "192.0.2.1 198.18.0.0 198.19.255.255 198.51.100.7 203.0.113.9 240.0.0.1 \
                 2001:db8::1 100::1 2002:0808:0808:: ::8.8.8.8 4000::1 192.88.99.1",
            ),
            (
                HostClass::Public,
                "8.8.8.8 9.255.255.255 11.0.0.0 172.15.255.255 172.32.0.0 192.167.255.255 \
                 192.169.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 \
                 169.255.0.0 223.255.255.255 2606:4700::1 2a00:1450::1 example.org notlocalhost.com \
                 localhost.example.org metadata.example.org ::ffff:8.8.8.8",
            ),
        ] {
            for host in hosts.split(' ').filter(|host| !host.is_empty()) {
                assert_eq!(host_class(host), Ok(class), "{host}");
            }
        }
    }
}
