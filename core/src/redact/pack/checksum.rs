//! Checksums and forms without which a number is no card, account or identity.

mod letters;
mod phone;
mod state;
mod sum;

#[cfg(test)]
mod tests;

use crate::document::ChecksumRule;

/// The longest number.
pub(crate) const LONGEST: usize = 40;

/// A number as it is written.
#[derive(Clone, Copy, Debug)]
struct Written<'t> {
    /// The byte before it.
    before: Option<u8>,
    /// The signs without separators, in capitals.
    signs: &'t [u8],
    /// All of it.
    text: &'t [u8],
}

impl Written<'_> {
    /// Returns the value of the digits from `first` to `last`, counted from 1.
    fn number(&self, first: usize, last: usize) -> u64 {
        let digits = self.signs.get(first.saturating_sub(1)..last).unwrap_or_default();
        digits.iter().fold(0, |sum: u64, digit| {
            sum.saturating_mul(10).saturating_add(u64::from(digit.wrapping_sub(b'0')))
        })
    }

    /// Returns the digit at `place`, counted from 1.
    fn digit(&self, place: usize) -> u64 {
        self.number(place, place)
    }

    /// Returns the sum of the digits from the first on, times `weights`.
    fn weighted(&self, weights: &[u64]) -> u64 {
        let digits = self.signs.iter().map(|sign| u64::from(sign.wrapping_sub(b'0')));
        digits.zip(weights).map(|(digit, weight)| digit * weight).sum()
    }

    /// Returns how long the groups are that separators part.
    fn groups(&self) -> Vec<usize> {
        self.text.split(|byte| is_separator(*byte)).map(<[u8]>::len).collect()
    }
}

/// Returns true where the value from `start` to `end` fulfils `rule`.
pub(crate) fn fulfils(rule: ChecksumRule, text: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| text.get(at)).copied();
    let text = text.get(start..end).unwrap_or_default();
    let mut signs = [0_u8; LONGEST];
    let mut length = 0;
    for byte in text.iter().filter(|byte| !is_separator(**byte)) {
        let Some(sign) = signs.get_mut(length).filter(|_| byte.is_ascii_alphanumeric()) else {
            return false;
        };
        *sign = byte.to_ascii_uppercase();
        length += 1;
    }
    let signs = signs.get(..length).unwrap_or_default();
    // Zeros, and the same digit all over, pass most sums and are what people fill in.
    if signs.iter().all(|sign| Some(sign) == signs.first()) {
        return false;
    }
    let it = Written { before, signs, text };
    let all_digits = signs.iter().all(u8::is_ascii_digit);
    let digits = |count: std::ops::RangeInclusive<usize>| all_digits && count.contains(&length);
    match rule {
        ChecksumRule::ArCuit => digits(11..=11) && state::ar_cuit(&it),
        ChecksumRule::AtSvnr => digits(10..=10) && state::at_svnr(&it),
        ChecksumRule::AuMedicare => digits(10..=11) && state::au_medicare(&it),
        ChecksumRule::AuTfn => digits(9..=9) && state::au_tfn(&it),
        ChecksumRule::BeNational => digits(11..=11) && state::be_national(&it),
        ChecksumRule::BgEgn => digits(10..=10) && state::bg_egn(&it),
        ChecksumRule::BrCnpj => digits(14..=14) && state::br_cnpj(&it),
        ChecksumRule::BrCpf => digits(11..=11) && state::br_cpf(&it),
        ChecksumRule::CnResident => letters::cn_resident(&it),
        ChecksumRule::CnResidentX => letters::cn_resident_x(&it),
        ChecksumRule::CzBirthNumber => digits(10..=10) && state::cz_birth_number(&it),
        ChecksumRule::DeTaxId => digits(11..=11) && state::de_tax_id(&it),
        ChecksumRule::DkCpr => digits(10..=10) && state::dk_cpr(&it),
        ChecksumRule::E164Phone => digits(2..=LONGEST) && phone::e164_phone(&it),
        ChecksumRule::Ean13 => digits(2..=LONGEST) && sum::ean13(&it),
        ChecksumRule::EePersonal => digits(11..=11) && state::ee_personal(&it),
        ChecksumRule::EsDni => letters::es_dni(&it),
        ChecksumRule::EsNie => letters::es_nie(&it),
        ChecksumRule::FiHetu => letters::fi_hetu(&it),
        ChecksumRule::FrNir => digits(15..=15) && state::fr_nir(&it),
        ChecksumRule::FrNirCorsica => letters::fr_nir_corsica(&it),
        ChecksumRule::GrAmka => digits(11..=11) && state::gr_amka(&it),
        ChecksumRule::Iban => letters::iban(&it),
        ChecksumRule::IePps => letters::ie_pps(&it),
        ChecksumRule::InPan => letters::in_pan(&it),
        ChecksumRule::Iso7064Mod1110 => digits(2..=LONGEST) && sum::iso7064_mod11_10(&it),
        ChecksumRule::Iso7064Mod112 => letters::iso7064_mod11_2(&it),
        ChecksumRule::ItCodiceFiscale => letters::it_codice_fiscale(&it),
        ChecksumRule::JpMyNumber => digits(12..=12) && state::jp_my_number(&it),
        ChecksumRule::KrRrn => digits(13..=13) && state::kr_rrn(&it),
        ChecksumRule::Luhn => digits(2..=LONGEST) && sum::luhn(&it),
        ChecksumRule::Mod11 => digits(2..=LONGEST) && sum::mod11(&it),
        ChecksumRule::MxCurp => letters::mx_curp(&it),
        ChecksumRule::NanpPhone => digits(2..=LONGEST) && phone::nanp_phone(&it),
        ChecksumRule::NlBsn => digits(9..=9) && state::nl_bsn(&it),
        ChecksumRule::NoPersonal => digits(11..=11) && state::no_personal(&it),
        ChecksumRule::PaymentCard => digits(2..=LONGEST) && sum::payment_card(&it),
        ChecksumRule::PlNip => digits(10..=10) && state::pl_nip(&it),
        ChecksumRule::PlPesel => digits(11..=11) && state::pl_pesel(&it),
        ChecksumRule::PtNif => digits(9..=9) && state::pt_nif(&it),
        ChecksumRule::RoCnp => digits(13..=13) && state::ro_cnp(&it),
        ChecksumRule::SePersonal => digits(10..=12) && state::se_personal(&it),
        ChecksumRule::SgNric => letters::sg_nric(&it),
        ChecksumRule::ThId => digits(13..=13) && state::th_id(&it),
        ChecksumRule::TrKimlik => digits(11..=11) && state::tr_kimlik(&it),
        ChecksumRule::TwId => letters::tw_id(&it),
        ChecksumRule::UkNhs => digits(10..=10) && state::uk_nhs(&it),
        ChecksumRule::UkNino => letters::uk_nino(&it),
        ChecksumRule::UsItin => digits(2..=LONGEST) && phone::us_itin(&it),
        ChecksumRule::UsMbi => letters::us_mbi(&it),
        ChecksumRule::UsNpi => digits(2..=LONGEST) && sum::us_npi(&it),
        ChecksumRule::UsRouting => digits(2..=LONGEST) && phone::us_routing(&it),
        ChecksumRule::UsSsn => digits(2..=LONGEST) && phone::us_ssn(&it),
        ChecksumRule::UsSsnDigits => digits(2..=LONGEST) && phone::us_ssn_digits(&it),
        ChecksumRule::Verhoeff => digits(2..=LONGEST) && sum::verhoeff(&it),
        ChecksumRule::ZaId => digits(13..=13) && state::za_id(&it),
    }
}

const fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'/')
}

const fn is_month(number: u64) -> bool {
    matches!(number, 1..=12)
}

const fn is_day(number: u64) -> bool {
    matches!(number, 1..=31)
}
