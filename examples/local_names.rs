//! Use your own names in preference to the registry's, while the program runs.

use iana_ports::{LocalName, LocalNames, Proto, ServicesFile};

const SERVICES: &str = "\
billing  8080/tcp  invoices  # invoices and reminders
metrics  9100/tcp
";

fn main() {
    let mut own: Vec<LocalName<'_>> = Vec::new();
    for line in ServicesFile::new(SERVICES) {
        match line {
            Ok(line) => own.extend(line.local_names()),
            Err(error) => eprintln!("{error}"), // tells line, column and what was expected
        }
    }
    own.sort_by_key(|own| (own.port, own.proto));
    let names = LocalNames::new(&own).expect("they have been sorted");
    assert_eq!(names.service_name(8080, Proto::Tcp), Some("billing")); // not http-alt
    assert_eq!(names.service_name(443, Proto::Tcp), Some("https"));
    assert_eq!(names.service_name(60_000, Proto::Tcp), None);
    println!("8080/tcp is {}", names.service_name(8080, Proto::Tcp).unwrap_or("unknown"));
}
