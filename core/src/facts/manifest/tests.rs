//! What the readers of manifests take and refuse, and how far apart versions are.

use crate::facts::manifest::ManifestKind;
use crate::facts::manifest::Tree;
use crate::facts::manifest::compare;
use crate::facts::manifest::read_json;
use crate::facts::manifest::read_lines;
use crate::facts::manifest::read_toml;
use crate::facts::manifest::read_yaml;
use crate::facts::manifest::requirement::distance;
use crate::facts::manifest::version::Distance;
use crate::facts::manifest::xml::read_xml;

#[test]
fn versions_are_as_far_apart_as_their_first_difference() {
    for (before, after, expected) in [
        ("1.2.3", "1.2.3", Distance::Same),
        ("1.2", "1.2.0", Distance::Same),
        ("v1.2.3", "1.2.3", Distance::Same),
        ("1.2.3", "1.2.4", Distance::Patch),
        ("1.2.3.4", "1.2.3.5", Distance::Patch),
        ("1.2.3", "1.3.0", Distance::Minor),
        ("1.2.3", "2.0.0", Distance::Major),
        ("0.2.3", "0.2.4", Distance::Patch),
        ("0.2.3", "0.3.0", Distance::Major),
        ("0.0.3", "0.0.4", Distance::Major),
        ("1.2.4", "1.2.3", Distance::Lowered),
        ("2.0.0", "1.9.9", Distance::Lowered),
        ("1.10.0", "1.9.0", Distance::Lowered),
        ("1.2.3", "1.2.4-rc.1", Distance::Unclear),
        ("1.2.3", "1.2.4rc1", Distance::Unclear),
        ("1.2.4-rc.1", "1.2.4", Distance::Patch),
        ("1.2.4", "1.2.4-rc.1", Distance::Lowered),
        ("1.2.4-rc.1", "1.2.4-rc.2", Distance::Unclear),
        ("3.1.2.RELEASE", "3.1.3.RELEASE", Distance::Patch),
        ("6.4.1.Final", "6.5.0.Final", Distance::Minor),
        ("33.2.1-jre", "33.2.1-android", Distance::Unclear),
        ("33.2.1-jre", "33.3.0-android", Distance::Unclear),
        ("1.0.0", "1.0.1-SNAPSHOT", Distance::Unclear),
        ("1.0.0", "1.0.0+build5", Distance::Same),
        ("v2.0.0+incompatible", "v2.1.0+incompatible", Distance::Minor),
        ("2024.1", "2025.1", Distance::Major),
        ("1.2.3", "latest", Distance::Unclear),
        ("1.2.3", "${version}", Distance::Unclear),
        ("1.2.3", "1.2.99999999999999999999999", Distance::Unclear),
    ] {
        assert_eq!(distance(before, after), expected, "{before} {after}");
    }
}

#[test]
fn requirements_are_compared_bound_by_bound_and_must_be_built_alike() {
    for (before, after, expected) in [
        ("^1.2.3", "^1.2.4", Distance::Patch),
        ("^1.2.3", "~1.2.4", Distance::Unclear),
        ("^1.2.3", "1.2.4", Distance::Unclear),
        ("~1.2", "~1.3", Distance::Minor),
        (">=1.2, <2", ">=1.3, <2", Distance::Minor),
        (">=1.2,<2", ">=1.2, <2", Distance::Same),
        (">=1.2,<2", ">=1.2,<3", Distance::Major),
        (">=1.2,<2", ">=1.2", Distance::Unclear),
        ("==1.2.*", "==1.3.*", Distance::Minor),
        ("==1.2.*", "==1.2", Distance::Unclear),
        ("1.x", "2.x", Distance::Major),
        ("~=2.1", "~=2.2", Distance::Minor),
        ("^1.2 || ^2.0", "^1.3 || ^2.0", Distance::Minor),
        ("[1.0,2.0)", "[1.1,2.0)", Distance::Minor),
        ("[1.0,2.0)", "[1.0,2.0]", Distance::Unclear),
        ("[1.2]", "[1.3]", Distance::Minor),
        ("[1.0,)", "[1.1,)", Distance::Unclear),
        ("*", "1.0.0", Distance::Unclear),
        ("", "1.0.0", Distance::Unclear),
        ("1.0.0", "", Distance::Unclear),
        ("1.0.0 - 1.5.0", "1.0.0 - 1.6.0", Distance::Unclear),
        ("1!1.0", "1!2.0", Distance::Unclear),
        ("<", "<<", Distance::Unclear),
        (",", "|", Distance::Unclear),
        ("]", ")", Distance::Unclear),
        (">=", ">= ", Distance::Unclear),
    ] {
        assert_eq!(distance(before, after), expected, "{before} {after}");
    }
}

#[test]
fn every_requirement_comes_to_an_end() {
    let signs =
        ["", "1", ".", ",", " ", "=", "<", ">", "!", "~", "^", "[", "]", ")", "|", "*", "x", "-"];
    for a in signs {
        for b in signs {
            for c in signs {
                let text = [a, b, c, a, "1.2", b].concat();
                assert_eq!(distance(&text, &text), Distance::Same);
                assert_ne!(distance("1.2.3", &[&text, "!"].concat()), Distance::Patch);
            }
        }
    }
}

#[test]
fn toml_is_read_as_its_tools_read_it_or_refused() {
    let same = [
        ("a.b.c = 1", "[a.b]\nc = 1"),
        ("a = {b = {c = 1}}", "[a]\nb.c = 1"),
        ("[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3", "a = [{b = 1}, {b = 2, c = {d = 3}}]"),
        ("'a.b' = \"x\\u00e9\\n\"", "\"a.b\" = \"\"\"\nxé\n\"\"\""),
        ("a = '''it's'''", "a = \"it's\""),
        ("a = \"\"\"x \\\n   y\"\"\"", "a = 'x y'"),
        ("a = \"\"\"\"q\"\"\"\"", "a = '\"q\"'"),
        ("a = [1, # one\n 2,\n]", "a = [1,2]"),
        ("[a.b]\nx = 1\n[a]\ny = 1", "[a]\ny = 1\n[a.b]\nx = 1"),
    ];
    for (one, other) in same {
        let read = read_toml(one).unwrap();
        assert_eq!(read, read_toml(other).unwrap(), "{one}\n{other}");
    }
    for bad in [
        "a = 1\na = 2",
        "[a]\n[a]",
        "a = 1\n[a]",
        "a.b = 1\n[a]",
        "[a.b]\n[a]\nb.c = 1",
        "a = {b = 1}\n[a.c]",
        "a = {b = 1, b.c = 2}",
        "a = [1]\n[[a]]",
        "[[a]]\n[a]",
        "a = {b = 1\n}",
        "a = 1 b = 2",
        "a = ",
        "= 1",
        "a = \"x\ny\"",
        "a = \"\\q\"",
        "a = 'x",
        "a = [1",
        "[a",
        "a = nope",
        "\u{1}",
    ] {
        assert!(read_toml(bad).is_err(), "{bad}");
    }
    assert!(read_toml(&["a = ", &"[".repeat(100_000)].concat()).is_err());
    assert!(read_toml(&["a", &".a".repeat(100_000), " = 1"].concat()).is_err());
}

#[test]
fn json_with_two_readings_is_refused() {
    for bad in ["{\"a\":1,\"a\":2}", "[1,]", "{,}", "01", "1.", "\"\\x\"", "\"a\nb\"", "nul", "1 2"]
    {
        assert!(read_json(bad).is_err(), "{bad}");
    }
    assert!(read_json(&"[".repeat(100_000)).is_err());
    let read = read_json("[\"\\ud83d\\ude00\", 1.50, {}]").unwrap();
    let expected = [
        Tree::Text("\u{1f600}".to_owned()),
        Tree::Plain("1.50".to_owned()),
        Tree::Map(std::collections::BTreeMap::new()),
    ];
    assert_eq!(read.items(), expected);
}

#[test]
fn yaml_that_means_more_than_it_shows_is_refused() {
    for bad in [
        "a: &x 1",
        "a: *x",
        "a: !!str 1",
        "<<: *base",
        "a: 1\na: 2",
        "a: b\n  c",
        "a: b: c",
        "? a\n: b",
        "a:\n\tb: 1",
        "%YAML 1.2\n---\na: 1",
        "a: {b: 1, c: [2]}",
        "a: \"x\n  y\"",
        "a: [1,\n  2]",
        "- a\nb: 1",
        "a:\n    b: 1\n  c: 1",
    ] {
        assert!(read_yaml(bad).is_err(), "{bad}");
    }
    assert!(read_yaml(&"- ".repeat(100_000)).is_err());
    let one = "a:\n- b: 1\n  c:\n    - x # y\n    - 'z'\nd: |\n  text: more\n  # kept\ne: \"q\"\n";
    let other = "a:\n  -   b: 1\n      c: [x, z]\nd: |\n  text: more\n  # kept\ne: \"q\"";
    let plain = |text: &str| {
        let mut leaves = Vec::new();
        read_yaml(text).unwrap().visit("", &mut |way, text| {
            leaves.push([way, "=", text.trim_matches('"')].concat());
        });
        leaves
    };
    assert_eq!(plain(one), plain(other));
    assert_eq!(read_yaml("a: 1\n---\nb: 2\n").unwrap().items().len(), 2);
}

#[test]
fn xml_with_entities_of_its_own_is_refused() {
    for bad in [
        "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
        "<a>&b;</a>",
        "<a><b></a></b>",
        "<a/><b/>",
        "<a b=\"1\" b=\"2\"/>",
        "<a",
        "<a>",
        "text",
        "",
    ] {
        assert!(read_xml(bad).is_err(), "{bad}");
    }
    assert!(read_xml(&"<a>".repeat(100_000)).is_err());
    let text = "<?xml version=\"1.0\"?><!-- c --><a x='&lt;1'>t<b>&#x41;<![CDATA[<&]]></b></a>";
    let read = read_xml(text).unwrap();
    assert_eq!(read.child_text("b"), Some("A<&"));
    assert_eq!(read.attributes, [("x".to_owned(), "<1".to_owned())]);
}

#[test]
fn settings_of_several_lines_are_refused() {
    for bad in ["a=1\na=2", "a=1\\\n2", "a\n", "a = 1\n  b", "[a\nb=1"] {
        assert!(read_lines(bad).is_err(), "{bad}");
    }
    let read = read_lines("# c\nx.y = 1\n[s]\nk: v\n").unwrap();
    assert_eq!(read.at("s").and_then(|s| s.at("k")), Some(&Tree::Plain("v".to_owned())));
}

#[test]
fn nothing_in_a_manifest_changes_unseen() {
    // Each pair differs in one thing that its tool reads.
    for (path, before, after) in [
        (
            "Cargo.toml",
            "[dependencies]\na = '1'",
            "[dependencies]\na = { version = '1', package = 'b' }",
        ),
        (
            "Cargo.toml",
            "[dependencies]\na = '1'",
            "[dependencies]\na = '1'\n[patch.crates-io]\na = { path = 'x' }",
        ),
        (
            "Cargo.toml",
            "[dependencies]\na = '1'",
            "[dependencies]\na = '1'\n[lib]\nproc-macro = true",
        ),
        (
            "Cargo.toml",
            "[dependencies]\na.version = '1'",
            "[dependencies]\na = { version = '1', registry = 'x' }",
        ),
        (
            "Cargo.toml",
            "[workspace.dependencies]\na = '1'",
            "[workspace.dependencies]\na = { git = 'x' }",
        ),
        ("package.json", "{\"a\": [1]}", "{\"a\": [1, 2]}"),
        ("package.json", "{\"a\": {\"0\": 1}}", "{\"a\": [1]}"),
        (
            "package.json",
            "{\"overrides\": {\"a\": {\"b\": \"1.0.0\"}}}",
            "{\"overrides\": {\"a\": {\"b\": \"2.0.0\"}}}",
        ),
        ("pom.xml", "<project><a><b>1</b></a></project>", "<project><a><b>2</b></a></project>"),
        ("pom.xml", "<project><a x=\"1\"/></project>", "<project><a x=\"2\"/></project>"),
        (
            "pom.xml",
            "<project><a><b>1</b></a><a/></project>",
            "<project><a/><a><b>1</b></a></project>",
        ),
        ("go.mod", "module a\n", "module b\n"),
        ("go.mod", "module a\nexclude x v1.0.0\n", "module a\n"),
        ("build.gradle", "apply from: 'a.gradle'", "apply from: 'b.gradle'"),
        ("build.gradle", "x = \"a:b:1.0\"; run('y')", "x = \"a:b:1.0\"; run('z')"),
        ("gradle.properties", "org.gradle.jvmargs=-Xmx1g", "org.gradle.jvmargs=-javaagent:x"),
        ("requirements.txt", "a==1", "--extra-index-url https://x.example.com\na==1"),
        ("requirements.txt", "a==1", "a @ https://x.example.com/a.whl"),
        ("requirements.txt", "a==1", "a==1\n./local"),
        ("pyproject.toml", "[tool.x]\na = 1", "[tool.x]\na = 2"),
        ("setup.cfg", "[options]\nx = 1", "[options]\nx =\n  1\n  2"),
        ("Pipfile", "[packages]\na = '*'", "[packages]\na = {git = 'x'}"),
        ("gradle/libs.versions.toml", "[libraries]\na = 'g:a:1'", "[libraries]\na = 'h:a:1'"),
        (
            "package-lock.json",
            "{\"packages\": {\"a\": {\"version\": \"1.0.0\"}}}",
            "{\"packages\": {\"a\": {\"version\": \"1.0.0\", \"hasInstallScript\": true}}}",
        ),
        (
            "Cargo.lock",
            "[[package]]\nname = 'a'\nversion = '1.0.0'\nsource = 'x'",
            "[[package]]\nname = 'a'\nversion = '1.0.0'\nsource = 'y'",
        ),
    ] {
        let kind = ManifestKind::of(&path.to_lowercase()).unwrap();
        let read = |text| kind.read(text).unwrap();
        assert_ne!(compare(&read(before), &read(after)), [], "{path}\n{before}\n{after}");
        assert_eq!(compare(&read(before), &read(before)), [], "{path}\n{before}");
    }
}
