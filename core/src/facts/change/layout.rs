//! What the place and name of a file tell of it: tests, documents, builds, configuration.

use crate::facts::manifest::name_fits;

/// What a file is by its path alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// It builds, checks or releases, or sets up a tool.
    Build,
    /// It configures.
    Config(Format),
    /// It is for people to read.
    Document,
    /// It describes machines and services.
    Infrastructure,
    /// It names or pins repositories.
    Modules,
    /// Anything else.
    Source,
    /// It tests.
    Test,
}

/// How a file of configuration is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// JSON.
    Json,
    /// A setting a line.
    Lines,
    /// One that is not read.
    Other,
    /// TOML.
    Toml,
    /// YAML.
    Yaml,
}

impl Layout {
    /// Returns what the file at `path` is.
    pub(crate) fn of(path: &str) -> Self {
        let lower = path.to_lowercase();
        let name = lower.rsplit('/').next().unwrap_or_default();
        let folders = || lower.split('/').rev().skip(1);
        if name == ".gitmodules" {
            return Self::Modules;
        }
        let build = BUILD.iter().any(|pattern| name_fits(pattern, name))
            || folders().any(|folder| BUILD_FOLDERS.contains(&folder))
            || lower.contains("gradle/wrapper/");
        if build {
            return Self::Build;
        }
        if INFRASTRUCTURE.iter().any(|end| name.ends_with(end)) {
            return Self::Infrastructure;
        }
        if is_test(path, &lower, name) {
            return Self::Test;
        }
        let in_documents = folders().any(|folder| matches!(folder, "doc" | "docs"));
        if DOCUMENTS.iter().any(|end| name.ends_with(end))
            || DOCUMENT_NAMES.iter().any(|pattern| name_fits(pattern, name))
            || (in_documents && PICTURES.iter().any(|end| name.ends_with(end)))
        {
            return Self::Document;
        }
        let format = FORMATS.iter().find(|(end, _)| name.ends_with(end) || name_fits(end, name));
        format.map_or(Self::Source, |(_, format)| Self::Config(*format))
    }
}

/// A file among tests; what lies in a folder of production code is none, whatever its name.
fn is_test(path: &str, lower: &str, name: &str) -> bool {
    let original = path.rsplit('/').next().unwrap_or_default();
    let production = lower.starts_with("src/main/") || lower.contains("/src/main/");
    if production {
        return false;
    }
    let named = TEST_NAMES.iter().any(|pattern| name_fits(pattern, name))
        || CAMEL_TESTS.iter().any(|end| original.len() > end.len() && original.ends_with(end));
    let mut folders = lower.split('/').rev().skip(1);
    // Go compiles everything in a folder but what is named so, or is data.
    if name.ends_with(".go") {
        return named || folders.any(|folder| folder == "testdata");
    }
    let spec = [".rb", ".js", ".ts", ".jsx", ".tsx"].iter().any(|end| name.ends_with(end));
    named
        || folders.any(|folder| {
            TEST_FOLDERS.contains(&folder) || (spec && matches!(folder, "spec" | "specs"))
        })
}

const TEST_FOLDERS: &[&str] = &[
    "test",
    "tests",
    "testdata",
    "test-data",
    "test_data",
    "__tests__",
    "__mocks__",
    "__snapshots__",
    "androidtest",
    "integrationtest",
    "integration-test",
    "integration-tests",
    "integration_tests",
    "functionaltest",
    "e2e",
    "cypress",
    "playwright",
];

/// Names of tests in lower case.
const TEST_NAMES: &[&str] = &[
    "*_test.go",
    "*_test.py",
    "test_*.py",
    "conftest.py",
    "*_test.rs",
    "*_tests.rs",
    "*.test.js",
    "*.test.ts",
    "*.test.jsx",
    "*.test.tsx",
    "*.test.mjs",
    "*.spec.js",
    "*.spec.ts",
    "*.spec.jsx",
    "*.spec.tsx",
    "*.spec.mjs",
    "*_spec.rb",
    "*_test.rb",
    "*_test.exs",
    "*_test.dart",
    "*_test.cc",
    "*_test.cpp",
    "*_unittest.cc",
    "*.feature",
    "*.snap",
];

/// Ends of names of tests where the case of letters parts the words.
const CAMEL_TESTS: &[&str] = &[
    "Test.java",
    "Tests.java",
    "TestCase.java",
    "IT.java",
    "Test.kt",
    "Tests.kt",
    "Test.scala",
    "Spec.scala",
    "Spec.groovy",
    "Test.cs",
    "Tests.cs",
    "Test.php",
    "Tests.swift",
    "Test.swift",
];

const DOCUMENTS: &[&str] = &[".md", ".markdown", ".rst", ".adoc", ".asciidoc", ".textile"];

const DOCUMENT_NAMES: &[&str] = &[
    "readme",
    "readme.txt",
    "license",
    "license.txt",
    "license-*",
    "licence",
    "copying",
    "copying.lesser",
    "notice",
    "notice.txt",
    "authors",
    "authors.txt",
    "contributors",
    "contributors.txt",
    "changelog",
    "changelog.txt",
    "changes",
    "changes.txt",
    "history.txt",
    "news",
];

/// What belongs to documents in a folder of documents.
const PICTURES: &[&str] =
    &[".txt", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf", ".puml", ".mmd", ".drawio"];

const INFRASTRUCTURE: &[&str] =
    &[".tf", ".tfvars", ".tf.json", ".hcl", ".bicep", ".nomad", ".pkr.json", ".tofu"];

const FORMATS: &[(&str, Format)] = &[
    (".yaml", Format::Yaml),
    (".yml", Format::Yaml),
    (".json", Format::Json),
    (".toml", Format::Toml),
    (".ini", Format::Lines),
    (".cfg", Format::Lines),
    (".properties", Format::Lines),
    (".env", Format::Lines),
    (".env.*", Format::Lines),
    (".conf", Format::Other),
    (".config", Format::Other),
    (".xml", Format::Other),
    (".json5", Format::Other),
    (".jsonc", Format::Other),
];

const BUILD_FOLDERS: &[&str] = &[
    ".cargo",
    ".mvn",
    ".husky",
    ".githooks",
    ".vscode",
    ".idea",
    ".devcontainer",
    ".yarn",
    "buildsrc",
];

const BUILD: &[&str] = &[
    "makefile*",
    "gnumakefile*",
    "*.mk",
    "justfile",
    "taskfile.y*",
    "dockerfile*",
    "*.dockerfile",
    "containerfile*",
    "docker-compose*",
    "compose.y*",
    "docker-bake*",
    "cmakelists.txt",
    "*.cmake",
    "meson.build",
    "configure*",
    "build.rs",
    "setup.py",
    "build.xml",
    "build",
    "build.bazel",
    "workspace",
    "workspace.bazel",
    "module.bazel",
    "*.bzl",
    "tox.ini",
    "noxfile.py",
    "pytest.ini",
    "rakefile",
    "gulpfile.*",
    "gruntfile.*",
    "webpack.*",
    "vite.config.*",
    "vitest.config.*",
    "rollup.config.*",
    "babel.config.*",
    ".babelrc*",
    "jest.config.*",
    "next.config.*",
    "tsconfig*.json",
    "eslint.config.*",
    ".eslintrc*",
    ".prettierrc*",
    ".npmrc",
    ".yarnrc*",
    ".pnpmfile.*",
    "pip.conf",
    "settings.xml",
    "rust-toolchain*",
    "clippy.toml",
    "rustfmt.toml",
    "deny.toml",
    "gradlew*",
    "mvnw*",
    ".pre-commit-config.y*",
    "lefthook.y*",
    ".gitattributes",
    ".gitignore",
    ".gitconfig",
    ".dockerignore",
    ".tool-versions",
    ".nvmrc",
    ".node-version",
    ".python-version",
    ".ruby-version",
    ".envrc",
    ".mcp.json",
    "renovate.json*",
    "dependabot.y*",
    "codeowners",
    "procfile",
    "vagrantfile",
    "conanfile.*",
    "vcpkg.json",
    "sonar-project.properties",
    "*.csproj.user",
    "*.props",
    "*.targets",
];
