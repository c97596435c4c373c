//! Name the ports of packets in firmware. The code below `main` needs neither std nor alloc. With
//! `default-features = false` and `IANA_PORTS_FILTER="tcp,udp;0-1023"` it needs 12 KiB of flash.

fn main() {
    let mut line = [0; 32];
    assert_eq!(label(&mut line, 6, 443), b"tcp https");
    assert_eq!(label(&mut line, 17, 53), b"udp domain");
    assert_eq!(label(&mut line, 17, 60_000), b"udp ?");
    println!("{}", String::from_utf8_lossy(label(&mut line, 6, 443)));
}

use iana_ports::{Proto, service_name};

/// The compiler looks up this name, so the program need not.
const HTTPS: &str = service_name(443, Proto::Tcp).unwrap();
const _: () = assert!(HTTPS.len() == 5);

/// Writes transport and name for a small display, as much as fits.
fn label(line: &mut [u8], protocol: u8, port: u16) -> &[u8] {
    let proto = Proto::from_ip_number(protocol);
    let name = proto.and_then(|proto| service_name(port, proto));
    let parts = [proto.map_or("?", Proto::as_str), " ", name.unwrap_or("?")];
    let text = parts.into_iter().flat_map(str::bytes);
    let mut end = 0;
    for (place, byte) in line.iter_mut().zip(text) {
        *place = byte;
        end += 1;
    }
    &line[..end]
}
