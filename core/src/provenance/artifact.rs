//! A link to something that is kept elsewhere, with its digest where that is known.

use serde::Deserialize;
use serde::Serialize;

use crate::model::Digest;

/// A link to something that is kept elsewhere. It is written as its URI alone where there is no
/// digest, as in the source document (section 17), else as a mapping of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct ArtifactLink {
    /// The digest of its bytes.
    pub digest: Option<Digest>,
    /// Where it is, such as `artifact://run_01jz/patch.diff`.
    pub uri: String,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Uri(String),
    Kept {
        #[serde(default)]
        digest: Option<Digest>,
        uri: String,
    },
}

impl From<Written> for ArtifactLink {
    fn from(written: Written) -> Self {
        match written {
            Written::Uri(uri) => Self { digest: None, uri },
            Written::Kept { digest, uri } => Self { digest, uri },
        }
    }
}

impl From<ArtifactLink> for Written {
    fn from(link: ArtifactLink) -> Self {
        match link.digest {
            None => Self::Uri(link.uri),
            digest @ Some(_) => Self::Kept { digest, uri: link.uri },
        }
    }
}
