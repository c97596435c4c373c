//! Runs every command line in the documents and in the manual, and compares its output with the text below it.

use crate::{command, is_embedded, repository, skip};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A command line, and its output according to the document, if the document shows any.
struct Shown {
    place: String,
    line: String,
    prints: String,
}

/// The command lines in a Markdown document that run this command, directly or with cargo.
fn shown(document: &Path) -> Vec<Shown> {
    let text = std::fs::read_to_string(document).unwrap();
    let mut all: Vec<Shown> = Vec::new();
    let mut is_open = false;
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with("```") {
            is_open = false;
        } else if let Some(line) = line.strip_prefix("$ ") {
            let line = line.replace("cargo run --package iana-ports-cli --", "iana-ports");
            is_open = line.starts_with("iana-ports ");
            if is_open {
                let place = format!("{}:{number}", document.display());
                all.push(Shown { place, line, prints: String::new() });
            }
        } else if let Some(last) = all.last_mut().filter(|_| is_open) {
            last.prints.extend([line, "\n"]);
        }
    }
    all
}

/// Runs a line in a shell, in a folder that contains the command and the registry of the repository.
fn run(line: &str) -> (i32, String) {
    let folder = scratch();
    let program = PathBuf::from(env!("CARGO_BIN_EXE_iana-ports"));
    let paths = [program.parent().unwrap().to_owned(), "/usr/bin".into(), "/bin".into()];
    let output = Command::new("sh")
        .args(["-c", line])
        .env("PATH", std::env::join_paths(paths).unwrap())
        .current_dir(folder)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), text)
}

fn scratch() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    std::fs::create_dir_all(&folder).unwrap();
    #[cfg(unix)]
    for name in ["cli", "registry"] {
        let _ = std::os::unix::fs::symlink(repository().join(name), folder.join(name));
    }
    folder
}

#[test]
fn the_commands_of_the_documents() {
    if cfg!(not(unix)) {
        return skip("the documents are for a shell");
    }
    if !is_embedded() {
        return;
    }
    let documents = ["README.md", "CONTRIBUTING.md", "docs/command.md", "docs/recipes.md", "docs/building.md"];
    let all: Vec<Shown> = documents.iter().flat_map(|name| shown(&repository().join(name))).collect();
    assert!(all.len() >= 10, "{} command lines", all.len());
    for Shown { place, line, prints } in all {
        let (code, printed) = run(&line);
        assert!(code == 0 || !prints.is_empty(), "{place}: {line}: {code} {printed}");
        if !prints.is_empty() {
            assert_eq!(printed, prints, "{place}: {line}");
        }
    }
}

#[test]
fn the_commands_of_the_manual() {
    if cfg!(not(unix)) {
        return skip("the manual is for a shell");
    }
    let manual = String::from_utf8(command().arg("man").output().unwrap().stdout).unwrap();
    let lines: Vec<&str> = manual.lines().filter_map(|line| line.strip_prefix("  ")).collect();
    let lines: Vec<&str> = lines.into_iter().filter(|line| line.starts_with("iana-ports ")).collect();
    assert!(lines.len() >= 10, "{lines:?}");
    for line in lines {
        let (code, printed) = run(line);
        assert!(code == 0 || (code == 1 && !is_embedded()), "{line}: {printed}");
    }
    // Every command has examples.
    for name in ["lookup", "search", "list", "status", "export", "map", "capture", "completions", "man"] {
        assert!(manual.contains(&format!("  iana-ports {name}")), "{name}");
    }
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (code, script, stderr) = crate::run(&["completions", shell]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        assert!(script.contains("iana-ports") && script.contains("lookup"), "{shell}");
    }
    let (code, _, stderr) = crate::run(&["completions", "cmd"]);
    assert!(code == 2 && stderr.contains("possible values"), "{stderr}");
}
