//! The functions on Arrow arrays of every kind that they take.

use datafusion_common::arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, Int8Array, LargeStringArray, StringArray, StringViewArray,
    UInt8Array, UInt16Array, new_empty_array,
};
use datafusion_common::arrow::datatypes::{DataType, Field, Int8Type, UInt16Type};
use datafusion_common::{Result, ScalarValue};
use datafusion_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF};
use iana_ports::{Proto, lookup_port};
use iana_ports_datafusion::{port_status, service_name};
use std::sync::Arc;

fn returned() -> DataType {
    DataType::Dictionary(Box::new(DataType::UInt16), Box::new(DataType::Utf8))
}

/// Calls a function as the engine does.
fn call(function: &ScalarUDF, args: Vec<ColumnarValue>, rows: usize) -> Result<ColumnarValue> {
    let field = |arg: &ColumnarValue| Arc::new(Field::new("", arg.data_type(), true));
    function.invoke_with_args(ScalarFunctionArgs {
        arg_fields: args.iter().map(field).collect(),
        args,
        number_rows: rows,
        return_field: Arc::new(Field::new("", returned(), true)),
        config_options: Arc::default(),
    })
}

/// The words of a column that two columns give.
fn ask(function: &ScalarUDF, ports: ArrayRef, protocols: ArrayRef) -> Vec<Option<String>> {
    let rows = ports.len();
    let answers = call(function, vec![ports.into(), protocols.into()], rows).unwrap();
    words(&answers.into_array(rows).unwrap())
}

fn words(answers: &dyn Array) -> Vec<Option<String>> {
    assert_eq!(answers.data_type(), &returned());
    let answers = answers.as_dictionary::<UInt16Type>().downcast_dict::<StringArray>().unwrap();
    answers.into_iter().map(|word| word.map(str::to_owned)).collect()
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
        let proto = [(6, Proto::Tcp), (17, Proto::Udp), (33, Proto::Dccp), (132, Proto::Sctp)]
            .into_iter()
            .find_map(|(of, proto)| (of == number).then_some(proto));
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
    let spelled =
        [Some("tcp"), Some("UDP"), None, Some("sctp"), Some("icmp"), Some(" tcp"), Some("tcp"), Some("")];
    let ports = UInt16Array::from(vec![
        Some(465),
        Some(465),
        Some(465),
        Some(465),
        Some(80),
        Some(80),
        None,
        Some(80),
    ]);
    let expected = ["submissions", "igmpv3lite", "null", "null", "null", "null", "null", "null"];
    let kinds: [ArrayRef; 4] = [
        Arc::new(StringArray::from_iter(spelled)),
        Arc::new(LargeStringArray::from_iter(spelled)),
        Arc::new(StringViewArray::from_iter(spelled)),
        Arc::new(DictionaryArray::<Int8Type>::from_iter(spelled)),
    ];
    for protocols in kinds {
        let kind = protocols.data_type().clone();
        assert_eq!(
            ask(&service_name(), Arc::new(ports.clone()), protocols.clone()),
            some(&expected),
            "{kind}"
        );
        // A part of a column is asked for its own rows.
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
    let ports =
        Arc::new(UInt16Array::from(vec![Some(22), Some(1023), Some(4), Some(50_000), None, Some(443)]));
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
    // A dictionary without any word.
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

    // Two scalars make a scalar, however many rows there are.
    let ColumnarValue::Scalar(answer) = call(&service_name(), vec![port, tcp()], 3).unwrap() else {
        panic!("not a scalar");
    };
    assert_eq!(words(&answer.to_array().unwrap()), some(&["submissions"]));
}

#[test]
fn a_batch_has_the_words_that_are_in_it() {
    let ports: ArrayRef = Arc::new(UInt16Array::from(vec![443, 80, 443, 4, 443]));
    let answers = call(&service_name(), vec![ports.into(), ScalarValue::from("tcp").into()], 5).unwrap();
    let answers = answers.into_array(5).unwrap();
    let words: Vec<&str> = answers.as_any_dictionary().values().as_string::<i32>().iter().flatten().collect();
    assert_eq!(words, ["https", "http"]);
}

#[test]
fn columns_that_planning_would_have_refused() {
    let ports: ArrayRef = Arc::new(UInt16Array::from(vec![80]));
    let refused = |args: Vec<ArrayRef>| {
        let args = args.into_iter().map(ColumnarValue::from).collect();
        call(&service_name(), args, 1).unwrap_err().strip_backtrace()
    };
    let words: ArrayRef = Arc::new(StringArray::from(vec!["80"]));
    assert_eq!(refused(vec![words, ports.clone()]), "Execution error: a port is UInt16, not Utf8");
    assert_eq!(
        refused(vec![ports.clone(), ports.clone()]),
        "Execution error: a protocol is UInt8 or Utf8, not UInt16"
    );
    assert_eq!(refused(vec![ports]), "Execution error: service_name function requires 2 arguments, got 1");
}
