//! Names: how they are hashed, compared and placed, in words of either width.

use crate::generator::File;
use crate::generator::error::{FileKind, InputError};
use crate::generator::error_kind::ErrorKind;
use crate::generator::layout::names::{PerfectHash, place_names};
use crate::generator::shared::hash::{self, SHORT, Words, narrow, wide};
use crate::generator::shared::packing::MARGIN;
use crate::oracle;
use phf_shared::ptrhash::get_index;
use std::collections::BTreeSet;

const WIDTHS: [Words; 2] = [Words::Wide, Words::Narrow];

/// The error for a file.
fn in_file(kind: ErrorKind) -> String {
    let file = File { name: "ports.xml", kind: FileKind::Named, content: b"" };
    InputError::from(kind).in_file(&file).to_string()
}

fn placed(names: &[&str], words: Words) -> PerfectHash {
    place_names(names, words).unwrap_or_else(|error| panic!("{} names: {error}", names.len()))
}

/// Names that a hash may confuse: short ones, and ones that differ in a few bytes at one place.
fn families() -> Vec<Vec<String>> {
    let letters = || ('a'..='z').chain('0'..='9');
    let pairs = || letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
    let short = letters().map(String::from).chain(pairs());
    let short = short.chain(pairs().flat_map(|pair| letters().map(move |third| format!("{pair}{third}"))));
    let numbered = |name: fn(usize) -> String| (0..9000).map(name).collect();
    vec![
        numbered(|n| format!("name-{n}")),
        short.take(9000).collect(),
        numbered(|n| format!("{n:04}-of-a-service")),
        numbered(|n| format!("service-{n:04}-tls")),
        numbered(|n| format!("service-{n:04}")),
        numbered(|n| format!("{n:04}q")),
    ]
}

/// src/shared/hash.rs and docs/ARCHITECTURE.md rely on this.
#[test]
fn most_names_are_full() {
    let oracle = oracle::Oracle::load();
    let names: BTreeSet<&str> = oracle.named().filter_map(|row| row.name.as_deref()).collect();
    let full = |least| names.iter().filter(|name| name.len() >= least).count();
    println!("{} and {} of {} names", full(wide::FULL), full(narrow::FULL), names.len());
    assert!(10 * full(wide::FULL) > 9 * names.len() && 2 * full(narrow::FULL) > names.len());
}

#[test]
fn any_number_of_names_has_a_hash() {
    // `phf_generator` uses one percent more slots than names, and one more slot if the number is a power of two.
    let powers = || (4..=13).map(|power| 1 << power);
    let slots = powers().flat_map(|slots| [slots * 99 / 100 - 1, slots * 99 / 100, slots * 99 / 100 + 1]);
    let counts: BTreeSet<usize> = (0..=300).chain(powers().flat_map(|n| [n - 1, n])).chain(slots).collect();
    for (family, names) in families().iter().enumerate() {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        for words in WIDTHS {
            for &count in counts.iter().filter(|&&count| family == 0 || count > 4000) {
                let mut slots = placed(&names[..count], words).slots;
                slots.sort_unstable();
                assert!(slots.into_iter().eq(0..count), "{count} names of family {family}, {words:?}");
            }
        }
    }
}

/// `phf_shared` finds the same slots as the crate, for every registered name and a million other strings.
#[test]
fn slots_are_those_of_phf_shared() {
    let oracle = oracle::Oracle::load();
    let names: BTreeSet<String> =
        oracle.named().filter_map(|row| row.name.as_deref()).map(str::to_ascii_lowercase).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| name.len() <= SHORT).collect();
    for words in WIDTHS {
        let hash = placed(&names, words);
        let remap: Vec<u32> = hash.remap.iter().map(|&slot| slot.try_into().unwrap()).collect();
        let agrees = |name: &[u8]| {
            let hashed = words.hash(name, hash.seed);
            let index = get_index(hash.seed, hashed, &hash.pilots, &remap, names.len());
            assert_eq!(hash.slot(name), Some(index as usize), "{name:?}");
        };
        for name in &names {
            agrees(name.as_bytes());
        }
        let random = &mut fastrand::Rng::with_seed(16);
        for _ in 0..500_000 {
            let name: [u8; SHORT] = std::array::from_fn(|_| random.u8(..));
            agrees(&name[..random.usize(..=SHORT)]);
        }
    }
}

#[test]
fn colliding_names_are_refused() {
    for words in WIDTHS {
        placed(&["one", "two", "three"], words);
        assert_eq!(place_names(&["one", "two", "one"], words).unwrap_err(), ErrorKind::Collisions);
    }
    assert_eq!(
        in_file(ErrorKind::Collisions),
        "ports.xml:1:1: found service names that collide under a hundred hashes; expected names that were not made \
         to collide; rename some"
    );
}

#[test]
fn a_misplaced_name_is_refused() {
    let names = ["domain", "http", "https", "ssh"];
    for words in WIDTHS {
        let hash = placed(&names, words);
        let changed = |change: fn(&mut PerfectHash)| {
            let mut hash = placed(&names, words);
            change(&mut hash);
            hash.check(&names)
        };
        assert_eq!(changed(|_| ()), Ok(()));
        assert!(changed(|hash| hash.pilots.iter_mut().for_each(|pilot| *pilot = !*pilot)).is_err());
        assert!(changed(|hash| hash.flips.iter_mut().for_each(|flips| *flips = !*flips)).is_err());
        assert!(changed(|hash| hash.pilots.clear()).is_err());
        assert!(changed(|hash| hash.seed ^= 1 << 40).is_err());
        assert!(changed(|hash| hash.slots.swap(1, 2)).is_err());
        let kind = ErrorKind::Misplaced { name: "http".to_owned(), slot: hash.slots[1], found: None };
        assert_eq!(
            in_file(kind),
            format!(
                "ports.xml:1:1: found the service name \"http\" placed on slot {} by phf_generator, where no lookup \
                 looks; expected the placement of phf_generator 0.14; run `cargo update -p phf_generator --precise \
                 0.14.0`",
                hash.slots[1]
            )
        );
    }
}

/// Compares every byte at every place of every length with every byte that a name can contain.
#[test]
fn names_are_compared_as_ascii_without_case() {
    for len in 1..=SHORT {
        for at in 0..len {
            for registered in (b' '..=b'~').filter(|&character| hash::is_plain(character)) {
                let mut name = *b"Abc-dEf.ghI/jkL*";
                name[at] = registered;
                let pool = [&[b'x'; MARGIN], &name[..len], &[b'y'; MARGIN]].concat();
                for byte in 0..=u8::MAX {
                    let mut asked = name;
                    asked[at] = byte;
                    let asked = &asked[..len];
                    let same = [
                        if len >= wide::FULL {
                            wide::is_at::<true>(wide::load::<true>(asked), &pool, MARGIN, len)
                        } else {
                            wide::is_at::<false>(wide::load::<false>(asked), &pool, MARGIN, len)
                        },
                        if len >= narrow::FULL {
                            narrow::is_at::<true>(narrow::load::<true>(asked), &pool, MARGIN, len)
                        } else {
                            narrow::is_at::<false>(narrow::load::<false>(asked), &pool, MARGIN, len)
                        },
                    ];
                    let expected = byte.eq_ignore_ascii_case(&registered);
                    assert_eq!(same, [expected; 2], "{byte} for {registered} at {at} of {len}");
                }
            }
        }
    }
}

/// The build machine and every target must compute the same hashes.
#[test]
fn hashes_are_the_same_everywhere() {
    // A program in another language, with integers of any size, computed these hashes.
    let expected = [
        [
            0,
            11_100_257_585_946_556_406,
            1_487_855_943_296_539_422,
            5_299_620_685_055_117_233,
            17_988_307_590_586_991_762,
            15_175_559_867_124_293_515,
            12_514_012_214_513_193_416,
        ],
        [
            1_494_443_947_674_692_356,
            6_301_303_351_537_810_894,
            10_646_330_537_765_346_014,
            5_413_062_544_168_110_796,
            4_066_696_078_691_639_044,
            6_933_427_568_859_126_692,
            11_055_634_827_600_998_761,
        ],
    ];
    for (words, expected) in WIDTHS.into_iter().zip(expected) {
        let hash = |name: &str| words.hash(name.as_bytes(), 1);
        let names = ["", "x", "rje", "http", "DOMAIN", "kerberos", "sixteen-bytes-ok"];
        assert_eq!(names.map(hash), expected);
        assert_eq!(hash("http"), hash("HTTP"));
        assert_ne!(hash("http"), hash("http\0"));
        assert_ne!(hash("nine-nine"), hash("nine-nine-nine"));
    }
    let numbers = || [0, 1, 0xffff, 0x1_0000, 0x1_ffff, 0x8000_0000, u32::MAX].into_iter();
    for limit in [1, 2, 77, 2447, 7407, 0xfffe, 0xffff] {
        for number in numbers().chain((0..1000).map(|n: u32| n.wrapping_mul(0x9e37_79b9))) {
            let product = u64::from(number) * limit as u64;
            assert_eq!(hash::scale_in_steps(number, limit) as u64, product >> 32, "{number} {limit}");
        }
    }
}
