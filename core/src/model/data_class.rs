//! The six data classes (section 18), from the least to the most sensitive.

use crate::model::table::closed_table;

closed_table! {
    /// How sensitive data is; the higher of two labels wins, the lower of two caps.
    DataClass: "data class" {
        /// Open source, public documents.
        Public = "public",
        /// Code of internal services.
        Internal = "internal",
        /// Roadmaps, internal decisions.
        Confidential = "confidential",
        /// Full logs and other generated text that may hold secrets.
        GeneratedSensitive = "generated_sensitive",
        /// Customers' and personal data.
        Regulated = "regulated",
        /// Tokens, keys, passwords.
        Secret = "secret",
    }
}
