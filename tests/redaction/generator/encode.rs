//! How a secret is written where it stands.

use std::fmt::Write as _;

use super::mark::BEGIN;
use super::mark::END;
use super::random::Random;

/// Returns `secret`, marked, in the form that `how` names, with the quotes that it needs around it.
pub(crate) fn encoded(secret: &str, how: &str, random: &mut Random) -> String {
    let whole = secret.replace(PUBLIC, "");
    let secret = match how {
        "" | "conn" | "json" | "json2" | "json3" | "py" | "sql" | "xml" | "sh" | "yaml" => secret,
        _ => &whole,
    };
    match how {
        "" | "conn" => marked(secret),
        "json" => marked(&json(secret)),
        "json2" => marked(&json(&json(secret))),
        "json3" => marked(&json(&json(&json(secret)))),
        "py" => marked(&secret.replace('\\', "\\\\").replace('\'', "\\'")),
        "sql" => marked(&secret.replace('\'', "''")),
        "xml" => marked(&secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")),
        "url" => marked(&url(secret)),
        "b64" => marked(&base64(secret.as_bytes())),
        "b64env" => marked(&base64(format!("export TOKEN={secret}\nPORT=80\n").as_bytes())),
        "basic" => marked(&base64(format!("deploy:{secret}").as_bytes())),
        "dockercfg" => {
            let auth = base64(format!("ci:{secret}").as_bytes());
            let text = format!("{{\"auths\":{{\"ghcr.io\":{{\"auth\":\"{auth}\"}}}}}}");
            marked(&base64(text.as_bytes()))
        }
        "sas" => marked(&format!("{}%3D", random.text(ALPHANUMERIC, 43))),
        "sh" if plain(secret) => marked(secret),
        "yaml" if plain(secret) && !secret.contains(':') => marked(secret),
        "sh" | "yaml" => format!("'{}'", marked(secret)),
        "ansi" => split(secret, "\u{1b}[0m\u{1b}[32m", random),
        "zw" => {
            let part = random.pick(&["\u{200b}", "\u{ad}", "\u{2060}", "\u{feff}"]);
            split(secret, part, random)
        }
        other => unreachable!("no form `{other}`"),
    }
}

/// Returns `text` between marks; what stands before [`PUBLIC`] stays outside.
pub(crate) fn marked(text: &str) -> String {
    let (public, secret) = text.split_once(PUBLIC).unwrap_or(("", text));
    format!("{public}{BEGIN}{secret}{END}")
}

/// Parts what everybody may see of a token from what is secret of it.
const PUBLIC: char = '‖';

/// Returns `secret` with `part` in one to three places within.
fn split(secret: &str, part: &str, random: &mut Random) -> String {
    let mut out = secret.to_owned();
    for _ in 0..1 + random.below(3) {
        let at = 1 + random.below(secret.len() - 1);
        if out.is_char_boundary(at) {
            out.insert_str(at, part);
        }
    }
    // A code of colour that was cut in two by another would not be one.
    let whole = out.replace(part, "") == secret;
    marked(if whole { &out } else { secret })
}

fn plain(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || "_./:=@%+,-‖".contains(c))
}

/// Returns `text` as it stands in a JSON string.
pub(crate) fn json(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn url(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
    }
    out
}

/// Returns `bytes` in base64, padded.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let mut bits = 0_u32;
        for place in 0..3 {
            bits = (bits << 8) | u32::from(chunk.get(place).copied().unwrap_or(0));
        }
        for place in 0..4 {
            let index = (bits >> (18 - 6 * place)) & 63;
            out.push(if place > chunk.len() { '=' } else { char::from(BASE64[index as usize]) });
        }
    }
    out
}

pub(crate) const ALPHANUMERIC: &[u8] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

pub(crate) const BASE64: &[u8] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
