//! Validates JSON from standard input against a schema: `schema FILE`. Then spoils the first row in many ways, and demands
//! that each is noticed.

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};
use std::process::ExitCode;

fn main() -> ExitCode {
    let path = std::env::args().nth(1).expect("the schema's path");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let schema = compiler.compile(&path, &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
    let rows: Value = serde_json::from_reader(std::io::stdin().lock()).expect("JSON");
    let count = rows.as_array().expect("a list").len();
    if let Err(error) = schemas.validate(&rows, schema) {
        eprintln!("{error:#}");
        return ExitCode::FAILURE;
    }
    println!("{count} rows agree with {path}");
    if count > 0 && notices_faults(&rows[0], &schemas, schema) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Spoils each property of a row, and the row.
fn notices_faults(row: &Value, schemas: &Schemas, schema: SchemaIndex) -> bool {
    let notices = |property: &str, mistake: Value| {
        let mut spoiled = row.clone();
        spoiled[property] = mistake;
        let noticed = schemas.validate(&json!([spoiled]), schema).is_err();
        println!("{property}: {spoiled}: {}", if noticed { "noticed" } else { "NOT NOTICED" });
        noticed
    };
    let mistakes = [
        ("service_name", json!("")),
        ("port_number", json!(80)),
        ("transport_protocol", json!("TCP")),
        ("registration_date", json!("2024-13")),
        ("modification_date", json!("2024")),
        ("reference", json!([1])),
        ("service_code", json!(-1)),
        ("first_port", json!(65536)),
        ("protocol", json!(7)),
        ("status", json!("assigned")),
        ("port", json!("80")),
        ("ports", json!([])),
    ];
    let properties = row.as_object().expect("an object");
    let known = mistakes.into_iter().filter(|(property, _)| properties.contains_key(*property));
    let any = properties.keys().map(|property| (property.as_str(), json!({})));
    known.chain(any).chain([("colour", json!("red"))]).all(|(property, mistake)| notices(property, mistake))
}
