use super::fulfils;
use crate::document::ChecksumRule;

fn holds(rule: ChecksumRule, text: &str) -> bool {
    // A plus before, as telephone numbers have it, changes nothing for the others.
    let bytes = [b"+", text.as_bytes()].concat();
    fulfils(rule, &bytes, 1, bytes.len())
}

fn of(name: &str) -> ChecksumRule {
    ChecksumRule::from_name(name).unwrap()
}

/// Published or synthetic numbers, as pieces where they look real.
const GOOD: &[(&str, &str)] = &[
    ("ar_cuit", "20-12345678-6"),
    ("at_svnr", "1237 010180"),
    ("au_medicare", "2123 45670 1"),
    ("au_tfn", "123 456 782"),
    ("be_national", "850730-033-28"),
    ("bg_egn", "7523169263"),
    ("br_cnpj", "11222333000181"),
    ("br_cpf", "529.982.247-25"),
    ("cn_resident", "110101190001011009"),
    ("cn_resident_x", "11010519491231002X"),
    ("cz_birth_number", "7103192745"),
    ("de_tax_id", "86095742719"),
    ("dk_cpr", "211062-5629"),
    ("e164_phone", "44 20 7946 0123"),
    ("ean13", "756 9217 0769 85"),
    ("ee_personal", "37605030299"),
    ("es_dni", "12345678Z"),
    ("es_nie", "X1234567L"),
    ("fi_hetu", "131052-308T"),
    ("fi_hetu", "131052A308T"),
    ("fr_nir", "2 55 08 14 168 025 38"),
    ("fr_nir_corsica", "1 95 33 2B 888 217 05"),
    ("gr_amka", "01013099997"),
    ("iban", "GB82 WEST 1234 5698 7654 32"),
    ("iban", "DE89 3704 0044 0532 0130 00"),
    ("ie_pps", "1234567T"),
    ("ie_pps", "1234567FA"),
    ("in_pan", "ABCPK1234Z"),
    ("iso7064_mod11_10", "07945"),
    ("iso7064_mod11_2", "07940"),
    ("it_codice_fiscale", "RSSMRA85T10A562S"),
    ("jp_my_number", "1234 5678 9018"),
    ("kr_rrn", "990101-1000001"),
    ("luhn", "79927398713"),
    ("mod11", "0365327"),
    ("mx_curp", "BOXW310820HNERXN09"),
    ("nanp_phone", "212-555-0123"),
    ("nanp_phone", "1 212 555 0123"),
    ("nl_bsn", "111222333"),
    ("no_personal", "018170 67723"),
    ("payment_card", "4111 1111 1111 1111"),
    ("payment_card", "378282246310005"),
    ("pl_nip", "123-456-32-18"),
    ("pl_pesel", "44051401359"),
    ("pt_nif", "123456789"),
    ("ro_cnp", "1800101221144"),
    ("se_personal", "811218-9876"),
    ("se_personal", "19811218-9876"),
    ("sg_nric", "S1234567D"),
    ("th_id", "1-2345-67890-12-1"),
    ("tr_kimlik", "10000000146"),
    ("tw_id", "A123456789"),
    ("uk_nhs", "943 476 5919"),
    ("uk_nino", "AB 12 34 56 C"),
    ("us_itin", "912-70-1234"),
    ("us_mbi", "1EG4TE5MK73"),
    ("us_npi", "1234567893"),
    ("us_routing", "021000021"),
    ("us_ssn", "219-09-9999"),
    ("us_ssn_digits", "078051120"),
    ("verhoeff", "2341 2341 2346"),
    ("za_id", "8001015009087"),
];

#[test]
fn every_rule_holds_for_a_number_that_is_one() {
    for (name, good) in GOOD {
        assert!(holds(of(name), good), "{name}: {good}");
    }
    for rule in ChecksumRule::ALL {
        assert!(GOOD.iter().any(|(name, _)| *name == rule.name()), "{rule} has no example");
    }
}

#[test]
fn a_wrong_digit_breaks_a_sum() {
    // These have forms and ranges, or leave digits out of their sums.
    let loose = [
        "au_medicare",
        "dk_cpr",
        "e164_phone",
        "fi_hetu",
        "in_pan",
        "nanp_phone",
        "uk_nino",
        "us_itin",
        "us_mbi",
        "us_ssn",
        "us_ssn_digits",
        "br_cpf",
        "se_personal",
        "ee_personal",
        "mx_curp",
        "th_id",
    ];
    for (name, good) in GOOD.iter().filter(|(name, _)| !loose.contains(name)) {
        let bytes = good.as_bytes().to_vec();
        let mut broken = 0;
        for at in (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()) {
            let mut near = bytes.clone();
            near[at] = if near[at] == b'9' { b'0' } else { near[at] + 1 };
            broken += 1;
            let near = String::from_utf8(near).unwrap();
            assert!(!holds(of(name), &near), "{name}: {near}");
        }
        assert!(broken > 3, "{name}");
    }
}

#[test]
fn ranges_and_forms_are_kept_to() {
    for (name, bad) in [
        ("dk_cpr", "451399-1234"),
        ("e164_phone", "0123456789"),
        ("nanp_phone", "199-299-1234"),
        ("nanp_phone", "211-299-1234"),
        ("payment_card", "4111 1111 1111 1112"),
        ("payment_card", "41 11 11 11 11 11 11 11"),
        ("payment_card", "79927398713"),
        ("uk_nino", "GB 12 34 56 A"),
        ("us_itin", "912-12-3456"),
        ("us_ssn", "219 09-9999"),
        ("us_ssn", "219099999"),
        ("us_ssn_digits", "666123456"),
        ("us_ssn_digits", "000123456"),
        ("iban", "XX89370400440532013000"),
    ] {
        assert!(!holds(of(name), bad), "{name}: {bad}");
    }
    assert!(!fulfils(of("e164_phone"), b"442079460123", 0, 12), "no plus before it");
}

#[test]
fn what_people_fill_in_is_no_number_and_nothing_panics() {
    for rule in ChecksumRule::ALL {
        for text in ["", "0", "0000000000000000", "1111111111", "é", "a!b", "-", "X", "AA"] {
            assert!(!holds(*rule, text), "{rule}: {text}");
        }
        assert!(!holds(*rule, &"12".repeat(1_000)));
        for length in 0..42 {
            for sign in ["7", "A", "9Z", "Z9"] {
                let text: String = sign.chars().cycle().take(length).collect();
                holds(*rule, &text);
                fulfils(*rule, text.as_bytes(), length, 0);
            }
        }
    }
}
