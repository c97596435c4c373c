//! The command `registry-changes`, with one registry and with two.

use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn snapshots() {
    trycmd::TestCases::new().case("tests/snapshots/*.trycmd").run();
}

#[test]
fn a_reader_that_stops_early_is_not_an_error() {
    let run = |end: &str| {
        let script = format!("\"$0\" tests/snapshots/old.xml tests/snapshots/new.xml {end}");
        Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_registry-changes")]).output().unwrap()
    };
    let output = run("| true");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    if Path::new("/dev/full").exists() {
        let output = run(">/dev/full");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("registry-changes: cannot print ("));
    }
}

/// The numbers of added and removed rows must account for the difference in rows, which the oracle counts.
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
        let output = Command::new(env!("CARGO_BIN_EXE_registry-changes")).args(pair).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty());
        let table = String::from_utf8(output.stdout).unwrap();
        let [before, after] = [0, 1].map(|file| {
            let xml = std::fs::read_to_string(&pair[file]).unwrap();
            answers::roxmltree::Document::parse(&xml)
                .unwrap()
                .descendants()
                .filter(|n| n.tag_name().name() == "record")
                .count()
        });
        let count = |what: &str| table.lines().filter(|line| line.starts_with(&format!("| {what} |"))).count();
        assert_eq!(before + count("added") - count("removed"), after, "{table}");
        assert!(count("added") > 0 && count("renamed") + count("moved") + count("described anew") > 0);
    }
}
