//! Counts the instructions of single lookups with callgrind. The counts do not depend on the load of the machine.

use crate::oracle;
use crate::programs::Program;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The most instructions on x86-64 of the worst question: of 524 ports and transports; of every registered name in
/// its own case, in capitals and in small letters; of as many names that are not registered; of every service's port.
const BOUNDS: [(&str, u64); 7] = [
    ("port", 15),
    ("port's name", 40),
    ("port's record's name", 42),
    ("port's status", 66),
    ("registered, any case", 94),
    ("unregistered", 92),
    ("registered, its port", 400),
];

#[test]
fn the_documents_give_these_limits() {
    let bound = |question| BOUNDS.iter().find(|(name, _)| *name == question).unwrap().1;
    let said = format!(
        "On x86-64, `lookup_port` executes at most {} instructions. `lookup_service` executes at most {} for a registered \
         name in any case, and at most {} for other names",
        bound("port"),
        bound("registered, any case"),
        bound("unregistered"),
    );
    let page = include_str!("../../docs/speed.md").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains(&said), "{said}");
}

#[test]
fn a_port_takes_few_instructions() {
    take_few_instructions(&["port"]);
}

#[test]
#[ignore = "takes long; the gate runs it"]
fn all_lookups_take_few_instructions() {
    take_few_instructions(&BOUNDS.map(|(question, _)| question));
}

fn take_few_instructions(questions: &[&str]) {
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
    let program = Program { name: "instructions", features: &["with"], profile: "", variables: vec![] }.build();
    let asking = |question| instructions(&program, question).into_iter().map(|(count, _)| count).max().unwrap();
    let of_ports = |question: &&str| question.starts_with("port");
    let port = if questions.iter().any(of_ports) { asking("nothing of a port") } else { 0 };
    let name = if questions.iter().all(of_ports) { 0 } else { asking("nothing of a name") };
    std::thread::scope(|threads| {
        for (question, most) in BOUNDS.into_iter().filter(|(question, _)| questions.contains(question)) {
            let (program, asking) = (&program, if question.starts_with("port") { port } else { name });
            threads.spawn(move || {
                let counts = instructions(program, question);
                let (worst, of) = counts.iter().max().unwrap();
                let worst = worst - asking;
                println!("{question}: at most {worst} instructions, of {of}, the worst of {}", counts.len());
                assert!(worst <= most, "{question}: {worst} instructions of {of}, at most {most} expected");
                assert!(worst * 10 >= most * 8, "{question}: {worst} instructions, the bound {most} is idle");
            });
        }
    });
}

/// Each question, with the number of instructions of its answer.
fn instructions(program: &Path, question: &str) -> Vec<(u64, String)> {
    // Callgrind writes a file at the end of each question.
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let run = RUNS.fetch_add(1, Ordering::Relaxed).to_string();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("callgrind").join(run);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--dump-after=*end_of_question", "--callgrind-out-file=part"])
        .arg(program)
        .arg(question)
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let questions: Vec<String> = String::from_utf8(run.stdout).unwrap().lines().map(str::to_owned).collect();
    let total = |part: usize| -> u64 {
        let text = std::fs::read_to_string(folder.join(format!("part.{part}"))).unwrap();
        let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
        total.unwrap_or_else(|| panic!("no count in {text}")).parse().unwrap()
    };
    // The files are numbered from 1, and the first one counts the start of the program.
    let asked = std::fs::read_dir(&folder).unwrap().count() - 2;
    let counts = (2..asked + 2).map(total).zip(questions).collect();
    std::fs::remove_dir_all(&folder).unwrap();
    counts
}
