//! A file that grows at its end, line by line, and what durable means for it.

use std::fs::File;
use std::fs::OpenOptions;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::path::PathBuf;

use crate::port::store::StoreError;
use crate::store::artifacts::file;
use crate::store::jsonl::index::Span;
use crate::store::jsonl::side::BLANK;

/// A file of lines, as far as it was read. Whoever uses it holds the lock of the journal.
pub(super) struct Lines {
    /// How much of it is known: all before it are whole lines.
    pub(super) end: u64,
    file: File,
    path: PathBuf,
}

impl Lines {
    /// Opens the file, making it where there is none; its name is durable then.
    pub(super) fn open(folder: &Path, name: &str) -> Result<Self, StoreError> {
        let path = folder.join(name);
        let mut options = OpenOptions::new();
        let opened = options.read(true).append(true).create(true).open(&path);
        let handle = opened.map_err(|source| file("opened", &path, source))?;
        sync_folder(folder)?;
        Ok(Self { end: 0, file: handle, path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns how long the file is now.
    pub(super) fn len(&self) -> Result<u64, StoreError> {
        self.file.metadata().map(|about| about.len()).map_err(|source| self.failed("read", source))
    }

    /// Gives each whole line behind what is known, without its line feed and with its place, to
    /// `take`, until one is not taken or has no end. What was taken is known afterwards.
    pub(super) fn read(
        &mut self,
        mut take: impl FnMut(&[u8], Span) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        if self.len()? == self.end {
            return Ok(());
        }
        let handle = File::open(&self.path).map_err(|source| self.failed("read", source))?;
        let mut reader = BufReader::with_capacity(1 << 16, handle);
        let mut line = Vec::new();
        reader.seek(SeekFrom::Start(self.end)).map_err(|source| self.failed("read", source))?;
        loop {
            line.clear();
            let mut rest = (&mut reader).take(MAX_LINE);
            let read = rest.read_until(b'\n', &mut line);
            let read = read.map_err(|source| self.failed("read", source))?;
            let Some(whole) = line.strip_suffix(b"\n") else {
                return Ok(());
            };
            if !take(whole, Span { from: self.end, bytes: whole.len() })? {
                return Ok(());
            }
            self.end = self.end.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        }
    }

    /// Returns what stands behind what is known.
    pub(super) fn rest(&self) -> Result<Vec<u8>, StoreError> {
        let bytes = self.len()?.saturating_sub(self.end);
        let mut rest = vec![0; usize::try_from(bytes).unwrap_or_default()];
        let read = self.file.read_exact_at(&mut rest, self.end);
        read.map_err(|source| self.failed("read", source))?;
        Ok(rest)
    }

    /// Returns the bytes of a line.
    pub(super) fn line(&self, span: Span) -> Result<Vec<u8>, StoreError> {
        let mut line = vec![0; span.bytes];
        let read = self.file.read_exact_at(&mut line, span.from);
        read.map_err(|source| self.failed("read", source))?;
        Ok(line)
    }

    /// Appends `bytes`, whole lines, and returns once they are durable. Where they cannot be, none
    /// of them stays.
    pub(super) fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        if bytes.is_empty() {
            return Ok(());
        }
        let written = self.file.write_all(bytes).and_then(|()| self.file.sync_data());
        if let Err(source) = written {
            self.cut()?;
            return Err(self.failed("written", source));
        }
        self.end = self.end.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(())
    }

    /// Cuts off what stands behind what is known.
    pub(super) fn cut(&mut self) -> Result<(), StoreError> {
        let cut = self.file.set_len(self.end).and_then(|()| self.file.sync_all());
        cut.map_err(|source| self.failed("cut off", source))
    }

    /// Writes over a line from its beginning on, so that nothing of it is left.
    pub(super) fn blank(&self, span: Span) -> Result<(), StoreError> {
        // A handle of its own: this one would write to the end, wherever it is told to.
        let handle = OpenOptions::new().write(true).open(&self.path);
        let handle = handle.map_err(|source| self.failed("written", source))?;
        // The first byte says that it is removed; then a power cut in the rest leaves no bad line.
        for bytes in [span.bytes.min(1), span.bytes] {
            let written = handle.write_all_at(&vec![BLANK; bytes], span.from);
            let written = written.and_then(|()| handle.sync_data());
            written.map_err(|source| self.failed("written", source))?;
        }
        Ok(())
    }

    fn failed(&self, action: &'static str, source: std::io::Error) -> StoreError {
        file(action, &self.path, source)
    }
}

/// Makes what was done in `folder` durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|source| file("written", folder, source))
}

/// The longest line that is read: payloads are shorter by far.
const MAX_LINE: u64 = 1 << 28;
