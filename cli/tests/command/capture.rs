//! `iana-ports capture`: captures of real programs, and damaged ones.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Service, transport, packets, bytes, flows, share.
type Row<'r> = [&'r str; 6];

fn capture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures").join(name)
}

/// Exit status, rows of the table, packets in no flow, standard error.
fn pcap(path: &Path) -> (i32, Vec<Vec<String>>, Vec<String>, String) {
    let (status, stdout, stderr) = crate::run(&["capture", "--by", "service", path.to_str().unwrap()]);
    let (table, _) = stdout.split_once("\nTotal: ").unwrap_or((&stdout, ""));
    let (table, rest) = table.split_once("NOT_COUNTED").unwrap_or((table, ""));
    let lines = table.lines().filter(|line| !line.is_empty());
    let rest = rest
        .lines()
        .skip(1)
        .map(|line| line.split("  ").filter(|cell| !cell.is_empty()).map(str::trim).collect::<Vec<_>>().join(" "));
    // A table without rows is empty.
    let rows = lines.skip(1).map(|line| {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [service, port, transport, _, share, flows, packets, bytes, ..] = cells[..] else { panic!("{line}") };
        let service = if service == "-" { port } else { service.trim_end_matches('?') };
        [service, transport, packets, bytes, flows, share].map(|cell| cell.replace(['%', ','], "")).to_vec()
    });
    (status, rows.collect(), rest.collect(), stderr)
}

fn assert_counts(name: &str, rows: &[Row<'_>], not_counted: &[&str]) {
    let (status, found, rest, stderr) = pcap(&capture(name));
    assert_eq!((status, stderr.as_str()), (0, ""), "{name}");
    assert_eq!(found, rows, "{name}");
    assert_eq!(rest, not_counted, "{name}");
}

/// tshark gives the same counts for these files.
#[test]
fn services_of_real_programs_are_summed_up() {
    let common = [
        ["https", "tcp", "15", "3205", "1", "22.7"],
        ["http", "tcp", "20", "2000", "2", "14.2"],
        ["domain", "tcp", "10", "790", "1", "5.6"],
        ["domain", "udp", "4", "579", "2", "4.1"],
        ["ntp", "udp", "2", "180", "1", "1.3"],
    ];
    let mut rows = vec![["ssh", "tcp", "24", "7350", "1", "52.1"]];
    rows.extend(common);
    assert_counts("loopback.pcap", &rows, &[]);
    rows[0] = ["ssh", "tcp", "26", "7482", "1", "52.6"];
    rows[1][5] = "22.5";
    rows[2][5] = "14.0";
    rows[3][5] = "5.5";
    assert_counts("loopback.pcapng", &rows, &[]);
    let cooked = [
        ["ssh", "tcp", "24", "7494", "1", "51.5"],
        ["https", "tcp", "15", "3295", "1", "22.6"],
        ["http", "tcp", "10", "962", "1", "6.6"],
        ["domain", "tcp", "10", "850", "1", "5.8"],
        ["domain", "udp", "4", "603", "2", "4.1"],
        ["ntp", "udp", "2", "192", "1", "1.3"],
    ];
    assert_counts("any.pcap", &cooked, &["cut off before the ports 8.0% 10 1,158"]);
}

/// If both ports have a record, the System Port serves; of two System Ports, the lower one does. So 443 to 80 is http.
#[test]
fn transports_tunnels_and_fragments() {
    let rows = [
        ["nfs", "udp", "7", "3138", "2", "73.3"],
        ["snmp", "udp", "2", "156", "2", "3.6"],
        ["m3ua", "sctp", "2", "132", "1", "3.1"],
        ["avt-profile-1", "dccp", "2", "108", "1", "2.5"],
        ["http", "tcp", "2", "108", "1", "2.5"],
        ["https", "tcp", "2", "108", "1", "2.5"],
        ["60000", "udp", "2", "84", "1", "2.0"],
        ["bgp", "tcp", "1", "82", "1", "1.9"],
        ["login", "tcp", "1", "54", "1", "1.3"],
        ["shell", "tcp", "1", "54", "1", "1.3"],
        ["submissions", "tcp", "1", "54", "1", "1.3"],
        ["igmpv3lite", "udp", "1", "42", "1", "1.0"],
        ["syslog", "udp", "1", "42", "1", "1.0"],
        ["who", "udp", "1", "42", "1", "1.0"],
    ];
    assert_counts("scapy.pcap", &rows, &["IP protocol 1 (ICMP) 1.0% 1 42", "CTP 0.8% 1 33"]);
}

/// The length on the wire and the bytes of every packet of loopback.pcap.
fn packets() -> Vec<(u32, Vec<u8>)> {
    let file = std::fs::read(capture("loopback.pcap")).unwrap();
    let mut rest = &file[24..];
    let mut packets = Vec::new();
    while !rest.is_empty() {
        let number = |at: usize| u32::from_le_bytes(*rest[at..].first_chunk().unwrap());
        let (captured, length) = (number(8) as usize, number(12));
        packets.push((length, rest[16..16 + captured].to_vec()));
        rest = &rest[16 + captured..];
    }
    packets
}

/// A block of pcapng: type, length, body, padding, length.
fn block(kind: u32, numbers: &[u32], bytes: &[u8], bytes_of: fn(u32) -> [u8; 4]) -> Vec<u8> {
    let padded = bytes.len().next_multiple_of(4);
    let length = u32::try_from(12 + 4 * numbers.len() + padded).unwrap();
    let mut block: Vec<u8> = [kind, length].iter().chain(numbers).copied().flat_map(bytes_of).collect();
    block.extend(bytes);
    block.resize(length as usize - 4, 0);
    block.extend(bytes_of(length));
    block
}

/// The same packets in other formats, in both byte orders.
#[test]
fn every_file_format_gives_the_same_counts() {
    let (_, rows, _, _) = pcap(&capture("loopback.pcap"));
    for bytes_of in [u32::to_le_bytes, u32::to_be_bytes] {
        let order = bytes_of(1);
        // Magic number, version 2.4 as two numbers of two bytes, three unused numbers, limit, Ethernet.
        let version = if order[0] == 1 { 4 << 16 | 2 } else { 2 << 16 | 4 };
        let mut pcap_file: Vec<u8> = [0xA1B2_C3D4, version, 0, 0, 1 << 18, 1].into_iter().flat_map(bytes_of).collect();
        // Byte order, version 1.0, unknown length.
        let version = if order[0] == 1 { 1 } else { 1 << 16 };
        let section = block(0x0A0D_0D0A, &[0x1A2B_3C4D, version, u32::MAX, u32::MAX], &[], bytes_of);
        let ethernet = if order[0] == 1 { 1 } else { 1 << 16 };
        let mut enhanced = section.clone();
        enhanced.extend(block(1, &[ethernet, 0], &[], bytes_of));
        let mut simple = enhanced.clone();
        // The obsolete Packet Block begins with two numbers of two bytes. Modified pcap has 8 more bytes for each
        // packet.
        let mut old = enhanced.clone();
        // Before version 2.3 of pcap, the length comes before the captured length. In version 2.3, both orders occur.
        let part = |minor: u32| bytes_of(if order[0] == 1 { minor << 16 | 2 } else { 2 << 16 | minor });
        let (mut version_2, mut version_3) = (pcap_file.clone(), pcap_file.clone());
        version_2[4..8].copy_from_slice(&part(2));
        version_3[4..8].copy_from_slice(&part(3));
        let mut modified = pcap_file.clone();
        modified[..4].copy_from_slice(&bytes_of(0xA1B2_CD34));
        for (length, packet) in packets() {
            simple.extend(block(3, &[length], &packet, bytes_of));
            // Enough bytes to reach the ports.
            let packet = &packet[..packet.len().min(60)];
            let captured = u32::try_from(packet.len()).unwrap();
            old.extend(block(2, &[0, 0, 0, captured, length], packet, bytes_of));
            modified.extend([0, 0, captured, length, 0, 0].into_iter().flat_map(bytes_of));
            modified.extend(packet);
            version_2.extend([0, 0, length, captured].into_iter().flat_map(bytes_of));
            version_2.extend(packet);
            let swapped = [captured.max(length), captured.min(length)];
            let either = if version_3.len() % 2 == 0 { swapped } else { [captured, length] };
            version_3.extend([0, 0, either[0], either[1]].into_iter().flat_map(bytes_of));
            version_3.extend(packet);
            pcap_file.extend([0, 0, captured, length].into_iter().flat_map(bytes_of));
            pcap_file.extend(packet);
            enhanced.extend(block(6, &[0, 0, 0, captured, length], packet, bytes_of));
        }
        // Ethernet with a check sequence of 4 bytes after each frame.
        let mut checked = pcap_file.clone();
        checked[20..24].copy_from_slice(&bytes_of(0x4400_0001));
        // Version 1.2 of pcapng, written by mistake, is 1.0.
        let mut enhanced_2 = enhanced.clone();
        enhanced_2[14] |= order[0] << 1;
        enhanced_2[15] |= order[3] << 1;
        let mut nanoseconds = pcap_file.clone();
        nanoseconds[..4].copy_from_slice(&bytes_of(0xA1B2_3C4D));
        for (form, file) in [
            ("pcap", &pcap_file),
            ("pcap of version 2.2", &version_2),
            ("pcap of version 2.3", &version_3),
            ("pcap in nanoseconds", &nanoseconds),
            ("enhanced, version 1.2", &enhanced_2),
            ("pcap with check sequences", &checked),
            ("modified pcap", &modified),
            ("enhanced", &enhanced),
            ("simple", &simple),
            ("old", &old),
        ] {
            let found = pcap(&scratch("form", file));
            assert_eq!(found, (0, rows.clone(), vec![], String::new()), "{form}, {order:?}");
        }
    }
}

/// Invalid blocks, after which nothing is counted, and valid blocks that look odd.
#[test]
fn invalid_blocks_are_refused_with_their_offset() {
    let little = |kind, numbers: &[u32], bytes: &[u8]| block(kind, numbers, bytes, u32::to_le_bytes);
    let section = little(0x0A0D_0D0A, &[0x1A2B_3C4D, 1, u32::MAX, u32::MAX], &[]);
    let mut odd_end = little(6, &[0, 0, 0, 0, 0], &[]);
    *odd_end.last_mut().unwrap() = 1;
    let cases = [
        (little(6, &[1, 0, 0, 0, 0], &[]), "found a packet of interface 1, which the file has not described"),
        ([section.clone(), little(3, &[0], &[])].concat(), "found a packet of interface 0, which"),
        (little(6, &[0, 0, 0, 8, 8], &[0; 4]), "the block there is too short for what it says is in it"),
        (little(3, &[8], &[0; 4]), "the block there is too short for what it says is in it"),
        (little(1, &[1], &[]), "the block there is too short for what it says is in it"),
        (little(0x0A0D_0D0A, &[0, 1, 0, 0], &[]), "the section that starts there has no byte order"),
        (odd_end, "the block there ends with another length than it starts with"),
        (vec![6, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0], "found a block with the length 8; expected 12 to 16777216"),
    ];
    // The file contains only as many bytes of a packet as the interface captures: here 60, which include the ports.
    let (length, packet) = packets().swap_remove(0);
    let mut file = [section.clone(), little(1, &[1, 60], &[])].concat();
    file.extend(little(3, &[length], &packet[..60]));
    file.extend(little(0x0BAD, &[1, 2, 3], &[4; 5])); // a custom block
    let (_, rows, rest, stderr) = pcap(&scratch("section", &file));
    assert_eq!((rows.len(), &*rows[0][2], stderr.as_str()), (1, "1", ""));
    assert_eq!(rest, ["block type 0xbad 0.0% 1 0"]);
    for (block, reason) in cases {
        let (status, found, _, stderr) = pcap(&scratch("blocks", &[&file[..], &block].concat()));
        let new_section = block.starts_with(&section) && block.len() > section.len();
        let at = file.len() + if new_section { section.len() } else { 0 };
        assert_eq!((status, &found, offset(&stderr)), (1, &rows, at), "{reason}: {stderr}");
        assert!(stderr.contains(reason), "{stderr:?} for {reason:?}");
    }
}

fn scratch(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// The offset in a message.
fn offset(stderr: &str) -> usize {
    let (_, rest) = stderr.split_once("damaged at offset ").unwrap_or_else(|| panic!("{stderr:?}"));
    rest.split(':').next().unwrap().parse().unwrap()
}

/// Wherever a file is cut, the table counts the whole packets before, and the message gives the offset of their end.
#[test]
fn a_cut_file_is_counted_up_to_the_cut() {
    for name in ["loopback.pcap", "loopback.pcapng"] {
        let whole = std::fs::read(capture(name)).unwrap();
        let mut cut = 0;
        for length in (200..whole.len()).step_by(577) {
            let (status, rows, rest, stderr) = pcap(&scratch("cut", &whole[..length]));
            if status == 0 {
                continue; // cut between two packets
            }
            cut += 1;
            let broken = offset(&stderr);
            assert_eq!(status, 1);
            assert!(broken < length && stderr.contains(&format!("ends {} bytes into", length - broken)), "{stderr}");
            let before = pcap(&scratch("before", &whole[..broken]));
            assert_eq!(before, (0, rows, rest, String::new()), "{name} cut at {length}");
        }
        assert!(cut > 10, "{name} was cut inside a packet {cut} times only");
    }
}

#[test]
fn other_files_are_refused() {
    let cases: [(&[u8], &str); 6] = [
        (
            b"\xd4\xc3\xb2\xa1\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0\x04\0\x01\0\0\0",
            "offset 0: found pcap version 3.1; expected version 2.0 to 2.4",
        ),
        (
            b"\xa1\xb2\xc3\xd4\0\x02\0\x05\0\0\0\0\0\0\0\0\0\x04\0\0\0\0\0\x01",
            "offset 0: found pcap version 2.5; expected version 2.0 to 2.4",
        ),
        (
            b"\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a\x01\0\x01\0\xff\xff\xff\xff\xff\xff\xff\xff\x1c\0\0\0",
            "offset 0: found pcapng version 1.1; expected version 1.0",
        ),
        (
            b"\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a\x02\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x1c\0\0\0",
            "offset 0: found pcapng version 2.0; expected version 1.0",
        ),
        (b"", "offset 0: the file ends inside its header"),
        (b"\x0a\x0d\x0d\x0a\xff\xff\xff\xff", "offset 0: "),
    ];
    for (bytes, reason) in cases {
        let (status, rows, _, stderr) = pcap(&scratch("no capture", bytes));
        assert_eq!((status, rows), (1, vec![]), "{stderr}");
        assert!(stderr.contains(reason), "{stderr:?} for {reason:?}");
    }
}

/// Files of other kinds are not damaged captures.
#[test]
fn files_that_are_no_captures() {
    let erf = [&[0; 4][..], &0x6700_0000_u32.to_le_bytes(), &[2, 4, 0, 80, 0, 0, 0, 60], &[0; 60]].concat();
    let others: [&[u8]; 8] = [
        b"Starting Nmap 7.93 ( https://nmap.org )\nNmap scan report for localhost\n",
        b"ts,source,destination,port\n1,192.0.2.1,192.0.2.2,53\n",
        b"#separator \\x09\n#path\tconn\n#fields\tts\tuid\n",
        b"\x1b[1mNAME\x1b[m\n    text\n\x1b[1mNAME\x1b[m\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01",
        &[0; 100],
        b"snoop\0\0\0\0\0\0\x02\0\0\0\x04",
        &erf,
    ];
    for bytes in others {
        let mut compressed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        compressed.write_all(bytes).unwrap();
        for bytes in [bytes, &compressed.finish().unwrap()] {
            let path = scratch("other", bytes);
            let (status, stdout, stderr) = crate::run(&["capture", path.to_str().unwrap()]);
            assert_eq!((status, stdout.as_str()), (2, ""));
            let advice =
                "`editcap` converts other formats of captures, and docs/joining.md says how to add names to a table";
            let why = format!("cannot be read (it is not a capture (pcap or pcapng); {advice})");
            assert_eq!(stderr, format!("iana-ports: {}: {why}\n", path.display()));
        }
    }
}

/// The total has the times of the first and the last packet, which need not come first and last, in any unit.
#[test]
fn a_table_ends_with_the_total() {
    let path = capture("loopback.pcap");
    let (_, table, _) = crate::run(&["capture", path.to_str().unwrap()]);
    let total = "Total: 75 packets, 14,104 bytes, 1 file, 2026-11-25T12:40:16.362717Z to 2026-11-25T12:40:17.006782Z (0.644065 s)";
    assert!(table.contains(total), "{table}");
    let pcap = |magic: u32, times: &[[u32; 2]]| {
        let header = [magic, 4 << 16 | 2, 0, 0, 1 << 18, 1];
        let packets = times.iter().flat_map(|time| [time[0], time[1], 0, 60]);
        header.into_iter().chain(packets).flat_map(u32::to_le_bytes).collect::<Vec<u8>>()
    };
    // An option of an interface: its resolution, or the seconds to add.
    let pcapng = |option: &[u32], time: u64| {
        let little = |kind, numbers: &[u32]| block(kind, numbers, &[], u32::to_le_bytes);
        let time = [time >> 32, time & 0xffff_ffff].map(|half| u32::try_from(half).unwrap());
        let packet = little(6, &[0, time[0], time[1], 0, 60]);
        [little(0x0A0D_0D0A, &[0x1A2B_3C4D, 1, u32::MAX, u32::MAX]), little(1, &[&[1, 0], option].concat()), packet]
            .concat()
    };
    let one_packet = |time: &str| format!("1 packet, 60 bytes, 1 file, {time} to {time} (0.000000 s)");
    let leap_day = "2024-02-29T23:59:59.250000Z";
    let time = 1_709_251_199;
    let files = [
        (pcap(0xA1B2_C3D4, &[[time, 250_000]]), one_packet(leap_day)),
        (pcap(0xA1B2_3C4D, &[[time, 250_000_000]]), one_packet(leap_day)),
        (
            pcap(0xA1B2_C3D4, &[[time, 5], [time + 1, 1], [86_399, 999_999]]),
            "3 packets, 180 bytes, 1 file, 1970-01-01T23:59:59.999999Z to 2024-03-01T00:00:00.000001Z (1709164800.000002 s)".to_owned(),
        ),
        (pcapng(&[], u64::from(time) * 1_000_000 + 250_000), one_packet(leap_day)),
        (pcapng(&[9 | 1 << 16, 9, 0], u64::from(time) * 1_000_000_000 + 250_000_000), one_packet(leap_day)),
        (pcapng(&[9 | 1 << 16, 0x82, 0], u64::from(time) * 4 + 1), one_packet(leap_day)),
        (pcapng(&[9 | 1 << 16, 0, 0x0e | 8 << 16, 0, 0, 0], time.into()), one_packet("2024-02-29T23:59:59.000000Z")),
        (pcapng(&[2 | 3 << 16, 0, 0x0e | 8 << 16, time, 0, 0], 250_000), one_packet(leap_day)),
        (pcap(0xA1B2_C3D4, &[]), "0 packets, 0 bytes, 1 file".to_owned()),
    ];
    for (file, expected) in files {
        let (status, table, stderr) = crate::run(&["capture", scratch("times", &file).to_str().unwrap()]);
        assert_eq!((status, stderr.as_str()), (0, ""));
        assert!(table.contains(&format!("Total: {expected}\n")), "{table}");
    }
}

/// A packet with a length of 4 GiB needs neither memory nor time.
#[test]
fn a_packet_of_absurd_length_is_refused() {
    let mut bytes = std::fs::read(capture("loopback.pcap")).unwrap();
    bytes[24 + 8..24 + 12].copy_from_slice(&u32::MAX.to_le_bytes());
    let path = scratch("absurd", &bytes);
    let (status, rows, _, stderr) = pcap(&path);
    assert_eq!((status, rows, offset(&stderr)), (1, vec![], 24), "{stderr}");
    // The same in a file that never ends.
    std::fs::File::options().write(true).open(&path).unwrap().set_len(1 << 32).unwrap();
    let (status, rows, _, stderr) = pcap(&path);
    assert_eq!((status, rows, offset(&stderr)), (1, vec![], 24), "{stderr}");
    assert!(stderr.contains("found a packet with the length 4294967295; expected at most 262144"), "{stderr}");
    std::fs::remove_file(&path).unwrap();
}

/// Wrong bytes anywhere lead to an answer or a message, never to a crash.
#[test]
fn no_wrong_byte_causes_a_crash() {
    let mut rng = fastrand::Rng::with_seed(1);
    for name in ["loopback.pcap", "loopback.pcapng", "any.pcap", "scapy.pcap"] {
        let whole = std::fs::read(capture(name)).unwrap();
        for _ in 0..50 {
            let mut bytes = whole.clone();
            for _ in 0..rng.usize(1..20) {
                let at = rng.usize(..bytes.len());
                bytes[at] = rng.u8(..);
            }
            let (status, _, _, stderr) = pcap(&scratch("mutated", &bytes));
            assert!(status == 0 && stderr.is_empty() || status == 1 && offset(&stderr) <= bytes.len(), "{stderr}");
        }
    }
}

#[test]
fn missing_files() {
    let (status, stdout, stderr) = crate::run(&["capture", "no/such/file"]);
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.starts_with("iana-ports: no/such/file: cannot be read ("), "{stderr}");
}

/// Rows have the port as well as the name, and the sums of each direction.
#[test]
fn other_formats_and_groups_have_the_same_sums() {
    let path = capture("any.pcap");
    let csv_of = |by: &str| {
        let (status, csv, stderr) = crate::run(&["capture", "--by", by, "--format", "csv", path.to_str().unwrap()]);
        assert_eq!((status, stderr.as_str()), (0, ""));
        let mut csv = csv::Reader::from_reader(csv.as_bytes());
        let mut rows = csv.deserialize().map(|row| row.unwrap()).collect::<Vec<HashMap<String, String>>>();
        let rest = rows.pop().unwrap();
        assert_eq!((&*rest["not_counted"], &*rest["packets"]), ("cut off before the ports", "10"));
        rows
    };
    let total = |rows: &[HashMap<String, String>], column: &str| {
        rows.iter().map(|row| row[column].parse::<u64>().unwrap()).sum::<u64>()
    };
    let [ports, services, flows] = ["port", "service", "flow"].map(csv_of);
    for column in ["packets", "bytes", "packets_to", "bytes_to", "packets_from", "bytes_from"] {
        assert_eq!(total(&ports, column), total(&services, column));
        assert_eq!(total(&ports, column), total(&flows, column));
    }
    assert_eq!(total(&ports, "packets_to") + total(&ports, "packets_from"), total(&ports, "packets"));
    assert_eq!(total(&ports, "flows"), flows.len() as u64);
    let https = &ports[1];
    assert_eq!(
        (&*https["service"], &*https["port"], &*https["packets_to"], &*https["bytes_from"]),
        ("https", "443", "8", "1968")
    );
    let (_, json, _) = crate::run(&["capture", "--format", "json", path.to_str().unwrap()]);
    let sums: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!((&sums[1]["service"], &sums[1]["bytes_from"]), (&"https".into(), &1968.into()));
    let rest =
        serde_json::json!({ "not_counted": "cut off before the ports", "share": 8.0, "packets": 10, "bytes": 1158 });
    assert_eq!(sums.last(), Some(&rest));
}

/// Standard input, files compressed with gzip, and several files.
#[test]
fn standard_input_and_compressed_files() {
    let once = crate::run(&["capture", capture("loopback.pcap").to_str().unwrap()]);
    let mut small = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    small.write_all(&std::fs::read(capture("loopback.pcap")).unwrap()).unwrap();
    let small = small.finish().unwrap();
    let path = scratch("loopback.pcap.gz", &small);
    assert_eq!(crate::run(&["capture", path.to_str().unwrap()]), once);
    let input = |bytes: &[u8]| {
        let outcome =
            assert_cmd::Command::from_std(crate::command()).args(["capture", "-"]).write_stdin(bytes).assert();
        String::from_utf8(outcome.get_output().stdout.clone()).unwrap()
    };
    assert_eq!(input(&small), once.1);
    assert_eq!(input(&std::fs::read(capture("loopback.pcap")).unwrap()), once.1);
    let names = ["loopback.pcap", "loopback.pcapng"].map(|name| capture(name).to_str().unwrap().to_owned());
    let (_, both, _) = crate::run(&["capture", "--format", "json", &names[0], &names[1]]);
    let sums: Vec<serde_json::Value> = serde_json::from_str(&both).unwrap();
    assert_eq!((&sums[0]["service"], &sums[0]["packets"], &sums[0]["flows"]), (&"ssh".into(), &50.into(), &2.into()));
}

/// Wherever a compressed file is cut, the bytes that can be decompressed count.
#[test]
fn a_compressed_file_that_is_cut() {
    let whole = std::fs::read(capture("loopback.pcap")).unwrap();
    let mut small = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    small.write_all(&whole).unwrap();
    let small = small.finish().unwrap();
    for length in (100..small.len()).step_by(997) {
        let (status, rows, rest, stderr) = pcap(&scratch("cut.pcap.gz", &small[..length]));
        assert!(status == 1 && stderr.contains("the compressed file ends here"), "{stderr}");
        // The headers of gzip and of an uncompressed block have 15 bytes.
        assert!(length - 15 - offset(&stderr) < 1600, "cut at {length}: {stderr}");
        let before = pcap(&scratch("whole packets", &whole[..offset(&stderr)]));
        assert_eq!(before, (0, rows, rest, String::new()), "cut at {length}");
    }
}

/// For a file that another program compressed, the message names the command that reads it.
#[test]
fn other_compressed_files_are_named() {
    let cases: [(&[u8], &str); 4] = [
        (b"\x28\xb5\x2f\xfd\x04\x58", "zstd"),
        (b"\xfd7zXZ\0\0\x04", "xz"),
        (b"BZh91AY&SY", "bzip2"),
        (b"\x04\x22\x4d\x18\x64\x40", "lz4"),
    ];
    let mut from_pipe = assert_cmd::Command::from_std(crate::command());
    let from_pipe = from_pipe.args(["capture", "-"]).write_stdin(cases[0].0).assert().code(2);
    let stderr = String::from_utf8_lossy(&from_pipe.get_output().stderr);
    assert_eq!(
        stderr,
        "iana-ports: -: cannot be read (it is compressed by zstd; run `zstd -dc | iana-ports capture -`)\n"
    );
    for (bytes, program) in cases {
        let path = scratch("other-format", bytes);
        let (status, rows, _, stderr) = pcap(&path);
        assert_eq!((status, rows), (2, vec![]), "{stderr}");
        let path = path.display();
        let command = format!("`{program} -dc <{path} | iana-ports capture -`");
        let why = format!("{path}: cannot be read (it is compressed by {program}; run {command})");
        assert!(stderr.contains(&why), "{stderr}");
    }
}

/// A file that cannot be read does not hide the others.
#[test]
fn several_files() {
    let path = capture("loopback.pcap");
    let (_, alone, _) = crate::run(&["capture", path.to_str().unwrap()]);
    let (status, both, stderr) = crate::run(&["capture", "no/such/file", path.to_str().unwrap()]);
    assert_eq!((status, both), (1, alone));
    assert!(stderr.starts_with("iana-ports: no/such/file: cannot be read ("), "{stderr}");
    let (status, none, stderr) = crate::run(&["capture", "no/such/file", "nor/this"]);
    assert_eq!((status, none.as_str(), stderr.lines().count()), (2, "", 2), "{stderr}");
}

/// Ctrl-C ends the input from a pipe, not the command, for any kind of pipe.
#[test]
#[cfg(unix)]
fn an_interrupted_pipe_is_summed_up() {
    use std::process::{Command, Stdio};
    let whole = std::fs::read(capture("loopback.pcap")).unwrap();
    // This is more than a pipe holds. So when all of it is written, the command has read a part, and waits for
    // interrupts.
    let long = [&whole[..24], &whole[24..].repeat(20)].concat();
    for first in ["loopback.pcap", "/dev/null"] {
        let mut command = crate::command();
        command.args(["capture", "--format", "csv"]).arg(capture(first)).arg("-");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        pipe.write_all(&long).unwrap();
        let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        let output = child.wait_with_output().unwrap();
        drop(pipe);
        let csv = String::from_utf8(output.stdout).unwrap();
        assert!(interrupt.success(), "{csv}");
        // The empty device is not a capture.
        assert_eq!(output.status.code(), Some(i32::from(first == "/dev/null")), "{csv}");
        let rows: Vec<HashMap<String, String>> =
            csv::Reader::from_reader(csv.as_bytes()).deserialize().map(|row| row.unwrap()).collect();
        let packets: usize = rows.iter().map(|row| row["packets"].parse::<usize>().unwrap()).sum();
        // All packets except those that are still in the pipe.
        assert!((75..=21 * 75).contains(&packets), "{packets} packets: {csv}");
    }
}

/// More flows than the command remembers, from and to all ports on four transports, give exact sums in 64 MB.
#[test]
#[cfg(target_os = "linux")]
fn any_number_of_flows_takes_bounded_memory() {
    const FLOWS: u32 = 140_000;
    let header: Vec<u8> =
        [0xa1b2_c3d4_u32, 4 << 16 | 2, 0, 0, 1 << 18, 101].into_iter().flat_map(u32::to_le_bytes).collect();
    let mut file = header;
    for flow in 0..FLOWS {
        let (port, protocol) =
            (u16::try_from(flow & 0xffff).unwrap().to_be_bytes(), [6, 17, 132, 33][flow as usize >> 16 & 3]);
        file.extend([0, 0, 24, 1000].into_iter().flat_map(u32::to_le_bytes));
        file.extend([0x45, 0, 0, 24, 0, 0, 0, 0, 64, protocol, 0, 0]);
        file.extend([flow.to_be_bytes(), [192, 0, 2, 1], [port[0], port[1], port[0], port[1]]].concat());
    }
    let path = scratch("flows.pcap", &file);
    let run = |arguments: &[&str]| {
        // The limit applies to the address space, of which programs and threads use more than of memory.
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", "ulimit -v 81920 && exec \"$0\" capture \"$@\"", env!("CARGO_BIN_EXE_iana-ports")]);
        let output = shell.args(arguments).arg(&path).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    for by in ["port", "service", "flow"] {
        let csv = run(&["--format", "csv", "--by", by]);
        let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
        let (columns, rows) = rows.split_first().unwrap();
        let total = |column: &str| {
            // Indexed from the end, because commas separate the ports in the row.
            let at = columns.iter().rev().position(|other| *other == column).unwrap();
            rows.iter().map(|row| row[row.len() - 1 - at].parse::<u32>().unwrap()).sum::<u32>()
        };
        assert_eq!((total("packets"), total("bytes")), (FLOWS, 1000 * FLOWS), "{by}");
        let flows = if by == "flow" { rows.len() } else { total("flows") as usize };
        assert_eq!(flows, FLOWS as usize, "{by}");
        if by == "service" {
            continue;
        }
        let table = run(&["--by", by]);
        let left_out = format!("{} smaller rows left out; CSV and JSON have them all", rows.len() - 1000);
        assert_eq!((table.lines().count(), table.lines().nth(1001)), (1005, Some(&*left_out)), "{by}");
    }
    std::fs::remove_file(path).unwrap();
}

/// docs/command.md gives this number.
#[test]
fn the_end_that_serves_is_chosen_as_documented() {
    if !crate::is_embedded() {
        return;
    }
    let folder = Path::new(env!("CARGO_BIN_EXE_iana-ports")).parent().unwrap();
    let captures = ["any.pcap", "loopback.pcap", "loopback.pcapng", "scapy.pcap"].map(capture);
    let example = folder.join("examples/ends");
    assert!(example.exists(), "no {}: run `cargo build -p iana-ports-cli --example ends` first", example.display());
    let said = std::process::Command::new(example).args(captures).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(std::fs::read_to_string("../docs/command.md").unwrap().contains(said.trim_end()), "{said}");
    assert!(said.ends_with("22 right, 0 wrong, 0 without a record at either end\n"), "{said}");
}
