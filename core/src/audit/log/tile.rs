//! The folder that a log is exported as (C2SP `tlog-tiles`): tiles of hashes, bundles of records.

use crate::audit::MAX_RECORD_BYTES;
use crate::audit::log::LogError;
use crate::audit::log::MerkleLog;
use crate::audit::log::Subtrees;
use crate::model::Digest;

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileFile {
    /// Its path, such as `tile/0/x001/234` or `tile/entries/000.p/7`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Makes the files of the folder while the records of a log pass by; at most one bundle and a tile a
/// level are held.
///
/// The checkpoint stands beside them, as the file `checkpoint`.
///
/// # Example
/// ```
/// let mut tiles = bailiwick::TileWriter::new();
/// let mut files = tiles.append(b"{}")?;
/// files.extend(tiles.finish());
/// let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
/// assert_eq!(paths, ["tile/entries/000.p/1", "tile/0/000.p/1"]);
/// # Ok::<(), bailiwick::LogError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct TileWriter {
    log: MerkleLog,
    bundle: Vec<u8>,
    levels: Vec<TileLevel>,
}

/// The tile of a level that is being filled.
#[derive(Clone, Debug, Default)]
struct TileLevel {
    index: u64,
    hashes: Vec<[u8; 32]>,
}

impl TileWriter {
    /// Returns the writer of a log that has no records yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in a record's bytes and returns the files that are full with it.
    ///
    /// # Errors
    /// Where the record is larger than a bundle can hold.
    pub fn append(&mut self, record: &[u8]) -> Result<Vec<TileFile>, LogError> {
        let length = u16::try_from(record.len()).map_err(|_| LogError::RecordTooLarge {
            bytes: record.len(),
            limit: MAX_RECORD_BYTES,
        })?;
        // The digest of a record always has bytes.
        let leaf = Digest::of_leaf(record).bytes().unwrap_or_default();
        self.bundle.extend_from_slice(&length.to_be_bytes());
        self.bundle.extend_from_slice(record);
        self.log.append(&leaf);
        let mut files = Vec::new();
        if self.log.size().is_multiple_of(WIDTH) {
            let path = entries_path(self.log.size() / WIDTH - 1, WIDTH);
            files.push(TileFile { path, bytes: std::mem::take(&mut self.bundle) });
        }
        let mut rising = Some(leaf);
        let mut level = 0;
        while let Some(hash) = rising {
            if self.levels.len() == level {
                self.levels.push(TileLevel::default());
            }
            rising = self.levels.get_mut(level).and_then(|tile| tile.push(level, hash, &mut files));
            level += 1;
        }
        Ok(files)
    }

    /// Returns the log as far as it was read.
    pub fn log(&self) -> &MerkleLog {
        &self.log
    }

    /// Returns the files that are not full.
    pub fn finish(self) -> Vec<TileFile> {
        let mut files = Vec::new();
        let (full, rest) = (self.log.size() / WIDTH, self.log.size() % WIDTH);
        if rest != 0 {
            files.push(TileFile { path: entries_path(full, rest), bytes: self.bundle });
        }
        for (level, tile) in self.levels.iter().enumerate() {
            if !tile.hashes.is_empty() {
                files.push(tile.file(level));
            }
        }
        files
    }
}

impl TileLevel {
    /// Adds a hash; returns the root of the tile where that makes it full.
    fn push(
        &mut self,
        level: usize,
        hash: [u8; 32],
        files: &mut Vec<TileFile>,
    ) -> Option<[u8; 32]> {
        self.hashes.push(hash);
        if self.hashes.len() as u64 != WIDTH {
            return None;
        }
        files.push(self.file(level));
        let root = self.hashes.as_slice().subtree(HEIGHT, 0);
        self.index += 1;
        self.hashes.clear();
        root
    }

    fn file(&self, level: usize) -> TileFile {
        let path = tile_path(level as u64, self.index, self.hashes.len() as u64);
        TileFile { path, bytes: self.hashes.concat() }
    }
}

/// The hashes of a log of `size` events that stand in tiles, for proofs.
///
/// `read` returns the bytes of the file at a path, or `None`. What it returns is not believed here:
/// a proof from false tiles does not lead to the root that was signed.
pub struct TileHashes<F> {
    size: u64,
    read: F,
}

impl<F: Fn(&str) -> Option<Vec<u8>>> TileHashes<F> {
    /// Returns the hashes that `read` finds.
    pub fn new(size: u64, read: F) -> Self {
        Self { size, read }
    }

    fn tile(&self, level: u64, index: u64) -> Option<Vec<u8>> {
        let width = self.size.checked_shr(u32::try_from(level * u64::from(HEIGHT)).ok()?)?;
        let width = width.checked_sub(index.checked_mul(WIDTH)?)?.min(WIDTH);
        // A tile that is full by now may stand there in place of one that was not.
        let bytes = (self.read)(&tile_path(level, index, width))
            .or_else(|| (self.read)(&tile_path(level, index, WIDTH)))?;
        let whole = bytes.len().is_multiple_of(32) && bytes.len() as u64 >= width * 32;
        whole.then_some(bytes)
    }
}

impl<F: Fn(&str) -> Option<Vec<u8>>> Subtrees for TileHashes<F> {
    fn subtree(&self, level: u8, index: u64) -> Option<[u8; 32]> {
        let (tile_level, height) = (level / HEIGHT, level % HEIGHT);
        let first = index.checked_mul(1 << height)?;
        let tile = self.tile(tile_level.into(), first / WIDTH)?;
        let hashes: Vec<[u8; 32]> =
            tile.chunks_exact(32).filter_map(|hash| hash.try_into().ok()).collect();
        hashes.as_slice().subtree(height, (first % WIDTH) >> height)
    }
}

/// Returns the path of the tile at `index` of `level` that holds `width` hashes, 256 where it is
/// full.
///
/// # Example
/// ```
/// assert_eq!(bailiwick::tile_path(1, 1_234_067, 256), "tile/1/x001/x234/067");
/// assert_eq!(bailiwick::tile_path(0, 3, 17), "tile/0/003.p/17");
/// ```
pub fn tile_path(level: u64, index: u64, width: u64) -> String {
    format!("tile/{level}/{}", place_path(index, width))
}

/// Returns the path of the bundle at `index` that holds `width` records, 256 where it is full.
pub fn entries_path(index: u64, width: u64) -> String {
    format!("tile/entries/{}", place_path(index, width))
}

fn place_path(index: u64, width: u64) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    if width < WIDTH {
        path.push_str(&format!(".p/{width}"));
    }
    path
}

const HEIGHT: u8 = 8;
const WIDTH: u64 = 256;
