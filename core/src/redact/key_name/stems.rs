//! Pieces of names that the search looks for.

/// Literals of which one stands in every telling name, whatever separates it from its value: what
/// the search looks for, in any case. None is shorter than four bytes, which keeps it fast; a piece
/// that prose is full of would not.
pub(crate) const STEMS: &[&[u8]] = &[
    b"pass",
    b"oken",
    b"ecret",
    b"cred",
    b"auth",
    b"ookie",
    b"earer",
    b"asic ",
    b"sess",
    b"ignature",
    b"sig=",
    b"sid=",
    b"_pat=",
    // Three letters need what follows them.
    b"pwd=",
    b"pwd:",
    b"pwd\"",
    b"pwd ",
    b"pwd'",
    b"pwd\\",
    b"_pw=",
    b"_pw:",
    b"_pw\"",
    b"_pw ",
    b"key=",
    b"key:",
    b"key\"",
    b"key ",
    b"key\\",
    b"key'",
    b"key>",
    b"key%",
    b"_key",
    b"-key",
    b".key",
    b"ikey",
    b"eydata",
    b"nstring",
    b"n_string",
    b"n-string",
    b"n.string",
    b"ectsid",
    b"ct_sid",
    b"ct-sid",
    b"ct.sid",
    b"nemonic",
    b"phrase",
    b"indpw",
    b"ootpw",
];

/// The same for names that built-in packs bring, in the spellings of variables and of files of
/// properties.
pub(crate) const PACK_STEMS: &[&[u8]] = &[
    b"psk=", b"psk:", b"psk\"", b"otp=", b"otp:", b"otp\"", b"totp", b"_pw\\", b"n_str", b"nnstr",
    b"ty_str", b"sas_u", b"sasur", b"jaas", b"snmp", b"t_json", b"igjson", b"ig_json", b"ycomb",
    b"p_seed", b"t_seed", b"fa_code", b"or_code", b"ry_code", b"up_code", b"crumb", b".pw=",
    b".pw:", b".pw\"", b"onn.str", b"ity.str", b"sas.u", b"nt.json", b"ker.con", b"tp.seed",
    b"et.seed", b"fa.code", b"tor.cod", b"ery.cod", b"up.code",
];

/// Returns where a stem stands in `text`, in any case.
pub(crate) fn stem_in(text: &[u8]) -> Option<usize> {
    STEMS.iter().chain(PACK_STEMS).find_map(|stem| place_of(text, stem))
}

/// Returns where `stem` stands in `text`, in any case.
pub(crate) fn place_of(text: &[u8], stem: &[u8]) -> Option<usize> {
    text.windows(stem.len().max(1)).position(|window| window.eq_ignore_ascii_case(stem))
}
