//! Any text as a line for a shell: facts come of it, the same each time.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "request.rs"]
mod request;

fuzz_target!(|text: &str| {
    request::facts(&[("tool", "shell.exec"), ("shell", text), ("cwd", "/ws/repo/src")]);
    request::facts_of_words(&["bash", "-lc", text]);
    let words: Vec<&str> = text.split(' ').collect();
    request::facts_of_words(&words);
});
