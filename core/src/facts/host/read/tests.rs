use super::Endpoint;
use super::endpoint_of;
use super::endpoint_of_url;
use super::host_of;
use super::host_of_url;
use crate::facts::host::HostError;

/// Addresses of the WHATWG's test data and of the literature on readers that differ: the URL, and
/// its host or the reason why there is none.
const URLS: &[(&str, &str)] = &[
    ("http://example.org", "example.org"),
    ("HTTP://EXAMPLE.ORG/", "example.org"),
    ("https:example.org", "example.org"),
    ("https:/example.org", "example.org"),
    ("https:///example.org/x", "example.org"),
    ("https://///example.org", "example.org"),
    ("http://example.org.", "example.org"),
    ("http://example.org.:80/", "example.org"),
    ("http://user:pass@example.org:81/", "example.org"),
    ("http://good.example@evil.example/", "evil.example"),
    ("http://good.example%2f@evil.example/", "evil.example"),
    ("http://good.example:80@evil.example/", "evil.example"),
    ("http://ex%41mple.org/", "example.org"),
    ("http://%65xample%2eorg/", "example.org"),
    ("http://0x7f.1/", "127.0.0.1"),
    ("http://0X7F000001/", "127.0.0.1"),
    ("http://017700000001", "127.0.0.1"),
    ("http://127.0.0.1./", "127.0.0.1"),
    ("http://%30%78%37%66.1", "127.0.0.1"),
    ("http://192.168.257", "192.168.1.1"),
    ("http://[::1]:3000/", "::1"),
    ("http://[::ffff:127.0.0.1]", "127.0.0.1"),
    ("http://[0:0:0:0:0:FFFF:7F00:1]", "127.0.0.1"),
    ("http://[2001:DB8:0:0::1]/", "2001:db8::1"),
    ("https://registry.example/@scope/name", "registry.example"),
    ("https://example.org?q=1", "example.org"),
    ("https://example.org/?mail=a@b.example", "example.org"),
    ("https://example.org#top", "example.org"),
    ("ssh://git@example.org:22/x", "example.org"),
    ("wss://example.org", "example.org"),
    ("http://xn--bcher-kva.example", "xn--bcher-kva.example"),
    ("http:\\\\example.org\\x", "example.org"),
    ("http:/\\example.org/a\\b", "example.org"),
    // Refused.
    ("", "host_scheme"),
    ("example.org", "host_scheme"),
    ("//example.org/x", "host_scheme"),
    ("\\\\example.org\\x", "host_scheme"),
    ("file:///etc/passwd", "host_scheme"),
    ("javascript:alert(1)", "host_scheme"),
    ("data:text/plain,x", "host_scheme"),
    (" http://example.org", "host_character"),
    ("http://example.org\n", "host_character"),
    ("ht\ttp://example.org", "host_character"),
    ("http://exam\tple.org", "host_character"),
    ("http://exa mple.org", "host_character"),
    ("http://", "host_missing"),
    ("http:///", "host_missing"),
    ("http://./", "host_missing"),
    ("http://user@/", "host_missing"),
    ("http://:80", "host_missing"),
    ("ssh:example.org", "host_missing"),
    ("ssh:\\\\example.org", "host_missing"),
    ("http://good.example\\x\\@evil.example", "host_ambiguous"),
    ("http://good.example\\:80@evil.example", "host_ambiguous"),
    ("http://good.example\\@evil.example", "host_ambiguous"),
    ("http://good.example\\.evil.example", "host_ambiguous"),
    ("ssh://good.example\\@evil.example", "host_ambiguous"),
    ("http://a@b@c.example", "host_ambiguous"),
    ("http://a@evil.example:80@good.example/", "host_ambiguous"),
    ("http://[::1]@good.example", "host_ambiguous"),
    ("http://good.example#@evil.example/", "host_ambiguous"),
    ("http://good.example?@evil.example/", "host_ambiguous"),
    ("http://us\u{e9}r@good.example/", "host_ambiguous"),
    ("http://evil.example:80:good.example", "host_port"),
    ("http://1.1.1.1 &@2.2.2.2#@3.3.3.3/", "host_character"),
    ("http://example.org:65536", "host_port"),
    ("http://example.org:+80", "host_port"),
    ("http://example.org:-1", "host_port"),
    ("http://example.org:8\u{ff10}", "host_port"),
    ("http://::1/", "host_port"),
    ("http://[::1", "host_ipv6"),
    ("http://[]", "host_ipv6"),
    ("http://[1:2]", "host_ipv6"),
    ("http://[::1%25lo]", "host_ipv6"),
    ("http://[fe80::1%lo]", "host_ipv6"),
    ("http://[v1.x]", "host_ipv6"),
    ("http://[127.0.0.1]", "host_ipv6"),
    ("http://[::127.0.0.01]", "host_ipv6"),
    ("http://[::1]x", "host_port"),
    ("http://256.256.256.256", "host_ipv4"),
    ("http://1.2.3.08", "host_ipv4"),
    ("http://0x10000000000000000", "host_ipv4"),
    ("http://99999999999999999999", "host_ipv4"),
    ("http://foo.0x4", "host_ipv4"),
    ("http://foo.2", "host_ipv4"),
    ("http://1..2", "host_character"),
    ("http://.example.org", "host_character"),
    ("http://example..org", "host_character"),
    ("http://example.org..", "host_character"),
    ("http://exam%00ple.org", "host_character"),
    ("http://exam%2fple.org", "host_character"),
    ("http://exam%25ple.org", "host_character"),
    ("http://exam%ffple.org", "host_character"),
    ("http://%zz.example.org", "host_character"),
    ("http://ex<mple.org", "host_character"),
    ("http://ex*mple.org", "host_character"),
    ("http://\u{ff45}xample.org", "host_character"),
    ("http://example\u{3002}org", "host_character"),
    ("http://127\u{ff0e}0.0.1", "host_character"),
    ("http://\u{2460}27.0.0.1", "host_character"),
    ("http://b\u{fc}cher.example", "host_character"),
    ("http://ex\u{430}mple.org", "host_character"),
    ("http://exam\u{ad}ple.org", "host_character"),
    ("http://xn--example-.org", "host_character"),
    ("http://xn--.org", "host_character"),
    ("ssh://-oProxyCommand.example/", "host_character"),
];

#[test]
fn reads_urls_as_browsers_do_and_refuses_what_readers_differ_in() {
    for (url, expected) in URLS {
        let read = host_of_url(url).unwrap_or_else(|error| error.code().to_owned());
        assert_eq!(read, *expected, "{url:?}");
    }
}

#[test]
fn a_host_that_is_written_with_a_path_is_not_the_part_behind_its_at_sign() {
    for text in ["evil.example/@good.example", "evil.example#@good.example", "a\\@good.example"] {
        assert_eq!(host_of(text), Err(HostError::Ambiguous), "{text}");
    }
    assert_eq!(host_of("good.example/x"), Err(HostError::Character));
}

#[test]
fn tells_the_port_that_is_written_or_usual() {
    let endpoint = |host: &str, port| Endpoint { host: host.to_owned(), port };
    assert_eq!(endpoint_of_url("https://a.example"), Ok(endpoint("a.example", Some(443))));
    assert_eq!(endpoint_of_url("http://a.example:/"), Ok(endpoint("a.example", Some(80))));
    assert_eq!(endpoint_of_url("ssh://[::1]:2222/x"), Ok(endpoint("::1", Some(2222))));
    assert_eq!(endpoint_of_url("rsync://a.example/x"), Ok(endpoint("a.example", None)));
    assert_eq!(endpoint_of("a.example:0080"), Ok(endpoint("a.example", Some(80))));
    assert_eq!(endpoint_of("::1"), Ok(endpoint("::1", None)));
    assert_eq!(endpoint_of("[::1]"), Ok(endpoint("::1", None)));
}
