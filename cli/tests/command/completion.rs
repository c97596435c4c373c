//! Runs the completion scripts in their shells, and checks what each offers after some words.

use crate::repository;
use answers::skip;
use std::process::{Command, Stdio};

/// Runs a program with the completion script of a shell on standard input, and returns its output. `None` if the
/// program is not installed.
fn driven(shell: &str, program: &str, arguments: &[&str]) -> Option<String> {
    if Command::new(program).arg("--version").stdout(Stdio::null()).status().is_err() {
        skip(&format!("there is no {program}"));
        return None;
    }
    let (_, script, _) = crate::run(&["completions", shell]);
    let mut program = assert_cmd::Command::new(program);
    let outcome = program.current_dir(repository()).args(arguments).write_stdin(script).assert();
    Some(String::from_utf8_lossy(&outcome.get_output().stdout).into_owned())
}

fn bash_offers(words: &str) -> Option<String> {
    let script = format!(
        "source /dev/stdin; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
         _iana__ports iana-ports \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"; echo \"${{COMPREPLY[*]}}\""
    );
    Some(driven("bash", "bash", &["-c", &script])?.trim_end().to_owned())
}

#[test]
fn in_bash() {
    let offers = |words: &str, expected: &str| {
        let Some(offered) = bash_offers(words) else { return };
        assert!(offered.ends_with(expected), "{words}: {offered}");
    };
    offers("iana-ports \"\"", "lookup search list status export map capture completions man help");
    offers("iana-ports export \"\"", "services ports csv json nft html");
    offers("iana-ports list --transports \"\"", "tcp udp sctp dccp");
    offers("iana-ports map \"\"", "tcp udp sctp dccp");
    offers("iana-ports --format \"\"", "table csv json jsonl");
    offers("iana-ports --names cli/Cargo.", "cli/Cargo.toml");
    // If the script offers nothing, bash falls back to files.
    let (_, script, _) = crate::run(&["completions", "bash"]);
    assert!(script.contains("-o bashdefault -o default iana-ports"));
}

#[test]
fn in_fish() {
    let offers = |words: &str, expected: &str| {
        let script = format!("source -; complete -C '{words}'");
        let Some(offered) = driven("fish", "fish", &["--no-config", "-c", &script]) else { return };
        let offered: Vec<&str> = offered.lines().filter_map(|line| line.split('\t').next()).collect();
        assert!(expected.split(' ').all(|word| offered.contains(&word)), "{words}: {offered:?}");
    };
    offers("iana-ports ", "lookup search list status export map capture completions man");
    offers("iana-ports export ", "services ports csv json nft html");
    offers("iana-ports list --transports ", "tcp udp sctp dccp");
    offers("iana-ports map ", "tcp udp sctp dccp");
    offers("iana-ports lookup --format ", "table csv json jsonl");
    offers("iana-ports capture cli/tests/captures/any", "cli/tests/captures/any.pcap");
}

/// A terminal in which zsh completes the words in its first argument, using the script on standard input.
const ZSH: &str = r#"
folder=$(mktemp -d); trap "rm -rf $folder" EXIT; cat >$folder/_iana-ports
zmodload zsh/zpty; zpty -b terminal zsh -f -i
zpty -w terminal "PS1=; fpath=($folder \$fpath); autoload -U compinit; compinit -u -D; LISTMAX=0; print READY"
said=; repeat 300; do zpty -r -t terminal part && said+=$part; [[ $said == *READY$'\r'* ]] && break; sleep 0.1; done
zpty -w -n terminal "$1"$'\t\t'
said=; repeat 50; do zpty -r -t terminal part && said+=$part; [[ $said == *$2* ]] && break; sleep 0.1; done
print -r -- $said
"#;

#[test]
fn in_zsh() {
    let offers = |words: &str, expected: &str| {
        let last = expected.rsplit(' ').next().unwrap_or_default();
        let Some(offered) = driven("zsh", "zsh", &["-f", "-c", ZSH, "zsh", words, last]) else { return };
        assert!(expected.split(' ').all(|word| offered.contains(word)), "{words}: {offered}");
    };
    offers("iana-ports ", "capture completions export list lookup man map search status");
    offers("iana-ports export ", "csv html json nft ports services");
    offers("iana-ports list --transports ", "dccp sctp tcp udp");
    offers("iana-ports map ", "dccp sctp tcp udp");
    offers("iana-ports capture cli/tests/captures/an", "any.pcap");
}
