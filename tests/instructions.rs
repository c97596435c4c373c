//! Instructions of one lookup, counted by callgrind: the same on a busy machine as on an idle one.

mod oracle;
mod programs;

use programs::Program;
use std::path::Path;
use std::process::Command;

/// What is asked, of what, and the most instructions that it may take on x86-64.
const BOUNDS: [(&str, &str, u64); 8] = [
    ("port", "443", 15),
    ("port", "50000", 15),
    ("port-name", "443", 44),
    ("status", "443", 56),
    ("status", "50000", 56),
    ("service", "https", 98),
    ("service", "KERBEROS-ADM", 98),
    ("service", "no-such-name", 66),
];

#[test]
fn the_readme_says_what_is_held_here() {
    let bound = |question| BOUNDS.iter().find(|(name, ..)| *name == question).unwrap().2;
    let said = format!(
        "`lookup_port` takes at most {} instructions and `lookup_service` of `https` at most {}, on x86-64",
        bound("port"),
        bound("service")
    );
    assert!(include_str!("../README.md").contains(&said), "{said}");
}

#[test]
fn lookups_take_few_instructions() {
    if !oracle::is_embedded() || !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        oracle::skip("the bounds are those of the embedded registry on x86-64 Linux");
        return;
    }
    if !cfg!(const_str_split) {
        oracle::skip("before Rust 1.86 a name is checked whenever it is cut out");
        return;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        oracle::skip("there is no valgrind to count instructions with");
        return;
    }
    let program =
        Program { name: "instructions", features: &["with"], profile: "", variables: vec![] }.build();
    let overhead = instructions(&program, "nothing", "443");
    for (question, of, most) in BOUNDS {
        let counted = instructions(&program, question, of) - overhead;
        println!("{question} {of}: {counted} instructions");
        assert!(counted <= most, "{question} {of}: {counted} instructions, at most {most} expected");
        assert!(
            counted * 2 >= most,
            "{question} {of}: {counted} instructions, the bound {most} has become idle"
        );
    }
}

/// Per repetition: twice as often, less once as often, so that start and end cancel out.
fn instructions(program: &Path, question: &str, of: &str) -> u64 {
    const TIMES: u64 = 1000;
    let collected = |times: u64| -> u64 {
        let run = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .args([question, &times.to_string(), of])
            .output()
            .unwrap();
        let log = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.success(), "{log}");
        let line = log.lines().find_map(|line| line.split("Collected : ").nth(1));
        line.unwrap_or_else(|| panic!("no count in {log}")).trim().parse().unwrap()
    };
    (collected(2 * TIMES) - collected(TIMES)) / TIMES
}
