//! Read ports from a configuration in which users write `https` as well as `443`.

use iana_ports::{Proto, resolve_port};

const CONFIGURATION: &str = "\
listen = https
metrics = 9100
log = syslog
";

fn main() {
    for line in CONFIGURATION.lines() {
        let Some((key, value)) = line.split_once(" = ") else { continue };
        match resolve_port(value, Proto::Tcp) {
            Ok(port) => println!("{key}: {port}"),
            Err(error) => println!("{key}: {error}"), // what was found, and what to write instead
        }
    }
    assert_eq!(resolve_port("https", Proto::Tcp), Ok(443));
    assert!(resolve_port("htps", Proto::Tcp).is_err());
}
