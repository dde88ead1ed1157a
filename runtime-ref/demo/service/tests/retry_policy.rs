//! What the shipped configuration means must not change by accident.

use payment_service::http::respond;
use payment_service::retry::RetryPolicy;

fn shipped() -> RetryPolicy {
    RetryPolicy::parse(include_str!("../config/retry.conf")).unwrap()
}

#[test]
fn tries_three_times_again_with_200_ms_between() {
    assert_eq!(shipped().delays(), [200, 200, 200]);
}

#[test]
fn reads_version_1() {
    let policy = RetryPolicy::parse("version = 1\nretries = 2\ndelay_ms = 50\n").unwrap();
    assert_eq!(policy.delays(), [50, 50]);
}

#[test]
fn refuses_a_version_it_does_not_know() {
    assert!(RetryPolicy::parse("version = 9\n").is_err());
}

#[test]
fn tells_its_policy_over_http() {
    let answer = respond("GET /retry-policy HTTP/1.1", &shipped());
    assert!(answer.starts_with("HTTP/1.1 200 OK"));
    assert!(answer.ends_with("[200, 200, 200]\n"));
}
