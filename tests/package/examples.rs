//! Runs the programs in examples/, as a reader does.

use crate::oracle;
use std::path::PathBuf;
use std::process::Command;

/// The program of an example. `cargo test` builds the examples before it runs the tests, in a folder next to that of
/// the tests.
fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.parent().and_then(|deps| deps.parent()).unwrap();
    let program = folder.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "no {}: `cargo build --example {name}` first", program.display());
    program
}

/// The output of an example. If `RUNNER` is set, it is the emulator that runs the example, with its options.
fn run(name: &str, arguments: &[&str]) -> String {
    let runner = std::env::var("RUNNER").unwrap_or_default();
    let program = program(name);
    let mut words = runner.split_whitespace();
    let mut command = match words.next() {
        Some(emulator) => {
            let mut command = Command::new(emulator);
            command.args(words).arg(program);
            command
        }
        None => Command::new(program),
    };
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn examples_print_what_they_promise() {
    if !oracle::is_embedded() {
        oracle::skip("the answers are those of the embedded registry");
        return;
    }
    assert_eq!(
        run("lookup", &["443/tcp", "Domain", "80/udp", "4/tcp", "no-such-name"]),
        "443/tcp: https 443/tcp\n\
         Domain: domain 53/tcp\n\
         Domain: domain 53/udp\n\
         80/udp: http 80/udp\n\
         80/udp: www 80/udp\n\
         80/udp: www-http 80/udp\n\
         4/tcp: IANA has not assigned it\n\
         no-such-name: IANA has not assigned it\n"
    );
    assert_eq!(run("flow", &[]), "https, served by the destination\n");
    assert_eq!(
        run("configuration", &[]),
        "listen: 443\nmetrics: 9100\nlog: syslog has no port on tcp; it has 514/udp\n"
    );
    assert_eq!(run("firmware", &[]), "tcp https\n");
    assert_eq!(run("local_names", &[]), "8080/tcp is billing\n");
    #[cfg(feature = "familiar")]
    assert_eq!(
        run("familiar", &[]),
        "53/udp open dns\n443/tcp open https\n3389/tcp open rdp\n9092/tcp open kafka\n50123/tcp open unknown\n"
    );
}
