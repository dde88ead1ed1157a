//! What generated files are generated from, and those that change without it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::facts::manifest::name_fits;

/// Where the source of a generated file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Near {
    /// Anywhere.
    Anywhere,
    /// In the folder of the generated file, or below it.
    Below,
    /// Under the same name but for its end.
    Stem,
}

/// Names of generated files, what they come from, and where that stands.
const ROWS: &[(&str, &[&str], Near)] = &[
    ("*_grpc.pb.go", &["*.proto"], Near::Stem),
    ("*.pb.go", &["*.proto"], Near::Stem),
    ("*.grpc.pb.cc", &["*.proto"], Near::Stem),
    ("*.pb.cc", &["*.proto"], Near::Stem),
    ("*.pb.c", &["*.proto"], Near::Stem),
    ("*.pb.h", &["*.proto"], Near::Stem),
    ("*.pb.dart", &["*.proto"], Near::Stem),
    ("*.pbjson.dart", &["*.proto"], Near::Stem),
    ("*.pb.swift", &["*.proto"], Near::Stem),
    ("*_pb2_grpc.py", &["*.proto"], Near::Stem),
    ("*_pb2.py", &["*.proto"], Near::Stem),
    ("*_pb2.pyi", &["*.proto"], Near::Stem),
    ("*_pb.js", &["*.proto"], Near::Stem),
    ("*_pb.d.ts", &["*.proto"], Near::Stem),
    ("*_pb.ts", &["*.proto"], Near::Stem),
    ("*.sql.go", &["*.sql"], Near::Stem),
    ("*.g.dart", &["*.dart"], Near::Stem),
    ("*.freezed.dart", &["*.dart"], Near::Stem),
    ("*.designer.cs", &["*.resx", "*.cs", "*.settings"], Near::Stem),
    ("*.feature.cs", &["*.feature"], Near::Stem),
    ("*.min.js", &["*.js", "*.ts", "*.mjs"], Near::Stem),
    ("*.min.mjs", &["*.mjs", "*.ts"], Near::Stem),
    ("*.min.css", &["*.css", "*.scss", "*.less", "*.sass"], Near::Stem),
    ("*.js.map", &["*.js", "*.ts", "*.tsx", "*.jsx"], Near::Stem),
    ("*.css.map", &["*.css", "*.scss", "*.less", "*.sass"], Near::Stem),
    ("*.snap", &["*"], Near::Anywhere),
    ("zz_generated*.go", &["*.go"], Near::Below),
    ("mock_*.go", &["*.go"], Near::Anywhere),
    ("cargo.lock", &["cargo.toml"], Near::Below),
    ("package-lock.json", &["package.json"], Near::Below),
    ("npm-shrinkwrap.json", &["package.json"], Near::Below),
    ("yarn.lock", &["package.json", ".yarnrc.yml"], Near::Below),
    ("pnpm-lock.yaml", &["package.json", "pnpm-workspace.yaml"], Near::Below),
    ("bun.lock", &["package.json"], Near::Below),
    ("bun.lockb", &["package.json"], Near::Below),
    ("deno.lock", &["deno.json", "deno.jsonc", "package.json"], Near::Below),
    ("go.sum", &["go.mod", "go.work"], Near::Below),
    ("poetry.lock", &["pyproject.toml"], Near::Below),
    ("uv.lock", &["pyproject.toml"], Near::Below),
    ("pdm.lock", &["pyproject.toml"], Near::Below),
    ("pipfile.lock", &["pipfile"], Near::Below),
    ("composer.lock", &["composer.json"], Near::Below),
    ("gemfile.lock", &["gemfile", "*.gemspec"], Near::Below),
    (
        "gradle.lockfile",
        &["*.gradle", "*.gradle.kts", "*.versions.toml", "gradle.properties"],
        Near::Anywhere,
    ),
    ("mix.lock", &["mix.exs"], Near::Below),
    ("flake.lock", &["flake.nix"], Near::Below),
    ("packages.lock.json", &["*.csproj", "*.fsproj", "directory.packages.props"], Near::Anywhere),
    ("pubspec.lock", &["pubspec.yaml"], Near::Below),
    ("podfile.lock", &["podfile"], Near::Below),
    ("package.resolved", &["package.swift"], Near::Anywhere),
];

/// The files of a change that no generator wrote, in lower case, to be asked for sources.
#[derive(Debug, Default)]
pub(crate) struct Written {
    any: bool,
    /// For each pattern of a source, the paths whose name fits it.
    by_pattern: BTreeMap<&'static str, BTreeSet<String>>,
    names: BTreeSet<String>,
}

impl Written {
    /// Adds a file.
    pub(crate) fn add(&mut self, path: &str) {
        let path = path.to_lowercase();
        let name = path.rsplit('/').next().unwrap_or_default();
        self.any = true;
        for (_, sources, near) in ROWS {
            for source in sources.iter().filter(|_| *near != Near::Stem) {
                if name_fits(source, name) {
                    self.by_pattern.entry(source).or_default().insert(path.clone());
                }
            }
        }
        self.names.insert(name.to_owned());
    }

    /// Returns the names that the source of `path` may have where none of them changed; `None`
    /// where one did.
    pub(crate) fn missing(&self, path: &str) -> Option<Vec<String>> {
        let lower = path.to_lowercase();
        let (folder, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
        let Some((pattern, sources, near)) = ROWS.iter().find(|(row, _, _)| name_fits(row, name))
        else {
            // Something that people write must have led to it.
            return (!self.any).then(Vec::new);
        };
        if *near == Near::Stem {
            let stem = pattern.strip_prefix('*').and_then(|end| name.strip_suffix(end));
            let wanted: Vec<String> =
                sources.iter().map(|source| source.replace('*', stem.unwrap_or(name))).collect();
            let found = wanted.iter().any(|name| self.names.contains(name));
            return (!found).then_some(wanted);
        }
        let found = sources.iter().any(|source| {
            let paths = self.by_pattern.get(source);
            paths.is_some_and(|paths| *near == Near::Anywhere || below(paths, folder))
        });
        (!found).then(|| sources.iter().map(|&source| source.to_owned()).collect())
    }
}

/// Returns true where one of `paths` is in `folder`, or below it.
pub(crate) fn below(paths: &BTreeSet<String>, folder: &str) -> bool {
    if folder.is_empty() {
        return !paths.is_empty();
    }
    let start = [folder, "/"].concat();
    paths.range(start.clone()..).next().is_some_and(|path| path.starts_with(&start))
}
