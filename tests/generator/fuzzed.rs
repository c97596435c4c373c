//! Checks the properties of fuzzing with inputs that fuzzing found, and with the records of the registry.

use crate::oracle;
use crate::properties;
/// An attribute with a prefix is a different attribute.
#[test]
fn attributes_with_a_prefix() {
    properties::parse(
        b"<registry id='service-names-port-numbers' xmlns:x='urn:x'><updated>2026-09-12</updated>\
          <record x:date='2000-01-01' date='2001-01-01'><name>a</name></record></registry>",
    );
}

/// The slots came from an exclusive or, which could not separate two names if the number of slots was a power of two.
/// The generator tried every seed to the end, so four names took seconds, and 32 names mostly had no hash at all.
#[test]
fn as_many_names_as_a_power_of_two() {
    let records = |count: u32| (1..=count).map(|n| format!("<record><name>n{n}</name></record>"));
    (0..=7).for_each(|power| properties::resolve(&records(1 << power).collect::<String>()));
}

/// White space may surround the ends of a range, also if a processing instruction hides it from a simple look.
#[test]
fn a_range_in_two_pieces() {
    let xml = "<record><name>a</name><number>9307\n<?p?>\n-9309</number></record>";
    let start = "<registry id='service-names-port-numbers'><updated>2026-09-12</updated>";
    properties::parse(format!("{start}{xml}</registry>").as_bytes());
}

/// An error quotes only the beginning of the text that it found.
#[test]
fn a_long_id() {
    properties::parse(format!("<registry id='{}'/>", "long ".repeat(1000)).as_bytes());
}

/// quick-xml skipped the second byte order mark, so the generator used wrong offsets.
#[test]
fn two_byte_order_marks() {
    properties::parse("\u{feff}\u{feff}#<description>Reserved</description>".as_bytes());
    properties::parse("\u{feff}\u{feff}<registry id='service-names-port-numbers'/>".as_bytes());
}

/// Outside the root, XML forbids a CDATA section, even if it is empty or contains only white space.
#[test]
fn cdata_outside_the_root() {
    let root = "<registry id='service-names-port-numbers'></registry>";
    for section in ["<![CDATA[]]>", "<![CDATA[ ]]>"] {
        properties::parse(format!("{section}{root}").as_bytes());
        properties::parse(format!("{root}{section}").as_bytes());
    }
}

/// A block that is hidden by another one takes the port on no transport.
#[test]
fn a_port_both_unassigned_and_reserved() {
    properties::resolve(
        "<record><name>a</name><number>1</number></record>
         <record><protocol>udp</protocol><description>Unassigned</description><number>34</number></record>
         <record><protocol>udp</protocol><description>any private printer server</description>
         <number>34</number></record>",
    );
}

/// Groups of neighboring records, each with the next group as an overlay, and a filter.
#[test]
fn the_registrys_own_records() {
    let text = std::fs::read_to_string(oracle::registry_path()).unwrap();
    properties::parse(text.as_bytes());
    let start = text.find("<record").unwrap();
    let end = text.rfind("</record>").unwrap() + "</record>".len();
    let records: Vec<&str> = text[start..end].split_inclusive("</record>").collect();
    let groups: Vec<String> = records.chunks(100).map(|group| group.concat()).collect();
    let filters = ["tcp;0-49151", "udp,dccp;0-1023,3306", "sctp,tcp,+portless", "0-65535"];
    for (pair, filter) in groups.windows(2).step_by(9).zip(filters.into_iter().cycle()) {
        properties::resolve(&pair[0]);
        properties::resolve(&format!("{}\0{}\0{filter}", pair[0], pair[1]));
    }
    assert!(groups.len() > 100);
}
