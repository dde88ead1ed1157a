//! Shapes in which secrets stand that were missed once, and harmless ones that were taken.

use super::shown;
use crate::redact::Redactor;
use crate::redact::encoding::encode_base64;

/// Texts in which nothing of what stands between `«` and `»` may be left.
const SECRETS: &[&str] = &[
    // Values that begin like a path, a reference or code.
    "password: /«aB3dE5gH7jK9mN1pQ»/x9Zq",
    "token = \"~/«aB3dE5gH7jK9mN1pQ2rS4»\"",
    "api_key: sha256:«aB3dE5gH7jK9mN1pQ2rS4t»",
    "secret: vault:«aB3dE5gH7jK9mN1pQ2rS4t»",
    "DB_PASSWORD=«letmeinplease»",
    "DB_PASSWORD=«correct.horse.battery»",
    "DB_PASSWORD=«abc->def::ghi»",
    "DB_PASSWORD=«abc(def»",
    "login --password «letmeinplease»",
    "https://shop.example/?password=«letmeinplease»",
    "password: \"«$ecur3Passw0rd»\"",
    "password: \"«((hunter2hunter»\"",
    "password: \"«(correct horse»\"",
    "password: «#{abc1def2»",
    "PASSWORD=${DB_PASSWORD:-«s3cretPassw0rd»}",
    "PASSWORD=$(echo «hunter2hunter2»)",
    "password: !!str «hunter2hunter2»",
    "password: &main «hunter2hunter2»",
    "password: [REDACTED]«hunter2hunter2»",
    // Signs that end values elsewhere.
    "INFO password=abc«&def12gh» next",
    "INFO password=«hunter2;more,and|more» next",
    "INFO password=a,«bc12de» next",
    "INFO password=p«<ssw0rd9» next",
    "INFO secret=a«)b}c>d1e2f3g4» x",
    // Headers.
    "Cookie: $Version=1; session=«aB3dE5gH7jK9mN1p»",
    "Cookie: theme={{x}}; session=«aB3dE5gH7jK9mN1p»",
    "Authorization: {{«aB3dE5gH7jK9mN1p»",
    "Authorization: <«aB3dE5gH7jK9mN1p»",
    "\"set-cookie\": [\"a=«b1c2d3e4f5»\", \"c=«d1e2f3g4h5»\"]",
    "{\"name\":\"Cookie\",\"value\":\"a=«b1c2d3e4f5»\"}",
    // Lists and objects.
    "\"password\": [\"«hunter2hunter2»\", \"«hunter3hunter3»\"]",
    "passwords = ['«hunter2hunter2»', '«hunter3hunter3»']",
    "{\"value\": \"«hunter2hunter2»\", \"name\": \"DB_PASSWORD\"}",
    "{\"name\": \"DB_PASSWORD\", \"description\": \"x\", \"value\": \"«hunter2hunter2»\"}",
    // Below the key.
    "password: | # why\n  «hunter2hunter2»\nuser: bob",
    "+password: |\n+  «hunter2hunter2»\n+user: bob",
    "password: &a |\n  «hunter2hunter2»",
    "password: !!binary |\n  «aHVudGVyMmh1bnRlcjI=»",
    "password:\n  «hunter2hunter2»\nuser: bob",
    "password:\n  «aHVudGVyMmh1bnRlcjI=»\nuser: bob",
    "passwords:\n  - «hunter2hunter2»\n  - «hunter3hunter3»\nuser: bob",
    "passwords:\n- «hunter2hunter2»\n- «hunter3hunter3»\nuser: bob",
    "\"password\": [\n  \"«hunter2hunter2»\"\n]",
    // XML.
    "<password><![CDATA[«hunter2hunter2»]]></password>",
    "<password>«correct horse battery»</password>",
    "<password>«a&amp;b&lt;cdefg»</password>",
    "<password type=\"plain\">«hunter2hunter2»</password>",
    "<wsse:Password>«hunter2hunter2»</wsse:Password>",
    "<key>password</key><string>«hunter2hunter2»</string>",
    "<key>password</key>\n<string>«hunter2hunter2»</string>",
    // Behind a key that does not end.
    "-----BEGIN PRIVATE KEY-----\n«MIIEvQIBADANBgkqhkiG9w0BAQEFAASCo7WPMR4P2l2qaN3zXmrIgN0DTUzKXiV0»\n\
     - name: REDIS_PASSWORD\n  value: \"«aPgAGjduRColB2IJi3ngc»\"",
    "-----BEGIN PRIVATE KEY-----\n«MIIEvQIBADANBgkqhkiG9w0BAQEFAASCo7WPMR4P2l2qaN3zXmrIgN0DTUzKXiV0»\n\
     2026-01-01 another line\n«b7L3RgeYS6xEL8aEx8fWuU0PWW7DsfP8C1VrSZSi4MZvYKDQNlw1JLFmYmRnyF12»\n\
     api_key: |\n  «6l0AzS6fojutMh0fBBMKEPnE708rt0Pa»",
    // Markers of others.
    "password=[REDACTED]«hunter2hunter2»",
    // Frames of SSH2 and PuTTY.
    "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"rsa\"\n\
     «P2/56wAAAgIAAAAmZGwtbW9kcHtzaWdue3JzYS1wa2NzMS1zaGExfSxkaHtwbGFpbn19»\n\
     «AAAACDNkZXMtY2JjAAAB»\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\nafter",
    "log: ---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\\n\
     «P2/56wAAAgIAAAAmZGwtbW9kcHtzaWdue3JzYS1wa2NzMS1zaGExfSxkaHtwbGFpbn19»\\n\
     ---- END SSH2 ENCRYPTED PRIVATE KEY ----",
    "log: \"---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\\n\
     «P2/56wAAAgIAAAAmZGwtbW9kcHtzaWdue3JzYS1wa2NzMS1zaGExfSxkaHtwbGFpbn19»\"",
    "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 1\n\
     AAAAC3NzaC1lZDI1NTE5AAAAIHrhGbT6cfPEQ4yEPJgHjcJcTqMZ5fWSOSuCHU4YfHvV\n\
     Private-Lines: 1\n«AAAAIFdKpNNUqMG8RlhxFoDDVBOtwIBsZbfjvxnxtcj6kcdu»\n\
     Private-MAC: «5b1f8c5f2a3f0c7f6d5c8e0a7b9d1e3f5a7c9b1d»\nafter",
    "{\"key\": \"PuTTY-User-Key-File-3: ssh-ed25519\\nPublic-Lines: 1\\nAAAA\\n\
     Private-Lines: 1\\n«AAAAIFdKpNNUqMG8RlhxFoDDVBOtwIBsZbfjvxnxtcj6kcdu»\\n\
     Private-MAC: «5b1f8c5f2a3f0c7f6d5c8e0a7b9d1e3f5a7c9b1d»\\n\"}",
    // Words of a shell that are quoted in part.
    "login --password=«cor»'«rect»'«-ho»\"«rse»\" next",
    "login --password=cor'«rect horse»'-«battery» next",
    "login --password '«correct»'«horse9» next",
    "DB_PASSWORD=cor'«rect horse»'-«battery»",
    "DB_PASSWORD=cor'«rect(1) horse»'-«battery»",
    "env -i DB_PASSWORD='«correct»'«horse9» run",
    "RUN \"login --password=cor'«rect»'«-horse9»\" next",
    "don't login --password=cor'«rect»'«horse9»",
    // Quotes that close some lines below.
    "password = \"«hunter2first»\n«hunter2 second»\" # why\nuser = bob",
    "password: '«hunter2first»\n\n  «hunter2 second»\n  «hunter2 third»'\nuser: bob",
    "PASSWORD = \"\"\"\n«hunter2 first»\n«a \"word\" here»\n\"\"\"\nuser = 1",
    "token = '''«hunter2hunter2»\n«hunter3»'''\nuser = 1",
    "export DB_PASSWORD='«hunter2first»\r\n«hunter2 second»'\r\nuser",
];

/// Texts that stay as they are.
const HARMLESS: &[&str] = &[
    "token_file: /var/run/secrets/token",
    "secret: /app/node-18.2.1/secrets",
    "password: ${DB_PASSWORD:-}",
    "password: {{ .Values.db.password }}",
    "token: ${{ secrets.GITHUB_TOKEN }}",
    "password: !Ref DbPassword",
    "PASSWORD=$(pass show db)",
    "password = getpass(prompt, stream)",
    "token = get_token(client).value",
    "const token: string|undefined = x",
    "fn login(password: &str, user: &str) -> bool {",
    "connect(password=pw,host=host)",
    "Authorization header must be set, 401",
    "Cookie: theme=; lang=",
    "password:\n  type: string\n  description: of the user",
    "credentials:\n  - name: foo\n    user: bob",
    "<password/>\n<user>bob</user>",
    "TOKEN=<your-token>",
    "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2EAAAABJQAAAQEAiPWx6WM4lhHN\n\
     ---- END SSH2 PUBLIC KEY ----",
    "---- BEGIN of the private keys ----\nsome text",
    "run \"curl --password=$PASSWORD\" next \"word\"",
    "PASSWORD=$(cat \"some file\") run",
    "x = get(password=read(\"of a\"), b)",
    "login --password=$USER\"$PASSWORD\" next",
    "url = \"/x?token=\"+token+\"&next=\"+next",
    "password = \"\nuser = \"bob\"",
    "note = \"it goes on\nbelow\"",
    "password: [FILTERED]",
];

#[test]
fn secrets_in_many_shapes_are_gone() {
    let redactor = Redactor::default();
    let mut left = Vec::new();
    for marked in SECRETS {
        let text = marked.replace(['«', '»'], "");
        let out = shown(&redactor, &text);
        for piece in marked.split('«').skip(1) {
            let secret = piece.split('»').next().unwrap();
            if out.contains(secret) {
                left.push(format!("{secret} is left in {out:?} from {text:?}"));
            }
        }
        assert_eq!(shown(&redactor, &out), out, "twice is once");
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
}

#[test]
fn harmless_texts_stay() {
    let redactor = Redactor::default();
    let changed: Vec<String> = HARMLESS
        .iter()
        .map(|text| (text, shown(&redactor, text)))
        .filter(|(text, out)| out != *text)
        .map(|(text, out)| format!("{text:?} became {out:?}"))
        .collect();
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn a_word_ends_where_the_string_does_that_it_stands_in() {
    let redactor = Redactor::default();
    for (text, expected) in [
        (
            "run \"curl --password=hunter2hunter2\" next \"word\"",
            "run \"curl --password=[REDACTED:password]\" next \"word\"",
        ),
        (
            "['curl --password=hunter2hunter2','next']",
            "['curl --password=[REDACTED:password]','next']",
        ),
        (
            "run \"login --password=cor'rect'\" next",
            "run \"login --password=[REDACTED:password]\" next",
        ),
        ("--password='hunter2hunter2' next", "--password='[REDACTED:password]' next"),
        ("--password='cor'rect9 next", "--password=[REDACTED:password] next"),
    ] {
        assert_eq!(shown(&redactor, text), expected);
    }
}

#[test]
fn what_follows_a_value_of_several_lines_is_seen() {
    let redactor = Redactor::default();
    assert_eq!(
        shown(&redactor, "password = \"hunter2first\n  hunter2 second\" # why\nuser = bob"),
        "password = \"[REDACTED:password]\n  [REDACTED:password]\" # why\nuser = bob"
    );
    assert_eq!(
        shown(&redactor, "password = \"\"\"\nhunter2\n\"\"\"\nuser = bob"),
        "password = \"[REDACTED:password]\n[REDACTED:password]\n\"\"\"\nuser = bob"
    );
}

#[test]
fn a_quote_that_nothing_closes_hides_no_more_than_some_lines() {
    let redactor = Redactor::default();
    let line = "a line of a log that tells nothing\n";
    for (lines, hidden) in [(line.to_owned(), 64), (format!("{}\n", line.trim().repeat(20)), 7)] {
        let many: String = (0..200).map(|number| format!("{number} {lines}")).collect();
        let out = shown(&redactor, &format!("password = \"hunter2first\n{many}"));
        let left = out.lines().filter(|shown| shown.contains("tells nothing")).count();
        assert_eq!(left, 200 - hidden);
    }
}

/// Returns a block in PEM, in base 64.
fn encoded_block(label: &str) -> String {
    let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n";
    let text = format!("-----BEGIN {label}-----\n{}-----END {label}-----\n", line.repeat(8));
    let padded = format!("{text}{}", "\n".repeat((3 - text.len() % 3) % 3));
    String::from_utf8(encode_base64(padded.as_bytes(), 0)).unwrap()
}

/// Returns `text` in lines of `width`, with `between` before each but the first.
fn wrapped(text: &str, width: usize, between: &str) -> String {
    let lines: Vec<&str> =
        text.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).unwrap()).collect();
    lines.join(between)
}

#[test]
fn a_private_key_that_is_encoded_as_a_whole_goes() {
    let redactor = Redactor::default();
    let certificate = encoded_block("CERTIFICATE");
    for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY"]
    {
        let key = encoded_block(label);
        let texts = [
            format!("client-key-data: {key}\nuser: bob"),
            format!("  tls.key: {key}\nuser: bob"),
            format!("{{\"x\": \"{key}\", \"user\": \"bob\"}}"),
            format!("x: {}\nuser: bob", wrapped(&key, 76, "\n  ")),
            format!("x: |\n  {}\nuser: bob", wrapped(&key, 64, "\n  ")),
            format!("{}\nuser: bob", wrapped(&key, 76, "\n")),
            format!("{}\r\nuser: bob", wrapped(&key, 61, "\r\n")),
            format!("app | {}\nuser: bob", wrapped(&key, 76, "\napp | ")),
            format!("{{\"x\": \"{}\\n\", \"user\": \"bob\"}}", wrapped(&key, 76, "\\n")),
            format!("x: {}\nuser: bob", wrapped(&key, 76, "\\n")),
            format!("x: {certificate}{key}\nuser: bob"),
            format!("x: {certificate}\ny: {key}\nuser: bob"),
        ];
        for text in texts {
            let out = shown(&redactor, &text);
            for window in key.as_bytes().windows(8) {
                let window = std::str::from_utf8(window).unwrap();
                assert!(
                    certificate.contains(window) || !out.contains(window),
                    "{window} is left in\n{out}\nfrom\n{text}"
                );
            }
            assert!(out.contains("[REDACTED:private_key") && out.contains("bob"), "{out}");
            assert_eq!(shown(&redactor, &out), out, "twice is once");
        }
    }
}

#[test]
fn a_certificate_that_is_encoded_as_a_whole_stays() {
    let redactor = Redactor::default();
    let (certificate, key) = (encoded_block("CERTIFICATE"), encoded_block("PRIVATE KEY"));
    for text in [
        format!("certificate-authority-data: {certificate}\nuser: bob"),
        format!("ca: |\n  {}\nuser: bob", wrapped(&certificate, 64, "\n  ")),
    ] {
        assert_eq!(shown(&redactor, &text), text);
    }
    let both = format!("tls.key: |\n  {}\n", wrapped(&key, 64, "\n  "));
    let beside = format!("tls.crt: |\n  {}\n", wrapped(&certificate, 64, "\n  "));
    let out = shown(&redactor, &format!("{both}{beside}"));
    assert!(out.ends_with(&beside), "{out}");
}

#[test]
fn the_last_letters_of_a_key_line_go_with_it() {
    let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKn";
    let text = format!("-----BEGIN PRIVATE KEY-----\n{line}\n{line}\n");
    assert_eq!(shown(&Redactor::default(), &text), "[REDACTED:private_key]\n\n\n");
}

#[test]
fn the_quotes_of_an_attribute_stay_where_the_element_ends() {
    let text = "<property name=\"user.token\" value=\"Zx81kQ92mm7TrAb3Cd4Ef5\"/>";
    let expected = "<property name=\"user.token\" value=\"[REDACTED:token]\"/>";
    assert_eq!(shown(&Redactor::default(), text), expected);
}

#[test]
fn what_a_marker_leaves_of_a_name_is_a_name_at_once() {
    let token = "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5pQRstu";
    let text = format!("{{\"name\": \"password{token}\", \"value\": \"hunter2hunter2\"}}");
    let once = shown(&Redactor::default(), &text);
    assert_eq!(shown(&Redactor::default(), &once), once, "twice is once");
    assert!(!once.contains(token) && !once.contains("hunter2"), "{once}");
}
