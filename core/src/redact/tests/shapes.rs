//! Shapes in which secrets stand that were missed once, and harmless ones that were taken.

use super::shown;
use crate::redact::Redactor;

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
