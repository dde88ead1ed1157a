//! Ordered collections, filled entry by entry.
//!
//! `collect` sorts first, with one copy of the whole sorting code for each type.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Returns the set of those items.
pub(crate) fn set_of<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for item in items {
        set.insert(item);
    }
    set
}

/// Returns the map of those entries; of two with one key the later stays.
pub(crate) fn map_of<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in entries {
        map.insert(key, value);
    }
    map
}

/// Puts `list` in the order of its items.
pub(crate) fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// Puts `list` in order; what compares as equal stays in the order it is in.
pub(crate) fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    // Sorting in `std` comes to 4 KiB of code for each type; this is a few hundred bytes.
    if list.len() <= SHORT {
        insert_each(list, compare);
        return;
    }
    let mut sources: Vec<usize> = (0..list.len()).collect();
    sort_places(&mut sources, &|a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut targets = vec![0; sources.len()];
    for (target, source) in sources.into_iter().enumerate() {
        if let Some(place) = targets.get_mut(source) {
            *place = target;
        }
    }
    for place in 0..targets.len() {
        // Each turn of the loop brings one item to where it stays.
        while let Some(target) = targets.get(place).copied().filter(|target| *target != place) {
            targets.swap(place, target);
            list.swap(place, target);
        }
    }
}

fn insert_each<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    for end in 1..list.len() {
        for place in (1..=end).rev() {
            match list.get_mut(place - 1..=place) {
                Some([a, b]) if compare(a, b) == Ordering::Greater => std::mem::swap(a, b),
                _ => break,
            }
        }
    }
}

/// The one copy of what is long.
fn sort_places(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|a, b| compare(*a, *b));
}

/// Up to here every item is carried to its place step by step.
const SHORT: usize = 16;

#[cfg(test)]
mod tests {
    use super::sort;
    use super::sort_by;

    #[test]
    fn sorts_as_the_standard_library_does() {
        let mut seed = 7_u32;
        for length in 0..70 {
            let mut list: Vec<u32> = Vec::new();
            for _ in 0..length {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                list.push(seed >> 27);
            }
            let mut expected = list.clone();
            expected.sort_unstable();
            sort(&mut list);
            assert_eq!(list, expected);
        }
    }

    #[test]
    fn what_is_equal_keeps_its_order() {
        for length in [10_usize, 100] {
            let mut list: Vec<(usize, usize)> =
                (0..length).map(|index| (index * 7 % 5, index)).collect();
            let mut expected = list.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by(&mut list, |a, b| a.0.cmp(&b.0));
            assert_eq!(list, expected);
        }
    }
}
