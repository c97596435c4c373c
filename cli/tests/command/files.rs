//! Files that the command writes: what they keep, and what stays if writing fails.

use answers::skip;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

const PROGRAM: &str = env!("CARGO_BIN_EXE_iana-ports");

/// An empty folder.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("files").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn old_file(folder: &Path, mode: u32) -> PathBuf {
    let file = folder.join("ports.csv");
    fs::write(&file, "old\n").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
    file
}

/// Runs a script with the command as `$0`.
fn shell(script: &str, arguments: &[&Path]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } =
        Command::new("sh").args(["-c", script, PROGRAM]).args(arguments).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn export_to(file: &Path) {
    assert_eq!(
        shell("\"$0\" export csv --ports 0-9 --output \"$1\"", &[file]),
        (Some(0), String::new(), String::new())
    );
    assert!(fs::read_to_string(file).unwrap().contains("tcpmux,1,tcp"));
}

/// A list of access rights as Linux stores it: the owner, this user (nobody), the group, the mask, and others.
fn access(user: u16) -> Vec<u8> {
    let entries = [(1u16, 6, u32::MAX), (2, user, 65_534), (4, 0, u32::MAX), (16, user, u32::MAX), (32, 0, u32::MAX)];
    let bytes = entries
        .iter()
        .flat_map(|(tag, rights, id)| [&tag.to_le_bytes()[..], &rights.to_le_bytes(), &id.to_le_bytes()].concat());
    2u32.to_le_bytes().into_iter().chain(bytes).collect()
}

#[test]
fn a_file_keeps_its_access_rights_and_attributes() {
    const ACCESS: &str = "system.posix_acl_access";
    const DEFAULT: &str = "system.posix_acl_default";
    let folder = scratch("attributes");
    let file = old_file(&folder, 0o600);
    let set = |file: &Path, name: &str, value: &[u8]| xattr::set(file, name, value);
    if let Err(error) = set(&file, "user.note", b"kept").and_then(|()| set(&file, ACCESS, &access(6))) {
        return skip(&format!("the file system has no access control lists: {error}"));
    }
    // With this list, the group's part of the mode is the mask.
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o660);
    export_to(&file);
    assert_eq!(xattr::get(&file, ACCESS).unwrap(), Some(access(6)));
    assert_eq!(xattr::get(&file, "user.note").unwrap().as_deref(), Some(&b"kept"[..]));

    // The folder gives new files a list, but this file has none.
    set(&folder, DEFAULT, &access(4)).unwrap();
    fs::remove_file(&file).unwrap();
    fs::write(&file, "old\n").unwrap();
    xattr::remove(&file, ACCESS).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    export_to(&file);
    assert_eq!(xattr::get(&file, ACCESS).unwrap(), None);
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o640);
}

/// Other users cannot read a part of a private file while the command writes it.
#[test]
fn the_temporary_file_has_the_final_mode_from_the_start() {
    let folder = scratch("temporary");
    let file = old_file(&folder, 0o600);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|threads| {
        let watcher = threads.spawn(|| {
            let mut modes = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                let files = fs::read_dir(&folder).unwrap().flatten();
                modes.extend(files.filter_map(|file| file.metadata().ok()).map(|metadata| metadata.mode() & 0o777));
                modes.sort_unstable();
                modes.dedup();
            }
            modes
        });
        for _ in 0..5 {
            assert_eq!(shell("\"$0\" export json --output \"$1\"", &[&file]).0, Some(0));
        }
        is_over.store(true, Ordering::Relaxed);
        assert_eq!(watcher.join().unwrap(), [0o600]);
    });
}

#[test]
fn a_limit_of_file_sizes_leaves_the_old_file_and_no_other() {
    let folder = scratch("limit");
    let file = old_file(&folder, 0o600);
    let (code, _, stderr) = shell("ulimit -f 8; \"$0\" export csv --output \"$1\"", &[&file]);
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("cannot be written (file too large)"), "{stderr}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "old\n");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

/// In a folder where the user can make no file, the file is written in place. If the disk is full, the old file stays.
#[test]
fn a_file_in_a_closed_folder_is_written_in_place_if_there_is_space() {
    let folder = scratch("closed");
    let script = "mount -t tmpfs -o size=200k none \"$1\" && echo old >\"$1/file\" && chmod 555 \"$1\" || exit 99
        one() { setpriv --bounding-set=-dac_override,-dac_read_search \"$@\"; }
        one true && ! one touch \"$1/other\" || exit 99
        one \"$0\" export csv --output \"$1/file\"; echo $?; cat \"$1/file\"
        one \"$0\" export csv --ports 0-1 --no-aliases --output \"$1/file\"; echo $?; cat \"$1/file\"";
    let unshare =
        Command::new("unshare").args(["--mount", "--map-root-user", "sh", "-c", script, PROGRAM]).arg(&folder).output();
    let Some(output) = unshare.ok().filter(|output| output.stdout.starts_with(b"2\n") || output.status.success())
    else {
        return skip("a small file system and fewer rights cannot be had here with unshare, mount and setpriv");
    };
    let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(stdout.starts_with("2\nold\n0\nService Name,"), "{stdout}");
    assert!(stdout.ends_with(expected().as_str()), "{stdout}");
    assert!(stderr.contains("No space left on device"), "{stderr}");
}

fn expected() -> String {
    crate::run(&["export", "csv", "--ports", "0-1", "--no-aliases"]).1
}

/// A path to an open descriptor means the descriptor, not the file behind it.
#[test]
fn open_descriptors_are_written_where_they_are() {
    let folder = scratch("descriptors");
    let log = folder.join("log");
    std::os::unix::fs::symlink("/dev/stderr", folder.join("link")).unwrap();
    let link = folder.join("link");
    for (path, number) in [
        ("/dev/stderr", 2),
        ("/dev/fd/2", 2),
        (link.to_str().unwrap(), 2),
        ("/dev/fd/7", 7),
        ("/proc/self/fd/7", 7),
        ("/dev/stdout", 1),
        ("/proc/self/fd/1", 1),
    ] {
        for redirection in [">", ">>"] {
            fs::write(&log, "before\n").unwrap();
            let inode = fs::metadata(&log).unwrap().ino();
            let script = format!(
                "{{ echo first >&{number}; \"$0\" export csv --ports 0-1 --no-aliases --output {path}; echo last >&{number}; }} \
                 {number}{redirection}\"$1\""
            );
            assert_eq!(shell(&script, &[&log]), (Some(0), String::new(), String::new()));
            let before = if redirection == ">" { "" } else { "before\n" };
            let said = fs::read_to_string(&log).unwrap();
            assert_eq!(said, format!("{before}first\n{}last\n", expected()), "{path} {redirection}");
            assert_eq!(fs::metadata(&log).unwrap().ino(), inode);
        }
    }
}

#[test]
fn help_that_cannot_be_printed_is_an_error() {
    if !Path::new("/dev/full").exists() {
        return skip("there is no /dev/full here");
    }
    for option in ["--help", "--version", "export --help"] {
        let (code, _, stderr) = shell(&format!("\"$0\" {option} >/dev/full"), &[]);
        assert_eq!(code, Some(2), "{option}");
        assert!(stderr.starts_with("iana-ports: cannot print ("), "{stderr}");
    }
    assert_eq!(shell("\"$0\" --help | head -c 1", &[]), (Some(0), "L".to_owned(), String::new()));
}
