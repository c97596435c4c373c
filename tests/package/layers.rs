//! The layers of src/: a file uses only files of its own layer and of the layers below.

use std::fs;
use std::path::Path;

/// The paths in the code of a folder that lead out of its files, each after its file. Comments do not count.
fn paths(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths = Vec::new();
    for file in files {
        let (text, name) = (fs::read_to_string(&file).unwrap(), file.display().to_string());
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
            let words = line.split(|c: char| !(c.is_alphanumeric() || "_:$".contains(c)));
            let leads_out = |word: &&str| word.starts_with("crate::") || word.starts_with("super::super");
            paths.extend(words.filter(leads_out).map(|word| (name.clone(), word.to_owned())));
        }
    }
    paths
}

#[test]
fn shared_uses_only_itself() {
    assert_eq!(paths("shared"), []);
}

#[test]
fn tables_use_only_shared() {
    let tables = paths("tables");
    assert!(tables.len() > 10, "{tables:?}");
    let others = tables.iter().filter(|(_, path)| !path.starts_with("crate::shared::"));
    assert_eq!(others.collect::<Vec<_>>(), Vec::<&(String, String)>::new());
}
