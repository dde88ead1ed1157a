//! A repository whose files and whose build log hold secrets.

use std::path::Path;

use super::evidence::git;
use super::plant::Planted;
use super::plant::base64;

/// Makes the repository, as `payment-service`. Its test prints `tests/log.txt` and all of its
/// environment; `named` are values that stand in the log without anything that gives them away.
pub(crate) fn make(folder: &Path, planted: &mut Planted, named: &[String]) {
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("Cargo.toml", MANIFEST.to_owned());
    write("Cargo.lock", LOCK.to_owned());
    write(".gitignore", "/target\n".to_owned());
    write("build.rs", BUILD.to_owned());
    write("tests/print.rs", PRINT.to_owned());
    write("src/lib.rs", "//! Takes payments.\n\npub mod keys;\n".to_owned());
    write(
        "src/keys.rs",
        format!(
            "//! Keys.\n\n/// Where payments are taken.\npub const GATEWAY_TOKEN: &str = \"{}\";\n\n\
             /// What signs them.\npub const SIGNING_KEY: &str = \"{}\";\n\n\
             /// Who is told.\npub const HOOK: &str = \"{}\";\n",
            planted.code_host("a source file"),
            planted.private_key("a source file"),
            planted.chat("a source file"),
        ),
    );
    write(
        "README.md",
        format!(
            "# Payments\n\nStaging answers to `{}`; in the chat, `{}` posts.\n\n\
             ```\ncurl -H 'Authorization: Bearer {}' https://pay.example.com\n```\n\n\
             The gateway says {} when asked.\n",
            planted.code_host("a document"),
            planted.chat("a document"),
            planted.signed("a document"),
            named.join(" and "),
        ),
    );
    write(
        "config/app.toml",
        format!(
            "[database]\nurl = \"{}\"\npassword = \"{}\"\n\n[cloud]\n{}",
            planted.database("a configuration"),
            planted.password("a configuration"),
            planted.cloud("a configuration").replace(" = ", " = \"").replace('\n', "\"\n"),
        ),
    );
    write(
        ".env",
        format!(
            "DATABASE_URL={}\nGATEWAY_PASSWORD={}\nHOST_TOKEN={}\nSESSION={}\n",
            planted.database("a dotenv file"),
            planted.password("a dotenv file"),
            planted.code_host("a dotenv file"),
            planted.signed("a dotenv file"),
        ),
    );
    write("tests/log.txt", log(planted, named));
    // Wherever it is cut off, it is cut within a token.
    let token = planted.code_host("output that is cut off");
    write("tests/flood.txt", (10_000..20_000).map(|n| format!("{n} {token}\n")).collect());
    git(folder, &["init", "-q", "-b", "main"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", "Begin"]);
}

/// Returns what a careless build prints.
fn log(planted: &mut Planted, named: &[String]) -> String {
    let coloured = |token: String| {
        let (first, rest) = token.split_at(token.len() / 2);
        format!("{first}\u{1b}[1;31m{rest}\u{1b}[0m")
    };
    let lines = [
        format!(
            "+ git clone https://x-access-token:{}@git.example.com/a",
            planted.code_host("a remote")
        ),
        format!("login with {} done", coloured(planted.code_host("coloured output"))),
        format!("hook {} done", coloured(planted.chat("coloured output"))),
        format!("encoded {}", base64(planted.code_host("encoded output").as_bytes())),
        format!("encoded {} too", base64(planted.chat("encoded output").as_bytes())),
        format!("{{\"url\": \"{}\"}}", planted.database("JSON").replace('/', "\\/")),
        format!("{{\"key\": {:?}}}", planted.private_key("JSON")),
        format!(
            "{{\"message\": \"{{\\\"password\\\": \\\"{}\\\"}}\"}}",
            planted.password("JSON in JSON")
        ),
        format!("export AWS=1\n{}", planted.cloud("the build log")),
        planted.private_key("the build log"),
        format!("Authorization: Bearer {}", planted.signed("the build log")),
        format!("mysql --user app --password={} payments", planted.password("a command line")),
        format!("connecting to {}", planted.database("the build log")),
        format!(
            "{} {} {}",
            "step ".repeat(2_000),
            planted.code_host("a long line"),
            "more ".repeat(2_000)
        ),
        named.iter().map(|value| format!("the gateway said {value} and went on\n")).collect(),
        named
            .iter()
            .map(|value| format!("the gateway said {} too\n", base64(value.as_bytes())))
            .collect(),
        LAST_LINE.to_owned(),
    ];
    lines.join("\n")
}

/// What the log ends with: whoever sees this saw the log.
pub(crate) const LAST_LINE: &str = "all of the log was printed\n";

const MANIFEST: &str = "[package]\nname = \"payments\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\
                        build = \"build.rs\"\n";
const LOCK: &str = "# This file is automatically @generated by Cargo.\n\
                    # It is not intended for manual editing.\n\
                    version = 4\n\n[[package]]\nname = \"payments\"\nversion = \"0.1.0\"\n";
const BUILD: &str = r#"//! Warns with what it reads.
fn main() {
    for line in std::fs::read_to_string("config/app.toml").unwrap().lines() {
        println!("cargo:warning={line}");
    }
}
"#;
const PRINT: &str = r#"//! Prints too much.
use std::io::Write;

#[test]
fn prints() {
    for (name, value) in std::env::vars() {
        println!("{name}={value}");
    }
    let mut out = std::io::stderr();
    out.write_all(include_bytes!("log.txt")).unwrap();
}
"#;
