//! The provider against others who write at once, and against what was not permitted.

use std::collections::BTreeMap;

use bailiwick::Action;
use bailiwick::Digest;
use bailiwick::PullRequest;
use bailiwick::Request;
use bailiwick::Value;

use crate::git::FilePullRequests;
use crate::git::Git;
use crate::git::repository_tests::World;
use crate::git::repository_tests::permit;
use crate::git::repository_tests::said;
use crate::pep::Permit;
use crate::port::pull_request::PullRequestContent;
use crate::port::pull_request::PullRequests;
use crate::port::repository::Repository;

fn open(world: &World) -> FilePullRequests {
    let (folder, remote) =
        (world.folder.path().join("prs"), world.folder.path().join("remote.git"));
    FilePullRequests::open(Git::find().unwrap(), &folder, &remote).unwrap()
}

fn create_permit(head: &str, base: &str, body: &str) -> Permit {
    let hash = Digest::of(body.as_bytes());
    let request = Request {
        attributes: BTreeMap::from([(
            "body_hash".to_owned(),
            Value::Text(hash.as_str().to_owned()),
        )]),
        pr: Some(PullRequest {
            base: Some(base.to_owned()),
            draft: Some(true),
            head: Some(head.to_owned()),
            number: None,
            title: Some("Try".to_owned()),
        }),
        ..Request::default()
    };
    Permit::for_test(Action::PrCreate, request)
}

fn content(body: &str) -> PullRequestContent {
    PullRequestContent { body: said(body), reviewers: Vec::new(), title: said("Try") }
}

#[test]
fn a_pull_request_needs_its_branches_and_its_permitted_body() {
    let world = World::new();
    let provider = open(&world);
    let now = "2026-07-04T10:00:00Z".parse().unwrap();
    let code =
        |permit, body: &str| provider.create(permit, &content(body), now).unwrap_err().code();
    assert_eq!(code(create_permit("main", "trunk", "b"), "b"), "no_branch");
    assert_eq!(code(create_permit("none", "main", "b"), "b"), "no_branch");
    assert_eq!(code(create_permit("main", "main", "b"), "c"), "permit_differs");
    let created = provider.create(create_permit("main", "main", "b"), &content("b"), now).unwrap();
    assert_eq!(created.number, 1);
    assert_eq!(Some(created.head_sha.clone()), world.remote_sha("main"));
    assert_eq!(code(create_permit("main", "main", "b"), "b"), "pull_request_exists");
    assert_eq!(provider.read(1).unwrap(), created);
    assert_eq!(provider.read(2).unwrap_err().code(), "pull_request_not_found");
}

#[test]
fn numbers_differ_when_many_create_at_once() {
    let world = World::new();
    let sha = world.commit();
    let branches: Vec<String> = (0..12).map(|number| format!("agent/{number}")).collect();
    for branch in &branches {
        world.repository.push(permit(Action::GitPush, branch, &[("commit", &sha)])).unwrap();
    }
    let now = "2026-07-04T10:00:00Z".parse().unwrap();
    std::thread::scope(|scope| {
        for branch in &branches {
            // Each with a provider of its own, as processes would have.
            let provider = open(&world);
            scope.spawn(move || {
                let permit = create_permit(branch, "main", "b");
                provider.create(permit, &content("b"), now).unwrap();
            });
        }
    });
    let all = open(&world).list().unwrap();
    let numbers: Vec<u32> = all.iter().map(|created| created.number).collect();
    assert_eq!(numbers, (1..=12).collect::<Vec<u32>>());
    let mut heads: Vec<&str> = all.iter().map(|created| created.head.as_str()).collect();
    heads.sort_unstable();
    heads.dedup();
    assert_eq!(heads.len(), 12);
}
