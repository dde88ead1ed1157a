//! Programs that talk to other machines.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Host;
use crate::facts::program::effects::Touch;
use crate::facts::program::reader::here;
use crate::facts::program::term::Term;
use crate::model::CommandEffect;

/// Reads the method of curl, its headers from files, and where it writes.
pub(in crate::facts::program) fn curl(call: &mut Call<'_>) {
    let sends = call.kept('X').any(|method| {
        !method.literal().is_some_and(|text| matches!(text, "GET" | "HEAD" | "OPTIONS"))
    });
    if sends {
        call.out.has(CommandEffect::SendsData);
    }
    let texts: Vec<Term<'_>> = call.kept('H').cloned().collect();
    for text in &texts {
        if let Some(file) = text.without("@") {
            call.out.has(CommandEffect::SendsData);
            call.touch(&file, Touch::Read);
        }
    }
    if call.has('O') {
        call.out.touch(here(), Touch::Write);
    }
}

/// Notes where wget writes.
pub(in crate::facts::program) fn wget(call: &mut Call<'_>) {
    let named = call.out.paths.iter().any(|(_, touch)| *touch == Touch::Write);
    if !named {
        call.out.touch(here(), Touch::Write);
    }
}

/// Reads the addresses of socat.
pub(in crate::facts::program) fn socat(call: &mut Call<'_>) {
    for address in call.words {
        let Some((kind, rest)) = address.split(':') else {
            continue;
        };
        let kind = kind.to_ascii_uppercase();
        match kind.as_str() {
            "EXEC" | "SYSTEM" | "SHELL" => {
                let command = rest.text.split(',').next().unwrap_or_default().to_owned();
                call.out.runs_script(Term::text(command).word());
            }
            "OPEN" | "FILE" | "CREATE" | "CREAT" | "GOPEN" | "PIPE" | "UNIX" | "UNIX-CONNECT"
            | "UNIX-CLIENT" => {
                let path = rest.text.split(',').next().unwrap_or_default().to_owned();
                call.touch(&Term::text(path), Touch::Either);
            }
            kind if kind.contains("LISTEN") || kind.contains("RECV") => {
                call.out.has(CommandEffect::Listens);
            }
            _ if !address.text.starts_with('-') => {
                let host = rest.text.split(',').next().unwrap_or_default().to_owned();
                call.out.reaches(Term::text(host).word(), Host::Name);
            }
            _ => {}
        }
    }
}

/// Reads the names that are looked up.
pub(in crate::facts::program) fn names(call: &mut Call<'_>) {
    const KINDS: [&str; 16] = [
        "A", "AAAA", "ANY", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT", "IN", "CAA", "HTTPS",
        "hosts", "ahosts", "query",
    ];
    for operand in call.operands.clone() {
        let text = &*operand.text;
        if text.starts_with('+') || KINDS.iter().any(|kind| text.eq_ignore_ascii_case(kind)) {
            continue;
        }
        let host = operand.without("@").unwrap_or(operand);
        call.out.reaches(host.word(), Host::Name);
    }
}

/// Notes what is changed at a provider or in a cloud by subcommands that are not known to only
/// look.
pub(in crate::facts::program) fn provider(call: &mut Call<'_>) {
    if call.known {
        return;
    }
    call.out.has(match call.name {
        "gh" => CommandEffect::ChangesProvider,
        _ => CommandEffect::ChangesCloud,
    });
    call.out.has(CommandEffect::SendsData);
}

/// Notes which parts of openssl reach for the network.
pub(in crate::facts::program) fn openssl(call: &mut Call<'_>) {
    let first = call.words.first().and_then(Term::literal);
    if matches!(first, Some("s_client" | "s_time" | "ocsp" | "cmp")) {
        call.out.has(CommandEffect::FetchesData);
        call.out.has(CommandEffect::SendsData);
    } else if first == Some("s_server") {
        call.out.has(CommandEffect::Listens);
    }
}
