//! The command line.

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use iana_ports::{PortRange, Proto};
use std::path::PathBuf;

/// Looks up, searches and exports the IANA service name and port number registry.
///
/// The registry is compiled in: the command fetches nothing, and reads only the files that you name. A service name says
/// what IANA assigned, not what the packets contain (RFC 6335 section 9).
#[derive(Debug, Parser)]
#[command(name = "iana-ports", version, arg_required_else_help = true, after_help = EXIT)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// Print in this format
    #[arg(long, global = true, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    pub format: Format,
    /// Use the service names in FILE (services(5) format) in preference to the registry's; `familiar` stands for the
    /// names in everyday use
    #[arg(long, global = true, value_name = "FILE")]
    pub names: Option<PathBuf>,
    /// Use colors: `auto` uses them on a terminal, unless the variable `NO_COLOR` is set
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub color: ColorChoice,
}

const EXIT: &str = "\
Exit status: 0 if everything was found, 1 if something does not exist, 2 if the arguments make no sense or a file \
cannot be read or written.";

const LOOKUP: &str = "\
A QUERY has one of these forms:
  443/tcp, tcp/443   a port on a transport: tcp, udp, sctp or dccp
  443                a port on all four transports
  6000-6010/tcp      a range of ports, both ends included
  80,443             several ports or ranges
  https              a service name in any case
  https/udp          a service name on a transport
  _http._tcp         a service name as in DNS SRV records

Examples:
  iana-ports lookup 443/tcp domain
  iana-ports lookup 80,443 https/udp
  iana-ports lookup --familiar dns 445/tcp
  iana-ports lookup --format json 6000-6002/tcp";

const SEARCH: &str = "\
The search looks in all columns except the dates and ignores case. A row must contain every TEXT. A TEXT can also be a name \
that people use for the service of the row, such as dns for domain.

Examples:
  iana-ports search 'X Window'
  iana-ports search http 8080
  iana-ports search --format csv 'any private'";

const LIST: &str = "\
Examples:
  iana-ports list --ports 0-19 --transports tcp
  iana-ports list --ports 6000-6100 --format json";

const EXPORT: &str = "\
`services` contains all of IANA's names and no others. Debian's /etc/services has fewer of them, and some others.

Examples:
  iana-ports export services --ports 0-1023
  iana-ports export csv --output registry.csv
  iana-ports export nft --transports tcp --no-aliases
  iana-ports export html --output registry.html";

const MAP: &str = "\
Each pixel is a port, with 256 ports to a row and port 0 at the top left. Name the file .svg, or .png for a picture \
without a legend.

Examples:
  iana-ports map tcp map.svg";

const CAPTURE: &str = "\
If the capture contains the start of a connection, the end that was asked for it serves. Otherwise the end serves whose \
port has a name. If both ports have one, the System Port serves, then the User Port in everyday use, then the lower port. packets_to and bytes_to count what \
goes to that end.

Examples:
  iana-ports capture cli/tests/captures/loopback.pcap
  iana-ports capture --by flow --format csv cli/tests/captures/loopback.pcapng";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Look up ports and service names
    #[command(after_help = LOOKUP)]
    Lookup {
        /// Ports, service names, or both
        #[arg(required = true, value_name = "QUERY", allow_negative_numbers = true)]
        queries: Vec<String>,
        #[command(flatten)]
        familiar: Familiar,
    },
    /// Find every row that contains a text, like the search of IANA's own page
    #[command(after_help = SEARCH)]
    Search {
        /// Text that a row must contain in some column
        #[arg(required = true, value_name = "TEXT")]
        texts: Vec<String>,
    },
    /// List the rows of the registry in its order
    #[command(after_help = LIST)]
    List {
        #[command(flatten)]
        selection: Selection,
    },
    /// Show which registry is compiled in, and count the ports of each transport by status
    #[command(after_help = "Examples:\n  iana-ports status")]
    Status,
    /// Write the registry in a format that other programs read
    #[command(after_help = EXPORT)]
    Export {
        /// Format to write
        #[arg(value_enum, value_name = "KIND")]
        kind: Kind,
        #[command(flatten)]
        selection: Selection,
        #[command(flatten)]
        familiar: Familiar,
        /// Write to FILE instead of standard output
        #[arg(long = "output", short = 'o', value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Draw a picture of all 65,536 ports of a transport
    #[command(after_help = MAP)]
    Map {
        /// Transport protocol: tcp, udp, sctp or dccp
        #[arg(value_name = "TRANSPORT")]
        transport: Proto,
        /// Picture to write
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Sum up the packets in capture files by service
    #[command(after_help = CAPTURE)]
    Capture {
        /// pcap or pcapng files, which gzip may have compressed; - for standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Group packets by port, service or flow
        #[arg(long, value_enum, default_value_t = By::Port, value_name = "WHAT")]
        by: By,
        /// Count tunnels in UDP as the tunnel, not as the packets inside, and do not count other tunnels
        #[arg(long)]
        outer: bool,
        #[command(flatten)]
        familiar: Familiar,
    },
    /// Print a completion script for a shell
    #[command(after_help = "Examples:\n  iana-ports completions bash")]
    Completions {
        /// Shell that runs the script
        #[arg(value_enum, value_name = "SHELL")]
        shell: Shell,
    },
    /// Print the manual page for man(1)
    #[command(after_help = "Examples:\n  iana-ports man")]
    Man,
}

impl Command {
    /// True if familiar names are wanted.
    pub fn is_familiar(&self) -> bool {
        match self {
            Self::Lookup { familiar, .. } | Self::Export { familiar, .. } | Self::Capture { familiar, .. } => {
                familiar.is_wanted
            }
            _ => false,
        }
    }
}

/// Which names to show.
#[derive(Args, Clone, Copy, Debug)]
pub struct Familiar {
    /// Show the names that people use, such as dns for domain
    #[arg(long = "familiar")]
    pub is_wanted: bool,
}

/// Which rows to write.
#[derive(Args, Debug)]
pub struct Selection {
    /// Select only these ports, both ends included, and no names without a port
    #[arg(long, value_name = "RANGE")]
    pub ports: Option<PortRange>,
    /// Select only these transports, such as tcp,udp
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub transports: Vec<Proto>,
    /// Select only the primary name of each port and transport, and no historic aliases
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
    /// Services, with all their ports
    Service,
    /// Ports, with the names of their services
    Port,
    /// Flows: a transport, two addresses and their ports
    Flow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Lines for /etc/services, see services(5)
    Services,
    /// IANA's twelve columns, in IANA's form
    Csv,
    /// IANA's twelve columns, one object for each row
    Json,
    /// Definitions for nftables
    Nft,
    /// A web page to search, sort and print, in one file
    Html,
}
