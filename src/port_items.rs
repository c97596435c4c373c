//! Lists of ports: their items, and the transports that items share.

use crate::port_item::{Mask, Place, PortItem, dns, words};
use crate::port_query_error::Kind;
use crate::{ParsePortQueryError, PortQuery, Service};
use core::iter::FusedIterator;

/// The queries in a list of ports, in the notations that people paste: from a command line, a configuration, nmap, ss,
/// a firewall or a log.
///
/// Commas, semicolons, `|` or white space separate the items, each of which is one of the forms of a [`PortQuery`]. One
/// pair of brackets around the list is dropped. These items share transports:
///
/// | list | meaning |
/// | --- | --- |
/// | `22,80/tcp`, `T:22,80,U:53` | between commas alone, the last suffix counts for all if no other item has a transport; a prefix counts until the next transport |
/// | `53/tcp,udp`, `tcp,udp/53` | both transports |
/// | `22 80 tcp`, `tcp 22 80 udp 53` | a transport that stands alone counts for the items before it, or, if the list begins with one, after it |
/// | `80/udp 443` | otherwise, items share nothing |
///
/// An item that means nothing is an error, and the other items keep their meanings. If the list means nothing, the
/// error is the only item.
///
/// ```
/// use iana_ports::PortQueries;
///
/// let read = |list| PortQueries::new(list).map(|query| query.unwrap().to_string()).collect::<Vec<_>>();
/// assert_eq!(read("U:53,T:22,443"), ["53/udp", "22/tcp", "443/tcp"]);
/// assert_eq!(read("[::1]:8080 tcp"), [":8080/tcp"]);
/// assert!(PortQueries::new("443 htps").map(|query| query.is_ok()).eq([true, false]));
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct PortQueries<'t> {
    items: PortItems<'t>,
    read: fn(PortItem<'t>) -> Result<PortQuery, ParsePortQueryError>,
}

impl<'t> PortQueries<'t> {
    /// Reads a list; its names are those of services.
    pub fn new(list: &'t str) -> Self {
        Self { items: PortItems::new(list), read: PortItem::query }
    }

    /// Reads a list as [`PortQuery::from_familiar`] reads an item.
    #[cfg(feature = "familiar")]
    pub fn familiar(list: &'t str) -> Self {
        Self { items: PortItems::new(list), read: PortItem::familiar }
    }

    /// The only query of a list.
    pub(crate) fn only(mut self, list: &str) -> Result<PortQuery, ParsePortQueryError> {
        let query = self.next().unwrap_or(Err(ParsePortQueryError::new(Kind::Empty, list, false)));
        if self.next().is_some() { Err(ParsePortQueryError::new(Kind::Several, list, false)) } else { query }
    }
}

impl Iterator for PortQueries<'_> {
    type Item = Result<PortQuery, ParsePortQueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.items.next().map(self.read)
    }
}

impl FusedIterator for PortQueries<'_> {}

/// The items of a [list](PortQueries), before their names are looked up: a tool with names of its own looks there
/// first.
///
/// ```
/// let mut items = iana_ports::PortItems::new("billing,https/tcp");
/// let billing = items.next().unwrap();
/// assert_eq!((billing.subject(), billing.protos()), ("billing", &[iana_ports::Proto::Tcp][..]));
/// assert!(billing.query().is_err() && items.next().unwrap().query().is_ok() && items.next().is_none());
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct PortItems<'t> {
    entries: Entries<'t>,
    /// All of the list, if it is one item.
    whole: Option<PortItem<'t>>,
    /// True if the list begins with a transport that stands alone.
    leads: bool,
    /// The transports that stand alone and count for the next items.
    alone: Mask,
    /// The prefix and the suffix that count for the items between commas alone.
    prefix: Mask,
    suffix: Mask,
}

impl<'t> PortItems<'t> {
    /// Reads a list.
    pub fn new(list: &'t str) -> Self {
        let list = list.trim();
        let list = list.strip_prefix('\u{feff}').unwrap_or(list).trim();
        let inside = without_brackets(list).trim();
        let text = inside.trim_matches(is_separator);
        let whole = if !text.contains(is_separator) {
            Some((text, text))
        } else if Service::find(list).is_some() {
            Some((list, list))
        } else {
            of_instance(inside).map(|instance| (text, instance))
        };
        if let Some((text, read)) = whole {
            let item = PortItem { text, ..PortItem::read(read) };
            let is_alone = item.ports == Ok(None) && words(text).is_some() && Service::find(text).is_none();
            return Self::only(if is_alone { PortItem::refused(text, Kind::OnlyTransports) } else { item });
        }
        let (entries, is_alone) = (Entries { text, at: 0 }, |entry: Entry<'_>| entry.part.is_err());
        let mut rest = entries.clone();
        let leads = rest.next().is_some_and(is_alone);
        if leads && rest.clone().last().is_none_or(is_alone) {
            let any = rest.any(|entry| entry.part.is_ok());
            return Self::only(PortItem::refused(text, if any { Kind::BothEnds } else { Kind::OnlyTransports }));
        }
        let alone = if leads { 0 } else { entries.clone().next_alone() };
        Self { entries, whole: None, leads, alone, prefix: 0, suffix: 0 }
    }

    fn only(item: PortItem<'t>) -> Self {
        let entries = Entries { text: "", at: 0 };
        Self { entries, whole: Some(item), leads: false, alone: 0, prefix: 0, suffix: 0 }
    }

    /// Enters items between which there are only commas.
    fn enter(&mut self, first: PortItem<'t>) {
        let others = self.entries.clone().take_while(|entry| entry.is_glued).map_while(|entry| entry.part.ok());
        let items = core::iter::once(first).chain(others);
        let last = items.clone().last().unwrap_or(first);
        let with_transport = items.filter(|item| item.mask != 0).count();
        let is_shared = last.place == Place::Suffix && with_transport == 1;
        (self.prefix, self.suffix) = (0, if is_shared { last.mask } else { 0 });
    }
}

impl<'t> Iterator for PortItems<'t> {
    type Item = PortItem<'t>;

    fn next(&mut self) -> Option<PortItem<'t>> {
        if let Some(whole) = self.whole.take() {
            return Some(whole);
        }
        let (mut is_run, mut alone) = (true, 0);
        let mut item = loop {
            let entry = self.entries.next()?;
            is_run &= entry.is_glued;
            match entry.part {
                Ok(item) => break item,
                Err(mask) => (alone, is_run) = (alone | mask, false),
            }
        };
        if alone != 0 {
            self.alone = if self.leads { alone } else { self.entries.clone().next_alone() };
        }
        if !is_run {
            self.enter(item);
        }
        let own = item.mask;
        if own == 0 {
            item.mask = if self.prefix == 0 { self.suffix } else { self.prefix };
        } else {
            self.prefix = if item.place == Place::Prefix { own } else { 0 };
        }
        if item.mask == 0 {
            item.mask = self.alone;
        } else if ![0, item.mask].contains(&self.alone) && item.ports.is_ok() {
            item.ports = Err((Kind::TwoTransports, item.text));
        }
        item.is_shared = own == 0 && item.mask != 0;
        Some(item)
    }
}

impl FusedIterator for PortItems<'_> {}

/// A part of a list: an item, or transports that stand alone.
struct Entry<'t> {
    part: Result<PortItem<'t>, Mask>,
    /// True if only a comma separates it from the part before.
    is_glued: bool,
}

/// The parts of a list. Transports next to an item belong to it: `53/tcp,udp`, `tcp,udp/53`.
#[derive(Clone, Debug)]
struct Entries<'t> {
    text: &'t str,
    at: usize,
}

impl Entries<'_> {
    /// Where the next text begins and ends, and true if only a comma is before it.
    fn text(&mut self) -> Option<(usize, usize, bool)> {
        let rest = &self.text[self.at..];
        let gap = rest.find(|c| !is_separator(c))?;
        let len = rest[gap..].find(is_separator).unwrap_or(rest.len() - gap);
        let start = self.at + gap;
        self.at = start + len;
        Some((start, self.at, &rest[..gap] == ","))
    }

    /// The next texts that are transports, after only a comma each.
    fn words(&mut self) -> Mask {
        let (mut all, mut before) = (0, self.at);
        while let Some((start, end, true)) = self.text() {
            let Some(mask) = words(&self.text[start..end]) else { break };
            (all, before) = (all | mask, self.at);
        }
        self.at = before;
        all
    }

    /// The next transports that stand alone.
    fn next_alone(self) -> Mask {
        let mut all = 0;
        for entry in self {
            match entry.part {
                Err(mask) => all |= mask,
                Ok(_) if all == 0 => {}
                Ok(_) => break,
            }
        }
        all
    }
}

impl<'t> Iterator for Entries<'t> {
    type Item = Entry<'t>;

    fn next(&mut self) -> Option<Entry<'t>> {
        let (start, end, is_glued) = self.text()?;
        let Some(mut mask) = words(&self.text[start..end]) else {
            let mut item = PortItem::read(&self.text[start..end]);
            if item.place == Place::Suffix {
                item.mask |= self.words();
                item.text = &self.text[start..self.at];
            }
            return Some(Entry { part: Ok(item), is_glued });
        };
        mask |= self.words();
        let before = self.at;
        if let Some((from, end, true)) = self.text() {
            let item = PortItem::read(&self.text[from..end]);
            if item.place == Place::Prefix {
                let item = PortItem { text: &self.text[start..end], mask: item.mask | mask, ..item };
                return Some(Entry { part: Ok(item), is_glued });
            }
        }
        self.at = before;
        Some(Entry { part: Err(mask), is_glued })
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '|') || c.is_whitespace()
}

/// The list inside one pair of brackets around it. An IPv6 address keeps its brackets.
fn without_brackets(list: &str) -> &str {
    let Some(open) = list.chars().next().filter(|c| matches!(c, '[' | '(')) else { return list };
    let close = if open == '[' { ']' } else { ')' };
    let Some(inside) = list[1..].strip_suffix(close) else { return list };
    let is_ipv6 =
        open == '[' && inside.matches(':').count() > 1 && !inside.contains(|c: char| c == ',' || c.is_whitespace());
    let nested = |depth: usize, c: char| match c {
        c if c == open => Some(depth + 1),
        c if c == close => depth.checked_sub(1),
        _ => Some(depth),
    };
    if is_ipv6 || inside.chars().try_fold(0, nested) != Some(0) { list } else { inside }
}

/// What follows the first label, which can have white space, if the whole text is a name of a service instance in DNS.
fn of_instance(text: &str) -> Option<&str> {
    let is_last = |&(_, rest): &(&str, &str)| !rest.contains(is_separator) && !text.contains([',', ';', '|']);
    let (instance, rest) = text.split_once("._").filter(is_last)?;
    let from = &text[instance.len() + 1..];
    let is_pair = dns(from).is_some_and(|(name, mask)| mask.is_ok() && rest.starts_with(name));
    (is_pair && instance.split(is_separator).all(|word| !word.starts_with('_'))).then_some(from)
}
