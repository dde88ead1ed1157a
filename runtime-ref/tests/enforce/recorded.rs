//! What is kept of decisions is enough to decide them again, and holds no secret.

use bailiwick::RecordedDecision;
use bailiwick::RedecideVerdict;
use bailiwick::Request;
use bailiwick::redecide;

use crate::support::World;

/// Enforces one request of every kind and returns what was kept, in their order.
fn recorded(world: &mut World) -> Vec<String> {
    world.open_run();
    let shell = |line: &str| Request {
        shell: Some(line.to_owned()),
        ..world.context.request(bailiwick::Action::ShellExec)
    };
    let requests = [
        world.read("src/a.rs"),
        world.read("secrets/key"),
        world.read("correct-horse-battery/x"),
        shell("login --password horse-correct-7731"),
        shell("curl -H 'Authorization: Bearer abcdef0123456789abcdef' https://example.com"),
        Request { tool: Some("fly.away".to_owned()), ..world.read("src/a.rs") },
    ];
    for request in requests {
        world.enforce(request).1.unwrap();
    }
    world.pep.journal.decisions(&world.context.run).unwrap()
}

#[test]
fn every_decision_of_a_run_is_decided_again_byte_for_byte_or_named() {
    let mut world = World::new();
    let lines = recorded(&mut world);
    let verdicts: Vec<(RedecideVerdict, Vec<String>)> = lines
        .iter()
        .map(|line| RecordedDecision::from_json(line).unwrap())
        .map(|recorded| redecide(&world.pep.pdp.policies, &recorded))
        .map(|found| (found.verdict, found.fields))
        .collect();
    assert_eq!(verdicts.len(), 6);
    for (verdict, fields) in &verdicts {
        assert_eq!(*verdict, RedecideVerdict::Same, "{fields:?}\n{}", lines.join("\n"));
    }
    for secret in ["correct-horse-battery", "horse-correct", "abcdef0123456789"] {
        assert!(!lines.join("\n").contains(secret), "{secret}");
    }
}

#[test]
fn a_decision_without_a_state_is_kept_as_one_that_cannot_be_made_again() {
    let world = World::new();
    world.open_run();
    std::fs::remove_dir_all(world.folder.path().join("controls")).unwrap();
    world.enforce(world.read("src/a.rs")).1.unwrap();
    let line = world.pep.journal.decisions(&world.context.run).unwrap().pop().unwrap();
    let found = redecide(&world.pep.pdp.policies, &RecordedDecision::from_json(&line).unwrap());
    assert_eq!(found.verdict, RedecideVerdict::NotReproducible);
    assert_eq!(found.fields, ["state"]);
}
