//! The strict reading of a statement: in-toto Statement v1 with SLSA provenance v1.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::model::canonical_json;
use crate::provenance::check::Members;
use crate::provenance::check::Place;
use crate::provenance::problem::ProblemCode;
use crate::provenance::problem::Problems;
use crate::provenance::resource::Resource;
use crate::provenance::resource::check_resource;
use crate::provenance::resource::check_resources;
use crate::provenance::statement::PREDICATE_TYPE;
use crate::provenance::statement::STATEMENT_TYPE;
use crate::provenance::tree;

/// What a statement says, so far as it could be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Statement {
    pub(super) build_type: Option<String>,
    pub(super) builder_id: Option<String>,
    /// Digests of what came out beside the subject, by name.
    pub(super) byproducts: Vec<Resource>,
    pub(super) finished_on: Option<String>,
    pub(super) invocation_id: Option<String>,
    /// The predicate, as it stands.
    pub(super) predicate: Value,
    pub(super) started_on: Option<String>,
    pub(super) subjects: Vec<Resource>,
}

/// Reads the payload of an envelope and tells everything that is wrong with it.
pub(super) fn read_statement(payload: &[u8], problems: &mut Problems) -> Option<Statement> {
    let before = problems.count();
    let value = tree::read(payload, ROOT, problems)?;
    if problems.count() == before {
        let canonical = canonical_json(&value).ok();
        if canonical.is_none_or(|text| text.as_bytes() != payload) {
            let message = "the payload is not canonical JSON (RFC 8785)";
            problems.add_strict(ProblemCode::NotCanonical, ROOT, message);
        }
    }
    let place = Place::new(ROOT.to_owned(), &value);
    let members = place.object(&["_type", "predicate", "predicateType", "subject"], problems)?;
    if let Some(at) = members.need("_type", problems) {
        is_type(&at, STATEMENT_TYPE, ProblemCode::StatementTypeUnknown, problems);
    }
    let mut statement =
        Statement { subjects: subjects(&members, problems), ..Statement::default() };
    let known = members.need("predicateType", problems).is_some_and(|at| {
        is_type(&at, PREDICATE_TYPE, ProblemCode::PredicateTypeUnknown, problems)
    });
    if known && let Some(predicate) = members.need("predicate", problems) {
        statement.predicate = predicate.value.clone();
        check_predicate(&predicate, &mut statement, problems);
    }
    Some(statement)
}

fn is_type(at: &Place<'_>, expected: &str, code: ProblemCode, problems: &mut Problems) -> bool {
    let same = at.text(problems).map(|text| text == expected);
    if same == Some(false) {
        problems.add(code, &at.path, format!("must be `{expected}`"));
    }
    same == Some(true)
}

fn subjects(members: &Members<'_>, problems: &mut Problems) -> Vec<Resource> {
    let Some(list) = members.need("subject", problems) else {
        return Vec::new();
    };
    let Some(items) = list.items(problems) else {
        return Vec::new();
    };
    if items.is_empty() {
        problems.add(ProblemCode::SubjectMissing, &list.path, "the statement is about nothing");
    }
    let mut names = BTreeSet::new();
    let mut found = Vec::new();
    for item in items {
        let Some(subject) = check_resource(&item, true, problems) else {
            continue;
        };
        let name = subject.name.clone().filter(|name| name != "_");
        if name.is_some_and(|name| !names.insert(name)) {
            let message = "two subjects have this name";
            problems.add_strict(ProblemCode::SubjectRepeated, &item.path, message);
        }
        found.push(subject);
    }
    found
}

fn check_predicate(at: &Place<'_>, statement: &mut Statement, problems: &mut Problems) {
    let Some(predicate) = at.object(&["buildDefinition", "runDetails"], problems) else {
        return;
    };
    if let Some(definition) = predicate.need("buildDefinition", problems) {
        check_definition(&definition, statement, problems);
    }
    if let Some(details) = predicate.need("runDetails", problems) {
        check_details(&details, statement, problems);
    }
}

fn check_definition(at: &Place<'_>, statement: &mut Statement, problems: &mut Problems) {
    let known = &["buildType", "externalParameters", "internalParameters", "resolvedDependencies"];
    let Some(definition) = at.object(known, problems) else {
        return;
    };
    statement.build_type =
        definition.need("buildType", problems).and_then(|at| at.uri(problems)).map(str::to_owned);
    if let Some(parameters) = definition.need("externalParameters", problems) {
        parameters.any_object(problems);
    }
    if let Some(parameters) = definition.find("internalParameters", problems) {
        parameters.any_object(problems);
    }
    if let Some(dependencies) = definition.find("resolvedDependencies", problems) {
        check_resources(&dependencies, problems);
    }
}

fn check_details(at: &Place<'_>, statement: &mut Statement, problems: &mut Problems) {
    let Some(details) = at.object(&["builder", "byproducts", "metadata"], problems) else {
        return;
    };
    if let Some(builder) = details.need("builder", problems)
        && let Some(builder) = builder.object(&["builderDependencies", "id", "version"], problems)
    {
        statement.builder_id =
            builder.need("id", problems).and_then(|at| at.uri(problems)).map(str::to_owned);
        if let Some(version) = builder.find("version", problems)
            && let Some(parts) = version.any_object(problems)
        {
            parts.all().for_each(|(_, part)| {
                part.text(problems);
            });
        }
        if let Some(dependencies) = builder.find("builderDependencies", problems) {
            check_resources(&dependencies, problems);
        }
    }
    if let Some(metadata) = details.find("metadata", problems) {
        check_metadata(&metadata, statement, problems);
    }
    if let Some(byproducts) = details.find("byproducts", problems) {
        for item in byproducts.items(problems).unwrap_or_default() {
            statement.byproducts.extend(check_resource(&item, false, problems));
        }
    }
}

fn check_metadata(at: &Place<'_>, statement: &mut Statement, problems: &mut Problems) {
    let Some(metadata) = at.object(&["finishedOn", "invocationId", "startedOn"], problems) else {
        return;
    };
    let id = metadata.find("invocationId", problems).and_then(|at| at.text(problems));
    statement.invocation_id = id.map(str::to_owned);
    let started = metadata.find("startedOn", problems).and_then(|at| at.instant(problems));
    let finish = metadata.find("finishedOn", problems);
    let finished = finish.as_ref().and_then(|at| at.instant(problems));
    if let (Some(started), Some(finished), Some(at)) = (started, finished, &finish)
        && finished < started
    {
        problems.add(ProblemCode::TimestampOrder, &at.path, "it ended before it began");
    }
    statement.started_on = started.map(|instant| instant.to_string());
    statement.finished_on = finished.map(|instant| instant.to_string());
}

/// The path of the payload's root.
const ROOT: &str = "$.payload";
