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

/// The lines of the library's sources without doc comments.
fn lines(folder: &Path, all: &mut Vec<String>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            lines(&path, all);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            all.extend(text.lines().filter(|line| !line.starts_with("///")).map(str::to_owned));
        }
    }
}

/// Each public function returns a `Result` or a type with `#[must_use]`, or has the attribute itself. Iterators have
/// it, too.
#[test]
fn what_lookups_and_iterators_give_must_be_used() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let front = fs::read_to_string(src.join("lib.rs")).unwrap();
    let mut all = Vec::new();
    lines(&src, &mut all);
    let word =
        |text: &str| text.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default().to_owned();
    let is_public = |name: &String| {
        front.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|other| !other.is_empty() && other == name)
    };
    let is_marked = |at: usize| all[..at].iter().rev().take_while(|l| l.starts_with("#[")).any(|l| *l == "#[must_use]");
    let (mut marked, mut iterators, mut checked) = (vec!["Result".to_owned()], Vec::new(), 0);
    for (at, line) in all.iter().enumerate() {
        let name = line.strip_prefix("pub struct ").or(line.strip_prefix("pub enum "));
        marked.extend(name.filter(|_| is_marked(at)).map(word));
        let implemented = line.strip_prefix("iterator!(").or(line.split_once(" Iterator for ").map(|(_, name)| name));
        iterators.extend(implemented.map(word).filter(is_public));
        // The macro marks the iterators that it defines.
        let defined =
            line.split_once(" { ").filter(|(_, rest)| rest.contains("} yields ")).map(|(name, _)| name.trim());
        marked
            .extend(defined.filter(|_| all.iter().any(|l| l.trim() == "#[must_use]" && l.starts_with(' '))).map(word));
        iterators.extend(defined.map(word).filter(is_public));
    }
    for (at, line) in all.iter().enumerate() {
        let function = line.strip_prefix("pub fn ").or(line.strip_prefix("pub const fn ")).map(word).filter(is_public);
        if let (Some(name), Some((_, result))) = (function, line.rsplit_once("-> ")) {
            assert!(is_marked(at) || marked.contains(&word(result)), "{name}");
            checked += 1;
        }
    }
    let unmarked: Vec<_> = iterators.iter().filter(|name| !marked.contains(name)).collect();
    assert!(unmarked.is_empty(), "{unmarked:?}");
    assert!(checked > 10 && iterators.len() > 10);
}
