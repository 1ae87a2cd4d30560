//! The mathematics of a Merkle log (RFC 6962, section 2.1; RFC 9162, section 2.1): no database, no clock.
//!
//! Proofs are planned as ranges of leaves, so that whoever stores the hashes reads only those that a proof needs.

use aws_lc_rs::digest::{SHA256, digest};

/// A hash of the tree: SHA-256.
pub type Hash = [u8; 32];

/// Leaves from the first on, up to but not including the second.
pub type Range = (u64, u64);

/// The hash of a leaf: `SHA-256(0x00 || data)`.
pub fn leaf_hash(data: &[u8]) -> Hash {
    sha256(&[&[0], data])
}

/// The hash of an inner node: `SHA-256(0x01 || left || right)`.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], left, right])
}

/// The root of a tree without leaves: the hash of nothing.
pub fn empty_root() -> Hash {
    sha256(&[])
}

fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, &parts.concat()).as_ref());
    hash
}

/// A complete subtree: the leaves from `index * 2^level` on, `2^level` of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subtree {
    /// Its height; a leaf has 0.
    pub level: u32,
    /// Which one of its height, from the left.
    pub index: u64,
}

/// The complete subtrees that a range of a proof is made of, from the left.
pub fn subtrees((mut from, to): Range) -> Vec<Subtree> {
    let mut found = Vec::new();
    while from < to {
        let level = (to - from).ilog2();
        found.push(Subtree { level, index: from >> level });
        from += 1 << level;
    }
    found
}

/// The hash of a range from those of its complete subtrees, from the left.
pub fn fold(hashes: &[Hash]) -> Hash {
    let mut all = hashes.iter().rev();
    let last = all.next().copied().unwrap_or_else(empty_root);
    all.fold(last, |right, left| node_hash(left, &right))
}

/// The root of a complete tree of these leaves or nodes (a power of two).
pub fn complete(hashes: &[Hash]) -> Hash {
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row.chunks_exact(2).filter_map(|it| Some(node_hash(it.first()?, it.last()?))).collect();
    }
    row.first().copied().unwrap_or_else(empty_root)
}

/// The largest power of two below `count`, which is at least two.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// The ranges whose hashes prove that leaf `index` is in a tree of `size` leaves, from the leaf up.
pub fn inclusion(index: u64, size: u64) -> Vec<Range> {
    let (mut from, mut to, mut path) = (0, size, Vec::new());
    if index >= size {
        return path;
    }
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push((middle, to));
            to = middle;
        } else {
            path.push((from, middle));
            from = middle;
        }
    }
    path.reverse();
    path
}

/// The ranges whose hashes prove that a tree of `second` leaves continues one of `first`.
pub fn consistency(first: u64, second: u64) -> Vec<Range> {
    let (mut from, mut to, mut path) = (0, second, Vec::new());
    if first == 0 || first >= second {
        return path;
    }
    while to != first {
        let middle = from + split(to - from);
        if first <= middle {
            path.push((middle, to));
            to = middle;
        } else {
            path.push((from, middle));
            from = middle;
        }
    }
    // The verifier knows the old root itself.
    if from != 0 {
        path.push((from, to));
    }
    path.reverse();
    path
}

/// Whether `path` proves that a leaf is in the tree (RFC 9162, section 2.1.3.2).
pub fn includes(root: &Hash, size: u64, index: u64, leaf: &Hash, path: &[Hash]) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for next in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(next, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, next);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether `path` proves that the second tree continues the first (RFC 9162, section 2.1.4.2).
pub fn continues(first: (u64, &Hash), second: (u64, &Hash), path: &[Hash]) -> bool {
    let ((first, first_root), (second, second_root)) = (first, second);
    if first > second {
        return false;
    }
    if first == second {
        return path.is_empty() && first_root == second_root;
    }
    if first == 0 {
        return path.is_empty() && *first_root == empty_root();
    }
    let mut path: Vec<&Hash> = path.iter().collect();
    if path.is_empty() {
        return false;
    }
    if first.is_power_of_two() {
        path.insert(0, first_root);
    }
    let (mut node, mut last) = (first - 1, second - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let mut path = path.into_iter();
    let Some(start) = path.next() else { return false };
    let (mut old, mut new) = (*start, *start);
    for next in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            old = node_hash(next, &old);
            new = node_hash(next, &new);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, next);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old == *first_root && new == *second_root
}

/// A tree that grows leaf by leaf and knows its root; it keeps one hash for each bit of its size.
#[derive(Debug, Clone, Default)]
pub struct Growing {
    size: u64,
    peaks: Vec<Hash>,
}

impl Growing {
    /// Adds a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Its root.
    pub fn root(&self) -> Hash {
        fold(&self.peaks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(hash: &[u8]) -> String {
        hash.iter().map(|it| format!("{it:02x}")).collect()
    }

    fn unhex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|it| u8::from_str_radix(&text[it..it + 2], 16).unwrap()).collect()
    }

    /// The definition of RFC 6962, section 2.1, word for word.
    fn root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(usize::try_from(split(leaves.len() as u64)).unwrap());
                node_hash(&root(left), &root(right))
            }
        }
    }

    fn leaves(count: u64) -> Vec<Hash> {
        (0..count).map(|it| leaf_hash(&it.to_be_bytes())).collect()
    }

    fn hash_of(all: &[Hash], range: Range) -> Hash {
        let of = |it: &Subtree| {
            let from = usize::try_from(it.index << it.level).unwrap();
            complete(&all[from..from + (1 << it.level)])
        };
        fold(&subtrees(range).iter().map(of).collect::<Vec<_>>())
    }

    #[test]
    fn the_known_vectors_of_certificate_transparency() {
        let inputs = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        assert_eq!(hex(&empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        let all: Vec<Hash> = inputs.iter().map(|it| leaf_hash(&unhex(it))).collect();
        let mut growing = Growing::default();
        for (place, expected) in roots.iter().enumerate() {
            growing.push(all[place]);
            assert_eq!(hex(&growing.root()), *expected, "{} leaves", place + 1);
            assert_eq!(hex(&root(&all[..=place])), *expected);
        }
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proven_and_no_other() {
        let all = leaves(71);
        for size in 0..=70_u64 {
            let tree = &all[..usize::try_from(size).unwrap()];
            let top = root(tree);
            assert_eq!(top, hash_of(&all, (0, size)));
            assert!(inclusion(size, size).is_empty());
            for (index, leaf) in (0..size).zip(tree) {
                let path: Vec<Hash> =
                    inclusion(index, size).into_iter().map(|it| hash_of(&all, it)).collect();
                assert!(includes(&top, size, index, leaf, &path), "{index} of {size}");
                assert!(!includes(&top, size, index, &all[70], &path), "another leaf");
                assert!(!includes(&all[70], size, index, leaf, &path), "another root");
                assert!(!includes(&top, size, size, leaf, &path), "beyond the end");
                let mut longer = path.clone();
                longer.push(all[70]);
                assert!(!includes(&top, size, index, leaf, &longer), "a longer path");
                for place in 0..path.len() {
                    let mut bent = path.clone();
                    bent[place][7] ^= 1;
                    assert!(!includes(&top, size, index, leaf, &bent));
                    bent.remove(place);
                    assert!(!includes(&top, size, index, leaf, &bent));
                }
                for other in (0..size).filter(|it| *it != index) {
                    assert!(!includes(&top, size, other, leaf, &path), "{index} at {other} of {size}");
                }
            }
        }
    }

    #[test]
    fn every_small_tree_continues_every_smaller_one_and_no_other() {
        let all = leaves(71);
        let roots: Vec<Hash> = (0..=70).map(|it: u64| root(&all[..usize::try_from(it).unwrap()])).collect();
        for second in 0..=70_u64 {
            let new = roots[usize::try_from(second).unwrap()];
            for first in 0..=second {
                let old = roots[usize::try_from(first).unwrap()];
                let path: Vec<Hash> =
                    consistency(first, second).into_iter().map(|it| hash_of(&all, it)).collect();
                assert!(continues((first, &old), (second, &new), &path), "{first} to {second}");
                assert!(!continues((first, &all[70]), (second, &new), &path), "another old root");
                assert!(!continues((second + 1, &new), (second, &new), &path), "a shorter tree");
                if first > 0 && first < second {
                    assert!(!continues((first, &old), (second, &all[70]), &path), "another new root");
                }
                let mut longer = path.clone();
                longer.push(all[70]);
                assert!(!continues((first, &old), (second, &new), &longer), "a longer path");
                for place in 0..path.len() {
                    let mut bent = path.clone();
                    bent[place][7] ^= 1;
                    assert!(!continues((first, &old), (second, &new), &bent));
                    bent.remove(place);
                    assert!(!continues((first, &old), (second, &new), &bent));
                }
            }
        }
    }
}
