//! The registry as a table.

use datafusion_catalog::{MemTable, TableFunctionImpl, TableProvider};
use datafusion_common::arrow::array::{ArrayRef, RecordBatch, StringArray, UInt8Array, UInt16Array, UInt32Array};
use datafusion_common::{Result, plan_err};
use datafusion_expr::Expr;
use iana_ports::{Column, PortRange, Proto, Row, rows};
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
    let rows: Vec<Row> = rows().collect();
    let text = |column| {
        let texts = rows.iter().map(|row| Some(row.text(column)).filter(|text| !text.is_empty()));
        Arc::new(texts.map(|text| text.map(|text| text.to_string())).collect::<StringArray>()) as ArrayRef
    };
    let port = |end: fn(PortRange) -> u16| {
        Arc::new(rows.iter().map(|row| row.ports().map(end)).collect::<UInt16Array>()) as ArrayRef
    };
    let mut columns: Vec<(&str, ArrayRef)> = Vec::new();
    for &column in Column::ALL {
        match column {
            Column::PortNumber => {
                columns.extend([("first_port", port(PortRange::first)), ("last_port", port(PortRange::last))]);
                let numbers = rows.iter().map(|row| row.proto().map(Proto::ip_number));
                columns.push(("protocol", Arc::new(numbers.collect::<UInt8Array>())));
            }
            Column::ServiceCode => {
                let codes = rows.iter().map(|row| row.service_code().map(|code| code.number()));
                columns.push((column.key(), Arc::new(codes.collect::<UInt32Array>())));
            }
            _ => columns.push((column.key(), text(column))),
        }
    }
    Ok(RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))?)
}
