//! The checksums that decide whether digits are a number of some kind.

use crate::model::closed_table;

closed_table! {
    /// What a number must fulfil: without it the format is nothing, so it decides.
    ChecksumRule: "checksum" {
        /// Tax numbers of Argentina.
        ArCuit = "ar_cuit",
        /// Insurance numbers of Austria.
        AtSvnr = "at_svnr",
        /// Insurance numbers of Australia.
        AuMedicare = "au_medicare",
        /// Tax numbers of Australia.
        AuTfn = "au_tfn",
        /// National numbers of Belgium.
        BeNational = "be_national",
        /// Citizen numbers of Bulgaria.
        BgEgn = "bg_egn",
        /// Company numbers of Brazil.
        BrCnpj = "br_cnpj",
        /// Tax numbers of Brazil.
        BrCpf = "br_cpf",
        /// Resident numbers of China that end in a digit.
        CnResident = "cn_resident",
        /// Resident numbers of China that end in `X`.
        CnResidentX = "cn_resident_x",
        /// Birth numbers of the Czech Republic and Slovakia.
        CzBirthNumber = "cz_birth_number",
        /// Tax numbers of Germany.
        DeTaxId = "de_tax_id",
        /// Personal numbers of Denmark: no sum, but dates.
        DkCpr = "dk_cpr",
        /// International telephone numbers: no sum, but a plus before.
        E164Phone = "e164_phone",
        /// Article numbers, and insurance numbers of Switzerland.
        Ean13 = "ean13",
        /// Personal codes of Estonia and Lithuania.
        EePersonal = "ee_personal",
        /// Identity numbers of Spain.
        EsDni = "es_dni",
        /// Foreigners' numbers of Spain.
        EsNie = "es_nie",
        /// Personal codes of Finland.
        FiHetu = "fi_hetu",
        /// Insurance numbers of France.
        FrNir = "fr_nir",
        /// Insurance numbers of France, of who was born in Corsica.
        FrNirCorsica = "fr_nir_corsica",
        /// Insurance numbers of Greece.
        GrAmka = "gr_amka",
        /// International bank account numbers.
        Iban = "iban",
        /// Public service numbers of Ireland.
        IePps = "ie_pps",
        /// Tax numbers of India: no sum, but a form.
        InPan = "in_pan",
        /// ISO 7064 mod 11, 10.
        Iso7064Mod1110 = "iso7064_mod11_10",
        /// ISO 7064 mod 11-2, whose last sign may be `X`.
        Iso7064Mod112 = "iso7064_mod11_2",
        /// Tax codes of Italy.
        ItCodiceFiscale = "it_codice_fiscale",
        /// Individual numbers of Japan.
        JpMyNumber = "jp_my_number",
        /// Resident numbers of South Korea.
        KrRrn = "kr_rrn",
        /// Cards, devices, and numbers of many states.
        Luhn = "luhn",
        /// Weights 2 to 7 from the right, over 11.
        Mod11 = "mod11",
        /// Population codes of Mexico.
        MxCurp = "mx_curp",
        /// Telephone numbers of North America: no sum, but ranges.
        NanpPhone = "nanp_phone",
        /// Citizen numbers of the Netherlands.
        NlBsn = "nl_bsn",
        /// Identity numbers of Norway.
        NoPersonal = "no_personal",
        /// Card numbers whose issuer, length and groups agree.
        PaymentCard = "payment_card",
        /// Tax numbers of Poland.
        PlNip = "pl_nip",
        /// Personal numbers of Poland.
        PlPesel = "pl_pesel",
        /// Tax numbers of Portugal.
        PtNif = "pt_nif",
        /// Personal codes of Romania.
        RoCnp = "ro_cnp",
        /// Personal numbers of Sweden.
        SePersonal = "se_personal",
        /// Identity numbers of Singapore.
        SgNric = "sg_nric",
        /// Identity numbers of Thailand.
        ThId = "th_id",
        /// Identity numbers of Turkey.
        TrKimlik = "tr_kimlik",
        /// Identity numbers of Taiwan.
        TwId = "tw_id",
        /// Numbers of the British health service.
        UkNhs = "uk_nhs",
        /// Insurance numbers of the United Kingdom: no sum, but a form.
        UkNino = "uk_nino",
        /// Taxpayer numbers of the United States: no sum, but ranges.
        UsItin = "us_itin",
        /// Insurance numbers of the United States: no sum, but a form.
        UsMbi = "us_mbi",
        /// Numbers of care providers in the United States.
        UsNpi = "us_npi",
        /// Routing numbers of banks in the United States.
        UsRouting = "us_routing",
        /// Social security numbers of the United States as they are written.
        UsSsn = "us_ssn",
        /// Social security numbers of the United States in any spelling.
        UsSsnDigits = "us_ssn_digits",
        /// Verhoeff's sum, as in Aadhaar.
        Verhoeff = "verhoeff",
        /// Identity numbers of South Africa.
        ZaId = "za_id",
    }
}
