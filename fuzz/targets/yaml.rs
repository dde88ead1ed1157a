//! Any text as a file of policies.
#![no_main]

use bailiwick::CompileOptions;
use bailiwick::SourceFile;
use bailiwick::compile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for strict in [false, true] {
        let files = [SourceFile::new("a.yaml", text)];
        let hash = |result: Result<bailiwick::Compiled, _>| {
            result.map(|compiled| compiled.policies.digest().to_string()).ok()
        };
        let once = hash(compile(&files, CompileOptions { strict }));
        assert_eq!(once, hash(compile(&files, CompileOptions { strict })));
    }
});
