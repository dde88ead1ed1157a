//! What generated files are generated from, and those that change without it.

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

/// Returns the names that the source of `path` may have where none of them is among `changed`;
/// `None` where one is. `changed` holds what no generator wrote, in lower case.
pub(crate) fn missing(path: &str, changed: &[String]) -> Option<Vec<String>> {
    let lower = path.to_lowercase();
    let (folder, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let Some((pattern, sources, near)) = ROWS.iter().find(|(row, _, _)| name_fits(row, name))
    else {
        // Something that people write must have led to it.
        return changed.is_empty().then(Vec::new);
    };
    let stem = pattern.strip_prefix('*').and_then(|end| name.strip_suffix(end)).unwrap_or(name);
    let wanted: Vec<String> = match near {
        Near::Stem => sources.iter().map(|source| source.replace('*', stem)).collect(),
        Near::Below | Near::Anywhere => sources.iter().map(|&source| source.to_owned()).collect(),
    };
    let found = changed.iter().any(|other| {
        let other_name = other.rsplit('/').next().unwrap_or_default();
        let below = folder.is_empty()
            || other.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let placed = match near {
            Near::Below => below,
            Near::Anywhere | Near::Stem => true,
        };
        placed && wanted.iter().any(|source| name_fits(source, other_name))
    });
    (!found).then_some(wanted)
}
