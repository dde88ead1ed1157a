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
    /// Runs of characters that are tried as numbers, where no literal leads to them. Single spaces
    /// and hyphens may stand between.
    RunScan: "scan" {
        /// Upper-case letters and digits; the key `length` says how many.
        Alnum = "alnum",
        /// Digits; the key `digits` says how many.
        Digits = "digits",
    }
}
