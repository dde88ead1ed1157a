//! The words that detectors of rule packs choose from.

use crate::model::closed_table;

closed_table! {
    /// Which figure of a redaction summary a detector counts for.
    CountsAs: "figure of a summary" {
        /// Tokens, keys and passwords.
        SecretLikeToken = "secret_like_token" | "secret_like_tokens",
        /// E-mail addresses.
        EmailAddress = "email_address" | "email_addresses",
        /// Private hosts and links.
        PrivateUrl = "private_url" | "private_urls",
        /// Large blocks.
        LargeBlock = "large_block" | "large_blocks_removed",
    }
}

closed_table! {
    /// What must stand before a match.
    LeftBoundary: "left boundary" {
        /// Whatever stands there.
        Any = "any",
        /// No letter, digit or `_`.
        Word = "word",
    }
}

closed_table! {
    /// A checksum or structure that makes a match surer. It never decides: much test data fails it.
    TokenCheck: "check" {
        /// The digits of an AWS account stand in a key id.
        AwsAccount = "aws_account",
        /// The last six characters are a CRC-32 of those before, to the base of 62.
        Crc32Base62 = "crc32_base62",
        /// The last six characters are a CRC-32 of those before, in base 64, little end first.
        Crc32Base64 = "crc32_base64",
        /// The last eight characters are a CRC-32 of those before, in hexadecimal.
        Crc32Hex = "crc32_hex",
        /// The first part is a JSON object in base 64.
        Jwt = "jwt",
    }
}

closed_table! {
    /// A checksum without which the format is nothing: it decides.
    ChecksumRule: "checksum" {
        /// ISO 7064 mod 97-10, as in an IBAN.
        Iban = "iban",
        /// As in card numbers.
        Luhn = "luhn",
        /// ISO 7064 mod 11, 10, as in German tax numbers.
        Mod11_10 = "mod11_10",
        /// ISO 7064 mod 11-2, whose last sign may be `X`.
        Mod11_2 = "mod11_2",
        /// Weights 2 to 7 from the right, over 11.
        Mod11Weighted = "mod11" | "mod11_weighted",
        /// Ten digits as in the numbers of the British health service.
        Nhs = "nhs",
        /// Eleven digits as in Brazilian tax numbers.
        Cpf = "cpf",
        /// A letter that follows from eight digits, as in Spain.
        Dni = "dni",
        /// A number of the social security of the United States: no checksum, but ranges.
        Ssn = "ssn",
        /// As in Aadhaar.
        Verhoeff = "verhoeff",
    }
}

closed_table! {
    /// Runs of characters at which the patterns of a detector are tried, where no literal leads to
    /// them.
    RunScan: "scan" {
        /// Upper-case letters and digits, with single spaces and hyphens between.
        Codes = "codes",
        /// Digits, with single spaces and hyphens between.
        Digits = "digits",
    }
}
