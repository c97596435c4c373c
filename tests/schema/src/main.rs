//! Validates JSON from standard input against a schema: `schema FILE`. Then spoils it, row by row of a
//! list of mistakes, and demands that each is noticed.

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

fn notices_faults(row: &Value, schemas: &Schemas, schema: SchemaIndex) -> bool {
    let mistakes = [
        ("service_name", json!("")),
        ("port_number", json!(80)),
        ("transport_protocol", json!("TCP")),
        ("description", json!(null)),
        ("assignee", json!("IESG")),
        ("contact", json!([""])),
        ("registration_date", json!("2024-13")),
        ("modification_date", json!("2024")),
        ("reference", json!([1])),
        ("service_code", json!(-1)),
        ("unauthorized_use_reported", json!("")),
        ("assignment_notes", json!([])),
        ("colour", json!("red")),
    ];
    mistakes.into_iter().all(|(property, mistake)| {
        let mut row = row.clone();
        row[property] = mistake;
        let noticed = schemas.validate(&json!([row]), schema).is_err();
        println!("{property}: {row}: {}", if noticed { "noticed" } else { "NOT NOTICED" });
        noticed
    })
}
