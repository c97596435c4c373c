//! Names the service of every packet in a capture file and sums up by service.

#[path = "pcap/capture.rs"]
mod capture;
#[path = "pcap/packet.rs"]
mod packet;
#[path = "pcap/tally.rs"]
mod tally;

use capture::{Fault, Frame};
use indicatif::ProgressBar;
use packet::Dissector;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use tally::Tally;

const HELP: &str = "\
Names the service of every packet in a capture file and sums up by service.

usage: pcap FILE

FILE is a pcap or pcapng file. Counted are packets of TCP, UDP, SCTP and DCCP
over IPv4 and IPv6, with their bytes on the wire; a flow is a transport and two
addresses with their ports, in both directions. The share is of the bytes.

The service is that of the port that has a record in the IANA registry. If both
have one, it is the System Port's (0-1023), then the lower one's. If neither has
one, the lower number stands for it. A name is what IANA assigned, not what is in
the packets.

Exit status: 0 if the file was read to its end, 1 if it is broken (the table is
of what came before), 2 if it cannot be opened or the arguments make no sense.
";

/// Files of so many bytes take long enough for a progress bar.
const LONG: u64 = 64 << 20;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let path = match &arguments[..] {
        [flag] if flag == "--help" || flag == "-h" => {
            return print(HELP).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
        }
        [path] => path,
        _ => {
            eprint!("pcap: expected one file, found {} arguments\n\n{HELP}", arguments.len());
            return ExitCode::from(2);
        }
    };
    let name = path.to_string_lossy();
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => {
            eprintln!("pcap: {name} cannot be opened: {error}");
            return ExitCode::from(2);
        }
    };
    let mut tally = Tally::default();
    let outcome = read(file, &mut tally);
    if print(&tally.to_string()).is_err() {
        return ExitCode::FAILURE;
    }
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Fault { offset, what }) => {
            eprintln!("pcap: {name} is broken at offset {offset}: {what}; the table is of what comes before");
            ExitCode::FAILURE
        }
    }
}

/// Counts the packets of a file, with a bar on standard error if it is long and that is a terminal.
fn read(file: File, tally: &mut Tally) -> Result<(), Fault> {
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let bar = if length < LONG { ProgressBar::hidden() } else { ProgressBar::new(length) };
    let mut dissector = Dissector::default();
    let outcome = capture::frames(file, |Frame { offset, link_type, bytes, length }| {
        // Asking for the time at every packet would cost more than the packet.
        if tally.packets % 4096 == 0 {
            bar.set_position(offset);
        }
        tally.add(dissector.flow(link_type, bytes), length);
    });
    bar.finish_and_clear();
    outcome
}

/// To standard output. That nobody reads it is not an error.
fn print(text: &str) -> io::Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("pcap: writing failed: {error}");
            Err(error)
        }
        _ => Ok(()),
    }
}
