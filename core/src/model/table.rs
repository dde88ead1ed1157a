//! Closed tables of names: one macro, so that every name reads, prints and suggests alike.

/// Returns the candidate closest to `name`, for a did-you-mean; `None` where nothing is near.
///
/// Near means a normalised Damerau-Levenshtein similarity of at least 0.6.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &'a str)> = None;
    for candidate in candidates {
        let score = strsim::normalized_damerau_levenshtein(name, candidate);
        let better = best.is_none_or(|(top, _)| score > top);
        if score >= 0.6 && better {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Declares an enum whose variants are names in a closed table, in the order given.
///
/// Each variant has one printed name and any number of aliases that are read but never printed.
macro_rules! closed_table {
    (
        $(#[$meta:meta])*
        $name:ident: $what:literal {
            $( $(#[$vmeta:meta])* $variant:ident = $text:literal $(| $alias:literal)* ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[$vmeta])* $variant, )+
        }

        impl $name {
            /// Every entry of the table, in its order.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// What one entry is called in messages.
            pub const WHAT: &'static str = $what;

            /// Returns the printed name.
            pub const fn name(self) -> &'static str {
                match self {
                    $( Self::$variant => $text, )+
                }
            }

            /// Returns the entry of that name or alias.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $( $text $(| $alias)* => Some(Self::$variant), )+
                    _ => None,
                }
            }

            /// Returns the printed name closest to `name`, for a did-you-mean.
            pub fn suggest(name: &str) -> Option<&'static str> {
                $crate::model::closest(name, Self::ALL.iter().map(|entry| entry.name()))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_name(&text).ok_or_else(|| {
                    let hint = Self::suggest(&text)
                        .map(|name| format!(", did you mean `{name}`"))
                        .unwrap_or_default();
                    serde::de::Error::custom(format!("unknown {} `{text}`{hint}", $what))
                })
            }
        }
    };
}

pub(crate) use closed_table;

#[cfg(test)]
mod tests {
    use crate::model::AutonomyLevel;
    use crate::model::closest;

    #[test]
    fn suggests_the_nearest_name_only_when_it_is_near() {
        assert_eq!(
            closest("alowed_actions", ["allowed_actions", "limits"]),
            Some("allowed_actions")
        );
        assert_eq!(closest("zzz", ["allowed_actions", "limits"]), None);
    }

    #[test]
    fn reads_aliases_and_prints_the_one_name() {
        assert_eq!(
            AutonomyLevel::from_name("local_branch_only").map(AutonomyLevel::name),
            Some("local_branch")
        );
    }

    #[test]
    fn names_the_suggestion_when_a_name_is_unknown() {
        let error = serde_json::from_str::<AutonomyLevel>("\"draft_rp\"").unwrap_err().to_string();
        assert!(error.contains("did you mean `draft_pr`"), "{error}");
    }
}
