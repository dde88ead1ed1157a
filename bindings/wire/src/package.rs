//! `investigate`, and replay packages for hosts that read them from files.

use std::collections::BTreeMap;

use bailiwick::CheckpointTrust;
use bailiwick::Investigation;
use bailiwick::PackageTrust;
use bailiwick::ReplayType;
use bailiwick::Timestamp;
use serde::Deserialize;
use serde::Serialize;

use crate::WireError;
use crate::input::read;
use crate::input::write;
use crate::log::keys_of;

/// A replay package that was read; what is wrong with it, its answers say.
pub struct Package(bailiwick::Package);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// `vkey` texts of those who may have signed the checkpoint and the manifest.
    #[serde(default)]
    keys: Vec<String>,
    /// When it is, for payloads that may be gone by then.
    #[serde(default)]
    now: Option<Timestamp>,
    /// The name that the log must have.
    #[serde(default)]
    origin: Option<String>,
    /// How many witnesses must have signed.
    #[serde(default)]
    witnesses: usize,
}

impl Package {
    /// Reads the files of a package, by their paths in it; `options` is the input of `investigate`
    /// without `files`.
    ///
    /// # Errors
    /// Where the options or the manifest cannot be read.
    ///
    /// # Example
    /// ```
    /// let refused = bailiwick_wire::Package::open(Default::default(), "{}").err();
    /// assert_eq!(refused.map(|error| error.code), Some("package_no_manifest".to_owned()));
    /// ```
    pub fn open(files: BTreeMap<String, Vec<u8>>, options: &str) -> Result<Self, WireError> {
        Self::read(files, read(options)?)
    }

    fn read(files: BTreeMap<String, Vec<u8>>, options: Options) -> Result<Self, WireError> {
        let trust = PackageTrust {
            checkpoint: CheckpointTrust {
                keys: keys_of(&options.keys)?,
                origin: options.origin,
                witnesses: options.witnesses,
            },
            now: options.now,
        };
        let package = bailiwick::Package::read(files, &trust)
            .map_err(|error| WireError::new(error.code(), error.to_string()))?;
        Ok(Self(package))
    }

    /// Returns what `investigate` answers.
    ///
    /// # Errors
    /// Where the answer has no canonical form.
    pub fn investigate(&self) -> Result<String, WireError> {
        let investigation = Investigation::of(&self.0);
        write(&InvestigateOutput {
            answered: investigation.answered(),
            complete: investigation.is_complete(),
            html: investigation.to_html(),
            text: investigation.to_text(),
            investigation,
        })
    }

    /// Returns true where nothing is wrong with it, and what is, for people.
    pub fn problems(&self) -> (bool, &[String]) {
        (self.0.report().is_ok(), &self.0.report().problems)
    }

    /// Returns why it does not hold what `replay` needs; `None` where it does.
    ///
    /// # Errors
    /// Where there is no such type of replay.
    pub fn lacks(&self, replay: &str) -> Result<Option<String>, WireError> {
        let replay = ReplayType::from_name(replay).ok_or_else(|| {
            let known: Vec<&str> = ReplayType::ALL.iter().map(|replay| replay.name()).collect();
            WireError::new("replay_unknown", "there is no such replay")
                .with_help(format!("the types are {}", known.join(", ")))
        })?;
        let replays = self.0.manifest().replay.iter();
        Ok(replays.filter(|known| known.replay == replay).find_map(|known| known.why.clone()))
    }

    /// Returns what happened, an event a line.
    pub fn timeline(&self) -> Vec<String> {
        self.0.timeline()
    }

    /// Returns the file at `path`.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.0.file(path)
    }

    /// Returns the paths of its files below `folder/`.
    pub fn below(&self, folder: &str) -> Vec<&str> {
        let below =
            |path: &&str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.0.manifest().files().into_keys().filter(below).collect()
    }

    /// Returns the texts of a detail of the run's events of one type, in order.
    pub fn details(&self, event_type: &str, name: &str) -> Vec<String> {
        let of_type = |record: &&bailiwick::AuditRecord| record.event_type.name() == event_type;
        let told =
            self.0.records().filter(of_type).filter_map(|record| match record.details.get(name) {
                Some(bailiwick::Value::Text(text)) => Some(text.clone()),
                Some(_) | None => None,
            });
        told.collect()
    }
}

#[derive(Serialize)]
struct InvestigateOutput {
    answered: usize,
    complete: bool,
    html: String,
    investigation: Investigation,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The files that are text, by path; those that are not need not be there, and are then told as
    /// missing.
    files: BTreeMap<String, String>,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    now: Option<Timestamp>,
    #[serde(default)]
    origin: Option<String>,
    #[serde(default)]
    witnesses: usize,
}

pub(crate) fn investigate(input: &str) -> Result<String, WireError> {
    let Input { files, keys, now, origin, witnesses } = read(input)?;
    let files = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    Package::read(files, Options { keys, now, origin, witnesses })?.investigate()
}
