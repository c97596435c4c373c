//! The help of each command, and the texts that follow its options.

use crate::arguments::Arguments;
use clap::CommandFactory;

pub const EXIT: &str = "\
Exit status: 0 if everything was found, 1 if something does not exist or a capture is damaged, 2 if an argument is \
invalid or a file cannot be read or written.";

pub const USAGE: &str = "\
iana-ports [OPTIONS] [QUERY]...
       iana-ports <COMMAND> [OPTIONS] [ARGUMENT]...";

pub const LOOKUP: &str = "\
A QUERY is a list of these forms, with commas, semicolons, | or white space between them:
  443                        a port on all four transports
  443/tcp, tcp:443, T:443    a port on a transport: tcp, udp (UDP-Lite too), sctp or dccp
  53/tcp+udp, 53/tcp,udp     a port on several transports
  22,80/tcp; 22 80 tcp       several ports on a transport
  6000-6010/tcp              a range of ports, both ends included
  0.0.0.0:443, [::1]:443     a port after an address or a host
  https://example.com:8443   the port of a URL
  https, https/udp           a service name in any case, optionally with a transport
  _http._tcp.local           a service name as DNS writes it

You can leave out `lookup`: iana-ports 443.

Examples:
  iana-ports lookup 443/tcp domain
  iana-ports lookup 80,443 https/udp
  iana-ports lookup --long 443/tcp
  iana-ports lookup --familiar dns 445/tcp
  iana-ports lookup --format json 6000-6002/tcp";

pub const SEARCH: &str = "\
The search looks in all columns except the dates and ignores case. A row must contain every TEXT. A TEXT can also be a name \
that people use for the service of the row, such as dns for domain.

Examples:
  iana-ports search 'X Window'
  iana-ports search http 8080
  iana-ports search --format csv 'any private'";

pub const LIST: &str = "\
Examples:
  iana-ports list 0-19 --transports tcp
  iana-ports list --ports 22,80,443
  iana-ports list 0-1023 --status reserved
  iana-ports list 6000-6100 --json";

pub const EXPORT: &str = "\
`services` contains all of IANA's names and no others. Debian's /etc/services leaves out most of them, and adds some others.

`ports` has one row for each port and transport with a name, for joins in a database.

Examples:
  iana-ports export services --ports 0-1023
  iana-ports export ports --output ports.csv
  iana-ports export csv --output registry.csv
  iana-ports export nft --transports tcp --no-aliases
  iana-ports export html --output registry.html";

pub const MAP: &str = "\
Each pixel is a port, with 256 ports in a row and port 0 at the top left. The picture is SVG, so the name of FILE ends \
in .svg; - means standard output.

Examples:
  iana-ports map tcp map.svg";

pub const CAPTURE: &str = "\
If the capture contains the start of a connection, the end that received the request serves (known_by: syn). In UDP, a \
multicast or broadcast address serves (multicast). Otherwise, the command guesses: the end whose port has a name serves \
(port). If both ports have a name, one from --names comes first, then a System Port, a User Port in everyday use, and \
the lower port. In UDP, if neither port is a System Port or in everyday use, the end that received the first packet \
serves (order). A table marks guesses with a question mark. packets_to and bytes_to count the traffic to the serving \
end. Packets in no flow have rows of their own, by protocol. A table shows the 1,000 largest rows.

Examples:
  iana-ports capture cli/tests/captures/loopback.pcap
  iana-ports capture --by flow --format csv cli/tests/captures/loopback.pcapng";

/// The whole command line. The help of a command does not list the global options that the command refuses.
pub fn command() -> clap::Command {
    let mut all = Arguments::command();
    let of_output = ["format", "json", "columns", "no_header", "quiet", "color", "names"];
    let hidden = |option: &&clap::Arg| of_output.contains(&option.get_id().as_str());
    let hidden: Vec<clap::Arg> = all.get_arguments().filter(hidden).map(|option| option.clone().hide(true)).collect();
    for name in ["export", "map", "completions", "man"] {
        let hidden = hidden.iter().filter(|option| name != "export" || *option.get_id() != "names");
        all = all.mut_subcommand(name, |command| command.args(hidden));
    }
    all.build();
    all
}
