//! Logs, notes and tiles against readers that we did not write: the crates `signed_note` and
//! `tlog_tiles`, ports of Go's `sumdb/note` and `sumdb/tlog`.
#![expect(clippy::unwrap_used, reason = "a panic is how a test says what is wrong")]

mod speed;

use std::collections::BTreeMap;

use bailiwick::Digest;
use bailiwick::GrowingLog;
use bailiwick::MerkleLog;
use bailiwick::Note;
use bailiwick::NoteSigner;
use bailiwick::SignedCheckpoint;
use bailiwick::TileWriter;
use bailiwick::TreeHashes;
use bailiwick::prove_consistency;
use bailiwick::prove_inclusion;
use bailiwick::tile_path;
use bailiwick::verify_consistency;
use bailiwick::verify_inclusion;
use signed_note::StandardSigner;
use signed_note::StandardVerifier;
use signed_note::VerifierList;
use tlog_tiles::Hash;
use tlog_tiles::HashReader;
use tlog_tiles::Tile;
use tlog_tiles::TileHashReader;
use tlog_tiles::TileReader;

const ORIGIN: &str = "log.example/payments";

fn record(number: u64) -> Vec<u8> {
    format!("{{\"number\":{number}}}").into_bytes()
}

fn leaf(number: u64) -> [u8; 32] {
    Digest::of_leaf(&record(number)).bytes().unwrap()
}

fn tree(size: u64) -> TreeHashes {
    let mut tree = TreeHashes::new();
    (0..size).for_each(|number| tree.append(&leaf(number)));
    tree
}

fn signer() -> NoteSigner {
    NoteSigner::new(ORIGIN, &[7; 32]).unwrap()
}

fn signed(size: u64) -> SignedCheckpoint {
    let mut log = GrowingLog::new(MerkleLog::new(), None).unwrap();
    (0..size).for_each(|number| log.append(&leaf(number)));
    log.checkpoint(ORIGIN, &[signer()]).unwrap()
}

/// The folder of a log, as their reader of tiles asks for it.
struct Folder(BTreeMap<String, Vec<u8>>);

impl Folder {
    fn of(size: u64) -> Self {
        let mut tiles = TileWriter::new();
        let mut files: Vec<_> =
            (0..size).flat_map(|number| tiles.append(&record(number)).unwrap()).collect();
        files.extend(tiles.finish());
        Self(files.into_iter().map(|file| (file.path, file.bytes)).collect())
    }
}

impl TileReader for Folder {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        let read = |tile: &Tile| {
            let (level, width) = (u64::from(tile.level()), u64::from(tile.width()));
            let path = tile_path(level, tile.level_index(), width);
            self.0.get(&path).cloned().ok_or(tlog_tiles::Error::InvalidProof)
        };
        tiles.iter().map(read).collect()
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

#[test]
fn their_reader_verifies_our_checkpoint_and_not_a_forged_one() {
    let ours = signed(1000).note().to_string();
    let keys = || {
        let verifier = StandardVerifier::new(&signer().key().to_string()).unwrap();
        VerifierList::new(vec![Box::new(verifier)])
    };
    let theirs = signed_note::Note::from_bytes(ours.as_bytes()).unwrap();
    assert_eq!(theirs.verify(&keys()).unwrap().0.len(), 1);
    let checkpoint = tlog_tiles::Checkpoint::from_bytes(theirs.text()).unwrap();
    assert_eq!((checkpoint.origin(), checkpoint.size()), (ORIGIN, 1000));
    assert_eq!(checkpoint.hash().0, tree(1000).log().root());
    let forged = ours.replacen("\n1000\n", "\n1001\n", 1);
    let forged = signed_note::Note::from_bytes(forged.as_bytes()).unwrap();
    assert!(forged.verify(&keys()).is_err());
}

#[test]
fn we_verify_what_their_signer_signs_with_our_key() {
    let secret = NoteSigner::secret_text(ORIGIN, &[7; 32]).unwrap();
    let theirs = StandardSigner::new(&secret).unwrap();
    let mut note = signed_note::Note::new(b"a text\n", &[]).unwrap();
    note.add_sigs(&[&theirs]).unwrap();
    let read = Note::parse(&note.to_bytes()).unwrap();
    assert_eq!(read.verify(&[signer().key().clone()]).unwrap().len(), 1);
    let mut ours = Note::new("a text\n").unwrap();
    ours.sign(&signer()).unwrap();
    assert_eq!(ours.to_string().into_bytes(), note.to_bytes());
}

#[test]
fn their_reader_authenticates_every_hash_of_our_tiles() {
    for size in [1, 2, 255, 256, 257, 1000, 66_000] {
        let (folder, root) = (Folder::of(size), tree(size).log().root());
        let reader = TileHashReader::new(size, Hash(root), &folder);
        let places: Vec<u64> = [0, size / 3, size / 2, size - 1].to_vec();
        let indexes: Vec<u64> =
            places.iter().map(|place| tlog_tiles::stored_hash_index(0, *place)).collect();
        let hashes = reader.read_hashes(&indexes).unwrap();
        let expected: Vec<Hash> = places.iter().map(|place| Hash(leaf(*place))).collect();
        assert_eq!(hashes, expected, "{size}");
        let false_root = TileHashReader::new(size, Hash([7; 32]), &folder);
        assert!(false_root.read_hashes(&indexes).is_err());
    }
}

#[test]
fn inclusion_proofs_are_theirs_byte_for_byte_and_hold_both_ways() {
    for size in [1, 2, 3, 7, 8, 100, 256, 300, 1000] {
        let (folder, tree) = (Folder::of(size), tree(size));
        let root = tree.log().root();
        let reader = TileHashReader::new(size, Hash(root), &folder);
        for index in (0..size).step_by(1 + size as usize / 20) {
            let ours = prove_inclusion(&tree, index, size).unwrap();
            let theirs = tlog_tiles::prove_record(size, index, &reader).unwrap();
            assert_eq!(ours, theirs.iter().map(|hash| hash.0).collect::<Vec<_>>());
            let check = |index| {
                tlog_tiles::check_record(&theirs, size, Hash(root), index, Hash(leaf(index)))
            };
            assert!(check(index).is_ok());
            assert!(size == 1 || check((index + 1) % size).is_err());
            assert!(verify_inclusion(&ours, index, &leaf(index), size, &root).is_ok());
        }
    }
}

#[test]
fn consistency_proofs_are_theirs_byte_for_byte_and_hold_both_ways() {
    for (old, new) in [(1, 1), (1, 2), (3, 7), (4, 8), (6, 8), (255, 257), (256, 300), (600, 1000)]
    {
        let (folder, newer, older) = (Folder::of(new), tree(new), tree(old));
        let (new_root, old_root) = (newer.log().root(), older.log().root());
        let reader = TileHashReader::new(new, Hash(new_root), &folder);
        let ours = prove_consistency(&newer, old, new).unwrap();
        let theirs = tlog_tiles::prove_tree(new, old, &reader).unwrap();
        assert_eq!(ours, theirs.iter().map(|hash| hash.0).collect::<Vec<_>>(), "{old} {new}");
        let (new_hash, old_hash) = (Hash(new_root), Hash(old_root));
        assert!(tlog_tiles::check_tree(&theirs, new, new_hash, old, old_hash).is_ok());
        assert!(verify_consistency(&ours, old, &old_root, new, &new_root).is_ok());
    }
}

#[test]
fn a_pruned_log_goes_on_as_one_that_was_never_pruned() {
    let (whole, cut) = (tree(1000), tree(600));
    let kept = cut.log().hashes().to_vec();
    assert_eq!(kept.len(), 4);
    let mut pruned = MerkleLog::from_hashes(600, kept).unwrap();
    (600..1000).for_each(|number| pruned.append(&leaf(number)));
    assert_eq!(pruned.root(), whole.log().root());
}

#[test]
fn our_bundles_hold_the_records_that_their_hashes_stand_for() {
    let folder = Folder::of(600);
    for (bundle, tile, from) in [
        ("tile/entries/000", "tile/0/000", 0),
        ("tile/entries/001", "tile/0/001", 256),
        ("tile/entries/002.p/88", "tile/0/002.p/88", 512),
    ] {
        let mut rest = folder.0[bundle].as_slice();
        let mut number = from;
        for hash in folder.0[tile].chunks(32) {
            let (length, after) = rest.split_at(2);
            let length = usize::from(u16::from_be_bytes(length.try_into().unwrap()));
            let (entry, after) = after.split_at(length);
            assert_eq!(entry, record(number));
            assert_eq!(tlog_tiles::record_hash(entry).0, hash);
            (rest, number) = (after, number + 1);
        }
        assert!(rest.is_empty());
    }
}
