//! The registry as a table.

use datafusion_catalog::{MemTable, TableFunctionImpl, TableProvider};
use datafusion_common::arrow::array::{ArrayRef, RecordBatch, StringArray, UInt8Array, UInt16Array, UInt32Array};
use datafusion_common::{Result, plan_err};
use datafusion_expr::Expr;
use iana_ports::{Row, search};
use std::sync::Arc;

/// The table function `iana_ports()`: every row of the registry, in the same order, with all of IANA's columns.
///
/// ```no_run
/// # use datafusion_catalog::TableFunctionImpl;
/// # struct SessionContext;
/// # impl SessionContext { fn register_udtf(&self, _: &str, _: std::sync::Arc<dyn TableFunctionImpl>) {} }
/// # let context = SessionContext;
/// use iana_ports_datafusion::IanaPorts;
///
/// context.register_udtf("iana_ports", std::sync::Arc::new(IanaPorts));
/// // SELECT service_name, first_port FROM iana_ports() WHERE description ILIKE '%mail%'
/// ```
#[derive(Debug)]
pub struct IanaPorts;

impl TableFunctionImpl for IanaPorts {
    fn call(&self, arguments: &[Expr]) -> Result<Arc<dyn TableProvider>> {
        if !arguments.is_empty() {
            return plan_err!("iana_ports takes no arguments, found {}", arguments.len());
        }
        let rows = table()?;
        Ok(Arc::new(MemTable::try_new(rows.schema(), vec![vec![rows]])?))
    }
}

/// The rows of [`IanaPorts`].
///
/// `first_port` and `last_port` are UInt16. They are equal for a single port, and null for a name without a port.
/// `protocol` is the number in the IP header as UInt8, null if the row names no transport. `service_code` is UInt32.
/// The other columns are Utf8 as IANA's page shows them, null if the page shows nothing.
///
/// # Errors
///
/// The type allows an error of Arrow, but the registry's columns cause none.
pub fn table() -> Result<RecordBatch> {
    let rows: Vec<Row> = search("").collect();
    macro_rules! column {
        ($array:ty, |$row:ident| $value:expr) => {
            Arc::new(rows.iter().map(|$row| $value).collect::<$array>())
        };
    }
    let columns: [(&str, ArrayRef); 14] = [
        ("service_name", column!(StringArray, |row| row.record().map(|record| record.name()))),
        ("first_port", column!(UInt16Array, |row| row.ports().map(|ports| ports.first()))),
        ("last_port", column!(UInt16Array, |row| row.ports().map(|ports| ports.last()))),
        ("protocol", column!(UInt8Array, |row| row.proto().map(|proto| proto.ip_number()))),
        ("transport_protocol", column!(StringArray, |row| row.proto().map(|proto| proto.as_str()))),
        ("description", column!(StringArray, |row| some(row.description().to_owned()))),
        ("assignee", column!(StringArray, |row| bracketed(row.assignees()))),
        ("contact", column!(StringArray, |row| bracketed(row.contacts()))),
        ("registration_date", column!(StringArray, |row| row.registered().map(|date| date.to_string()))),
        ("modification_date", column!(StringArray, |row| row.modified().map(|date| date.to_string()))),
        ("reference", column!(StringArray, |row| bracketed(row.references()))),
        ("service_code", column!(UInt32Array, |row| row.service_code().map(|code| code.number()))),
        ("unauthorized_use_reported", column!(StringArray, |row| row.unauthorized_use())),
        ("assignment_notes", column!(StringArray, |row| row.note())),
    ];
    Ok(RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, true)))?)
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// `[RFC3501][RFC8314]`.
fn bracketed(values: impl Iterator<Item: ToString>) -> Option<String> {
    some(values.map(|value| format!("[{}]", value.to_string())).collect())
}
