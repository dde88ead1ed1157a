use super::Base;
use super::PathDoubt;
use super::Placed;
use crate::facts::PathCase;
use crate::facts::PathMatcher;

fn base() -> Base {
    Base::new(Some("/ws/repo"), None)
}

fn inside(path: &str) -> Result<Placed, PathDoubt> {
    Ok(Placed::Inside(path.to_owned()))
}

fn outside(path: &str) -> Result<Placed, PathDoubt> {
    Ok(Placed::Outside(path.to_owned()))
}

fn spellings(text: &str) -> Vec<String> {
    base().spellings(text).unwrap_or_else(|doubt| panic!("{text:?} {doubt}"))
}

/// A path, and a pattern that forbids it in one of the spellings that systems take it for.
const DISGUISED: &[(&str, &str)] = &[
    // Separators and dots.
    ("sub\\.git\\config", ".git"),
    (".git//config", ".git"),
    ("./.git/./config", ".git"),
    ("a/../.git/config", ".git"),
    ("/ws/repo/.git/config", ".git"),
    ("/ws//repo/../repo/.git", ".git"),
    // Windows: ends that are dropped, streams, short names.
    (".git.", ".git"),
    (".git. . .", ".git"),
    (".git ", ".git"),
    (".git...", ".git"),
    (".git::$INDEX_ALLOCATION/config", ".git"),
    (".git:$i30:$INDEX_ALLOCATION", ".git"),
    (".git :x", ".git"),
    (".env::$DATA", ".env"),
    ("secrets:x/key", "secrets/"),
    ("GIT~1/config", ".git"),
    ("git~1 ./config", ".git"),
    ("git~1:x", ".git"),
    ("GITMOD~4", ".gitmodules"),
    ("gi7eba~1", ".gitmodules"),
    ("gi7eb~12", ".gitmodules"),
    ("gi7~1234", ".gitmodules"),
    ("GI7D29~1", ".gitattributes"),
    ("GITHUB~1/WORKFL~1/x.yml", ".github/workflows/**"),
    ("VSCODE~1/settings.json", ".vscode/**"),
    ("MCP~1.JSO", ".mcp.json"),
    ("ENV~1", ".env"),
    ("ENV~1.LOC", ".env.*"),
    ("infra/PRODUC~1/x", "infra/production"),
    // Case.
    (".GIT/config", ".git"),
    (".GitHub/Workflows/x.yml", ".github/workflows/**"),
    ("INFRA/PROD/main.tf", "infra/prod"),
    ("\u{212a}8s/x", "k8s"),
    ("\u{17f}ecrets/x", "secrets/"),
    // Percent, once and more.
    ("%2egit/config", ".git"),
    ("%2Egit%2fconfig", ".git"),
    ("%252egit/config", ".git"),
    ("\u{ff05}2egit/config", ".git"),
    ("G%49T~1/config", ".git"),
    ("%e2%80%a4git/config", ".git"),
    // What HFS+ leaves out, and what does not show.
    (".g\u{200c}it/config", ".git"),
    (".\u{200d}git/config", ".git"),
    (".gi\u{206a}t/config", ".git"),
    (".git\u{feff}/config", ".git"),
    (".g\u{ad}it", ".git"),
    (".gi\u{fe0f}t", ".git"),
    (".gi\u{e0020}t", ".git"),
    (".git\u{3164}", ".git"),
    ("\u{2060}.env", ".env"),
    // What looks like it.
    ("\u{2024}git/config", ".git"),
    ("\u{ff0e}git/config", ".git"),
    ("\u{fe52}env", ".env"),
    (".g\u{456}t/config", ".git"),
    (".g\u{131}t/config", ".git"),
    (".\u{ff47}\u{ff49}\u{ff54}/config", ".git"),
    (".\u{1d41e}nv", ".env"),
    ("infra\u{2215}prod\u{2044}x", "infra/prod"),
    ("infra\u{ff0f}prod", "infra/prod"),
    ("infra\u{ff3c}prod", "infra/prod"),
    ("s\u{435}crets/key", "secrets/"),
    ("G\u{399}T~1", ".git"),
    ("git\u{ff5e}1", ".git"),
    // Forms of Unicode.
    ("cafe\u{301}/x", "caf\u{e9}"),
    ("caf\u{e9}/x", "cafe\u{301}"),
    ("\u{1100}\u{1161}/x", "\u{ac00}"),
];

#[test]
fn a_disguised_path_has_the_spelling_that_it_is_taken_for() {
    for (path, pattern) in DISGUISED {
        let pattern = crate::facts::nfc::nfc(pattern);
        let matcher = PathMatcher::new([pattern.as_str()].into_iter(), PathCase::Ignore).unwrap();
        let found = spellings(path);
        assert!(found.iter().any(|path| !matcher.matching(path).is_empty()), "{path:?}: {found:?}");
    }
}

#[test]
fn plain_names_have_one_spelling() {
    for path in [
        "src/lib.rs",
        "a b/c",
        "100%/x",
        "a%zz",
        "it's",
        ".gitignore",
        "x~",
        "~x~1/y",
        "Foo$Bar.class",
        "src/[id]/$types.ts",
        "caf\u{e9}.md",
        "\u{65e5}\u{672c}.txt",
        "@scope/x",
        "a+b=c,d",
        "...x",
        "a/~/b",
    ] {
        let Ok(found) = base().spellings(path) else {
            assert!(path.starts_with('~'), "{path}");
            continue;
        };
        assert_eq!(found, [path], "{path}");
    }
}

#[test]
fn what_cannot_be_placed_says_why() {
    let long_name = "a".repeat(256);
    let long_path = "a/".repeat(2049);
    for (path, doubt) in [
        ("", PathDoubt::Empty),
        (long_name.as_str(), PathDoubt::TooLong),
        (long_path.as_str(), PathDoubt::TooLong),
        ("a\0b", PathDoubt::Control),
        ("a\u{85}b", PathDoubt::Control),
        ("a\u{202e}b", PathDoubt::Control),
        ("a%00b", PathDoubt::Control),
        ("a%0ab", PathDoubt::Control),
        ("a%2500b", PathDoubt::Control),
        ("~", PathDoubt::Home),
        ("~ana/x", PathDoubt::Home),
        ("\u{ff5e}/x", PathDoubt::Home),
        ("%7e/x", PathDoubt::Home),
        ("$HOME/x", PathDoubt::Variable),
        ("${HOME}/x", PathDoubt::Variable),
        ("a/${X}/b", PathDoubt::Variable),
        ("a/$(id)/b", PathDoubt::Variable),
        ("%USERPROFILE%\\x", PathDoubt::Variable),
        ("C:\\x", PathDoubt::Drive),
        ("c:x", PathDoubt::Drive),
        ("%43:/x", PathDoubt::Drive),
        ("\\\\server\\share", PathDoubt::Drive),
        ("//server/share", PathDoubt::Drive),
        ("\\\\?\\C:\\x", PathDoubt::Drive),
        ("\\\\.\\PhysicalDrive0", PathDoubt::Drive),
        ("/\\server/share", PathDoubt::Drive),
        ("file:///etc/passwd", PathDoubt::Url),
        ("FILE:x", PathDoubt::Url),
        ("vscode-remote://x/y", PathDoubt::Url),
        ("a/%ff", PathDoubt::Encoding),
        ("%c0%ae%c0%ae/x", PathDoubt::Encoding),
        ("%2525252525252e", PathDoubt::Encoding),
        ("..", PathDoubt::Outside),
        ("%2e%2e/x", PathDoubt::Outside),
        ("%252e%252e/x", PathDoubt::Outside),
        ("..%5cx", PathDoubt::Outside),
        ("\u{ff0e}\u{ff0e}/x", PathDoubt::Outside),
        ("\u{2025}/x", PathDoubt::Outside),
        (".. /x", PathDoubt::Outside),
        (".\u{200b}./x", PathDoubt::Outside),
        ("/ws/repo-evil/x", PathDoubt::Outside),
        ("/ws/repo/../x", PathDoubt::Outside),
        ("/", PathDoubt::Outside),
        ("/proc/self/cwd/x", PathDoubt::Outside),
    ] {
        assert_eq!(base().spellings(path), Err(doubt), "{path:?}");
    }
}

#[test]
fn a_path_outside_keeps_its_place() {
    let base = base();
    for (text, expected) in [
        ("src//./x", inside("src/x")),
        (".", inside(".")),
        ("/ws/repo", inside(".")),
        ("../repo/x", inside("x")),
        ("..", outside("/ws")),
        ("../../../../etc/./passwd", outside("/etc/passwd")),
        ("/etc/../etc/shadow", outside("/etc/shadow")),
        ("/ws/repo-evil/x", outside("/ws/repo-evil/x")),
        ("/", outside("/")),
        ("~", outside("~")),
        ("~/.ssh//id_rsa", outside("~/.ssh/id_rsa")),
        ("~/a/../.ssh/x", outside("~/.ssh/x")),
        ("~/../x", outside("~/../x")),
        ("~ana/x", outside("~ana/x")),
        ("$HOME/.aws", outside("~/.aws")),
        ("${HOME}", outside("~")),
        ("$HOMEX/y", Err(PathDoubt::Variable)),
        ("~+/x", Err(PathDoubt::Home)),
        ("~/a\0", Err(PathDoubt::Control)),
        ("", Err(PathDoubt::Empty)),
    ] {
        assert_eq!(base.locate(text), expected, "{text}");
    }
}

#[test]
fn the_working_directory_is_followed_out_of_the_workspace_and_back() {
    let base = base();
    assert_eq!(base.moved("~").locate(".ssh/id_rsa"), outside("~/.ssh/id_rsa"));
    assert_eq!(base.moved("/etc").locate("shadow"), outside("/etc/shadow"));
    assert_eq!(base.moved("..").locate("x"), outside("/ws/x"));
    assert_eq!(base.moved("..").moved("repo/src").locate("x"), inside("src/x"));
    assert_eq!(base.moved("/tmp").locate("../ws/repo/.env"), inside(".env"));
    assert_eq!(base.moved("/tmp").spellings("x"), Err(PathDoubt::Nowhere));
    assert_eq!(base.moved("$X").locate("x"), Err(PathDoubt::Nowhere));
    assert_eq!(Base::new(None, None).locate("a/../b"), inside("b"));
    assert_eq!(Base::new(None, None).locate("../b"), Err(PathDoubt::Outside));
    assert_eq!(Base::new(None, None).locate("/ws/repo/x"), outside("/ws/repo/x"));
    assert_eq!(Base::new(Some("/ws/repo"), Some("/etc")).locate("x"), outside("/etc/x"));
    assert_eq!(Base::new(Some("/ws/repo"), Some("src")).locate("x"), inside("src/x"));
}
