//! Writes the registry down in the forms that other programs read.

use iana_ports::{Block, ParseProtoError, PortRange, Proto, Record, blocks, lookup_port, records};
use lexopt::prelude::*;
use serde::Serialize;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

#[path = "export/formats.rs"]
mod formats;

const HELP: &str = "\
Writes the IANA registry to standard output.

usage: export FORMAT [OPTION...]

FORMAT is one of
  services  for /etc/services, see services(5): name, port/transport, the other
            names of the port, description
  csv       IANA's twelve columns, in IANA's order
  json      the same, one object a row; export.schema.json describes it
  nft       definitions for nftables: `define tcp_https = 443`

An OPTION is one of
  --transports LIST  only these, such as tcp,udp; without it all four
  --ports RANGE      only these, such as 0-1023, both ends included; no names
                     that have no port
  --no-aliases       of several names on a port and transport the primary one
                     alone; no historic aliases of names without a port

Exit status: 0 if all was written or the reader had enough, 1 if not, 2 if the
arguments make no sense.
";

fn main() -> ExitCode {
    let (format, wanted) = match arguments() {
        Ok(arguments) => arguments,
        Err(error) => {
            eprint!("export: {error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match format(&wanted, &mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("export: cannot write: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

type Format = fn(&Wanted, &mut dyn Write) -> io::Result<()>;

fn arguments() -> Result<(Format, Wanted), lexopt::Error> {
    let mut format: Option<Format> = None;
    let mut wanted = Wanted { transports: Proto::ALL.to_vec(), ports: None, aliases: true };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok((write_help, wanted)),
            Long("transports") => {
                let list = parser.value()?.string()?;
                let transports: Result<_, ParseProtoError> = list.split(',').map(str::parse).collect();
                wanted.transports = transports.map_err(|error| error.to_string())?;
            }
            Long("ports") => wanted.ports = Some(parser.value()?.parse()?),
            Long("no-aliases") => wanted.aliases = false,
            Value(name) if format.is_none() => {
                format = Some(match name.to_str() {
                    Some("services") => formats::write_services,
                    Some("csv") => formats::write_csv,
                    Some("json") => formats::write_json,
                    Some("nft") => formats::write_nft,
                    _ => return Err(format!("unknown format {name:?}").into()),
                });
            }
            _ => return Err(argument.unexpected()),
        }
    }
    Ok((format.ok_or("no format")?, wanted))
}

/// What of the registry to write.
struct Wanted {
    transports: Vec<Proto>,
    ports: Option<PortRange>,
    aliases: bool,
}

impl Wanted {
    fn has_ports(&self, ports: Option<PortRange>) -> bool {
        ports.map_or(self.ports.is_none(), |ports| self.part_of(ports).is_some())
    }

    /// Those of some ports that are wanted.
    fn part_of(&self, ports: PortRange) -> Option<PortRange> {
        let Some(wanted) = self.ports else { return Some(ports) };
        PortRange::new(ports.first().max(wanted.first()), ports.last().min(wanted.last()))
    }

    /// Whether to write a record that answers on this transport, or has no port.
    fn has_on(&self, record: Record, proto: Proto) -> bool {
        let is_primary = || match record.port() {
            Some(port) => lookup_port(port, proto) == Some(record),
            None => !record.is_alias(),
        };
        self.transports.contains(&proto) && self.has_ports(record.ports()) && (self.aliases || is_primary())
    }

    fn has_block(&self, block: Block) -> bool {
        self.has_ports(Some(block.ports()))
            && block.proto().is_none_or(|proto| self.transports.contains(&proto))
    }

    /// Everything in IANA's order.
    fn rows(&self) -> Vec<Row> {
        let has = |record: &Record| transports(*record).iter().any(|&proto| self.has_on(*record, proto));
        let records = records().filter(has).map(Row::Record);
        let blocks = blocks().filter(|block| self.has_block(*block)).map(Row::Block);
        let mut rows: Vec<Row> = records.chain(blocks).collect();
        rows.sort_by_key(|row| match row {
            Row::Record(record) => record.position(),
            Row::Block(block) => block.position(),
        });
        rows
    }
}

/// Where a record answers. One that names no transport does on TCP and UDP if it has a port.
fn transports(record: Record) -> Vec<Proto> {
    match (record.proto(), record.port()) {
        (Some(proto), _) => vec![proto],
        (None, Some(_)) => vec![Proto::Tcp, Proto::Udp],
        (None, None) => Proto::ALL.to_vec(),
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Row {
    Record(Record),
    Block(Block),
}

fn write_help(_: &Wanted, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HELP.as_bytes())
}
