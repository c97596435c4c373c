//! Tests of build.rs: which files it reads, when it runs again, and the errors that users see.

use crate::oracle;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

const REGISTRY: &str = "<registry xmlns='http://www.iana.org/assignments' id='service-names-port-numbers'>\
     <updated>2030-01-02</updated><record><name>ours</name><protocol>tcp</protocol><number>80</number></record>\
     </registry>\n";

/// Names and values of environment variables.
type Variables<'v> = &'v [(&'v str, &'v str)];

/// Locked while a build uses the shared folder.
static TURN: Mutex<()> = Mutex::new(());

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-script").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Cargo in the crate's folder, without the variables that may be set for these tests.
fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).arg("--offline").current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("RUSTFLAGS");
    for variable in ["IANA_PORTS_REGISTRY", "IANA_PORTS_OVERLAY", "IANA_PORTS_FAMILIAR", "IANA_PORTS_FILTER"] {
        cargo.env_remove(variable);
    }
    cargo
}

/// The folder that builds share.
fn target() -> String {
    concat!(env!("CARGO_TARGET_TMPDIR"), "/build-script/target").to_owned()
}

/// Builds the crate with these variables, in a folder that the tests share and use in turn.
fn build(variables: Variables<'_>) -> Output {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    build_alone(variables)
}

fn build_alone(variables: Variables<'_>) -> Output {
    let mut cargo = cargo(&["build", "--lib", "--verbose", "--target-dir", &target()]);
    cargo.envs(variables.iter().copied()).output().unwrap()
}

/// Runs the build script alone, because cargo takes longer.
fn run_script(script: &Path, variables: Variables<'_>) -> Output {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let folder = scratch(&format!("run {}", RUNS.fetch_add(1, Ordering::Relaxed)));
    let mut run = Command::new(script);
    for variable in ["IANA_PORTS_REGISTRY", "IANA_PORTS_OVERLAY", "IANA_PORTS_FAMILIAR", "IANA_PORTS_FILTER"] {
        run.env_remove(variable);
    }
    run.env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR")).env("OUT_DIR", folder);
    run.envs(variables.iter().copied()).output().unwrap()
}

/// Checks the error of the build script with these variables.
#[track_caller]
fn refused(variables: Variables<'_>, expected: &str) {
    let Some(script) = script() else { return };
    let run = run_script(&script, variables);
    assert!(!run.status.success(), "{variables:?} was built from");
    let said = String::from_utf8_lossy(&run.stdout);
    let errors: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("cargo::error=")).collect();
    assert!(errors.join("\n").contains(expected), "{said}");
    assert!(run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// Checks the error that cargo prints for a build with these variables.
#[track_caller]
fn refused_by_cargo(variables: Variables<'_>, expected: &str) {
    let build = build(variables);
    assert!(!build.status.success(), "{variables:?} was built from");
    let said = String::from_utf8_lossy(&build.stderr);
    assert!(said.contains(expected) && !said.contains("panicked"), "{said}");
}

#[test]
fn missing_files() {
    if !oracle::has_cargo() {
        return;
    }
    let file = scratch("an empty folder").join("ports.xml");
    let missing = std::fs::read(&file).unwrap_err(); // in the words of the system
    let file = file.to_str().unwrap();
    for variable in ["IANA_PORTS_REGISTRY", "IANA_PORTS_OVERLAY"] {
        refused_by_cargo(
            &[(variable, file)],
            &format!(
                "{file}: cannot be read ({missing}); expected a file in the format of IANA's \
                 service-names-port-numbers.xml, or services(5) text for your own names; put the file there, or correct {variable} if it is set"
            ),
        );
    }
}

#[test]
fn relative_paths() {
    if !oracle::has_cargo() {
        return;
    }
    for variable in ["IANA_PORTS_REGISTRY", "IANA_PORTS_OVERLAY", "IANA_PORTS_FAMILIAR"] {
        refused(
            &[(variable, "registry/other.xml")],
            &format!(
                "registry/other.xml: {variable} is a relative path, but cargo chooses the folder in which a build script \
                 runs; expected an absolute path; in .cargo/config.toml, `relative = true` makes it absolute"
            ),
        );
    }
}

/// The build script names files to cargo in lines of text.
#[cfg(unix)]
#[test]
fn paths_that_cargo_cannot_name() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    if !oracle::has_cargo() {
        return;
    }
    let Some(script) = script() else { return };
    let folder = scratch("unnameable");
    for name in [&b"ports.xml "[..], b"ports\ncargo::warning=ours", b"ports\xff.xml", b"ports.xml\r"] {
        let file = folder.join(OsStr::from_bytes(name));
        std::fs::write(&file, REGISTRY).unwrap();
        for variable in ["IANA_PORTS_REGISTRY", "IANA_PORTS_OVERLAY", "IANA_PORTS_FAMILIAR"] {
            let mut run = Command::new(&script);
            run.env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR")).env("OUT_DIR", &folder);
            let run = run.env_remove("IANA_PORTS_REGISTRY").env(variable, &file).output().unwrap();
            let said = String::from_utf8(run.stdout).unwrap();
            let expected = format!("cargo::error={variable}: found the path {file:?}, which cargo cannot watch");
            assert!(!run.status.success() && said.contains(&expected), "{said}");
            assert!(!said.lines().any(|line| line.starts_with("cargo::warning=")), "{said}");
        }
    }
}

/// An empty variable counts as unset, because some systems cannot unset one.
#[test]
fn empty_variables_are_not_set() {
    if !oracle::has_cargo() {
        return;
    }
    let Some(script) = script() else { return };
    let empty = ["IANA_PORTS_REGISTRY", "IANA_PORTS_OVERLAY", "IANA_PORTS_FAMILIAR", "IANA_PORTS_FILTER"]
        .map(|name| (name, ""));
    let run = run_script(&script, &empty);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}

/// The newest build script of the crate, in the folder where cargo currently keeps it.
fn script() -> Option<PathBuf> {
    let folders = std::fs::read_dir(Path::new(env!("OUT_DIR")).ancestors().nth(2)?).ok()?.flatten();
    let own = folders.filter(|entry| entry.file_name().to_string_lossy().starts_with("iana-ports-"));
    let scripts = own.map(|entry| entry.path().join("build-script-build")).filter(|script| script.is_file());
    let newest = scripts.max_by_key(|script| script.metadata().and_then(|script| script.modified()).ok());
    if newest.is_none() {
        oracle::skip("cargo keeps build scripts elsewhere");
    }
    newest
}

/// The file of familiar names comes with the crate, so a word selects it.
#[test]
fn familiar_names_are_compiled_in_by_a_word() {
    if !oracle::has_cargo() {
        return;
    }
    let Some(script) = script() else { return };
    let folder = scratch("familiar");
    let run = Command::new(script)
        .env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"))
        .env("OUT_DIR", &folder)
        .env("IANA_PORTS_OVERLAY", "familiar")
        .env_remove("IANA_PORTS_REGISTRY")
        .env_remove("IANA_PORTS_FILTER")
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
    assert!(std::fs::read_to_string(folder.join("tables.rs")).unwrap().contains("memcached"));
}

/// Some build systems run the build script in another folder, and set a variable to the folder of the crate.
#[test]
fn the_embedded_registry_is_found_from_any_folder() {
    if !oracle::has_cargo() {
        return;
    }
    let Some(script) = script() else { return };
    let folder = scratch("elsewhere");
    let run = Command::new(script)
        .env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"))
        .env("OUT_DIR", &folder)
        .env_remove("IANA_PORTS_REGISTRY")
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
    assert!(folder.join("tables.rs").is_file());
}

/// Memory grows with the size of the file. Rows that all claim one port, or one range, need no more memory than others.
#[test]
fn many_rows_on_one_port_take_little_memory() {
    if !oracle::has_cargo() {
        return;
    }
    if !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        oracle::skip("what a process may take is limited by a shell's ulimit on Linux");
        return;
    }
    let Some(script) = script() else { return };
    let folder = scratch("one port");
    let file = folder.join("ports.xml");
    for number in ["80", "100-103"] {
        let row = |n| format!("<record><name>n{n}</name><protocol>tcp</protocol><number>{number}</number></record>\n");
        let rows: String = (0..60_000).map(row).collect();
        let ours = "<record><name>ours</name><protocol>tcp</protocol><number>80</number></record>";
        std::fs::write(&file, REGISTRY.replace(ours, &rows)).unwrap();
        let run = Command::new("sh")
            .args(["-c", "ulimit -v 262144 && exec \"$0\""]) // KiB of address space
            .arg(&script)
            .env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"))
            .env("OUT_DIR", &folder)
            .env("IANA_PORTS_REGISTRY", &file)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr).into_owned() + &String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success(), "{said}");
    }
}

/// A warning names some unknown elements, not all of a million.
#[test]
fn a_warning_is_a_line_that_can_be_read() {
    if !oracle::has_cargo() {
        return;
    }
    let Some(script) = script() else { return };
    let folder = scratch("unknown");
    let file = folder.join("ports.xml");
    let unknown: String = (0..500).map(|n| format!("<u{n}{}/>", "x".repeat(100))).collect();
    std::fs::write(&file, REGISTRY.replace("<record>", &format!("{unknown}<record>"))).unwrap();
    let run = Command::new(script)
        .env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"))
        .env("OUT_DIR", &folder)
        .env("IANA_PORTS_REGISTRY", &file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    let warning = said.lines().find(|line| line.starts_with("cargo::warning=")).expect(&said);
    assert!(warning.len() < 4096 && warning.ends_with("xxx and 480 more"), "{warning}");
}

#[test]
fn files_that_are_not_registries() {
    if !oracle::has_cargo() {
        return;
    }
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let error = format!("{readme}:1:1: not well-formed XML: text outside the root element;");
    refused(&[("IANA_PORTS_REGISTRY", readme)], &error);
    // A file that does not begin like XML is read as services(5) text.
    refused(
        &[("IANA_PORTS_OVERLAY", readme)],
        &format!("{readme}:3:5: found \"IANA\", expected a port and a transport such as 80/tcp; correct the file"),
    );
    let empty = scratch("empty").join("own.services");
    std::fs::write(&empty, "# nothing\n").unwrap();
    let empty = empty.to_str().unwrap();
    refused(&[("IANA_PORTS_OVERLAY", empty)], &format!("{empty}:1:1: found no record; expected at least one"));
    refused(&[("IANA_PORTS_OVERLAY", empty)], "billing 8080/tcp invoices # invoices and reminders");
}

#[test]
fn a_registry_has_no_dynamic_ports_and_an_overlay_may() {
    if !oracle::has_cargo() {
        return;
    }
    let folder = scratch("dynamic");
    let file = folder.join("dynamic.xml");
    std::fs::write(&file, REGISTRY.replace(">80<", ">50000<")).unwrap();
    let file = file.to_str().unwrap();
    refused(&[("IANA_PORTS_REGISTRY", file)], "in the Dynamic Ports (49152-65535), which are never assigned");
    let Some(script) = script() else { return };
    let run = run_script(&script, &[("IANA_PORTS_OVERLAY", file)]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}

/// Another list of ports in everyday use changes the tables. A list with a syntax error is refused with the place of
/// the error.
#[test]
fn the_list_of_familiar_names_can_be_replaced() {
    if !oracle::has_cargo() {
        return;
    }
    let folder = scratch("another list");
    let (list, bad) = (folder.join("ours.services"), folder.join("bad.services"));
    std::fs::write(&list, "\u{feff}ours 1042/tcp\n").unwrap(); // with a byte order mark
    std::fs::write(&bad, "ours 1042/tcp\nssh tcp/22\n").unwrap();
    refused(
        &[("IANA_PORTS_FAMILIAR", bad.to_str().unwrap())],
        "bad.services:2:5: found \"tcp/22\", expected a port and a transport",
    );
    let Some(script) = script() else { return };
    let flags = |list: &str| {
        let out = scratch("tables of another list");
        let run = run_script(&script, &[("IANA_PORTS_FAMILIAR", list), ("OUT_DIR", out.to_str().unwrap())]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
        let tables = std::fs::read_to_string(out.join("tables.rs")).unwrap();
        tables.split("ENTRY_TO_FLAGS").nth(1).unwrap().split("];").next().unwrap().to_owned()
    };
    assert_ne!(flags(""), flags(list.to_str().unwrap()));
}

#[test]
fn filters() {
    if !oracle::has_cargo() {
        return;
    }
    refused(
        &[("IANA_PORTS_FILTER", "tcp,quic")],
        "IANA_PORTS_FILTER: found \"quic\", which is not a transport, port or range",
    );
    refused(
        &[("IANA_PORTS_FILTER", "dccp;81")],
        "the filter leaves no record with a service name; expected at least one; widen IANA_PORTS_FILTER",
    );
}

/// After a change of a file or a variable, cargo builds again. After any other change it does not.
#[test]
fn a_changed_file_causes_a_build() {
    let file = scratch("rebuild").join("ports.xml");
    let registry = [("IANA_PORTS_REGISTRY", file.to_str().unwrap())];
    builds_again(&file, &[("", &registry, false), ("theirs", &registry, false), ("", &registry, true)]);
}

#[test]
#[ignore = "builds many times; the gate runs it"]
fn any_changed_input_causes_a_build() {
    let file = scratch("many rebuilds").join("ports.xml");
    let path = file.to_str().unwrap();
    let (registry, overlay) = ([("IANA_PORTS_REGISTRY", path)], [("IANA_PORTS_OVERLAY", path)]);
    let (tcp, udp) = ([("IANA_PORTS_FILTER", "tcp")], [("IANA_PORTS_FILTER", "udp")]);
    // cargo compares times. docs/building.md says what to do after a file was replaced by an older one.
    assert!(include_str!("../../docs/building.md").contains("run `touch` on the new file"));
    let builds: [(&str, Variables<'_>, bool); 14] = [
        ("", &[], false),
        ("", &[], true),
        ("", &registry, false),
        ("", &registry, true),
        ("theirs", &registry, false),
        ("", &registry, true),
        ("older", &registry, true),
        ("touch", &registry, false),
        ("", &overlay, false),
        ("yours", &overlay, false),
        ("", &overlay, true),
        ("", &tcp, false),
        ("", &tcp, true),
        ("", &udp, false),
    ];
    builds_again(&file, &builds);
}

/// Builds several times, with no other build in between. Each build has a name to write into the file before it (empty
/// for none, "older" for a file with an old time, "touch" for a new time alone), its variables, and whether cargo must find
/// nothing to build.
fn builds_again(file: &Path, builds: &[(&str, Variables<'_>, bool)]) {
    if !oracle::has_cargo() {
        return;
    }
    let write = |name: &str| {
        // Cargo compares times, and some file systems store them in seconds.
        std::thread::sleep(std::time::Duration::from_millis(1100));
        if name != "touch" {
            std::fs::write(file, REGISTRY.replace("ours", name)).unwrap();
        }
        let time = if name == "older" { SystemTime::UNIX_EPOCH } else { SystemTime::now() };
        std::fs::File::options().write(true).open(file).unwrap().set_modified(time).unwrap();
    };
    write("ours");
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    for (step, &(content, variables, fresh)) in builds.iter().enumerate() {
        if !content.is_empty() {
            write(content);
        }
        let Output { status, stderr, .. } = build_alone(variables);
        let said = String::from_utf8_lossy(&stderr);
        assert!(status.success(), "{said}");
        // Other tests may have left anything in the folder before the first step.
        assert!(step == 0 || said.contains("Fresh iana-ports") == fresh, "build {step}: {said}");
    }
    drop(turn);
}

/// Variables in .cargo/config.toml, where `relative = true` makes a path absolute, in a folder whose name contains a
/// space and letters that are not ASCII.
#[test]
fn a_configuration_of_cargo_names_the_files() {
    if !oracle::has_cargo() {
        return;
    }
    let folder = scratch("an appliance, wörk");
    std::fs::create_dir_all(folder.join(".cargo")).unwrap();
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("ports.xml", REGISTRY);
    write("overlay.xml", &REGISTRY.replace("ours", "mine").replace("80", "50000").replace("2030", "2031"));
    write(
        ".cargo/config.toml",
        "[env]\n\
         IANA_PORTS_REGISTRY = { value = \"ports.xml\", relative = true }\n\
         IANA_PORTS_OVERLAY = { value = \"overlay.xml\", relative = true }\n\
         IANA_PORTS_FILTER = \"tcp;80,50000\"\n",
    );
    write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"appliance\"\nedition = \"2024\"\n[workspace]\n\
             [dependencies]\niana-ports = {{ path = {:?} }}\n",
            env!("CARGO_MANIFEST_DIR")
        ),
    );
    write(
        "src/main.rs",
        "fn main() {\n    for record in iana_ports::records() { println!(\"{record}\"); }\n    \
         println!(\"{} {}\", iana_ports::REGISTRY_UPDATED, iana_ports::REGISTRY_SHA256);\n    \
         println!(\"{}\", iana_ports::OVERLAY_SHA256.unwrap());\n}\n",
    );
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
    std::fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let run = cargo(&["run", "--quiet", "--target-dir", &target()]).current_dir(&folder).output().unwrap();
    let sha256 = |name: &str| {
        use sha2::Digest;
        let digest = sha2::Sha256::digest(std::fs::read(folder.join(name)).unwrap());
        digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    assert_eq!(
        (String::from_utf8_lossy(&run.stdout).as_ref(), String::from_utf8_lossy(&run.stderr).as_ref()),
        (&*format!("ours 80/tcp\nmine 50000/tcp\n2030-01-02 {}\n{}\n", sha256("ports.xml"), sha256("overlay.xml")), "")
    );
}

#[test]
fn the_digest_is_that_of_the_file_compiled_in() {
    use sha2::Digest;
    let file = std::fs::read(oracle::registry_path()).unwrap();
    let digest: String = sha2::Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(iana_ports::REGISTRY_SHA256, digest);
    assert_eq!(iana_ports::OVERLAY_SHA256.is_some(), std::env::var_os("IANA_PORTS_OVERLAY").is_some());
}
