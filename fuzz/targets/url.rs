//! Any text as a URL, a host and a word of a network program.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "request.rs"]
mod request;

fuzz_target!(|text: &str| {
    // A host that was read reads as itself.
    if let Ok(host) = bailiwick::host_of(text) {
        assert_eq!(bailiwick::host_of(&host).ok(), Some(host));
    }
    request::facts(&[("tool", "net.connect"), ("url", text)]);
    request::facts(&[("tool", "net.connect"), ("host", text)]);
    request::facts_of_words(&["curl", text]);
    request::facts_of_words(&["git", "clone", text]);
});
