//! The command `registry-changes`: what it says about one registry and about two.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A registry of these records, in a file.
fn file(name: &str, updated: &str, records: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let xml = format!(
        "<registry xmlns='http://www.iana.org/assignments' id='service-names-port-numbers'>\n\
         <updated>{updated}</updated>\n{records}</registry>\n"
    );
    std::fs::write(&path, xml).unwrap();
    path
}

fn record(name: &str, place: &str, description: &str) -> String {
    let (number, protocol) = place.split_once('/').unwrap();
    format!(
        "<record><name>{name}</name><protocol>{protocol}</protocol><number>{number}</number>\
         <description>{description}</description></record>\n"
    )
}

/// Exit status, standard output, standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_registry-changes")).args(arguments).output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), stdout, stderr)
}

fn changes(old: &Path, new: &Path) -> (i32, String, String) {
    run(&[old.to_str().unwrap(), new.to_str().unwrap()])
}

#[test]
fn every_kind_of_change_has_its_row() {
    let same = record("same", "1/tcp", "as it was");
    let old = [
        same.clone(),
        record("gone", "2/tcp", "a | b"),
        record("before", "3/tcp", "renamed"),
        record("goes", "4/tcp", "moved"),
        record("text", "5/tcp", "old words"),
        record("dated", "6/tcp", "otherwise the same"),
        "<record><number>7</number><description>Unassigned</description></record>\n".to_owned(),
    ];
    let new = [
        same,
        record("after", "3/tcp", "renamed"),
        record("goes", "40/tcp", "moved"),
        record("text", "5/tcp", "new words"),
        record("dated", "6/tcp", "otherwise the same").replace("<record>", "<record date='2025-01'>"),
        record("come", "7/udp", "new"),
        "<record><number>7</number><description>Reserved</description></record>\n".to_owned(),
    ];
    let old = file("changes-old.xml", "2025-01-01", &old.concat());
    let new = file("changes-new.xml", "2025-02-01", &new.concat());
    let table = "\
The registry of 2025-02-01, after that of 2025-01-01.

1 added, 1 removed, 1 renamed, 1 moved, 2 described anew.

| what | row | before | after |
| --- | --- | --- | --- |
| added | come 7/udp |  | new |
| removed | gone 2/tcp | a \\| b |  |
| renamed |  | before 3/tcp | after 3/tcp |
| moved |  | goes 4/tcp | goes 40/tcp |
| described anew | 7 | Unassigned | Reserved |
| described anew | text 5/tcp | old words | new words |

1 rows more have other dates, contacts, references or notes.
";
    assert_eq!(changes(&old, &new), (0, table.to_owned(), String::new()));
    let nothing =
        "The registry of 2025-01-01, after that of 2025-01-01.\n\nNo name, port or description changed.\n";
    assert_eq!(changes(&old, &old), (0, nothing.to_owned(), String::new()));
    assert_eq!(run(&[old.to_str().unwrap()]), (0, "2025-01-01 7 6 6\n".to_owned(), String::new()));
    let (code, stdout, stderr) = changes(&new, &old);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(
        stderr.contains("is of 2025-01-01, older than") && stderr.contains("keep the newer one"),
        "{stderr}"
    );
}

/// As many rows more as there are rows more, by the oracle's count.
#[test]
fn rows_add_up_between_real_registries() {
    let official = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/official");
    let mut files: Vec<PathBuf> = match std::fs::read_dir(&official) {
        Ok(entries) => entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "xml"))
            .collect(),
        Err(_) => return answers::skip("no published files of IANA in ../shared/official"),
    };
    files.sort();
    for pair in files.windows(2) {
        let (code, table, stderr) = changes(&pair[0], &pair[1]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        let [before, after] = [0, 1].map(|file| {
            let xml = std::fs::read_to_string(&pair[file]).unwrap();
            answers::roxmltree::Document::parse(&xml)
                .unwrap()
                .descendants()
                .filter(|n| n.tag_name().name() == "record")
                .count()
        });
        let count =
            |what: &str| table.lines().filter(|line| line.starts_with(&format!("| {what} |"))).count();
        assert_eq!(before + count("added") - count("removed"), after, "{table}");
        assert!(count("added") > 0 && count("renamed") + count("moved") + count("described anew") > 0);
    }
}

#[test]
fn files_that_cannot_be_compared() {
    let good = file("changes-good.xml", "2025-01-01", &record("a", "1/tcp", "b"));
    let bad = file("changes-bad.xml", "2025-01-01", &record("a", "1/quic", "b"));
    let (code, stdout, stderr) = changes(&good, &bad);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(
        stderr.contains("changes-bad.xml:3:") && stderr.contains("found the transport protocol \"quic\""),
        "{stderr}"
    );
    let missing = run(&["/no/such/file.xml"]);
    let in_the_words_of_the_system = std::fs::read("/no/such/file.xml").unwrap_err();
    let expected =
        format!("registry-changes: /no/such/file.xml: cannot be read ({in_the_words_of_the_system})\n");
    assert_eq!(missing, (2, String::new(), expected));
}
