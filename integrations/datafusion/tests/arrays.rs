//! Calls the functions on Arrow arrays of every type that they accept.

use datafusion_common::arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, Float64Array, Int8Array, Int64Array, LargeStringArray, StringArray,
    StringViewArray, UInt8Array, UInt16Array, new_empty_array,
};
use datafusion_common::arrow::compute::cast;
use datafusion_common::arrow::datatypes::{DataType, Field, Int8Type, UInt16Type};
use datafusion_common::{Result, ScalarValue};
use datafusion_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF};
use iana_ports::{Proto, lookup_port};
use iana_ports_datafusion::{port_status, service_flow, service_name, service_port};
use std::sync::Arc;

fn returned() -> DataType {
    DataType::Utf8View
}

/// Calls a function in the same way as the engine.
fn call(function: &ScalarUDF, args: Vec<ColumnarValue>, rows: usize) -> Result<ColumnarValue> {
    let field = |arg: &ColumnarValue| Arc::new(Field::new("", arg.data_type(), true));
    function.invoke_with_args(ScalarFunctionArgs {
        arg_fields: args.iter().map(field).collect(),
        args,
        number_rows: rows,
        return_field: Arc::new(Field::new("", function.return_type(&[])?, true)),
        config_options: Arc::default(),
    })
}

/// The words that a function returns for two columns.
fn ask(function: &ScalarUDF, ports: ArrayRef, protocols: ArrayRef) -> Vec<Option<String>> {
    let rows = ports.len();
    let answers = call(function, vec![ports.into(), protocols.into()], rows).unwrap();
    words(&answers.into_array(rows).unwrap())
}

fn words(answers: &dyn Array) -> Vec<Option<String>> {
    assert_eq!(answers.data_type(), &returned());
    answers.as_string_view().iter().map(|word| word.map(str::to_owned)).collect()
}

fn some(words: &[&str]) -> Vec<Option<String>> {
    words.iter().map(|&word| (word != "null").then(|| word.to_owned())).collect()
}

#[test]
fn every_port_on_every_ip_protocol_number() {
    for number in 0..=u8::MAX {
        let ports: ArrayRef = Arc::new(UInt16Array::from_iter_values(0..=u16::MAX));
        let protocols: ArrayRef = Arc::new(UInt8Array::from_value(number, ports.len()));
        let names = ask(&service_name(), ports.clone(), protocols.clone());
        let statuses = ask(&port_status(), ports, protocols);
        let proto = match number {
            6 => Some(Proto::Tcp),
            17 | 136 => Some(Proto::Udp),
            33 => Some(Proto::Dccp),
            132 => Some(Proto::Sctp),
            _ => None,
        };
        assert_eq!((names.len(), statuses.len()), (1 << 16, 1 << 16));
        for ((port, name), status) in (0..=u16::MAX).zip(names).zip(statuses) {
            let expected = proto.and_then(|proto| lookup_port(port, proto));
            assert_eq!(name.as_deref(), expected.map(|record| record.name()), "{port} on {number}");
            let expected = proto.map(|proto| iana_ports::port_status(port, proto).to_string());
            assert_eq!(status, expected, "{port} on {number}");
        }
    }
}

#[test]
fn words_of_every_kind_in_any_case() {
    let spelled = [Some("tcp"), Some("UDP"), None, Some("sctp"), Some("icmp"), Some(" tcp"), Some("tcp"), Some("")];
    let ports = UInt16Array::from(vec![Some(465), Some(465), Some(465), Some(465), Some(80), Some(80), None, Some(80)]);
    let expected = ["submissions", "igmpv3lite", "null", "null", "null", "null", "null", "null"];
    let kinds: [ArrayRef; 4] = [
        Arc::new(StringArray::from_iter(spelled)),
        Arc::new(LargeStringArray::from_iter(spelled)),
        Arc::new(StringViewArray::from_iter(spelled)),
        Arc::new(DictionaryArray::<Int8Type>::from_iter(spelled)),
    ];
    for protocols in kinds {
        let kind = protocols.data_type().clone();
        assert_eq!(ask(&service_name(), Arc::new(ports.clone()), protocols.clone()), some(&expected), "{kind}");
        // A slice of a column has only its own rows.
        let answers = ask(&service_name(), Arc::new(ports.slice(1, 3)), protocols.slice(1, 3));
        assert_eq!(answers, some(&expected[1..4]), "{kind}");
    }
}

#[test]
fn a_dictionary_of_numbers() {
    let numbers = UInt8Array::from(vec![Some(17), None, Some(6), Some(1)]);
    let keys = Int8Array::from(vec![Some(2), Some(0), Some(1), None, Some(3)]);
    let protocols = DictionaryArray::<Int8Type>::new(keys, Arc::new(numbers));
    let answers = ask(&service_name(), Arc::new(UInt16Array::from(vec![465; 5])), Arc::new(protocols));
    assert_eq!(answers, some(&["submissions", "igmpv3lite", "null", "null", "null"]));
}

#[test]
fn statuses() {
    let ports = Arc::new(UInt16Array::from(vec![Some(22), Some(1023), Some(4), Some(50_000), None, Some(443)]));
    let protocols = Arc::new(UInt8Array::from(vec![6, 6, 6, 6, 6, 1]));
    let expected = ["Assigned", "Reserved", "Unassigned", "Dynamic", "null", "null"];
    assert_eq!(ask(&port_status(), ports, protocols), some(&expected));
}

#[test]
fn no_rows_and_nothing_but_nulls() {
    let word = DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8));
    for kind in [DataType::UInt8, DataType::Utf8, word.clone()] {
        let none = ask(&service_name(), new_empty_array(&DataType::UInt16), new_empty_array(&kind));
        assert_eq!(none, [], "{kind}");
    }
    // A dictionary without words.
    let nulls = DictionaryArray::<Int8Type>::from_iter([None::<&str>, None]);
    assert_eq!(nulls.values().len(), 0);
    let answers = ask(&port_status(), Arc::new(UInt16Array::from(vec![80, 81])), Arc::new(nulls));
    assert_eq!(answers, some(&["null", "null"]));
}

#[test]
fn a_scalar_stands_for_every_row() {
    let tcp = || ColumnarValue::from(ScalarValue::from("tcp"));
    let ports: ArrayRef = Arc::new(UInt16Array::from(vec![22, 4, 80]));
    let answers = call(&service_name(), vec![ports.into(), tcp()], 3).unwrap();
    assert_eq!(words(&answers.into_array(3).unwrap()), some(&["ssh", "null", "http"]));

    let protocols: ArrayRef = Arc::new(UInt8Array::from(vec![Some(6), Some(17), None]));
    let port = ColumnarValue::from(ScalarValue::UInt16(Some(465)));
    let answers = call(&service_name(), vec![port.clone(), protocols.into()], 3).unwrap();
    assert_eq!(words(&answers.into_array(3).unwrap()), some(&["submissions", "igmpv3lite", "null"]));

    // For two scalars the result is a scalar, for any number of rows.
    let ColumnarValue::Scalar(answer) = call(&service_name(), vec![port, tcp()], 3).unwrap() else {
        panic!("not a scalar");
    };
    assert_eq!(words(&answer.to_array().unwrap()), some(&["submissions"]));
}

/// Integers of every type, as ports and as protocols. Other numbers have no answer.
#[test]
fn integers_of_every_type() {
    let numbers = [Some(443_i64), Some(-1), Some(65_536), None, Some(i64::MIN), Some(22), Some(i64::MAX), Some(100)];
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter(numbers));
    let tcp = || ColumnarValue::from(ScalarValue::from(6_i64));
    for (kind, expected) in [
        (DataType::Int64, ["https", "null", "null", "null", "null", "ssh", "null", "null"]),
        (DataType::Int32, ["https", "null", "null", "null", "null", "ssh", "null", "null"]),
        (DataType::Int16, ["https", "null", "null", "null", "null", "ssh", "null", "null"]),
        (DataType::Int8, ["null", "null", "null", "null", "null", "ssh", "null", "null"]),
        (DataType::UInt64, ["https", "null", "null", "null", "null", "ssh", "null", "null"]),
        (DataType::UInt32, ["https", "null", "null", "null", "null", "ssh", "null", "null"]),
        (DataType::UInt16, ["https", "null", "null", "null", "null", "ssh", "null", "null"]),
        (DataType::UInt8, ["null", "null", "null", "null", "null", "ssh", "null", "null"]),
    ] {
        // Values that the type cannot hold are null.
        let ports = cast(&numbers, &kind).unwrap();
        let answers = call(&service_name(), vec![ports.into(), tcp()], 8).unwrap();
        assert_eq!(words(&answers.into_array(8).unwrap()), some(&expected), "{kind}");
        let protocols = cast(&(Arc::new(Int64Array::from(vec![6, 17, 33, -6, 127])) as ArrayRef), &kind).unwrap();
        let ports: ArrayRef = Arc::new(UInt16Array::from(vec![465; 5]));
        let answers = ask(&service_name(), ports, protocols);
        assert_eq!(answers, some(&["submissions", "igmpv3lite", "null", "null", "null"]), "{kind}");
    }
}

#[test]
fn the_end_of_a_flow_that_serves() {
    let mut random = 1_u32;
    let mut port = || {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let bits = random >> 16;
        u16::try_from(if bits & 1 == 0 { bits } else { bits % 2000 }).unwrap()
    };
    let pairs: Vec<[u16; 2]> = (0..100_000).map(|_| [port(), port()]).chain([[443, 443], [80, 443]]).collect();
    let column = |end: usize| Arc::new(UInt16Array::from_iter_values(pairs.iter().map(|pair| pair[end]))) as ArrayRef;
    for proto in Proto::ALL {
        let protocol = ColumnarValue::from(ScalarValue::from(i64::from(proto.ip_number())));
        let args = vec![column(0).into(), column(1).into(), protocol];
        let answers = call(&service_flow(), args, pairs.len()).unwrap().into_array(pairs.len()).unwrap();
        for ([source, destination], name) in pairs.iter().zip(words(&answers)) {
            let expected = iana_ports::lookup_flow(*source, *destination, proto).map(|(record, _)| record.name());
            assert_eq!(name.as_deref(), expected, "{source} to {destination} on {proto}");
        }
    }
}

/// Protocol numbers as text, ports in a dictionary, and nulls. A null at either end of a flow gives null.
#[test]
fn numbers_as_text_and_nulls() {
    let protocols: ArrayRef = Arc::new(StringArray::from(vec!["6", "17", "tcp", "1", "x", "-"]));
    let ports: ArrayRef = Arc::new(UInt16Array::from(vec![465; 6]));
    let expected = some(&["submissions", "igmpv3lite", "submissions", "null", "null", "null"]);
    assert_eq!(ask(&service_name(), ports, protocols.clone()), expected);

    let keys = Int8Array::from(vec![Some(0), Some(1), None, Some(0), Some(0), Some(1)]);
    let ports: ArrayRef = Arc::new(DictionaryArray::new(keys, Arc::new(UInt16Array::from(vec![443, 22]))));
    let expected = some(&["https", "ssh", "null", "null", "null", "null"]);
    assert_eq!(ask(&service_name(), ports, protocols), expected);

    let sources: ArrayRef = Arc::new(Int64Array::from(vec![Some(443), None, Some(443), Some(70_000)]));
    let destinations: ArrayRef = Arc::new(Int64Array::from(vec![Some(50_123), Some(443), None, Some(443)]));
    let protocol = ColumnarValue::from(ScalarValue::from(6_i64));
    let answers = call(&service_flow(), vec![sources.into(), destinations.into(), protocol], 4).unwrap();
    assert_eq!(words(&answers.into_array(4).unwrap()), some(&["https", "null", "null", "null"]));
}

#[test]
fn the_port_of_a_name() {
    let names: Vec<Option<&str>> = vec![Some("https"), Some("DOMAIN"), None, Some("no such name"), Some("airplay")];
    let protocols: ArrayRef = Arc::new(StringArray::from(vec!["tcp", "udp", "tcp", "tcp", "tcp"]));
    let kinds: [ArrayRef; 3] = [
        Arc::new(StringArray::from(names.clone())),
        Arc::new(LargeStringArray::from(names.clone())),
        Arc::new(StringViewArray::from(names)),
    ];
    for names in kinds {
        let answers = call(&service_port(), vec![names.into(), protocols.clone().into()], 5).unwrap();
        let answers = answers.into_array(5).unwrap();
        assert!(answers.as_primitive::<UInt16Type>().iter().eq([Some(443), Some(53), None, None, None]));
    }
}

#[cfg(feature = "table")]
#[test]
fn the_table_has_every_row_and_column() {
    let rows = iana_ports_datafusion::table().unwrap();
    assert_eq!((rows.num_rows(), rows.num_columns()), (iana_ports::rows().count(), 14));
    let text = |name: &str| rows.column_by_name(name).unwrap().as_string::<i32>().clone();
    let (names, contacts) = (text("service_name"), text("contact"));
    let first = rows.column_by_name("first_port").unwrap().as_primitive::<UInt16Type>().clone();
    for (at, row) in iana_ports::rows().enumerate() {
        let name = names.is_valid(at).then(|| names.value(at));
        assert_eq!(name, row.name());
        assert_eq!(first.is_valid(at).then(|| first.value(at)), row.ports().map(|ports| ports.first()));
    }
    let https = names.iter().position(|name| name == Some("https")).unwrap();
    assert_eq!(contacts.value(https), "[IETF_Chair]");
}

#[test]
fn columns_that_planning_refuses() {
    let ports: ArrayRef = Arc::new(UInt16Array::from(vec![80]));
    let refused = |args: Vec<ArrayRef>| {
        let args = args.into_iter().map(ColumnarValue::from).collect();
        call(&service_name(), args, 1).unwrap_err().strip_backtrace()
    };
    let words: ArrayRef = Arc::new(StringArray::from(vec!["80"]));
    assert_eq!(refused(vec![words, ports.clone()]), "Execution error: a port is an integer, not Utf8");
    let float: ArrayRef = Arc::new(Float64Array::from(vec![6.0]));
    assert_eq!(refused(vec![ports.clone(), float]), "Execution error: a protocol is an integer or Utf8, not Float64");
    assert_eq!(refused(vec![ports]), "Error during planning: service_name takes 2 arguments, not 1");
}
