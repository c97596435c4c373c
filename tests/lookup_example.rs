//! The main job: examples/lookup.rs, as a user runs it.

mod examples;
mod oracle;

use std::process::{Output, Stdio};

fn run(queries: &[&str]) -> (i32, String, String) {
    examples::run("lookup", queries)
}

/// The table without the spaces that align it, and without the description where it is off.
fn cells(stdout: &str) -> Vec<Vec<&str>> {
    stdout
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect()
}

#[test]
#[cfg(feature = "descriptions")]
fn the_readmes_command() {
    if !oracle::is_embedded() {
        oracle::skip("the answers are those of the embedded registry");
        return;
    }
    let (code, stdout, stderr) = run(&["443/tcp", "domain"]);
    let table = "\
NAME    PORT  TRANSPORT  STATUS    DESCRIPTION
https   443   tcp        Assigned  http protocol over TLS/SSL
domain  53    tcp        Assigned  Domain Name Server
domain  53    udp        Assigned  Domain Name Server
";
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, table, ""));
}

#[test]
fn ports_ranges_and_names() {
    if !oracle::is_embedded() {
        oracle::skip("the answers are those of the embedded registry");
        return;
    }
    let first_four = |queries: &[&str]| {
        let (code, stdout, stderr) = run(queries);
        assert_eq!((code, stderr.as_str()), (0, ""), "{queries:?}");
        let lines = cells(&stdout).into_iter().skip(1).map(|line| line[..4].join(" "));
        lines.collect::<Vec<_>>()
    };
    assert_eq!(
        first_four(&["443"]),
        [
            "https 443 tcp Assigned",
            "https 443 udp Assigned",
            "https 443 sctp Assigned",
            "- 443 dccp Reserved"
        ]
    );
    let x11 = first_four(&["6000-6010/TCP"]);
    assert_eq!(
        (x11.len(), x11[0].as_str(), x11[10].as_str()),
        (11, "x11 6000 tcp Assigned", "x11 6010 tcp Assigned")
    );
    assert_eq!(first_four(&["80/udp"])[1..], ["www 80 udp Assigned", "www-http 80 udp Assigned"]);
    assert_eq!(first_four(&["AirPlay"]), ["airplay - tcp Assigned", "airplay - udp Assigned"]);
    assert_eq!(first_four(&["914C/G"])[0], "914c/g 211 tcp Assigned");
    assert_eq!(first_four(&["X11"])[0], "x11 6000-6063 tcp Assigned");
    assert_eq!(first_four(&["flex-lm"]), ["flex-lm 27000-27009 - Assigned"]);
    assert_eq!(first_four(&["4/dccp", "65535/tcp"]), ["- 4 dccp Unassigned", "- 65535 tcp Dynamic"]);
}

#[test]
fn a_name_that_is_not_registered() {
    if !oracle::is_embedded() {
        oracle::skip("the answers are those of the embedded registry");
        return;
    }
    let (code, stdout, stderr) = run(&["htps"]);
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(stderr.starts_with("lookup: \"htps\" is not registered; the closest names are "), "{stderr}");
    assert!(stderr.contains("https"), "{stderr}");
    let (code, stdout, _) = run(&["no-such-name", "ssh"]);
    assert_eq!(code, 1);
    assert!(stdout.contains("ssh"), "what was found is shown all the same");
}

#[test]
fn nonsense() {
    let says = |query: &str, text: &str| {
        let (code, stdout, stderr) = run(&[query]);
        assert_eq!((code, stdout.as_str(), stderr), (2, "", format!("lookup: {text}\n")), "{query}");
    };
    says("70000", r#""70000": "70000" is over 65535, the largest port number"#);
    says("443/foo", r#""443/foo": unknown transport protocol "foo", expected tcp, udp, sctp or dccp"#);
    says("9-3", r#""9-3": the range "9-3" runs backwards"#);
    says("", r#""": "" is not a port number or a range such as 6000-6063"#);
    says("/tcp", r#""/tcp": "" is not a port number or a range such as 6000-6063"#);
    says("443/", r#""443/": unknown transport protocol "", expected tcp, udp, sctp or dccp"#);
    says("-5", r#""-5": "-5" is not a port number or a range such as 6000-6063"#);
    let (code, stdout, stderr) = run(&[]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.starts_with("lookup: nothing to look up\n\nLooks up ports"), "{stderr}");
}

#[test]
fn help() {
    for option in ["--help", "-h"] {
        let (code, stdout, stderr) = run(&["443", option]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        assert!(stdout.contains("usage: lookup QUERY..."), "{stdout}");
    }
}

#[test]
fn a_reader_that_leaves() {
    let mut child = examples::command("lookup")
        .arg("0-65535")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!((status.code(), String::from_utf8(stderr).unwrap().as_str()), (Some(0), ""));
}
