//! Texts that are made to be slow: work grows with their length, and no faster.

use super::keyed;
use super::shown;
use crate::redact::bytes::steps;

/// More than a window: such a line is looked at in parts.
const LONG: usize = 80_000;

const BEGINNINGS: &[&str] = &[
    "sk-ant-",
    "eyJ",
    "eyJaaaaaaaa.",
    "password=",
    "password=a,",
    "token=/",
    "token=a,",
    "token=\"/",
    "token=\\\"",
    "token=${",
    "password_secret_token_api_key_",
    "client_secret-api.token",
    "token=(",
    "sid=",
    "sid=a1",
    "a@",
    "://",
    "x://a:b/",
    "-----BEGIN PRIVATE KEY",
    "-----BEGIN PRIVATE KEY-----",
    "-----END ",
    "-----END PRIVATE KEY-----",
    "Authorization: ",
    "Authorization: Bearer ",
    "Cookie: a=",
    "\"Cookie\": [\"a=b\", ",
    "{\"name\":\"password\",",
    "\"value\":\"password\"",
    "<password>",
    "<password",
    "[REDACTED:",
    "[REDACTED:token]",
    "\u{1b}]",
    "\u{1b}[1",
    "curl -u ",
    "mysql -p",
    "mysql -pa ",
    "sshpass -p ",
    " login -p",
    "net use /user:a ",
    "htpasswd -b a ",
    "machine password ",
    "bearer ",
    "a.b.",
    "-",
    "\"",
    "\\",
    "=\n",
    "AKIA",
    "10.0.0.",
    "---- BEGIN PRIVATE KEY ----",
    "---- END PRIVATE KEY",
    "-----BEGIN PRIVATE KEY-----END",
    "Private-Lines: 1\\n",
    "LS0tLS1CRUdJTi",
    "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t",
    "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t\\n",
    "QUJDLS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t\\n",
    "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t\n",
    "--password=a'b'",
    "--password='a'b",
    "password=a\"b ",
    "password=a\"b\"",
    "password=a'b'password=",
    "password=\"\n",
    "password='''\n",
    "password=\"hunter2x\n",
];

#[test]
fn work_grows_with_the_length_of_one_line() {
    let redactor = keyed();
    let mut grown = Vec::new();
    for beginning in BEGINNINGS {
        let work = |bytes: usize| {
            steps::take();
            shown(&redactor, &beginning.repeat(bytes / beginning.len()));
            steps::take()
        };
        let (short, long) = (work(4_000), work(24_000));
        // Six times the text; twelve times the work at most, but for what is done once.
        if long > 12 * short + 250_000 {
            grown.push(format!("{beginning:?}: {short} steps, then {long}"));
        }
    }
    assert!(grown.is_empty(), "{}", grown.join("\n"));
}

#[test]
fn a_text_made_of_nothing_but_beginnings_ends() {
    let redactor = keyed();
    let mixed = BEGINNINGS.concat();
    shown(&redactor, &mixed.repeat(1_000_000 / mixed.len()));
    for beginning in BEGINNINGS {
        shown(&redactor, &beginning.repeat(LONG / beginning.len()));
    }
}
