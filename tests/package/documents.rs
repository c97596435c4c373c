//! CONTRIBUTING.md and README.md are right about other files.

use crate::oracle;
use std::path::Path;

/// The links in a text, each after the names in backticks before it: "`fold`, `unfold` in [text.rs](src/text.rs)".
fn links(text: &str) -> Vec<(&str, Vec<&str>)> {
    let parts: Vec<&str> = text.split("](").collect();
    let links = parts.windows(2).map(|pair| {
        let (before, label) = pair[0].rsplit_once('[').unwrap();
        let mut names = Vec::new();
        let mut left = before.strip_suffix(" in ").unwrap_or_default();
        while let Some((before, name)) = left.strip_suffix('`').and_then(|left| left.rsplit_once('`')) {
            names.push(name);
            left = before.strip_suffix(", ").or(before.strip_suffix(" or ")).unwrap_or_default();
        }
        assert!(!label.is_empty());
        (pair[1].split(')').next().unwrap(), names)
    });
    links.collect()
}

#[test]
fn the_files_and_tests_that_a_contributor_needs_exist() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !home.join("cli").exists() {
        oracle::skip("the package contains only the library");
        return;
    }
    let page = include_str!("../../CONTRIBUTING.md");
    for (file, names) in links(page) {
        assert!(file.starts_with('#') || home.join(file).exists(), "there is no {file}");
        for name in names {
            let text = std::fs::read_to_string(home.join(file)).unwrap();
            let starts = ["fn", "const", "struct", "enum"].map(|word| format!("{word} {name}"));
            let is_here = |start: &String| {
                text.split(start).skip(1).any(|rest| !rest.starts_with(|c| c == '_' || char::is_alphanumeric(c)))
            };
            assert!(starts.iter().any(is_here), "there is no {name} in {file}");
        }
    }
    // Each list begins with a test.
    let lists = page.split_once("\n## How to add\n").unwrap().1.split("\n## ").next().unwrap();
    let lists: Vec<&str> = lists.split("\n### ").skip(1).collect();
    assert_eq!(lists.len(), 8);
    for list in lists {
        let first = list.split("\n2. ").next().unwrap();
        assert!(links(first).iter().any(|(file, _)| file.contains("tests/")), "{first}");
        let mut tests = 0;
        for (file, names) in links(list).into_iter().filter(|(file, _)| file.contains("tests/")) {
            let text = std::fs::read_to_string(home.join(file)).unwrap();
            for name in names.into_iter().filter(|name| name.contains(char::is_lowercase)) {
                assert!(text.contains(&format!("#[test]\nfn {name}()")), "{name} in {file} is not a test");
                tests += 1;
            }
        }
        assert!(tests > 0, "no test in {list}");
    }
}

/// Each row of the table in README.md is in the first table of docs/rivals.md with these columns.
#[test]
fn the_front_page_gives_the_speed_of_the_last_run() {
    let cells = |row: &'static str| row.split('|').map(|cell| cell.trim().replace(',', "")).collect::<Vec<_>>();
    let rows = |page: &'static str, heading: &str| {
        let rows = page.split_once(heading).unwrap().1.lines().filter(|line| line.starts_with('|')).map(cells);
        rows.collect::<Vec<_>>()
    };
    let front = include_str!("../../README.md").split_once("\n## The data").unwrap().0;
    let (front, run) = (rows(front, "\n## Speed"), rows(include_str!("../../docs/rivals.md"), "per lookup: ports\n"));
    let places = front[0][2..4].iter().map(|name| run[0].iter().position(|other| other == name).unwrap());
    let places: Vec<usize> = places.collect();
    for row in &front[2..] {
        let measured = run.iter().find(|other| other[1] == row[1]).unwrap_or_else(|| panic!("{row:?}"));
        assert_eq!([&measured[places[0]], &measured[places[1]]], [&row[2], &row[3]], "{row:?}");
    }
    assert!(front.len() > 4);
}
