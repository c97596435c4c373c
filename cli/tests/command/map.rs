//! `iana-ports map`: compares every pixel with the oracle.

use answers::{Oracle, Row, Status, TRANSPORTS};
use std::path::{Path, PathBuf};

/// The kinds of ports, in the order of the legend.
const KINDS: [&str; 5] = ["assigned", "reserved", "unassigned", "dynamic", "unauthorized use"];

fn draw(transport: &str, name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let drawn = crate::run(&["map", transport, path.to_str().unwrap()]);
    assert_eq!(drawn, (0, String::new(), String::new()));
    path
}

/// The status of each port according to the oracle, as an index into [`KINDS`].
fn expected(transport: &str) -> Vec<usize> {
    let oracle = Oracle::load();
    let by_port = oracle.by_port();
    let kind = |(port, here): (u32, &Vec<&Row>)| {
        let reported = |rows: &[&Row]| rows.iter().any(|row| is_reported(row, port));
        let (kind, is_reported) = match oracle.status(here, port, transport) {
            Status::Assigned(_) => (0, reported(&oracle.answers(here, port, transport))),
            Status::Reserved(row) => (1, reported(row.as_slice())),
            Status::Unassigned(row) => (2, reported(row.as_slice())),
            Status::Dynamic => (3, false),
        };
        if is_reported { 4 } else { kind }
    };
    (0..).zip(&by_port).map(kind).collect()
}

/// True if the note of a row reports a use of this port. Of a range, only the ports count that the note names.
fn is_reported(row: &Row, port: u32) -> bool {
    let numbers: Vec<u32> =
        row.unauthorized_use.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let is_between = numbers.windows(2).any(|two| {
        row.unauthorized_use.contains(&format!("{}-{}", two[0], two[1])) && (two[0]..=two[1]).contains(&port)
    });
    let is_single = row.ports.is_some_and(|(first, last)| first == last);
    !row.unauthorized_use.is_empty() && (is_single || numbers.contains(&port) || is_between)
}

fn legend(svg: &answers::roxmltree::Document<'_>) -> Vec<(usize, usize, String)> {
    let texts = svg.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")));
    let entries = texts.filter_map(|node| {
        let (kind, count) = node.text()?.split_once(": ")?;
        let sample = node.prev_sibling_element()?.attribute("fill")?.to_owned();
        Some((KINDS.iter().position(|other| *other == kind)?, count.parse().unwrap(), sample))
    });
    entries.collect()
}

#[test]
fn svg_shows_every_port_and_counts_them() {
    for transport in TRANSPORTS {
        let text = std::fs::read_to_string(draw(transport, "map.svg")).unwrap();
        let svg = answers::roxmltree::Document::parse(&text).unwrap();
        let (legend, expected) = (legend(&svg), expected(transport));
        assert_eq!(legend.len(), KINDS.len());
        let mut pixels = vec![usize::MAX; 65_536];
        for path in svg.descendants().filter(|node| node.tag_name().name() == "path") {
            let stroke = path.attribute("stroke").unwrap();
            let &(kind, count, _) = legend.iter().find(|(_, _, colour)| colour == stroke).unwrap();
            assert_eq!(count, expected.iter().filter(|&&other| other == kind).count());
            for run in path.attribute("d").unwrap().split('M').skip(1) {
                let numbers: Vec<usize> = run.split([' ', 'h']).map(|number| number.parse().unwrap()).collect();
                let start = numbers[1] * 256 + numbers[0];
                pixels[start..start + numbers[2]].fill(kind);
            }
        }
        assert!(pixels == expected, "{transport}");
    }
}

/// 41798-42507 has a note about 42000, and 33436-33655 one about a part of it.
#[test]
fn only_the_ports_that_a_note_names_are_unauthorized() {
    if crate::is_embedded() {
        let tcp = expected("tcp");
        assert_eq!(tcp.iter().filter(|&&kind| kind == 4).count(), 176);
        assert_eq!(
            [41_798, 42_000, 33_534, 33_535, 6003, 6004].map(|port: usize| tcp[port] == 4),
            [false, true, true, false, true, false]
        );
    }
}

#[test]
fn a_hyphen_is_standard_output() {
    let file = std::fs::read_to_string(draw("udp", "udp.svg")).unwrap();
    assert_eq!(crate::run(&["map", "udp", "-"]), (0, file, String::new()));
}

#[test]
fn the_readmes_picture_is_of_todays_registry() {
    if !answers::is_embedded() {
        answers::skip("the picture is of the embedded registry");
        return;
    }
    let drawn = std::fs::read_to_string(draw("tcp", "tcp.svg")).unwrap();
    assert!(
        drawn == include_str!("../../../docs/portmap-tcp.svg"),
        "`iana-ports map tcp docs/portmap-tcp.svg` draws it anew"
    );
    assert!(include_str!("../../../README.md").contains("(docs/portmap-tcp.svg)"));
}

#[test]
fn files_that_cannot_be_drawn() {
    let folder = std::fs::write("/no/such/folder/map.svg", "").unwrap_err();
    for (arguments, message) in [
        (
            ["map", "tcp", "map.gif"],
            "map.gif: unknown format of a picture; expected a name that ends in .svg, or - for standard output"
                .to_owned(),
        ),
        (["map", "tcp", "/no/such/folder/map.svg"], format!("/no/such/folder/map.svg: cannot be written ({folder})")),
    ] {
        let (code, stdout, stderr) = crate::run(&arguments);
        assert_eq!((code, stdout.as_str()), (2, ""));
        assert!(stderr.starts_with(&format!("iana-ports: {message}")), "{stderr}");
    }
    let (code, _, stderr) = crate::run(&["map", "icmp", "a.svg"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("invalid value 'icmp'"), "{stderr}");
}

/// A file is written completely or not at all. The old file stays until the new one is complete.
#[test]
fn files_appear_whole_or_not_at_all() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("whole");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    let taken = folder.join("taken.svg");
    std::fs::create_dir(&taken).unwrap();
    assert_eq!(crate::run(&["map", "tcp", taken.to_str().unwrap()]).0, 2);
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["taken.svg"]);
}

/// New files have the mode that the umask leaves, like those of any other program.
#[cfg(unix)]
#[test]
fn files_obey_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    for (umask, expected) in [("022", 0o644), ("077", 0o600)] {
        let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("umask {umask}.svg"));
        let _ = std::fs::remove_file(&file);
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", "umask $1; exec \"$2\" map tcp \"$3\"", "sh", umask, env!("CARGO_BIN_EXE_iana-ports")]);
        assert!(shell.arg(&file).status().unwrap().success());
        let mode = std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, expected, "with umask {umask}");
    }
}
