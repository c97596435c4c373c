//! What the command line may say.

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use iana_ports::{PortRange, Proto};
use std::path::PathBuf;

/// Looks up, searches and exports the IANA service name and port number registry.
///
/// The registry is compiled in: nothing is fetched, and nothing is read but the files that are named. A service
/// name is what IANA assigned, not what is in the packets (RFC 6335 section 9).
#[derive(Debug, Parser)]
#[command(name = "iana-ports", version, arg_required_else_help = true, after_help = EXIT)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// The form of what is printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    pub format: Format,
    /// Names of one's own, as in services(5), which come before the registry's
    #[arg(long, global = true, value_name = "FILE")]
    pub names: Option<PathBuf>,
    /// When to use colours. `auto` does on a terminal, unless the variable `NO_COLOR` is set
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub color: ColorChoice,
}

const EXIT: &str = "\
Exit status: 0 if everything was found, 1 if something is not there, 2 if the command line makes no sense or \
a file cannot be read or written.";

const LOOKUP: &str = "\
A QUERY is one of
  443/tcp, tcp/443   a port on a transport: tcp, udp, sctp or dccp
  443                a port on all four transports
  6000-6010/tcp      a range of ports, both ends included
  80,443             several ports or ranges
  https              a service name in any case
  https/udp          a service name on a transport
  _http._tcp         a service as DNS SRV records have it

Examples:
  iana-ports lookup 443/tcp domain
  iana-ports lookup 80,443 https/udp
  iana-ports lookup --format json 6000-6002/tcp";

const SEARCH: &str = "\
A TEXT is looked for in all columns but the dates, case ignored. A row has to have every TEXT.

Examples:
  iana-ports search 'X Window'
  iana-ports search http 8080
  iana-ports search --format csv 'any private'";

const LIST: &str = "\
Examples:
  iana-ports list --ports 0-19 --transports tcp
  iana-ports list --ports 6000-6100 --format json";

const EXPORT: &str = "\
The lines of services are IANA's names and no others. Debian's /etc/services leaves most of them out and has some more.

Examples:
  iana-ports export services --ports 0-1023
  iana-ports export csv --output registry.csv
  iana-ports export nft --transports tcp --no-aliases
  iana-ports export html --output registry.html";

const MAP: &str = "\
A pixel is a port, 256 to a row, port 0 at the top left. The file ends in .svg, or in .png without a legend.

Examples:
  iana-ports map tcp map.svg";

const CAPTURE: &str = "\
The end serves that was asked for a connection, where the capture has the beginning of it; else the one whose port has
a record; of two, the System Port, then the lower number. packets_to and bytes_to go to that end.

Examples:
  iana-ports capture tests/captures/loopback.pcap
  iana-ports capture --by flow --format csv tests/captures/loopback.pcapng";

const CHANGES: &str = "\
With one file it prints date, rows, rows with a name, and different names. Both files have IANA's form.

Examples:
  iana-ports changes registry/service-names-port-numbers.xml";

const COMPLETIONS: &str = "\
Examples:
  iana-ports completions bash";

const MAN: &str = "\
Examples:
  iana-ports man";

const STATUS: &str = "\
Examples:
  iana-ports status";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Says what ports and service names are
    #[command(after_help = LOOKUP)]
    Lookup {
        /// Ports, service names, or both
        #[arg(required = true, value_name = "QUERY", allow_negative_numbers = true)]
        queries: Vec<String>,
    },
    /// Finds every row with a text, as the search of IANA's own page does
    #[command(after_help = SEARCH)]
    Search {
        /// What a row has to have in some column
        #[arg(required = true, value_name = "TEXT")]
        texts: Vec<String>,
    },
    /// Lists the rows of the registry in its order
    #[command(after_help = LIST)]
    List {
        #[command(flatten)]
        chosen: Chosen,
    },
    /// Says which registry is compiled in, and what the ports of each transport are
    #[command(after_help = STATUS)]
    Status,
    /// Writes the registry in a form that other programs read
    #[command(after_help = EXPORT)]
    Export {
        /// What to write
        #[arg(value_enum, value_name = "KIND")]
        kind: Kind,
        #[command(flatten)]
        chosen: Chosen,
        /// Where to write it, instead of standard output
        #[arg(long = "output", short = 'o', value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Draws what all 65,536 ports of a transport are
    #[command(after_help = MAP)]
    Map {
        /// tcp, udp, sctp or dccp
        #[arg(value_name = "TRANSPORT")]
        transport: Proto,
        /// Where to draw it
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Sums up the packets of a capture file by service
    #[command(after_help = CAPTURE)]
    Capture {
        /// pcap or pcapng files, perhaps with gzip; - for standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// What has a line of its own
        #[arg(long, value_enum, default_value_t = By::Port, value_name = "WHAT")]
        by: By,
        /// Of tunnels in UDP the tunnel counts, not what is inside; other tunnels do not count
        #[arg(long)]
        outer: bool,
    },
    /// Tells what changed from one registry file to another
    #[command(after_help = CHANGES)]
    Changes {
        /// The older file, or the only one
        #[arg(value_name = "OLD")]
        old: PathBuf,
        /// The newer file
        #[arg(value_name = "NEW")]
        new: Option<PathBuf>,
    },
    /// Prints what a shell needs to complete this command
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// The shell
        #[arg(value_enum, value_name = "SHELL")]
        shell: Shell,
    },
    /// Prints the manual, as man(1) reads it
    #[command(after_help = MAN)]
    Man,
}

/// Which rows.
#[derive(Args, Debug)]
pub struct Chosen {
    /// Only these ports, both ends included, and no names without a port
    #[arg(long, value_name = "RANGE")]
    pub ports: Option<PortRange>,
    /// Only these transports, such as tcp,udp
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub transports: Vec<Proto>,
    /// Of several names on a port and transport the primary one alone, and no historic aliases
    #[arg(long)]
    pub no_aliases: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for people
    Table,
    /// Comma-separated values under a heading
    Csv,
    /// An array of objects
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Services, whatever ports they have
    Service,
    /// Ports, with the names of their services
    Port,
    /// Flows: a transport and two addresses with their ports
    Flow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Lines for /etc/services, see services(5)
    Services,
    /// IANA's twelve columns, as IANA writes them
    Csv,
    /// The same, an object a row
    Json,
    /// Definitions for nftables
    Nft,
    /// A page to search, sort and print, in one file
    Html,
}
