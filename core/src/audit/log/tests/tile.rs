use std::collections::BTreeMap;

use crate::audit::log::LogError;
use crate::audit::log::TileHashes;
use crate::audit::log::TileWriter;
use crate::audit::log::TreeHashes;
use crate::audit::log::entries_path;
use crate::audit::log::prove_consistency;
use crate::audit::log::prove_inclusion;
use crate::audit::log::tile_path;
use crate::audit::log::verify_inclusion;
use crate::model::Digest;

fn folder(size: u64) -> (BTreeMap<String, Vec<u8>>, TreeHashes) {
    let (mut tiles, mut tree) = (TileWriter::new(), TreeHashes::new());
    let mut files = Vec::new();
    for number in 0..size {
        let record = number.to_string();
        files.extend(tiles.append(record.as_bytes()).unwrap());
        tree.append(&Digest::of_leaf(record.as_bytes()).bytes().unwrap());
    }
    files.extend(tiles.finish());
    let count = files.len();
    let files: BTreeMap<_, _> = files.into_iter().map(|file| (file.path, file.bytes)).collect();
    assert_eq!(files.len(), count);
    (files, tree)
}

#[test]
fn a_log_of_seventy_thousand_has_the_tiles_of_the_specification() {
    let (files, tree) = folder(70_000);
    let partial: Vec<&str> =
        files.keys().filter(|path| path.contains(".p/")).map(String::as_str).collect();
    assert_eq!(
        partial,
        ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"]
    );
    assert_eq!(files.len(), 273 + 1 + 273 + partial.len());
    assert_eq!(files["tile/0/000"].len(), 8192);
    assert_eq!(files["tile/1/000"].len(), 8192);
    let hashes = TileHashes::new(70_000, |path: &str| files.get(path).cloned());
    let root = tree.log().root();
    for index in [0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999] {
        let proof = prove_inclusion(&hashes, index, 70_000).unwrap();
        assert_eq!(proof, prove_inclusion(&tree, index, 70_000).unwrap());
        let leaf = Digest::of_leaf(index.to_string().as_bytes()).bytes().unwrap();
        assert_eq!(verify_inclusion(&proof, index, &leaf, 70_000, &root), Ok(()));
    }
    for old in [1, 255, 256, 257, 65_536, 69_999] {
        let proof = prove_consistency(&hashes, old, 70_000).unwrap();
        assert_eq!(proof, prove_consistency(&tree, old, 70_000).unwrap());
    }
}

#[test]
fn a_log_of_one_full_tile_has_a_tile_above_it() {
    let (files, tree) = folder(256);
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(paths, ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
    assert_eq!(files["tile/1/000.p/1"], tree.log().root());
}

#[test]
fn a_bundle_holds_each_record_after_its_length() {
    let (files, _) = folder(12);
    let bundle = &files["tile/entries/000.p/12"];
    assert_eq!(bundle[..6], [0, 1, b'0', 0, 1, b'1']);
    assert_eq!(bundle[30..], [0, 2, b'1', b'0', 0, 2, b'1', b'1']);
}

#[test]
fn an_empty_log_has_no_files() {
    assert!(TileWriter::new().finish().is_empty());
}

#[test]
fn paths_are_those_of_the_specification() {
    assert_eq!(tile_path(0, 1_234_067, 256), "tile/0/x001/x234/067");
    assert_eq!(tile_path(2, 0, 1), "tile/2/000.p/1");
    assert_eq!(entries_path(1000, 255), "tile/entries/x001/000.p/255");
    assert_eq!(entries_path(999, 256), "tile/entries/999");
}

#[test]
fn a_record_that_no_bundle_can_hold_is_refused() {
    let mut tiles = TileWriter::new();
    assert!(tiles.append(&vec![b'a'; 65_535]).is_ok());
    let refused = LogError::RecordTooLarge { bytes: 65_536, limit: 65_535 };
    assert_eq!(tiles.append(&vec![b'a'; 65_536]), Err(refused));
    assert_eq!(tiles.log().size(), 1);
}

#[test]
fn a_short_or_missing_tile_gives_no_proof() {
    let (mut files, _) = folder(300);
    let whole = files["tile/0/001.p/44"].clone();
    files.insert("tile/0/001.p/44".to_owned(), whole[..whole.len() - 32].to_vec());
    let proof =
        prove_inclusion(&TileHashes::new(300, |path: &str| files.get(path).cloned()), 3, 300);
    assert!(matches!(proof, Err(LogError::HashMissing { .. })));
    let none = TileHashes::new(300, |_: &str| None);
    assert!(prove_inclusion(&none, 3, 300).is_err());
}
