//! Who may import whom, how long a page may be, and that one list of operations holds everywhere.
#![expect(clippy::unwrap_used, reason = "a panic is how a test says what is wrong")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

/// Which modules of core each module may import.
const CORE: &[(&str, &[&str])] = &[
    ("audit", &["model"]),
    ("authority", &["document", "model"]),
    ("compile", &["authority", "document", "facts", "model", "redact"]),
    // What a decision says in the request's own words is cleaned where the words are made.
    ("decide", &["authority", "compile", "document", "facts", "model", "redact"]),
    ("document", &["model"]),
    ("facts", &["model"]),
    ("fixture", &["compile", "decide", "document", "model"]),
    // It asks the decision point itself: what it chooses is what would be allowed.
    ("govern", &["compile", "decide", "document", "model", "redact"]),
    ("lint", &["facts", "model"]),
    ("model", &[]),
    ("package", &["audit", "model"]),
    ("provenance", &["audit", "document", "model"]),
    ("record", &["decide", "model", "redact"]),
    // `facts` reads TOML, in which rules of other tools are written, and patterns of paths.
    ("redact", &["document", "facts", "model"]),
    (
        "reference",
        &[
            "audit",
            "authority",
            "compile",
            "decide",
            "document",
            "facts",
            "govern",
            "model",
            "redact",
        ],
    ),
    // What it keeps is cleaned as the record is.
    ("replay", &["compile", "decide", "facts", "model", "record", "redact"]),
];

/// Which modules of the runtime each module may import.
const RUNTIME: &[(&str, &[&str])] = &[
    (
        "demo",
        &[
            "git",
            "package",
            "pep",
            "pip",
            "port",
            "retain",
            "run",
            "sandbox",
            "scripted",
            "store",
            "workspace",
        ],
    ),
    ("git", &["pep", "port"]),
    ("package", &["port"]),
    ("pep", &["pip", "port"]),
    ("pip", &["port"]),
    ("port", &["pep"]),
    ("retain", &["pep", "port"]),
    ("run", &["pep", "pip", "port"]),
    ("sandbox", &["port"]),
    ("scripted", &["pep", "port"]),
    ("store", &["pep", "port"]),
    ("workspace", &["pep", "port"]),
];

/// Crates that only these places may name.
const FENCES: &[(&str, &[&str])] = &[
    ("granit_parser", &["core/src/document/"]),
    ("regex", &["core/src/redact/pack/expression.rs"]),
    ("regorus", &["core/src/compile/"]),
    ("base64", &["core/src/model/signing.rs"]),
    ("ed25519_dalek", &["core/src/model/signing.rs"]),
    ("sha2", &["core/src/model/digest.rs"]),
    ("hmac", &["core/src/model/digest.rs"]),
    ("pyo3", &["bindings/python/"]),
    ("napi", &["bindings/node/"]),
    ("wasm_bindgen", &["bindings/wasm/"]),
    ("rusqlite", &["runtime-ref/"]),
    ("landlock", &["runtime-ref/src/sandbox/"]),
    ("seccompiler", &["runtime-ref/src/sandbox/"]),
];

#[test]
fn core_modules_import_only_what_stands_before_them() {
    assert_eq!(strangers("core/src", CORE), Vec::<String>::new());
}

#[test]
fn runtime_modules_import_only_what_their_row_says() {
    assert_eq!(strangers("runtime-ref/src", RUNTIME), Vec::<String>::new());
}

#[test]
fn every_module_has_a_row() {
    for (folder, table) in [("core/src", CORE), ("runtime-ref/src", RUNTIME)] {
        let rows: BTreeSet<&str> = table.iter().map(|(module, _)| *module).collect();
        let found: BTreeSet<String> = std::fs::read_dir(root().join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
            .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect();
        assert_eq!(found.iter().map(String::as_str).collect::<BTreeSet<_>>(), rows, "{folder}");
    }
}

#[test]
fn crates_stay_behind_their_fences() {
    let mut outside = Vec::new();
    for (path, text) in sources(&["rs"]) {
        for (name, places) in FENCES {
            let named = text.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//") && (line.contains(&format!("{name}::")))
            });
            if named && !places.iter().any(|place| path.starts_with(place)) && !is_this(&path) {
                outside.push(format!("{path} names {name}"));
            }
        }
    }
    assert_eq!(outside, Vec::<String>::new());
}

/// What ports take beside projections and permits: names, not content.
const NAMES_OF_PORTS: &[&str] = &[
    "anchor.rs: fn newest tenant: &str",
    // A checkpoint is counts and hashes, and signatures.
    "anchor.rs: fn put note: &str",
    "anchor.rs: fn put tenant: &str",
    // The workspace is where content belongs; its digest was permitted.
    "files.rs: fn write content: &[u8]",
    "files.rs: fn links path: &str",
    "id.rs: fn next prefix: &str",
    "store.rs: fn checkpoints tenant: &str",
    "store.rs: fn export_log tenant: &str",
    "store.rs: fn keep_checkpoint note: &str",
    "store.rs: fn keep_checkpoint tenant: &str",
    "store.rs: fn list tenant: &str",
    "store.rs: fn put name: &str",
    "store.rs: fn put_statements name: &str",
    "store.rs: fn runs tenant: &str",
];

#[test]
fn ports_take_text_only_as_projections() {
    let mut found = Vec::new();
    for (path, text) in sources(&["rs"]) {
        let Some(page) = path.strip_prefix("runtime-ref/src/port/") else {
            continue;
        };
        for body in text.split("pub trait ").skip(1) {
            let body = body.split("\n}").next().unwrap();
            let code: Vec<&str> =
                body.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let code = code.join(" ");
            for method in code.split("fn ").skip(1) {
                let signature = method.split(';').next().unwrap();
                let (name, rest) = signature.split_once('(').unwrap();
                let parameters = rest.split("->").next().unwrap();
                for parameter in parameters.split(',').map(|it| it.trim().trim_end_matches(')')) {
                    if ["str", "String", "u8"].iter().any(|raw| parameter.contains(raw)) {
                        found.push(format!("{page}: fn {name} {parameter}"));
                    }
                }
            }
        }
    }
    found.sort();
    let mut known: Vec<&str> = NAMES_OF_PORTS.to_vec();
    known.sort_unstable();
    assert_eq!(found, known);
}

#[test]
fn the_runtime_prints_in_two_places() {
    let printing: Vec<String> = sources(&["rs"])
        .into_iter()
        .filter(|(path, text)| {
            let product = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
            let prints = |line: &str| line.contains("println!(") || line.contains("print!(");
            path.starts_with("runtime-ref/src/") && product.lines().any(prints)
        })
        .map(|(path, _)| path)
        .collect();
    assert_eq!(printing, ["runtime-ref/src/demo/timeline.rs", "runtime-ref/src/main.rs"]);
}

#[test]
fn hosts_depend_on_wire_alone_and_wire_on_core_alone() {
    for (manifest, ours) in [
        ("bindings/cli/Cargo.toml", vec!["bailiwick-wire"]),
        ("bindings/node/Cargo.toml", vec!["bailiwick-wire"]),
        ("bindings/python/Cargo.toml", vec!["bailiwick-wire"]),
        ("bindings/wasm/Cargo.toml", vec!["bailiwick-wire"]),
        ("bindings/wire/Cargo.toml", vec!["bailiwick"]),
        ("core/Cargo.toml", vec![]),
        ("runtime-ref/Cargo.toml", vec!["bailiwick"]),
    ] {
        let text = std::fs::read_to_string(root().join(manifest)).unwrap();
        let dependencies = text.split("[dependencies]").nth(1).unwrap_or_default();
        let dependencies = dependencies.split("\n[").next().unwrap_or_default();
        let named: Vec<&str> = dependencies
            .lines()
            .filter_map(|line| line.split(['.', ' ', '=']).next())
            .filter(|name| name.starts_with("bailiwick"))
            .collect();
        assert_eq!(named, ours, "{manifest}");
    }
}

#[test]
fn no_page_is_longer_than_four_hundred_lines() {
    let long: Vec<String> = sources(&["rs", "py", "mjs", "ts"])
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > 400)
        .map(|(path, lines)| format!("{path}: {lines}"))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn module_roots_hold_no_logic() {
    let mut found = Vec::new();
    for (path, text) in sources(&["rs"]) {
        let library = path.starts_with("core/src") || path.starts_with("bindings/wire/src");
        let page = path.ends_with("/mod.rs") || path.ends_with("src/lib.rs");
        let logic = text.lines().any(|line| {
            line.starts_with("fn ") || line.starts_with("pub fn ") || line.starts_with("impl ")
        });
        if library && page && logic && !path.contains("/tests/") {
            found.push(path);
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_host_has_every_operation() {
    let operations: BTreeSet<&str> =
        bailiwick_wire::operations().iter().map(|operation| operation.name).collect();
    let stub = read("bindings/python/python/bailiwick/__init__.pyi");
    let python: BTreeSet<&str> = stub
        .lines()
        .filter_map(|line| line.strip_prefix("def ")?.split('(').next())
        .filter(|name| *name != "read_policies")
        .collect();
    assert_eq!(python, operations, "the Python stub");
    let types = read("bindings/js/index.d.ts");
    let javascript: BTreeSet<String> = types
        .lines()
        .filter_map(|line| line.strip_prefix("export declare function ")?.split('(').next())
        .map(snake_case)
        .collect();
    assert_eq!(
        javascript.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        operations,
        "the TypeScript types"
    );
    let command = read("bindings/cli/src/args.rs").to_lowercase();
    for operation in &operations {
        let word = operation.split('_').next_back().unwrap_or_default();
        // `audit_append` and `decide_batch` have no verb of their own: `call` and JSON lines.
        let apart = ["append", "batch"].contains(&word);
        assert!(apart || command.contains(word), "the command has no {operation}");
    }
}

#[test]
fn no_path_of_a_machine_stands_in_the_project() {
    let homes = ["/home/", "/Users/", "/root/"];
    let found: Vec<String> = sources(&["rs", "py", "mjs", "ts", "yaml", "md", "toml", "json"])
        .into_iter()
        .filter(|(path, _)| !path.starts_with("tests/") && !path.contains("package-lock"))
        .flat_map(|(path, text)| {
            homes
                .iter()
                .filter(|home| {
                    text.contains(&format!("{home}work")) || text.contains(&format!("{home}.cargo"))
                })
                .map(|home| format!("{path}: {home}"))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

/// Returns the imports that no row allows.
fn strangers(folder: &str, table: &[(&str, &[&str])]) -> Vec<String> {
    let rows: BTreeMap<&str, &[&str]> = table.iter().copied().collect();
    let mut out = BTreeSet::new();
    for (path, text) in sources(&["rs"]) {
        let Some(module) = path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/'))
            .and_then(|rest| rest.split_once('/'))
            .map(|(module, _)| module)
        else {
            continue;
        };
        let allowed = rows.get(module).copied().unwrap_or_default();
        let product = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        if path.contains("/tests/") || path.ends_with("/tests.rs") {
            continue;
        }
        for line in product.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for (at, _) in line.match_indices("crate::") {
                let rest = line.get(at + "crate::".len()..).unwrap_or_default();
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
                let imported = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
                let ours = rows.contains_key(imported) && imported != module;
                if ours && !allowed.contains(&imported) {
                    out.insert(format!("{path} imports {imported}"));
                }
            }
        }
    }
    out.into_iter().collect()
}

/// Returns every tracked source file with one of `endings`: path below the root, text.
fn sources(endings: &[&str]) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let skipped = name.starts_with('.')
                || ["target", "node_modules", "dist"].contains(&name.as_str());
            if skipped {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(&format!(".{ending}"))) {
                let below = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                if let Ok(text) = std::fs::read_to_string(&path) {
                    out.push((below, text));
                }
            }
        }
    }
    out.sort();
    out
}

fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn is_this(path: &str) -> bool {
    path == "tests/architecture.rs"
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
