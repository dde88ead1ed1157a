//! A log in pieces is a log.

use super::RUN;
use super::lines;
use crate::audit::AuditVerdict;
use crate::audit::LogVerifier;
use crate::audit::MAX_RECORD_BYTES;
use crate::audit::VerifyOptions;
use crate::audit::VerifyReport;
use crate::audit::verify_log;

fn in_pieces(log: &[u8], size: usize) -> VerifyReport {
    let mut verifier = LogVerifier::new(VerifyOptions::default());
    log.chunks(size).for_each(|piece| verifier.push(piece));
    verifier.finish()
}

#[test]
fn a_log_in_pieces_is_judged_as_the_whole_one() {
    let log = lines(RUN);
    let long = "x".repeat(2 * MAX_RECORD_BYTES);
    let cases = [
        log.concat(),
        log.concat().trim_end().to_owned(),
        log[..7].concat(),
        [log[0].as_str(), "\n", log[1].as_str()].concat(),
        [log[0].as_str(), long.as_str(), "\n", log[1].as_str()].concat(),
        [log[0].as_str(), long.as_str()].concat(),
        String::new(),
    ];
    for log in cases {
        let whole = verify_log(log.as_bytes(), VerifyOptions::default());
        for size in [1, 3, 700, 1 << 16, 1 << 20] {
            assert_eq!(in_pieces(log.as_bytes(), size), whole, "{size}");
        }
    }
}

#[test]
fn a_line_longer_than_any_entry_is_malformed() {
    let long = format!("{}\n", "x".repeat(10 * MAX_RECORD_BYTES));
    let report = in_pieces(long.as_bytes(), 1 << 12);
    assert_eq!(report.verdict, AuditVerdict::Malformed);
    assert_eq!(
        report.first_bad.unwrap().message,
        "not a stored audit entry: the line is longer than any entry"
    );
}
